"""One answer to one question, and how an answer in plain words is read."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from textwrap import shorten

from pydantic import BaseModel, ConfigDict

from flows.amounts import read_minutes, read_money, read_months, read_number, read_percentage, read_rate, read_share
from flows.facts import Facts
from flows.objectives import Unit, describe_amount, format_number
from flows.questions import NO, YES, Kind, Question
from flows.wishes import say_number


class Status(StrEnum):
    """How a question was settled."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Answer(BaseModel):
    """One answer.

    Attributes:
        question: The question's id.
        status: Given, "I don't know", or skipped.
        given: The person's words, or the label of the button that they pressed.
        value: What was read: a number, or an option's value; None unless `status` is given.
        currency: ISO 4217 code, for money.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    status: Status
    given: str = ""
    value: float | str | None = None
    currency: str | None = None


class NotRead(Exception):
    """The words are no answer to this question; the message says kindly what is missing, with an example."""


_LARGEST_COUNT = 1e12


def read_answer(question: Question, text: str) -> Answer:
    """Read an answer given in words, for every kind of question but objectives.

    Raises:
        NotRead: The text is no answer to this question.
    """
    match question.kind:
        case Kind.CHOICE:
            return _read_choice(question, text)
        case Kind.MONEY:
            return _read_money(question, text)
        case Kind.PERCENTAGE:
            return _read_percentage(question, text)
        case _:
            return _read_count(question, text)


def _read_choice(question: Question, text: str) -> Answer:
    said = text.strip().rstrip(".").casefold()
    for option in question.options:
        if said in {option.label.casefold(), option.value.casefold()}:
            return Answer(question=question.id, status=Status.GIVEN, given=text, value=option.value)
    raise NotRead("Please press one of the buttons, so that I do not guess.")


def _read_count(question: Question, text: str) -> Answer:
    number = _READERS.get(question.id, read_number)(text)
    if number is None or not 0 <= number <= _LARGEST_COUNT:
        raise NotRead(f"I could not read one number of {question.noun} in that. For example: {question.example}")
    if question.id in _AT_LEAST_ONE and number < 1:
        raise NotRead(f"That should be at least 1. For example: {question.example}")
    return Answer(question=question.id, status=Status.GIVEN, given=text, value=number)


_MONTHS_PER: Mapping[str | None, float] = {None: 1.0, "month": 1.0, "week": 12 / 52, "quarter": 3.0, "year": 12.0}
"""Months in the time that a number of cases is counted over."""

_DAYS_A_MONTH, _WORKING_DAYS_A_MONTH = 365.25 / 12, 21.0


def _read_monthly(text: str) -> float | None:
    """The cases a month in "12,000", "12.000", "100 a week" or "6,000 per year"."""
    rate = read_rate(text)
    if rate is None:
        return None
    number, per = rate
    if per == "day" and 0 < number <= _LARGEST_COUNT:
        every_day, working_days = (_three_digits(number * days) for days in (_DAYS_A_MONTH, _WORKING_DAYS_A_MONTH))
        raise NotRead(
            f"Please write it as a number of cases a month: about {every_day} if it is every day, "
            f"{working_days} if it is on working days."
        )
    if per not in _MONTHS_PER:
        return None
    months = _MONTHS_PER[per]
    return number if months == 1 else round(number / months, 0 if number >= 100 * months else 1)


def _three_digits(number: float) -> str:
    return say_number(float(f"{number:.2e}"))


_READERS: Mapping[str, Callable[[str], float | None]] = {
    "cases_per_month": _read_monthly,
    "minutes_per_case": read_minutes,
    "expected_months": read_months,
}
"""How a number is read that may have been given in another unit than the one that was asked for."""


def _read_percentage(question: Question, text: str) -> Answer:
    share = read_share(text)
    percentage = read_percentage(text) if share is None else share
    if share is None and percentage is not None and 0 < percentage < 1:
        whole = format_number(round(100 * percentage, 6))
        raise NotRead(f"Do you mean {whole}? Please write it as a whole number, such as {whole}.")
    if percentage is None or not 0 < percentage <= 100:  # noqa: PLR2004 - a percentage ends there
        raise NotRead(f"I need one number between 1 and 100, in percent. For example: {question.example}")
    return Answer(question=question.id, status=Status.GIVEN, given=text, value=percentage)


def _read_money(question: Question, text: str) -> Answer:
    money = read_money(text)
    if money is None or money[0] < 0:
        raise NotRead(f"I could not read an amount of money in that. For example: {question.example}")
    amount, currency = money
    if currency is None:
        raise NotRead(f"In which currency? For example: {question.example}")
    return Answer(question=question.id, status=Status.GIVEN, given=text, value=amount, currency=currency)


_AT_LEAST_ONE = frozenset({"teams"})


def describe_answer(question: Question, answer: Answer) -> str:
    """How the answer was read, in a few plain words: "12,000 cases a month"."""
    if answer.status is Status.UNKNOWN:
        return "I don't know"
    if answer.status is Status.SKIPPED:
        return "skipped"
    if isinstance(answer.value, float):
        if answer.currency:
            return describe_amount(answer.value, Unit.MONEY, currency=answer.currency)
        said = f"{format_number(answer.value)} {question.noun}".strip()
        return f"{said} (you wrote “{_shorten(answer.given)}”)" if _is_converted(question, answer) else said
    labels = {option.value: option.label for option in question.options}
    return labels.get(str(answer.value), answer.given)


def _is_converted(question: Question, answer: Answer) -> bool:
    """Whether the number is not the one that was written, so that both are shown."""
    return question.id in _READERS and bool(answer.given) and read_number(answer.given) != answer.value


def _shorten(text: str) -> str:
    return shorten(text, 60, placeholder=" …") or "…"


def gather_facts(answers: Iterable[Answer]) -> Facts:
    """The facts that the given answers hold; where two people answered the same question, the later one counts."""
    known: dict[str, object] = {}
    for answer in answers:
        if answer.status is not Status.GIVEN or answer.question not in Facts.model_fields:
            continue
        known[answer.question] = _TRUTH.get(str(answer.value), answer.value)
        if answer.question == "teams" and isinstance(answer.value, float):
            known["teams"] = round(answer.value)
        if answer.question == "budget":
            known["budget_currency"] = answer.currency
    return Facts.model_validate(known)


_TRUTH: dict[str, bool] = {YES: True, NO: False}
