import pytest

from flows.objectives import Bound, Direction, Level, Mode, Objective, Unit
from flows.wishes import (
    is_pursued,
    relative_change,
    say_aim,
    say_amount,
    say_metric,
    say_number,
    say_wish,
    wanted_level,
)
from tests.flows.assumptions import DOWN, STAY, UP, ask


def objective(direction: Direction = Direction.INCREASE, **more: object) -> Objective:
    return Objective.model_validate({"metric": "sales", "direction": direction} | more)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ""),
        ({"amount": 15, "unit": Unit.PERCENT}, "15 %"),
        ({"amount": 10, "amount_high": 15, "unit": Unit.PERCENT}, "10 to 15 %"),
        ({"amount": 3, "unit": Unit.PERCENTAGE_POINTS}, "3 percentage points"),
        ({"amount": 99.95, "unit": Unit.PERCENT_LEVEL}, "99.95 %"),
        ({"amount": 5000, "unit": Unit.MONEY, "currency": "EUR", "per": "month"}, "€5,000 per month"),
        ({"amount": 0.2, "unit": Unit.DURATION}, "200 ms"),
        ({"amount": 5, "unit": Unit.DURATION}, "5 seconds"),
        ({"amount": 120, "unit": Unit.DURATION}, "2 minutes"),
        ({"amount": 5400, "unit": Unit.DURATION}, "1.5 hours"),
        ({"amount": 172800, "amount_high": 259200, "unit": Unit.DURATION}, "2 to 3 days"),
        ({"amount": 12000, "unit": Unit.COUNT}, "12,000"),
    ],
)
def test_amounts_in_words(more: dict[str, object], said: str) -> None:
    mode = Mode.CHANGE if more else None
    assert say_amount(objective(Direction.INCREASE, mode=mode, **more)) == said


@pytest.mark.parametrize(
    ("direction", "mode", "said"),
    [
        (Direction.INCREASE, Mode.CHANGE, "to rise by 90"),
        (Direction.DECREASE, Mode.LEVEL, "to fall to 90"),
        (Direction.AT_LEAST, Mode.LEVEL, "to stay at or above 90"),
        (Direction.AT_MOST, Mode.LEVEL, "to stay at or below 90"),
        (Direction.AT_MOST, Mode.CHANGE, "to fall by 90"),
        (Direction.MAINTAIN, Mode.LEVEL, "to stay at 90"),
        (Direction.MAINTAIN, Mode.CHANGE, "to stay where it is"),
    ],
)
def test_wishes_in_words(direction: Direction, mode: Mode, said: str) -> None:
    assert say_wish(objective(direction, amount=90, unit=Unit.COUNT, mode=mode)) == f"“sales” {said}"


def test_a_wish_without_an_amount() -> None:
    assert say_wish(objective(Direction.DECREASE)) == "“sales” to fall"


def test_how_an_amount_is_meant() -> None:
    about = objective(amount=5, unit=Unit.PERCENT, mode=Mode.CHANGE, bound=Bound.ABOUT)
    assert say_wish(about) == "“sales” to rise by about 5 %"


def test_a_long_metric_is_shortened_and_an_empty_one_still_shows() -> None:
    assert len(say_metric(objective(metric="word " * 100))) <= 82
    assert say_metric(objective(metric="  ")) == "“…”"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (10, "10"), (2.50, "2.5"), (999.999, "1,000"), (1e6, "1,000,000")]
)
def test_numbers_in_words(number: float, said: str) -> None:
    assert say_number(number) == said


CHANGE = {"amount": 10, "unit": Unit.PERCENT, "mode": Mode.CHANGE}
TODAY = {"baseline": 40, "baseline_unit": Unit.COUNT}


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ({}, None),
        (CHANGE, None),
        (CHANGE | TODAY, Level(44, Unit.COUNT)),
        (CHANGE | TODAY | {"basis": "yoy"}, None),
        (CHANGE | TODAY | {"bound": Bound.AT_MOST}, None),
        (CHANGE | TODAY | {"unit": Unit.COUNT}, Level(50, Unit.COUNT)),
        (CHANGE | TODAY | {"unit": Unit.DURATION}, None),
        (CHANGE | {"baseline": 40, "unit": Unit.PERCENTAGE_POINTS}, Level(50, Unit.PERCENT_LEVEL)),
        (CHANGE | {"mode": Mode.LEVEL, "unit": Unit.COUNT}, Level(10, Unit.COUNT)),
    ],
)
def test_the_level_that_is_wanted(more: dict[str, object], level: Level | None) -> None:
    assert wanted_level(objective(Direction.INCREASE, **more)) == level


@pytest.mark.parametrize(
    ("direction", "more", "percent"),
    [
        (Direction.DECREASE, CHANGE, -10),
        (Direction.INCREASE, {"amount": 50, "unit": Unit.COUNT, "mode": Mode.LEVEL, "baseline": 40}, 25),
        (Direction.INCREASE, {"amount": 30, "unit": Unit.COUNT, "mode": Mode.LEVEL, "baseline": 40}, None),
        (Direction.AT_LEAST, {"amount": 30, "unit": Unit.COUNT, "mode": Mode.LEVEL, "baseline": 40}, None),
        (Direction.INCREASE, {"amount": 50, "unit": Unit.COUNT, "mode": Mode.LEVEL, "baseline": 0}, None),
        (Direction.INCREASE, {"amount": 50, "unit": Unit.COUNT, "mode": Mode.LEVEL}, None),
    ],
)
def test_the_change_in_percent(direction: Direction, more: dict[str, object], percent: float | None) -> None:
    assert relative_change(objective(direction, **more)) == percent


def test_a_limit_in_another_unit_than_todays_value_may_be_broken() -> None:
    limit = {"amount": 30, "unit": Unit.COUNT, "mode": Mode.LEVEL, "baseline": 40, "baseline_unit": Unit.MONEY}
    assert is_pursued(objective(Direction.AT_LEAST, **limit))


LEVEL = {"amount": 0.2, "unit": Unit.DURATION, "mode": Mode.LEVEL}


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (ask("time", UP, 15), "time +15 %"),
        (ask("bill", DOWN, 10, per="month"), "bill −10 % per month"),
        (ask("accuracy", UP), "accuracy up"),
        (ask("churn", DOWN), "churn down"),
        (ask("privacy", STAY), "privacy as it is"),
        (ask("privacy", STAY, bound=Bound.AT_LEAST), "privacy not below today"),
        (ask("bill", STAY, bound=Bound.AT_MOST), "bill not above today"),
        (ask("latency", STAY, None, **LEVEL), "latency at 200 ms"),
        (ask("latency", Direction.AT_MOST, None, **LEVEL), "latency at most 200 ms"),
        (ask("latency", Direction.AT_LEAST, None, **LEVEL), "latency at least 200 ms"),
        (ask("latency", DOWN, None, **LEVEL), "latency to 200 ms"),
    ],
)
def test_a_goal_is_named_in_a_few_words(goal: Objective, said: str) -> None:
    assert say_aim(goal) == said


def test_a_long_name_is_cut_between_words() -> None:
    said = say_aim(ask("metric " * 30, UP, 5))
    assert said.endswith(" … +5 %")
    assert len(said) < 100
