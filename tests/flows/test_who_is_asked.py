"""Who is asked to vote and to sign, when people leave meanwhile; and a lead that keeps its own floor."""

from dataclasses import replace
from datetime import UTC, date, datetime

from flows.agreement import Agreement, Round, Signature
from flows.balance import OptionKind, goal_key
from flows.balance_options import propose
from flows.decisions import BallotCast, RoundOpened
from flows.goal_card import draw_up
from flows.influence import GRAPH
from flows.kickoffs import Kickoff, Standing
from flows.signing import to_reopen
from flows.voting import still_asked
from tests.bot.test_results import chapter

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def opened(of: Kickoff, number: int = 1, at: datetime = NOW) -> RoundOpened:
    return RoundOpened(
        by="",
        at=at,
        number=number,
        options=propose(of.stakes, GRAPH),
        voters=of.reachable,
        due=date(2026, 11, 26),
        basis="",
    )


def after(of: Kickoff, place: int, **changed: object) -> Kickoff:
    return of.with_participant(replace(of.participants[place], **changed))  # type: ignore[arg-type]


def test_whoever_was_taken_out_or_left_is_not_reachable() -> None:
    people = chapter()
    assert people.reachable == ("U1", "U2", "U3")
    assert after(people, 0, standing=Standing.REMOVED).reachable == ("U2", "U3")
    assert after(people, 1, gone=True).reachable == ("U1", "U3")
    assert after(people, 2, standing=Standing.UNAVAILABLE).reachable == ("U1", "U2")


def test_a_vote_goes_on_with_those_who_are_there() -> None:
    people = chapter()
    begun = opened(people)
    vote = BallotCast(by="U1", at=NOW, number=1, ranking=(begun.options[0].id,))
    round_ = Round(begun, {"U1": vote})
    assert still_asked(round_, people) == round_
    taken_out = still_asked(round_, after(people, 0, standing=Standing.REMOVED))
    assert (taken_out.ballots, taken_out.opened.voters) == ({}, ("U2", "U3"))
    assert still_asked(round_, after(people, 0, gone=True)).ballots == {"U1": vote}
    assert still_asked(round_, after(people, 1, gone=True)).missing == ("U3",)


def test_each_round_has_a_key_of_its_own_also_when_a_vote_begins_anew() -> None:
    people = chapter()
    keys = {opened(people).key, opened(people, 2).key, opened(people, at=NOW.replace(minute=1)).key}
    assert len(keys) == 3


def test_the_signature_of_whoever_was_taken_out_is_not_asked_for_anew() -> None:
    people = chapter()
    card = draw_up(people, None)
    stale = {person: Signature(person, NOW, digests={}) for person in people.reachable}
    stands = Agreement(signatures=stale)
    assert {one.person for one, _ in to_reopen(people, stands, card)} == {"U1", "U2", "U3"}
    without = after(people, 0, standing=Standing.REMOVED)
    assert {one.person for one, _ in to_reopen(without, stands, card)} == {"U2", "U3"}


def test_no_goal_leads_that_cannot_keep_its_own_floor_beside_the_others() -> None:
    people = chapter()
    asked = {goal_key(one): floor for one, floor in zip(people.stakes, (15.0, 20.0, -10.0), strict=True)}
    assert [one for one in propose(people.stakes, GRAPH, floors=asked) if one.kind is OptionKind.LEAD] == []
    for option in propose(people.stakes, GRAPH, floors={key: floor / 2 for key, floor in asked.items()}):
        for share in option.shares:
            assert share.gets is not None
            assert abs(share.gets) > abs(share.floor) - 0.01
