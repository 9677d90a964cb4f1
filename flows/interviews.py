"""What a stakeholder can do in an interview (chapter 2, section 2.3.2): "I don't know" is always welcome.

Whatever they do in whatever order, the interview ends in the state that the same final answers, given straight, reach.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from flows.answers import Answer, NotRead, Status, choose_option, describe_answer, named_person, read_answer
from flows.interview import DONE, REVIEW, Finished, Handed, Interview, Remark, Turn
from flows.interview_course import ask, move_on, review, settle, show, store
from flows.interview_goals import (
    confirm_reading,
    correct_goal,
    go_back_from_reading,
    hear_goal,
    keep_both,
    leave_goals,
    leave_reading,
    place_of,
    read_goals,
    reject_reading,
    revisit,
    show_kept,
    show_newest_kept,
    show_readings,
)
from flows.objectives import Objective
from flows.questions import ABOUT_GOALS, NO_MORE_OBJECTIVES, SEPARATE_GOAL, Kind, Question, QuestionSet
from flows.roles import Role


def begin(
    question_set: QuestionSet, roles: tuple[Role, ...], plan: tuple[str, ...], handed: tuple[Handed, ...] = ()
) -> Turn:
    """Start an interview with its first question; without any, there is only a review to submit."""
    waiting = Interview(roles=roles, question_set=question_set, plan=plan, step=REVIEW, handed=handed)
    return go_on(waiting)


def hear(interview: Interview, text: str, today: date, me: str = "") -> Turn:
    """Take words written in the thread as the answer to the question that is being asked.

    Args:
        interview: Where the interview stands.
        text: What was written.
        today: The date where the person is.
        me: The Slack user id of the person.
    """
    spoken = _buttons_in_words(interview).get(_plainly(text))
    if spoken:
        return spoken(interview)
    question = interview.question
    if question is None:
        at_the_end = _AT_THE_END.get(interview.step)
        return Turn(interview, Remark(at_the_end)) if at_the_end else go_on(interview)
    if question.kind in ABOUT_GOALS:
        return hear_goal(interview, question, text, today)
    asked = _ASK_SOMEBODY.match(text.strip())
    if asked:
        return hand_on(interview, asked["person"].upper(), me)
    try:
        answer = read_answer(question, text, today, me=me)
    except NotRead as reason:
        return ask(interview, question, lead=str(reason))
    return _settle_given(interview, question, answer)


_AT_THE_END = {
    REVIEW: "Press Submit when all is right. To change an answer, press Edit beside it.",
    DONE: "Your answers are in, so I left this as a comment. To change one, press Change an answer.",
}
_ASK_SOMEBODY = re.compile(r"^(?:please\s+)?ask\s+<@(?P<person>[UW][A-Z0-9]+)(?:\|[^>]*)?>[.!]?$", re.IGNORECASE)


def choose(interview: Interview, value: str) -> Turn:
    """Take the button with this value as the answer; a value that is not offered changes nothing."""
    if interview.pending:
        apart = value == SEPARATE_GOAL and interview.replaced_goal is not None and not interview.shows_kept_goal
        return keep_both(interview) if apart else repeat(interview)
    question = interview.question
    if question is not None and question.kind is Kind.MORE_OBJECTIVES and value == NO_MORE_OBJECTIVES:
        return leave_goals(interview)
    answer = choose_option(question, value) if question else None
    return repeat(interview) if question is None or answer is None else _settle_given(interview, question, answer)


def fill_in(interview: Interview, answer: Answer) -> Turn:
    """Take an answer that was given in a form; one to a question that is not being asked changes nothing."""
    question = interview.question
    if question is None or question.id != answer.question:
        return repeat(interview)
    return _settle_given(interview, question, answer)


def say_unknown(interview: Interview) -> Turn:
    """Record that the person does not know; the question stays open as an unknown of the project."""
    lead = "That is fine. I keep it on the list of things to find out."
    return _settle_without_answer(interview, Status.UNKNOWN, lead)


def skip(interview: Interview) -> Turn:
    """Leave the question unanswered and go on; of several readings, only the one that is being shown is left."""
    return _settle_without_answer(interview, Status.SKIPPED, "Skipped.")


def hand_on(interview: Interview, person: str, me: str) -> Turn:
    """Leave the question to somebody else (Slack user id), who is asked it then. A goal is its owner's own."""
    question = interview.question
    if question is None or interview.pending:
        return repeat(interview)
    if person == me:
        return ask(interview, question, "That is you. If you do not know either, press I don't know.")
    if question.kind in ABOUT_GOALS:
        return ask(interview, question, "Only you can tell your own goal. Press Skip if you have none.")
    answer = Answer(question=question.id, status=Status.HANDED, value=person)
    return settle(interview, answer, "Thank you. I ask them.")


def receive(interview: Interview, question: str, by: str) -> Interview:
    """The interview with a question that somebody handed on, as an open one, unless it was answered already.

    It stays among the person's questions whatever else they answer, since somebody waits for it; so does its answer.
    """
    if question not in interview.question_set.by_id:
        return interview
    settled = interview.answers.get(question)
    if settled and settled.status is not Status.GIVEN:
        interview = replace(interview, answers={key: one for key, one in interview.answers.items() if key != question})
    is_own_goal = question == _goal_of(interview) and question in interview.plan
    if is_own_goal or interview.handed_by(question):
        return interview
    # What nobody handed on is there for a role alone, and would go with it.
    others = tuple(one for one in interview.handed if one.question != question)
    return replace(interview, handed=(*others, Handed(question, by)))


def go_on(interview: Interview, first: str = "", lead: str = "") -> Turn:
    """Ask an open question: the one named `first`, or else what is next; without any, show the answers."""
    if interview.pending:
        return show(interview, lead)
    question = next((one for one in interview.open_questions if one.id == first), None)
    if question is None and interview.question is not None and interview.question in interview.open_questions:
        question = interview.question
    return ask(interview, question, lead) if question else move_on(interview, after=interview.step, lead=lead)


def keep_confidential(interview: Interview, *, kept: bool = True) -> Turn:
    """Keep the answer to this question between the person and the app, or no longer."""
    question = interview.question
    if question is None:
        return repeat(interview)
    marked = _goal_of(interview) if question.kind in ABOUT_GOALS else question.id
    changed = interview.confidential | {marked} if kept else interview.confidential - {marked}
    interview = replace(interview, confidential=changed)
    what = "your goals" if question.kind in ABOUT_GOALS else "your answer"
    lead = f"I no longer keep {what} between us."
    if kept:
        lead = f"I keep {what} between us: only totals use it. In a channel, others can still read this thread."
    return show(interview, lead) if interview.pending else ask(interview, question, lead)


def go_back(interview: Interview) -> Turn:
    """Return to what came before, the kept goals one by one, newest first; it stays until it is answered anew."""
    question = interview.question
    if interview.step == DONE:
        return review(interview)
    if interview.pending:
        return go_back_from_reading(interview)
    if question is not None and question.kind in ABOUT_GOALS and interview.objectives:
        return show_newest_kept(interview)
    questions = interview.questions
    here = questions.index(question) if question in questions else len(questions)
    if here == 0:
        return ask(interview, questions[0], lead="This is the first question.")
    return revisit(interview, questions[here - 1])


def edit(interview: Interview, question: str, place: int | None = None) -> Turn:
    """Return to one question, to change its answer; `place` names one of the kept goals."""
    interview = replace(interview, pending=())
    if place is not None and place < len(interview.objectives):
        return show_kept(interview, place)
    chosen = next((one for one in interview.questions if one.id == question), None)
    return repeat(interview) if chosen is None else revisit(interview, chosen)


def submit(interview: Interview) -> Turn:
    """Hand the answers in; only what was shown as a whole can be."""
    if interview.step != REVIEW:
        return repeat(interview)
    return Turn(replace(interview, step=DONE).with_next_turn(), Finished())


def confirm(interview: Interview) -> Turn:
    """Keep the reading that is being shown; a doubtful one cannot be kept this way."""
    return confirm_reading(interview) if interview.pending else repeat(interview)


def correct(interview: Interview, objective: Objective) -> Turn:
    """Keep this objective, as its owner wrote it in the form, in place of the reading that is being shown."""
    question = interview.question
    about_goals = question is not None and question.kind in ABOUT_GOALS
    return correct_goal(interview, objective) if about_goals else repeat(interview)


def reject(interview: Interview) -> Turn:
    """Drop the reading that is being shown: it was not a goal. A kept goal that is shown again is removed."""
    return reject_reading(interview) if interview.pending else repeat(interview)


def propose_goal(interview: Interview, text: str, today: date, by: str, lead: str) -> Turn | None:
    """Show a goal that somebody (`by`) found in a message, for the person's word; None if there is none in it."""
    known = {*interview.objectives, *(one.reading.objective for one in interview.pending)}
    found = [one for one in read_goals(text, today) if one.reading.objective not in known]
    interview = receive(interview, _goal_of(interview), by)
    return show_readings(interview, (*found, *interview.pending), lead=lead) if found else None


def amend(interview: Interview, question_id: str, before: str, after: str, today: date, me: str = "") -> Turn:
    """Take a message that was edited: the new words are the answer to the question that the old ones answered.

    Args:
        interview: Where the interview stands now.
        question_id: The question that was being asked when the message was written.
        before: The words as they were.
        after: The words as they are now.
        today: The date where the person is.
        me: The Slack user id of the person.
    """
    question = interview.question_set.by_id.get(question_id)
    if question is not None and question.kind in ABOUT_GOALS:
        return _amend_goal(interview, before, after, today)
    if question is None or question not in interview.questions:
        return Turn(interview, Remark("You edited a message, but its question no longer applies. Nothing changed."))
    status = _WITHOUT_ANSWER.get(_plainly(after))
    try:
        answer = Answer(question=question.id, status=status) if status else read_answer(question, after, today, me=me)
    except NotRead as reason:
        return Turn(interview, Remark(f"You edited your answer, but I kept the old one. {reason}"))
    if interview.question == question:
        return _settle_given(interview, question, answer)
    return _settle_elsewhere(interview, question, answer)


def _amend_goal(interview: Interview, before: str, after: str, today: date) -> Turn:
    found = [one for one in read_goals(after, today) if one.reading.objective not in interview.objectives]
    if not found:
        return Turn(interview, Remark("You edited your goal, but I found no new goal in it. Nothing changed."))
    place = place_of(interview, read_goals(before, today))
    return show_readings(replace(interview, pending=()), found, place, lead="You edited your message.")


def _settle_elsewhere(interview: Interview, question: Question, answer: Answer) -> Turn:
    """Store an answer to a question that is not being asked, and stay where the interview stands."""
    lead = f"You edited your answer. {_say_noted(question, answer)}"
    interview = store(interview, answer)
    at_the_end = interview.step in {REVIEW, DONE}
    if at_the_end and not interview.open_questions:
        return Turn(interview, Remark(lead)) if interview.step == DONE else review(interview, lead)
    if interview.question is None:
        return move_on(interview, after=question.id, lead=lead)
    return show(interview, lead) if interview.pending else ask(interview, interview.question, lead)


def repeat(interview: Interview) -> Turn:
    """Say again what waits for an answer."""
    if interview.pending:
        return show(interview)
    if interview.step == DONE:
        return Turn(interview.with_next_turn(), Finished())
    return ask(interview, interview.question) if interview.question else go_on(interview)


def explain(interview: Interview) -> str:
    """Why the question that waits is asked."""
    return interview.question.why if interview.question else "You have answered everything."


def _goal_of(interview: Interview) -> str:
    return interview.question_set.goal.id


def _settle_given(interview: Interview, question: Question, answer: Answer) -> Turn:
    return settle(interview, answer, lead=_say_noted(question, answer))


def _say_noted(question: Question, answer: Answer) -> str:
    # A person is mentioned beside the question, which words in a lead cannot do.
    return "Noted." if named_person(question, answer) else f"Noted: {describe_answer(question, answer)}."


def _settle_without_answer(interview: Interview, status: Status, lead: str) -> Turn:
    question = interview.question
    if interview.pending:
        return leave_reading(interview, status)
    if question is None:
        return repeat(interview)
    if status is Status.SKIPPED and question.id in interview.answers:
        return move_on(interview, after=question.id, lead="I left it as it was.")
    if question.kind in ABOUT_GOALS and interview.objectives:
        return leave_goals(interview)
    return settle(interview, Answer(question=question.id, status=status), lead)


# What is said in place of a button


_Act = Callable[[Interview], Turn]


def _ask_again(kind: Kind, lead: str) -> _Act:
    """Say what can be answered to the question of this kind, where the words do not tell."""

    def say(interview: Interview) -> Turn:
        question = interview.question_set.of_kind(kind)
        return ask(interview, question, f"{lead} For example: {question.example}.")

    return say


def _show_again(lead: str) -> _Act:
    return lambda interview: show(interview, lead)


def _say_why(interview: Interview) -> Turn:
    return Turn(interview, Remark(explain(interview)))


def _pause(interview: Interview) -> Turn:
    return Turn(interview, Remark("That is fine. Your place is kept, so write here whenever it suits you."))


def _plainly(text: str) -> str:
    return text.strip().strip(".!?").casefold().replace("’", "'")


_UNKNOWN = ("i don't know", "i dont know", "don't know", "dont know", "no idea", "idk")
_SKIP = ("skip", "pass")
_WITHOUT_ANSWER: Mapping[str, Status] = {
    **dict.fromkeys(_UNKNOWN, Status.UNKNOWN),
    **dict.fromkeys(_SKIP, Status.SKIPPED),
}
_YES = ("yes", "yes, that's right", "that's right", "correct", "right")
_NO = ("no", "none", "nope")
_NOT_A_GOAL = ("not a goal",)
_ALL = ("that's all", "thats all", "that is all")
_BOTH = ("both", "keep both")

_EVERYWHERE: Mapping[str, _Act] = {
    **dict.fromkeys(_UNKNOWN, say_unknown),
    **dict.fromkeys(_SKIP, skip),
    **dict.fromkeys(("back", "go back"), go_back),
    **dict.fromkeys(("why", "why do you ask"), _say_why),
    **dict.fromkeys(("pause", "later", "not now"), _pause),
    **dict.fromkeys(("keep this between us", "between us"), keep_confidential),
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
    **dict.fromkeys((*_NO, *_NOT_A_GOAL, *_ALL), leave_goals),
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
_AT_REVIEW: Mapping[str, _Act] = {
    **dict.fromkeys(("submit", "done", "ok", *_YES, *_ALL), submit),
    **dict.fromkeys(("back", "go back"), go_back),
}


def _buttons_in_words(interview: Interview) -> Mapping[str, _Act]:
    """What may be said instead of pressing a button; where there are no such buttons, the words are read as any."""
    if interview.pending:
        return _OVER_A_KEPT_GOAL if interview.shows_kept_goal else _OVER_A_READING
    match interview.question:
        case None:
            return _AT_REVIEW if interview.step == REVIEW else {}
        case Question(kind=Kind.OBJECTIVE):
            return _AT_THE_GOAL
        case Question(kind=Kind.MORE_OBJECTIVES):
            return _AT_MORE_GOALS
        case _:
            return _EVERYWHERE
