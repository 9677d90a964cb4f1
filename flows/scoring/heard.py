"""What a score hears: each answer with who gave it, how well they know it, and who said otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite

from flows.answers import Answer, Status
from flows.kickoffs import Kickoff, Participant
from flows.question_bank import BANK
from flows.scoring.evidence import Evidence, read_evidence
from flows.wishes import Stake

_BASIS = {"examples_needed": "examples_basis", "human_accuracy": "human_basis"}
"""The questions that ask where the answer to another one comes from."""


@dataclass(frozen=True)
class HeardAnswer:
    """The answer to one question that counts.

    Attributes:
        answer: What was said, by the last of those who said something.
        evidence: How well it is known.
        people: Slack user ids of those who said so where everybody can read it; others stay without a name.
        others: What was read in other people's answers where it differs: numbers, or options.
        is_kept: Whether one who answered keeps it between them and the app: it counts, and is not shown.
    """

    answer: Answer
    evidence: Evidence = Evidence.EXPERT
    people: tuple[str, ...] = ()
    others: tuple[float | str, ...] = ()
    is_kept: bool = False


@dataclass(frozen=True)
class Heard:
    """All that is known of one project before it starts.

    Attributes:
        stakes: The goals with their owners.
        answers: The answers that count, by their questions' ids.
        keeps_goals: Slack user ids of those whose goals count and are not shown.
    """

    stakes: tuple[Stake, ...] = ()
    answers: Mapping[str, HeardAnswer] = field(default_factory=dict)
    keeps_goals: frozenset[str] = frozenset()

    def number(self, question: str) -> float | None:
        """The answer as a number in the question's unit; None where there is none, or none that can be counted on."""
        heard = self.answers.get(question)
        value = heard.answer.value if heard else None
        return value if isinstance(value, float) and isfinite(value) and value >= 0 else None

    def choice(self, question: str) -> str:
        """The option that was chosen; empty where none was."""
        heard = self.answers.get(question)
        return heard.answer.value if heard and isinstance(heard.answer.value, str) else ""

    def choices(self, question: str) -> tuple[str, ...]:
        """The options that were chosen of a question that takes several."""
        heard = self.answers.get(question)
        return heard.answer.value if heard and isinstance(heard.answer.value, tuple) else ()

    def keeps(self, *questions: str) -> bool:
        """Whether an answer to one of these stays between its author and the app."""
        return any(self.answers[one].is_kept for one in questions if one in self.answers)

    def currency(self, question: str) -> str | None:
        """The currency of an amount of money."""
        heard = self.answers.get(question)
        return heard.answer.currency if heard else None

    def with_answer(self, answer: Answer) -> "Heard":
        """The same project, had this been said instead, as well known as what was said."""
        heard = self.answers.get(answer.question, HeardAnswer(answer))
        return replace(self, answers={**self.answers, answer.question: replace(heard, answer=answer, others=())})


def hear(kickoff: Kickoff) -> Heard:
    """What a kickoff's people said, goals and answers; those who were taken out are not heard."""
    given: dict[str, list[tuple[Participant, Answer]]] = {}
    for one in kickoff.counted:
        for answer in one.interview.answers.values():
            if answer.status is Status.GIVEN:
                given.setdefault(answer.question, []).append((one, answer))
    answers = {question: _weigh(question, said, kickoff) for question, said in given.items()}
    return Heard(kickoff.stakes, answers, kickoff.confidential_owners)


def _weigh(question: str, said: list[tuple[Participant, Answer]], kickoff: Kickoff) -> HeardAnswer:
    author, counted = said[-1]
    shown = [one for one, _ in said if one.channel == kickoff.channel and question not in one.interview.confidential]
    basis = _BASIS.get(question)
    keeps_basis = any(basis in one.interview.confidential for one in kickoff.counted)
    values = dict.fromkeys(answer.value for _, answer in said if answer.value != counted.value)
    return HeardAnswer(
        counted,
        _judge(question, author, counted, kickoff),
        tuple(one.person for one in shown),
        tuple(value for value in values if isinstance(value, float | str)),
        is_kept=keeps_basis or any(question in one.interview.confidential for one, _ in said),
    )


def _judge(question: str, author: Participant, answer: Answer, kickoff: Kickoff) -> Evidence:
    """The level that was named, or that the words show; else whose job it is to know knows, and others guess."""
    basis = kickoff.answers.get(_BASIS.get(question, ""))
    if basis is not None and basis.value in set(Evidence):
        return Evidence(str(basis.value))
    read = read_evidence(answer.given)
    if read is not None:
        return read
    asked = BANK.by_id.get(question)
    knows = asked is None or not set(asked.roles).isdisjoint(author.interview.roles)
    return Evidence.EXPERT if knows else Evidence.GUESS
