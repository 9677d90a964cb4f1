"""Working days, due dates and moments on a person's own clock.

Monday to Friday are working days, everywhere. The holidays of countries are not known here, nor weekends that fall on
other days; who is off then says so as an absence.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_TIME_TO_ANSWER = 5


# What names no zone is looked for in every place where zones are kept, each time anew.
@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The zone of that IANA name, or UTC if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: the name of a folder of zones ("America") or one too long for a file.
        return ZoneInfo("UTC")


def place(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the zone's clocks show that day and time.

    A time that they show twice is the first one; one that they skip is as much later as they were put forward.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def is_working_day(day: date) -> bool:
    """Whether it is one of Monday to Friday."""
    return day.weekday() < _SATURDAY


def add_working_days(day: date, count: int) -> date:
    """The working day that comes `count` (1 or more) working days after `day`, which need not be one itself."""
    while count > 0:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day


def default_due(now: datetime, zone: str) -> date:
    """The day by which an interview is due unless somebody says otherwise: five working days after today.

    Args:
        now: An aware moment.
        zone: IANA name, which decides what day it is; an unknown one is taken as UTC.
    """
    return add_working_days(now.astimezone(zone_named(zone)).date(), _TIME_TO_ANSWER)


def end_of_day(day: date, zone: str) -> datetime:
    """The moment, in UTC, at which that day is over in the zone; an unknown zone is taken as UTC."""
    return place(day + _ONE_DAY, time(), zone_named(zone))


def describe_day(day: date, today: date) -> str:
    """A day in words, with its year where that is not today's: "Friday 4 December"."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"


def describe_due(due: date, zone: str, now: datetime) -> str:
    """A due date for one person: "Friday 4 December, end of day (Europe/Berlin)".

    Args:
        due: The last day.
        zone: IANA name of the person's zone; an unknown one is taken, and named, as UTC.
        now: An aware moment; the year is named where it is not that of now.
    """
    there = zone_named(zone)
    return f"{describe_day(due, now.astimezone(there).date())}, end of day ({there.key})"
