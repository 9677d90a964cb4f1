"""When a nudge is due (chapter 2, section 2.2.3).

Times of day are those of the person's own clock. The next time comes from APScheduler's cron trigger, which is run on
the wall clock and then placed in the zone: a time that daylight saving skips comes at the next minute that exists, one
that it repeats comes once. APScheduler alone would fire twice or late on those days.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from flows.working_days import zone_named

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CODES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEK = timedelta(days=7)
_LONGEST_REST = 52


class CadenceError(Exception):
    """The words name no cadence; the message says what to type instead."""


class _At(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    hour: int = Field(default=9, ge=0, le=23)
    minute: int = Field(default=30, ge=0, le=59)


class Weekly(_At):
    """Once a week; `weekday` 0 is Monday."""

    kind: Literal["weekly"] = "weekly"
    weekday: int = Field(ge=0, le=6)


class Weekdays(_At):
    """Monday to Friday."""

    kind: Literal["weekdays"] = "weekdays"


class EveryWeeks(_At):
    """Once every so many weeks, counted from the week of `anchor`."""

    kind: Literal["every_weeks"] = "every_weeks"
    weeks: int = Field(ge=2, le=_LONGEST_REST)
    weekday: int = Field(ge=0, le=6)
    anchor: date


class Cron(BaseModel):
    """A cron expression of five fields, with the usual meaning: in the last one 0 and 7 are Sunday, 1 is Monday."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["cron"] = "cron"
    expression: str


class Never(BaseModel):
    """No nudges."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["never"] = "never"


Cadence = Weekly | Weekdays | EveryWeeks | Cron | Never
_CADENCE: TypeAdapter[Cadence] = TypeAdapter(Annotated[Cadence, Field(discriminator="kind")])

# What the kickoff form offers. The fortnight is counted from the first Monday of 2024.
MONDAYS = Weekly(weekday=0)
FORTNIGHT = EveryWeeks(weeks=2, weekday=0, anchor=date(2024, 1, 1))
WEEKDAYS = Weekdays()
NEVER = Never()


def dump_cadence(cadence: Cadence) -> dict[str, Any]:
    """A cadence as JSON."""
    return cadence.model_dump(mode="json")


def load_cadence(stored: dict[str, Any]) -> Cadence:
    """The cadence that `dump_cadence` wrote."""
    return _CADENCE.validate_python(stored)


def next_due(cadence: Cadence, zone: str, after: datetime) -> datetime | None:
    """The first time strictly after `after`.

    Args:
        cadence: How often.
        zone: IANA name; an unknown one is taken as UTC.
        after: An aware moment.

    Returns:
        A moment in UTC, or None when there is no such time.
    """
    return next(fires_after(cadence, zone, after), None)


def fires_after(cadence: Cadence, zone: str, after: datetime) -> Iterator[datetime]:
    """All times strictly after `after`, in UTC and in order; arguments as for `next_due`."""
    there = zone_named(zone)
    for wall in _wall_times(cadence, after.astimezone(there).replace(tzinfo=None)):
        moment = _place(wall, there)
        if moment > after:
            yield moment


def describe_cadence(cadence: Cadence, zone: str) -> str:
    """A cadence in words: "every Monday at 09:30 (Europe/Berlin)"."""
    match cadence:
        case Weekly():
            return f"every {_DAYS[cadence.weekday]} at {_clock(cadence)} ({zone})"
        case Weekdays():
            return f"every weekday at {_clock(cadence)} ({zone})"
        case EveryWeeks():
            return f"every {cadence.weeks} weeks on {_DAYS[cadence.weekday]} at {_clock(cadence)} ({zone})"
        case Cron():
            return f"by the rule {cadence.expression} ({zone})"
        case _:
            return "never"


def describe_moment(moment: datetime, zone: str, now: datetime | None = None) -> str:
    """A moment on the person's own clock: "Monday 30 November, 09:30 (Europe/Berlin)".

    Args:
        moment: An aware moment.
        zone: IANA name; an unknown one is taken as UTC.
        now: An aware moment; the year is named where it is not that of now, and left out where now is not given.
    """
    there = moment.astimezone(zone_named(zone))
    year = f" {there.year}" if now and there.year != now.astimezone(zone_named(zone)).year else ""
    return f"{_DAYS[there.weekday()]} {there.day} {_MONTHS[there.month - 1]}{year}, {there:%H:%M} ({zone})"


def _clock(at: _At) -> str:
    return f"{at.hour:02d}:{at.minute:02d}"


def _place(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the zone's clocks first show `wall`, or the first later minute that they do show."""
    while True:
        moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            return moment
        wall += timedelta(minutes=1)


def _wall_times(cadence: Cadence, after: datetime) -> Iterator[datetime]:
    """Times on the wall clock from shortly before `after` on; a repeated hour may show one that is over."""
    match cadence:
        case Never():
            return iter(())
        case Cron():
            return _fires(_cron_fields(cadence.expression), after)
        case Weekdays():
            return _fires({"day_of_week": "mon-fri", "hour": cadence.hour, "minute": cadence.minute}, after)
        case Weekly():
            return _weekly(cadence, after)
        case _:
            monday = cadence.anchor - timedelta(days=cadence.anchor.weekday())
            fires = _weekly(cadence, after)
            return (fire for fire in fires if (fire.date() - monday) // _WEEK % cadence.weeks == 0)


def _weekly(cadence: Weekly | EveryWeeks, after: datetime) -> Iterator[datetime]:
    return _fires({"day_of_week": _CODES[cadence.weekday], "hour": cadence.hour, "minute": cadence.minute}, after)


def _fires(fields: dict[str, Any], after: datetime) -> Iterator[datetime]:
    trigger = CronTrigger(**fields, timezone=UTC)
    fire = trigger.get_next_fire_time(None, after.replace(tzinfo=UTC))
    while fire is not None:
        yield fire.replace(tzinfo=None)
        fire = trigger.get_next_fire_time(None, fire + timedelta(seconds=1))


# Reading a cadence

_EXAMPLE = "For example: nudge weekly mon 09:30"
_TIME = re.compile(r"\b(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?(?:m\b\.?)?(?:\s*o'clock)?")
_CRON = re.compile(r"^cron\s+[\"'“”„]?(.+?)[\"'“”]?$")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "other": 2, "second": 2}
_OFF = frozenset({"off", "never", "stop", "none", "no", "end"})
_FILLERS = frozenset({"on", "at", "each", "every", "the"})
_NOON = 12


def parse_cadence(text: str, today: date) -> Cadence:
    """Read a cadence: "weekly mon 09:30", "weekdays 10:00", "every 2 weeks fri 16:00", "cron …", "off".

    Args:
        text: What was typed; without a time of day, 09:30 is meant.
        today: The person's own date; every-n-weeks counts from its week.

    Raises:
        CadenceError: It is no cadence.
    """
    said = " ".join(text.strip().strip(".").casefold().split())
    cron = _CRON.match(said)
    if cron:
        return _read_cron(cron[1].strip(), today)
    if said in _OFF:
        return NEVER
    hour, minute, rest = _take_time(said)
    words = rest.split()
    weeks = _take_weeks(words)
    days = [day for word in words if (day := _read_day(word)) is not None]
    unread = [word for word in words if _read_day(word) is None and word not in _FILLERS]
    at = {"hour": hour, "minute": minute}
    if unread in (["weekdays"], ["weekday"], ["daily"], ["day"], ["workdays"], ["workday"]) and not days:
        return Weekdays(**at)
    if unread not in ([], ["weekly"], ["week"]) or len(days) > 1 or not (days or unread or weeks > 1):
        raise CadenceError(_explain(said))
    weekday = days[0] if days else 0
    if weeks == 1:
        return Weekly(weekday=weekday, **at)
    return EveryWeeks(weeks=weeks, weekday=weekday, anchor=today, **at)


def _explain(said: str) -> str:
    if not said:
        return f"Say how often. {_EXAMPLE}, or weekdays 10:00, every 2 weeks fri 16:00, off."
    if "month" in said:
        return 'For once a month use a cron rule. For example: nudge cron "30 9 1 * *"'
    return f"I could not read that as a rhythm. {_EXAMPLE}, or weekdays 10:00, every 2 weeks fri 16:00, off."


def _take_time(said: str) -> tuple[int, int, str]:
    """The time of day, and the words without it."""
    without_weeks = re.sub(r"\b\d{1,2}(?=\s+weeks?\b|-weekly\b)", lambda found: "#" * len(found[0]), said)
    found = list(_TIME.finditer(without_weeks))
    if not found:
        return 9, 30, said
    if len(found) > 1:
        raise CadenceError(f"I read two times of day in that. {_EXAMPLE}")
    hour, minute, half = int(found[0][1]), int(found[0][2] or 0), found[0][3]
    if half:
        if not 1 <= hour <= _NOON:
            raise CadenceError(f"There is no such time of day. {_EXAMPLE}")
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        time(hour, minute)
    except ValueError:
        raise CadenceError(f"There is no such time of day. {_EXAMPLE}") from None
    return hour, minute, said[: found[0].start()] + " " + said[found[0].end() :]


def _take_weeks(words: list[str]) -> int:
    """How many weeks lie between two nudges; the words that say so are taken out of the list."""
    for word in ("biweekly", "fortnightly", "fortnight"):
        if word in words:
            words.remove(word)
            return 2
    for place, word in enumerate(words[:-1]):
        weeks = _NUMBERS.get(word) or (int(word) if word.isdecimal() else 0)
        if weeks and words[place + 1] in {"week", "weeks"}:
            if weeks > _LONGEST_REST:
                raise CadenceError("The longest rest is 52 weeks. For example: nudge every 4 weeks mon 09:30")
            del words[place : place + 2]
            return weeks
    return 1


_SHORTEST_DAY = 3


def _read_day(word: str) -> int | None:
    name = word.removesuffix("s") if len(word) > _SHORTEST_DAY else word
    if len(name) < _SHORTEST_DAY:
        return None
    return next((number for number, day in enumerate(_DAYS) if day.casefold().startswith(name)), None)


_CRON_EXAMPLE = 'For example: nudge cron "30 9 * * 1-5"'
_LOOK_AHEAD = 60
_HOUR = timedelta(hours=1)


def _read_cron(expression: str, today: date) -> Cron:
    try:
        fires = list(islice(_fires(_cron_fields(expression), datetime.combine(today, time())), _LOOK_AHEAD))
    except ValueError:
        raise CadenceError(f"That is not a cron rule that I can read. {_CRON_EXAMPLE}") from None
    if not fires:
        raise CadenceError(f"That cron rule never comes true. {_CRON_EXAMPLE}")
    if any(later - earlier < _HOUR for earlier, later in pairwise(fires)):
        raise CadenceError(f"That would be more than once an hour. {_CRON_EXAMPLE}")
    return Cron(expression=expression)


def _cron_fields(expression: str) -> dict[str, Any]:
    """The fields for APScheduler, which numbers weekdays from Monday where cron numbers them from Sunday.

    Raises:
        ValueError: It is no cron expression of five fields.
    """
    minute, hour, day, month, weekday = expression.split()
    if day != "*" and weekday != "*":
        # Cron means "either", APScheduler "both": rather refused than misread.
        raise ValueError("a day of the month and a weekday together")
    fields = {"minute": minute, "hour": hour, "day": day, "month": month}
    return fields if weekday == "*" else {**fields, "day_of_week": _cron_weekdays(weekday)}


def _cron_weekdays(field: str) -> str:
    days: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = ("0-6" if span == "*" else span).partition("-")
        low, high = _cron_day(first), _cron_day(last) if last else _cron_day(first)
        if high < low or (step and int(step) < 1):
            raise ValueError("weekdays out of order")
        # Sunday comes first in cron (0) and last (7); Monday is APScheduler's first.
        days.update((number - 1) % 7 for number in range(low, high + 1, int(step or 1)))
    return ",".join(_CODES[day] for day in sorted(days))


def _cron_day(text: str) -> int:
    if text in _CODES:
        return (_CODES.index(text) + 1) % 7
    number = int(text)
    if not 0 <= number <= 7:  # noqa: PLR2004 - cron's own numbers
        raise ValueError("no such weekday")
    return number
