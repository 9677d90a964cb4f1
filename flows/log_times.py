"""How much time a line of the log says was spent: "2h", "half a day", "from 9:00 to 11:30" (section 2.2.3; K36).

What ran, what is planned, how long something waits and how much material there is also have hours. Where a line says
the time that was spent as well, these are passed over; where it does not, they are asked about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from flows.activity import EXAMPLE, EntryError
from flows.log_clauses import clause_around
from flows.log_stages import names_work
from flows.objectives import format_number

LONGEST = 24.0
"""Hours that one entry may hold."""


@dataclass(frozen=True)
class TimeRead:
    """The time of a line.

    Attributes:
        hours: What is sure; None for none, and where it is asked.
        options: What it may be, last the sum where that fits into a day; empty where nothing is to be asked, and where
            nobody can tell.
        is_vague: Whether it says that there was a time, and not how much: "a few hours".
        rest: The line without its times.
    """

    hours: float | None
    options: tuple[float, ...]
    rest: str
    is_vague: bool = False


class _Kind(Enum):
    """What a time is: what was spent, that perhaps, most likely something else, or surely none that was spent."""

    SPENT = auto()
    UNCLEAR = auto()
    OTHER = auto()
    NONE = auto()


@dataclass(frozen=True)
class _Span:
    """Hours, or what they may be, where they stand, and what they are."""

    options: tuple[float, ...]
    start: int
    end: int
    kind: _Kind
    is_clock: bool = False


_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: count for count, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: 10 * count for count, word in enumerate(_TENS, 2)},
    **{f"{ten}-{one}": 10 * tens + ones for tens, ten in enumerate(_TENS, 2) for ones, one in enumerate(_ONES, 1)},
    "an": 1,
    "a": 1,
}
_PARTS = {"half": 0.5, "quarter of": 0.25, "quarter": 0.25, "three quarters of": 0.75, "three-quarters of": 0.75}
_BEGIN = r"(?<![\w.,:/*×x-])"
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_N = rf"{_BEGIN}\d+(?:[.,]\d+)?|(?<![\w-])(?:{_WORD})(?=[\s-])"
_HOUR = r"(?:h|hrs?|hours?)"
_MINUTE = r"(?:m|mins?|minutes?)"
_DAY = r"(?:d|days?)"
_UNIT = rf"(?:{_HOUR}|{_MINUTE}|{_DAY})"
_A_DAY, _MINUTES = 8.0, 60.0
_SHORT_CLOCK, _LONG_CLOCK, _AFTERNOON = 5.0, 9.0, 12.0

_TIME = r"(\d{1,2})(?:[:.]([0-5]\d))?\s*(am|pm)?"
_FROM_TO = re.compile(
    rf"(?<![\w.,:/-])(?:from\s+)?{_TIME}\s*(?:-|to|until|till)\s*{_TIME}(?![\w:%/-]|[.,]\d)(?!\s*{_UNIT}\b)"
)
_FRACTION = re.compile(rf"{_BEGIN}(?:(\d+)\s+)?([1-3])/([2-4])(?:\s+of)?(?:\s+an?)?\s*({_UNIT})\b")
_AND_A_HALF = re.compile(
    rf"(?:({_N})\s+)?\b(hours?|days?)\s+and\s+(?:a\s+)?(half|quarter)\b|({_N})\s+and\s+a\s+(half|quarter)\s+(hours?|days?)\b"
)
_PART = re.compile(r"\b(half|quarter of|quarter|three[ -]quarters of)(?:\s+an?\s+|[\s-])(hour|day)\b")
_WHOLE_DAY = re.compile(r"\b(?:the\s+)?(?:whole|entire|full)\s+(?:work(?:ing)?\s+)?day\b|\ball day\b")
_SPREAD = re.compile(
    rf"({_N})\s*{_UNIT}?(?:(?<=[\dhm])\s*-\s*(?=\d)|\s*\b(?:or|to)\s+)(\d+(?:[.,]\d+)?|{_WORD})\s*({_UNIT})\b"
)
_OR_TWO = re.compile(rf"(?<!\w)an?\s+({_HOUR}|{_DAY})\s+or\s+(two|three|so)\b")
_TIMES = re.compile(rf"(?<![\w.,])(\d+)\s*[x×*]\s*(\d+(?:[.,]\d+)?)\s*({_HOUR}|{_MINUTE})\b")
_TIMES_BEHIND = re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*({_HOUR}|{_MINUTE})\s*[x×*]\s*(\d+)\b")
_EACH = re.compile(
    rf"\b(\d+|{_WORD})\s+(?!people\b|persons?\b|of\b|label|annotators?\b|experts?\b)[a-z]+s\b[^,;]{{0,30}}[,;:]?\s+(?:for\s+|of\s+)?"
    rf"({_N})\s*({_HOUR}|{_MINUTE})\s+each\b"
)
_OR_BARE = re.compile(rf"({_N})\s*({_HOUR})\s+or\s+(?:maybe\s+|perhaps\s+|even\s+)?(\d+(?:[.,]\d+)?)\b(?!\s*{_UNIT}\b)")
_TOTAL = re.compile(r"\s*(?:in\s+)?(?:total|altogether|all in all)\b")
_HOURS_MINUTES = re.compile(
    rf"({_N})\s*{_HOUR}(?:\s*(?:and\s+|,\s*)?([0-5]?\d)\s*{_MINUTE}\b|([0-5]?\d)\b(?!\s*%)|\s+([0-5]?\d)(?=\s*(?:$|[,.;](?:\s|$))))"
)
_HOURS_AND_NUMBER = re.compile(rf"({_N})\s*{_HOUR}\s+([1-5]\d)\s+(?!{_UNIT}\b)([a-z]+)")
_CLOCK_HOURS = re.compile(rf"{_BEGIN}(\d{{1,2}}):([0-5]\d)\s*{_HOUR}\b")
_CLOCK = re.compile(r"(?<![\w.,:/])(\d{1,2}):([0-5]\d)(?![\w:])(?!\s*(?:am|pm)\b)")
_PLAIN = re.compile(rf"({_N})[\s-]*({_UNIT})\b")

# What words beside a time say of it.
_MORE = re.compile(r"\+|\bplus\b|\banother\b")
_AT = re.compile(r"(?:\b(?:at|since|from|by|until|till|around|@)\s*|@)$")
# Before it: how long something waits or is late.
_WAITS = re.compile(
    r"\b(?:wait\w*|block\w*|stuck|delay\w*|late|outage|lost|answers?|deadline|due|postpon\w*|mov(?:ed|es))\b"
)
# In its clause: what is planned, saved or done by a machine.
_NOT_WORK = re.compile(
    r"\b(?:will|needs?|plan(?:s|ned|ning to)?|estimat\w*|expect\w*|should|would|could|might|tomorrow|next|saves?|saved|"
    r"takes|runs (?:for|in|over|about)|ran|running|runtime|overnight|on its own|by itself|unattended|timeouts?|"
    r"latency|budget|limit|if|left|remaining|to go|per|every|each run|cut from|instead of|down from|faster)\b"
)
# Directly before it: how far away something is.
_BESIDE_HOURS = re.compile(r"\b(?:last|past|next|every|by|per|than|the first|over the)\s+$")
_BESIDE_DAYS = re.compile(r"\b(?:in|within|before|after|last|past|next|every|by|per|than|first)\s+(?:the\s+)?$")
# Directly behind it: how long something is, or how much is left.
_IS_LENGTH = re.compile(
    r"(?:\s*(?:and|or|,)\s*\d+\s*[hd]\w*)?\s*(?:ago|ahead|windows?|horizons?|forecasts?|average|lags?|history|trial|format|"
    r"cycle|sla|turnaround|retention|from now|in a row|in advance)\b"
)
_IS_LEFT = re.compile(
    r"\s*(?:old|left|late|delay|deadline|to go|remaining|moving|per|an? (?:week|day|month))\b|"
    r"\s*/\s*(?:week|day|month)\b"
)
_BEHIND_DAYS = re.compile(r"\s*(?:before|after|until|later|earlier)\b")
# "labelled for 2 days" is work; "open for 3 days" may be none.
_FOR = re.compile(r"\bfor\s+(?:about\s+|almost\s+|nearly\s+)?$")
_WORKED_FOR = re.compile(r"\w{2,}(?:ed|ing)\s+(?:\w+\s+)?for\s+(?:about\s+|almost\s+|nearly\s+)?$")
# "3 hours of training" is work; "10 hours of audio" is what there was to label.
_OF = re.compile(r"\s+of\s+(?=\w)")
_VAGUE = re.compile(
    r"\b(?:a few|few|some|several|a couple of|couple of|many)\s+(?:hours?|hrs|minutes?|mins|days?)\b|"
    r"\b(?:most|part|a bit|half) of the (?:day|morning|afternoon|evening|week)\b"
)
_MEETING = re.compile(r"\b(?:call|meeting|workshop|standup|sync|session|interview|demo)\s+$")
# "5m rows" is five million of them.
_THINGS = re.compile(r"\s+(?!was\b|this\b|is\b|process\b|access\b|progress\b|sales\b|business\b)[a-z]{2,}s\b")


def take_time(said: str) -> TimeRead:
    """Find the time that was spent in a line, in lower case.

    Raises:
        EntryError: It is none, or more than a day has.
    """
    spans = _find(said)
    rest = said
    for span in reversed(spans):
        rest = f"{rest[: span.start]} time {rest[span.end :]}"
    spent = [span for span in spans if span.kind is _Kind.SPENT]
    unclear = [span for span in spans if span.kind is _Kind.UNCLEAR]
    for span in spent:
        _check(span.options)
    if len(spent) > 1 and not unclear and _adds_up(said, spent):
        spent = [_Span((sum(span.options[0] for span in spent),), 0, 0, _Kind.SPENT)]
        _check(spent[0].options)
    total = [span for span in spent if _TOTAL.match(said, span.end)]
    spent = total if len(total) == 1 else spent
    if len(spent) == 1 and not unclear:
        return TimeRead(spent[0].options[0], (), rest)
    asked = [*spent, *unclear] or [span for span in spans if span.kind is _Kind.OTHER]
    for span in unclear:
        _check(span.options)
    named = list(dict.fromkeys(hours for span in sorted(asked, key=lambda one: one.start) for hours in span.options))
    possible = [hours for hours in named if 0 < hours <= LONGEST]
    together = sum(span.options[0] for span in spent)
    if len(spent) > 1 and together <= LONGEST and together not in possible:
        possible.append(together)
    return TimeRead(None, tuple(possible), rest, is_vague=not possible and _VAGUE.search(said) is not None)


def _adds_up(said: str, spans: Sequence[_Span]) -> bool:
    """Whether several times are parts of one: from when to when, twice, or "1h and another 30 min"."""
    between = (said[one.end : other.start] for one, other in pairwise(spans))
    return all(span.is_clock for span in spans) or all(_MORE.search(words) for words in between)


def _check(options: Sequence[float]) -> None:
    """Refuse a time that no reading makes fit into a day."""
    if not any(0 < hours <= LONGEST for hours in options):
        longest = format_number(max(options))
        raise EntryError(f"I read {longest} hours, and a day has 24. One entry a day, please. {EXAMPLE}")


def _find(said: str) -> list[_Span]:
    """All times that are named, in their order; longer expressions are read before what they are made of."""
    found: list[_Span] = []
    for span in _all(said):
        if all(span.end <= other.start or span.start >= other.end for other in found):
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def _all(said: str) -> Iterator[_Span]:
    yield from _clock_spans(said)
    for match in _FRACTION.finditer(said):
        count = int(match[1] or 0) + int(match[2]) / int(match[3])
        yield _time(said, match, count * _hours_in(match[4]))
    for match in _AND_A_HALF.finditer(said):
        number, unit, part = (match[1] or "an", match[2], match[3]) if match[2] else (match[4], match[6], match[5])
        yield _time(said, match, (_count(number) + _PARTS[part]) * _hours_in(unit))
    for match in _PART.finditer(said):
        yield _time(said, match, _PARTS[match[1].replace("three-", "three ")] * _hours_in(match[2]))
    for match in _WHOLE_DAY.finditer(said):
        yield _time(said, match, _A_DAY)
    yield from _open_times(said)
    for match in _CLOCK_HOURS.finditer(said):
        yield _time(said, match, int(match[1]) + int(match[2]) / _MINUTES)
    for match in _HOURS_AND_NUMBER.finditer(said):
        yield from _hours_and_number(said, match)
    for match in _HOURS_MINUTES.finditer(said):
        yield _time(said, match, _count(match[1]) + int(match[2] or match[3] or match[4]) / _MINUTES)
    for match in _CLOCK.finditer(said):
        yield _clock(said, match)
    for match in _PLAIN.finditer(said):
        yield _time(said, match, _count(match[1]) * _hours_in(match[2]), match[2])


def _clock_spans(said: str) -> Iterator[_Span]:
    """Times from one hour of the day to another; "9-11" only where it begins the line or follows another such span."""
    last_end: int | None = None
    for match in _FROM_TO.finditer(said):
        hours = _between(match)
        between = said[last_end : match.start()] if last_end is not None else said[: match.start()]
        follows = not between.strip() or (last_end is not None and re.fullmatch(r"\s*(?:and|,|&|\+)\s*", between))
        is_written_so = match[2] or match[5] or match[3] or match[6]
        is_clock = is_written_so or match[0].startswith("from") or follows
        is_meeting = _MEETING.search(said[: match.start()]) is not None
        if hours is None or not (is_clock or is_meeting):
            continue
        # "8-9 tickets" counts tickets, and "meeting 10-11" may be the room.
        is_sure = is_written_so or (is_clock and not _THINGS.match(said, match.end()))
        last_end = match.end()
        yield _Span((hours,), match.start(), match.end(), _Kind.SPENT if is_sure else _Kind.UNCLEAR, is_clock=True)


def _between(match: re.Match[str]) -> float | None:
    """The hours between two times of one day; None where that is none, or the second is not later."""
    begin = _time_of_day(match[1], match[2], match[3])
    end = _time_of_day(match[4], match[5], match[6])
    if match[6] == "pm" and match[3] is None and begin + _AFTERNOON < end:
        begin += _AFTERNOON
    return end - begin if begin < end <= LONGEST else None


def _time_of_day(hour: str, minute: str | None, half: str | None) -> float:
    hours = int(hour) + int(minute or 0) / _MINUTES
    if half is None:
        return hours
    return hours % _AFTERNOON + (_AFTERNOON if half == "pm" else 0)


def _open_times(said: str) -> Iterator[_Span]:
    """A time that is a range or a product, as what it may be: "3-4h" is 3 or 4, "2x 1h" is 1 or 2."""
    for match in _SPREAD.finditer(said):
        hours = _hours_in(match[3])
        yield _unclear(match, _count(match[1]) * hours, _count(match[2]) * hours)
    for match in _OR_TWO.finditer(said):
        hours, more = _hours_in(match[1]), {"two": 2, "three": 3, "so": 1}[match[2]]
        yield _time(said, match, hours) if more == 1 else _unclear(match, hours, more * hours)
    for match in _TIMES.finditer(said):
        hours = _float(match[2]) * _hours_in(match[3])
        yield _unclear(match, hours, int(match[1]) * hours)
    for match in _OR_BARE.finditer(said):
        yield _unclear(match, _count(match[1]), _float(match[3]))
    for match in _TIMES_BEHIND.finditer(said):
        hours = _float(match[1]) * _hours_in(match[2])
        yield _unclear(match, hours, int(match[3]) * hours)
    for match in _EACH.finditer(said):
        hours = _count(match[2]) * _hours_in(match[3])
        yield _unclear(match, hours, _count(match[1]) * hours)


def _unclear(match: re.Match[str], *options: float) -> _Span:
    return _Span(options, match.start(), match.end(), _Kind.UNCLEAR)


def _hours_and_number(said: str, match: re.Match[str]) -> Iterator[_Span]:
    """A number behind hours: "2h 30 tickets" is two hours, "2h 30 labelling" may be half an hour more."""
    end = match.start(2)
    if match[3].endswith("s"):
        yield _Span((_count(match[1]),), match.start(), end, _kind_of(said, match.start(), end, "h"))
    else:
        yield _unclear(match, _count(match[1]) + int(match[2]) / _MINUTES, _count(match[1]))


def _clock(said: str, match: re.Match[str]) -> _Span:
    """A time with a colon: "1:30 deploying" is how long it took, "standup 9:30" is when it was."""
    hours = int(match[1]) + int(match[2]) / _MINUTES
    begins = not said[: match.start()].strip(" :-")
    if _AT.search(said[: match.start()]) or not 0 < hours <= (_LONG_CLOCK if begins else _SHORT_CLOCK):
        return _Span((hours,), match.start(), match.end(), _Kind.NONE)
    kind = _Kind.SPENT if begins and hours <= _SHORT_CLOCK else _Kind.UNCLEAR
    return _Span((hours,), match.start(), match.end(), kind)


def _time(said: str, match: re.Match[str], hours: float, unit: str = "h") -> _Span:
    return _Span((hours,), match.start(), match.end(), _kind_of(said, match.start(), match.end(), unit))


def _kind_of(said: str, start: int, end: int, unit: str) -> _Kind:
    """What a time is, by the words beside it."""
    before, behind = clause_around(said, start, end)
    is_days = unit.startswith("d")
    is_beside = (_BESIDE_DAYS if is_days else _BESIDE_HOURS).search(before) or _IS_LEFT.match(behind)
    is_length = _IS_LENGTH.match(behind) is not None
    is_planned = _NOT_WORK.search(before + behind) is not None
    is_far = is_days and _BEHIND_DAYS.match(behind) is not None
    of = _OF.match(behind)
    is_material = of is not None and not names_work(behind[of.end() :])
    if is_beside or is_length or is_planned or is_far or is_material or _WAITS.search(before):
        return _Kind.NONE if is_length or (is_days and not is_planned) else _Kind.OTHER
    if is_days and _FOR.search(before) and not _WORKED_FOR.search(before):
        return _Kind.UNCLEAR
    if unit == "m" and _THINGS.match(behind):
        return _Kind.UNCLEAR
    return _Kind.SPENT


def _hours_in(unit: str) -> float:
    """How many hours of work a unit is."""
    if unit.startswith("d"):
        return _A_DAY
    return 1 / _MINUTES if unit.startswith("m") else 1.0


def _count(text: str) -> float:
    return float(_WORDS[text]) if text in _WORDS else _float(text)


def _float(text: str) -> float:
    return float(text.replace(",", "."))
