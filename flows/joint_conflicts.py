"""Goals that only together cannot be met, in words."""

from collections.abc import Iterable, Iterator

from flows.conflict import Conflict, ConflictKind, Severity, Step, and_list, say_flexible, say_standing, say_steps
from flows.influence import Edge, Horizon, InfluenceGraph
from flows.joint_goals import Joint
from flows.joint_words import cheapest_lowering, name_unguarded, say_lowering, say_who_else
from flows.own_numbers import say_change
from flows.wishes import say_metric, say_wish, wanted_sign

_NEARLY_ALWAYS, _AS_OFTEN_AS_NOT = 0.9, 0.5
_COUNTED = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
_PAIR, _MOST_TOLD = 2, 3
_LEVERS_SHOWN = 2
_CROWDED = " No lever that they need sets them at odds, but one project cannot pull all of those."


def choose_worst(joints: Iterable[Joint]) -> Iterator[Joint]:
    """The few that are worth a look, worst first: each fails as often as not and names a metric that is not yet named.

    Two goals only when they hardly ever get along: what couples them lies so far off that nothing shorter tells it.
    """
    named: set[str | None] = set()
    chosen = 0
    for joint in sorted(joints, key=lambda joint: (-joint.odds, len(joint.stakes))):
        least = _AS_OFTEN_AS_NOT if len(joint.stakes) > _PAIR else _NEARLY_ALWAYS
        metrics = {stake.objective.family for stake in joint.stakes}
        if chosen < _MOST_TOLD and joint.odds >= least and not metrics <= named:
            named |= metrics
            chosen += 1
            yield joint


def describe_joint(joint: Joint, graph: InfluenceGraph) -> Conflict:
    """The conflict among goals that cannot all be met, though they could if any one of them were not there."""
    lowering = say_lowering(joint)
    apart = "different products or regions, or a later date for one of them"
    dissolve = f"{lowering} {apart.capitalize()} would help too." if lowering else f"{apart.capitalize()} would help."
    fails_in = round(100 * joint.odds)
    links, chain = tuple(_links(joint, graph)), tuple(_say_chain(joint, graph))
    crowded = _CROWDED if joint.moves and not chain else ""
    return Conflict(
        kind=ConflictKind.JOINT,
        stakes=joint.stakes,
        severity=_judge(joint),
        reason=f"{_say_goals(joint)}{crowded} {_say_share(joint)}{_say_rate(joint)}",
        chain=chain,
        how_sure=(
            f"{say_standing(links)} In {fails_in} of 100 tries with stronger and weaker links, they cannot all be met, "
            "though each alone can."
        ),
        dissolve=dissolve + say_flexible(stake.objective for stake in joint.stakes),
        links=links,
        fails_in=fails_in,
        victims=tuple(harm.stake for harm in joint.victims),
        unguarded=name_unguarded(joint),
        who_else=say_who_else(joint, graph),
    )


def _judge(joint: Joint) -> Severity:
    return Severity.HIGH if joint.odds >= _NEARLY_ALWAYS else Severity.MEDIUM


def _say_goals(joint: Joint) -> str:
    count = len(joint.stakes)
    wishes = and_list(say_wish(stake.objective) for stake in joint.stakes)
    without = "Each of them can be met alone." if count == _PAIR else "Without any one of them, the rest can be met."
    return f"{_COUNTED.get(count, str(count))} goals collide: {wishes}. {without}"


def _say_share(joint: Joint) -> str:
    low, high = round(100 * joint.low), round(100 * joint.high)
    if high == 0:
        return "Together they get nowhere."
    band = f"{low} to {high}" if low < high else f"about {high}"
    return f"Together they reach {band} % of what they ask."


def _say_rate(joint: Joint) -> str:
    """What one goal costs another at that point, the one that gives being the one that can best afford it."""
    least = cheapest_lowering(joint)
    rates = [rate for rate in joint.rates if least is None or rate.gives == least.stake]
    if not rates:
        return ""
    rate = rates[0]
    gains, gives = rate.gains.objective, rate.gives.objective
    return (
        f" From there, each further {say_change(gains, 1.0)} for {say_metric(gains)} "
        f"costs {say_metric(gives)} {say_change(gives, rate.percent)}."
    )


def _say_chain(joint: Joint, graph: InfluenceGraph) -> Iterator[Step]:
    """The chains of the levers that help one of the goals and hurt another, the farthest moved first."""
    steps: dict[Step, None] = {}
    shown = 0
    for lever, move in sorted(joint.moves, key=lambda moved: (-abs(moved[1]), moved[0])):
        push = 1 if move > 0 else -1
        effects = [
            (effect, effect.sign * push * wanted_sign(stake.objective))
            for stake in joint.stakes
            if (effect := graph.effect(lever, str(stake.objective.family))) and effect.horizon is Horizon.SHORT
        ]
        if shown < _LEVERS_SHOWN and {1, -1} <= {helps for _effect, helps in effects}:
            shown += 1
            steps |= dict.fromkeys(step for effect, _helps in effects for step in say_steps(graph, effect, push))
    yield from steps


def _links(joint: Joint, graph: InfluenceGraph) -> Iterator[Edge]:
    """The links of all chains by which the moved levers reach the goals, in the order of the graph."""
    families = {stake.objective.family for stake in joint.stakes}
    used = {
        edge
        for lever, _move in joint.moves
        for chain in graph.chains_from(lever)
        if chain[-1].target in families and all(edge.horizon is Horizon.SHORT for edge in chain)
        for edge in chain
    }
    return (edge for edge in graph.edges if edge in used)
