"""Whoever takes part may be asked on a rhythm of their own; that of the owner stays as it is."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.own_nudges import send_due_own_nudges
from bot.run import running
from flows.decisions import UnknownChanged
from playground.records import Message
from storage import decisions, own_nudges
from tests.bot.conftest import COMMAND, Stage, settings_for
from tests.bot.test_people_form import newcomer, open_people

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)


async def typed(stage: Stage, text: str) -> str:
    return (await stage.fiona.command(stage.channel, COMMAND, f"nudge me {text}")).words()


async def asked(stage: Stage, moment: datetime = TUESDAY) -> Message:
    stage.clock.set(moment)
    await stage.tick()
    return await stage.fiona.sees("what moved in", channel=stage.fiona.dm)


async def begun(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.card("Next nudge: Monday 30 November, 09:30 (Europe/Berlin)")
    await stage.opening(stage.fiona)
    said = await typed(stage, "weekdays 10:00")
    assert "every weekday at 10:00 (Europe/London), in a direct message." in said
    assert "The next time: Tuesday 24 November, 10:00 (Europe/London)" in said


async def test_it_comes_in_private_in_ones_own_zone_and_leaves_the_owners_alone(stage: Stage) -> None:
    await begun(stage)
    nudge = await asked(stage)
    assert nudge.text.startswith(stage.fiona.mention)
    assert "Next nudge: Wednesday 25 November, 10:00 (Europe/London)" in nudge.words()
    await stage.fiona.press(nudge, "Nothing new")
    await stage.fiona.sees("nothing new in *Churn radar*. Next nudge: Wednesday 25", channel=stage.fiona.dm)
    assert stage.kickoffs()[0].nudge.next_due_at == datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
    again = await asked(stage, TUESDAY.replace(day=25))
    await stage.fiona.choose(again, "Later", "On Monday")
    await stage.fiona.sees("until Monday 30 November, 09:30 (Europe/London)", channel=stage.fiona.dm)
    monday = await asked(stage, TUESDAY.replace(day=30))
    await stage.fiona.choose(monday, "Later", "Stop nudges")
    await stage.fiona.sees("Stopped by", channel=stage.fiona.dm)
    stage.clock.set(TUESDAY.replace(month=12, day=8))
    await stage.tick()
    await stage.all_due_is_done()
    assert stage.said("what moved in", stage.fiona.dm) == []
    await stage.card("Next nudge: ")


async def test_whoever_has_logged_is_left_alone_unless_something_of_theirs_is_due(stage: Stage) -> None:
    await begun(stage)
    await stage.priya.command(stage.channel, COMMAND, "log 1h met the team")
    nudge = await asked(stage)  # it was somebody else who logged
    await stage.fiona.command(stage.channel, COMMAND, "log 2h counted money")
    stage.clock.set(TUESDAY.replace(day=25))
    await stage.tick()
    await stage.all_due_is_done()
    assert len(stage.said("what moved in", stage.fiona.dm)) == 1
    kickoff, at = stage.kickoffs()[0], stage.clock()
    lines = [
        UnknownChanged(by=stage.priya.id, at=at, key=key, due=at.date(), owner=owner)
        for key, owner in (("K17", stage.victor.id), ("K18", stage.fiona.id))
    ]
    stage.started.app.database.run(lambda connection: decisions.add(connection, kickoff.id, lines))
    stage.clock.set(TUESDAY.replace(day=26))
    await stage.tick()
    due = await stage.fiona.sees("to be found out by now", channel=stage.fiona.dm)
    assert "How much data" not in due.words()
    assert due.ts != nudge.ts


async def test_two_processes_ask_once(stage: Stage) -> None:
    await begun(stage)
    url = stage.started.app.settings.database_url
    async with running(settings_for(stage.slack, url), stage.clock) as other:
        stage.clock.set(TUESDAY)
        await asyncio.gather(*(send_due_own_nudges(app) for app in (stage.started.app, other.app) for _ in range(3)))
        await stage.fiona.sees("what moved in", channel=stage.fiona.dm)
        await stage.all_due_is_done()
    assert len(stage.said("what moved in", stage.fiona.dm)) == 1


async def test_it_waits_for_the_morning_and_ends_with_ones_part(stage: Stage) -> None:
    await begun(stage)
    stage.clock.set(TUESDAY.replace(hour=20))
    await stage.tick()
    nudge = await asked(stage, TUESDAY.replace(day=25, hour=9, minute=30))
    assert await stage.priya.submit(await open_people(stage), {"Finance": []}) is None
    stage.clock.set(TUESDAY.replace(day=26))
    await stage.tick()
    await stage.all_due_is_done()
    assert [one.ts for one in stage.said("what moved in", stage.fiona.dm)] == [nudge.ts]
    (kickoff,) = stage.kickoffs()
    find = stage.started.app.database.run
    assert find(lambda connection: own_nudges.find(connection, kickoff.id, stage.fiona.id)) is None


async def test_a_pause_of_ones_own_ends_by_itself_or_by_command(stage: Stage) -> None:
    await stage.start_with_all()
    assert "Nudges are off, so there is nothing to pause." in await typed(stage, "pause until 9 december")
    await typed(stage, "weekdays 10:00")
    said = await typed(stage, "pause until 9 december")
    assert "I ask nothing until Wednesday 9 December. The next time: Thursday 10 December, 10:00" in said
    assert "The next time: Tuesday 24 November, 10:00" in await typed(stage, "resume")


@pytest.mark.parametrize("how", ["off", "left", "closed"])
async def test_what_has_ended_is_not_put_off(stage: Stage, how: str) -> None:
    await begun(stage)
    nudge = await asked(stage)
    if how == "off":
        await typed(stage, "off")
    elif how == "left":
        assert await stage.priya.submit(await open_people(stage), {"Finance": []}) is None
    else:
        await stage.close_project()
    says = {
        "off": "Nudges are off already. To start again, type for example `/ml-kickoff nudge me weekly mon 09:30`.",
        "left": "Only those who take part in this kickoff can answer.",
        "closed": "This project is closed.",
    }
    await stage.fiona.choose(nudge, "Later", "Tomorrow")
    await stage.fiona.sees(says[how], channel=stage.fiona.dm)
    (kickoff,) = stage.kickoffs()
    find = stage.started.app.database.run
    if how != "closed":
        own = find(lambda connection: own_nudges.find(connection, kickoff.id, stage.fiona.id))
        assert own is None or own.snoozed_until is None


async def test_an_answer_to_a_nudge_of_a_rhythm_that_has_ended_still_counts(stage: Stage) -> None:
    await begun(stage)
    nudge = await asked(stage)
    await typed(stage, "off")
    await stage.fiona.press(nudge, "Nothing new")
    said = await stage.fiona.sees("nothing new in *Churn radar*.", channel=stage.fiona.dm)
    assert "Next nudge" not in said.text


async def test_what_it_says_where_it_cannot(stage: Stage) -> None:
    await stage.start_with_all()
    assert "I could not read that as a rhythm" in await typed(stage, "now and then")
    assert "I ask you no more about *Churn radar*." in await typed(stage, "off")
    stranger = newcomer(stage)
    refused = await stranger.command(stage.channel, COMMAND, "nudge me weekdays 10:00")
    assert "Only those who take part in this kickoff can be asked" in refused.words()
