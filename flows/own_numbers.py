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


def say_gain(objective: Objective, change: float) -> str:
    """A change as its owner counts it: "+12.5 %", "as today", "−€2,000 per month", "212 ms" for a level."""
    if _counts_in_percent(objective):
        if not round(change, 1):
            return "as today"
        shown, size = round(change, 1), f"{say_number(abs(round(change, 1)))} %"
    elif objective.mode is Mode.LEVEL:
        return say_reached(objective, change)
    else:
        shown, size = change, say_reached(objective, change)
    return f"{'+' if shown > 0 else '−' if shown < 0 else ''}{size}"


def say_lost(objective: Objective, change: float) -> str:
    """How much somebody gives up, as they count it: "2.5 points", "12 ms"; "nothing" if it is no more than that."""
    lost = round(change, 1)
    if not lost:
        return "nothing"
    today = objective.today
    if today is None or _counts_in_percent(objective):
        return f"{say_number(lost)} point{'' if lost == 1 else 's'}"
    return _say_difference(today, today.amount * change / 100)


def _counts_in_percent(objective: Objective) -> bool:
    """Whether a change of it is said in percent, as it was asked for, or since today's value is not known."""
    today = objective.today
    return objective.unit is None or objective.unit is Unit.PERCENT or today is None or today.amount <= 0


def is_accepted(objective: Objective, change: float) -> bool:
    """Whether such a change stays within the least that the person said they would still accept."""
    least = least_accepted(objective)
    return least is None or (change - least) * wanted_sign(objective) >= 0


def least_accepted(objective: Objective) -> float | None:
    """The least change that the person said they would accept, in percent, signed; None where that is not known."""
    today, least, sign = objective.today, objective.floor, wanted_sign(objective)
    if least is None:
        return None
    if objective.unit is Unit.PERCENT and objective.mode is Mode.CHANGE:
        return least * sign
    if today is None or today.amount <= 0:
        return None
    return ((least - today.amount) if objective.mode is Mode.LEVEL else least * sign) / today.amount * 100


def _say_difference(today: Level, amount: float) -> str:
    unit = Unit.PERCENTAGE_POINTS if today.unit is Unit.PERCENT_LEVEL else today.unit
    return describe_amount(_round(amount), unit, currency=today.currency, per=today.per)


def _round(number: float, digits: int = 2) -> float:
    """To the few digits that are known."""
    return round(number, digits - 1 - floor(log10(abs(number)))) if number else 0.0
