"""What busy people do: answer several questions at once, in two projects at once, late, twice, or out of order."""

from flows.interview import Interview
from flows.kickoffs import Standing
from flows.scoring.heard import hear
from playground.person import Person
from playground.records import Message
from tests.bot.conftest import REVENUE, THANKS, Stage
from tests.bot.conftest import REVIEW as ANSWERS

PASTE = """Sorry for the delay, all in one go:
1) increase the time users spend on the platform by at least 15%
2) people do it by hand
3) about 12,000 cases a month, 5 minutes each
4) 90 of 100; the budget is €80,000"""


async def asked(stage: Stage, person: Person, words: str, opening: Message, after: Message | None = None) -> Message:
    place = stage.slack.workspace.channel(opening.channel)
    return await person.sees(words, channel=place, thread=opening, after=after)


def interview_of(stage: Stage, person: Person, project: int = 0) -> Interview:
    found = stage.kickoffs()[project].find(person.id)
    assert found is not None
    return found.interview


async def finance_at_budget(stage: Stage, name: str = "Churn radar") -> Message:
    await stage.start(None, name=name, Finance=stage.fiona, Nudge_us="Never")
    opening = await stage.opening(stage.fiona, name=name)
    await stage.fiona.press(await asked(stage, stage.fiona, "What should this project", opening), "Skip")
    await asked(stage, stage.fiona, "whole project cost", opening)
    return opening


async def sponsor_at_teams(stage: Stage) -> tuple[Message, Message]:
    """The opening, and the sponsor's message that answers the question before the one that is asked."""
    await stage.start(None, Executive_sponsor=stage.victor, Nudge_us="Never")
    opening = await stage.opening(stage.victor)
    await stage.victor.press(await asked(stage, stage.victor, "What should this project", opening), "Skip")
    await asked(stage, stage.victor, "In how many months", opening)
    said = await stage.victor.say(stage.channel, "6", thread=opening)
    await asked(stage, stage.victor, "How many teams", opening)
    await stage.all_is_sent()
    return opening, said


async def test_a_paste_of_several_answers_answers_none_of_them_by_chance(stage: Stage) -> None:
    await stage.start(None, Product_owner=stage.priya, Nudge_us="Never")
    opening = await stage.opening(stage.priya)
    goal = await asked(stage, stage.priya, "What should this project", opening)
    await stage.priya.say(stage.channel, PASTE, thread=opening)
    reading = await asked(stage, stage.priya, "I read this as", opening)
    assert "time on platform by at least 15 %" in reading.words()
    assert interview_of(stage, stage.priya).objectives == ()
    for _ in interview_of(stage, stage.priya).pending:
        reading = await asked(stage, stage.priya, "I read this as", opening, after=goal)
        await stage.priya.press(reading, "Not a goal")
        await stage.slack.quiet()
    await stage.priya.press(await asked(stage, stage.priya, "What should this project", opening, goal), "Skip")
    way = await asked(stage, stage.priya, "How is this done today", opening)
    await stage.priya.press(way, "People do it by hand")
    await asked(stage, stage.priya, "How many cases", opening)
    await stage.priya.say(stage.channel, PASTE, thread=opening)
    await asked(stage, stage.priya, "I could not read one number of cases a month", opening)
    assert set(interview_of(stage, stage.priya).answers) == {"goal", "current_way"}


async def test_an_older_answer_is_edited_while_a_newer_question_waits(stage: Stage) -> None:
    opening, said = await sponsor_at_teams(stage)
    await stage.victor.edit(said, "9")
    again = await asked(stage, stage.victor, "You edited your answer. Noted: 9 months", opening)
    assert "How many teams" in again.words()
    await stage.victor.say(stage.channel, "3", thread=opening)
    await asked(stage, stage.victor, ANSWERS, opening)
    answers = interview_of(stage, stage.victor).answers
    assert (answers["expected_months"].value, answers["teams"].value) == (9, 3)


async def test_what_was_said_stays_when_its_message_is_deleted(stage: Stage) -> None:
    opening, said = await sponsor_at_teams(stage)
    await stage.victor.delete(said)
    await stage.slack.quiet()
    await stage.victor.say(stage.channel, "3", thread=opening)
    review = await asked(stage, stage.victor, ANSWERS, opening)
    assert "6 months" in review.words()


async def test_answers_in_two_projects_at_once_stay_apart(stage: Stage) -> None:
    first = await finance_at_budget(stage)
    second = await finance_at_budget(stage, "Second")
    await stage.fiona.say(stage.channel, "€20,000", thread=second)
    await stage.fiona.say(stage.channel, "€10,000", thread=first)
    for opening in (first, second):
        await stage.fiona.press(await asked(stage, stage.fiona, ANSWERS, opening), "Submit")
        await asked(stage, stage.fiona, THANKS, opening)
    assert [hear(kickoff).number("budget") for kickoff in stage.kickoffs()] == [20_000, 10_000]


async def test_whoever_was_replaced_can_write_and_press_and_changes_nothing(stage: Stage) -> None:
    opening = await finance_at_budget(stage)
    question = await asked(stage, stage.fiona, "whole project cost", opening)
    said = await stage.fiona.say(stage.channel, "a lot", thread=opening)
    question = await asked(stage, stage.fiona, "whole project cost", opening, after=question)
    await stage.all_is_sent()
    stage.slack.deliveries.hold()
    await stage.fiona.say(stage.channel, "€80,000", thread=opening)
    await stage.priya.press((await stage.card("Fiona")), "People")
    form = await stage.priya.view("People")
    assert await stage.priya.submit(form, {"Finance": [stage.victor]}) is None
    await asked(stage, stage.fiona, "took you out", opening)
    stage.slack.deliveries.release()
    await stage.fiona.say(stage.channel, "€90,000", thread=opening)
    await stage.fiona.edit(said, "€70,000")
    await stage.slack.quiet()
    assert set(interview_of(stage, stage.fiona).answers) == {"goal"}
    found = stage.kickoffs()[0].find(stage.fiona.id)
    assert found is not None
    assert found.standing is Standing.REMOVED
    await stage.opening(stage.victor)


async def test_submit_pressed_twice_and_comments_afterwards_change_nothing(stage: Stage) -> None:
    opening = await finance_at_budget(stage)
    await stage.fiona.say(stage.channel, "€80,000", thread=opening)
    review = await asked(stage, stage.fiona, ANSWERS, opening)
    await stage.fiona.press(review, "Submit")
    await stage.slack.deliveries.again()
    last = await asked(stage, stage.fiona, THANKS, opening)
    await stage.all_is_sent()
    assert len([one for one in stage.said(THANKS) if one.thread_ts == last.thread_ts]) == 1
    for words in ("By the way, it is €90,000 now", "really"):
        await stage.fiona.say(stage.channel, words, thread=opening)
    await asked(stage, stage.fiona, "I left this as a comment", opening)
    await stage.all_is_sent()
    assert len(stage.said("I left this as a comment")) == 1
    assert hear(stage.kickoffs()[0]).number("budget") == 80_000


async def test_of_edits_that_come_out_of_order_the_newest_counts(stage: Stage) -> None:
    opening, said = await sponsor_at_teams(stage)
    stage.slack.deliveries.hold()
    await stage.victor.edit(said, "7")
    await stage.victor.edit(said, "9")
    stage.slack.deliveries.release(backwards=True)
    await asked(stage, stage.victor, "Noted: 9 months", opening)
    await stage.slack.quiet()
    assert interview_of(stage, stage.victor).answers["expected_months"].value == 9


async def test_an_edit_that_comes_before_its_message_is_the_answer(stage: Stage) -> None:
    opening, _ = await sponsor_at_teams(stage)
    stage.slack.deliveries.hold()
    said = await stage.victor.say(stage.channel, "4", thread=opening)
    message = stage.slack.deliveries.last_event
    await stage.victor.edit(said, "3")
    edit = stage.slack.deliveries.last_event
    await stage.slack.deliveries.again(edit)
    await asked(stage, stage.victor, ANSWERS, opening)
    await stage.slack.deliveries.again(message)
    await stage.slack.quiet()
    assert interview_of(stage, stage.victor).answers["teams"].value == 3
    assert interview_of(stage, stage.victor).open_questions == ()


async def test_words_that_were_written_before_a_question_came_do_not_answer_it(stage: Stage) -> None:
    await stage.start(None, Finance=stage.fiona, Nudge_us="Never")
    opening = await stage.opening(stage.fiona)
    goal = await asked(stage, stage.fiona, "What should this project", opening)
    await stage.all_is_sent()
    stage.slack.deliveries.hold()
    late = await stage.fiona.say(stage.channel, "We have €500 for lunch", thread=opening)
    await stage.fiona.press(goal, "Skip")
    await asked(stage, stage.fiona, "whole project cost", opening)
    await stage.all_is_sent()
    stage.slack.deliveries.release()
    await asked(stage, stage.fiona, "You wrote this before you could see my last message", opening)
    await stage.fiona.edit(late, "We have €600 for lunch")
    await stage.slack.quiet()
    assert "budget" not in interview_of(stage, stage.fiona).answers
    await stage.fiona.say(stage.channel, "€80,000", thread=opening)
    await asked(stage, stage.fiona, ANSWERS, opening)
    assert interview_of(stage, stage.fiona).answers["budget"].value == 80_000


async def test_an_answer_that_comes_hours_late_counts_though_a_reminder_came_first(stage: Stage) -> None:
    await stage.start(None, Executive_sponsor=stage.victor, Nudge_us="Never")
    opening = await stage.opening(stage.victor)
    goal = await asked(stage, stage.victor, "What should this project", opening)
    await stage.all_is_sent()
    stage.slack.deliveries.hold()
    await stage.victor.say(stage.channel, REVENUE, thread=opening)
    stage.clock.skip(days=3)
    await stage.tick()
    await stage.all_is_sent()
    await asked(stage, stage.victor, "What should this project", opening, after=goal)
    stage.slack.deliveries.release()
    await asked(stage, stage.victor, "I read this as", opening)


async def test_two_quick_messages_to_one_question_are_both_read(stage: Stage) -> None:
    opening = await finance_at_budget(stage)
    await stage.all_is_sent()
    stage.slack.deliveries.hold()
    await stage.fiona.say(stage.channel, "a lot", thread=opening)
    message = stage.slack.deliveries.last_event
    await stage.fiona.say(stage.channel, "€80,000", thread=opening)
    await stage.slack.deliveries.again(message)
    await asked(stage, stage.fiona, "I could not read an amount of money", opening)
    await stage.all_is_sent()
    stage.slack.deliveries.release()
    await asked(stage, stage.fiona, ANSWERS, opening)
    assert interview_of(stage, stage.fiona).answers["budget"].value == 80_000
