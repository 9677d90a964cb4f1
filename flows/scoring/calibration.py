"""What closed projects teach about the next estimate: how far work was underestimated, and how wide ranges must be.

Section 2.2 asks for a similar project, ours or published, and K37 for finished projects that feed later estimates. An
outside view of this kind, the reference class, forecasts better than models of the inside of a project do (Batselier &
Vanhoucke 2016, Practical application and empirical evaluation of reference class forecasting, Project Management
Journal 47(5)).

Few projects prove little. So both numbers are worked out as if `PRIOR` projects before them had gone exactly as
predicted: with one project a fifth of its miss is believed, with four a half, with twelve three quarters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, fsum, log, sqrt
from statistics import NormalDist

from flows.closing import BROKEN_OFF, Outcome
from flows.scoring.draws import NINE_OF_TEN, Spread
from flows.scoring.scales import UNCALIBRATED, Calibration

PRIOR = 4
"""Projects that count as having gone exactly as predicted, before any was closed."""

FEWEST = 3
"""Closed projects from which on scores learn. One or two may be luck; and of three, nobody reads off what one took."""

NARROWEST = 0.5
WIDEST = 3.0

_FARTHEST = log(10)
"""A project that took ten times as much, or a tenth, counts in full; what is beyond is a typing error or another
project than the one that was scored."""

_MOST_STEPS = WIDEST
_NORMAL_P80 = NormalDist().inv_cdf(0.8)
_NARROWEST_STEP = log(1.05) / NINE_OF_TEN


@dataclass(frozen=True)
class ClosedProject:
    """A project that has ended.

    Attributes:
        predicted: The person-weeks as they were worked out without any calibration, so that what was learned before is
            not learned twice.
        took: The person-weeks that it took.
        outcome: How it ended.
    """

    predicted: Spread
    took: float
    outcome: Outcome = Outcome.REACHED

    @property
    def tells(self) -> bool:
        """Whether what it took can be held against what was predicted.

        Work on a project that was stopped, or merged into another, is less than the whole would have taken. It says
        something only once it is over the middle of what was predicted: then the whole would have been at least as far
        over. To leave those out too would learn from survivors alone.
        """
        if self.took <= 0 or self.outcome is Outcome.NEVER:
            return False
        return self.outcome not in BROKEN_OFF or self.took > self.predicted.p50

    @property
    def miss(self) -> float:
        """The logarithm of how many times the predicted middle it took."""
        return min(max(log(self.took / self.predicted.p50), -_FARTHEST), _FARTHEST)

    def steps(self, lean: float) -> float:
        """How far off it was of a middle that is moved by `lean`, in standard deviations of what was predicted."""
        off = self.miss - lean
        end = self.predicted.p90 / self.predicted.p50 if off > 0 else self.predicted.p50 / self.predicted.p10
        return min(abs(off) / max(log(end) / NINE_OF_TEN, _NARROWEST_STEP), _MOST_STEPS)


def calibrate(projects: Sequence[ClosedProject]) -> Calibration:
    """What closed projects teach, in whatever order they come.

    The effort is the geometric mean of how many times its middle each took, and the width the root of the mean square
    of how far off they were still, both with the `PRIOR`. However many they are, ranges get no narrower than half, and
    no wider than three times what they were.
    """
    telling = [one for one in projects if one.tells]
    if not telling:
        return UNCALIBRATED
    counted = PRIOR + len(telling)
    lean = fsum(one.miss for one in telling) / counted
    square = (PRIOR + fsum(one.steps(lean) ** 2 for one in telling)) / counted
    return Calibration(exp(lean), min(max(sqrt(square), NARROWEST), WIDEST), len(telling))


def times_predicted(projects: Sequence[ClosedProject]) -> float:
    """How many times the predicted middle they took, as a geometric mean; 1 where none tells anything."""
    telling = [one.miss for one in projects if one.tells]
    return exp(fsum(telling) / len(telling)) if telling else 1.0


def p80_of(spread: Spread) -> float:
    """Where eight of ten lie below, of a spread that is log-normal above its middle."""
    if spread.p50 <= 0:
        return spread.p90
    return float(spread.p50 * (spread.p90 / spread.p50) ** (_NORMAL_P80 / NINE_OF_TEN))


@dataclass(frozen=True)
class Held:
    """Of so many ends that eight of ten should stay under, how many held."""

    held: int = 0
    judged: int = 0


def count_held(ends: Sequence[ClosedProject]) -> Held:
    """How many projects stayed under their P80; one that was broken off before it came so far tells nothing of it."""
    over = sum(one.took > p80_of(one.predicted) for one in ends if one.tells)
    under = sum(one.took <= p80_of(one.predicted) for one in ends if one.tells and one.outcome not in BROKEN_OFF)
    return Held(under, under + over)


@dataclass(frozen=True)
class Switch:
    """Somebody's word on whether closed projects count: who said so, and when."""

    is_on: bool
    by: str
    at: datetime


@dataclass(frozen=True)
class Taught:
    """What the closed projects of a workspace teach, and whether scores listen.

    Attributes:
        calibration: What they teach.
        times: How many times the predicted middle they took.
        switch: The last word on it; None where nobody said anything, and they count.
        held: How many stayed under the P80 that was given for them.
    """

    calibration: Calibration = UNCALIBRATED
    times: float = 1.0
    switch: Switch | None = None
    held: Held = Held()

    @property
    def is_enough(self) -> bool:
        """Whether there are enough to learn from."""
        return self.calibration.projects >= FEWEST

    @property
    def is_on(self) -> bool:
        """Whether they are to count once they are enough; so it is until somebody says otherwise."""
        return self.switch is None or self.switch.is_on

    @property
    def in_use(self) -> Calibration:
        """What scores are made with."""
        return self.calibration if self.is_enough and self.is_on else UNCALIBRATED
