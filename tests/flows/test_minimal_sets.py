from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import minimal_sets
from flows.minimal_sets import Goals, Verdict, find_minimal_sets


def find(goals: int, *failing: set[int], padded: bool = False) -> set[Goals]:
    """`padded` verdicts name more goals than are needed."""

    def test(sets: Sequence[Goals]) -> list[Verdict]:
        verdicts = ([one for one in failing if one <= tried] for tried in sets)
        return [
            (tried if padded else frozenset(found[0])) if found else None
            for tried, found in zip(sets, verdicts, strict=True)
        ]

    return set(find_minimal_sets(goals, test))


def by_hand(goals: int, failing: Sequence[set[int]]) -> set[Goals]:
    every = [
        frozenset(one)
        for size in range(goals + 1)
        for one in combinations(range(goals), size)
        if any(part <= set(one) for part in failing)
    ]
    return {one for one in every if not any(other < one for other in every)}


def test_nothing_fails() -> None:
    assert find(4) == set()
    assert find(0) == set()


def test_a_goal_that_fails_alone_hides_its_pairs() -> None:
    assert find(3, {0}, {0, 1}, {1, 2}) == {frozenset({0}), frozenset({1, 2})}


def test_larger_sets_are_found_beside_pairs() -> None:
    assert find(6, {0, 1}, {1, 2, 3}, {0, 3, 4, 5}) == {
        frozenset({0, 1}),
        frozenset({1, 2, 3}),
        frozenset({0, 3, 4, 5}),
    }


def test_small_sets_come_first_and_always_in_the_same_order() -> None:
    def test(sets: Sequence[Goals]) -> list[Verdict]:
        return [tried if {1, 2} <= tried or {0, 3, 4} <= tried else None for tried in sets]

    assert find_minimal_sets(5, test) == (frozenset({1, 2}), frozenset({0, 3, 4}))


@given(st.lists(st.sets(st.integers(0, 6), min_size=1), max_size=5), st.booleans())
def test_all_minimal_sets_are_found_and_nothing_else(failing: list[set[int]], padded: bool) -> None:  # noqa: FBT001
    assert find(7, *failing, padded=padded) == by_hand(7, failing)


def test_after_some_rounds_what_was_found_so_far_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = {1, 2, 3}, {0, 3, 4}, {2, 4, 5}
    assert len(find(6, *failing)) == len(failing)
    monkeypatch.setattr(minimal_sets, "MOST_ROUNDS", 1)
    cut_short = find(6, *failing)
    assert len(cut_short) < len(failing)
    assert cut_short <= {frozenset(one) for one in failing}
