"""Curves of errors of which it is known where they fall and where they stand still, and how often that is seen."""

import numpy as np
import numpy.typing as npt

from flows.plateau import POINTS, find_plateaus, stands_still

KINDS = ("steady", "slowing", "steps", "restarts")
NOISES = (0.005, 0.01, 0.02)
"""Standard deviations of what is measured, as shares of it."""
_SLOWEST = 1 - 0.9 ** (1 / POINTS)
"""The share by which the error falls at each point where it falls by a tenth over five."""

Curve = npt.NDArray[np.float64]


def falling(kind: str, generator: np.random.Generator) -> Curve:
    """A curve of 8 to 19 points that falls by at least a tenth over any five of them, beside new beginnings."""
    points = int(generator.integers(8, 20))
    steady = generator.uniform(_SLOWEST, 0.1)
    error, curve = generator.uniform(0.2, 0.6), []
    for place in range(points):
        falls = {
            "steady": steady,
            "slowing": max(_SLOWEST, 0.25 * 0.8**place),
            "steps": _SLOWEST + (generator.uniform(0.08, 0.3) if generator.random() < 0.2 else 0),
            "restarts": steady,
        }[kind]
        error *= 1 - falls
        if kind == "restarts" and place and generator.random() < 0.08:
            error = min(error * generator.uniform(1.5, 3), 1.0)
        curve.append(error)
    return np.array(curve)


def measure(curve: Curve, noise: float, generator: np.random.Generator) -> list[float]:
    """What is seen of a curve."""
    return [float(one) for one in curve * np.exp(generator.normal(0, noise, len(curve)))]


def rates(kind: str, noise: float, curves: int, generator: np.random.Generator) -> tuple[float, float]:
    """The shares of curves with a false alarm, and of plateaus that are detected."""
    alarms = detected = 0
    for _ in range(curves):
        curve = falling(kind, generator)
        alarms += bool(find_plateaus(measure(curve, noise, generator)))
        then_flat = np.concatenate([curve, np.full(POINTS, curve[-1])])
        detected += stands_still(measure(then_flat, noise, generator)) is not None
    return alarms / curves, detected / curves
