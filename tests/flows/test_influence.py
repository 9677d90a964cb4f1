import re

import pytest

from flows.influence import GRAPH, Edge, Factor, Horizon, InfluenceGraph, Sign
from flows.metric_names import BEYOND, KINDS, LOWER_IS_BETTER

METRICS = {
    "time_on_platform",
    "ad_revenue",
    "cloud_bill",
    "traffic",
    "retention",
    "churn",
    "ad_load",
    "revenue",
    "conversion",
    "accuracy",
    "precision",
    "recall",
    "latency",
    "training_cost",
    "serving_cost",
    "label_cost",
    "review_load",
    "support_cost",
    "operating_cost",
    "error_cost",
    "satisfaction",
    "fairness_gap",
    "privacy",
    "reliability",
    "throughput",
    "growth",
    "visits",
    "unsubscribes",
    "time_to_market",
    "fraud_loss",
    "energy",
}
LEVERS = {
    "ad_load",
    "recommendation_relevance",
    "notification_volume",
    "model_size",
    "decision_threshold",
    "label_volume",
    "retraining_frequency",
    "personal_data_use",
    "fairness_constraint",
    "human_in_the_loop",
    "automation_rate",
    "scope",
}


def small_graph(*edges: Edge) -> InfluenceGraph:
    ids = {end for edge in edges for end in (edge.source, edge.target)}
    return InfluenceGraph((), tuple(Factor(one, one, f"more {one}", f"less {one}") for one in sorted(ids)), edges)


def up(source: str, target: str, horizon: Horizon = Horizon.SHORT) -> Edge:
    return Edge(source, target, Sign.RAISES, "It does.", horizon)


def down(source: str, target: str, horizon: Horizon = Horizon.SHORT) -> Edge:
    return Edge(source, target, Sign.LOWERS, "It does.", horizon)


def test_the_graph_has_the_agreed_metrics_and_levers() -> None:
    assert GRAPH.metric_ids >= METRICS
    assert {lever.id for lever in GRAPH.levers} >= LEVERS


def test_no_factor_is_listed_twice() -> None:
    for factors in (GRAPH.metrics, GRAPH.levers):
        assert len({factor.id for factor in factors}) == len(factors)
    assert {factor.id for factor in GRAPH.metrics} & {factor.id for factor in GRAPH.levers} == {"ad_load"}


def test_every_edge_joins_two_known_factors() -> None:
    known = set(GRAPH.factors)
    assert [edge for edge in GRAPH.edges if not {edge.source, edge.target} <= known] == []
    assert [edge for edge in GRAPH.edges if edge.source == edge.target] == []


def test_no_edge_is_there_twice() -> None:
    keys = [(edge.source, edge.target, edge.horizon) for edge in GRAPH.edges]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("factor", GRAPH.factors.values(), ids=lambda factor: factor.id)
def test_every_factor_has_plain_words(factor: Factor) -> None:
    for words in (factor.name, factor.more, factor.less):
        assert re.fullmatch(r"[a-z][a-z ]+", words)
    assert factor.more != factor.less


def test_every_edge_says_why_in_one_sentence() -> None:
    assert [edge for edge in GRAPH.edges if not re.fullmatch(r"[A-Z][^.!?]+\.", edge.why)] == []


def test_every_strength_is_a_range_of_its_own() -> None:
    for edge in GRAPH.edges:
        assert 0 < edge.strength.low < edge.strength.likely <= edge.strength.high
    assert len({edge.strength for edge in GRAPH.edges}) > 40


def test_every_lever_can_be_moved_and_never_below_nothing() -> None:
    for lever in GRAPH.levers:
        assert -100 < lever.reach.down <= 0 < lever.reach.up


def test_what_is_better_is_told_of_metrics_and_as_their_names_have_it() -> None:
    named = GRAPH.metric_ids & (KINDS.keys() | BEYOND.keys())
    assert {metric.id for metric in GRAPH.metrics if metric.better is Sign.LOWERS} & named == LOWER_IS_BETTER & named
    assert {factor.id for factor in GRAPH.factors.values() if factor.better is not None} == GRAPH.metric_ids


def test_every_kind_of_metric_is_in_the_graph() -> None:
    assert KINDS.keys() <= GRAPH.metric_ids


def test_nothing_is_watched_that_is_no_metric() -> None:
    watched = {factor.id for factor in GRAPH.factors.values() if factor.watch}
    assert watched <= GRAPH.metric_ids
    assert watched >= {"satisfaction", "retention", "privacy", "reliability", "fairness_gap", "error_cost"}


def test_two_sides_of_one_thing_undo_each_other() -> None:
    sides = [edge for edge in GRAPH.edges if edge.why == "They are two sides of one thing."]
    likely = {(edge.source, edge.target): edge.strength.likely for edge in sides}
    both = {(one, other) for one, other in likely if (other, one) in likely}
    assert ("churn", "retention") in both
    for one, other in both:
        assert likely[one, other] * likely[other, one] == pytest.approx(1, rel=0.2)


def test_every_metric_is_moved_by_something_or_moves_something() -> None:
    joined = {end for edge in GRAPH.edges for end in (edge.source, edge.target)}
    assert joined == set(GRAPH.factors)


@pytest.mark.parametrize(
    ("source", "target", "sign"),
    [
        ("ad_load", "ad_revenue", 1),
        ("ad_load", "time_on_platform", -1),
        ("ad_load", "cloud_bill", -1),
        ("recommendation_relevance", "ad_revenue", 1),
        ("time_on_platform", "cloud_bill", 1),
        ("time_on_platform", "ad_revenue", 1),
        ("retention", "churn", -1),
        ("model_size", "cloud_bill", 1),
        ("decision_threshold", "fraud_loss", 1),
    ],
)
def test_known_effects_have_the_right_sign(source: str, target: str, sign: int) -> None:
    effect = GRAPH.effect(source, target)
    assert effect is not None
    assert effect.sign == sign


def test_adverts_drive_users_away_only_in_the_long_run() -> None:
    effect = GRAPH.effect("ad_load", "retention")
    assert effect is not None
    assert (effect.horizon, effect.sign) == (Horizon.LONG, -1)
    assert "Hohnhold" in effect.path[0].reference


def test_what_adverts_earn_may_turn_round_in_the_long_run() -> None:
    soon = GRAPH.effect("ad_load", "ad_revenue")
    assert soon is not None
    assert (soon.horizon, soon.sign, soon.backfires) == (Horizon.SHORT, 1, True)


def test_no_link_is_unknown() -> None:
    assert GRAPH.effect("cloud_bill", "privacy") is None
    assert GRAPH.effect("nonsense", "privacy") is None


def test_the_shortest_chain_decides() -> None:
    graph = small_graph(up("a", "b"), up("b", "c"), down("a", "c"))
    effect = graph.effect("a", "c")
    assert effect is not None
    assert effect.sign == -1


def test_two_equally_short_chains_that_disagree_are_unknown() -> None:
    assert small_graph(up("a", "b"), up("b", "d"), up("a", "c"), down("c", "d")).effect("a", "d") is None


def test_what_shows_soon_decides_among_equally_short_chains() -> None:
    effect = small_graph(up("a", "b", Horizon.LONG), down("a", "b")).effect("a", "b")
    assert effect is not None
    assert (effect.sign, effect.backfires) == (-1, True)


def test_chains_longer_than_three_links_are_not_followed() -> None:
    graph = small_graph(up("a", "b"), up("b", "c"), up("c", "d"), up("d", "e"))
    assert graph.effect("a", "d") is not None
    assert graph.effect("a", "e") is None


def test_circles_end() -> None:
    graph = small_graph(up("a", "b"), up("b", "a"))
    assert graph.effect("a", "a") is None
    assert graph.effect("b", "a") is not None


def test_direct_causes_are_named_once() -> None:
    assert small_graph(up("a", "b"), down("a", "b", Horizon.LONG), up("c", "b")).direct_causes("b") == ("a", "c")
