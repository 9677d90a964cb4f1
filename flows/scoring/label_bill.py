"""The bill for right answers: seconds, price and labellers for each example, times the examples (K10, K11)."""

from dataclasses import dataclass

import numpy as np

from flows.facts import LabelSource
from flows.scoring.accuracy_curve import FASTEST, NOT_BY_DATA_ALONE, SLOWEST, USUAL_BETA, share_of_errors
from flows.scoring.draws import Draw, between, normal
from flows.scoring.heard import Heard
from flows.scoring.sampling import Sampling
from flows.scoring.usual import Usual

HOURS_A_WEEK = 35.0
"""Hours that one person works in a week."""

_FIRST_EXAMPLES = 3_000.0
_FIRST_ERRORS = 0.2
_STEEPNESS = 1.5
"""Without anybody's number, a first model with 20 of 100 wrong is assumed to take 3,000 examples, and fewer errors more
of them. The growth is flatter than any published one, so that what nobody said never becomes the largest number."""

_MOST_EXAMPLES = 500_000.0
_USUAL_ERRORS = 0.1


@dataclass(frozen=True)
class LabelBill:
    """What labelling takes; each is of shape (draws,).

    Attributes:
        needed: Labelled examples that it takes in all.
        examples: Examples that have to be labelled still.
        person_weeks: Weeks that labellers work.
        money: What labellers are paid, in `currency`; None where nobody named a price.
        currency: ISO 4217 code; None without a price.
    """

    needed: Draw
    examples: Draw
    person_weeks: Draw
    money: Draw | None
    currency: str | None


def bill_labels(sampling: Sampling) -> LabelBill:
    """Draw the bill of a project."""
    heard = sampling.heard
    labellers = np.maximum(sampling.amount("labellers_per_example"), 1.0)
    needed = examples_needed(sampling)
    examples = _examples_to_label(heard, needed)
    seconds = examples * labellers * sampling.amount("label_seconds")
    priced = heard.number("label_price") is not None
    price = sampling.amount("label_price")
    return LabelBill(
        needed=needed,
        examples=examples,
        person_weeks=seconds / 3600 / HOURS_A_WEEK,
        money=examples * labellers * price if priced else None,
        currency=heard.currency("label_price") if priced else None,
    )


_CHECKED = 0.05
"""The share of labels that somebody else made which are checked."""


def _examples_to_label(heard: Heard, needed: Draw) -> Draw:
    """What is missing where labels are made by hand, and what has to be checked where there are some."""
    have = heard.number("examples_have") or 0.0
    source = heard.choice("label_source")
    if source == LabelSource.AUTOMATIC:
        return np.zeros_like(needed)
    if source == LabelSource.EXISTING:
        there = have or needed
        return np.asarray(np.maximum(needed - there, 0.0) + _CHECKED * np.minimum(needed, there))
    return np.asarray(np.maximum(needed - have, 0.0))


def examples_needed(sampling: Sampling) -> Draw:
    """How many labelled examples it takes: the number that was named, or else what such errors usually take.

    Where another accuracy is aimed at than the one that the number was named for, errors fall with the power β of the
    number of examples, drawn from the published range.
    """
    heard = sampling.heard
    errors = allowed_errors(heard, sampling.aim) or _USUAL_ERRORS
    if heard.number("examples_needed") is None:
        usual = min(_FIRST_EXAMPLES * (max(_FIRST_ERRORS / errors, 0.25) ** _STEEPNESS), _MOST_EXAMPLES)
        return sampling.amount("examples_needed", Usual(usual, 4))
    meant = allowed_errors(heard) or _USUAL_ERRORS
    beta = np.clip(between(normal("beta"), SLOWEST, USUAL_BETA, FASTEST), SLOWEST, FASTEST)
    more = np.clip((meant / errors) ** (1 / beta), 1 / NOT_BY_DATA_ALONE, NOT_BY_DATA_ALONE)
    return np.asarray(sampling.amount("examples_needed") * more)


AIM = ("accuracy_needed", "accuracy_target", "largest_group")
"""What the share of errors that is allowed is read from."""


def allowed_errors(heard: Heard, aim: float | None = None) -> float | None:
    """The share of errors that the aim allows, else the stricter of need and hope; None where none was said."""
    said = (heard.number(one) for one in ("accuracy_needed", "accuracy_target"))
    known = [aim] if aim is not None else [one for one in said if one is not None]
    return share_of_errors(max(known), heard.number("largest_group")) if known else None
