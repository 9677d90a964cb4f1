"""What the interviews learned about a project, beside its objectives (chapter 2, sections 2.1, 2.2 and 2.5)."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class ErrorConsequence(StrEnum):
    """What happens when the model is wrong (K6)."""

    CAUGHT = "caught"
    COSTLY = "costly"
    UNNOTICED = "unnoticed"


class CurrentWay(StrEnum):
    """How the job is done today (K3)."""

    RULES = "rules"
    BY_HAND = "by_hand"
    NOT_DONE = "not_done"


class LabelSource(StrEnum):
    """Where examples with the right answer come from (K4, K9, K10)."""

    AUTOMATIC = "automatic"
    EXISTING = "existing"
    BY_HAND = "by_hand"


class Facts(BaseModel):
    """The answers that feed the first score; None is "nobody knows yet".

    Attributes:
        current_way: How the job is done today.
        cases_per_month: How many cases a month the model would meet.
        minutes_per_case: How long one case takes a person today, in minutes.
        error_consequence: What happens when the model is wrong.
        label_source: Where labelled examples come from.
        method_exists: Whether a library or published method for this is known.
        accuracy_needed: How often it must be right to be useful, in percent (0 to 100].
        expected_months: Months until leadership expects a first result in use.
        teams: How many teams must work together.
        budget: What the project may cost in all, in `budget_currency`.
        budget_currency: ISO 4217 code.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    current_way: CurrentWay | None = None
    cases_per_month: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    minutes_per_case: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    error_consequence: ErrorConsequence | None = None
    label_source: LabelSource | None = None
    method_exists: bool | None = None
    accuracy_needed: float | None = Field(default=None, gt=0, le=100, allow_inf_nan=False)
    expected_months: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    teams: int | None = Field(default=None, ge=1)
    budget: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    budget_currency: str | None = None
