"""Reading a line of the activity log: `2h labelled 300 tickets, error 0.21` (chapter 2, section 2.2.3; K33, K36).

What can be meant in two ways is asked, never guessed: two times, two measures, a number at the front that is neither.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flows.activity import Entry, Stage
from flows.calendar_words import DAYS, MONTHS
from flows.objectives import format_number

EXAMPLE = "For example: log 2h labelled 300 tickets, error 0.21"
LONGEST = 24.0
"""Hours that one entry may hold."""
OLDEST = 60
"""Days that an entry may be late."""


class EntryError(Exception):
    """The line cannot be kept; the message says what to write instead."""


class DoubtKind(StrEnum):
    """What of a line is not sure."""

    HOURS = "hours"
    MEASURE = "measure"
    STAGE = "stage"


@dataclass(frozen=True)
class Measure:
    """A value as it was measured: "error 0.21", "accuracy 91 %"."""

    metric: str
    value: float
    percent: bool = False


@dataclass(frozen=True)
class Doubt:
    """Something that can be meant in more than one way.

    Attributes:
        kind: What of the line.
        hours: What the hours may be, in the order of the line, and last their sum where that fits into a day.
        measures: What the measure may be.
    """

    kind: DoubtKind
    hours: tuple[float, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class ReadLine:
    """What a line says for sure, and what has to be asked.

    Attributes:
        entry: The entry; what is in doubt is left out of it.
        doubts: What to ask.
    """

    entry: Entry
    doubts: tuple[Doubt, ...] = ()


def read_line(text: str, today: date) -> ReadLine:
    """Read one line. Numbers that are neither a day, a time nor a measure stay in the note.

    Args:
        text: What was typed.
        today: The writer's own date, from which "yesterday" counts.

    Raises:
        EntryError: There is nothing in it, it says no hours or more than 24, or a day that is not over or long past.
    """
    said = " ".join(text.casefold().split())
    if not any(letter.isalnum() for letter in said):
        raise EntryError(f"Say what happened, how long it took, or how large the error is now. {EXAMPLE}")
    day, rest = _take_day(said, today)
    measures, rest = _take_measures(rest)
    rest, open_hours = _take_open_times(rest)
    spans = _find_times(rest)
    for spent, _, _ in spans:
        if not 0 < spent <= LONGEST:
            raise EntryError(_too_long(spent))
    doubts: list[Doubt] = []
    hours = _sure_hours(spans, doubts)
    if open_hours:
        hours, doubts = None, [Doubt(DoubtKind.HOURS, hours=open_hours)]
    if not spans and not open_hours and not measures and _begins_with_a_number(rest):
        doubts.append(Doubt(DoubtKind.HOURS))
    measure = measures[0] if len(measures) == 1 else None
    if measure is not None and (loose := tuple(_loose_values(measure, rest))):
        measures, measure = [measure, *loose], None
    if len(measures) > 1:
        doubts.append(Doubt(DoubtKind.MEASURE, measures=tuple(dict.fromkeys(measures))))
    stage = _read_stage(rest)
    if stage is None and hours is not None:
        doubts.append(Doubt(DoubtKind.STAGE))
    entry = Entry(
        hours=hours,
        stage=stage,
        metric=measure.metric if measure else None,
        value=measure.value if measure else None,
        percent=measure.percent if measure else False,
        note=text,
        day=day,
        is_blocked=_BLOCKED.search(rest) is not None,
    )
    return ReadLine(entry, tuple(doubts))


def _too_long(hours: float) -> str:
    return f"I read {format_number(hours)} hours, and a day has 24. One entry a day, please. {EXAMPLE}"


def _sure_hours(spans: Sequence["_Span"], doubts: list[Doubt]) -> float | None:
    if len(spans) <= 1:
        return spans[0][0] if spans else None
    named = tuple(dict.fromkeys(hours for hours, _, _ in spans))
    together = sum(hours for hours, _, _ in spans)
    fits = together <= LONGEST and together not in named
    doubts.append(Doubt(DoubtKind.HOURS, hours=(*named, together) if fits else named))
    return None


# Days

_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_MONTHS = tuple(name[:3] for name in MONTHS)
_AGO = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_COUNTS)}) days? ago\b")
_NEAR = re.compile(r"\b(the day before yesterday|yesterday|today)\b")
_WEEKDAY = re.compile(rf"(?:\b(?:on|last)\s+|^)({'|'.join(DAYS)})\b:?")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(?:(\d{4})\b)?")
_NAMED = re.compile(rf"\b(?:on\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(_MONTHS)})[a-z]*\b")
_NAMED_BEFORE = re.compile(rf"\b(?:on\s+)?({'|'.join(_MONTHS)})[a-z]*\s+(\d{{1,2}})(?:st|nd|rd|th)?\b:?")
_WEEK_BEFORE = re.compile(rf"\blast week(?:'s)?(?:\s+on)?\s+({'|'.join(DAYS)})\b:?")


def _take_day(said: str, today: date) -> tuple[date | None, str]:
    """The day that is named, None for today or none, and the line without it."""
    for pattern, name_day in _DAYS_SAID:
        found = pattern.search(said)
        day = name_day(found, today) if found else None
        if found is not None and day is not None:
            if not timedelta(0) <= today - day <= timedelta(days=OLDEST):
                raise EntryError(
                    f"I read the day {day.isoformat()}, and I keep entries of the last {OLDEST} days. {EXAMPLE}"
                )
            return (None if day == today else day), f"{said[: found.start()]} {said[found.end() :]}"
    return None, said


def _days_ago(found: re.Match[str], today: date) -> date:
    return today - timedelta(days=int(found[1]) if found[1].isdecimal() else _COUNTS[found[1]])


def _near(found: re.Match[str], today: date) -> date:
    return today - timedelta(days=("today", "yesterday", "the day before yesterday").index(found[1]))


def _last_weekday(found: re.Match[str], today: date) -> date:
    return today - timedelta(days=(today.weekday() - DAYS.index(found[1])) % 7 or 7)


def _iso(found: re.Match[str], _today: date) -> date | None:
    return _date(int(found[1]), int(found[2]), int(found[3]))


def _dotted(found: re.Match[str], today: date) -> date | None:
    day, month = int(found[1]), int(found[2])
    return _date(int(found[3]), month, day) if found[3] else _this_or_last_year(month, day, today)


def _named(found: re.Match[str], today: date) -> date | None:
    return _this_or_last_year(_MONTHS.index(found[2]) + 1, int(found[1]), today)


def _named_before(found: re.Match[str], today: date) -> date | None:
    return _this_or_last_year(_MONTHS.index(found[1]) + 1, int(found[2]), today)


def _in_the_week_before(found: re.Match[str], today: date) -> date:
    return today - timedelta(days=today.weekday() + 7 - DAYS.index(found[1]))


_DAYS_SAID: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]] = (
    (_AGO, _days_ago),
    (_NEAR, _near),
    (_WEEK_BEFORE, _in_the_week_before),
    (_WEEKDAY, _last_weekday),
    (_ISO, _iso),
    (_DOTTED, _dotted),
    (_NAMED, _named),
    (_NAMED_BEFORE, _named_before),
)


def _this_or_last_year(month: int, day: int, today: date) -> date | None:
    """The last such day that is not still to come."""
    this = _date(today.year, month, day)
    return this if this is None or this <= today else _date(today.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Measures

_SHORT = {"err": "error", "acc": "accuracy", "logloss": "log loss"}
_METRICS = (
    *("error rate", "error", "err", "loss", "log loss", "logloss", "accuracy", "acc", "f1", "auc", "precision"),
    *("recall", "mape", "rmse", "mae", "mse", "r2", "bleu", "wer", "map", "ndcg", "kappa"),
)
_NAME = "|".join(re.escape(name) for name in sorted(_METRICS, key=len, reverse=True))
_VALUE = r"-?\d+(?:[.,]\d+)?(?:e-?\d{1,3})?|-?[.,]\d+"
_BETWEEN = (
    r"(?:\s+(?:is|was|now|at|of|down|dropped|up|went|fell|rose|to|from \S+ to|still|currently|about|around|near)){0,4}"
)
_ARROW = rf"(?:(?:{_VALUE})\s*%?\s*(?:->|→|=>)\s*)?"
_AFTER = re.compile(
    rf"\b({_NAME})(?:@\d+)?\b{_BETWEEN}\s*[:=→~≈]?\s*{_ARROW}({_VALUE})\s*(%|percent\b)?(?!\s*(?:->|→|=>|h\b))"
)
_BEFORE = re.compile(rf"(?<![\w.,])({_VALUE})\s*(%|percent\b)?\s+({_NAME})\b")


def _take_measures(said: str) -> tuple[list[Measure], str]:
    """All that was measured, each once, and the line without it."""
    found = []
    rest = said
    while match := _AFTER.search(rest):
        found.append(_measure(match[1], match[2], match[3]))
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    while match := _BEFORE.search(rest):
        found.append(_measure(match[3], match[1], match[2]))
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    return list(dict.fromkeys(found)), rest


_LOOSE = re.compile(r"(?<![\w.,+±-])(?<!was )(0?[.,]\d+|\d+(?:[.,]\d+)?\s*(?:%|percent\b))(?![\w.,])")


def _loose_values(measure: Measure, rest: str) -> Iterator[Measure]:
    """Values beside the one that was read, of which nobody can tell which is meant; "was 0.5" is over."""
    for found in _LOOSE.findall(rest):
        value = _float(re.match(_VALUE, found)[0])  # type: ignore[index]  # it begins with a number
        yield Measure(measure.metric, value, not found[-1].isdigit())


def _measure(name: str, value: str, percent: str | None) -> Measure:
    return Measure(_SHORT.get(name, name), _float(value), bool(percent))


def _float(text: str) -> float:
    return float(text.replace(",", "."))


# Times

_Span = tuple[float, int, int]
"""Hours, and where they stand in the line."""
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "an": 1,
    "a": 1,
}
_N = rf"\d+(?:[.,]\d+)?|\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?=\s)"
_HOUR = r"(?:h|hrs?|hours?)"
_MINUTE = r"(?:m|mins?|minutes?)"
_A_DAY, _MINUTES = 8.0, 60.0
_FROM_TO = re.compile(
    r"(?<![\w.,:-])(?:from\s+)?(\d{1,2})(?::([0-5]\d))?\s*(?:-|–|to|until)\s*(\d{1,2})(?::([0-5]\d))?(?![\w.,:%-])"
    r"(?!\s*(?:h|hrs?|hours?|m|mins?|minutes?|d|days?)\b)"
)
_AND_A_HALF = re.compile(rf"\b({_N})\s+hours?\s+and\s+a\s+half\b")
_PART = re.compile(r"\b(half|quarter of|three quarters of)(?:\s+an?\s+|[\s-])(hour|day)\b")
_SPREAD = re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*(?:-|–|or|to)\s*(\d+(?:[.,]\d+)?)\s*{_HOUR}\b")
_TIMES_HOURS = re.compile(rf"(?<![\w.,])(\d+)\s*[x×]\s*(\d+(?:[.,]\d+)?)\s*{_HOUR}\b")
_WHOLE_DAY = re.compile(r"\b(?:the\s+)?(?:whole|entire|full)\s+day\b")
_HOURS_MINUTES = re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*{_HOUR}\s*(?:and\s+)?([0-5]?\d)\s*{_MINUTE}?\b")
_CLOCK = re.compile(r"(?<![\w.,:])(\d{1,2}):([0-5]\d)(?![\w:])")
_HOURS = re.compile(rf"(?<![\w.,])({_N})\s*{_HOUR}\b")
_MINUTES_ALONE = re.compile(rf"(?<![\w.,])({_N})\s*{_MINUTE}\b")
_DAYS = re.compile(rf"(?<![\w.,])({_N})\s*(?:d|days?)\b")
_PARTS = {"half": 0.5, "quarter of": 0.25, "three quarters of": 0.75}


def _take_open_times(said: str) -> tuple[str, tuple[float, ...]]:
    """A time that is a range or a product, as what it may be: "3-4h" is 3 or 4, "2x 1h" is 1 or 2.

    Raises:
        EntryError: No such time fits into a day.
    """
    if found := _SPREAD.search(said):
        named = (_float(found[1]), _float(found[2]))
    elif found := _TIMES_HOURS.search(said):
        named = (_float(found[2]), int(found[1]) * _float(found[2]))
    else:
        return said, ()
    options = tuple(hours for hours in dict.fromkeys(named) if 0 < hours <= LONGEST)
    if not options:
        raise EntryError(_too_long(max(named)))
    return f"{said[: found.start()]} {said[found.end() :]}", options


def _find_times(said: str) -> list[_Span]:
    """All times that are named, in their order; longer expressions are read before what they are made of."""
    found: list[_Span] = []
    for hours, start, end in _all_times(said):
        if all(end <= other_start or start >= other_end for _, other_start, other_end in found):
            found.append((hours, start, end))
    return sorted(found, key=lambda span: span[1])


def _all_times(said: str) -> Iterator[_Span]:
    for match in _FROM_TO.finditer(said):
        hours = _between(match)
        # "9-11" is a time of day only where it begins the line or is written as one.
        is_clock = match[2] or match[4] or match[0].startswith("from") or not said[: match.start()].strip()
        if hours is not None and is_clock:
            yield hours, match.start(), match.end()
    for match in _AND_A_HALF.finditer(said):
        yield _count(match[1]) + 0.5, match.start(), match.end()
    for match in _PART.finditer(said):
        yield _PARTS[match[1]] * (1 if match[2] == "hour" else _A_DAY), match.start(), match.end()
    for match in _WHOLE_DAY.finditer(said):
        yield _A_DAY, match.start(), match.end()
    for match in _HOURS_MINUTES.finditer(said):
        yield _float(match[1]) + int(match[2]) / _MINUTES, match.start(), match.end()
    for match in _CLOCK.finditer(said):
        yield int(match[1]) + int(match[2]) / _MINUTES, match.start(), match.end()
    for pattern, factor in ((_HOURS, 1.0), (_MINUTES_ALONE, 1 / _MINUTES), (_DAYS, _A_DAY)):
        for match in pattern.finditer(said):
            yield _count(match[1]) * factor, match.start(), match.end()


def _between(match: re.Match[str]) -> float | None:
    """The hours between two times of one day; None where that is none, or the second is not later."""
    begin, end = (int(match[hour]) + int(match[minute] or 0) / _MINUTES for hour, minute in ((1, 2), (3, 4)))
    return end - begin if begin < end <= LONGEST else None


def _count(text: str) -> float:
    return float(_WORDS[text]) if text in _WORDS else _float(text)


def _begins_with_a_number(said: str) -> bool:
    return re.match(r"\s*\d", said) is not None


# Stage and blocker

_STEMS = {
    Stage.LABEL: ("label", "annotat", "tagg"),
    Stage.COLLECT: (
        *("collect", "gather", "scrap", "download", "export", "queried", "extract", "clean"),
        *("getting the data", "got the data", "pulled", "sql", "query", "queries"),
    ),
    Stage.FEATURES: ("feature", "embedding", "join", "merg"),
    Stage.TRAIN: ("train", "retrain", "tun", "fine-tun", "experiment", "hyperparam", "fitted", "tried", "trying"),
    Stage.EVALUATE: (
        "evaluat",
        "eval ",
        "tested",
        "testing",
        "validat",
        "review",
        "error analysis",
        "measured",
        "benchmark",
    ),
    Stage.DEPLOY: ("deploy", "releas", "shipp", "monitor", "roll", "productio", "went live", "go live", "going live"),
    Stage.MEET: (
        "meet",
        "met ",
        "call",
        "workshop",
        "present",
        "discuss",
        "demo",
        "interview",
        "standup",
        "stand-up",
        "sync ",
    ),
}
_BLOCKED = re.compile(
    r"\b(?:blocked|stuck|wait(?:ing|ed|s)?\s+(?:for|on)|held up by|no access|"
    r"can(?:not|'t) (?:go on|continue|proceed))\b"
)


def says_blocked(text: str) -> bool:
    """Whether words say that the work waits for something."""
    return _BLOCKED.search(text.casefold()) is not None


def _read_stage(said: str) -> Stage | None:
    """The stage that is named first."""
    places = {
        stage: place
        for stage, stems in _STEMS.items()
        for stem in stems
        if (place := _find_word(said, stem)) is not None
    }
    return min(places, key=lambda stage: places[stage]) if places else None


def _find_word(said: str, stem: str) -> int | None:
    found = re.search(rf"\b{re.escape(stem)}", said)
    return found.start() if found else None
