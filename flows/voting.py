"""Blind votes on the options: what a round of them came to, and what follows (section 2.3.2; K46, K47).

Each voter ranks the options in private, so that nobody is anchored by the loudest voice. Then the spread is shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from flows.agreement import MOST_ROUNDS, Round
from flows.balance import Option
from flows.decisions import BallotCast, Dissent
from flows.kickoffs import Kickoff


class Outcome(StrEnum):
    """What follows from a round of votes."""

    AGREED = "agreed"
    AGAIN = "again"
    OWNER_DECIDES = "owner_decides"


@dataclass(frozen=True)
class Spread:
    """How one option was ranked.

    Attributes:
        option: The option.
        places: How many voters put it first, second and so on; whoever left it out put it last.
    """

    option: Option
    places: tuple[int, ...]

    @property
    def points(self) -> int:
        """A point for each other option that a voter put behind it (Borda count)."""
        return sum(count * (len(self.places) - 1 - place) for place, count in enumerate(self.places))


def still_asked(round_: Round, kickoff: Kickoff) -> Round:
    """The round as people are now: whoever was taken out has no vote, and nobody waits for whoever cannot be reached.

    Who votes is fixed when a round begins, so those who joined since are asked in the next one.
    """
    counted = {one.person for one in kickoff.counted}
    ballots = {person: ballot for person, ballot in round_.ballots.items() if person in counted}
    voters = tuple(one for one in round_.opened.voters if one in ballots or one in kickoff.reachable)
    return replace(round_, opened=round_.opened.model_copy(update={"voters": voters}), ballots=ballots)


def spread(round_: Round) -> tuple[Spread, ...]:
    """How the options were ranked, the most wanted first; the order of the ballots changes nothing."""
    options = round_.opened.options
    found = [_spread_of(option, round_) for option in options]
    return tuple(sorted(found, key=lambda one: (-one.points, [-count for count in one.places], one.option.id)))


def _spread_of(option: Option, round_: Round) -> Spread:
    last = len(round_.opened.options) - 1
    places = Counter(_place(option, ballot, last) for ballot in round_.ballots.values())
    return Spread(option, tuple(places[place] for place in range(last + 1)))


def _place(option: Option, ballot: BallotCast, last: int) -> int:
    return ballot.ranking.index(option.id) if option.id in ballot.ranking else last


def favourite(round_: Round) -> Option:
    """The option that is wanted most."""
    return spread(round_)[0].option


def outcome(round_: Round) -> Outcome:
    """Agreed when at least half of those asked voted and all of them put the same option first."""
    firsts = {ballot.ranking[0] for ballot in round_.ballots.values()}
    if len(firsts) == 1 and 2 * len(round_.ballots) >= len(round_.opened.voters):
        return Outcome.AGREED
    return Outcome.AGAIN if round_.opened.number < MOST_ROUNDS else Outcome.OWNER_DECIDES


def dissent(round_: Round, chosen: str) -> tuple[Dissent, ...]:
    """Those who put another option first than the one `chosen` (its id), with the reasons that they share."""
    return tuple(
        Dissent(person=ballot.by, preferred=ballot.ranking[0], reason=ballot.reason if ballot.shown else "")
        for ballot in _in_order(round_)
        if ballot.ranking[0] != chosen
    )


def shared_reasons(round_: Round) -> tuple[str, ...]:
    """The reasons that voters let the others read, in alphabetical order, which tells nothing of whose they are."""
    return tuple(sorted({ballot.reason for ballot in round_.ballots.values() if ballot.shown and ballot.reason}))


def _in_order(round_: Round) -> Sequence[BallotCast]:
    return [round_.ballots[person] for person in round_.opened.voters if person in round_.ballots]
