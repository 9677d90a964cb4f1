"""What a shortage is, and the answers that it is worked out from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from flows.answers import Answer, Status
from flows.conflict import Severity, name_by_content
from flows.known import Said
from flows.objectives import Unit, describe_amount
from flows.wishes import Stake, by_wish


class ShortageKind(StrEnum):
    """What there is too little of; the last is not a lack, but two people who gave different answers."""

    PEOPLE = "people"
    LABELS = "labels"
    COMPUTE = "compute"
    CALENDAR = "calendar"
    TWO_ANSWERS = "two_answers"


@dataclass(frozen=True)
class Shortage:
    """Answers and goals that together ask too much of what is there: a conflict of tier 4.

    Attributes:
        kind: What there is too little of.
        severity: How much too little.
        people: Slack user ids of whom it concerns.
        questions: The questions whose answers it rests on.
        reason: The sum in words and numbers; no names of people.
        how_sure: What it rests on.
        dissolve: What would dissolve it.
        stakes: The goals that it concerns.
    """

    kind: ShortageKind
    severity: Severity
    people: tuple[str, ...]
    questions: tuple[str, ...]
    reason: str
    how_sure: str
    dissolve: str
    stakes: tuple[Stake, ...] = ()

    @property
    def tier(self) -> int:
        """What is short is shared by everybody."""
        return 4

    @property
    def id(self) -> str:
        """The same while the same questions and goals are concerned, whatever the numbers."""
        wishes = (part for stake in sorted(self.stakes, key=by_wish) for part in by_wish(stake))
        named = self.people if self.kind is ShortageKind.PEOPLE else ()
        return name_by_content(self.kind, *sorted(self.questions), *named, *wishes)


@dataclass(frozen=True)
class Money:
    """A sum."""

    amount: float
    currency: str | None

    def say(self) -> str:
        """The sum as it is written: "€5,000"."""
        return describe_amount(round(self.amount, 2), Unit.MONEY, currency=self.currency)

    def of(self, amount: float) -> "Money":
        """Another amount in the same currency."""
        return replace(self, amount=amount)


@dataclass(frozen=True)
class Answers:
    """The given answer to each question, the last of several, and who gave it."""

    by_question: Mapping[str, Said]

    @classmethod
    def of(cls, said: Sequence[Said]) -> "Answers":
        """Keep what was given."""
        return cls({one.answer.question: one for one in said if one.answer.status is Status.GIVEN})

    def _answer(self, question: str) -> Answer | None:
        said = self.by_question.get(question)
        return said.answer if said else None

    def number(self, question: str) -> float | None:
        """A number that is not negative, in the question's unit."""
        answer = self._answer(question)
        return answer.value if answer and isinstance(answer.value, float) and answer.value >= 0 else None

    def money(self, question: str) -> Money | None:
        """A sum."""
        amount, answer = self.number(question), self._answer(question)
        return Money(amount, answer.currency) if amount is not None and answer else None

    def words(self, question: str) -> str | None:
        """Words, an option, or a person's id."""
        answer = self._answer(question)
        return answer.value if answer and isinstance(answer.value, str) else None

    def chosen(self, question: str) -> tuple[str, ...]:
        """Several options."""
        answer = self._answer(question)
        return answer.value if answer and isinstance(answer.value, tuple) else ()

    def day(self, question: str) -> date | None:
        """A day; None also where a team's own question of that name is answered with other words."""
        try:
            return date.fromisoformat(self.words(question) or "")
        except ValueError:
            return None

    def people(self, *questions: str) -> tuple[str, ...]:
        """Who answered these questions, each once."""
        asked = (self.by_question.get(question) for question in questions)
        return tuple(dict.fromkeys(said.person for said in asked if said))
