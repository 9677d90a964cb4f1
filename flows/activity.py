"""Reading a line of the activity log: `2h labelled 300 tickets, error 0.21` (chapter 2, section 2.2.3; K33, K36)."""

import re
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from flows.objectives import format_number


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


class EntryError(Exception):
    """The line cannot be kept; the message says what to write instead."""


class Entry(BaseModel):
    """One entry.

    Attributes:
        hours: Time spent; None when not said.
        stage: What kind of work it was; None when the words do not tell.
        metric: What was measured, such as "error".
        value: The measured value; a percentage is kept as 21 with `percent`.
        percent: Whether `value` is a percentage.
        note: The line as it was written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: float | None = Field(default=None, gt=0, le=24)
    stage: Stage | None = None
    metric: str | None = None
    value: float | None = Field(default=None, allow_inf_nan=False)
    percent: bool = False
    note: str = ""


_STEMS = {
    Stage.LABEL: ("label", "annotat", "tagg"),
    Stage.COLLECT: ("collect", "gather", "scrap", "download", "export", "queried", "extract", "clean"),
    Stage.FEATURES: ("feature", "embedding", "join"),
    Stage.TRAIN: ("train", "tun", "fine-tun", "experiment", "hyperparam", "fitted"),
    Stage.EVALUATE: ("evaluat", "tested", "testing", "validat", "review", "error analysis", "measured", "benchmark"),
    Stage.DEPLOY: ("deploy", "releas", "shipp", "monitor", "roll", "productio"),
    Stage.MEET: ("meet", "met ", "call", "workshop", "present", "discuss", "demo", "interview"),
}
_NUMBER = r"\d+(?:[.,]\d+)?"
_CLOCK = re.compile(r"(?<![\w.,:])(\d{1,2}):([0-5]\d)(?![\w:])")
_HOURS_MINUTES = re.compile(
    rf"(?<![\w.,])({_NUMBER})\s*(?:h|hrs?|hours?)\s*(?:and\s+)?([0-5]?\d)\s*(?:m|mins?|minutes?)?\b"
)
_HOURS = re.compile(rf"(?<![\w.,])({_NUMBER})\s*(?:h|hrs?|hours?)\b")
_MINUTES = re.compile(rf"(?<![\w.,])({_NUMBER})\s*(?:m|mins?|minutes?)\b")
_DAYS = re.compile(rf"(?<![\w.,])({_NUMBER})\s*(?:d|days?)\b")
_IN_WORDS = (
    (re.compile(r"\bhalf an hour\b"), 0.5),
    (re.compile(r"\b(?:an|one) hour and a half\b"), 1.5),
    (re.compile(r"\b(?:an|one) hour\b"), 1.0),
    (re.compile(r"\bhalf a day\b"), 4.0),
    (re.compile(r"\b(?:a|one|the whole) day\b"), 8.0),
)
_HOURS_A_DAY = 8
_MINUTES_AN_HOUR = 60
_LONGEST = 24

_METRICS = (
    *("error rate", "error", "loss", "accuracy", "f1", "auc", "precision", "recall", "mape", "rmse", "mae", "mse"),
    *("log loss", "logloss", "r2", "bleu", "wer", "map", "ndcg"),
)
_MEASURE = re.compile(
    rf"\b({'|'.join(re.escape(name) for name in sorted(_METRICS, key=len, reverse=True))})\b"
    r"(?:\s+(?:is|was|now|at|of|down to|up to|went|fell|rose|to|from \S+ to|still|currently|about)){0,3}"
    r"\s*[:=→]?\s*(-?\d+(?:[.,]\d+)?(?:e-?\d{1,3})?|-?[.,]\d+)\s*(%|percent\b)?",
)
_EXAMPLE = "For example: log 2h labelled 300 tickets, error 0.21"


def read_entry(text: str) -> Entry:
    """Read one line. Numbers that are neither a time nor a measure stay in the note.

    Raises:
        EntryError: There is nothing in it, or it says more than 24 hours.
    """
    said = " ".join(text.casefold().split())
    if not any(letter.isalnum() for letter in said):
        raise EntryError(f"Say what happened, how long it took, or how large the error is now. {_EXAMPLE}")
    measure = _MEASURE.search(said)
    rest = said if measure is None else said[: measure.start()] + " " + said[measure.end() :]
    hours = _read_hours(rest)
    if hours is not None and not 0 < hours <= _LONGEST:
        raise EntryError(f"I read {format_number(hours)} hours, and a day has 24. One entry a day, please. {_EXAMPLE}")
    return Entry(
        hours=hours,
        stage=_read_stage(rest),
        metric=measure[1] if measure else None,
        value=float(measure[2].replace(",", ".")) if measure else None,
        percent=bool(measure and measure[3]),
        note=text,
    )


def _read_hours(said: str) -> float | None:
    """The time spent; None when none is said, or several that may or may not belong together."""
    for pattern, hours in _IN_WORDS:
        if pattern.search(said):
            return hours
    both = _HOURS_MINUTES.search(said)
    if both:
        return _float(both[1]) + int(both[2]) / _MINUTES_AN_HOUR
    clock = _CLOCK.search(said)
    if clock:
        return int(clock[1]) + int(clock[2]) / _MINUTES_AN_HOUR
    for pattern, factor in ((_HOURS, 1.0), (_MINUTES, 1 / _MINUTES_AN_HOUR), (_DAYS, float(_HOURS_A_DAY))):
        found = pattern.findall(said)
        if len(found) == 1:
            return _float(found[0]) * factor
        if found:
            return None
    return None


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _read_stage(said: str) -> Stage | None:
    """The stage that is named first."""
    places = {
        stage: place
        for stage, stems in _STEMS.items()
        for stem in stems
        if (place := _find_word(said, stem)) is not None
    }
    return min(places, key=lambda stage: places[stage]) if places else None


def _find_word(said: str, stem: str) -> int | None:
    found = re.search(rf"\b{re.escape(stem)}", said)
    return found.start() if found else None


def describe_entry(entry: Entry) -> str:
    """An entry as it was read, then as it was written: "2 hours, labelling, error 0.21 (2h labelled 300 …)"."""
    parts: list[str] = []
    if entry.hours is not None:
        number = format_number(round(entry.hours, 2))
        parts.append(f"{number} hour" if number == "1" else f"{number} hours")
    if entry.stage is not None:
        parts.append(STAGE_NAMES[entry.stage])
    if entry.value is not None:
        parts.append(f"{entry.metric} {_write(entry.value)}{' %' if entry.percent else ''}")
    note = " ".join(entry.note.split())
    return f"{', '.join(parts)} ({note})" if parts else note


def _write(value: float) -> str:
    return f"{value:.6g}"
