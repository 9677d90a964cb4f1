"""When digests come and what each is about: weekly on Friday afternoon, monthly on the first working morning (2.2.3).

Each begins where the one before ended, so that nothing is told twice and nothing is lost.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from flows.cadence import Weekly
from flows.nudge_days import next_nudge
from flows.public_holidays import is_public_holiday
from flows.reminders import Hours
from flows.working_days import is_working_day, place, zone_named

_FRIDAY = Weekly(weekday=4, hour=15, minute=0)
_MORNING = time(10)
_ONE_DAY = timedelta(days=1)
_BEGINNING = datetime.min.replace(tzinfo=UTC)
_DECEMBER = 12


class DigestKind(StrEnum):
    """Which digest."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Told:
    """How far a digest told: when it was drawn (in UTC), and the last day that it was about."""

    at: datetime
    last: date


@dataclass(frozen=True)
class Span:
    """What a digest is about.

    Attributes:
        first: Its first day.
        last: Its last day.
        since: What is about an earlier day belongs here, too, if it was logged after this moment; None where it does
            not.
        until: When it is drawn; what is logged later belongs to the next one.
    """

    first: date
    last: date
    since: datetime | None
    until: datetime

    def reaches(self, day: date, at: datetime) -> bool:
        """Whether something about a day that was logged at a moment is known by the end of the span."""
        return day <= self.last and at <= self.until

    def holds(self, day: date, at: datetime) -> bool:
        """Whether it belongs into the span, and so into no other one."""
        is_new = day >= self.first or (self.since is not None and at > self.since)
        return self.reaches(day, at) and is_new


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


def span_of(kind: DigestKind, today: date, now: datetime, told: Told | None) -> Span:
    """What the digest that is drawn now is about: all since the one before, up to today or the end of last month.

    Args:
        kind: Which digest.
        today: The day on which it comes.
        now: The moment at which it is drawn.
        told: How far the one before told; None for the first one, which tells all that was ever logged.
    """
    since = told.at if told else _BEGINNING
    if kind is DigestKind.WEEKLY:
        first = told.last + _ONE_DAY if told else last_week(today, now).first
        return Span(first, today, since, now)
    last = today.replace(day=1) - _ONE_DAY
    return Span(last.replace(day=1), last, since, now)


def last_week(today: date, now: datetime) -> Span:
    """The last seven days, whatever was told of them already."""
    return Span(today - timedelta(days=6), today, None, now)
