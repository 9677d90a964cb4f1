"""Logging progress: by the command, by the button of a nudge, in one line or in a form."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Choice, cut, modal, quote, select_input, text_input, words
from bot.brevity import cut_words
from bot.deliveries import Press, Submission
from bot.effects import edit, nudge_lane
from bot.forms import open_form
from bot.kickoff_card import refresh
from bot.nudges import read_value
from bot.projects import name_project
from bot.replies import FieldErrors
from flows.activity import STAGE_NAMES, Entry, EntryError, Stage, describe_entry, read_entry
from flows.kickoffs import Kickoff
from storage import activities, deliveries, kickoffs, outbox
from storage.activities import Logged

FORM = "log.add"
_NOTE_LIMIT = 2900
_ENTRY_WORDS = 30


def form(projects: Sequence[Kickoff], text: str = "", nudge: str = "") -> Block:
    """The form. With several projects the person says which one; `text` is what they wrote already."""
    choices = [Choice(f"{project.name}", str(project.id)) for project in projects]
    only = choices[0].value if len(choices) == 1 else ""
    stages = [Choice(name[:1].upper() + name[1:], stage.value) for stage, name in STAGE_NAMES.items()]
    return modal(
        "Log progress",
        FORM,
        [
            select_input("project", "Project", choices, initial=only, optional=False),
            text_input(
                "note",
                "What happened?",
                initial=cut(text, _NOTE_LIMIT),
                placeholder="2h labelled 300 tickets, error 0.21",
                hint="One line is enough: hours, what was done, and how large the error is now.",
                multiline=True,
                limit=_NOTE_LIMIT,
            ),
            text_input("hours", "Hours, if not said above", placeholder="1.5", optional=True, limit=20),
            select_input("stage", "What kind of work?", stages),
            text_input(
                "measure",
                "Error or other measure now, if not said above",
                placeholder="error 0.21",
                optional=True,
                limit=60,
            ),
        ],
        submit="Log it",
        metadata=json.dumps({"nudge": nudge}),
    )


def add(connection: Connection, app: App, kickoff: Kickoff, person: str, entry: Entry) -> str:
    """Keep an entry, bring the card up to date, and say back how the entry was read."""
    activities.add(connection, kickoff.id, Logged(person, entry, app.clock()))
    refresh(connection, kickoff, app)
    return f"Logged for {name_project(kickoff)}: {quote(cut_words(describe_entry(entry), _ENTRY_WORDS), 500)}."


async def press(app: App, press: Press) -> None:
    """The button of a nudge."""
    kickoff_id, nudge = read_value(press.value)
    kickoff = await app.database.transact(lambda connection: kickoffs.load(connection, kickoff_id))
    await open_form(app, press, form([kickoff], nudge=nudge))


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep what was filled in."""
    fields = submission.fields
    try:
        entry = _read(fields.get("note", ""), fields.get("hours", ""), fields.get("measure", ""))
    except _FieldError as wrong:
        return FieldErrors({wrong.field: str(wrong)})
    if fields.get("stage"):
        entry = entry.model_copy(update={"stage": Stage(fields["stage"])})

    def keep(connection: Connection) -> None:
        if not deliveries.is_first(connection, submission.key, app.clock()):
            return
        kickoff = kickoffs.load(connection, int(fields["project"]), lock=True)
        said = add(connection, app, kickoff, submission.person, entry)
        nudge = str(submission.metadata.get("nudge", ""))
        if nudge:
            answered = edit(nudge, words(f":white_check_mark: {said}"))
            outbox.put(connection, [answered.parcel(kickoff.workspace, nudge_lane(kickoff.id))], app.clock())

    await app.transact(keep)
    return None


class _FieldError(Exception):
    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def _read(note: str, hours: str, measure: str) -> Entry:
    entry = _read_field("note", note)
    if hours.strip():
        spent = _read_field("hours", hours if hours.strip()[-1].isalpha() else f"{hours}h").hours
        if spent is None:
            raise _FieldError("hours", "Please write hours, such as 1.5 or 90 min.")
        entry = entry.model_copy(update={"hours": spent})
    if measure.strip():
        measured = _read_field("measure", measure)
        if measured.value is None:
            raise _FieldError("measure", "Please write a name and a number, such as error 0.21.")
        entry = entry.model_copy(update={"metric": measured.metric, "value": measured.value})
    return entry


def _read_field(field: str, text: str) -> Entry:
    try:
        return read_entry(text)
    except EntryError as wrong:
        raise _FieldError(field, str(wrong)) from None
