"""One project's score: every number from an answer, with its range and its reason (sections 2.1 and 2.2)."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from flows.scoring.draws import Spread, spread
from flows.scoring.effort import MEANINGS as MEANINGS_OF_COST
from flows.scoring.evidence import Evidence
from flows.scoring.heard import Heard
from flows.scoring.impact import MEANINGS, WEIGHTS
from flows.scoring.money import Money, hourly_cost, weekly_costs
from flows.scoring.project_score import CRITERIA, Score, draw_project, score_project
from flows.scoring.scales import LEVELS, WEEKS_AT, Calibration, Contribution, Scale, place, points_of_cost
from tests.flows.scoring.heard import BY_HAND, heard

MONEY = "reduce support cost by 10% by June 2027"


def part(scale: Scale, name: str) -> Contribution:
    (found,) = [one for one in scale.contributions if one.name == name]
    return found


def score(**answers: Any) -> Score:
    return score_project(heard(MONEY, currency="EUR", **{**BY_HAND, **answers}))


def without(*names: str) -> Heard:
    return heard(MONEY, currency="EUR", **{key: value for key, value in BY_HAND.items() if key not in names})


def test_the_scales_are_whole_and_anchored() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert len(MEANINGS) == len(MEANINGS_OF_COST) == len(LEVELS)
    assert all(one < other for one, other in pairwise(WEEKS_AT))
    points = points_of_cost(np.array([*WEEKS_AT, 0.01, 9_999.0]))
    assert points == pytest.approx([0, 20, 40, 60, 80, 100, 0, 100])
    assert place(Spread(90, 100, 100), (), MEANINGS).level == "very high"


def test_impact_and_cost_are_the_sums_of_what_is_told() -> None:
    drawn = draw_project(without())
    assert spread(drawn.person_weeks) == score().person_weeks
    assert np.allclose(drawn.person_weeks, sum(one.person_weeks for one in drawn.effort_parts))
    weighted = drawn.criteria[:, :4] @ np.array(list(WEIGHTS.values()))
    assert np.allclose(drawn.impact, weighted)
    assert drawn.criteria.shape == (5000, len(CRITERIA))
    assert np.allclose(drawn.criteria[:, 4], 100 - drawn.cost)
    for one in drawn.impact_parts:
        assert spread(one.points * WEIGHTS[one.criterion]) == one.told.part


def test_knowing_nothing_is_wide_and_not_zero() -> None:
    result = score_project(heard())
    assert result.impact.p90 - result.impact.p10 > 45
    assert result.person_weeks.p90 / result.person_weeks.p10 > 9
    assert result.impact.p50 > 20
    assert all(one.open_questions or one.name == "nothing" for one in result.cost.contributions)


def test_hours_are_cases_times_minutes() -> None:
    told = part(score().impact, "work saved")
    assert told.because == "12,000 cases a month at 5 minutes each: 1,000 hours."
    easy = part(score(easy_share=60).impact, "work saved")
    assert easy.because.endswith("1,000 hours; 60 of 100 are easy.")
    assert (easy.people, easy.evidence) == (("U1",), Evidence.EXPERT)


@pytest.mark.parametrize("way", ["rules", "not_done"])
def test_what_nobody_does_by_hand_counts_by_its_number(way: str) -> None:
    told = part(score(current_way=way).impact, "number of decisions")
    assert told.because == "12,000 cases a month; nobody does them by hand, so this counts for less."
    assert told.part.p50 < part(score().impact, "work saved").part.p50


def test_what_is_missing_is_said_and_asked() -> None:
    told = part(score_project(without("minutes_per_case")).impact, "work saved")
    assert told.because == "12,000 cases a month; how long one takes is not known yet."
    assert "minutes_per_case" in told.open_questions
    unknown = score_project(heard(cases_per_month=10))
    assert part(unknown.impact, "work saved").because.startswith("10 cases a month; how long")
    nothing = score_project(heard())
    assert part(nothing.impact, "work saved").because == "How many cases there are a month is not known yet."


def test_tangled_rules_are_worth_replacing() -> None:
    told = part(score(current_way="rules", rules_exceptions=400, rules_hours=200, rules_frustration="5").impact,
                "how hard the rules are to keep up")  # fmt: skip
    assert told.because == "400 exceptions, 200 hours of upkeep a month, frustration 5 of 5."
    few = part(score(current_way="rules", rules_exceptions=3, rules_hours=1, rules_frustration="1").impact,
               "how hard the rules are to keep up")  # fmt: skip
    assert few.part.p90 < told.part.p10
    assert part(score().impact, "how hard the rules are to keep up").part.p90 == 0
    assert "not known yet" in part(score(current_way="rules").impact, "how hard the rules are to keep up").because


@pytest.mark.parametrize(
    ("consequence", "reaches", "because"),
    [
        (
            "caught",
            "yes",
            "Someone catches mistakes, so an imperfect model is already useful; when it fails, a person sees it.",
        ),
        (
            "unnoticed",
            "no",
            "Nobody would notice a mistake, so an imperfect model does hidden harm; when it fails, no person sees it.",
        ),
        ("pigeon", "yes", "What a mistake does is not known yet; when it fails, a person sees it."),
    ],
)
def test_what_a_mistake_does(consequence: str, reaches: str, because: str) -> None:
    told = part(score(error_consequence=consequence, error_reaches_person=reaches).impact, "what a mistake does")
    assert told.because == because


@pytest.mark.parametrize(
    ("goal", "lowest"),
    [
        ("reduce support cost by 40% by June 2027", 0.9),
        ("reduce support cost by €2,000,000 a year", 0.84),
        ("reduce support cost by €200,000 a month", 0.84),
        ("increase conversion by 5%", 0.0),
        ("reduce support cost by ¥900,000 a year", 0.0),
        ("reduce support cost", 0.0),
    ],
)
def test_the_organisations_benefit_is_in_its_own_figures(goal: str, lowest: float) -> None:
    told = part(score_project(heard(goal, **BY_HAND)).impact, "benefit to the organisation")
    assert told.part.p50 / 25 >= lowest


def test_goals_are_counted_and_their_owners_named() -> None:
    both = heard("reduce support cost by 10% by June 2027", "reduce waiting time by 20%", user_success="shorter queues")
    result = score_project(both)
    organisation, users = part(result.impact, "benefit to the organisation"), part(result.impact, "benefit to users")
    assert organisation.because == "1 goal is about it: 1 with a number, 1 with a date."
    assert (organisation.people, organisation.open_questions) == (("U1",), ("business_metric",))
    assert users.because == "1 goal is about it: 1 with a number, none with a date."
    kept = Heard(both.stakes, both.answers, frozenset({"U1"}))
    hidden = part(score_project(kept).impact, "benefit to the organisation")
    assert (hidden.is_kept, hidden.people) == (True, ())
    two = score_project(heard("reduce support cost", "reduce cloud bill by 10%"))
    assert part(two.impact, "benefit to the organisation").because.startswith("2 goals are about it: 1 with")
    none = part(score_project(heard()).impact, "benefit to users")
    assert none.because == "No goal is about what users feel yet."
    assert none.open_questions == ("goal", "user_success")


def test_the_labels_bill_is_examples_times_people_times_seconds_and_price() -> None:
    told = score(
        label_source="by_hand", examples_needed=20_000, examples_have=5_000, label_seconds=60, labellers_per_example=2,
        label_price=0.5,
    )  # fmt: skip
    labelling = part(told.cost, "labelling")
    assert labelling.because == (
        "The right answers have to be made by hand: 20,000 examples less 5,000 at hand at 60 seconds by 2 people each, "
        "€15,000 in all."
    )
    measured = heard(
        currency="EUR", evidence=Evidence.MEASURED, label_source="by_hand", examples_needed=20_000, examples_have=5_000,
        label_seconds=60, labellers_per_example=2, label_price=0.5,
    )  # fmt: skip
    bill = draw_project(measured).bill
    assert spread(bill.person_weeks).p50 == pytest.approx(15_000 * 2 * 60 / 3600 / 35, rel=0.02)
    assert bill.money is not None
    assert spread(bill.money).p50 == pytest.approx(15_000, rel=0.02)


def test_what_a_system_records_needs_no_labelling() -> None:
    drawn = draw_project(heard(label_source="automatic", examples_needed=20_000, label_seconds=60))
    assert not drawn.bill.examples.any()
    told = part(score_project(heard(label_source="automatic")).cost, "labelling")
    assert told.because == "A system records the right answers by itself, so nobody has to label."
    existing = draw_project(
        heard(evidence=Evidence.MEASURED, label_source="existing", examples_needed=1_000, examples_have=400)
    )
    assert spread(existing.bill.examples).p50 == pytest.approx(600 + 20, rel=0.05)


def test_experiments_are_told_with_their_running_time() -> None:
    told = part(score(experiments=40, experiment_hours=8).cost, "making it accurate")
    assert told.because.endswith("; expected are 40 experiments of 8 hours: 320 hours of running, one after another.")
    assert "90 of 100 have to be right" in told.because
    assert part(score(experiments=40).cost, "making it accurate").because.endswith("; expected are 40 experiments.")
    assert "not known yet" in part(score_project(heard()).cost, "making it accurate").because


def test_data_hurdles_features_and_teams_are_told() -> None:
    told = score(
        data_access="scripts", data_hurdles=("consent", "format"), features_count=40, teams=1, experience="trial"
    )
    because = part(told.cost, "getting at the data").because
    assert because == (
        "The data comes by scripts of one's own; 2 hurdles stand before it; 40 pieces of information go in."
    )
    assert part(told.cost, "agreeing among teams").because.startswith("1 team on it;")
    assert "only tried models out" in part(told.cost, "the team's experience").because
    one = score(data_hurdles=("consent",))
    assert "1 hurdle stands" in part(one.cost, "getting at the data").because
    none = score(data_hurdles=("none",))
    assert "hurdle" not in part(none.cost, "getting at the data").because


def test_rare_cases_make_the_search_longer() -> None:
    weeks = [score(largest_group=share, experiments=30).person_weeks.p50 for share in (40, 90, 99.8)]
    assert weeks == sorted(weeks)
    assert weeks[0] < weeks[1] < weeks[2]


def test_money_is_told_where_money_was_given() -> None:
    result = score(miss_cost=4)
    assert result.money is not None
    rates = weekly_costs("EUR")
    assert rates == (1300, 2600)
    assert result.money.spread.p50 == pytest.approx(result.person_weeks.p50 * 1950, rel=0.05)
    assert result.money.words.startswith("€")
    assert score_project(heard(MONEY)).money is None
    assert score_project(heard(MONEY, currency="JPY", budget=9e6)).money is None
    assert Money(Spread(-2000, 10, 20), "EUR").ends == "−€2,000 to €20"


def test_a_years_worth_is_savings_less_mistakes() -> None:
    told = heard(currency="EUR", evidence=Evidence.MEASURED, **{**BY_HAND, "miss_cost": 4, "easy_share": 100})
    hourly = hourly_cost("EUR")
    assert hourly is not None
    worth = score_project(told).worth_a_year
    assert worth is not None
    expected = 12_000 * 12 * (0.9 * 5 / 60 * hourly.amount - 0.1 * 4)
    assert worth.spread.p50 == pytest.approx(expected, rel=0.05)
    assert score_project(heard(currency="EUR", cases_per_month=5, miss_cost=3, accuracy_needed=80)).worth_a_year is None
    assert score_project(heard(currency="EUR", cases_per_month=5, budget=3)).worth_a_year is None
    assert score_project(heard(currency="EUR", budget=3)).worth_a_year is None


def test_the_work_is_split_by_job_and_adds_up() -> None:
    result = score()
    assert sum(result.effort_by_job.values()) == pytest.approx(result.person_weeks.p50)
    assert set(result.effort_by_job) == {
        "data_scientist", "data_engineer", "labeller", "ml_engineer", "software_engineer", "product_owner",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("budget", "verdict"),
    [
        (5_000, "is too small for that"),
        (30_000, "is likely too small for that"),
        (75_000, "is likely enough for that"),
        (900_000, "is enough for that"),
    ],
)
def test_the_budget_is_compared_with_the_one_range_that_is_told(budget: float, verdict: str) -> None:
    result = score(budget=budget)
    assert verdict in result.budget.sentence
    assert result.money is not None
    assert f"that is {result.money.words}." in result.budget.sentence
    assert result.budget.is_short == (budget < result.money.spread.p50)
    assert (result.budget.sentence in result.flags) == result.budget.is_short


def test_the_budget_in_other_words() -> None:
    assert "No budget is known yet" in score_project(without("budget")).budget.sentence
    assert (
        "I cannot say yet whether €5,000 is enough" in score_project(heard(currency="EUR", budget=5000)).budget.sentence
    )
    yen = score_project(heard(MONEY, currency="JPY", **BY_HAND)).budget.sentence
    assert "is enough if one person costs at most ¥" in yen
    priced = score(label_source="by_hand", examples_needed=5000, label_price=0.4, label_seconds=20).budget.sentence
    assert "and the labellers' bill" in priced
    apart = heard(MONEY, currency="EUR", **BY_HAND, label_source_="", label_price=0.4)
    assert "that is" in score_project(apart).budget.sentence


def test_a_result_expected_too_soon_is_flagged() -> None:
    assert any(flag.startswith("A first result is expected in 1 month;") for flag in score(expected_months=1).flags)
    assert any("in 1.5 months" in flag for flag in score(expected_months=1.5).flags)
    assert not any("first result" in flag for flag in score(expected_months=40).flags)
    kept = score_project(heard(MONEY, kept="expected_months", **{**BY_HAND, "expected_months": 1}))
    assert not any("first result" in flag for flag in kept.flags)


def test_rules_that_record_their_answers_are_high_impact_at_low_cost() -> None:
    ready = {"rules_exceptions": 20, "expected_months": 40}
    told = score(current_way="rules", label_source="automatic", **ready)
    assert any("high impact, low cost" in flag for flag in told.flags)
    assert any("high impact" in flag for flag in score(current_way="rules", rules_labels="yes", **ready).flags)
    no = score(current_way="rules", label_source="automatic", rules_learnable="no", **ready)
    assert not any("high impact" in flag for flag in no.flags)
    assert not any("high impact" in flag for flag in score(label_source="automatic").flags)


ALL = {
    **BY_HAND,
    "easy_share": 60, "error_reaches_person": "yes", "business_metric": "cost", "user_success": "short queues",
    "data_access": "joined", "data_hurdles": ("none",), "features_count": 10, "examples_needed": 5000,
    "examples_have": 9000, "label_seconds": 30, "labellers_per_example": 1, "experiments": 20, "experiment_hours": 2,
    "train_compute": "plain", "live_data": "both", "experience": "deployed", "rules_hours": 1, "rules_exceptions": 1,
    "rules_frustration": "1",
}  # fmt: skip


def test_the_next_step_is_the_gate_then_the_widest_question_then_a_slice() -> None:
    assert score_project(heard(**BY_HAND)).next_step.startswith("Ask one stakeholder for a goal.")
    assert score().next_step == f"{score().unknowns[0].way_to_find_out} {score().unknowns[0].why}"
    whole = score_project(heard(MONEY, currency="EUR", **ALL))
    assert [one.row for one in whole.unknowns] == ["K16", "K17", "K18", "K19", "K20", "K21"]
    assert whole.next_step.startswith("Solve a small slice first")
    rules = score_project(heard(MONEY, currency="EUR", **{**ALL, "current_way": "rules", "label_source": "automatic"}))
    assert rules.next_step.startswith("Train a first small model on what the rules recorded")
    hidden = score_project(heard(MONEY, kept="form", **{**ALL, "form": "none"}))
    assert hidden.next_step == "Try something else than a model, or say which form fits after all."


@pytest.mark.parametrize("kept", ["", "form_instead"])
def test_what_was_named_instead_of_a_model_is_repeated_where_it_may_be(kept: str) -> None:
    told = heard(MONEY, kept=kept, **{**ALL, "form": "none", "form_instead": "a rule of three lines"})
    assert ("“a rule of three lines”" in score_project(told).next_step) is (not kept)


def test_a_known_solution_is_where_to_look_first() -> None:
    known, new = score_project(heard(MONEY, **ALL)), score_project(heard(MONEY, **{**ALL, "method_exists": "no"}))
    assert known.unknowns[0].way_to_find_out.startswith("Look up what the known solution reached")
    assert new.unknowns[0].way_to_find_out.startswith("Have two experts")
    assert new.cost.p50 > known.cost.p50


def test_what_finished_projects_took_moves_the_work_and_the_widths() -> None:
    plain = score_project(without())
    dearer = score_project(without(), Calibration(effort=2.0, projects=5))
    assert dearer.person_weeks.p50 == pytest.approx(2 * plain.person_weeks.p50, rel=0.01)
    assert dearer.impact == plain.impact
    wider = score_project(without(), Calibration(width=1.5, projects=5))
    assert wider.person_weeks.p90 > plain.person_weeks.p90
    assert wider.person_weeks.p10 < plain.person_weeks.p10
