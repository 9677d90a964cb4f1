"""What a score would be, had one answer been another: found by scoring it anew, so it is what would really be said."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.answers import Answer, Status, describe_answer
from flows.question_bank import BANK
from flows.questions import NO, YES, Kind, Question
from flows.scoring.draws import spread
from flows.scoring.heard import Heard
from flows.scoring.project_score import Drawn, draw_project
from flows.scoring.scales import UNCALIBRATED, Calibration, Contribution
from flows.scoring.usual import USUAL


@dataclass(frozen=True)
class Place:
    """The middles of both scales."""

    impact: float
    cost: float

    def on(self, scale: str) -> float:
        """The middle of "impact" or "cost"."""
        return self.impact if scale == "impact" else self.cost


@dataclass(frozen=True)
class Otherwise:
    """What one other answer would change.

    Attributes:
        answer: The other answer.
        words: The other answer in words, such as "No, we would make them".
        place: The middles of the scales with it.
    """

    answer: Answer
    words: str
    place: Place


def locate(drawn: Drawn) -> Place:
    """The middles of what was drawn."""
    return Place(spread(drawn.impact).p50, spread(drawn.cost).p50)


def find_otherwise(
    heard: Heard, contribution: Contribution, scale: str, now: float, calibration: Calibration = UNCALIBRATED
) -> Otherwise | None:
    """The other answer to the contribution's weightiest answered question that would move the scale most.

    Args:
        heard: What is known of the project.
        contribution: One of the scale's contributions.
        scale: "impact" or "cost".
        now: Where the project is on that scale, at the middle.
        calibration: What finished projects taught.

    Returns:
        None where nothing was answered, nothing else would change it, or the answer is not to be shown.
    """
    answered = [one for one in contribution.questions if one in heard.answers and one in BANK.by_id]
    if contribution.is_kept or not answered:
        return None
    question = BANK.by_id[answered[0]]
    others = [
        Otherwise(one, describe_answer(question, one), locate(draw_project(heard.with_answer(one), calibration)))
        for one in list_others(question, heard)
    ]
    furthest = max(others, key=lambda one: abs(one.place.on(scale) - now), default=None)
    return furthest if furthest and round(furthest.place.on(scale)) != round(now) else None


def list_others(question: Question, heard: Heard) -> Iterator[Answer]:
    """Answers that might have been given instead: each other option, or half and double of a number.

    Where nothing was answered: each option, a usual number and what lies at its P10 and P90, or some words.
    """
    said = heard.answers[question.id].answer if question.id in heard.answers else None
    if question.kind in {Kind.CHOICE, Kind.SCALE, Kind.YES_NO}:
        values: tuple[str, ...] = (YES, NO) if question.kind is Kind.YES_NO else question.values
        yield from (_given(question.id, value) for value in values if said is None or value != said.value)
        return
    if said is not None and isinstance(said.value, float):
        amounts = _around_percent(said.value) if question.kind is Kind.PERCENTAGE else (said.value / 2, said.value * 2)
        yield from (_given(question.id, amount, said.currency) for amount in amounts)
    elif said is None and question.kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT}:
        yield _given(question.id, "…")
    elif said is None and question.id in USUAL:
        likely, factor = USUAL[question.id]
        most = 99.5 if question.kind is Kind.PERCENTAGE else float("inf")
        yield from (_given(question.id, min(amount, most)) for amount in (likely / factor, likely, likely * factor))


def _around_percent(percent: float) -> tuple[float, float]:
    """Twice the mistakes, and half of them."""
    return max(100 - 2 * (100 - percent), 0.0), 100 - (100 - percent) / 2


def _given(question: str, value: float | str, currency: str | None = None) -> Answer:
    return Answer(question=question, status=Status.GIVEN, value=value, currency=currency)
