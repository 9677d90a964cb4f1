from datetime import date

import pytest
from hypothesis import given as given_by_hypothesis
from hypothesis import strategies as st

from flows.objective_form import FormErrors, fill_form, read_form
from flows.objectives import Bound, Direction, Firmness, Mode, Objective, Unit, describe

TODAY = date(2026, 4, 15)
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
CHEAPER = Objective(
    metric="cloud bill",
    family="cloud_bill",
    direction=Direction.DECREASE,
    amount=10,
    unit=Unit.PERCENT,
    mode=Mode.CHANGE,
    baseline=50_000,
    baseline_unit=Unit.MONEY,
    baseline_currency="EUR",
    baseline_per="month",
)
GAP = Objective(
    metric="fairness gap",
    family="fairness_gap",
    direction=Direction.DECREASE,
    amount=2,
    unit=Unit.PERCENTAGE_POINTS,
    mode=Mode.CHANGE,
    baseline=5,
    baseline_unit=Unit.PERCENTAGE_POINTS,
    floor=1,
)
VAGUE = Objective(metric="false alarms", direction=Direction.DECREASE)


@pytest.mark.parametrize("objective", [TIME, BILL, LATENCY, CHEAPER, GAP, VAGUE])
def test_what_was_read_comes_back_unchanged(objective: Objective) -> None:
    assert read_form(fill_form(objective), objective, TODAY) == objective


def test_an_empty_form() -> None:
    assert fill_form(None) == {}


def test_a_new_amount_drops_the_range_and_keeps_the_bound() -> None:
    changed = read_form({**fill_form(TIME), "amount": "12"}, TIME, TODAY)
    assert (changed.amount, changed.amount_high, changed.bound) == (12, None, Bound.AT_LEAST)


def test_a_new_direction_drops_the_bound() -> None:
    assert read_form({**fill_form(TIME), "direction": "decrease"}, TIME, TODAY).bound is None


def test_a_new_metric_is_looked_up() -> None:
    assert read_form({**fill_form(TIME), "metric": "ad revenue"}, TIME, TODAY).family == "ad_revenue"
    assert read_form({"metric": "blorps", "direction": "increase"}, None, TODAY).family is None


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
        read_form(fields, None, TODAY)
    assert list(raised.value.errors) == [wrong]
    assert raised.value.errors[wrong]


def test_an_amount_beyond_all_numbers() -> None:
    with pytest.raises(FormErrors):
        read_form({"metric": "x", "direction": "increase", "amount": "9" * 400, "measure": "count:change"}, None, TODAY)


def given(**fields: str) -> Objective:
    return read_form({"metric": "cloud bill", "direction": "decrease"} | fields, None, TODAY)


def error(**fields: str) -> dict[str, str]:
    with pytest.raises(FormErrors) as raised:
        given(**fields)
    return dict(raised.value.errors)


PERCENT, MONEY, TIME_LEVEL = "percent_rel:change", "money:level", "duration:level"


@pytest.mark.parametrize(
    ("metric", "today", "said"),
    [
        ("cloud bill", "€50,000", "(today €50,000)"),
        ("cloud bill", "€50,000 a month", "(today €50,000 per month)"),
        ("time on platform", "42 minutes", "(today 42 minutes)"),
        ("churn", "5 %", "(today 5 %)"),
        ("sign-ups", "4,000", "(today 4,000)"),
        ("blorps", "5 %", "(today 5 %)"),
        ("AUC", "0.78", "(today 0.78)"),
    ],
)
def test_todays_value_has_its_own_unit_beside_a_percentage(metric: str, today: str, said: str) -> None:
    assert said in describe(given(metric=metric, amount="10", measure=PERCENT, baseline=today))
    assert said in describe(given(metric=metric, baseline=today))


@pytest.mark.parametrize(
    ("metric", "today", "sentence"),
    [
        ("cloud bill", "50,000", "Please add the currency, such as €50,000."),
        ("time on platform", "42", "Please add the unit, such as 42 minutes or 3 %."),
        ("time on platform", "42 %", "Please give today's value itself, such as €50,000 or 42 minutes."),
        ("churn", "5", "Please add the unit, such as 42 minutes or 3 %."),
        ("churn", "4 to 5 %", "I could not read one number there. For example: €50,000, 42 minutes or 3 %"),
    ],
)
def test_todays_value_must_be_one_value_with_its_unit(metric: str, today: str, sentence: str) -> None:
    assert error(metric=metric, amount="10", measure=PERCENT, baseline=today) == {"baseline": sentence}


def test_todays_value_beside_an_amount_of_its_kind() -> None:
    assert error(amount="3 hours", measure=TIME_LEVEL, baseline="5") == {
        "baseline": "Please add the unit, such as 5 minutes."
    }
    assert "something else" in error(amount="€5", measure=MONEY, baseline="5 hours")["baseline"]
    assert error(amount="€5,000", measure=MONEY, baseline="$6,000") == {
        "baseline": "The amount is in EUR and this is in USD. Please use one currency."
    }
    assert given(amount="5,000", measure=MONEY, baseline="€6,000").currency == "EUR"


def test_a_bare_number_is_no_duration() -> None:
    wrong = error(amount="50", measure=TIME_LEVEL, floor="60")
    assert wrong == {
        "amount": "Please add the unit, such as 50 minutes.",
        "floor": "Please add the unit, such as 60 minutes.",
    }


def test_durations_stand_in_the_unit_that_reads_best() -> None:
    longer = LATENCY.model_copy(update={"amount": 2760, "baseline": 5400, "floor": 3600})
    filled = fill_form(longer)
    assert (filled["amount"], filled["baseline"], filled["floor"]) == ("46 minutes", "1.5 hours", "1 hour")


def test_a_minus_is_said_by_the_direction() -> None:
    for amount in ("-15", "− 15 %", "-€5"):
        assert "choose “Reduce it”" in error(amount=amount, measure=PERCENT)["amount"]
    assert given(metric="NPS", direction="increase", amount="-5", measure="score:level").amount == -5


def test_a_range_can_be_written() -> None:
    changed = given(amount="10 to 15", measure=PERCENT, floor="12")
    assert (changed.amount, changed.amount_high, changed.floor) == (10, 15, 12)
    assert "One number" in error(amount="10", measure=PERCENT, floor="5 to 6")["floor"]


def test_what_it_is_counted_over_can_be_written() -> None:
    assert given(amount="€5,000 a month", measure=MONEY, baseline="€6,000 a month").per == "month"
    assert given(amount="€5,000 a month", measure=MONEY, baseline="€72,000 a year").baseline_per == "year"
    assert "per user" in error(amount="€5 per user", measure=MONEY)["amount"]


@pytest.mark.parametrize(
    ("direction", "measure", "amount", "floor", "fits"),
    [
        ("increase", PERCENT, "15", "10", True),
        ("increase", PERCENT, "15", "20", False),
        ("decrease", PERCENT, "10", "12", False),
        ("increase", "count:level", "100", "110", False),
        ("at_least", "count:level", "100", "90", True),
        ("decrease", "count:level", "100", "90", False),
        ("at_most", "count:level", "100", "110", True),
        ("maintain", "count:level", "100", "90", True),
    ],
)
def test_the_least_asks_for_no_more_than_the_goal(
    direction: str, measure: str, amount: str, floor: str, *, fits: bool
) -> None:
    fields = {"metric": "visits", "direction": direction, "measure": measure, "amount": amount, "floor": floor}
    if fits:
        assert given(**fields).floor == float(floor)
    else:
        assert "more than the goal itself" in error(**fields)["floor"]


def test_the_least_needs_an_amount() -> None:
    assert "fill in the amount" in error(floor="5")["floor"]
    assert list(error(amount="lots", measure=PERCENT, floor="5")) == ["amount"]
    assert list(error(amount="5", floor="5")) == ["measure"]


def test_a_deadline_has_not_passed() -> None:
    assert error(deadline="2026-04-14") == {"deadline": "That day has passed. Please choose a later one."}
    assert given(deadline="2026-04-15").deadline == TODAY


def test_two_currencies_are_said_and_not_relabelled() -> None:
    assert error(amount="€5,000", measure=MONEY, floor="$6,000") == {
        "floor": "The amount is in EUR and this is in USD. Please use one currency."
    }


def test_another_unit_than_the_menu_says() -> None:
    assert "“% compared with today”" in error(amount="€5", measure=PERCENT)["amount"]
    assert "“% compared with today”" in error(amount="5 pp", measure=PERCENT)["amount"]


def test_a_level_is_not_measured_against_last_year() -> None:
    level = read_form(fill_form(TIME) | {"amount": "20", "measure": "percent_level:level"}, TIME, TODAY)
    assert level.basis is None


SUMS = st.integers(1, 10**10).map(lambda cents: cents / 100)


@given_by_hypothesis(
    SUMS, st.sampled_from([Unit.MONEY, Unit.DURATION, Unit.COUNT, Unit.PERCENT, Unit.PERCENTAGE_POINTS])
)
def test_every_amount_comes_back(amount: float, unit: Unit) -> None:
    currency = "CHF" if unit is Unit.MONEY else None
    goal = VAGUE.model_copy(update={"amount": amount, "unit": unit, "mode": Mode.CHANGE, "currency": currency})
    assert read_form(fill_form(goal), goal, TODAY).amount == pytest.approx(amount)
