"""Changes in percent of today's value, said in the numbers that the person who asked uses."""

from math import floor, log10

from flows.objectives import Level, Mode, Objective, Unit, describe_amount
from flows.wishes import say_number, wanted_sign


def say_percent(change: float) -> str:
    """The size of a change in percent: "4 %"."""
    return f"{say_number(_round(abs(change)))} %"


def say_change(objective: Objective, change: float) -> str:
    """A change in percent, with what that is in the person's own unit where today's value is known: "4 % (€2,000)"."""
    percent = say_percent(change)
    today = objective.today
    if today is None or today.amount <= 0:
        return percent
    return f"{percent} ({_say_difference(today, today.amount * abs(change) / 100)})"


def say_reached(objective: Objective, change: float) -> str:
    """What such a change reaches, counted as the goal is: "11 %", "€4,000 per month"."""
    today = objective.today
    if today is None or objective.unit is None or objective.unit is Unit.PERCENT:
        return say_percent(change)
    if objective.mode is Mode.LEVEL:
        level = _round(today.amount * (1 + change / 100), digits=3)
        return describe_amount(level, today.unit, currency=today.currency, per=today.per)
    return _say_difference(today, today.amount * abs(change) / 100)


def is_accepted(objective: Objective, change: float) -> bool:
    """Whether such a change stays within the least that the person said they would still accept."""
    today, least = objective.today, objective.floor
    if least is None:
        return True
    if objective.unit is Unit.PERCENT and objective.mode is Mode.CHANGE:
        return change * wanted_sign(objective) >= least
    if today is None:
        return True
    if objective.mode is Mode.LEVEL:
        return (today.amount * (1 + change / 100) - least) * wanted_sign(objective) >= 0
    return today.amount * change / 100 * wanted_sign(objective) >= least


def _say_difference(today: Level, amount: float) -> str:
    unit = Unit.PERCENTAGE_POINTS if today.unit is Unit.PERCENT_LEVEL else today.unit
    return describe_amount(_round(amount), unit, currency=today.currency, per=today.per)


def _round(number: float, digits: int = 2) -> float:
    """To the few digits that are known."""
    return round(number, digits - 1 - floor(log10(abs(number)))) if number else 0.0
