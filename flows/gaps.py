"""What is still missing before goals can be compared: questions to their owners, not conflicts yet (section 2.3.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from flows.feasibility import attainable
from flows.influence import GRAPH, InfluenceGraph
from flows.objectives import Objective
from flows.own_numbers import say_reached
from flows.scopes import are_apart
from flows.wishes import (
    Stake,
    by_wish,
    is_limit,
    keeps_its_side,
    relative_change,
    same_metric,
    say_amount,
    say_metric,
    scale,
    size,
    wanted_sign,
)


class GapKind(StrEnum):
    """What keeps a goal from being compared, in the order in which it matters."""

    METRIC_UNKNOWN = "metric_unknown"
    OUT_OF_REACH = "out_of_reach"
    NO_AMOUNT = "no_amount"
    NO_DEADLINE = "no_deadline"
    NO_BASELINE = "no_baseline"
    SAME_GOAL_TWICE = "same_goal_twice"
    COUNTED_APART = "counted_apart"


@dataclass(frozen=True)
class Gap:
    """Something that is not known about a goal, and the question that would settle it."""

    kind: GapKind
    stake: Stake
    question: str


_IN_ORDER = tuple(GapKind)
_HAIR = 0.05
"""Percent: what shows once it is rounded."""


def find_gaps(stakes: Sequence[Stake], graph: InfluenceGraph = GRAPH) -> tuple[Gap, ...]:
    """List what has to be asked about the goals, what matters most first; the order of the stakes changes nothing."""
    ordered = sorted(set(stakes), key=by_wish)
    gaps = [gap for stake in ordered for gap in _gaps_of(stake, graph)]
    gaps += [
        Gap(GapKind.SAME_GOAL_TWICE, one, f"Someone else has the same goal for {say_metric(one.objective)}. Who leads?")
        for one, other in combinations(ordered, 2)
        if one.owner != other.owner and _same_goal(one.objective, other.objective)
    ]
    gaps += [gap for one, other in combinations(ordered, 2) for gap in _gaps_between(one, other)]
    return tuple(sorted(gaps, key=lambda gap: _IN_ORDER.index(gap.kind)))


def _gaps_of(stake: Stake, graph: InfluenceGraph) -> Iterator[Gap]:
    goal = stake.objective
    name, sign = say_metric(goal), wanted_sign(goal)
    if goal.family not in graph.metric_ids:
        question = f"I do not know what moves {name}, so I cannot tell whether it collides with anything. What does?"
        yield Gap(GapKind.METRIC_UNKNOWN, stake, question)
    wanted, most = relative_change(goal), attainable(stake, graph)
    if wanted and most is not None and (wanted - most) * sign > _HAIR:
        question = f"Even alone, {name} gets to {say_reached(goal, most)} at most. What else moves it?"
        yield Gap(GapKind.OUT_OF_REACH, stake, question)
    if goal.amount is None and sign != 0 and not keeps_its_side(goal):
        yield Gap(GapKind.NO_AMOUNT, stake, f"By how much should {name} {_VERBS[sign]}, or to what level?")
    if goal.deadline is None and sign != 0 and not is_limit(goal):
        yield Gap(GapKind.NO_DEADLINE, stake, f"By when should {name} get there?")
    if goal.baseline is None:
        yield Gap(GapKind.NO_BASELINE, stake, f"Where does {name} stand today?")


def _gaps_between(one: Stake, other: Stake) -> Iterator[Gap]:
    """Two people may use one name for two things: then it is not the goals that differ, but what is counted."""
    first, second = one.objective, other.objective
    if not same_metric(first, second) or are_apart(first, second):
        return
    pairs = ((first.currency, second.currency), (first.per, second.per))
    if any(all(pair) and pair[0] != pair[1] for pair in pairs):
        counted = f"One is counted in {say_amount(first)}, the other in {say_amount(second)}"
        question = f"Do both goals for {say_metric(first)} mean the same figure? {counted}."
        yield Gap(GapKind.COUNTED_APART, one, question)


_VERBS = {1: "rise", -1: "fall"}


def _same_goal(one: Objective, other: Objective) -> bool:
    alike = same_metric(one, other) and one.direction is other.direction and one.deadline == other.deadline
    return alike and (scale(one), size(one)) == (scale(other), size(other))
