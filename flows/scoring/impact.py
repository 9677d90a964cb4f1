"""What a project is worth: four criteria on scales from 0 to 100, and their weighted sum (sections 2.1.1 and 2.3.2).

A complex part replaced (K3, K4), the value of cheap imperfect predictions (K5, K6), the benefit to the organisation and
the benefit to its users (K41).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from flows.facts import CurrentWay, ErrorConsequence
from flows.objectives import Objective, Unit
from flows.scoring.draws import DRAWS, Draw, between, normal
from flows.scoring.sampling import Range, Sampling
from flows.scoring.scales import Contribution
from flows.wishes import Stake, say_count, say_number

MEANINGS = (
    "Few people would notice that it is there.",
    "It helps a few people now and then.",
    "It saves a team noticeable work or the organisation noticeable money.",
    "It changes how a team works, or is seen in a business figure.",
    "It changes how the organisation works, or what it earns.",
)
"""What each level of impact means, lowest first."""

WEIGHTS: Mapping[str, float] = {"complexity": 0.2, "predictions": 0.4, "organisation": 0.25, "users": 0.15}
"""What each criterion counts in impact. How people weigh them for the backlog is up to them (`flows.portfolio`)."""


@dataclass(frozen=True)
class ImpactPart:
    """What one consideration adds to its criterion.

    Attributes:
        criterion: One of `WEIGHTS`.
        points: Points of 100 on the criterion's scale, for each draw.
        told: The same as a contribution to impact, in points of its 100.
    """

    criterion: str
    points: Draw
    told: Contribution


def list_benefits(sampling: Sampling) -> tuple[ImpactPart, ...]:
    """All that is added up to impact."""
    return (
        _way(sampling),
        _upkeep(sampling),
        _work(sampling),
        _forgiving(sampling),
        _organisation(sampling),
        _users(sampling),
    )


def _part(
    sampling: Sampling,
    criterion: str,
    name: str,
    points: Draw,
    because: str,
    row: str,
    *asked: str,
    beside: tuple[str, ...] = (),
) -> ImpactPart:
    told = sampling.contribution(name, points * WEIGHTS[criterion], because, row, asked, beside)
    return ImpactPart(criterion, points, told)


_WAYS: Mapping[str, Range] = {
    CurrentWay.RULES: Range(45, 55, 65),
    CurrentWay.BY_HAND: Range(15, 30, 50),
    CurrentWay.NOT_DONE: Range(0, 8, 20),
}
_WAYS_SAY = {
    CurrentWay.RULES: "Software with rules does this today; rules with many exceptions can be learned.",
    CurrentWay.BY_HAND: "People do this by hand today.",
    CurrentWay.NOT_DONE: "Nobody does this today, so nothing complex is replaced.",
}


def _way(sampling: Sampling) -> ImpactPart:
    points = np.clip(sampling.choice("current_way", _WAYS, Range(0, 30, 60)), 0, 65)
    way = sampling.heard.choice("current_way")
    because = _WAYS_SAY.get(CurrentWay(way), "") if way in set(CurrentWay) else "How it is done today is not known yet."
    return _part(sampling, "complexity", "how it is done today", points, because, "K3", "current_way")


_FEW_EXCEPTIONS, _MANY_EXCEPTIONS = 5.0, 500.0
_LITTLE_UPKEEP, _MUCH_UPKEEP = 4.0, 320.0
"""Hours a month: half a day, and two people's whole time."""
_STEPS = 4
_RULES_LEFT = 35.0


def _upkeep(sampling: Sampling) -> ImpactPart:
    """K3: exceptions, hours of upkeep and frustration tell how tangled the rules have become."""
    name = "how hard the rules are to keep up"
    heard = sampling.heard
    if heard.choice("current_way") not in {"", CurrentWay.RULES}:
        return _part(
            sampling, "complexity", name, np.zeros(DRAWS), "There are no rules to keep up.", "K3", "current_way"
        )
    exceptions = share(sampling.amount("rules_exceptions"), _FEW_EXCEPTIONS, _MANY_EXCEPTIONS)
    hours = share(sampling.amount("rules_hours"), _LITTLE_UPKEEP, _MUCH_UPKEEP)
    step = heard.choice("rules_frustration")
    steps = {str(one + 1): Range(*(max(0.0, min(one + by, _STEPS)) / _STEPS for by in (-1, 0, 1))) for one in range(5)}
    frustration = np.clip(sampling.choice("rules_frustration", steps, Range(0, 0.5, 1)), 0, 1)
    certainty = 1.0 if heard.choice("current_way") else np.clip(sampling.open_range("are there rules", 0, 0.3, 1), 0, 1)
    points = _RULES_LEFT * certainty * (0.4 * exceptions + 0.35 * hours + 0.25 * frustration)
    said = (
        _count(heard.number("rules_exceptions"), "exception", "exceptions"),
        _count(heard.number("rules_hours"), "hour of upkeep a month", "hours of upkeep a month"),
        f"frustration {step} of 5" if step else "",
    )
    told = ", ".join(one for one in said if one)
    because = f"{told}." if told else "How many exceptions and how much upkeep the rules have is not known yet."
    asked = ("rules_exceptions", "rules_hours", "rules_frustration")
    return _part(sampling, "complexity", name, points, because, "K3", *asked, beside=("current_way",))


def _count(number: float | None, one: str, many: str) -> str:
    return say_count(number, one, many) if number is not None else ""


_FEW_HOURS, _MANY_HOURS = 10.0, 1600.0
"""Hours a month; ten people work the latter. From there on the points for work saved are full."""
_FEW_CASES, _MANY_CASES = 100.0, 100_000.0
_BY_VOLUME = 0.5
"""Without work by hand, many cheap predictions are worth something by their number: at most half of the points."""
_WORK = 60.0


def hours_by_hand(sampling: Sampling) -> Draw:
    """Hours a month that people spend on it today."""
    hours: Draw = sampling.amount("cases_per_month") * sampling.amount("minutes_per_case") / 60
    return hours


def easy_share(sampling: Sampling) -> Draw:
    """The share of cases that are easy, from 0 to 1: a cheap, imperfect model takes these off people's hands."""
    easy: Draw = np.minimum(sampling.amount("easy_share") / 100, 1.0)
    return easy


def _work(sampling: Sampling) -> ImpactPart:
    heard = sampling.heard
    way = heard.choice("current_way")
    by_volume = _BY_VOLUME * share(sampling.amount("cases_per_month"), _FEW_CASES, _MANY_CASES)
    by_hours = share(hours_by_hand(sampling) * easy_share(sampling), _FEW_HOURS, _MANY_HOURS)
    if way == CurrentWay.BY_HAND:
        points = by_hours
        asked: tuple[str, ...] = ("cases_per_month", "minutes_per_case", "easy_share")
    elif way:
        points, asked = by_volume, ("cases_per_month",)
    else:
        certainty = np.clip(sampling.open_range("is it done by hand", 0, 0.5, 1), 0, 1)
        points = certainty * by_hours + (1 - certainty) * by_volume
        asked = ("cases_per_month", "current_way", "minutes_per_case", "easy_share")
    because, name = _say_work(sampling), "work saved"
    if way and way != CurrentWay.BY_HAND and not heard.keeps("current_way"):
        name = "number of decisions"
    return _part(sampling, "predictions", name, _WORK * points, because, "K5", *asked, beside=_BESIDE_WORK)


_BESIDE_WORK = ("current_way", "minutes_per_case", "easy_share")


def _say_work(sampling: Sampling) -> str:
    heard = sampling.heard
    cases, minutes, easy = (heard.number(one) for one in ("cases_per_month", "minutes_per_case", "easy_share"))
    if cases is None:
        return "How many cases there are a month is not known yet."
    said = f"{say_count(cases, 'case')} a month"
    if heard.choice("current_way") not in {"", CurrentWay.BY_HAND}:
        return f"{said}; nobody does them by hand, so this counts for less."
    if minutes is None:
        return f"{said}; how long one takes is not known yet."
    hours = f"{said} at {say_count(minutes, 'minute')} each: {say_count(cases * minutes / 60, 'hour')}"
    return f"{hours}; {say_number(easy)} of 100 are easy." if easy is not None else f"{hours}."


_CONSEQUENCES: Mapping[str, Range] = {
    ErrorConsequence.CAUGHT: Range(70, 85, 95),
    ErrorConsequence.COSTLY: Range(15, 40, 60),
    ErrorConsequence.UNNOTICED: Range(0, 12, 25),
}
_CONSEQUENCES_SAY = {
    ErrorConsequence.CAUGHT: "Someone catches mistakes, so an imperfect model is already useful",
    ErrorConsequence.COSTLY: "Each mistake costs money, which eats into what is saved",
    ErrorConsequence.UNNOTICED: "Nobody would notice a mistake, so an imperfect model does hidden harm",
}
_REACHES = {"yes": Range(5, 8, 12), "no": Range(-20, -12, -8)}
_REACHES_SAY = {"yes": "; when it fails, a person sees it", "no": "; when it fails, no person sees it", "": ""}
_FORGIVING = 0.4


def _forgiving(sampling: Sampling) -> ImpactPart:
    heard = sampling.heard
    reaches = heard.choice("error_reaches_person")
    harm = sampling.choice("error_consequence", _CONSEQUENCES, Range(0, 45, 95))
    seen = sampling.choice("error_reaches_person", _REACHES, Range(-12, 0, 8))
    points = _FORGIVING * np.clip(harm + seen, 0, 100)
    said = heard.choice("error_consequence")
    known = _CONSEQUENCES_SAY[ErrorConsequence(said)] if said in set(ErrorConsequence) else ""
    because = f"{known or 'What a mistake does is not known yet'}{_REACHES_SAY.get(reaches, '')}."
    return _part(
        sampling,
        "predictions",
        "what a mistake does",
        points,
        because,
        "K6",
        "error_consequence",
        "error_reaches_person",
    )


_MONEY = frozenset({
    "ad_revenue", "revenue", "cloud_bill", "error_cost", "fraud_loss", "operating_cost", "serving_cost", "support_cost",
    "labour_cost", "administrative_cost", "production_cost", "energy_cost", "marketing_cost", "acquisition_cost",
    "unit_cost", "material_cost", "delivery_cost", "fuel_cost", "default_rate", "shrinkage",
})  # fmt: skip
"""The chapter measures the benefit to an organisation by cost reduction, sales or profit (2.3.2)."""

_FOR_USERS = frozenset({
    "time_on_platform", "satisfaction", "complaints", "user_control", "retention", "churn", "waiting_time",
    "resolution_time", "latency", "unsubscribes", "recommendation_relevance", "visits", "delivery_time",
    "late_deliveries", "on_time_delivery", "beneficiaries", "readmissions", "infections", "length_of_stay", "outages",
    "reliability", "stockouts", "service_level", "accidents", "missed_cases",
})  # fmt: skip
"""Metrics of which the people who use it feel a change themselves."""

_SMALL_GAIN, _LARGE_GAIN = 2.0, 40.0
"""Percent of today."""
_SMALL_SUM, _LARGE_SUM = 10_000.0, 2_000_000.0
"""Euros or dollars a year; a sum in another currency counts as not known, as no rate of exchange is."""
_SUMS = frozenset({"EUR", "USD", "GBP", "CHF"})
_A_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0, "week": 52.0, "day": 365.0}


def _organisation(sampling: Sampling) -> ImpactPart:
    """K41: how much of a business figure is to change, in the largest of the goals that are about one."""
    heard = sampling.heard
    goals = [stake for stake in heard.stakes if _is_about_money(stake.objective)]
    gain = _gain(sampling, goals, "gain", Range(0, 0.35, 0.8))
    named = 15.0 if any(stake.objective.deadline for stake in goals) else 0.0
    figure = 15.0 if "business_metric" in heard.answers or goals else 0.0
    points = np.clip(70 * gain, 0, 70) + named + figure
    return _goal_part(sampling, "organisation", "benefit to the organisation", goals, points, "business_metric")


def _users(sampling: Sampling) -> ImpactPart:
    """K41: how much of what users feel is to change, and whether anybody said what helps them."""
    heard = sampling.heard
    goals = [stake for stake in heard.stakes if stake.objective.family in _FOR_USERS]
    gain = _gain(sampling, goals, "gain for users", Range(0, 0.3, 0.75))
    told = 30.0 if "user_success" in heard.answers else np.clip(sampling.open_range("user_success", 0, 10, 30), 0, 30)
    points = np.clip(70 * gain, 0, 70) + told
    return _goal_part(sampling, "users", "benefit to users", goals, points, "user_success")


def _goal_part(
    sampling: Sampling, criterion: str, name: str, goals: list[Stake], points: Draw, question: str
) -> ImpactPart:
    heard = sampling.heard
    told = sampling.contribution(name, points * WEIGHTS[criterion], _say_goals(goals, name), "K41", (question,))
    kept = told.is_kept or any(stake.owner in heard.keeps_goals for stake in goals)
    owners = (stake.owner for stake in goals if stake.owner not in heard.keeps_goals)
    people = tuple(dict.fromkeys((*owners, *told.people)))
    asked = told.open_questions if heard.stakes else ("goal", *told.open_questions)
    return ImpactPart(criterion, points, replace(told, people=people, is_kept=kept, open_questions=asked))


def _is_about_money(goal: Objective) -> bool:
    return goal.unit is Unit.MONEY or goal.family in _MONEY


def _gain(sampling: Sampling, goals: list[Stake], name: str, unknown: Range) -> Draw:
    """From 0 to 1: the largest gain that is wanted; as little is known of goals without a number as of none."""
    known = [size for stake in goals if (size := _size(stake.objective)) is not None]
    if not known:
        return np.clip(sampling.open_range(name, *unknown), 0, 1)
    largest = max(known)
    return np.clip(between(normal(name), largest * 0.6, largest, min(largest * 1.2, 1.0)), 0, 1)


def _size(goal: Objective) -> float | None:
    """From 0 to 1, from how much the metric is to change; None where that is not known as a share or a sum."""
    if goal.amount is None:
        return None
    if goal.unit in {Unit.PERCENT, Unit.PERCENTAGE_POINTS}:
        return min(float(share(np.array(abs(goal.amount)), _SMALL_GAIN, _LARGE_GAIN)), 1.0)
    if goal.unit is Unit.MONEY and goal.currency in _SUMS:
        a_year = abs(goal.amount) * _A_YEAR.get(goal.per or "year", 1.0)
        return min(float(share(np.array(a_year), _SMALL_SUM, _LARGE_SUM)), 1.0)
    return None


_ABOUT = {"benefit to the organisation": "costs, sales or profit", "benefit to users": "what users feel"}


def _say_goals(goals: list[Stake], name: str) -> str:
    if not goals:
        return f"No goal is about {_ABOUT[name]} yet."
    numbers = sum(stake.objective.amount is not None for stake in goals)
    dates = sum(stake.objective.deadline is not None for stake in goals)
    counted = "1 goal is" if len(goals) == 1 else f"{len(goals)} goals are"
    return f"{counted} about it: {numbers or 'none'} with a number, {dates or 'none'} with a date."


def share(amount: Draw, little: float, much: float) -> Draw:
    """From 0 for nothing to 1 for `much`; each tenfold above `little` adds about the same."""
    shared: Draw = np.minimum(np.log1p(amount / little) / np.log1p(much / little), 1.0)
    return shared
