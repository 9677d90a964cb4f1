"""Dates in plain words, as the last day by which something should be reached. Today is handed in."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from flows.date_patterns import MONTHS, ORDINALS, PATTERNS, SMALL, SPANS, WEEKDAYS

_UP_TO_THEN = frozenset({"by", "no", "not", "until", "till", "til", "bis", "latest", "through"})
_NOT_BY_THEN = re.compile(
    r"\b(?:from|after|since|starting|beginning|effective|as of|not before|(?:no|not) earlier than|than|vs\.?|versus"
    r"|compared (?:to|with)|against|relative to|ab|seit|not|no)\s+(?:in|on|at|the|with|early|late|end\s+of|\s)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deadline:
    """A date in a text.

    Attributes:
        start: Where it begins in the text, "by" included.
        end: Where it ends.
        day: The last day by which; None when the words name no day ("before the summer holidays").
        doubt: What is unclear about it, as a sentence; empty when nothing is.
        two_ways: Whether day and month could be the other way round.
    """

    start: int
    end: int
    day: date | None
    doubt: str = ""
    two_ways: bool = False


@dataclass(frozen=True)
class _Span:
    """The days that some words mean; a span of one day has one day at both ends."""

    first: date
    last: date
    doubt: str = ""
    two_ways: bool = False


_Reader = Callable[[re.Match[str], date], _Span | None]


def find_deadlines(text: str, today: date) -> tuple[Deadline, ...]:
    """Every date in the text, in order, none overlapping another."""
    found: list[Deadline] = []
    for core, pattern, name in PATTERNS:
        for match in pattern.finditer(text) if core.search(text) else ():
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            deadline = _read(match, _READERS[name], today)
            if deadline:
                found.append(deadline)
    return tuple(sorted(found, key=lambda deadline: deadline.start))


def _read(match: re.Match[str], read: _Reader, today: date) -> Deadline | None:
    try:
        span = read(match, today)
    except (ValueError, OverflowError):
        return Deadline(*match.span(), None, f"I could not read “{match[0].strip()}” as a date.")
    if span is None:
        return None
    if _NOT_BY_THEN.search(match.string, 0, match.start()):
        return Deadline(*match.span(), None, f"“{match[0].strip()}” did not look like the time to get there by.")
    return _settle(match, span, today)


def _settle(match: re.Match[str], span: _Span, today: date) -> Deadline:
    groups = match.groupdict()
    lead, place = (groups.get("lead") or "").lower().split(), (groups.get("place") or "").lower()
    word = lead[0] if lead else ""
    deadline = Deadline(*match.span(), span.last, span.doubt, span.two_ways)
    if place.startswith(("early", "late")):
        day = span.last if place.startswith("late") else span.first + (span.last - span.first) / 3
        return replace(deadline, day=day, doubt=f"“{match[0].strip()}” is no exact day.")
    if place.startswith(("start", "begin", "anfang")):
        deadline = replace(deadline, day=span.first)
    elif place.startswith(("mid", "mitte")):
        deadline = replace(deadline, day=_middle(span))
    elif word in {"before", "ahead", "prior"} and not place and not span.doubt:
        deadline = replace(deadline, day=span.first - timedelta(1))
    elif not word and not place and span.first != span.last and not span.doubt and not groups.get("which"):
        deadline = replace(deadline, doubt=f"I took “{match[0].strip()}” as the time by which to get there.")
    elif word in _UP_TO_THEN and not place and span.first != span.last and not span.doubt:
        deadline = replace(deadline, doubt=f"“{match[0].strip()}” could mean its start or its end; I took the end.")
    if deadline.day and deadline.day < today and not deadline.doubt:
        deadline = replace(deadline, doubt=f"{deadline.day.day} {deadline.day:%B %Y} has already passed.")
    return deadline


def _middle(span: _Span) -> date:
    if span.last - span.first > timedelta(100):
        return span.first + relativedelta(months=round((span.last - span.first).days / 61)) - timedelta(1)
    if span.last - span.first > timedelta(31):
        return span.first + (span.last - span.first) / 2
    return span.first.replace(day=15) if span.first.day == 1 else span.first + timedelta(2)


def _day(day: date, doubt: str = "", *, two_ways: bool = False) -> _Span:
    return _Span(day, day, doubt, two_ways)


def _month(year: int, month: int) -> _Span:
    return _Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _months(year: int, first: int, last: int) -> _Span:
    return _Span(_month(year, first).first, _month(year, last).last)


def _given_year(match: re.Match[str], today: date) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["short"]:
        return 2000 + int(match["short"])
    if match["next_year"]:
        return today.year + 1
    return today.year if match["this_year"] else None


def _next(span_in: Callable[[int], _Span], match: re.Match[str], today: date) -> _Span:
    """The span in the year that was given, or else the next one that is not over."""
    year = _given_year(match, today)
    if year is not None:
        return span_in(year)
    span = span_in(today.year)
    return span if span.last >= today else span_in(today.year + 1)


def _read_iso(match: re.Match[str], _today: date) -> _Span:
    return _day(date(int(match["y"]), int(match["m"]), int(match["d"])))


def _read_numeric(match: re.Match[str], today: date) -> _Span:
    first, second = int(match["a"]), int(match["b"])
    year = int(match["y"]) if match["y"] else None
    if year is not None and year < 100:  # noqa: PLR2004 - 27 is 2027
        year += 2000
    dotted = match["mark"] == "."
    both_work = first <= 12 and second <= 12 and first != second  # noqa: PLR2004 - months
    day, month = (second, first) if second > 12 and not dotted else (first, second)  # noqa: PLR2004 - months
    if year is None:
        year = today.year if date(today.year, month, day) >= today else today.year + 1
    if both_work and not dotted:
        doubt = f"“{match['all']}” could be day and month or month and day; I took the day first."
        return _day(date(year, month, day), doubt, two_ways=True)
    return _day(date(year, month, day))


def _read_day_of_month(match: re.Match[str], today: date) -> _Span:
    day, month = int(match["day"]), MONTHS[match["month"].lower()]
    return _next(lambda year: _day(date(year, month, day)), match, today)


def _read_month(match: re.Match[str], today: date) -> _Span | None:
    name = match["month"].lower()
    if not match["lead"] and not match["place"] and not _given_year(match, today):
        return None
    return _next(lambda year: _month(year, MONTHS[name]), match, today)


def _read_quarter(match: re.Match[str], today: date) -> _Span:
    said = match["quarter"].lower()
    number = ORDINALS.get(said) or int(said)
    return _next(lambda year: _months(year, 3 * number - 2, 3 * number), match, today)


def _read_half(match: re.Match[str], today: date) -> _Span:
    said = match["half"].lower()
    number = 2 if said == "last" else ORDINALS.get(said) or int(said)
    return _next(lambda year: _months(year, 6 * number - 5, 6 * number), match, today)


def _read_year(match: re.Match[str], _today: date) -> _Span | None:
    year = int(match["number"])
    if not match["lead"] and not match["place"]:
        return None
    return _months(year, 1, 12)


def _read_week(match: re.Match[str], today: date) -> _Span:
    number = int(match["week"])
    span = _next(lambda year: _iso_week(year, number), match, today)
    return replace(span, doubt="Does the week end on Friday or on Sunday? I took Sunday.")


def _iso_week(year: int, number: int) -> _Span:
    monday = date.fromisocalendar(year, number, 1)
    return _Span(monday, monday + timedelta(6))


def _read_week_of(match: re.Match[str], today: date) -> _Span:
    """The last week of June, as its last seven days; which ones are meant is asked."""
    month = _next(lambda year: _month(year, MONTHS[match["month"].lower()]), match, today)
    number = ORDINALS[match["which"].lower()]
    day = month.last if match["which"].lower() == "last" else month.first + timedelta(7 * number - 1)
    return _Span(day - timedelta(6), day, f"I took “{match[0].strip()}” to end on {day.day} {day:%B}.")


def _read_month_number(match: re.Match[str], _today: date) -> _Span:
    return _month(int(match["y"]), int(match["m"]))


def _read_nth(match: re.Match[str], today: date) -> _Span:
    day = int(match["day"])
    month = today if day >= today.day else today + relativedelta(months=1)
    return _day(month.replace(day=day), f"I took “{match[0].strip()}” as the next such day.")


def _read_fiscal_year(match: re.Match[str], today: date) -> _Span:
    digits = match["number"]
    ahead = 1 if "next" in match[0].lower() else 0
    year = today.year + ahead if not digits else int(digits) % 100 + 2000
    return replace(_months(year, 1, 12), doubt="I took the fiscal year to be the calendar year.")


def _read_calendar_year(match: re.Match[str], _today: date) -> _Span:
    year = int(match["number"]) % 100 + 2000
    return _months(year, 1, 12) if match["place"] else _day(date(year, 12, 31))


def _read_relative(match: re.Match[str], today: date) -> _Span:
    ahead = 1 if match["which"].lower() in {"next", "coming", "following"} else 0
    unit = match["unit"].lower()
    if unit == "week":
        monday = today - timedelta(today.weekday()) + timedelta(7 * ahead)
        return _Span(monday, monday + timedelta(6))
    if unit == "year":
        return _months(today.year + ahead, 1, 12)
    if unit == "month":
        then = today + relativedelta(months=ahead)
        return _month(then.year, then.month)
    then = today + relativedelta(months=3 * ahead)
    quarter = (then.month - 1) // 3
    return _months(then.year, 3 * quarter + 1, 3 * quarter + 3)


def _read_current(match: re.Match[str], today: date) -> _Span:
    span = _current(_ENDS.get(match["unit"].lower(), match["unit"].lower()), today)
    return span if match["place"] else _day(span.last, span.doubt)


_ENDS = {"eom": "month", "eoq": "quarter", "eoy": "year", "ye": "year"}


def _current(unit: str, today: date) -> _Span:
    if unit == "week":
        monday = today - timedelta(today.weekday())
        return _Span(monday, monday + timedelta(6), "Does the week end on Friday or on Sunday? I took Sunday.")
    quarter = (today.month - 1) // 3
    first, last = {"month": (today.month,) * 2, "quarter": (3 * quarter + 1, 3 * quarter + 3), "year": (1, 12)}[unit]
    return _months(today.year, first, last)


def _read_within(match: re.Match[str], today: date) -> _Span:
    number = _small(match["count"])
    half = 0.5 if match.groupdict().get("half") or match.groupdict().get("more") else 0.0
    unit = SPANS[match["unit"].lower()]
    months = {"months": 1, "quarters": 3, "years": 12}.get(unit)
    length = relativedelta(months=int(months * (number + half))) if months else timedelta(**{unit: number + half})
    # "Within 30 days" may be how fast something must go, again and again.
    short = not months and timedelta(**{unit: number}) <= timedelta(31) and match[0].lower().startswith("within")
    sentence = f"Is “{match[0].strip()}” the time to get there by, or a limit that always holds?"
    return _day(today + length, sentence if short or (half and months == 1) else "")


def _small(count: str) -> int:
    return int(count) if count.isdigit() else SMALL[count.lower()]


def _read_within_range(match: re.Match[str], today: date) -> _Span:
    months = {"months": 1, "quarters": 3, "years": 12}.get(unit := SPANS[match["unit"].lower()])
    number = _small(match["high"])
    then = today + (relativedelta(months=months * number) if months else timedelta(**{unit: number}))
    return _day(then, f"I took the later end of “{match[0].strip()}”.")


def _read_half_a_year(match: re.Match[str], today: date) -> _Span:
    months = {"year": 6, "quarter": 1, "decade": 60}[match["unit"].lower()]
    return _day(today + relativedelta(months=months), "" if months == 6 else "Which day is that?")  # noqa: PLR2004


def _read_weekday(match: re.Match[str], today: date) -> _Span:
    ahead = (WEEKDAYS.index(match["weekday"].lower()) - today.weekday()) % 7
    doubt = "" if ahead and not match["which"] else f"I was not sure which {match['weekday'].capitalize()} is meant."
    return _day(today + timedelta(ahead or 7), doubt)


def _read_holiday(match: re.Match[str], today: date) -> _Span:
    name = match["holiday"].lower()
    then = next(day for year in (today.year, today.year + 1) if (day := _holiday(name, year)) >= today)
    before = (match["lead"] or "").lower().startswith(("before", "ahead", "prior"))
    return _day(then, f"I took {match['holiday']} itself as the last day." if before else "")


def _holiday(name: str, year: int) -> date:
    if name == "easter":
        return easter(year)
    if name in {"black friday", "thanksgiving"}:
        first = date(year, 11, 1)
        thanksgiving = first + timedelta((3 - first.weekday()) % 7 + 21)
        return thanksgiving + timedelta(1 if name == "black friday" else 0)
    return date(year, 12, 31) if name.startswith("new year") else date(year, 12, 25)


def _read_tomorrow(match: re.Match[str], today: date) -> _Span:
    return _day(today + timedelta(0 if match["when"].lower() in {"today", "tonight"} else 1))


def _read_vague(match: re.Match[str], _today: date) -> _Span:
    raise ValueError(match[0])


_READERS: dict[str, _Reader] = {
    "calendar_year": _read_calendar_year,
    "current": _read_current,
    "day_of_month": _read_day_of_month,
    "fiscal_year": _read_fiscal_year,
    "half": _read_half,
    "half_a_year": _read_half_a_year,
    "holiday": _read_holiday,
    "iso": _read_iso,
    "month": _read_month,
    "month_number": _read_month_number,
    "nth": _read_nth,
    "numeric": _read_numeric,
    "quarter": _read_quarter,
    "relative": _read_relative,
    "tomorrow": _read_tomorrow,
    "vague": _read_vague,
    "week": _read_week,
    "week_of": _read_week_of,
    "weekday": _read_weekday,
    "within": _read_within,
    "within_range": _read_within_range,
    "year": _read_year,
}
