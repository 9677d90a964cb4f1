"""When the error stands still, why is asked, and the owner hears what is built meanwhile (K34)."""

from datetime import UTC, datetime, time, timedelta

from flows.decisions import PlateauExplained, PlateauReason
from playground.records import Message
from tests.bot.balance_stage import ledger
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_people_form import newcomer

FALLING = (0.42, 0.35, 0.3, 0.27, 0.25)
FLAT = (0.25, 0.252, 0.249, 0.25, 0.251)
ASKED = "No progress in 5 measurements, since"


async def log(stage: Stage, *values: float) -> Message:
    """Log an error each day; the answer to the last one."""
    replies = []
    for value in values:
        replies.append(await stage.priya.command(stage.channel, COMMAND, f"log 2h training, error {value}"))
        stage.clock.skip(days=1)
    said = replies[-1].message
    assert said is not None
    return said


def reasons(stage: Stage) -> list[PlateauExplained]:
    return [line for line in ledger(stage) if isinstance(line, PlateauExplained)]


async def test_one_press_says_why_and_the_owner_is_told(stage: Stage) -> None:
    await stage.start_with_all()
    assert ASKED not in (await log(stage, *FALLING, *FLAT[:-1])).words()
    said = await log(stage, FLAT[-1])
    assert ASKED in said.words()
    await stage.priya.press(said, "More labels")
    told = await stage.victor.sees("the error has stood near 25.1 % since", channel=stage.channel)
    assert "Meanwhile more examples are being labelled, and no progress shows." in told.words()
    assert stage.priya.mention in told.words()
    assert told.thread_ts == (await stage.card("")).ts
    (line,) = reasons(stage)
    assert (line.reason, line.by) == (PlateauReason.LABELS, stage.priya.id)
    assert (line.until - stage.clock().date()).days in {14, 15, 16}
    await stage.priya.press(said, "A new feature")
    await stage.priya.sees("The error moves again, or this was said already.")
    assert reasons(stage) == [line]
    await stage.priya.command(stage.channel, COMMAND, "decisions")
    shown = (await stage.priya.view("Decisions")).words()
    assert "said why the error stands still: more examples are being labelled." in shown
    # It is asked once for each plateau.
    assert ASKED not in (await log(stage, 0.25)).words()


async def test_it_is_not_asked_again_once_somebody_has_said_why(stage: Stage) -> None:
    await stage.start_with_all()
    said = await log(stage, *FALLING, *FLAT)
    await stage.priya.press(said, "More labels")
    await stage.priya.sees("Thank you. I told")
    for line in ("log 1h meeting about labels", "log 1h meeting, rmse 12"):
        other = await stage.priya.command(stage.channel, COMMAND, line)
        assert "What is under way?" not in other.words()


async def test_it_is_asked_of_a_measurement_of_what_stands_still_only(stage: Stage) -> None:
    await stage.start_with_all()
    await log(stage, *FALLING, *FLAT)
    other = await stage.priya.command(stage.channel, COMMAND, "log 1h meeting, rmse 12")
    assert "What is under way?" not in other.words()


async def test_it_is_asked_again_when_the_error_should_have_moved(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.priya.press(await log(stage, *FALLING, *FLAT), "More labels")
    await stage.priya.sees("Thank you. I told")
    (line,) = reasons(stage)
    stage.clock.set(datetime.combine(line.until, time(12), UTC) + timedelta(days=1))
    await stage.priya.command(stage.channel, COMMAND, "progress")
    shown = await stage.priya.sees("It was to move by", channel=stage.priya.dm)
    await stage.priya.press(shown, "A new feature")
    await stage.priya.sees("Thank you. I told")
    await stage.all_due_is_done()
    assert [one.reason for one in reasons(stage)] == [PlateauReason.LABELS, PlateauReason.FEATURE]


async def test_it_is_asked_however_the_measurement_came(stage: Stage) -> None:
    await stage.start_with_all()
    await log(stage, *FALLING, *FLAT[:-1])
    await stage.priya.command(stage.channel, COMMAND, "log")
    form = await stage.priya.view("Log progress")
    assert await stage.priya.submit(form, {"What happened?": "2h training, error 0.251"}) is None
    await stage.priya.sees(ASKED, channel=stage.priya.dm)


async def test_it_is_asked_once_a_measure_is_settled(stage: Stage) -> None:
    await stage.start_with_all()
    await log(stage, *FALLING, *FLAT[:-1])
    said = await stage.priya.command(stage.channel, COMMAND, "log 2h training, error 0.26 to 0.251")
    assert said.message is not None
    assert ASKED not in said.words()
    await stage.priya.press(said.message, "error 0.251")
    await stage.priya.sees(ASKED)


async def test_what_has_reached_the_goal_may_stand_still(stage: Stage) -> None:
    await stage.start_with_all()
    for value in (5, 2, 1, *[0] * 7):
        said = await stage.priya.command(stage.channel, COMMAND, f"log 2h training, error {value} %")
        assert "What is under way?" not in said.words()


async def test_a_closed_project_hears_no_reason(stage: Stage) -> None:
    await stage.start_with_all()
    said = await log(stage, *FALLING, *FLAT)
    await stage.close_project()
    await stage.priya.press(said, "More labels")
    await stage.priya.sees("This project is closed.")
    assert reasons(stage) == []


async def test_only_who_takes_part_says_why_and_only_while_it_stands_still(stage: Stage) -> None:
    await stage.start_with_all()
    said = await log(stage, *FALLING, *FLAT)
    stranger = newcomer(stage)
    await stranger.press(said, "More labels")
    await stranger.sees("Only those who take part in this kickoff can say what happens meanwhile.")
    await log(stage, 0.1)
    await stage.priya.press(said, "More labels")
    await stage.priya.sees("The error moves again, or this was said already.")
    assert reasons(stage) == []


async def test_a_second_plateau_without_a_reason_reminds_of_when_to_stop(stage: Stage) -> None:
    await stage.start_with_all()
    await log(stage, *FALLING, *FLAT, 0.15, 0.13, 0.11, 0.1)
    assert stage.said("stands still a second time") == []
    await log(stage, *(0.1, 0.101, 0.1, 0.099, 0.1))
    told = await stage.priya.sees("the error stands still a second time", channel=stage.channel)
    assert "`/ml-kickoff close` ends the project." in told.words()
    assert "Nobody has said when to stop." in told.words()
    assert len(stage.said("stands still a second time")) == 1
