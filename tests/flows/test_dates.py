"""One day in plain words; the day on which they are written is a Monday."""

from datetime import date

import pytest

from flows.dates import find_days, is_year_written, say_day
from tests.flows.questions_of_each_kind import TODAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("2026/12/31", "2026-12-31"),
        ("31 December 2026", "2026-12-31"),
        ("31st of December, 2026", "2026-12-31"),
        ("December 31, 2026", "2026-12-31"),
        ("Dec 31", "2026-12-31"),
        ("31. Dezember 2026", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("31.12.26.", "2026-12-31"),
        ("31.12.", "2026-12-31"),
        ("1. 3.", "2027-03-01"),
        ("03.04.2027", "2027-04-03"),
        ("12/31/2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("31/12", "2026-12-31"),
        ("5/5", "2027-05-05"),
        ("on the 3rd of May 2027", None),
        ("3 May", "2027-05-03"),
        ("on 3 May", "2027-05-03"),
        ("in May 3", "2027-05-03"),
        ("today", "2026-11-23"),
        ("by tomorrow", "2026-11-24"),
        ("the day after tomorrow", "2026-11-25"),
        ("in two weeks", "2026-12-07"),
        ("in 1500 days", "2031-01-01"),
        ("end of March", "2027-03-31"),
        ("by the end of March 2028", "2028-03-31"),
        ("start of next month", "2026-12-01"),
        ("mid March", "2027-03-15"),
        ("before 31 December", "2026-12-30"),
        ("Friday", "2026-11-27"),
        ("this Friday!", "2026-11-27"),
        ("by Sun", "2026-11-29"),
        ("next Monday", "2026-11-30"),
        ("1999-12-31", "1999-12-31"),
        ("Christmas", "2026-12-25"),
        ("30 Feb 2027", None),
        ("30.2.", None),
        ("0025-01-01", None),
        ("in March", None),
        ("in the next month", None),
        ("March 2027", None),
        ("by March", None),
        ("in 2027", None),
        ("Q3 2027", None),
        ("soon", None),
        ("cat", None),
        ("2 weeks", None),
        ("two weeks ago", None),
        ("last Friday", None),
        ("31 Dec or 5 Jan", None),
        ("31 Dec at 17:00", None),
        ("after 31 December", None),
        ("", None),
        ("31 December " + "2026" * 60, None),
    ],
)
def test_a_day(text: str, day: str | None) -> None:
    expected = {"on the 3rd of May 2027": "2027-05-03"}.get(text, day)
    assert find_days(text, TODAY) == ((date.fromisoformat(expected),) if expected else ())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03/04/2027", ("2027-04-03", "2027-03-04")),
        ("03-04-2020", ("2020-04-03", "2020-03-04")),
        ("by 3/12", ("2026-12-03", "2027-03-12")),
        ("Monday", ("2026-11-23", "2026-11-30")),
        ("next Friday", ("2026-11-27", "2026-12-04")),
    ],
)
def test_two_days_that_may_be_meant(text: str, days: tuple[str, ...]) -> None:
    assert find_days(text, TODAY) == tuple(map(date.fromisoformat, days))


def test_a_year_makes_a_past_day_meant() -> None:
    assert is_year_written("1.3.2020")
    assert is_year_written("1/3/20")
    assert not is_year_written("1 March")
    assert find_days("3 March this year", TODAY) == (date(2026, 3, 3),)
    assert say_day(date(2026, 3, 3)) == "3 March 2026"
