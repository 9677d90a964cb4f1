"""Days and spans of days in words: "friday", "4 January", "next week", "two weeks". Today is handed in.

For commands, where a text is one day or none; `flows.deadlines` finds dates in the midst of sentences.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NUMBERS = {"a": 1, "an": 1, "couple of": 2, "a couple of": 2} | {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_ONE_DAY = timedelta(days=1)
_TWO_LEAP_YEARS = 9  # 29 February comes once in nine years at the least

_UNIT = r"(?P<unit>day|week|month|year)"
_COUNT = rf"(?P<count>[0-9]{{1,4}}|{'|'.join(_NUMBERS)})"
_PERIOD = re.compile(
    r"(?:(?:the )?(?P<part>end|rest) of )?(?:(?:all|the whole) )?(?:(?P<which>this|the|next) )?"
    r"(?P<unit>week|month|year)"
)
_SPAN = re.compile(rf"(?:(?:the )?(?:next|another|whole|full) )*(?:{_COUNT} )?(?:(?:more|whole|full) )?{_UNIT}s?")
_IN = re.compile(rf"in {_COUNT} {_UNIT}s?(?: time)?")
_WEEKDAY = re.compile(r"(?:(?P<which>this|next|the|coming) )?(?P<name>[a-z]{3,9})\.?")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_YEAR = r"(?: (?P<year>[0-9]{4}))?"
_DATES = (
    re.compile(rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)? ?(?:of )?(?P<name>[a-z]{{3,9}})\.?{_YEAR}"),
    re.compile(rf"(?P<name>[a-z]{{3,9}})\.? ?(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_YEAR}"),
    re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})(?:\. ?(?P<year>[0-9]{4})?)?"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?:/(?P<year>[0-9]{4}))?"),
)


class NoSuchDay(ValueError):
    """The words are no day, or one that the calendar has not."""


def read_days(text: str, today: date) -> tuple[date, date]:
    """The first and the last of the days that some words mean: those of a week, or the same day twice.

    Args:
        text: In small letters, without commas. A weekday, or a date without a year, is the next such day, and may be
            today; what is left of this week, month or year begins today.
        today: The day from which "next" is counted.

    Raises:
        NoSuchDay: They mean none.
        ValueError, OverflowError: It is beyond the calendar.
    """
    said = text.removeprefix("on ").strip()
    if period := _PERIOD.fullmatch(said):
        return _read_period(period, today)
    day = _read_relative(said, today) or _read_weekday(said, today) or _read_date(said, today)
    return day, day


def read_span(text: str, first: date) -> date:
    """The last day of a span that begins on `first`: "3 days", "two weeks", "another month".

    Raises:
        NoSuchDay: It is no span.
        ValueError, OverflowError: It ends beyond the calendar.
    """
    span = _SPAN.fullmatch(text)
    if not span or (text.endswith("s") and not span["count"]):
        raise NoSuchDay(text)
    return _later(first, span) - _ONE_DAY


def is_date(text: str) -> bool:
    """Whether it is a date by its number, with or without a year."""
    return _date_parts(text.removeprefix("on ").strip()) is not None


def last_such_day(text: str, until: date) -> date | None:
    """The last day, up to `until`, that a date without a year means; None if it is no such date, or was never."""
    parts = _date_parts(text.removeprefix("on ").strip())
    if not parts or parts[2]:
        return None
    day, month, _ = parts
    years = range(until.year, until.year - _TWO_LEAP_YEARS, -1)
    return next((then for then in _in_years(day, month, years) if then <= until), None)


def _read_period(period: re.Match[str], today: date) -> tuple[date, date]:
    ahead = 1 if period["which"] == "next" else 0
    if period["unit"] == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(days=7 * ahead)
        last = first + timedelta(days=6)
    elif period["unit"] == "month":
        first = today.replace(day=1) + relativedelta(months=ahead)
        last = first + relativedelta(months=1) - _ONE_DAY
    else:
        first = date(today.year, 1, 1) + relativedelta(years=ahead)
        last = first.replace(month=12, day=31)
    return (last if period["part"] == "end" else max(first, today)), last


def _read_relative(said: str, today: date) -> date | None:
    if said in {"today", "now", "tonight"}:
        return today
    if said == "tomorrow":
        return today + _ONE_DAY
    ahead = _IN.fullmatch(said)
    return _later(today, ahead) if ahead else None


def _later(day: date, counted: re.Match[str]) -> date:
    """The day after that many days, weeks, months or years."""
    said = counted["count"] or "one"
    count = int(said) if said.isdecimal() else _NUMBERS[said]
    if not count:
        raise NoSuchDay(counted[0])
    return day + relativedelta(**{f"{counted['unit']}s": count})  # type: ignore[arg-type]


def _read_weekday(said: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(said)
    number = _named(match["name"], DAYS) if match else None
    if match is None or number is None:
        return None
    if match["which"] == "next":
        return today + timedelta(days=7 - today.weekday() + number)
    return today + timedelta(days=(number - today.weekday()) % 7)


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """The place of the name that begins like this word, counted from 0; a last "s" may be one of many days."""
    return next((place for place, name in enumerate(names) if name.startswith(word) or word == f"{name}s"), None)


def _read_date(said: str, today: date) -> date:
    parts = _date_parts(said)
    if not parts:
        raise NoSuchDay(said)
    day, month, year = parts
    years = range(year, year + 1) if year else range(today.year, today.year + _TWO_LEAP_YEARS)
    found = next((then for then in _in_years(day, month, years) if year or then >= today), None)
    if not found:
        raise NoSuchDay(said)
    return found


def _date_parts(said: str) -> tuple[int, int, int | None] | None:
    """Day, month and year, if there is one; the day and the month may be none of the calendar's."""
    if iso := _ISO.fullmatch(said):
        return int(iso["day"]), int(iso["month"]), int(iso["year"])
    for pattern in _DATES:
        if match := pattern.fullmatch(said):
            return _read_parts(match)
    return None


def _read_parts(match: re.Match[str]) -> tuple[int, int, int | None] | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups["year"] else None
    if "name" in groups:
        number = _named(groups["name"], MONTHS)
        return None if number is None else (int(groups["day"]), number + 1, year)
    day, month = int(groups["day"]), int(groups["month"])
    if "/" not in match[0]:
        return day, month, year
    if day <= 12 and month <= 12 and day != month:  # noqa: PLR2004 - months; 4/1 is in April or in January
        return None
    return (month, day, year) if month > 12 else (day, month, year)  # noqa: PLR2004 - months


def _in_years(day: int, month: int, years: Iterable[int]) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue  # 29 February, or none at all
