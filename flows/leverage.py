"""How far a metric moves, in percent, for each percent that a lever is moved; and how far that is believed to vary.

Each chain of links carries the product of its strengths, with their signs; several chains add up.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from flows.influence import Edge, Factor, Horizon, InfluenceGraph, Strength

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

DRAWS = 200
"""How often the strengths of all links are drawn. A multiple of this tells the same to within a point or two."""

_LINKS_OF_A_CHAIN = 3


@dataclass(frozen=True)
class Leverage:
    """The levers of a graph and what each does to each factor.

    Attributes:
        levers: In the order of the last axis of all arrays.
        places: Where each factor stands on the axis before.
        edges: The links of the graph.
        chains: For each chain of links from a lever, the places of its links in `edges`; one behind the last is none.
        ends: For each chain, the factor at its end and the lever at its beginning.
        is_long: Whether a chain shows only in the long run.
    """

    levers: tuple[Factor, ...]
    places: dict[str, int]
    edges: tuple[Edge, ...]
    chains: Places
    ends: Places
    is_long: NDArray[np.bool_]

    @cached_property
    def reach(self) -> Floats:
        """How far down and how far up each lever can be moved, in percent."""
        return np.array([(lever.reach.down, lever.reach.up) for lever in self.levers]).reshape(-1, 2)

    @cached_property
    def reached(self) -> frozenset[str]:
        """The factors that some lever moves soon."""
        places = set(self.ends[~self.is_long, 0].tolist())
        return frozenset(factor for factor, place in self.places.items() if place in places)

    @cached_property
    def soon(self) -> Floats:
        """What shows within weeks, with the likely strengths: factors by levers."""
        return self._add_up_likely(in_the_long_run=False)

    @cached_property
    def lasting(self) -> Floats:
        """What is left in the long run, with the likely strengths: factors by levers."""
        return self._add_up_likely(in_the_long_run=True)

    @cached_property
    def drawn(self) -> Floats:
        """What shows within weeks, with strengths drawn from their ranges: draws by factors by levers."""
        drawn = np.array([_draw(edge) for edge in self.edges]).reshape(-1, DRAWS)
        return self._add_up(drawn, in_the_long_run=False)

    def pull(self, lever: str, push: int, factor: str) -> float:
        """What a lever does soon, with likely strengths, when it is pulled up (1) or down (-1) as far as it goes."""
        column = self._columns[lever]
        far = self.reach[column, 1 if push > 0 else 0]
        return float(self.soon[self.places[factor], column] * far)

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {lever.id: column for column, lever in enumerate(self.levers)}

    def _add_up_likely(self, *, in_the_long_run: bool) -> Floats:
        likely = np.array([[float(edge.strength.likely)] for edge in self.edges]).reshape(-1, 1)
        return self._add_up(likely, in_the_long_run=in_the_long_run).reshape(len(self.places), len(self.levers))

    def _add_up(self, strengths: Floats, *, in_the_long_run: bool) -> Floats:
        signs = np.array([[float(edge.sign)] for edge in self.edges]).reshape(-1, 1)
        draws = strengths.shape[-1]
        signed = np.vstack([signs * strengths, np.ones((1, draws))])
        counted = np.full(len(self.chains), fill_value=True) if in_the_long_run else ~self.is_long
        added = np.zeros((len(self.places), len(self.levers), draws))
        carried = signed[self.chains[counted]].prod(axis=1)
        np.add.at(added, (self.ends[counted, 0], self.ends[counted, 1]), carried)
        return np.ascontiguousarray(np.moveaxis(added, -1, 0))


@lru_cache(maxsize=16)
def leverage_of(graph: InfluenceGraph) -> Leverage:
    """Follow all chains of links that begin at the levers of a graph."""
    levers = tuple(sorted(graph.levers, key=lambda lever: lever.id))
    places = {factor: place for place, factor in enumerate(sorted(graph.factors))}
    numbers = {edge: number for number, edge in enumerate(graph.edges)}
    no_link = len(graph.edges)
    chains, ends, is_long = [], [], []
    for column, lever in enumerate(levers):
        for chain in ((), *graph.chains_from(lever.id)):
            links = [numbers[edge] for edge in chain]
            chains.append(links + [no_link] * (_LINKS_OF_A_CHAIN - len(links)))
            ends.append((places[chain[-1].target if chain else lever.id], column))
            is_long.append(any(edge.horizon is Horizon.LONG for edge in chain))
    return Leverage(
        levers,
        places,
        graph.edges,
        np.array(chains, dtype=np.int64).reshape(-1, _LINKS_OF_A_CHAIN),
        np.array(ends, dtype=np.int64).reshape(-1, 2),
        np.array(is_long, dtype=np.bool_),
    )


def _draw(edge: Edge) -> Floats:
    """Strengths from the triangle low, likely, high: one from each of `DRAWS` equally likely slices, shuffled.

    What is drawn for a link depends on that link alone. So neither further goals nor further links change it, and what
    is compared is compared under the same draws.
    """
    name = f"{edge.source} {edge.target} {edge.sign} {edge.horizon}"
    source = np.random.default_rng(int.from_bytes(sha256(name.encode()).digest()[:8]))
    chance = (source.permutation(DRAWS) + source.random(DRAWS)) / DRAWS
    return _triangle(edge.strength, chance)


def _triangle(strength: Strength, chance: Floats) -> Floats:
    low, likely, high = strength.low, strength.likely, strength.high
    rising = low + np.sqrt(chance * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - chance) * (high - low) * (high - likely))
    return np.where(chance * (high - low) < likely - low, rising, falling)
