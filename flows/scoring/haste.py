"""Whether a result is expected sooner than such work takes (section 2.5.2; K55)."""

from collections.abc import Iterator

from flows.scoring.draws import Spread
from flows.scoring.heard import Heard
from flows.wishes import say_count

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
    yield (
        f"A first result is expected in {say_count(expected, 'month')}; work of this size takes three people "
        f"{say_span(person_weeks)}. A smaller first version may fit."
    )


_YEARS = 24
"""From so many months on, years are counted."""
_NEVER = 120
"""So many months ahead, nobody can tell."""


def say_span(person_weeks: Spread) -> str:
    """How long three people take for so much work: "about 3 to 8 months", "about 2 years or more"."""
    low, high = (max(1, round(months_of(one))) for one in (person_weeks.p10, person_weeks.p90))
    if low >= _NEVER:
        return "ten years or more"
    if low >= _YEARS:
        return f"about {low // 12} years or more"
    if low == high:
        return f"about {say_count(high, 'month')}"
    return f"about {low} months or more" if high >= _NEVER else f"about {low} to {high} months"
