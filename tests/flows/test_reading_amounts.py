"""Single amounts, as answers to the interview's other questions."""

import pytest

from flows.amounts import read_minutes, read_months, read_rate, read_share
from flows.objectives import Unit
from flows.quantities import find_quantities, parse_digits
from flows.reading import read_amount, read_money, read_number, read_percentage


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12000", 12_000),
        ("about 12,000 a month", 12_000),
        ("12,000 cases per month", 12_000),
        ("12 000", 12_000),
        ("12'000", 12_000),
        ("12.000,5", 12_000.5),
        ("1,234.5", 1_234.5),
        ("1.234.567", 1_234_567),
        ("1 Mio", 1_000_000),
        ("2.5 million", 2_500_000),
        ("30k", 30_000),
        ("a thousand", 1_000),
        ("twenty-five", 25),
        ("one and a half", 1.5),
        ("half a million", 500_000),
        ("5 min", 5),
        ("5 minutes each", 5),
        ("6 months", 6),
        ("-5", -5),
        ("0,125", 0.125),
        (".5", 0.5),
        ("3.", 3),
    ],
)
def test_a_number(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "plenty", "1.200", "3 or 4", "3-5", "3 to 5", "5 %", "€5", "2 hours", "90 seconds", "400 a day",
        "8 an hour",
        "2 years", "3 weeks", "not 5", "don't know, 5", "5m", "1,23,4", "1.2.3", "q3 5", "9" * 20, "5 " * 300,
        "twenty thirty", "a half", "12,3456789012",
    ],
)  # fmt: skip
def test_no_number_that_is_sure(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "percentage"), [("95", 95), ("95 %", 95), ("about 95 percent", 95), ("99,5%", 99.5), ("half", 50)]
)
def test_a_percentage(text: str, percentage: float) -> None:
    assert read_percentage(text) == percentage


@pytest.mark.parametrize("text", ["", "5 pp", "€5", "5 to 6 %", "5 % a year", "5 minutes"])
def test_no_percentage(text: str) -> None:
    assert read_percentage(text) is None


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("EUR 20k", (20_000, "EUR")),
        ("€80,000", (80_000, "EUR")),
        ("80.000 €", (80_000, "EUR")),
        ("1.5 million dollars", (1_500_000, "USD")),
        ("half a million euros", (500_000, "EUR")),
        ("500k$", (500_000, "USD")),
        ("₹50 lakh", (5_000_000, "INR")),
        ("£1m", (1_000_000, "GBP")),
        ("80000", (80_000, None)),
        ("50 cents", (0.5, None)),
        ("€20k EUR", (20_000, "EUR")),
    ],
)
def test_money(text: str, money: tuple[float, str | None]) -> None:
    assert read_money(text) == money


@pytest.mark.parametrize("text", ["", "5 %", "5 hours", "€5 to €6", "€5 a month", "€5 and $6", "€5 USD"])
def test_no_money(text: str) -> None:
    assert read_money(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("15", Unit.PERCENT, (15, None)),
        ("15 %", Unit.PERCENT_LEVEL, (15, None)),
        ("2 points", Unit.SCORE, (2, None)),
        ("200 ms", Unit.DURATION, (0.2, None)),
        ("3 hours", Unit.DURATION, (10_800, None)),
        ("12 seconds", Unit.DURATION, (12, None)),
        ("EUR 5,000", Unit.MONEY, (5_000, "EUR")),
        ("5 %", None, (5, None)),
        ("5 hours", Unit.MONEY, None),
        ("€5", Unit.COUNT, None),
        ("€5 a month", Unit.MONEY, None),
        ("50", Unit.DURATION, None),
        ("", None, None),
    ],
)
def test_an_amount_in_a_field(text: str, unit: Unit | None, amount: tuple[float, str | None] | None) -> None:
    assert read_amount(text, unit) == amount


@pytest.mark.parametrize(
    ("digits", "number", "clear"),
    [
        ("1,200", 1_200, True),
        ("1.200", 1_200, False),
        ("12,5", 12.5, True),
        ("0.002", 0.002, True),
        ("1.234,5", 1_234.5, True),
        ("12.34,5", 1_234.5, False),
        ("1,2,3", 123, False),
        ("1234.567", 1_234_567, False),
    ],
)
def test_digits(digits: str, number: float, *, clear: bool) -> None:
    assert parse_digits(digits) == (number, clear)


def test_a_price_has_no_three_decimals() -> None:
    assert parse_digits("1.200", money=True) == (1_200, True)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("10-15%", 10, 15, Unit.PERCENT),
        ("5% to 8%", 5, 8, Unit.PERCENT),
        ("between 5 and 8 minutes", 300, 480, Unit.DURATION),
        ("$5-10k", 5_000, 10_000, Unit.MONEY),
        ("10 to 50 bps", 0.1, 0.5, Unit.PERCENTAGE_POINTS),
        ("€5 to €6", 5, 6, Unit.MONEY),
        ("5 to 6", 5, 6, Unit.COUNT),
    ],
)
def test_a_range(text: str, low: float, high: float, unit: Unit) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.amount, quantity.high, quantity.unit) == (low, high, unit)


@pytest.mark.parametrize("text", ["5 % to 6 ms", "€5 to $6", "from 5 to 6", "5 and 6", "5 to -6"])
def test_no_range(text: str) -> None:
    assert [quantity.high for quantity in find_quantities(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "per"),
    [("5 a month", "month"), ("5/day", "day"), ("5 p.a.", "year"), ("5 monthly", "month"), ("5 per user", "user"),
     ("5 per analyst per week", "week"), ("5 a piece", None), ("5 an", None), ("5 per user per fox", "user")],
)  # fmt: skip
def test_what_it_is_counted_over(text: str, per: str | None) -> None:
    assert find_quantities(text)[0].per == per


@pytest.mark.parametrize(
    ("text", "percent"), [("x3", 200), ("3x", 200), ("threefold", 200), ("onefold", 0), ("two thirds", 66.67)]
)
def test_times_and_parts(text: str, percent: float) -> None:
    assert [quantity.amount for quantity in find_quantities(text)] == [percent]


def test_the_third_is_no_third() -> None:
    assert find_quantities("the third of 5 quarters")[0].amount == 5


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("half an hour", 30), ("an hour", 60), ("an hour and a half", 90), ("two and a half minutes", 2.5),
        ("1h30", 90),
        ("3 and a half minutes", 3.5), ("three quarters of an hour", 45), ("a quarter of an hour", 15),
        ("1 h 30 min", 90),
        ("1 hour and 30 minutes", 90), ("90 seconds", 1.5), ("1,5 h", 90), ("5", 5), ("5 minutes per case", 5),
        ("5m", 5), ("8 an hour", None), ("2 h a day", None), ("5-6 minutes", None), ("2 hours or 120 minutes", None),
        ("30 minutes 1 hour", None), ("not 5 minutes", None), ("1 minute and a half", None), ("5 minutes" * 90, None),
    ],
)  # fmt: skip
def test_minutes(text: str, minutes: float | None) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2 years", 24), ("half a year", 6), ("a year and a half", 18), ("1 year 6 months", 18), ("a quarter", 3),
        ("12 weeks", 2.77), ("18", 18), ("next year", None), ("2-3 months", None), ("2 hours", None),
    ],
)  # fmt: skip
def test_months(text: str, months: float | None) -> None:
    assert read_months(text) == months


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("12.000", (12_000, None)), ("1.200.000", (1_200_000, None)), ("12.000,5", (12_000.5, None)),
        ("1.5", (1.5, None)),
        ("500 a day", (500, "day")), ("500 per agent", None), ("5 years", None), ("€5", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_and_what_it_is_counted_over(text: str, rate: tuple[float, str | None] | None) -> None:
    assert read_rate(text) == rate


@pytest.mark.parametrize(
    ("text", "percentage"),
    [
        ("9 out of 10", 90), ("nine in ten", 90), ("95/100", 95), ("19 of 20 cases", 95), ("95 out of a hundred", 95),
        ("nine of every ten", 90), ("about 9 in 10.", 90), ("95 in most cases", None), ("9 in 10 months", None),
        ("10 out of 9", None), ("0 of 0", None), ("95", None), ("9 % of 10", None), ("9 a day of 10", None),
    ],
)  # fmt: skip
def test_a_share(text: str, percentage: float | None) -> None:
    assert read_share(text) == percentage


@pytest.mark.parametrize(
    ("text", "seconds", "clear"), [("half an hour", 1800, True), ("half a year", 15_778_800, False)]
)
def test_half_a_span(text: str, seconds: float, *, clear: bool) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.amount, quantity.unit, quantity.clear) == (seconds, Unit.DURATION, clear)
