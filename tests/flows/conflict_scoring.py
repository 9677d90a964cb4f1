"""How what is reported of a case compares with what a careful person expects of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.flows.conflict_cases import Case, ExpectedConflict, Goals, Kind, Severity


@dataclass(frozen=True)
class Reported:
    """A conflict that was found: among which goals, and the reasons of the links that explain it."""

    goals: Goals
    kind: Kind
    severity: Severity
    reasons: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{_names(self.goals)} ({self.kind}, {self.severity})"


@dataclass(frozen=True)
class Verdict:
    """What was found of a case, missed, reported falsely, and said wrongly of a conflict that is there."""

    hits: int
    misses: tuple[str, ...]
    false: tuple[str, ...]
    faults: tuple[str, ...]

    def complaints(self) -> str:
        """All that is wrong, one a line; empty when nothing is."""
        told = (("missed", self.misses), ("false", self.false), ("wrong", self.faults))
        return "\n".join(f"{what}: {line}" for what, lines in told for line in lines)


def judge(case: Case, found: Iterable[Reported]) -> Verdict:
    """Compare. Several reports on the same goals count once; a report of another kind than expected finds nothing."""
    by_goals: dict[Goals, list[Reported]] = {}
    for one in found:
        by_goals.setdefault(one.goals, []).append(one)
    fitting = [(wanted, _of_kind(wanted, by_goals)) for wanted in case.expected]
    open_ones = [(wanted, _of_kind(wanted, by_goals)) for wanted in case.either]
    named = {wanted.goals for wanted in (*case.expected, *case.either)}
    return Verdict(
        hits=sum(1 for _, reports in fitting if reports),
        misses=tuple(f"{_names(wanted.goals)} ({_names(wanted.kinds)})" for wanted, reports in fitting if not reports),
        false=tuple(str(reports[0]) for goals, reports in by_goals.items() if not _may_be_told(case, goals, named)),
        faults=(
            *(fault for wanted, reports in (*fitting, *open_ones) if reports for fault in _faults(wanted, reports)),
            *_misordered(case, by_goals),
        ),
    )


def recall(verdicts: Iterable[Verdict]) -> float:
    """The share of the expected conflicts that were found."""
    hits, misses = _sums((verdict.hits, len(verdict.misses)) for verdict in verdicts)
    return hits / (hits + misses)


def false_share(verdicts: Iterable[Verdict]) -> float:
    """The share of false ones among those reported; what is open counts on neither side."""
    hits, false = _sums((verdict.hits, len(verdict.false)) for verdict in verdicts)
    return false / (hits + false) if hits + false else 0.0


def _sums(counts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    pairs = list(counts)
    return sum(one for one, _ in pairs), sum(other for _, other in pairs)


def _of_kind(wanted: ExpectedConflict, by_goals: dict[Goals, list[Reported]]) -> list[Reported]:
    return [one for one in by_goals.get(wanted.goals, ()) if one.kind in wanted.kinds]


def _may_be_told(case: Case, goals: Goals, named: set[Goals]) -> bool:
    return goals in named or (case.other_joints_open and len(goals) > 2)


def _faults(wanted: ExpectedConflict, reports: list[Reported]) -> Iterable[str]:
    if not any(wanted.allows(one.severity) for one in reports):
        yield f"{reports[0]}: severity should be {wanted.least} to {wanted.most}"
    reasons = {edge.why for edge in wanted.edges()}
    if reasons and not any(one.reasons & reasons for one in reports):
        links = " or ".join(" → ".join(link) for link in wanted.links)
        yield f"{reports[0]}: the explanation should have {links}"


def _misordered(case: Case, by_goals: dict[Goals, list[Reported]]) -> Iterable[str]:
    for order in case.order:
        if order.more in by_goals and order.less in by_goals:
            more, less = (max(one.severity.rank for one in by_goals[goals]) for goals in (order.more, order.less))
            if more < less:
                yield f"{_names(order.more)} should be at least as severe as {_names(order.less)}"


def _names(names: Iterable[str]) -> str:
    return " + ".join(sorted(names))
