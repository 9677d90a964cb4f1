"""What a stakeholder's objective asks: of which metric, which way, how much, and in which words (section 2.3.2)."""

from dataclasses import dataclass
from textwrap import shorten

from flows.objectives import Bound, Direction, Mode, Objective, Unit

_SIGNS = {
    Direction.INCREASE: 1,
    Direction.AT_LEAST: 1,
    Direction.DECREASE: -1,
    Direction.AT_MOST: -1,
    Direction.MAINTAIN: 0,
}
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Stake:
    """An objective and the opaque id of the person who answers for it."""

    owner: str
    objective: Objective


def by_wish(stake: Stake) -> tuple[str, str]:
    """Sorts stakes by what is wanted, and only then by who wants it."""
    return stake.objective.model_dump_json(), stake.owner


def same_metric(one: Objective, other: Objective) -> bool:
    """Whether two objectives are about one metric: the same family, or the same words where a family is missing."""
    if one.family and other.family:
        return one.family == other.family
    return same_words(one, other)


def same_words(one: Objective, other: Objective) -> bool:
    """Whether two metrics are called the same, but for case and articles."""
    return _bare_words(one) == _bare_words(other)


def _bare_words(objective: Objective) -> list[str]:
    return [word for word in objective.metric.casefold().split() if word not in {"the", "our", "a"}]


def same_scale(one: Objective, other: Objective) -> bool:
    """Whether both have an amount, counted in the same way, so that the two can be compared."""
    return one.amount is not None and other.amount is not None and scale(one) == scale(other)


def scale(objective: Objective) -> tuple[str | None, ...]:
    """What the amount is counted in."""
    return objective.unit, objective.mode, objective.currency, objective.per, objective.basis


def size(objective: Objective) -> tuple[float | None, float | None]:
    """The amount, and the upper end of a range."""
    return objective.amount, objective.amount_high


def wanted_sign(objective: Objective) -> int:
    """1 when a rise is welcome, -1 when a fall is, 0 when the metric should stay where it is."""
    return _SIGNS[objective.direction]


def is_limit(objective: Objective) -> bool:
    """Whether it only says on which side of a level the metric must stay."""
    return objective.direction in {Direction.AT_LEAST, Direction.AT_MOST}


def is_pursued(objective: Objective) -> bool:
    """Whether someone has to act for it; a limit that is kept today, or "stay where it is", only has to be guarded."""
    if wanted_sign(objective) == 0:
        return False
    if not is_limit(objective) or objective.mode is not Mode.LEVEL:
        return True
    if objective.amount is None or objective.baseline is None:
        return True
    return (objective.baseline - objective.amount) * wanted_sign(objective) < 0


def is_harmed(objective: Objective, moved: int) -> bool:
    """Whether a move of its metric (1 up, -1 down, 0 none known) goes against it."""
    return moved != 0 and moved != wanted_sign(objective)


def relative_change(objective: Objective) -> float | None:
    """The change asked for in percent of today's value, signed; None when it is not said that way."""
    if objective.unit is not Unit.PERCENT or objective.mode is not Mode.CHANGE or objective.amount is None:
        return None
    return objective.amount * wanted_sign(objective)


def say_metric(objective: Objective) -> str:
    """The metric in the person's own words, in quotation marks."""
    return f"“{shorten(objective.metric, _LONGEST_NAME, placeholder=' …') or '…'}”"


def say_wish(objective: Objective) -> str:
    """The objective as "“time on platform” to rise by at least 15 %"."""
    amount = say_amount(objective)
    if objective.mode is Mode.LEVEL and is_limit(objective):
        verb = "to stay at or above" if wanted_sign(objective) > 0 else "to stay at or below"
        return f"{say_metric(objective)} {verb} {amount}"
    if wanted_sign(objective) == 0:
        return f"{say_metric(objective)} to stay {f'at {amount}' if objective.mode is Mode.LEVEL else 'where it is'}"
    verb = "to rise" if wanted_sign(objective) > 0 else "to fall"
    if not amount:
        return f"{say_metric(objective)} {verb}"
    by = "to" if objective.mode is Mode.LEVEL else "by"
    return f"{say_metric(objective)} {verb} {by} {_BOUNDS.get(str(objective.bound), '')}{amount}"


_BOUNDS: dict[str, str] = {Bound.AT_LEAST: "at least ", Bound.AT_MOST: "at most ", Bound.ABOUT: "about "}


def say_amount(objective: Objective) -> str:
    """The amount with its unit: "15 %", "10 to 15 %", "EUR 5,000 a month"; empty without one."""
    if objective.amount is None:
        return ""
    factor, unit = _duration_unit(objective.amount) if objective.unit is Unit.DURATION else (1.0, "")
    unit = _SUFFIXES.get(str(objective.unit), unit)
    number = say_number(objective.amount / factor)
    if objective.amount_high is not None:
        number += f" to {say_number(objective.amount_high / factor)}"
    money = f"{objective.currency} " if objective.currency else ""
    return f"{money}{number}{unit}{f' a {objective.per}' if objective.per else ''}"


_SUFFIXES: dict[str, str] = {
    Unit.PERCENT: " %",
    Unit.PERCENTAGE_POINTS: " percentage points",
    Unit.PERCENT_LEVEL: " %",
}


def _duration_unit(seconds: float) -> tuple[float, str]:
    steps = ((86400.0, " days"), (3600.0, " hours"), (60.0, " minutes"), (1.0, " seconds"))
    return next(((length, name) for length, name in steps if abs(seconds) >= length), (0.001, " milliseconds"))


def say_number(number: float) -> str:
    """A number with thousands separated and no more decimals than it needs: "12,000", "4.5"."""
    return f"{number:,.2f}".rstrip("0").rstrip(".") if abs(number) < 1000 else f"{number:,.0f}"  # noqa: PLR2004
