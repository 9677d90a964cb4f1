"""Which smallest sets of goals cannot all be met in full.

Pairs are tried one by one. After that, each largest set that holds no known one is tried: either it can be met, or it
hides a new one, which is then narrowed down.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

MOST_TRIED = 40
"""How many largest sets are tried in one round; only hundreds of overlapping conflicts need more."""

ENOUGH = 10
"""So many sets are more than anybody looks at; larger ones are then not searched for any further."""

MOST_ROUNDS = 6
"""After so many rounds the search ends: with dozens of goals, nobody reads on."""

Goals = frozenset[int]
Verdict = Goals | None
"""Goals that cannot be met together, among those that were tried; None when all of them can."""

Test = Callable[[Sequence[Goals]], Sequence[Verdict]]


def find_minimal_sets(goals: int, test: Test) -> tuple[Goals, ...]:
    """The smallest sets that fail, small ones first; all of them, or `ENOUGH`.

    Args:
        goals: How many goals there are; each is named by its number.
        test: Tells for each set which of its goals already cannot be met together.
    """
    found = _failing([frozenset([goal]) for goal in range(goals)], test)
    alone = set().union(*found)
    pairs = [frozenset(pair) for pair in combinations(sorted(set(range(goals)) - alone), 2)]
    found += _failing(pairs, test)
    fine: set[Goals] = set()
    for _round in range(MOST_ROUNDS):
        open_still = [largest for largest in _largest_without(found, goals) if largest not in fine]
        if not open_still or len(found) >= ENOUGH:
            break
        verdicts = test(open_still)
        fine |= {tried for tried, failing in zip(open_still, verdicts, strict=True) if failing is None}
        narrowed = _narrow([failing for failing in verdicts if failing is not None], test)
        found += sorted(set(narrowed), key=sorted)
    return tuple(sorted(found, key=lambda one: (len(one), sorted(one)))[:ENOUGH])


def _failing(sets: Sequence[Goals], test: Test) -> list[Goals]:
    return [tried for tried, failing in zip(sets, test(sets), strict=True) if failing is not None]


def _narrow(sets: Sequence[Goals], test: Test) -> Iterable[Goals]:
    """Leave out goal by goal, in all sets at once, until what is left can be met as soon as one more is left out."""
    while sets:
        smaller = [(place, one - {goal}) for place, one in enumerate(sets) for goal in sorted(one)]
        verdicts = test([one for _place, one in smaller])
        still: dict[int, Goals] = {}
        for (place, _one), failing in zip(smaller, verdicts, strict=True):
            if failing is not None:
                still.setdefault(place, failing)
        yield from (one for place, one in enumerate(sets) if place not in still)
        sets = list(dict.fromkeys(still.values()))


def _largest_without(known: Sequence[Goals], goals: int) -> list[Goals]:
    """The largest sets of goals that hold none of the known ones: all but a smallest choice of one goal from each."""
    left_out: list[Goals] = [frozenset()]
    for one in known:
        hit = [choice for choice in left_out if choice & one]
        grown = {choice | {goal} for choice in left_out if not choice & one for goal in one}
        new = [choice for choice in grown if not any(smaller <= choice for smaller in hit)]
        left_out = sorted({*hit, *new}, key=sorted)[:MOST_TRIED]
    everything = frozenset(range(goals))
    return [everything - choice for choice in left_out]
