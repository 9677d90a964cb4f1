"""Properties of the options for a balance, on small graphs, against all moves there are."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.balance import Option, OptionKind, Share, goal_key
from flows.balance_options import propose
from flows.influence import InfluenceGraph
from flows.objectives import Objective
from flows.wishes import Stake, relative_change, wanted_sign
from tests.flows.assumptions import stakes_of
from tests.flows.test_feasibility_properties import changes, goal_lists, grid, small_graphs

SAME = 0.05
"""Percent: what differs by less is the same to everybody."""

fast = settings(max_examples=40, deadline=None)


@st.composite
def floors_for(draw: st.DrawFn, stakes: list[Stake]) -> dict[str, float]:
    """Floors that some of the owners named, at, under or over today, and never more than they ask for."""
    floors = {}
    for stake in stakes:
        wanted = relative_change(stake.objective)
        part = draw(st.none() | st.sampled_from([-1.0, -0.3, 0.0, 0.2, 0.6, 1.0]))
        if wanted and part is not None:
            floors[goal_key(stake)] = part * wanted
    return floors


def worth(share: Share) -> float:
    """What a goal gets of what it asks, upwards; what goes beyond that is worth nothing."""
    gets = (share.gets or 0.0) * wanted_sign(share.stake.objective)
    return min(gets, abs(share.wanted or 0.0))


def numbered(option: Option) -> dict[Stake, float]:
    return {one.stake: worth(one) for one in option.shares if one.wanted is not None and one.gets is not None}


def nameless(options: tuple[Option, ...]) -> list[object]:
    """The options without their ids and the owners of goals."""
    return [
        (
            one.kind,
            one.leading.objective,
            [(share.stake.objective, share.gets) for share in one.shares],
            one.moves,
            [(stake.objective, price) for stake, price in one.multipliers],
            [stake.objective for stake in one.later],
        )
        for one in options
    ]


@given(small_graphs(), goal_lists, st.data())
@fast
def test_neither_the_order_of_goals_nor_the_names_of_owners_change_anything(
    graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject
) -> None:
    stakes = stakes_of(*dict.fromkeys(wanted))
    options = propose(stakes, graph)
    assert propose(data.draw(st.permutations(stakes)), graph) == options
    assert propose(stakes, graph) == options
    owners = data.draw(st.permutations([stake.owner for stake in stakes]))
    renamed = [replace(stake, owner=f"N{owner}") for stake, owner in zip(stakes, owners, strict=True)]
    assert nameless(propose(renamed, graph)) == nameless(options)


@given(small_graphs(), goal_lists, st.data())
@fast
def test_no_goal_falls_under_its_floor(graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject) -> None:
    stakes = stakes_of(*wanted)
    said = data.draw(floors_for(stakes))
    for option in propose(stakes, graph, floors=said):
        assert {one.stake for one in option.shares} == set(stakes)
        for share in option.shares:
            sign = wanted_sign(share.stake.objective)
            assert share.floor == said.get(goal_key(share.stake), share.floor)
            if share.gets is not None and sign:
                assert share.gets * sign >= share.floor * sign - 1e-3
            elif share.gets is not None:
                assert abs(share.gets) <= 1 + 1e-3


@given(small_graphs(), goal_lists, st.data())
@fast
def test_no_option_is_worse_for_some_and_better_for_nobody(
    graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject
) -> None:
    stakes = stakes_of(*wanted)
    options = propose(stakes, graph, floors=data.draw(floors_for(stakes)))
    assert len(options) <= 4
    assert [one.kind for one in options].count(OptionKind.LEAD) <= 2
    at_once = [numbered(one) for one in options if one.kind is not OptionKind.STAGED]
    for place, one in enumerate(at_once):
        for other in at_once[place + 1 :]:
            gains = [other[stake] - one[stake] for stake in one]
            assert max(gains) > SAME / 2
            assert min(gains) < -SAME / 2


@given(small_graphs(), goal_lists, st.data())
@fast
def test_no_moves_give_somebody_more_and_nobody_less(
    graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject
) -> None:
    stakes = stakes_of(*wanted)
    points = grid(graph)
    for option in propose(stakes, graph, floors=data.draw(floors_for(stakes))):
        if option.kind is OptionKind.STAGED:
            continue
        fine, more = np.ones(len(points), dtype=bool), np.zeros(len(points), dtype=bool)
        for share in option.shares:
            sign = wanted_sign(share.stake.objective)
            if share.gets is None:
                continue
            moved = changes(share.stake, graph, points)
            fine &= moved * sign >= share.floor * sign if sign else abs(moved) <= 1
            if share.wanted is not None:
                moved = np.minimum(moved * sign, abs(share.wanted))
                fine &= moved >= worth(share) - 1e-6
                more |= moved >= worth(share) + SAME
        assert not (fine & more).any()


@given(small_graphs(), goal_lists, st.data())
@fast
def test_no_moves_give_everybody_a_larger_part_than_sharing_evenly(
    graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject
) -> None:
    stakes = stakes_of(*wanted)
    points = grid(graph)
    for option in propose(stakes, graph, floors=data.draw(floors_for(stakes))):
        if option.kind is not OptionKind.EVENLY:
            continue
        fine, smallest = np.ones(len(points), dtype=bool), np.ones(len(points))
        for share in option.shares:
            sign = wanted_sign(share.stake.objective)
            if share.gets is not None:
                moved = changes(share.stake, graph, points)
                fine &= moved * sign >= share.floor * sign if sign else abs(moved) <= 1
                smallest = np.minimum(smallest, moved / share.wanted if share.wanted else 1)
        ours = min(
            worth(share) / abs(share.wanted) for share in option.shares if share.wanted and share.gets is not None
        )
        assert smallest[fine].max(initial=-9) <= ours + 1e-3


@given(small_graphs(), goal_lists, st.data())
@fast
def test_who_leads_can_have_no_more_and_everything_comes_alone(
    graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject
) -> None:
    stakes = stakes_of(*wanted)
    hidden = frozenset(data.draw(st.sets(st.sampled_from([stake.owner for stake in stakes] or ["U0"]))))
    options = propose(stakes, graph, hidden=hidden)
    for option in options:
        assert option.leading.owner not in hidden
        assert not hidden & {stake.owner for stake in option.later}
        assert option.shares[0].stake == option.leading
        full = [one for one in option.shares if one.part is not None and one.stake not in option.later]
        if option.kind in {OptionKind.EVERYTHING, OptionKind.STAGED}:
            assert all(abs(abs(one.wanted or 0.0) - worth(one)) < 1e-3 for one in full)
    if any(option.kind is OptionKind.EVERYTHING for option in options):
        assert len(options) == 1


@given(small_graphs(), goal_lists.filter(len), st.data())
@fast
def test_who_raises_their_own_floor_gets_no_less_in_the_same_kind_of_option(
    graph: InfluenceGraph, wanted: list[Objective], data: st.DataObject
) -> None:
    stakes = stakes_of(*wanted)
    said = data.draw(floors_for(stakes))
    if not said:
        return
    key = data.draw(st.sampled_from(sorted(said)))
    mine = next(stake for stake in stakes if goal_key(stake) == key)
    whole = relative_change(mine.objective) or 0.0
    raised = said[key] + data.draw(st.sampled_from([0.2, 0.5, 1.0])) * (whole - said[key])
    before = propose(stakes, graph, floors=said)
    after = {told(one): one for one in propose(stakes, graph, floors={**said, key: raised})}
    for option in before:
        if option.kind is not OptionKind.STAGED and told(option) in after and mine in numbered(option):
            assert numbered(after[told(option)])[mine] >= numbered(option)[mine] - 1e-2


def told(option: Option) -> tuple[object, ...]:
    """Of which kind an option is; with a leader where one gets the most there is."""
    return (option.kind, option.leading) if option.kind is OptionKind.LEAD else (option.kind,)
