"""Feasibility against brute force on small graphs, and what must not change the answer."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.demands import demands_of
from flows.feasibility import assess, attainable, solve
from flows.influence import InfluenceGraph
from flows.joint_goals import Joint
from flows.leverage import leverage_of
from flows.objectives import Mode, Objective, Unit
from flows.wishes import Stake
from tests.flows.assumptions import DOWN, STAY, UP, ask, factor, graph_of, link, stakes_of

# Against brute force

METRICS = "abcd"
strengths = st.sampled_from([-1.0, -0.5, -0.2, 0.0, 0.2, 0.5, 1.0])


@st.composite
def small_graphs(draw: st.DrawFn) -> InfluenceGraph:
    levers = factor("x", -10, 10), factor("y", -5, 10)
    pairs = [(source, target) for source in ("x", "y", "a") for target in METRICS if source != target]
    spread = draw(st.sampled_from([0.0, 0.5]))
    links = [(pair, draw(strengths)) for pair in pairs]
    return graph_of(levers, *(link(*pair, strength, spread=spread) for pair, strength in links if strength))


goals = st.builds(
    ask,
    st.sampled_from(METRICS),
    st.sampled_from([UP, DOWN, STAY]),
    st.none() | st.sampled_from([1.0, 2.0, 5.0, 12.0]),
)
goal_lists = st.lists(goals.filter(lambda goal: goal.direction is not STAY or goal.amount is None), max_size=5)


def changes(stake: Stake, graph: InfluenceGraph, moves: np.ndarray) -> np.ndarray:
    leverage = leverage_of(graph)
    changed: np.ndarray = moves @ leverage.soon[leverage.places[str(stake.objective.family)]]
    return changed


def share_at(stakes: tuple[Stake, ...], graph: InfluenceGraph, moves: np.ndarray) -> np.ndarray:
    """The share of all targets that is met at each of some moves; -1 where a guard gives way."""
    shares = np.ones(len(moves))
    for stake in stakes:
        change = changes(stake, graph, moves)
        for row in demands_of(stake.objective):
            slack = row.sign * change + row.room
            shares = np.minimum(shares, slack / row.wanted if row.wanted else np.where(slack < -1e-3, -1, shares))
    return shares


def grid(graph: InfluenceGraph) -> np.ndarray:
    axes = [np.linspace(lever.reach.down, lever.reach.up, 41) for lever in leverage_of(graph).levers]
    return np.array(list(product(*axes)))


def moves_of(joint: Joint, graph: InfluenceGraph) -> np.ndarray:
    moved = dict(joint.moves)
    return np.array([[moved.get(lever.id, 0.0) for lever in leverage_of(graph).levers]])


@given(small_graphs(), goal_lists)
@settings(max_examples=25, deadline=None)
def test_no_moves_do_better_than_the_share_and_its_own_moves_reach_it(
    graph: InfluenceGraph, wanted: list[Objective]
) -> None:
    found = assess(stakes_of(*wanted), graph)
    for joint in (found.everything, *found.sets):
        assert share_at(joint.stakes, graph, grid(graph)).max(initial=0) <= joint.share + 1e-3
        assert share_at(joint.stakes, graph, moves_of(joint, graph))[0] == pytest.approx(joint.share, abs=1e-2)


@given(small_graphs(), goal_lists)
@settings(max_examples=25, deadline=None)
def test_a_minimal_set_fails_and_each_smaller_one_can_be_met(graph: InfluenceGraph, wanted: list[Objective]) -> None:
    found = assess(stakes_of(*wanted), graph)
    for joint in found.sets:
        assert joint.share < 1
        for fewer in combinations(joint.stakes, len(joint.stakes) - 1):
            assert assess(fewer, graph).share == 1
    assert bool(found.sets) == (found.share < 1)


@given(small_graphs(), goal_lists)
@settings(max_examples=25, deadline=None)
def test_odds_and_shares_agree_where_nothing_varies(graph: InfluenceGraph, wanted: list[Objective]) -> None:
    firm = replace(
        graph,
        edges=tuple(
            replace(edge, strength=replace(edge.strength, low=edge.strength.likely, high=edge.strength.likely))
            for edge in graph.edges
        ),
    )
    found = assess(stakes_of(*wanted), firm)
    assert found.low == pytest.approx(found.share, abs=1e-3)
    assert found.high == pytest.approx(found.share, abs=1e-3)
    assert found.all_met == (found.share == 1)
    assert {joint.odds for joint in found.sets} <= {1.0}


@given(small_graphs(), goal_lists, st.data())
@settings(max_examples=25, deadline=None)
def test_a_solution_keeps_its_floors_and_no_moves_do_better(
    graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject
) -> None:
    stakes = stakes_of(*wanted)
    if not stakes:
        return
    leading = data.draw(st.sampled_from(stakes))
    floors = {one: data.draw(st.sampled_from([-2.0, 0.0, 1.0])) for one in stakes if one.objective.family != "a"}
    solution = solve(stakes, graph, targets=floors, leading=leading)
    points = grid(graph)
    if solution is None:
        return
    rows = {one: demands_of(one.objective) for one in stakes}
    fine = np.ones(len(points), dtype=bool)
    for one, change in solution.changes:
        if one == leading or one not in floors or change is None:
            continue
        floor = floors[one]
        lowest = [-max(1.0, abs(floor)) if len(rows[one]) > 1 else floor * row.sign for row in rows[one]]
        for row, least in zip(rows[one], lowest, strict=True):
            assert row.sign * change >= least - 1e-3
            fine &= row.sign * changes(one, graph, points) >= least
    sign = rows[leading][0].sign
    best = (sign * changes(leading, graph, points))[fine].max(initial=-np.inf)
    assert best <= sign * (dict(solution.changes)[leading] or 0.0) + 1e-3


@given(small_graphs(), goals)
@settings(max_examples=25, deadline=None)
def test_what_one_goal_attains_alone_is_what_it_gets_when_it_leads(graph: InfluenceGraph, goal: Objective) -> None:
    (stake,) = stakes_of(goal)
    solution = solve([stake], graph, targets={}, leading=stake)
    if solution is not None:
        assert dict(solution.changes)[stake] == pytest.approx(attainable(stake, graph), abs=1e-3)


# Properties


@given(small_graphs(), goal_lists.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
@settings(max_examples=20, deadline=None)
def test_neither_the_order_of_goals_nor_the_names_of_owners_change_anything(
    graph: InfluenceGraph, lists: tuple[list[Objective], list[Objective]]
) -> None:
    stakes, shuffled = ([Stake("U1", goal) for goal in some] for some in lists)
    assert assess(stakes, graph) == assess(shuffled, graph) == assess(stakes, graph)
    renamed = assess([Stake("U2", goal) for goal in lists[0]], graph)
    assert [[stake.objective for stake in joint.stakes] for joint in renamed.sets] == [
        [stake.objective for stake in joint.stakes] for joint in assess(stakes, graph).sets
    ]
    assert replace(renamed.everything, stakes=(), victims=(), rates=(), yielding=()) == replace(
        assess(stakes, graph).everything, stakes=(), victims=(), rates=(), yielding=()
    )


@given(small_graphs(), goal_lists, st.data())
@settings(max_examples=25, deadline=None)
def test_a_looser_goal_takes_nothing_away(graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject) -> None:
    numbered = [goal for goal in wanted if goal.amount]
    if not numbered:
        return
    goal = data.draw(st.sampled_from(numbered))
    looser = goal.model_copy(update={"amount": (goal.amount or 0) / 2})
    before, after = assess(stakes_of(*wanted), graph), assess(stakes_of(*wanted, looser), graph)
    assert after.share >= before.share - 1e-4
    assert after.low >= before.low - 1e-4
    assert after.all_met >= before.all_met


def level(family: str, amount: float, today: float) -> Objective:
    direction = UP if amount > today else DOWN
    return ask(family, direction, None, amount=amount, unit=Unit.COUNT, mode=Mode.LEVEL, baseline=today)


@given(small_graphs(), st.lists(st.tuples(st.sampled_from(METRICS), st.sampled_from([80, 95, 104, 110]))), st.data())
@settings(max_examples=20, deadline=None)
def test_the_scale_of_units_changes_nothing(
    graph: InfluenceGraph, levels: list[tuple[str, int]], data: st.DataObject
) -> None:
    scale = data.draw(st.sampled_from([0.25, 3.0, 1000.0]))
    plain = assess(stakes_of(*(level(family, amount, 100) for family, amount in levels)), graph)
    scaled = assess(stakes_of(*(level(family, amount * scale, 100 * scale) for family, amount in levels)), graph)
    assert scaled.share == pytest.approx(plain.share, abs=2e-4)
    assert scaled.all_met == pytest.approx(plain.all_met, abs=0.01)
    assert len(scaled.sets) == len(plain.sets)
