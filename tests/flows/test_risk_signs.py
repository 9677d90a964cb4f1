"""What the interviews already show of the seven reasons for failure (section 2.5; K54 to K60)."""

from typing import Any

import pytest

from flows.answers import Answer, Status
from flows.failure_reasons import Reason
from flows.premortem import Sign, weigh_risks
from flows.questions import QuestionSet
from flows.risk_signs import find_signs
from flows.shown import Shown
from tests.flows.whole_kickoffs import FULL, GOALS, company, given, project


def signs(reason: Reason, **values: Any) -> tuple[Sign, ...]:
    return find_signs(Shown(project({**FULL, **given(**values)}, GOALS)))[reason]


def texts(reason: Reason, **values: Any) -> list[str]:
    return [one.text for one in signs(reason, **values)]


@pytest.mark.parametrize(
    ("reason", "values", "said", "is_grave"),
    [
        (Reason.TALENT, {"experience": "practice"}, "courses or practice data only", True),
        (Reason.TALENT, {"experience": "trial"}, "as far as a trial", False),
        (Reason.TALENT, {"jobs_filled": ("labeller",)}, "Nobody on the project does the job", True),
        (Reason.LEADERSHIP, {"slow_month": "yes"}, "would look like failure", True),
        (Reason.INFRASTRUCTURE, {"live_data": "slow"}, "too late", True),
        (Reason.INFRASTRUCTURE, {"live_data": "poorer"}, "not be as good", True),
        (Reason.INFRASTRUCTURE, {"live_data": "neither"}, "too late, and not be as good", True),
        (Reason.INFRASTRUCTURE, {"data_access": "scripts"}, "own scripts", False),
        (Reason.INFRASTRUCTURE, {"data_access": "no_way"}, "no way to the data", True),
        (Reason.LABELS, {"label_source": "by_hand", "label_duties": ("none",)}, "Nobody looks after", True),
        (Reason.LABELS, {"label_source": "by_hand", "label_training": "nothing"}, "teach people", False),
        (Reason.LABELS, {"label_source": "by_hand", "outsource_weeks": 16.0}, "16 weeks", False),
        (Reason.SILOS, {"data_hurdles": ("budget",)}, "Nobody's budget", True),
        (Reason.SILOS, {"data_hurdles": ("format", "security")}, "Security rules", False),
        (Reason.SILOS, {"team_pairs": "sales and the data team"}, "sales and the data team.", False),
        (Reason.INFEASIBLE, {"form": "none"}, "None of the twelve", True),
        (Reason.INFEASIBLE, {"teams": 4.0}, "4 teams", False),
        (Reason.INFEASIBLE, {"teams": 5.0}, "5 teams", True),
        (Reason.INFEASIBLE, {"ambition": "4"}, "several departments", False),
        (Reason.INFEASIBLE, {"ambition": "5"}, "the whole organisation", True),
        (Reason.INFEASIBLE, {"expected_months": 12.0}, "12 months", False),
        (Reason.INFEASIBLE, {"accuracy_needed": 92.0, "human_accuracy": 92.0}, "a skilled person gets 92", False),
        (Reason.ALIGNMENT, {"feedback_cadence": "at_end"}, "only at the end", True),
    ],
)
def test_an_answer_speaks_for_a_risk(reason: Reason, values: dict[str, Any], said: str, *, is_grave: bool) -> None:
    found = next(one for one in signs(reason, **values) if said in one.text)
    assert found.is_grave is is_grave


@pytest.mark.parametrize(
    ("reason", "values"),
    [
        (Reason.TALENT, {"experience": "deployed"}),
        (Reason.INFRASTRUCTURE, {"live_data": "both", "data_access": "joined"}),
        (Reason.LABELS, {"label_source": "automatic", "label_duties": ("none",)}),
        (Reason.LABELS, {"label_source": "by_hand", "label_duties": ("assign",), "outsource_weeks": 1.0}),
        (Reason.SILOS, {"data_hurdles": ("none",), "team_pairs": "None"}),
        (Reason.INFEASIBLE, {"teams": 3.0, "ambition": "2", "accuracy_needed": 80.0, "human_accuracy": 90.0}),
        (Reason.ALIGNMENT, {"feedback_cadence": "weekly"}),
    ],
)
def test_an_answer_that_speaks_for_none_is_no_sign(reason: Reason, values: dict[str, Any]) -> None:
    assert texts(reason, **values) == []


def test_sooner_than_such_work_takes_is_a_sign_and_much_sooner_a_grave_one() -> None:
    by_hand = {"label_source": "by_hand", "examples_needed": 50_000.0, "examples_have": 0.0, "slow_month": "no"}
    much_sooner = signs(Reason.LEADERSHIP, **by_hand, expected_months=0.1, sureness="5")
    assert [one.is_grave for one in much_sooner] == [True, False]
    assert "sooner than three people likely take" in much_sooner[0].text
    assert texts(Reason.LEADERSHIP, **by_hand, expected_months=60.0, sureness="5") == []
    somewhat = [signs(Reason.LEADERSHIP, **by_hand, expected_months=float(one)) for one in range(1, 24)]
    assert [False] in [[one.is_grave for one in found] for found in somewhat]


def test_labels_that_nobody_checks() -> None:
    answers = {name: answer for name, answer in FULL.items() if name != "label_checker"}
    answers |= given(label_source="by_hand", label_duties=("assign",))
    (found,) = find_signs(Shown(project(answers, GOALS)))[Reason.LABELS]
    assert found == Sign("Nobody checks the labels.", is_grave=True)


def test_what_nobody_said_speaks_for_a_risk_where_it_is_asked() -> None:
    found = find_signs(Shown(project()))
    assert [len(found[reason]) for reason in (Reason.ALIGNMENT, Reason.SILOS, Reason.INFRASTRUCTURE)] == [3, 1, 1]
    kickoff = project()
    kept = tuple(one for one in kickoff.question_set.questions if one.id != "business_metric")
    less = type(kickoff)(**{**vars(kickoff), "question_set": QuestionSet(questions=kept)})
    assert len(find_signs(Shown(less))[Reason.ALIGNMENT]) == 2
    unknown = project({"business_metric": Answer(question="business_metric", status=Status.UNKNOWN)})
    assert len(find_signs(Shown(unknown))[Reason.ALIGNMENT]) == 3


def test_what_people_keep_to_themselves_is_no_sign() -> None:
    said = given(team_pairs="sales and the data team", experience="practice", business_metric="churn")
    answers = {**FULL, **said}
    kept = project(answers, GOALS, confidential=["team_pairs", "experience", "business_metric"])
    found = find_signs(Shown(kept))
    assert found[Reason.TALENT] == found[Reason.ALIGNMENT] == ()
    assert not any("sales" in one.text for one in found[Reason.SILOS])


def test_the_company_of_the_chapter_has_silos() -> None:
    high = [one.reason for one in weigh_risks(None, find_signs(Shown(company()))) if one.is_high]
    assert high == [Reason.SILOS]
