"""The order of the backlog, and how sure it is (SMAA: Lahdelma, Hokkanen & Salminen 1998).

A project's place follows from its average over all weights, which takes nothing but its own draws. So a project that
comes or goes never turns two others round.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flows.portfolio.candidates import SAMPLES, Candidate
from flows.portfolio.weights import EQUAL, Weights, draw_weights
from flows.scoring.project_score import CRITERIA

_CHUNK = 100
"""Samples that are held for all projects at once: memory grows with the projects alone."""


@dataclass(frozen=True, eq=False)
class Flip:
    """The smallest change of weights that turns two projects round.

    Attributes:
        less: The criterion that would have to count less.
        more: The one that would have to count more instead.
        moved: By how much of 1.
        before: What `less` counts now, of 1.
    """

    less: str
    more: str
    moved: float
    before: float


@dataclass(frozen=True, eq=False)
class Ranked:
    """A project with its place.

    Attributes:
        candidate: The project.
        rank: Its place, from 1.
        value: Its average over all weights, 0 to 100.
        first: How often it is first, over all weights and draws, of 1.
        best: The place that it reaches or beats in one of ten draws.
        worst: The place that it reaches or beats in nine of ten draws.
        before_next: How often it comes before the next, of 1; None for the last.
        flip: What would turn the two round; None for the last, and where no one shift of weight does.
    """

    candidate: Candidate
    rank: int
    value: float
    first: float
    best: int
    worst: int
    before_next: float | None
    flip: Flip | None


def rank(candidates: Sequence[Candidate]) -> tuple[Ranked, ...]:
    """Put those without a gate in order."""
    ordered = sorted((one for one in candidates if not one.gate), key=lambda one: (-_value(one, EQUAL), one.key))
    if not ordered:
        return ()
    places = sample_places(ordered)
    first = (places == 1).mean(axis=0)
    before = (places[:, :-1] < places[:, 1:]).mean(axis=0)
    best, worst = np.percentile(places, (10, 90), axis=0, method="inverted_cdf")
    return tuple(
        Ranked(
            candidate=one,
            rank=place + 1,
            value=_value(one, EQUAL),
            first=float(first[place]),
            best=int(best[place]),
            worst=int(worst[place]),
            before_next=float(before[place]) if place < len(before) else None,
            flip=find_flip(one, ordered[place + 1]) if place < len(before) else None,
        )
        for place, one in enumerate(ordered)
    )


def rank_by(candidates: Sequence[Candidate], weights: Weights) -> tuple[Candidate, ...]:
    """The order for one decision maker, by weighted sums of the averages."""
    open_ones = (one for one in candidates if not one.gate)
    return tuple(sorted(open_ones, key=lambda one: (-_value(one, weights), one.key)))


def _value(candidate: Candidate, weights: Weights) -> float:
    return float(candidate.middle @ weights)


def sample_places(candidates: Sequence[Candidate]) -> npt.NDArray[np.int16]:
    """The place of each project, from 1, for single draws under single weights; of shape (SAMPLES, projects)."""
    weights = draw_weights(SAMPLES)
    places = np.empty((SAMPLES, len(candidates)), np.int16)
    for start in range(0, SAMPLES, _CHUNK):
        rows = slice(start, start + _CHUNK)
        values = np.column_stack([np.einsum("sc,sc->s", one.samples[rows], weights[rows]) for one in candidates])
        places[rows] = (-values).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable") + 1
    return places


def find_flip(ahead: Candidate, behind: Candidate) -> Flip | None:
    """The smallest shift of weight from one criterion to another that turns two projects round.

    All count alike at first. Each hundredth that moves from the criterion in which the first leads most, to the one in
    which it trails most, brings them closer; None where that criterion does not hold enough.
    """
    lead = ahead.middle - behind.middle
    less, more = int(lead.argmax()), int(lead.argmin())
    steep = float(lead[less] - lead[more])
    needed = float(EQUAL @ lead) / steep if steep > 0 else np.inf
    if lead[more] >= 0 or needed > EQUAL[less]:
        return None
    return Flip(CRITERIA[less], CRITERIA[more], max(needed, 0.0), float(EQUAL[less]))
