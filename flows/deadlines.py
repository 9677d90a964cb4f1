"""Dates in plain words, as the last day by which something should be reached. Today is handed in."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar", "february feb februar", "march mar märz", "april apr", "may mai",
            "june jun juni juin", "july jul juli", "august aug", "september sep sept", "october oct oktober",
            "november nov", "december dec dezember",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SMALL = {word: number for number, word in enumerate(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
)} | {"a": 1, "an": 1, "eighteen": 18, "thirty": 30, "sixty": 60, "ninety": 90}  # fmt: skip
_SPANS = {"day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}

_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_YEAR = (
    r"(?:,?\s?(?:of\s)?(?P<year>20[0-9]{2})|\s(?:of\s)?(?P<next_year>next\syear)|\s(?:of\s)?(?P<this_year>this\syear))?"
)
_BEFORE = (
    r"(?P<lead>(?:by|before|until|till|til|no later than|not later than|in|on|at|during|within|from now until|for"
    r"|d'ici|bis|due|deadline:?|deadline is|over)\s+(?:the\s+)?)?"
)
_SLASHED = r"(?P<all>(?P<a>[0-9]{1,2})(?P<mark>[./])(?P<b>[0-9]{1,2}))"
_PLACE = r"(?P<place>(?:end|ende|fin|close|middle|mid|start|beginning)(?:\s+of|\s+de|-)?\s*(?:the\s+)?)"


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
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            deadline = _read(match, read, today)
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
    return _settle(match, span, today)


def _settle(match: re.Match[str], span: _Span, today: date) -> Deadline:
    groups = match.groupdict()
    lead, place = (groups.get("lead") or "").lower().split(), (groups.get("place") or "").lower()
    word = lead[0] if lead else ""
    deadline = Deadline(*match.span(), span.last, span.doubt, span.two_ways)
    if place.startswith(("start", "begin")):
        deadline = replace(deadline, day=span.first)
    elif place.startswith("mid"):
        middle = span.first + (span.last - span.first) / 2
        deadline = replace(
            deadline, day=middle if span.last - span.first > timedelta(31) else span.first.replace(day=15)
        )
    elif word == "before" and not place and not span.doubt:
        deadline = replace(deadline, day=span.first - timedelta(1))
    elif not word and not place and span.first != span.last and not span.doubt and not groups.get("which"):
        deadline = replace(deadline, doubt=f"I took “{match[0].strip()}” as the time by which to get there.")
    elif word in {"by", "until", "till", "til", "bis"} and not place and span.first != span.last and not span.doubt:
        deadline = replace(deadline, doubt=f"“{match[0].strip()}” could mean its start or its end; I took the end.")
    if deadline.day and deadline.day < today and not deadline.doubt:
        deadline = replace(deadline, doubt=f"{deadline.day.day} {deadline.day:%B %Y} has already passed.")
    return deadline


def _day(day: date, doubt: str = "", *, two_ways: bool = False) -> _Span:
    return _Span(day, day, doubt, two_ways)


def _month(year: int, month: int) -> _Span:
    return _Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _months(year: int, first: int, last: int) -> _Span:
    return _Span(_month(year, first).first, _month(year, last).last)


def _given_year(match: re.Match[str], today: date) -> int | None:
    if match["year"]:
        return int(match["year"])
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
    day, month = int(match["day"]), _MONTHS[match["month"].lower()]
    return _next(lambda year: _day(date(year, month, day)), match, today)


def _read_month(match: re.Match[str], today: date) -> _Span | None:
    name = match["month"].lower()
    if not match["lead"] and not match["place"] and not _given_year(match, today):
        return None
    return _next(lambda year: _month(year, _MONTHS[name]), match, today)


def _read_quarter(match: re.Match[str], today: date) -> _Span:
    number = int(match["quarter"])
    return _next(lambda year: _months(year, 3 * number - 2, 3 * number), match, today)


def _read_half(match: re.Match[str], today: date) -> _Span:
    number = int(match["half"])
    return _next(lambda year: _months(year, 6 * number - 5, 6 * number), match, today)


def _read_year(match: re.Match[str], _today: date) -> _Span | None:
    year = int(match["number"])
    if not match["lead"] and not match["place"]:
        return None
    return _months(year, 1, 12)


def _read_fiscal_year(match: re.Match[str], today: date) -> _Span:
    digits = match["number"]
    year = today.year if not digits else int(digits) % 100 + 2000
    return replace(_months(year, 1, 12), doubt="I took the fiscal year to be the calendar year.")


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


_ENDS = {"eom": "month", "eoq": "quarter", "eoy": "year"}


def _current(unit: str, today: date) -> _Span:
    if unit == "week":
        monday = today - timedelta(today.weekday())
        return _Span(monday, monday + timedelta(6), "Does the week end on Friday or on Sunday? I took Sunday.")
    quarter = (today.month - 1) // 3
    first, last = {"month": (today.month,) * 2, "quarter": (3 * quarter + 1, 3 * quarter + 3), "year": (1, 12)}[unit]
    return _months(today.year, first, last)


def _read_within(match: re.Match[str], today: date) -> _Span:
    count = match["count"].lower()
    number = int(count) if count.isdigit() else _SMALL[count]
    unit = _SPANS[match["unit"].lower()]
    months = {"months": 1, "quarters": 3, "years": 12}.get(unit)
    then = today + (relativedelta(months=months * number) if months else timedelta(**{unit: number}))
    return _day(then)


def _read_weekday(match: re.Match[str], today: date) -> _Span:
    ahead = (_WEEKDAYS.index(match["weekday"].lower()) - today.weekday()) % 7
    doubt = "" if ahead and not match["which"] else f"I was not sure which {match['weekday'].capitalize()} is meant."
    return _day(today + timedelta(ahead or 7), doubt)


def _read_holiday(match: re.Match[str], today: date) -> _Span:
    name = match["holiday"].lower()
    then = next(day for year in (today.year, today.year + 1) if (day := _holiday(name, year)) >= today)
    before = (match["lead"] or "").lower().startswith("before")
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


_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_COUNT = rf"(?P<count>[0-9]{{1,6}}|{'|'.join(_SMALL)})"
_UNIT = r"(?P<unit>week|month|quarter|year)"
_RELATIVE = rf"(?P<which>this|next|coming|following)\s+{_UNIT}\b"
_SPAN = r"(?P<unit>day|week|month|quarter|year)s?"
_FISCAL = r"(?:this|the|our)\s+(?:current\s+)?(?:fiscal|financial)\s+year(?P<number>)\b"
_HOLIDAY = r"(?P<holiday>black\sfriday|christmas|xmas|thanksgiving|easter|new\syear's\seve|new\syear's|new\syear)\b"
_UP_TO = r"(?P<lead>(?:by|before|until|till)\s+)"
_THE = r"\s+(?:the\s+)?"
_SEASON = r"(?:next\s+|this\s+)?(?:summer|winter|spring|autumn|fall)(?:\sholidays?|\sbreak)?"

_PATTERNS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"\b{_BEFORE}(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{1,2}})-(?P<d>[0-9]{{1,2}})\b", _read_iso),
        (rf"\b{_BEFORE}{_SLASHED}(?P=mark)(?P<y>20[0-9]{{2}}|[0-9]{{2}})(?![0-9.,]?[0-9%])", _read_numeric),
        (rf"\b{_UP_TO}{_SLASHED.replace('[./]', '/')}(?P<y>)(?![\w/%])", _read_numeric),
        (rf"\b{_BEFORE}{_DAY}\.?\s+(?:of\s+)?{_MONTH}\b\.?{_YEAR}(?!\w)", _read_day_of_month),
        (rf"\b{_BEFORE}{_MONTH}\.?{_THE}{_DAY}(?![0-9%]|\s?%|[.,][0-9]){_YEAR}(?!\w)", _read_day_of_month),
        (rf"\b{_BEFORE}{_PLACE}{_RELATIVE}", _read_relative),
        (rf"\b{_BEFORE}{_PLACE}?Q(?P<quarter>[1-4])\b{_YEAR}", _read_quarter),
        (rf"\b{_BEFORE}{_PLACE}?H(?P<half>[12])\b{_YEAR}", _read_half),
        (rf"\b{_BEFORE}{_PLACE}?(?:FY|fiscal\syear\s)\s?'?(?P<number>20[0-9]{{2}}|[0-9]{{2}})\b", _read_fiscal_year),
        (rf"\b{_BEFORE}{_PLACE}?{_FISCAL}", _read_fiscal_year),
        (rf"\b{_BEFORE}{_PLACE}?{_MONTH}\b\.?{_YEAR}(?!\w)", _read_month),
        (rf"\b{_BEFORE}{_PLACE}?(?P<number>20[0-9]{{2}})\b(?![.,]?[0-9%])", _read_year),
        (rf"\b{_BEFORE}(?P<place>(?:end|close)\s+of{_THE}){_UNIT}\b", _read_current),
        (rf"\b{_BEFORE}(?P<place>){_UNIT}(?:'s)?[- ]end\b", _read_current),
        (rf"\b{_BEFORE}(?P<place>)(?P<unit>EOM|EOQ|EOY)\b", _read_current),
        (rf"\b(?:within|in){_THE}(?:next\s+|coming\s+)?{_COUNT}[\s-]+{_SPAN}\b", _read_within),
        (rf"\b(?:over|during|for)\s+the\s+(?:next|coming)\s+{_COUNT}[\s-]+{_SPAN}\b", _read_within),
        (rf"(?<![\w.,]){_COUNT}\s+{_SPAN}\s+from\s+now\b", _read_within),
        (rf"\b{_BEFORE}{_RELATIVE}", _read_relative),
        (rf"\b(?P<lead>by|before|until|till|on)\s+(?:(?P<which>next|this)\s+)?{_WEEKDAY}\b", _read_weekday),
        (rf"\b{_BEFORE}{_HOLIDAY}", _read_holiday),
        (rf"\b{_UP_TO}(?P<when>tomorrow|today|tonight)\b", _read_tomorrow),
        (rf"\b(?:by|before|until|till|after|in|during){_THE}{_SEASON}\b", _read_vague),
        (rf"\b(?:by|before|after|until){_THE}(?:launch|release|go-live|holidays?|weekend)\b", _read_vague),
        (
            r"\b(?:as\ssoon\sas\spossible|asap|soon|sooner\sor\slater|eventually|at\ssome\spoint|one\sday)\b",
            _read_vague,
        ),
        (r"\bin\sthe\s(?:near\s|long\s|short\s)?(?:future|term|run)\b", _read_vague),
    )
)
