"""What closed projects teach: a little each, more together, and no one of them turns all round (K15, K37)."""

from dataclasses import replace
from datetime import UTC, datetime
from math import exp, log, sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.closing import Outcome
from flows.scoring.calibration import (
    FEWEST,
    NARROWEST,
    PRIOR,
    WIDEST,
    ClosedProject,
    Switch,
    Taught,
    calibrate,
    times_predicted,
)
from flows.scoring.draws import NINE_OF_TEN, Spread
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.scoring.scales import UNCALIBRATED, Calibration
from tests.flows.ten_kickoffs import kickoff_of

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
PREDICTED = Spread(10, 20, 40)


def closed(took: float, outcome: Outcome = Outcome.REACHED, predicted: Spread = PREDICTED) -> ClosedProject:
    return ClosedProject(predicted, took, outcome)


@st.composite
def projects(draw: st.DrawFn) -> ClosedProject:
    likely = draw(st.floats(0.5, 500))
    low, high = (draw(st.floats(1.0, 6.0)) for _ in range(2))
    predicted = Spread(likely / low, likely, likely * high)
    return ClosedProject(predicted, likely * draw(st.floats(0.01, 100)), draw(st.sampled_from(Outcome)))


MANY = st.lists(projects(), max_size=12)


def test_nothing_is_learned_from_nothing() -> None:
    assert calibrate([]) == UNCALIBRATED
    assert times_predicted([]) == 1


def test_four_projects_are_believed_by_half() -> None:
    four = [closed(40)] * PRIOR
    learned = calibrate(four)
    assert times_predicted(four) == pytest.approx(2)
    assert learned.effort == pytest.approx(sqrt(2))
    step = log(2) / NINE_OF_TEN
    assert learned.width == pytest.approx(sqrt((4 + 4 * (log(sqrt(2)) / step) ** 2) / 8))
    assert learned.projects == PRIOR


def test_a_miss_is_held_against_the_side_of_the_range_that_it_lies_on() -> None:
    lopsided = Spread(19, 20, 200)
    over = calibrate([closed(60, predicted=lopsided)] * 8)
    under = calibrate([closed(20 / 3, predicted=lopsided)] * 8)
    assert over.effort == pytest.approx(1 / under.effort)
    assert over.width < 1 < under.width


def test_all_on_the_mark_narrow_the_ranges_and_move_nothing() -> None:
    for count in range(1, 60):
        learned = calibrate([closed(20)] * count)
        assert learned.effort == 1
        assert learned.width == max(sqrt(PRIOR / (PRIOR + count)), NARROWEST)


@settings(deadline=None)
@given(MANY)
def test_it_stays_in_bounds_and_the_order_tells_nothing(some: list[ClosedProject]) -> None:
    learned = calibrate(some)
    assert 0.1 <= learned.effort <= 10
    assert NARROWEST <= learned.width <= WIDEST
    assert learned.projects == sum(one.tells for one in some)
    assert calibrate(list(reversed(some))) == learned
    assert calibrate(sorted(some, key=lambda one: one.took)) == learned


@settings(deadline=None)
@given(MANY, st.data())
def test_had_one_taken_longer_the_effort_would_be_no_lower(some: list[ClosedProject], data: st.DataObject) -> None:
    telling = [place for place, one in enumerate(some) if one.tells]
    assume(telling)
    place = data.draw(st.sampled_from(telling))
    longer = replace(some[place], took=some[place].took * data.draw(st.floats(1, 50)))
    after = calibrate([*some[:place], longer, *some[place + 1 :]])
    assert after.effort >= calibrate(some).effort - 1e-12


@settings(deadline=None)
@given(MANY, projects())
def test_one_more_overrun_as_far_as_the_others_lowers_nothing(some: list[ClosedProject], more: ClosedProject) -> None:
    before = calibrate(some)
    assume(more.tells)
    assume(more.took >= before.effort * more.predicted.p50)
    assert calibrate([*some, more]).effort >= before.effort - 1e-12


@given(projects())
def test_one_project_changes_little(one: ClosedProject) -> None:
    learned = calibrate([one])
    assert abs(log(learned.effort)) <= log(10) / (PRIOR + 1) + 1e-12
    assert sqrt(PRIOR / (PRIOR + 1)) - 1e-12 <= learned.width <= sqrt((PRIOR + WIDEST**2) / (PRIOR + 1)) + 1e-12


@given(projects(), st.floats(0.01, 100))
def test_the_size_of_a_project_tells_nothing(one: ClosedProject, factor: float) -> None:
    spread = one.predicted
    larger = Spread(spread.p10 * factor, spread.p50 * factor, spread.p90 * factor)
    scaled, plain = calibrate([replace(one, predicted=larger, took=one.took * factor)]), calibrate([one])
    assert scaled.effort == pytest.approx(plain.effort)


def test_what_was_stopped_counts_only_once_it_is_over_the_middle() -> None:
    assert not closed(15, Outcome.STOPPED).tells
    assert closed(25, Outcome.STOPPED).tells
    assert closed(5, Outcome.PART).tells
    assert not closed(50, Outcome.NEVER).tells
    assert not closed(0).tells
    assert calibrate([closed(15, Outcome.STOPPED)]) == UNCALIBRATED


def test_a_prediction_without_a_range_breaks_nothing() -> None:
    exact = Spread(20, 20, 20)
    assert calibrate([closed(20, predicted=exact)]).width == sqrt(0.8)
    assert calibrate([closed(40, predicted=exact)] * 90).width < WIDEST
    assert exp(closed(1e9).miss) == pytest.approx(10)


def test_scores_learn_from_the_third_on_and_until_somebody_says_otherwise() -> None:
    learned = Calibration(1.3, 1.1, FEWEST)
    assert Taught(learned).in_use == learned
    assert Taught(replace(learned, projects=FEWEST - 1)).in_use == UNCALIBRATED
    off, on = (Taught(learned, 1.6, Switch(state, "U1", NOON)) for state in (False, True))
    assert off.in_use == UNCALIBRATED
    assert on.in_use == learned
    assert not Taught().is_enough


def test_what_is_learned_reaches_the_score() -> None:
    heard = hear(kickoff_of("ticket_routing"))
    plain = score_project(heard).person_weeks
    harder = score_project(heard, Calibration(1.5, 1.0, 4)).person_weeks
    wider = score_project(heard, Calibration(1.0, 1.5, 4)).person_weeks
    assert harder.p50 > plain.p50
    assert wider.p90 / wider.p10 > plain.p90 / plain.p10
