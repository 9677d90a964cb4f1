"""Ten whole kickoffs come out in the order that the chapter's reasoning gives them."""

import pytest

from flows.question_bank import BANK
from flows.register import list_register
from flows.scoring.heard import hear
from flows.scoring.project_score import Score, score_project
from flows.unknowns import ANSWERED_BY
from tests.flows.ten_kickoffs import GATED, ORDERS, UNKNOWN, Pair, kickoff_of, names, told

SCORES: dict[str, Score] = {}


def score_of(name: str) -> Score:
    if name not in SCORES:
        SCORES[name] = score_project(hear(kickoff_of(name)))
    return SCORES[name]


def test_there_are_ten_and_each_is_in_an_order() -> None:
    assert len(names()) == 10
    assert {name for pair in ORDERS for name in (pair.first, pair.second)} == set(names())


@pytest.mark.parametrize("name", names())
def test_every_answer_is_read_and_heard(name: str) -> None:
    kickoff = kickoff_of(name)
    said = {key for key, value in told(name).answers.items() if value != UNKNOWN}
    assert len(kickoff.stakes) == len(told(name).goals)
    assert set(hear(kickoff).answers) == said
    unknown = {key for key, value in told(name).answers.items() if value == UNKNOWN}
    listed = list_register(kickoff, score_of(name))
    assert unknown <= {one.question or ANSWERED_BY[one.row] for one in listed}


@pytest.mark.parametrize("name", names())
def test_only_what_would_be_asked_is_answered(name: str) -> None:
    answers = told(name).answers
    for question in map(BANK.by_id.__getitem__, answers):
        for when in question.when:
            assert answers.get(when.question) in when.values, question.id


@pytest.mark.parametrize("pair", ORDERS, ids=lambda pair: f"{pair.first}-{pair.second}-{pair.scale}")
def test_the_order_is_the_chapters(pair: Pair) -> None:
    first, second = (score_of(name) for name in (pair.first, pair.second))
    if pair.scale == "impact":
        assert first.impact.p50 > second.impact.p50, pair.because
    else:
        assert first.cost.p50 > second.cost.p50, pair.because


@pytest.mark.parametrize("name", names())
def test_only_what_cannot_be_ranked_has_a_gate(name: str) -> None:
    gates = [gate.name for gate in score_of(name).gates]
    assert (gates[0] if gates else "") == GATED.get(name, "")
