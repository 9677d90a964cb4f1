"""Files that are shared: they arrive once, or what is said in their place does."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import uploads
from bot.effects import MadeFile, Post, Upload
from playground.faults import ApiError, Dropped, Fault, RateLimited, ServerError, Slow
from playground.file_door import UPLOAD
from playground.records import Message
from storage import outbox
from tests.bot.conftest import Stage, staged
from tests.bot.test_faults import hurried
from tests.bot.test_showing import ANNOUNCE, COMPLETE, MATRIX, calls, on_sqlite, send
from tests.conftest import FakeClock

COMMENT = "The brief is in the file."
INSTEAD = "The brief in short: cut the cloud bill."
BRIEF = MadeFile(kind="text", data={"text": "# Brief\n\nCut the cloud bill."}, name="brief.md", title="Brief")
NUMBERS = MadeFile(kind="text", data={"text": json.dumps({"bill": -10})}, name="brief.json")
PICTURE = MadeFile(kind=MATRIX.kind, data=MATRIX.data, name="conflicts.png", alt=MATRIX.alt)


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with staged(database_url, clock, slack_timeout_seconds=0.7) as set_up, hurried(set_up):
        yield set_up


def brief(stage: Stage, *files: MadeFile, thread: str = "") -> Upload:
    return Upload(channel=stage.channel.id, thread=thread, comment=COMMENT, files=list(files or [BRIEF]), text=INSTEAD)


def shared(stage: Stage) -> list[Message]:
    return [one for one in stage.slack.workspace.messages(stage.channel) if one.files]


def instead(stage: Stage) -> list[Message]:
    return stage.said(INSTEAD)


async def test_several_files_come_in_one_message(stage: Stage) -> None:
    await send(stage, brief(stage, BRIEF, NUMBERS, PICTURE))
    await stage.all_is_sent()
    (message,) = shared(stage)
    files = [stage.slack.workspace.files.file(one) for one in message.files]
    assert message.text == COMMENT
    assert [(one.name, one.title) for one in files] == [
        ("brief.md", "Brief"),
        ("brief.json", "brief.json"),
        ("conflicts.png", "conflicts.png"),
    ]
    assert files[0].content == b"# Brief\n\nCut the cloud bill."
    assert json.loads(files[1].content or b"") == {"bill": -10}
    assert files[2].alt_text == MATRIX.alt
    assert instead(stage) == []


@on_sqlite
async def test_they_come_under_a_message_or_to_one_person(stage: Stage) -> None:
    parent = Post(channel=stage.channel.id, name="goals", text="Goals")
    alone = Upload(person=stage.fiona.id, comment=COMMENT, files=[BRIEF], text=INSTEAD)
    await send(stage, parent, brief(stage, thread="goals"), alone)
    await stage.all_is_sent()
    (message,) = shared(stage)
    assert message.thread_ts == stage.said("Goals")[0].ts
    assert [one.text for one in stage.slack.workspace.messages(stage.fiona.dm) if one.files] == [COMMENT]


NOT_TAKEN: dict[str, tuple[str, Fault]] = {
    "files switched off": (ANNOUNCE, ApiError("file_uploads_disabled")),
    "storage full": (ANNOUNCE, ApiError("storage_limit_reached")),
    "older Slack": (COMPLETE, ApiError("unknown_method")),
    "uploads fail": (UPLOAD, ServerError(503)),
    "uploads get lost": (COMPLETE, ApiError("file_not_found")),
}


@on_sqlite
@pytest.mark.parametrize(("method", "fault"), NOT_TAKEN.values(), ids=NOT_TAKEN)
async def test_where_slack_takes_no_files_the_rest_is_said(stage: Stage, method: str, fault: Fault) -> None:
    stage.slack.faults.add(method, fault, times=None)
    began = stage.clock()
    await send(stage, brief(stage))
    await stage.all_is_sent(within=8)
    assert (len(instead(stage)), shared(stage)) == (1, [])
    assert stage.clock() - began < timedelta(minutes=1)


async def test_without_the_scope_the_rest_is_said(stage: Stage) -> None:
    app = stage.slack.workspace.app
    stage.slack.workspace.app = replace(app, scopes=app.scopes - {"files:write"})
    await send(stage, brief(stage))
    await stage.all_is_sent()
    assert len(instead(stage)) == 1
    stage.slack.workspace.breaches.clear()


@on_sqlite
async def test_what_cannot_be_made_is_not_sent(stage: Stage) -> None:
    await send(stage, brief(stage, BRIEF, MadeFile(kind="text", data={}, name="broken.md")))
    await stage.all_is_sent()
    assert (len(instead(stage)), shared(stage)) == (1, [])


INTERRUPTED: dict[str, tuple[str, Fault, int]] = {
    "429": (COMPLETE, RateLimited(retry_after=1), 1),
    "announced": (ANNOUNCE, Dropped(after_effect=True), 1),
    "uploaded": (UPLOAD, Dropped(after_effect=True), 2),
    "lost": (COMPLETE, ApiError("file_not_found"), 2),
    "shared": (COMPLETE, Dropped(after_effect=True), 1),
    "not shared": (COMPLETE, Dropped(), 1),
    "stumbled": (COMPLETE, ServerError(), 1),
}


@on_sqlite
@pytest.mark.parametrize(("method", "fault", "uploads"), INTERRUPTED.values(), ids=INTERRUPTED)
async def test_whatever_breaks_off_the_files_come_once(stage: Stage, method: str, fault: Fault, uploads: int) -> None:
    stage.slack.faults.add(method, fault)
    await send(stage, brief(stage))
    await stage.all_is_sent(within=8)
    assert (len(shared(stage)), instead(stage)) == (1, [])
    assert calls(stage.slack, UPLOAD) == uploads


@on_sqlite
async def test_files_whose_message_comes_late_are_not_shared_again(stage: Stage) -> None:
    stage.slack.faults.add(COMPLETE, Dropped(after_effect=True))
    stage.slack.faults.add("conversations.history", ApiError("missing_scope"), times=None)
    await send(stage, brief(stage))
    await stage.all_is_sent(within=8)
    assert (len(shared(stage)), instead(stage)) == (1, [])


@on_sqlite
@pytest.mark.parametrize("error", [None, "posting_to_channel_denied", "invalid_channel"])
async def test_a_closed_channel_is_waited_for(stage: Stage, error: str | None) -> None:
    await stage.start(Finance=stage.fiona)
    kickoff = stage.kickoffs()[0]
    if error:
        stage.slack.faults.add(COMPLETE, ApiError(error))
    else:
        stage.slack.workspace.leave(stage.channel, stage.slack.workspace.app)
    app = stage.started.app
    parcel = brief(stage).parcel(kickoff.workspace, f"nudge:{kickoff.id}")
    await app.transact(lambda connection: outbox.put(connection, [parcel], app.clock()))
    notice = await stage.priya.sees("so I cannot write there", channel=stage.priya.dm)
    assert shared(stage) == []
    stage.slack.workspace.join(stage.channel, stage.slack.workspace.app)
    await stage.priya.press(notice, "Try again")
    await stage.all_is_sent(within=8)
    assert len(shared(stage)) == 1


@on_sqlite
async def test_files_for_somebody_who_left_are_let_go(stage: Stage) -> None:
    stage.slack.workspace.deactivate(stage.fiona)
    await send(stage, Upload(person=stage.fiona.id, comment=COMMENT, files=[BRIEF], text=INSTEAD))
    await stage.all_is_sent()
    assert stage.started.app.database.run(outbox.count_given_up) == 1


@on_sqlite
async def test_what_was_for_all_and_cannot_be_shared_is_passed_on_in_words(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    kickoff = stage.kickoffs()[0]
    await stage.all_is_sent()
    stage.slack.faults.add(COMPLETE, ServerError(), times=None)
    app = stage.started.app
    parcel = brief(stage).parcel(kickoff.workspace, f"kickoff:{kickoff.id}")
    await app.transact(lambda connection: outbox.put(connection, [parcel], app.clock()))
    await stage.slack.workspace.log.wait_for(lambda: calls(stage.slack, COMPLETE), 5)
    stage.clock.skip(hours=25)
    app.work.set()
    await stage.priya.sees(INSTEAD, channel=stage.priya.dm)


@on_sqlite
@pytest.mark.parametrize(("times", "arrived"), [(1, 1), (None, 0)])
async def test_files_that_take_longer_than_a_lease_allows_go_on_from_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, times: int | None, arrived: int
) -> None:
    monkeypatch.setattr(uploads, "_LONGEST_SECONDS", 0.4)
    stage.slack.faults.add(UPLOAD, Slow(seconds=0.6), times=times)
    await send(stage, brief(stage, BRIEF, NUMBERS))
    await stage.all_is_sent(within=8)
    assert (len(shared(stage)), len(instead(stage))) == (arrived, 1 - arrived)
