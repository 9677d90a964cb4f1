"""The form behind *Change it* and *Fill in a form*: every field of an objective, filled in as it was read."""

import json

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, Choice, date_input, modal, select_input, text_input
from bot.deliveries import Press, Submission
from bot.forms import open_form, submit_once
from bot.interview_buttons import read_button_value
from bot.interviews import refuse, take_turn
from bot.replies import FieldErrors
from bot.whispers import refuse_press
from flows import interviews
from flows.objective_form import DIRECTIONS, FIRMNESS, MEASURES, FormErrors, fill_form, read_form
from flows.objectives import Objective
from storage import kickoffs

FORM = "objective.change"

_AMOUNT_HINT = "A number or a range, without a minus: 15, 10 to 15, €5,000 per month, 20 minutes."
_TODAY_HINT = "With its unit, such as €50,000, 42 minutes or 3 %. Leave it empty if nobody knows."
_FLOOR_HINT = "Counted as the amount is: 10 for 10 %, €4,000, 15 minutes."


def form(interview_id: int, turn: int, objective: Objective | None) -> Block:
    """The form, filled in with the reading that is being shown."""
    filled = fill_form(objective)
    measures = [Choice(measure.label, measure.value) for measure in MEASURES]
    directions = [Choice(label, direction.value) for direction, label in DIRECTIONS.items()]
    firmness = [Choice(label, firm.value) for firm, label in FIRMNESS.items()]

    def text(name: str, label: str, *, placeholder: str = "", hint: str = "") -> Block:
        initial, optional = filled.get(name, ""), name != "metric"
        return text_input(
            name, label, initial=initial, placeholder=placeholder, hint=hint, optional=optional, limit=200
        )

    return modal(
        "Your goal",
        FORM,
        [
            text("metric", "What should change?", placeholder="time on platform"),
            select_input("direction", "Which way?", directions, initial=filled.get("direction", ""), optional=False),
            text("amount", "By how much, or to what level?", placeholder="15", hint=_AMOUNT_HINT),
            select_input("measure", "What does that number count?", measures, initial=filled.get("measure", "")),
            text("baseline", "Where does it stand today?", hint=_TODAY_HINT),
            date_input("deadline", "By when?", initial=filled.get("deadline", "")),
            text("floor", "What is the least you would still accept?", hint=_FLOOR_HINT),
            select_input("firmness", "Is the amount firm or flexible?", firmness, initial=filled.get("firmness", "")),
        ],
        submit="Keep this goal",
        metadata=json.dumps({"interview": interview_id, "turn": turn}),
    )


async def press(app: App, press: Press) -> None:
    """Open the form over the newest reading."""
    interview_id, turn, _ = read_button_value(press.value)

    def look(connection: Connection) -> tuple[str, Objective | None]:
        _, participant = kickoffs.load_interview(connection, interview_id, lock=True)
        refusal = refuse(participant, press.person, turn)
        if refusal:
            refuse_press(connection, app, press, refusal)
        pending = participant.interview.pending
        return refusal, pending[0].reading.objective if pending else None

    refusal, objective = await app.transact(look)
    if not refusal:
        await open_form(app, press, form(interview_id, turn, objective))


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep the objective as its owner wrote it."""
    interview_id, turn = int(submission.metadata["interview"]), int(submission.metadata["turn"])

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff, participant = kickoffs.load_interview(connection, interview_id, lock=True)
        if refuse(participant, submission.person, turn):
            return FieldErrors({"metric": "You settled this in the thread meanwhile. Please close this form."})
        pending = participant.interview.pending
        today = today_in(app, participant.zone)
        try:
            objective = read_form(submission.fields, pending[0].reading.objective if pending else None, today)
        except FormErrors as wrong:
            return FieldErrors(wrong.errors)
        take_turn(connection, app, kickoff, participant, lambda interview: interviews.correct(interview, objective))
        return None

    return await submit_once(app, submission, keep)
