"""The goal card: who signs it, who objects, who accepts the risks, and what a later change reopens."""

from flows.decisions import BalanceDropped, BalanceSettled, Objected, RisksAcknowledged, SignatureReopened, Signed
from flows.question_bank import BANK
from flows.questions import QuestionSet
from playground.person import Person
from playground.records import Message
from tests.bot.balance_stage import (
    FIRST,
    ballot,
    choice,
    everything_shown,
    go_on_without,
    ledger,
    offered,
    settled,
    shown,
    stands,
    vote,
)
from tests.bot.conftest import COMMAND, FINANCES, OWNERS, SPONSORS, Stage, staged
from tests.bot.test_people_form import newcomer, open_people
from tests.conftest import FakeClock
from tests.questions import FIRST as FIRST_QUESTIONS

MORE = "interview.more"


async def change_goal(stage: Stage, person: Person, words: str) -> None:
    """Change the one goal of somebody who has finished."""
    last = await person.sees("your answers are in", channel=stage.channel, thread=await stage.opening(person))
    await person.press(last, "Change an answer")
    review = await person.sees("These are your answers", after=last)
    await person.press(review, "Edit", "Goal")
    asked = await person.sees("This is the goal you gave", after=review)
    opening = await stage.opening(person)
    await person.say(stage.channel, words, thread=opening)
    read = await person.sees("This changes your goal", after=asked)
    await person.press(read, "Yes, that's right")
    more = await person.sees("Is there another goal that you answer for", after=read)
    await person.press(more, "That's all")
    await stage.submit(person, more)
    await stage.all_due_is_done(within=20)


async def keep_private(stage: Stage, person: Person) -> None:
    """Keep the goals of somebody who has finished between them and the app."""
    last = await person.sees("your answers are in", channel=stage.channel, thread=await stage.opening(person))
    await person.press(last, "Change an answer")
    review = await person.sees("These are your answers", after=last)
    await person.press(review, "Edit", "Goal")
    goal = await person.sees("This is the goal you gave", after=review)
    await person.choose(goal, MORE, "Keep this between us")
    await person.sees("I keep your goals between us", after=goal)
    await stage.all_due_is_done(within=20)


async def approve(stage: Stage, card: Message, *people: Person) -> None:
    for person in people:
        await person.press(stage.slack.workspace.current(card), "Approve")
        await stage.all_due_is_done()


def lines(stage: Stage, kind: type) -> list:  # type: ignore[type-arg]
    return [one for one in ledger(stage) if isinstance(one, kind)]


async def test_each_stakeholder_approves_and_the_card_says_who_is_waited_for(stage: Stage) -> None:
    card = await settled(stage)
    assert "0 of 3 approve" in card.words()
    assert "still has to accept the risks" in card.words()
    await approve(stage, card, stage.priya)
    assert "1 of 3 approve. I wait for @Victor Vance, @Fiona Feld." in shown(stage, card)
    await approve(stage, card, stage.priya)
    await stage.priya.sees("You have approved the goal card already")
    await approve(stage, card, stage.victor, stage.fiona)
    assert "3 of 3 approve" in shown(stage, card)
    assert len(lines(stage, Signed)) == 3
    dana = stage.slack.workspace.add_person("Dana Dahl")
    stage.slack.workspace.join(stage.channel, dana)
    await dana.press(card, "Approve")
    await dana.sees("Only the stakeholders of this kickoff sign")


async def test_an_objection_needs_a_reason_and_is_said_in_the_thread(stage: Stage) -> None:
    card = await settled(stage)
    await stage.victor.press(card, "Object")
    form = await stage.victor.view("Object")
    assert "what should be different" in str(await stage.victor.submit(form, {"What should be different?": " \u200b "}))
    assert await stage.victor.submit(form, {"What should be different?": "adverts <b> first"}) is None
    said = await stage.fiona.sees("objects:", channel=stage.channel, thread=card)
    assert "“adverts <b> first”" in shown(stage, said)
    assert "Find a balance" in shown(stage, said)
    await stage.all_due_is_done()
    assert "Objections: @Victor Vance. I wait for @Priya Patel, @Fiona Feld." in shown(stage, card)
    await approve(stage, card, stage.victor)
    assert "1 of 3 approve" in shown(stage, card)
    assert "Objections" not in shown(stage, card)
    assert len(lines(stage, Objected)) == 1


async def test_only_the_owner_accepts_the_risks(stage: Stage) -> None:
    card = await settled(stage)
    await stage.fiona.press(card, "Accept the risks")
    await stage.fiona.sees("The risks are for")
    await stage.priya.press(card, "Accept the risks")
    form = await stage.priya.view("Accept the risks")
    assert await stage.priya.submit(form, {"Anything to add?": "read with care"}) is None
    await stage.all_due_is_done()
    assert "accept the risks" not in shown(stage, card).lower()
    (accepted,) = lines(stage, RisksAcknowledged)
    assert accepted.by == stage.priya.id
    assert accepted.risks
    await stage.victor.press(card, "Read it")
    read = str((await stage.victor.view("Goal card")).body)
    assert "accepted the risks on Monday 23 November" in read


async def test_a_target_that_changes_reopens_only_the_lines_that_changed(stage: Stage) -> None:
    card = await settled(stage)
    await approve(stage, card, stage.priya, stage.fiona)
    await change_goal(stage, stage.priya, "increase the time users spend on the platform by at least 12%")
    reopened = lines(stage, SignatureReopened)
    assert {one.person for one in reopened} == {stage.priya.id, stage.fiona.id}
    assert "Leading metric" in reopened[0].lines
    assert "Input" not in reopened[0].lines
    told = await stage.priya.sees("the goal card has changed since you approved it", channel=stage.channel)
    assert "@Priya Patel, @Fiona Feld" in shown(stage, told)
    assert "@Victor Vance" not in shown(stage, told)
    assert len(stage.said("the goal card has changed")) == 1
    assert len(lines(stage, BalanceSettled)) == 2
    assert "0 of 3 approve" in shown(stage, card)
    assert "12 %" in shown(stage, card)
    await approve(stage, card, stage.priya)
    assert "1 of 3 approve" in shown(stage, card)


async def test_a_deadline_that_changes_is_on_the_card(stage: Stage) -> None:
    card = await settled(stage)
    await approve(stage, card, stage.victor)
    await change_goal(
        stage, stage.priya, "increase the time users spend on the platform by at least 15% by 30 June 2027"
    )
    (reopened,) = lines(stage, SignatureReopened)
    assert reopened.person == stage.victor.id
    assert "30 June 2027" in shown(stage, card)


async def test_a_balance_that_no_longer_fits_is_open_again(stage: Stage) -> None:
    card = await settled(stage)
    await approve(stage, card, stage.priya)
    await change_goal(stage, stage.fiona, "do not increase the monthly cloud bill")
    opened = await stage.priya.sees("no longer fits, so the balance is open again", channel=stage.channel)
    assert lines(stage, BalanceDropped)
    assert stands(stage).settled is None
    assert "[Approve]" not in shown(stage, card)
    told = await stage.priya.sees("the goal card has changed since you approved it", channel=stage.channel)
    assert "once the balance is settled" in told.words()
    await stage.priya.press(opened, "Find a balance")
    round_ = await stage.priya.sees("A. Meet every goal in full", channel=stage.channel, after=opened)
    for person in (stage.priya, stage.victor, stage.fiona):
        await vote(stage, person, round_, "A")
    await stage.priya.sees("Settled: Meet every goal in full", channel=stage.channel, after=opened)
    new = await stage.priya.sees("0 of 3 approve", channel=stage.channel, after=opened)
    assert "out of date" in shown(stage, card)
    await approve(stage, new, stage.priya)
    assert "1 of 3 approve" in shown(stage, new)


async def test_a_goal_that_changes_during_the_vote_starts_it_over(stage: Stage) -> None:
    round_ = await offered(stage)
    stale = await ballot(stage, stage.victor, round_)
    await vote(stage, stage.priya, round_, "A")
    await change_goal(stage, stage.fiona, "reduce the monthly cloud bill by 12%")
    again = await stage.priya.sees("Churn radar: the vote begins anew", channel=stage.channel)
    assert "0 of 3 have voted" in again.words()
    assert "out of date" in shown(stage, round_)
    why = await stage.priya.sees("So the vote begins anew, with new options.", channel=stage.channel, thread=again)
    assert "12 %" in why.words()
    assert "This vote is over" in str(await stage.victor.submit(stale, {FIRST: choice(stale, "A")}))
    assert len(stands(stage).rounds) == 1
    # The reminders of the vote that was given up do not come beside those of the new one.
    stage.clock.skip(days=3)
    stage.started.app.work.set()
    await stage.all_due_is_done()
    assert len(stage.said("Today is the last day to rank")) == 3


async def test_a_link_that_is_judged_after_signing(stage: Stage) -> None:
    card = await settled(stage)
    await approve(stage, card, stage.victor)
    board = await stage.priya.sees(": goals side by side", channel=stage.channel)
    await stage.priya.press(board, "Explain", "not all at once")
    view = await stage.priya.view()
    first = next(block["block_id"] for block in view.body["blocks"] if block["type"] == "actions")
    await stage.priya.press(view, "It is so", first)
    await stage.all_due_is_done()
    # Nothing on the card changes as somebody says that a link holds as assumed.
    assert not lines(stage, SignatureReopened)
    assert "1 of 3 approve" in shown(stage, card)


async def test_a_link_that_is_confirmed_leaves_the_vote_as_it_is(stage: Stage) -> None:
    round_ = await offered(stage)
    await vote(stage, stage.priya, round_, "A")
    board = await stage.priya.sees(": goals side by side", channel=stage.channel)
    for answer, begins_anew in (("It is so", False), ("Not here", True)):
        await stage.priya.press(stage.slack.workspace.current(board), "Explain", "not all at once")
        view = await stage.priya.view()
        first = next(block["block_id"] for block in view.body["blocks"] if block["type"] == "actions")
        await stage.priya.press(view, answer, first)
        await stage.all_due_is_done()
        assert bool(lines(stage, BalanceDropped)) is begins_anew
    await stage.priya.sees("Churn radar: the vote begins anew", channel=stage.channel)


async def test_a_goal_that_becomes_private_during_the_vote_is_shown_no_more(stage: Stage) -> None:
    await offered(stage)
    assert "time on platform" in everything_shown(stage)
    await keep_private(stage, stage.priya)
    await stage.priya.sees("the vote begins anew", channel=stage.channel)
    await stage.all_due_is_done()
    assert "time on platform" not in openly(stage)


async def test_a_guardrail_that_becomes_private_leaves_the_vote_as_it_is(stage: Stage) -> None:
    await offered(stage)
    assert "cloud bill" in everything_shown(stage)
    await keep_private(stage, stage.fiona)
    await stage.all_due_is_done()
    assert "cloud bill" not in openly(stage)
    assert not lines(stage, BalanceDropped)


async def test_a_goal_that_becomes_private_after_settlement_is_shown_no_more(stage: Stage) -> None:
    card = await settled(stage)
    assert "time on platform" in shown(stage, card)
    await approve(stage, card, stage.victor)
    await keep_private(stage, stage.priya)
    assert "time on platform" not in openly(stage)
    await stage.victor.press(card, "Read it")
    assert "time on platform" not in str((await stage.victor.view("Goal card")).body)
    await stage.victor.command(stage.channel, "/ml-kickoff", "decisions")
    assert "time on platform" not in str((await stage.victor.view("Decisions")).body)


def openly(stage: Stage) -> str:
    """All that stands in the channel, without the thread in which finance was asked."""
    workspace = stage.slack.workspace
    asked = {one.ts for one in workspace.messages(stage.channel) if "your view" in one.text}
    said = [one for one in workspace.messages(stage.channel) if one.by_app]
    return "\n".join(workspace.plain(one) for one in said if (one.thread_ts or one.ts) not in asked)


async def test_an_answer_on_the_card_that_changes_reopens_its_line_alone(database_url: str, clock: FakeClock) -> None:
    stop = BANK.by_id["stop_when"]
    questions = QuestionSet(questions=(*FIRST_QUESTIONS.questions, stop))
    async with staged(database_url, clock, questions=questions) as stage:
        await stage.start_with_all()
        await stage.play(stage.priya, OWNERS)
        last = await stage.play(stage.victor, (*SPONSORS, (stop.wording, "no better than today after three months")))
        await stage.play(stage.fiona, FINANCES)
        await stage.priya.press(await stage.priya.sees(": goals side by side"), "Find a balance")
        round_ = await stage.priya.sees("how to balance the goals", channel=stage.channel)
        for person in (stage.priya, stage.victor, stage.fiona):
            await vote(stage, person, round_, "A")
        card = await stage.priya.sees(": goal card", channel=stage.channel)
        await approve(stage, card, stage.priya)
        asked = await stage.reopen(stage.victor, last, "no better than today")
        await stage.victor.say(stage.channel, "after two months", thread=await stage.opening(stage.victor))
        await stage.submit(stage.victor, asked)
        await stage.all_due_is_done()
        (reopened,) = lines(stage, SignatureReopened)
        assert reopened.lines == ("Stopped when",)
        told = await stage.priya.sees("the goal card has changed since you approved it: Stopped when.")
        assert "@Victor Vance changed answers." in shown(stage, told)
        assert len(stage.said("a first score", stage.channel)) == 1


async def test_the_card_does_not_wait_for_whoever_is_taken_out(stage: Stage) -> None:
    dana = newcomer(stage, "Dana Dahl")
    await stage.start_with_all()
    assert await stage.priya.submit(await open_people(stage), {"ML engineer": [dana]}) is None
    await stage.opening(dana)
    await stage.finish_all()
    await go_on_without(stage, dana)
    await stage.priya.command(stage.channel, COMMAND, "balance")
    round_ = await stage.priya.sees("how to balance the goals", channel=stage.channel)
    for person in (stage.priya, stage.victor, stage.fiona, dana):
        await vote(stage, person, round_, "A")
    card = await stage.priya.sees(": goal card", channel=stage.channel)
    assert "0 of 4 approve" in card.words()
    assert await stage.priya.submit(await open_people(stage), {"ML engineer": []}) is None
    await stage.all_due_is_done()
    assert "0 of 3 approve. I wait for @Priya Patel, @Victor Vance, @Fiona Feld." in shown(stage, card)
    await dana.press(card, "Approve")
    await dana.sees("Only the stakeholders of this kickoff sign")


async def test_another_balance_reopens_what_was_signed_for_the_one_before(stage: Stage) -> None:
    card = await settled(stage)
    await approve(stage, card, stage.priya, stage.victor, stage.fiona)
    assert "3 of 3 approve" in shown(stage, card)
    await stage.priya.say(stage.channel, f"<@{stage.slack.workspace.app.user_id}> balance")
    anew = await stage.priya.sees("how to balance the goals", channel=stage.channel, after=card)
    await stage.fiona.sees("I ask you again once the balance is settled", channel=stage.channel, thread=card)
    for person in (stage.priya, stage.victor, stage.fiona):
        await vote(stage, person, anew, "B")
    newest = await stage.priya.sees(": goal card", channel=stage.channel, after=anew)
    await stage.all_due_is_done()
    assert "0 of 3 approve" in shown(stage, newest)
    assert {one.person for one in lines(stage, SignatureReopened)} == set(stands(stage).signatures)
    await approve(stage, newest, stage.priya)
    assert "1 of 3 approve" in shown(stage, newest)
