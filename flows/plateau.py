"""Whether the error has stopped falling (section 2.2.3; K33).

Progress is fast at first and then slows down, so "less than before" is no plateau. The trend of the last points is the
median of the slopes between all pairs of them (Theil 1950, Sen 1968), which one odd measurement does not move. Errors
are compared by their ratios: from 0.20 to 0.18 is as much as from 2 to 1.8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from scipy.stats import theilslopes

POINTS = 5
"""Points without progress that make a plateau."""

LITTLE = 0.055
"""A fall by less than this share over five points is none. A tenth over five points is taken to be progress; this is a
bit more than half of that, so that noise of up to 2 % seldom makes one look like the other.
See `benchmarks/plateaus.py`."""

RESTART = 0.25
"""A rise by more than this share is a new beginning, such as another set of cases to test on."""

_LEAST = 1e-9


@dataclass(frozen=True)
class Plateau:
    """Points without progress, by their places in the series: the first, and the last one, which is the newest."""

    first: int
    last: int

    @property
    def points(self) -> int:
        """How many there are."""
        return self.last - self.first + 1


def find_plateaus(errors: Sequence[float]) -> tuple[Plateau, ...]:
    """All plateaus, the oldest first; those that overlap are one.

    Args:
        errors: What was measured, in order; less is better, and none is negative.
    """
    found: list[Plateau] = []
    begin = 0
    for last in range(len(errors)):
        if last and errors[last] > errors[last - 1] * (1 + RESTART):
            begin = last
        if last - begin >= POINTS and _is_flat(errors[begin : last + 1]):
            first = last - POINTS + 1
            if found and found[-1].last >= first - 1:
                found[-1] = Plateau(found[-1].first, last)
            else:
                found.append(Plateau(first, last))
    return tuple(found)


def stands_still(errors: Sequence[float]) -> Plateau | None:
    """The plateau that the newest point is on; None where there is none."""
    return current(find_plateaus(errors), len(errors))


def current(plateaus: Sequence[Plateau], points: int) -> Plateau | None:
    """Of the plateaus of so many points, the one that still lasts; None where there is none."""
    return plateaus[-1] if plateaus and plateaus[-1].last == points - 1 else None


def _is_flat(errors: Sequence[float]) -> bool:
    """Whether the newest points brought little: neither by their trend nor by a new best."""
    logs = [log(max(one, _LEAST)) for one in errors]
    window = logs[-POINTS - 1 :]
    slope = float(theilslopes(window).slope)
    fell = 1 - exp(slope * POINTS)
    newest, before = min(logs[-POINTS:]), min(logs[:-POINTS])
    return fell < LITTLE and 1 - exp(newest - before) < LITTLE
