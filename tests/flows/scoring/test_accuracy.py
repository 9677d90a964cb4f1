"""What accuracy costs, and what each turn of the dial says (K12 to K14, K22 to K25)."""

import pytest

from flows.scoring.accuracy_curve import COIN_TOSS, FASTEST, SLOWEST, USUAL_BETA, data_multiple, share_of_errors
from flows.scoring.accuracy_dial import CURVE, STOPS, draw_curve, find_marks, find_stops, turn_dial
from flows.scoring.draws import Spread
from flows.scoring.evidence import Evidence
from flows.scoring.project_score import draw_project, score_project
from tests.flows.scoring.heard import BY_HAND, heard

GOAL = "reduce support cost by 10%"


@pytest.mark.parametrize(("beta", "times"), [(FASTEST, 7), (USUAL_BETA, 32), (SLOWEST, 20_000)])
def test_halving_the_errors_takes_what_is_published(beta: float, times: float) -> None:
    """Hestness et al. 2017: β from 0.07 to 0.35."""
    assert data_multiple(0.1, 0.05, beta) == pytest.approx(times, rel=0.05)
    assert data_multiple(0.05, 0.1, beta) == 1


def test_always_saying_the_commonest_takes_no_work() -> None:
    assert share_of_errors(90) == pytest.approx(0.1)
    assert share_of_errors(99.8, 99.8) == COIN_TOSS
    assert share_of_errors(99.9, 99.8) == pytest.approx(0.25)
    assert share_of_errors(30) == COIN_TOSS
    assert share_of_errors(100) == pytest.approx(0.0002)
    assert share_of_errors(100, 100) == COIN_TOSS


def test_a_stop_without_a_word_on_accuracy_has_no_multiple() -> None:
    turn = turn_dial(heard(GOAL), 95)
    assert turn.data_multiples is None
    assert not turn.is_beyond_data
    assert (turn.money, turn.loss_a_month, turn.worth_a_year) == (None, None, None)


def test_each_stop_is_the_score_at_that_accuracy() -> None:
    told = heard(GOAL, currency="EUR", **{**BY_HAND, "miss_cost": 4})
    for stop in STOPS:
        turn = turn_dial(told, stop)
        aimed = heard(GOAL, currency="EUR", **{**BY_HAND, "miss_cost": 4, "accuracy_needed": stop})
        assert turn.person_weeks == score_project(aimed).person_weeks
        assert turn.loss_a_month is not None
        assert turn.worth_a_year is not None
    assert turn_dial(told, 90).data_multiples == (1, 1, 1)
    assert turn_dial(told, 99.5).is_beyond_data
    assert not turn_dial(told, 95).is_beyond_data


def test_what_was_said_of_examples_and_experiments_grows_with_the_aim() -> None:
    told = heard(
        GOAL,
        evidence=Evidence.MEASURED,
        **{**BY_HAND, "label_source": "by_hand", "examples_needed": 5000, "experiments": 20},
    )
    here, further = turn_dial(told, 90), turn_dial(told, 95)
    assert here.examples.p50 == pytest.approx(5000, rel=0.03)
    assert further.examples.p50 == pytest.approx(5000 * data_multiple(0.1, 0.05, USUAL_BETA), rel=0.1)
    assert further.person_weeks.p50 > here.person_weeks.p50


def test_the_loss_is_cases_times_mistakes_times_their_cost() -> None:
    told = heard(GOAL, currency="EUR", evidence=Evidence.MEASURED, **{**BY_HAND, "miss_cost": 4, "false_alarm_cost": 2})
    loss = turn_dial(told, 95).loss_a_month
    assert loss is not None
    assert loss.spread.p50 == pytest.approx(12_000 * 0.05 * 3, rel=0.03)
    break_even = find_marks(told, draw_project(told)).break_even
    saving = 5 / 60 * 37.3 * 0.55
    assert break_even == pytest.approx(100 * 3 / (3 + saving), rel=0.05)


def test_the_curve_rises_and_has_its_marks() -> None:
    told = heard(
        GOAL,
        currency="EUR",
        **{**BY_HAND, "accuracy_target": 95, "accuracy_today": 80, "human_accuracy": 97, "largest_group": 40},
    )
    curve = draw_curve(told)
    weeks = [turn.person_weeks.p50 for turn in curve]
    assert [turn.accuracy for turn in curve] == list(CURVE)
    assert weeks == sorted(weeks)
    marks = find_marks(told, draw_project(told))
    assert (marks.floor, marks.target, marks.today, marks.human, marks.majority) == (90, 95, 80, 97, 40)
    assert marks.break_even is None


def test_what_is_kept_back_is_no_mark() -> None:
    said = {**BY_HAND, "miss_cost": 4, "accuracy_target": 95}
    for kept in ("accuracy_target", "miss_cost"):
        told = heard(GOAL, currency="EUR", kept=kept, **said)
        marks = find_marks(told, draw_project(told))
        assert (marks.target, marks.break_even is None) == ((None, False) if kept == "accuracy_target" else (95, True))


def test_a_spread_has_a_width() -> None:
    assert Spread(1, 2, 4).width == 3


def test_the_dial_stops_at_what_is_hoped_for_where_that_may_be_told() -> None:
    assert find_stops(heard(accuracy_target=97)) == (90, 95, 97, 99, 99.5)
    assert find_stops(heard(accuracy_target=97, kept="accuracy_target")) == STOPS
    assert (
        find_stops(heard()) == find_stops(heard(accuracy_target=30)) == find_stops(heard(accuracy_target=100)) == STOPS
    )
