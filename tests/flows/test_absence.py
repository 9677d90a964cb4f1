"""What people type about when they are away, and how that is said back."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.absence import Absence, AbsenceError, describe_absence, is_away, read_absence

TODAY = date(2026, 11, 25)
"""A Wednesday."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: str, last: str) -> Absence:
    return Absence(day(first), day(last))


READ: list[tuple[str, str, str]] = [
    ("today", "2026-11-25", "2026-11-25"),
    ("tomorrow", "2026-11-26", "2026-11-26"),
    ("until today", "2026-11-25", "2026-11-25"),
    ("until friday", "2026-11-25", "2026-11-27"),
    ("until Fri.", "2026-11-25", "2026-11-27"),
    ("Until Wednesday!", "2026-11-25", "2026-11-25"),
    ("until next friday", "2026-11-25", "2026-12-04"),
    ("until this friday", "2026-11-25", "2026-11-27"),
    ("I’m away until Tuesday", "2026-11-25", "2026-12-01"),
    ("on vacation till monday", "2026-11-25", "2026-11-30"),
    ("friday", "2026-11-27", "2026-11-27"),
    ("on friday", "2026-11-27", "2026-11-27"),
    ("until 4 January", "2026-11-25", "2027-01-04"),
    ("until January 4th", "2026-11-25", "2027-01-04"),
    ("until the 4th of January, 2028", "2026-11-25", "2028-01-04"),
    ("till 2026-12-31", "2026-11-25", "2026-12-31"),
    ("until 24.12.", "2026-11-25", "2026-12-24"),
    ("until 24.12.2026", "2026-11-25", "2026-12-24"),
    ("until 24/12", "2026-11-25", "2026-12-24"),
    ("until 12/24/2026", "2026-11-25", "2026-12-24"),
    ("until 12/12", "2026-11-25", "2026-12-12"),
    ("until 29 February", "2026-11-25", "2028-02-29"),
    ("this week", "2026-11-25", "2026-11-29"),
    ("for the rest of the week", "2026-11-25", "2026-11-29"),
    ("until the end of the week", "2026-11-25", "2026-11-29"),
    ("until end of next week", "2026-11-25", "2026-12-06"),
    ("next week", "2026-11-30", "2026-12-06"),
    ("all next week", "2026-11-30", "2026-12-06"),
    ("until next week", "2026-11-25", "2026-11-29"),
    ("this month", "2026-11-25", "2026-11-30"),
    ("next month", "2026-12-01", "2026-12-31"),
    ("until the end of the year", "2026-11-25", "2026-12-31"),
    ("next year", "2027-01-01", "2027-12-31"),
    ("for 3 days", "2026-11-25", "2026-11-27"),
    ("3 days", "2026-11-25", "2026-11-27"),
    ("for two weeks", "2026-11-25", "2026-12-08"),
    ("for a week", "2026-11-25", "2026-12-01"),
    ("for a month", "2026-11-25", "2026-12-24"),
    ("for the next 3 days", "2026-11-25", "2026-11-27"),
    ("for another week", "2026-11-25", "2026-12-01"),
    ("for a couple of days", "2026-11-25", "2026-11-26"),
    ("for two weeks from monday", "2026-11-30", "2026-12-13"),
    ("from monday for two weeks", "2026-11-30", "2026-12-13"),
    ("24 to 31 December", "2026-12-24", "2026-12-31"),
    ("24–31 December", "2026-12-24", "2026-12-31"),
    ("24-31 Dec 2027", "2027-12-24", "2027-12-31"),
    ("the 24th until the 31st of December", "2026-12-24", "2026-12-31"),
    ("20 to 27 November", "2026-11-20", "2026-11-27"),
    ("from monday until wednesday", "2026-11-30", "2026-12-02"),
    ("from wednesday to friday", "2026-11-25", "2026-11-27"),
    ("mon-fri", "2026-11-30", "2026-12-04"),
    ("from friday until monday", "2026-11-27", "2026-11-30"),
    ("from 24 December to 4 January", "2026-12-24", "2027-01-04"),
    ("from 20 November to 30 November", "2026-11-20", "2026-11-30"),
    ("2026-12-24 – 2026-12-31", "2026-12-24", "2026-12-31"),
    ("from 2026-12-24 to 4 January", "2026-12-24", "2027-01-04"),
    ("24 Dec - 4 Jan 2027", "2026-12-24", "2027-01-04"),
    ("December 24 to friday", "2026-12-24", "2026-12-25"),
    ("from next week until friday", "2026-11-30", "2026-12-04"),
    ("back on 7 January", "2026-11-25", "2027-01-06"),
    ("I'm back on friday", "2026-11-25", "2026-11-26"),
    ("back wednesday", "2026-11-25", "2026-12-01"),
    ("back tomorrow", "2026-11-25", "2026-11-25"),
    ("back in 3 days", "2026-11-25", "2026-11-27"),
    ("back in two weeks", "2026-11-25", "2026-12-08"),
    ("back next week", "2026-11-25", "2026-11-29"),
    ("returning from 7 January", "2026-11-25", "2027-01-06"),
]


@pytest.mark.parametrize(("text", "first", "last"), READ)
def test_days_are_read(text: str, first: str, last: str) -> None:
    assert read_absence(text, TODAY) == days(first, last)


@pytest.mark.parametrize("text", ["off", "back", "Back!", "I’m back", "I am back again", "back today", "here", "end"])
def test_who_is_back_is_not_away(text: str) -> None:
    assert read_absence(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "Say until when"),
        ("  ", "Say until when"),
        ("a while", "could not read “a while”"),
        ("soonish " * 50, "could not read “soonish"),
        ("until later", "could not read"),
        ("until 31 February", "could not read"),
        ("until 2026-02-30", "could not read"),
        ("until 4 january next week", "could not read"),
        ("24 to 31 to", "could not read"),
        ("24 to 31 weeks", "could not read"),
        ("31 to 30 november", "could not read"),
        ("from monday", "could not read"),
        ("for days", "could not read"),
        ("weeks", "could not read"),
        ("for 0 days", "could not read"),
        ("for 9999 years", "could not read"),
        ("until the end of 9999", "could not read"),
        ("from 9999-12-15 until the end of the month", "could not read"),
        ("until 4/1", "month as a word"),
        ("until 31/2", "month as a word"),
        ("31 to 24 December", "ends before it begins"),
        ("from 2026-12-24 to 2026-12-20", "ends before it begins"),
        ("until 1 January 2020", "Wednesday 1 January 2020 is already over"),
        ("from 2020-01-01 to 2020-01-05", "Sunday 5 January 2020 is already over"),
        ("for 3 years", "two years"),
        ("until 2099-01-01", "two years"),
    ],
)
def test_other_words_say_what_to_type(text: str, hint: str) -> None:
    with pytest.raises(AbsenceError, match=hint) as refusal:
        read_absence(text, TODAY)
    assert "/ml-kickoff away" in str(refusal.value)
    assert len(str(refusal.value)) < 300


def test_what_is_under_way_keeps_the_day_on_which_it_began() -> None:
    assert read_absence("24 December to 4 January", date(2026, 12, 28)) == days("2026-12-24", "2027-01-04")


_SOME_WORDS = (
    "until till from to for back on in next this the end of week month year monday fri 24 31 4 december jan 2026 "
    "2026-12-31 24.12. 3 two days weeks today tomorrow - and 0 9999 29 february off away 4/1 1"
)
_TEXTS = st.text() | st.lists(st.sampled_from(_SOME_WORDS.split()), max_size=7).map(" ".join)
_DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(_TEXTS, _DAYS)
@example("until 29 february", date(2096, 3, 1))
@example("24 december to 31 february", TODAY)
def test_any_text_is_read_or_refused(text: str, today: date) -> None:
    try:
        absence = read_absence(text, today)
    except AbsenceError:
        return
    if absence:
        assert absence.last is not None
        assert absence.first <= absence.last
        assert today <= absence.last <= today + timedelta(days=2 * 366)


@given(st.integers(0, 6), _DAYS)
def test_a_weekday_is_within_the_week(ahead: int, today: date) -> None:
    friday = today + timedelta(days=ahead)
    assert read_absence(f"until {friday:%A}", today) == Absence(today, friday)


@given(_DAYS, st.integers(0, 300), st.integers(0, 300))
def test_dates_mean_themselves(today: date, ahead: int, length: int) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=length)
    absence = Absence(first, last)
    assert read_absence(f"{first} to {last}", today) == absence
    assert read_absence(f"from {first.day} {first:%B %Y} until {last:%B} {last.day}, {last.year}", today) == absence


def test_days_of_absences() -> None:
    away = [days("2026-12-24", "2026-12-31"), Absence(day("2027-02-01"), None)]
    assert [is_away(away, day(text)) for text in ("2026-12-23", "2026-12-24", "2026-12-31")] == [False, True, True]
    assert [is_away(away, day(text)) for text in ("2027-01-01", "2027-02-01", "2030-01-01")] == [False, True, True]
    assert not is_away([], TODAY)


@pytest.mark.parametrize(
    ("absence", "words"),
    [
        (days("2026-11-25", "2026-11-25"), "today"),
        (days("2026-11-25", "2026-11-27"), "until Friday 27 November"),
        (days("2026-11-20", "2027-01-04"), "until Monday 4 January 2027"),
        (days("2026-11-27", "2026-11-27"), "on Friday 27 November"),
        (days("2026-12-24", "2026-12-31"), "from Thursday 24 December until Thursday 31 December"),
        (Absence(TODAY, None), "for now"),
        (Absence(day("2026-12-24"), None), "from Thursday 24 December"),
    ],
)
def test_absences_in_words(absence: Absence, words: str) -> None:
    assert describe_absence(absence, TODAY) == words
