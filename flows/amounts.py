"""Single amounts given as an answer: a number, a percentage, a sum of money. What is not clear is not read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from flows.objectives import Unit
from flows.plain_text import to_plain_text
from flows.quantities import NUMBER_WORDS, Quantity, find_quantities

_LONGEST_ANSWER = 300
_NEGATED = re.compile(r"\b(?:not|never|no|without)\b|n't\b", re.IGNORECASE)
_OTHER_SPAN = re.compile(r"\s?-?(?:years?|yrs?|weeks?|days?|quarters?|decades?)\b", re.IGNORECASE)


def read_number(text: str) -> float | None:
    """The one number in an answer such as "about 12,000 a month", "5 min" or "1 Mio".

    Minutes and months are what the interview counts in; a number per day, or one of hours, is not read, so that nobody
    is put down with 8 where they meant 8 an hour. None also where digits can be read in two ways (1.200).
    """
    quantity = _only_quantity(text)
    if quantity is None or (quantity.per not in {None, "month"} and quantity.known_per):
        return None
    if quantity.unit is Unit.DURATION:
        minutes = re.search(r"min\w*$", _words_of(text, quantity), re.IGNORECASE)
        return round(quantity.amount / 60, 9) if minutes else None
    if _OTHER_SPAN.match(to_plain_text(text), quantity.end):
        return None
    return quantity.amount if quantity.unit is Unit.COUNT else None


_NUMBERS = {word: f"{number:g}" for word, number in NUMBER_WORDS.items() if number} | {"a": "1", "an": "1"}
_MINUTES = {"s": 1 / 60, "sec": 1 / 60, "second": 1 / 60, "m": 1.0, "min": 1.0, "minute": 1.0}
_MINUTES |= {"h": 60.0, "hr": 60.0, "hour": 60.0}
_MONTHS = {"day": 12 / 365.25, "week": 12 / 52, "month": 1.0, "quarter": 3.0, "yr": 12.0, "year": 12.0}
_A_SPAN = r"\b(?:an?|per|each|every)\s+(?:hour|day|week|month|quarter|year)\b"


def read_minutes(text: str) -> float | None:
    """The minutes in "half an hour", "1 h 30", "90 seconds" or "5"; None when it is no one span of time."""
    return _read_span(text, _MINUTES)


def read_months(text: str) -> float | None:
    """The months in "2 years", "half a year", "12 weeks" or "6"; None when it is no one span of time."""
    return _read_span(text, _MONTHS)


def _read_span(text: str, lengths: Mapping[str, float]) -> float | None:
    unit = rf"(?:{'|'.join(sorted(lengths, key=len, reverse=True))})s?\b"
    plain = to_plain_text(text[:_LONGEST_ANSWER]).casefold()
    if len(text) > _LONGEST_ANSWER or _NEGATED.search(plain):
        return None
    for said, number in _spelled_out(unit):
        plain = re.sub(said, number, plain)
    parts = list(re.finditer(rf"(?<![\w.,])(?P<number>[0-9]+(?:[.,][0-9]{{1,2}})?)[\s-]*(?P<unit>{unit})", plain))
    if not parts:
        return read_number(text)
    between = [plain[one.end() : other.start()] for one, other in pairwise(parts)]
    rest = re.sub(unit, "", plain[: parts[0].start()] + "|" + plain[parts[-1].end() :])
    joined = all(re.fullmatch(r"\s*(?:,|and|&)?\s*", words) for words in between)
    if not joined or re.search(rf"[0-9]|{_A_SPAN}|\bhalf\b", rest):
        return None
    spans = [float(part["number"].replace(",", ".")) * _length(part["unit"], lengths) for part in parts]
    return round(sum(spans), 2) if spans == sorted(spans, reverse=True) else None


def _length(unit: str, lengths: Mapping[str, float]) -> float:
    return lengths.get(unit) or lengths[unit.removesuffix("s")]


def _spelled_out(unit: str) -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    """What is said in words, and the digits for it."""
    words = "|".join(_NUMBERS)
    return (
        (r"\b([0-9]+)\s*h\s*([0-5]?[0-9])(?![\w.,:%])", lambda found: f"{found[1]} h {found[2]} min"),
        (rf"\b(?:an?|one)\s+({unit})\s+and\s+a\s+half\b", lambda found: f"1.5 {found[1]}"),
        (r"\bhalf\s+an?\s+", lambda _: "0.5 "),
        (r"\bthree[\s-]+quarters\s+of\s+an?\s+", lambda _: "0.75 "),
        (r"\b(?:a\s+|one\s+)?quarter\s+of\s+an?\s+", lambda _: "0.25 "),
        (rf"\b({words})\s+and\s+a\s+half(?=[\s-]+{unit})", lambda found: f"{_NUMBERS[found[1]]}.5"),
        (rf"\b([0-9]+)\s+and\s+a\s+half(?=[\s-]+{unit})", lambda found: f"{found[1]}.5"),
        (rf"(?<!per\s)\b({words})(?=[\s-]+{unit})", lambda found: _NUMBERS[found[1]]),
    )


def read_rate(text: str) -> tuple[float, str | None] | None:
    """A number of things and what it is counted over ("500 a day"); None when it is no one such number.

    A point that parts three digits stands for thousands here (12.000), since there are no thousandths of a case.
    """
    thousands = re.sub(r"(?<![0-9.,])([1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?![0-9.,]*[0-9])", _without_points, text)
    quantity = _only_quantity(thousands)
    if quantity is None or quantity.unit is not Unit.COUNT or not quantity.known_per:
        return None
    return (quantity.amount, quantity.per) if not _OTHER_SPAN.match(to_plain_text(thousands), quantity.end) else None


def _without_points(found: re.Match[str]) -> str:
    return found[1].replace(".", "")


_SHARE = re.compile(
    r"^(?P<part>.{1,40}?)\s*(?:/|\bout\s+of\b|\bof\b|\bin\b)\s*(?:every\s+|a\s+(?=hundred))?(?P<whole>.{1,40})$",
    re.DOTALL,
)
_ANY_SPAN = re.compile(r"\b(?:years?|months?|weeks?|days?|hours?|minutes?)\b", re.IGNORECASE)


def read_share(text: str) -> float | None:
    """The percentage in "9 out of 10", "nine in ten" or "95/100"; None when it is no share of a whole."""
    split = _SHARE.match(to_plain_text(text).strip(" .!"))
    if split is None:
        return None
    part, whole = _only_quantity(split["part"]), _only_quantity(split["whole"].replace("hundred", "100"))
    if part is None or whole is None or {part.unit, whole.unit} != {Unit.COUNT} or part.per or whole.per:
        return None
    if not 0 <= part.amount <= whole.amount or not whole.amount or _ANY_SPAN.search(split["whole"]):
        return None
    return round(100 * part.amount / whole.amount, 9)


def read_percentage(text: str) -> float | None:
    """The one percentage in an answer, 95 for "95 %" as for "95"; None when there is none, or more than one reading."""
    quantity = _only_quantity(text)
    if quantity is None or quantity.unit not in {Unit.PERCENT, Unit.COUNT} or quantity.per:
        return None
    return quantity.amount


def read_money(text: str) -> tuple[float, str | None] | None:
    """The one sum of money in an answer, and its ISO 4217 code where it has one; None when it cannot be read."""
    quantity = _only_quantity(text)
    if quantity is None or quantity.unit not in {Unit.MONEY, Unit.COUNT} or quantity.per:
        return None
    return quantity.amount, quantity.currency


def read_amount(text: str, unit: Unit | None) -> tuple[float, str | None] | None:
    """The one amount in a field, counted in `unit`, and its currency; None when it is none, or counts something else.

    A duration needs its unit, as nobody counts their bare number in seconds. Without a `unit`, any amount will do.
    """
    quantity = _only_quantity(text)
    if quantity is None or quantity.per or not counts_in(quantity, unit):
        return None
    return quantity.amount, quantity.currency


def read_quantity(text: str) -> Quantity | None:
    """The one amount in a field with all that was written of it: unit, range, "per month"; None when not sure."""
    return _only_quantity(text, ranges=True)


def counts_in(quantity: Quantity, unit: Unit | None) -> bool:
    """Whether an amount is counted in `unit`, or may be: a bare number can be anything but a duration."""
    if unit is None or quantity.unit is unit or {quantity.unit, unit} <= _PERCENTAGES:
        return True
    return quantity.unit is Unit.COUNT and unit is not Unit.DURATION


_PERCENTAGES = frozenset({Unit.PERCENT, Unit.PERCENT_LEVEL, Unit.PERCENTAGE_POINTS})


def _only_quantity(text: str, *, ranges: bool = False) -> Quantity | None:
    plain = to_plain_text(text)
    if len(plain) > _LONGEST_ANSWER or _NEGATED.search(plain):
        return None
    found = find_quantities(plain)
    if len(found) != 1 or (found[0].high is not None and not ranges) or not found[0].clear:
        return None
    rest = plain[: found[0].start] + plain[found[0].end :]
    if any(character.isdigit() for character in rest):
        return None
    return _signed(found[0])


def _signed(quantity: Quantity) -> Quantity:
    return replace(quantity, amount=-quantity.amount) if quantity.signed == "-" else quantity


def _words_of(text: str, quantity: Quantity) -> str:
    written = to_plain_text(text)[quantity.start : quantity.end]
    return re.split(r"\s(?:an?|per|each|every)\s|/", written)[0].strip()
