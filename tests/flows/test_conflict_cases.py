"""What a careful person would say of other people's goals, against what the app says of them."""

from itertools import combinations

import pytest

from flows.conflicts import Conflict, find_conflicts
from flows.wishes import Stake
from tests.flows.conflict_cases import Case, Kind, Severity, load_cases
from tests.flows.conflict_scoring import Reported, Verdict, false_share, judge, recall

CASES = load_cases()
LEAST_RECALL = 0.95
MOST_FALSE = 0.10


def verdict_on(case: Case) -> Verdict:
    ids = case.ids
    return judge(case, [reported(conflict, ids) for conflict in find_conflicts(case.stakes)])


def reported(conflict: Conflict, ids: dict[Stake, str]) -> Reported:
    stakes = getattr(conflict, "stakes", (conflict.first, conflict.second))
    return Reported(
        frozenset(ids[stake] for stake in stakes),
        Kind(conflict.kind.value),
        Severity(conflict.severity.value),
        frozenset(step.why for step in conflict.chain),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_says_what_a_careful_person_would(case: Case) -> None:
    complaints = verdict_on(case).complaints()
    assert not complaints, f"\n{case.name}\n{complaints}\n\n{case.reasoning}"


def test_over_all_cases_it_finds_nearly_all_and_invents_little() -> None:
    verdicts = [verdict_on(case) for case in CASES]
    assert recall(verdicts) >= LEAST_RECALL
    assert false_share(verdicts) < MOST_FALSE


def test_the_scoring_praises_what_is_expected() -> None:
    verdicts = [judge(case, ideal(case)) for case in CASES]
    assert [verdict.complaints() for verdict in verdicts] == [""] * len(CASES)
    assert (recall(verdicts), false_share(verdicts)) == (1, 0)


def test_the_scoring_sees_silence_and_shouting() -> None:
    assert recall([judge(case, []) for case in CASES]) == 0
    verdicts = [judge(case, every_pair(case)) for case in CASES]
    assert false_share(verdicts) > MOST_FALSE
    assert all(verdict.complaints() for case, verdict in zip(CASES, verdicts, strict=True) if case.none_between)


def ideal(case: Case) -> list[Reported]:
    """What is expected and no more, as mild as may be, but severe where it comes first."""
    severe = {order.more for order in case.order}
    return [
        Reported(
            wanted.goals,
            min(wanted.kinds),
            wanted.most if wanted.goals in severe else wanted.least,
            frozenset(edge.why for edge in wanted.edges()),
        )
        for wanted in case.expected
    ]


def every_pair(case: Case) -> list[Reported]:
    pairs = combinations([goal.id for goal in case.goals], 2)
    return [Reported(frozenset(pair), Kind.COUPLED, Severity.LOW) for pair in pairs]
