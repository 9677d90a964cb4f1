"""What is said of goals that the levers cannot bring together, and of those who pay for it."""

from dataclasses import replace

import pytest

from flows.conflict import Conflict
from flows.conflicts import ConflictKind, Severity, Stake, find_conflicts, find_gaps
from flows.feasibility import assess
from flows.gaps import GapKind
from flows.influence import Horizon, InfluenceGraph
from flows.joint_conflicts import choose_worst, describe_joint
from flows.joint_goals import Joint
from flows.objectives import Firmness, Mode, Objective, Unit
from flows.own_numbers import is_accepted, say_change, say_reached
from flows.scopes import are_apart
from tests.flows.assumptions import DOWN, UP, ask, factor, graph_of, link, stakes_of

PULL = factor("pull", -10, 10)


def find(*goals: Objective, graph: InfluenceGraph) -> tuple[Conflict, ...]:
    return find_conflicts(stakes_of(*goals), graph)


# Three goals, each pair of which can be met: every lever raises two of them and lowers the third by more.

WHEEL = graph_of(
    (factor("x", 0, 10), factor("y", 0, 10), factor("z", 0, 10)),
    *(
        link(lever, metric, -1.5 if one == other else 1.0, spread=0.2)
        for one, lever in enumerate("xyz")
        for other, metric in enumerate("abc")
    ),
)
EUROS = {"baseline": 2000, "baseline_unit": Unit.MONEY, "baseline_currency": "EUR", "baseline_per": "month"}
THREE = ask("a", UP, 8), ask("b", UP, 8, **EUROS), ask("c", UP, 8)


def joint_of(*goals: Objective, graph: InfluenceGraph = WHEEL) -> Conflict:
    (conflict,) = [one for one in find(*goals, graph=graph) if one.kind is ConflictKind.JOINT]
    return conflict


def test_three_goals_that_no_pair_explains() -> None:
    conflict = joint_of(*THREE)
    assert (conflict.tier, len(conflict.stakes)) == (3, 3)
    assert "Three goals collide: “a” to rise by 8 %, “b” to rise by 8 % and “c” to rise by 8 %." in conflict.reason
    assert "Without any one of them, the rest can be met." in conflict.reason
    assert "of what they ask." in conflict.reason
    assert (conflict.fails_in or 0) > 90
    assert conflict.severity is Severity.HIGH
    assert f"In {conflict.fails_in} of 100 tries" in conflict.how_sure


def test_a_rate_is_told_in_the_persons_own_numbers() -> None:
    assert "each further 1 % for “a” costs “b” 1 % (€20 per month)." in joint_of(*THREE).reason


def test_without_a_rate_none_is_told() -> None:
    (joint,) = assess(stakes_of(*THREE), WHEEL).sets
    assert describe_joint(replace(joint, rates=()), WHEEL).reason.endswith("of what they ask.")


def test_the_assumptions_that_a_joint_conflict_rests_on_are_named() -> None:
    conflict = joint_of(*THREE)
    assert conflict.links
    assert set(conflict.links) <= set(WHEEL.edges)
    assert "more x → less a" in [step.words for step in conflict.chain]


def test_what_would_dissolve_it_is_computed() -> None:
    """One lever, one percent for a percent: what one gets, the other lacks, and neither has a lever of its own."""
    graph = graph_of(
        (PULL, factor("push", -10, 6)),
        link("pull", "sales", 1.0),
        link("pull", "bill", 0.5),
        link("push", "bill", -1.0),
    )
    goals = ask("sales", UP, 8), ask("bill", DOWN, 4)
    assert "Both can be met if “bill” is content with 2 % instead of 4 %." in find(*goals, graph=graph)[0].dissolve
    firm = goals[0], ask("bill", DOWN, 4, firmness=Firmness.FIRM)
    assert "if “sales” is content with 4 % instead of 8 %" in find(*firm, graph=graph)[0].dissolve
    floored = goals[0], ask("bill", DOWN, 4, floor=3)
    assert "if “sales” is content with 4 % instead of 8 %" in find(*floored, graph=graph)[0].dissolve


FAR = graph_of(
    (PULL,),
    link("pull", "mid", 1.0),
    link("mid", "sales", 1.0),
    link("pull", "stage", 1.0),
    link("stage", "next", 1.0),
    link("next", "bill", 1.0),
)


def test_two_goals_that_collide_only_over_a_long_way_round() -> None:
    conflict = joint_of(ask("sales", UP, 5), ask("bill", DOWN, 5), graph=FAR)
    assert conflict.reason.startswith("Two goals collide: ")
    assert "Each of them can be met alone. Together they get nowhere." in conflict.reason
    assert conflict.dissolve.startswith("Different products or regions, or a later date for one of them would help.")


def test_goals_that_are_only_too_many_for_one_project() -> None:
    """Three levers at full pull, none of which hurts anybody, and strength for two."""
    graph = graph_of(
        (PULL, factor("push", -10, 10), factor("lift", -10, 10)),
        *(link(lever, metric, 1.0, spread=0.1) for lever, metric in (("pull", "a"), ("push", "b"), ("lift", "c"))),
    )
    conflict = joint_of(ask("a", UP, 9), ask("b", UP, 9), ask("c", UP, 9), graph=graph)
    assert conflict.chain == ()
    assert "No lever that they need sets them at odds, but one project cannot pull all of those." in conflict.reason


def test_a_goal_without_number_is_never_asked_to_yield() -> None:
    conflict = joint_of(ask("sales", UP), ask("bill", DOWN, 5), graph=FAR)
    assert "content" not in conflict.dissolve


def test_how_hard_it_is_depends_on_how_often_it_fails() -> None:
    def severities(by: float, graph: InfluenceGraph = WHEEL) -> list[Severity]:
        found = find(ask("a", UP, by), ask("b", UP, by), ask("c", UP, by), graph=graph)
        return [one.severity for one in found if one.kind is ConflictKind.JOINT]

    better = (replace(edge, strength=replace(edge.strength, high=3.0)) for edge in WHEEL.edges if edge.sign > 0)
    hopeful = replace(WHEEL, edges=(*better, *(edge for edge in WHEEL.edges if edge.sign < 0)))
    assert (severities(8), severities(3.6)) == ([Severity.HIGH], [Severity.MEDIUM])
    assert severities(5.1, hopeful) == []


def test_only_the_worst_few_are_told_and_none_that_names_nobody_new() -> None:
    stakes = stakes_of(*(ask(name, UP, 1) for name in "abcdefghi"))
    (joint,) = assess(stakes_of(*THREE), WHEEL).sets

    def of(names: str, odds: float) -> Joint:
        return replace(joint, stakes=tuple(stakes["abcdefghi".index(name)] for name in names), odds=odds)

    abc, abd, bcd, ef, gh, efg, hia, ghi = (
        of("abc", 0.9), of("abd", 0.8), of("bcd", 0.7), of("ef", 0.8), of("gh", 0.95), of("efg", 0.5), of("hia", 0.4),
        of("ghi", 0.6),
    )  # fmt: skip
    assert list(choose_worst([hia, efg, bcd, abd, abc])) == [abc, abd, efg]
    assert list(choose_worst([ef, gh])) == [gh]
    assert list(choose_worst([efg, ghi, abd, abc])) == [abc, abd, ghi]


def test_a_conflict_keeps_its_id() -> None:
    stakes = stakes_of(*THREE)
    ids = {one.id for one in find_conflicts(stakes, WHEEL)}
    assert ids == {one.id for one in find_conflicts(stakes[::-1], WHEEL)}
    assert len(ids) == len(find_conflicts(stakes, WHEEL))
    assert {one.tier for one in find_conflicts(stakes, WHEEL)} == {2, 3}


def test_goals_about_one_metric_do_not_collide_jointly() -> None:
    found = find(ask("sales", UP, 5), ask("sales", DOWN, 5), graph=FAR)
    assert [(one.kind, one.tier) for one in found] == [(ConflictKind.DIRECT, 1)]


def test_goals_whose_metric_no_lever_reaches_do_not_collide_jointly() -> None:
    graph = graph_of((PULL,), link("pull", "a", 1.0, horizon=Horizon.LONG), link("a", "b", 1.0))
    (conflict,) = find(ask("a", UP, 5), ask("b", DOWN, 5), graph=graph)
    assert (conflict.kind, conflict.fails_in, conflict.who_else) == (ConflictKind.COUPLED, None, "")


# Who else pays

SHARED = graph_of(
    (PULL, factor("push", -10, 6)),
    link("pull", "sales", 1.0),
    link("pull", "bill", 0.5),
    link("push", "bill", -1.0),
    link("push", "calm", -0.5),
    link("push", "privacy", -0.4),
    link("pull", "retention", -0.4, horizon=Horizon.LONG),
)


def test_hidden_victims_are_named() -> None:
    sales, bill, calm = stakes_of(ask("sales", UP, 4), ask("bill", DOWN, 4), ask("calm", UP))
    (conflict,) = [one for one in find_conflicts([sales, bill, calm], SHARED) if set(one.stakes) == {sales, bill}]
    assert conflict.victims == (calm,)
    assert conflict.unguarded == ("privacy", "retention")
    assert conflict.who_else == (
        "Getting as far as they can means less calm by at least 3 %, against another goal. "
        "Getting as far as they can means less privacy by at least 2.4 % and less retention by at least 1.6 %, "
        "in the long run; nobody has a goal for that."
    )


def test_two_victims_are_told_in_one_sentence() -> None:
    sales, bill, calm, rest = stakes_of(
        ask("sales", UP, 4), ask("bill", DOWN, 4), ask("calm", UP), ask("privacy", UP, 1)
    )
    found = find_conflicts([sales, bill, calm, rest], SHARED)
    (conflict,) = [one for one in found if set(one.stakes) == {sales, bill}]
    assert "less calm by at least 3 % and less privacy by at least 2.4 %, against other goals." in conflict.who_else


def test_a_way_that_hurts_what_nobody_named_comes_with_a_warning() -> None:
    """The calmest way to sales pulls the lever that annoys; another lever would spare people."""
    graph = graph_of(
        (PULL, factor("push", -10, 10), factor("lift", -10, 10)),
        link("pull", "sales", 1.0),
        link("pull", "satisfaction", -0.5),
        link("push", "sales", 0.9),
        link("sales", "bill", 0.4),
        link("lift", "bill", -1.0),
    )
    (conflict,) = find(ask("sales", UP, 8), ask("bill", DOWN, 2), graph=graph)
    assert conflict.severity is Severity.LOW
    assert conflict.dissolve == "More pull and more lift can meet both. Then watch out for less satisfaction."


def test_with_many_levers_the_farthest_moves_are_named() -> None:
    graph = graph_of(
        (factor("p", -3, 3), factor("q"), factor("r", -1, 1), factor("s")),
        link("p", "sales", 2.0),
        link("q", "sales", 1.0),
        link("sales", "bill", 0.1),
        link("r", "bill", -1.0),
        link("s", "bill", -0.5),
    )
    (conflict,) = find(ask("sales", UP, 8), ask("bill", DOWN, 1), graph=graph)
    assert conflict.dissolve == "More p, more q and more s with smaller moves elsewhere can meet both."


def test_limits_with_so_much_room_that_nothing_has_to_move() -> None:
    graph = graph_of((PULL,), link("pull", "sales", 1.0), link("sales", "bill", 0.1))
    limit = Objective.model_validate(
        {"metric": "bill", "family": "bill", "direction": "at_most", "amount": 150, "unit": "count", "mode": "level",
         "baseline": 100}
    )  # fmt: skip
    (conflict,) = find(ask("sales", UP, 8), limit, graph=graph)
    assert (conflict.severity, conflict.dissolve) == (Severity.LOW, "More pull can meet both.")
    (conflict,) = find(ask("sales", UP, 1e-8), limit, graph=graph)
    assert conflict.dissolve == "Hardly anything has to change for that."


def test_where_one_goal_has_no_number_it_only_counts_as_unharmed() -> None:
    harm = find(ask("sales", UP, 8), ask("bill", DOWN), graph=FAR)[0]
    assert "they cannot all be met" in harm.how_sure
    graph = graph_of((PULL,), link("pull", "sales", 1.0), link("pull", "bill", 0.5))
    (conflict,) = find(ask("sales", UP, 8), ask("bill", DOWN), graph=graph)
    assert conflict.how_sure.endswith(
        "In 100 of 100 tries with stronger and weaker links, "
        "the one with a number cannot be met without harm to the other, though alone it can."
    )
    assert find(ask("sales", UP), ask("bill", DOWN), graph=graph)[0].fails_in is None


# Scope


def about(words: str) -> Objective:
    return ask("churn", DOWN, 5).model_copy(update={"metric": words})


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("churn in Germany", "churn in  France", True),
        ("churn in the Netherlands", "churn in Spain", True),
        ("churn in Germany", "churn in Germany", False),
        ("churn in Germany", "churn", False),
        ("churn in Germany and France", "churn in France", False),
        ("churn in Germany", "churn outside France", False),
        ("churn", "retention", False),
        ("conversion on mobile", "conversion on desktop", True),
        ("crashes on iOS", "crashes on Android", True),
        ("churn of new customers", "churn of existing customers", True),
        ("revenue from private customers", "revenue with business customers", False),
        ("revenue with private customers", "revenue with business customers", True),
    ],
)
def test_only_what_certainly_lies_apart_is_kept_apart(one: str, other: str, apart: bool) -> None:  # noqa: FBT001
    assert are_apart(about(one), about(other)) is apart
    assert are_apart(about(other), about(one)) is apart


def test_goals_about_different_countries_do_not_collide() -> None:
    here, there = ask("churn", DOWN, 5), ask("churn", UP, 5)
    goals = here.model_copy(update={"metric": "churn in France"}), there.model_copy(update={"metric": "churn in Spain"})
    assert find_conflicts(stakes_of(*goals)) == ()
    (conflict,) = find_conflicts(stakes_of(here, there))
    assert conflict.how_sure.endswith("Please check first that both are about the same product and region.")


def test_neither_do_they_jointly() -> None:
    goals = [
        goal.model_copy(update={"metric": f"{goal.metric} in {land}"})
        for goal, land in zip(THREE, ("Chile", "Peru", "Peru"), strict=True)
    ]
    assert ConflictKind.JOINT not in {one.kind for one in find(*goals, graph=WHEEL)}


def test_one_name_counted_in_two_ways_is_a_question() -> None:
    monthly = ask("cloud_bill", DOWN, None, amount=500, unit=Unit.MONEY, mode=Mode.CHANGE, currency="EUR", per="month")
    yearly, dollars = monthly.model_copy(update={"per": "year"}), monthly.model_copy(update={"currency": "USD"})
    abroad = dollars.model_copy(update={"metric": "bill in Chile"})
    for other, expected in ((yearly, 1), (dollars, 1), (monthly, 0)):
        gaps = find_gaps([Stake("U1", monthly), Stake("U2", other)])
        asked = [gap for gap in gaps if gap.kind is GapKind.COUNTED_APART]
        assert len(asked) == expected
    assert "€500 per month" in find_gaps([Stake("U1", monthly), Stake("U2", yearly)])[-1].question
    here = monthly.model_copy(update={"metric": "bill in Peru"})
    assert GapKind.COUNTED_APART not in {gap.kind for gap in find_gaps([Stake("U1", here), Stake("U2", abroad)])}


# The person's own numbers

BILL = ask("bill", DOWN, None, amount=5000, unit=Unit.MONEY, mode=Mode.CHANGE, currency="EUR", baseline=50_000)
LATENCY = ask("latency", DOWN, None, amount=0.2, unit=Unit.DURATION, mode=Mode.LEVEL, baseline=0.25)
SHARE = ask("recall", UP, None, amount=5, unit=Unit.PERCENTAGE_POINTS, mode=Mode.CHANGE, baseline=80)


@pytest.mark.parametrize(
    ("goal", "change", "said", "reached"),
    [
        (ask("sales", UP, 8), 3.14, "3.1 %", "3.1 %"),
        (ask("sales", UP), 0.0, "0 %", "0 %"),
        (BILL, -6, "6 % (€3,000)", "€3,000"),
        (LATENCY, -8, "8 % (20 ms)", "230 ms"),
        (SHARE, 5, "5 % (4 percentage points)", "4 percentage points"),
    ],
)
def test_changes_are_said_in_the_persons_own_unit(goal: Objective, change: float, said: str, reached: str) -> None:
    assert (say_change(goal, change), say_reached(goal, change)) == (said, reached)


@pytest.mark.parametrize(
    ("goal", "floor", "change", "accepted"),
    [
        (ask("sales", UP, 8), None, 1, True),
        (ask("sales", UP, 8), 5, 4, False),
        (ask("sales", DOWN, 8), 5, -6, True),
        (BILL, 3000, -6, True),
        (BILL, 3000, -4, False),
        (BILL.model_copy(update={"baseline": None}), 3000, -4, True),
        (LATENCY, 0.24, -8, True),
        (LATENCY, 0.22, -8, False),
    ],
)
def test_what_a_person_would_still_accept(goal: Objective, floor: float | None, change: float, accepted: bool) -> None:  # noqa: FBT001
    assert is_accepted(goal.model_copy(update={"floor": floor}), change) is accepted
