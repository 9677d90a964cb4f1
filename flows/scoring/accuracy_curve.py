"""What accuracy costs: it grows faster than the accuracy does (section 2.1.2; K12, K22 to K24).

Errors fall with a power of the number of examples: error ∝ n^−β, with β between 0.07 and 0.35 in published results
(Hestness et al. 2017, "Deep Learning Scaling is Predictable, Empirically").
"""

SLOWEST, USUAL_BETA, FASTEST = 0.07, 0.2, 0.35
"""The exponent β: the published range and a value in its midst."""

NOT_BY_DATA_ALONE = 1_000.0
"""From so many times the data on, more data alone is no plan."""

COIN_TOSS = 0.5
"""The share of errors that takes no work to reach."""


def data_multiple(error_now: float, error_wanted: float, beta: float) -> float:
    """How many times the examples it takes to bring the errors down, both as shares of all cases; 1 if they may rise.

    Halving them takes 7 times the data at β = 0.35, 32 times at 0.2 and about 20,000 times at 0.07.
    """
    return float(max(error_now / error_wanted, 1.0) ** (1 / beta))


def share_of_errors(accuracy: float, largest_group: float | None = None) -> float:
    """The share of errors that is allowed, as hard as it is where all answers are equally common.

    Args:
        accuracy: How many of 100 cases have to be right.
        largest_group: How many of 100 cases have the commonest answer: always giving that one is right as often, so
            only what is left counts (K24).

    Returns:
        A share of at most `COIN_TOSS`: that much takes no work. At least 0.0002, as nothing is always right.
    """
    errors = max(1 - accuracy / 100, _FEWEST)
    left = max(1 - (largest_group or 0.0) / 100, 0.0)
    if left < COIN_TOSS:
        errors = errors * COIN_TOSS / max(left, errors)
    return min(errors, COIN_TOSS)


_FEWEST = 0.0002
