"""The results in the channel: plain words, and never the same twice."""

from dataclasses import replace
from datetime import date

import pytest

from bot.blocks import Words
from bot.results import draw_goals, draw_score
from flows import interviews
from flows.answers import Answer, Status
from flows.cadence import MONDAYS
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from flows.roles import Role
from playground.records import Message
from tests.bot.conftest import BILL, FINANCES, GOAL, REVENUE, SPONSORS, Stage
from tests.questions import FIRST, begin

TODAY = date(2026, 11, 23)
WORDS_A_BLOCK = 65
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
    return ["\n".join(part["text"] for part in block if part and isinstance(part["text"], str)) for block in parts]


def test_a_conflict_says_how_hard_it_is_and_that_its_steps_are_assumed() -> None:
    said = texts(draw_goals(chapter()))
    worst = next(place for place, text in enumerate(said) if "Collide hard" in text)
    assert said[worst].startswith(":red_circle: *Collide hard*: <@U1> and <@U3>. One goal is for “time on platform”")
    assert said[worst + 1] == (
        "*What I assume*\n"
        "↳ more time on platform → more traffic. _Longer stays mean more pages served._\n"
        "↳ more traffic → a higher cloud bill. _Each page served costs computing._"
    )
    assert said[worst + 2].startswith("*How sure:* Each link is an assumption until someone here confirms it. In ")
    assert said[worst + 3].startswith("*What could ease it:* ")
    assert sum("Pull apart" in text for text in said) == 2


def test_a_direct_conflict_rests_on_the_goals_themselves() -> None:
    others = kickoff(participant(1, Role.PRODUCT_OWNER, BILL), participant(2, Role.FINANCE, BILL.replace("10", "12")))
    said = texts(draw_goals(others))
    assert any(text.startswith(":large_yellow_circle: *Differ a little*: <@U1> and <@U2>.") for text in said)
    assert not any("What I assume" in text for text in said)
    assert (
        "*How sure:* This follows from the two goals as they were confirmed. "
        "Please check first that both are about the same product and region."
    ) in said


def test_a_person_at_odds_with_themselves_is_named_once() -> None:
    twice = participant(1, Role.FINANCE, BILL)
    interview = interviews.hear(twice.interview, BILL.replace("10", "12"), TODAY).interview
    interview = interviews.choose(interview, "separate").interview
    said = texts(draw_goals(kickoff(replace(twice, interview=interview))))
    assert any("*Differ a little*: <@U1>. One goal" in text for text in said)


@pytest.mark.parametrize("draw", [draw_goals, draw_score])
def test_each_block_can_be_read_on_a_phone(draw: object) -> None:
    assert callable(draw)
    for told in (chapter(), answered(), kickoff(participant(1, Role.FINANCE))):
        for text in texts(draw(told)):
            assert len(text.split()) <= WORDS_A_BLOCK, text
            assert not any(word in text for word in JARGON), text


def test_a_score_gives_the_weightiest_reasons_and_names_what_is_open() -> None:
    owner = participant(1, Role.PRODUCT_OWNER, GOAL)
    said = "\n".join(texts(draw_score(kickoff(owner))))
    assert "• Not known yet: " in said
    assert "; and 3 more" in said
    assert "• and 13 more" in said
    told = "\n".join(texts(draw_score(answered())))
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
    assert not stage.said("Out of date")


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
    assert "The results in the channel were brought up to date" in (await stage.submit(stage.fiona, more)).text
    new = await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    words = stage.slack.workspace.plain(new)
    assert "changed “reduce monthly cloud bill by 10 %” to “reduce monthly cloud bill by 12 %”." in words
    assert "@Fiona Feld" in words
    await stage.slack.quiet()
    goals = stage.said("radar: goals side by side", stage.channel)
    assert ["Out of date." in stage.slack.workspace.plain(message) for message in goals] == [True, False]
    scores = stage.said("a first score", stage.channel)
    assert ["Out of date." in stage.slack.workspace.plain(message) for message in scores] == [True, False]
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
    assert [message.ts for message in stage.said("Out of date.")] == [stage.said("a first score")[0].ts]


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
    assert "The results in the channel were brought up to date" in (await stage.submit(stage.victor, teams)).text
    new = await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    assert "@Fiona Feld" in stage.slack.workspace.plain(new)
