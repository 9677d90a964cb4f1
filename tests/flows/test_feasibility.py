from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from flows.demands import demands_of
from flows.feasibility import Feasibility, assess, attainable, solve
from flows.influence import GRAPH, Horizon, InfluenceGraph
from flows.joint_goals import Joint, Rate
from flows.leverage import leverage_of
from flows.objectives import Bound, Objective
from flows.programmes import STRENGTH
from flows.wishes import Stake
from tests.flows.assumptions import DOWN, STAY, UP, ask, factor, graph_of, link, stakes_of

# One lever that helps one metric and hurts the other, and one that only helps: worked out by hand in each test.

PULL, PUSH = factor("pull", -10, 10), factor("push", -10, 10)
TRADE = graph_of((PULL,), link("pull", "sales", 1.0), link("pull", "bill", 0.5))
SALES, BILL = ask("sales", UP, 8), ask("bill", DOWN, 4)


def only(found: Feasibility) -> Joint:
    (joint,) = found.sets
    return joint


def test_one_lever_cannot_serve_two_masters() -> None:
    found = assess(stakes_of(SALES, BILL), TRADE)
    assert (found.share, found.low, found.high, found.all_met) == (0, 0, 0, 0)
    assert {stake.objective.family for stake in only(found).stakes} == {"sales", "bill"}
    assert only(found).odds == 1


def test_a_second_lever_helps_in_part() -> None:
    """Sales need 8 = pull. The bill falls by push - pull / 2 and needs 4, so push would have to be 8; 6 is the most.

    With share t: pull = 8 t, push = 6, and 6 - 4 t = 4 t give t = 3/4.
    """
    graph = graph_of((PULL, factor("push", -10, 6)), *TRADE.edges, link("push", "bill", -1.0))
    found = assess(stakes_of(SALES, BILL), graph)
    assert found.share == pytest.approx(0.75)
    assert dict(found.everything.moves) == pytest.approx({"pull": 6, "push": 6})


def test_the_exchange_rate_is_what_the_lever_makes_of_it() -> None:
    graph = graph_of((PULL, factor("push", -10, 6)), *TRADE.edges, link("push", "bill", -1.0))
    sales, bill = stakes_of(SALES, BILL)
    rates = {(rate.gains, rate.gives): rate.percent for rate in only(assess([sales, bill], graph)).rates}
    assert rates == {(sales, bill): pytest.approx(0.5), (bill, sales): pytest.approx(2.0)}


def test_what_is_left_for_a_goal_that_gives_way() -> None:
    """With the bill at -4, pull can be 4; with sales at 8, the bill falls by 6 - 4 = 2."""
    graph = graph_of((PULL, factor("push", -10, 6)), *TRADE.edges, link("push", "bill", -1.0))
    sales, bill = stakes_of(SALES, BILL)
    left = {one.stake: one.left for one in only(assess([sales, bill], graph)).yielding}
    assert left == {sales: pytest.approx(4), bill: pytest.approx(-2)}


def test_a_target_that_no_lever_reaches_alone() -> None:
    found = assess(stakes_of(ask("sales", UP, 40), BILL), TRADE)
    assert [len(joint.stakes) for joint in found.sets] == [1]
    assert found.sets[0].share == pytest.approx(0.25)


def test_three_goals_collide_though_each_pair_can_be_met() -> None:
    """Each lever raises two of three metrics and lowers the third by as much as it raises both."""
    levers = factor("x", 0, 10), factor("y", 0, 10), factor("z", 0, 10)
    links = [
        link(lever, metric, -2.0 if lever_place == metric_place else 1.0)
        for lever_place, lever in enumerate("xyz")
        for metric_place, metric in enumerate("abc")
    ]
    found = assess(stakes_of(ask("a", UP, 3), ask("b", UP, 3), ask("c", UP, 3)), graph_of(levers, *links))
    assert [len(joint.stakes) for joint in found.sets] == [3]
    assert found.share == 0


def test_a_goal_without_number_is_a_guard() -> None:
    found = assess(stakes_of(SALES, ask("bill", DOWN)), TRADE)
    assert len(only(found).stakes) == 2
    assert found.share == 0


def test_what_should_stay_may_move_by_one_percent() -> None:
    assert assess(stakes_of(ask("sales", UP, 2), ask("bill", STAY)), TRADE).sets == ()
    found = assess(stakes_of(ask("sales", UP, 4), ask("bill", STAY)), TRADE)
    assert found.share == pytest.approx(0.5)
    assert dict(found.everything.moves) == pytest.approx({"pull": 2})


def test_guards_alone_are_kept_by_doing_nothing() -> None:
    found = assess(stakes_of(ask("sales", UP), ask("bill", STAY)), TRADE)
    assert (found.share, found.all_met, found.sets, found.everything.moves) == (1, 1, (), ())


def test_a_goal_that_no_lever_moves_stays_outside() -> None:
    sales, other = stakes_of(SALES, ask("weather", UP, 5))
    nameless = Stake("U9", Objective.model_validate({"metric": "sparkle", "direction": UP}))
    found = assess([sales, other, nameless], TRADE)
    assert set(found.outside) == {other, nameless}
    assert found.everything.stakes == (sales,)
    assert (found.share, found.sets) == (1, ())


def test_no_goals_at_all() -> None:
    found = assess([], TRADE)
    assert (found.share, found.all_met, found.sets, found.everything.stakes) == (1, 1, (), ())


def test_a_graph_without_levers_leaves_everything_outside() -> None:
    found = assess(stakes_of(SALES), InfluenceGraph((), (factor("sales"),), ()))
    assert (len(found.outside), found.share) == (1, 1)


def test_chains_that_cancel_out_reach_nothing() -> None:
    graph = graph_of((PULL,), link("pull", "a", 0.5), link("a", "sales", 1.0), link("pull", "sales", -0.5))
    sales = Stake("U1", SALES)
    found = assess([sales], graph)
    assert (found.share, only(found).stakes, only(found).yielding[0].left) == (0, (sales,), 0)
    (other,) = stakes_of(ask("a", UP, 3))
    assert solve([sales, other], graph, targets={sales: 1.0}, leading=other) is None


# Who else pays

HURTFUL = graph_of(
    (PULL, PUSH),
    link("pull", "sales", 1.0),
    link("pull", "bill", 0.5),
    link("pull", "calm", -0.3),
    link("pull", "satisfaction", -0.2),
    link("pull", "retention", -0.4, horizon=Horizon.LONG),
    link("push", "privacy", -1.0),
)


def test_a_hidden_victim_is_a_goal_that_has_to_suffer() -> None:
    sales, bill, calm, free = stakes_of(ask("sales", UP, 40), BILL, ask("calm", UP), ask("privacy", UP))
    found = assess([sales, bill, calm, free], HURTFUL)
    alone = next(joint for joint in found.sets if joint.stakes == (sales,))
    assert {harm.stake: harm.change for harm in alone.victims} == {
        bill: pytest.approx(5),
        calm: pytest.approx(-3),
    }


def test_a_metric_without_a_goal_can_suffer_soon_or_in_the_long_run() -> None:
    (joint,) = assess(stakes_of(ask("sales", UP, 40)), HURTFUL).sets
    assert {(one.factor, one.horizon): one.change for one in joint.unguarded} == {
        ("satisfaction", Horizon.SHORT): pytest.approx(-2),
        ("satisfaction", Horizon.LONG): pytest.approx(-2),
        ("retention", Horizon.LONG): pytest.approx(-4),
    }
    assert assess(stakes_of(ask("sales", UP, 40)), HURTFUL, watched={}).everything.unguarded == ()


def test_a_metric_with_a_goal_is_guarded() -> None:
    found = assess(stakes_of(ask("sales", UP, 8), ask("satisfaction", DOWN)), HURTFUL)
    assert "satisfaction" not in {one.factor for one in found.everything.unguarded}


def test_what_suffers_by_choice_is_no_victim() -> None:
    """Two levers raise sales; only one of them hurts, so nothing has to."""
    graph = graph_of((PULL, PUSH), link("pull", "sales", 1.0), link("pull", "calm", -1.0), link("push", "sales", 0.9))
    sales, calm = stakes_of(ask("sales", UP, 8), ask("calm", UP))
    assert assess([sales, calm], graph).sets == ()
    far = replace(sales, objective=ask("sales", UP, 40))
    alone = next(joint for joint in assess([far, calm], graph).sets if joint.stakes == (far,))
    assert [harm.change for harm in alone.victims] == [pytest.approx(-10)]


def test_a_suspect_is_cleared_when_another_way_leaves_it_alone() -> None:
    """The calmest way pulls the lever that hurts; a longer pull of the other one spares the bystander."""
    graph = graph_of(
        (PULL, PUSH),
        link("pull", "sales", 1.0),
        link("pull", "satisfaction", -1.0),
        link("push", "sales", 0.9),
    )
    found = assess(stakes_of(SALES), graph)
    assert dict(found.everything.moves) == pytest.approx({"pull": 8})
    assert found.everything.unguarded == ()


def test_a_limit_leaves_the_room_up_to_it() -> None:
    """The bill may rise by 2 %, so pull goes up to 4."""
    limit = ask("bill", STAY, None, bound=Bound.AT_MOST, baseline=100)
    assert assess(stakes_of(ask("sales", UP, 4), limit), TRADE).share == 0
    roomy = Objective.model_validate(
        {"metric": "bill", "family": "bill", "direction": "at_most", "amount": 102, "unit": "count", "mode": "level",
         "baseline": 100}
    )  # fmt: skip
    assert assess(stakes_of(ask("sales", UP, 4), roomy), TRADE).share == 1
    assert assess(stakes_of(ask("sales", UP, 8), roomy), TRADE).share == pytest.approx(0.5)


def test_the_share_is_what_scipy_finds() -> None:
    from scipy.optimize import linprog

    stakes = stakes_of(ask("time_on_platform", UP, 15), ask("ad_revenue", UP, 20), ask("cloud_bill", DOWN, 10))
    leverage = leverage_of(GRAPH)
    reach = leverage.reach
    rows = []
    for stake in stakes:
        for row in demands_of(stake.objective):
            effects = row.sign * leverage.soon[leverage.places[str(stake.objective.family)]]
            rows.append([*-effects, *effects, row.wanted])
    strength = [1 / far if far else 0.0 for far in (*reach[:, 1], *-reach[:, 0])]
    bounds = [(0.0, far) for far in (*reach[:, 1], *-reach[:, 0])]
    cost = np.append(np.zeros(2 * len(reach)), -1)
    result = linprog(cost, A_ub=np.array([*rows, [*strength, 0.0]]), b_ub=[0, 0, 0, STRENGTH], bounds=[*bounds, (0, 1)])
    assert result.x is not None
    assert assess(stakes).share == pytest.approx(result.x[-1], abs=1e-4)


def test_one_project_cannot_pull_every_lever() -> None:
    """Four metrics, each moved by a lever of its own: with the strength for two levers, half of all can be had."""
    levers = tuple(factor(name, -10, 10) for name in "wxyz")
    links = [link(lever.id, f"of {lever.id}", 1.0) for lever in levers]
    found = assess(stakes_of(*(ask(f"of {lever.id}", UP, 10) for lever in levers)), graph_of(levers, *links))
    assert found.share == pytest.approx(STRENGTH / 4)
    assert {len(joint.stakes) for joint in found.sets} == {3}


# Exchange rates

SEVERAL = [
    ask("time_on_platform", UP, 4),
    ask("ad_revenue", UP, 8),
    ask("cloud_bill", DOWN, 9),
    ask("accuracy", UP, 9),
    ask("latency", DOWN, 9),
    ask("privacy", UP, 3),
    ask("label_cost", DOWN, 6),
    ask("recall", UP, 6),
    ask("review_load", DOWN, 9),
]


def rates_of(joint: Joint) -> Iterator[Rate]:
    yield from joint.rates


def test_exchange_rates_are_finite_differences() -> None:
    """From the point where all of the set get the same share, one goal gets a little more, and another is solved for.

    Whoever gains and whoever gives, what the second loses for each percent of the first is the rate.
    """
    sets = [joint for joint in assess(stakes_of(*SEVERAL)).sets if len(joint.stakes) > 1]
    assert any(len(joint.stakes) > 2 for joint in sets)
    for joint in sets:
        asked = {
            stake: (demands_of(stake.objective)[0].wanted, demands_of(stake.objective)[0].sign)
            for stake in joint.stakes
        }
        point = {stake: wanted * joint.share * sign for stake, (wanted, sign) in asked.items()}
        for rate in joint.rates:
            step = 0.1
            best = []
            for further in (0.0, step):
                floors = point | {rate.gains: point[rate.gains] + further * asked[rate.gains][1]}
                solution = solve(joint.stakes, targets=floors, leading=rate.gives)
                assert solution is not None
                best.append(dict(solution.changes)[rate.gives])
            lost = (best[0] - best[1]) * asked[rate.gives][1]  # type: ignore[operator]
            # Changes are rounded to four digits, so a difference of two is off by as much.
            assert lost == pytest.approx(rate.percent * step, rel=0.05, abs=1.5e-4)


# One goal leads


def test_the_leading_goal_gets_the_most_while_the_others_keep_their_floors() -> None:
    sales, bill = stakes_of(SALES, BILL)
    solution = solve([sales, bill], TRADE, targets={bill: 2.0, sales: 99.0}, leading=sales)
    assert solution is not None
    assert dict(solution.moves) == pytest.approx({"pull": 4})
    assert dict(solution.changes) == {sales: pytest.approx(4), bill: pytest.approx(2)}
    assert dict(solution.multipliers) == {bill: pytest.approx(2)}


def test_without_floors_the_leading_goal_goes_as_far_as_levers_reach() -> None:
    sales, bill, odd = stakes_of(SALES, BILL, ask("weather", UP, 5))
    solution = solve([sales, bill, odd], TRADE, targets={odd: 5.0}, leading=sales)
    assert solution is not None
    assert dict(solution.changes) == {sales: pytest.approx(10), bill: pytest.approx(5), odd: None}
    assert solution.multipliers == ()
    assert attainable(sales, TRADE) == 10


def test_floors_that_exclude_each_other_have_no_solution() -> None:
    sales, bill, again = stakes_of(SALES, BILL, ask("sales", UP, 1))
    assert solve([sales, bill, again], TRADE, targets={bill: -4.0, again: 2.0}, leading=sales) is None


def test_what_should_stay_may_move_by_its_floor_and_by_one_percent_at_least() -> None:
    sales, still = stakes_of(SALES, ask("bill", STAY))
    for floor, most in ((0.0, 2), (1.0, 2), (-3.0, 6)):
        solution = solve([sales, still], TRADE, targets={still: floor}, leading=sales)
        assert solution is not None
        assert dict(solution.changes)[sales] == pytest.approx(most)


def test_nothing_leads_that_should_stay_or_that_no_lever_moves() -> None:
    sales, still, odd = stakes_of(SALES, ask("bill", STAY), ask("weather", UP))
    assert solve([sales, still, odd], TRADE, targets={}, leading=still) is None
    assert solve([sales, still, odd], TRADE, targets={}, leading=odd) is None
    assert (attainable(still, TRADE), attainable(odd, TRADE)) == (0, None)
