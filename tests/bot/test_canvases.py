"""Canvases: one by each name, written anew; where Slack has none, what stands in for it is shared."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.effects import MadeFile, Upload, WriteCanvas
from playground.canvases import Canvas, Plan
from playground.faults import ApiError, Fault, RateLimited, ServerError
from storage import outbox
from tests.bot.conftest import Stage, staged
from tests.bot.test_faults import hurried
from tests.bot.test_showing import ANNOUNCE, calls, on_sqlite, send
from tests.bot.test_uploads import COMMENT, INSTEAD, shared
from tests.conftest import FakeClock

NAME = "canvas:1"
CREATE, CREATE_OWN, EDIT = "canvases.create", "conversations.canvases.create", "canvases.edit"


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with staged(database_url, clock, slack_timeout_seconds=0.7) as set_up, hurried(set_up):
        yield set_up


def charter(stage: Stage, text: str = "# Charter\n\nCut the cloud bill.", *, fallback: bool = True) -> WriteCanvas:
    content = MadeFile(kind="text", data={"text": text}, name="charter.md")
    instead = Upload(channel=stage.channel.id, comment=COMMENT, files=[content], text=INSTEAD)
    return WriteCanvas(
        name=NAME, channel=stage.channel.id, title="Charter", content=content, fallback=instead if fallback else None
    )


def canvases(stage: Stage) -> list[Canvas]:
    return stage.slack.workspace.canvases.tabbed_in(stage.channel.id)


async def test_a_canvas_is_made_once_and_then_written_anew(stage: Stage) -> None:
    await send(stage, charter(stage), charter(stage, "# Charter\n\nCut it by 10 %."))
    await stage.all_is_sent()
    (canvas,) = canvases(stage)
    assert (canvas.title, canvas.markdown) == ("Charter", "# Charter\n\nCut it by 10 %.")
    known = stage.started.app.database.run(lambda connection: outbox.find_posted(connection, NAME))
    assert known is not None
    assert known.ts == canvas.id
    assert shared(stage) == []


@on_sqlite
async def test_a_deleted_canvas_is_made_anew(stage: Stage) -> None:
    await send(stage, charter(stage))
    await stage.all_is_sent()
    stage.slack.workspace.canvases.delete(canvases(stage)[0])
    await send(stage, charter(stage))
    await stage.all_is_sent()
    assert len(canvases(stage)) == 1


@on_sqlite
async def test_a_channels_own_canvas_will_do_where_there_are_no_tabs(stage: Stage) -> None:
    stage.slack.faults.add(CREATE, ApiError("canvas_tab_creation_failed"))
    await send(stage, charter(stage))
    await stage.all_is_sent()
    assert [one.is_channels_own for one in canvases(stage)] == [True]


async def test_a_free_plan_has_one_canvas_for_each_channel(stage: Stage) -> None:
    stage.slack.workspace.canvases.plan = "free"
    await send(stage, charter(stage), charter(stage, "anew"))
    await stage.all_is_sent()
    assert [one.markdown for one in canvases(stage)] == ["anew"]
    await send(stage, charter(stage).model_copy(update={"name": "canvas:2"}))
    await stage.all_is_sent()
    assert len(canvases(stage)) == 1
    assert [one.text for one in shared(stage)] == [COMMENT]


@on_sqlite
@pytest.mark.parametrize("plan", ["without canvases"])
async def test_without_canvases_a_file_is_shared(stage: Stage, plan: Plan) -> None:
    stage.slack.workspace.canvases.plan = plan
    await send(stage, charter(stage))
    await stage.all_is_sent()
    (message,) = shared(stage)
    file = stage.slack.workspace.files.file(message.files[0])
    assert (file.name, file.content) == ("charter.md", b"# Charter\n\nCut the cloud bill.")
    assert (calls(stage.slack, CREATE), calls(stage.slack, CREATE_OWN)) == (1, 0)


NO_CANVAS = ["team_tier_cannot_create_channel_canvases", "unknown_method", "restricted_action", "missing_scope"]


@on_sqlite
@pytest.mark.parametrize("error", NO_CANVAS)
async def test_whatever_slack_says_a_file_is_shared(stage: Stage, error: str) -> None:
    for method in (CREATE, CREATE_OWN):
        stage.slack.faults.add(method, ApiError(error))
    await send(stage, charter(stage))
    await stage.all_is_sent()
    assert (canvases(stage), len(shared(stage))) == ([], 1)


@on_sqlite
async def test_a_canvas_that_nobody_may_edit_any_more_becomes_a_file(stage: Stage) -> None:
    await send(stage, charter(stage))
    await stage.all_is_sent()
    stage.slack.faults.add(EDIT, ApiError("restricted_action"))
    await send(stage, charter(stage, "anew"))
    await stage.all_is_sent()
    assert (len(canvases(stage)), len(shared(stage))) == (1, 1)


async def test_without_scopes_the_rest_is_said(stage: Stage) -> None:
    app = stage.slack.workspace.app
    stage.slack.workspace.app = replace(app, scopes=app.scopes - {"files:write", "canvases:write"})
    await send(stage, charter(stage))
    await stage.all_is_sent()
    assert len(stage.said(INSTEAD)) == 1
    assert {breach.error for breach in stage.slack.workspace.breaches} == {"missing_scope"}
    stage.slack.workspace.breaches.clear()


@on_sqlite
async def test_nothing_takes_its_place_where_nothing_shall(stage: Stage) -> None:
    stage.slack.workspace.canvases.plan = "without canvases"
    await send(stage, charter(stage, fallback=False))
    await stage.all_is_sent()
    assert calls(stage.slack, ANNOUNCE) == 0


@on_sqlite
async def test_what_cannot_be_made_is_said_otherwise(stage: Stage) -> None:
    broken = charter(stage).model_copy(update={"content": MadeFile(kind="text", data={}, name="x.md")})
    await send(stage, broken)
    await stage.all_is_sent()
    assert (canvases(stage), len(shared(stage))) == ([], 1)


@on_sqlite
@pytest.mark.parametrize("fault", [RateLimited(retry_after=1), ServerError()], ids=["429", "500"])
async def test_a_stumbling_slack_is_asked_again(stage: Stage, fault: Fault) -> None:
    stage.slack.faults.add(CREATE, fault)
    await send(stage, charter(stage))
    await stage.all_is_sent(within=8)
    assert (len(canvases(stage)), shared(stage)) == (1, [])
