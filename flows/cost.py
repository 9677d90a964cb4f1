"""What a project takes: method, labels, accuracy, teams, and how soon it is expected (sections 2.1.2 and 2.5.2)."""

from math import log10

from flows.facts import Facts, LabelSource
from flows.scales import Contribution, Scale, add_up, open_question
from flows.wishes import say_number

MEANINGS = (
    "Days to a few weeks for one person, with what exists.",
    "A month or two for one or two people.",
    "A few months for a small team.",
    "Half a year or more for a team.",
    "A year or more for several teams.",
)
"""What each level of cost means, lowest first."""

_METHOD, _LABELS, _ACCURACY, _TEAMS, _HASTE = 20.0, 25.0, 30.0, 15.0, 10.0


def estimate_cost(facts: Facts) -> Scale:
    """Place the project on the scale of cost."""
    work = (_method(facts), _labels(facts), _accuracy(facts), _teams(facts))
    return add_up((*work, _haste(facts, work)), MEANINGS)


def _method(facts: Facts) -> Contribution:
    name = "whether it has been solved before"
    if facts.method_exists is None:
        return open_question(name, _METHOD, "K7", "method_exists")
    if facts.method_exists:
        return Contribution(name, 5, 2, 8, "It has been solved before, so there is something to start from.", "K7")
    return Contribution(name, 16, 12, _METHOD, "Nobody here knows of a solution, so a method has to be found.", "K7")


_SOURCES = {
    LabelSource.AUTOMATIC: (0, 3, 6, "A system records the right answers by itself."),
    LabelSource.EXISTING: (4, 8, 13, "People have collected right answers, which have to be checked."),
    LabelSource.BY_HAND: (14, 20, 25, "The right answers have to be made by hand, often the largest bill."),
}


def _labels(facts: Facts) -> Contribution:
    name = "where right answers come from"
    if facts.label_source is None:
        return open_question(name, _LABELS, "K9", "label_source")
    low, likely, high, because = _SOURCES[facts.label_source]
    return Contribution(name, likely, low, high, because, "K9")


_COIN_TOSS = 0.5
"""The share of errors that costs nothing to reach; two outcomes, equally common."""

_SLOW, _USUAL, _FAST = 0.07, 0.2, 0.35
"""The exponent β in error ∝ n^-β: the range of published results and its middle (Hestness et al. 2017)."""

_TOO_MUCH_DATA = 8.0
"""Powers of ten of data at which the points are full: behind that, more data alone is no answer."""


def _accuracy(facts: Facts) -> Contribution:
    """Each halving of the errors multiplies the data needed by 2^(1/β), so the points grow faster than the accuracy."""
    name = "how accurate it must be"
    if facts.accuracy_needed is None:
        return open_question(name, _ACCURACY, "K12", "accuracy_needed")
    low, likely, high = (_accuracy_points(facts.accuracy_needed, beta) for beta in (_FAST, _USUAL, _SLOW))
    because = (
        f"{say_number(facts.accuracy_needed)} of 100 have to be right; "
        "halving the mistakes usually takes 7 to 32 times the data, at worst more than data can give."
    )
    return Contribution(name, likely, low, high, because, "K12")


def _accuracy_points(accuracy: float, beta: float) -> float:
    errors = 1 - accuracy / 100
    if errors <= 0:
        return _ACCURACY
    powers_of_ten = log10(max(_COIN_TOSS / errors, 1.0)) / beta
    return min(powers_of_ten / _TOO_MUCH_DATA, 1.0) * _ACCURACY


def _teams(facts: Facts) -> Contribution:
    name = "teams that must work together"
    if facts.teams is None:
        return open_question("how many teams must work together", _TEAMS, "K59", "teams")
    likely = min(2.0 + 3 * (facts.teams - 1), _TEAMS)
    teams = "1 team" if facts.teams == 1 else f"{facts.teams:,} teams"
    because = f"{teams} on it; each further one adds waiting and agreeing."
    return Contribution(name, likely, likely - 2, min(likely + 2, _TEAMS), because, "K59")


_MONTHS_AT_FULL_COST = 18.0


def _haste(facts: Facts, work: tuple[Contribution, ...]) -> Contribution:
    """What it adds when a result is expected sooner than the rest of the scale suggests."""
    name = "how soon it is expected"
    if facts.expected_months is None:
        return open_question(name, _HASTE, "K55", "expected_months")
    points = sum(one.low for one in work), sum(one.points for one in work), sum(one.high for one in work)
    needed = [max(1.0, total / 100 * _MONTHS_AT_FULL_COST) for total in points]
    low, likely, high = (max(0.0, 1 - facts.expected_months / months) * _HASTE for months in needed)
    because = (
        f"A first result is expected in {_count_months(facts.expected_months)}; "
        f"work of this size takes about {needed[0]:.0f} to {needed[2]:.0f} months."
    )
    return Contribution(name, likely, low, high, because, "K55")


def _count_months(months: float) -> str:
    return "1 month" if months == 1 else f"{say_number(months)} months"
