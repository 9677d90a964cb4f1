"""How two goals about different metrics are coupled through the influence graph, and which ways out there are.

No words here: `flows/conflicts.py` judges what is found and says it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.influence import Edge, Effect, Horizon, InfluenceGraph
from flows.leverage import leverage_of
from flows.wishes import Stake, is_harmed, is_pursued, relative_change, wanted_sign

_FEW_LINKS = 2
"""A lever that is farther from a metric than this is not what its owner would pull first, nor what hurts it plainly."""

_SMALL_ASKS = 5.0
"""Two relative changes that together stay under this many percent are small enough to be bargained over."""

_ALL_GONE = -100.0


@dataclass(frozen=True)
class Collision:
    """`cause` is pursued by moving `driver` in the direction `push`, and that moves the metric of `hurt` wrongly.

    Without `helped` the driver is the metric of `cause` itself: it does the harm whichever lever moves it.
    """

    cause: Stake
    hurt: Stake
    driver: str
    push: int
    helped: Effect | None
    harmed: Effect

    @property
    def links(self) -> tuple[Edge, ...]:
        """The chain of cause: to the goal that is served, then to the one that is hurt."""
        return (*(self.helped.path if self.helped else ()), *self.harmed.path)


@dataclass(frozen=True)
class Way:
    """Pulling `lever` in the direction `push` serves a goal and is not known to hurt the other one."""

    lever: str
    push: int
    links: int
    serves_both: bool
    victims: tuple[Stake, ...]
    is_slow: bool
    backfires: bool

    @property
    def is_clean(self) -> bool:
        """Whether it serves both goals soon and lastingly, at nobody's cost."""
        return self.serves_both and not (self.victims or self.is_slow or self.backfires)

    @property
    def preference(self) -> tuple[bool, int, bool, bool, bool, int]:
        """Sorts the better way first."""
        return (
            not self.is_clean,
            len(self.victims),
            not self.serves_both,
            self.backfires,
            self.is_slow,
            self.links,
        )


@dataclass(frozen=True)
class Pair:
    """Two goals about different metrics, seen among all goals."""

    one: Stake
    other: Stake
    everyone: Sequence[Stake]
    graph: InfluenceGraph

    def collision(self) -> Collision | None:
        """The collision that shows best how the two goals are coupled; None when none is known."""
        if not {family(self.one), family(self.other)} <= self.graph.metric_ids:
            return None
        collisions = (*self._collisions(self.one, self.other), *self._collisions(self.other, self.one))
        return min(collisions, key=_closeness, default=None)

    def _collisions(self, cause: Stake, hurt: Stake) -> Iterator[Collision]:
        if not is_pursued(cause.objective):
            return
        wish, target, victim = wanted_sign(cause.objective), family(cause), family(hurt)
        inherent = self.graph.effect(target, victim)
        if inherent and is_harmed(hurt.objective, inherent.sign * wish):
            yield Collision(cause, hurt, target, wish, None, inherent)
        for driver in self._drivers(target, victim):
            helped, harmed = self.graph.effect(driver, target), self.graph.effect(driver, victim)
            if helped is None or harmed is None or max(len(helped.path), len(harmed.path)) > _FEW_LINKS:
                continue
            push = helped.sign * wish
            if self.graph.would_move(driver, push) and is_harmed(hurt.objective, harmed.sign * push):
                yield Collision(cause, hurt, driver, push, helped, harmed)

    def _drivers(self, target: str, victim: str) -> Iterator[str]:
        """What the owner of `target` would move first: the levers near it, and what causes it directly."""
        for lever in self.graph.levers:
            effect = self.graph.effect(lever.id, target)
            if effect and len(effect.path) <= _FEW_LINKS:
                yield lever.id
        yield from (cause for cause in self.graph.direct_causes(target) if cause in self.graph.metric_ids - {victim})

    def asks_are_small(self) -> bool:
        """Whether both goals ask for so little that they may be bargained over."""
        changes = [relative_change(stake.objective) for stake in (self.one, self.other)]
        known = [abs(change) for change in changes if change is not None]
        return len(known) == len(changes) and sum(known) < _SMALL_ASKS

    @cached_property
    def ways_out(self) -> dict[Stake, Way | None]:
        """For each goal that someone has to act for, the best way that spares the other."""
        pairs = ((self.one, self.other), (self.other, self.one))
        return {goal: self.best_way(goal, spared) for goal, spared in pairs if is_pursued(goal.objective)}

    def best_way(self, goal: Stake, spared: Stake) -> Way | None:
        """The lever for `goal` that spares the other one, at the least cost to third goals; None when none is known."""
        return min(self._ways(goal, spared), key=lambda way: way.preference, default=None)

    def _ways(self, goal: Stake, spared: Stake) -> Iterator[Way]:
        for lever in self.graph.levers:
            effect = self.graph.effect(lever.id, family(goal))
            if effect is None:
                continue
            push = effect.sign * wanted_sign(goal.objective)
            moved = self.moved(lever.id, push, spared)
            if not self.graph.would_move(lever.id, push) or is_harmed(spared.objective, moved):
                continue
            if effect.horizon is Horizon.SHORT and not self._is_felt(lever.id, push, goal):
                continue
            effects = [one for one in (effect, self.graph.effect(lever.id, family(spared))) if one]
            yield Way(
                lever=lever.id,
                push=push,
                links=len(effect.path),
                serves_both=moved != 0,
                victims=tuple(stake for stake in self._others if self._is_victim(lever.id, push, stake)),
                is_slow=any(one.horizon is Horizon.LONG for one in effects),
                backfires=any(one.backfires for one in effects),
            )

    def _is_felt(self, lever: str, push: int, goal: Stake) -> bool:
        """Whether a lever, pulled as far as it goes, brings half of what a goal asks, so that it is worth naming."""
        wanted = abs(relative_change(goal.objective) or 0.0)
        return abs(leverage_of(self.graph).pull(lever, push, family(goal))) >= wanted / 2

    def unspoken_harms(self, lever: str, push: int) -> Iterator[Edge]:
        """The links by which a lever directly hurts a metric that nobody has a goal for, what is watched first."""
        spoken_for, factors = {family(stake) for stake in self.everyone}, self.graph.factors
        harms = [
            edge
            for edge in self.graph.edges_from(lever)
            if edge.target not in spoken_for and factors[edge.target].better == -edge.sign * push
        ]
        return iter(sorted(harms, key=lambda edge: (not factors[edge.target].watch, edge.horizon is Horizon.LONG)))

    @property
    def _others(self) -> Iterator[Stake]:
        pair = {family(self.one), family(self.other)}
        return (stake for stake in self.everyone if family(stake) not in pair)

    def _is_victim(self, lever: str, push: int, stake: Stake) -> bool:
        return is_harmed(stake.objective, self.moved(lever, push, stake))

    def moved(self, lever: str, push: int, stake: Stake) -> int:
        """Which way the metric of a stake moves; 0 when that is not known."""
        if lever == family(stake):
            return push
        effect = self.graph.effect(lever, family(stake))
        return effect.sign * push if effect else 0

    def shortfall(self) -> tuple[Stake, Stake, float] | None:
        """The metric that moves, the one that it carries along, and what that still lacks of its goal, in percent.

        Assumes that one moves in step with the other, a percent for a percent, and is said with that assumption.
        """
        for mover, carried in ((self.one, self.other), (self.other, self.one)):
            effect = self.graph.effect(family(mover), family(carried))
            change, wish = relative_change(mover.objective), relative_change(carried.objective)
            if (
                effect is None
                or effect.horizon is Horizon.LONG
                or change is None
                or wish is None
                or min(change, wish) <= _ALL_GONE
            ):
                continue
            lacking = ((1 + wish / 100) / (1 + change / 100) ** effect.sign - 1) * 100
            if lacking * wish > 0 and abs(lacking) >= 1:
                return mover, carried, lacking
        return None


def _closeness(collision: Collision) -> tuple[bool, int]:
    return collision.helped is not None, len(collision.links)


def family(stake: Stake) -> str:
    """The metric of a stake in the graph; empty where it has none."""
    return stake.objective.family or ""
