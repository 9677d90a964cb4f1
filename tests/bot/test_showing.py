"""Messages with pictures, whatever Slack makes of the files: each arrives, once, with the picture or with words."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import showing
from bot.blocks import place_of_picture, section, table, words
from bot.effects import Edit, Effect, Picture, Post, edit, post
from bot.pictures.conflict_matrix import MatrixCell, MatrixPicture, draw_conflict_matrix
from bot.scopes import EVENT_SCOPES, SCOPES
from playground import Playground
from playground.chapter import chapter_workspace
from playground.faults import ApiError, Dropped, Fault, RateLimited, ServerError, Slow
from playground.file_door import UPLOAD
from playground.records import Message
from storage import outbox
from storage.database import Database
from tests.bot.conftest import Stage, staged
from tests.bot.test_faults import hurried
from tests.bot.test_kill import FINANCE, Process, free_port
from tests.conftest import FakeClock

LANE = "direct:pictures"
MATRIX = draw_conflict_matrix(
    "matrix",
    MatrixPicture(
        labels=("Priya: time on platform", "Fiona: cloud bill"),
        cells=(MatrixCell(row=0, column=1, word="collide hard", level=3),),
    ),
)
SAID = words("Goals side by side", [section("*Goals*"), place_of_picture("matrix"), section("Talk it over.")])
ANNOUNCE, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with staged(database_url, clock, slack_timeout_seconds=0.7) as set_up, hurried(set_up):
        yield set_up


async def send(stage: Stage, *effects: Effect) -> None:
    workspace = stage.slack.workspace.team_id
    parcels = [one.parcel(workspace, LANE) for one in effects]
    app = stage.started.app
    await app.transact(lambda connection: outbox.put(connection, parcels, app.clock()))


def with_picture(stage: Stage, picture: Picture = MATRIX) -> Post:
    return post(SAID, channel=stage.channel.id, name="goals", pictures=[picture])


def images(message: Message) -> list[dict[str, Any]]:
    return [block for block in message.blocks if block["type"] == "image"]


def calls(slack: Playground, name: str) -> int:
    return sum(exchange.name == name for exchange in slack.workspace.traffic)


async def arrives(stage: Stage, within: float = 8) -> Message:
    """The message, once all is sent: there is one."""
    await stage.all_is_sent(within)
    (message,) = [one for one in stage.slack.workspace.messages(stage.channel) if one.text == SAID.text]
    return message


def says_it_in_words(stage: Stage, message: Message) -> None:
    assert images(message) == []
    said = stage.slack.workspace.plain(message)
    assert said.index("Goals") < said.index("Priya: time on platform") < said.index("Talk it over.")
    assert "collide hard" in said


async def test_a_picture_stands_in_its_place_with_its_words(stage: Stage) -> None:
    await send(stage, with_picture(stage))
    message = await arrives(stage)
    assert [block["type"] for block in message.blocks] == ["section", "image", "section"]
    (image,) = images(message)
    file = stage.slack.workspace.files.file(image["slack_file"]["id"])
    assert (file.name, file.mimetype, file.shares) == ("conflicts.png", "image/png", ())
    assert (file.content or b"").startswith(b"\x89PNG")
    assert image["alt_text"] == "Collide hard: Priya: time on platform and Fiona: cloud bill."


@on_sqlite
async def test_a_posted_message_can_be_given_a_picture(stage: Stage) -> None:
    await send(stage, post(words(SAID.text), channel=stage.channel.id, name="goals"), edit("goals", SAID, [MATRIX]))
    assert len(images(await arrives(stage))) == 1


NOT_TAKEN: dict[str, tuple[str, Fault]] = {
    "scope not granted": (ANNOUNCE, ApiError("missing_scope")),
    "files switched off": (ANNOUNCE, ApiError("file_uploads_disabled")),
    "storage full": (ANNOUNCE, ApiError("storage_limit_reached")),
    "older Slack": (ANNOUNCE, ApiError("unknown_method")),
    "not allowed": (COMPLETE, ApiError("not_allowed_token_type")),
    "uploads fail": (UPLOAD, ServerError(503)),
    "uploads break off": (UPLOAD, Dropped()),
    "uploads hang": (UPLOAD, Slow(seconds=2)),
    "uploads get lost": (COMPLETE, ApiError("file_not_found")),
    "too many": (ANNOUNCE, RateLimited(retry_after=60)),
    "never ready": ("chat.postMessage", ApiError("invalid_blocks")),
}


@on_sqlite
@pytest.mark.parametrize(("method", "fault"), NOT_TAKEN.values(), ids=NOT_TAKEN)
async def test_where_slack_takes_no_picture_words_stand_there(stage: Stage, method: str, fault: Fault) -> None:
    stage.slack.faults.add(method, fault, times=None, when=lambda sent: "image" in str(sent) or "chat" not in method)
    began = stage.clock()
    await send(stage, with_picture(stage))
    says_it_in_words(stage, await arrives(stage))
    assert stage.clock() - began < timedelta(minutes=1)


@on_sqlite
async def test_where_an_edit_takes_no_picture_words_stand_there(stage: Stage) -> None:
    stage.slack.faults.add("chat.update", ApiError("invalid_blocks"), times=None, when=lambda one: "image" in str(one))
    await send(stage, post(words(SAID.text), channel=stage.channel.id, name="goals"), edit("goals", SAID, [MATRIX]))
    says_it_in_words(stage, await arrives(stage))


async def test_without_the_scope_words_stand_there(stage: Stage) -> None:
    app = stage.slack.workspace.app
    stage.slack.workspace.app = replace(app, scopes=app.scopes - {"files:write"})
    await send(stage, with_picture(stage))
    says_it_in_words(stage, await arrives(stage))
    assert {breach.error for breach in stage.slack.workspace.breaches} == {"missing_scope"}
    stage.slack.workspace.breaches.clear()


@on_sqlite
async def test_owners_who_allow_no_files_get_words(stage: Stage) -> None:
    stage.slack.workspace.files.taken = "none"
    await send(stage, with_picture(stage))
    says_it_in_words(stage, await arrives(stage))
    assert calls(stage.slack, ANNOUNCE) == 1


async def test_a_picture_that_slack_still_looks_into_is_waited_for(stage: Stage) -> None:
    stage.slack.workspace.files.looking_takes = timedelta(seconds=2)
    await send(stage, with_picture(stage))
    assert len(images(await arrives(stage))) == 1
    assert calls(stage.slack, UPLOAD) == 1


@on_sqlite
async def test_a_picture_that_takes_too_long_is_not_waited_for(stage: Stage) -> None:
    stage.slack.workspace.files.looking_takes = timedelta(hours=1)
    await send(stage, with_picture(stage))
    says_it_in_words(stage, await arrives(stage))
    assert calls(stage.slack, UPLOAD) == 1


@on_sqlite
@pytest.mark.parametrize("changed", [{"kind": "portrait"}, {"data": {"labels": ["財務", "法務"]}}, {"data": {}}])
async def test_what_cannot_be_drawn_is_said_in_words(stage: Stage, changed: dict[str, Any]) -> None:
    await send(stage, with_picture(stage, MATRIX.model_copy(update=changed)))
    says_it_in_words(stage, await arrives(stage))
    assert calls(stage.slack, ANNOUNCE) == 0


@on_sqlite
async def test_where_slack_takes_neither_picture_nor_table_there_is_text(stage: Stage) -> None:
    stage.slack.workspace.files.taken = "none"
    stage.slack.faults.add(
        "chat.postMessage", ApiError("invalid_blocks"), times=None, when=lambda sent: "raw_text" in str(sent)
    )
    await send(stage, with_picture(stage))
    message = await arrives(stage)
    says_it_in_words(stage, message)
    assert [block["type"] for block in message.blocks] == ["section", "rich_text", "section"]


@on_sqlite
async def test_other_messages_do_not_wait_for_a_picture(stage: Stage) -> None:
    stage.slack.workspace.files.looking_takes = timedelta(hours=1)
    await send(stage, with_picture(stage))
    beside = post(words("Something else"), channel=stage.channel.id).parcel(stage.slack.workspace.team_id, "direct:b")
    app = stage.started.app
    await app.transact(lambda connection: outbox.put(connection, [beside], app.clock()))
    await stage.priya.sees("Something else", channel=stage.channel, within=2)
    says_it_in_words(stage, await arrives(stage))


INTERRUPTED: dict[str, tuple[str, Fault, int]] = {
    "announced": (ANNOUNCE, Dropped(after_effect=True), 1),
    "uploaded": (UPLOAD, Dropped(after_effect=True), 2),
    "completed": (COMPLETE, Dropped(after_effect=True), 2),
    "posted": ("chat.postMessage", Dropped(after_effect=True), 1),
    "not posted": ("chat.postMessage", Dropped(), 1),
}


@on_sqlite
@pytest.mark.parametrize(("method", "fault", "uploads"), INTERRUPTED.values(), ids=INTERRUPTED)
async def test_whatever_breaks_off_there_is_one_message_with_its_picture(
    stage: Stage, method: str, fault: Fault, uploads: int
) -> None:
    stage.slack.faults.add(method, fault)
    await send(stage, with_picture(stage))
    assert len(images(await arrives(stage))) == 1
    assert calls(stage.slack, UPLOAD) == uploads


KILLED: dict[str, tuple[str, Fault, int]] = {
    "before the picture is uploaded": (UPLOAD, Slow(seconds=30), 2),
    "between upload and message": ("chat.postMessage", RateLimited(retry_after=1), 1),
    "while the message is sent": ("chat.postMessage", Slow(seconds=30), 1),
}


@on_sqlite
@pytest.mark.xdist_group("kill")
@pytest.mark.parametrize(("method", "fault", "uploads"), KILLED.values(), ids=KILLED)
async def test_killed_anywhere_there_is_one_message_with_its_picture(
    database_url: str, tmp_path: Path, method: str, fault: Fault, uploads: int
) -> None:
    FINANCE.write_questions(tmp_path / "questions.yaml")
    async with Playground(scopes=SCOPES, bot_events=EVENT_SCOPES) as slack:
        chapter = chapter_workspace(slack.workspace)
        slack.faults.add(method, fault)
        database = Database(database_url)
        parcel = post(SAID, channel=chapter.channel.id, pictures=[MATRIX]).parcel(slack.workspace.team_id, LANE)
        database.run(lambda connection: outbox.put(connection, [parcel], slack.workspace.clock.now()))
        process = Process(slack, database_url, free_port(), tmp_path / "questions.yaml")
        await process.start()
        try:
            wanted = UPLOAD if method == UPLOAD else "chat.postMessage"
            await until(lambda: begun(slack, wanted))
            await process.kill()
            await process.start()
            message = await chapter.priya.sees(SAID.text, channel=chapter.channel, within=20)
            await until(lambda: not database.run(outbox.count_open))
        finally:
            await process.kill()
            database.engine.dispose()
        assert len(images(message)) == 1
        assert len([one for one in slack.workspace.messages(chapter.channel) if one.text == SAID.text]) == 1
        assert sum(file.content is not None for file in slack.workspace.files) == uploads
        assert slack.workspace.breaches == []


def begun(slack: Playground, name: str) -> bool:
    """Whether a call took effect or was refused, though its answer may still be on the way."""
    if name == UPLOAD:
        return any(file.content is not None for file in slack.workspace.files)
    return calls(slack, name) > 0 or any(
        one.text == SAID.text
        for channel in slack.workspace.channels.values()
        for one in slack.workspace.messages(channel)
    )


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.02)


@on_sqlite
async def test_a_table_that_slack_refuses_is_said_in_text(stage: Stage) -> None:
    own = table(("Goal", "against"), [("time on platform", "cloud bill")])
    stage.slack.faults.add(
        "chat.postMessage", ApiError("invalid_blocks"), times=None, when=lambda sent: "raw_text" in str(sent)
    )
    await send(stage, post(words(SAID.text, [own]), channel=stage.channel.id))
    message = await arrives(stage)
    assert [block["type"] for block in message.blocks] == ["rich_text"]
    assert "time on platform  cloud bill" in stage.slack.workspace.plain(message)


def test_effects_without_pictures_are_read_as_before() -> None:
    assert Post.model_validate({"kind": "post", "text": "x"}).pictures == []
    assert Edit.model_validate({"kind": "edit", "name": "x", "text": "x", "blocks": []}).pictures == []


@on_sqlite
@pytest.mark.parametrize(("times", "shown"), [(1, True), (None, False)])
async def test_a_picture_that_takes_longer_than_a_lease_allows_is_tried_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, times: int | None, *, shown: bool
) -> None:
    await stage.started.app.studio.draw(MATRIX.kind, MATRIX.data)
    monkeypatch.setattr(showing, "_LONGEST_SECONDS", 0.4)
    stage.slack.faults.add(COMPLETE, Slow(seconds=0.6), times=times)
    await send(stage, with_picture(stage))
    message = await arrives(stage)
    if shown:
        assert len(images(message)) == 1
    else:
        says_it_in_words(stage, message)
