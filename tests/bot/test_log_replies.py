"""A reply under the card or a nudge that reads as an entry can be logged with one press; talk is left alone."""

from datetime import date

import pytest

from flows.activity import Entry
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_nudges import nudged, started
from tests.bot.test_people_form import newcomer

LINE = "2h labelled 300 tickets, error 0.21"


def entries(stage: Stage) -> list[Entry]:
    return [one.entry for one in stage.log()]


async def test_a_reply_under_the_card_is_logged_with_one_press(stage: Stage) -> None:
    await stage.start_with_all()
    card = await stage.card("Next nudge")
    await stage.fiona.say(stage.channel, LINE, thread=card)
    offer = await stage.fiona.sees("Shall I log this for *Churn radar*: 2 hours, labelling, error 0.21")
    assert entries(stage) == []
    await stage.fiona.press(offer, "Log it")
    await stage.fiona.sees("Logged for *Churn radar*: 2 hours, labelling, error 0.21")
    await stage.fiona.press(offer, "Log it")
    await stage.slack.quiet()
    assert [one.hours for one in entries(stage)] == [2.0]


async def test_a_reply_to_a_private_nudge_too(stage: Stage) -> None:
    await started(stage, Interviews="In private messages")
    nudge = await nudged(stage)
    await stage.priya.say(stage.priya.dm, LINE, thread=nudge)
    offer = await stage.priya.sees("Shall I log this for", channel=stage.priya.dm)
    await stage.priya.press(offer, "Log it")
    await stage.priya.sees("Logged for *Churn radar*", channel=stage.priya.dm)


async def test_yesterday_is_counted_from_the_day_on_which_it_was_written(stage: Stage) -> None:
    await stage.start_with_all()
    card = await stage.card("Next nudge")
    await stage.fiona.say(stage.channel, "2h labelled yesterday", thread=card)
    offer = await stage.fiona.sees("Shall I log this for")
    stage.clock.skip(days=2)
    await stage.fiona.press(offer, "Log it")
    await stage.fiona.sees("Logged for *Churn radar*")
    assert [one.day for one in entries(stage)] == [date(2026, 11, 22)]


@pytest.mark.parametrize("said", ["I think we need 2h for that", "0.21", "great", "2 houses", "99h of work"])
async def test_talk_is_left_alone(stage: Stage, said: str) -> None:
    await stage.start_with_all()
    card = await stage.card("Next nudge")
    await stage.fiona.say(stage.channel, said, thread=card)
    await stage.slack.quiet()
    assert stage.said("Shall I log this") == []


async def test_answers_in_an_interview_and_words_of_strangers_are_no_entries(stage: Stage) -> None:
    await stage.start_with_all()
    opening = await stage.opening(stage.fiona)
    await stage.fiona.say(stage.channel, LINE, thread=opening)
    stranger = newcomer(stage)
    await stranger.say(stage.channel, LINE, thread=await stage.card("Next nudge"))
    await stage.slack.quiet()
    assert stage.said("Shall I log this") == []


async def test_whoever_was_taken_out_logs_nothing(stage: Stage) -> None:
    await stage.start_with_all()
    card = await stage.card("Next nudge")
    await stage.fiona.say(stage.channel, LINE, thread=card)
    offer = await stage.fiona.sees("Shall I log this for")
    await stage.priya.command(stage.channel, COMMAND, "people")
    assert await stage.priya.submit(await stage.priya.view("People"), {"Finance": []}) is None
    await stage.all_due_is_done()
    await stage.fiona.press(offer, "Log it")
    await stage.fiona.sees("Only those who take part in this kickoff can log by a reply.")
    assert entries(stage) == []


async def test_a_closed_project_takes_no_reply(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.fiona.say(stage.channel, LINE, thread=await stage.card("Next nudge"))
    offer = await stage.fiona.sees("Shall I log this for *Churn radar*")
    await stage.close_project()
    await stage.fiona.press(offer, "Log it")
    await stage.fiona.sees("This project is closed.")
    assert entries(stage) == []
