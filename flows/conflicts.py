"""Where the goals of stakeholders collide, and why (chapter 2, section 2.3.2; K45, K46).

Two goals collide *directly* when they ask different things of one metric. They are *coupled* when reaching one moves
the other the wrong way, either by itself or through a lever that its owner is likely to pull. How bad that is depends
on the way out: a lever that serves both, at nobody's cost or at that of a third goal. The graph's links are
assumptions, and a missing link is "unknown", never "no conflict".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import combinations

from flows.coupling import Collision, Pair, Way, family
from flows.gaps import Gap, GapKind, find_gaps
from flows.influence import GRAPH, Effect, Horizon, InfluenceGraph
from flows.objectives import Firmness, Mode, Objective, describe_day
from flows.wishes import (
    Stake,
    by_wish,
    is_limit,
    is_pursued,
    same_metric,
    same_scale,
    same_words,
    say_metric,
    say_wish,
    size,
    wanted_level,
    wanted_sign,
)

__all__ = [
    "Conflict",
    "ConflictKind",
    "Gap",
    "GapKind",
    "Severity",
    "Stake",
    "Step",
    "find_conflicts",
    "find_gaps",
]


class ConflictKind(StrEnum):
    """How two goals collide."""

    DIRECT = "direct"
    COUPLED = "coupled"


class Severity(StrEnum):
    """How hard a conflict is to escape.

    High: reaching one goal hurts the other by itself, or every known way to it does. Medium: there is a way out, but it
    is slow, a third goal pays for it, its effect is not known, or the asks are small. Low: there is a way that serves
    both, or the two differ only in size or date.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Step:
    """One link in a chain of cause: "more adverts → less time on platform", and why that is assumed."""

    words: str
    why: str
    horizon: Horizon
    reference: str = ""


@dataclass(frozen=True)
class Conflict:
    """Two goals that collide.

    Attributes:
        kind: How they collide.
        first: In a coupled conflict, the goal whose pursuit does the harm.
        second: The other goal.
        severity: How hard it is to escape.
        reason: The two metrics, their own numbers and what happens; no names of people.
        chain: The chain of cause; empty for a direct conflict.
        how_sure: What the finding rests on.
        dissolve: What would dissolve it.
    """

    kind: ConflictKind
    first: Stake
    second: Stake
    severity: Severity
    reason: str
    chain: tuple[Step, ...]
    how_sure: str
    dissolve: str

    @property
    def id(self) -> str:
        """The same for the same goals and kind."""
        goals = sorted(stake.objective.model_dump_json() for stake in (self.first, self.second))
        return sha256("\n".join([self.kind, *goals]).encode()).hexdigest()[:12]


_SEVEREST_FIRST = tuple(Severity)


def find_conflicts(stakes: Sequence[Stake], graph: InfluenceGraph = GRAPH) -> tuple[Conflict, ...]:
    """Find the pairs of goals that collide, worst first; the order of the stakes changes nothing.

    Two people who want exactly the same do not collide; `find_gaps` asks which of them answers for it.
    """
    ordered = sorted(set(stakes), key=by_wish)
    found: list[Conflict] = []
    for one, other in combinations(ordered, 2):
        if same_metric(one.objective, other.objective):
            found += _compare_directly(one, other)
        else:
            found += _compare_coupled(Pair(one, other, ordered, graph))
    return tuple(sorted(found, key=_rank))


def _rank(conflict: Conflict) -> tuple[int, str, tuple[str, str], tuple[str, str]]:
    place = _SEVEREST_FIRST.index(conflict.severity)
    return place, conflict.kind, by_wish(conflict.first), by_wish(conflict.second)


# Direct conflicts


_Clash = tuple[Severity, str, str]
"""How bad it is, what collides, and what would dissolve it."""


def _compare_directly(first: Stake, second: Stake) -> Iterator[Conflict]:
    one, other = first.objective, second.objective
    clash = _clash_of_levels(one, other) or _clash_of_directions(one, other) or _clash_of_details(one, other)
    if clash is None:
        return
    severity, what, dissolve = clash
    sure = "This follows from the two goals as they were confirmed."
    if not same_words(one, other):
        sure = "The two goals are worded differently. If they mean different things, there is no conflict."
    reason = f"{_say_both(one, other)} {what}"
    yield Conflict(ConflictKind.DIRECT, first, second, severity, reason, (), sure, dissolve + _say_flexible(one, other))


def _clash_of_levels(one: Objective, other: Objective) -> _Clash | None:
    if not _both_are_levels(one, other):
        return None
    (low, high), (other_low, other_high) = _range(one), _range(other)
    if max(low, other_low) <= min(high, other_high):
        return None
    return Severity.HIGH, "No value meets both.", "Agree on one level that both can live with."


def _both_are_levels(one: Objective, other: Objective) -> bool:
    """Whether both say, themselves or with today's value, where the metric is to stand, counted alike."""
    first, second = wanted_level(one), wanted_level(other)
    return first is not None and second is not None and first.is_counted_like(second)


def _range(objective: Objective) -> tuple[float, float]:
    level = wanted_level(objective)
    ends = [level.amount] if level else []
    if objective.mode is Mode.LEVEL and objective.amount_high is not None:
        ends.append(objective.amount_high)
    sign = wanted_sign(objective)
    return min(ends) if sign >= 0 else float("-inf"), max(ends) if sign <= 0 else float("inf")


def _clash_of_directions(one: Objective, other: Objective) -> _Clash | None:
    if wanted_sign(one) == wanted_sign(other) or _both_are_levels(one, other):
        return None
    if not is_limit(one) and not is_limit(other):
        return Severity.HIGH, "It cannot do both.", "Agree on one direction for it."
    return (
        Severity.MEDIUM,
        "Whether both can hold depends on where it stands today.",
        "Write down today's value, then see how much room is left.",
    )


def _clash_of_details(one: Objective, other: Objective) -> _Clash | None:
    if not same_words(one, other) or wanted_sign(one) != wanted_sign(other):
        return None
    if same_scale(one, other) and size(one) != size(other):
        return Severity.LOW, "The direction is the same, the size is not.", "Agree on one number."
    if one.deadline and other.deadline and one.deadline != other.deadline:
        days = f"{describe_day(one.deadline)} and {describe_day(other.deadline)}"
        return Severity.LOW, f"They are to be reached on different days: {days}.", "Agree on one date."
    return None


# Coupled conflicts


def _compare_coupled(pair: Pair) -> Iterator[Conflict]:
    collision = pair.collision()
    if collision is None:
        return
    cause, hurt = collision.cause, collision.hurt
    yield Conflict(
        kind=ConflictKind.COUPLED,
        first=cause,
        second=hurt,
        severity=_judge(pair, collision),
        reason=_say_reason(pair.graph, collision),
        chain=_say_chain(pair.graph, collision),
        how_sure=_say_how_sure(collision),
        dissolve=_say_way_out(pair, collision) + _say_flexible(cause.objective, hurt.objective),
    )


def _judge(pair: Pair, collision: Collision) -> Severity:
    ways = pair.ways_out()
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
        means += _IN_THE_LONG_RUN
    if collision.helped is not None:
        means = f"{graph.say(family(cause), wanted_sign(cause.objective))}, but also {means}"
    start = _capital(graph.say(collision.driver, collision.push))
    return f"{_say_both(cause.objective, hurt.objective)} {start} would mean {means}."


def _say_chain(graph: InfluenceGraph, collision: Collision) -> tuple[Step, ...]:
    helped = _say_steps(graph, collision.helped, collision.push) if collision.helped else ()
    return (*helped, *_say_steps(graph, collision.harmed, collision.push))


def _say_steps(graph: InfluenceGraph, effect: Effect, push: int) -> Iterator[Step]:
    for edge in effect.path:
        start, push = graph.say(edge.source, push), push * edge.sign
        end = graph.say(edge.target, push) + (_IN_THE_LONG_RUN if edge.horizon is Horizon.LONG else "")
        yield Step(f"{start} → {end}", edge.why, edge.horizon, edge.reference)


def _say_way_out(pair: Pair, collision: Collision) -> str:
    if collision.helped is None:
        return _say_relief(pair, collision)
    ways = pair.ways_out()
    shared = [way for way in ways.values() if way is not None and way.serves_both]
    if shared:
        best = min(shared, key=lambda way: way.preference)
        start = _capital(pair.graph.say(best.lever, best.push))
        return f"{start} would serve both{_say_cost(pair, best)}.{_say_shortfall(pair)}"
    return " ".join(_say_way(pair, goal, way) for goal, way in ways.items())


def _say_relief(pair: Pair, collision: Collision) -> str:
    hurt = collision.hurt
    way = pair.best_way(hurt, collision.cause) if wanted_sign(hurt.objective) else None
    if way is None:
        return f"Settle which of the two goes first.{_say_shortfall(pair)}"
    relief = pair.graph.say(family(hurt), wanted_sign(hurt.objective))
    spared = "" if way.serves_both else " and is not known to hurt the other goal"
    start = _capital(pair.graph.say(way.lever, way.push))
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
    slow = _IN_THE_LONG_RUN if way.is_slow else ""
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


_IN_THE_LONG_RUN = ", in the long run"


def _say_both(one: Objective, other: Objective) -> str:
    return f"One goal is for {say_wish(one)}, the other for {say_wish(other)}."


def _say_how_sure(collision: Collision) -> str:
    if any(edge.disputed for edge in collision.links):
        sure = "People here disagree about one of these links, so it may not hold."
    elif all(edge.confirmed_by for edge in collision.links):
        sure = "Each link was confirmed here."
    else:
        sure = "Each link is an assumption until someone here confirms it."
    studies = dict.fromkeys(edge.reference for edge in collision.links if edge.reference)
    if studies:
        sure += f" Backed by {' and '.join(studies)}."
    if collision.helped and collision.helped.backfires:
        sure += " In the long run the gain itself may turn round."
    return sure


def _say_flexible(one: Objective, other: Objective) -> str:
    flexible = [say_metric(goal) for goal in (one, other) if goal.firmness is Firmness.FLEXIBLE]
    return f" The goal for {flexible[0]} is flexible, so start there." if len(flexible) == 1 else ""


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
