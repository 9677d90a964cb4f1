"""What is said of the balance is short, escaped, and silent about what is private: with long names and many people."""

from dataclasses import replace
from datetime import date

import pytest

from bot.agreement_review import _draw_dropped, _draw_reopened
from bot.balance import form as decision_form
from bot.balance import work_out
from bot.balance_messages import draw_option, draw_reasons, draw_round, draw_settled, draw_spread
from bot.ballot_form import _write_percent, form, read_percent
from bot.blocks import Words
from bot.brevity import MOST_WORDS, count_words
from bot.goal_card import draw_card
from flows.agreement import Agreement, Round, Signature
from flows.balance import Option, OptionKind
from flows.decisions import BalanceSettled, BallotCast, Dissent, RoundOpened
from flows.findings import find
from flows.influence import GRAPH
from flows.kickoffs import Kickoff, Participant
from flows.roles import Role
from flows.voting import still_asked
from tests.bot.test_results import kickoff, participant
from tests.conftest import MONDAY_EVENING

LONG = "*Churn* <@U1> & the very long name of a project that somebody typed with <https://example.com|links> in it"
METRIC = "time <b> & *on* platform of all customers in the southern region without the partners"
GOALS = (
    "increase the time users spend on the platform by at least 15%",
    "increase the revenue from advertisements by 20%",
    "reduce the monthly cloud bill by 10%",
    "reduce churn by 5%",
)


def renamed(one: Participant, metric: str) -> Participant:
    goals = tuple(goal.model_copy(update={"metric": metric}) for goal in one.interview.objectives)
    return replace(one, interview=replace(one.interview, objectives=goals))


def crowd() -> Kickoff:
    """Twelve stakeholders with a goal each, under long names with markup in them."""
    people = [participant(n, Role.FINANCE, GOALS[n % len(GOALS)]) for n in range(12)]
    return replace(kickoff(*(renamed(one, METRIC) for one in people)), name=LONG)


_known: dict[str, tuple[Option, ...]] = {}


def options(of: Kickoff) -> tuple[Option, ...]:
    """The options, worked out once for the same kickoff."""
    key = str(of)
    if key not in _known:
        _known[key] = work_out(of, find(of.stakes, GRAPH), {}).options
    return _known[key]


def round_of(of: Kickoff, number: int = 3, votes: int = 9) -> Round:
    offered = options(of)
    voters = of.reachable
    opened = RoundOpened(
        by="", at=MONDAY_EVENING, number=number, options=offered, voters=voters, due=date(2026, 11, 26), basis=""
    )
    cast = {
        person: BallotCast(
            by=person,
            at=MONDAY_EVENING,
            number=number,
            ranking=(offered[nth % len(offered)].id, offered[(nth + 1) % len(offered)].id),
            reason="word " * 80 + person,
            shown=True,
        )
        for nth, person in enumerate(voters[:votes])
    }
    return Round(opened, cast)


def settled(of: Kickoff) -> BalanceSettled:
    against = tuple(Dissent(person=person, preferred="x", reason="so " * 90) for person in of.reachable[:5])
    return BalanceSettled(
        by="U1", at=MONDAY_EVENING, option=options(of)[0], dissent=against, why="because " * 60, basis=""
    )


def messages() -> dict[str, Words]:
    people = crowd()
    open_, over = round_of(people), replace(round_of(people), is_open=False)
    stands = Agreement(
        rounds=(over, over, over),
        settled=settled(people),
        signatures={
            person: Signature(person, MONDAY_EVENING, objection="no " * 50 if nth % 2 else "")
            for nth, person in enumerate(people.reachable[:8])
        },
    )
    titles = tuple(f"Guardrail “{METRIC}”" for _ in range(6))
    what = "<@U1> changed “" + METRIC + "” to “" + METRIC + "”. " + "And 7 more. " * 3
    return {
        "round": draw_round(people, open_),
        "round over": draw_round(people, over),
        "spread": draw_spread(people, over),
        "settled": draw_settled(people, settled(people), stands),
        "card": draw_card(people, stands),
        "dropped": _draw_dropped(people, settled(people).option, what),
        "reopened": _draw_reopened(people.reachable, titles, what, settled=True),
        **{f"reasons {n}": page for n, page in enumerate(draw_reasons(["reason " * 70, "other " * 30]))},
    }


def test_every_message_is_read_at_a_glance() -> None:
    for name, said in messages().items():
        assert count_words(*said.blocks) <= MOST_WORDS, name
        assert "<https" not in str([block.get("text") for block in said.blocks if block["type"] != "header"]), name
        assert "!" not in said.text, name


def test_peoples_words_stay_as_they_are_in_forms() -> None:
    people = crowd()
    for view in (form(people, round_of(people), "U1"), decision_form(people, round_of(people))):
        plain = [
            option["text"]["text"]
            for block in view["blocks"]
            if block["type"] == "input"
            for option in block["element"].get("options", ())
        ]
        assert any("time <b> & *on*…" in text for text in plain)
        assert "&amp;" not in str(plain)


def chapter() -> Kickoff:
    return kickoff(*(participant(n, Role.FINANCE, goal) for n, goal in enumerate(GOALS[:3], 1)))


def in_private(one: Participant) -> Participant:
    return replace(one, interview=replace(one.interview, confidential=frozenset({"goal"})))


@pytest.mark.parametrize("place", range(3))
def test_a_private_goal_is_named_nowhere_whatever_the_option(place: int) -> None:
    openly = chapter()
    hidden = openly.participants[place]
    metric = hidden.interview.objectives[0].metric
    people = openly.with_participant(in_private(hidden))
    # Options from before it became private, in which it may lead or wait, and those from after.
    for option in (*options(openly), *options(people)):
        assert metric not in str(draw_option(people, option, 0))
        round_ = replace(round_of(openly), is_open=False)
        for said in (draw_round(people, round_), draw_spread(people, round_)):
            assert metric not in str(said)
        told = BalanceSettled(by="", at=MONDAY_EVENING, option=option, basis="")
        assert metric not in str(draw_settled(people, told, Agreement()))
    assert {OptionKind.STAGED, OptionKind.LEAD} <= {option.kind for option in options(openly)}


def test_no_reason_comes_with_a_name() -> None:
    said = draw_settled(crowd(), settled(crowd()), Agreement())
    assert "<@U2>" not in str(said)
    assert "5 wanted another option. Their reasons are in the thread." in str(said)


def test_whoever_was_taken_out_has_no_vote_and_whoever_left_is_not_waited_for() -> None:
    people = chapter()
    round_ = round_of(people, votes=1)
    first, second, third = people.participants
    without = replace(people, participants=(second, third))
    assert still_asked(round_, without).ballots == {}
    assert still_asked(round_, without).missing == ("U2", "U3")
    left = replace(people, participants=(replace(first, gone=True), replace(second, gone=True), third))
    assert set(still_asked(round_, left).ballots) == {"U1"}
    assert still_asked(round_, left).missing == ("U3",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5 %", 5.0),
        ("−2", -2.0),
        ("-2,5%", -2.5),
        (" +1.5 percent ", 1.5),
        ("0", 0.0),
        ("", None),
        ("five", None),
        ("5 % or so", None),
        ("1e3", None),
        ("12345", None),
    ],
)
def test_a_floor_is_read_as_a_change_in_percent(typed: str, read: float | None) -> None:
    assert read_percent(typed) == read


@pytest.mark.parametrize("floor", [1234.567, -9999.999, 0.001, -20.0, 0.0])
def test_a_floor_is_read_as_it_was_written(floor: float) -> None:
    assert read_percent(_write_percent(floor)) == floor
