"""Goals for two metrics, where reaching one moves the other the wrong way: how bad that is, and how it is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.conflict import (
    IN_THE_LONG_RUN,
    Conflict,
    ConflictKind,
    Severity,
    Step,
    and_list,
    capital,
    say_both,
    say_flexible,
    say_standing,
    say_steps,
)
from flows.coupling import Collision, Pair, Way, family
from flows.demands import STILL, demands_of
from flows.influence import Edge, Horizon, InfluenceGraph
from flows.joint_goals import Joint
from flows.joint_words import cheapest_lowering, name_unguarded, say_lowering, say_who_else
from flows.leverage import leverage_of
from flows.wishes import Stake, is_pursued, say_metric, wanted_sign

_HARDLY_EVER = 0.05
"""A pair that fails in no more than this fraction of draws is easily satisfied."""

_SELDOM = 0.1
"""A pair that fails in no more than this is never judged high, and one that fails in more is never judged low."""

_AS_OFTEN_AS_NOT = 0.5

_FEW_LINKS = 2
"""What takes more links than this, to both goals together, few people would think of."""

_LEVERS_SHOWN = 3
_HARMS_SHOWN = 2


@dataclass(frozen=True)
class Coupling:
    """A pair that collides along the graph's links, with what the levers together make of it.

    Attributes:
        pair: The two goals among all.
        collision: How they collide.
        joint: How far the two can be met together; None where a lever for one of them is not known.
        limits: For each of them that no lever brings to its target even alone, that in words.
    """

    pair: Pair
    collision: Collision
    joint: Joint | None
    limits: Mapping[Stake, str]

    @property
    def odds(self) -> float | None:
        """The fraction of draws in which the two cannot be met together; None where neither has a number."""
        numbered = any(_has_number(stake) for stake in (self.pair.one, self.pair.other))
        return self.joint.odds if self.joint and numbered else None

    @property
    def nearly_always_works(self) -> bool:
        """Whether the levers meet both in nearly all draws, and the harm is not one that only comes in the long run."""
        counted = self.all_have_numbers and self.collision.harmed.horizon is Horizon.SHORT
        return counted and self.odds is not None and self.odds <= _HARDLY_EVER

    @property
    def all_have_numbers(self) -> bool:
        """Whether it is known of both how far they are to go, or that they only have to be guarded."""
        goals = (self.pair.one, self.pair.other)
        return all(_has_number(stake) for stake in goals if is_pursued(stake.objective))

    @property
    def is_easily_met(self) -> bool:
        """Whether that is so, and it is not known that anybody else pays for it."""
        return self.nearly_always_works and not self.somebody_pays

    @property
    def somebody_pays(self) -> bool:
        """Whether meeting both harms another goal, or something that nobody has a goal for."""
        return self.joint is None or not self.joint.spares_others or bool(self.joint.unguarded)

    @property
    def is_far_fetched(self) -> bool:
        """Whether the two are coupled over so long a way, and get along so often, that it is no conflict.

        Not where the lever, pulled as far as it goes for the one goal, would undo a good part of the other. Where there
        are no tries, or the harm only comes in the long run, which is not among them, one link more is let pass.
        """
        links, odds = len(self.collision.links), self.odds
        is_tried = odds is not None and self.collision.harmed.horizon is Horizon.SHORT
        if links <= (_FEW_LINKS if is_tried else _FEW_LINKS + 1):
            return False
        return (odds is None or odds < _AS_OFTEN_AS_NOT) and not self._undoes_the_other

    @property
    def _undoes_the_other(self) -> bool:
        """Whether the lever brings half of what the one goal asks, or more, and costs the other as large a part."""
        cause, hurt, graph = self.collision.cause, self.collision.hurt, self.pair.graph
        if not graph.is_lever(self.collision.driver) or not _has_number(cause):
            return False
        gain, loss = self._pulled(cause), self._pulled(hurt)
        return gain >= _wanted(cause) / 2 and loss >= max(_wanted(hurt) / 2, STILL)

    def _pulled(self, stake: Stake) -> float:
        leverage = leverage_of(self.pair.graph)
        return abs(leverage.pull(self.collision.driver, self.collision.push, family(stake)))


def _wanted(stake: Stake) -> float:
    return max(row.wanted for row in demands_of(stake.objective))


def _has_number(stake: Stake) -> bool:
    return _wanted(stake) > 0


def describe_coupling(coupling: Coupling) -> Conflict:
    """The conflict in words."""
    pair, collision, joint = coupling.pair, coupling.collision, coupling.joint
    cause, hurt = collision.cause, collision.hurt
    goals = cause.objective, hurt.objective
    lowered = cheapest_lowering(joint) if joint else None
    limits = (words for stake, words in coupling.limits.items() if not lowered or stake != lowered.stake)
    parts = [_say_way_out(coupling), *limits, say_lowering(joint) if joint else ""]
    return Conflict(
        kind=ConflictKind.COUPLED,
        stakes=(cause, hurt),
        severity=_judge(coupling),
        reason=_say_reason(pair.graph, collision),
        chain=_say_chain(pair.graph, collision),
        how_sure=_say_how_sure(coupling),
        dissolve=" ".join(part for part in parts if part) + say_flexible(goals),
        links=collision.links,
        fails_in=None if coupling.odds is None else round(100 * coupling.odds),
        victims=tuple(harm.stake for harm in joint.victims) if joint else (),
        unguarded=name_unguarded(joint) if joint else (),
        who_else=_say_who_else(coupling),
    )


def _judge(coupling: Coupling) -> Severity:
    severity, odds = _judge_ways_out(coupling.pair, coupling.collision), coupling.odds
    if coupling.is_easily_met:
        return Severity.LOW
    if odds is None or severity is Severity.MEDIUM:
        return severity
    if severity is Severity.HIGH:
        is_sure = odds >= _AS_OFTEN_AS_NOT or coupling.collision.helped is None
        return Severity.HIGH if is_sure and odds > _SELDOM else Severity.MEDIUM
    return Severity.LOW if odds <= _SELDOM else Severity.MEDIUM


def _say_moves(coupling: Coupling) -> str:
    """What the levers together can do, the farthest move first."""
    graph, moves = coupling.pair.graph, coupling.joint.moves if coupling.joint else ()
    farthest = sorted(moves, key=lambda moved: (-abs(moved[1]), moved[0]))
    said = [graph.say(lever, 1 if move > 0 else -1) for lever, move in farthest[:_LEVERS_SHOWN]]
    if not said:
        return "Hardly anything has to change for that."
    more = " with smaller moves elsewhere" if len(moves) > _LEVERS_SHOWN else ""
    risks = [graph.say(factor, sign) for factor, sign in coupling.joint.at_risk] if coupling.joint else []
    watch = f" Then watch out for {and_list(risks)}." if risks else ""
    price = "" if coupling.is_easily_met else ", but somebody else would pay: settle it together with them"
    return f"{capital(and_list(said))}{more} can meet both{price}.{watch}"


def _judge_ways_out(pair: Pair, collision: Collision) -> Severity:
    ways = pair.ways_out
    inherent = collision.helped is None
    no_escape = is_pursued(collision.hurt.objective) if inherent else None in ways.values()
    if no_escape and not pair.asks_are_small():
        return Severity.HIGH
    all_clean = all(way is not None and way.is_clean for way in ways.values())
    if not inherent and all_clean and pair.shortfall() is None:
        return Severity.LOW
    return Severity.MEDIUM


def _say_reason(graph: InfluenceGraph, collision: Collision) -> str:
    cause, hurt = collision.cause, collision.hurt
    means = graph.say(family(hurt), collision.harmed.sign * collision.push)
    if collision.harmed.horizon is Horizon.LONG:
        means += IN_THE_LONG_RUN
    if collision.helped is not None:
        means = f"{graph.say(family(cause), wanted_sign(cause.objective))}, but also {means}"
    start = capital(graph.say(collision.driver, collision.push))
    return f"{say_both(cause.objective, hurt.objective)} {start} would mean {means}."


def _say_chain(graph: InfluenceGraph, collision: Collision) -> tuple[Step, ...]:
    helped = say_steps(graph, collision.helped, collision.push) if collision.helped else ()
    return (*helped, *say_steps(graph, collision.harmed, collision.push))


def _say_who_else(coupling: Coupling) -> str:
    """Who has to pay, and what the levers that were named would cost those who have no goal here."""
    graph, collision, joint = coupling.pair.graph, coupling.collision, coupling.joint
    said = [say_who_else(joint, graph)] if joint else []
    driver = [(collision.driver, collision.push)] if graph.is_lever(collision.driver) else []
    for lever, push in dict.fromkeys([*driver, *((way.lever, way.push) for way in _ways_shown(coupling))]):
        harms = list(coupling.pair.unspoken_harms(lever, push))[:_HARMS_SHOWN]
        if harms:
            said.append(f"{capital(graph.say(lever, push))} would also mean {_say_harms(graph, harms, push)}.")
    return " ".join(part for part in said if part)


def _say_harms(graph: InfluenceGraph, harms: Sequence[Edge], push: int) -> str:
    named = (
        graph.say(edge.target, edge.sign * push) + (IN_THE_LONG_RUN if edge.horizon is Horizon.LONG else "")
        for edge in harms
    )
    return f"{and_list(dict.fromkeys(named))}; nobody has a goal for that"


def _takes_several_levers(coupling: Coupling) -> bool:
    """Whether levers together nearly always do what none does by itself."""
    by_ways = _judge_ways_out(coupling.pair, coupling.collision)
    needed = by_ways is Severity.HIGH if coupling.somebody_pays else by_ways is not Severity.LOW
    return needed and coupling.nearly_always_works


def _ways_shown(coupling: Coupling) -> list[Way]:
    """The ways out that are told: one that serves both, or else one for each goal that has one."""
    pair, collision = coupling.pair, coupling.collision
    if _takes_several_levers(coupling):
        return []
    if collision.helped is None:
        way = _relief(pair, collision)
        return [way] if way else []
    ways = [way for way in pair.ways_out.values() if way is not None]
    shared = [way for way in ways if way.serves_both]
    return [min(shared, key=lambda way: way.preference)] if shared else ways


def _say_way_out(coupling: Coupling) -> str:
    pair, collision = coupling.pair, coupling.collision
    if _takes_several_levers(coupling):
        return _say_moves(coupling)
    if collision.helped is None:
        return _say_relief(pair, collision)
    shown = _ways_shown(coupling)
    if shown and shown[0].serves_both:
        (best,) = shown
        start = capital(pair.graph.say(best.lever, best.push))
        return f"{start} would serve both{_say_cost(pair, best)}.{_say_shortfall(pair)}"
    return " ".join(_say_way(pair, goal, way) for goal, way in pair.ways_out.items())


def _relief(pair: Pair, collision: Collision) -> Way | None:
    hurt = collision.hurt
    return pair.best_way(hurt, collision.cause) if wanted_sign(hurt.objective) else None


def _say_relief(pair: Pair, collision: Collision) -> str:
    hurt, way = collision.hurt, _relief(pair, collision)
    if way is None:
        return f"Settle which of the two goes first.{_say_shortfall(pair)}"
    relief = pair.graph.say(family(hurt), wanted_sign(hurt.objective))
    spared = "" if way.serves_both else " and is not known to hurt the other goal"
    start = capital(pair.graph.say(way.lever, way.push))
    return f"{start} would mean {relief}{spared}{_say_cost(pair, way)}.{_say_shortfall(pair)}"


def _say_way(pair: Pair, goal: Stake, way: Way | None) -> str:
    name = say_metric(goal.objective)
    if way is None:
        return f"For {name} I know no way that spares the other goal: settle which of the two goes first."
    what = pair.graph.say(way.lever, way.push)
    return f"For {name}, {what} could help, with no known harm to the other goal{_say_cost(pair, way)}."


def _say_cost(pair: Pair, way: Way) -> str:
    harms = dict.fromkeys(
        pair.graph.say(family(victim), pair.moved(way.lever, way.push, victim)) for victim in way.victims
    )
    slow = IN_THE_LONG_RUN if way.is_slow else ""
    fades = ", as long as the gain does not fade over the years" if way.backfires else ""
    cost = f", but would mean {' and '.join(harms)}, against another goal: settle them together" if harms else ""
    return slow + fades + cost


def _say_shortfall(pair: Pair) -> str:
    shortfall = pair.shortfall()
    if shortfall is None:
        return ""
    mover, carried, lacking = shortfall
    step = f"If {say_metric(carried.objective)} moves in step with {say_metric(mover.objective)}"
    return f" {step}, other means must bring it {'up' if lacking > 0 else 'down'} by another {abs(lacking):.0f} %."


def _say_how_sure(coupling: Coupling) -> str:
    collision = coupling.collision
    sure = say_standing(collision.links)
    studies = dict.fromkeys(edge.reference for edge in collision.links if edge.reference)
    if studies:
        sure += f" Backed by {' and '.join(studies)}."
    if collision.helped and collision.helped.backfires:
        sure += " In the long run the gain itself may turn round."
    if coupling.odds is not None:
        sure += f" {_say_odds(coupling, coupling.odds)}"
    return sure


def _say_odds(coupling: Coupling, odds: float) -> str:
    fails_in, tries = round(100 * odds), "tries with stronger and weaker links"
    if coupling.limits and fails_in:
        return f"In {fails_in} of 100 {tries}, they get in each other's way."
    if coupling.all_have_numbers:
        able, unable, alone = "both can be met", "they cannot both be met", "each alone can"
    else:
        able = "the one with a number can be met without harm to the other"
        unable, alone = "the one with a number cannot be met without harm to the other", "alone it can"
    if not fails_in:
        return f"In all of 100 {tries}, {able}, as long as {alone}."
    return f"In {fails_in} of 100 {tries}, {unable}, though {alone}."
