"""The interview: one stakeholder, one question at a time, "I don't know" always welcome (chapter 2, section 2.3.2).

    asking --words or a button--> asking the next question --> ... --> done
    asking --a goal in words--> showing the reading --Yes, Change it, Not a goal--> asking
    asking --Back--> showing a kept goal --Back--> the one before it --> ... --> asking the question before

An interview is a value. Each thing that the stakeholder does is a function from it to the next interview and the one
message that answers them. Where it stands is a question's name, never a number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flows.answers import Answer, NotRead, Status, describe_answer, read_answer
from flows.objectives import Objective, describe
from flows.questions import NO_MORE_OBJECTIVES, SEPARATE_GOAL, Kind, Question, Role, questions_for
from flows.reading import Reading, read_objectives
from flows.wishes import same_metric

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
        remark = "Your interview is finished, so I left this as a comment. To change an answer, press Back."
        return Turn(interview, Remark(remark))
    spoken = _buttons_in_words(interview, question).get(text.strip().strip(".!").casefold().replace("’", "'"))
    if spoken:
        return spoken(interview)
    if question.kind in _ABOUT_GOALS:
        return _hear_goal(interview, question, text, today)
    try:
        answer = read_answer(question, text)
    except NotRead as reason:
        return _ask(interview, question, lead=str(reason))
    return _settle(interview, answer, lead=f"Noted: {describe_answer(question, answer)}.")


def choose(interview: Interview, value: str) -> Turn:
    """Take the button with this value as the answer; a value that is not offered changes nothing."""
    if interview.pending:
        return _keep_both(interview) if value == SEPARATE_GOAL else repeat(interview)
    question = interview.question
    option = next((option for option in question.options if option.value == value), None) if question else None
    if question is None or option is None:
        return repeat(interview)
    answer = Answer(question=question.id, status=Status.GIVEN, given=option.label, value=value)
    return _settle(interview, answer, lead="" if value == NO_MORE_OBJECTIVES else f"Noted: {option.label}.")


def say_unknown(interview: Interview) -> Turn:
    """Record that the person does not know; the question stays open as an unknown of the project."""
    lead = "That is fine. I keep it on the list of things to find out."
    return _settle_without_answer(interview, Status.UNKNOWN, lead)


def skip(interview: Interview) -> Turn:
    """Leave the question unanswered and go on; of several readings, only the one that is being shown is left."""
    return _settle_without_answer(interview, Status.SKIPPED, "Skipped.")


def go_back(interview: Interview) -> Turn:
    """Return to what came before, the kept goals one by one, newest first; it stays until it is answered anew."""
    question = interview.question
    if interview.pending:
        return _go_back_from_reading(interview)
    if question is not None and question.kind in _ABOUT_GOALS and interview.objectives:
        return _show_newest_kept(interview)
    questions = interview.questions
    here = questions.index(question) if question in questions else len(questions)
    if here == 0:
        return _ask(interview, questions[0], lead="This is the first question.")
    return _revisit(interview, questions[here - 1])


def confirm(interview: Interview) -> Turn:
    """Keep the reading that is being shown; a doubtful one cannot be kept this way."""
    if not interview.pending:
        return repeat(interview)
    reading = interview.pending[0].reading
    if reading.objective is None or reading.doubts:
        lead = "A yes is not enough here. Please press Change it, or write your goal again in other words."
        return _show(interview, lead)
    return _keep(interview, reading.objective)


def correct(interview: Interview, objective: Objective) -> Turn:
    """Keep this objective, as its owner wrote it in the form, in place of the reading that is being shown.

    One that looks like a kept goal in new words is shown first, so that its owner says whether it changes that one.
    """
    question = interview.question
    if question is None or question.kind not in _ABOUT_GOALS:
        return repeat(interview)
    if interview.replaced_goal is None and objective not in interview.objectives:
        twin = _find_twin(interview, objective)
        if twin is not None:
            return _show(replace(interview, pending=(Pending(Reading(objective, ()), twin), *interview.pending[1:])))
    return _keep(interview, objective)


def reject(interview: Interview) -> Turn:
    """Drop the reading that is being shown: it was not a goal. A kept goal that is shown again is removed."""
    if not interview.pending:
        return repeat(interview)
    removed = interview.pending[0].replaces if interview.shows_kept_goal else None
    lead = "I dropped it." if interview.replaced_goal is None else f"I dropped it. {_YOURS_STAYS}"
    kept = tuple(objective for place, objective in enumerate(interview.objectives) if place != removed)
    interview = replace(interview, objectives=kept, pending=interview.pending[1:])
    return _after_reading(interview, lead if removed is None else "I removed that goal.")


def repeat(interview: Interview) -> Turn:
    """Say again what waits for an answer."""
    if interview.pending:
        return _show(interview)
    question = interview.question
    return Turn(_next_turn(interview), Finished()) if question is None else _ask(interview, question)


_ABOUT_GOALS = frozenset({Kind.OBJECTIVE, Kind.MORE_OBJECTIVES})
_YOURS_STAYS = "Your goal stays as it was."


# What is said in place of a button


_Act = Callable[[Interview], Turn]


def _ask_again(kind: Kind, lead: str) -> _Act:
    """Say what can be answered to the question of this kind, where the words do not tell."""

    def say(interview: Interview) -> Turn:
        question = _first_of(interview, kind)
        return _ask(interview, question, f"{lead} For example: {question.example}.")

    return say


def _show_again(lead: str) -> _Act:
    return lambda interview: _show(interview, lead)


def _no_more(interview: Interview) -> Turn:
    return choose(interview, NO_MORE_OBJECTIVES)


_YES = ("yes", "yes, that's right", "that's right", "correct", "right")
_NO = ("no", "none", "nope")
_NOT_A_GOAL = ("not a goal",)
_ALL = ("that's all", "thats all", "that is all")
_BOTH = ("both", "keep both")

_EVERYWHERE: Mapping[str, _Act] = {
    **dict.fromkeys(("i don't know", "i dont know", "don't know", "dont know", "no idea", "idk"), say_unknown),
    **dict.fromkeys(("skip", "pass"), skip),
    "back": go_back,
}
_AT_THE_GOAL: Mapping[str, _Act] = {
    **_EVERYWHERE,
    **dict.fromkeys(_YES, _ask_again(Kind.OBJECTIVE, "Please write your goal here.")),
    **dict.fromkeys(
        (*_NO, *_NOT_A_GOAL, *_ALL),
        _ask_again(Kind.OBJECTIVE, "If you have no goal, press Skip, or else write it here."),
    ),
}
_AT_MORE_GOALS: Mapping[str, _Act] = {
    **_EVERYWHERE,
    **dict.fromkeys(_YES, _ask_again(Kind.MORE_OBJECTIVES, "Please write the other goal here, or press That's all.")),
    **dict.fromkeys((*_NO, *_NOT_A_GOAL, *_ALL), _no_more),
}
_OVER_A_READING: Mapping[str, _Act] = {
    **_EVERYWHERE,
    **dict.fromkeys(_YES, confirm),
    **dict.fromkeys((*_NO, *_NOT_A_GOAL), reject),
    **dict.fromkeys(_BOTH, lambda interview: choose(interview, SEPARATE_GOAL)),
    **dict.fromkeys(_ALL, _show_again("Please press one of the buttons, so that I do not guess.")),
}
_OVER_A_KEPT_GOAL: Mapping[str, _Act] = {
    **_EVERYWHERE,
    **dict.fromkeys(_YES, confirm),
    **dict.fromkeys(_NOT_A_GOAL, reject),
    **dict.fromkeys((*_NO, *_ALL), _show_again("Please press Yes to keep this goal, or Not a goal to remove it.")),
}


def _buttons_in_words(interview: Interview, question: Question) -> Mapping[str, _Act]:
    """What may be said instead of pressing a button; where there are no such buttons, the words are read as any."""
    if interview.pending:
        return _OVER_A_KEPT_GOAL if interview.shows_kept_goal else _OVER_A_READING
    match question.kind:
        case Kind.OBJECTIVE:
            return _AT_THE_GOAL
        case Kind.MORE_OBJECTIVES:
            return _AT_MORE_GOALS
        case _:
            return _EVERYWHERE


# Goals


def _hear_goal(interview: Interview, question: Question, text: str, today: date) -> Turn:
    found = [Pending(reading) for reading in read_objectives(text, today) if reading.objective is not None]
    fresh = [one for one in found if one.reading.objective not in interview.objectives]
    if not fresh:
        lead = f"I could not find a goal in that. For example: {question.example}. You can also fill in the form."
        if found:
            lead = "You gave this goal already."
        return _show(interview, lead) if interview.pending else _ask(interview, question, lead)
    shown = interview.pending[0].replaces if interview.pending else None
    lead = f"I found {len(fresh)} goals. Here is the first." if len(fresh) > 1 else ""
    return _show(_find_its_place(replace(interview, pending=tuple(fresh)), shown), lead)


def _find_its_place(interview: Interview, shown: int | None = None) -> Interview:
    """Let the first reading take the place of a kept goal: its twin's, or else that of the goal being `shown`."""
    first, *rest = interview.pending
    twin = _find_twin(interview, first.reading.objective, shown)
    return replace(interview, pending=(replace(first, replaces=shown if twin is None else twin), *rest))


def _find_twin(interview: Interview, objective: Objective | None, preferred: int | None = None) -> int | None:
    """The place of the kept goal that this may be in new words: of the same metric, and in the same direction."""
    kept = interview.objectives
    twins = [place for place, one in enumerate(kept) if objective is not None and _are_twins(one, objective)]
    return preferred if preferred in twins else max(twins, default=None)


def _are_twins(one: Objective, other: Objective) -> bool:
    return same_metric(one, other) and one.direction is other.direction


def _keep(interview: Interview, objective: Objective) -> Turn:
    place = interview.pending[0].replaces if interview.pending else None
    kept = list(interview.objectives)
    if place is None:
        kept.append(objective)
    else:
        kept[place] = objective
    interview = replace(interview, objectives=tuple(dict.fromkeys(kept)), pending=interview.pending[1:])
    return _after_reading(interview, lead=f"Kept: {describe(objective)}.")


def _keep_both(interview: Interview) -> Turn:
    """Keep the reading beside the goal that it seemed to change."""
    if interview.replaced_goal is None or interview.shows_kept_goal:
        return repeat(interview)
    first, *rest = interview.pending
    return confirm(replace(interview, pending=(replace(first, replaces=None), *rest)))


def _after_reading(interview: Interview, lead: str) -> Turn:
    """Show the next reading, or ask for another goal; without any, ask for the first again."""
    left = tuple(one for one in interview.pending if one.reading.objective not in interview.objectives)
    interview = _note_goals(replace(interview, pending=left))
    if interview.pending:
        return _show(_find_its_place(interview), lead)
    wanted = Kind.MORE_OBJECTIVES if interview.objectives else Kind.OBJECTIVE
    question = _first_of(interview, wanted)
    return _ask(replace(interview, step=question.id), question, lead)


def _note_goals(interview: Interview) -> Interview:
    """Let the question for a goal be answered by the goals that are kept, and only by those."""
    goal = _first_of(interview, Kind.OBJECTIVE)
    answers = {key: one for key, one in interview.answers.items() if key != goal.id or one.status is not Status.GIVEN}
    if interview.objectives:
        given = "; ".join(describe(objective) for objective in interview.objectives)
        answers[goal.id] = Answer(question=goal.id, status=Status.GIVEN, given=given)
    return _drop_what_no_longer_applies(replace(interview, answers=answers))


def _first_of(interview: Interview, kind: Kind) -> Question:
    return next(question for question in interview.questions if question.kind is kind)


def _go_back_from_reading(interview: Interview) -> Turn:
    place = interview.pending[0].replaces
    if place is None:
        count = len(interview.pending)
        lead = "I dropped that reading." if count == 1 else f"I dropped those {count} readings."
        return _after_reading(replace(interview, pending=()), lead)
    if not interview.shows_kept_goal:
        return _show_kept(interview, place, f"I dropped that reading. {_YOURS_STAYS}")
    if place > 0:
        return _show_kept(interview, place - 1)
    before = interview.questions[: interview.questions.index(_first_of(interview, Kind.OBJECTIVE))]
    if not before:
        return _show(interview, "This is where your interview began.")
    return _revisit(replace(interview, pending=()), before[-1])


def _show_newest_kept(interview: Interview) -> Turn:
    question = _first_of(interview, Kind.MORE_OBJECTIVES)
    return _show_kept(replace(interview, step=question.id), len(interview.objectives) - 1)


def _show_kept(interview: Interview, place: int, lead: str = "") -> Turn:
    """Show a kept goal again, as a reading for its own place; readings that wait behind it go on waiting."""
    count = len(interview.objectives)
    which = "This is the goal you gave." if count == 1 else f"This is goal {place + 1} of the {count} you gave."
    again = Pending(Reading(interview.objectives[place], ()), replaces=place)
    return _show(replace(interview, pending=(again, *interview.pending[1:])), f"{lead} {which}".strip())


# Going on


def _settle_without_answer(interview: Interview, status: Status, lead: str) -> Turn:
    question = interview.question
    if question is None:
        return repeat(interview)
    if interview.pending:
        return _leave_reading(interview, status)
    if status is Status.SKIPPED and question.id in interview.answers:
        return _move_on(interview, after=question.id, lead="I left it as it was.")
    if question.kind in _ABOUT_GOALS and interview.objectives:
        return _move_on(interview, after=_first_of(interview, Kind.MORE_OBJECTIVES).id, lead="")
    return _settle(interview, Answer(question=question.id, status=status), lead)


def _leave_reading(interview: Interview, status: Status) -> Turn:
    """Leave the reading that is being shown. The question is settled by that only if no other goal is in sight."""
    left = replace(interview, pending=interview.pending[1:])
    if interview.shows_kept_goal:
        if left.pending:
            return _after_reading(left, "I left it as it was.")
        return _move_on(left, after=_first_of(left, Kind.MORE_OBJECTIVES).id, lead="I left it as it was.")
    if left.pending or left.objectives:
        stays = "" if interview.replaced_goal is None else f" {_YOURS_STAYS}"
        return _after_reading(left, f"I dropped that reading.{stays}")
    goal = _first_of(left, Kind.OBJECTIVE)
    if status is Status.SKIPPED and goal.id in left.answers:
        return _move_on(left, after=goal.id, lead="I dropped that reading and left the rest as it was.")
    lead = "I dropped that reading and went on."
    if status is Status.UNKNOWN:
        lead = "I dropped that reading. Your goal is on the list of things to find out."
    return _settle(left, Answer(question=goal.id, status=status), lead)


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
    if question.kind in _ABOUT_GOALS and interview.objectives:
        return _show_newest_kept(interview)
    stands = interview.answers.get(question.id)
    lead = f"You answered: {describe_answer(question, stands)}." if stands else ""
    return _ask(replace(interview, step=question.id), question, lead)


def _ask(interview: Interview, question: Question, lead: str = "") -> Turn:
    main = [other for other in interview.questions if other.kind is not Kind.MORE_OBJECTIVES]
    number = main.index(question) + 1 if question in main else 1
    return Turn(_next_turn(interview), Ask(question, number, len(main), lead))


def _show(interview: Interview, lead: str = "") -> Turn:
    said = ShowReading(interview.pending[0].reading, lead, interview.replaced_goal)
    return Turn(_next_turn(interview), said)


def _next_turn(interview: Interview) -> Interview:
    return replace(interview, turn=interview.turn + 1)
