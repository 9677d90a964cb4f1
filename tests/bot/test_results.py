"""The results in the channel: plain words, and never the same twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.blocks import Block, Words
from bot.conflict_board import draw_board
from bot.conflict_detail import draw_detail
from bot.first_score import draw_reasons, draw_score
from bot.goals_view import draw_goals
from flows import interviews
from flows.answers import Answer, Status
from flows.cadence import MONDAYS
from flows.findings import find
from flows.influence import GRAPH
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from flows.roles import Role
from playground.records import Message
from tests.bot.conftest import BILL, FINANCES, GOAL, REVENUE, SPONSORS, Stage
from tests.questions import FIRST, begin

TODAY = date(2026, 11, 23)
WORDS_A_MESSAGE = 60
JARGON = ("KDD", "edge", "metric", "sign", "graph", "coupled", "None", "!")


def participant(number: int, role: Role, *goals: str, answers: tuple[Answer, ...] = ()) -> Participant:
    interview = begin(role).interview
    for goal in goals:
        interview = interviews.confirm(interviews.hear(interview, goal, TODAY).interview).interview
    given = {**interview.answers, **{answer.question: answer for answer in answers}}
    return Participant(number, f"U{number}", Standing.FINISHED, "C1", replace(interview, answers=given))


def kickoff(*participants: Participant) -> Kickoff:
    return Kickoff(1, "T1", "C1", "Radar", "", "U9", Place.THREADS, participants, Nudge(MONDAYS, "UTC", None), FIRST)


def chapter() -> Kickoff:
    return kickoff(
        participant(1, Role.PRODUCT_OWNER, GOAL),
        participant(2, Role.EXECUTIVE_SPONSOR, REVENUE),
        participant(3, Role.FINANCE, BILL),
    )


NUMBERS = {"cases_per_month": 12_000.0, "minutes_per_case": 5.0, "accuracy_needed": 99.5, "expected_months": 6.0}


def given(*roles: Role) -> tuple[Answer, ...]:
    """An answer to every question but that for a goal: the first option, or a number."""
    questions = [
        question for question in FIRST.questions if set(question.roles) & set(roles) and "K45" not in question.rows
    ]
    return tuple(
        Answer(
            question=question.id,
            status=Status.GIVEN,
            value=question.values[0] if question.values else NUMBERS.get(question.id, 80_000.0),
            currency="EUR" if question.id == "budget" else None,
        )
        for question in questions
    )


def answered() -> Kickoff:
    """The chapter's kickoff with every question answered, so that nothing is left out for want of words."""
    people = ((Role.PRODUCT_OWNER, GOAL), (Role.EXECUTIVE_SPONSOR, REVENUE), (Role.FINANCE, BILL))
    return kickoff(*(participant(n, role, goal, answers=given(role)) for n, (role, goal) in enumerate(people, 1)))


def texts(said: Words) -> list[str]:
    """What each block says."""
    parts = [[block.get("text"), *block.get("elements", []), *block.get("fields", [])] for block in said.blocks]
    return ["\n".join(part["text"] for part in block if part and isinstance(part.get("text"), str)) for block in parts]


def board(told: Kickoff, page: int = 0, top: str = "") -> Words:
    return draw_board(told, find(told.stakes, GRAPH), page=page, top=top).said


def explained(told: Kickoff, place: int = 0) -> list[str]:
    """What the window behind *Explain* says of a conflict, a text for each block."""
    findings = find(told.stakes, GRAPH)
    return view_texts(draw_detail(told, findings, findings.conflicts[place].id))


def view_texts(view: Block) -> list[str]:
    return texts(Words("", tuple(view["blocks"])))


def test_the_board_names_people_and_goals_worst_first_in_few_words() -> None:
    said = [text for text in texts(board(chapter())) if text]
    assert said[:2] == ["Radar: goals side by side", "They collide in 4 places, the worst first."]
    together = "not all at once: advertising revenue, monthly cloud bill, time on platform"
    assert said[2] == f":large_orange_circle: *Pull apart:* {together}"
    assert sum(":large_orange_circle: *Pull apart:*" in text for text in said) == 3


def test_a_board_of_many_conflicts_has_pages() -> None:
    goals = (GOAL, REVENUE, BILL, BILL.replace("10", "12"), "reduce churn by 5%")
    many = kickoff(*(participant(n, Role.FINANCE, goal) for n, goal in enumerate(goals, 1)))
    found = find(many.stakes, GRAPH).conflicts
    explained = [
        block["accessory"]["value"] for page in range(9) for block in board(many, page).blocks if "accessory" in block
    ]
    assert {value.partition("|")[2] for value in explained} == {one.id for one in found}
    pages = next(page for page in range(1, 9) if board(many, page) == board(many, page - 1))
    assert pages > 1
    buttons = [[one["text"]["text"] for one in board(many, page).blocks[-1]["elements"]] for page in range(pages)]
    assert buttons[0] == ["Weaker ones", "All goals", "Find a balance"]
    assert buttons[-1] == ["Worse ones", "All goals", "Find a balance"]


def test_an_explained_conflict_says_that_its_steps_are_assumed() -> None:
    said = explained(chapter(), 3)
    assert said[0] == ":large_orange_circle: *Pull apart:* <@U1>, <@U3>"
    assert said[1].startswith("One goal is for “time on platform” to rise by at least 15 %")
    assert said[2] == "*Who else pays:* A smaller model would also mean more wrong answers; nobody has a goal for that."
    assert said[3].startswith("*What could ease it:* ")
    assert said[4].startswith("*How sure:* Each link is an assumption until someone here confirms it.")
    assert "*more time on platform → more traffic*\nLonger stays mean more pages served." in said
    assert "*more traffic → a higher cloud bill*\nEach page served costs computing." in said


def test_a_direct_conflict_rests_on_the_goals_themselves() -> None:
    others = kickoff(participant(1, Role.PRODUCT_OWNER, BILL), participant(2, Role.FINANCE, BILL.replace("10", "12")))
    said = explained(others)
    assert said[0] == ":large_yellow_circle: *Differ a little:* <@U1>, <@U2>"
    assert not any("What I assume" in text for text in said)
    assert said[-1].startswith("*How sure:* This follows from the two goals as they were confirmed.")


def test_a_person_at_odds_with_themselves_is_named_once() -> None:
    twice = participant(1, Role.FINANCE, BILL)
    interview = interviews.hear(twice.interview, BILL.replace("10", "12"), TODAY).interview
    interview = interviews.choose(interview, "separate").interview
    assert explained(kickoff(replace(twice, interview=interview)))[0].endswith("*Differ a little:* <@U1>")


def test_all_goals_stand_side_by_side_with_what_is_open_about_them() -> None:
    told = chapter()
    said = "\n".join(view_texts(draw_goals(told, find(told.stakes, GRAPH))))
    assert "<@U1>\nproduct owner\nincrease time on platform by at least 15 %" in said
    assert "*Still open about the goals*\n• <@U" in said
    nobody = kickoff(participant(1, Role.FINANCE))
    assert "Nobody named a goal yet" in "\n".join(view_texts(draw_goals(nobody, find((), GRAPH))))


def test_what_is_kept_private_is_counted_and_not_shown() -> None:
    told = chapter()
    first, *others = told.participants
    kept = replace(first, interview=replace(first.interview, confidential=frozenset({"goal"})))
    told = kickoff(kept, *others)
    said = "\n".join(texts(board(told)))
    assert ":lock: 1 goal is kept private. 3 more conflicts touch them." in said
    assert "time" not in said
    assert "time" not in "\n".join(view_texts(draw_goals(told, find(told.stakes, GRAPH))))


@pytest.mark.parametrize("draw", [board, draw_score])
def test_each_message_is_short_enough_for_a_phone(draw: Callable[..., Words]) -> None:
    for told in (chapter(), answered(), kickoff(participant(1, Role.FINANCE))):
        said = " ".join(texts(draw(told)))
        assert len(said.split()) <= WORDS_A_MESSAGE, said
        assert not any(word in said for word in JARGON), said


def test_the_reasons_of_a_score_name_what_is_open() -> None:
    owner = participant(1, Role.PRODUCT_OWNER, GOAL)
    said = "\n".join(view_texts(draw_reasons(kickoff(owner))))
    assert "• Not known yet: " in said
    assert "things nobody knows yet*" in said
    told = "\n".join(view_texts(draw_reasons(answered())))
    assert "• Software with rules does this today" in told
    assert "Not known yet" not in told


async def reopen(stage: Stage, last: Message) -> Message:
    """Change the budget after the end; the message that asks again."""
    again = await stage.reopen(stage.fiona, last, "€80,000")
    assert "You answered: €80,000" in again.text
    return again


async def finished(stage: Stage) -> Message:
    await stage.start(Finance=stage.fiona)
    last = await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)
    return last


async def test_reopening_without_a_change_posts_nothing_again(stage: Stage) -> None:
    last = await finished(stage)
    for _ in range(2):
        again = await reopen(stage, last)
        await stage.card("2 of 2")
        await stage.fiona.press(again, "Skip")
        last = await stage.submit(stage.fiona, again)
        assert "Nothing changed, so the results in the channel stay as they are" in last.text
        await stage.card("done")
    await stage.slack.quiet()
    assert len(stage.said("a first score", stage.channel)) == 1
    assert len(stage.said(": goals side by side", stage.channel)) == 1
    assert not stage.said("out of date")


async def test_a_changed_goal_brings_new_results_that_say_what_changed(stage: Stage) -> None:
    last = await finished(stage)
    again = await reopen(stage, last)
    await stage.fiona.press(again, "Back")
    shown = await stage.fiona.sees("Your goal: reduce monthly cloud bill by 10 %", after=again)
    await stage.fiona.say(
        stage.channel, "reduce the monthly cloud bill by 12 %", thread=await stage.opening(stage.fiona)
    )
    changed = await stage.fiona.sees("This changes your goal", after=shown)
    await stage.fiona.press(changed, "Yes, that's right")
    more = await stage.fiona.sees("another goal", after=changed)
    await stage.fiona.press(more, "That's all")
    assert "The results in the channel are brought up to date" in (await stage.submit(stage.fiona, more)).text
    new = await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    words = stage.slack.workspace.plain(new)
    assert "changed “reduce monthly cloud bill by 10 %” to “reduce monthly cloud bill by 12 %”." in words
    assert "@Fiona Feld" in words
    await stage.slack.quiet()
    assert len(stage.said("goals side by side", stage.channel)) == 1
    assert len(stage.said("a first score", stage.channel)) == 1
    assert len(stage.said("These results are out of date", stage.channel)) == 2
    assert [goal.amount for goal in stage.kickoffs()[0].participants[0].interview.objectives] == [12]
    assert not stage.said("These goals collide")


async def test_a_changed_answer_brings_a_new_score_alone_and_keeps_the_answer_to_itself(stage: Stage) -> None:
    again = await reopen(stage, await finished(stage))
    await stage.fiona.say(stage.channel, "€90,000", thread=await stage.opening(stage.fiona))
    assert "brought up to date" in (await stage.submit(stage.fiona, again)).text
    new = await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    said = new.blocks[0]["text"]["text"]
    assert said == f"*Brought up to date.* {stage.fiona.mention} changed the answer on “Budget”."
    await stage.slack.quiet()
    assert len(stage.said(": goals side by side", stage.channel)) == 1
    assert len(stage.said("a first score", stage.channel)) == 1
    assert len(stage.said("These results are out of date", stage.channel)) == 1


async def test_results_wait_for_everyone_who_reopened(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    victors = await stage.play(stage.victor, SPONSORS)
    assert "When everyone is done, I set the goals side by side" in victors.words()
    fionas = await stage.play(stage.fiona, FINANCES)
    assert "Everyone is done, so the goals are side by side" in fionas.words()
    await stage.fiona.sees("a first score", channel=stage.channel)
    again = await reopen(stage, fionas)
    teams = await stage.reopen(stage.victor, victors, "skipped")
    assert "How many teams" in teams.text
    await stage.fiona.say(stage.channel, "€90,000", thread=await stage.opening(stage.fiona))
    fionas = await stage.submit(stage.fiona, again)
    assert "When everyone is done, I bring the results in the channel up to date" in fionas.text
    assert not stage.said("Brought up to date.")
    await stage.victor.press(teams, "Skip")
    assert "The results in the channel are brought up to date" in (await stage.submit(stage.victor, teams)).text
    new = await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    assert "@Fiona Feld" in stage.slack.workspace.plain(new)
