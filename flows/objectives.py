"""What a stakeholder wants, as data, and how it is said back to them (chapter 2, section 2.3.2)."""

from datetime import date
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


class Objective(BaseModel):
    """One thing that one stakeholder wants of the project.

    Attributes:
        metric: What should change, in the person's own words ("time on platform").
        family: The metric's name in the influence graph (`time_on_platform`), or None where it is unknown there.
        direction: Which way it should go.
        amount: By how much or to what level, in `unit`; None when no number was given.
        amount_high: The upper end when a range was given ("10 to 15 %").
        unit: What `amount`, `amount_high`, `baseline` and `floor` are counted in; None without an amount.
        mode: Change or level; None without an amount.
        currency: ISO 4217 code, for money.
        per: "month", "year", "request": what the amount is counted over.
        basis: What a change is measured against, such as "yoy".
        baseline: Today's value of the metric.
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
    bound: Bound | None = None
    deadline: date | None = None
    floor: float | None = Field(default=None, allow_inf_nan=False)
    firmness: Firmness | None = None

    @model_validator(mode="after")
    def _amount_has_a_unit(self) -> Self:
        if self.amount is not None and (self.unit is None or self.mode is None):
            raise ValueError("an amount needs a unit and a mode")
        if self.amount_high is not None and (self.amount is None or self.amount_high < self.amount):
            raise ValueError("the upper end of a range lies under its lower end")
        return self
