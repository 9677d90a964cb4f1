"""A graph of what moves what: levers, metrics and the signed links between them, and the chains that they form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property

LONGEST_PATH = 3
"""Links in the longest chain that is followed; behind that, guesses pile up on guesses."""


class Sign(IntEnum):
    """Whether the target rises or falls when the source rises."""

    RAISES = 1
    LOWERS = -1


@dataclass(frozen=True)
class Strength:
    """How strongly a target follows its source: percent of change in it for each percent of change in the source.

    An elasticity without its sign, as an average over the source's reach; `low` to `high` is the range in which it is
    believed to lie. That of a link which shows in the long run comes on top of one which shows soon.
    """

    low: float
    likely: float
    high: float


HOW_STRONGLY = {
    "barely": Strength(0.02, 0.1, 0.2),
    "somewhat": Strength(0.1, 0.3, 0.6),
    "strongly": Strength(0.5, 0.8, 1.2),
}
"""What people mean who say in a word how strongly a target follows its source; in full: `flows/edge_verdicts.py`."""


@dataclass(frozen=True)
class Reach:
    """How far a lever can be moved in one project, in percent of where it stands today: down (≤ 0) and up (≥ 0)."""

    down: float
    up: float


class Horizon(StrEnum):
    """When an influence shows: within weeks, or only over many months."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True)
class Factor:
    """A metric that someone may want to move, or a lever that the project can pull.

    Attributes:
        id: Its name in the graph.
        name: What people call it: "cloud bill".
        more: How a rise is said: "a higher cloud bill".
        less: How a fall is said: "a lower cloud bill".
        reach: How far it can be moved, where it is a lever.
        better: What is welcome of a metric, a rise or a fall; None where it is a lever only.
        watch: It gets hurt without anybody speaking for it, so it is looked after although it is nobody's goal.
    """

    id: str
    name: str
    more: str
    less: str
    reach: Reach = Reach(-30.0, 30.0)
    better: Sign | None = None
    watch: bool = False

    def say(self, sign: int) -> str:
        """How a move in this direction is said."""
        return self.more if sign > 0 else self.less


@dataclass(frozen=True)
class Edge:
    """One link: when `source` rises, `target` rises or falls; `why` says the cause, `reference` where that is from.

    Without a reference it is an assumption of ours.

    Attributes:
        confirmed_by: The opaque ids of the people in a kickoff who hold it to be true.
        disputed: Somebody else there holds it to be false; then it may also be nothing, down to a strength of 0.
    """

    source: str
    target: str
    sign: Sign
    why: str
    horizon: Horizon = Horizon.SHORT
    reference: str = ""
    strength: Strength = HOW_STRONGLY["somewhat"]
    confirmed_by: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True)
class Effect:
    """What a rise of one factor does to another.

    Attributes:
        path: The links that it runs along.
        backfires: Whether, in the long run, an equally short chain works the other way.
    """

    path: tuple[Edge, ...]
    backfires: bool = False

    @property
    def sign(self) -> int:
        """1 when the target rises with the source, -1 when it falls."""
        sign = 1
        for edge in self.path:
            sign *= edge.sign
        return sign

    @property
    def horizon(self) -> Horizon:
        """Long as soon as one link is."""
        return Horizon.LONG if any(edge.horizon is Horizon.LONG for edge in self.path) else Horizon.SHORT


@dataclass(frozen=True)
class InfluenceGraph:
    """Levers and metrics with the links between them; a factor may be both, as the advertising load is."""

    levers: tuple[Factor, ...]
    metrics: tuple[Factor, ...]
    edges: tuple[Edge, ...]

    def __hash__(self) -> int:
        """Counted once: what follows from a graph is remembered under it, and asked for again and again."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.levers, self.metrics, self.edges))

    @cached_property
    def factors(self) -> dict[str, Factor]:
        """Levers and metrics by id."""
        return {factor.id: factor for factor in (*self.levers, *self.metrics)}

    @cached_property
    def metric_ids(self) -> frozenset[str]:
        """The metrics that the graph knows."""
        return frozenset(metric.id for metric in self.metrics)

    def say(self, factor: str, sign: int) -> str:
        """How a move of a factor is said: "more adverts"."""
        return self.factors[factor].say(sign)

    def would_move(self, factor: str, push: int) -> bool:
        """Whether anybody would move a factor up (1) or down (-1) to reach something else.

        A lever goes as far as its reach. A metric is moved only the way that is welcome in itself: nobody drives users
        off to save support cost.
        """
        known = self.factors[factor]
        if self.is_lever(factor):
            return (known.reach.up if push > 0 else -known.reach.down) > 0
        return known.better in {None, push}

    def is_lever(self, factor: str) -> bool:
        """Whether the project can pull it."""
        return factor in self._lever_ids

    @cached_property
    def _lever_ids(self) -> frozenset[str]:
        return frozenset(lever.id for lever in self.levers)

    def effect(self, source: str, target: str) -> Effect | None:
        """What a rise of `source` does to `target`.

        The shortest chain decides, and among equally short ones what shows soon. None means unknown: there is no chain
        of at most `LONGEST_PATH` links, or two equally good ones disagree.
        """
        return self._effects.get((source, target))

    def direct_causes(self, target: str) -> tuple[str, ...]:
        """What moves `target` over one link, each once, in the order of the links."""
        return tuple(dict.fromkeys(edge.source for edge in self.edges if edge.target == target))

    @cached_property
    def _effects(self) -> dict[tuple[str, str], Effect]:
        chains: dict[tuple[str, str], list[Effect]] = {}
        for source in self.factors:
            for path in self.chains_from(source):
                chains.setdefault((source, path[-1].target), []).append(Effect(path))
        settled = ((pair, _settle(effects)) for pair, effects in chains.items())
        return {pair: effect for pair, effect in settled if effect is not None}

    def chains_from(self, source: str, walked: tuple[Edge, ...] = ()) -> Iterator[tuple[Edge, ...]]:
        """All chains of at most `LONGEST_PATH` links that begin at a factor and visit none twice."""
        seen = {edge.source for edge in walked} | {source}
        for edge in self.edges_from(source):
            if edge.target not in seen:
                path = (*walked, edge)
                yield path
                if len(path) < LONGEST_PATH:
                    yield from self.chains_from(edge.target, path)

    def edges_from(self, source: str) -> Sequence[Edge]:
        """The links that begin at a factor."""
        return self._edges_by_source.get(source, ())

    @cached_property
    def _edges_by_source(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
        return found


def _settle(effects: list[Effect]) -> Effect | None:
    best = min(effects, key=_weight)
    rivals = [effect for effect in effects if effect.sign != best.sign]
    if any(_weight(rival) == _weight(best) for rival in rivals):
        return None
    backfires = any(rival.horizon is Horizon.LONG and len(rival.path) <= len(best.path) for rival in rivals)
    return Effect(best.path, backfires)


def _weight(effect: Effect) -> tuple[int, bool]:
    return len(effect.path), effect.horizon is Horizon.LONG
