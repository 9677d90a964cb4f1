"""What a round of blind votes came to (K46, K47)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.kickoffs import Standing
from flows.roles import Role
from flows.voting import Outcome, dissent, favourite, outcome, shared_reasons, spread, still_asked
from tests.flows.ledgers import A, B, ballot, held
from tests.flows.whole_kickoffs import project

rankings = st.lists(
    st.permutations("ABC").flatmap(lambda some: st.sampled_from([some[:1], some[:2], some])), max_size=3
)


def places(*votes: str) -> dict[str, tuple[int, ...]]:
    ballots = [ballot(f"U{number}", vote) for number, vote in enumerate(votes, 1)]
    return {one.option.id: one.places for one in spread(held(*ballots))}


def test_the_most_wanted_comes_first_and_what_was_left_out_comes_last() -> None:
    assert places("AB", "BA", "B") == {"B": (2, 1, 0), "A": (1, 1, 1), "C": (0, 0, 3)}
    assert list(places("AB", "BA", "B")) == ["B", "A", "C"]
    assert places() == {"A": (0, 0, 0), "B": (0, 0, 0), "C": (0, 0, 0)}


def test_of_options_with_as_many_points_the_one_with_more_first_places_leads() -> None:
    one = held(ballot("U1", "ABC"), ballot("U2", "CBA"))
    assert [(it.option.id, it.points) for it in spread(one)] == [("A", 2), ("C", 2), ("B", 2)]


@pytest.mark.parametrize(
    ("votes", "number", "expected"),
    [
        (("A", "AB", "AC"), 1, Outcome.AGREED),
        (("A", "A"), 1, Outcome.AGREED),
        (("A",), 1, Outcome.AGAIN),
        ((), 1, Outcome.AGAIN),
        (("A", "A", "B"), 1, Outcome.AGAIN),
        (("A", "A", "B"), 2, Outcome.AGAIN),
        (("A", "A", "B"), 3, Outcome.OWNER_DECIDES),
        (("A",), 3, Outcome.OWNER_DECIDES),
        ((), 3, Outcome.OWNER_DECIDES),
        (("B", "B"), 3, Outcome.AGREED),
    ],
)
def test_all_who_vote_and_half_of_those_asked_make_an_agreement(
    votes: tuple[str, ...], number: int, expected: Outcome
) -> None:
    ballots = [ballot(f"U{place}", vote, number) for place, vote in enumerate(votes, 1)]
    assert outcome(held(*ballots, number=number)) is expected


def test_half_is_enough_and_less_is_not() -> None:
    assert outcome(held(ballot("U1", "A"), voters=("U1", "U2"))) is Outcome.AGREED
    two = (ballot("U1", "A"), ballot("U2", "A"))
    assert outcome(held(*two, voters=("U1", "U2", "U3", "U4"))) is Outcome.AGREED
    assert outcome(held(*two, voters=("U1", "U2", "U3", "U4", "U5"))) is Outcome.AGAIN


def test_nobody_asked_is_no_agreement() -> None:
    assert outcome(held(voters=())) is Outcome.AGAIN


def test_whoever_wanted_another_option_is_named_with_the_reason_that_they_share() -> None:
    round_ = held(
        ballot("U3", "B", reason="Kept.", shown=False),
        ballot("U1", "BA", reason="Told.", shown=True),
        ballot("U2", "AB", reason="Fine.", shown=True),
    )
    assert [(one.person, one.preferred, one.reason) for one in dissent(round_, "A")] == [
        ("U1", "B", "Told."),
        ("U3", "B", ""),
    ]
    assert [one.person for one in dissent(round_, "C")] == ["U1", "U2", "U3"]


def test_shared_reasons_tell_nothing_of_whose_they_are() -> None:
    reasons = {"U1": "Quick.", "U2": "Cheap.", "U3": ""}
    round_ = held(*(ballot(who, "A", reason=why, shown=True) for who, why in reasons.items()))
    assert shared_reasons(round_) == ("Cheap.", "Quick.")
    same = held(ballot("U1", "A", reason="Quick.", shown=True), ballot("U2", "A", reason="Quick.", shown=True))
    assert shared_reasons(same) == ("Quick.",)
    assert shared_reasons(held(ballot("U1", "A", reason="Secret.", shown=False))) == ()


def test_whoever_was_taken_out_has_no_vote_and_nobody_waits_for_whoever_cannot_be_reached() -> None:
    kickoff = project(roles=(Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE, Role.DEVOPS))
    owner, sponsor, finance, devops = kickoff.participants
    for changed in (
        replace(sponsor, standing=Standing.REMOVED),
        replace(finance, gone=True),
        replace(devops, gone=True),
    ):
        kickoff = kickoff.with_participant(changed)
    voters = [one.person for one in (owner, sponsor, finance, devops)]
    ballots = [ballot(one.person, "A") for one in (sponsor, finance)]
    round_ = still_asked(held(*ballots, voters=voters), kickoff)
    assert set(round_.ballots) == {finance.person}
    assert round_.opened.voters == (owner.person, finance.person)
    assert round_.missing == (owner.person,)
    assert outcome(round_) is Outcome.AGREED


@given(rankings, st.data())
def test_neither_the_order_of_ballots_nor_who_cast_them_changes_anything(
    votes: list[list[str]], data: st.DataObject
) -> None:
    people = [f"U{number}" for number in range(1, len(votes) + 1)]
    shuffled = data.draw(st.permutations(people))
    one = held(*(ballot(who, "".join(vote)) for who, vote in zip(people, votes, strict=True)))
    other = held(*(ballot(who, "".join(vote)) for who, vote in reversed(list(zip(shuffled, votes, strict=True)))))
    assert spread(one) == spread(other)
    assert outcome(one) is outcome(other)
    assert favourite(one) == favourite(other)


@given(rankings.filter(len))
def test_each_ballot_puts_every_option_somewhere_and_what_all_agree_on_is_the_favourite(votes: list[list[str]]) -> None:
    round_ = held(*(ballot(f"U{number}", "".join(vote)) for number, vote in enumerate(votes, 1)))
    assert {sum(one.places) for one in spread(round_)} == {len(votes)}
    if outcome(round_) is Outcome.AGREED:
        assert {vote[0] for vote in votes} == {favourite(round_).id}
        assert dissent(round_, favourite(round_).id) == ()


def test_the_favourite_may_be_everybodys_second_choice() -> None:
    assert favourite(held(ballot("U1", "AB"), ballot("U2", "CB"), ballot("U3", "BA"))) == B
    assert favourite(held(ballot("U1", "A"))) == A
