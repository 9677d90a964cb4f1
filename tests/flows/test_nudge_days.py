"""No nudge comes on a public holiday, and none is lost (K36)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.cadence import MONDAYS, NEVER, WEEKDAYS, Cadence, Cron, EveryWeeks, Weekdays, Weekly, next_due
from flows.nudge_days import next_nudge, previous_nudge
from flows.public_holidays import country_of, is_public_holiday

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland")


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("America/New_York", "US"),
        ("America/Argentina/Ushuaia", "AR"),
        ("Europe/Kyiv", "UA"),
        ("UTC", ""),
        ("Mars/Olympus", ""),
        ("", ""),
    ],
)
def test_a_zone_lies_in_a_country(zone: str, country: str) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize(
    ("day", "zone", "off"),
    [
        (date(2026, 12, 25), "Europe/Berlin", True),
        (date(2026, 12, 24), "Europe/Berlin", False),
        (date(2026, 11, 26), "America/New_York", True),  # the fourth Thursday of November
        (date(2026, 11, 26), "Europe/Berlin", False),
        (date(2027, 3, 29), "Europe/Berlin", True),  # the Monday after Easter
        (date(2026, 1, 26), "Asia/Kolkata", True),
        (date(2026, 12, 25), "UTC", False),
        (date(2026, 12, 25), "Mars/Olympus", False),
    ],
)
def test_a_country_has_a_day_off(day: date, zone: str, off: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_public_holiday(day, zone) == off


def at(day: date, zone: str, hour: int = 9, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def test_a_weekly_one_moves_to_the_next_working_day_and_the_one_after_comes_as_ever() -> None:
    zone = "Europe/Berlin"
    moved = next_nudge(MONDAYS, zone, at(date(2027, 3, 23), zone))
    assert moved == at(date(2027, 3, 30), zone)  # the Tuesday after Easter
    assert next_nudge(MONDAYS, zone, moved) == at(date(2027, 4, 5), zone)
    fridays = Weekly(weekday=4)
    # Christmas Day is a Friday, and the day after it a Saturday.
    assert next_nudge(fridays, zone, at(date(2026, 12, 20), zone)) == at(date(2026, 12, 28), zone)


def test_of_a_daily_one_the_holiday_is_left_out() -> None:
    zone = "America/New_York"
    assert next_nudge(WEEKDAYS, zone, at(date(2026, 11, 25), zone)) == at(date(2026, 11, 27), zone)
    yearly = Cron(expression="0 9 25 12 *")
    assert next_nudge(yearly, zone, at(date(2026, 1, 1), zone)) is None
    assert next_nudge(NEVER, zone, at(date(2026, 1, 1), zone)) is None


RHYTHMS: st.SearchStrategy[Cadence] = st.one_of(
    st.builds(Weekly, weekday=st.integers(0, 6), hour=st.integers(0, 23), minute=st.integers(0, 59)),
    st.builds(Weekdays, hour=st.integers(0, 23), minute=st.integers(0, 59)),
    st.builds(
        EveryWeeks, weeks=st.integers(2, 5), weekday=st.integers(0, 4), hour=st.integers(0, 23), minute=st.just(15),
        anchor=st.dates(date(2026, 1, 1), date(2026, 2, 1)),
    ),
)  # fmt: skip


def by_calendar(cadence: Cadence, zone: str, begin: datetime, end: datetime) -> list[datetime]:
    """The nudges of a span, found day by day: each time of the rhythm that is no holiday, others moved or left out."""
    found: set[datetime] = set()
    due = next_due(cadence, zone, begin)
    while due is not None and due < end:
        there = due.astimezone(ZoneInfo(zone))
        day = there.date()
        if isinstance(cadence, Weekdays):
            days = [] if is_public_holiday(day, zone) else [day]
        else:
            days = [day]
            if is_public_holiday(day, zone):
                later = (day + timedelta(days=count) for count in range(1, 40))
                days = [next(one for one in later if one.weekday() < 5 and not is_public_holiday(one, zone))]
        found |= {datetime.combine(one, there.time(), ZoneInfo(zone)).astimezone(UTC) for one in days}
        due = next_due(cadence, zone, due)
    return sorted(found)


@given(RHYTHMS, st.sampled_from(ZONES), st.integers(0, 300))
@settings(max_examples=60, deadline=None)
def test_a_year_of_nudges_is_what_the_calendar_says(cadence: Cadence, zone: str, begins: int) -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=begins)
    end = begin + timedelta(days=365)
    came, now = [], begin
    while (due := next_nudge(cadence, zone, now)) is not None and due < end:
        came.append(due)
        now = due
    assert all(one < other for one, other in pairwise(came))
    assert not any(is_public_holiday(one.astimezone(ZoneInfo(zone)).date(), zone) for one in came)
    wanted = by_calendar(cadence, zone, begin, end)
    # One that is due before the end may be moved behind it.
    assert came == [one for one in wanted if one < end]


@given(RHYTHMS, st.sampled_from(ZONES), st.integers(0, 300))
@settings(max_examples=60, deadline=None)
def test_the_nudge_before_one_is_the_one_that_it_followed(cadence: Cadence, zone: str, begins: int) -> None:
    first = next_nudge(cadence, zone, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=begins))
    assert first is not None
    second = next_nudge(cadence, zone, first)
    assert second is not None
    assert previous_nudge(cadence, zone, second) == first


def test_before_the_only_one_there_is_as_much_time_as_in_a_week() -> None:
    once = Cron(expression="0 9 29 2 *")
    due = next_nudge(once, "UTC", datetime(2027, 1, 1, tzinfo=UTC))
    assert due is not None
    assert previous_nudge(once, "UTC", due) < due
