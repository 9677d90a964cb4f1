"""The end of a project as somebody tells it: how it ended, what it took, and how wide of the mark we were (K37)."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from flows.activity import Entry
from flows.plain_text import to_plain_text
from flows.scoring.draws import Spread, say_roughly

HOURS_A_WEEK = 35
"""Hours of a person-week, as people log them: a week of forty hours without what nobody logs."""

MOST_WEEKS = 5_000.0
"""More than two hundred people for half a year; who fills in more has mistyped."""


class Outcome(StrEnum):
    """How a project ended."""

    REACHED = "reached"
    PART = "part"
    STOPPED = "stopped"
    MERGED = "merged"
    NEVER = "never"


LABELS: Mapping[Outcome, str] = {
    Outcome.REACHED: "It is in use and reached its goal",
    Outcome.PART: "It is in use and reached a part of it",
    Outcome.STOPPED: "It was stopped",
    Outcome.MERGED: "It was merged into another project",
    Outcome.NEVER: "It never began",
}
"""What is chosen in the form."""


class Unclear(ValueError):
    """What was filled in is no such number; the message says what to type instead."""


_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_WEEKS = re.compile(rf"(?:about |some |~ ?)?{_NUMBER} ?(?:person[- ]?weeks?|weeks?|pw|w)?\.?")
_PERCENT = re.compile(rf"{_NUMBER} ?(?:%|percent|per cent)?\.?")
_NOTHING = re.compile(
    r"(?:0+(?:[.,]0+)?|none|nothing|no|n/?a|-|\?|unknown|no idea|idk|(?:i )?do(?:n['’]?t| not) know)?[.]?"
)
_WHOLE = 100
_SHARE = 1


def says_nothing(text: str) -> bool:
    """Whether a field says that there was nothing, or that nobody knows: "none", "0", "I don't know", or no words."""
    return _NOTHING.fullmatch(" ".join(to_plain_text(text).casefold().split())) is not None


def read_weeks(text: str) -> float:
    """The person-weeks that somebody filled in: "70", "12.5", "about 70 weeks".

    Raises:
        Unclear: It is no one number over 0 and up to 5,000.
    """
    weeks = _read(_WEEKS, text)
    if weeks is None or not 0 < weeks <= MOST_WEEKS:
        raise Unclear("Please write one number of person-weeks, such as 70. Two people for three weeks are 6.")
    return weeks


def read_accuracy(text: str) -> float:
    """The accuracy that somebody filled in, of 100: "93", "93.5 %".

    Raises:
        Unclear: It is no number from 0 to 100, or it may be a share of 1.
    """
    accuracy = _read(_PERCENT, text)
    if accuracy is None or accuracy > _WHOLE or 0 < accuracy <= _SHARE:
        raise Unclear("Please write how many of 100 were right, such as 93.")
    return accuracy


def _read(pattern: re.Pattern[str], text: str) -> float | None:
    found = pattern.fullmatch(" ".join(to_plain_text(text).casefold().split()))
    return float(found[1].replace(",", ".")) if found else None


def logged_weeks(entries: Iterable[Entry]) -> float | None:
    """The person-weeks in an activity log; None where no hours are logged (K36)."""
    hours = [one.hours for one in entries if one.hours is not None]
    return sum(hours) / HOURS_A_WEEK if hours else None


_BROKEN_OFF = {Outcome.STOPPED: "it was stopped", Outcome.MERGED: "it was merged into another"}
BROKEN_OFF = frozenset(_BROKEN_OFF)
"""Ends before the work was done: what the whole would have taken is not known."""


def say_mark(predicted: Spread, weeks: float, outcome: Outcome) -> str:
    """How wide of the mark a prediction was: "18 to 62 person-weeks were predicted, it took 70: more than …"."""
    said = f"{say_roughly(predicted.p10)} to {say_roughly(predicted.p90)} person-weeks were predicted"
    if outcome in BROKEN_OFF and weeks <= predicted.p90:
        # How much the whole would have taken is not known, so it was neither more nor less.
        return f"{said}, {_BROKEN_OFF[outcome]} after {say_roughly(weeks)}"
    if weeks > predicted.p90:
        how = "more than in nine of ten cases that we expected"
    elif weeks < predicted.p10:
        how = "less than in nine of ten cases that we expected"
    else:
        how = "inside the range"
    return f"{said}, it took {say_roughly(weeks)}: {how}"
