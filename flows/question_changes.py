"""How two sets of questions differ."""

from bisect import bisect_left
from dataclasses import dataclass

from flows.questions import Question, QuestionSet

_WORDS = ("label", "wording", "why")


@dataclass(frozen=True)
class Changes:
    """The ids of the questions that were changed, by what was done to them; one question can be in several.

    Attributes:
        added: New ones.
        reworded: Label, wording or reason are others.
        altered: Something else is.
        switched_off: No longer there.
        moved: The fewest that would have to be moved to get from one order to the other.
    """

    added: tuple[str, ...]
    reworded: tuple[str, ...]
    altered: tuple[str, ...]
    switched_off: tuple[str, ...]
    moved: tuple[str, ...]


def compare(base: QuestionSet, changed: QuestionSet) -> Changes:
    """What was done to `base` to get `changed`."""
    pairs = [(base.by_id[question.id], question) for question in changed.questions if question.id in base.by_id]
    staying = in_place(base, changed)
    return Changes(
        added=tuple(question.id for question in changed.questions if question.id not in base.by_id),
        reworded=tuple(new.id for old, new in pairs if _words(old) != _words(new)),
        altered=tuple(new.id for old, new in pairs if _others(old) != _others(new)),
        switched_off=tuple(question.id for question in base.questions if question.id not in changed.by_id),
        moved=tuple(new.id for _, new in pairs if new.id not in staying),
    )


def in_place(base: QuestionSet, changed: QuestionSet) -> frozenset[str]:
    """As many of the questions in both sets as can be that follow one another alike in both."""
    places = {question.id: place for place, question in enumerate(base.questions)}
    ends: list[int] = []
    runs: list[tuple[str, ...]] = []
    for question in changed.questions:
        if question.id in places:
            length = bisect_left(ends, places[question.id])
            run = (*(runs[length - 1] if length else ()), question.id)
            ends[length : length + 1] = [places[question.id]]
            runs[length : length + 1] = [run]
    return frozenset(runs[-1] if runs else ())


def _words(question: Question) -> list[str]:
    return [getattr(question, name) for name in _WORDS]


def _others(question: Question) -> dict[str, object]:
    return question.model_dump(exclude=set(_WORDS))
