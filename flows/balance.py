"""The balance among goals: options of who gets what and who gives up what, one of which is settled (K46, K47).

One metric leads, the others are guardrails with a floor (one optimising metric, the rest satisficing).
"""

from dataclasses import dataclass
from enum import StrEnum

from flows.wishes import Stake


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
    """

    id: str
    kind: OptionKind
    leading: Stake
    shares: tuple[Share, ...]
    moves: tuple[tuple[str, float], ...] = ()
    multipliers: tuple[tuple[Stake, float], ...] = ()
    later: tuple[Stake, ...] = ()

    @property
    def guardrails(self) -> tuple[Share, ...]:
        """The goals that do not lead and do not wait."""
        return tuple(one for one in self.shares if one.stake != self.leading and one.stake not in self.later)
