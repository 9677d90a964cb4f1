"""One interview as a value, and what the app can say in it (chapter 2, section 2.3.2).

    asking --words or a button--> asking the next question --> ... --> review --Submit--> done
    asking --a goal in words--> showing the reading --Yes, Change it, Not a goal--> asking
    asking --Back--> showing a kept goal --Back--> the one before it --> ... --> asking the question before

Each thing that the stakeholder does is a function from an interview to the next one and the one message that answers
them: see `flows.interviews`. Where it stands is a question's name, never a number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from flows.answers import Answer, Status
from flows.objectives import Objective, describe
from flows.questions import AT_MOST, Kind, Question, QuestionSet
from flows.reading import Reading
from flows.roles import Role

REVIEW = "review"
DONE = "done"


@dataclass(frozen=True)
class Pending:
    """A goal that was read and waits for its owner's word.

    Attributes:
        reading: What was read, and what is doubtful about it.
        replaces: The place of the confirmed objective that it would replace; None adds one. Only the reading that is
            being shown has one.
    """

    reading: Reading
    replaces: int | None = None


@dataclass(frozen=True)
class Handed:
    """A question that somebody (Slack user id `by`) handed on to this person, who may know."""

    question: str
    by: str


@dataclass(frozen=True)
class Interview:
    """Where one person's interview stands.

    Attributes:
        roles: What the person answers for; none for somebody who only has questions handed on to them.
        question_set: The questions as they were when the interview began.
        plan: The ids of the person's questions, in the order of asking.
        step: The id of the question that is being asked, `REVIEW`, or `DONE`.
        turn: Counts the messages said; a button of an earlier turn is stale.
        answers: The answer that stands for each question, by its id.
        objectives: The confirmed objectives.
        pending: Readings not yet confirmed, the first of which is being shown.
        handed: The questions that others handed on to this person.
        confidential: The ids of the questions whose answers stay between the person and the app.
    """

    roles: tuple[Role, ...]
    question_set: QuestionSet
    plan: tuple[str, ...]
    step: str
    turn: int = 0
    answers: Mapping[str, Answer] = field(default_factory=dict)
    objectives: tuple[Objective, ...] = ()
    pending: tuple[Pending, ...] = ()
    handed: tuple[Handed, ...] = ()
    confidential: frozenset[str] = frozenset()

    @cached_property
    def question(self) -> Question | None:
        """The question being asked; None at the end."""
        return next((question for question in self.questions if question.id == self.step), None)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that apply, given the answers so far: the goal, the first of the plan, and those handed on.

        What was answered stays, even where an earlier answer that is changed opens a question before it.
        """
        chosen: list[Question] = []
        for question in self._find(self.plan):
            wanted = question.id in self.answers or len(chosen) < AT_MOST
            if question.kind is Kind.OBJECTIVE or (wanted and self._applies(question)):
                chosen.append(question)
        chosen += [one for one in self._find(handed.question for handed in self.handed) if one not in chosen]
        goal = next((place for place, one in enumerate(chosen) if one.kind is Kind.OBJECTIVE), None)
        if goal is not None and (self.objectives or self.pending):
            chosen.insert(goal + 1, self.question_set.of_kind(Kind.MORE_OBJECTIVES))
        return tuple(chosen)

    @property
    def main_questions(self) -> tuple[Question, ...]:
        """The questions that are counted, in order: all but the one for further goals."""
        return tuple(question for question in self.questions if question.kind is not Kind.MORE_OBJECTIVES)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that are not settled yet, in order."""
        return tuple(question for question in self.main_questions if question.id not in self.answers)

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the main questions are settled, and how many there are."""
        main = self.main_questions
        return sum(question.id in self.answers for question in main), len(main)

    @property
    def shows_kept_goal(self) -> bool:
        """Whether what is being shown is a goal that was kept before, as it stands."""
        kept = self.replaced_goal
        return kept is not None and kept == self.pending[0].reading.objective

    @property
    def replaced_goal(self) -> Objective | None:
        """The kept goal whose place the reading that is being shown would take."""
        place = self.pending[0].replaces if self.pending else None
        return None if place is None else self.objectives[place]

    @property
    def keeps_goals_confidential(self) -> bool:
        """Whether this person's goals stay between them and the app."""
        return self.question_set.goal.id in self.confidential

    def handed_by(self, question: str) -> str:
        """Slack user id of whoever handed a question on to this person; empty if nobody did."""
        return next((one.by for one in self.handed if one.question == question), "")

    def with_next_turn(self) -> "Interview":
        """The interview with a new message said."""
        return replace(self, turn=self.turn + 1)

    def _find(self, ids: Iterable[str]) -> Iterator[Question]:
        known = self.question_set.by_id
        return (known[one] for one in ids if one in known and known[one].kind is not Kind.MORE_OBJECTIVES)

    def _applies(self, question: Question) -> bool:
        return all(self._allows(when.question, when.values) for when in question.when)

    def _allows(self, earlier: str, values: tuple[str, ...]) -> bool:
        answer = self.answers.get(earlier)
        given = answer.value if answer and answer.status is Status.GIVEN else None
        if isinstance(given, tuple):
            return not given or bool(set(given) & set(values))
        return given is None or given in values


@dataclass(frozen=True)
class Ask:
    """Ask a question, under a short remark on what was just said. `number` of `total` counts the main questions."""

    question: Question
    number: int
    total: int
    lead: str = ""


@dataclass(frozen=True)
class ShowReading:
    """Show back how a goal was read, and wait for the owner's word.

    Attributes:
        reading: What was read.
        lead: A short remark on what was just said.
        replaces: The kept goal whose place it would take; the same as what was read when a kept goal is shown again.
    """

    reading: Reading
    lead: str = ""
    replaces: Objective | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it is a goal that was kept before, shown again."""
        return self.replaces is not None and self.replaces == self.reading.objective

    @property
    def sentence(self) -> str:
        """The reading in words."""
        goal = describe(self.reading.objective) if self.reading.objective else ""
        if self.replaces is None:
            return f"I read this as: {goal}."
        return (
            f"Your goal: {goal}." if self.is_kept else f"This changes your goal “{describe(self.replaces)}” to: {goal}."
        )


@dataclass(frozen=True)
class Review:
    """Show every answer, each with a way to change it, and wait for the person to submit them."""

    lead: str = ""


@dataclass(frozen=True)
class Finished:
    """Thank the person: their answers are in."""

    lead: str = ""


@dataclass(frozen=True)
class Remark:
    """Say something, and leave the interview where it stands."""

    text: str


Say = Ask | ShowReading | Review | Finished | Remark


@dataclass(frozen=True)
class Turn:
    """What follows from one thing that the stakeholder did."""

    interview: Interview
    say: Say
