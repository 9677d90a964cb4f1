"""Whichever way the log changes, what is said of a pilot follows."""

import pytest

from playground.records import Message
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_log_import import ROWS
from tests.bot.test_pilot import pilot

MEASURE = "Error or other measure now, if not said above"


async def logged(stage: Stage, line: str) -> Message:
    said = await stage.priya.command(stage.channel, COMMAND, f"log {line}")
    assert said.message is not None
    return said.message


async def from_report(stage: Stage, button: str) -> None:
    await stage.priya.command(stage.channel, COMMAND, "time")
    await stage.priya.press(await stage.priya.sees(": hours", channel=stage.priya.dm), button)


async def bring_in(stage: Stage) -> None:
    await from_report(stage, "Bring in rows")
    rows = "day,measure,value,unit\n2026-11-23,Error,8,%"
    assert await stage.priya.submit(await stage.priya.view("Bring in rows"), {ROWS: rows}) is None


async def settle(stage: Stage) -> None:
    said = await logged(stage, "2h training, error 8 %, recall 0.5")
    await stage.priya.press(said, "error 8 %")


async def undo(stage: Stage) -> None:
    worse = await logged(stage, "1h training, error 3 %")
    await logged(stage, "1h training, error 8 %")
    await stage.victor.sees("So far 97.", channel=stage.channel)
    await stage.priya.press(worse, "Undo")


async def edit(stage: Stage) -> None:
    await logged(stage, "1h training, error 3 %")
    await from_report(stage, "My entries")
    await stage.priya.press(await stage.priya.view("My entries"), "Edit", "error 3 %")
    form = await stage.priya.view("Change the entry")
    assert await stage.priya.submit(form, {"What happened?": "", MEASURE: "error 8 %"}) is None


async def delete(stage: Stage) -> None:
    await logged(stage, "1h training, error 3 %")
    await logged(stage, "1h training, error 8 %")
    await from_report(stage, "My entries")
    await stage.priya.press(await stage.priya.view("My entries"), "Edit", "error 3 %")
    await stage.priya.press(await stage.priya.view("Change the entry"), "Delete this entry")


@pytest.mark.parametrize("change", [bring_in, settle, undo, edit, delete], ids=lambda change: change.__name__)
async def test_the_pilot_follows(stage: Stage, change: object) -> None:
    await pilot(stage)
    await logged(stage, "2h labelled 300 tickets")
    assert callable(change)
    await change(stage)
    await stage.victor.sees("So far 92.", channel=stage.channel)
