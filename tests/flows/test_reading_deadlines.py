"""Dates, as the last day by which a goal should be reached."""

from datetime import date

import pytest

from flows.deadlines import Deadline, find_deadlines

TODAY = date(2026, 4, 15)  # a Wednesday


def find(text: str) -> Deadline:
    (deadline,) = find_deadlines(text, TODAY)
    return deadline


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 2026-09-30", date(2026, 9, 30)),
        ("by 31.12.2026", date(2026, 12, 31)),
        ("by 5.6.27", date(2027, 6, 5)),
        ("by 31/12/2026", date(2026, 12, 31)),
        ("by 12/31/2026", date(2026, 12, 31)),
        ("by 06/06/2026", date(2026, 6, 6)),
        ("by 1 July", date(2026, 7, 1)),
        ("by the 1st of July", date(2026, 7, 1)),
        ("by June 15th", date(2026, 6, 15)),
        ("by June 15, 2027", date(2027, 6, 15)),
        ("by 30 Sept", date(2026, 9, 30)),
        ("by 1 March", date(2027, 3, 1)),
        ("by 1 March next year", date(2027, 3, 1)),
        ("by 1 May this year", date(2026, 5, 1)),
        ("by the end of next month", date(2026, 5, 31)),
        ("by the end of this week", date(2026, 4, 19)),
        ("end of Q2", date(2026, 6, 30)),
        ("in Q3 2027", date(2027, 9, 30)),
        ("by the end of Q1", date(2027, 3, 31)),
        ("by the start of Q3", date(2026, 7, 1)),
        ("by the beginning of June", date(2026, 6, 1)),
        ("by mid-May", date(2026, 5, 15)),
        ("by the middle of Q3", date(2026, 8, 15)),
        ("in H2", date(2026, 12, 31)),
        ("in December", date(2026, 12, 31)),
        ("before July", date(2026, 6, 30)),
        ("before 1 July", date(2026, 6, 30)),
        ("before the end of June", date(2026, 6, 30)),
        ("by the end of 2027", date(2027, 12, 31)),
        ("by the end of the year", date(2026, 12, 31)),
        ("by the end of the quarter", date(2026, 6, 30)),
        ("by end of month", date(2026, 4, 30)),
        ("by EOY", date(2026, 12, 31)),
        ("by year's end", date(2026, 12, 31)),
        ("within 90 days", date(2026, 7, 14)),
        ("in 6 weeks", date(2026, 5, 27)),
        ("over the next 6 months", date(2026, 10, 15)),
        ("within a year", date(2027, 4, 15)),
        ("two quarters from now", date(2026, 10, 15)),
        ("in the next quarter", date(2026, 9, 30)),
        ("this year", date(2026, 12, 31)),
        ("next month", date(2026, 5, 31)),
        ("by Friday", date(2026, 4, 17)),
        ("by Christmas", date(2026, 12, 25)),
        ("by Easter", date(2027, 3, 28)),
        ("by Black Friday", date(2026, 11, 27)),
        ("by Thanksgiving", date(2026, 11, 26)),
        ("by New Year's Eve", date(2026, 12, 31)),
        ("by tomorrow", date(2026, 4, 16)),
        ("by Monday, 4 May", date(2026, 5, 4)),
        ("bis 15. Juni", date(2026, 6, 15)),
        ("until 15.06.", date(2026, 6, 15)),
        ("by 30-09-2026", date(2026, 9, 30)),
        ("by 2026/09/30", date(2026, 9, 30)),
        ("end of 06/2027", date(2027, 6, 30)),
        ("by the end of Q2 '27", date(2027, 6, 30)),
        ("end of CY26", date(2026, 12, 31)),
        ("by end of year 2027", date(2027, 12, 31)),
        ("by year-end 2027", date(2027, 12, 31)),
        ("by mid 2027", date(2027, 6, 30)),
        ("mid-year", date(2026, 6, 30)),
        ("by the middle of next week", date(2026, 4, 22)),
        ("in the first half of next year", date(2027, 6, 30)),
        ("in the last half of the year", date(2026, 12, 31)),
        ("in the third quarter", date(2026, 9, 30)),
        ("in the last quarter of the year", date(2026, 12, 31)),
        ("within half a year", date(2026, 10, 15)),
        ("within twenty-four months", date(2028, 4, 15)),
        ("within a year and a half", date(2027, 10, 15)),
        ("in two and a half years", date(2028, 10, 15)),
        ("latest by end of June", date(2026, 6, 30)),
        ("d'ici fin septembre", date(2026, 9, 30)),
        ("by today", TODAY),
    ],
)
def test_a_clear_date(text: str, day: date) -> None:
    deadline = find(text)
    assert (deadline.day, deadline.doubt) == (day, "")
    assert (deadline.start, deadline.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by Q3", date(2026, 9, 30)),
        ("by December", date(2026, 12, 31)),
        ("by 2030", date(2030, 12, 31)),
        ("by next quarter", date(2026, 9, 30)),
        ("by FY27", date(2027, 12, 31)),
        ("this fiscal year", date(2026, 12, 31)),
        ("by 01/02/2027", date(2027, 2, 1)),
        ("by 1/5", date(2026, 5, 1)),
        ("by 1/3", date(2027, 3, 1)),
        ("by next Friday", date(2026, 4, 17)),
        ("by Wednesday", date(2026, 4, 22)),
        ("by the end of the week", date(2026, 4, 19)),
        ("before Black Friday", date(2026, 11, 27)),
        ("by 2020-01-31", date(2020, 1, 31)),
        ("by March 2020", date(2020, 3, 31)),
        ("Q3", date(2026, 9, 30)),
        ("no later than June", date(2026, 6, 30)),
        ("by KW 12", date(2027, 3, 28)),
        ("by calendar week 20", date(2026, 5, 17)),
        ("by 1H27", date(2027, 6, 30)),
        ("by 3Q26", date(2026, 9, 30)),
        ("by Q3/26", date(2026, 9, 30)),
        ("by the last week of June", date(2026, 6, 30)),
        ("by the first week of June", date(2026, 6, 7)),
        ("by early 2027", date(2027, 5, 2)),
        ("by late October", date(2026, 10, 31)),
        ("within 3-6 months", date(2026, 10, 15)),
        ("within two to three weeks", date(2026, 5, 6)),
        ("within half a quarter", date(2026, 5, 15)),
        ("in a month and a half", date(2026, 5, 15)),
        ("within 30 days", date(2026, 5, 15)),
        ("by the 20th", date(2026, 4, 20)),
        ("by the 1st", date(2026, 5, 1)),
        ("by end of the next fiscal year", date(2027, 12, 31)),
        ("by 09-10-2026", date(2026, 10, 9)),
        ("soon", None),
        ("by the summer holidays", None),
        ("before launch", None),
        ("in the long run", None),
        ("by June 31", None),
        ("by 31/13/2026", None),
        ("within 999999 years", None),
        ("within 999999 weeks", None),
    ],
)
def test_a_doubtful_date(text: str, day: date | None) -> None:
    deadline = find(text)
    assert deadline.day == day
    assert deadline.doubt


def test_day_and_month_may_be_the_other_way_round() -> None:
    assert find("by 01/02/2027").two_ways
    assert not find("by 13/02/2027").two_ways
    assert not find("by 01.02.2027").two_ways


@pytest.mark.parametrize(
    "text", ["may we", "2027", "in 2 hours", "10 to 12", "march", "over a year", "1/2", "Friday", "last quarter"]
)
def test_no_date(text: str) -> None:
    assert find_deadlines(text, TODAY) == ()


@pytest.mark.parametrize("text", ["from 1 September", "starting in Q3", "not before June", "vs Q1", "after 1 May 2027"])
def test_what_is_no_time_to_get_there_by_leaves_the_day_open(text: str) -> None:
    (deadline,) = find_deadlines(text, TODAY)
    assert deadline.day is None
    assert deadline.doubt


def test_several_dates_come_in_order() -> None:
    assert [found.day for found in find_deadlines("by EOY or by 2026-06-30", TODAY)] == [
        date(2026, 12, 31),
        date(2026, 6, 30),
    ]
