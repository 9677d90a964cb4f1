from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answers import Answer, Status
from flows.facts import CurrentWay, ErrorConsequence, Facts, LabelSource
from flows.objectives import Direction, Mode, Objective, Unit
from flows.scales import LEVELS, Contribution, Scale
from flows.scores import Score, first_score
from flows.wishes import Stake

GOAL = Stake("U1", Objective(metric="churn", family="churn", direction=Direction.DECREASE))
MONEY = Stake(
    "U2",
    Objective(
        metric="support cost",
        family="support_cost",
        direction=Direction.DECREASE,
        amount=10,
        unit=Unit.PERCENT,
        mode=Mode.CHANGE,
        deadline=date(2026, 6, 30),
    ),
)
BY_HAND = Facts(
    current_way=CurrentWay.BY_HAND,
    cases_per_month=12_000,
    minutes_per_case=5,
    error_consequence=ErrorConsequence.CAUGHT,
    label_source=LabelSource.EXISTING,
    method_exists=True,
    accuracy_needed=90,
    expected_months=3,
    teams=2,
    budget=80_000,
    budget_currency="EUR",
)


def score_of(stakes: list[Stake], facts: Facts) -> Score:
    """The score of a project of which these facts were answered."""
    known = facts.model_dump(exclude={"budget_currency"}, exclude_none=True)
    return first_score(stakes, {key: answered(key, value, facts) for key, value in known.items()})


def answered(question: str, value: object, facts: Facts) -> Answer:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    kept = float(value) if isinstance(value, int | float) else str(value)
    return Answer(question=question, status=Status.GIVEN, value=kept, currency=facts.budget_currency)


def score(**facts: object) -> Score:
    return score_of([GOAL], Facts.model_validate(facts))


def part(scale: Scale, row: str) -> Contribution:
    (found,) = [one for one in scale.contributions if one.row == row]
    return found


def test_hours_saved_are_cases_times_minutes() -> None:
    result = score_of([MONEY], BY_HAND)
    assert result.hours_saved_per_month == 1000
    assert part(result.impact, "K5").because == "12,000 cases a month at 5 minutes each: 1,000 hours."


@pytest.mark.parametrize("way", [CurrentWay.RULES, CurrentWay.NOT_DONE])
def test_what_nobody_does_by_hand_saves_no_hours(way: CurrentWay) -> None:
    result = score(current_way=way, cases_per_month=12_000, minutes_per_case=5)
    assert result.hours_saved_per_month is None
    assert "no hours by hand" in part(result.impact, "K5").because


def test_hours_are_not_known_without_both_numbers() -> None:
    assert score(minutes_per_case=5).hours_saved_per_month is None
    assert score(cases_per_month=5).hours_saved_per_month is None


def test_missing_minutes_are_assumed_and_said() -> None:
    result = score(current_way=CurrentWay.BY_HAND, cases_per_month=12_000)
    work = part(result.impact, "K5")
    assert (work.low, work.high) == (0, 30)
    assert "five minutes are assumed" in work.because
    assert "How long does one case take?" in [unknown.name for unknown in result.unknowns]


def test_rules_with_unknown_volume() -> None:
    work = part(score(current_way=CurrentWay.RULES).impact, "K5")
    assert (work.low, work.high) == (0, 22.5)


def test_knowing_nothing_is_the_whole_scale_and_not_zero() -> None:
    result = score_of([], Facts())
    for scale in (result.impact, result.cost):
        assert (scale.low, scale.likely, scale.high) == (0, 50, 100)
        assert scale.level == "medium"


def test_a_goal_comes_first() -> None:
    result = score_of([], BY_HAND)
    assert result.unknowns[0].row == "K2"
    assert result.next_step.startswith("Ask one stakeholder for a goal")


def test_then_what_narrows_the_score_most() -> None:
    result = score_of([MONEY], BY_HAND.model_copy(update={"accuracy_needed": None, "expected_months": None}))
    assert [unknown.row for unknown in result.unknowns[:2]] == ["K14", "K55"]


def test_a_missing_budget_is_asked_for() -> None:
    result = score_of([MONEY], BY_HAND.model_copy(update={"budget": None}))
    assert result.unknowns[0].name == "What may it cost?"


def test_then_a_small_slice() -> None:
    result = score_of([MONEY], BY_HAND)
    assert [unknown.row for unknown in result.unknowns] == ["K16", "K17", "K18", "K19", "K20", "K21"]
    assert result.next_step.startswith("Solve a small slice first")


def test_a_known_solution_is_where_to_look_first() -> None:
    known, new = (
        score_of([MONEY], BY_HAND),
        score_of([MONEY], BY_HAND.model_copy(update={"method_exists": False})),
    )
    assert known.unknowns[0].way_to_find_out.startswith("Look up what the known solution reached")
    assert new.unknowns[0].way_to_find_out.startswith("Have two experts")
    assert new.cost.likely > known.cost.likely


def test_the_six_unknowns_are_always_listed() -> None:
    assert {"K16", "K17", "K18", "K19", "K20", "K21"} <= {unknown.row for unknown in score().unknowns}


def test_k4_rules_that_record_their_answers_are_high_impact_at_low_cost() -> None:
    facts = BY_HAND.model_copy(update={"current_way": CurrentWay.RULES, "label_source": LabelSource.AUTOMATIC})
    result = score_of([MONEY], facts)
    assert any("high impact, low cost" in flag for flag in result.flags)
    assert result.next_step.startswith("Train a first small model on what the rules recorded")


@pytest.mark.parametrize("facts", [{"current_way": CurrentWay.RULES}, {"label_source": LabelSource.AUTOMATIC}, {}])
def test_k4_needs_both(facts: dict[str, object]) -> None:
    assert score(**facts).flags == ()


@pytest.mark.parametrize(
    ("accuracy", "words"),
    [(99.5, "expect a shortage"), (99, "very hard to reach"), (95, "very hard to reach"), (94.9, None)],
)
def test_k22_and_k23_flag_high_accuracy(accuracy: float, words: str | None) -> None:
    flags = score(accuracy_needed=accuracy).flags
    assert [words in flag for flag in flags] == [True] if words else flags == ()


def test_k24_the_flag_says_when_the_number_misleads() -> None:
    assert "If one outcome is rare" in score(accuracy_needed=99.5).flags[0]


def test_k6_hidden_mistakes_are_flagged_and_caught_ones_are_safe() -> None:
    hidden, caught = (
        score(error_consequence=ErrorConsequence.UNNOTICED),
        score(error_consequence=ErrorConsequence.CAUGHT),
    )
    assert "Nobody would notice" in hidden.flags[0]
    assert caught.impact.likely > score(error_consequence=ErrorConsequence.COSTLY).impact.likely > hidden.impact.likely


def test_complexity_replaced_counts_for_impact() -> None:
    rules, hand, none = (part(score(current_way=way).impact, "K3").points for way in CurrentWay)
    assert rules > hand > none


def test_benefit_grows_with_numbers_dates_and_money() -> None:
    vague, clear = score_of([GOAL], Facts()), score_of([GOAL, MONEY], Facts())
    assert part(vague.impact, "K41").because == "Of 1 goal, none with a number, none with a date, none about money."
    assert part(clear.impact, "K41").because == "Of 2 goals, 1 with a number, 1 with a date, 1 about money."
    assert part(clear.impact, "K41").points > part(vague.impact, "K41").points


def test_k12_the_same_step_costs_more_the_higher_it_starts() -> None:
    points = [part(score(accuracy_needed=accuracy).cost, "K12").low for accuracy in (60, 70, 80, 90)]
    steps = [after - before for before, after in pairwise(points)]
    assert steps == sorted(steps)
    assert steps[0] < steps[-1]


def test_perfection_takes_all_the_points() -> None:
    accuracy = part(score(accuracy_needed=100).cost, "K12")
    assert (accuracy.low, accuracy.high) == (30, 30)


def test_a_coin_toss_takes_none() -> None:
    assert part(score(accuracy_needed=40).cost, "K12").high == 0


def test_labels_made_by_hand_cost_most() -> None:
    automatic, existing, by_hand = (part(score(label_source=source).cost, "K9").points for source in LabelSource)
    assert automatic < existing < by_hand


def test_each_team_adds_until_the_points_are_full() -> None:
    points = [part(score(teams=teams).cost, "K59").points for teams in (1, 2, 50)]
    assert points == [2, 5, 15]
    assert part(score(teams=1).cost, "K59").because.startswith("1 team on it")


def test_k55_an_early_expectation_adds_to_the_cost() -> None:
    soon, late = (
        part(score_of([MONEY], BY_HAND.model_copy(update={"expected_months": months})).cost, "K55")
        for months in (1, 24)
    )
    assert soon.points > late.points == 0
    assert soon.because.startswith("A first result is expected in 1 month;")


# Properties

ANSWERS: dict[str, st.SearchStrategy[object]] = {
    "current_way": st.sampled_from(list(CurrentWay)),
    "cases_per_month": st.floats(0, 1e9),
    "minutes_per_case": st.floats(0, 1e5),
    "error_consequence": st.sampled_from(list(ErrorConsequence)),
    "label_source": st.sampled_from(list(LabelSource)),
    "method_exists": st.booleans(),
    "accuracy_needed": st.floats(0.1, 100),
    "expected_months": st.floats(0, 100),
    "teams": st.integers(1, 100),
    "budget": st.floats(0, 1e9),
}
some_facts = st.fixed_dictionaries({}, optional=ANSWERS).map(Facts.model_validate)
some_stakes = st.lists(st.sampled_from([GOAL, MONEY]), max_size=2)
ROUNDING = 1e-9


@given(some_stakes, some_facts)
def test_every_scale_is_a_range_around_its_likely_place(stakes: list[Stake], facts: Facts) -> None:
    result = score_of(stakes, facts)
    for scale in (result.impact, result.cost):
        assert -ROUNDING <= scale.low <= scale.likely + ROUNDING
        assert scale.likely <= scale.high + ROUNDING <= 100 + 2 * ROUNDING
        assert scale.level in LEVELS
        assert scale.likely == pytest.approx(sum(one.points for one in scale.contributions))


@given(some_stakes, some_facts, st.floats(0, 1e9))
def test_more_cases_never_lower_the_impact(stakes: list[Stake], facts: Facts, cases: float) -> None:
    fewer = facts.model_copy(update={"cases_per_month": cases})
    more = facts.model_copy(update={"cases_per_month": cases * 2})
    assert score_of(stakes, more).impact.likely >= score_of(stakes, fewer).impact.likely - ROUNDING


@given(some_stakes, some_facts, st.floats(1, 100), st.floats(0.1, 1))
def test_a_looser_accuracy_never_raises_the_cost(
    stakes: list[Stake], facts: Facts, accuracy: float, looser: float
) -> None:
    strict = score_of(stakes, facts.model_copy(update={"accuracy_needed": accuracy})).cost
    loose = score_of(stakes, facts.model_copy(update={"accuracy_needed": accuracy * looser})).cost
    assert loose.likely <= strict.likely + ROUNDING
    assert loose.high <= strict.high + ROUNDING


@given(some_stakes, some_facts, st.data())
def test_answering_a_question_never_widens_a_range(stakes: list[Stake], facts: Facts, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(sorted(ANSWERS)))
    before = score_of(stakes, facts.model_copy(update={question: None}))
    after = score_of(stakes, facts.model_copy(update={question: data.draw(ANSWERS[question])}))
    for wide, narrow in ((before.impact, after.impact), (before.cost, after.cost)):
        assert wide.low - ROUNDING <= narrow.low
        assert narrow.high <= wide.high + ROUNDING


@given(some_facts)
def test_naming_a_goal_never_widens_the_impact(facts: Facts) -> None:
    before, after = score_of([], facts).impact, score_of([GOAL], facts).impact
    assert after.high - after.low <= before.high - before.low + ROUNDING


@given(some_stakes, some_facts)
def test_goals_leave_the_cost_alone(stakes: list[Stake], facts: Facts) -> None:
    assert score_of(stakes, facts).cost == score_of([], facts).cost


@given(some_stakes, some_facts)
def test_every_question_left_open_is_listed(stakes: list[Stake], facts: Facts) -> None:
    result = score_of(stakes, facts)
    asked = [one for one in (*result.impact.contributions, *result.cost.contributions) if one.question]
    listed = [unknown for unknown in result.unknowns if unknown.is_answerable]
    assert len(listed) == len(asked) + (facts.budget is None)
