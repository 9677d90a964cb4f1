"""When somebody is nudged next: by their rhythm, at an hour and on a day on which they may be asked (section 2.2.3).

A time of the rhythm that falls into quiet hours, on a public holiday of the person's country or on a day on which they
are away is moved to the next time that is free; several that are moved to the same time are one. What falls into a
pause is left out, since the rhythm was asked to rest.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from flows.absence import Absence, is_away
from flows.cadence import Cadence, fires_after
from flows.public_holidays import is_public_holiday
from flows.quiet_hours import QuietHours
from flows.reminders import Hours
from flows.working_days import is_working_day, place, zone_named

_ONE_DAY = timedelta(days=1)
_FARTHEST = 3 * 366
"""Days ahead that are looked through; whoever is away for longer is not asked."""
_LOOK_BACK = 60
"""Days before a moment of which something may have been moved behind it; whatever is moved farther is lost."""


class Snooze(StrEnum):
    """How long somebody wants to be left alone."""

    HOUR = "hour"
    DAY = "day"
    MONDAY = "monday"


def next_nudge(
    cadence: Cadence,
    hours: Hours,
    after: datetime,
    pause: Absence | None = None,
    since: datetime | None = None,
) -> datetime | None:
    """The first nudge strictly after `after`.

    Args:
        cadence: How often.
        hours: When the person may be asked; their zone also tells the country.
        after: An aware moment.
        pause: Days on which nobody is to be asked, on the person's clock.
        since: Times of the rhythm up to this moment are over, even if they would be moved behind `after`.

    Returns:
        A moment in UTC, or None where there is none.
    """
    zone = zone_named(hours.zone)
    best: datetime | None = None
    start = _far_enough_back(after, hours)
    for fire in fires_after(cadence, hours.zone, max(start, since) if since else start):
        if best is not None and fire >= best:
            break
        if pause and is_away([pause], fire.astimezone(zone).date()):
            continue
        moved = _move(fire, hours)
        if moved is None:
            break
        if moved > after and (best is None or moved < best):
            best = moved
    return best


def snoozed_until(choice: Snooze, hours: Hours, now: datetime) -> datetime | None:
    """When to ask again, in UTC: on a working day, when the person may be asked; None where that never comes."""
    wanted = _snoozed(choice, hours, now.replace(second=0, microsecond=0))
    day = wanted.astimezone(zone_named(hours.zone)).date()
    if is_working_day(day):
        return _move(wanted, hours)
    return _on_next_day(day, hours.quiet.morning, hours)


def _snoozed(choice: Snooze, hours: Hours, now: datetime) -> datetime:
    there = now.astimezone(zone_named(hours.zone))
    match choice:
        case Snooze.HOUR:
            return now + timedelta(hours=1)
        case Snooze.DAY:
            return place(there.date() + _ONE_DAY, there.time(), zone_named(hours.zone))
        case _:
            monday = there.date() + timedelta(days=7 - there.weekday())
            return place(monday, hours.quiet.morning, zone_named(hours.zone))


def _far_enough_back(after: datetime, hours: Hours) -> datetime:
    """The beginning of the second last free day before a moment: what is due before is not moved behind the moment."""
    zone = zone_named(hours.zone)
    day, free = after.astimezone(zone).date(), 0
    for _ in range(_LOOK_BACK):
        day -= _ONE_DAY
        free += is_working_day(day) and not _is_off(day, hours)
        if free > 1:
            break
    return place(day, time(), zone) - timedelta(microseconds=1)


def _is_off(day: date, hours: Hours) -> bool:
    return is_public_holiday(day, hours.zone) or is_away(hours.away, day)


def _move(moment: datetime, hours: Hours) -> datetime | None:
    """The moment itself, or the first one after it at which the person may be asked."""
    there = moment.astimezone(zone_named(hours.zone))
    day, at = there.date(), there.time()
    if _is_off(day, hours):
        return _on_next_day(day, at, hours)
    if not hours.quiet.hold(at):
        return moment
    ends = _end_on_that_day(hours.quiet, at)
    return place(day, ends, zone_named(hours.zone)) if ends else _on_next_day(day, at, hours)


def _on_next_day(day: date, at: time, hours: Hours) -> datetime | None:
    """That time of day, or the morning where it is quiet then, on the first free working day after `day`."""
    quiet = hours.quiet
    at = (_end_on_that_day(quiet, at) or quiet.morning) if quiet.hold(at) else at
    later = (day + timedelta(days=ahead) for ahead in range(1, _FARTHEST))
    free = next((one for one in later if is_working_day(one) and not _is_off(one, hours)), None)
    return place(free, at, zone_named(hours.zone)) if free else None


def _end_on_that_day(quiet: QuietHours, at: time) -> time | None:
    """When the quiet hours that hold at this time are over, if on the same day; in the early hours, the morning."""
    if quiet.start <= quiet.end:
        return quiet.end
    return quiet.morning if at < quiet.end else None


def catch_up(due: datetime, hours: Hours, now: datetime) -> datetime | None:
    """When to ask what was due: now, or later where the person may not be asked now, as after a time without the app.

    Args:
        due: When it was due.
        hours: When the person may be asked, as known by now.
        now: An aware moment, at or after `due`.

    Returns:
        `now` itself, or a later moment in UTC; None where that never comes.
    """
    zone = zone_named(hours.zone)
    today = now.astimezone(zone).date()
    if today != due.astimezone(zone).date() and not is_working_day(today):
        return _on_next_day(today, hours.quiet.morning, hours)
    return _move(now, hours)
