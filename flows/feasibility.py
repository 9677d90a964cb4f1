"""Whether all goals can be met together, and what stands in the way (chapter 2, section 2.3.2).

A linear programme over the levers: each can be moved within its reach, and each move shifts the metrics along the
chains of links. All changes are in percent of today's value, signed as the metric moves. The strengths of the links are
assumptions, so each answer is also given for many draws of them: how sure it is, is how often it comes out.

Only what shows within weeks counts; what comes in the long run is told for metrics that nobody guards. A goal whose
metric no lever is known to move stays outside: nothing is said about it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from flows.demands import STILL
from flows.influence import GRAPH, InfluenceGraph
from flows.joint_goals import NOTHING, UNLIKELY_AND_LIKELY, WATCHED, WHOLE, Joint, Programme, round_off
from flows.leverage import Floats, leverage_of
from flows.programmes import Impossible, find_calmest, find_most, meet_together
from flows.wishes import Stake, wanted_sign


@dataclass(frozen=True)
class Feasibility:
    """How far all goals can be met together.

    Attributes:
        everything: All goals that some lever moves, looked at together.
        low: The share that is reached or surpassed in nine of ten draws (0 to 1).
        high: The share that is reached or surpassed in one of ten (0 to 1).
        all_met: The fraction of draws in which every target can be met (0 to 1).
        sets: The smallest sets of goals that cannot all be met in full.
        outside: Goals of which nothing is known: no lever moves their metric.
    """

    everything: Joint
    low: float
    high: float
    all_met: float
    sets: tuple[Joint, ...]
    outside: tuple[Stake, ...]

    @property
    def share(self) -> float:
        """The fraction of all targets that can be met together (0 to 1), with the likely strengths."""
        return self.everything.share


def assess(
    stakes: Sequence[Stake], graph: InfluenceGraph = GRAPH, *, watched: Mapping[str, int] = WATCHED
) -> Feasibility:
    """Find out how far all goals can be met together, and which sets of them cannot; their order changes nothing."""
    programme = Programme.of(stakes, graph)
    sets = programme.minimal_sets()
    *minimal, everything = programme.examine([*sets, frozenset(range(len(programme.stakes)))], watched)
    shares = programme.drawn_shares()
    low, high = np.quantile(shares, UNLIKELY_AND_LIKELY)
    return Feasibility(
        everything=everything,
        low=round_off(low),
        high=round_off(high),
        all_met=float((shares >= WHOLE).mean()),
        sets=tuple(minimal),
        outside=programme.outside,
    )


def chance_of_all(stakes: Sequence[Stake], graph: InfluenceGraph = GRAPH) -> float | None:
    """The fraction of draws in which every target can be met (0 to 1); None with fewer than two that levers move."""
    programme = Programme.of(stakes, graph)
    asking = {goal for goal, demand in programme.rows if demand.wanted}
    return float((programme.drawn_shares() >= WHOLE).mean()) if len(asking) > 1 else None


@dataclass(frozen=True)
class Solution:
    """The most that one goal can get while the others keep their floors.

    Attributes:
        moves: How far each lever is moved, in percent of today, by its id; the smallest moves that do.
        changes: The change of each goal's metric, in percent, signed; None where no lever is known to move it.
        multipliers: By how many percent the leading metric could do better for each percent by which a floor is
            eased, for the floors that bind.
    """

    moves: tuple[tuple[str, float], ...]
    changes: tuple[tuple[Stake, float | None], ...]
    multipliers: tuple[tuple[Stake, float], ...]


def solve(
    stakes: Sequence[Stake], graph: InfluenceGraph = GRAPH, *, targets: Mapping[Stake, float], leading: Stake
) -> Solution | None:
    """Give one goal the most that it can get while others keep their floors.

    Args:
        stakes: All goals.
        graph: What is assumed of the levers.
        targets: The floors: the least change of each goal's metric, in percent, signed. A goal that should stay where
            it is may move by as much as that, and by one percent at least. Goals without a floor are free.
        leading: The goal to do the most for, among `stakes`.

    Returns:
        None when the floors cannot be kept together, or when no lever moves the leading metric, or it should stay.
    """
    programme = Programme.of(stakes, graph)
    sign = wanted_sign(leading.objective)
    if leading not in programme.stakes or sign == 0:
        return None
    rows = programme.rows
    lead = next(row for row, (goal, _demand) in enumerate(rows) if programme.stakes[goal] == leading)
    floors = {stake: floor for stake, floor in targets.items() if stake != leading}
    held = np.array([programme.stakes[goal] in floors for goal, _demand in rows])
    least = np.array([_least(programme.stakes[goal], demand.sign, floors) for goal, demand in rows])
    effects, reach = programme.effects * held[:, None], programme.leverage.reach
    try:
        best = find_most(programme.effects[[lead]], effects[None], least[None], reach)
    except Impossible:
        return None
    effects[lead], least[lead] = programme.effects[lead], best.amounts[0]
    moves = find_calmest(effects[None], least[None], reach)[0]
    price = np.bincount(programme.goal_of_row, best.prices[0], len(programme.stakes))
    return Solution(
        moves=programme.name_moves(moves),
        changes=_changes(programme, stakes, moves),
        multipliers=tuple(
            (stake, round_off(price[goal])) for goal, stake in enumerate(programme.stakes) if price[goal] > NOTHING
        ),
    )


def _least(stake: Stake, sign: int, floors: Mapping[Stake, float]) -> float:
    floor = floors.get(stake, 0.0)
    return floor * sign if wanted_sign(stake.objective) else -max(STILL, abs(floor))


def attainable(stake: Stake, graph: InfluenceGraph = GRAPH) -> float | None:
    """The best change of one goal alone, in percent, signed; None when no lever moves its metric, 0 to stay."""
    leverage, sign = leverage_of(graph), wanted_sign(stake.objective)
    if stake.objective.family not in leverage.reached:
        return None
    effects = leverage.soon[[leverage.places[stake.objective.family]]] * sign
    best = find_most(effects, np.zeros((1, 0, len(leverage.levers))), np.zeros((1, 0)), leverage.reach)
    return round_off(best.amounts[0] * sign)


def meet(stakes: Sequence[Stake], graph: InfluenceGraph = GRAPH, *, targets: Mapping[Stake, float]) -> Solution | None:
    """Give every goal at least its target, with the smallest moves that do; `targets` as for `solve`.

    Returns:
        None when that cannot be. The multipliers are left out.
    """
    return share_out(stakes, graph, floors=targets, wanted={})


def share_out(
    stakes: Sequence[Stake], graph: InfluenceGraph, *, floors: Mapping[Stake, float], wanted: Mapping[Stake, float]
) -> Solution | None:
    """Give all the same part of what they want, as large as it can be; then more to those that can have more.

    So nobody can get more without somebody getting less who has no larger part of what they want.

    Args:
        stakes: All goals.
        graph: What is assumed of the levers.
        floors: The least change of each goal's metric, as the targets of `solve`.
        wanted: What is shared out: the change that each of these goals asks for, in percent, signed, never 0.

    Returns:
        None when the floors cannot be kept together. The multipliers are left out.
    """
    programme = Programme.of(stakes, graph)
    held = np.array([programme.stakes[goal] in floors for goal, _demand in programme.rows], dtype=np.bool_)
    least = np.array([_least(programme.stakes[goal], demand.sign, floors) for goal, demand in programme.rows]) * held
    asking = [row for row, (goal, _demand) in enumerate(programme.rows) if programme.stakes[goal] in wanted]
    asked = np.array([abs(wanted[programme.stakes[programme.rows[row][0]]]) for row in asking])
    effects = np.concatenate([programme.effects * held[:, None], programme.effects[asking]])
    try:
        shared = _share(effects, least, asked, least[asking], programme.leverage.reach)
        moves = find_calmest(effects[None], np.concatenate([least, shared])[None], programme.leverage.reach)[0]
    except Impossible:
        return None
    return Solution(programme.name_moves(moves), _changes(programme, stakes, moves), ())


def _share(effects: Floats, least: Floats, asked: Floats, floors: Floats, reach: Floats) -> Floats:
    """How far the last rows get when all have the same part of what is asked, and those that can have more, more."""
    # Whoever accepts less than today may have to give it: then the part that all get begins under zero.
    start = min(0.0, (floors / asked).min(initial=0.0))
    is_open = np.ones(len(asked), dtype=np.bool_)
    shared: Floats = start * asked
    while is_open.any():
        more = np.where(is_open, (1 - start) * asked, 0.0)
        room = -np.concatenate([least, shared])
        found = meet_together(effects[None], np.concatenate([0 * least, more])[None], room[None], reach)
        stuck = is_open & (found.prices[0][len(least) :] > NOTHING)
        done = stuck if found.shares[0] < WHOLE and stuck.any() else is_open
        # A hair less, so that rounding makes nothing impossible that is just possible.
        shared = np.where(done, shared + found.shares[0] * more - NOTHING, shared)
        is_open = is_open & ~done
    return shared


def _changes(programme: Programme, stakes: Sequence[Stake], moves: Floats) -> tuple[tuple[Stake, float | None], ...]:
    """The change of each goal's metric, in the order of the goals."""
    changed = programme.effects @ moves * programme.signs
    changes = {programme.stakes[goal]: change for (goal, _demand), change in zip(programme.rows, changed, strict=True)}
    return tuple((stake, round_off(changes[stake]) if stake in changes else None) for stake in stakes)
