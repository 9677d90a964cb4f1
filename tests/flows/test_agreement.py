"""What stands after the lines of a ledger: votes, the balance, signatures (K35, K46, K47)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.agreement import Agreement, follow
from flows.decisions import (
    BalanceDropped,
    CharterKept,
    Decision,
    LinkJudged,
    MetricExplained,
    Objected,
    PilotPlanned,
    PilotSolved,
    ProjectClosed,
    ProjectReopened,
    RisksAcknowledged,
    SignatureReopened,
    Signed,
)
from tests.flows.ledgers import AT, LINES, A, B, ballot, closed, opened, settled

DROPPED = BalanceDropped(by="", at=AT, why="A goal changed.")
SIGNED = Signed(by="U1", at=AT, digests={"does": "1"})
OBJECTED = Objected(by="U1", at=AT, reason="Too slow.")
REOPENED = SignatureReopened(by="", at=AT, person="U1", lines=("Input",), why="It changed.")
THREE_ROUNDS = (opened(), closed(), opened(2), closed(2), opened(3))


def ballots(stands: Agreement) -> dict[str, tuple[str, ...]]:
    return {person: one.ranking for person, one in stands.rounds[-1].ballots.items()}


def test_at_first_nothing_stands() -> None:
    stands = follow(())
    assert stands == Agreement()
    assert (stands.round, stands.open_round, stands.awaits_owner, stands.basis, stands.floors) == (
        None, None, False, "", {},
    )  # fmt: skip


def test_what_was_said_of_links_metrics_risks_and_charters_is_kept_in_order() -> None:
    link, metric = (next(line for line in LINES if isinstance(line, kind)) for kind in (LinkJudged, MetricExplained))
    risks = [RisksAcknowledged(by=who, at=AT, risks=()) for who in ("U1", "U2")]
    charters = [CharterKept(by="", at=AT, version=version, charter="{}") for version in (1, 2)]
    stands = follow((link, metric, *risks, *charters, DROPPED))
    assert isinstance(link, LinkJudged)
    assert isinstance(metric, MetricExplained)
    assert (stands.verdicts, stands.factors) == ((link.verdict,), (metric.factor,))
    assert (stands.acknowledged, stands.charters) == (risks[1], tuple(charters))


def test_the_last_vote_of_each_counts() -> None:
    stands = follow((opened(), ballot("U1", "AB"), ballot("U2", "B"), ballot("U1", "BA")))
    assert ballots(stands) == {"U1": ("B", "A"), "U2": ("B",)}
    assert stands.open_round is not None
    assert stands.open_round.missing == ("U3",)


def test_votes_that_come_late_or_from_elsewhere_change_nothing() -> None:
    open_ = follow((opened(), ballot("U1", "A")))
    assert follow((opened(), ballot("U1", "A"), ballot("U2", "B", 2), ballot("U9", "B"))) == open_
    over = (opened(), ballot("U1", "A"), closed())
    assert follow((*over, ballot("U1", "B"), ballot("U2", "B"), closed())) == follow(over)
    assert follow((*over, opened(2), ballot("U1", "B", 1), closed(1))) == follow((*over, opened(2)))
    assert follow((ballot("U1", "A"), closed())) == Agreement()


def test_a_line_that_comes_twice_counts_once() -> None:
    ledger: tuple[Decision, ...] = (
        opened(),
        ballot("U1", "A"),
        closed(),
        opened(2),
        ballot("U1", "B", 2),
        closed(2),
        settled(),
    )
    stands = follow(ledger)
    for line in ledger:
        assert follow((*ledger, line)) == stands
    for place, line in enumerate(ledger):
        assert follow((*ledger[: place + 1], line, *ledger[place + 1 :])) == stands


def test_a_new_vote_replaces_the_earlier_ones() -> None:
    again = opened().model_copy(update={"basis": "other goals"})
    stands = follow((*THREE_ROUNDS, settled(), again))
    assert [one.opened for one in stands.rounds] == [again]
    assert (stands.settled, stands.basis) == (None, "other goals")


def test_rounds_of_one_number_are_told_apart_by_when_they_began() -> None:
    later = opened().model_copy(update={"at": AT + timedelta(microseconds=1)})
    assert len({opened().key, later.key, opened(2).key}) == 3


def test_after_three_rounds_without_agreement_the_owner_decides() -> None:
    assert not follow(THREE_ROUNDS).awaits_owner
    assert not follow(THREE_ROUNDS[:4]).awaits_owner
    over = (*THREE_ROUNDS, closed(3))
    assert follow(over).awaits_owner
    assert not follow((*over, settled())).awaits_owner
    assert not follow((*over, DROPPED)).awaits_owner


def test_what_is_settled_stands_until_it_is_dropped_or_put_to_the_vote_again() -> None:
    stands = follow((opened(), closed(), settled(A), settled(B)))
    assert stands.settled == settled(B)
    assert stands.basis == "basis"
    assert follow((opened(),)).basis == "basis 1"
    assert follow((opened(), closed(), settled(), DROPPED)) == Agreement()
    assert follow((DROPPED,)) == Agreement()


def test_the_last_floor_that_somebody_named_counts_over_all_rounds() -> None:
    first = (opened(), ballot("U1", "A", floors={"k1": 5.0}), ballot("U2", "A", floors={"k2": -2.0}), closed())
    assert follow(first).floors == {"k1": 5.0, "k2": -2.0}
    second = (*first, opened(2), ballot("U1", "A", 2, floors={"k1": 3.0}), ballot("U2", "A", 2))
    assert follow(second).floors == {"k1": 3.0, "k2": -2.0}
    assert follow((*second, DROPPED)).floors == {}


def test_a_signature_holds_until_what_was_signed_changes() -> None:
    def holds(*lines: Decision) -> bool:
        return follow(lines).signatures["U1"].holds

    assert holds(SIGNED)
    assert not holds(SIGNED, REOPENED)
    assert not holds(SIGNED, REOPENED, REOPENED)
    assert holds(SIGNED, REOPENED, SIGNED)
    assert not holds(SIGNED, OBJECTED)
    assert not holds(OBJECTED, REOPENED)
    assert holds(OBJECTED, SIGNED)
    assert follow((REOPENED,)) == Agreement()
    reopened = follow((SIGNED, REOPENED)).signatures["U1"]
    assert (reopened.reopened, reopened.digests) == (("Input",), {"does": "1"})


@given(st.lists(st.sampled_from([*LINES, opened(2), ballot("U2", "A", 2), closed(2), SIGNED]), max_size=12))
def test_any_ledger_is_followed_step_by_step(ledger: list[Decision]) -> None:
    stands = follow(ledger)
    for one in stands.rounds[:-1]:
        assert one.opened.number < stands.rounds[-1].opened.number
    assert all(set(one.ballots) <= set(one.opened.voters) for one in stands.rounds)
    assert len(stands.charters) == sum(isinstance(line, CharterKept) for line in ledger)


def test_a_project_is_closed_until_somebody_reopens_it() -> None:
    ended = next(line for line in LINES if isinstance(line, ProjectClosed))
    reopened = ProjectReopened(by="U2", at=AT)
    assert follow([ended]).closed == ended
    assert follow([ended, reopened]).closed is None
    assert follow([ended, reopened, ended]).closed == ended
    assert follow([opened(), ended]).rounds == follow([opened()]).rounds


def plan(minutes: int, taken: int = 0, slice_: str = "") -> PilotPlanned:
    return PilotPlanned(
        by="U1", at=AT + timedelta(minutes=minutes), taken=taken, slice=slice_, slices=int(bool(slice_))
    )


def test_a_pilots_plan_is_put_right_until_a_solved_one_gives_way_to_the_next() -> None:
    solved = PilotSolved(by="U1", at=AT, solved=True)
    first = plan(0, taken=10)
    assert (follow((first,)).pilot_since, follow(()).pilot_since) == (first.at, None)
    right = follow((first, plan(5, slice_="Berlin")))
    assert (right.pilot, right.pilot_since, right.pilot_solved) == (plan(5, slice_="Berlin"), first.at, None)
    same = follow((first, solved, plan(5, taken=10)))
    assert (same.pilot_since, same.pilot_solved) == (first.at, solved)
    told = follow((plan(0), solved, plan(5, taken=10)))
    assert (told.pilot_since, told.pilot_solved) == (first.at, solved)
    another = follow((first, solved, plan(5, slice_="Berlin")))
    assert (another.pilot_since, another.pilot_solved) == (plan(5).at, None)
