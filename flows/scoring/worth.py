"""What a project saves and loses in money, where money was given (section 2.1.2; K5, K13, K14).

A year's worth is cases times (the share it gets right times what a right case saves), less what its mistakes cost.
"""

from dataclasses import dataclass

import numpy as np

from flows.facts import CurrentWay
from flows.scoring.draws import Draw, spread
from flows.scoring.heard import Heard
from flows.scoring.impact import easy_share
from flows.scoring.money import Money, hourly_cost
from flows.scoring.sampling import Sampling

IN_COST = ("budget", "label_price")
"""What the cost in money and the verdict on the budget are made of."""
OF_WORTH = (
    "accuracy_needed",
    "cases_per_month",
    "current_way",
    "easy_share",
    "minutes_per_case",
    "miss_cost",
    "false_alarm_cost",
)
"""What a project's worth in money is made of."""
_ERROR_COSTS = ("false_alarm_cost", "miss_cost")
_MONTHS = 12


@dataclass(frozen=True)
class Worth:
    """What its cases are worth, per case and in all; money in `currency`.

    Attributes:
        currency: ISO 4217 code.
        cases_a_year: Cases; of shape (draws,).
        saving_per_case: What one case that it gets right saves of people's time; of shape (draws,).
        cost_per_mistake: What a mistake costs, as the middle of the kinds that were named; of shape (draws,).
    """

    currency: str
    cases_a_year: Draw
    saving_per_case: Draw
    cost_per_mistake: Draw

    def a_year(self, accuracy: float) -> Money:
        """What it saves a year, less its mistakes, at an accuracy in percent."""
        right = accuracy / 100
        net = self.cases_a_year * (right * self.saving_per_case - (1 - right) * self.cost_per_mistake)
        return Money(spread(net), self.currency)

    def loss_a_month(self, accuracy: float) -> Money:
        """What its mistakes cost a month, at an accuracy in percent (K13)."""
        return Money(spread(self.cases_a_year / _MONTHS * (1 - accuracy / 100) * self.cost_per_mistake), self.currency)

    @property
    def saves(self) -> bool:
        """Whether it is known what a right case saves."""
        return bool(np.any(self.saving_per_case))

    @property
    def loses(self) -> bool:
        """Whether it is known what a mistake costs."""
        return bool(np.any(self.cost_per_mistake))

    @property
    def break_even(self) -> float | None:
        """The accuracy in percent at which savings pay for mistakes, at the middle of both; None without either."""
        if not self.saves or not self.loses:
            return None
        saving, cost = float(np.median(self.saving_per_case)), float(np.median(self.cost_per_mistake))
        return 100 * cost / (cost + saving)


def find_worth(sampling: Sampling) -> Worth | None:
    """None where the cases a month or every sum of money is missing."""
    heard = sampling.heard
    currency = currency_of(heard)
    if currency is None or heard.number("cases_per_month") is None:
        return None
    saving, costs = _saving(sampling, currency), _cost_per_mistake(sampling, currency)
    if saving is None and costs is None:
        return None
    cases = sampling.amount("cases_per_month") * _MONTHS
    nothing = np.zeros_like(cases)
    return Worth(currency, cases, nothing if saving is None else saving, nothing if costs is None else costs)


def _saving(sampling: Sampling, currency: str) -> Draw | None:
    """Minutes of people's time, at what an hour of it costs, for the cases that are easy."""
    heard = sampling.heard
    hourly = hourly_cost(currency)
    if hourly is None or heard.choice("current_way") != CurrentWay.BY_HAND or heard.number("minutes_per_case") is None:
        return None
    minutes = sampling.amount("minutes_per_case")
    saving: Draw = minutes / 60 * hourly.amount * easy_share(sampling)
    return saving


def _cost_per_mistake(sampling: Sampling, currency: str) -> Draw | None:
    heard = sampling.heard
    named = [one for one in _ERROR_COSTS if heard.number(one) is not None and heard.currency(one) == currency]
    if not named:
        return None
    middle: Draw = np.mean([sampling.amount(one) for one in named], axis=0)
    return middle


_ASKED_IN_MONEY = (*IN_COST, "miss_cost", "false_alarm_cost", "serve_budget")


def currency_of(heard: Heard) -> str | None:
    """The currency that people named, the budget's first; None where nobody gave money, or none that we know of."""
    named = (heard.currency(one) for one in _ASKED_IN_MONEY)
    return next((one for one in named if one), None)
