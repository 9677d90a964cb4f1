"""Rows of a spreadsheet are pasted into the log, for oneself."""

from playground.records import View
from tests.bot.conftest import COMMAND, Stage

ROWS = "Rows, with the names of the columns first"
TWO = "day,hours,stage,measure,value,note\n2026-11-19,2.5,labelling,,,300 tickets\n2026-11-20,3,training,error,0.3,"


async def window(stage: Stage) -> View:
    await stage.start_with_all()
    await stage.fiona.command(stage.channel, COMMAND, "log 1h met the team")
    await stage.fiona.command(stage.channel, COMMAND, "time")
    report = await stage.fiona.sees(": hours", channel=stage.fiona.dm)
    await stage.fiona.press(report, "Bring in rows")
    return await stage.fiona.view("Bring in rows")


async def test_rows_are_logged_for_whoever_brings_them_in(stage: Stage) -> None:
    form = await window(stage)
    assert "Line 2: please write the day" in str(await stage.fiona.submit(form, {ROWS: "day,hours\n20.11.2026,2"}))
    assert len(stage.log()) == 1
    assert await stage.fiona.submit(form, {ROWS: TWO}) is None
    await stage.fiona.sees("2 entries with 5.5 hours are in the log of *Churn radar*.", channel=stage.fiona.dm)
    assert {one.person for one in stage.log()} == {stage.fiona.id}
    assert [one.entry.value for one in stage.log()] == [None, None, 0.3]
    await stage.card("Log: 3 entries")


async def test_whoever_has_left_and_closed_projects_bring_in_nothing(stage: Stage) -> None:
    form = await window(stage)
    await stage.close_project()
    assert "This project is closed." in str(await stage.fiona.submit(form, {ROWS: TWO}))
    await stage.priya.command(stage.channel, COMMAND, "reopen")
    await stage.priya.command(stage.channel, COMMAND, "people")
    assert await stage.priya.submit(await stage.priya.view("People"), {"Finance": []}) is None
    stage.slack.workspace.leave(stage.channel, stage.fiona)
    assert "You take no part in this project" in str(await stage.fiona.submit(form, {ROWS: TWO}))
    assert len(stage.log()) == 1
