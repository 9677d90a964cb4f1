"""The form behind *Fill in a form*, *Choose* and *Pick a date*: one answer, in the field that fits its kind."""

import json

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import (
    OPTIONS,
    Block,
    Choice,
    date_input,
    modal,
    multi_select_input,
    person_input,
    text_input,
)
from bot.deliveries import Press, Submission
from bot.forms import open_form, submit_once
from bot.interview_buttons import read_button_value
from bot.interviews import refuse, take_turn
from bot.replies import FieldErrors
from bot.whispers import refuse_press
from flows import interviews
from flows.answers import LONG_TEXT_LENGTH, SHORT_TEXT_LENGTH, Answer, NotRead, Status, from_form
from flows.interview import Interview
from flows.questions import Kind, Question
from storage import kickoffs

FORM = "answer.give"
_FIELD = "answer"
_SETTLED = "You settled this in the thread meanwhile. Please close this form."


def form(interview_id: int, interview: Interview, question: Question, project: str) -> Block:
    """The form for one question, filled in with the answer that stands."""
    metadata = json.dumps({"interview": interview_id, "turn": interview.turn, "question": question.id})
    field = _draw_field(question, interview.answers.get(question.id), question.worded(project))
    return modal("Your answer", FORM, [field], submit="Save", metadata=metadata)


def _draw_field(question: Question, answer: Answer | None, label: str) -> Block:
    given = answer if answer and answer.status is Status.GIVEN else None
    value = given.value if given else None
    match question.kind:
        case Kind.CHOICES:
            choices = [Choice(option.label, option.value) for option in question.options[:OPTIONS]]
            return multi_select_input(_FIELD, label, choices, initial=value if isinstance(value, tuple) else ())
        case Kind.DATE:
            return date_input(_FIELD, label, initial=str(value or ""), optional=False)
        case Kind.PERSON:
            return person_input(_FIELD, label, initial=str(value or ""), optional=False)
        case _:
            is_long = question.kind is Kind.LONG_TEXT
            hint = f"For example: {question.example}" if question.example else ""
            limit = LONG_TEXT_LENGTH if is_long else SHORT_TEXT_LENGTH
            initial = given.given if given else ""
            return text_input(_FIELD, label, initial=initial, hint=hint, multiline=is_long, limit=limit)


async def press(app: App, press: Press) -> None:
    """Open the form for the question that is being asked."""
    interview_id, turn, question_id = read_button_value(press.value)

    def look(connection: Connection) -> Block | None:
        kickoff, participant = kickoffs.load_interview(connection, interview_id)
        refusal = refuse(participant, press.person, turn)
        question = participant.interview.question
        if not refusal and question and question.id == question_id:
            return form(interview_id, participant.interview, question, kickoff.name)
        if refusal:
            refuse_press(connection, app, press, refusal)
        return None

    view = await app.transact(look)
    if view:
        await open_form(app, press, view)


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Take the answer as if it had been written in the thread."""
    interview_id, turn = int(submission.metadata["interview"]), int(submission.metadata["turn"])

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff, participant = kickoffs.load_interview(connection, interview_id, lock=True)
        question = participant.interview.question
        if question is None or refuse(participant, submission.person, turn):
            return FieldErrors({_FIELD: _SETTLED})
        try:
            today = today_in(app, participant.zone)
            answer = from_form(question, _filled(submission), today, me=participant.person)
        except NotRead as reason:
            return FieldErrors({_FIELD: str(reason)})
        take_turn(connection, app, kickoff, participant, lambda interview: interviews.fill_in(interview, answer))
        return None

    return await submit_once(app, submission, keep)


def _filled(submission: Submission) -> tuple[str, ...]:
    one = submission.fields.get(_FIELD)
    return (one,) if one else submission.lists.get(_FIELD, ())
