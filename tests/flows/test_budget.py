"""Whether the likely cost fits the budget (K10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.budget import check_budget
from flows.cost import estimate_cost
from flows.facts import CurrentWay, ErrorConsequence, Facts, LabelSource
from tests.flows.test_scores import score_of

KNOWN = Facts(
    current_way=CurrentWay.BY_HAND,
    cases_per_month=12_000,
    minutes_per_case=5,
    error_consequence=ErrorConsequence.CAUGHT,
    label_source=LabelSource.EXISTING,
    method_exists=True,
    accuracy_needed=80,
    expected_months=12,
    teams=1,
    budget=80_000,
    budget_currency="EUR",
)
ASSUMED = "(assumed: one to two times the euro area's average labour cost, Eurostat 2024)"


def say(**facts: object) -> str:
    known = KNOWN.model_copy(update=facts)
    return check_budget(known, estimate_cost(known)).sentence


def test_the_verdict_names_the_range_and_what_is_assumed() -> None:
    assert say() == (
        f"Work of this size takes about 0.33 to 6.1 person-months; at €5,200 to €10,000 each {ASSUMED}, that is "
        "€1,700 to €61,000. The budget of €80,000 is enough for that."
    )


@pytest.mark.parametrize(
    ("budget", "verdict"),
    [
        (1_000, "is too small for that"),
        (0, "is too small for that"),
        (50_000, "may not be enough for that"),
        (2_000_000, "is enough for that"),
    ],
)
def test_a_budget_is_enough_or_not(budget: float, verdict: str) -> None:
    assert verdict in say(budget=budget)


def test_dollars_have_a_source_of_their_own() -> None:
    assert "$6,300 to $13,000 each (assumed: one to two times the average cost in US private industry" in say(
        budget_currency="USD"
    )


@pytest.mark.parametrize(("currency", "most"), [("SEK", "SEK 13,000"), (None, "13,000")])
def test_without_an_assumed_cost_the_most_that_a_month_may_cost_is_said(currency: str | None, most: str) -> None:
    assert say(budget_currency=currency).endswith(f"is enough if one person costs at most {most} a month.")


def test_what_is_missing_is_said_plainly() -> None:
    assert say(budget=None) == "No budget is known yet, so I cannot say whether the likely cost fits it."
    assert say(accuracy_needed=None, label_source=None, method_exists=None) == (
        "I cannot say yet whether €80,000 is enough: first find out how accurate it must be and where right answers "
        "come from."
    )


def test_a_short_budget_is_a_flag_of_the_score_and_another_is_only_said() -> None:
    short, enough = (score_of([], KNOWN.model_copy(update={"budget": budget})) for budget in (50_000, 2_000_000))
    assert short.budget in short.flags
    assert enough.budget.endswith("is enough for that.")
    assert enough.budget not in enough.flags


@given(st.floats(0.1, 100), st.integers(1, 100), st.floats(0, 1e9))
def test_a_larger_budget_is_never_short_where_a_smaller_one_is_not(accuracy: float, teams: int, budget: float) -> None:
    facts = KNOWN.model_copy(update={"accuracy_needed": accuracy, "teams": teams, "budget": budget})
    more = facts.model_copy(update={"budget": budget * 2})
    cost = estimate_cost(facts)
    assert check_budget(facts, cost).is_short or not check_budget(more, cost).is_short


@given(st.floats(0.1, 100), st.integers(1, 100))
def test_the_sentence_fits_into_a_line_of_the_results(accuracy: float, teams: int) -> None:
    assert len(say(accuracy_needed=accuracy, teams=teams, budget=123_456_789.12)) < 400
