"""Which ways there are to balance the goals: a few from which nobody can get more without another getting less (K46).

One goal leads and the others keep their floors (one optimising metric, the rest satisficing); or all get the same part
of what they ask; or, where that fits, the goals that go together come first and the rest waits for what a pilot shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import combinations

from flows.balance import Option, OptionKind, Share, goal_key
from flows.feasibility import Solution, meet, solve
from flows.guards import guards
from flows.influence import InfluenceGraph
from flows.objectives import Unit
from flows.wishes import Stake, by_wish, is_pursued, relative_change, wanted_sign

_LEADERS = 2
_STEPS = 12
"""Halvings by which the largest common part is found: to a four-thousandth."""
_CLOSE = 0.05
"""Percent: what differs by less is the same to everybody."""
_HAIR = 1e-6
_LEFT_OUT = 3
"""Goals that a staged option lets wait, at most."""


def propose(
    stakes: Sequence[Stake],
    graph: InfluenceGraph,
    *,
    first: Sequence[str] = (),
    hidden: frozenset[str] = frozenset(),
    floors: Mapping[str, float] | None = None,
) -> tuple[Option, ...]:
    """Work out the options, at most four; a single one when every goal can be met in full.

    Args:
        stakes: All goals; their order changes nothing.
        graph: What is assumed to move what.
        first: Whose goals lead where it makes no other difference, such as those of the product owner.
        hidden: Whose goals are kept private, so that they count and never lead.
        floors: The least change that owners said they accept, in percent and signed, by the goal's key.

    Returns:
        None at all when no goal can lead, or when the floors cannot be kept together.
    """
    ordered = tuple(sorted(set(stakes), key=by_wish))
    table = _Table(ordered, guards(ordered, graph), graph, tuple(first), hidden, dict(floors or {}))
    if not table.leaders:
        return ()
    everything = table.share_out(table.leaders[0], OptionKind.EVERYTHING)
    if everything and everything.part in {None, 1.0}:
        return (everything,)
    leads = [option for leader in table.leaders if (option := table.lead(leader))]
    leads.sort(key=_worth, reverse=True)
    rest = (table.share_out(table.leaders[0], OptionKind.EVENLY), table.stage())
    found = [*leads[:_LEADERS], *(option for option in rest if option)]
    return tuple(_without_worse_ones(found))


@dataclass(frozen=True)
class _Table:
    """The goals around the table."""

    stakes: tuple[Stake, ...]
    guards: tuple[Stake, ...]
    graph: InfluenceGraph
    first: tuple[str, ...]
    hidden: frozenset[str]
    said: dict[str, float]

    @cached_property
    def leaders(self) -> tuple[Stake, ...]:
        """Goals that can lead: somebody has to act for them, some lever moves them, and everybody may see them."""
        able = [
            one
            for one in self.stakes
            if is_pursued(one.objective) and one.owner not in self.hidden and self._most(one, {}) is not None
        ]
        return tuple(sorted(able, key=lambda one: (one.owner not in self.first, by_wish(one))))

    def floor(self, stake: Stake) -> float:
        """The least change that its owner accepts: as they said with their vote, or in the interview, or none."""
        key, objective = goal_key(stake), stake.objective
        if key in self.said:
            return self.said[key]
        if objective.floor is not None and objective.unit is Unit.PERCENT and relative_change(objective) is not None:
            return min(objective.floor, abs(objective.amount or 0.0)) * wanted_sign(objective)
        return 0.0

    def lead(self, leader: Stake) -> Option | None:
        """The most for one goal, and what room is left shared evenly among the others."""
        best = self._most(leader, {one: self.floor(one) for one in self.stakes if one != leader})
        if best is None:
            return None
        wanted = relative_change(leader.objective)
        held = best if wanted is None else _lesser(best, wanted)
        if (held - self.floor(leader)) * wanted_sign(leader.objective) < -_HAIR:
            return None
        return self._largest(leader, OptionKind.LEAD, {leader: _eased(leader, held)})

    def share_out(self, leader: Stake, kind: OptionKind) -> Option | None:
        """The same part of what everybody asks for, as large as it can be."""
        return self._largest(leader, kind, {})

    def stage(self) -> Option | None:
        """The goals that go together in full first, as many as there are; the others keep their floors and wait."""
        asking = [one for one in self.stakes if relative_change(one.objective) is not None]
        for count in range(1, min(_LEFT_OUT, len(asking) - 1) + 1):
            found = [option for later in combinations(asking, count) if (option := self._without(later))]
            if found:
                return max(found, key=lambda one: (one.leading.owner in self.first, _worth(one)))
        return None

    def _without(self, later: tuple[Stake, ...]) -> Option | None:
        leader = next((one for one in self.leaders if one not in later), None)
        if leader is None:
            return None
        solution = self._meet({one: self._target(one, 0.0 if one in later else 1.0) for one in self.stakes})
        return self._option(leader, OptionKind.STAGED, solution, later) if solution else None

    def _largest(self, leader: Stake, kind: OptionKind, held: Mapping[Stake, float]) -> Option | None:
        """The option with the largest common part for all goals but those that are `held`."""

        def try_part(part: float) -> Solution | None:
            return self._meet({one: held.get(one, self._target(one, part)) for one in self.stakes})

        low, high, best = 0.0, 1.0, try_part(1.0)
        if best is None:
            best = try_part(0.0)
            for _ in range(_STEPS if best else 0):
                middle = (low + high) / 2
                found = try_part(middle)
                low, high, best = (middle, high, found) if found else (low, middle, best)
        return self._option(leader, kind, best) if best else None

    def _target(self, stake: Stake, part: float) -> float:
        """What a goal is to get at least when everybody gets this part of what they ask for."""
        floor, wanted = self.floor(stake), relative_change(stake.objective)
        if wanted is None:
            return floor
        return max(floor, part * wanted) if wanted > 0 else min(floor, part * wanted)

    def _most(self, leader: Stake, floors: Mapping[Stake, float]) -> float | None:
        solution = self._solve(leader, floors)
        return dict(solution.changes)[leader] if solution else None

    def _solve(self, leader: Stake, floors: Mapping[Stake, float]) -> Solution | None:
        everyone = (*self.stakes, *self.guards)
        return solve(everyone, self.graph, targets={**floors, **self._guarded}, leading=leader)

    def _meet(self, targets: Mapping[Stake, float]) -> Solution | None:
        return meet((*self.stakes, *self.guards), self.graph, targets={**targets, **self._guarded})

    @property
    def _guarded(self) -> dict[Stake, float]:
        return dict.fromkeys(self.guards, 0.0)

    def _option(self, leader: Stake, kind: OptionKind, solution: Solution, later: tuple[Stake, ...] = ()) -> Option:
        changes = dict(solution.changes)
        shares = [Share(one, relative_change(one.objective), changes[one], self.floor(one)) for one in self.stakes]
        shares.sort(key=lambda share: share.stake != leader)
        kept = {one: changes[one] for one in self.stakes if one != leader}
        eased = {one: _eased(one, change) for one, change in kept.items() if change is not None}
        priced = self._solve(leader, eased)
        return Option(
            id=_identify(kind, leader, later),
            kind=kind,
            leading=leader,
            shares=tuple(shares),
            moves=solution.moves,
            multipliers=tuple(one for one in priced.multipliers if one[0] in self.stakes) if priced else (),
            later=later,
        )


def _lesser(change: float, wanted: float) -> float:
    return min(change, wanted) if wanted > 0 else max(change, wanted)


def _eased(stake: Stake, change: float) -> float:
    """A hair less than a change, so that rounding makes nothing impossible that is just possible."""
    return change - _HAIR * wanted_sign(stake.objective)


def _identify(kind: OptionKind, leader: Stake, later: Sequence[Stake]) -> str:
    parts = [kind.value, *(goal_key(one) for one in (leader, *sorted(later, key=by_wish)))]
    return sha256(" ".join(parts).encode()).hexdigest()[:12]


def _worth(option: Option) -> float:
    return sum(one.part for one in option.shares if one.part is not None)


def _without_worse_ones(options: Sequence[Option]) -> Iterator[Option]:
    """Leave out an option in which nobody gets more than in another one, and somebody less; of two alike, the later."""
    for place, option in enumerate(options):
        others = [(other, nth < place) for nth, other in enumerate(options) if nth != place]
        if option.kind is OptionKind.STAGED or not any(_covers(other, option, earlier) for other, earlier in others):
            yield option


def _covers(other: Option, option: Option, earlier: bool) -> bool:  # noqa: FBT001
    if other.kind is OptionKind.STAGED:
        return False
    gains = [_gain(mine, theirs) for mine, theirs in zip(_in_order(option), _in_order(other), strict=True)]
    return min(gains, default=0.0) > -_CLOSE and (max(gains, default=0.0) > _CLOSE or earlier)


def _in_order(option: Option) -> list[Share]:
    return sorted(option.shares, key=lambda share: by_wish(share.stake))


def _gain(mine: Share, theirs: Share) -> float:
    """How much more a goal gets over there, in percent; what goes beyond the ask is worth nothing."""
    if mine.part is None or theirs.part is None or mine.wanted is None:
        return 0.0
    return (theirs.part - mine.part) * abs(mine.wanted)
