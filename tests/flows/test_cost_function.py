"""The cost function of each form, and what follows from what mistakes cost (K13, K24, K39, K47)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cost_function import ErrorCosts, Guardrail, write_cost_function
from flows.model_forms import COUNTED_BY_GROUP, NO_FORM, TRAITS, Form, Loss, find_form
from flows.question_bank import BANK

EURO = {"miss_currency": "EUR", "false_alarm_currency": "EUR"}
KNOWN = ErrorCosts(50.0, 2.0, **EURO)
COST = st.floats(0, 1e6, allow_nan=False)


def test_the_twelve_forms_are_those_that_people_choose_from() -> None:
    assert [form.value for form in Form] + [NO_FORM] == list(BANK.by_id["form"].values)
    assert set(TRAITS) == set(Form)
    assert {when.question for when in BANK.by_id["largest_group"].when} == {"form"}
    assert set(BANK.by_id["largest_group"].when[0].values) == {form.value for form in COUNTED_BY_GROUP}


def test_a_form_is_found_by_its_value_alone() -> None:
    assert find_form("alert") is Form.ALERT
    assert find_form(NO_FORM) is find_form(None) is find_form("our own") is None


@pytest.mark.parametrize("form", list(Form))
def test_every_form_has_a_sensible_default(form: Form) -> None:
    cost = write_cost_function(form, ErrorCosts())
    assert cost.formula.startswith("cost = ")
    assert cost.words.endswith(".")
    assert cost.threshold is None
    assert len(cost.metrics) >= 3
    assert ("miss_cost" in cost.missing) == (TRAITS[form].loss in {Loss.DECISION, Loss.NUMBER})
    assert ("largest_group" in cost.missing) == (form in COUNTED_BY_GROUP)


def test_what_mistakes_cost_weighs_them() -> None:
    cost = write_cost_function(Form.ALERT, KNOWN, 60.0)
    assert cost.formula == "cost = 50·missed + 2·false alarm"
    assert "a miss weighs 25 : 1 against a false alarm" in cost.words
    assert cost.class_weights == "25 : 1"
    assert "Costs are in EUR." in cost.words
    assert "Costs" not in write_cost_function(Form.ALERT, ErrorCosts(50.0, 2.0)).words
    assert cost.threshold == pytest.approx(2 / 52)
    assert cost.derivation == (
        "Act from a calibrated score p of 0.0385 on: acting costs (1 − p)·2 on average, waiting costs p·50, "
        "and the two are equal at 2 / (2 + 50)."
    )
    assert cost.missing == ()


def test_until_that_is_known_both_count_alike() -> None:
    cost = write_cost_function(Form.CLASSIFY, ErrorCosts(miss=50.0), 60.0)
    assert cost.formula == "cost = missed + false alarm"
    assert "Both count alike until it is known what each one costs." in cost.words
    assert cost.missing == ("false_alarm_cost",)


@pytest.mark.parametrize(
    "costs",
    [
        ErrorCosts(50.0, 2.0, "EUR", "USD"),
        ErrorCosts(0.0, 0.0, **EURO),
        ErrorCosts(-1.0, 2.0, **EURO),
    ],
)
def test_costs_that_cannot_be_compared_are_asked_for_again(costs: ErrorCosts) -> None:
    cost = write_cost_function(Form.EXTRACT, costs)
    assert (cost.threshold, cost.class_weights) == (None, "")
    assert cost.missing == ("false_alarm_cost",)


def test_a_mistake_that_costs_nothing_does_not_weigh() -> None:
    assert write_cost_function(Form.ANSWER, ErrorCosts(5.0, 0.0, **EURO)).class_weights == "1 : 0"


def test_a_common_answer_changes_the_metric() -> None:
    even, uneven = (write_cost_function(Form.CLASSIFY, KNOWN, share) for share in (60.0, 95.0))
    assert even.imbalance == "Always giving the commonest answer is right 60 times in 100; a model has to beat that."
    assert even.metrics[0] == "macro F1"
    assert "Accuracy misleads here" in uneven.imbalance
    assert uneven.metrics[:2] == ("PR-AUC", "F1 of the rare answer")
    assert not any("accuracy" in one for one in uneven.metrics)
    assert write_cost_function(Form.QUANTIFY, KNOWN, 95.0).imbalance == ""


def test_a_number_is_off_by_so_much_or_costs_more_on_one_side() -> None:
    assert write_cost_function(Form.QUANTIFY, ErrorCosts()).formula == "cost = |truth − guess|"
    assert write_cost_function(Form.QUANTIFY, ErrorCosts(3.0, 3.0, **EURO)).formula == "cost = 3·|truth − guess|"
    uneven = write_cost_function(Form.QUANTIFY, ErrorCosts(3.0, 1.0, **EURO))
    assert uneven.formula == "cost = 3·max(0, truth − guess) + 1·max(0, guess − truth)"
    assert uneven.threshold == 0.75
    assert uneven.derivation.startswith("Guess the 75 % quantile")


def test_an_order_is_wrong_by_pairs() -> None:
    cost = write_cost_function(Form.RECOMMEND, KNOWN)
    assert cost.formula == "cost = Σ log(1 + exp(score of the worse − score of the better))"
    assert cost.derivation.startswith("Put a thing on the list from a calibrated score")
    assert cost.class_weights == ""
    assert cost.metrics[0] == "NDCG@10"


def test_what_is_made_is_judged_by_people() -> None:
    assert write_cost_function(Form.SYNTHESIZE, KNOWN).formula == "cost = −Σ log p(output)"
    assert write_cost_function(Form.TRANSFORM, KNOWN).formula == "cost = −Σ log p(output | input)"
    assert write_cost_function(Form.TRANSFORM, KNOWN).threshold is None


def test_guardrails_that_bind_add_to_the_cost() -> None:
    guardrails = (
        Guardrail("“uptime”", 1, -1.0, 0.4),
        Guardrail("“cloud bill”", -1, -5.0, 0.25),
        Guardrail("“complaints”", -1, 2.0, 1.0),
        Guardrail("“sign-ups”", 0, 3.0, 2.0),
        Guardrail("“latency”", -1, 0.0),
    )
    cost = write_cost_function(Form.ALERT, KNOWN, 60.0, guardrails)
    assert cost.formula == (
        "cost = 50·missed + 2·false alarm + 0.4·max(0, −1 − change in “uptime”) "
        "+ 0.25·max(0, change in “cloud bill” − (−5)) + 1·max(0, change in “complaints” − 2) "
        "+ 2·max(0, |change in “sign-ups”| − 3)"
    )
    assert "1 more has room and is only checked." in cost.words
    assert "2 more have room and are only checked." in (
        write_cost_function(Form.ALERT, KNOWN, 60.0, (*guardrails, guardrails[-1])).words
    )
    assert "more" not in write_cost_function(Form.ALERT, KNOWN, 60.0, guardrails[:1]).words
    assert "The guardrails have room" in write_cost_function(Form.ALERT, KNOWN, 60.0, guardrails[-1:]).words


@given(COST, COST, st.sampled_from(list(Form)))
def test_at_the_threshold_both_ways_cost_the_same(miss: float, alarm: float, form: Form) -> None:
    cost = write_cost_function(form, ErrorCosts(miss, alarm, **EURO))
    if cost.threshold is None:
        assert max(miss, alarm) == 0 or TRAITS[form].loss is Loss.LIKELIHOOD
        return
    assert 0 <= cost.threshold <= 1
    p = 1 - cost.threshold if TRAITS[form].loss is Loss.NUMBER else cost.threshold
    assert math.isclose((1 - p) * alarm, p * miss, rel_tol=1e-9, abs_tol=1e-9)
