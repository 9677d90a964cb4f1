"""What a stakeholder's objective asks: of which metric, which way, how much, and in which words (section 2.3.2)."""

from dataclasses import dataclass, replace
from textwrap import shorten

from flows.objectives import Bound, Direction, Level, Mode, Objective, Unit, describe_amount

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
    return bare_words(one.metric) == bare_words(other.metric)


def bare_words(metric: str) -> list[str]:
    """The words that a metric is told by, whatever their case and without articles."""
    return [word for word in metric.casefold().split() if word not in {"the", "our", "a"}]


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
    return _SIDES[str(objective.bound)] if keeps_its_side(objective) else _SIGNS[objective.direction]


_SIDES: dict[str, int] = {Bound.AT_LEAST: 1, Bound.AT_MOST: -1}


def keeps_its_side(objective: Objective) -> bool:
    """Whether it asks for no more than today's level at least, or at most."""
    keeping = objective.direction is Direction.MAINTAIN and objective.amount is None
    return keeping and objective.bound in {Bound.AT_LEAST, Bound.AT_MOST}


def is_limit(objective: Objective) -> bool:
    """Whether it only says on which side of a level the metric must stay."""
    return objective.direction in {Direction.AT_LEAST, Direction.AT_MOST} or keeps_its_side(objective)


def is_pursued(objective: Objective) -> bool:
    """Whether someone has to act for it; a limit that is kept today, or "stay where it is", only has to be guarded."""
    if wanted_sign(objective) == 0 or keeps_its_side(objective):
        return False
    if not is_limit(objective) or objective.mode is not Mode.LEVEL:
        return True
    today, wanted = objective.today, wanted_level(objective)
    if today is None or wanted is None or not today.is_counted_like(wanted):
        return True
    return (today.amount - wanted.amount) * wanted_sign(objective) < 0


def wanted_level(objective: Objective) -> Level | None:
    """The level at which the objective is reached; None when neither the objective nor today's value tells it."""
    today, sign = objective.today, wanted_sign(objective)
    if objective.amount is None or objective.unit is None:
        return today if objective.direction is Direction.MAINTAIN else None
    if objective.mode is Mode.LEVEL:
        return Level(objective.amount, objective.unit, objective.currency, objective.per)
    if today is None or sign == 0 or objective.basis or objective.bound is Bound.AT_MOST:
        return None
    if objective.unit is Unit.PERCENT:
        return replace(today, amount=today.amount * (1 + sign * objective.amount / 100))
    unit = Unit.PERCENT_LEVEL if objective.unit is Unit.PERCENTAGE_POINTS else objective.unit
    change = Level(objective.amount, unit, objective.currency, objective.per)
    return replace(today, amount=today.amount + sign * change.amount) if change.is_counted_like(today) else None


def is_harmed(objective: Objective, moved: int) -> bool:
    """Whether a move of its metric (1 up, -1 down, 0 none known) goes against it."""
    return moved != 0 and moved != wanted_sign(objective)


def relative_change(objective: Objective) -> float | None:
    """The change asked for in percent of today's value, signed; None when neither it nor the two levels are known."""
    if objective.unit is Unit.PERCENT and objective.mode is Mode.CHANGE and objective.amount is not None:
        return objective.amount * wanted_sign(objective)
    today, wanted = objective.today, wanted_level(objective)
    if today is None or wanted is None or today.amount <= 0 or not today.is_counted_like(wanted):
        return None
    change = (wanted.amount / today.amount - 1) * 100
    return change if is_pursued(objective) and change * wanted_sign(objective) > 0 else None


def say_metric(objective: Objective) -> str:
    """The metric in the person's own words, in quotation marks."""
    return f"“{shorten(objective.metric, _LONGEST_NAME, placeholder=' …') or '…'}”"


def say_wish(objective: Objective) -> str:
    """The objective as "“time on platform” to rise by at least 15 %"."""
    if keeps_its_side(objective):
        side = "at or above" if wanted_sign(objective) > 0 else "at or below"
        return f"{say_metric(objective)} to stay {side} today's level"
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


def say_aim(objective: Objective) -> str:
    """The objective in as few words as name it: "time on platform +15 %", "latency at most 200 ms"."""
    return f"{shorten(objective.metric, _LONGEST_NAME, placeholder=' …') or '…'} {say_ask(objective)}"


def say_ask(objective: Objective) -> str:
    """What is asked of the metric, in as few words as will do: "+15 %", "at most 200 ms", "up"."""
    sign, amount = wanted_sign(objective), say_amount(objective)
    if keeps_its_side(objective):
        return f"not {'below' if sign > 0 else 'above'} today"
    if sign == 0:
        return f"at {amount}" if objective.mode is Mode.LEVEL else "as it is"
    if not amount:
        return "up" if sign > 0 else "down"
    if objective.mode is Mode.LEVEL:
        side = "at least" if sign > 0 else "at most"
        return f"{side if is_limit(objective) else 'to'} {amount}"
    return f"{'+' if sign > 0 else '−'}{amount}"


def say_amount(objective: Objective) -> str:
    """The amount with its unit: "15 %", "10 to 15 %", "€5,000 per month"; empty without one."""
    if objective.amount is None or objective.unit is None:
        return ""
    high, currency, per = objective.amount_high, objective.currency, objective.per
    return describe_amount(objective.amount, objective.unit, high=high, currency=currency, per=per)


def say_count(number: float, one: str, many: str = "") -> str:
    """How many there are: "1 team", "12,000 cases", "1.5 hours"; `many` where it is not `one` with an s."""
    return f"{say_number(number)} {one if number == 1 else many or f'{one}s'}"


def say_number(number: float) -> str:
    """A number with thousands separated and no more decimals than it needs: "12,000", "4.5"."""
    return f"{number:,.2f}".rstrip("0").rstrip(".") if abs(number) < 1000 else f"{number:,.0f}"  # noqa: PLR2004
