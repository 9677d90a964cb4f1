"""How often a plateau is seen where there is one, and where there is none: `python benchmarks/plateaus.py`.

Curves of errors are made of which it is known: they fall by at least a tenth over any five points, steadily, ever more
slowly, in steps, or with new beginnings; then they stand still for five points. Each is measured with noise. A false
alarm is any plateau that is found while the curve still falls, at whichever of its points; a plateau is detected if it
is found at the fifth flat point.
"""

import argparse

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


def main() -> None:
    """Print a row for each kind of curve and each noise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--curves", type=int, default=2_000, help="of each kind, with each noise")
    arguments = parser.parse_args()
    generator = np.random.default_rng(1)
    print(f"{'curves':<10}{'noise':>8}{'false alarms':>15}{'detected':>11}")
    for kind in KINDS:
        for noise in NOISES:
            alarms, detected = rates(kind, noise, arguments.curves, generator)
            print(f"{kind:<10}{noise:>8.1%}{alarms:>15.1%}{detected:>11.1%}")


if __name__ == "__main__":
    main()
