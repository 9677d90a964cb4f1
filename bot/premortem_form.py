"""The form in which one person looks back from failure: seven reasons, and one line (section 2.5; K54 to K60)."""

import json

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Choice, context, modal, quote, section, select_input, text_input
from bot.deliveries import Press, Submission
from bot.forms import open_form, submit_once
from bot.premortem import count_answer, find_open
from bot.premortem_messages import LOOK_BACK
from bot.projects import CLOSED
from bot.replies import FieldErrors
from bot.whispers import refuse_press
from flows.decisions import PremortemAnswered
from flows.failure_reasons import STORIES, Reason
from flows.free_text import is_visible
from flows.kickoffs import Kickoff
from flows.premortem import FEWEST, LEVELS, Premortem
from storage import kickoffs

FORM = "premortem.answer"

_UNKNOWN = "unknown"
_CHOICES = (
    *(Choice(words[:1].upper() + words[1:], str(rating)) for rating, words in enumerate(LEVELS)),
    Choice("I don't know", _UNKNOWN),
)
_LINE = 200
_OVER = "This look back is over. The newest message about it says what came of it."
_NOT_ASKED = "Only the stakeholders of this kickoff are asked. Your comments in the thread are welcome."
_EMPTY = "Please pick something for at least one of them, or write a line."


def form(kickoff: Kickoff, premortem: Premortem, person: str) -> Block:
    """The form, filled in with the person's answer where they have given one."""
    before = premortem.answers.get(person)
    ratings, line = (before.ratings, before.line) if before else ({}, "")
    told = f"It is a year from now, and *{quote(kickoff.name, 100)}* failed. How much had each of these to do with it?"
    blocks: list[Block] = [
        section(told),
        *(_rating(reason, ratings.get(reason)) for reason in Reason),
        text_input(
            "line",
            "What else went wrong?",
            initial=line,
            optional=True,
            hint="Everybody reads it, among the lines of others and without your name.",
            limit=_LINE,
        ),
        context(f"Nobody learns who said what. Nothing is shown unless {FEWEST} people answer."),
    ]
    metadata = json.dumps({"kickoff": kickoff.id, "look_back": premortem.opened.key})
    return modal(LOOK_BACK, FORM, blocks, submit="Send", metadata=metadata)


def _rating(reason: Reason, rating: int | None) -> Block:
    initial = "" if rating is None else str(rating)
    return select_input(reason.value, STORIES[reason], _CHOICES, initial=initial, optional=True)


async def press(app: App, press: Press) -> None:
    """Open the form for whoever is asked."""
    kickoff_id, key = press.value.split("|")

    def look(connection: Connection) -> Block | None:
        kickoff = kickoffs.load(connection, int(kickoff_id))
        premortem = find_open(connection, kickoff)
        refusal = _refuse(kickoff, premortem, key, press.person)
        if refusal:
            refuse_press(connection, app, press, refusal)
        return None if refusal or premortem is None else form(kickoff, premortem, press.person)

    view = await app.transact(look)
    if view is not None:
        await open_form(app, press, view)


def _refuse(kickoff: Kickoff, premortem: Premortem | None, key: str, person: str) -> str:
    """Why this person cannot answer in the look back of that key; empty if they can."""
    if kickoff.closed_at:
        return CLOSED
    if premortem is None or premortem.opened.key != key:
        return _OVER
    return "" if person in premortem.opened.voters else _NOT_ASKED


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep the answer; a later one of the same person replaces it."""
    first = next(iter(Reason)).value

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(submission.metadata["kickoff"]), lock=True)
        premortem = find_open(connection, kickoff)
        refusal = _refuse(kickoff, premortem, submission.metadata["look_back"], submission.person)
        picked = {reason: submission.fields[reason.value] for reason in Reason if reason.value in submission.fields}
        line = " ".join(submission.fields.get("line", "").split())[:_LINE]
        if refusal or premortem is None or not (picked or is_visible(line)):
            return FieldErrors({first: refusal or _EMPTY})
        ratings = {reason: int(rating) for reason, rating in picked.items() if rating != _UNKNOWN}
        answer = PremortemAnswered(
            by=submission.person, at=app.clock(), ratings=ratings, line=line if is_visible(line) else ""
        )
        count_answer(connection, app, kickoff, premortem, answer)
        return None

    return await submit_once(app, submission, keep)
