"""Reminders: three at most, in one's own working morning, and then the owner decides."""

from datetime import UTC, datetime, timedelta

from flows.asking_next import most_telling
from flows.kickoffs import Standing
from playground.records import Message
from tests.bot.conftest import FINANCES, Stage
from tests.questions import FIRST

WEDNESDAY, FRIDAY, MONDAY, TUESDAY = (datetime(2026, 11, day, 9, 31, tzinfo=UTC) for day in (25, 27, 30, 30))
TUESDAY += timedelta(days=1)


async def started(stage: Stage) -> Message:
    """Only finance is interviewed; their zone is London, and answers are due on Monday the 30th."""
    await stage.start(None, Finance=stage.fiona, Nudge_us="Never")
    opening = await stage.opening(stage.fiona)
    assert "Please answer by Monday 30 November, end of day (Europe/London)" in opening.words()
    await stage.fiona.sees("What should this project achieve", channel=stage.channel, thread=opening)
    return opening


async def at(stage: Stage, moment: datetime) -> None:
    stage.clock.set(moment)
    await stage.tick()
    await stage.all_is_sent()
    await stage.slack.quiet()


def reminders(stage: Stage) -> list[Message]:
    """Those that still stand: one that was answered or followed by another is closed."""
    return [one for words in ("left on", "a last reminder", "wait for Submit") for one in stage.said(words)]


async def test_three_reminders_come_in_the_morning_each_shorter_and_then_the_owner_is_told(stage: Stage) -> None:
    opening = await started(stage)
    await at(stage, WEDNESDAY.replace(hour=9, minute=29))
    assert reminders(stage) == []
    texts = []
    for moment, words in (
        (WEDNESDAY, "2 questions are left on *Churn radar*, about 1 min. Please answer by Monday 30 November"),
        (FRIDAY, "2 questions are left on *Churn radar*:"),
        (MONDAY, "a last reminder:"),
    ):
        await at(stage, moment)
        (reminder,) = reminders(stage)
        assert words in reminder.words()
        assert "What should this project achieve" in reminder.words()
        assert reminder.text.startswith(stage.fiona.mention)
        assert reminder.thread_ts == opening.ts
        texts.append(reminder.text)
    assert sorted(texts, key=len, reverse=True) == texts
    assert stage.said("was reminded") == []
    await at(stage, TUESDAY)
    told = await stage.priya.sees("answered 0 of 2 questions", channel=stage.channel)
    assert "was reminded 3 times" in told.words()
    await at(stage, TUESDAY + timedelta(days=20))
    assert reminders(stage)[0].text == texts[-1]
    assert len(stage.said("was reminded")) == 1


async def test_who_goes_on_is_not_reminded_and_who_finishes_never_is(stage: Stage) -> None:
    opening = await started(stage)
    stage.clock.set(WEDNESDAY.replace(hour=8))
    await stage.fiona.say(stage.channel, FINANCES[0][1], thread=opening)
    await stage.fiona.sees("I read this as", channel=stage.channel, thread=opening)
    await at(stage, WEDNESDAY)
    assert reminders(stage) == []
    await stage.play(stage.fiona, FINANCES[1:])
    await at(stage, TUESDAY)
    assert reminders(stage) == []
    assert stage.said("was reminded") == []


async def test_who_is_away_is_left_alone_until_they_are_back(stage: Stage) -> None:
    opening = await started(stage)
    await stage.fiona.set_status("On holiday", ":palm_tree:", datetime(2026, 11, 26, 23, 0, tzinfo=UTC))
    await at(stage, WEDNESDAY)
    assert reminders(stage) == []
    (waiting,) = stage.kickoffs()[0].participants
    assert waiting.remind_at == datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    await at(stage, FRIDAY)
    await stage.fiona.sees("2 questions are left on", channel=stage.channel, thread=opening)


async def test_only_submit_is_missing(stage: Stage) -> None:
    opening = await started(stage)
    for question in ("What should this project achieve", "whole project cost"):
        asked = await stage.fiona.sees(question, channel=stage.channel, thread=opening)
        await stage.fiona.press(asked, "I don't know")
    await stage.fiona.sees("These are your answers", channel=stage.channel, thread=opening)
    await at(stage, WEDNESDAY)
    shown = await stage.fiona.sees("wait for Submit", channel=stage.channel, thread=opening)
    await stage.fiona.press(shown, "Submit")
    await stage.fiona.sees("your answers are in", channel=stage.channel, thread=opening)


async def silent(stage: Stage) -> Message:
    await started(stage)
    await at(stage, TUESDAY)
    return await stage.priya.sees("answered 0 of 2 questions", channel=stage.channel)


async def test_the_owner_can_have_them_reminded_again(stage: Stage) -> None:
    told = await silent(stage)
    await stage.priya.press(told, "Remind again")
    await stage.priya.sees("I remind", channel=stage.channel)
    (waiting,) = stage.kickoffs()[0].participants
    assert waiting.remind_at is not None
    assert waiting.remind_at > TUESDAY


async def test_the_owner_can_go_on_without_them_and_late_answers_count(stage: Stage) -> None:
    told = await silent(stage)
    await stage.victor.press(told, "Go on without the rest")
    await stage.victor.sees("can decide this", channel=stage.channel)
    await stage.priya.press(told, "Go on without the rest")
    await stage.priya.sees("Late ones still count", channel=stage.channel)
    assert stage.kickoffs()[0].participants[0].standing is Standing.CLOSED
    await stage.card("closed without the rest")
    assert stage.kickoffs()[0].waiting_for == ()
    await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)


async def test_a_decision_that_comes_too_late_says_so(stage: Stage) -> None:
    told = await silent(stage)
    await stage.play(stage.fiona, FINANCES)
    await stage.priya.press(told, "Go on without the rest")
    await stage.priya.sees("has finished meanwhile", channel=stage.channel)


async def test_a_reminder_is_asked_about_what_would_change_the_result_most(stage: Stage) -> None:
    await stage.start(None, Product_owner=stage.priya, Nudge_us="Never")
    opening = await stage.opening(stage.priya)
    asked = await stage.priya.sees("What should this project achieve", channel=stage.channel, thread=opening)
    await stage.priya.press(asked, "Skip")
    await stage.priya.sees("How is this done today", channel=stage.channel, thread=opening)
    wanted = most_telling(stage.kickoffs()[0], stage.kickoffs()[0].participants[0])
    await at(stage, WEDNESDAY)
    reminded = await stage.priya.sees("questions are left on", channel=stage.channel, thread=opening)
    assert wanted != "current_way"
    assert FIRST.by_id[wanted].wording in reminded.words()
