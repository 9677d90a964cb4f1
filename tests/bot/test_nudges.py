"""Nudges: at the owner's own 9:30, once, whatever happens."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.nudges import send_due_nudges
from bot.run import running
from playground.records import Message
from tests.bot.conftest import COMMAND, Stage, settings_for

MONDAY = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)


async def nudged(stage: Stage) -> Message:
    stage.clock.set(MONDAY)
    await stage.tick()
    return await stage.priya.sees("what moved in")


async def started(stage: Stage, **fields: object) -> None:
    await stage.start_with_all(**fields)
    await stage.card("Next nudge: Monday 30 November, 09:30 (Europe/Berlin)")


async def test_it_comes_at_the_owners_half_past_nine(stage: Stage) -> None:
    await started(stage)
    stage.clock.set(MONDAY.replace(minute=20))
    await stage.tick()
    assert stage.said("what moved in") == []
    nudge = await nudged(stage)
    assert "Nothing is logged yet" in nudge.words()
    assert "Next nudge: Monday 7 December, 09:30 (Europe/Berlin)" in nudge.words()
    assert "Still to be interviewed" in nudge.words()


async def test_an_owner_who_moves_is_asked_at_half_past_nine_there(stage: Stage) -> None:
    await started(stage)
    stage.slack.workspace.change(stage.fiona, tz="America/New_York")
    stage.slack.workspace.change(stage.priya, tz="Asia/Tokyo")
    await stage.card("Next nudge: Monday 30 November, 09:30 (Asia/Tokyo)")
    stage.clock.set(datetime(2026, 11, 30, 0, 30, tzinfo=UTC))
    await stage.tick()
    await stage.priya.sees("what moved in")


async def test_it_comes_in_private_where_the_interviews_are_private(stage: Stage) -> None:
    await started(stage, Interviews="In private messages")
    assert (await nudged(stage)).channel == stage.priya.dm.id


async def test_two_processes_never_send_one_nudge_twice(stage: Stage) -> None:
    await started(stage)
    async with running(settings_for(stage.slack, stage.started.app.settings.database_url), stage.clock) as other:
        stage.clock.set(MONDAY)
        counts = await asyncio.gather(
            *(send_due_nudges(app) for app in (stage.started.app, other.app) for _ in range(5))
        )
        assert sum(counts) == 1
        await stage.priya.sees("what moved in")
        await stage.slack.quiet()
    assert len(stage.said("what moved in")) == 1


async def test_a_week_of_silence_is_made_up_with_one_nudge(stage: Stage) -> None:
    await started(stage)
    stage.clock.set(MONDAY.replace(month=12, day=20))
    await stage.tick()
    nudge = await stage.priya.sees("what moved in")
    assert "Monday 21 December, 09:30" in nudge.words()
    assert len(stage.said("what moved in")) == 1


async def test_logging_by_the_button(stage: Stage) -> None:
    await started(stage)
    nudge = await nudged(stage)
    await stage.priya.press(nudge, "Log progress")
    form = await stage.priya.view("Log progress")
    assert await stage.priya.submit(form, {"What happened?": "2h labelled 300 tickets, error 0.21"}) is None
    answered = await stage.priya.sees("Logged for *Churn radar*: 2 hours, labelling, error 0.21")
    assert answered.ts == nudge.ts
    stage.clock.skip(days=7)
    await stage.tick()
    again = await stage.priya.sees("what moved in", after=nudge)
    assert f"The last entry is by {stage.priya.mention}: 2 hours, labelling, error 0.21" in again.words()


async def test_snooze_a_day(stage: Stage) -> None:
    await started(stage)
    nudge = await nudged(stage)
    stage.clock.skip(minutes=10)
    await stage.priya.press(nudge, "Snooze a day")
    await stage.priya.sees("until Tuesday 1 December, 09:40 (Europe/Berlin)")
    stage.clock.skip(hours=24)
    await stage.tick()
    again = await stage.priya.sees("what moved in", after=nudge)
    assert "Monday 7 December, 09:30" in again.words()


async def test_stop_nudges(stage: Stage) -> None:
    await started(stage)
    nudge = await nudged(stage)
    await stage.priya.press(nudge, "Stop nudges")
    await stage.priya.sees("Stopped by")
    stage.clock.skip(days=60)
    await stage.tick()
    await stage.card("No nudges")
    assert len(stage.said("what moved in")) == 0  # the only nudge now says that it was stopped


async def test_others_cannot_stop_them(stage: Stage) -> None:
    await started(stage)
    await stage.fiona.press(await nudged(stage), "Stop nudges")
    await stage.fiona.sees("can change these nudges")
    await stage.card("Monday 7 December")


async def test_never_means_never(stage: Stage) -> None:
    await stage.start_with_all(Nudge_us="Never")
    await stage.card("No nudges")
    stage.clock.skip(days=365)
    await stage.tick()
    assert stage.said("what moved in") == []


async def test_old_deliveries_and_sent_messages_are_forgotten(stage: Stage) -> None:
    from bot.schedule import tidy

    await started(stage)
    await stage.slack.quiet()
    stage.clock.skip(days=8)
    await tidy(stage.started.app)

    def rows(connection: Connection) -> int:
        return int(connection.exec_driver_sql("SELECT count(*) FROM delivery").scalar_one())

    assert stage.started.app.database.run(rows) == 0
    assert "*Churn radar*" in (await stage.priya.command(stage.channel, COMMAND, "status")).words()
