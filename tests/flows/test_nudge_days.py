"""No nudge comes on a public holiday, in quiet hours or on a day away, and none is lost (K36)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.absence import Absence
from flows.cadence import MONDAYS, NEVER, WEEKDAYS, Cadence, Cron, EveryWeeks, Weekdays, Weekly, next_due
from flows.nudge_days import Snooze, catch_up, next_nudge, snoozed_until
from flows.public_holidays import country_of, is_public_holiday
from flows.quiet_hours import QuietHours
from flows.reminders import Hours

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


BERLIN = Hours("Europe/Berlin", QuietHours())
ALWAYS = QuietHours(time(), time())


def test_a_weekly_one_moves_to_the_next_working_day_and_the_one_after_comes_as_ever() -> None:
    zone = BERLIN.zone
    moved = next_nudge(MONDAYS, BERLIN, at(date(2027, 3, 23), zone))
    assert moved == at(date(2027, 3, 30), zone)  # the Tuesday after Easter
    # Asked on the holiday itself, the moved one is still to come.
    noon = at(date(2027, 3, 29), zone, 12)
    assert next_nudge(MONDAYS, BERLIN, noon) == moved
    # For a rhythm that begins only then, it is over.
    assert next_nudge(MONDAYS, BERLIN, noon, since=noon) == at(date(2027, 4, 5), zone)
    assert next_nudge(MONDAYS, BERLIN, moved) == at(date(2027, 4, 5), zone)
    fridays = Weekly(weekday=4)
    # Christmas Day is a Friday, and the day after it a Saturday.
    assert next_nudge(fridays, BERLIN, at(date(2026, 12, 20), zone)) == at(date(2026, 12, 28), zone)


def test_of_a_daily_one_the_holiday_is_left_out() -> None:
    hours = Hours("America/New_York", QuietHours())
    assert next_nudge(WEEKDAYS, hours, at(date(2026, 11, 25), hours.zone)) == at(date(2026, 11, 27), hours.zone)
    assert next_nudge(NEVER, hours, at(date(2026, 1, 1), hours.zone)) is None


def test_quiet_hours_move_it_to_the_morning_or_to_their_end() -> None:
    noon = at(date(2026, 11, 27), BERLIN.zone, 12)  # a Friday
    monday = at(date(2026, 11, 30), BERLIN.zone)
    assert next_nudge(Weekly(weekday=4, hour=20, minute=15), BERLIN, noon) == monday
    assert next_nudge(Weekly(weekday=0, hour=6, minute=0), BERLIN, noon) == monday
    lunch = Hours(BERLIN.zone, QuietHours(time(12), time(13)))
    fire = Weekdays(hour=12, minute=30)
    assert next_nudge(fire, lunch, at(date(2026, 11, 27), BERLIN.zone, 9)) == at(noon.date(), BERLIN.zone, 13, 0)
    # Of many in the night, one is left.
    hourly = Cron(expression="0 * * * *")
    evening = at(date(2026, 11, 30), BERLIN.zone, 17, 1)
    assert next_nudge(hourly, BERLIN, evening) == at(date(2026, 12, 1), BERLIN.zone, 9, 0)


def test_nobody_is_asked_while_away_and_all_that_was_missed_comes_as_one() -> None:
    away = Hours(BERLIN.zone, QuietHours(), (Absence(date(2026, 11, 30), date(2026, 12, 16)),))
    friday = at(date(2026, 11, 27), BERLIN.zone)
    assert next_nudge(MONDAYS, away, friday) == at(date(2026, 12, 17), BERLIN.zone)
    assert next_nudge(MONDAYS, away, at(date(2026, 12, 17), BERLIN.zone)) == at(date(2026, 12, 21), BERLIN.zone)
    # What is missed in so long an absence that it is farther back than is looked is asked about as it comes again.
    long_away = Hours(BERLIN.zone, QuietHours(), (Absence(date(2026, 8, 3), date(2026, 12, 16)),))
    assert next_nudge(MONDAYS, long_away, friday) == at(date(2026, 12, 17), BERLIN.zone)
    for_good = Hours(BERLIN.zone, QuietHours(), (Absence(date(2026, 11, 30), None),))
    assert next_nudge(MONDAYS, for_good, friday) is None
    assert snoozed_until(Snooze.MONDAY, for_good, friday) is None


def test_a_pause_leaves_out_what_falls_into_it() -> None:
    noon = at(date(2026, 11, 27), BERLIN.zone, 12)
    pause = Absence(date(2026, 11, 27), date(2026, 12, 9))
    assert next_nudge(MONDAYS, BERLIN, noon, pause) == at(date(2026, 12, 14), BERLIN.zone)
    assert next_nudge(NEVER, BERLIN, noon, pause) is None
    later = Absence(date(2026, 12, 1), date(2026, 12, 9))
    assert next_nudge(MONDAYS, BERLIN, noon, later) == at(date(2026, 11, 30), BERLIN.zone)


@pytest.mark.parametrize(
    ("choice", "now", "until"),
    [
        (Snooze.HOUR, (27, 9, 40), (27, 10, 40)),
        (Snooze.HOUR, (27, 17, 30), (30, 9, 30)),  # Friday evening
        (Snooze.HOUR, (28, 11, 0), (30, 9, 30)),  # a Saturday
        (Snooze.DAY, (26, 9, 40), (27, 9, 40)),
        (Snooze.DAY, (27, 9, 40), (30, 9, 30)),
        (Snooze.MONDAY, (25, 9, 40), (30, 9, 30)),
        (Snooze.MONDAY, (23, 9, 40), (30, 9, 30)),
    ],
)
def test_putting_it_off(choice: Snooze, now: tuple[int, int, int], until: tuple[int, int, int]) -> None:
    moments = [at(date(2026, 11, day), BERLIN.zone, hour, minute) for day, hour, minute in (now, until)]
    assert snoozed_until(choice, BERLIN, moments[0] + timedelta(seconds=12)) == moments[1]


def test_what_was_due_while_the_app_was_down_waits_for_a_time_that_is_free() -> None:
    friday = at(date(2026, 11, 27), BERLIN.zone)
    monday = at(date(2026, 11, 30), BERLIN.zone)
    assert catch_up(friday, BERLIN, friday + timedelta(hours=3)) == friday + timedelta(hours=3)
    assert catch_up(friday, BERLIN, friday + timedelta(hours=10)) == monday
    assert catch_up(friday, BERLIN, friday + timedelta(hours=25)) == monday
    # Who is asked on Saturdays because they said so is asked on a Saturday.
    saturday = at(date(2026, 11, 28), BERLIN.zone)
    assert catch_up(saturday, BERLIN, saturday + timedelta(hours=1)) == saturday + timedelta(hours=1)


RHYTHMS: st.SearchStrategy[Cadence] = st.one_of(
    st.builds(Weekly, weekday=st.integers(0, 6), hour=st.integers(0, 23), minute=st.integers(0, 59)),
    st.builds(Weekdays, hour=st.integers(0, 23), minute=st.integers(0, 59)),
    st.builds(
        EveryWeeks, weeks=st.integers(2, 5), weekday=st.integers(0, 4), hour=st.integers(0, 23), minute=st.just(15),
        anchor=st.dates(date(2026, 1, 1), date(2026, 2, 1)),
    ),
    st.sampled_from([Cron(expression=rule) for rule in ("0 9 25 12 *", "30 7 1 * *", "0 */4 * * *", "15 16 * * 2,4")]),
)  # fmt: skip
QUIET = st.sampled_from([ALWAYS, QuietHours(), QuietHours(time(22), time(6)), QuietHours(time(12), time(13, 30))])
BEGIN = date(2026, 1, 1)


@st.composite
def absences(draw: st.DrawFn) -> tuple[Absence, ...]:
    firsts = draw(st.lists(st.integers(0, 300), max_size=3))
    spans = [(BEGIN + timedelta(days=first), draw(st.integers(0, 20))) for first in firsts]
    return tuple(Absence(first, first + timedelta(days=days)) for first, days in spans)


def is_free(day: date, hours: Hours) -> bool:
    away = any(one.first <= day <= (one.last or day) for one in hours.away)
    return not away and not is_public_holiday(day, hours.zone)


def next_free(day: date, hours: Hours) -> date:
    day += timedelta(days=1)
    return day if day.weekday() < 5 and is_free(day, hours) else next_free(day, hours)


def is_quiet(hours: Hours, minutes: int) -> bool:
    begins, ends = (one.hour * 60 + one.minute for one in (hours.quiet.start, hours.quiet.end))
    return begins <= minutes < ends if begins <= ends else minutes >= begins or minutes < ends


def by_calendar(cadence: Cadence, hours: Hours, begin: datetime, end: datetime) -> list[datetime]:
    """The nudges of a span, found minute by minute: from each time of the rhythm on, the first at which one may ask."""
    found: set[datetime] = set()
    due = next_due(cadence, hours.zone, begin - timedelta(days=50))
    while due is not None and due < end:
        there = due.astimezone(ZoneInfo(hours.zone))
        day, minutes = there.date(), there.hour * 60 + there.minute
        if not is_free(day, hours):
            day = next_free(day, hours)
        ends = minutes
        while ends < 24 * 60 and is_quiet(hours, ends):
            ends += 1
        if ends == 24 * 60 and day == there.date():
            day = next_free(day, hours)
        if ends != minutes:
            # In the morning nobody is asked before half past nine, unless it was moved within the day.
            minutes = ends if hours.quiet.start < hours.quiet.end else 9 * 60 + 30
        moved = datetime.combine(day, time(*divmod(minutes, 60)), ZoneInfo(hours.zone)).astimezone(UTC)
        found.add(due if (day, minutes) == (there.date(), there.hour * 60 + there.minute) else moved)
        due = next_due(cadence, hours.zone, due)
    return sorted(one for one in found if begin < one < end)


@given(RHYTHMS, st.sampled_from(ZONES), QUIET, absences(), st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_a_year_of_nudges_is_what_the_calendar_says(
    cadence: Cadence, zone: str, quiet: QuietHours, away: tuple[Absence, ...], begins: int
) -> None:
    hours = Hours(zone, quiet, away)
    begin = datetime.combine(BEGIN, time(), UTC) + timedelta(days=begins)
    end = begin + timedelta(days=160)
    came, now = [], begin
    while (due := next_nudge(cadence, hours, now)) is not None and due < end:
        came.append(due)
        now = due
    assert all(one < other for one, other in pairwise(came))
    assert came == by_calendar(cadence, hours, begin, end)
    for one in came:
        there = one.astimezone(ZoneInfo(zone))
        assert is_free(there.date(), hours)
        assert not is_quiet(hours, there.hour * 60 + there.minute)
        assert catch_up(one, hours, one) == one
