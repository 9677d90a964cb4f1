"""What a conflict among goals is (chapter 2, section 2.3.2; K45, K46)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from flows.influence import Edge, Effect, Horizon, InfluenceGraph
from flows.objectives import Firmness, Objective
from flows.wishes import Stake, by_wish, say_metric, say_wish


class ConflictKind(StrEnum):
    """How goals collide."""

    DIRECT = "direct"
    COUPLED = "coupled"
    JOINT = "joint"


class Severity(StrEnum):
    """How hard a conflict is to escape.

    Between two metrics it depends on the ways out, and on how many of 100 tries with stronger and weaker links fail:

    - High: no way out is known, and half of the tries fail, or reaching the one goal itself moves the other the wrong
      way. Never where 10 or fewer fail.
    - Low: 5 or fewer fail and nobody else pays; or one lever serves both at nobody's cost, and 10 or fewer fail.
    - Medium: everything between. There is a way out, but it is slow, somebody else pays for it, it does not always
      reach, its effect is not known, or the asks are small.

    Without numbers there are no tries, and the ways out alone decide. For one metric: high when the goals exclude each
    other, medium when that depends on today's value, low when they differ only in size or date. What only together
    cannot be met is high when 90 tries fail, else medium; where fewer than half fail, it is not told.
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
    """Goals that collide.

    Attributes:
        kind: How they collide.
        stakes: The goals, two or more; in a coupled conflict, the one whose pursuit does the harm stands first.
        severity: How hard it is to escape.
        reason: The metrics, their own numbers and what happens; no names of people.
        chain: The chain of cause; empty for a direct conflict.
        how_sure: What the finding rests on.
        dissolve: What would dissolve it.
        links: The assumptions that it rests on.
        fails_in: In how many of 100 draws of the links' strengths in which each target can be met alone they cannot be
            met together; None where that is not known.
        victims: Goals outside the conflict that have to suffer when it is settled as well as it can be.
        unguarded: Metrics that nobody has a goal for and that have to, by their ids in the graph.
        who_else: Both in words, and what the levers that are named would cost those who have no goal here; empty when
            there is nothing to say.
    """

    kind: ConflictKind
    stakes: tuple[Stake, ...]
    severity: Severity
    reason: str
    chain: tuple[Step, ...]
    how_sure: str
    dissolve: str
    links: tuple[Edge, ...] = ()
    fails_in: int | None = None
    victims: tuple[Stake, ...] = ()
    unguarded: tuple[str, ...] = ()
    who_else: str = ""

    @property
    def first(self) -> Stake:
        """In a coupled conflict, the goal whose pursuit does the harm."""
        return self.stakes[0]

    @property
    def second(self) -> Stake:
        """The other goal, or the next one."""
        return self.stakes[1]

    @property
    def tier(self) -> int:
        """1 for one metric, 2 for two that are coupled, 3 for goals that only together cannot be met."""
        return _TIERS[self.kind]

    @property
    def id(self) -> str:
        """The same for the same goals of the same people, colliding in the same way."""
        return name_by_content(
            self.kind, *(part for stake in sorted(self.stakes, key=by_wish) for part in by_wish(stake))
        )


_TIERS = {ConflictKind.DIRECT: 1, ConflictKind.COUPLED: 2, ConflictKind.JOINT: 3}


def name_by_content(*parts: str) -> str:
    """A short name that is the same for the same parts in the same order."""
    return sha256("\0".join(parts).encode()).hexdigest()[:12]


def and_list(parts: Iterable[str]) -> str:
    """Several things in a row: "a, b and c"."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def capital(words: str) -> str:
    """The words with a capital first letter."""
    return words[0].upper() + words[1:]


IN_THE_LONG_RUN = ", in the long run"


def say_steps(graph: InfluenceGraph, effect: Effect, push: int) -> Iterator[Step]:
    """The links of a chain whose source is moved in the direction `push`."""
    for edge in effect.path:
        start, push = graph.say(edge.source, push), push * edge.sign
        end = graph.say(edge.target, push) + (IN_THE_LONG_RUN if edge.horizon is Horizon.LONG else "")
        yield Step(f"{start} → {end}", edge.why, edge.horizon, edge.reference)


def say_standing(links: Sequence[Edge]) -> str:
    """What the people of a kickoff said of links: confirmed, disputed, or nothing yet."""
    if any(edge.disputed for edge in links):
        return "People here disagree about one of these links, so it may not hold."
    if links and all(edge.confirmed_by for edge in links):
        return "Each link was confirmed here."
    return "Each link is an assumption until someone here confirms it."


def say_both(one: Objective, other: Objective) -> str:
    """Two goals side by side."""
    return f"One goal is for {say_wish(one)}, the other for {say_wish(other)}."


def say_flexible(goals: Iterable[Objective]) -> str:
    """Where to start, if one goal alone is flexible."""
    flexible = [say_metric(goal) for goal in goals if goal.firmness is Firmness.FLEXIBLE]
    return f" The goal for {flexible[0]} is flexible, so start there." if len(flexible) == 1 else ""
