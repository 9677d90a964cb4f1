"""From goals that collide to one balance: who may ask, options, blind votes, and what is settled."""

from flows.decisions import BalanceSettled, BallotCast, RoundClosed
from tests.bot.balance_stage import (
    FIRST,
    MAY_READ,
    RANK,
    REASON,
    SECOND,
    WITHOUT_NAME,
    ballot,
    board,
    choice,
    everything_shown,
    labels,
    ledger,
    next_round,
    offered,
    shown,
    stands,
    vote,
)
from tests.bot.conftest import COMMAND, FINANCES, OWNERS, SPONSORS, Stage

FLOOR_OF_GOAL = "The least change in time on platform that you accept"


# Asking for a balance


async def test_before_the_interviews_are_done_the_owner_hears_who_is_waited_for(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.play(stage.priya, OWNERS)
    reply = await stage.priya.command(stage.channel, COMMAND, "balance")
    assert "The interviews come first. I wait for" in reply.text
    assert stage.victor.mention in reply.text
    assert stage.fiona.mention in reply.text


async def test_only_the_owner_asks_by_button_or_command(stage: Stage) -> None:
    posted = await board(stage)
    await stage.fiona.press(posted, "Find a balance")
    await stage.fiona.sees("can ask for a balance")
    reply = await stage.fiona.command(stage.channel, COMMAND, "balance")
    assert "can ask for a balance" in reply.text
    assert ledger(stage) == ()


async def test_asked_by_command_twice_there_is_one_vote(stage: Stage) -> None:
    await board(stage)
    for _ in range(2):
        reply = await stage.priya.command(stage.channel, COMMAND, "balance")
        assert "I work out the options" in reply.text or "A vote is under way" in reply.text
    await stage.priya.sees("how to balance the goals", channel=stage.channel)
    await stage.all_due_is_done()
    assert len(stage.said("how to balance the goals")) == 1
    reply = await stage.priya.command(stage.channel, COMMAND, "balance")
    assert "A vote is under way" in reply.text
    assert len(stands(stage).rounds) == 1


async def test_a_mention_asks_too(stage: Stage) -> None:
    await board(stage)
    await stage.priya.say(stage.channel, f"<@{stage.slack.workspace.app.user_id}> balance")
    await stage.priya.sees("how to balance the goals", channel=stage.channel)


async def finish_with(stage: Stage, owners: str, sponsors: str, finances: str) -> None:
    """All interviews with other goals."""
    await stage.start_with_all()
    for person, script, goal in (
        (stage.priya, OWNERS, owners),
        (stage.victor, SPONSORS, sponsors),
        (stage.fiona, FINANCES, finances),
    ):
        await stage.play(person, ((script[0][0], goal), *script[1:]))


async def test_without_a_number_that_anything_moves_it_says_so(stage: Stage) -> None:
    await finish_with(
        stage,
        "do not increase the monthly cloud bill",
        "do not increase the monthly cloud bill",
        "do not increase the monthly cloud bill",
    )
    await stage.priya.command(stage.channel, COMMAND, "balance")
    await stage.priya.sees("I cannot propose a balance yet", channel=stage.channel)
    assert ledger(stage) == ()


async def test_goals_that_all_can_be_met_are_settled_at_once(stage: Stage) -> None:
    await finish_with(
        stage,
        "reduce the monthly cloud bill by 1%",
        "reduce the monthly cloud bill by 1%",
        "reduce the monthly cloud bill by 1%",
    )
    for _ in range(2):
        await stage.priya.command(stage.channel, COMMAND, "balance")
        await stage.all_due_is_done()
    said = await stage.priya.sees("Settled: Meet every goal in full", channel=stage.channel)
    assert "The goal card follows" in said.words()
    await stage.priya.sees("All goals can still be met in full", channel=stage.channel)
    await stage.priya.sees(": goal card", channel=stage.channel)
    assert [one.kind for one in ledger(stage)] == ["balance_settled"]


# Voting


async def test_all_agree_and_the_goal_card_follows(stage: Stage) -> None:
    round_ = await offered(stage)
    assert "0 of 3 have voted. Last day: Thursday 26 November." in round_.words()
    await vote(stage, stage.priya, round_, "A")
    await stage.all_due_is_done()
    assert "1 of 3 have voted" in shown(stage, round_)
    await vote(stage, stage.victor, round_, "A")
    await vote(stage, stage.fiona, round_, "A")
    spread = await stage.priya.sees("how you ranked", channel=stage.channel)
    assert "A. first for 3" in shown(stage, spread)
    assert "All put A first" in shown(stage, spread)
    await stage.priya.sees("Settled: Lead with", channel=stage.channel)
    await stage.priya.sees(": goal card", channel=stage.channel)
    assert "The vote is over: 3 of 3 voted" in shown(stage, round_)
    assert "Rank them" not in shown(stage, round_)


async def test_a_later_vote_of_the_same_person_counts(stage: Stage) -> None:
    round_ = await offered(stage)
    await vote(stage, stage.priya, round_, "A", **{REASON: "the bill is too high"})
    again = await ballot(stage, stage.priya, round_)
    errors = await stage.priya.submit(again, {FIRST: choice(again, "B")})
    assert errors is None
    await stage.all_due_is_done()
    assert "1 of 3 have voted" in shown(stage, round_)
    current = stands(stage).open_round
    assert current is not None
    (kept,) = current.ballots.values()
    assert kept.ranking == (current.opened.options[1].id,)
    assert kept.reason == "the bill is too high"


async def test_a_ballot_with_a_mistake_is_shown_at_its_field(stage: Stage) -> None:
    round_ = await offered(stage)
    form = await ballot(stage, stage.priya, round_)
    twice = {FIRST: choice(form, "A"), SECOND: choice(form, "A")}
    assert "picked this one before" in str(await stage.priya.submit(form, twice))
    once = {FIRST: choice(form, "A"), SECOND: choice(form, "B")}
    assert "change in percent" in str(await stage.priya.submit(form, {**once, FLOOR_OF_GOAL: "a bit"}))
    assert "more than the +15 %" in str(await stage.priya.submit(form, {**once, FLOOR_OF_GOAL: "20"}))
    assert await stage.priya.submit(form, {**once, FLOOR_OF_GOAL: "12,5 percent"}) is None
    assert list(stands(stage).floors.values()) == [12.5]


async def test_who_asks_for_less_writes_a_floor_with_its_sign(stage: Stage) -> None:
    round_ = await offered(stage)
    form = await ballot(stage, stage.fiona, round_)
    field = next(one for one in labels(form) if "monthly cloud bill" in one)
    filled = {FIRST: choice(form, "A")}
    assert "−5 % or +5 %" in str(await stage.fiona.submit(form, {**filled, field: "5"}))
    assert "more than the −10 %" in str(await stage.fiona.submit(form, {**filled, field: "-11 %"}))
    assert await stage.fiona.submit(form, {**filled, field: "−5"}) is None
    assert list(stands(stage).floors.values()) == [-5.0]


async def test_people_see_only_their_own_floors(stage: Stage) -> None:
    round_ = await offered(stage)
    form = await ballot(stage, stage.victor, round_)
    assert [one for one in labels(form) if "least change" in one] == [
        "The least change in advertising revenue that you accept"
    ]


async def test_a_floor_that_is_moved_counts_in_the_next_round(stage: Stage) -> None:
    round_ = await offered(stage)
    await vote(stage, stage.priya, round_, "A", **{FLOOR_OF_GOAL.replace(" ", "_"): "14"})
    await vote(stage, stage.victor, round_, "B")
    await vote(stage, stage.fiona, round_, "C")
    await next_round(stage, 2)
    current = stands(stage).open_round
    assert current is not None
    for option in current.opened.options:
        (mine,) = [one for one in option.shares if one.stake.owner == stage.priya.id]
        assert mine.floor == 14.0
        assert mine.gets is not None
        assert mine.gets > 13.9


async def test_floors_that_cannot_all_be_kept_are_left_out_of_the_next_round(stage: Stage) -> None:
    round_ = await offered(stage)
    floors = {
        stage.priya: ("time_on_platform", "15"),
        stage.victor: ("advertising_revenue", "20"),
        stage.fiona: ("monthly_cloud_bill", "-10"),
    }
    for (person, (metric, floor)), first in zip(floors.items(), "ABC", strict=True):
        await vote(stage, person, round_, first, **{f"The_least_change_in_{metric}_that_you_accept": floor})
    second = await next_round(stage, 2)
    await stage.priya.sees("cannot all be kept at once", thread=second, channel=stage.channel)
    current = stands(stage).open_round
    assert current is not None
    assert {share.floor for option in current.opened.options for share in option.shares} == {0.0}


async def test_reasons_are_shown_without_names_where_people_say_so(stage: Stage) -> None:
    round_ = await offered(stage)
    await vote(stage, stage.priya, round_, "A", **{REASON: "the bill *hurts* <us>", MAY_READ: WITHOUT_NAME})
    await vote(stage, stage.victor, round_, "B", **{REASON: "a secret of mine"})
    await vote(stage, stage.fiona, round_, "A")
    spread = await stage.priya.sees("how you ranked", channel=stage.channel)
    reason = await stage.victor.sees("the bill *hurts*", channel=stage.channel, thread=spread)
    assert stage.priya.mention not in reason.words()
    await next_round(stage, 2)
    reply = await stage.victor.command(stage.channel, COMMAND, "decisions")
    assert not reply.text
    read = str((await stage.victor.view("Decisions")).body)
    for words in ("a secret of mine", "the bill"):
        assert words not in read
    assert "a secret of mine" not in everything_shown(stage)


async def test_whoever_is_not_asked_cannot_vote(stage: Stage) -> None:
    dana = stage.slack.workspace.add_person("Dana Dahl")
    stage.slack.workspace.join(stage.channel, dana)
    round_ = await offered(stage)
    await dana.press(round_, RANK)
    await dana.sees("Only those who were stakeholders")
    await stage.priya.command(stage.channel, COMMAND, "people")
    await stage.priya.submit(await stage.priya.view("People"), {"ML engineer": [dana]})
    await dana.press(round_, RANK)
    await stage.all_due_is_done()
    assert dana.id not in stands(stage).rounds[0].opened.voters


async def test_a_vote_that_comes_after_the_end_is_refused(stage: Stage) -> None:
    round_ = await offered(stage)
    late = await ballot(stage, stage.fiona, round_)
    await vote(stage, stage.priya, round_, "A")
    await vote(stage, stage.victor, round_, "A")
    await stage.fiona.press(round_, "Close the vote")
    await stage.fiona.sees("Only the product owner")
    await stage.priya.press(round_, "Close the vote")
    spread = await stage.priya.sees("how you ranked", channel=stage.channel)
    assert f"Absent: @{stage.fiona.real_name}" in shown(stage, spread)
    assert "All who voted put A first" in shown(stage, spread)
    assert "This vote is over" in str(await stage.fiona.submit(late, {FIRST: choice(late, "A")}))
    (closed,) = [one for one in ledger(stage) if isinstance(one, RoundClosed)]
    assert closed.by == stage.priya.id
    assert closed.absent == (stage.fiona.id,)


async def test_after_three_rounds_the_owner_decides_and_dissent_is_kept(stage: Stage) -> None:
    round_ = await offered(stage)
    for number in (1, 2, 3):
        if number > 1:
            round_ = await next_round(stage, number)
        await vote(stage, stage.priya, round_, "A")
        await vote(stage, stage.victor, round_, "B", **{REASON: "adverts pay us", MAY_READ: WITHOUT_NAME})
        await vote(stage, stage.fiona, round_, "B", **{REASON: "I say nothing"})
    over = await stage.priya.sees("No agreement after 3 rounds", channel=stage.channel)
    reply = await stage.priya.command(stage.channel, COMMAND, "balance")
    assert "The votes are over" in reply.text
    await stage.victor.press(over, "Decide")
    await stage.victor.sees("to decide")
    await stage.priya.press(over, "Decide")
    form = await stage.priya.view("Decide")
    options = next(block["element"]["options"] for block in form.body["blocks"] if block.get("block_id") == "option")
    first = options[0]["text"]["text"]
    assert "say why" in str(await stage.priya.submit(form, {"Which one?": first, "Why this one?": "  \u200b "}))
    assert await stage.priya.submit(form, {"Which one?": first, "Why this one?": "the bill comes first"}) is None
    said = await stage.priya.sees("decided: Lead with", channel=stage.channel)
    assert "“the bill comes first”" in shown(stage, said)
    assert "After 3 rounds of votes. 2 wanted another option." in shown(stage, said)
    dissent = await stage.priya.sees("adverts pay us", channel=stage.channel, thread=said)
    assert stage.victor.mention not in dissent.words()
    assert "I say nothing" not in everything_shown(stage)
    (settled,) = [one for one in ledger(stage) if isinstance(one, BalanceSettled)]
    assert {(one.person, one.reason) for one in settled.dissent} == {
        (stage.victor.id, "adverts pay us"),
        (stage.fiona.id, ""),
    }
    await stage.priya.press(over, "Decide")
    await stage.priya.sees("decided already")


async def test_nobody_learns_who_ranked_what(stage: Stage) -> None:
    round_ = await offered(stage)
    await vote(stage, stage.priya, round_, "A")
    await vote(stage, stage.victor, round_, "B")
    await stage.all_due_is_done()
    before = everything_shown(stage)
    assert "first for" not in before
    await stage.fiona.command(stage.channel, COMMAND, "decisions")
    read = str((await stage.fiona.view("Decisions")).body)
    assert "voted in round 1" in read
    assert "Lead with" not in read
    assert len([one for one in ledger(stage) if isinstance(one, BallotCast)]) == 2
