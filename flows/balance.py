"""The balance among goals: options of who gets what and who gives up what, one of which is settled (K46, K47).

One metric leads, the others are guardrails with a floor (one optimising metric, the rest satisficing).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from flows.wishes import Stake


def goal_key(stake: Stake) -> str:
    """The same for the same goal of the same person."""
    return sha256(f"{stake.owner} {stake.objective.model_dump_json()}".encode()).hexdigest()[:12]


class OptionKind(StrEnum):
    """What an option puts first."""

    EVERYTHING = "everything"
    LEAD = "lead"
    EVENLY = "evenly"
    STAGED = "staged"


@dataclass(frozen=True)
class Share:
    """What one goal gets. Changes are in percent of today's value, signed: -10.0 is ten percent less.

    Attributes:
        stake: The goal and whose it is.
        wanted: The change that it asks for; None where that is not known as a number.
        gets: The change that the option brings; None where no lever is known to move it.
        floor: The least change that it still accepts; a guardrail never falls under it.
    """

    stake: Stake
    wanted: float | None
    gets: float | None
    floor: float

    @property
    def part(self) -> float | None:
        """The part of what was asked for that it gets, from 0 to 1; None where either is not known as a number."""
        if not self.wanted or self.gets is None:
            return None
        return min(max(self.gets / self.wanted, 0.0), 1.0)

    @property
    def gives_up(self) -> float | None:
        """How much less it gets than it asks for, in percent of today; None where either is not known as a number."""
        if not self.wanted or self.gets is None:
            return None
        short = self.wanted - self.gets
        return max(0.0, short if self.wanted > 0 else -short)


@dataclass(frozen=True)
class Option:
    """One way to balance the goals.

    Attributes:
        id: The same for the same goals and kind, so that a vote stays with what it was given for.
        kind: What it puts first.
        leading: The goal whose metric the model is built for.
        shares: What each goal gets, the leading one first.
        moves: How far each lever is moved, in percent of today, by its id; levers that stay are left out.
        multipliers: What one percent of a guardrail's floor costs the leading metric, in percent, for those that bind.
        later: Goals that wait until the pilot is done, where the option is staged.
        held: Metrics that nobody has a goal for and that would get worse, if more were given than this.
    """

    id: str
    kind: OptionKind
    leading: Stake
    shares: tuple[Share, ...]
    moves: tuple[tuple[str, float], ...] = ()
    multipliers: tuple[tuple[Stake, float], ...] = ()
    later: tuple[Stake, ...] = ()
    held: tuple[str, ...] = ()

    def about(self, goals: Mapping[Stake, Stake]) -> "Option":
        """The same option with other goals in place of those it was worked out for."""
        return replace(
            self,
            leading=goals.get(self.leading, self.leading),
            shares=tuple(replace(one, stake=goals.get(one.stake, one.stake)) for one in self.shares),
            multipliers=tuple((goals.get(stake, stake), price) for stake, price in self.multipliers),
            later=tuple(goals.get(one, one) for one in self.later),
        )

    @property
    def part(self) -> float | None:
        """The smallest part of what was asked for that any goal with a number gets, from 0 to 1; None without one."""
        parts = [one.part for one in self.shares if one.part is not None]
        return min(parts, default=None)

    @property
    def guardrails(self) -> tuple[Share, ...]:
        """The goals that do not lead and do not wait."""
        return tuple(one for one in self.shares if one.stake != self.leading and one.stake not in self.later)
