"""Hours by kind of work, week and person, and the log as a table (K37)."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.activity import Entry, Stage
from flows.time_report import COLUMNS, Row, add_up, hours_by_stage, name_stage, to_csv

MONDAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 12, tzinfo=UTC)

ENTRIES = st.builds(
    Entry,
    hours=st.none() | st.floats(0.1, 24),
    stage=st.none() | st.sampled_from(Stage),
    metric=st.none() | st.just("error"),
    value=st.none() | st.floats(0, 1),
    note=st.text(),
)
ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from(["U1", "U2", "U3"]),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        ENTRIES,
        st.just(AT),
        st.integers(1),
    ),
    max_size=20,
)


def row(person: str, days: int, hours: float | None, stage: Stage | None, note: str = "x") -> Row:
    return Row(person, MONDAY + timedelta(days=days), Entry(hours=hours, stage=stage, note=note), AT, 1)


def test_hours_are_added_up_in_three_ways() -> None:
    report = add_up(
        [
            row("U1", 0, 2, Stage.LABEL),
            row("U2", 6, 3, Stage.TRAIN),
            row("U1", 7, 1.5, Stage.LABEL),
            row("U2", 8, None, Stage.MEET),
            row("U1", 9, 0.5, None),
        ]
    )
    assert report.hours == 7
    assert report.by_stage == {Stage.LABEL: 3.5, Stage.TRAIN: 3, None: 0.5}
    assert list(report.by_stage) == [Stage.LABEL, Stage.TRAIN, None]
    assert report.by_week == {MONDAY: 5, MONDAY + timedelta(days=7): 2}
    assert report.by_person == {"U1": 4, "U2": 3}
    assert [name_stage(one) for one in report.by_stage] == ["labelling", "training", "other work"]


@given(ROWS)
def test_all_three_ways_have_the_same_sum(rows: list[Row]) -> None:
    report = add_up(rows)
    for ways in (report.by_stage, report.by_week, report.by_person):
        assert sum(ways.values()) == pytest.approx(report.hours)
    assert all(monday.weekday() == 0 for monday in report.by_week)


def test_the_table_names_people_and_is_in_order() -> None:
    entry = Entry(hours=2, stage=Stage.LABEL, metric="error", value=21.0, percent=True, note="a,\n“b”", is_blocked=True)
    rows = [row("U2", 3, 1, None), Row("U1", MONDAY, entry, AT, 2)]
    table = list(csv.reader(StringIO(to_csv(rows, {"U1": "Priya Patel"}))))
    assert table[0] == list(COLUMNS)
    assert table[1] == ["2026-11-02", "Priya Patel", "2", "label", "error", "21.0", "%", "yes", "a, “b”"]
    assert table[2] == ["2026-11-05", "U2", "1", "", "", "", "", "", "x"]


@given(ROWS)
def test_no_cell_begins_a_formula_and_every_row_is_there(rows: list[Row]) -> None:
    table = list(csv.reader(StringIO(to_csv(rows, {"U1": "=cmd()", "U2": "@all"}))))
    assert len(table) == len(rows) + 1
    for cells in table[1:]:
        assert len(cells) == len(COLUMNS)
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_hours_by_kind_of_work() -> None:
    entries = [
        Entry(hours=2.0, stage=Stage.LABEL),
        Entry(hours=1.5, stage=Stage.LABEL),
        Entry(hours=1.0),
        Entry(note="a"),
    ]
    assert hours_by_stage(entries) == {Stage.LABEL: 3.5, None: 1.0}
