"""When digests come: the weekly one on Friday afternoon, the monthly one on the first working morning (2.2.3)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from flows.cadence import Weekly
from flows.nudge_days import next_nudge
from flows.public_holidays import is_public_holiday
from flows.reminders import Hours
from flows.working_days import is_working_day, place, zone_named

_FRIDAY = Weekly(weekday=4, hour=15, minute=0)
_MORNING = time(10)
_ONE_DAY = timedelta(days=1)
_DECEMBER = 12


class DigestKind(StrEnum):
    """Which digest."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class DigestDue:
    """Which digest comes when (in UTC)."""

    at: datetime
    kind: DigestKind


def next_digest(kinds: frozenset[DigestKind], hours: Hours, after: datetime) -> DigestDue | None:
    """The first digest strictly after a moment; None where none is wanted.

    Args:
        kinds: Those that are wanted.
        hours: The clock of whoever owns the project, with the quiet hours; who is away makes no difference.
        after: An aware moment.
    """
    there = Hours(hours.zone, hours.quiet)
    found = []
    if DigestKind.WEEKLY in kinds:
        friday = next_nudge(_FRIDAY, there, after)
        found += [DigestDue(friday, DigestKind.WEEKLY)] if friday else []
    if DigestKind.MONTHLY in kinds:
        found.append(DigestDue(_next_month(there, after), DigestKind.MONTHLY))
    return min(found, key=lambda due: due.at, default=None)


def _next_month(hours: Hours, after: datetime) -> datetime:
    zone = zone_named(hours.zone)
    first = after.astimezone(zone).date().replace(day=1)
    moment = _first_morning(first, hours)
    return moment if moment > after else _first_morning(_month_after(first), hours)


def _first_morning(day: date, hours: Hours) -> datetime:
    while not is_working_day(day) or is_public_holiday(day, hours.zone):
        day += _ONE_DAY
    at = hours.quiet.morning if hours.quiet.hold(_MORNING) else _MORNING
    return place(day, at, zone_named(hours.zone))


def _month_after(day: date) -> date:
    return date(day.year + day.month // _DECEMBER, day.month % _DECEMBER + 1, 1)


def span_of(kind: DigestKind, today: date) -> tuple[date, date]:
    """The days that a digest of this day is about, both included: the last seven days, or the month before."""
    if kind is DigestKind.WEEKLY:
        return today - timedelta(days=6), today
    last = today.replace(day=1) - _ONE_DAY
    return last.replace(day=1), last
