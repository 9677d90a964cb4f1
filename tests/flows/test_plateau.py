"""A plateau is seen where there is one, and seldom where there is none (K33)."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.plateau import POINTS, Plateau, find_plateaus, stands_still
from tests.flows.curves import KINDS, rates

FALLING = (0.5, 0.4, 0.33, 0.28, 0.25, 0.22, 0.2, 0.18)
FLAT = (0.18, 0.181, 0.179, 0.18, 0.18)


def test_five_flat_points_are_a_plateau_and_four_are_none() -> None:
    assert stands_still([*FALLING, *FLAT]) == Plateau(len(FALLING), len(FALLING) + POINTS - 1)
    assert stands_still([*FALLING, *FLAT[:3]]) is None
    assert find_plateaus(FALLING) == ()


def test_it_lasts_until_there_is_progress_and_may_come_again() -> None:
    longer = [*FALLING, *FLAT, 0.18, 0.179]
    (one,) = find_plateaus(longer)
    assert one.points == POINTS + 2
    better = [*longer, 0.15, 0.13, 0.11, 0.1, 0.095]
    assert find_plateaus(better) == (one,)
    assert stands_still(better) is None
    (first, second) = find_plateaus([*better, *(0.093, 0.094, 0.094, 0.093, 0.094, 0.093)])
    assert first == one
    assert second.last == len(better) + POINTS


def test_a_new_best_at_the_end_of_a_flat_stretch_is_progress() -> None:
    assert stands_still([*FALLING, *FLAT[:4], 0.15]) is None


def test_a_new_beginning_is_no_plateau() -> None:
    assert find_plateaus([*FALLING, 0.6, 0.5, 0.4, 0.33, 0.28, 0.24]) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_false_alarms_are_rare_and_plateaus_are_seen(kind: str) -> None:
    alarms, detected = rates(kind, 0.02, 300, np.random.default_rng(3))
    assert alarms < 0.05
    assert detected > 0.9


@given(st.lists(st.floats(0, 1e6), max_size=40), st.floats(0.01, 100))
def test_neither_the_unit_nor_a_longer_past_changes_it(errors: list[float], unit: float) -> None:
    found = find_plateaus(errors)
    assert all(one.points >= POINTS and one.last < len(errors) for one in found)
    assert all(one.last + 1 < other.first for one, other in pairwise(found))
    if min(errors, default=1.0) > 1e-3:
        assert find_plateaus([one * unit for one in errors]) == found
