from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.conflicts import GapKind, find_conflicts, find_gaps
from flows.edge_verdicts import (
    ANSWERS,
    ASKED,
    EdgeVerdict,
    LinkKey,
    NewFactor,
    Verdict,
    apply_verdicts,
    assign_families,
    factor_of,
    is_own,
    list_links,
    new_factor,
    own_id,
)
from flows.influence import GRAPH, HOW_STRONGLY, Edge, Factor, Horizon, InfluenceGraph, Sign, Strength
from flows.objectives import Direction, Objective
from flows.wishes import Stake

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHORT, LONG = Horizon.SHORT, Horizon.LONG
STUDIED = Edge("a", "b", Sign.RAISES, "It does.", reference="A study", strength=Strength(0.2, 0.4, 0.6))
PLAIN = InfluenceGraph((), tuple(Factor(one, one, f"more {one}", f"less {one}") for one in "abc"), (STUDIED,))
STRONG = Strength(0.5, 0.8, 1.2)


def said(verdict: Verdict, by: str = "U1", hours: int = 0, **more: object) -> EdgeVerdict:
    ends = {"source": "a", "target": "b", "horizon": SHORT}
    fields = {**ends, "verdict": verdict, "by": by, "at": NOON + timedelta(hours=hours), **more}
    return EdgeVerdict(**fields)  # type: ignore[arg-type]


def link(*verdicts: EdgeVerdict, graph: InfluenceGraph = PLAIN) -> Edge | None:
    edges = apply_verdicts(graph, verdicts).edges
    return next((edge for edge in edges if (edge.source, edge.target) == ("a", "b")), None)


def disputes(verdicts: Sequence[EdgeVerdict]) -> dict[LinkKey, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Who holds and who denies the links on which people disagree."""
    links = list_links(PLAIN, verdicts).values()
    return {
        (one.edge.source, one.edge.target, one.edge.horizon): (one.held_by, one.denied_by)
        for one in links
        if one.is_disputed
    }


def settled(*verdicts: EdgeVerdict) -> Edge:
    edge = link(*verdicts)
    assert edge is not None
    return edge


def objective(metric: str, family: str | None = None, direction: Direction = Direction.DECREASE) -> Objective:
    return Objective(metric=metric, family=family, direction=direction)


def test_without_verdicts_nothing_changes() -> None:
    assert apply_verdicts(GRAPH, ()) == GRAPH


def test_a_confirmed_link_stays_as_it_is_and_says_by_whom() -> None:
    edge = settled(said(Verdict.CONFIRMED, "U2"), said(Verdict.CONFIRMED, "U1"))
    assert edge == Edge(
        "a", "b", Sign.RAISES, "It does.", SHORT, "A study", STUDIED.strength, confirmed_by=("U1", "U2")
    )


def test_a_link_that_is_only_denied_is_gone() -> None:
    assert link(said(Verdict.DENIED)) is None
    assert disputes([said(Verdict.DENIED)]) == {}


def test_the_latest_verdict_of_a_person_counts() -> None:
    assert settled(said(Verdict.DENIED), said(Verdict.CONFIRMED, hours=1)).confirmed_by == ("U1",)
    assert link(said(Verdict.CONFIRMED), said(Verdict.DENIED, hours=1)) is None


def test_a_disputed_link_may_be_nothing_and_both_sides_are_named() -> None:
    verdicts = said(Verdict.CONFIRMED, "U2"), said(Verdict.DENIED, "U1"), said(Verdict.DENIED, "U3")
    edge = settled(*verdicts)
    assert edge.disputed
    assert edge.strength == Strength(0.0, 0.4, 0.6)
    assert edge.confirmed_by == ("U2",)
    assert disputes(verdicts) == {("a", "b", SHORT): (("U2",), ("U1", "U3"))}


def test_a_changed_strength_has_no_study_behind_it() -> None:
    edge = settled(said(Verdict.CHANGED, strength=STRONG, why="We measured."))
    assert (edge.strength, edge.reference, edge.why, edge.sign) == (STRONG, "", "We measured.", Sign.RAISES)
    assert not edge.disputed


def test_two_strengths_are_held_by_one_range() -> None:
    edge = settled(said(Verdict.CHANGED, strength=STRONG), said(Verdict.CONFIRMED, "U2"))
    assert (edge.strength.low, edge.strength.high, edge.disputed) == (0.2, 1.2, False)
    assert edge.strength.likely == pytest.approx(0.6)


def test_a_link_can_be_turned_round() -> None:
    edge = settled(said(Verdict.CHANGED, sign=Sign.LOWERS))
    assert (edge.sign, edge.why, edge.reference) == (Sign.LOWERS, "Somebody here said so.", "")
    assert settled(said(Verdict.CHANGED, sign=Sign.LOWERS, why="It falls.")).why == "It falls."


def test_who_turns_it_round_disagrees_with_those_who_confirm_it() -> None:
    turned = said(Verdict.CHANGED, "U1", sign=Sign.LOWERS)
    edge = settled(turned, said(Verdict.CONFIRMED, "U2"))
    assert (edge.sign, edge.disputed, edge.strength.low) == (Sign.RAISES, True, 0.0)
    more = said(Verdict.ADDED, "U3", sign=Sign.LOWERS)
    assert settled(turned, said(Verdict.CONFIRMED, "U2"), more).sign is Sign.LOWERS
    assert disputes([turned, more, said(Verdict.CONFIRMED, "U2")]) == {("a", "b", SHORT): (("U1", "U3"), ("U2",))}


def test_links_of_the_two_horizons_are_two_links() -> None:
    added = said(Verdict.ADDED, sign=Sign.LOWERS, horizon=LONG, why="It wears off.")
    edges = apply_verdicts(PLAIN, [added]).edges
    assert [edge.horizon for edge in edges] == [SHORT, LONG]
    assert edges[1] == Edge("a", "b", Sign.LOWERS, "It wears off.", LONG, confirmed_by=("U1",))


def test_a_link_that_somebody_added_can_be_confirmed_and_denied_by_others() -> None:
    added = said(Verdict.ADDED, "U1", target="c", sign=Sign.LOWERS, strength=STRONG)
    confirmed = said(Verdict.CONFIRMED, "U2", target="c", hours=1)
    taken_back = said(Verdict.DENIED, "U1", target="c", hours=2)
    assert apply_verdicts(PLAIN, [added, confirmed]).edges[-1].confirmed_by == ("U1", "U2")
    last = apply_verdicts(PLAIN, [added, confirmed, taken_back]).edges[-1]
    assert (last.confirmed_by, last.disputed, last.strength) == (("U2",), True, Strength(0.0, 0.8, 1.2))
    assert apply_verdicts(PLAIN, [added, taken_back]) == PLAIN


@pytest.mark.parametrize(
    "verdict",
    [
        said(Verdict.CONFIRMED, target="c"),
        said(Verdict.DENIED, target="c", sign=Sign.RAISES),
        said(Verdict.ADDED, target="c"),
        said(Verdict.ADDED, target="z", sign=Sign.RAISES),
        said(Verdict.ADDED, target="a", sign=Sign.RAISES),
    ],
)
def test_what_cannot_be_a_link_counts_for_nothing(verdict: EdgeVerdict) -> None:
    assert apply_verdicts(PLAIN, [verdict]) == PLAIN
    assert disputes([verdict]) == {}


def test_a_link_that_all_deny_can_still_be_looked_at() -> None:
    (link,) = list_links(PLAIN, [said(Verdict.DENIED, "U2")]).values()
    assert (link.seen, link.edge, link.denied_by, link.is_disputed) == (None, STUDIED, ("U2",), False)
    (plain,) = list_links(PLAIN, []).values()
    assert (plain.edge, plain.held_by) == (STUDIED, ())


# Metrics in somebody's own words

REOPENED = objective("the Tickets reopened")
FACTOR = new_factor(REOPENED, "U1", NOON)


def test_a_metric_joins_under_its_own_words() -> None:
    assert (
        NewFactor(
            "own:tickets reopened",
            "tickets reopened",
            "a rise in tickets reopened",
            "a fall in tickets reopened",
            "U1",
            NOON,
        )
        == FACTOR
    )
    assert new_factor(objective("The"), "U1", NOON).name == "The"
    assert own_id("our tickets  reopened") == FACTOR.id


def test_a_family_that_the_graph_does_not_know_keeps_its_id() -> None:
    known_by_name = new_factor(objective("gender pay gap", "pay_gap"), "U1", NOON)
    assert known_by_name.id == "pay_gap"
    assert "pay_gap" in apply_verdicts(GRAPH, (), [known_by_name]).metric_ids
    assert factor_of(objective("gender pay gap"), [known_by_name]) == "pay_gap"


def test_an_objective_is_found_by_its_family_or_by_the_same_words() -> None:
    assert factor_of(objective("churn", "churn"), [FACTOR]) == "churn"
    assert factor_of(objective("our tickets reopened"), [FACTOR]) == FACTOR.id
    assert factor_of(objective("sparkle"), [FACTOR]) is None


def test_of_two_factors_with_one_id_the_first_counts_and_none_replaces_what_is_known() -> None:
    later = NewFactor(FACTOR.id, "reopened", "more", "less", "U0", NOON + timedelta(hours=1))
    churn = new_factor(objective("churn", "churn"), "U1", NOON)
    joined = apply_verdicts(GRAPH, (), [later, FACTOR, churn])
    assert joined.factors[FACTOR.id].name == "tickets reopened"
    assert joined.factors["churn"] == GRAPH.factors["churn"]
    assert len(joined.metrics) == len(GRAPH.metrics) + 1


def test_a_metric_in_own_words_takes_part_in_conflicts_once_somebody_says_what_moves_it() -> None:
    stakes = [Stake("U1", REOPENED), Stake("U2", objective("operating cost", "operating_cost"))]
    assert GapKind.METRIC_UNKNOWN in [gap.kind for gap in find_gaps(stakes)]
    added = EdgeVerdict(
        "automation_rate", FACTOR.id, SHORT, Verdict.ADDED, "U1", NOON, Sign.RAISES, STRONG, "Bots close too soon."
    )
    graph = apply_verdicts(GRAPH, [added], [FACTOR])
    named = assign_families(stakes, [FACTOR])
    assert [stake.objective.family for stake in named] == [FACTOR.id, "operating_cost"]
    assert GapKind.METRIC_UNKNOWN not in [gap.kind for gap in find_gaps(named, graph)]
    (conflict,) = find_conflicts(named, graph)
    assert "handling more automatically → a rise in tickets reopened" in [step.words for step in conflict.chain]
    assert assign_families([Stake("U1", objective("sparkle"))], [FACTOR])[0].objective.family is None


def test_a_conflict_says_whether_its_links_were_confirmed() -> None:
    wishes = objective("users", "growth", Direction.INCREASE), objective("support", "support_cost")
    stakes = [Stake(f"U{place}", wish) for place, wish in enumerate(wishes)]
    confirmed = EdgeVerdict("growth", "support_cost", SHORT, Verdict.CONFIRMED, "U1", NOON)
    denied = EdgeVerdict("growth", "support_cost", SHORT, Verdict.DENIED, "U2", NOON)

    def how_sure(*verdicts: EdgeVerdict) -> str:
        (conflict,) = find_conflicts(stakes, apply_verdicts(GRAPH, verdicts))
        return conflict.how_sure

    assert how_sure() == "Each link is an assumption until someone here confirms it."
    assert how_sure(confirmed) == "Each link was confirmed here."
    assert how_sure(confirmed, denied) == "People here disagree about one of these links, so it may not hold."


def test_how_strongly_is_asked_in_words() -> None:
    assert ANSWERS.keys() == HOW_STRONGLY.keys()
    for word, answer in ANSWERS.items():
        assert f"{HOW_STRONGLY[word].likely * 10:g} %" in answer
    assert ASKED.format(source="latency", target="churn").startswith("When latency rises")


# Properties

verdicts_lists = st.lists(
    st.builds(
        EdgeVerdict,
        st.sampled_from("abc"),
        st.sampled_from("abc"),
        st.sampled_from(Horizon),
        st.sampled_from(Verdict),
        st.sampled_from(["U1", "U2", "U3"]),
        st.integers(0, 4).map(lambda hours: NOON + timedelta(hours=hours)),
        st.none() | st.sampled_from(Sign),
        st.none() | st.sampled_from(list(HOW_STRONGLY.values())),
        st.sampled_from(["", "So.", "Because."]),
    ),
    max_size=8,
)


@given(verdicts_lists.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_verdicts_changes_nothing(lists: tuple[list[EdgeVerdict], list[EdgeVerdict]]) -> None:
    one, shuffled = lists
    assert apply_verdicts(PLAIN, one) == apply_verdicts(PLAIN, shuffled)
    assert disputes(one) == disputes(shuffled)


@given(verdicts_lists)
def test_what_is_disputed_is_a_link_that_reaches_down_to_nothing(verdicts: list[EdgeVerdict]) -> None:
    graph = apply_verdicts(PLAIN, verdicts)
    disputed = {(edge.source, edge.target, edge.horizon): edge for edge in graph.edges if edge.disputed}
    told = disputes(verdicts)
    assert disputed.keys() == told.keys()
    for key, (held_by, denied_by) in told.items():
        edge = disputed[key]
        assert edge.confirmed_by == held_by
        assert not set(held_by) & set(denied_by)
        assert edge.strength.low == 0


@given(verdicts_lists)
def test_every_link_is_whole(verdicts: list[EdgeVerdict]) -> None:
    edges = apply_verdicts(PLAIN, verdicts).edges
    assert len({(edge.source, edge.target, edge.horizon) for edge in edges}) == len(edges)
    for edge in edges:
        assert edge.source != edge.target
        assert 0 <= edge.strength.low <= edge.strength.likely <= edge.strength.high
        assert edge.why


@given(verdicts_lists, st.sampled_from(["U1", "U2", "U3"]))
def test_only_the_latest_word_of_a_person_counts_on_what_is_known(verdicts: list[EdgeVerdict], by: str) -> None:
    about = [one for one in verdicts if one.link == ("a", "b", SHORT)]
    last = said(Verdict.CONFIRMED, by, hours=9)
    earlier = [one for one in about if one.by != by]
    assert apply_verdicts(PLAIN, [*about, last]) == apply_verdicts(PLAIN, [*earlier, last])


def test_a_metric_that_only_some_know_is_told_from_those_of_the_graph() -> None:
    assert is_own(own_id("tickets reopened"))
    assert not any(is_own(factor) for factor in GRAPH.factors)
