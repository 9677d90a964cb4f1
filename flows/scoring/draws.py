"""Draws: thousands of projects that fit what is known, the same ones each time.

Each question has its own draws, and all projects share them. So the same answers always give the same score, and a
better answer makes every single draw better: a difference between two scores is never luck.
"""

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Draw = npt.NDArray[np.float64]
"""One number for each drawn project, of shape (draws,)."""

DRAWS = 5000

NINE_OF_TEN = 1.2815515655446004
"""How many standard deviations of a normal distribution P90 lies above its middle."""


@dataclass(frozen=True)
class Spread:
    """Where most draws of a number lie: one in ten lies below `p10`, half below `p50`, nine in ten below `p90`."""

    p10: float
    p50: float
    p90: float

    @property
    def width(self) -> float:
        """How far apart the two ends are."""
        return self.p90 - self.p10


def spread(draw: Draw) -> Spread:
    """The percentiles of draws, linear between two neighbours (as `scipy.stats.scoreatpercentile`)."""
    p10, p50, p90 = np.percentile(draw, (10, 50, 90))
    return Spread(float(p10), float(p50), float(p90))


@lru_cache(maxsize=256)
def normal(question: str) -> Draw:
    """Standard normal draws that belong to a question: one from each of `DRAWS` equally likely slices, shuffled."""
    generator = np.random.default_rng(crc32(question.encode()))
    slices = (np.arange(DRAWS) + 0.5) / DRAWS
    drawn: Draw = ndtri(generator.permutation(slices))
    drawn.setflags(write=False)
    return drawn


def around(drawn: Draw, likely: float, factor: float) -> Draw:
    """Positive numbers around `likely`: nine in ten lie below `likely` times `factor` (log-normal)."""
    numbers: Draw = likely * np.exp(drawn * (np.log(factor) / NINE_OF_TEN))
    return numbers


def between(drawn: Draw, low: float, likely: float, high: float) -> Draw:
    """Numbers of which one in ten lies below `low`, half below `likely` and nine in ten below `high`."""
    steps = drawn / NINE_OF_TEN
    numbers: Draw = likely + np.where(steps > 0, (high - likely) * steps, (likely - low) * steps)
    return numbers


def say_roughly(number: float) -> str:
    """A number to two digits, which is more than is known: "0.35", "18", "120,000"; "−1.5"; next to nothing is "0"."""
    rounded = float(f"{abs(number):.2g}") if abs(number) >= _NOTHING else 0.0
    said = f"{rounded:,.0f}" if rounded >= _WHOLE else f"{rounded:g}"
    return f"−{said}" if number < 0 and rounded else said


_WHOLE = 10
_NOTHING = 0.01
