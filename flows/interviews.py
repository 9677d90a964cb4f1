"""The interview: one stakeholder, one question at a time, "I don't know" always welcome (chapter 2, section 2.3.2).

    asking --words or a button--> asking the next question --> ... --> done
    asking --a goal in words--> showing the reading --Yes, Change it, Not a goal--> asking

An interview is a value. Each thing that the stakeholder does is a function from it to the next interview and the one
message that answers them. Where it stands is a question's name, never a number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flows.answers import Answer, NotRead, Status, describe_answer, read_answer
from flows.objectives import Objective, describe
from flows.questions import NO, NO_MORE_OBJECTIVES, YES, Kind, Question, Role, questions_for
from flows.reading import Reading, read_objectives

DONE = "done"


@dataclass(frozen=True)
class Pending:
    """A goal that was read and waits for its owner's word.

    Attributes:
        reading: What was read, and what is doubtful about it.
        replaces: The place of the confirmed objective that it would replace; None adds one.
    """

    reading: Reading
    replaces: int | None = None


@dataclass(frozen=True)
class Interview:
    """Where one person's interview stands.

    Attributes:
        roles: What the person answers for.
        version: The version of the question set.
        step: The id of the question that is being asked, or `DONE`.
        turn: Counts the messages said; a button of an earlier turn is stale.
        answers: The answer that stands for each question, by its id.
        objectives: The confirmed objectives.
        pending: Readings not yet confirmed, the first of which is being shown.
    """

    roles: tuple[Role, ...]
    version: int
    step: str
    turn: int = 0
    answers: Mapping[str, Answer] = field(default_factory=dict)
    objectives: tuple[Objective, ...] = ()
    pending: tuple[Pending, ...] = ()

    @property
    def question(self) -> Question | None:
        """The question being asked; None when done."""
        return next((question for question in self.questions if question.id == self.step), None)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that apply, given the answers so far."""
        return tuple(question for question in questions_for(self.roles, self.version) if self._applies(question))

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the main questions are settled, and how many there are."""
        main = [question for question in self.questions if question.kind is not Kind.MORE_OBJECTIVES]
        return sum(question.id in self.answers for question in main), len(main)

    def _applies(self, question: Question) -> bool:
        if question.kind is Kind.MORE_OBJECTIVES:
            return bool(self.objectives) or bool(self.pending)
        if question.when is None:
            return True
        earlier = self.answers.get(question.when.question)
        return earlier is None or earlier.value in {None, question.when.value}


@dataclass(frozen=True)
class Ask:
    """Ask a question, under a short remark on what was just said. `number` of `total` counts the main questions."""

    question: Question
    number: int
    total: int
    lead: str = ""


@dataclass(frozen=True)
class ShowReading:
    """Show back how a goal was read, and wait for the owner's word."""

    reading: Reading
    lead: str = ""

    @property
    def sentence(self) -> str:
        """The reading in words."""
        return f"I read this as: {describe(self.reading.objective)}." if self.reading.objective else ""


@dataclass(frozen=True)
class Finished:
    """Thank the person: there is nothing left to ask."""

    lead: str = ""


@dataclass(frozen=True)
class Remark:
    """Say something that asks for nothing."""

    text: str


Say = Ask | ShowReading | Finished | Remark


@dataclass(frozen=True)
class Turn:
    """What follows from one thing that the stakeholder did."""

    interview: Interview
    say: Say


def begin(roles: tuple[Role, ...], version: int) -> Turn:
    """Start an interview with its first question."""
    first = questions_for(roles, version)[0]
    return _ask(Interview(roles=roles, version=version, step=first.id), first)


def hear(interview: Interview, text: str, today: date) -> Turn:
    """Take words written in the thread as the answer to the question that is being asked."""
    question = interview.question
    if question is None:
        remark = "Your interview is finished, so I left this as a comment. Press Back to change an answer."
        return Turn(interview, Remark(remark))
    spoken = _BUTTONS_IN_WORDS.get(text.strip().strip(".!").casefold().replace("’", "'"))
    if spoken:
        return spoken(interview)
    if interview.pending or question.kind in {Kind.OBJECTIVE, Kind.MORE_OBJECTIVES}:
        return _hear_goal(interview, question, text, today)
    try:
        answer = read_answer(question, text)
    except NotRead as reason:
        return _ask(interview, question, lead=str(reason))
    return _settle(interview, answer, lead=f"Noted: {describe_answer(question, answer)}.")


def choose(interview: Interview, value: str) -> Turn:
    """Take the button with this value as the answer; a value that the question does not offer changes nothing."""
    question = interview.question
    option = next((option for option in question.options if option.value == value), None) if question else None
    if question is None or option is None:
        return repeat(interview)
    answer = Answer(question=question.id, status=Status.GIVEN, given=option.label, value=value)
    if value == NO_MORE_OBJECTIVES:
        return _settle(replace(interview, pending=()), answer)
    return _settle(interview, answer, lead=f"Noted: {option.label}.")


def say_unknown(interview: Interview) -> Turn:
    """Record that the person does not know; the question stays open as an unknown of the project."""
    lead = "That is fine. I keep it on the list of things to find out."
    return _settle_without_answer(interview, Status.UNKNOWN, lead)


def skip(interview: Interview) -> Turn:
    """Leave the question unanswered and go on."""
    return _settle_without_answer(interview, Status.SKIPPED, "Skipped.")


def go_back(interview: Interview) -> Turn:
    """Return to the question before this one; what was answered stays until it is answered anew."""
    if len(interview.pending) and interview.question is not None:
        return _ask(replace(interview, pending=()), interview.question, lead="I dropped that reading.")
    questions = interview.questions
    ids = [question.id for question in questions]
    here = ids.index(interview.step) if interview.step in ids else len(ids)
    if here == 0:
        return _ask(interview, questions[0], lead="This is the first question.")
    return _revisit(interview, questions[here - 1])


def confirm(interview: Interview) -> Turn:
    """Keep the reading that is being shown; a doubtful one cannot be kept this way."""
    if not interview.pending:
        return repeat(interview)
    reading = interview.pending[0].reading
    if reading.objective is None or reading.doubts:
        return repeat(interview)
    return correct(interview, reading.objective)


def correct(interview: Interview, objective: Objective) -> Turn:
    """Keep this objective, as its owner wrote it in the form, in place of the reading that is being shown."""
    question = interview.question
    if question is None or question.kind not in {Kind.OBJECTIVE, Kind.MORE_OBJECTIVES}:
        return repeat(interview)
    place = interview.pending[0].replaces if interview.pending else None
    kept = list(interview.objectives)
    if place is None:
        kept.append(objective)
    else:
        kept[place] = objective
    interview = replace(interview, objectives=tuple(kept), pending=interview.pending[1:])
    return _after_reading(interview, lead=f"Kept: {describe(objective)}.")


def reject(interview: Interview) -> Turn:
    """Drop the reading that is being shown: it was not a goal."""
    if not interview.pending:
        return repeat(interview)
    place = interview.pending[0].replaces
    kept = tuple(objective for index, objective in enumerate(interview.objectives) if index != place)
    return _after_reading(replace(interview, objectives=kept, pending=interview.pending[1:]), lead="I dropped it.")


def repeat(interview: Interview) -> Turn:
    """Say again what waits for an answer."""
    if interview.pending:
        return _show(interview)
    question = interview.question
    return Turn(_next_turn(interview), Finished()) if question is None else _ask(interview, question)


def _say_yes(interview: Interview) -> Turn:
    return confirm(interview) if interview.pending else choose(interview, YES)


def _say_no(interview: Interview) -> Turn:
    if interview.pending:
        return reject(interview)
    question = interview.question
    more = question is not None and question.kind is Kind.MORE_OBJECTIVES
    return choose(interview, NO_MORE_OBJECTIVES if more else NO)


_BUTTONS_IN_WORDS: Mapping[str, Callable[[Interview], Turn]] = {
    **dict.fromkeys(("i don't know", "i dont know", "don't know", "dont know", "no idea", "idk"), say_unknown),
    **dict.fromkeys(("skip", "pass"), skip),
    "back": go_back,
    **dict.fromkeys(("yes", "yes, that's right", "that's right", "correct", "right"), _say_yes),
    **dict.fromkeys(("no", "none", "nope", "not a goal", "that's all", "thats all", "that is all"), _say_no),
}


def _hear_goal(interview: Interview, question: Question, text: str, today: date) -> Turn:
    readings = read_objectives(text, today)
    found = tuple(Pending(reading) for reading in readings if reading.objective is not None)
    if not found:
        lead = f"I could not find a goal in that. For example: {question.example}. You can also fill in the form."
        return _show(interview, lead) if interview.pending else _ask(interview, question, lead)
    if interview.pending:
        found = (replace(found[0], replaces=interview.pending[0].replaces), *found[1:])
    lead = f"I found {len(found)} goals. Here is the first." if len(found) > 1 else ""
    return _show(replace(interview, pending=found), lead)


def _after_reading(interview: Interview, lead: str) -> Turn:
    if interview.pending:
        return _show(interview, lead)
    if not interview.objectives:
        question = next(question for question in interview.questions if question.kind is Kind.OBJECTIVE)
        answers = {key: value for key, value in interview.answers.items() if key != question.id}
        return _ask(replace(interview, step=question.id, answers=answers), question, lead)
    question = next(question for question in interview.questions if question.kind is Kind.MORE_OBJECTIVES)
    goal = next(question for question in interview.questions if question.kind is Kind.OBJECTIVE)
    given = "; ".join(describe(objective) for objective in interview.objectives)
    answers = {**interview.answers, goal.id: Answer(question=goal.id, status=Status.GIVEN, given=given)}
    return _ask(replace(interview, step=question.id, answers=answers), question, lead)


def _settle_without_answer(interview: Interview, status: Status, lead: str) -> Turn:
    question = interview.question
    if question is None:
        return repeat(interview)
    interview = replace(interview, pending=())
    if status is Status.SKIPPED and question.id in interview.answers:
        return _move_on(interview, after=question.id, lead="I left it as it was.")
    if question.kind in {Kind.OBJECTIVE, Kind.MORE_OBJECTIVES} and interview.objectives:
        return _move_on(interview, after=_last_goal_question(interview), lead="")
    return _settle(interview, Answer(question=question.id, status=status), lead)


def _last_goal_question(interview: Interview) -> str:
    return next(question.id for question in interview.questions if question.kind is Kind.MORE_OBJECTIVES)


def _settle(interview: Interview, answer: Answer, lead: str = "") -> Turn:
    interview = replace(interview, answers={**interview.answers, answer.question: answer})
    interview = _drop_what_no_longer_applies(interview)
    return _move_on(interview, after=answer.question, lead=lead)


def _drop_what_no_longer_applies(interview: Interview) -> Interview:
    ids = {question.id for question in interview.questions}
    return replace(interview, answers={key: value for key, value in interview.answers.items() if key in ids})


def _move_on(interview: Interview, after: str, lead: str) -> Turn:
    """Ask the first open question behind `after`, then any open one before it, so a revisit returns where it left."""
    questions = interview.questions
    ids = [question.id for question in questions]
    here = ids.index(after) if after in ids else -1
    ahead = [*questions[here + 1 :], *questions[: here + 1]]
    for question in ahead:
        if question.id not in interview.answers and question.kind is not Kind.MORE_OBJECTIVES:
            return _ask(replace(interview, step=question.id), question, lead)
    return Turn(_next_turn(replace(interview, step=DONE)), Finished(lead))


def _revisit(interview: Interview, question: Question) -> Turn:
    if question.kind is Kind.MORE_OBJECTIVES and interview.objectives:
        last = len(interview.objectives) - 1
        pending = Pending(Reading(interview.objectives[last], ()), replaces=last)
        return _show(replace(interview, step=question.id, pending=(pending,)), lead="This is the goal you gave.")
    stands = interview.answers.get(question.id)
    lead = f"You answered: {describe_answer(question, stands)}." if stands else ""
    return _ask(replace(interview, step=question.id), question, lead)


def _ask(interview: Interview, question: Question, lead: str = "") -> Turn:
    main = [other for other in interview.questions if other.kind is not Kind.MORE_OBJECTIVES]
    number = main.index(question) + 1 if question in main else 1
    return Turn(_next_turn(interview), Ask(question, number, len(main), lead))


def _show(interview: Interview, lead: str = "") -> Turn:
    return Turn(_next_turn(interview), ShowReading(interview.pending[0].reading, lead))


def _next_turn(interview: Interview) -> Interview:
    return replace(interview, turn=interview.turn + 1)
