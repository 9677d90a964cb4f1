"""Spans of time in plain words, in the unit that is wanted: "1h 30", "two and a half days", "three weeks", "1,5 h"."""

import re
from collections.abc import Callable
from itertools import pairwise

from flows.amounts import read_number
from flows.objectives import format_number
from flows.plain_text import to_plain_text
from flows.quantities import NUMBER_WORDS, parse_digits

_LONGEST = 300
_MOST = 1e12
_DAY = 86400.0
_YEAR = 365.25 * _DAY

_SECONDS = {
    "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": _DAY, "weeks": 7 * _DAY, "fortnights": 14 * _DAY,
    "months": _YEAR / 12, "quarters": _YEAR / 4, "years": _YEAR, "milliseconds": 0.001,
}  # fmt: skip
_SMALLER = {
    "years": "months", "quarters": "months", "fortnights": "days", "weeks": "days", "days": "hours",
    "hours": "minutes", "minutes": "seconds", "seconds": "milliseconds",
}  # fmt: skip
_SHORT = {
    "ms": "milliseconds", "msec": "milliseconds", "s": "seconds", "sec": "seconds", "secs": "seconds", "m": "minutes",
    "min": "minutes", "mins": "minutes", "h": "hours", "hr": "hours", "hrs": "hours", "d": "days", "w": "weeks",
    "wk": "weeks", "wks": "weeks", "mo": "months", "mos": "months", "mth": "months", "mths": "months", "y": "years",
    "yr": "years", "yrs": "years",
}  # fmt: skip
_NAMES = {name: name for name in _SECONDS} | {name.removesuffix("s"): name for name in _SECONDS} | _SHORT


def _any_of(words: list[str]) -> str:
    return rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})\b"


_UNIT = _any_of([*_NAMES])
_UNIT_WORD = re.compile(rf"\b{_any_of([name for name in _NAMES if len(name) > 1])}|\bhalf\b")
_ONES = {word: number for word, number in NUMBER_WORDS.items() if 0 < number < 10}  # noqa: PLR2004 - one digit
_TENS = {word: number for word, number in NUMBER_WORDS.items() if number >= 20}  # noqa: PLR2004 - twenty-one
_WORD = rf"(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_ONES)})|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}"
_WORDS = rf"(?:(?:an?|{_WORD})\shundred|(?:a|one)\sthousand|{_WORD}|an?)"
_DIGITS = r"(?:[0-9]{1,3}(?:[ .,'][0-9]{3})+(?:[.,][0-9]{1,9})?|[0-9]{1,15}(?:[.,][0-9]{1,9})?|\.[0-9]{1,9})"
_PART = re.compile(rf"(?<![\w.,:/-])(?P<number>{_DIGITS})\s?-?\s?(?P<unit>{_UNIT})")
_NEGATED = re.compile(r"\b(?:not|never|no|without|ago|or(?! so))\b|n't\b")


def _number_of(words: str) -> float:
    parts = re.split(r"[\s-]", words)
    total = sum(NUMBER_WORDS.get(part, 1.0 if part in {"a", "an"} else 0.0) for part in parts)
    return total * {"hundred": 100, "thousand": 1000}.get(parts[-1], 1)


def _say(number: float) -> str:
    return f"{number:g}"


_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SPELLED_OUT: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\b([0-9]{0,6})\s?([½¼¾])"), lambda found: _say(float(found[1] or 0) + _FRACTIONS[found[2]])),
    (re.compile(r"([½¼¾])"), lambda found: _say(_FRACTIONS[found[1]])),
    (
        re.compile(r"(?<![\w.,])([0-9]+)\s?h(?:ours?|rs?)?\s?([0-5]?[0-9])(?![\w.,:%]|\s?[a-z])"),
        lambda found: f"{found[1]} h {found[2]} min",
    ),
    (re.compile(rf"\b(?:an?|one)\s({_UNIT})\sand\sa\shalf\b"), lambda found: f"1.5 {found[1]}"),
    (
        re.compile(rf"\b({_WORDS})\sand\sa\shalf(?=[\s-]{_UNIT})"),
        lambda found: _say(_number_of(found[1]) + 0.5),
    ),
    (re.compile(rf"\b([0-9]{{1,6}})\sand\sa\shalf(?=[\s-]{_UNIT})"), lambda found: f"{found[1]}.5"),
    (re.compile(rf"\bthree[\s-]quarters\sof\s(?:an?\s)?(?={_UNIT})"), lambda _: "0.75 "),
    (re.compile(rf"\b(?:a\s|one\s)?quarter\sof\san?\s(?={_UNIT})"), lambda _: "0.25 "),
    (re.compile(rf"\b(?:a\s)?half\s(?:an?\s)?(?={_UNIT})"), lambda _: "0.5 "),
    (re.compile(rf"(?<![\w-])({_WORDS})(?=[\s-]{_UNIT})"), lambda found: _say(_number_of(found[1]))),
)


def read_duration(text: str, unit: str) -> float | None:
    """The one span of time in a text, in `unit` ("minutes"); a bare number is counted in it.

    None when it is no one span, is negative, or can be read in two ways (1.200 hours). A day has 24 hours and a month
    the twelfth of a year.
    """
    parts = _find_parts(text)
    if parts is None:
        return None
    if not parts:
        number = None if _UNIT_WORD.search(to_plain_text(text).casefold()) else read_number(text)
        return number if number is not None and 0 <= number <= _MOST else None
    if len(parts) == 1 and parts[0][1] == "m" and unit not in {"seconds", "minutes", "hours"}:
        return None  # which may as well be months
    seconds = sum(number * _SECONDS[_NAMES[name]] for number, name in parts)
    span = float(f"{seconds / _SECONDS[unit]:.12g}")
    return span if span <= _MOST else None


def _find_parts(text: str) -> list[tuple[float, str]] | None:
    """The numbers with their units, longest unit first; empty without any, None when they are no one span."""
    plain = to_plain_text(text[: _LONGEST + 1]).casefold()
    if len(text) > _LONGEST or _NEGATED.search(plain):
        return None
    plain = re.sub(r"\s+", " ", plain)
    for pattern, digits in _SPELLED_OUT:
        plain = pattern.sub(digits, plain)
    parts = list(_PART.finditer(plain))
    if not parts:
        return []
    between = [plain[one.end() : other.start()] for one, other in pairwise(parts)]
    rest = f"{plain[: parts[0].start()]}|{plain[parts[-1].end() :]}"
    if any(not re.fullmatch(r"\s?(?:,|and|&)?\s?", words) for words in between):
        return None
    if re.search(r"[0-9]|-\s?\|", rest) or _UNIT_WORD.search(rest):
        return None
    read = [(*parse_digits(part["number"]), part["unit"]) for part in parts]
    lengths = [_SECONDS[_NAMES[name]] for *_, name in read]
    falling = all(one > other for one, other in pairwise(lengths))
    return [(number, name) for number, _, name in read] if falling and all(clear for _, clear, _ in read) else None


def say_duration(amount: float, unit: str, written: str = "") -> str:
    """An amount of time as people say it: "3 days", "1 day", "10 minutes", "2.76 months".

    Args:
        amount: How much, in `unit`.
        unit: Such as "hours".
        written: The words that it was read from, whose own unit is kept; it is the smallest of those they name.
    """
    parts = _find_parts(written)
    name = _NAMES[parts[-1][1]] if parts else unit
    number = amount * _SECONDS[unit] / _SECONDS[name]
    while 0 < number < 1 and name in _SMALLER:
        smaller = _SMALLER[name]
        name, number = smaller, number * _SECONDS[name] / _SECONDS[smaller]
    said = format_number(round(number, 2) if number >= 1 else float(f"{number:.3g}"))
    return f"{said} {name.removesuffix('s') if said == '1' else name}"
