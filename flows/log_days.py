"""The day that a line of the log is about: "yesterday", "on Monday", "23 Nov" (section 2.2.3; K36).

A date that says which data it was, or until when something is due, is no day of work. Where that cannot be told, or two
days are named, it is asked.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.activity import EXAMPLE, EntryError
from flows.calendar_words import DAYS, MONTHS

OLDEST = 60
"""Days that an entry may be late."""

_MONTH = 12
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_MONTHS = tuple(name[:3] for name in MONTHS)
_NAMED_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|sept"
_COUNT = rf"\d{{1,2}}|{'|'.join(_COUNTS)}"
_SHORT_DAY = r"mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
_NAMED_DAY = "|".join(DAYS)

_IS_NO_DAY_OF_WORK = re.compile(
    r"\b(?:up to|until|till?|to|through|since|from|of|by|before|after|due|between|next|coming|every|each|than|like|was|"
    r"is|are|be|were|versus|vs\.?|version|release|model|chapter|section|step|build)\s+(?:on\s+|the\s+)?$"
)
_PREPARED = re.compile(r"\b(?:prep(?:ar\w*)?|plan\w*|schedul\w*|ready|slides|set ?up)\b(?:.*\bfor\b)?\s+(?:the\s+)?$")
_FOR_AN_EVENT = re.compile(r"\b(?:prep(?:ar\w*)?|slides|ready)\b[^,;]*\bfor\b[^,;]*$")
_HOLIDAY = re.compile(r"\b(?:black|good|cyber|easter|ash|palm|shrove)\s+$")
_OF_PEOPLE = re.compile(r"'s\s+(?:\w+\s+)?(?:\w+ing|call|workshop|standup|session|demo|sync|review|work|interview)s?\b")
_EVENT = re.compile(
    r"\b(?:demo|deadline|due|meeting|review|presentation|launch|release|workshop|call|go-live|appointment|interview)\s*$"
)


@dataclass(frozen=True)
class _Named:
    """A day that stands in a line: which, where, and whether it surely says when the work was."""

    day: date
    start: int
    end: int
    is_sure: bool


@dataclass(frozen=True)
class DayRead:
    """The day of a line.

    Attributes:
        day: The day; None for today, and where it is asked.
        options: What it may be; empty where it is sure.
        rest: The line without its dates.
    """

    day: date | None
    options: tuple[date, ...]
    rest: str


_SEVERAL = re.compile(rf"\b({_SHORT_DAY}|{_NAMED_DAY})\s*(?:-|to|till|until|through)\s*({_SHORT_DAY}|{_NAMED_DAY})\b")


def take_day(said: str, today: date) -> DayRead:
    """Find the day of a line, in lower case; where it names several in a row, it is asked for one of them.

    Raises:
        EntryError: It is not over, or long past, or written with slashes that can be read in two ways.
    """
    if several := _SEVERAL.search(said):
        ends = sorted({_last(several[1], today), _last(several[2], today)})
        rest = f"{said[: several.start()]} {said[several.end() :]}"
        return DayRead(None, tuple(ends), rest) if len(ends) > 1 else DayRead(ends[0], (), rest)
    work = [one for one in _find_days(said, today) if not _is_no_day_of_work(said, one)]
    rest = said
    for one in reversed(work):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    sure = list(dict.fromkeys(one.day for one in work if one.is_sure))
    if len(sure) == 1:
        return DayRead(_check(sure[0], today), (), rest)
    possible = sure or ([today, *(one.day for one in work)] if work else [])
    options = tuple(dict.fromkeys(day for day in possible if timedelta(0) <= today - day <= timedelta(days=OLDEST)))
    return DayRead(None, options if len(options) > 1 else (), rest)


def _is_no_day_of_work(said: str, named: _Named) -> bool:
    """Whether a day surely says something else: since when, for when, or whose data."""
    before, behind = said[: named.start], said[named.end :]
    is_data = behind.startswith("'s") and _OF_PEOPLE.match(behind) is None
    return is_data or any(words.search(before) for words in (_IS_NO_DAY_OF_WORK, _PREPARED, _FOR_AN_EVENT, _HOLIDAY))


def _check(day: date, today: date) -> date | None:
    if not timedelta(0) <= today - day <= timedelta(days=OLDEST):
        raise EntryError(f"I read the day {day.isoformat()}, and I keep entries of the last {OLDEST} days. {EXAMPLE}")
    return None if day == today else day


def _find_days(said: str, today: date) -> Iterator[_Named]:
    """All days that are named, in their order; longer expressions are read before what they are made of."""
    taken: list[_Named] = []
    for pattern, name_day in _PATTERNS:
        for match in pattern.finditer(said):
            day = name_day(match, today)
            if day is None or any(match.start() < one.end and match.end() > one.start for one in taken):
                continue
            taken.append(_Named(day, match.start(), match.end(), is_sure=_is_sure(said, match)))
    yield from sorted(taken, key=lambda one: one.start)


def _is_sure(said: str, match: re.Match[str]) -> bool:
    """Whether a day says when the work was, and not whose meeting, or for when something was prepared."""
    before, after = said[: match.start()], said[match.end() :]
    if before.rstrip().endswith(" for") and match[0] not in {"yesterday", "today"}:
        return False
    # "demo on Monday, prepared slides 2h": the day belongs to the demo, and what was done comes behind.
    return not (_EVENT.search(before) and re.match(r"\s*[,;]\s*[a-z]|\s+(?:was|is|has|got|moved|postponed)\b", after))


def _days_ago(found: re.Match[str], today: date) -> date:
    count = int(found[1]) if found[1].isdecimal() else _COUNTS[found[1]]
    return today - timedelta(days=count * (7 if found[2].startswith("w") else 1))


def _near(found: re.Match[str], today: date) -> date:
    if found[1] in {"yesterday", "yday", "last night"}:
        return today - timedelta(days=1)
    return today - timedelta(days=2) if found[1].endswith("day before yesterday") else today


def _weekday(found: re.Match[str], today: date) -> date:
    """The last such day before today; with "this", the one of this week."""
    if (found[1] or "").strip() == "this":
        return today + timedelta(days=_place(found[2]) - today.weekday())
    return _last(found[2], today)


def _last(name: str, today: date) -> date:
    return today - timedelta(days=(today.weekday() - _place(name)) % 7 or 7)


def _place(name: str) -> int:
    """Which day of the week a name means, Monday being 0."""
    return next(place for place, day in enumerate(DAYS) if day.startswith(name[:3]))


def _in_the_week_before(found: re.Match[str], today: date) -> date:
    return today - timedelta(days=today.weekday() + 7 - DAYS.index(found[1]))


def _year_first(found: re.Match[str], _today: date) -> date | None:
    return _date(int(found[1]), int(found[2]), int(found[3]))


def _dotted(found: re.Match[str], today: date) -> date | None:
    day, month = int(found[1]), int(found[2])
    return _date(int(found[3]), month, day) if found[3] else _this_or_last_year(month, day, today)


def _slashed(found: re.Match[str], today: date) -> date | None:
    """A date with slashes, where only one of the two numbers can be the month."""
    first, second = int(found[1]), int(found[2])
    if first > _MONTH and second > _MONTH:
        return None
    if first <= _MONTH and second <= _MONTH and first != second:
        raise EntryError(
            f"Is {found[0].strip()} a day? Please write the month as a word, such as 23 November. {EXAMPLE}"
        )
    day, month = max(first, second), min(first, second)
    if found[3]:
        year = int(found[3])
        return _date(year if len(found[3]) > 2 else 2000 + year, month, day)  # noqa: PLR2004 - "26" is 2026
    return _this_or_last_year(month, day, today)


def _named(found: re.Match[str], today: date) -> date | None:
    return _this_or_last_year(_MONTHS.index(found[2][:3]) + 1, int(found[1]), today)


def _named_before(found: re.Match[str], today: date) -> date | None:
    return _this_or_last_year(_MONTHS.index(found[1][:3]) + 1, int(found[2]), today)


def _this_or_last_year(month: int, day: int, today: date) -> date | None:
    """The last such day that is not still to come."""
    this = _date(today.year, month, day)
    return this if this is None or this <= today else _date(today.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_PATTERNS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]] = (
    (re.compile(rf"\b({_COUNT})\s+(days?|weeks?) ago\b"), _days_ago),
    (
        re.compile(
            r"\b((?:the )?day before yesterday|yesterday|yday|last night|today|tonight|this (?:morning|afternoon))\b"
        ),
        _near,
    ),
    (re.compile(rf"\blast week(?:'s)?(?:\s+on)?\s+({_NAMED_DAY})\b:?"), _in_the_week_before),
    (re.compile(rf"\b((?:on|last|this)\s+)?({_NAMED_DAY})\b:?"), _weekday),
    (re.compile(rf"\b((?:on|last|this)\s+)({_SHORT_DAY})\b[.:]?"), _weekday),
    (re.compile(rf"^()({_SHORT_DAY})\b(?:[.:,]|(?=\s+\d))"), _weekday),
    (re.compile(rf"\s()({_SHORT_DAY})$"), _weekday),
    (re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"), _year_first),
    (re.compile(r"\b(\d{4})/(\d{1,2})/(\d{1,2})\b"), _year_first),
    (re.compile(r"(?<![\w/.])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b"), _slashed),
    (re.compile(r"\bon\s+(\d{1,2})/(\d{1,2})()(?![\d/])"), _slashed),
    (re.compile(r"^(\d{1,2})/(\d{1,2})()(?=[:,]?\s+\d|:)"), _slashed),
    (re.compile(r"^(1[3-9]|2\d|3[01])/(\d{1,2})()(?=[:,]?\s)"), _slashed),
    (re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})\b"), _dotted),
    # Elsewhere it is the end of a sentence: "mae 12.3. 2h training".
    (re.compile(r"(?:^|\b(?:on|the|for)\s+)(\d{1,2})\.(\d{1,2})\.()(?!\d)"), _dotted),
    (re.compile(rf"\b(?:on\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({_NAMED_MONTH})\b\.?"), _named),
    (re.compile(rf"\b(?:on\s+)?({_NAMED_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,:]\d):?"), _named_before),
)
