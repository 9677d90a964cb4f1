"""On which days somebody is away: as typed after `/ml-kickoff away`, or as their Slack status says. Days are whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flows.calendar_words import NoSuchDay, is_date, last_such_day, read_days, read_span
from flows.working_days import describe_day

_ONE_DAY = timedelta(days=1)
_FARTHEST = timedelta(days=2 * 366)


class AbsenceError(Exception):
    """The words name no days; the message says what to type instead."""


@dataclass(frozen=True)
class Absence:
    """Days on which somebody is away.

    Attributes:
        first: The first day.
        last: The last day; None when it is not known.
    """

    first: date
    last: date | None


def is_away(absences: Iterable[Absence], day: date) -> bool:
    """Whether one of them is on that day; one without an end is on every day from its first."""
    return any(absence.first <= day <= (absence.last or day) for absence in absences)


def describe_absence(absence: Absence, today: date) -> str:
    """An absence in words, to follow "away": "until Friday 4 December", "on …", "from … until …"."""
    first, last = absence.first, absence.last
    begin = f"from {describe_day(first, today)}"
    if last is None:
        return begin if first > today else "for now"
    if first == last:
        return "today" if first == today else f"on {describe_day(first, today)}"
    end = f"until {describe_day(last, today)}"
    return f"{begin} {end}" if first > today else end


# What is typed

_EXAMPLES = "For example: /ml-kickoff away until friday, away for two weeks, away 24 to 31 December"
_LONGEST = 200  # characters; whoever says more says no days
_SHOWN = 60
_UNTIL = r"(?:until|till|til|to|through|thru|up to)"
_FROM = r"(?:from|starting|beginning)"

_BACK = re.compile(r"(?:(?:i'm|i am) )?(?:back|here)(?: (?:again|now|today))*|off|no|none|stop|end|clear|not away")
_LEAD = re.compile(
    r"(?:(?:i'm|i am|i'll be|i will be|and|away|out of (?:the )?office|out|ooo|off|sick"
    r"|(?:on )?(?:holidays?|vacation|leave|annual leave|parental leave|pto)) )*"
)
_UP_TO_NEXT = re.compile(rf"{_UNTIL} (next (?:week|month|year))")
_UP_TO = re.compile(rf"(?:{_FROM} )?(?:(?:now|today) )?{_UNTIL} (.+)")
_SLASHED = re.compile(r"\b[0-9]{1,2}/[0-9]{1,2}\b")
_BACK_ON = re.compile(r"(?:back|returning|return)(?: again)?(?: from)? (.+)")
_STARTING = re.compile(rf" {_FROM} ")
_BEGINNING = re.compile(rf"{_FROM} (?P<first>.+?) for (?P<span>.+)")
_BETWEEN = re.compile(rf"(?:(?:{_FROM}|between) )?(?P<first>.+?) (?:{_UNTIL}|and|-) (?P<last>.+)")
_IN_ONE_MONTH = re.compile(
    rf"(?:(?:{_FROM}|between) )?(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)? ?(?:{_UNTIL}|and|-) ?"
    r"(?:the )?(?P<last>[0-9]{1,2}[^0-9].+)"
)


def read_absence(text: str, today: date) -> Absence | None:
    """Read the days of an absence: "until friday", "for two weeks", "24 to 31 December", "back on 7 January", "off".

    A weekday, or a date without a year, is the next such day, and may be today. The last day that is named is still
    away; but somebody is back on the day after "back on", and on Monday after "until next week".

    Args:
        text: What was typed.
        today: The person's own date.

    Returns:
        The absence; None if the person is not away, or no longer.

    Raises:
        AbsenceError: It names no days, or days that are over, out of order or more than two years ahead.
    """
    said = _plain(text)
    if not said:
        raise AbsenceError(f"Say until when you are away. {_EXAMPLES}; away off when you are back.")
    if _BACK.fullmatch(said):
        return None
    try:
        first, last = _read(_LEAD.sub("", said, count=1), today)
    except (ValueError, OverflowError):
        if _SLASHED.search(said):
            raise AbsenceError("Write the month as a word. For example: /ml-kickoff away until 4 January.") from None
        raise AbsenceError(f"I could not read “{_shortened(text)}” as days. {_EXAMPLES}.") from None
    if last < today:
        raise AbsenceError(f"{describe_day(last, today)} is already over. {_EXAMPLES}.")
    if last < first:
        raise AbsenceError(f"That ends before it begins. {_EXAMPLES}.")
    if last - today > _FARTHEST:
        raise AbsenceError(f"I look at most two years ahead. {_EXAMPLES}.")
    return Absence(first, last)


def _shortened(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def _plain(text: str) -> str:
    """The text in small letters, without marks that make no difference, a dash between two days standing alone."""
    said = re.sub(r"[–—−]", " - ", text.casefold().replace("’", "'"))
    said = re.sub(r"(?<=[a-z.])\s*-\s*(?=[0-9a-z])", " - ", re.sub(r"[,;!“”\"*_()]", " ", said))
    return " ".join(said.split()).strip(" .:-")


def _read(said: str, today: date) -> tuple[date, date]:
    """The first and the last day.

    Raises:
        ValueError, OverflowError: It names none, or one that the calendar has not.
    """
    if len(said) > _LONGEST:
        raise NoSuchDay(said)
    if match := _UP_TO_NEXT.fullmatch(said):
        return today, read_days(match[1], today)[0] - _ONE_DAY
    if match := _UP_TO.fullmatch(said):
        return today, read_days(match[1], today)[1]
    if match := _BACK_ON.fullmatch(said):
        return today, _day_back(match[1], today) - _ONE_DAY
    if match := _BEGINNING.fullmatch(said):
        return _lasting(match["span"], match["first"], today)
    if match := _IN_ONE_MONTH.fullmatch(said):
        last = read_days(match["last"], today)[1]
        return last.replace(day=int(match["day"])), last
    if match := _BETWEEN.fullmatch(said):
        return _between(match["first"], match["last"], today)
    try:
        return read_days(said.removeprefix("for "), today)
    except NoSuchDay:
        span, *first = _STARTING.split(said.removeprefix("for "), maxsplit=1)
        return _lasting(span, first[0] if first else "today", today)


def _day_back(said: str, today: date) -> date:
    """The day on which somebody is back; who says on a Friday "back on Friday" means the next one."""
    day = read_days(said, today)[0]
    return day if day > today else read_days(said, today + _ONE_DAY)[0]


def _lasting(span: str, first: str, today: date) -> tuple[date, date]:
    begin = read_days(first, today)[0]
    return begin, read_span(span, begin)


def _between(first: str, last: str, today: date) -> tuple[date, date]:
    if is_date(last):
        # "24 December to 4 January" may have begun, so the first is looked for from the last.
        end = read_days(last, today)[1]
        begin = last_such_day(first, end)
        if begin:
            return begin, end
    begin = read_days(first, today)[0]
    return begin, read_days(last, begin)[1]
