"""What a project takes, in person-weeks: a few parts that add up (sections 2.1.2, 2.2.1 and 2.5; K7 to K12, K59)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from flows.facts import LabelSource
from flows.scoring.accuracy_curve import COIN_TOSS
from flows.scoring.draws import DRAWS, Draw, between, normal, spread
from flows.scoring.label_bill import AIM, HOURS_A_WEEK, LabelBill, allowed_errors
from flows.scoring.money import say_sum
from flows.scoring.sampling import Range, Sampling
from flows.scoring.scales import Contribution
from flows.scoring.usual import Usual
from flows.wishes import say_count, say_number

MEANINGS = (
    "Days to a few weeks for one person, with what exists.",
    "A month or two for one or two people.",
    "A few months for a small team.",
    "Half a year or more for a team.",
    "A year or more for several teams.",
)
"""What each level of cost means, lowest first."""


@dataclass(frozen=True)
class EffortPart:
    """Work of one kind.

    Attributes:
        person_weeks: Of shape (draws,).
        told: The same as a contribution, in person-weeks.
        job: Whose work it mostly is, of the jobs that `jobs_filled` lists.
    """

    person_weeks: Draw
    told: Contribution
    job: str


def list_work(sampling: Sampling, bill: LabelBill, effort: float) -> tuple[EffortPart, ...]:
    """All that is added up to the work of a project.

    Args:
        sampling: What is known of it.
        bill: What labelling takes.
        effort: What finished projects took, as a multiple of what was predicted.
    """
    work = (_method(sampling), _data(sampling), _labels(sampling, bill), _modelling(sampling), _use(sampling))
    own = [_scaled(one, effort) for one in work]
    total = np.sum([one.person_weeks for one in own], axis=0)
    experience = _experience(sampling, total)
    return (*own, experience, _teams(sampling, total + experience.person_weeks))


def _part(
    sampling: Sampling,
    job: str,
    name: str,
    weeks: Draw,
    because: str,
    row: str,
    *asked: str,
    beside: tuple[str, ...] = (),
) -> EffortPart:
    return EffortPart(weeks, sampling.contribution(name, weeks, because, row, asked, beside), job)


def _scaled(part: EffortPart, effort: float) -> EffortPart:
    if effort == 1:
        return part
    weeks: Draw = part.person_weeks * effort
    return replace(part, person_weeks=weeks, told=replace(part.told, part=spread(weeks)))


_METHODS = {"yes": Range(1.5, 3, 6), "no": Range(6, 12, 24)}
_METHODS_SAY = {
    "yes": "It has been solved before, so there is something to start from.",
    "no": "Nobody here knows of a solution, so a method has to be found.",
    "": "Whether it has been solved before is not known yet.",
}


def _method(sampling: Sampling) -> EffortPart:
    known = sampling.heard.choice("method_exists")
    weeks = np.maximum(sampling.choice("method_exists", _METHODS, Range(2, 6, 18)), 0.5)
    because = _METHODS_SAY.get(known, _METHODS_SAY[""])
    return _part(sampling, "data_scientist", "finding a method", weeks, because, "K7", "method_exists")


_ACCESS = {
    "joined": Range(0.3, 0.6, 1.5),
    "on_request": Range(1, 2.5, 5),
    "scripts": Range(2, 4, 8),
    "no_way": Range(4, 10, 20),
}
_ACCESS_SAY = {
    "joined": "The data can be asked for in one place",
    "on_request": "The data comes on request",
    "scripts": "The data comes by scripts of one's own",
    "no_way": "There is no way to the data yet",
}
_WEEKS_PER_HURDLE = 2.5
_WEEKS_PER_FEATURE = 0.08
_MOST_FEATURES = 300.0


def _data(sampling: Sampling) -> EffortPart:
    """K18, K51, K58: a way to the data, what stands in it, and the pieces of information that are made of it."""
    heard = sampling.heard
    hurdles = [one for one in heard.choices("data_hurdles") if one != "none"]
    access = np.maximum(sampling.choice("data_access", _ACCESS, Range(0.6, 3, 10)), 0.2)
    taken = _WEEKS_PER_HURDLE * len(hurdles) * np.clip(between(normal("data_hurdles"), 0.4, 1, 2), 0.2, None)
    if "data_hurdles" not in heard.answers:
        taken = np.clip(sampling.open_range("data_hurdles", 0, 1, 6), 0, None)
    features = np.minimum(sampling.amount("features_count"), _MOST_FEATURES) * _WEEKS_PER_FEATURE
    said = [_ACCESS_SAY.get(heard.choice("data_access"), "How to get at the data is not known yet")]
    if hurdles:
        said.append(say_count(len(hurdles), "hurdle stands before it", "hurdles stand before it"))
    count = heard.number("features_count")
    if count is not None:
        said.append(say_count(count, "piece of information goes in", "pieces of information go in"))
    because = f"{'; '.join(said)}."
    asked = ("data_access", "data_hurdles", "features_count")
    return _part(sampling, "data_engineer", "getting at the data", access + taken + features, because, "K51", *asked)


_LABEL_GUIDE: Mapping[str, Range] = {
    LabelSource.AUTOMATIC: Range(0.3, 0.8, 1.6),
    LabelSource.EXISTING: Range(0.8, 1.5, 3),
    LabelSource.BY_HAND: Range(1.5, 3, 6),
}
_SOURCES_SAY = {
    LabelSource.AUTOMATIC: "A system records the right answers by itself, so nobody has to label",
    LabelSource.EXISTING: "People have collected right answers, which have to be checked",
    LabelSource.BY_HAND: "The right answers have to be made by hand",
}


_ASKED_OF_LABELS = ("label_seconds", "labellers_per_example", "examples_needed", "examples_have")


def _labels(sampling: Sampling, bill: LabelBill) -> EffortPart:
    """K9, K10: the labellers' own work, and the guide, the tools and the checks around it."""
    heard = sampling.heard
    source = heard.choice("label_source")
    around_it = np.maximum(sampling.choice("label_source", _LABEL_GUIDE, Range(0.5, 2, 5)), 0.2)
    weeks = bill.person_weeks
    asked: tuple[str, ...] = ("label_source",)
    if source != LabelSource.AUTOMATIC:
        asked += _ASKED_OF_LABELS
    if not source:
        weeks = weeks * np.clip(sampling.open_range("label source", 0, 0.4, 1), 0, 1)
    known = _SOURCES_SAY[LabelSource(source)] if source in set(LabelSource) else "Where right answers come from is open"
    because = f"{known}{_say_bill(sampling, bill)}."
    beside = ("label_price", *_ASKED_OF_LABELS, *AIM)
    return _part(sampling, "labeller", "labelling", around_it + weeks, because, "K10", *asked, beside=beside)


def _say_bill(sampling: Sampling, bill: LabelBill) -> str:
    heard = sampling.heard
    seconds, needed = heard.number("label_seconds"), heard.number("examples_needed")
    if heard.choice("label_source") == LabelSource.AUTOMATIC or needed is None:
        return ""
    have = heard.number("examples_have")
    told = say_count(needed, "example") + (f" less {say_number(have)} at hand" if have else "")
    each = f" at {say_count(seconds, 'second')}" if seconds is not None else ""
    people = heard.number("labellers_per_example")
    by = f" by {say_number(people)} people each" if people is not None and people > 1 else ""
    paid = ""
    if bill.money is not None:
        paid = f", {say_sum(spread(bill.money).p50, bill.currency)} in all"
    return f": {told}{each}{by}{paid}"


_ASKED_OF_MODELLING = ("accuracy_needed", "experiments", "experiment_hours", "train_compute")
_ATTENTION = Usual(0.25, 1.6)
"""Person-weeks that somebody spends on one experiment, beside waiting for it."""
_WATCHING = 0.1
"""The share of an experiment's running time that somebody attends to it."""
_FIRST_MODEL = Usual(2.0, 1.6)
_EXPONENT = Range(0.35, 0.6, 0.9)
"""How the work on a model grows as errors fall: each halving multiplies it by 1.3 to 1.9. Between the best published
effect of data (2.9 powers, if all were data) and none; superlinear in accuracy, as 2.1.2 has it. An assumption."""
_USUAL_ERRORS = Usual(0.1, 2.5)
_FEWEST_ERRORS = 0.0002
_RARE_EXPONENT = 0.2
_RAREST = 0.0005


def _modelling(sampling: Sampling) -> EffortPart:
    """K12, K19 to K21: experiments, as many as were named, or as such errors usually take."""
    heard = sampling.heard
    each = per_experiment(sampling)
    errors = allowed_errors(heard, sampling.aim)
    exponent = np.clip(between(normal("accuracy"), *_EXPONENT), 0.1, 1.5)
    if heard.number("experiments") is not None:
        meant = allowed_errors(heard)
        harder = (meant / errors) ** exponent if meant and errors else 1.0
        weeks = sampling.amount("experiments") * each * harder
    else:
        wanted = errors or np.clip(sampling.amount("errors", _USUAL_ERRORS), _FEWEST_ERRORS, COIN_TOSS)
        harder = (COIN_TOSS / wanted) ** exponent
        weeks = sampling.amount("first model", _FIRST_MODEL) * harder * (each / _ATTENTION.likely)
    weeks = weeks * _rarity(heard.number("largest_group"))
    because = f"{_say_accuracy(sampling)}{_say_experiments(sampling)}."
    asked = _ASKED_OF_MODELLING
    return _part(sampling, "ml_engineer", "making it accurate", weeks, because, "K12", *asked, beside=AIM)


def per_experiment(sampling: Sampling) -> Draw:
    """Person-weeks of attention that one experiment takes."""
    hours = sampling.amount("experiment_hours")
    compute = np.clip(sampling.choice("train_compute", _COMPUTE, Range(0.9, 1.1, 1.5)), 0.7, None)
    attention = sampling.amount("attention", _ATTENTION)
    drawn: Draw = (attention + _WATCHING * np.minimum(hours, _LONGEST_RUN) / HOURS_A_WEEK) * compute
    return drawn


_LONGEST_RUN = 24.0 * 14
_COMPUTE = {
    "plain": Range(0.9, 1, 1.05),
    "own": Range(1, 1.05, 1.15),
    "rent": Range(1, 1.1, 1.3),
    "buy": Range(1.1, 1.4, 2),
}
"""K8: how much longer experiments take to set up, by what they run on."""


def _rarity(largest_group: float | None) -> float:
    """K24, K27: the rarer the cases that matter, the longer the search for enough of them."""
    rare = max(1 - (largest_group or 0.0) / 100, _RAREST)
    return float(max(COIN_TOSS / rare, 1.0) ** _RARE_EXPONENT)


def _say_accuracy(sampling: Sampling) -> str:
    heard = sampling.heard
    known = [one for one in map(heard.number, ("accuracy_needed", "accuracy_target")) if one is not None]
    if not known:
        return "How accurate it must be is not known yet"
    return f"{say_number(max(known))} of 100 have to be right, and each further point takes more than the one before"


def _say_experiments(sampling: Sampling) -> str:
    count, hours = sampling.heard.number("experiments"), sampling.heard.number("experiment_hours")
    if count is None:
        return ""
    each = f" of {say_count(hours, 'hour')}" if hours is not None else ""
    total = f": {say_count(count * hours, 'hour')} of running, one after another" if hours is not None else ""
    return f"; expected are {say_count(count, 'experiment')}{each}{total}"


_LIVE = {
    "both": Range(0.5, 1, 2),
    "slow": Range(2, 4, 8),
    "poorer": Range(2, 4, 8),
    "neither": Range(4, 8, 16),
}
_LIVE_SAY = {
    "both": "In use, the data comes as fast and as good as it must",
    "slow": "In use, the data comes too slowly",
    "poorer": "In use, the data is poorer than in the trial",
    "neither": "In use, the data is neither fast nor good enough",
}


def _use(sampling: Sampling) -> EffortPart:
    """K8, K53, K56: putting it into use and keeping it there for the first months."""
    live = sampling.choice("live_data", _LIVE, Range(0.8, 3, 9))
    weeks = np.maximum(live, 0.2) + sampling.amount("putting into use", Usual(3, 1.7))
    said = _LIVE_SAY.get(sampling.heard.choice("live_data"), "How the data comes in once it is in use is not known yet")
    return _part(sampling, "software_engineer", "putting it into use", weeks, f"{said}.", "K56", "live_data")


_EXPERIENCE = {
    "life_cycle": Range(-0.15, -0.08, 0),
    "deployed": Range(-0.05, 0, 0.05),
    "trial": Range(0.1, 0.25, 0.45),
    "practice": Range(0.2, 0.5, 1),
}
_EXPERIENCE_SAY = {
    "life_cycle": "The team has seen whole projects through, which saves detours.",
    "deployed": "The team has put a model into use before.",
    "trial": "The team has only tried models out, so detours are likely.",
    "practice": "The team has only practised on ready-made data, so detours are likely.",
}


def _experience(sampling: Sampling, total: Draw) -> EffortPart:
    """K54."""
    more = sampling.choice("experience", _EXPERIENCE, Range(-0.05, 0.1, 0.5))
    because = _EXPERIENCE_SAY.get(sampling.heard.choice("experience"), "How experienced the team is, is not known yet.")
    weeks = total * np.clip(more, -0.3, None)
    return _part(sampling, "ml_engineer", "the team's experience", weeks, because, "K54", "experience")


_PER_TEAM = Range(0.08, 0.15, 0.3)
_MOST_TEAMS = 12.0


def _teams(sampling: Sampling, total: Draw) -> EffortPart:
    """K59: each further team adds waiting and agreeing."""
    teams = np.clip(sampling.amount("teams"), 1.0, _MOST_TEAMS)
    known = sampling.heard.number("teams")
    if known is not None:
        teams = np.full(DRAWS, min(max(known, 1.0), _MOST_TEAMS))
        counted = say_count(max(known, 1.0), "team")
        because = f"{counted} on it; each further one adds waiting and agreeing."
    else:
        because = "How many teams must work together is not known yet."
    weeks = total * (teams - 1) * np.clip(between(normal("waiting for teams"), *_PER_TEAM), 0, None)
    return _part(sampling, "product_owner", "agreeing among teams", weeks, because, "K59", "teams")
