"""The order of the backlog, how sure it is, and what fits; against oracles and by property (K1)."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, product
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm.methods import WSM
from scipy import stats

from flows.portfolio import quarter
from flows.portfolio.candidates import SAMPLES, Candidate, make_candidate
from flows.portfolio.quarter import WEEKS, LeftOut, choose
from flows.portfolio.ranking import find_flip, rank, rank_by, sample_places
from flows.portfolio.weights import EQUAL, Order, draw_weights, find_disagreements, weigh
from flows.scoring.draws import Spread
from flows.scoring.heard import hear
from flows.scoring.project_score import CRITERIA, draw_project, score_project
from tests.flows.scoring.heard import BY_HAND, heard
from tests.flows.ten_kickoffs import GATED, kickoff_of, names

EFFORT_FIRST = tuple(reversed(CRITERIA))


def certain(key: str, *places: float, needs: Mapping[str, float] | None = None, gate: str = "") -> Candidate:
    """A project of which everything is known."""
    middle = np.array(places)
    impact = float(middle[:4].mean())
    spread, cost = Spread(impact, impact, impact), Spread(*(100 - places[4],) * 3)
    return Candidate(key, key, spread, cost, middle, np.tile(middle, (SAMPLES, 1)), needs or {}, gate)


def portfolio(seed: int) -> list[Candidate]:
    generator = np.random.default_rng(seed)
    return [certain(f"p{number:02}", *generator.uniform(0, 100, 5)) for number in range(generator.integers(2, 9))]


def _as_it_is(column: Any, cost: object = None) -> Any:
    """Our scales are fixed; nothing is normalised against the other projects."""
    return column


@pytest.mark.parametrize("seed", range(50))
def test_weighted_sums_are_those_of_pymcdm(seed: int) -> None:
    projects = portfolio(seed)
    order = Order("U1", tuple(np.random.default_rng(seed).permutation(CRITERIA)))
    matrix = np.array([one.middle for one in projects])
    for weights in (EQUAL, weigh(order)):
        oracle = WSM(normalization_function=_as_it_is)(matrix, weights, np.ones(5))
        expected = [projects[place].key for place in np.argsort(-oracle, kind="stable")]
        assert [one.key for one in rank_by(projects, weights)] == expected
    assert [one.candidate.key for one in rank(projects)] == [one.key for one in rank_by(projects, EQUAL)]


@pytest.mark.parametrize("seed", range(50))
def test_how_often_each_takes_each_place_is_counted_as_by_scipy(seed: int) -> None:
    projects = portfolio(seed)
    matrix = np.array([one.middle for one in projects])
    oracle = stats.rankdata(-(draw_weights(SAMPLES) @ matrix.T), axis=1)
    assert (sample_places(projects) == oracle).all()
    for one in rank(projects):
        place = next(at for at, other in enumerate(projects) if other.key == one.candidate.key)
        assert one.first == pytest.approx((oracle[:, place] == 1).mean())
        assert one.best <= np.median(oracle[:, place]) <= one.worst


def test_the_weights_of_an_order_are_the_published_ones() -> None:
    assert weigh(Order("U1", CRITERIA)) == pytest.approx([0.457, 0.257, 0.157, 0.09, 0.04], abs=5e-4)
    some = weigh(Order("U1", ("effort",)))
    assert some[4] == pytest.approx(0.457, abs=5e-4)
    assert len(set(np.round(some[:4], 9))) == 1
    assert weigh(Order("U1", ())) == pytest.approx(EQUAL)


@given(st.permutations(CRITERIA), st.integers(0, 5))
def test_weights_are_one_in_all_and_keep_the_order(criteria: list[str], named: int) -> None:
    weights = weigh(Order("U1", tuple(criteria[:named])))
    assert weights.sum() == pytest.approx(1)
    inside = [weights[CRITERIA.index(name)] for name in criteria[:named]]
    assert inside == sorted(inside, reverse=True)


def test_drawn_weights_are_uniform_and_always_the_same() -> None:
    weights = draw_weights(SAMPLES)
    assert weights.sum(axis=1) == pytest.approx(np.ones(SAMPLES))
    assert (weights == draw_weights(SAMPLES)).all()
    for column in weights.T:  # each weight alone is Beta(1, 4)
        assert stats.kstest(column, stats.beta(1, 4).cdf).pvalue > 0.01


def test_where_decision_makers_disagree() -> None:
    orders = [Order("UP", CRITERIA), Order("UF", EFFORT_FIRST), Order("UX", ("effort",))]
    found = find_disagreements(orders)
    assert [(one.criterion, one.gap) for one in found[:2]] == [("complexity", 4), ("effort", 4)]
    assert (found[1].most, found[1].least, found[1].place, found[1].other_place) == ("UF", "UP", 1, 5)
    assert find_disagreements(orders[:1]) == ()
    assert find_disagreements([Order("UA", CRITERIA), Order("UB", CRITERIA)]) == ()


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_project_that_comes_or_goes_turns_no_two_others_round(seed: int) -> None:
    projects = [*portfolio(seed), certain("new", *np.random.default_rng(seed + 1).uniform(0, 100, 5))]
    before = [one.candidate.key for one in rank(projects[:-1])]
    values = {one.candidate.key: one.value for one in rank(projects[:-1])}
    after = rank(projects)
    assert [one.candidate.key for one in after if one.candidate.key != "new"] == before
    assert all(one.value == values[one.candidate.key] for one in after if one.candidate.key != "new")


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_flip_is_where_two_are_even_and_no_smaller_exchange_is(seed: int) -> None:
    for one, other in combinations(rank(portfolio(seed)), 2):
        flip = find_flip(one.candidate, other.candidate)
        lead = one.candidate.middle - other.candidate.middle
        exchanges = [
            (EQUAL @ lead) / (lead[less] - lead[more])
            for less, more in product(range(5), repeat=2)
            if lead[less] > lead[more]
        ]
        possible = [moved for moved in exchanges if moved <= EQUAL[0]]
        if flip is None:
            assert not possible or lead.min() >= 0
            continue
        weights = EQUAL.copy()
        weights[CRITERIA.index(flip.less)] -= flip.moved
        weights[CRITERIA.index(flip.more)] += flip.moved
        assert weights @ lead == pytest.approx(0, abs=1e-9)
        assert flip.moved == pytest.approx(min(possible))
        assert flip.before == EQUAL[0]


def test_who_leads_in_everything_is_never_turned_round() -> None:
    assert find_flip(certain("a", 9, 9, 9, 9, 9), certain("b", 1, 2, 3, 4, 5)) is None
    assert find_flip(certain("a", 9, 9, 9, 9, 9), certain("b", 9, 9, 9, 9, 9)) is None
    assert find_flip(certain("a", 100, 100, 100, 100, 0), certain("b", 99, 0, 0, 0, 1)) is None


def test_an_empty_backlog_and_one_behind_a_gate() -> None:
    assert rank([]) == ()
    assert rank([certain("a", 1, 2, 3, 4, 5, gate="no goal")]) == ()
    (alone,) = rank([certain("a", 1, 2, 3, 4, 5)])
    assert (alone.rank, alone.first, alone.best, alone.worst, alone.before_next, alone.flip) == (1, 1, 1, 1, None, None)


def test_the_ten_kickoffs_make_a_backlog() -> None:
    candidates = [make_candidate(name, name, hear(kickoff_of(name))) for name in names()]
    ranked = rank(candidates)
    assert [one.candidate.key for one in ranked][-1] == "ask_me_anything"
    assert {one.key for one in candidates if one.gate} == set(GATED)
    assert sum(one.first for one in ranked) == pytest.approx(1)
    ahead = next(one for one in ranked if one.candidate.key == "ticket_routing")
    score = score_project(hear(kickoff_of("ticket_routing")))
    assert (ahead.candidate.impact.p50, ahead.candidate.cost.p90) == (score.impact.p50, score.cost.p90)
    assert ahead.candidate.middle == pytest.approx(
        draw_project(hear(kickoff_of("ticket_routing"))).criteria.mean(axis=0)
    )


def test_equal_answers_score_equally_and_are_drawn_apart() -> None:
    one, other = (make_candidate(key, key, hear(kickoff_of("churn_alert"))) for key in ("a", "b"))
    assert (one.impact, one.cost) == (other.impact, other.cost)
    ranked = rank([one, other])
    assert ranked[0].before_next == pytest.approx(0.5, abs=0.06)


JOBS = ("ml_engineer", "data_engineer")


@st.composite
def backlogs(draw: st.DrawFn) -> tuple[list[Candidate], dict[str, float]]:
    worths = draw(st.lists(st.integers(0, 100), min_size=0, max_size=6))
    projects = [
        certain(
            f"p{place}",
            *(float(worth),) * 5,
            needs={job: float(draw(st.integers(0, 30))) for job in JOBS},
            gate=draw(st.sampled_from(["", "", "no goal"])),
        )
        for place, worth in enumerate(worths)
    ]
    return projects, {job: float(draw(st.integers(0, 60))) for job in JOBS if draw(st.booleans())}


@given(backlogs())
@settings(max_examples=80, deadline=None)
def test_what_fits_is_the_best_of_all_that_fits(backlog: tuple[list[Candidate], dict[str, float]]) -> None:
    projects, weeks = backlog
    choice = choose(projects, weeks)
    taken = [one for one in projects if one.key in choice.taken]
    assert _fits(taken, weeks)
    assert not any(one.gate for one in taken)
    open_ones = [one for one in projects if not one.gate]
    best = max(
        sum(one.impact.p50 for one in some)
        for count in range(len(open_ones) + 1)
        for some in combinations(open_ones, count)
        if _fits(some, weeks)
    )
    assert sum(one.impact.p50 for one in taken) == pytest.approx(best)
    assert {one.key for one in choice.left_out} == {one.key for one in projects} - set(choice.taken)
    for left in choice.left_out:
        assert left.gate or (left.job in weeks and left.needed > 0) or left.needed == 0
        if not left.gate and _worth(left, projects) > 0.01:
            assert left.missing > 0


def _worth(left: LeftOut, projects: list[Candidate]) -> float:
    return next(one.impact.p50 for one in projects if one.key == left.key)


def _fits(some: Any, weeks: Mapping[str, float]) -> bool:
    return all(sum(one.needs[job] for one in some) <= limit + 1e-6 for job, limit in weeks.items())


def test_what_is_left_out_says_which_job_is_short() -> None:
    small = certain("small", *(60.0,) * 5, needs={"ml_engineer": 20, "labeller": 3})
    large = certain("large", *(50.0,) * 5, needs={"ml_engineer": 15})
    huge = certain("huge", *(90.0,) * 5, needs={"ml_engineer": 200})
    choice = choose([huge, small, large], {"ml_engineer": 2.0 * WEEKS})
    assert choice.taken == ("small",)
    by_key = {one.key: one for one in choice.left_out}
    assert (by_key["large"].missing, by_key["large"].is_too_large) == (9, False)
    assert by_key["huge"].is_too_large
    assert choice.used == {"ml_engineer": 20}
    assert choice.unlimited == ("labeller",)
    assert choose([replace(small, gate="no goal")], {}).left_out[0].gate == "no goal"
    worthless = certain("worthless", *(0.0,) * 5, needs={"ml_engineer": 0, "data_engineer": 9})
    assert choose([worthless], {"ml_engineer": 5.0}).taken == ("worthless",)
    both = choose([worthless, small], {"ml_engineer": 26.0, "data_engineer": 5.0})
    assert both.taken == ("small",)
    assert both.left_out[0].job == "data_engineer"


@pytest.mark.parametrize("x", [None, np.array([0.0, 1.0, 0.0])])
def test_where_the_solver_runs_out_of_time_what_fits_beside_is_taken(
    x: npt.NDArray[np.float64] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarter, "milp", lambda *_, **__: SimpleNamespace(x=x))
    best, second = (certain(name, *(worth,) * 5, needs={"ml_engineer": 8.0}) for name, worth in (("a", 9), ("b", 5)))
    small = certain("c", *(0.0,) * 5, needs={"ml_engineer": 2.0})
    choice = choose([best, second, small], {"ml_engineer": 10.0})
    assert choice.taken == (("a", "c") if x is None else ("b", "c"))
    assert choice.used == {"ml_engineer": 10.0}
    assert [one.missing for one in choice.left_out] == [8.0]


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_whatever_is_left_out_of_hundreds_is_short_of_somebody(seed: int) -> None:
    generator = np.random.default_rng(seed)
    worth = generator.choice([0.0, 0.01, 50.0, 90.0], 200)
    many = [
        certain(f"{place:03}", *(worth[place],) * 5, needs={"ml_engineer": float(generator.integers(0, 9))})
        for place in range(200)
    ]
    choice = choose(many, {"ml_engineer": float(generator.integers(0, 900))})
    assert all(one.missing > 0 for one in choice.left_out)


def test_machine_weeks_that_would_give_a_kept_answer_away_are_marked() -> None:
    answers: dict[str, Any] = {**BY_HAND, "experiments": 12, "experiment_hours": 28}
    for kept, marked in (("", False), ("cases_per_month", False), ("experiments", True), ("experiment_hours", True)):
        made = make_candidate("1", "one", heard("reduce support cost by 10%", kept=kept, **answers))
        assert made.needs["machine"] == 2
        assert ("machine" in made.kept) is marked
