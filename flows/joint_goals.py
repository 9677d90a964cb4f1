"""Goals looked at together: how far they can be met, what they cost each other, and who else pays for it.

All changes are in percent of today's value, signed as the metric moves.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flows.demands import Demand, demands_of
from flows.influence import Horizon, InfluenceGraph
from flows.leverage import DRAWS, Floats, Leverage, leverage_of
from flows.minimal_sets import Goals, Verdict, find_minimal_sets
from flows.programmes import Together, find_calmest, find_most, meet_together, reach_alone
from flows.wishes import Stake, by_wish

WATCHED: Mapping[str, int] = {
    "satisfaction": 1,
    "retention": 1,
    "privacy": 1,
    "reliability": 1,
    "fairness_gap": -1,
    "error_cost": -1,
}
"""What is worth a look even when nobody has a goal for it, and which way is better."""

HARM = 0.5
"""Percent: a metric that moves less than this against a wish is not called a victim."""

WHOLE = 1 - 1e-6
"""The share from which on all is met, but for rounding."""

NOTHING = 1e-6
"""A move or price under this is none, but for rounding."""

_FARTHEST = 10_000.0
"""Percent: no lever gets this far, and larger numbers only blur the smaller ones in a programme."""

_DRAWS_OF_A_SET = 100

_FEW_DRAWS = 20
"""Fewer than this are too few to count in."""

_BOLD = 3.0
"""Moves that would reach so many times what is asked, where they can, still do when links are weaker."""

UNLIKELY_AND_LIKELY = (0.1, 0.9)
"""Where the band of likely shares begins and ends."""


@dataclass(frozen=True)
class Rate:
    """One more percent for `gains` costs `gives` this many percent, both of today's value.

    It holds for a small step from the point at which all goals of the set get the same share of what they ask, while
    the rest of the set keeps that share.
    """

    gains: Stake
    gives: Stake
    percent: float


@dataclass(frozen=True)
class Harm:
    """A goal of somebody else that has to move against its wish, by at least `change` percent (signed)."""

    stake: Stake
    change: float


@dataclass(frozen=True)
class Unguarded:
    """A metric that nobody has a goal for and that has to get worse, by at least `change` percent (signed)."""

    factor: str
    change: float
    horizon: Horizon


@dataclass(frozen=True)
class Yielding:
    """What is left for one goal when it alone gives way and the rest of its set is met; in percent, signed."""

    stake: Stake
    left: float
    wanted: float


@dataclass(frozen=True)
class Joint:
    """Goals that were looked at together.

    Attributes:
        stakes: The goals, in the order of what they ask.
        share: The fraction of all their targets that can be met together (0 to 1), with the likely strengths.
        low: The share that is reached or surpassed in nine of ten draws of the strengths.
        high: The share that is reached or surpassed in one of ten.
        odds: The fraction of draws in which not all of it can be met (0 to 1), of those in which each goal can be met
            alone: what fails by itself is no conflict. Where that is hardly ever so, the fraction of all draws in which
            they get less far together than the one that gets least far alone.
        moves: How far each lever is moved for that share, in percent of today, by its id: the smallest moves that do,
            and where possible such as harm no other goal.
        spares_others: Whether that is possible with the likely strengths.
        rates: What the goals cost each other; empty when all can be met.
        victims: Goals outside the set that have to suffer when the set is met as far as it can be.
        unguarded: Metrics without a goal that have to.
        yielding: What is left for each goal with a number if it gives way; empty when all can be met.
        at_risk: What else `moves` make worse, though other moves would not, and which way it goes (1 up, -1 down).
    """

    stakes: tuple[Stake, ...]
    share: float
    low: float
    high: float
    odds: float
    moves: tuple[tuple[str, float], ...]
    spares_others: bool
    rates: tuple[Rate, ...]
    victims: tuple[Harm, ...]
    unguarded: tuple[Unguarded, ...]
    yielding: tuple[Yielding, ...]
    at_risk: tuple[tuple[str, int], ...]


_Finding = Harm | Unguarded | tuple[str, int]


@dataclass(frozen=True)
class _Bystander:
    """What may suffer: a goal outside the set, or a metric that nobody has a goal for."""

    gain: Floats
    sign: int
    room: float
    factor: str
    stake: Stake | None = None
    horizon: Horizon = Horizon.SHORT

    def say(self, amount: float) -> Harm | Unguarded:
        change = amount * self.sign
        return Harm(self.stake, change) if self.stake else Unguarded(self.factor, change, self.horizon)


Masks = NDArray[np.bool_]


@dataclass(frozen=True)
class Programme:
    """Goals as rows over levers.

    Attributes:
        stakes: The goals that some lever moves, in the order of what they ask.
        outside: The other ones.
        leverage: What the levers do.
        rows: What each goal asks, with its number; a goal may have two.
    """

    stakes: tuple[Stake, ...]
    outside: tuple[Stake, ...]
    leverage: Leverage
    rows: tuple[tuple[int, Demand], ...]

    @classmethod
    def of(cls, stakes: Collection[Stake], graph: InfluenceGraph) -> "Programme":
        """Set up what the goals ask; the order of the stakes changes nothing."""
        leverage = leverage_of(graph)
        ordered = sorted(set(stakes), key=by_wish)
        counted = tuple(stake for stake in ordered if stake.objective.family in leverage.reached)
        outside = tuple(stake for stake in ordered if stake.objective.family not in leverage.reached)
        rows = ((goal, row) for goal, stake in enumerate(counted) for row in demands_of(stake.objective))
        return cls(counted, outside, leverage, tuple(rows))

    @cached_property
    def goal_of_row(self) -> NDArray[np.int64]:
        """The number of the goal that each row belongs to."""
        return np.array([goal for goal, _row in self.rows], dtype=np.int64)

    @cached_property
    def signs(self) -> Floats:
        """Which way each row wants its metric to go."""
        return np.array([float(row.sign) for _goal, row in self.rows])

    @cached_property
    def wanted(self) -> Floats:
        """How far each row wants it to go, in percent."""
        return np.minimum([row.wanted for _goal, row in self.rows], _FARTHEST)

    @cached_property
    def room(self) -> Floats:
        """How far each row lets it go the other way, in percent."""
        return np.minimum([row.room for _goal, row in self.rows], _FARTHEST)

    @cached_property
    def _places(self) -> list[int]:
        return [self.leverage.places[self.family(goal)] for goal, _row in self.rows]

    @cached_property
    def effects(self) -> Floats:
        """What each lever does to each row, positive where that is welcome."""
        return self.leverage.soon[self._places] * self.signs[:, None]

    @cached_property
    def _drawn_effects(self) -> Floats:
        return self.leverage.drawn[:, self._places] * self.signs[:, None]

    def family(self, goal: int) -> str:
        """The metric of a goal."""
        return str(self.stakes[goal].objective.family)

    def masks(self, sets: Sequence[Goals]) -> Masks:
        """For each set of goals, which rows belong to it."""
        belongs = [goal in one for one in sets for goal, _row in self.rows]
        return np.array(belongs, dtype=np.bool_).reshape(len(sets), len(self.rows))

    def minimal_sets(self) -> tuple[Goals, ...]:
        """The smallest sets of goals, by number, that cannot all be met in full."""
        return find_minimal_sets(len(self.stakes), self._test)

    def _test(self, sets: Sequence[Goals]) -> list[Verdict]:
        if not sets:
            return []
        together = self._meet(self.masks(sets), self.effects)
        return [
            frozenset(self.goal_of_row[prices > NOTHING].tolist()) if share < WHOLE else None
            for share, prices in zip(together.shares, together.prices, strict=True)
        ]

    def _meet(self, masks: Masks, effects: Floats, *, most: float = 1.0) -> Together:
        """`effects` are rows by levers, or programmes by rows by levers."""
        wanted, room = np.where(masks, self.wanted, 0.0), np.where(masks, self.room, 0.0)
        return meet_together(effects * masks[:, :, None], wanted, room, self.leverage.reach, most=most)

    def drawn_shares(self) -> Floats:
        """The share of all targets that can be met together, for each draw of the strengths."""
        return self._meet(np.full((DRAWS, len(self.rows)), fill_value=True), self._drawn_effects).shares

    def examine(self, sets: Sequence[Goals], watched: Mapping[str, int] = WATCHED) -> tuple[Joint, ...]:
        """Look at some sets of goals more closely."""
        masks = self.masks(sets)
        together = self._meet(masks, self.effects)
        met = np.where(together.shares >= WHOLE, 1.0, together.shares)
        least = np.where(masks, together.shares[:, None] * self.wanted - self.room, 0.0)
        effects = self.effects * masks[:, :, None]
        sparing = self._share_while_sparing_others(masks)
        spared = sparing >= together.shares - (1 - WHOLE)
        moves = self._find_moves(masks, np.where(spared, np.minimum(sparing, together.shares), together.shares), spared)
        harms = self._find_harms(sets, effects, least, moves, watched)
        yielding = self._find_yielding(sets, met)
        drawn = self._meet_in_draws(masks)
        low, high = np.quantile(drawn, UNLIKELY_AND_LIKELY, axis=1)
        return tuple(
            Joint(
                stakes=tuple(self.stakes[goal] for goal in sorted(one)),
                share=round_off(met[place]),
                low=round_off(low[place]),
                high=round_off(high[place]),
                odds=self._odds(one, drawn[place]),
                moves=self.name_moves(moves[place]),
                spares_others=bool(spared[place]),
                rates=self._name_rates(one, together.prices[place]) if met[place] < 1 else (),
                victims=tuple(harm for harm in harms[place] if isinstance(harm, Harm)),
                unguarded=tuple(harm for harm in harms[place] if isinstance(harm, Unguarded)),
                yielding=tuple(yielding[place]),
                at_risk=tuple(dict.fromkeys(risk for risk in harms[place] if isinstance(risk, tuple))),
            )
            for place, one in enumerate(sets)
        )

    def _share_while_sparing_others(self, masks: Masks) -> Floats:
        """The share that each set can have while no other goal is harmed."""
        each = np.broadcast_to(self.effects, (len(masks), *self.effects.shape))
        room = np.broadcast_to(self.room, masks.shape)
        return meet_together(each, np.where(masks, self.wanted, 0.0), room, self.leverage.reach).shares

    def _find_moves(self, masks: Masks, shares: Floats, spared: Masks) -> Floats:
        """The smallest moves that give each set its share; where others can be `spared`, they are."""
        kept = masks | spared[:, None]
        least = np.where(masks, shares[:, None] * self.wanted, 0.0) - self.room
        return find_calmest(self.effects * kept[:, :, None], np.where(kept, least, 0.0), self.leverage.reach)

    def name_moves(self, moves: Floats) -> tuple[tuple[str, float], ...]:
        """The levers that are moved, by their ids."""
        named = zip(self.leverage.levers, moves, strict=True)
        return tuple((lever.id, round_off(move)) for lever, move in named if abs(move) > NOTHING)

    def _name_rates(self, one: Goals, prices: Floats) -> tuple[Rate, ...]:
        price = np.bincount(self.goal_of_row, prices, len(self.stakes))
        paid = [goal for goal in sorted(one) if price[goal] > NOTHING]
        return tuple(
            Rate(self.stakes[gains], self.stakes[gives], round_off(price[gains] / price[gives]))
            for gains in paid
            for gives in paid
            if gains != gives
        )

    def _meet_in_draws(self, masks: Masks) -> Floats:
        """The share that each set can have, for each of some draws.

        Most sets are met in most draws by one and the same bold move; only where they are not, a programme is solved.
        """
        drawn = self._drawn_effects[:_DRAWS_OF_A_SET]
        bold = self._meet(masks, self.effects, most=_BOLD).moves
        lacking = np.where(masks[:, None], self.wanted - self.room - np.einsum("drl,sl->sdr", drawn, bold), 0.0)
        place, draw = np.nonzero((lacking > 0).any(axis=2))
        shares = np.ones((len(masks), len(drawn)))
        shares[place, draw] = self._meet(masks[place], drawn[draw]).shares
        return shares

    def _odds(self, one: Goals, drawn: Floats) -> float:
        alone = self._shares_alone[:, sorted(one)].min(axis=1) if len(one) > 1 else np.ones(len(drawn))
        failing, counted = drawn < alone * WHOLE, alone >= WHOLE
        return round(float(failing[counted].mean() if counted.sum() >= _FEW_DRAWS else failing.mean()), 2)

    @cached_property
    def _shares_alone(self) -> Floats:
        """Which share of its target each goal gets alone: draws by goals."""
        most = reach_alone(self._drawn_effects[:_DRAWS_OF_A_SET], self.leverage.reach)
        shares = np.divide(most, self.wanted, out=np.ones_like(most), where=self.wanted > 0).clip(max=1.0)
        goals = range(len(self.stakes))
        each = [shares[:, self.goal_of_row == goal].min(axis=1) for goal in goals]
        return np.array(each).reshape(len(goals), len(shares)).T

    def _find_yielding(self, sets: Sequence[Goals], met: Floats) -> list[list[Yielding]]:
        """What each goal could still have if the others of its set were met in full."""
        asked = [
            (place, row)
            for place, one in enumerate(sets)
            for row, (goal, demand) in enumerate(self.rows)
            if met[place] < 1 and goal in one and demand.wanted
        ]
        others = self.masks([sets[place] - {self.rows[row][0]} for place, row in asked])
        found: list[list[Yielding]] = [[] for _one in sets]
        shares = self._meet(others, self.effects).shares
        whole = shares >= WHOLE
        asked = [one for one, possible in zip(asked, whole, strict=True) if possible]
        others = others[whole]
        gains = self.effects[[row for _place, row in asked]]
        least = np.where(others, shares[whole][:, None] * self.wanted - self.room, 0.0)
        best = find_most(gains, self.effects * others[:, :, None], least, self.leverage.reach)
        for (place, row), amount in zip(asked, best.amounts, strict=True):
            goal, demand = self.rows[row]
            found[place].append(
                Yielding(self.stakes[goal], round_off(amount * demand.sign), demand.wanted * demand.sign)
            )
        return found

    def _find_harms(
        self, sets: Sequence[Goals], effects: Floats, least: Floats, moves: Floats, watched: Mapping[str, int]
    ) -> list[list[_Finding]]:
        """What gets worse whichever moves are chosen, among what the calmest ones make worse."""
        suspects = [
            (place, suspect)
            for place, one in enumerate(sets)
            for suspect in self._bystanders(one, watched)
            if suspect.gain @ moves[place] + suspect.room < -HARM
        ]
        places = [place for place, _suspect in suspects]
        gains = np.array([suspect.gain for _place, suspect in suspects]).reshape(
            len(suspects), len(self.leverage.levers)
        )
        best = find_most(gains, effects[places], least[places], self.leverage.reach)
        found: list[list[_Finding]] = [[] for _one in sets]
        for (place, suspect), amount in zip(suspects, best.amounts, strict=True):
            has_to = amount + suspect.room < -HARM
            found[place].append(suspect.say(round_off(amount)) if has_to else (suspect.factor, -suspect.sign))
        return found

    def _bystanders(self, one: Goals, watched: Mapping[str, int]) -> list[_Bystander]:
        inside = {self.family(goal) for goal in one}
        goals = [
            _Bystander(self.effects[row], demand.sign, demand.room, self.family(goal), self.stakes[goal])
            for row, (goal, demand) in enumerate(self.rows)
            if self.family(goal) not in inside
        ]
        return [*goals, *self._watched(watched)]

    def _watched(self, watched: Mapping[str, int]) -> list[_Bystander]:
        guarded = {stake.objective.family for stake in (*self.stakes, *self.outside)}
        shown = {Horizon.SHORT: self.leverage.soon, Horizon.LONG: self.leverage.lasting}
        return [
            _Bystander(effects[self.leverage.places[factor]] * better, better, 0.0, factor, None, horizon)
            for factor, better in watched.items()
            if factor in self.leverage.places and factor not in guarded
            for horizon, effects in shown.items()
        ]


def round_off(number: float) -> float:
    """To four digits behind the point, so that what rounding leaves tells nobody apart."""
    return round(float(number), 4) + 0.0
