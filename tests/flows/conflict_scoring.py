"""How what is reported of a case compares with what a careful person expects of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.influence import GRAPH
from flows.wishes import wanted_sign
from tests.flows.conflict_cases import Case, ExpectedConflict, Goals, Kind, QuestionKind, Severity


@dataclass(frozen=True)
class Reported:
    """A conflict that was found.

    Attributes:
        goals: The goals that collide.
        kind: How they do.
        severity: How hard.
        reasons: Those of the links that explain it.
        victims: The goals of others that it says have to suffer.
        unguarded: The metrics without a goal that it says have to.
        who_pays: All that it says of others who pay.
    """

    goals: Goals
    kind: Kind
    severity: Severity
    reasons: frozenset[str] = frozenset()
    victims: Goals = frozenset()
    unguarded: frozenset[str] = frozenset()
    who_pays: str = ""

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


def unasked(case: Case, asked: Iterable[tuple[QuestionKind, str]]) -> tuple[str, ...]:
    """The questions that must be asked and are not; `asked` has a kind and a goal each."""
    known = set(asked)
    wanted = [(question.kind, goal) for question in case.questions for goal in sorted(question.goals)]
    return tuple(f"{kind} of {goal}" for kind, goal in wanted if (kind, goal) not in known)


@dataclass(frozen=True)
class Payers:
    """Who pays unseen, among the pairs that are reported; each as "who, for which pair"."""

    named: tuple[str, ...]
    unnamed: tuple[str, ...]


def find_payers(case: Case, found: Iterable[Reported]) -> Payers:
    """Which of those who pay unseen are named, as such or by what happens to them."""
    by_goals = {one.goals: one for one in found}
    stakes = {goal: stake for stake, goal in case.ids.items()}
    named: list[str] = []
    unnamed: list[str] = []
    for victim in case.hidden_victims:
        report = by_goals.get(victim.pair)
        if report is None:
            continue
        for goal in sorted(victim.goals):
            wish = stakes[goal].objective
            harm = GRAPH.say(str(wish.family), -wanted_sign(wish))
            is_told = goal in report.victims or harm in report.who_pays
            (named if is_told else unnamed).append(f"{goal} for {_names(victim.pair)}")
        for metric in sorted(victim.metrics):
            harm = GRAPH.say(metric, -(GRAPH.factors[metric].better or 1))
            is_told = metric in report.unguarded or harm in report.who_pays
            (named if is_told else unnamed).append(f"{metric} for {_names(victim.pair)}")
    return Payers(tuple(named), tuple(unnamed))


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
