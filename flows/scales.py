"""Fixed scales from 0 to 100: what is added up, the range, and the written meaning of each level (K3 to K14)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Contribution:
    """What one consideration adds to a scale.

    Attributes:
        name: What is considered, in plain words.
        points: The likely points, of 100 for the whole scale.
        low: The fewest points that fit what is known.
        high: The most points that fit what is known.
        because: Why, with the person's own numbers.
        row: The checklist row.
        question: The fact that would narrow the range; empty when it is known.
    """

    name: str
    points: float
    low: float
    high: float
    because: str
    row: str
    question: str = ""

    @property
    def width(self) -> float:
        """How much of the scale is open, in points."""
        return self.high - self.low


@dataclass(frozen=True)
class Scale:
    """A place on a scale from 0 to 100, with its range and what it is made of.

    Attributes:
        low: The lowest place that fits what is known.
        likely: The likely place.
        high: The highest place that fits what is known.
        level: The likely place in a word.
        meaning: What that level means.
        contributions: What was added up.
    """

    low: float
    likely: float
    high: float
    level: str
    meaning: str
    contributions: tuple[Contribution, ...]


LEVELS = ("very low", "low", "medium", "high", "very high")
_POINTS_PER_LEVEL = 20


def add_up(contributions: Sequence[Contribution], meanings: Sequence[str]) -> Scale:
    """Add contributions up; `meanings` has one sentence per level, lowest first."""
    likely = sum(one.points for one in contributions)
    place = min(int(likely // _POINTS_PER_LEVEL), len(LEVELS) - 1)
    return Scale(
        low=sum(one.low for one in contributions),
        likely=likely,
        high=sum(one.high for one in contributions),
        level=LEVELS[place],
        meaning=meanings[place],
        contributions=tuple(contributions),
    )


def open_question(name: str, most: float, row: str, question: str) -> Contribution:
    """What nobody knows yet: anything from nothing to all of its points."""
    because = f"Not known yet: {name}."
    return Contribution(name, most / 2, 0.0, most, because, row, question)
