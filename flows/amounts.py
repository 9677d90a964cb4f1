"""Single amounts given as an answer: a number, a percentage, a sum of money. What is not clear is not read."""

import re
from dataclasses import replace

from flows.objectives import Unit
from flows.plain_text import to_plain_text
from flows.quantities import Quantity, find_quantities

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
