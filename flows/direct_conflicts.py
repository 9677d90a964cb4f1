"""Goals for one metric that ask different things of it."""

from collections.abc import Iterator

from flows.conflict import Conflict, ConflictKind, Severity, say_both, say_flexible
from flows.objectives import Mode, Objective, describe_day
from flows.wishes import (
    Stake,
    is_limit,
    same_scale,
    same_words,
    size,
    wanted_level,
    wanted_sign,
)

_Clash = tuple[Severity, str, str]
"""How bad it is, what collides, and what would dissolve it."""


def compare_directly(first: Stake, second: Stake) -> Iterator[Conflict]:
    """The conflict between two goals for one metric, if there is one."""
    one, other = first.objective, second.objective
    clash = _clash_of_levels(one, other) or _clash_of_directions(one, other) or _clash_of_details(one, other)
    if clash is None:
        return
    severity, what, dissolve = clash
    sure = "This follows from the two goals as they were confirmed."
    if not same_words(one, other):
        sure = "The two goals are worded differently. If they mean different things, there is no conflict."
    yield Conflict(
        kind=ConflictKind.DIRECT,
        stakes=(first, second),
        severity=severity,
        reason=f"{say_both(one, other)} {what}",
        chain=(),
        how_sure=f"{sure} Please check first that both are about the same product and region.",
        dissolve=dissolve + say_flexible((one, other)),
    )


def _clash_of_levels(one: Objective, other: Objective) -> _Clash | None:
    if not _both_are_levels(one, other):
        return None
    (low, high), (other_low, other_high) = _range(one), _range(other)
    if max(low, other_low) <= min(high, other_high):
        return None
    return Severity.HIGH, "No value meets both.", "Agree on one level that both can live with."


def _both_are_levels(one: Objective, other: Objective) -> bool:
    """Whether both say, themselves or with today's value, where the metric is to stand, counted alike."""
    first, second = wanted_level(one), wanted_level(other)
    return first is not None and second is not None and first.is_counted_like(second)


def _range(objective: Objective) -> tuple[float, float]:
    level = wanted_level(objective)
    ends = [level.amount] if level else []
    if objective.mode is Mode.LEVEL and objective.amount_high is not None:
        ends.append(objective.amount_high)
    sign = wanted_sign(objective)
    return min(ends) if sign >= 0 else float("-inf"), max(ends) if sign <= 0 else float("inf")


def _clash_of_directions(one: Objective, other: Objective) -> _Clash | None:
    if wanted_sign(one) == wanted_sign(other) or _both_are_levels(one, other):
        return None
    if not is_limit(one) and not is_limit(other):
        return Severity.HIGH, "It cannot do both.", "Agree on one direction for it."
    return (
        Severity.MEDIUM,
        "Whether both can hold depends on where it stands today.",
        "Write down today's value, then see how much room is left.",
    )


def _clash_of_details(one: Objective, other: Objective) -> _Clash | None:
    if not same_words(one, other) or wanted_sign(one) != wanted_sign(other):
        return None
    if same_scale(one, other) and size(one) != size(other):
        return Severity.LOW, "The direction is the same, the size is not.", "Agree on one number."
    if one.deadline and other.deadline and one.deadline != other.deadline:
        days = f"{describe_day(one.deadline)} and {describe_day(other.deadline)}"
        return Severity.LOW, f"They are to be reached on different days: {days}.", "Agree on one date."
    return None
