"""Projects of which just these answers were heard."""

from typing import Any

from flows.answers import Answer, Status
from flows.objectives import Objective
from flows.scoring.evidence import Evidence
from flows.scoring.heard import Heard, HeardAnswer
from flows.wishes import Stake
from tests.flows.whole_kickoffs import goal


def heard(
    *goals: str, evidence: Evidence = Evidence.EXPERT, currency: str | None = None, kept: str = "", **answers: Any
) -> Heard:
    """A project with goals as people would type them, and answers by their questions."""
    said = {}
    for question, value in answers.items():
        read = float(value) if isinstance(value, int | float) else value
        answer = Answer.model_validate(
            {
                "question": question,
                "status": Status.GIVEN,
                "value": read,
                "currency": currency if _is_money(question) else None,
            }
        )
        said[question] = HeardAnswer(answer, evidence, ("U1",), is_kept=question == kept)
    return Heard(tuple(Stake("U1", goal(words)) for words in goals), said)


def with_goals(project: Heard, *goals: Objective) -> Heard:
    return Heard(tuple(Stake("U1", one) for one in goals), project.answers)


def _is_money(question: str) -> bool:
    return question in {"budget", "label_price", "miss_cost", "false_alarm_cost", "serve_budget"}


BY_HAND: dict[str, Any] = {
    "current_way": "by_hand",
    "cases_per_month": 12_000,
    "minutes_per_case": 5,
    "error_consequence": "caught",
    "label_source": "existing",
    "method_exists": "yes",
    "accuracy_needed": 90,
    "expected_months": 6,
    "teams": 2,
    "budget": 80_000,
}
