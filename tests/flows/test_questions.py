"""What a question may be, what holds a set of them together, and who is asked what."""

from typing import Any

import pytest
from pydantic import ValidationError

from flows.questions import Kind, Question, QuestionSet
from flows.roles import Role
from tests.questions import FIRST

PLAIN: dict[str, Any] = {"label": "A label", "wording": "What?", "why": "Because.", "roles": ["finance"]}
WAYS = [{"value": "rules", "label": "Rules"}, {"value": "people", "label": "People"}]
GOAL = {**PLAIN, "id": "goal", "kind": "objective", "example": "cut churn by 10 %"}
MORE = {**PLAIN, "id": "more_goals", "kind": "more_objectives", "example": "none"}


def made(name: str = "way", kind: str = "choice", **fields: object) -> dict[str, Any]:
    return {**PLAIN, "id": name, "kind": kind, **fields}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"options": WAYS[:1]}, "at least two options"),
        ({"kind": "yes_no", "options": WAYS}, "takes no options"),
        ({"options": [WAYS[0], WAYS[0]]}, "two options with the same value"),
        ({"kind": "number", "unit": "cases"}, "needs an example"),
        ({"kind": "number", "example": "5"}, "needs a unit"),
        ({"kind": "duration", "example": "5", "unit": "fortnights"}, "one of these units"),
    ],
)
def test_a_question_that_does_not_fit_its_kind_is_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Question.model_validate(made(**fields))


@pytest.mark.parametrize(
    ("questions", "reason"),
    [
        ([GOAL], "exactly one question of kind more_objectives"),
        ([GOAL, MORE, GOAL], "exactly one question of kind objective"),
        ([GOAL, MORE, made(options=WAYS), made(options=WAYS)], "two questions have the id way"),
        (
            [GOAL, MORE, made("hours", "yes_no", when=[{"question": "way", "values": ["rules"]}]), made(options=WAYS)],
            "hours hangs on way, which is not asked before it",
        ),
        (
            [GOAL, MORE, made(options=WAYS), made("hours", "yes_no", when=[{"question": "way", "values": ["magic"]}])],
            "being magic, but it can be: rules, people",
        ),
        (
            [GOAL, MORE, made("hours", "yes_no", when=[{"question": "goal", "values": ["x"]}])],
            "nothing that can be chosen",
        ),
    ],
)
def test_a_set_that_does_not_hold_together_is_refused(questions: list[dict[str, Any]], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        QuestionSet.model_validate({"questions": questions})


def test_a_set_is_known_by_its_content() -> None:
    again = QuestionSet.model_validate(FIRST.model_dump(mode="json"))
    assert (again, again.version) == (FIRST, FIRST.version)
    assert QuestionSet(questions=FIRST.questions[:-1]).version != FIRST.version
    assert (FIRST.goal.kind, FIRST.goal.worded("Radar")) == (Kind.OBJECTIVE, FIRST.goal.wording)


def test_who_stands_in_is_asked_only_while_nobody_has_the_role() -> None:
    asked = made("legal_basis", "yes_no", roles=["legal"], stand_ins=["devops", "finance"])
    questions = QuestionSet.model_validate({"questions": [GOAL, MORE, asked]})
    assert "legal_basis" in questions.plan([Role.FINANCE], [Role.FINANCE])
    assert "legal_basis" not in questions.plan([Role.FINANCE], [Role.FINANCE, Role.DEVOPS])
    assert "legal_basis" in questions.plan([Role.DEVOPS], [Role.FINANCE, Role.DEVOPS])
    assert "legal_basis" not in questions.plan([Role.FINANCE], [Role.FINANCE, Role.LEGAL])
    assert "legal_basis" not in questions.plan([Role.DOMAIN_EXPERT], [Role.DOMAIN_EXPERT])
