"""Fixed scales from 0 to 100 with a written meaning, and what is added up on them (K3 to K14).

A scale is never measured against other projects, so adding a project changes no other's score.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import numpy as np

from flows.scoring.draws import Draw, Spread
from flows.scoring.evidence import Evidence

LEVELS = ("very low", "low", "medium", "high", "very high")
_POINTS_PER_LEVEL = 20

WEEKS_AT = (0.4, 4.0, 17.0, 65.0, 260.0, 870.0)
"""Person-weeks at 0, 20, … 100 points of cost: a level's meaning in people and time, such as "a month or two for one or
two people" for 20 to 40 points."""

_SCALE_ENDS = tuple(20.0 * step for step in range(len(WEEKS_AT)))


@dataclass(frozen=True)
class Contribution:
    """What one consideration adds to a scale.

    Attributes:
        name: What is considered, in plain words.
        part: What it adds, in `unit`.
        unit: "points" of 100 on the scale of impact, "person-weeks" on that of cost.
        because: Why, with people's own numbers.
        row: The checklist row.
        questions: The ids of the questions whose answers it is made of, the weightiest first.
        people: Slack user ids of those who said so, where that may be shown.
        evidence: How well the least known of these answers is known; None where nothing was answered.
        open_questions: The ids of those of the questions that nobody has answered.
        is_kept: Whether an answer in it is kept between its author and the app: then no words of it may be shown.
    """

    name: str
    part: Spread
    unit: str
    because: str
    row: str
    questions: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    evidence: Evidence | None = None
    open_questions: tuple[str, ...] = ()
    is_kept: bool = False

    @property
    def width(self) -> float:
        """How much is open."""
        return self.part.width


@dataclass(frozen=True)
class Scale:
    """A place on a scale from 0 to 100, with its range and what it is made of.

    Attributes:
        p10: One in ten projects that fit what is known lies lower.
        p50: Half of them do.
        p90: Nine in ten do.
        level: The middle in a word.
        meaning: What that level means.
        contributions: What was added up.
    """

    p10: float
    p50: float
    p90: float
    level: str
    meaning: str
    contributions: tuple[Contribution, ...]

    @property
    def is_kept(self) -> bool:
        """Whether one of the parts is kept; then no part's amount may be shown, or the kept one is what is left."""
        return any(one.is_kept for one in self.contributions)


def place(on_scale: Spread, contributions: tuple[Contribution, ...], meanings: tuple[str, ...]) -> Scale:
    """A place on the scale in words; `meanings` has one sentence for each level, lowest first."""
    level = min(int(on_scale.p50 // _POINTS_PER_LEVEL), len(LEVELS) - 1)
    return Scale(on_scale.p10, on_scale.p50, on_scale.p90, LEVELS[level], meanings[level], contributions)


def open_questions(contributions: Iterable[Contribution]) -> tuple[str, ...]:
    """The questions that nobody has answered, each once, those of what is most open first."""
    parts = tuple(contributions)
    whole = {unit: sum(one.width for one in parts if one.unit == unit) or 1.0 for unit in ("points", "person-weeks")}
    widest = sorted(parts, key=lambda one: -one.width / whole[one.unit])
    return tuple(dict.fromkeys(question for one in widest for question in one.open_questions))


def points_of_cost(person_weeks: Draw) -> Draw:
    """Where so much work lies on the scale of cost; between two anchors each point multiplies by the same."""
    drawn: Draw = np.interp(np.log(person_weeks), [log(one) for one in WEEKS_AT], _SCALE_ENDS)
    return drawn


@dataclass(frozen=True)
class Calibration:
    """What finished projects taught about the estimates; as the book has it, nothing yet.

    Attributes:
        effort: What projects took, as a multiple of what was predicted.
        width: How wide ranges have to be, as a multiple of what they were.
        projects: How many finished projects it rests on.
    """

    effort: float = 1.0
    width: float = 1.0
    projects: int = 0


UNCALIBRATED = Calibration()
