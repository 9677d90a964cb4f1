"""The end of a project as it is filled in, and how wide of the mark the score was (K37)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.activity import Entry
from flows.closing import (
    LABELS,
    MOST_WEEKS,
    Outcome,
    Unclear,
    logged_weeks,
    read_accuracy,
    read_weeks,
    say_mark,
    says_nothing,
)
from flows.scoring.draws import Spread

PREDICTED = Spread(18, 33, 62)


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [
        ("70", 70),
        (" 70 ", 70),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("about 70 person-weeks", 70),
        ("~ 7 weeks", 7),
        ("70 w.", 70),
        ("1 person week", 1),
        ("5000", 5000),
        ("７０", 70),
    ],
)
def test_person_weeks_are_read(typed: str, weeks: float) -> None:
    assert read_weeks(typed) == weeks


@pytest.mark.parametrize("typed", ["", "0", "many", "-3", "10 to 20", "3 months", "5001", "1.200", "12 people", "7e3"])
def test_what_is_no_number_of_person_weeks_is_turned_down_with_an_example(typed: str) -> None:
    with pytest.raises(Unclear, match="such as 70"):
        read_weeks(typed)


@pytest.mark.parametrize(
    ("typed", "right"), [("93", 93), ("93.5 %", 93.5), ("100", 100), ("0", 0), ("99,5 percent", 99.5)]
)
def test_accuracy_is_read(typed: str, right: float) -> None:
    assert read_accuracy(typed) == right


@pytest.mark.parametrize("typed", ["", "101", "0.93", "1", "good", "9 of 10"])
def test_what_may_mean_a_share_is_no_accuracy(typed: str) -> None:
    with pytest.raises(Unclear, match="of 100"):
        read_accuracy(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_in_range_or_turned_down(typed: str) -> None:
    for read, most in ((read_weeks, MOST_WEEKS), (read_accuracy, 100.0)):
        with suppress(Unclear):
            assert 0 <= read(typed) <= most


def test_logged_hours_are_weeks_of_thirty_five() -> None:
    assert logged_weeks([Entry(hours=7), Entry(), Entry(hours=10.5)]) == 0.5
    assert logged_weeks([Entry(note="met")]) is None
    assert logged_weeks([]) is None


@pytest.mark.parametrize(
    ("took", "how"),
    [
        (70, "it took 70: more than in nine of ten cases that we expected"),
        (62, "it took 62: inside the range"),
        (18, "it took 18: inside the range"),
        (9, "it took 9: less than in nine of ten cases that we expected"),
    ],
)
def test_how_wide_of_the_mark_it_was(took: float, how: str) -> None:
    assert say_mark(PREDICTED, took, Outcome.REACHED) == f"18 to 62 person-weeks were predicted, {how}"


def test_of_what_was_stopped_nobody_knows_what_the_whole_would_have_taken() -> None:
    said = "18 to 62 person-weeks were predicted, it"
    assert say_mark(PREDICTED, 9, Outcome.STOPPED) == f"{said} was stopped after 9"
    assert say_mark(PREDICTED, 70, Outcome.STOPPED).startswith(f"{said} took 70: more than")


def test_every_outcome_can_be_chosen() -> None:
    assert set(LABELS) == set(Outcome)


@pytest.mark.parametrize(
    "typed", ["", " ", "0", "0,00", "None", "nothing.", "no", "-", "I don't know", "dont know", "n/a"]
)
def test_nothing_and_not_known_are_answers(typed: str) -> None:
    assert says_nothing(typed)


@pytest.mark.parametrize("typed", ["0.5", "nothing but 3", "80,000", "€0.01"])
def test_an_amount_is_more_than_nothing(typed: str) -> None:
    assert not says_nothing(typed)
