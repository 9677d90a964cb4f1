"""One answer to one question, and how an answer in plain words is read."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from flows.choices import agreeing, find_option, find_options, find_step, find_yes_or_no, step_numbers
from flows.dates import find_days, is_year_written, say_day
from flows.durations import read_duration, say_duration
from flows.free_text import is_visible, tidy
from flows.number_answers import (
    is_counted_otherwise,
    is_over_time,
    read_count,
    read_percent,
    read_sum,
    say_what_is_unclear,
)
from flows.objectives import Unit, describe_amount, format_number
from flows.questions import NO, YES, Kind, Option, Question
from flows.refusals import NotRead, refuse

__all__ = [
    "Answer", "NotRead", "Status", "choose_option", "describe_answer", "from_form", "named_person",
    "read_answer",
]  # fmt: skip

_Value = float | str | tuple[str, ...]

SHORT_TEXT_LENGTH = 300
LONG_TEXT_LENGTH = 3000


class Status(StrEnum):
    """How a question was settled."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    HANDED = "handed"


class Answer(BaseModel):
    """One answer.

    Attributes:
        question: The question's id.
        status: Given, "I don't know", skipped, or handed on to somebody else.
        given: The person's words, or the label of the button that they pressed.
        value: What was read: a number in the question's unit, an option's value (several of `CHOICES`), a day as
            YYYY-MM-DD, a Slack user id, or the words; the user id of whom it was handed to; else None.
        currency: ISO 4217 code, for money.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    status: Status
    given: str = ""
    value: _Value | None = None
    currency: str | None = None


def read_answer(question: Question, text: str, today: date, *, me: str = "") -> Answer:
    """Read an answer given in words, for every kind of question but objectives.

    Args:
        question: What was asked.
        text: The words, as Slack delivers them.
        today: What "tomorrow" is counted from.
        me: The Slack user id of who answers, for "me" where a person is asked for.

    Raises:
        NotRead: The text is no answer to this question.
        ValueError: The question is one about objectives.
    """
    if question.kind is Kind.MONEY:
        amount, currency = read_sum(question, text)
        return _given(question, tidy(text), amount, currency)
    read = _READERS.get(question.kind)
    if read is None:
        raise ValueError(f"{question.id} is answered with objectives, which are read elsewhere")
    return _given(question, tidy(text), read(question, text, today, me))


def _given(question: Question, words: str, value: float | str | tuple[str, ...], currency: str | None = None) -> Answer:
    return Answer(question=question.id, status=Status.GIVEN, given=words, value=value, currency=currency)


def _read_option(question: Question, text: str) -> str:
    find = find_step if question.kind is Kind.SCALE else find_option
    found = find(question.options, text)
    if len(found) == 1:
        return found[0].value
    if found:
        raise refuse(question, "That could mean more than one of them.", found)
    raise refuse(question, "I could not tell which one you mean.")


def _read_options(question: Question, text: str) -> tuple[str, ...]:
    found = find_options(question.options, text)
    if not found:
        raise refuse(question, "I could not tell which ones you mean; please part them with commas.")
    return tuple(option.value for option in found)


def _read_yes_or_no(question: Question, text: str) -> str:
    truth = find_yes_or_no(text)
    if truth is None:
        raise refuse(question, "I could not tell whether that is a yes.")
    return YES if truth else NO


def _read_span(question: Question, text: str) -> float:
    span = read_duration(text, question.unit)
    if span is None:
        raise refuse(question, say_what_is_unclear(text, "I could not read one span of time in that."))
    return span


def _read_day(question: Question, text: str, today: date) -> str:
    days = find_days(text, today)
    if len(days) > 1:
        raise refuse(question, f"Do you mean {' or '.join(map(say_day, days))}?")
    if not days:
        raise refuse(question, "I could not read one day in that.")
    if days[0] < today and not is_year_written(text):
        raise refuse(question, f"{say_day(days[0])} has passed. If you mean it, please write the year.")
    return days[0].isoformat()


_USER = re.compile(r"[UW][A-Z0-9]{1,20}")
_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,20})(?:\|[^<>]*)?>")
_ME = frozenset({
    "me", "myself", "i", "i do", "i am", "i will", "i did", "it is me", "its me", "thats me", "that is me",
    "that would be me", "me myself", "its mine", "i am the one",
})  # fmt: skip
_SOMEBODY_ELSE = re.compile(r"\b(?:me|myself|and|or|not|nobody|except|but)\b|n't\b|&amp;", re.IGNORECASE)


def _read_person(question: Question, text: str, me: str) -> str:
    words = " ".join(re.findall(r"[a-z]+", text.casefold().replace("'", "").replace("’", "")))
    if words in _ME and me:
        return me
    people = set(_MENTION.findall(text))
    if len(people) != 1 or _SOMEBODY_ELSE.search(_MENTION.sub(" ", text)):
        raise refuse(question, "I need one person." if people else "I could not find a person in that.")
    return str(people.pop())


def _read_text(question: Question, text: str) -> str:
    words = tidy(text)
    most = SHORT_TEXT_LENGTH if question.kind is Kind.SHORT_TEXT else LONG_TEXT_LENGTH
    if not is_visible(words):
        raise refuse(question, "Please write a few words.")
    if len(words) > most:
        raise refuse(question, f"Please shorten it to {most:,} characters; it has {len(words):,}.")
    return words


_READERS: Mapping[Kind, Callable[[Question, str, date, str], _Value]] = {
    Kind.CHOICE: lambda question, text, _today, _me: _read_option(question, text),
    Kind.SCALE: lambda question, text, _today, _me: _read_option(question, text),
    Kind.CHOICES: lambda question, text, _today, _me: _read_options(question, text),
    Kind.YES_NO: lambda question, text, _today, _me: _read_yes_or_no(question, text),
    Kind.NUMBER: lambda question, text, _today, _me: read_count(question, text),
    Kind.PERCENTAGE: lambda question, text, _today, _me: read_percent(question, text),
    Kind.DURATION: lambda question, text, _today, _me: _read_span(question, text),
    Kind.DATE: lambda question, text, today, _me: _read_day(question, text, today),
    Kind.PERSON: lambda question, text, _today, me: _read_person(question, text, me),
    Kind.SHORT_TEXT: lambda question, text, _today, _me: _read_text(question, text),
    Kind.LONG_TEXT: lambda question, text, _today, _me: _read_text(question, text),
}


def choose_option(question: Question, value: str) -> Answer | None:
    """The answer that a pressed button stands for; None when the question has no such button."""
    if question.kind is Kind.CHOICES or value not in question.values:
        return None
    return _given(question, _label(question, value), value)


def from_form(question: Question, values: Sequence[str], today: date, *, me: str = "") -> Answer:
    """The answer in what a form's field delivers: options' values, a day as YYYY-MM-DD, a user id, or free words.

    Several values that are no options, such as an amount and its currency, are read as one text.

    Raises:
        NotRead: The field holds no answer; the message can stand beside the field.
        ValueError: The question is one about objectives.
    """
    if question.kind is Kind.CHOICES:
        return _choose_options(question, values)
    delivered = " ".join(values)
    if question.kind is Kind.PERSON and _USER.fullmatch(delivered):
        return _given(question, "", delivered)
    return choose_option(question, delivered) or read_answer(question, delivered, today, me=me)


def _choose_options(question: Question, values: Sequence[str]) -> Answer:
    chosen = agreeing(question.options, values)
    if not chosen or any(value not in question.values for value in values):
        raise refuse(question, "Please choose what fits together." if values else "Please choose at least one.")
    labels = "; ".join(option.label for option in chosen)
    return _given(question, labels, tuple(option.value for option in chosen))


def named_person(question: Question, answer: Answer) -> str | None:
    """The Slack user id that the answer consists of, or that it was handed to; None for any other answer.

    Ask this before `describe_answer` where a mention is to be shown, as words of that have to be escaped.
    """
    if answer.status is not Status.HANDED and (answer.status is not Status.GIVEN or question.kind is not Kind.PERSON):
        return None
    return answer.value if isinstance(answer.value, str) and _USER.fullmatch(answer.value) else None


_SHORT, _MIDDLE = 40, 60


def describe_answer(question: Question, answer: Answer, *, short: bool = False) -> str:
    """How the answer was read, in a few plain words: "12,000 cases a month"; never empty.

    People's own words may be in it, so whoever shows it escapes it. A person is "<@U123>", which escaping would spoil:
    see `named_person`. With `short` it has at most 40 characters, unless it is a person.
    """
    if answer.status is Status.UNKNOWN:
        return "I don't know"
    if answer.status is Status.SKIPPED:
        return "skipped"
    person = named_person(question, answer)
    if person:
        return f"<@{person}>"
    said = _describe_value(question, answer) or "…"
    if short:
        return _cut(" ".join(said.split()), _SHORT) or "…"
    written = f" (you wrote “{_cut(' '.join(answer.given.split()), _MIDDLE)}”)"
    return said + (written if _is_read_otherwise(question, answer) else "")


def _describe_value(question: Question, answer: Answer) -> str:
    match answer.value:
        case float(number):
            return _describe_number(question, number, answer)
        case tuple(values):
            return "; ".join(_label(question, value) for value in values)
        case str(value) if question.kind is Kind.SCALE:
            return _describe_step(question.options, value) or answer.given or value
        case str(value) if question.kind is Kind.DATE:
            return _describe_day(value)
        case str(value) if value in question.values:
            return _label(question, value)
        case value:
            return answer.given or value or ""


def _label(question: Question, value: str) -> str:
    if question.kind is Kind.YES_NO:
        return {YES: "Yes", NO: "No"}.get(value, value)
    return next((option.label for option in question.options if option.value == value), value)


def _describe_number(question: Question, number: float, answer: Answer) -> str:
    currency = answer.currency
    if currency:
        over = f" {question.unit}" if question.kind is Kind.MONEY and is_over_time(question) else ""
        return describe_amount(number, Unit.MONEY, currency=currency) + over
    if question.kind is Kind.DURATION:
        return say_duration(number, question.unit, answer.given)
    if question.kind is Kind.PERCENTAGE and not question.unit.startswith("%"):
        return f"{format_number(number)} % {question.unit}".strip()
    return f"{format_number(number)} {_counted(question.unit, number)}".strip()


def _counted(unit: str, number: float) -> str:
    """The unit for so many: "1 team", "1 case a month"."""
    first, *rest = unit.split(" ")
    if number != 1 or not re.search(r"[^sui]s$", first):
        return unit
    return " ".join([f"{first.removesuffix('ies')}y" if first.endswith("ies") else first.removesuffix("s"), *rest])


def _describe_step(options: Sequence[Option], value: str) -> str:
    numbers = step_numbers(options)
    place = next((place for place, option in enumerate(options) if option.value == value), None)
    if place is None:
        return ""
    said, label = f"{numbers[place]} of {max(numbers)}", options[place].label
    meaning = label.removeprefix(str(numbers[place])).strip(" .:-–—()=")
    return f"{said}: {meaning}" if meaning else said


def _describe_day(value: str) -> str:
    try:
        return say_day(date.fromisoformat(value))
    except ValueError:
        return value


def _is_read_otherwise(question: Question, answer: Answer) -> bool:
    """Whether the number is not the one that was written, so that both are shown."""
    if not answer.given or not isinstance(answer.value, float):
        return False
    return question.kind is Kind.NUMBER and is_counted_otherwise(question, answer.given, answer.value)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
