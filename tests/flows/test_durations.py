"""Spans of time in plain words, read in hours."""

import pytest

from flows.durations import read_duration, say_duration


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("5", 5),
        ("about 5", 5),
        ("5 hours", 5),
        ("90 seconds", 0.025),
        ("900 ms", 0.00025),
        ("1h 30", 1.5),
        ("1h30", 1.5),
        ("1 h 30 min", 1.5),
        ("2 hours and 15 minutes", 2.25),
        ("1 hour, 30 minutes", 1.5),
        ("30 m", 0.5),
        ("1.5 h", 1.5),
        ("1,5 h", 1.5),
        ("1,200 hours", 1200),
        ("1 200 hours", 1200),
        ("2½ hours", 2.5),
        ("½ h", 0.5),
        ("half an hour", 0.5),
        ("a half hour", 0.5),
        ("half a day", 12),
        ("a quarter of an hour", 0.25),
        ("three quarters of an hour", 0.75),
        ("an hour", 1),
        ("an hour and a half", 1.5),
        ("a day and a half", 36),
        ("two and a half days", 60),
        ("2 and a half days", 60),
        ("three weeks", 504),
        ("twenty-five days", 600),
        ("a hundred days", 2400),
        ("one thousand hours", 1000),
        ("a fortnight", 336),
        ("roughly 2 days or so", 48),
        ("every 3 days", 72),
        ("1 year 2 months", 10227),
        ("a quarter", 2191.5),
        ("3-day", 72),
        ("0 days", 0),
        ("1.200 hours", None),
        ("2-3 days", None),
        ("-3 days", None),
        ("-3", None),
        ("3 days a week", None),
        ("2 days 3 days", None),
        ("2 days or 3 weeks", None),
        ("2 days plus 3 hours", None),
        ("3 hours 2 days", None),
        ("10 working days", None),
        ("3 days 4", None),
        ("1:30 h", None),
        ("half", None),
        ("some hours", None),
        ("not 3 days", None),
        ("3 days ago", None),
        ("999999999999999 years", None),
        ("ages", None),
        ("", None),
        ("1 h" + " " * 300, None),
    ],
)
def test_a_span_in_hours(text: str, hours: float | None) -> None:
    assert read_duration(text, "hours") == (None if hours is None else pytest.approx(hours))


def test_an_m_may_be_a_month() -> None:
    assert read_duration("3 m", "weeks") is None
    assert read_duration("3 m", "minutes") == 3
    assert read_duration("2 h 3 m", "days") == pytest.approx(123 / 1440)


@pytest.mark.parametrize(
    ("amount", "unit", "written", "said"),
    [
        (1.0, "days", "", "1 day"),
        (2.7599, "months", "2.7599", "2.76 months"),
        (0.0010417, "days", "90 seconds", "90 seconds"),
        (0.0010417, "days", "0.0010417", "1.5 minutes"),
        (1 / 6, "hours", "10 minutes", "10 minutes"),
        (1 / 6, "hours", "", "10 minutes"),
        (0.5, "hours", "half an hour", "30 minutes"),
        (90.0, "minutes", "1h 30", "90 minutes"),
        (90.0, "minutes", "1,5 h", "1.5 hours"),
        (2880.0, "minutes", "2 days", "2 days"),
        (21.0, "days", "three weeks", "3 weeks"),
        (24.0, "months", "2 years", "2 years"),
        (0.5, "months", "half a month", "0.5 months"),
        (0.0001, "milliseconds", "", "0.0001 milliseconds"),
        (12000.0, "hours", "ages or hours", "12,000 hours"),
        (0.0, "days", "0 hours", "0 hours"),
    ],
)
def test_a_span_in_words(amount: float, unit: str, written: str, said: str) -> None:
    assert say_duration(amount, unit, written) == said
