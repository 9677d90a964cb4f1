"""A timer counts the hours of a kind of work and logs them; one that was forgotten logs nothing."""

from flows.activity import Entry
from flows.activity import Stage as Kind
from playground.person import Person
from storage import timers
from tests.bot.conftest import COMMAND, Stage


async def timer(stage: Stage, text: str = "", by: Person | None = None) -> str:
    return (await (by or stage.priya).command(stage.channel, COMMAND, f"timer {text}".strip())).words()


def entries(stage: Stage) -> list[Entry]:
    return [one.entry for one in stage.log()]


async def test_it_counts_and_logs(stage: Stage) -> None:
    assert "There is no kickoff here yet" in await timer(stage, "labelling")
    await stage.start_with_all()
    assert "No timer runs." in await timer(stage)
    assert "No timer runs." in await timer(stage, "stop")
    assert "The timer runs: labelling for *Churn radar*." in await timer(stage, "labelling")
    stage.clock.skip(minutes=45)
    assert "0.75 hours of labelling for *Churn radar* so far." in await timer(stage)
    stage.clock.skip(minutes=45)
    said = await timer(stage, "stop 300 tickets, error 0.21")
    assert "Logged for *Churn radar*: 1.5 hours, labelling, error 0.21" in said
    assert [(one.hours, one.stage, one.value) for one in entries(stage)] == [(1.5, Kind.LABEL, 0.21)]
    assert "No timer runs." in await timer(stage)


async def test_each_has_their_own_and_the_next_one_logs_the_one_before(stage: Stage) -> None:
    await stage.start_with_all()
    await timer(stage, "labelling")
    assert "No timer runs." in await timer(stage, by=stage.fiona)
    stage.clock.skip(minutes=30)
    said = await timer(stage, "training for Churn radar")
    assert "Logged for *Churn radar*: 0.5 hours, labelling" in said
    assert "The timer runs: training for *Churn radar*." in said
    stage.clock.skip(minutes=6)
    assert "0.1 hours of training" in await timer(stage)
    assert [(one.hours, one.stage) for one in entries(stage)] == [(0.5, Kind.LABEL)]


async def test_two_measures_and_another_time_in_the_note_are_asked(stage: Stage) -> None:
    await stage.start_with_all()
    await timer(stage, "training")
    stage.clock.skip(minutes=90)
    said = await stage.priya.command(stage.channel, COMMAND, "timer stop 2h, error 0.21, recall 0.8")
    assert said.message is not None
    await stage.priya.press(said.message, "recall 0.8")
    await stage.priya.sees("recall 0.8")
    await stage.priya.press(said.message, "2 hours")
    await stage.priya.sees("2 hours, training, recall 0.8")
    assert [(one.hours, one.metric, one.value) for one in entries(stage)] == [(2.0, "recall", 0.8)]


async def test_what_it_counted_for_a_project_that_was_closed_meanwhile_is_said(stage: Stage) -> None:
    await stage.start_with_all()
    await timer(stage, "labelling")
    stage.clock.skip(minutes=90)
    await stage.close_project()
    said = await timer(stage, "stop")
    assert "This project is closed." in said
    assert "The timer ran for 1.5 hours, and I logged nothing." in said
    assert entries(stage) == []
    assert "No timer runs." in await timer(stage)


async def test_one_that_was_forgotten_logs_nothing(stage: Stage) -> None:
    await stage.start_with_all()
    await timer(stage, "meeting")
    stage.clock.skip(hours=30)
    assert "The timer ran for 30 hours, so it was forgotten" in await timer(stage, "stop")
    assert entries(stage) == []
    assert "No timer runs." in await timer(stage)


async def test_only_the_timer_that_was_read_is_stopped(stage: Stage) -> None:
    await stage.start_with_all()
    await timer(stage, "labelling")
    team, person = stage.slack.workspace.team_id, stage.priya.id
    run = stage.started.app.database.run
    running = run(lambda connection: timers.find(connection, team, person))
    assert running is not None
    stage.clock.skip(minutes=30)
    await timer(stage, "training")
    assert not run(lambda connection: timers.stop(connection, team, person, running))
    assert "of training" in await timer(stage)


async def test_what_it_does_not_know_it_says(stage: Stage) -> None:
    await stage.start_with_all()
    assert "I know no work called “juggling”. There is: collecting data, labelling" in await timer(stage, "juggling")
    assert "I know no project called" in await timer(stage, "labelling for Nothing")
    await timer(stage, "labelling")
    stage.clock.skip(minutes=5)
    assert "The timer still runs." in await timer(stage, "stop 99h of work")
    await stage.close_project()
    assert "This project is closed." in await timer(stage, "labelling for Churn radar")
