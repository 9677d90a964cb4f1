"""How many people there are, as somebody fills it in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.portfolio.quarter import WEEKS
from flows.portfolio.team import JOBS, MOST, NotANumber, read_people, weeks_of
from flows.scoring.project_score import score_project
from tests.flows.scoring.heard import heard


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("3", 3),
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("0,125", 0.125),
        (" 2 ", 2),
        ("0", 0),
        ("1,000", 1000),
        ("1 000", 1000),
        ("", None),
        (" ", None),
    ],
)
def test_numbers_as_people_write_them(text: str, people: float | None) -> None:
    assert read_people(text) == people


@pytest.mark.parametrize("text", ["some", "-1", "nan", "inf", "10001", "3 people", "1.2.3"])
def test_what_is_no_number_says_what_to_type(text: str) -> None:
    with pytest.raises(NotANumber, match=r"^Please write a number such as 3"):
        read_people(text)


@given(st.floats(0, MOST).map(lambda number: round(number, 2)))
def test_any_number_of_people_is_read(people: float) -> None:
    assert read_people(f"{people:.2f}") == people


def test_a_quarter_has_thirteen_weeks_for_each() -> None:
    assert weeks_of({"ml_engineer": 2.0}) == {"ml_engineer": 2 * WEEKS}


def test_every_job_that_a_project_takes_can_be_filled_in() -> None:
    assert {*score_project(heard()).effort_by_job, "machine"} == set(JOBS)
