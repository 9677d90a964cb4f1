"""Where the goals of stakeholders collide, and why (chapter 2, section 2.3.2; K45, K46).

Two goals collide *directly* when they ask different things of one metric. They are *coupled* when reaching one moves
the other the wrong way, either by itself or through a lever that its owner is likely to pull. How bad that is depends
on the way out: a lever that serves both, at nobody's cost or at that of a third goal. Goals collide *jointly* when the
levers cannot bring all of them to what they ask, though they could if one were not there. The graph's links are
assumptions, and a missing link is "unknown", never "no conflict". Goals about different parts of the business do not
collide.

People read only so much, so what is far-fetched is left out: a pair coupled over a long way that gets along in most
tries, and all but the worst few of the sets that only together cannot be met.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from flows.conflict import Conflict, ConflictKind, Severity, Step
from flows.coupled_conflicts import Coupling, describe_coupling
from flows.coupling import Pair
from flows.direct_conflicts import compare_directly
from flows.feasibility import attainable
from flows.gaps import Gap, GapKind, find_gaps
from flows.influence import GRAPH, InfluenceGraph
from flows.joint_conflicts import choose_worst, describe_joint
from flows.joint_goals import Programme
from flows.minimal_sets import Goals
from flows.own_numbers import say_reached
from flows.scopes import are_apart
from flows.wishes import Stake, by_wish, same_metric, say_metric

__all__ = [
    "Conflict",
    "ConflictKind",
    "Gap",
    "GapKind",
    "Severity",
    "Stake",
    "Step",
    "find_conflicts",
    "find_gaps",
]


_SEVEREST_FIRST = tuple(Severity)


def find_conflicts(stakes: Sequence[Stake], graph: InfluenceGraph = GRAPH) -> tuple[Conflict, ...]:
    """Find the goals that collide, worst first; the order of the stakes changes nothing.

    Two people who want exactly the same do not collide; `find_gaps` asks which of them answers for it.
    """
    return _find_among(tuple(sorted(set(stakes), key=by_wish)), graph)


@lru_cache(maxsize=64)
def _find_among(ordered: tuple[Stake, ...], graph: InfluenceGraph) -> tuple[Conflict, ...]:
    """The same goals are drawn again and again: for the channel, for the card, and when something else changed."""
    pairs = [pair for pair in combinations(ordered, 2) if not are_apart(pair[0].objective, pair[1].objective)]
    found: list[Conflict] = []
    coupled: list[Pair] = []
    for one, other in pairs:
        if same_metric(one.objective, other.objective):
            found += compare_directly(one, other)
        else:
            coupled.append(Pair(one, other, ordered, graph))
    found += _compare_through_levers(coupled, Programme.of(ordered, graph), graph)
    return tuple(sorted(found, key=_rank))


def _rank(conflict: Conflict) -> tuple[int, int, str, list[tuple[str, str]]]:
    fails_in = _ALWAYS if conflict.kind is ConflictKind.DIRECT else conflict.fails_in or 0
    wishes = [by_wish(stake) for stake in conflict.stakes]
    return _SEVEREST_FIRST.index(conflict.severity), -fails_in, conflict.kind, wishes


_ALWAYS = 100
"""Two goals for one metric collide whatever the links are."""


def _compare_through_levers(pairs: Sequence[Pair], programme: Programme, graph: InfluenceGraph) -> Iterator[Conflict]:
    """The pairs that are coupled, and the sets of goals that cannot be met together though no such pair tells it."""
    collisions = [(pair, collision) for pair in pairs if (collision := pair.collision())]
    coupled = [_numbers(pair, programme) for pair, _collision in collisions]
    minimal = programme.minimal_sets()
    further = [one for one in minimal if len(one) > 1 and one not in coupled and _is_comparable(one, programme)]
    looked_at = [*(one for one in coupled if one), *further]
    joints = dict(zip(looked_at, programme.examine(looked_at), strict=True))
    alone = {programme.stakes[goal] for one in minimal if len(one) == 1 for goal in one}
    for (pair, collision), numbers in zip(collisions, coupled, strict=True):
        limits = {stake: _say_limit(stake, graph) for stake in (pair.one, pair.other) if stake in alone}
        coupling = Coupling(pair, collision, joints.get(numbers), limits)
        if not coupling.is_far_fetched:
            yield describe_coupling(coupling)
    for joint in choose_worst([joints[one] for one in further]):
        yield describe_joint(joint, graph)


def _numbers(pair: Pair, programme: Programme) -> Goals:
    """Both goals by their numbers; none where a lever for one of them is not known."""
    both = frozenset(number for number, stake in enumerate(programme.stakes) if stake in {pair.one, pair.other})
    return both if len(both) > 1 else frozenset()


def _is_comparable(goals: Goals, programme: Programme) -> bool:
    """Whether no two are about one metric, which is judged directly, or about different parts of the business."""
    objectives = [programme.stakes[goal].objective for goal in sorted(goals)]
    return not any(same_metric(one, other) or are_apart(one, other) for one, other in combinations(objectives, 2))


def _say_limit(stake: Stake, graph: InfluenceGraph) -> str:
    goal, most = stake.objective, attainable(stake, graph) or 0.0
    return f"Even alone, {say_metric(goal)} gets to {say_reached(goal, most)} at most."
