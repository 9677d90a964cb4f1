"""What a project is worth: complexity replaced, hours saved, forgiving errors, benefit (sections 2.1.1 and 2.3.2)."""

from collections.abc import Sequence
from math import log

from flows.facts import CurrentWay, ErrorConsequence, Facts
from flows.objectives import Objective, Unit
from flows.scales import Contribution, Scale, add_up, open_question
from flows.wishes import Stake, say_number

MEANINGS = (
    "Few people would notice that it is there.",
    "It helps a few people now and then.",
    "It saves a team noticeable work or the organisation noticeable money.",
    "It changes how a team works, or is seen in a business figure.",
    "It changes how the organisation works, or what it earns.",
)
"""What each level of impact means, lowest first."""

_COMPLEXITY, _WORK, _FORGIVING, _BENEFIT = 25.0, 30.0, 20.0, 25.0


def estimate_impact(stakes: Sequence[Stake], facts: Facts) -> Scale:
    """Place the project on the scale of impact."""
    goals = [stake.objective for stake in stakes]
    return add_up((_complexity(facts), _work(facts), _forgiving(facts), _benefit(goals)), MEANINGS)


_WAYS = {
    CurrentWay.RULES: (12, 19, 25, "Software with rules does this today; rules with many exceptions can be learned."),
    CurrentWay.BY_HAND: (5, 10, 15, "People do this by hand today."),
    CurrentWay.NOT_DONE: (0, 4, 8, "Nobody does this today, so nothing complex is replaced."),
}


def _complexity(facts: Facts) -> Contribution:
    name = "how it is done today"
    if facts.current_way is None:
        return open_question(name, _COMPLEXITY, "K3", "current_way")
    low, likely, high, because = _WAYS[facts.current_way]
    return Contribution(name, likely, low, high, because, "K3")


def hours_by_hand(facts: Facts) -> float | None:
    """Hours a month that people spend on it today; None when not known, or when no people do it."""
    if facts.current_way not in {None, CurrentWay.BY_HAND}:
        return None
    if facts.cases_per_month is None or facts.minutes_per_case is None:
        return None
    return facts.cases_per_month * facts.minutes_per_case / 60


_TEN_HOURS = 10.0
_TEN_PEOPLE = 1600.0
"""Hours that ten people work in a month: from here on the points for work saved are full."""

_FEW_CASES = 100.0
_MANY_CASES = 100_000.0
_ROUGHLY = 0.25
"""People's rough numbers are taken to be right within this share."""


def _work(facts: Facts) -> Contribution:
    if facts.current_way is None:
        return _work_if_by_hand(facts)
    return _work_by_hand(facts) if facts.current_way is CurrentWay.BY_HAND else _volume(facts)


def _work_if_by_hand(facts: Facts) -> Contribution:
    guess = _work_by_hand(facts)
    return Contribution(guess.name, guess.points, 0.0, _WORK, guess.because, "K5", guess.question)


def _work_by_hand(facts: Facts) -> Contribution:
    name = "hours of work saved"
    if facts.cases_per_month is None:
        return open_question("how many cases there are a month", _WORK, "K5", "cases_per_month")
    cases = f"{say_number(facts.cases_per_month)} cases a month"
    if facts.minutes_per_case is None:
        likely = _share(facts.cases_per_month / 12, _TEN_HOURS, _TEN_PEOPLE) * _WORK
        because = f"{cases}; how long one takes is not known yet, so five minutes are assumed."
        return Contribution(name, likely, 0.0, _WORK, because, "K5", "minutes_per_case")
    hours = facts.cases_per_month * facts.minutes_per_case / 60
    low, likely, high = (
        _share(hours * factor, _TEN_HOURS, _TEN_PEOPLE) * _WORK for factor in (1 - _ROUGHLY, 1, 1 + _ROUGHLY)
    )
    because = f"{cases} at {say_number(facts.minutes_per_case)} minutes each: {say_number(hours)} hours."
    return Contribution(name, likely, low, high, because, "K5")


def _volume(facts: Facts) -> Contribution:
    """Without hours by hand, many cheap predictions are worth something by their number: at most half of the points."""
    name = "number of cases handled"
    if facts.cases_per_month is None:
        most = _WORK * 0.75
        return open_question("how many cases there are a month", most, "K5", "cases_per_month")
    likely = _share(facts.cases_per_month, _FEW_CASES, _MANY_CASES) * _WORK / 2
    because = f"{say_number(facts.cases_per_month)} cases a month; no hours by hand are saved."
    return Contribution(name, likely, likely / 2, likely * 1.5, because, "K5")


def _share(amount: float, little: float, much: float) -> float:
    """From 0 for nothing to 1 for `much`; each tenfold above `little` adds about the same."""
    return min(log(1 + amount / little) / log(1 + much / little), 1.0)


_CONSEQUENCES = {
    ErrorConsequence.CAUGHT: (15, 18, 20, "Someone catches mistakes, so an imperfect model is already useful."),
    ErrorConsequence.COSTLY: (3, 8, 12, "Each mistake costs money, which eats into what is saved."),
    ErrorConsequence.UNNOTICED: (0, 3, 6, "Nobody would notice a mistake, so an imperfect model does hidden harm."),
}


def _forgiving(facts: Facts) -> Contribution:
    name = "what a mistake does"
    if facts.error_consequence is None:
        return open_question(name, _FORGIVING, "K6", "error_consequence")
    low, likely, high, because = _CONSEQUENCES[facts.error_consequence]
    return Contribution(name, likely, low, high, because, "K6")


_MONEY = frozenset(
    {
        "ad_revenue",
        "cloud_bill",
        "error_cost",
        "fraud_loss",
        "operating_cost",
        "revenue",
        "serving_cost",
        "support_cost",
    }
)
"""The chapter measures benefit by cost reduction, sales or profit (2.3.2)."""


def _benefit(goals: Sequence[Objective]) -> Contribution:
    name = "benefit to the organisation"
    if not goals:
        return open_question("what it is to achieve", _BENEFIT, "K41", "goal")
    numbers = sum(goal.amount is not None for goal in goals)
    dates = sum(goal.deadline is not None for goal in goals)
    money = sum(goal.unit is Unit.MONEY or goal.family in _MONEY for goal in goals)
    low = 5.0 + 5 * bool(numbers) + 4 * bool(dates) + 4 * bool(money)
    told = ", ".join(
        f"{count or 'none'} {what}"
        for count, what in ((numbers, "with a number"), (dates, "with a date"), (money, "about money"))
    )
    because = f"Of {_count(len(goals))}, {told}."
    return Contribution(name, (low + _BENEFIT) / 2, low, _BENEFIT, because, "K41")


def _count(goals: int) -> str:
    return "1 goal" if goals == 1 else f"{goals} goals"
