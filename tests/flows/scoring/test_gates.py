"""What keeps a project out of the ranking, and what opens the gate."""

from typing import Any

import pytest

from flows.scoring.gates import find_gates
from flows.scoring.project_score import score_project
from tests.flows.scoring.heard import BY_HAND, heard, with_goals
from tests.flows.whole_kickoffs import goal

GOAL = "reduce support cost by 10%"


def gates(*goals: str, kept: str = "", **answers: Any) -> list[str]:
    return [one.name for one in find_gates(heard(*goals, kept=kept, **{**BY_HAND, **answers}))]


def test_nothing_stands_in_the_way_of_a_goal_with_a_baseline() -> None:
    assert gates(GOAL) == []


@pytest.mark.parametrize(
    ("goals", "answers", "name"),
    [
        ((), {}, "no goal"),
        ((GOAL,), {"form": "none"}, "no job for a model"),
        ((GOAL,), {"people_data": "not_settled"}, "data that may not be used yet"),
        ((GOAL,), {"accuracy_target": 80}, "a target under the floor"),
    ],
)
def test_each_gate_says_why_and_what_opens_it(goals: tuple[str, ...], answers: dict[str, Any], name: str) -> None:
    assert gates(*goals, **answers) == [name]
    (gate,) = find_gates(heard(*goals, **{**BY_HAND, **answers}))
    assert gate.why.endswith(".")
    assert gate.opens.endswith(".")
    assert not gate.is_kept


def test_k14_the_target_under_the_floor_names_both_numbers() -> None:
    (gate,) = find_gates(heard(GOAL, **{**BY_HAND, "accuracy_target": 80}))
    assert gate.why == "80 right out of 100 is hoped for, and under 90 it is of no use."


@pytest.mark.parametrize("kept", ["accuracy_needed", "accuracy_target"])
def test_an_answer_that_is_kept_closes_the_gate_without_words(kept: str) -> None:
    (gate,) = find_gates(heard(GOAL, kept=kept, **{**BY_HAND, "accuracy_target": 80}))
    assert gate.is_kept
    assert gate.opens == "Hope for what is needed at least, or say that less is of use."
    assert gate.opens in score_project(heard(GOAL, kept=kept, **{**BY_HAND, "accuracy_target": 80})).next_step


def test_without_a_word_on_today_nobody_could_tell_later() -> None:
    assert [one.name for one in find_gates(heard(GOAL))] == ["no baseline"]
    assert find_gates(heard(GOAL, current_way="not_done")) == ()
    assert find_gates(heard(GOAL, accuracy_today=70)) == ()
    stands = goal("reduce support cost by 10%").model_copy(update={"baseline": 50_000.0})
    assert find_gates(with_goals(heard(), stands)) == ()
