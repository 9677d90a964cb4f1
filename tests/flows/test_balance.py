"""The options for a balance, worked out by hand on small graphs, and for the chapter's case (K46, K47)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from flows.balance import Option, OptionKind, Share, goal_key
from flows.balance_options import propose
from flows.guards import NOBODY, guards
from flows.influence import GRAPH
from flows.joint_goals import WATCHED
from flows.leverage import leverage_of
from flows.objectives import Bound, Direction, Mode, Objective, Unit
from flows.own_numbers import least_accepted, say_gain, say_lost
from flows.wishes import Stake
from tests.flows.assumptions import DOWN, STAY, UP, ask, factor, graph_of, link, stakes_of
from tests.flows.conflict_cases import Case, load_cases

CASES = load_cases()
CHAPTER = next(case for case in CASES if case.name == "chapter")
TWELVE = next(case for case in CASES if case.name == "twelve people")

# Lever x carries from b to a, point by point, and y lifts both by 2 at most. So whatever the moves, a + b ≤ 4.
SMALL = graph_of(
    (factor("x", -10, 10), factor("y", 0, 10)),
    link("x", "a", 1.0), link("x", "b", -1.0), link("y", "a", 0.2), link("y", "b", 0.2),
)  # fmt: skip
ONE, OTHER = stakes_of(ask("a", UP, 3), ask("b", UP, 3))


def gets(option: Option) -> dict[str, float | None]:
    """What each owner gets."""
    return {one.stake.owner: one.gets for one in option.shares}


def kinds(options: tuple[Option, ...]) -> list[tuple[OptionKind, str]]:
    """What each option is, and who leads."""
    return [(one.kind, one.leading.owner) for one in options]


def about(**values: float) -> object:
    return pytest.approx(values, abs=1e-2)


# Small graphs


def test_either_leads_and_both_share_and_one_waits() -> None:
    options = propose((ONE, OTHER), SMALL)
    assert kinds(options) == [
        (OptionKind.LEAD, "U0"),
        (OptionKind.LEAD, "U1"),
        (OptionKind.EVENLY, "U0"),
        (OptionKind.STAGED, "U0"),
    ]
    assert gets(options[0]) == about(U0=3, U1=1)
    assert gets(options[1]) == about(U1=3, U0=1)
    assert gets(options[2]) == about(U0=2, U1=2)
    assert options[3].later == (OTHER,)
    assert options[3].guardrails == ()
    assert [one.stake for one in options[1].shares] == [OTHER, ONE]
    assert [one.stake for one in options[1].guardrails] == [ONE]
    assert dict(options[0].multipliers) == {OTHER: pytest.approx(1.0)}
    assert options[2].part == pytest.approx(2 / 3, abs=1e-3)
    assert len({option.id for option in options}) == len(options)


def test_what_nobody_speaks_for_is_named_where_it_keeps_others_from_more() -> None:
    graph = graph_of(
        SMALL.levers, link("x", "a", 1.0), link("x", "satisfaction", -1.0), link("y", "a", 0.1),
        link("y", "satisfaction", 0.1), link("y", "privacy", 0.0),
    )  # fmt: skip
    (option,) = propose(stakes_of(ask("a", UP, 10)), graph)
    assert option.held == (graph.factors["satisfaction"].name,)
    assert all(one.held == () for one in propose((ONE, OTHER), SMALL))


def test_the_owners_goal_leads_first() -> None:
    options = propose((ONE, OTHER), SMALL, first=("U1",))
    assert [option.leading for option in options] == [OTHER, ONE, OTHER, OTHER]


def test_what_a_model_takes_is_a_limit_before_it_leads() -> None:
    graph = graph_of(
        SMALL.levers, link("x", "ad_revenue", 1.0), link("x", "cloud_bill", 1.0), link("y", "cloud_bill", -0.2)
    )
    stakes = stakes_of(ask("cloud_bill", DOWN, 3), ask("ad_revenue", UP, 3))
    assert kinds(propose(stakes, graph))[0] == (OptionKind.LEAD, "U1")
    assert kinds(propose(stakes, graph, first=("U0",)))[0] == (OptionKind.LEAD, "U0")


@pytest.mark.parametrize("wishes", [[ask("a", UP, 2), ask("b", UP, 2)], [ask("a", UP, 9)], [ask("b", DOWN, 1)]])
def test_where_nothing_has_to_give_way_there_is_one_option(wishes: list[Objective]) -> None:
    (option,) = propose(stakes_of(*wishes), SMALL)
    assert option.kind is OptionKind.EVERYTHING
    assert option.part == pytest.approx(1.0, abs=1e-4)


def test_where_all_at_once_may_not_work_one_goal_can_go_first() -> None:
    stakes = stakes_of(ask("a", UP, 2), ask("b", UP, 2))
    assert len(propose(stakes, SMALL, chance=0.95)) == 1
    everything, *one_by_one = propose(stakes, SMALL, chance=0.6)
    assert everything.kind is OptionKind.EVERYTHING
    assert [(one.kind, one.leading, one.later) for one in one_by_one] == [
        (OptionKind.STAGED, stakes[0], (stakes[1],)),
        (OptionKind.STAGED, stakes[1], (stakes[0],)),
    ]
    assert len({one.id for one in (everything, *one_by_one)}) == len((everything, *one_by_one))
    (alone,) = propose(stakes[:1], SMALL, chance=0.6)
    assert alone.kind is OptionKind.EVERYTHING
    hidden = propose(stakes, SMALL, chance=0.6, hidden=frozenset({stakes[1].owner}))
    assert [one.kind for one in hidden] == [OptionKind.EVERYTHING]


def test_an_ask_beyond_reach_is_met_as_far_as_it_goes() -> None:
    (option,) = propose(stakes_of(ask("a", UP, 50)), SMALL)
    assert option.kind is OptionKind.LEAD
    assert gets(option) == about(U0=12)


@pytest.mark.parametrize("wishes", [[], [ask("a", UP)], [ask("elsewhere", UP, 5)], [ask("a", STAY)]])
def test_without_a_number_that_some_lever_moves_there_is_no_option(wishes: list[Objective]) -> None:
    assert propose(stakes_of(*wishes), SMALL) == ()


def test_goals_without_a_number_are_no_worse_off_than_today() -> None:
    stakes = stakes_of(ask("a", UP, 4.5), ask("b", UP), ask("elsewhere", UP, 5))
    (option,) = propose(stakes, SMALL)
    assert option.leading == stakes[0]
    assert gets(option)["U0"] == pytest.approx(4.0, abs=1e-3)
    assert gets(option)["U1"] == pytest.approx(0.0, abs=1e-3)
    assert gets(option)["U2"] is None
    assert [one.part is None for one in option.shares] == [False, True, True]


def test_a_floor_that_was_named_in_the_interview_holds() -> None:
    stakes = stakes_of(ask("a", UP, 3), ask("b", UP, 3, floor=1.5))
    lead, other, evenly, *_ = propose(stakes, SMALL)
    assert (gets(lead), gets(other), gets(evenly)) == (about(U0=2.5, U1=1.5), about(U1=3, U0=1), about(U0=2, U1=2))
    assert [one.floor for one in lead.shares] == [0.0, 1.5]


def test_a_floor_that_was_named_with_a_vote_goes_before_that_and_may_lie_under_today() -> None:
    stakes = stakes_of(ask("a", UP, 6), ask("b", UP, 6, floor=1.5))
    options = propose(stakes, SMALL, floors={goal_key(stakes[1]): -1.0})
    assert gets(options[0]) == about(U0=5, U1=-1)
    assert gets(options[1]) == about(U1=4, U0=0)
    assert gets(options[2]) == about(U0=2, U1=2)
    assert [one.kind for one in options] == [OptionKind.LEAD, OptionKind.LEAD, OptionKind.EVENLY]


def test_nobody_is_held_to_more_than_they_ask_for() -> None:
    (option,) = propose((ONE,), SMALL, floors={goal_key(ONE): 9.0})
    assert option.shares[0].floor == 3.0


def test_floors_that_cannot_be_kept_together_leave_no_option() -> None:
    floors = {goal_key(ONE): 2.5, goal_key(OTHER): 2.5}
    assert propose((ONE, OTHER), SMALL, floors=floors) == ()
    assert propose((ONE, OTHER), SMALL, floors={**floors, goal_key(OTHER): 1.5}) != ()


def test_a_goal_that_cannot_have_its_own_floor_while_others_have_theirs_does_not_lead() -> None:
    # The third goal can have nothing as long as nobody falls under today, and says that it needs some.
    graph = graph_of(SMALL.levers, *SMALL.edges, link("x", "c", 0.1), link("y", "c", -0.1))
    stakes = stakes_of(ask("a", UP, 3), ask("b", UP, 3), ask("c", UP, 5, floor=4.0))
    assert propose(stakes, graph) == ()


def test_where_no_goal_can_gain_there_is_no_option() -> None:
    graph = graph_of(SMALL.levers, link("x", "a", 1.0), link("x", "b", -1.0))
    assert propose((ONE, OTHER), graph) == ()
    (option,) = propose((ONE, OTHER), graph, floors={goal_key(OTHER): -2.0})
    assert gets(option) == about(U0=2, U1=-2)


def test_who_can_have_more_at_nobodys_cost_has_it() -> None:
    graph = graph_of((*SMALL.levers, factor("z", 0, 10)), *SMALL.edges, link("z", "c", 1.0))
    stakes = (ONE, OTHER, *stakes_of(*[ask("c", UP, 5)] * 3)[2:])
    lead, _other, evenly, _staged = propose(stakes, graph)
    assert gets(lead) == about(U0=3, U1=1, U2=5)
    assert gets(evenly) == about(U0=2, U1=2, U2=5)


# Two goals about one metric


def test_of_two_who_pull_one_metric_apart_either_leads() -> None:
    stakes = stakes_of(ask("a", UP, 5), ask("a", DOWN, 5))
    options = propose(stakes, SMALL)
    assert kinds(options) == [(OptionKind.LEAD, "U1"), (OptionKind.LEAD, "U0")]
    assert [gets(option) for option in options] == [about(U0=-5, U1=-5), about(U0=5, U1=5)]
    assert [one.floor for one in options[0].shares] == [5.0, -5.0]


def test_whoever_says_that_it_may_not_go_the_other_way_is_heard() -> None:
    stakes = stakes_of(ask("a", UP, 5), ask("a", DOWN, 5))
    floors = {goal_key(stakes[0]): 0.0}
    assert kinds(propose(stakes, SMALL, floors=floors)) == [(OptionKind.LEAD, "U0")]
    assert propose(stakes, SMALL, floors={**floors, goal_key(stakes[1]): 0.0}) == ()


def test_such_a_pair_holds_nobody_else_up() -> None:
    stakes = stakes_of(ask("a", UP, 5), ask("a", DOWN, 5), ask("c", UP, 5))
    graph = graph_of((*SMALL.levers, factor("z", 0, 10)), *SMALL.edges, link("z", "c", 1.0))
    evenly = next(one for one in propose(stakes, graph) if one.kind is OptionKind.EVENLY)
    assert gets(evenly) == about(U0=0, U1=0, U2=5)
    staged = next(one for one in propose(stakes, graph) if one.kind is OptionKind.STAGED)
    assert (staged.leading, {one.owner for one in staged.later}) == (stakes[2], {"U0", "U1"})


def test_the_same_wish_of_two_people_is_one_option() -> None:
    stakes = stakes_of(ask("a", UP, 50), ask("a", UP, 50))
    assert kinds(propose(stakes, SMALL)) == [(OptionKind.LEAD, "U0")]


def test_goals_for_different_countries_are_not_taken_for_opposites() -> None:
    stakes = stakes_of(
        ask("a", UP, 5, metric="orders in France"), ask("a", DOWN, 5, metric="orders in Germany"), ask("c", UP, 50)
    )
    graph = graph_of((*SMALL.levers, factor("z", 0, 10)), *SMALL.edges, link("z", "c", 1.0))
    lead = propose(stakes, graph)[0]
    assert (lead.leading, gets(lead)) == (stakes[2], about(U0=0, U1=0, U2=10))


def test_goals_for_different_countries_do_not_stand_in_each_others_way() -> None:
    stakes = stakes_of(ask("a", UP, 5, metric="orders in France"), ask("a", DOWN, 5, metric="orders in Germany"))
    (option,) = propose(stakes, SMALL)
    assert option.kind is OptionKind.EVERYTHING
    assert gets(option) == about(U0=5, U1=-5)
    assert option.moves == ()


# Who leads


def test_a_goal_that_has_all_it_asks_for_under_the_first_lead_leads_no_second_one() -> None:
    graph = graph_of(SMALL.levers, *SMALL.edges, link("x", "c", 1.0))
    stakes = stakes_of(ask("a", UP, 3), ask("b", UP, 3), ask("c", UP, 0.5))
    options = propose(stakes, graph, first=("U0",))
    assert [one.leading.owner for one in options if one.kind is OptionKind.LEAD] == ["U0", "U1"]
    assert gets(options[0])["U2"] == pytest.approx(1.0, abs=0.1)


# Staging


def test_what_is_due_first_does_not_wait_for_what_is_due_later() -> None:
    soon, late = date(2027, 3, 31), date(2027, 9, 30)
    stakes = stakes_of(ask("a", UP, 3, deadline=late), ask("b", UP, 3, deadline=soon))
    staged = propose(stakes, SMALL)[-1]
    assert (staged.kind, staged.leading, staged.later) == (OptionKind.STAGED, stakes[1], (stakes[0],))


def test_who_comes_first_is_met_in_full_and_who_waits_is_no_worse_off_than_today() -> None:
    stakes = stakes_of(ask("a", UP, 3), ask("b", UP, 3))
    staged = propose(stakes, SMALL, floors={goal_key(stakes[1]): -2.0})[-1]
    assert staged.kind is OptionKind.STAGED
    assert gets(staged)["U0"] == pytest.approx(3.0, abs=1e-3)
    assert (gets(staged)["U1"] or 0.0) >= -1e-3
    held = propose(stakes, SMALL, floors={goal_key(stakes[1]): 0.8})[-1]
    assert (gets(held)["U1"] or 0.0) >= 0.8 - 1e-3


def test_nothing_is_staged_where_nothing_can_be_met_in_full() -> None:
    stakes = stakes_of(ask("a", UP, 5), ask("b", UP, 5))
    assert OptionKind.STAGED not in {one.kind for one in propose(stakes, SMALL)}


def test_a_goal_that_is_kept_private_neither_leads_nor_waits() -> None:
    options = propose((ONE, OTHER), SMALL, hidden=frozenset({"U1"}))
    assert {one.leading for one in options} == {ONE}
    assert all(OTHER not in one.later for one in options)
    assert all(OTHER in [share.stake for share in one.shares] for one in options)
    assert propose((ONE, OTHER), SMALL, hidden=frozenset({"U0", "U1"})) == ()


# Levels


def latency(amount: float, today: float | None, direction: Direction = Direction.AT_MOST, **more: object) -> Objective:
    return ask("b", direction, None, amount=amount, baseline=today, unit=Unit.DURATION, mode=Mode.LEVEL, **more)


def test_a_level_is_weighed_against_todays() -> None:
    stakes = stakes_of(ask("a", DOWN, 3), latency(0.288, 0.3))
    options = propose(stakes, graph_of(SMALL.levers, *SMALL.edges[:2], link("y", "a", -0.2), link("y", "b", -0.2)))
    lead = next(one for one in options if one.leading == stakes[1])
    assert lead.shares[0].wanted == pytest.approx(-4.0)
    assert gets(lead) == about(U1=-4, U0=0)


def test_a_level_whose_today_is_unknown_only_stays_no_worse() -> None:
    stakes = stakes_of(ask("a", UP, 4.5), latency(0.2, None, Direction.AT_LEAST))
    (option,) = propose(stakes, SMALL)
    assert option.shares[1].wanted is None
    assert gets(option) == about(U0=4, U1=0)


def test_a_limit_that_is_kept_today_gives_the_room_that_it_has() -> None:
    stakes = stakes_of(ask("a", UP, 9), latency(98, 100, Direction.AT_LEAST))
    (option,) = propose(stakes, SMALL)
    assert option.shares[1].floor == pytest.approx(-2.0)
    assert gets(option) == about(U0=6, U1=-2)


@pytest.mark.parametrize(
    ("goal", "least"),
    [
        (ask("a", UP, 10), None),
        (ask("a", UP, 10, floor=5), 5),
        (ask("a", DOWN, 10, floor=5), -5),
        (latency(0.2, 0.35, floor=0.28), -20),
        (latency(0.2, None, floor=0.28), None),
        (latency(0.2, 0.0, floor=0.28), None),
        (ask("a", UP, amount=3, unit=Unit.PERCENTAGE_POINTS, mode=Mode.CHANGE, baseline=80, floor=2), 2.5),
        (ask("a", DOWN, amount=300, unit=Unit.MONEY, mode=Mode.CHANGE, baseline=1000, floor=100), -10),
    ],
)
def test_the_least_that_is_accepted_is_counted_in_percent(goal: Objective, least: float | None) -> None:
    assert least_accepted(goal) == (None if least is None else pytest.approx(least))


# The chapter


@pytest.mark.parametrize("case", [case for case in CASES if case.options], ids=lambda case: case.name)
def test_the_options_are_those_that_careful_reasoning_gives(case: Case) -> None:
    expected, ids = case.options, case.ids
    assert expected is not None
    options = propose(case.stakes, GRAPH)
    leads = {ids[one.leading]: one for one in options if one.kind is OptionKind.LEAD}
    for lead in expected.leads:
        guarded = {ids[share.stake]: share for share in leads[lead.goal].guardrails}
        assert lead.guards <= set(guarded), case.reasoning
        assert all((guarded[guard].part or 0.0) > 0 for guard in lead.guards)
    found = {one.kind for one in options}
    assert expected.kinds <= found
    assert not expected.never & found
    assert any(option.part == 1 for option in options) == expected.all_wishes_met
    if expected.each_names_every_goal:
        assert all({share.stake for share in one.shares} == set(case.stakes) for one in options)


def chapter() -> Mapping[OptionKind | str, Option]:
    options = propose(CHAPTER.stakes, GRAPH, first=("product owner",))
    ids = CHAPTER.ids
    assert [one.kind for one in options] == [OptionKind.LEAD] * 2 + [OptionKind.EVENLY, OptionKind.STAGED]
    return {ids[one.leading] if one.kind is OptionKind.LEAD else one.kind: one for one in options}


def test_in_the_chapter_time_leads_first_and_the_bill_does_not_lead() -> None:
    assert list(chapter()) == ["time", "revenue", OptionKind.EVENLY, OptionKind.STAGED]


def test_in_the_chapter_whoever_leads_gets_all_and_the_others_only_a_part() -> None:
    options, ids = chapter(), CHAPTER.ids
    for leading in ("time", "revenue"):
        parts = {ids[one.stake]: one.part or 0.0 for one in options[leading].shares}
        assert parts.pop(leading) == pytest.approx(1.0, abs=1e-3)
        assert all(0 < part < 0.95 for part in parts.values())
    # Adverts pay for the VP's lead, and fewer of them for the product owner's.
    adverts = {leading: dict(options[leading].moves)["ad_load"] for leading in ("time", "revenue")}
    assert adverts["time"] < adverts["revenue"]
    assert dict(options["time"].moves)["recommendation_relevance"] > 0


def test_in_the_chapter_sharing_evenly_is_the_same_part_for_all() -> None:
    option = chapter()[OptionKind.EVENLY]
    part = option.part or 0.0
    assert [one.part for one in option.shares] == pytest.approx([part] * 3, abs=2e-3)
    assert 0.5 < part < 0.95


def test_in_the_chapter_time_comes_first_and_one_of_the_others_waits() -> None:
    option, ids = chapter()[OptionKind.STAGED], CHAPTER.ids
    assert ids[option.leading] == "time"
    assert len(option.later) == 1
    now = [one for one in option.shares if one.stake not in option.later]
    assert [one.part for one in now] == pytest.approx([1.0, 1.0], abs=1e-3)


@pytest.mark.parametrize("factor_id", sorted(WATCHED))
def test_in_the_chapter_nobody_elses_good_pays(factor_id: str) -> None:
    leverage = leverage_of(GRAPH)
    for option in chapter().values():
        moved = dict(option.moves)
        change = sum(
            effect * moved.get(lever.id, 0.0)
            for lever, effect in zip(leverage.levers, leverage.soon[leverage.places[factor_id]], strict=True)
        )
        assert change * WATCHED[factor_id] >= -0.1


def test_twelve_people_get_four_options_in_under_a_second() -> None:
    propose(CHAPTER.stakes, GRAPH)
    before = process_time()
    options = propose(TWELVE.stakes, GRAPH, first=("product owner",))
    assert process_time() - before < 1
    assert [one.kind for one in options] == [OptionKind.LEAD] * 2 + [OptionKind.EVENLY, OptionKind.STAGED]
    assert TWELVE.ids[options[0].leading] == "time"
    assert all(len(one.shares) == 12 for one in options)


# What nobody has a goal for


def test_what_nobody_has_a_goal_for_is_guarded() -> None:
    found = {one.objective.family: one for one in guards((), GRAPH)}
    assert set(found) == set(WATCHED)
    assert {one.owner for one in found.values()} == {NOBODY}
    assert {name: one.objective.bound for name, one in found.items()} == {
        name: Bound.AT_LEAST if better > 0 else Bound.AT_MOST for name, better in WATCHED.items()
    }
    mine = Stake("U1", ask("privacy", UP))
    assert "privacy" not in {one.objective.family for one in guards((mine,), GRAPH)}
    assert guards((), SMALL) == ()


# The pieces


@pytest.mark.parametrize(
    ("wanted", "got", "part"),
    [(10, 5, 0.5), (-10, -5, 0.5), (10, -5, 0), (-10, 5, 0), (10, 25, 1), (None, 5, None), (10, None, None)],
)
def test_the_part_of_what_was_asked_for(wanted: float | None, got: float | None, part: float | None) -> None:
    assert Share(ONE, wanted, got, 0.0).part == part


def test_an_option_without_numbers_has_no_part() -> None:
    assert Option("o", OptionKind.EVERYTHING, ONE, (Share(ONE, None, None, 0.0),)).part is None


def test_an_option_can_be_said_of_the_goals_in_peoples_own_words() -> None:
    staged = replace(propose((ONE, OTHER), SMALL)[3], multipliers=((ONE, 0.5),))
    named = Stake("U0", ONE.objective.model_copy(update={"metric": "brand warmth", "family": None}))
    told = staged.about({ONE: named})
    assert (told.leading, told.later, told.id) == (named, (OTHER,), staged.id)
    assert [one.stake for one in told.shares] == [named, OTHER]
    assert told.multipliers == ((named, 0.5),)


@pytest.mark.parametrize(
    ("wanted", "got", "lost"),
    [(10, 5, 5), (-10, -5, 5), (10, -5, 15), (-10, 5, 15), (10, 25, 0), (None, 5, None), (10, None, None)],
)
def test_what_is_given_up_is_what_was_asked_for_and_is_not_got(
    wanted: float | None, got: float | None, lost: float | None
) -> None:
    assert Share(ONE, wanted, got, 0.0).gives_up == lost


@pytest.mark.parametrize(
    ("goal", "change", "gain", "lost"),
    [
        (ask("a", UP, 10), 12.46, "+12.5 %", "12.5 points"),
        (ask("a", DOWN, 10), -1, "−1 %", "1 point"),
        (ask("a", UP), 0.01, "as today", "nothing"),
        (latency(0.2, None), -10, "−10 %", "10 points"),
        (latency(0.2, 0.0), -10, "−10 %", "10 points"),
        (latency(0.2, 0.35), -20, "280 ms", "70 ms"),
        (ask("a", DOWN, amount=300, unit=Unit.MONEY, mode=Mode.CHANGE, baseline=1000, currency="EUR"), -20,
         "−€200", "€200"),
        (ask("a", UP, amount=3, unit=Unit.PERCENTAGE_POINTS, mode=Mode.CHANGE, baseline=80), 2.5,
         "+2 percentage points", "2 percentage points"),
    ],
)  # fmt: skip
def test_gains_and_losses_are_said_as_their_owner_counts(goal: Objective, change: float, gain: str, lost: str) -> None:
    assert say_gain(goal, change) == gain
    assert say_lost(goal, abs(change)) == lost
