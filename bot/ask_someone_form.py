"""The menu under a question: asking someone else, who is picked in a form, or keeping the answer between us."""

import json

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, modal, person_input
from bot.deliveries import Press, Submission
from bot.forms import open_form, submit_once
from bot.interview_buttons import ASK_SOMEBODY, read_button_value
from bot.interviews import press as press_in_interview
from bot.interviews import refuse, take_turn
from bot.replies import FieldErrors
from bot.whispers import refuse_press
from flows import interviews
from storage import kickoffs

FORM = "interview.ask_someone"
_FIELD = "person"


def form(interview_id: int, turn: int) -> Block:
    """The form in which somebody is picked."""
    return modal(
        "Ask someone else",
        FORM,
        [person_input(_FIELD, "Who may know?", optional=False)],
        submit="Ask them",
        metadata=json.dumps({"interview": interview_id, "turn": turn}),
    )


async def press(app: App, press: Press) -> None:
    """Something was chosen in the menu under a question."""
    interview_id, turn, chosen = read_button_value(press.value)
    if chosen != ASK_SOMEBODY:
        await press_in_interview(app, press)
        return

    def look(connection: Connection) -> str:
        _, participant = kickoffs.load_interview(connection, interview_id)
        refusal = refuse(participant, press.person, turn)
        if refusal:
            refuse_press(connection, app, press, refusal)
        return refusal

    if not await app.transact(look):
        await open_form(app, press, form(interview_id, turn))


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Hand the question on to whoever was picked."""
    interview_id, turn = int(submission.metadata["interview"]), int(submission.metadata["turn"])
    picked = submission.fields.get(_FIELD, "")

    def hand_on(connection: Connection) -> FieldErrors | None:
        kickoff, participant = kickoffs.load_interview(connection, interview_id, lock=True)
        if refuse(participant, submission.person, turn):
            return FieldErrors({_FIELD: "You settled this in the thread meanwhile. Please close this form."})
        if not picked or picked == submission.person:
            return FieldErrors({_FIELD: "Please pick somebody else. If nobody knows, press I don't know instead."})
        take_turn(
            connection,
            app,
            kickoff,
            participant,
            lambda interview: interviews.hand_on(interview, picked, submission.person),
        )
        return None

    return await submit_once(app, submission, hand_on)
