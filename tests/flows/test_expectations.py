"""What those in charge expect, against published figures and the workspace's own log (section 2.5.2; K55)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.expectations import Expectation, OwnProject, _say_estimate, compare_expectations, say_own
from flows.scoring.draws import Spread
from flows.shown import Shown
from tests.flows.whole_kickoffs import given, project

BEGAN = datetime(2026, 1, 5, tzinfo=UTC)


def took(*months: float) -> tuple[OwnProject, ...]:
    return tuple(OwnProject(BEGAN, BEGAN + timedelta(days=30.4375 * one)) for one in months)


def expected(own: tuple[OwnProject, ...] = (), **values: Any) -> tuple[Expectation, ...]:
    return compare_expectations(Shown(project(given(**values))), own)


def test_what_nobody_expects_is_not_compared() -> None:
    assert expected() == ()


def test_months_stand_beside_a_survey_the_estimate_and_the_log() -> None:
    (found,) = expected(expected_months=3.0)
    assert found.said == "A first result in use is expected in 3 months."
    assert "In a survey of Gartner (2024) a prototype took 8 months into use, on average." in found.known
    assert "three people take about" in found.known
    assert found.known.endswith("No project in your own log has come into use yet.")
    assert found.is_bold


QUICK = {"label_source": "automatic", "method_exists": "yes", "examples_needed": 100.0, "examples_have": 100_000.0}


def test_a_quick_project_takes_a_month_at_least() -> None:
    weeks = Spread(1.0, 2.0, 3.0)
    assert _say_estimate(weeks) == "By what is known so far, three people take about 1 month for this one"
    assert "about 1 to 5 months" in _say_estimate(replace(weeks, p90=60.0))


@pytest.mark.parametrize(
    ("months", "own", "is_bold"),
    [(7.0, (9.0, 6.0), False), (5.0, (9.0, 6.0), True), (9.0, (10.0,), True), (1.0, (0.5,), False), (7.0, (), False)],
)
def test_own_projects_count_for_more_than_surveys_and_estimates(
    months: float, own: tuple[float, ...], *, is_bold: bool
) -> None:
    (found,) = expected(took(*own), expected_months=months, **QUICK)
    assert found.is_bold is is_bold


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ((), "No project in your own log has come into use yet"),
        ((0.2,), "In your own log one project came into use, after 1 month"),
        ((5,), "In your own log one project came into use, after 5 months"),
        ((9, 5), "In your own log 2 projects came into use, after 5 and 9 months"),
        ((9, 5, 7), "In your own log 3 projects came into use, after 5, 7 and 9 months"),
        ((9, 1, 3, 4, 5, 7), "In your own log 6 projects came into use, the middle one after 5 months"),
    ],
)
def test_the_log_in_words(months: tuple[float, ...], said: str) -> None:
    assert say_own(took(*months)) == said


@pytest.mark.parametrize(("sure", "is_bold"), [("1", False), ("3", False), ("4", True), ("5", True)])
def test_sureness_stands_beside_how_many_came_into_use(sure: str, *, is_bold: bool) -> None:
    (found,) = expected(sureness=sure)
    assert "54 of 100 pilots came into use" in found.known
    assert "78 of 100 projects stalled" in found.known
    assert found.is_bold is is_bold


def test_a_far_reaching_start_stands_beside_large_projects() -> None:
    (found,) = expected(ambition="5")
    assert found.said == "The first project should change: the whole organisation."
    assert "one in 6 cost three times what was planned" in found.known
    assert found.is_bold
    (small,) = expected(ambition="1")
    assert (small.is_bold, "keeps it small" in small.known) == (False, True)


def test_accuracy_stands_beside_what_more_examples_brought() -> None:
    (found,) = expected(accuracy_today=80.0, accuracy_target=90.0)
    assert "took 7.2 to more than a thousand times the examples" in found.known
    assert not found.is_bold
    (little,) = expected(accuracy_today=80.0, accuracy_target=82.0)
    assert "took 1.4 to 4.5 times the examples" in little.known
    (much,) = expected(accuracy_today=60.0, accuracy_target=95.0)
    assert much.is_bold
    assert expected(accuracy_today=90.0, accuracy_target=90.0) == ()
    assert expected(accuracy_today=90.0, accuracy_target=100.0) == ()
    assert expected(accuracy_target=90.0) == ()


def test_what_is_kept_private_is_not_compared() -> None:
    kept = project(given(expected_months=3.0, sureness="5"), confidential=["expected_months", "sureness"])
    assert compare_expectations(Shown(kept)) == ()
