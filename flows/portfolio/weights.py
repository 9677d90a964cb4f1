"""What matters to whom: each decision maker puts the five criteria in order, and nobody's order is averaged away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from flows.scoring.project_score import CRITERIA

Weights = npt.NDArray[np.float64]
"""Five weights of 1 in all, in the order of `CRITERIA`."""

EQUAL: Weights = np.full(len(CRITERIA), 1 / len(CRITERIA))


@dataclass(frozen=True)
class Order:
    """What matters to somebody.

    Attributes:
        person: Slack user id.
        criteria: What matters most first; those that are left out matter least, all alike.
    """

    person: str
    criteria: tuple[str, ...]


def weigh(order: Order) -> Weights:
    """The rank-order centroid: the average of all weights that keep the order (Barron & Barrett 1996).

    For five criteria .457, .257, .157, .09 and .04.
    """
    count = len(CRITERIA)
    by_place = np.array([sum(1 / place for place in range(rank, count + 1)) / count for rank in range(1, count + 1)])
    weights = np.empty(count)
    left = by_place[len(order.criteria) :].mean() if len(order.criteria) < count else 0.0
    for place, name in enumerate(CRITERIA):
        weights[place] = by_place[order.criteria.index(name)] if name in order.criteria else left
    return weights


def draw_weights(samples: int) -> npt.NDArray[np.float64]:
    """Weights of which all are equally likely; of shape (samples, 5), always the same ones."""
    generator = np.random.default_rng(_SEED)
    drawn: npt.NDArray[np.float64] = generator.dirichlet(np.ones(len(CRITERIA)), samples)
    return drawn


_SEED = 20_200


@dataclass(frozen=True)
class Disagreement:
    """A criterion that matters far more to one decision maker than to another.

    Attributes:
        criterion: Which.
        most: Slack user id of whom it matters most to.
        least: Of whom it matters least to.
        place: Its place for the first of them, from 1.
        other_place: Its place for the second.
    """

    criterion: str
    most: str
    least: str
    place: int
    other_place: int

    @property
    def gap(self) -> int:
        """How many places lie between the two."""
        return self.other_place - self.place


def find_disagreements(orders: Sequence[Order]) -> tuple[Disagreement, ...]:
    """Where decision makers differ by two places or more, furthest first; one finding for each criterion."""
    return tuple(sorted(_find(orders), key=lambda one: (-one.gap, CRITERIA.index(one.criterion))))


_FAR = 2


def _find(orders: Sequence[Order]) -> Iterator[Disagreement]:
    for criterion in CRITERIA:
        places = [(_place(order, criterion), order.person) for order in orders]
        pairs = [(*sorted(pair),) for pair in combinations(places, 2)]
        furthest = max(pairs, key=lambda pair: pair[1][0] - pair[0][0], default=None)
        if furthest and furthest[1][0] - furthest[0][0] >= _FAR:
            (place, most), (other, least) = furthest
            yield Disagreement(criterion, most, least, place, other)


def _place(order: Order, criterion: str) -> int:
    return order.criteria.index(criterion) + 1 if criterion in order.criteria else len(CRITERIA)
