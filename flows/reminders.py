"""When somebody who has not finished an interview is reminded of it, and when its owner is told instead.

Three reminders at most. Each comes in the person's own morning, never in quiet hours, at a weekend, on a day away or
within 20 hours of something that the person did. The first comes on the next working morning, the second two working
days after it, the third three after that; closer together, though never on one day, if else they would not all come
by the due date. One working day after the third, or when the due date is over, it is the owner's turn.

The holidays of countries are not known (see `flows.working_days`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from flows.absence import Absence, is_away
from flows.quiet_hours import QuietHours
from flows.working_days import add_working_days, end_of_day, is_working_day, place, zone_named

AT_MOST = 3
"""How many reminders one person gets for one interview."""

_REST = timedelta(hours=20)
_ONE_DAY = timedelta(days=1)
_WORKING_DAYS_BEFORE = (1, 2, 3)
# Longer than any absence that can be typed; a status that ends later still is as good as one without an end.
_HORIZON = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Hours:
    """When a person may be written to.

    Attributes:
        zone: IANA name of the zone the person is in; an unknown one is taken as UTC.
        quiet: The quiet hours.
        away: The days on which the person is away: those that were typed, and what Slack's status says now. One
            without an end is taken to be over tomorrow, and looked at again then.
    """

    zone: str
    quiet: QuietHours = field(default_factory=QuietHours)
    away: tuple[Absence, ...] = ()


@dataclass(frozen=True)
class Silence:
    """What happened last in an interview that is not finished; moments are aware.

    Attributes:
        last_active: When the person last did something in it, or was asked to begin.
        sent: How many reminders were sent.
        last_sent: When the last of them was; None when none was.
    """

    last_active: datetime
    sent: int = 0
    last_sent: datetime | None = None


class Step(StrEnum):
    """What to do about an interview that is not finished."""

    REMIND = "remind"
    TELL_OWNER = "tell_owner"


@dataclass(frozen=True)
class Planned:
    """What to do next, and when (in UTC)."""

    step: Step
    at: datetime


def next_step(silence: Silence, person: Hours, owner: Hours, due: date | None, now: datetime) -> Planned | None:
    """What comes next for somebody who has not finished.

    Args:
        silence: What happened last.
        person: When the person may be reminded.
        owner: When the kickoff's owner may be told.
        due: The last day for the interview, as counted in the person's zone. Once they did something after it, it
            counts no more.
        now: An aware moment. What should have happened before it is due now, or when it next may be.

    Returns:
        What and when; None when there is neither a reminder to come nor a due date, or when everything lies more than
        three years ahead.
    """
    if due and end_of_day(due, person.zone) <= silence.last_active:
        due = None  # Who does something after that day is not late for it a second time.
    reminder = next_reminder(silence, person, due)
    if reminder and reminder <= now:
        reminder = postpone(now, person, due)
    if reminder:
        return Planned(Step.REMIND, reminder)
    telling = next_telling(silence, person, owner, due)
    if telling and telling <= now:
        telling = postpone(now, owner)
    return Planned(Step.TELL_OWNER, telling) if telling else None


def next_reminder(silence: Silence, person: Hours, due: date | None = None) -> datetime | None:
    """When to remind the person next, in UTC; this may be over already if it was asked for late.

    Args:
        silence: What happened last.
        person: When the person may be reminded.
        due: The last day for the interview, as counted in the person's zone.

    Returns:
        The moment; None when three were sent, or when there is no morning left up to the due date.
    """
    if silence.sent >= AT_MOST:
        return None
    earliest = next(_mornings(_day_after(silence, person), silence.last_active + _REST, person), None)
    usual = next(_mornings(_usual_day(silence, person), silence.last_active + _REST, person), None)
    if earliest is None or usual is None:
        return None
    if due is None:
        return usual
    latest = _latest(AT_MOST - silence.sent, earliest, due, person)
    return min(usual, latest) if latest else None


def next_telling(silence: Silence, person: Hours, owner: Hours, due: date | None = None) -> datetime | None:
    """When to tell the owner that the person has not finished, in UTC; this may be over already.

    That is the owner's first working morning after the one that follows the third reminder for the person, or after
    the due date is over if that comes first.

    Args:
        silence: What happened last.
        person: Whose interview it is; their absence makes no difference.
        owner: When the owner may be told.
        due: The last day for the interview, as counted in the person's zone.

    Returns:
        The moment; None when reminders are still to come and there is no due date.
    """
    ends = [end_of_day(due, person.zone)] if due else []
    if silence.sent >= AT_MOST:
        there = Hours(person.zone, person.quiet)
        ends += _first(_mornings(_next_working_day(silence, there), silence.last_active + _REST, there))
    if not ends:
        return None
    over = min(ends)
    return next(_mornings(over.astimezone(zone_named(owner.zone)).date(), over, owner), None)


def postpone(moment: datetime, person: Hours, due: date | None = None) -> datetime | None:
    """The first moment from this one on at which the person may be written to: this one, or else some morning, in UTC.

    Args:
        moment: An aware moment, at which something is to be sent.
        person: When the person may be written to, as known by then.
        due: The last day on which it makes sense to send it.

    Returns:
        The moment; None when it would come after the due date, or lies more than three years ahead.
    """
    local = moment.astimezone(zone_named(person.zone))
    if _may_write(local, person) and not is_away(person.away, local.date()):
        found: datetime | None = moment
    else:
        # An absence without an end is over tomorrow, whenever it began.
        first = local.date() + _ONE_DAY if is_away(person.away, local.date()) else local.date()
        found = next(_mornings(first, moment, person), None)
    if found and due and found.astimezone(zone_named(person.zone)).date() > due:
        return None
    return found


def _may_write(local: datetime, person: Hours) -> bool:
    """Whether the person's clock and calendar allow it, apart from absences without an end."""
    known = [absence for absence in person.away if absence.last]
    return is_working_day(local) and not person.quiet.hold(local.time()) and not is_away(known, local.date())


def _morning(day: date, person: Hours) -> datetime | None:
    """When to write to the person on that day, in UTC; None when that day allows it at no time."""
    zone = zone_named(person.zone)
    moment = place(day, person.quiet.morning, zone)
    local = moment.astimezone(zone)
    if local.date() != day or not _may_write(local, person):
        return None  # The clocks skip that morning, or it is no day for it.
    begun_then = any(absence.last is None and absence.first == day for absence in person.away)
    return None if begun_then else moment


def _mornings(first: date, after: datetime, person: Hours) -> Iterator[datetime]:
    """The mornings from that day and that moment on, as far as the horizon."""
    first = max(first, after.astimezone(zone_named(person.zone)).date())
    for ahead in range(_HORIZON.days):
        moment = _morning(first + timedelta(days=ahead), person)
        if moment and moment >= after:
            yield moment


def _first(moments: Iterator[datetime]) -> list[datetime]:
    return [moment for moment in [next(moments, None)] if moment]


def _latest(to_come: int, earliest: datetime, due: date, person: Hours) -> datetime | None:
    """When the next of so many reminders must come so that the last one is there by the due date.

    Where there are not mornings enough it is the earliest; None when even that is after the due date.
    """
    day, first = due, earliest.astimezone(zone_named(person.zone)).date()
    latest = None
    while day >= first and to_come:
        moment = _morning(day, person)
        if moment:
            latest, to_come = moment, to_come - 1
        day -= _ONE_DAY
    return latest


def _last_day(silence: Silence, person: Hours) -> date:
    """The person's date when they were last reminded, or else last did something."""
    return (silence.last_sent or silence.last_active).astimezone(zone_named(person.zone)).date()


def _day_after(silence: Silence, person: Hours) -> date:
    return _last_day(silence, person) + _ONE_DAY


def _next_working_day(silence: Silence, person: Hours) -> date:
    return add_working_days(_last_day(silence, person), 1)


def _usual_day(silence: Silence, person: Hours) -> date:
    return add_working_days(_last_day(silence, person), _WORKING_DAYS_BEFORE[silence.sent])
