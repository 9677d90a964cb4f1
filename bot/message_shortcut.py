"""The shortcut **Add to kickoff**: a message becomes a goal, for its author's word, or a fact of a project."""

import json

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Choice, context, mention, modal, radio_input, select_input, text_input, words
from bot.deliveries import Command, Shortcut, Submission
from bot.effects import card_name, kickoff_lane, post
from bot.facts import show_note
from bot.forms import submit_once, try_to_open
from bot.projects import Projects, find_projects
from bot.proposals import NotProposed, propose
from bot.replies import FieldErrors
from bot.whispers import whisper
from flows.free_text import is_visible
from flows.interview_goals import read_goals
from flows.kickoffs import Kickoff
from flows.plain_text import as_typed
from storage import kickoffs, notes, outbox
from storage.notes import Note

CALLBACK = "add_to_kickoff"
FORM = "message.add"

_GOAL = "goal"
_FACT = "fact"
_WORDS_LIMIT = 2900
_KICKOFFS = 100
_NO_WORDS = "There are no words in this message that I could add. Choose one that somebody wrote."
_NO_KICKOFF = "There is no kickoff here yet that I could add this to. Type `/ml-kickoff` in the channel to start one."
_NOT_OPENED = "Slack did not open the form this time. Please choose Add to kickoff once more."


def form(shortcut: Shortcut, projects: Projects, text: str, *, is_goal: bool) -> Block:
    """The form, with the message's words, and the kickoff where there is no doubt which."""
    choices = [Choice(one.name, str(one.id)) for one in projects.known[:_KICKOFFS]]
    meant = projects.choose(None)
    kinds = [Choice("A goal", _GOAL), Choice("A fact", _FACT)]
    message = {
        "channel": shortcut.channel,
        "ts": shortcut.ts,
        "thread": shortcut.thread,
        "author": shortcut.author,
    }
    return modal(
        "Add to kickoff",
        FORM,
        [
            text_input("words", "What it says", initial=text, multiline=True, limit=_WORDS_LIMIT),
            select_input(
                "kickoff", "Kickoff", choices, initial=str(meant[0].id) if len(meant) == 1 else "", optional=False
            ),
            radio_input("what", "What is it?", kinds, initial=_GOAL if is_goal else _FACT),
            context("A goal goes to its author, for their yes. A fact is said under the kickoff's card."),
        ],
        submit="Add",
        metadata=json.dumps(message),
    )


async def use(app: App, shortcut: Shortcut) -> None:
    """Open the form, or say why there is nothing to add, or nothing to add it to."""
    text = as_typed(shortcut.text)
    if not shortcut.author or not is_visible(text):
        await _say(app, shortcut, _NO_WORDS)
        return
    projects = await app.database.transact(lambda connection: find_projects(connection, shortcut))
    if not projects.known:
        await _say(app, shortcut, _NO_KICKOFF)
        return
    is_goal = bool(read_goals(text, app.clock().date()))
    if not await try_to_open(app, shortcut, form(shortcut, projects, text, is_goal=is_goal)):
        await _say(app, shortcut, _NOT_OPENED)


async def _say(app: App, shortcut: Shortcut, sentence: str) -> None:
    await app.transact(lambda connection: outbox.put(connection, [whisper(shortcut, sentence)], app.clock()))


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Propose the goal, or keep the fact."""
    text = submission.fields.get("words", "").strip()
    if not is_visible(text):
        return FieldErrors({"words": "Please leave some words here."})
    add = _add_goal if submission.fields["what"] == _GOAL else _add_fact

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(submission.fields["kickoff"]), lock=True)
        return add(connection, app, kickoff, submission, text)

    return await submit_once(app, submission, keep)


def _add_goal(
    connection: Connection, app: App, kickoff: Kickoff, submission: Submission, text: str
) -> FieldErrors | None:
    about, by = submission.metadata, submission.person
    try:
        said = propose(connection, app, kickoff, text, author=str(about["author"]), by=by)
    except NotProposed as reason:
        return FieldErrors({"words": str(reason)})
    # Said where the message stands, to the one who found it.
    here = Command(submission.key, submission.workspace, about["channel"], by, "", "", about["thread"])
    outbox.put(connection, [whisper(here, said)], app.clock())
    return None


def _add_fact(
    connection: Connection, app: App, kickoff: Kickoff, submission: Submission, text: str
) -> FieldErrors | None:
    about, by, now = submission.metadata, submission.person, app.clock()
    author = str(about["author"])
    if not notes.add(connection, kickoff.id, Note(author, text, about["channel"], about["ts"], by, now)):
        return FieldErrors({"what": "This message is already among the facts of that kickoff."})
    whose = "" if author == by else f" by {mention(author)}"
    line = words(f":pushpin: {mention(by)} added a fact{whose}: {show_note(text, most_words=30)}")
    told = post(line, channel=kickoff.channel, thread=card_name(kickoff.id))
    outbox.put(connection, [told.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], now)
    return None
