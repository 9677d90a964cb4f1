"""Reading a line of the activity log: `2h labelled 300 tickets, error 0.21` (chapter 2, section 2.2.3; K33, K36).

What can be meant in two ways is asked, never guessed: two times, two measures, two days, a number at the front that is
none of these.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.activity import EXAMPLE, Entry, EntryError
from flows.log_clauses import simplify
from flows.log_days import take_day
from flows.log_measures import Measure, take_measure
from flows.log_stages import read_stage, says_blocked
from flows.log_times import take_time

_READ = 500
"""Characters of a line that are read; nobody says how long it took behind so many, and more would take long to read."""


class DoubtKind(StrEnum):
    """What of a line is not sure."""

    HOURS = "hours"
    MEASURE = "measure"
    STAGE = "stage"
    DAY = "day"


@dataclass(frozen=True)
class Doubt:
    """Something that can be meant in more than one way.

    Attributes:
        kind: What of the line.
        hours: What the hours may be, in the order of the line, and last their sum where that fits into a day; a single
            one may also be no time that was spent.
        measures: What the measure may be; a single one may also be nothing that was measured.
        days: Which day it may be.
    """

    kind: DoubtKind
    hours: tuple[float, ...] = ()
    measures: tuple[Measure, ...] = ()
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class ReadLine:
    """What a line says for sure, and what has to be asked.

    Attributes:
        entry: The entry; what is in doubt is left out of it.
        doubts: What to ask.
    """

    entry: Entry
    doubts: tuple[Doubt, ...] = ()


def read_line(text: str, today: date) -> ReadLine:
    """Read one line. Numbers that are neither a day, a time nor a measure stay in the note.

    Args:
        text: What was typed.
        today: The writer's own date, from which "yesterday" counts.

    Raises:
        EntryError: There is nothing in it, it says no hours or more than 24, or a day that is not over or long past.
    """
    said = simplify(text[:_READ])
    if not any(letter.isalnum() for letter in said):
        raise EntryError(f"Say what happened, how long it took, or how large the error is now. {EXAMPLE}")
    day = take_day(said, today)
    measured = take_measure(day.rest)
    spent = take_time(measured.rest)
    doubts = list(_doubts(day.options, spent.options, measured.options))
    is_bare = spent.hours is None and not doubts and measured.measure is None
    if spent.is_vague or (is_bare and re.match(r"\s*\d", spent.rest)):
        doubts.append(Doubt(DoubtKind.HOURS))
    stage = read_stage(measured.rest)
    if stage is None and spent.hours is not None:
        doubts.append(Doubt(DoubtKind.STAGE))
    measure = measured.measure
    entry = Entry(
        hours=spent.hours,
        stage=stage,
        metric=measure.metric if measure else None,
        value=measure.value if measure else None,
        percent=measure.percent if measure else False,
        note=text,
        day=day.day,
        is_blocked=says_blocked(day.rest),
    )
    return ReadLine(entry, tuple(doubts))


def _doubts(days: tuple[date, ...], hours: tuple[float, ...], measures: tuple[Measure, ...]) -> Iterator[Doubt]:
    if hours:
        yield Doubt(DoubtKind.HOURS, hours=hours)
    if measures:
        yield Doubt(DoubtKind.MEASURE, measures=measures)
    if days:
        yield Doubt(DoubtKind.DAY, days=days)
