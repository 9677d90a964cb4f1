"""Looking back from failure: a year from now it failed; how much had each of seven reasons to do with it (2.5).

Each stakeholder rates the reasons in private and may add one line. Looked at in hindsight, people find about a third
more reasons than when they look ahead (Klein 2007, "Performing a Project Premortem"). Nothing is shown while answers
come in, and nothing at all of so few answers that it could be told whose they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from flows.decisions import PremortemAnswered, PremortemClosed, PremortemOpened
from flows.failure_reasons import Reason
from flows.kickoffs import Kickoff

FEWEST = 3
"""Of fewer answers, or ratings of one reason, nothing is shown, since it could be told whose they are."""

HIGH = 3.0
"""From this median on a risk is high."""

LEVELS = ("nothing", "a little", "some", "a lot", "the main reason")
"""What the ratings 0 to 4 mean: how much a reason had to do with the failure."""

_TWO = 2


@dataclass(frozen=True)
class Rated:
    """How one reason was rated, 0 to 4, by all who had a view on it (`count` people)."""

    low: int
    median: float
    high: int
    count: int

    @property
    def words(self) -> str:
        """The spread in words: "a lot, from a little to the main reason"."""
        below, above = LEVELS[int(self.median)], LEVELS[-int(-self.median // 1)]
        middle = below if below == above else f"between {below} and {above}"
        apart = f", from {LEVELS[self.low]} to {LEVELS[self.high]}" if self.low != self.high else ""
        return f"{middle}{apart}"


@dataclass(frozen=True)
class Premortem:
    """One look back from failure.

    Attributes:
        opened: Who is asked, and until when.
        answers: The last answer of each who gave one, by their Slack user id.
        is_open: Whether answers are taken.
    """

    opened: PremortemOpened
    answers: Mapping[str, PremortemAnswered] = field(default_factory=dict)
    is_open: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """Those who are asked and have not answered."""
        return tuple(person for person in self.opened.voters if person not in self.answers)

    @property
    def is_shown(self) -> bool:
        """Whether what people said may be shown: once it is over, so that no answer shows by what it changes."""
        return not self.is_open and len(self.answers) >= FEWEST

    @property
    def lines(self) -> tuple[str, ...]:
        """What people wrote, in alphabetical order, which tells nothing of whose it is."""
        said = {answer.line for answer in self.answers.values() if answer.line} if self.is_shown else set()
        return tuple(sorted(said, key=lambda line: (line.casefold(), line)))

    def rated(self, reason: Reason) -> Rated | None:
        """How a reason was rated; None while that is not shown, or where too few had a view on it."""
        given = [answer.ratings[reason] for answer in self.answers.values() if reason in answer.ratings]
        if not self.is_shown or len(given) < FEWEST:
            return None
        return Rated(min(given), float(median(given)), max(given), len(given))


def go_on(line: PremortemOpened | PremortemAnswered | PremortemClosed, before: Premortem | None) -> Premortem | None:
    """What stands after a line of the ledger: the newest look back, and only those who are asked count in it."""
    if isinstance(line, PremortemOpened):
        return Premortem(line)
    if before is None or not before.is_open:
        return before
    if isinstance(line, PremortemClosed):
        counted = {person: answer for person, answer in before.answers.items() if person in line.counted}
        return replace(before, answers=counted, is_open=False)
    if line.by not in before.opened.voters:
        return before
    return replace(before, answers={**before.answers, line.by: line})


def still_asked(premortem: Premortem, kickoff: Kickoff) -> Premortem:
    """An open look back as people are now: without whoever was taken out, or cannot be reached any more.

    Once it is over it stays as it is, since what changed would tell what they had said.
    """
    if not premortem.is_open:
        return premortem
    counted = {one.person for one in kickoff.counted}
    answers = {person: answer for person, answer in premortem.answers.items() if person in counted}
    voters = tuple(one for one in premortem.opened.voters if one in answers or one in kickoff.reachable)
    return replace(premortem, opened=premortem.opened.model_copy(update={"voters": voters}), answers=answers)


@dataclass(frozen=True)
class Sign:
    """What an answer in the interviews already shows; one that is `grave` makes a risk high by itself."""

    text: str
    is_grave: bool = False


@dataclass(frozen=True)
class Risk:
    """One of the seven reasons, as people rate it and as the interviews show it.

    Attributes:
        reason: Which one.
        rated: How it was rated; None while that is not shown.
        signs: What the interviews show, in words that may be shown.
    """

    reason: Reason
    rated: Rated | None = None
    signs: tuple[Sign, ...] = ()

    @property
    def is_high(self) -> bool:
        """Whether people rate it so, one grave sign shows it, or two signs together do."""
        feared = self.rated is not None and self.rated.median >= HIGH
        return feared or any(one.is_grave for one in self.signs) or len(self.signs) >= _TWO


def weigh_risks(premortem: Premortem | None, signs: Mapping[Reason, Sequence[Sign]]) -> tuple[Risk, ...]:
    """All seven, the high ones first, those first that people fear most.

    Args:
        premortem: The newest look back, if there was one.
        signs: What the interviews show, by the reason that it speaks for.
    """
    risks = [
        Risk(reason, premortem.rated(reason) if premortem else None, tuple(signs.get(reason, ()))) for reason in Reason
    ]
    return tuple(sorted(risks, key=_weight))


def _weight(risk: Risk) -> tuple[bool, float, int]:
    return not risk.is_high, -(risk.rated.median if risk.rated else 0.0), -sum(1 + one.is_grave for one in risk.signs)
