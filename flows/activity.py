"""The activity log: what was done for how long, and how large the error was then (section 2.2.3; K30, K33, K36)."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from flows.dates import say_day
from flows.objectives import format_number
from flows.wishes import say_count

EXAMPLE = "For example: log 2h labelled 300 tickets, error 0.21"


class EntryError(Exception):
    """The line cannot be kept; the message says what to write instead."""


class Stage(StrEnum):
    """What kind of work it was (K30)."""

    COLLECT = "collect"
    LABEL = "label"
    FEATURES = "features"
    TRAIN = "train"
    EVALUATE = "evaluate"
    DEPLOY = "deploy"
    MEET = "meet"


STAGE_NAMES = {
    Stage.COLLECT: "collecting data",
    Stage.LABEL: "labelling",
    Stage.FEATURES: "building features",
    Stage.TRAIN: "training",
    Stage.EVALUATE: "evaluating",
    Stage.DEPLOY: "deploying",
    Stage.MEET: "meeting",
}


class Entry(BaseModel):
    """One entry.

    Attributes:
        hours: Time spent; None when not said.
        stage: What kind of work it was; None when the words do not tell.
        metric: What was measured, such as "error".
        value: The measured value; a percentage is kept as 21 with `percent`.
        percent: Whether `value` is a percentage.
        note: The line as it was written.
        day: The day that it is about, where that is not the one on which it was written.
        is_blocked: Whether it says that the work waits for something.
        unknown: The key of the row of the unknowns register that it helped with; empty for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: float | None = Field(default=None, gt=0, le=24)
    stage: Stage | None = None
    metric: str | None = None
    value: float | None = Field(default=None, allow_inf_nan=False)
    percent: bool = False
    note: str = ""
    day: date | None = None
    is_blocked: bool = False
    unknown: str = ""


def say_hours(hours: float) -> str:
    """The hours of an entry: "1 hour", "2.25 hours"."""
    return say_count(round(hours, 2), "hour")


def round_hours(hours: float) -> str:
    """Many hours, to a tenth: "96", "12.5"."""
    return format_number(round(hours, 1))


def describe_entry(entry: Entry) -> str:
    """An entry as it was read, then as it was written: "2 hours, labelling, error 0.21 (2h labelled 300 …)"."""
    parts: list[str] = []
    if entry.hours is not None:
        parts.append(say_hours(entry.hours))
    if entry.stage is not None:
        parts.append(STAGE_NAMES[entry.stage])
    if entry.day is not None:
        parts.append(f"on {say_day(entry.day)}")
    if entry.value is not None:
        parts.append(f"{entry.metric} {_write(entry.value)}{' %' if entry.percent else ''}")
    if entry.is_blocked:
        parts.append("blocked")
    note = " ".join(entry.note.split())
    return f"{', '.join(parts)} ({note})" if parts else note


def _write(value: float) -> str:
    return f"{value:.6g}"
