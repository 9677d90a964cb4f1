"""Goals looked at together, in words: what would be enough, and who else pays."""

from collections.abc import Iterable, Iterator

from flows.conflict import IN_THE_LONG_RUN, and_list
from flows.influence import Horizon, InfluenceGraph
from flows.joint_goals import Joint, Unguarded, Yielding
from flows.objectives import Firmness
from flows.own_numbers import is_accepted, say_percent, say_reached
from flows.wishes import say_amount, say_metric, wanted_sign

_WORTH_SAYING = 0.1
"""Percent: less than this is as good as nothing."""


def cheapest_lowering(joint: Joint) -> Yielding | None:
    """The goal that would have to give up least for all to be met.

    What a person would still accept goes before what they would not, what is not firm before what is, and then the
    smaller part of what was asked.
    """
    return min(_possible(joint.yielding), key=_dearness, default=None)


def _possible(yielding: Iterable[Yielding]) -> Iterator[Yielding]:
    return (one for one in yielding if one.left * wanted_sign(one.stake.objective) > _WORTH_SAYING)


def _dearness(one: Yielding) -> tuple[bool, bool, float]:
    goal = one.stake.objective
    return not is_accepted(goal, one.left), goal.firmness is Firmness.FIRM, -one.left / one.wanted


def say_lowering(joint: Joint) -> str:
    """What would be enough, as "Both can be met if “x” is content with 11 % instead of 15 %."; empty if not known."""
    least = cheapest_lowering(joint)
    if least is None:
        return ""
    goal = least.stake.objective
    everyone = "Both" if len(joint.stakes) == _PAIR else "All"
    return (
        f"{everyone} can be met if {say_metric(goal)} is content with {say_reached(goal, least.left)} "
        f"instead of {say_amount(goal)}."
    )


_PAIR = 2


def name_unguarded(joint: Joint) -> tuple[str, ...]:
    """Each metric that nobody guards once, what suffers soon first."""
    return tuple(one.factor for one in _unguarded(joint))


def _unguarded(joint: Joint) -> list[Unguarded]:
    soonest: dict[str, Unguarded] = {}
    for one in joint.unguarded:
        soonest.setdefault(one.factor, one)
    return sorted(soonest.values(), key=lambda one: one.horizon is Horizon.LONG)


def say_who_else(joint: Joint, graph: InfluenceGraph) -> str:
    """What meeting these goals means for others; empty when it means nothing for them."""
    victims = dict.fromkeys(_say_harm(graph, str(one.stake.objective.family), one.change) for one in joint.victims)
    unguarded = [
        _say_harm(graph, one.factor, one.change) + (IN_THE_LONG_RUN if one.horizon is Horizon.LONG else "")
        for one in _unguarded(joint)
    ]
    said = []
    if victims:
        said.append(f"{_START} {and_list(victims)}, against {'another goal' if len(victims) == 1 else 'other goals'}.")
    if unguarded:
        said.append(f"{_START} {and_list(unguarded)}; nobody has a goal for that.")
    return " ".join(said)


_START = "Getting as far as they can means"


def _say_harm(graph: InfluenceGraph, factor: str, change: float) -> str:
    return f"{graph.say(factor, 1 if change > 0 else -1)} by at least {say_percent(change)}"
