"""A project's reference class by name: the closed projects with the likest answers (K15)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.scoring.heard import Heard, hear
from flows.scoring.nearest import MOST, find_nearest, likeness
from tests.flows.scoring.heard import heard
from tests.flows.ten_kickoffs import kickoff_of, names

ALL = {name: hear(kickoff_of(name)) for name in names()}


def test_the_more_alike_the_nearer() -> None:
    asked = heard(accuracy_needed=90, current_way="by_hand", examples_have=1000)
    same = heard(accuracy_needed=90, current_way="by_hand", examples_have=1000)
    near = heard(accuracy_needed=95, current_way="by_hand", examples_have=4000)
    far = heard(accuracy_needed=99, current_way="rules", examples_have=900_000)
    assert find_nearest(asked, [(1, far), (2, near), (3, same)]) == (3, 2)
    assert find_nearest(asked, [(1, near), (2, near), (3, near)]) == (3, 2)


def test_what_shares_no_answer_is_like_nothing() -> None:
    asked = heard(accuracy_needed=90)
    assert find_nearest(asked, [(1, heard(cases_per_month=10)), (2, Heard()), (3, heard(accuracy_needed=0))]) == ()
    assert find_nearest(Heard(), [(1, asked)]) == ()


@pytest.mark.parametrize("kept_by", ["asked", "closed"])
def test_an_answer_that_either_keeps_is_not_compared(kept_by: str) -> None:
    kept = {kept_by: "accuracy_needed"}
    closed = heard(accuracy_needed=90, current_way="by_hand", kept=kept.get("closed", ""))
    for guess in (90, 99):
        asked = heard(accuracy_needed=guess, current_way="by_hand", kept=kept.get("asked", ""))
        assert likeness(asked, closed) == pytest.approx(1 / 3)


def test_words_and_sums_and_unheard_of_questions_are_not_compared() -> None:
    told = heard(budget=80_000, currency="EUR", no_such_question="a", pilot_scope="the same words")
    assert likeness(told, told) == 0


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        (("a", "b"), ("b", "c"), 1 / 3),
        (("a",), ("a",), 1.0),
        ((), (), 1.0),
        (10.0, 5.0, 0.5),
        (0.0, 0.0, 1.0),
        (0.0, 5.0, 0.0),
        (5.0, float("inf"), 0.0),
        ("yes", "no", 0.0),
        ("yes", "yes", 1.0),
        (5.0, "yes", 0.0),
    ],
)
def test_how_alike_two_answers_are(left: object, right: object, alike: float) -> None:
    one, other = (heard(accuracy_needed=value) for value in (left, right))
    assert likeness(one, other) == pytest.approx(alike / 3)


@given(st.sampled_from(names()), st.sampled_from(names()))
def test_likeness_is_mutual_and_greatest_with_itself(left: str, right: str) -> None:
    one, other = ALL[left], ALL[right]
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1
    assert find_nearest(one, enumerate(ALL.values()))[0] == names().index(left)
    assert len(find_nearest(one, enumerate(ALL.values()))) == MOST
