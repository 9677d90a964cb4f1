"""What holds for any answers: more benefit never lowers impact, doubt never narrows, a looser target never costs."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.question_bank import BANK
from flows.scoring.accuracy_dial import turn_dial
from flows.scoring.evidence import Evidence
from flows.scoring.heard import Heard
from flows.scoring.otherwise import list_others
from flows.scoring.project_score import draw_project, score_project
from tests.flows.scoring.heard import heard

GOAL = "reduce support cost by 10% by June 2027"
_OPTIONS = {
    name: BANK.by_id[name].values or ("yes", "no")
    for name in ("current_way", "error_consequence", "error_reaches_person", "label_source", "method_exists",
                 "data_access", "live_data", "experience", "train_compute")
}  # fmt: skip
_NUMBERS = {
    "cases_per_month": 1e6, "minutes_per_case": 120.0, "accuracy_needed": 100.0, "teams": 12.0, "largest_group": 100.0,
    "examples_needed": 1e6, "examples_have": 1e6, "label_seconds": 600.0, "labellers_per_example": 5.0,
    "experiments": 200.0, "experiment_hours": 100.0, "features_count": 500.0, "easy_share": 100.0, "miss_cost": 1e4,
    "label_price": 20.0, "budget": 1e6, "rules_exceptions": 1e3, "rules_hours": 500.0,
}  # fmt: skip


@st.composite
def projects(draw: st.DrawFn) -> Heard:
    chosen = {name: draw(st.sampled_from(values)) for name, values in _OPTIONS.items() if draw(st.booleans())}
    counted: dict[str, Any] = {
        name: draw(st.floats(0.5, most, allow_nan=False)) for name, most in _NUMBERS.items() if draw(st.booleans())
    }
    level = draw(st.sampled_from(Evidence))
    return heard(*draw(st.sampled_from([(), (GOAL,)])), evidence=level, currency="EUR", **chosen, **counted)


@given(projects())
@settings(max_examples=60, deadline=None)
def test_every_number_is_on_its_scale_and_in_order(project: Heard) -> None:
    score = score_project(project)
    for scale in (score.impact, score.cost):
        assert 0 <= scale.p10 <= scale.p50 <= scale.p90 <= 100
    assert 0 < score.person_weeks.p10 <= score.person_weeks.p50 <= score.person_weeks.p90
    assert score == score_project(project)


@given(
    projects(),
    st.sampled_from(["cases_per_month", "minutes_per_case", "easy_share", "rules_exceptions", "rules_hours"]),
    st.floats(1, 50),
    st.floats(1, 20),
)
@settings(max_examples=60, deadline=None)
def test_more_benefit_never_lowers_impact(project: Heard, name: str, amount: float, times: float) -> None:
    less, more = (_answered(project, name, number) for number in (amount, amount * times))
    assert (draw_project(more).impact >= draw_project(less).impact - 1e-9).all()


@given(projects(), st.floats(1, 60), st.floats(1, 20))
@settings(max_examples=30, deadline=None)
def test_a_larger_goal_never_lowers_impact(project: Heard, percent: float, times: float) -> None:
    less, more = (
        replace(project, stakes=heard(f"reduce support cost by {number:.0f}%").stakes)
        for number in (percent, percent * times)
    )
    assert score_project(more).impact.p50 >= score_project(less).impact.p50 - 1e-9


@given(projects(), st.floats(0, 100), st.floats(0, 100))
@settings(max_examples=60, deadline=None)
def test_a_looser_target_never_raises_cost(project: Heard, one: float, other: float) -> None:
    loose, strict = sorted((one, other))
    by_target = [draw_project(_answered(project, "accuracy_target", wanted)).person_weeks for wanted in (loose, strict)]
    assert (by_target[0] <= by_target[1] + 1e-9).all()
    assert turn_dial(project, loose).person_weeks.p50 <= turn_dial(project, strict).person_weeks.p50 + 1e-9


@given(projects(), st.sampled_from([*_OPTIONS, *_NUMBERS]), st.sampled_from(list(Evidence)[:-1]))
@settings(max_examples=100, deadline=None)
def test_weaker_evidence_never_narrows_a_range(project: Heard, name: str, level: Evidence) -> None:
    if name not in project.answers:
        return
    weaker = list(Evidence)[list(Evidence).index(level) + 1]
    narrow, wide = (
        replace(project, answers={**project.answers, name: replace(project.answers[name], evidence=one)})
        for one in (level, weaker)
    )
    for before, after in zip(_parts(narrow), _parts(wide), strict=True):
        assert after >= before * 0.97 - 0.02


@given(projects(), st.sampled_from([*_OPTIONS]))
@settings(max_examples=30, deadline=None)
def test_any_other_answer_can_be_scored(project: Heard, name: str) -> None:
    for answer in list_others(BANK.by_id[name], project):
        assert score_project(project.with_answer(answer)).cost.p50 >= 0


def _parts(project: Heard) -> list[float]:
    score = score_project(project)
    return [one.width for one in (*score.impact.contributions, *score.cost.contributions)]


def _answered(project: Heard, name: str, number: float) -> Heard:
    return replace(
        project, answers={**project.answers, **heard(currency="EUR", **dict[str, Any]({name: number})).answers}
    )
