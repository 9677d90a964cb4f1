"""Whether a result is expected sooner than such work takes (section 2.5.2; K55)."""

from collections.abc import Iterator

from flows.scoring.draws import Spread
from flows.scoring.heard import Heard
from flows.wishes import say_number

_PEOPLE = 3
"""How many people are taken to work on it; more of them rarely finish sooner."""
_WEEKS_A_MONTH = 52 / 12


def months_of(person_weeks: float) -> float:
    """Calendar months that three people take for so much work, at least half a month."""
    return max(person_weeks / _PEOPLE / _WEEKS_A_MONTH, 0.5)


def find_haste(heard: Heard, person_weeks: Spread) -> Iterator[str]:
    """What to say where the first result is hoped for before three people would likely have finished."""
    expected = heard.number("expected_months")
    if expected is None or heard.keeps("expected_months") or expected >= months_of(person_weeks.p50):
        return
    hoped = "1 month" if expected == 1 else f"{say_number(expected)} months"
    low, high = months_of(person_weeks.p10), months_of(person_weeks.p90)
    yield (
        f"A first result is expected in {hoped}; work of this size takes three people "
        f"about {low:.0f} to {high:.0f} months. A smaller first version may fit."
    )
