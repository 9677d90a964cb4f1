"""What was worked out beside the database: done once, however many work on it, and never on what was overtaken."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot import (
    agreement_review,
    balance,
    conflict_board,
    dated_checks,
    goal_card,
    premortem,
    results,
    voting,
)
from bot.app import App
from bot.deliveries import Press
from bot.delivery import Handler
from bot.effects import (
    AskCheck,
    CloseLookBack,
    Effect,
    ProposeOptions,
    RemindToLookBack,
    RemindVoter,
    ReviewAgreement,
    ShowGoalCard,
    ShowResults,
    TurnBoard,
    direct_lane,
)
from bot.findings import read_posted
from bot.link_judging import may_judge
from flows.decisions import BalanceDropped, BalanceSettled, CheckSet, Dissent, PremortemOpened, RoundOpened
from flows.kickoffs import Kickoff, Standing
from storage import decisions, kickoffs, outbox
from storage.outbox import Claimed, NotYet
from tests.bot.replicas import replica, replicas
from tests.bot.test_at_once import sent, waiting
from tests.bot.test_votes_at_once import agreement, lines, under_vote
from tests.conftest import MONDAY_EVENING

pytestmark = pytest.mark.both_databases


def claimed(app: App, kickoff: Kickoff, effect: Effect) -> Claimed:
    """The parcel of an effect, which one process took up."""
    lane = direct_lane("test")

    def take(connection: Connection) -> Claimed:
        outbox.put(connection, [effect.parcel(kickoff.workspace, lane)], MONDAY_EVENING)
        taken = outbox.claim(connection, MONDAY_EVENING, MONDAY_EVENING, 100)
        return next(one for one in taken if one.lane == lane)

    return app.database.run(take)


def keep_private(app: App, kickoff: Kickoff, person: str) -> None:
    """Somebody's goals are kept between them and the app."""

    def keep(connection: Connection) -> None:
        before = kickoffs.load(connection, kickoff.id, lock=True).find(person)
        assert before is not None
        confidential = frozenset({before.interview.question_set.goal.id})
        after = replace(before, interview=replace(before.interview, confidential=confidential))
        kickoffs.save_participant(connection, before, after, MONDAY_EVENING)

    app.database.run(keep)


VOTERS = ("U1", "U2", "U3")
TOMORROW = (MONDAY_EVENING + timedelta(days=1)).date()
LOOK_BACK = PremortemOpened(by="U1", at=MONDAY_EVENING, voters=VOTERS, due=TOMORROW)
CHECK = CheckSet(by="U1", at=MONDAY_EVENING, check="risk:silos", what="Get 100 rows.", owner="U1", due=TOMORROW)

EFFECTS: dict[str, tuple[Handler, Callable[[Kickoff, str], Effect], str]] = {
    "results": (results.show_results, lambda kickoff, _: ShowResults(kickoff_id=kickoff.id), "post"),
    "goal card": (goal_card.show_goal_card, lambda kickoff, _: ShowGoalCard(kickoff_id=kickoff.id), "post"),
    "reminder": (
        voting.remind_voter,
        lambda kickoff, key: RemindVoter(kickoff_id=kickoff.id, round=key, person="U1"),
        "post",
    ),
    "reminder of a look back": (
        premortem.remind_to_look_back,
        lambda kickoff, _: RemindToLookBack(kickoff_id=kickoff.id, look_back=LOOK_BACK.key, person="U1"),
        "post",
    ),
    "end of a look back": (
        premortem.close_in_time,
        lambda kickoff, _: CloseLookBack(kickoff_id=kickoff.id, look_back=LOOK_BACK.key),
        "post",
    ),
    "check": (
        dated_checks.ask_check,
        lambda kickoff, _: AskCheck(kickoff_id=kickoff.id, check=CHECK.check, due=CHECK.due),
        "post",
    ),
    "review": (
        agreement_review.review_agreement,
        lambda kickoff, _: ReviewAgreement(kickoff_id=kickoff.id, hides=True),
        "edit",
    ),
}


@pytest.mark.parametrize("of", list(EFFECTS))
async def test_whoever_took_a_parcel_over_did_all_of_it(postgres_url: str, of: str) -> None:
    kickoff, stands = await under_vote(postgres_url)
    assert stands.round is not None
    handle, effect, kind = EFFECTS[of]
    async with replicas(postgres_url) as (slow, other):
        other.database.run(lambda connection: decisions.add(connection, kickoff.id, [LOOK_BACK, CHECK]))
        parcel = claimed(slow, kickoff, effect(kickoff, stands.round.opened.key))
        await handle(other, parcel)
        once = waiting(other, kind)
        assert once > 0
        await handle(slow, parcel)
        assert waiting(other, kind) == once


async def test_options_that_were_overtaken_are_worked_out_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kickoff, _ = await under_vote(database_url)
    app = replica(database_url)
    dropped = BalanceDropped(by="", at=MONDAY_EVENING, why="the goals changed")
    app.database.run(lambda connection: decisions.add(connection, kickoff.id, [dropped]))
    parcel = claimed(app, kickoff, ProposeOptions(kickoff_id=kickoff.id))
    work_out = balance.work_out

    def overtaken(*of: object) -> balance.Proposal:
        keep_private(app, kickoff, "U2")
        return work_out(*of)  # type: ignore[arg-type]

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(balance, "work_out", overtaken)
        with pytest.raises(NotYet):
            await balance.propose_options(app, parcel)
    assert lines(app, kickoff, RoundOpened) == 1
    await balance.propose_options(app, parcel)
    assert lines(app, kickoff, RoundOpened) == 2
    await app.database.close()


async def test_a_board_that_was_overtaken_is_drawn_again(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kickoff, _ = await under_vote(database_url)
    app = replica(database_url)
    parcel = claimed(app, kickoff, ShowResults(kickoff_id=kickoff.id))
    draw_anew = results._draw_anew

    def overtaken(*of: object, same_board: bool) -> list[Effect]:
        drawn = draw_anew(*of, same_board=same_board)  # type: ignore[arg-type]
        keep_private(app, kickoff, "U2")
        return drawn

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(results, "_draw_anew", overtaken)
        with pytest.raises(NotYet):
            await results.show_results(app, parcel)
    assert not waiting(app, "post", "goals side by side")
    await results.show_results(app, parcel)
    assert waiting(app, "post", "goals side by side") == 1
    assert not waiting(app, "post", "<@U2> advertising revenue")
    await app.database.close()


async def test_a_vote_that_waits_for_the_owner_gets_no_fourth_round(database_url: str) -> None:
    kickoff, stands = await under_vote(database_url)
    assert stands.round is not None
    app = replica(database_url)
    options = stands.round.opened.options
    for _ in range(2):
        app.database.run(lambda connection: voting.close_round(connection, app, kickoff))
        app.database.run(
            lambda connection: voting.open_round(connection, app, kickoff, options, "basis", why="", note="")
        )
    app.database.run(lambda connection: voting.close_round(connection, app, kickoff))
    assert agreement(app, kickoff).awaits_owner
    await balance.propose_options(app, claimed(app, kickoff, ProposeOptions(kickoff_id=kickoff.id)))
    assert lines(app, kickoff, RoundOpened) == 3
    await app.database.close()


async def test_a_page_is_drawn_when_it_is_sent(database_url: str) -> None:
    kickoff, _ = await under_vote(database_url)
    app = replica(database_url)
    press = Press("press:1", "T1", "C1", "U3", "", f"{kickoff.id}|1", "1.0", "")
    for _ in range(2):
        await conflict_board.press_page(app, press)
    assert waiting(app, "turn_board") == 1
    keep_private(app, kickoff, "U2")
    parcel = claimed(app, kickoff, TurnBoard(kickoff_id=kickoff.id, first=1))
    for _ in range(2):
        await conflict_board.turn_board(app, parcel)
    assert waiting(app, "edit", "goals side by side") == 1
    assert not waiting(app, "edit", "advertising revenue")
    await app.database.close()


async def test_risks_are_accepted_as_they_were_read(database_url: str) -> None:
    kickoff, _ = await under_vote(database_url)
    app = replica(database_url)
    read = goal_card._draw_risks(kickoff.id, goal_card.card_of(kickoff, agreement(app, kickoff)).risks)
    about = json.loads(read["private_metadata"])
    errors = await goal_card.submit_risks(app, sent("form:1", "U1", {**about, "version": "another"}, {}))
    assert errors is not None
    assert "read them once more" in errors.errors["note"]
    assert agreement(app, kickoff).acknowledged is None
    assert await goal_card.submit_risks(app, sent("form:2", "U1", about, {})) is None
    assert agreement(app, kickoff).acknowledged is not None
    await app.database.close()


async def test_who_was_taken_out_signs_nothing_although_others_are_waited_for(database_url: str) -> None:
    kickoff, stands = await under_vote(database_url)
    assert stands.round is not None
    app = replica(database_url)
    settled = BalanceSettled(by="", at=MONDAY_EVENING, option=stands.round.opened.options[0], basis="basis")
    out = kickoff.find("U2")
    assert out is not None

    def change(connection: Connection) -> None:
        decisions.add(connection, kickoff.id, [settled])
        later = MONDAY_EVENING + timedelta(minutes=1)
        kickoffs.save_participant(connection, out, replace(out, standing=Standing.REMOVED), later)

    app.database.run(change)
    version = goal_card.version_of(goal_card.card_of(kickoff, agreement(app, kickoff)))
    press = Press("press:1", "T1", "C1", "U2", "", f"{kickoff.id}|{version}", "1.0", "")
    await goal_card.press_approve(app, press)
    assert not agreement(app, kickoff).signatures
    assert waiting(app, "whisper", "Only the stakeholders of this kickoff sign") == 1
    errors = await goal_card.submit_objection(app, sent("form:1", "U2", {"kickoff": kickoff.id}, {"why": "too dear"}))
    assert errors is not None
    await app.database.close()


async def test_who_wanted_another_option_is_kept_when_the_numbers_change(database_url: str) -> None:
    kickoff, stands = await under_vote(database_url)
    assert stands.round is not None
    app = replica(database_url)
    option = stands.round.opened.options[0]
    stale = replace(option, shares=tuple(replace(one, gets=0.5) for one in option.shares))
    against = (Dissent(person="U3", preferred="another", reason="too dear"),)
    decided = BalanceSettled(by="U1", at=MONDAY_EVENING, option=stale, dissent=against, why="now", basis="basis")
    app.database.run(lambda connection: decisions.add(connection, kickoff.id, [decided]))
    await agreement_review.review_agreement(app, claimed(app, kickoff, ReviewAgreement(kickoff_id=kickoff.id)))
    settled = agreement(app, kickoff).settled
    assert settled is not None
    assert settled.option == option
    assert settled.dissent == against
    await app.database.close()


async def test_an_owner_who_was_taken_out_owns_nothing_although_others_are_waited_for(database_url: str) -> None:
    kickoff, _ = await under_vote(database_url)
    app = replica(database_url)
    out = kickoff.find("U1")
    assert out is not None
    later = MONDAY_EVENING + timedelta(minutes=1)
    removed = replace(out, standing=Standing.REMOVED)
    app.database.run(lambda connection: kickoffs.save_participant(connection, out, removed, later))
    posted, _ = app.database.run(lambda connection: read_posted(connection, kickoff.id))
    assert "U1" in {stake.owner for stake in posted.stakes}
    assert replace(posted, starter="U9").owner == "U9"
    assert "U1" not in posted.reachable
    assert not may_judge(replace(posted, starter="U9"), "U1")
    await app.database.close()
