from datetime import date

import pytest

from flows.objective_form import FormErrors, fill_form, read_form
from flows.objectives import Bound, Direction, Firmness, Mode, Objective, Unit

TIME = Objective(
    metric="time on platform",
    family="time_on_platform",
    direction=Direction.INCREASE,
    amount=15,
    amount_high=20,
    unit=Unit.PERCENT,
    mode=Mode.CHANGE,
    bound=Bound.AT_LEAST,
    basis="yoy",
    deadline=date(2026, 12, 31),
    firmness=Firmness.FIRM,
)
BILL = Objective(
    metric="monthly cloud bill",
    family="cloud_bill",
    direction=Direction.AT_MOST,
    amount=5000,
    unit=Unit.MONEY,
    mode=Mode.LEVEL,
    currency="EUR",
    per="month",
    baseline=6000,
    floor=5500,
)
LATENCY = Objective(metric="p95 latency", direction=Direction.AT_MOST, amount=0.2, unit=Unit.DURATION, mode=Mode.LEVEL)
VAGUE = Objective(metric="false alarms", direction=Direction.DECREASE)


@pytest.mark.parametrize("objective", [TIME, BILL, LATENCY, VAGUE])
def test_what_was_read_comes_back_unchanged(objective: Objective) -> None:
    assert read_form(fill_form(objective), objective) == objective


def test_an_empty_form() -> None:
    assert fill_form(None) == {}


def test_a_new_amount_drops_the_range_and_keeps_the_bound() -> None:
    changed = read_form({**fill_form(TIME), "amount": "12"}, TIME)
    assert (changed.amount, changed.amount_high, changed.bound) == (12, None, Bound.AT_LEAST)


def test_a_new_direction_drops_the_bound() -> None:
    assert read_form({**fill_form(TIME), "direction": "decrease"}, TIME).bound is None


def test_a_new_metric_is_looked_up() -> None:
    assert read_form({**fill_form(TIME), "metric": "ad revenue"}, TIME).family == "ad_revenue"
    assert read_form({"metric": "blorps", "direction": "increase"}, None).family is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"direction": "increase"}, "metric"),
        ({"metric": "x", "direction": "increase", "amount": "15"}, "measure"),
        ({"metric": "x", "direction": "increase", "amount": "plenty", "measure": "percent_rel:change"}, "amount"),
        ({"metric": "x", "direction": "increase", "amount": "5000", "measure": "money:change"}, "amount"),
        ({"metric": "x", "direction": "increase", "amount": "5 EUR", "measure": "money:change", "floor": "?"}, "floor"),
        ({"metric": "x", "direction": "increase", "baseline": "soon", "measure": "duration:level"}, "baseline"),
    ],
)
def test_what_cannot_be_read_is_named(fields: dict[str, str], wrong: str) -> None:
    with pytest.raises(FormErrors) as raised:
        read_form(fields, None)
    assert list(raised.value.errors) == [wrong]
    assert raised.value.errors[wrong]


def test_an_amount_beyond_all_numbers() -> None:
    with pytest.raises(FormErrors):
        read_form({"metric": "x", "direction": "increase", "amount": "9" * 400, "measure": "count:change"}, None)
