"""When somebody is nudged next: by their rhythm, and never on a public holiday of their country (section 2.2.3)."""

from datetime import datetime, timedelta

from flows.cadence import Cadence, EveryWeeks, Weekly, next_due
from flows.public_holidays import is_public_holiday
from flows.working_days import is_working_day, place, zone_named

_LONGEST = 30
"""After so many holidays in a row a rhythm is taken to name nothing else: then it never comes."""

_WEEKEND = timedelta(days=4)
"""A daily rhythm rests for so long at most, holidays aside."""


def next_nudge(cadence: Cadence, zone: str, after: datetime) -> datetime | None:
    """The first nudge strictly after `after`.

    One of a weekly rhythm that falls on a public holiday comes on the next working day, at the same time of day. Of a
    rhythm that comes oftener it is left out, as the next one is near.

    Args:
        cadence: How often.
        zone: IANA name, which also tells the country; an unknown one is taken as UTC, without holidays.
        after: An aware moment.

    Returns:
        A moment in UTC, or None where there is none.
    """
    for _ in range(_LONGEST):
        due = next_due(cadence, zone, after)
        if due is None or not _is_off(due, zone):
            return due
        if isinstance(cadence, Weekly | EveryWeeks):
            return _on_next_working_day(due, zone)
        after = due
    return None


def previous_nudge(cadence: Cadence, zone: str, due: datetime) -> datetime:
    """When the nudge before this one came; as long ago as the next one is ahead, where no such time is found."""
    following = next_nudge(cadence, zone, due)
    apart = following - due if following else timedelta(days=7)
    before = due - apart
    found = next_nudge(cadence, zone, before - apart - _WEEKEND)
    while found is not None and found < due:
        before = found
        found = next_nudge(cadence, zone, found)
    return before


def _is_off(moment: datetime, zone: str) -> bool:
    return is_public_holiday(moment.astimezone(zone_named(zone)).date(), zone)


def _on_next_working_day(due: datetime, zone: str) -> datetime:
    there = due.astimezone(zone_named(zone))
    day = there.date() + timedelta(days=1)
    while not is_working_day(day) or is_public_holiday(day, zone):
        day += timedelta(days=1)
    return place(day, there.time(), zone_named(zone))
