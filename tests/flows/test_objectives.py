"""How an objective is said back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.objectives import (
    Bound,
    Direction,
    Firmness,
    Mode,
    Objective,
    Unit,
    describe,
    describe_amount,
    format_number,
)
from flows.reading import read_amount


def objective(**fields: Any) -> Objective:
    return Objective(**({"metric": "churn", "direction": Direction.DECREASE} | fields))


PERCENT = {"amount": 10, "unit": Unit.PERCENT, "mode": Mode.CHANGE}
LEVEL = {"amount": 3, "unit": Unit.PERCENT_LEVEL, "mode": Mode.LEVEL}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "reduce churn, no amount given, no deadline given"),
        (PERCENT, "reduce churn by 10 %, no deadline given"),
        (PERCENT | {"bound": Bound.AT_LEAST}, "reduce churn by at least 10 %, no deadline given"),
        (PERCENT | {"amount_high": 15}, "reduce churn by 10 to 15 %, no deadline given"),
        (PERCENT | {"deadline": date(2026, 6, 30)}, "reduce churn by 10 % by 30 June 2026"),
        (PERCENT | {"firmness": Firmness.FIRM}, "reduce churn by 10 %, no deadline given, firm"),
        (
            PERCENT | {"firmness": Firmness.FLEXIBLE, "deadline": date(2026, 6, 30)},
            "reduce churn by 10 % by 30 June 2026, flexible",
        ),
        (PERCENT | {"floor": 5}, "reduce churn by 10 %, no deadline given, with 5 % as the least to accept"),
        (PERCENT | {"basis": "yoy"}, "reduce churn by 10 % year on year, no deadline given"),
        (LEVEL | {"baseline": 5}, "reduce churn to 3 % (today 5 %), no deadline given"),
        (LEVEL | {"direction": Direction.AT_MOST}, "keep churn at or below 3 %, no deadline given"),
        (LEVEL | {"direction": Direction.AT_LEAST}, "keep churn at or above 3 %, no deadline given"),
        (LEVEL | {"direction": Direction.MAINTAIN}, "keep churn at 3 %, no deadline given"),
        (
            LEVEL | {"direction": Direction.MAINTAIN, "bound": Bound.ABOUT},
            "keep churn at about 3 %, no deadline given",
        ),
        (PERCENT | {"direction": Direction.AT_MOST}, "keep the change in churn at or below 10 %, no deadline given"),
        (PERCENT | {"direction": Direction.MAINTAIN}, "keep the change in churn at 10 %, no deadline given"),
        (
            PERCENT | {"baseline": 4, "baseline_unit": Unit.MONEY, "baseline_currency": "EUR", "baseline_per": "year"},
            "reduce churn by 10 % (today €4 per year), no deadline given",
        ),
        (
            {"baseline": 4, "baseline_unit": Unit.PERCENT_LEVEL},
            "reduce churn (today 4 %), no amount given, no deadline given",
        ),
        ({"direction": Direction.MAINTAIN, "baseline": 4}, "keep churn as it is (today 4), no deadline given"),
        ({"direction": Direction.MAINTAIN}, "keep churn as it is, no deadline given"),
        (
            {"direction": Direction.MAINTAIN, "bound": Bound.AT_MOST},
            "keep churn at or below today's level, no deadline given",
        ),
        (
            {"direction": Direction.MAINTAIN, "bound": Bound.AT_LEAST},
            "keep churn at or above today's level, no deadline given",
        ),
        ({"direction": Direction.AT_MOST}, "keep churn at or below a level, no amount given, no deadline given"),
        ({"direction": Direction.AT_LEAST}, "keep churn at or above a level, no amount given, no deadline given"),
    ],
)
def test_an_objective_is_said_back(fields: dict[str, Any], said: str) -> None:
    assert describe(objective(**fields)) == said


@pytest.mark.parametrize(
    ("amount", "unit", "more", "said"),
    [
        (15, Unit.PERCENT, {}, "15 %"),
        (2, Unit.PERCENTAGE_POINTS, {}, "2 percentage points"),
        (1, Unit.PERCENTAGE_POINTS, {}, "1 percentage point"),
        (30_000, Unit.MONEY, {"currency": "EUR", "per": "year"}, "€30,000 per year"),
        (2_500_000, Unit.MONEY, {"currency": "EUR"}, "€2.5 million"),
        (3e9, Unit.MONEY, {"currency": "USD"}, "$3 billion"),
        (1_234_567, Unit.MONEY, {"currency": "SEK"}, "SEK 1,234,567"),
        (4_500.5, Unit.MONEY, {"currency": "EUR"}, "€4,500.50"),
        (5, Unit.MONEY, {}, "5"),
        (0.2, Unit.DURATION, {}, "200 ms"),
        (5_400, Unit.DURATION, {}, "1.5 hours"),
        (3_600, Unit.DURATION, {}, "1 hour"),
        (90, Unit.DURATION, {}, "1.5 minutes"),
        (0, Unit.DURATION, {}, "0 seconds"),
        (100.123, Unit.DURATION, {}, "100.123 seconds"),
        (240, Unit.DURATION, {"high": 360}, "4 to 6 minutes"),
        (1_500_000, Unit.COUNT, {}, "1.5 million"),
        (0.85, Unit.SCORE, {}, "0.85"),
    ],
)
def test_an_amount_is_said_with_its_unit(amount: float, unit: Unit, more: dict[str, Any], said: str) -> None:
    assert describe_amount(amount, unit, **more) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(12_000, "12,000"), (0.002, "0.002"), (100, "100"), (0, "0"), (-1.5, "-1.5"), (1e20, "1e+20"), (1e-12, "1e-12")],
)
def test_a_number_has_every_digit(number: float, said: str) -> None:
    assert format_number(number) == said


@given(st.integers(-(10**12), 10**12))
def test_a_written_number_can_be_read_again(number: int) -> None:
    assert read_amount(format_number(float(number)), Unit.COUNT) == (number, None)


@given(
    st.builds(
        Objective,
        metric=st.text("abc ", min_size=1),
        direction=st.sampled_from(Direction),
        amount=st.floats(allow_nan=False, allow_infinity=False),
        unit=st.sampled_from(Unit),
        mode=st.sampled_from(Mode),
        bound=st.none() | st.sampled_from(Bound),
        deadline=st.none() | st.dates(),
    )
)
def test_there_are_always_words_and_they_hold_the_amount(any_objective: Objective) -> None:
    said = describe(any_objective)
    assert any_objective.amount is not None
    assert any_objective.unit is not None
    assert describe_amount(any_objective.amount, any_objective.unit) in said
    assert any(character.isdigit() for character in said)


def test_an_amount_needs_a_unit() -> None:
    with pytest.raises(ValidationError, match="needs a unit"):
        objective(amount=3)


def test_a_range_goes_upwards() -> None:
    with pytest.raises(ValidationError, match="upper end"):
        objective(**PERCENT, amount_high=5)


def test_an_objective_that_was_kept_before_todays_value_had_a_unit_still_loads() -> None:
    stored = {"metric": "cloud bill", "direction": "decrease", "amount": 10, "unit": "percent_rel", "mode": "change"}
    old = Objective.model_validate(stored | {"baseline": 50_000})
    assert describe(old) == "reduce cloud bill by 10 % (today 50,000), no deadline given"
    assert Objective.model_validate_json(old.model_dump_json()) == old
