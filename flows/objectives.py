"""What a stakeholder wants, as data, and how it is said back to them (chapter 2, section 2.3.2)."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Direction(StrEnum):
    """Which way the metric should go, or which side of a level it must stay on."""

    INCREASE = "increase"
    DECREASE = "decrease"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MAINTAIN = "maintain"


class Unit(StrEnum):
    """What an amount is counted in. Durations are kept in seconds, percentages as 15 for 15 %."""

    PERCENT = "percent_rel"
    PERCENTAGE_POINTS = "pp"
    PERCENT_LEVEL = "percent_level"
    MONEY = "money"
    DURATION = "duration"
    COUNT = "count"
    SCORE = "score"


class Mode(StrEnum):
    """Whether an amount is the size of the change or the level to reach."""

    CHANGE = "change"
    LEVEL = "level"


class Bound(StrEnum):
    """How an amount is meant: as a least, as a most, or roughly."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class Firmness(StrEnum):
    """Whether the amount may be bargained over. The chapter's balance (2.3.2) starts from what is flexible."""

    FIRM = "hard"
    FLEXIBLE = "soft"


@dataclass(frozen=True)
class Level:
    """Where a metric stands, or is to stand: an amount with what it is counted in."""

    amount: float
    unit: Unit
    currency: str | None = None
    per: str | None = None

    def is_counted_like(self, other: "Level") -> bool:
        """Whether the two can be compared."""
        return (self.unit, self.currency, self.per) == (other.unit, other.currency, other.per)


class Objective(BaseModel):
    """One thing that one stakeholder wants of the project.

    Attributes:
        metric: What should change, in the person's own words ("time on platform").
        family: The metric's name in the influence graph (`time_on_platform`), or None where it is unknown there.
        direction: Which way it should go.
        amount: By how much or to what level, in `unit`; None when no number was given.
        amount_high: The upper end when a range was given ("10 to 15 %").
        unit: What `amount`, `amount_high` and `floor` are counted in; None without an amount.
        mode: Change or level; None without an amount.
        currency: ISO 4217 code, for money.
        per: "month", "year", "request": what the amount is counted over.
        basis: What a change is measured against, such as "yoy".
        baseline: Today's value of the metric; `today` tells what it is counted in.
        baseline_unit: Its unit where that is not the amount's: money, say, for a bill that is to fall by 10 %.
        baseline_currency: Its currency, likewise.
        baseline_per: What it is counted over, likewise.
        bound: Whether the amount is a least, a most, or roughly.
        deadline: The last day by which it should be reached.
        floor: The least that the stakeholder would still accept, in `unit`.
        firmness: Firm, flexible, or None when not said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str = Field(min_length=1)
    family: str | None = None
    direction: Direction
    amount: float | None = Field(default=None, allow_inf_nan=False)
    amount_high: float | None = Field(default=None, allow_inf_nan=False)
    unit: Unit | None = None
    mode: Mode | None = None
    currency: str | None = None
    per: str | None = None
    basis: str | None = None
    baseline: float | None = Field(default=None, allow_inf_nan=False)
    baseline_unit: Unit | None = None
    baseline_currency: str | None = None
    baseline_per: str | None = None
    bound: Bound | None = None
    deadline: date | None = None
    floor: float | None = Field(default=None, allow_inf_nan=False)
    firmness: Firmness | None = None

    @property
    def today(self) -> Level | None:
        """Today's value with what it is counted in; None when it is not known."""
        if self.baseline is None:
            return None
        if self.baseline_unit is not None:
            return Level(self.baseline, self.baseline_unit, self.baseline_currency, self.baseline_per)
        unit = _LEVEL_UNITS.get(self.unit, self.unit) if self.unit else None
        currency, per = self.baseline_currency or self.currency, self.baseline_per or self.per
        return Level(self.baseline, unit or Unit.COUNT, currency, per)

    @model_validator(mode="after")
    def _amount_has_a_unit(self) -> Self:
        if self.amount is not None and (self.unit is None or self.mode is None):
            raise ValueError("an amount needs a unit and a mode")
        if self.amount_high is not None and (self.amount is None or self.amount_high < self.amount):
            raise ValueError("the upper end of a range lies under its lower end")
        return self


_LEVEL_UNITS = {Unit.PERCENTAGE_POINTS: Unit.PERCENT_LEVEL, Unit.PERCENT: Unit.COUNT}
"""What today's value is counted in where the amount is a change and nothing else was said."""


def describe(objective: Objective) -> str:
    """Say an objective back in one plain clause, without a full stop, to follow "I read this as: "."""
    parts = [_aim(objective, _today(objective)), *_afterthoughts(objective)]
    if objective.deadline is None:
        return ", ".join([*parts[:1], "no deadline given", *parts[1:]])
    return ", ".join([f"{parts[0]} by {describe_day(objective.deadline)}", *parts[1:]])


def describe_day(day: date) -> str:
    """A day in words: "30 June 2026"."""
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def describe_amount(
    amount: float, unit: Unit, *, high: float | None = None, currency: str | None = None, per: str | None = None
) -> str:
    """An amount with its unit: "15 %", "2 points", "€30,000 per year", "200 ms", "1.5 hours", "10 to 15 %"."""
    factor, name = _scale(unit, min(abs(amount), abs(high if high is not None else amount)))
    symbol = _CURRENCY_SYMBOLS.get(currency or "", f"{currency} " if currency else "")
    ends = [f"{symbol}{_cents(end / factor, unit, name)}" for end in (amount, high) if end is not None]
    single = (
        name.removesuffix("s")
        if ends == ["1"] and name.endswith(("points", "days", "hours", "minutes", "seconds"))
        else name
    )
    return f"{' to '.join(ends)}{f' {single}' if single else ''}{f' per {per}' if per else ''}"


def _cents(number: float, unit: Unit, name: str) -> str:
    text = format_number(number)
    return f"{text}0" if unit is Unit.MONEY and not name and re.search(r"\.[0-9]$", text) else text


def format_number(number: float) -> str:
    """A number with its thousands apart and every digit that it has: "12,000", "0.002"."""
    if number and not _SMALLEST <= abs(number) < _LARGEST:
        return f"{number:g}"
    text = f"{Decimal(repr(round(number, 9))):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_SMALLEST, _LARGEST = 1e-9, 1e15
_MILLION, _BILLION = 1e6, 1e9
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_CURRENCY_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "INR": "₹", "JPY": "¥"}
_UNIT_NAMES = {Unit.PERCENT: "%", Unit.PERCENT_LEVEL: "%", Unit.PERCENTAGE_POINTS: "percentage points"}
_DURATIONS = ((86400.0, "days"), (3600.0, "hours"), (60.0, "minutes"), (1.0, "seconds"))
_BOUNDS = {Bound.AT_LEAST: "at least ", Bound.AT_MOST: "at most ", Bound.ABOUT: "about "}


def _scale(unit: Unit, amount: float) -> tuple[float, str]:
    """In what steps the amount is best told: the longest unit of time of which it is a short number."""
    if unit is Unit.DURATION:
        fitting = (step for step in _DURATIONS if amount >= step[0] and _is_short(amount / step[0]))
        return next(fitting, (1.0, "seconds") if amount >= 1 or amount == 0 else (0.001, "ms"))
    if unit in {Unit.COUNT, Unit.MONEY} and _MILLION <= amount < _LARGEST:
        step, name = (_BILLION, "billion") if amount >= _BILLION else (_MILLION, "million")
        return (step, name) if _is_short(amount / step) else (1.0, "")
    return 1.0, _UNIT_NAMES.get(unit, "")


def _is_short(number: float) -> bool:
    return round(number, 2) == number


def _aim(objective: Objective, today: str) -> str:
    """What should happen to the metric, by or to how much, and where it stands `today`."""
    metric, amount = objective.metric, _amount(objective)
    if not amount:
        return _aim_without_amount(objective, today)
    bound = _BOUNDS[objective.bound] if objective.bound else ""
    if objective.direction in {Direction.INCREASE, Direction.DECREASE}:
        by = "by" if objective.mode is Mode.CHANGE else "to"
        return f"{_VERBS[objective.direction]} {metric} {by} {bound}{amount}{today}"
    side = {Direction.AT_LEAST: "at or above ", Direction.AT_MOST: "at or below "}.get(objective.direction)
    if objective.mode is Mode.CHANGE:
        return f"keep the change in {metric} {side or 'at '}{amount}{today}"
    return f"keep {metric} {side or f'at {bound}'}{amount}{today}"


def _aim_without_amount(objective: Objective, today: str) -> str:
    match objective.direction:
        case Direction.INCREASE | Direction.DECREASE:
            return f"{_VERBS[objective.direction]} {objective.metric}{today}, no amount given"
        case Direction.MAINTAIN:
            side = {Bound.AT_LEAST: "at or above today's level", Bound.AT_MOST: "at or below today's level"}
            level = side.get(objective.bound, "as it is") if objective.bound else "as it is"
            return f"keep {objective.metric} {level}{today}"
        case _:
            side_of_level = "at or above" if objective.direction is Direction.AT_LEAST else "at or below"
            return f"keep {objective.metric} {side_of_level} a level{today}, no amount given"


_VERBS = {Direction.INCREASE: "increase", Direction.DECREASE: "reduce"}


def _amount(objective: Objective) -> str:
    if objective.amount is None or objective.unit is None:
        return ""
    amount = describe_amount(
        objective.amount,
        objective.unit,
        high=objective.amount_high,
        currency=objective.currency,
        per=objective.per,
    )
    return f"{amount} year on year" if objective.basis == "yoy" else amount


def _today(objective: Objective) -> str:
    today = objective.today
    if today is None:
        return ""
    said = describe_amount(today.amount, today.unit, currency=today.currency, per=objective.baseline_per)
    return f" (today {said})"


def _afterthoughts(objective: Objective) -> list[str]:
    said = []
    if objective.floor is not None and objective.unit is not None:
        floor = describe_amount(objective.floor, objective.unit, currency=objective.currency)
        said.append(f"with {floor} as the least to accept")
    if objective.firmness is not None:
        said.append("firm" if objective.firmness is Firmness.FIRM else "flexible")
    return said
