"""What has to be said aloud (K6, K22-K25, K40, K44)."""

import pytest

from flows.answers import Answer, Status
from flows.cautions import find_cautions


def said(**values: float | str) -> tuple[str, ...]:
    return find_cautions(
        {key: Answer(question=key, status=Status.GIVEN, given="x", value=value) for key, value in values.items()}
    )


def test_nothing_is_said_of_nothing() -> None:
    assert said() == ()
    assert find_cautions({"form": Answer(question="form", status=Status.UNKNOWN)}) == ()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"form": "none"}, "likely not the best solution"),
        ({"instance": "instance"}, "would solve the wrong problem"),
        ({"stray_cases": "adverts"}, "an answer for “none of these”"),
        ({"largest_group": 90.0}, "always giving it is right 90 times"),
        ({"accuracy_needed": 96.0}, "very hard to reach in some problems. If one outcome is rare"),
        ({"accuracy_target": 99.5}, "expect a shortage of examples"),
        ({"accuracy_needed": 96.0, "largest_group": 20.0}, "very hard to reach in some problems."),
        ({"accuracy_target": 92.0, "human_accuracy": 92.0}, "a skilled person gets 92 right"),
        ({"error_consequence": "unnoticed"}, "Nobody would notice a mistake"),
    ],
)
def test_one_thing_is_said(answers: dict[str, float | str], words: str) -> None:
    (caution,) = said(**answers)
    assert words in caution
    assert len(caution.split()) < 40


@pytest.mark.parametrize(
    "answers",
    [
        {"form": "classify", "instance": "category", "error_consequence": "caught"},
        {"accuracy_needed": 80.0, "human_accuracy": 92.0},
        {"largest_group": 50.0},
    ],
)
def test_what_is_fine_is_passed_over(answers: dict[str, float | str]) -> None:
    assert said(**answers) == ()


def test_where_one_outcome_is_common_accuracy_says_nothing() -> None:
    (caution,) = said(largest_group=95.0, accuracy_needed=99.5)
    assert "Accuracy misleads here" in caution
