"""What is found of one kickoff's goals, side by side, and what it rests on (K45, K46)."""

from dataclasses import replace
from datetime import date

from flows.conflicts import Severity
from flows.findings import basis, find
from flows.influence import GRAPH
from flows.known import Said
from tests.flows.assumptions import DOWN, UP, ask, stakes_of
from tests.flows.whole_kickoffs import given

TIME, ADS, BILL = stakes_of(ask("time_on_platform", UP, 15), ask("ad_revenue", UP, 20), ask("cloud_bill", DOWN, 10))
ORDER = tuple(Severity)


def test_conflicts_and_shortages_stand_in_one_list_worst_first() -> None:
    jobs = given(deployer="U7", watcher="U7", maintainer="U7")
    said = tuple(Said("U1", answer) for answer in jobs.values())
    found = find((TIME, ADS, BILL), GRAPH, said, date(2026, 11, 23))
    assert found.conflicts
    assert found.shortages
    assert set(found.ranked) == {*found.conflicts, *found.shortages}
    assert [one.severity for one in found.ranked] == sorted((one.severity for one in found.ranked), key=ORDER.index)
    for one in found.ranked:
        assert found.find(one.id) == one
    assert found.find("gone") is None


def test_without_answers_nothing_is_short() -> None:
    found = find((TIME, ADS, BILL), GRAPH)
    assert (found.shortages, len(found.conflicts) > 0, len(found.gaps) > 0) == ((), True, True)
    assert find((), GRAPH).ranked == ()


def test_goals_that_are_kept_back_are_counted() -> None:
    found = find((TIME, ADS, BILL), GRAPH)
    assert replace(found, shown=(TIME,)).goals_kept_back == 2


def test_what_is_kept_private_is_counted_and_in_nothing_that_is_found() -> None:
    everything = find((TIME, ADS, BILL), GRAPH)
    for kept in (TIME, ADS, BILL):
        found = find((TIME, ADS, BILL), GRAPH, hidden=frozenset({kept.owner}))
        assert found.goals_kept_back == 1
        assert found.kept_back == sum(kept in one.stakes for one in everything.conflicts) > 0
        assert not any(kept in one.stakes or kept in one.victims for one in found.conflicts)
        assert kept not in [gap.stake for gap in found.gaps]
        assert basis(found.stakes, GRAPH) == basis(everything.stakes, GRAPH)


def test_what_it_rests_on_is_the_same_until_a_goal_or_a_link_changes() -> None:
    stakes = (TIME, ADS, BILL)
    before = basis(stakes, GRAPH)
    assert basis((BILL, TIME, ADS), replace(GRAPH, edges=GRAPH.edges[::-1])) == before
    edge = GRAPH.edges[0]
    stronger = replace(edge, strength=replace(edge.strength, high=edge.strength.high + 0.1))
    changed = [
        basis((TIME, ADS), GRAPH),
        basis((replace(TIME, owner="U9"), ADS, BILL), GRAPH),
        basis((*stakes[:2], replace(BILL, objective=ask("cloud_bill", DOWN, 11))), GRAPH),
        basis((*stakes[:2], replace(BILL, objective=ask("cloud_bill", DOWN, 10, floor=2))), GRAPH),
        basis((*stakes[:2], replace(BILL, objective=ask("cloud_bill", DOWN, 10, deadline=date(2027, 1, 1)))), GRAPH),
        basis(stakes, replace(GRAPH, edges=GRAPH.edges[1:])),
        basis(stakes, replace(GRAPH, edges=(stronger, *GRAPH.edges[1:]))),
    ]
    assert before not in changed
    assert len(set(changed)) == len(changed)
