"""Whether the work fits the budget that finance named, in money, with what is assumed (K10).

What a person's week costs is an assumption; the sentence names it, so that people put in their own.
"""

from dataclasses import dataclass

from flows.scoring.draws import Spread, say_roughly
from flows.scoring.heard import Heard
from flows.scoring.money import hourly_cost, round_sum, say_sum, weekly_costs
from flows.scoring.scales import Scale

TOO_WIDE = 33.0
"""Points of the scale of cost: ten times the work at one end. A sum would be no more than a guess."""


@dataclass(frozen=True)
class BudgetCheck:
    """How budget and cost compare.

    Attributes:
        sentence: The verdict in words and numbers, or what is missing to tell.
        is_short: Whether the budget is, or may be, too small.
    """

    sentence: str
    is_short: bool = False


def check_budget(heard: Heard, cost: Scale, person_weeks: Spread, labels: Spread | None) -> BudgetCheck:
    """Compare the budget with what the project is likely to cost.

    Args:
        heard: What is known of the project.
        cost: Its place on the scale of cost.
        person_weeks: The work.
        labels: What labellers are paid beside that, in the budget's currency; None where that is not known.
    """
    budget, currency = heard.number("budget"), heard.currency("budget")
    if budget is None:
        return BudgetCheck("No budget is known yet, so I cannot say whether the likely cost fits it.")
    named = say_sum(budget, currency)
    widest = sorted((one for one in cost.contributions if one.open_questions), key=lambda one: -one.width)
    if widest and cost.p90 - cost.p10 > TOO_WIDE:
        names = " and ".join(one.name for one in widest[:2])
        return BudgetCheck(f"I cannot say yet whether {named} is enough: too little is known of {names}.")
    work = (
        f"Work of this size takes about {say_roughly(person_weeks.p10)} to {say_roughly(person_weeks.p90)} person-weeks"
    )
    rates, hourly = weekly_costs(currency), hourly_cost(currency)
    if rates is None or hourly is None:
        most = say_sum(budget / person_weeks.p90, currency)
        return BudgetCheck(f"{work}. The budget of {named} is enough if one person costs at most {most} a week.")
    low, high = (
        round_sum(weeks * rate + paid)
        for weeks, rate, paid in (
            (person_weeks.p10, rates[0], labels.p10 if labels else 0.0),
            (person_weeks.p90, rates[1], labels.p90 if labels else 0.0),
        )
    )
    each = f"at {say_sum(rates[0], currency)} to {say_sum(rates[1], currency)} each"
    assumed = f"(assumed: one to two times {hourly.source})"
    beside = " and the labellers' bill" if labels else ""
    total = f"that is {say_sum(low, currency)} to {say_sum(high, currency)}"
    sentence = f"{work}; {each} {assumed}{beside}, {total}. The budget of {named} {_verdict(budget, low, high)}."
    return BudgetCheck(sentence, is_short=budget < high)


def _verdict(budget: float, low: float, high: float) -> str:
    if budget >= high:
        return "is enough for that"
    return "is too small for that" if budget < low else "may not be enough for that"
