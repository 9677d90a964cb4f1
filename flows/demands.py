"""What a goal asks of the levers, in percent of today: to move a metric, or to leave it where it is."""

from dataclasses import dataclass

from flows.objectives import Bound, Direction, Mode, Objective, Unit
from flows.wishes import is_pursued, relative_change, wanted_level, wanted_sign

STILL = 1.0
"""By how many percent a metric that should stay where it is may move either way."""


@dataclass(frozen=True)
class Demand:
    """One row: `sign` · change ≥ `wanted` − `room`, all in percent of today's value.

    Attributes:
        sign: 1 when a rise is welcome, -1 when a fall is.
        wanted: How far the metric is to move (≥ 0); 0 when it only must not get worse.
        room: How far it may get worse (≥ 0).
    """

    sign: int
    wanted: float = 0.0
    room: float = 0.0


def demands_of(objective: Objective) -> tuple[Demand, ...]:
    """The rows of an objective: two for what should stay where it is, one for everything else."""
    sign = wanted_sign(objective)
    if sign == 0:
        return Demand(1, room=STILL), Demand(-1, room=STILL)
    if not is_pursued(objective):
        return (Demand(sign, room=_room_to_limit(objective, sign)),)
    if _allows_a_change(objective):
        return (Demand(sign, room=objective.amount or 0.0),)
    change = None if objective.bound is Bound.AT_MOST else relative_change(objective)
    return (Demand(sign, wanted=max(0.0, (change or 0.0) * sign)),)


def _allows_a_change(objective: Objective) -> bool:
    """Whether it says how far the metric may rise, as in "keep the change at or below 5 %"."""
    relative = objective.mode is Mode.CHANGE and objective.unit is Unit.PERCENT
    return objective.direction is Direction.AT_MOST and relative and (objective.amount or 0.0) >= 0


def _room_to_limit(objective: Objective, sign: int) -> float:
    today, limit = objective.today, wanted_level(objective)
    if today is None or limit is None or today.amount <= 0:
        return 0.0
    return max(0.0, (today.amount - limit.amount) * sign / today.amount * 100)
