import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.influence import GRAPH, Edge, Horizon, InfluenceGraph, Sign, Strength
from flows.leverage import DRAWS, leverage_of
from tests.flows.assumptions import factor, graph_of, link


def test_a_chain_carries_the_product_of_its_strengths_with_their_signs() -> None:
    graph = graph_of((factor("pull"),), link("pull", "a", 0.5), link("a", "b", -0.4))
    leverage = leverage_of(graph)
    assert leverage.soon[leverage.places["a"], 0] == pytest.approx(0.5)
    assert leverage.soon[leverage.places["b"], 0] == pytest.approx(-0.2)


def test_several_chains_add_up() -> None:
    graph = graph_of((factor("pull"),), link("pull", "a", 0.5), link("a", "b", -0.4), link("pull", "b", 0.3))
    leverage = leverage_of(graph)
    assert leverage.soon[leverage.places["b"], 0] == pytest.approx(0.1)


def test_a_lever_that_is_a_metric_moves_by_its_own_move() -> None:
    leverage = leverage_of(graph_of((factor("pull"),), link("pull", "a", 0.5)))
    assert leverage.soon[leverage.places["pull"], 0] == 1.0
    assert leverage.reached == {"pull", "a"}


def test_what_comes_in_the_long_run_counts_only_there() -> None:
    long = link("pull", "a", -0.8, horizon=Horizon.LONG)
    leverage = leverage_of(graph_of((factor("pull"),), link("pull", "a", 0.5), long, link("a", "b", 1.0)))
    place = leverage.places["b"]
    assert leverage.soon[place, 0] == pytest.approx(0.5)
    assert leverage.lasting[place, 0] == pytest.approx(-0.3)


def test_what_only_comes_in_the_long_run_is_not_reached() -> None:
    assert "a" not in leverage_of(graph_of((factor("pull"),), link("pull", "a", 1.0, horizon=Horizon.LONG))).reached


def test_a_graph_without_levers_or_links() -> None:
    empty = leverage_of(InfluenceGraph((), (factor("a"),), ()))
    assert (empty.soon.shape, empty.drawn.shape, empty.reach.shape) == ((1, 0), (DRAWS, 1, 0), (0, 2))


def test_the_apps_own_graph_agrees_with_the_signs_of_its_shortest_chains() -> None:
    leverage = leverage_of(GRAPH)
    for column, lever in enumerate(leverage.levers):
        for edge in GRAPH.edges:
            if edge.source == lever.id and edge.horizon is Horizon.SHORT:
                assert leverage.soon[leverage.places[edge.target], column] * edge.sign > 0


def drawn(strength: Strength, **more: object) -> np.ndarray:
    edge = Edge("pull", "a", Sign.RAISES, "It does.", strength=strength)
    leverage = leverage_of(graph_of((factor("pull"),), edge, *more.values()))  # type: ignore[arg-type]
    return leverage.drawn[:, leverage.places["a"], 0]


def test_draws_have_the_shape_of_a_triangle() -> None:
    draws = drawn(Strength(0.1, 0.3, 0.6))
    assert draws.min() >= 0.1
    assert draws.max() <= 0.6
    assert draws.mean() == pytest.approx((0.1 + 0.3 + 0.6) / 3, abs=0.002)
    assert (draws < 0.3).mean() == pytest.approx(0.2 / 0.5, abs=0.01)


def test_a_strength_that_is_known_does_not_vary() -> None:
    assert set(drawn(Strength(0.3, 0.3, 0.3))) == {0.3}


def test_a_one_sided_range() -> None:
    assert drawn(Strength(0.3, 0.3, 0.6)).min() >= 0.3
    assert drawn(Strength(0.1, 0.6, 0.6)).max() <= 0.6


@given(st.permutations([link("pull", "a", 0.3, spread=0.5), link("pull", "b", 0.2), link("b", "c", 0.4, spread=0.2)]))
def test_the_order_of_links_changes_no_draw(edges: list[Edge]) -> None:
    here = leverage_of(graph_of((factor("pull"),), *edges))
    there = leverage_of(graph_of((factor("pull"),), *sorted(edges, key=lambda edge: (edge.source, edge.target))))
    assert np.array_equal(here.drawn, there.drawn)


def test_what_is_drawn_for_a_link_depends_on_that_link_alone() -> None:
    strength = Strength(0.1, 0.3, 0.6)
    assert np.array_equal(drawn(strength), drawn(strength, further=link("pull", "b", 0.4, spread=0.3)))


def test_two_links_are_drawn_apart() -> None:
    graph = graph_of((factor("pull"),), link("pull", "a", 0.3, spread=0.5), link("pull", "b", 0.3, spread=0.5))
    leverage = leverage_of(graph)
    one, other = leverage.drawn[:, leverage.places["a"], 0], leverage.drawn[:, leverage.places["b"], 0]
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.2
