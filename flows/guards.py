"""What nobody has a goal for and yet may not pay for the goals: privacy, satisfaction and the like (section 2.3.2).

Left to itself, arithmetic meets every goal at the cost of whatever nobody speaks for. So each such metric gets a goal
of its own, which belongs to nobody: to get no worse than today.
"""

from collections.abc import Sequence

from flows.influence import InfluenceGraph
from flows.joint_goals import WATCHED
from flows.objectives import Bound, Direction, Objective
from flows.wishes import Stake

NOBODY = ""
"""The owner of a goal that nobody has."""


def guards(stakes: Sequence[Stake], graph: InfluenceGraph) -> tuple[Stake, ...]:
    """A goal for each metric to be watched that nobody has a goal for: at least, or at most, as today."""
    spoken_for = {stake.objective.family for stake in stakes}
    return tuple(
        Stake(NOBODY, _as_today(graph.factors[factor].name, factor, better))
        for factor, better in sorted(WATCHED.items())
        if factor in graph.metric_ids - spoken_for
    )


def _as_today(name: str, factor: str, better: int) -> Objective:
    bound = Bound.AT_LEAST if better > 0 else Bound.AT_MOST
    return Objective(metric=name, family=factor, direction=Direction.MAINTAIN, bound=bound)
