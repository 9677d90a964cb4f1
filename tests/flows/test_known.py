"""What may be shown of what was answered."""

from flows.known import list_known, list_said
from tests.flows.whole_kickoffs import given, project


def test_what_is_kept_is_counted_and_not_said() -> None:
    answers = given(budget=5e4, teams=3.0)
    assert {one.answer.question for one in list_said(project(answers))} == {"budget", "teams"}
    kept = project(answers, confidential=["budget"])
    assert {one.answer.question for one in list_said(kept)} == {"teams"}
    (budget,) = [one for one in list_known(kept) if one.question.id == "budget"]
    assert (budget.said, budget.kept_back > 0) == ((), True)
