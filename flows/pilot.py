"""The pilot: a simpler problem that is solved first, with a budget of labels and a sign that it is solved (2.2.2).

Of many classes the pilot takes a few and calls all others "Other" (K26); where the data falls into slices, it takes one
(K29). Most of what arrives is then "Other", which is a lopsided problem (K27), and labelling at random wastes most of
the labels on it, so similar examples are grouped first, and only a few groups labelled (K28).
"""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

from flows.decisions import PilotPlanned
from flows.scoring.heard import Heard

MOST_TAKEN = 10
"""A person keeps ten definitions in mind, and no thousand."""

FEWEST_CLASSES = 4
"""Of so many classes or fewer nothing is gained by leaving some out."""

LABELS_A_CLASS = (50, 100, 300)
"""Labels that a class of a pilot takes if all goes well, usually, and if it goes badly; an assumption of ours."""

LABELS_WITHOUT_CLASSES = (300, 1_000, 3_000)
"""The same of a pilot that takes a slice."""

USUAL_SECONDS = (10.0, 30.0, 90.0)
"""Seconds that a label takes where nobody has said."""

LOPSIDED = 50.0
"""From so many cases in 100 in "Other" on, labels of it are thinned out."""

USUAL_SOLVED = 90.0


class Advice(StrEnum):
    """What to watch in a pilot."""

    OTHER = "other"
    UNDERSAMPLE = "undersample"
    CLUSTER = "cluster"
    SLICE = "slice"
    SMALL = "small"


@dataclass(frozen=True)
class Pilot:
    """A pilot as it is proposed.

    Attributes:
        plan: What somebody told of the problem.
        other: Of 100 cases, how many are in "Other": at least and at most; None without classes.
        labels: How many examples are labelled: if it goes well, likely, and if it goes badly.
        hours: The hours of labelling, in the same three cases.
        at_random: How many examples would have to be looked at, chosen at random, until the rarest class of the pilot
            has its labels; None without classes.
        solved_at: Of 100 cases that the model has not seen, how many are right once the pilot is solved.
        is_usual: Whether nobody said how many have to be right, so that it is an assumption.
        advice: What to watch.
    """

    plan: PilotPlanned
    other: tuple[float, float] | None
    labels: tuple[int, int, int]
    hours: tuple[float, float, float]
    at_random: int | None
    solved_at: float
    is_usual: bool
    advice: tuple[Advice, ...]

    @property
    def allowed(self) -> float:
        """The error, in percent, at which it counts as solved."""
        return 100 - self.solved_at


def choose_classes(classes: int | None) -> int:
    """How many classes a pilot takes: as many as the square root of them, at most ten; 0 where there are too few."""
    if classes is None or classes <= FEWEST_CLASSES:
        return 0
    return min(ceil(sqrt(classes)), MOST_TAKEN)


def propose(plan: PilotPlanned, heard: Heard) -> Pilot:
    """The pilot that follows from what somebody told of the problem and from what people answered."""
    other = _share_of_other(plan)
    labels = _labels(plan)
    seconds, people = heard.number("label_seconds"), heard.number("labellers_per_example")
    if heard.keeps("label_seconds", "labellers_per_example"):
        seconds = people = None
    each = (seconds, seconds, seconds) if seconds else USUAL_SECONDS
    low, likely, high = (
        count * spent * max(people or 1.0, 1.0) / 3600 for count, spent in zip(labels, each, strict=True)
    )
    solved_at = None if heard.keeps("accuracy_needed") else heard.number("accuracy_needed")
    return Pilot(
        plan=plan,
        other=other,
        labels=labels,
        hours=(low, likely, high),
        at_random=_look_at_random(plan),
        solved_at=solved_at or USUAL_SOLVED,
        is_usual=not solved_at,
        advice=_advise(plan, other),
    )


def _labels(plan: PilotPlanned) -> tuple[int, int, int]:
    if not plan.taken:
        return LABELS_WITHOUT_CLASSES
    low, likely, high = (each * (plan.taken + 1) for each in LABELS_A_CLASS)
    return low, likely, high


def _share_of_other(plan: PilotPlanned) -> tuple[float, float] | None:
    """The share of "Other" as it was told; else between sizes that fall as 1/rank (Zipf) and equal ones."""
    if not plan.taken or plan.classes is None:
        return None
    if plan.first_share is not None:
        return 100 - plan.first_share, 100 - plan.first_share
    fewest = 100 * (1 - _harmonic(plan.taken) / _harmonic(plan.classes))
    return fewest, 100 * (1 - plan.taken / plan.classes)


def _look_at_random(plan: PilotPlanned) -> int | None:
    """Labels until the rarest class of the pilot has its own, where sizes fall as 1/rank among the pilot's classes."""
    if not plan.taken or plan.classes is None:
        return None
    share = (plan.first_share or 100 * _harmonic(plan.taken) / _harmonic(plan.classes)) / 100
    rarest = share / plan.taken / _harmonic(plan.taken)
    return round(LABELS_A_CLASS[1] / rarest)


def _harmonic(count: int) -> float:
    return sum(1 / rank for rank in range(1, count + 1))


def _advise(plan: PilotPlanned, other: tuple[float, float] | None) -> tuple[Advice, ...]:
    if not plan.taken:
        return (Advice.SLICE,) if plan.slices else (Advice.SMALL,)
    lopsided = (Advice.UNDERSAMPLE,) if other and other[1] >= LOPSIDED else ()
    return (Advice.OTHER, *lopsided, Advice.CLUSTER)
