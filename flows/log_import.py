"""Entries of the log from rows of a spreadsheet, with the columns in which the log is exported (section 2.2.3; K37).

Only a day is needed, and hours, a measure or a note; a column that is not there is taken as empty. Whose the row is
does not count: who brings it in logs it for themselves.
"""

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO

from pydantic import ValidationError

from flows.activity import Entry
from flows.time_report import COLUMNS
from flows.timing import read_stage

MOST = 200
"""Rows that are brought in at once."""

EXAMPLE = "day,hours,stage,note"


class ImportProblem(Exception):
    """The rows cannot be brought in; the message says which line, and what to write instead."""


def read_rows(text: str, today: date) -> tuple[Entry, ...]:
    """The entries in comma-, semicolon- or tab-separated values with a line of column names.

    Raises:
        ImportProblem: A line cannot be read, or there are none or too many; then nothing is to be brought in.
    """
    lines = [line for line in text.replace("\ufeff", "").splitlines() if line.strip()]
    if not lines:
        raise ImportProblem(f"Please paste the rows, with the names of the columns in the first line: {EXAMPLE}.")
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.DictReader(StringIO("\n".join(lines)), delimiter=delimiter, restkey="", restval="")
    named = [name.strip().casefold() for name in reader.fieldnames or ()]
    if "day" not in named:
        known = ", ".join(COLUMNS)
        raise ImportProblem(f"The first line has to name the columns, and one has to be day. I know: {known}.")
    reader.fieldnames = named
    rows = list(reader)
    if not 0 < len(rows) <= MOST:
        raise ImportProblem(f"Please bring in between 1 and {MOST} rows at once; these are {len(rows)}.")
    return tuple(_read(row, number, today) for number, row in enumerate(rows, 2))


def _read(row: Mapping[str, str], number: int, today: date) -> Entry:
    def said(column: str) -> str:
        # A quote in front keeps a spreadsheet from taking words for a formula; the export puts it there.
        return str(row.get(column) or "").strip().removeprefix("'")

    try:
        day = date.fromisoformat(said("day"))
    except ValueError:
        raise ImportProblem(f"Line {number}: please write the day as {today.isoformat()}.") from None
    if day > today:
        raise ImportProblem(f"Line {number}: {day.isoformat()} is still to come.")
    hours, value = (_number(said(column), number, column) for column in ("hours", "value"))
    entry = {
        "day": day,
        "hours": hours,
        "stage": read_stage(said("stage")),
        "metric": " ".join(said("measure").casefold().split()) or None if value is not None else None,
        "value": value if said("measure") else None,
        "percent": said("unit") == "%",
        "note": said("note"),
        "is_blocked": said("blocked").casefold() in {"yes", "y", "true", "1"},
    }
    if hours is None and entry["value"] is None and not said("note"):
        raise ImportProblem(f"Line {number}: please write hours, a measure with its value, or a note.")
    try:
        return Entry.model_validate(entry)
    except ValidationError:
        raise ImportProblem(f"Line {number}: please write hours between 0 and 24.") from None


def _number(text: str, number: int, column: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise ImportProblem(f"Line {number}: please write {column} as a number, such as 1.5.") from None
