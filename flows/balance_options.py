"""Which ways there are to balance the goals: a few from which nobody can get more without another getting less (K46).

One goal leads and the others keep their floors (one optimising metric, the rest satisficing); or all get the same part
of what they ask; or, where that fits, the goals that go together come first and the rest waits for what a pilot shows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import islice

from flows.balance import Option, OptionKind, Share, goal_key
from flows.demands import demands_of
from flows.feasibility import Solution, meet, share_out, solve
from flows.guards import guards
from flows.influence import InfluenceGraph
from flows.own_numbers import least_accepted
from flows.scopes import are_apart
from flows.wishes import Stake, by_wish, is_pursued, relative_change, same_metric, wanted_sign

UPKEEP = frozenset({
    "cloud_bill", "training_cost", "serving_cost", "label_cost", "energy", "energy_cost", "emissions", "latency",
    "throughput", "time_to_market", "privacy", "fairness_gap", "explainability",
})  # fmt: skip
"""What a model takes, or has to keep to: a limit on it rather than what it is built for."""

_LEADERS = 2
_SURE = 0.9
"""In this fraction of tries or more, there is nothing to vote on."""

_CLOSE = 0.05
"""Percent: what differs by less is the same to everybody."""
_HAIR = 1e-4


def propose(
    stakes: Sequence[Stake],
    graph: InfluenceGraph,
    *,
    first: Sequence[str] = (),
    hidden: frozenset[str] = frozenset(),
    floors: Mapping[str, float] | None = None,
    chance: float | None = None,
) -> tuple[Option, ...]:
    """Work out the options, at most four; a single one when it is as good as sure that all goals can be met in full.

    Args:
        stakes: All goals; their order changes nothing.
        graph: What is assumed to move what.
        first: Whose goals lead before those of others, such as the product owner.
        hidden: Whose goals are kept private, so that they count, and neither lead nor wait.
        floors: The least change that owners said they accept, in percent and signed, by the goal's key.
        chance: In which fraction of tries, with stronger and weaker links, all goals can be met; None if not known.

    Returns:
        None at all when no goal can lead, or when the floors cannot be kept together.
    """
    ordered = tuple(sorted(set(stakes), key=by_wish))
    table = _Table(ordered, guards(ordered, graph), graph, tuple(first), hidden, dict(floors or {}))
    if not table.leaders:
        return ()
    everything = table.give_all()
    if everything:
        is_sure = chance is None or chance >= _SURE
        return (everything, *(() if is_sure else table.go_one_by_one()))
    leads = table.leads()
    if not leads:
        return ()
    leaders = [option.leading for option in leads]
    staged = table.stage(leaders)
    at_once = _different([*islice(_worth_choosing(_different(leads)), _LEADERS), *table.share_evenly(leaders[0])])
    return (*at_once, *staged)


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
    def wanted(self) -> dict[Stake, float]:
        """The changes that are asked for, of the goals that say so in a number and that some lever moves."""
        changes = {one: relative_change(one.objective) for one in self.stakes if self._most(one, {}) is not None}
        return {one: change for one, change in changes.items() if change}

    @cached_property
    def leaders(self) -> tuple[Stake, ...]:
        """Goals that can lead, since everybody may see them and somebody has to act for them; in the order of rank."""
        able = [one for one in self.wanted if is_pursued(one.objective) and one.owner not in self.hidden]
        return tuple(sorted(able, key=self._rank))

    def _rank(self, stake: Stake) -> tuple[bool, bool]:
        """Sorts goals by who and what is to lead before others."""
        return stake.owner not in self.first, stake.objective.family in UPKEEP

    @cached_property
    def floors(self) -> dict[Stake, float]:
        """The least change that each owner accepts, which is never more than they ask for."""
        said = {one: self.said.get(goal_key(one), least_accepted(one.objective)) for one in self.stakes}
        floors = {one: self._unsaid(one) if floor is None else floor for one, floor in said.items()}
        return {one: _least(one, floor, self.wanted.get(one, floor)) for one, floor in floors.items()}

    def _unsaid(self, stake: Stake) -> float:
        """What is taken for granted where nobody said it: no worse than today, or than the limit that they named.

        Where others ask for the opposite of one metric, which way it goes is what the vote is about.
        """
        sign = wanted_sign(stake.objective)
        opposite = [
            change
            for other, change in self.wanted.items()
            if change * sign < 0 and stake in self.wanted and _is_one_metric(other, stake)
        ]
        return max(opposite, key=abs) if opposite else 0.0 - sign * demands_of(stake.objective)[0].room

    def give_all(self) -> Option | None:
        """Everything that is asked for."""
        targets = {**self.floors, **self.wanted}
        solution = self._meet(targets) or self._meet_apart(targets)
        return self._option(self.leaders[0], OptionKind.EVERYTHING, solution) if solution else None

    def _meet_apart(self, targets: Mapping[Stake, float]) -> Solution | None:
        """Meet goals about different parts of the business each in its own part, where they do not collide."""
        changes = []
        for one in self.stakes:
            beside = [other for other in targets if not are_apart(one.objective, other.objective)]
            solution = self._meet({other: targets[other] for other in beside})
            if solution is None:
                return None
            changes.append((one, dict(solution.changes)[one]))
        return Solution((), tuple(changes), ())

    def leads(self) -> list[Option]:
        """An option for each goal that can lead, the first in rank first, and then what gives most to all."""
        found = [option for leader in self.leaders if (option := self._lead(leader))]
        return sorted(found, key=lambda option: (self._rank(option.leading), -_worth(option)))

    def _lead(self, leader: Stake) -> Option | None:
        """The most for one goal, and what room is left shared evenly among the others."""
        best = self._most(leader, {one: floor for one, floor in self.floors.items() if one != leader})
        if best is None:
            return None
        held, sign = _least(leader, best, self.wanted[leader]), wanted_sign(leader.objective)
        if held * sign < max(_CLOSE, self.floors[leader] * sign - _HAIR):
            return None
        return self._share(leader, OptionKind.LEAD, {leader: _eased(leader, held)})

    def share_evenly(self, leader: Stake) -> Iterator[Option]:
        """The same part of what everybody asks for, and more for those who take nothing from others by it."""
        option = self._share(leader, OptionKind.EVENLY, {})
        if option and _worth(option) > 0:
            yield option

    def _share(self, leader: Stake, kind: OptionKind, held: Mapping[Stake, float]) -> Option | None:
        wanted = {one: change for one, change in self.wanted.items() if one not in held}
        floors = {**self.floors, **held, **self._guarded}
        solution = share_out((*self.stakes, *self.guards), self.graph, floors=floors, wanted=wanted)
        return self._option(leader, kind, solution) if solution else None

    def stage(self, leaders: Iterable[Stake]) -> Iterator[Option]:
        """Some goals in full first; the others wait, no worse off than today, for what a pilot shows.

        It begins with the first of the leaders that can. Others join while all can still be met: those that are due
        first, and then those that are easiest to meet.
        """
        for leader in leaders:
            now, solution = [leader], self._meet(self._stage([leader]))
            for one in sorted(self.wanted, key=self._when_to_join) if solution else ():
                joined = self._meet(self._stage([*now, one]))
                if joined and one != leader:
                    now, solution = [*now, one], joined
            later = tuple(one for one in self.wanted if one not in now)
            if solution and self._may_wait(later, now):
                yield self._option(leader, OptionKind.STAGED, solution, later)
                return

    def go_one_by_one(self) -> Iterator[Option]:
        """One goal first and all others later, for each of the first leaders: for when all at once may not work."""
        for leader in self.leaders[:_LEADERS]:
            solution, later = self._meet(self._stage([leader])), tuple(one for one in self.wanted if one != leader)
            if solution and later and self._may_wait(later, [leader]):
                yield self._option(leader, OptionKind.STAGED, solution, later)

    def _when_to_join(self, stake: Stake) -> tuple[bool, date, float]:
        most = self._most(stake, {}) or 0.0
        return stake.owner not in self.hidden, _due(stake), -most / self.wanted[stake]

    def _stage(self, now: Sequence[Stake]) -> dict[Stake, float]:
        waiting = {one: _greatest(one, self.floors[one], 0.0) for one in self.wanted}
        return {**self.floors, **waiting, **{one: self.wanted[one] for one in now}}

    def _may_wait(self, later: Iterable[Stake], now: Iterable[Stake]) -> bool:
        """Whether nothing of it is private, and nothing is due before what comes first."""
        due = max(map(_due, now))
        return all(one.owner not in self.hidden and _due(one) >= due for one in later)

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
        shares = [Share(one, relative_change(one.objective), changes[one], self.floors[one]) for one in self.stakes]
        shares.sort(key=lambda share: share.stake != leader)
        priced = self._solve(leader, dict(_kept(shares[1:])))
        prices = priced.multipliers if priced else ()
        return Option(
            id=_identify(kind, leader, later),
            kind=kind,
            leading=leader,
            shares=tuple(shares),
            moves=tuple((lever, move) for lever, move in solution.moves if abs(move) >= _CLOSE),
            multipliers=tuple(one for one in prices if one[0] in self.stakes),
            later=later,
            held=tuple(one.objective.metric for one, _price in prices if one in self.guards),
        )


def _kept(shares: Iterable[Share]) -> Iterator[tuple[Stake, float]]:
    """What each goal gets, as far as it asked for it."""
    for one in shares:
        if one.gets is not None:
            kept = one.gets if one.wanted is None else _least(one.stake, one.gets, one.wanted)
            yield one.stake, _eased(one.stake, kept)


def _least(stake: Stake, *changes: float) -> float:
    """The change that does least for a goal."""
    return min(changes, key=lambda change: change * wanted_sign(stake.objective))


def _greatest(stake: Stake, *changes: float) -> float:
    """The change that does most for a goal."""
    return max(changes, key=lambda change: change * wanted_sign(stake.objective))


def _eased(stake: Stake, change: float) -> float:
    """A hair less than a change, so that rounding makes nothing impossible that is just possible."""
    return change - _HAIR * wanted_sign(stake.objective)


def _is_one_metric(one: Stake, other: Stake) -> bool:
    return same_metric(one.objective, other.objective) and not are_apart(one.objective, other.objective)


def _due(stake: Stake) -> date:
    return stake.objective.deadline or date.max


def _identify(kind: OptionKind, leader: Stake, later: Sequence[Stake]) -> str:
    parts = [kind.value, *(goal_key(one) for one in (leader, *sorted(later, key=by_wish)))]
    return sha256(" ".join(parts).encode()).hexdigest()[:12]


def _worth(option: Option) -> float:
    return round(sum(one.part for one in option.shares if one.part is not None), 3)


def _worth_choosing(leads: Iterable[Option]) -> Iterator[Option]:
    """Leave out the lead of a goal that has all it asks for under an earlier one already."""
    content: set[Stake] = set()
    for option in leads:
        if option.leading not in content:
            content |= {one.stake for one in option.shares if one.gives_up is not None and one.gives_up < _CLOSE}
            yield option


def _different(options: Iterable[Option]) -> Iterator[Option]:
    """Leave out an option that gives everybody what an earlier one does."""
    kept: list[Option] = []
    for option in options:
        if not any(_are_alike(option, other) for other in kept):
            kept.append(option)
            yield option


def _are_alike(one: Option, other: Option) -> bool:
    pairs = zip(_in_order(one), _in_order(other), strict=True)
    return all(abs(mine - theirs) < _CLOSE for mine, theirs in pairs)


def _in_order(option: Option) -> list[float]:
    """What each goal gets of what it asks, in percent of today; what goes beyond that is worth nothing."""
    shares = sorted(option.shares, key=lambda share: by_wish(share.stake))
    return [(one.part or 0.0) * (one.wanted or 0.0) for one in shares]
