"""What a score would be otherwise, and which question is worth asking next."""

from typing import Any

import pytest

from flows.question_bank import BANK
from flows.questions import NO
from flows.scoring.asking import find_worth_asking
from flows.scoring.otherwise import find_otherwise, list_others, locate
from flows.scoring.project_score import draw_project, score_project
from tests.flows.scoring.heard import BY_HAND, heard

GOAL = "reduce support cost by 10%"


def test_otherwise_is_the_score_with_the_other_answer() -> None:
    told = heard(GOAL, currency="EUR", **BY_HAND)
    score = score_project(told)
    seen = 0
    for name, scale in (("impact", score.impact), ("cost", score.cost)):
        for one in scale.contributions:
            other = find_otherwise(told, one, name, scale.p50)
            if other is None:
                continue
            seen += 1
            again = score_project(told.with_answer(other.answer))
            assert (other.place.impact, other.place.cost) == (again.impact.p50, again.cost.p50)
            assert other.answer.question in one.questions
            assert other.words
    assert seen >= 6


def test_nothing_is_said_otherwise_of_what_is_kept_or_open() -> None:
    kept = heard(GOAL, kept="method_exists", **BY_HAND)
    (method,) = [one for one in score_project(kept).cost.contributions if one.name == "finding a method"]
    assert find_otherwise(kept, method, "cost", 50) is None
    told = heard(GOAL)
    assert all(find_otherwise(told, one, "cost", 50) is None for one in score_project(told).cost.contributions)


def test_what_changes_nothing_is_not_said() -> None:
    told = heard(GOAL, **{**BY_HAND, "current_way": "by_hand"})
    (upkeep,) = [one for one in score_project(told).impact.contributions if one.name.startswith("how hard")]
    assert upkeep.questions == ("current_way",)
    (money,) = [
        one
        for one in score_project(heard(GOAL, business_metric="x")).impact.contributions
        if "organisation" in one.name
    ]
    assert find_otherwise(heard(GOAL, business_metric="x"), money, "impact", 50) is None


@pytest.mark.parametrize(
    ("question", "answers", "values"),
    [
        ("method_exists", {"method_exists": "yes"}, [NO]),
        ("method_exists", {}, ["yes", "no"]),
        ("teams", {"teams": 4}, [2.0, 8.0]),
        ("teams", {}, [pytest.approx(2 / 1.7), 2.0, pytest.approx(3.4)]),
        ("accuracy_needed", {"accuracy_needed": 90}, [80.0, 95.0]),
        ("easy_share", {}, [pytest.approx(55 / 1.6), 55.0, pytest.approx(88)]),
        ("accuracy_needed", {"accuracy_needed": 30}, [0.0, 65.0]),
        ("current_way", {"current_way": "rules"}, ["by_hand", "not_done"]),
        ("deployer", {}, []),
        ("business_metric", {}, ["…"]),
        ("business_metric", {"business_metric": "x"}, []),
    ],
)
def test_other_answers_are_other_options_or_half_and_double(
    question: str, answers: dict[str, Any], values: list[object]
) -> None:
    assert [one.value for one in list_others(BANK.by_id[question], heard(**answers))] == values


def test_the_question_worth_asking_is_the_one_that_moves_the_score_most() -> None:
    told = heard(GOAL, currency="EUR", **BY_HAND)
    worth = find_worth_asking(told)
    assert [one.moves for one in worth] == sorted((one.moves for one in worth), reverse=True)
    best = worth[0]
    places = [locate(draw_project(told.with_answer(answer))) for answer in list_others(BANK.by_id[best.question], told)]
    assert best.lowest.on(best.scale) == min(one.on(best.scale) for one in places)
    assert best.highest.on(best.scale) == max(one.on(best.scale) for one in places)
    assert best.moves > 5
    assert {one.scale for one in worth} == {"impact", "cost"}
    assert best.question not in told.answers


def test_an_answer_narrows_the_range_on_average() -> None:
    told = heard(GOAL, currency="EUR", **{key: value for key, value in BY_HAND.items() if key != "label_source"})
    (source,) = [one for one in find_worth_asking(told) if one.question == "label_source"]
    assert source.narrowing > 0


def test_a_goal_is_not_drawn() -> None:
    assert "goal" not in {one.question for one in find_worth_asking(heard())}
