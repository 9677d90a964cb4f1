"""How an interview looks: what its opening promises, and what the buttons under a reading are."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.answer_form import form
from bot.blocks import Words
from bot.interview_messages import draw_closed, draw_opening, draw_say
from flows import interviews
from flows.answers import Answer, Status
from flows.cadence import MONDAYS
from flows.interview import Interview, Turn
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from flows.question_bank import BANK
from flows.roles import Role
from tests.questions import FIRST, FIRST_ROLES, begin

TODAY = date(2026, 11, 23)
BILL = "cut the cloud bill by 10 %"
PROJECT = "Churn radar"
PROBLEM = "People leave the feed early."


def participant(*roles: Role, person: str = "U1", channel: str = "C1") -> Participant:
    return Participant(1, person, Standing.OPEN, channel, begin(*roles).interview)


def kickoff(problem: str = PROBLEM) -> Kickoff:
    return Kickoff(1, "T1", "C1", PROJECT, problem, "U9", Place.PRIVATE, (), Nudge(MONDAYS, "UTC", None), FIRST)


def lines(said: Words) -> list[str]:
    """The texts of the blocks that are no buttons."""
    texts = [block.get("text") or block.get("elements", [{}])[0] for block in said.blocks]
    return [text["text"] for text in texts if isinstance(text.get("text"), str)]


def labels(said: Words) -> list[str]:
    return [
        element["text"]["text"] for block in said.blocks for element in block.get("elements", []) if "value" in element
    ]


def kept(goal: str = BILL) -> Interview:
    shown = interviews.hear(begin(Role.FINANCE).interview, goal, TODAY).interview
    return interviews.confirm(shown).interview


def test_a_private_opening_says_who_asks_about_what_and_who_will_see_it() -> None:
    said = draw_opening(kickoff(), participant(Role.FINANCE, channel="D1"))
    assert lines(said) == [
        "<@U1>, <@U9> would like your view as finance on *Churn radar*.",
        "*The problem:* People leave the feed early.",
        "2 short questions, about 1 minute. “I don't know” is fine.",
        "<#C1> sees your goals with your name, and your other answers without it.",
    ]
    assert said.text.startswith("<@U1>, <@U9> would like your view as finance on *Churn radar*.")


def test_an_opening_in_the_channel_says_that_all_can_read_along() -> None:
    said = draw_opening(kickoff(""), participant(Role.PRODUCT_OWNER, Role.FINANCE, person="U9"))
    assert lines(said) == [
        "<@U9>, please give your view as product owner and finance on *Churn radar*.",
        "9 short questions, about 5 minutes. “I don't know” is fine.",
        "Everyone in <#C1> can read this thread.",
    ]


@pytest.mark.parametrize("channel", ["C1", "D1"])
def test_an_opening_is_short(channel: str) -> None:
    said = lines(draw_opening(kickoff(""), participant(*FIRST_ROLES, channel=channel)))
    assert len(" ".join(said).split()) < 60


def test_a_problem_of_any_length_stays_one_line_and_pings_nobody() -> None:
    problem = lines(draw_opening(kickoff("<!channel>\n" + "words " * 500), participant(Role.FINANCE)))[1]
    assert problem.startswith("*The problem:* &lt;!channel&gt; words")
    assert "\n" not in problem
    assert len(problem) < 250


def say(turn: Turn) -> Words:
    return draw_say(1, turn, PROJECT)


def test_a_new_goal_a_kept_one_and_a_change_say_what_the_buttons_do() -> None:
    new = say(interviews.hear(begin(Role.FINANCE).interview, BILL, TODAY))
    assert "Nothing is kept before you say so. You can also write it again in other words." in lines(new)
    assert "Keep both" not in labels(new)
    again = say(interviews.go_back(kept()))
    assert "_Your goal: reduce cloud bill by 10 %, no deadline given._" in lines(again)
    assert "It stays as it is, unless you change it, write it anew, or remove it with Not a goal." in lines(again)
    assert "Keep both" not in labels(again)
    change = say(interviews.hear(kept(), "cut the cloud bill by 12 %", TODAY))
    assert "Nothing changes before you say so. If these are two goals, press Keep both." in lines(change)
    assert labels(change)[:4] == ["Yes, that's right", "Change it", "Keep both", "Not a goal"]
    doubtful = say(interviews.hear(kept(), "cut the cloud bill by 12 % unless prices rise", TODAY))
    assert "Please check it with Change it, or write it again in other words." in lines(doubtful)
    assert labels(doubtful)[:3] == ["Change it", "Keep both", "Not a goal"]


def closed(before: Interview, after: Turn) -> str:
    return draw_closed(before, after.interview, PROJECT).text


def test_an_answered_reading_says_what_became_of_it() -> None:
    goal = "reduce cloud bill by 10 %, no deadline given"
    shown = interviews.hear(begin(Role.FINANCE).interview, BILL, TODAY).interview
    assert closed(shown, interviews.confirm(shown)) == f":white_check_mark: Kept: {goal}"
    assert closed(shown, interviews.reject(shown)) == f":heavy_minus_sign: Not kept: {goal}"
    assert closed(shown, interviews.hear(shown, "hm", TODAY)) == f"_{goal}_ Shown again below."
    again = interviews.go_back(kept()).interview
    assert closed(again, interviews.reject(again)) == f":heavy_minus_sign: Removed: {goal}"
    assert closed(again, interviews.skip(again)) == f":white_check_mark: Kept: {goal}"
    twelve = again.objectives[0].model_copy(update={"amount": 12})
    changed = interviews.correct(again, twelve)
    assert closed(again, changed) == ":white_check_mark: Changed to: reduce cloud bill by 12 %, no deadline given"


def test_the_thanks_say_what_becomes_of_the_results() -> None:
    shown = interviews.skip(interviews.skip(kept()).interview)
    said = draw_say(1, interviews.submit(shown.interview), PROJECT, "Nothing changed.")
    assert said.text == "Thank you, your answers are in. Nothing changed."
    assert labels(said) == ["Change an answer"]


def test_nothing_is_shouted() -> None:
    turns = [begin(role) for role in FIRST_ROLES]
    texts = [draw_opening(kickoff(), participant(Role.FINANCE)).text, *(say(turn).text for turn in turns)]
    assert not re.search("!(?!channel)", " ".join(texts))


def test_the_form_for_a_date_that_was_handed_on_is_empty() -> None:
    question = BANK.by_id["first_review"]
    handed = Answer(question=question.id, status=Status.HANDED, value="U456")
    asked = replace(begin(*FIRST_ROLES).interview, answers={question.id: handed})
    assert "U456" not in str(form(1, asked, question, "Radar"))
