"""Whether the work fits the budget that finance named, in money, with what is assumed (K10).

What a person's week costs is an assumption; the sentence names it, so that people put in their own.
"""

from dataclasses import dataclass

from flows.scoring.draws import Spread, say_roughly
from flows.scoring.heard import Heard
from flows.scoring.money import Money, hourly_cost, say_sum, weekly_costs
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


def check_budget(
    heard: Heard, cost: Scale, person_weeks: Spread, money: Money | None, *, is_labelling_paid: bool
) -> BudgetCheck:
    """Compare the budget with what the project is likely to cost.

    Args:
        heard: What is known of the project.
        cost: Its place on the scale of cost.
        person_weeks: The work.
        money: What work and labels cost; None where no source is known for the budget's currency.
        is_labelling_paid: Whether the labellers' bill is part of that.
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
    if rates is None or hourly is None or money is None:
        most = say_sum(budget / person_weeks.p90, currency)
        return BudgetCheck(f"{work}. The budget of {named} is enough if one person costs at most {most} a week.")
    each = f"at {say_sum(rates[0], currency)} to {say_sum(rates[1], currency)} each"
    assumed = f"(assumed: one to two times {hourly.source})"
    beside = " and the labellers' bill" if is_labelling_paid else ""
    sentence = (
        f"{work}; {each} {assumed}{beside}, that is {money.words}. The budget of {named} "
        f"{_verdict(budget, money.spread)}."
    )
    return BudgetCheck(sentence, is_short=budget < money.spread.p50)


def _verdict(budget: float, likely: Spread) -> str:
    if budget >= likely.p90:
        return "is enough for that"
    if budget >= likely.p50:
        return "is likely enough for that"
    return "is likely too small for that" if budget >= likely.p10 else "is too small for that"
