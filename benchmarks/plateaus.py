"""How often a plateau is seen where there is one, and where there is none: `python benchmarks/plateaus.py`.

Curves of errors are made of which it is known: they fall by at least a tenth over any five points, steadily, ever more
slowly, in steps, or with new beginnings; then they stand still for five points. Each is measured with noise. A false
alarm is any plateau that is found while the curve still falls, at whichever of its points; a plateau is detected if it
is found at the fifth flat point.
"""

import argparse

import numpy as np

from tests.flows.curves import KINDS, NOISES, rates


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
