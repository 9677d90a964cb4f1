"""Many small linear programmes, solved as one: levers within their reach, goals as rows.

Arrays have the programme on their first axis, goals on the second and levers on the last. A goal that takes no part in
a programme has a row of zeros there, which is left out. scipy takes half a second to load and is needed for results
alone, so it is loaded when the first programme is solved.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from flows.leverage import Floats

_ROUNDED = 1e-6
"""By how much a bound that was itself computed is eased, in percent, so that rounding does not make it unreachable."""

_TIE = 1e-4
"""How much less each further lever is preferred, so that of equally small moves always the same is chosen."""


STRENGTH = 2.0
"""What one project can do: pull two levers as far as they go, or four of them half way. Without such a limit every
goal could be met by pulling everything a little, which no team can."""


class Impossible(Exception):
    """No moves of the levers keep to all rows of a programme."""


@dataclass(frozen=True)
class Together:
    """How far goals can be met together.

    Attributes:
        shares: For each programme, the largest fraction of all its targets that can be met at once (0 to 1).
        prices: By how much that fraction falls for each percent by which a goal's row is tightened.
        moves: The levers' moves that reach it, in percent.
    """

    shares: Floats
    prices: Floats
    moves: Floats


def meet_together(effects: Floats, wanted: Floats, room: Floats, reach: Floats, *, most: float = 1.0) -> Together:
    """Find the largest share t for which effects · moves ≥ t · wanted − room.

    Args:
        effects: What each lever does to each goal's metric, positive where that is welcome.
        wanted: How far each metric is to move, in percent (≥ 0).
        room: How far each may move against the wish, in percent (≥ 0).
        reach: How far down and up each lever goes, in percent.
        most: The largest t that is of use; 1 is all that is asked.
    """
    cost = np.zeros((effects.shape[0], 2 * effects.shape[2] + 1))
    cost[:, -1] = -1.0
    moves = _pull(effects, reach)
    share = np.concatenate([wanted, np.zeros((len(wanted), 1))], axis=1)
    rows = np.concatenate([moves.rows, share[:, :, None]], axis=2)
    solved = _solve(cost, rows, moves.most(room), np.vstack([moves.bounds, [0.0, most]]))
    return Together(solved.values[:, -1], solved.prices[:, :-1], moves.read(solved.values[:, :-1]))


def reach_alone(effects: Floats, reach: Floats) -> Floats:
    """The most that each row gets when the whole strength goes into it; levers are on the last axis."""
    gains = np.sort(np.maximum(effects * reach[:, 0], effects * reach[:, 1]), axis=-1)[..., ::-1]
    pulled: Floats = gains @ np.clip(STRENGTH - np.arange(gains.shape[-1]), 0.0, 1.0)
    return pulled


def find_calmest(effects: Floats, least: Floats, reach: Floats) -> Floats:
    """Find the smallest total move of the levers for which effects · moves ≥ least.

    Raises:
        Impossible: No moves do that in some programme.
    """
    liking = 1 + _TIE * np.arange(effects.shape[2])
    cost = np.broadcast_to(np.concatenate([liking, liking]), (effects.shape[0], 2 * effects.shape[2]))
    moves = _pull(effects, reach)
    return moves.read(_solve(np.array(cost), moves.rows, moves.most(_ROUNDED - least), moves.bounds).values)


@dataclass(frozen=True)
class Best:
    """The most that can be had of one thing.

    Attributes:
        amounts: For each programme, the most.
        moves: The levers' moves, in percent.
        prices: How much of the most is lost for each percent by which a goal's row is tightened.
    """

    amounts: Floats
    moves: Floats
    prices: Floats


def find_most(gains: Floats, effects: Floats, least: Floats, reach: Floats) -> Best:
    """Maximise gains · moves while effects · moves ≥ least.

    Raises:
        Impossible: No moves do that in some programme.
    """
    moves = _pull(effects, reach, gains)
    solved = _solve(np.concatenate([-gains, gains], axis=1), moves.rows, moves.most(_ROUNDED - least), moves.bounds)
    moved = moves.read(solved.values)
    return Best((gains * moved).sum(axis=1), moved, solved.prices[:, :-1])


@dataclass(frozen=True)
class _Moves:
    """Moves of the levers, up and down apart, so that what they take can be counted.

    Attributes:
        rows: What they do to each goal's metric, turned round, and below that, how much of the strength they take.
        bounds: How far each goes.
    """

    rows: Floats
    bounds: Floats

    def most(self, least: Floats) -> Floats:
        """The bounds of the rows: those of the goals, and the strength that one project has."""
        return np.concatenate([least, np.full((len(least), 1), STRENGTH)], axis=1)

    def read(self, values: Floats) -> Floats:
        """The levers' moves, in percent."""
        up, down = np.split(values, 2, axis=1)
        return up - down


def _pull(effects: Floats, reach: Floats, gains: Floats | None = None) -> _Moves:
    up, down = reach[:, 1], -reach[:, 0]
    taken = np.concatenate([np.divide(1.0, far, out=np.zeros(far.shape), where=far > 0) for far in (up, down)])
    used = (effects != 0).any(axis=1) | (gains != 0 if gains is not None else False)
    strength = np.concatenate([used, used], axis=1) * taken
    rows = np.concatenate([np.concatenate([-effects, effects], axis=2), strength[:, None]], axis=1)
    far = np.concatenate([up, down])
    return _Moves(rows, np.column_stack([np.zeros_like(far), far]))


@dataclass(frozen=True)
class _Solved:
    values: Floats
    prices: Floats


def _solve(cost: Floats, rows: Floats, most: Floats, bounds: Floats) -> _Solved:
    """Minimise cost · values while rows · values ≤ most, all programmes at once: they share no value and no row."""
    from scipy.optimize import linprog  # noqa: PLC0415 - see the top of the module
    from scipy.sparse import csr_array  # noqa: PLC0415

    values, prices = np.zeros(cost.shape), np.zeros(most.shape)
    in_rows = rows != 0
    used_rows, used_values = in_rows.any(axis=2), in_rows.any(axis=1) | (cost != 0)
    if (most[~used_rows] < 0).any():
        raise Impossible("no lever moves what has to move")
    row_numbers, value_numbers = (np.cumsum(used).reshape(used.shape) - 1 for used in (used_rows, used_values))
    programme, row, value = np.nonzero(in_rows)
    if not used_values.any():
        return _Solved(values, prices)
    table: Any = csr_array(  # which scipy-stubs do not know that linprog takes
        (rows[programme, row, value], (row_numbers[programme, row], value_numbers[programme, value])),
        shape=(int(used_rows.sum()), int(used_values.sum())),
    )
    limits = np.broadcast_to(bounds, (*cost.shape, 2))[used_values]
    result = linprog(cost[used_values], A_ub=table, b_ub=most[used_rows], bounds=limits, method="highs-ds")
    if result.x is None:  # the simplex method also gives up on some programmes that have a solution
        result = linprog(cost[used_values], A_ub=table, b_ub=most[used_rows], bounds=limits, method="highs-ipm")
    if result.x is None:
        raise Impossible(result.message)
    values[used_values] = result.x
    prices[used_rows] = -result.ineqlin.marginals
    return _Solved(values, prices)
