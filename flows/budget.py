"""Whether the likely cost fits the budget that finance named, in money, with what is assumed (K10).

The scale of cost says in words how much work each level means. Those words are turned into person-months, and these
into money by what one person costs a month. Both are assumptions; the sentence names them, so that people put in their
own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, log10

from flows.facts import Facts
from flows.objectives import Unit, describe_amount
from flows.scales import Scale

_EFFORT = (0.1, 1.0, 4.0, 15.0, 60.0, 200.0)
"""Person-months at 0, 20, … 100 points of cost, after the meanings of its levels in `flows/cost.py`: "a month or two
for one or two people" is one to four, "a few months for a small team" four to fifteen."""

_POINTS_PER_STEP = 20.0

_HOURS_A_MONTH = 140.0
"""Hours that one person works in a month: 1,680 a year."""

_SPECIALISTS = 2.0
"""Specialists cost up to this many times the average of all who are employed."""


@dataclass(frozen=True)
class _HourlyCost:
    """What an hour of work costs an employer on average, wages and all else, and who says so."""

    amount: float
    source: str


_HOURLY_COSTS: Mapping[str, _HourlyCost] = {
    # Eurostat, "EU hourly labour costs ranged from €11 to €55 in 2024", data set lc_lci_lev.
    "EUR": _HourlyCost(37.3, "the euro area's average labour cost, Eurostat 2024"),
    # Bureau of Labor Statistics, Employer Costs for Employee Compensation, December 2024 (USDL-25-0335).
    "USD": _HourlyCost(44.67, "the average cost in US private industry, BLS 2024"),
}

TOO_WIDE = 60.0
"""Points of the scale of cost: with a wider range than that, a sum would be no more than a guess."""


@dataclass(frozen=True)
class BudgetCheck:
    """How budget and cost compare.

    Attributes:
        sentence: The verdict in words and numbers, or what is missing to tell.
        is_short: Whether the budget is, or may be, too small.
    """

    sentence: str
    is_short: bool = False


def check_budget(facts: Facts, cost: Scale) -> BudgetCheck:
    """Compare the budget with what the project is likely to cost."""
    if facts.budget is None:
        return BudgetCheck("No budget is known yet, so I cannot say whether the likely cost fits it.")
    budget = _money(facts.budget, facts.budget_currency)
    widest = sorted((one for one in cost.contributions if one.question), key=lambda one: -one.width)
    if widest and cost.high - cost.low > TOO_WIDE:
        names = " and ".join(one.name for one in widest[:2])
        return BudgetCheck(f"I cannot say yet whether {budget} is enough: first find out {names}.")
    months = _months(cost.low), _months(cost.high)
    work = f"Work of this size takes about {_write(months[0])} to {_write(months[1])} person-months"
    hourly = _HOURLY_COSTS.get(facts.budget_currency or "")
    if hourly is None:
        most = _money(_round(facts.budget / months[1]), facts.budget_currency)
        return BudgetCheck(f"{work}. The budget of {budget} is enough if one person costs at most {most} a month.")
    rates = _round(hourly.amount * _HOURS_A_MONTH), _round(hourly.amount * _HOURS_A_MONTH * _SPECIALISTS)
    low, high = _round(months[0] * rates[0]), _round(months[1] * rates[1])
    currency = facts.budget_currency
    each = f"at {_money(rates[0], currency)} to {_money(rates[1], currency)} each"
    assumed = f"(assumed: one to two times {hourly.source})"
    total = f"that is {_money(low, currency)} to {_money(high, currency)}"
    verdict = _verdict(facts.budget, low, high)
    sentence = f"{work}; {each} {assumed}, {total}. The budget of {budget} {verdict}."
    return BudgetCheck(sentence, is_short=facts.budget < high)


def _verdict(budget: float, low: float, high: float) -> str:
    if budget >= high:
        return "is enough for that"
    return "is too small for that" if budget < low else "may not be enough for that"


def _months(points: float) -> float:
    """Person-months at a place on the scale; between two anchors each point multiplies by the same."""
    steps = min(max(points, 0.0) / _POINTS_PER_STEP, len(_EFFORT) - 1.0)
    step = min(int(steps), len(_EFFORT) - 2)
    below, above = _EFFORT[step], _EFFORT[step + 1]
    return below * float((above / below) ** (steps - step))


def _round(amount: float) -> float:
    """To two digits, which is more than is known."""
    return round(amount, 1 - floor(log10(amount))) if amount > 0 else amount


def _write(months: float) -> str:
    return f"{_round(months):g}"


def _money(amount: float, currency: str | None) -> str:
    return describe_amount(amount, Unit.MONEY, currency=currency)
