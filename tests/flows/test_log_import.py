"""Rows of a spreadsheet become entries, all of them or none (K37)."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.activity import Entry, Stage
from flows.log_import import MOST, ImportProblem, read_rows
from flows.time_report import Row, to_csv

TODAY = date(2026, 11, 27)


def test_a_measure_is_the_same_however_it_is_spelled() -> None:
    (entry,) = read_rows("day,measure,value,unit\n2026-11-03,  Error   Rate ,21,%", TODAY)
    assert (entry.metric, entry.value, entry.percent) == ("error rate", 21.0, True)


def test_what_is_exported_can_be_brought_in_again() -> None:
    entries = (
        Entry(day=date(2026, 11, 3), hours=2.5, stage=Stage.LABEL, note="labelled 300, and more"),
        Entry(day=date(2026, 11, 4), metric="error", value=21.5, percent=True, note="=sum(1)"),
        Entry(day=date(2026, 11, 5), note="waits for access", is_blocked=True),
    )
    rows = [Row("U1", one.day or TODAY, one, datetime(2026, 11, 27, tzinfo=UTC), 1) for one in entries]
    assert read_rows(to_csv(rows, {}), TODAY) == entries


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_as_spreadsheets_paste_it(delimiter: str) -> None:
    text = "\ufeffDay,Hours,Stage,Something else\n\n2026-11-20,2.5,Labelling,x\n".replace(",", delimiter)
    assert read_rows(text, TODAY) == (Entry(day=date(2026, 11, 20), hours=2.5, stage=Stage.LABEL),)
    comma = f"day{delimiter}hours\n2026-11-20{delimiter}" + ("2,5" if delimiter != "," else "2.5")
    assert read_rows(comma, TODAY)[0].hours == 2.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  \n", "Please paste the rows"),
        ("hours,note\n2,a", "The first line has to name the columns, and one has to be day."),
        ("day,hours\n", "these are 0"),
        ("day,hours\n" + "2026-11-20,1\n" * (MOST + 1), f"these are {MOST + 1}"),
        ("day,hours\n2026-11-20,1\n20.11.2026,2", "Line 3: please write the day as 2026-11-27."),
        ("day,hours\n2026-12-24,1", "Line 2: 2026-12-24 is still to come."),
        ("day,hours\n2026-11-20,many", "Line 2: please write hours as a number"),
        ("day,hours\n2026-11-20,40", "Line 2: please write hours between 0 and 24."),
        ("day,hours,measure\n2026-11-20,,error", "Line 2: please write hours, a measure with its value, or a note."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ImportProblem) as problem:
        read_rows(text, TODAY)
    assert said in str(problem.value)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ImportProblem):
        assert read_rows(f"day,hours,note\n{text}", TODAY)
