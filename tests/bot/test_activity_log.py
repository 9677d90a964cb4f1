"""Logging in one line: read back with a way to take it back, and asked where a line may mean two things."""

from datetime import date

import pytest

from flows.activity import Stage
from playground.records import Message
from tests.bot.conftest import COMMAND
from tests.bot.conftest import Stage as Set_up
from tests.bot.test_people_form import newcomer

DAY = "On which day, if not today?"


async def log(stage: Set_up, line: str) -> Message:
    reply = await stage.priya.command(stage.channel, COMMAND, f"log {line}")
    assert reply.message is not None
    return reply.message


@pytest.fixture
async def begun(stage: Set_up) -> Set_up:
    await stage.start(Finance=stage.fiona)
    return stage


async def test_an_entry_is_taken_back_once_and_the_card_forgets_it(begun: Set_up) -> None:
    await log(begun, "1h meeting")
    said = await log(begun, "2h labelled 300 tickets, error 0.21")
    await begun.card("labelling, error 0.21")
    await begun.priya.press(said, "Undo")
    await begun.priya.sees("Taken back: 2 hours, labelling, error 0.21")
    assert [one.entry.stage for one in begun.log()] == [Stage.MEET]
    await begun.card("1 hour, meeting")
    await begun.priya.press(said, "Undo")
    await begun.priya.sees("This entry is gone, or it is not yours.")


async def test_of_two_times_the_one_that_is_meant_is_kept(begun: Set_up) -> None:
    said = await log(begun, "1h training and 2h labelling")
    assert "I read more than one time. Which one is it?" in said.words()
    assert begun.log()[0].entry.hours is None
    await begun.priya.press(said, "3 hours")
    told = await begun.priya.sees("Logged for *Churn radar*: 3 hours, training")
    assert begun.log()[0].entry.hours == 3
    await begun.priya.press(told, "Undo")
    await begun.priya.sees("Taken back: 3 hours")
    assert begun.log() == ()
    await begun.priya.press(said, "1 hour")
    await begun.priya.sees("This entry is gone, or it is not yours.")


async def test_of_two_measures_the_one_that_is_meant_is_kept(begun: Set_up) -> None:
    said = await log(begun, "validation error 22% train error 0.1")
    await begun.priya.press(said, "error 22 %")
    await begun.priya.sees("Logged for *Churn radar*: evaluating, error 22 %")
    (one,) = begun.log()
    assert (one.entry.metric, one.entry.value, one.entry.percent) == ("error", 22.0, True)


async def test_hours_without_a_kind_of_work_are_asked_for_it(begun: Set_up) -> None:
    said = await log(begun, "2h read papers")
    assert "What kind of work was it?" in said.words()
    await begun.priya.choose(said, "Pick one", "Evaluating")
    await begun.priya.sees("Logged for *Churn radar*: 2 hours, evaluating")
    assert begun.log()[0].entry.stage is Stage.EVALUATE


async def test_what_looks_like_a_time_and_is_none_is_said(begun: Set_up) -> None:
    assert "I read no time in that." in (await log(begun, "2 Std. Labeln")).words()


async def test_a_day_counts_from_ones_own_today(begun: Set_up) -> None:
    said = await log(begun, "yesterday 2h labelling")
    yesterday = begun.clock().date().toordinal() - 1
    day = begun.log()[0].entry.day
    assert day is not None
    assert day.toordinal() == yesterday
    assert f"on {day.day} November {day.year}" in said.words()


async def test_what_may_be_meant_otherwise_is_kept_once_somebody_says_so(begun: Set_up) -> None:
    said = await log(begun, "saturday and sunday labelled 10 hours of audio, accuracy >90%")
    assert "Did it take you that long? If not, leave it." in said.words()
    assert "Is this how it is now? If not, leave it." in said.words()
    assert "Which day was it?" in said.words()
    entry = begun.log()[0].entry
    assert (entry.hours, entry.value, entry.day) == (None, None, None)
    for button in ("10 hours", "accuracy 90 %", "21 November 2026"):
        await begun.priya.press(said, button)
    await begun.priya.sees("Logged for *Churn radar*: 10 hours, labelling, on 21 November 2026, accuracy 90 %")
    entry = begun.log()[0].entry
    assert (entry.hours, entry.value, entry.day) == (10.0, 90.0, date(2026, 11, 21))


async def test_the_form_takes_another_day(begun: Set_up) -> None:
    await begun.priya.command(begun.channel, COMMAND, "log")
    form = await begun.priya.view("Log progress")
    unclear = await begun.priya.submit(form, {"What happened?": "monday and tuesday 2h labelling"})
    assert "The day is not clear" in str(unclear)
    later = await begun.priya.submit(form, {DAY: "2026-12-24"})
    assert "Please pick today, or a day before." in str(later)
    assert await begun.priya.submit(form, {DAY: "2026-11-20"}) is None
    assert begun.log()[0].entry.day == date(2026, 11, 20)


async def test_the_entries_of_others_stay(begun: Set_up) -> None:
    said = await log(begun, "1h training and 2h labelling")
    stranger = newcomer(begun)
    for button in ("Undo", "2 hours"):
        await stranger.press(said, button)
        await stranger.sees("This entry is gone, or it is not yours.")
    assert len(begun.log()) == 1


async def test_the_form_asks_beside_its_fields(begun: Set_up) -> None:
    await begun.priya.command(begun.channel, COMMAND, "log")
    form = await begun.priya.view("Log progress")
    unclear = await begun.priya.submit(form, {"What happened?": "2h or 3h training, error 0.2"})
    assert "The time is not clear" in str(unclear)
    unclear = await begun.priya.submit(form, {"What happened?": "train error 0.1, validation error 0.2, 2h"})
    assert "I read more than one measure above." in str(unclear)
    filled = {
        "What happened?": "2h or 3h training, train error 0.1, validation error 0.2",
        "Hours, if not said above": "3",
        "Error or other measure now, if not said above": "error 20%",
    }
    assert await begun.priya.submit(form, filled) is None
    (one,) = begun.log()
    assert (one.entry.hours, one.entry.value, one.entry.percent) == (3.0, 20.0, True)
