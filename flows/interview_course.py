"""An interview's course: which question comes next, which come before, and which fall away."""

from dataclasses import replace

from flows.answers import Answer, describe_answer, named_person
from flows.interview import DONE, REVIEW, Ask, Finished, Interview, Review, Say, ShowReading, Turn
from flows.questions import Kind, Question


def ask(interview: Interview, question: Question, lead: str = "") -> Turn:
    """Ask this question now."""
    return Turn(replace(interview, step=question.id).with_next_turn(), _number(interview, question, lead))


def _number(interview: Interview, question: Question, lead: str = "") -> Ask:
    main = interview.main_questions
    number = main.index(question) + 1 if question in main else 1
    return Ask(question, number, len(main), lead)


def ask_again(interview: Interview, question: Question) -> Turn:
    """Return to a question that was settled before, and say how."""
    stands = interview.answers.get(question.id)
    if stands is None or named_person(question, stands):
        return ask(interview, question)
    return ask(interview, question, f"You answered: {describe_answer(question, stands)}.")


def show(interview: Interview, lead: str = "") -> Turn:
    """Show the first of the readings that wait."""
    return Turn(interview.with_next_turn(), _show_first(interview, lead))


def _show_first(interview: Interview, lead: str = "") -> ShowReading:
    return ShowReading(interview.pending[0].reading, lead, interview.replaced_goal)


def review(interview: Interview, lead: str = "") -> Turn:
    """Show every answer before they are submitted."""
    return Turn(replace(interview, step=REVIEW).with_next_turn(), Review(lead))


def what_waits(interview: Interview) -> Say:
    """What the interview waits for, as it was said last, but for the remark on what was done before."""
    if interview.pending:
        return _show_first(interview)
    if interview.question:
        return _number(interview, interview.question)
    return Finished() if interview.step == DONE else Review()


def settle(interview: Interview, answer: Answer, lead: str = "") -> Turn:
    """Store an answer and go on; what hung on an earlier one falls away, or is asked."""
    return move_on(store(interview, answer), after=answer.question, lead=lead)


def store(interview: Interview, answer: Answer) -> Interview:
    """The interview with this answer, and without those to questions that no longer apply."""
    return drop_what_no_longer_applies(replace(interview, answers={**interview.answers, answer.question: answer}))


def drop_what_no_longer_applies(interview: Interview) -> Interview:
    """The interview without answers to questions that do not apply any more, and to those that hung on them."""
    ids = {question.id for question in interview.questions}
    kept = {key: value for key, value in interview.answers.items() if key in ids}
    if len(kept) == len(interview.answers):
        return interview
    return drop_what_no_longer_applies(replace(interview, answers=kept))


def move_on(interview: Interview, after: str, lead: str) -> Turn:
    """Ask the first open question behind `after`, then any open one before it, so a revisit returns where it left."""
    questions = interview.questions
    ids = [question.id for question in questions]
    here = ids.index(after) if after in ids else -1
    for question in (*questions[here + 1 :], *questions[: here + 1]):
        if question.id not in interview.answers and question.kind is not Kind.MORE_OBJECTIVES:
            return ask(interview, question, lead)
    return review(interview, lead)
