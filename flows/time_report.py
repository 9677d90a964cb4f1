"""How the hours were spent: by kind of work, week and person, and as a table for a spreadsheet (section 2.2.3; K37)."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO

from flows.activity import STAGE_NAMES, Entry, Stage

COLUMNS = ("day", "person", "hours", "stage", "measure", "value", "unit", "blocked", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True)
class Row:
    """One entry of the log: whose (Slack user id), about which day, what it says, when it was logged, and its id."""

    person: str
    day: date
    entry: Entry
    logged_at: datetime
    id: int


@dataclass(frozen=True)
class TimeReport:
    """Hours, added up in three ways; each has the same sum.

    Attributes:
        hours: All of them.
        by_stage: By kind of work, the most first; None for those of which nobody said it.
        by_week: By the Monday of the week, the oldest first; weeks without any are left out.
        by_person: By Slack user id, the most first.
    """

    hours: float
    by_stage: Mapping[Stage | None, float]
    by_week: Mapping[date, float]
    by_person: Mapping[str, float]


def add_up(rows: Iterable[Row]) -> TimeReport:
    """Add up the hours of a log; entries without hours count nothing."""
    timed = [(row, row.entry.hours) for row in rows if row.entry.hours]
    weeks, people = Counter[date](), Counter[str]()
    for row, hours in timed:
        # typeshed counts in whole numbers only
        weeks[row.day - timedelta(days=row.day.weekday())] += hours  # type: ignore[assignment]
        people[row.person] += hours  # type: ignore[assignment]
    return TimeReport(
        hours=sum(hours for _, hours in timed),
        by_stage=hours_by_stage(row.entry for row, _ in timed),
        by_week=dict(sorted(weeks.items())),
        by_person=dict(people.most_common()),
    )


def hours_by_stage(entries: Iterable[Entry]) -> dict[Stage | None, float]:
    """The hours of these entries by kind of work, the most first; None for those of which nobody said it."""
    hours = Counter[Stage | None]()
    for entry in entries:
        if entry.hours:
            hours[entry.stage] += entry.hours  # type: ignore[assignment]  # typeshed counts in whole numbers only
    return dict(hours.most_common())


def name_stage(stage: Stage | None) -> str:
    """What a kind of work is called."""
    return STAGE_NAMES[stage] if stage else "other work"


def to_csv(rows: Sequence[Row], names: Mapping[str, str]) -> str:
    """The log as comma-separated values (RFC 4180), the oldest day first.

    Args:
        rows: The entries.
        names: What people are called, by their Slack user ids; who is missing is written as their id.
    """
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in sorted(rows, key=lambda one: one.day):
        entry = row.entry
        writer.writerow(
            [
                row.day.isoformat(),
                _cell(names.get(row.person, row.person)),
                "" if entry.hours is None else f"{entry.hours:g}",
                entry.stage or "",
                entry.metric or "",
                "" if entry.value is None else repr(entry.value),
                "%" if entry.percent else "",
                "yes" if entry.is_blocked else "",
                _cell(entry.note),
            ]
        )
    return file.getvalue()


def _cell(text: str) -> str:
    """Words as one line that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if text.startswith(_FORMULA) or line.startswith(_FORMULA) else line
