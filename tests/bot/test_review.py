"""The answers shown before they are submitted: a page at a time in the thread, all at once on the Home tab."""

from dataclasses import replace

import pytest

from bot.blocks import Words
from bot.brevity import MOST_WORDS, count_words
from bot.interview_messages import draw_say, draw_waiting
from bot.review import draw_review, find_page
from flows import interviews
from flows.answers import Answer, Status
from flows.interview import REVIEW, Handed, Interview, Review, Turn
from flows.question_bank import BANK
from playground.person import Person
from playground.records import Message
from tests.bot.conftest import OWNERS, THANKS, Stage, beside
from tests.bot.conftest import REVIEW as SHOWN
from tests.conftest import MONDAY_EVENING
from tests.questions import FIRST_ROLES, begin


def everything_answered(said: str) -> Interview:
    """Somebody to whom every question there is was handed on, and who has answered them all."""
    handed = tuple(Handed(question.id, "U9") for question in BANK.questions)
    asked = replace(begin(*FIRST_ROLES).interview, question_set=BANK, plan=(), handed=handed, step=REVIEW)
    answers = {
        question.id: Answer(question=question.id, status=Status.GIVEN, given=said, value=said)
        for question in asked.main_questions
    }
    return replace(asked, answers=answers)


def labels(said: Words) -> list[str]:
    return [element["text"]["text"] for element in said.blocks[-1]["elements"]]


def edits(said: Words) -> list[str]:
    """What the Edit buttons of a page carry."""
    return [block["accessory"]["value"] for block in said.blocks if "accessory" in block]


@pytest.mark.parametrize("said", ["yes", "& " * 200, "one two three four five six seven eight nine ten " * 9])
def test_every_answer_is_on_one_short_page_and_all_can_be_submitted_from_each(said: str) -> None:
    interview = everything_answered(said)
    pages = [draw_say(1, Turn(interview, Review("That is fine. I keep it. " * 9)), "Radar", page=0)]
    while "Next page" in labels(pages[-1]):
        pages.append(draw_review(1, interview, page=len(pages)))
        assert "Previous page" in labels(pages[-1])
    assert all(count_words(*page.blocks) <= MOST_WORDS for page in pages)
    assert all(labels(page)[:2] == ["Submit", "Back"] for page in pages)
    shown = [edit for page in pages for edit in edits(page)]
    assert len(shown) == len(set(shown)) == len(interview.main_questions)
    assert draw_review(1, interview, page=1000) == pages[-1]


def test_at_home_there_is_room_for_all_or_for_most() -> None:
    interview = everything_answered("yes")
    few = replace(interview, handed=interview.handed[:20])
    assert len(edits(draw_waiting(1, few, "Radar"))) == len(few.main_questions)
    many = draw_waiting(1, everything_answered("& " * 200), "Radar")
    assert len(str(many.blocks)) < 14_000
    assert len(many.blocks) <= 50
    assert labels(many) == ["Submit", "Back"]
    assert "more are not shown" in str(many.blocks[-2])


def test_whoever_returns_from_an_answer_sees_its_page() -> None:
    interview = everything_answered("yes")
    ids = [question.id for question in interview.main_questions]
    for question in (ids[0], ids[20], ids[-1]):
        asked = interviews.edit(interview, question).interview
        back = interviews.skip(asked).interview
        page = draw_review(1, back, page=find_page(asked, back))
        assert question in {edit.split(":")[2] for edit in edits(page)}


def test_whoever_has_answered_the_last_question_begins_at_the_beginning() -> None:
    interview = everything_answered("yes")
    last = interview.main_questions[-1]
    answers = {question: answer for question, answer in interview.answers.items() if question != last.id}
    asked = replace(interview, answers=answers, step=last.id)
    assert find_page(asked, interviews.say_unknown(asked).interview) == 0


def test_an_edited_message_shows_the_page_of_what_it_changed() -> None:
    before = everything_answered("yes")
    last = before.main_questions[-1]
    now = interviews.amend(before, last.id, "yes", "other words", MONDAY_EVENING.date()).interview
    assert now.answers != before.answers
    page = draw_review(1, now, page=find_page(before, now))
    assert last.id in edits(page)[-1]


async def test_pages_are_turned_in_place(stage: Stage) -> None:
    await stage.start_with_all()
    opening, review = await play_to_review(stage, stage.priya)
    count = len(stage.slack.workspace.messages(stage.channel))
    await stage.priya.press(review, "Next page")
    second = await turned(stage, review, "Page 2 of")
    assert "increase time on platform" not in second.words()
    await stage.victor.press(second, "Previous page")
    await stage.victor.sees("These questions are for someone else", thread=opening)
    await stage.priya.press(second, "Previous page")
    assert "increase time on platform" in (await turned(stage, review, "Page 1 of")).words()
    assert len(stage.slack.workspace.messages(stage.channel)) == count
    await stage.priya.press(review, "Next page")
    await stage.priya.press(await turned(stage, review, "Page 2 of"), "Submit")
    await stage.priya.sees(THANKS, thread=opening)
    closed = await turned(stage, review, "Submitted:")
    assert "8 answers" in closed.words()


async def test_after_an_edit_the_page_of_that_answer_is_shown(stage: Stage) -> None:
    await stage.start_with_all()
    _, review = await play_to_review(stage, stage.priya)
    await stage.priya.press(review, "Next page")
    second = await turned(stage, review, "Page 2 of")
    await stage.priya.press(second, "Edit", "90 %")
    asked = await stage.priya.sees(beside(review, "You answered"), after=review)
    await stage.priya.say(stage.channel, "95", thread=asked)
    again = await stage.priya.sees(beside(review, SHOWN), after=asked)
    assert "95 %" in again.words()
    assert "Page 2 of" in again.words()


async def play_to_review(stage: Stage, person: Person) -> tuple[Message, Message]:
    opening = last = await stage.opening(person)
    for question, answer in OWNERS:
        last = await person.sees(question, thread=opening, after=last)
        if answer.startswith("["):
            await person.press(last, answer.strip("[]"))
        else:
            await person.say(stage.channel, answer, thread=opening)
    return opening, await person.sees(SHOWN, thread=opening)


async def turned(stage: Stage, review: Message, words: str) -> Message:
    """The message with the answers, once it shows these words."""

    def find() -> Message | None:
        current = stage.slack.workspace.current(review)
        return current if words in current.words() else None

    found = await stage.slack.workspace.log.wait_for(find, 5)
    assert found is not None
    return found
