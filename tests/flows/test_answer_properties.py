"""Whatever is written, an answer is read or kindly asked for again, and nothing is lost on the way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answers import Answer, NotRead, Status, describe_answer, from_form, named_person, read_answer
from flows.questions import Kind, Question
from tests.flows.questions_of_each_kind import QUESTIONS, TODAY, make_options, make_question

MOST_WORDS = 29
ASKED = st.sampled_from(list(QUESTIONS.values()))
BROKEN = ("\n", "\u200b", "\ud800", "\x00", "\u3164", "&amp;", "1e9", "٣", "²", "½", "999999999999999", "trillion")
PLAIN = (
    "1 2.5 1,200 1.200 0.9 -3 10-15 0 half four five an a and or not of to in by per end before ; / & - + % € $ k EUR "
    "month months week weeks day days years h min s ms next friday tomorrow march dec 31 31.12.2026 03/04/2027 easter "
    "2026-12-31 <@U1> <@U2|ann> me yes no none all both rules people data never often often,"
)
PIECES = st.sampled_from([*PLAIN.split(), *BROKEN])
WORDS = st.one_of(
    st.text(max_size=400), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=6).map("".join)
)


def check_length(reason: NotRead) -> None:
    assert len(str(reason).split()) <= MOST_WORDS


def how_to_answer(question: Question) -> str:
    if question.kind is Kind.YES_NO:
        return "Yes or No"
    if question.kind is Kind.PERSON:
        return "type @"
    return question.example or question.options[0].label.split()[0]


@given(question=ASKED, words=WORDS)
def test_any_words_are_read_or_refused_with_an_example(question: Question, words: str) -> None:
    try:
        answer = read_answer(question, words, TODAY, me="UME")
    except NotRead as reason:
        check_length(reason)
        sentence = str(reason)
        assert how_to_answer(question) in sentence or sentence.startswith("That could mean more than one")
        return
    assert answer.status is Status.GIVEN
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    assert describe_answer(question, answer).strip()
    short = describe_answer(question, answer, short=True)
    assert short.strip()
    assert len(short) <= 40 or named_person(question, answer)


@given(
    question=ASKED, values=st.lists(st.one_of(WORDS, st.sampled_from(["v0", "v3", "rules", "U1", "EUR"])), max_size=3)
)
def test_any_field_is_read_or_refused(question: Question, values: list[str]) -> None:
    try:
        answer = from_form(question, values, TODAY)
    except NotRead as reason:
        check_length(reason)
        return
    assert describe_answer(question, answer)


@given(kind=st.sampled_from([Kind.CHOICE, Kind.CHOICES, Kind.SCALE]), data=st.data())
def test_any_options_can_be_told_by_their_labels(kind: Kind, data: st.DataObject) -> None:
    labels = data.draw(
        st.lists(st.text("abcd ,;10", min_size=1, max_size=75).filter(str.strip), min_size=2, max_size=15)
    )
    question = make_question(kind, options=make_options(*labels))
    chosen = data.draw(st.sampled_from(question.options))
    try:
        answer = read_answer(question, chosen.label, TODAY)
    except NotRead as reason:
        check_length(reason)
        return
    assert describe_answer(question, answer)


@given(
    status=st.sampled_from(Status),
    question=ASKED,
    value=st.one_of(st.none(), st.floats(), st.text(), st.tuples(st.text(), st.text()), st.just("U12")),
    currency=st.sampled_from([None, "EUR"]),
)
def test_any_stored_answer_can_be_said(
    status: Status, question: Question, value: float | str | tuple[str, ...] | None, currency: str | None
) -> None:
    answer = Answer(question=question.id, status=status, value=value, currency=currency)
    assert describe_answer(question, answer)
    assert describe_answer(question, answer, short=True)


STYLES = {
    "plain": lambda number: f"{number}",
    "American": lambda number: f"{number:,}",
    "with spaces": lambda number: f"{number:,}".replace(",", " "),
    "Swiss": lambda number: f"{number:,}".replace(",", "'"),
    "in a sentence": lambda number: f"about {number:,}, I think",
}


@pytest.mark.parametrize("style", STYLES)
@given(number=st.integers(0, 10**9))
def test_numbers_in_every_style(style: str, number: int) -> None:
    assert read_answer(QUESTIONS["batches"], STYLES[style](number), TODAY).value == number


@given(number=st.integers(10**6, 10**9))
def test_numbers_in_the_european_style(number: int) -> None:
    written = f"{number:,}".replace(",", ".")
    assert read_answer(QUESTIONS["batches"], written, TODAY).value == number
    assert read_answer(QUESTIONS["budget"], f"{written} €", TODAY).value == number


@given(cents=st.integers(1, 9999))
def test_percentages_with_point_or_comma(cents: int) -> None:
    written = f"{cents / 100:.2f}"
    for style in (f"{written} %", f"{written.replace('.', ',')} %", f"{written} percent"):
        assert read_answer(QUESTIONS["share"], style, TODAY).value == pytest.approx(cents / 100)


UNITS = (("seconds", "s"), ("minutes", "min"), ("hours", "h"), ("days", "d"), ("weeks", "wk"), ("years", "yr"))


@given(number=st.integers(0, 999), unit=st.sampled_from(UNITS))
def test_durations_in_every_style(number: int, unit: tuple[str, str]) -> None:
    name, short = unit
    question = make_question(Kind.DURATION, example="3", unit=name)
    for written in (f"{number}", f"{number} {name}", f"{number}{short}", f"{number} {short}", f"some {number} {name}"):
        answer = read_answer(question, written, TODAY)
        assert answer.value == number
        assert "you wrote" not in describe_answer(question, answer)


@given(hours=st.integers(1, 99), minutes=st.integers(1, 59))
def test_hours_and_minutes(hours: int, minutes: int) -> None:
    for written in (f"{hours}h {minutes}", f"{hours} h {minutes} min", f"{hours} hours and {minutes} minutes"):
        assert read_answer(QUESTIONS["delay"], written, TODAY).value == 60 * hours + minutes


@given(day=st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_days_in_every_style(day: date) -> None:
    question = QUESTIONS["launch"]
    for written in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%y}",
        f"{day:%Y/%m/%d}",
    ):
        answer = read_answer(question, written, TODAY)
        assert answer.value == day.isoformat()
        assert read_answer(question, describe_answer(question, answer), TODAY).value == answer.value


@given(day=st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_slashes_are_read_one_way_or_not_at_all(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}", f"{day:%d-%m-%Y}"):
        if day.day > 12 or day.day == day.month:
            assert read_answer(QUESTIONS["launch"], written, TODAY).value == day.isoformat()
        else:
            with pytest.raises(NotRead, match=f"{day.day} {day:%B} {day.year}"):
                read_answer(QUESTIONS["launch"], written, TODAY)
