"""What a careful person would say of other people's goals, against what the app says of them."""

from itertools import combinations

import pytest

from flows.conflicts import Conflict, GapKind, find_conflicts, find_gaps
from flows.wishes import Stake
from tests.flows.conflict_cases import Case, Kind, QuestionKind, Severity, load_cases
from tests.flows.conflict_scoring import Reported, Verdict, false_share, find_payers, judge, recall, unasked

CASES = load_cases()
LEAST_RECALL = 0.95
MOST_FALSE = 0.10
MOST_OF_THEM = 0.7


def verdict_on(case: Case) -> Verdict:
    return judge(case, reports_on(case))


def reports_on(case: Case) -> list[Reported]:
    return [reported(conflict, case.ids) for conflict in find_conflicts(case.stakes)]


def reported(conflict: Conflict, ids: dict[Stake, str]) -> Reported:
    return Reported(
        frozenset(ids[stake] for stake in conflict.stakes),
        Kind(conflict.kind.value),
        Severity(conflict.severity.value),
        frozenset(step.why for step in conflict.chain),
        frozenset(ids[stake] for stake in conflict.victims),
        frozenset(conflict.unguarded),
        f"{conflict.who_else} {conflict.dissolve}",
    )


ASKED_AS = {
    GapKind.NO_AMOUNT: QuestionKind.NO_AMOUNT,
    GapKind.NO_BASELINE: QuestionKind.NO_BASELINE,
    GapKind.NO_DEADLINE: QuestionKind.NO_DEADLINE,
    GapKind.METRIC_UNKNOWN: QuestionKind.UNKNOWN_METRIC,
}


def asked_of(case: Case) -> list[tuple[QuestionKind, str]]:
    gaps = [gap for gap in find_gaps(case.stakes) if gap.kind in ASKED_AS]
    return [(ASKED_AS[gap.kind], case.ids[gap.stake]) for gap in gaps]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_says_what_a_careful_person_would(case: Case) -> None:
    complaints = verdict_on(case).complaints()
    assert not complaints, f"\n{case.name}\n{complaints}\n\n{case.reasoning}"


def test_over_all_cases_it_finds_nearly_all_and_invents_little() -> None:
    verdicts = [verdict_on(case) for case in CASES]
    assert recall(verdicts) >= LEAST_RECALL
    assert false_share(verdicts) < MOST_FALSE


@pytest.mark.parametrize("case", [case for case in CASES if case.questions], ids=lambda case: case.name)
def test_it_asks_what_must_be_asked(case: Case) -> None:
    assert unasked(case, asked_of(case)) == ()


def test_it_names_most_of_those_who_pay_unseen() -> None:
    """What is left out takes a way that nobody is told of: to serve time and bill by fewer adverts, say."""
    payers = [find_payers(case, reports_on(case)) for case in CASES]
    named = sum(len(one.named) for one in payers)
    assert named / (named + sum(len(one.unnamed) for one in payers)) >= MOST_OF_THEM


def test_in_the_chapters_case_the_first_choices_name_their_victims() -> None:
    (chapter,) = [case for case in CASES if case.name == "chapter"]
    assert set(find_payers(chapter, reports_on(chapter)).named) >= {
        "bill for revenue + time",
        "retention for revenue + time",
        "accuracy for bill + time",
        "time for bill + revenue",
        "satisfaction for bill + revenue",
        "retention for bill + revenue",
    }


def test_the_scoring_praises_what_is_expected() -> None:
    verdicts = [judge(case, ideal(case)) for case in CASES]
    assert [verdict.complaints() for verdict in verdicts] == [""] * len(CASES)
    assert (recall(verdicts), false_share(verdicts)) == (1, 0)


def test_the_scoring_sees_silence_and_shouting() -> None:
    assert recall([judge(case, []) for case in CASES]) == 0
    assert [case for case in CASES if case.questions and not unasked(case, [])] == []
    mute = [Reported(victim.pair, Kind.COUPLED, Severity.LOW) for case in CASES for victim in case.hidden_victims]
    assert [payers for case in CASES if (payers := find_payers(case, mute)).named] == []
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
