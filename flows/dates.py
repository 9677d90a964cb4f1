"""One day in plain words, as an answer: "31.12.2026", "tomorrow", "in two weeks", "next Friday", "end of March"."""

import re
from datetime import date, timedelta

from flows.deadlines import find_deadlines
from flows.plain_text import to_plain_text

_LONGEST = 200
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAD = r"(?:(?:on|by|until|till|due|from|it is|the)\s)*"
_WEEKDAY = re.compile(rf"{_LEAD}(?:(?P<which>next|this|coming)\s)?(?P<name>{'|'.join(_WEEKDAYS)}|[a-z]{{3}})")
_SOON = {"today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2}
_NEAR = re.compile(rf"{_LEAD}(?P<when>{'|'.join(_SOON)})")
_YEAR = re.compile(r"\b(?:1[0-9]|2[01])[0-9]{2}\b(?!\s?(?:day|week|month))|\b[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}\b")
_OTHERWISE = re.compile(
    r"[0-9]|\b(?:or|and|to|not|no|never|after|since|from|last|past|ago|between|than|early|late|later|earlier|before"
    r"|weeks?|months?|days?|years?)\b"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LONG_SPAN = (
    r"(?:the\s)?(?:(?:jan|feb|mar|mär|apr|ma[iy]|jun|jul|aug|sep|oct|okt|nov|de[cz])[a-zä]*\b\.?(?!\s?[0-9]{1,2}\b)"
    r"|[qh][1-4]\b|fy|20[0-9]{2}\b)"
)
_WHOLE_SPAN = re.compile(
    r"(?:\w+\s)??(?:the\s)?(?:this|next|coming|following)\s(?:week|month|quarter|year)", re.IGNORECASE
)
_SAME_SHAPE = (
    (re.compile(r"\b([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})\b"), r"\1-\2-\3"),
    (re.compile(r"(?<![\w-])([0-9]{1,2})-([0-9]{1,2})-([0-9]{4}|[0-9]{2})(?![\w-])"), r"\1/\2/\3"),
    (re.compile(r"^(?:on |by )?([0-9]{1,2}/[0-9]{1,2})$"), r"by \1"),
    # "In March" is no one day, and told to be none only without its "in".
    (re.compile(rf"\b(?:in|on|at|during|for|over|within|due)\s(?={_LONG_SPAN})", re.IGNORECASE), ""),
)
_SHORT_DOTTED = re.compile(r"(?:on |by )?([0-9]{1,2})\.\s?([0-9]{1,2})\.")


def find_days(text: str, today: date) -> tuple[date, ...]:
    """The day that is meant; two when the words can be read in two ways (03/04/2026), none when they name no one day.

    Whole months and quarters name no day, but their ends and beginnings do. Without a year the next such day is meant.
    """
    if len(text) > _LONGEST:
        return ()
    plain = to_plain_text(text).strip()
    dotted = _SHORT_DOTTED.fullmatch(plain.casefold())
    if dotted:
        return _next_such_day(int(dotted[1]), int(dotted[2]), today)
    plain = plain.strip(" .!")
    for pattern, same in _SAME_SHAPE:
        plain = pattern.sub(same, plain)
    said = plain.casefold()
    near = _NEAR.fullmatch(said)
    if near:
        return (today + timedelta(_SOON[near["when"]]),)
    weekday = _WEEKDAY.fullmatch(said)
    if weekday:
        return _find_weekday(weekday["name"], weekday["which"] or "", today)
    return _find_day(plain, today)


def is_year_written(text: str) -> bool:
    """Whether the text names a year, so that a past day was meant as such."""
    return _YEAR.search(to_plain_text(text[:_LONGEST])) is not None


def _find_weekday(name: str, which: str, today: date) -> tuple[date, ...]:
    number = next((place for place, day in enumerate(_WEEKDAYS) if day.startswith(name)), None)
    if number is None:
        return ()
    ahead = (number - today.weekday()) % 7
    coming = today + timedelta(ahead)
    if not ahead:
        return (coming + timedelta(7),) if which == "next" else (coming, coming + timedelta(7))
    if which == "next" and number > today.weekday():
        return coming, coming + timedelta(7)
    return (coming,)


def _next_such_day(day: int, month: int, today: date) -> tuple[date, ...]:
    try:
        this_year = date(today.year, month, day)
        return (this_year if this_year >= today else date(today.year + 1, month, day),)
    except ValueError:
        return ()


def _find_day(plain: str, today: date) -> tuple[date, ...]:
    # A day with its year is the same whenever it is read, and only so is a past one read without a doubt.
    if _WHOLE_SPAN.fullmatch(plain):
        return ()
    seen_from = date.min if is_year_written(plain) else today
    found = find_deadlines(plain, seen_from)
    if len(found) != 1:
        return ()
    deadline = found[0]
    rest = f"{plain[: deadline.start]} {plain[deadline.end :]}"
    if deadline.day is None or _OTHERWISE.search(rest.casefold()):
        return ()
    if not _FIRST_YEAR <= deadline.day.year <= _LAST_YEAR:
        return ()
    if deadline.two_ways:
        return _both_ways(deadline.day, today, plain)
    return (deadline.day,) if not deadline.doubt or deadline.day < seen_from else ()


def _both_ways(day: date, today: date, plain: str) -> tuple[date, ...]:
    if is_year_written(plain):
        return day, date(day.year, day.day, day.month)
    return day, *_next_such_day(day.month, day.day, today)


def say_day(day: date) -> str:
    """A day in words that nobody reads in two ways: "31 December 2026"."""
    return f"{day.day} {day:%B} {day.year}"
