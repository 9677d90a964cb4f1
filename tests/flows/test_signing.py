"""Whose signature stands, and whose is open again since what they signed has changed (K35, K47)."""

from collections.abc import Mapping
from dataclasses import replace

from flows.agreement import Agreement, Signature, follow
from flows.answers import Answer
from flows.decisions import Signed
from flows.goal_card import GoalCard, draw_up
from flows.kickoffs import Standing
from flows.roles import Role
from flows.signing import changed_lines, missing_signatures, signers_of, to_reopen
from tests.flows.ledgers import AT
from tests.flows.whole_kickoffs import PEOPLE, given, project

BEFORE = draw_up(project(given(look_for="age and plan", stop_when="no gain in a month")), None)
OWNER, SPONSOR = PEOPLE[Role.PRODUCT_OWNER], PEOPLE[Role.EXECUTIVE_SPONSOR]


def card(**values: object) -> GoalCard:
    answers: Mapping[str, Answer] = given(**{"look_for": "age and plan", "stop_when": "no gain in a month", **values})
    return draw_up(project(answers), None)


def signed(person: str = OWNER, seen: GoalCard = BEFORE) -> Signature:
    return Signature(person, AT, digests=seen.digests())


def stands(*signatures: Signature) -> Agreement:
    return Agreement(signatures={one.person: one for one in signatures})


def test_a_signature_stands_while_the_card_says_the_same() -> None:
    assert changed_lines(signed(), card()) == ()
    assert list(to_reopen(project(), stands(signed()), card())) == []


def test_exactly_the_lines_that_changed_are_named() -> None:
    assert changed_lines(signed(), card(look_for="age alone")) == ("Input",)
    assert changed_lines(signed(), card(look_for="age alone", stop_when="later")) == ("Input", "Stopped when")


def test_a_line_that_came_or_went_is_named() -> None:
    known = signed().digests
    fewer = {key: value for key, value in known.items() if key != "stop"}
    assert changed_lines(replace(signed(), digests=fewer), card()) == ("Stopped when",)
    assert changed_lines(replace(signed(), digests={**known, "old": "1"}), card()) == ("A line that is gone",)
    assert changed_lines(replace(signed(), digests={}), card()) == tuple(
        dict.fromkeys(line.title for line in BEFORE.lines)
    )


def test_only_those_who_signed_it_as_it_was_are_asked_anew() -> None:
    now = card(look_for="age alone")
    both = stands(signed(), signed(SPONSOR, now))
    assert list(to_reopen(project(), both, now)) == [(signed(), ("Input",))]


def test_what_is_open_already_is_asked_once_and_again_when_more_changes() -> None:
    open_ = replace(signed(), reopened=("Input",))
    assert list(to_reopen(project(), stands(open_), card(look_for="age alone"))) == []
    assert [lines for _, lines in to_reopen(project(), stands(open_), card(look_for="age", stop_when="later"))] == [
        ("Input", "Stopped when")
    ]


def test_an_objection_has_nothing_to_reopen() -> None:
    against = Signature(OWNER, AT, objection="Too slow.")
    assert list(to_reopen(project(), stands(against), card(look_for="age alone"))) == []


def test_whoever_can_be_reached_is_asked_to_sign() -> None:
    kickoff = project(roles=(Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE, Role.DEVOPS))
    owner, sponsor, finance, devops = kickoff.participants
    kickoff = kickoff.with_participant(replace(finance, gone=True))
    kickoff = kickoff.with_participant(replace(devops, standing=Standing.UNAVAILABLE))
    assert signers_of(kickoff) == (owner.person, sponsor.person)
    assert missing_signatures(kickoff, {}) == (OWNER, SPONSOR)
    ledger = follow([Signed(by=OWNER, at=AT, digests=BEFORE.digests())])
    assert missing_signatures(kickoff, ledger.signatures) == (SPONSOR,)
    against = {OWNER: Signature(OWNER, AT, objection="No."), SPONSOR: signed(SPONSOR)}
    assert missing_signatures(kickoff, against) == ()
    assert missing_signatures(kickoff, {**against, SPONSOR: replace(signed(), reopened=("Input",))}) == (SPONSOR,)
