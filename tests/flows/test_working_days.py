"""Working days, due dates and zones."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.working_days import (
    add_working_days,
    default_due,
    describe_due,
    end_of_day,
    is_working_day,
    zone_named,
)

MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_due_date_is_five_working_days_away_unless_set() -> None:
    assert default_due(MONDAY, "Europe/Berlin") == date(2026, 11, 30)
    assert default_due(datetime(2026, 11, 27, 23, 30, tzinfo=UTC), "Europe/Berlin") == date(2026, 12, 4)
    assert default_due(datetime(2026, 11, 27, 23, 30, tzinfo=UTC), "Europe/London") == date(2026, 12, 4)
    assert default_due(datetime(2026, 11, 26, 23, 30, tzinfo=UTC), "Asia/Tokyo") == date(2026, 12, 4)


def test_a_due_date_in_words() -> None:
    due = date(2026, 12, 4)
    assert describe_due(due, "Europe/Berlin", MONDAY) == "Friday 4 December, end of day (Europe/Berlin)"
    assert describe_due(due, "Nowhere", MONDAY) == "Friday 4 December, end of day (UTC)"
    assert describe_due(date(2027, 1, 4), "UTC", MONDAY) == "Monday 4 January 2027, end of day (UTC)"
    new_year_in_tokyo = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert (
        describe_due(date(2027, 1, 4), "Asia/Tokyo", new_year_in_tokyo) == "Monday 4 January, end of day (Asia/Tokyo)"
    )


def test_a_day_ends_at_midnight_of_its_zone() -> None:
    assert end_of_day(date(2026, 12, 4), "Asia/Kathmandu") == datetime(2026, 12, 4, 18, 15, tzinfo=UTC)
    assert end_of_day(date(2026, 12, 4), "nowhere") == datetime(2026, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize("name", ["", "America", "Nowhere/Else", "/etc", "..", "a" * 5000, "\0", "ü"])
def test_zones_that_are_none(name: str) -> None:
    assert zone_named(name).key == "UTC"


_DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(_DAYS, st.integers(1, 40))
def test_working_days_against_the_calendar(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert is_working_day(later)
    between = (day + timedelta(days=ahead + 1) for ahead in range((later - day).days))
    assert sum(one.weekday() < 5 for one in between) == count
