"""*Ask this next*: the open questions whose answers may move the score most, sent to whom they concern.

What an answer may do is found by drawing it (`flows.scoring.asking`); who is asked can be changed before it is sent.
"""

import asyncio
import json
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Choice, context, mention, modal, person_input, quote, section, select_input, words
from bot.deliveries import Press, Submission
from bot.effects import direct_lane, post
from bot.forms import open_form, submit_once
from bot.handing_on import hand_on
from bot.replies import FieldErrors
from bot.whispers import refuse_press
from flows.interview import Handed
from flows.kickoffs import Kickoff
from flows.questions import Question
from flows.scoring.asking import WorthAsking, find_worth_asking
from flows.scoring.heard import hear
from flows.scoring.scales import UNCALIBRATED, Calibration
from storage import kickoffs, outbox
from storage.calibration import calibration_of

FORM = "score.ask_next"

_SHOWN = 3
_OFFERED = 8
_QUESTION, _PERSON = "question", "person"
_NOT_YOURS = "Only those who take part in this kickoff can send its questions."
_NOTHING = "No open question would move the score: what is left takes a trial. *Why these numbers?* lists what."


async def press_ask_next(app: App, press: Press) -> None:
    """Open the form with the questions that are worth asking, or say that there are none."""

    def read(connection: Connection) -> tuple[Kickoff, Calibration]:
        kickoff = kickoffs.load(connection, int(press.value))
        return kickoff, calibration_of(connection, kickoff.workspace)

    kickoff, calibration = await app.transact_behind(read)
    if not kickoff.takes_part(press.person):
        await app.transact(lambda connection: refuse_press(connection, app, press, _NOT_YOURS))
        return
    worth = await asyncio.to_thread(list_worth_asking, kickoff, calibration)
    if worth:
        await open_form(app, press, draw_form(kickoff, worth))
    else:
        await app.transact(lambda connection: refuse_press(connection, app, press, _NOTHING))


def list_worth_asking(kickoff: Kickoff, calibration: Calibration = UNCALIBRATED) -> tuple[WorthAsking, ...]:
    """The questions of this kickoff that are open and would move its score, the one that moves it most first."""
    moving = (one for one in find_worth_asking(hear(kickoff), calibration) if round(one.moves) > 0)
    return tuple(one for one in moving if one.question in kickoff.question_set.by_id)


def whom_it_concerns(kickoff: Kickoff, question: Question) -> str:
    """Slack user id of a stakeholder whose job it is to know, else of one who may stand in, else of the owner."""
    reachable = [one for one in kickoff.counted if one.person in kickoff.reachable]
    for roles in (question.roles, question.stand_ins):
        for one in reachable:
            if not set(roles).isdisjoint(one.interview.roles):
                return one.person
    return kickoff.owner


def draw_form(kickoff: Kickoff, worth: Sequence[WorthAsking]) -> Block:
    """The form: what the first few answers may do, which question to send, and to whom."""
    best = kickoff.question_set.by_id[worth[0].question]
    asked = [kickoff.question_set.by_id[one.question] for one in worth[:_OFFERED]]
    choices = [Choice(question.label, question.id) for question in asked]
    shown = [section(_say(kickoff, one)) for one in worth[:_SHOWN]]
    return modal(
        "Ask this next",
        FORM,
        [
            *shown,
            select_input(_QUESTION, "Which question?", choices, initial=best.id, optional=False),
            person_input(_PERSON, "Who may know?", initial=whom_it_concerns(kickoff, best), optional=False),
            context("They are asked right away, in their interview. “I don't know” is always welcome."),
        ],
        submit="Ask them",
        metadata=json.dumps({"kickoff": kickoff.id}),
    )


def _say(kickoff: Kickoff, one: WorthAsking) -> str:
    question = kickoff.question_set.by_id[one.question]
    low, high = one.lowest.on(one.scale), one.highest.on(one.scale)
    does = f"The answer may bring {one.scale} anywhere from {low:.0f} to {high:.0f} of 100."
    return f"*{quote(question.worded(kickoff.name), 200)}*\n{does}"


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Put the question to whoever was picked."""
    question, person = submission.fields.get(_QUESTION, ""), submission.fields.get(_PERSON, "")

    def ask(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(submission.metadata["kickoff"]), lock=True)
        known = kickoff.find(person)
        if not kickoff.takes_part(submission.person):
            return FieldErrors({_PERSON: _NOT_YOURS})
        if known is not None and (known.gone or known.is_called_off):
            return FieldErrors({_PERSON: "They take no part in this kickoff any more. Please pick somebody else."})
        if question not in kickoff.question_set.by_id:
            return FieldErrors({_QUESTION: "Please pick one of the questions."})
        if question in kickoff.answers:
            return FieldErrors({_QUESTION: "This was answered meanwhile. Please pick another question."})
        hand_on(connection, app, kickoff, Handed(question, submission.person), person)
        label = quote(kickoff.question_set.by_id[question].label, 80)
        said = post(words(f"{mention(person)} is asked about “{label}”."), person=submission.person)
        outbox.put(connection, [said.parcel(kickoff.workspace, direct_lane(submission.person))], app.clock())
        return None

    return await submit_once(app, submission, ask)
