"""Answers that are one number: a count, a percentage, or a sum of money."""

import re
from collections.abc import Callable, Mapping

from flows.amounts import (
    read_minutes,
    read_money,
    read_months,
    read_number,
    read_percentage,
    read_quantity,
    read_rate,
    read_share,
)
from flows.objectives import Unit, describe_amount, format_number
from flows.plain_text import to_plain_text
from flows.questions import Question
from flows.refusals import cut_words, refuse
from flows.wishes import say_number

_LARGEST_COUNT = 1e12
_LARGEST_SUM = 1e15
_AT_LEAST_ONE = frozenset({"teams"})


def read_count(question: Question, text: str) -> float:
    """The number in `question.unit`, from 0 to 10^12.

    Raises:
        NotRead: It is no one such number.
    """
    number = _count(question, text)
    if number is None or not 0 <= number <= _LARGEST_COUNT:
        unit = cut_words(question.unit, 8)
        raise refuse(question, say_what_is_unclear(text, f"I could not read one number of {unit} in that."))
    if question.id in _AT_LEAST_ONE and number < 1:
        raise refuse(question, "That should be at least 1.")
    return number


def is_counted_otherwise(question: Question, text: str, number: float) -> bool:
    """Whether the number that was read from the text is not the one that stands in it, so that both are shown."""
    return question.id in _READERS and read_number(text) != number


def _count(question: Question, text: str) -> float | None:
    if question.id in _READERS:
        return _READERS[question.id](question, text)
    bare = without_unit(text, question.unit)
    quantity = read_quantity(bare)
    if quantity and quantity.unit is Unit.DURATION and "minute" not in question.unit:
        return None
    if quantity and quantity.per and quantity.known_per and _OVER.search(question.unit):
        return None  # counted over another time than the one that was asked for
    return read_number(bare)


_MONTHS_PER: Mapping[str | None, float] = {None: 1.0, "month": 1.0, "week": 12 / 52, "quarter": 3.0, "year": 12.0}
"""Months in the time that a number of cases is counted over."""

_DAYS_A_MONTH, _WORKING_DAYS_A_MONTH = 365.25 / 12, 21.0


def _read_monthly(question: Question, text: str) -> float | None:
    """The cases a month in "12,000", "12.000", "100 a week" or "6,000 per year"."""
    rate = read_rate(text)
    if rate is None:
        return None
    number, per = rate
    if per == "day" and 0 < number <= _LARGEST_COUNT:
        every_day, working_days = (_three_digits(number * days) for days in (_DAYS_A_MONTH, _WORKING_DAYS_A_MONTH))
        raise refuse(question, f"Please write it per month: {every_day} if every day, {working_days} on working days.")
    if per not in _MONTHS_PER:
        return None
    months = _MONTHS_PER[per]
    return number if months == 1 else round(number / months, 0 if number >= 100 * months else 1)


def _three_digits(number: float) -> str:
    return say_number(float(f"{number:.2e}"))


_READERS: Mapping[str, Callable[[Question, str], float | None]] = {
    "cases_per_month": _read_monthly,
    "minutes_per_case": lambda _, text: read_minutes(text),
    "expected_months": lambda _, text: read_months(text),
}
"""How a number is read that may have been given in another unit than the one that was asked for."""


_OVER = re.compile(r"\b(?:an?|per)\s")


def without_unit(text: str, unit: str) -> str:
    """The text without the unit that was asked for, if it follows a number: "200 requests per second" as "200"."""
    thing, *over = _OVER.split(unit.casefold(), maxsplit=1)
    names = [rf"\s?{_either_number(thing)}"] if thing.strip() else []
    names += [rf"\s?(?:/\s?|\b(?:an?|per|each|every)\s){_either_number(period)}" for period in over if period.strip()]
    pattern = "".join(f"(?:{name})?" for name in names)
    return re.sub(rf"(?<=[\w%])\s?{pattern}(?=[\s.!]*$)", "", to_plain_text(text), flags=re.IGNORECASE)


def _either_number(words: str) -> str:
    """A pattern for the words, the first of which may stand in the plural or not."""
    first, *rest = words.split()
    return r"\s".join([rf"{re.escape(first.removesuffix('s'))}s?", *map(re.escape, rest)]) + r"\b"


def read_percent(question: Question, text: str) -> float:
    """The percentage above 0 and up to 100 in "90", "99.5 %", "9 out of 10" or "half".

    Raises:
        NotRead: It is no one percentage, or a bare number below 1, which may as well be meant as a share.
    """
    share, quantity = read_share(text), read_quantity(text)
    percentage = read_percentage(text) if share is None else share
    is_bare = share is None and quantity is not None and quantity.unit is Unit.COUNT
    if is_bare and percentage is not None and 0 < percentage < 1:
        whole = format_number(round(100 * percentage, 6))
        raise refuse(question, f"Do you mean {whole}? Please write it in percent.")
    is_times = quantity is not None and quantity.signed == "+" and "+" not in text
    if percentage is None or not 0 < percentage <= 100 or is_times:  # noqa: PLR2004 - a percentage ends there
        raise refuse(question, say_what_is_unclear(text, "I need one number between 1 and 100, in percent."))
    return percentage


def read_sum(question: Question, text: str) -> tuple[float, str]:
    """A sum of money from 0 to 10^15, and the ISO 4217 code of its currency.

    Raises:
        NotRead: It is no one sum, or has no currency.
    """
    money = read_money(without_unit(text, question.unit) if is_over_time(question) else text)
    if money is None or not 0 <= money[0] <= _LARGEST_SUM:
        raise refuse(question, say_what_is_unclear(text, "I could not read an amount of money in that."))
    amount, currency = money
    if currency is None:
        raise refuse(question, "In which currency?")
    return amount, currency


def is_over_time(question: Question) -> bool:
    """Whether a sum of money is asked for per month, or the like."""
    return question.unit.startswith(("a ", "an ", "per "))


def say_what_is_unclear(text: str, otherwise: str) -> str:
    """Why no one number could be read, where a range or a doubtful point tells; else `otherwise`."""
    quantity = read_quantity(text)
    if quantity and quantity.high is not None:
        middle = round((quantity.amount + quantity.high) / 2, 6)
        is_time = quantity.unit is Unit.DURATION
        said = describe_amount(middle, Unit.DURATION) if is_time else format_number(middle)
        return f"That is a range. Please give one number, perhaps the middle: {said}."
    two_ways = re.search(r"(?<![0-9.,])([1-9][0-9]{0,2})\.([0-9]{3})(?![0-9.,]*[0-9])", text)
    if two_ways and not re.search(r"[0-9]", text[: two_ways.start()] + text[two_ways.end() :]):
        whole, decimal = (format_number(float(f"{two_ways[1]}{mark}{two_ways[2]}")) for mark in ("", "."))
        return f"Is that {whole} or {decimal}? I cannot tell."
    return otherwise
