"""The closed projects that are most like another one: its reference class, by name (section 2.2; K15)."""

from collections.abc import Iterable
from math import isfinite

from flows.question_bank import BANK
from flows.questions import Kind
from flows.scoring.heard import Heard

MOST = 2

_PRIOR = 2.0
"""As if two more answers had been given, both unlike: few answers in common prove no likeness."""

_COMPARED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.SCALE, Kind.NUMBER, Kind.PERCENTAGE, Kind.DURATION})
"""Words, people, days and sums in different currencies are seldom the same, however like two projects are."""


def find_nearest(heard: Heard, others: Iterable[tuple[int, Heard]], most: int = MOST) -> tuple[int, ...]:
    """The keys of the projects with the likest answers, the likest first; those with none alike are left out.

    Args:
        heard: What is known of the project.
        others: The same of others, by their keys. Of two that are as like, the higher key comes first.
        most: How many at most.
    """
    alike = sorted(((-likeness(heard, other), -key) for key, other in others))
    return tuple(-key for likely, key in alike[:most] if likely < 0)


def likeness(one: Heard, other: Heard) -> float:
    """How like the answers are to the questions that both answered with a number or an option, from 0 to 1.

    The mean over these questions (Gower 1971, A general coefficient of similarity and some of its properties,
    Biometrics 27), with a number as like another as the smaller is a part of the larger.
    """
    shared = [question for question in one.answers if question in other.answers and _counts(question)]
    # If what somebody keeps were compared, the name of the likest would tell of it.
    shared = [question for question in shared if not (one.keeps(question) or other.keeps(question))]
    alike = sum(_compare(one, other, question) for question in shared)
    return alike / (len(shared) + _PRIOR)


def _counts(question: str) -> bool:
    asked = BANK.by_id.get(question)
    return asked is not None and asked.kind in _COMPARED


def _compare(one: Heard, other: Heard, question: str) -> float:
    left, right = (heard.answers[question].answer.value for heard in (one, other))
    if isinstance(left, float) and isinstance(right, float):
        return _compare_numbers(left, right)
    if isinstance(left, tuple) and isinstance(right, tuple):
        either = {*left, *right}
        return len({*left} & {*right}) / len(either) if either else 1.0
    return float(left == right)


def _compare_numbers(left: float, right: float) -> float:
    low, high = sorted((left, right))
    if low == high:
        return 1.0
    return low / high if low > 0 and isfinite(high) else 0.0
