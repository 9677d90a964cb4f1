"""One's own entries of the log: looked at, changed and deleted in a window (section 2.2.3; K36)."""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from bot.activity_log import FieldError, draw_inputs, read_fields
from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, Button, actions, context, date_input, modal, quote, section, section_with_button
from bot.brevity import cut_words
from bot.deliveries import Press, Submission
from bot.forms import change_form, open_form, submit_once
from bot.log_changes import change_entry, find_own, refuse_who_left, remove_entry
from bot.progress import day_in_log
from bot.replies import FieldErrors
from bot.voting import zone_of
from bot.whispers import refuse_press
from flows.activity import Entry, describe_entry
from flows.dates import say_day
from flows.kickoffs import Kickoff
from flows.log_stages import says_blocked
from flows.working_days import zone_named
from storage import activities, deliveries, kickoffs
from storage.activities import Logged

EDIT = "entries.edit"
DELETE = "entries.delete"
FORM = "entries.change"

_WINDOW = "entries.list"
_SHOWN = 30
_ENTRY_WORDS = 24
_NONE = "You have logged nothing here yet. For example: `/ml-kickoff log 2h labelled 300 tickets`."


async def press_open(app: App, press: Press) -> None:
    """Show somebody their own entries."""
    kickoff, own = await app.database.transact(lambda connection: _read_own(connection, int(press.value), press.person))
    await open_form(app, press, draw_list(kickoff, own))


def _read_own(connection: Connection, kickoff_id: int, person: str) -> tuple[Kickoff, tuple[Logged, ...]]:
    log = activities.of_kickoff(connection, kickoff_id)
    return kickoffs.load(connection, kickoff_id), tuple(one for one in log if one.person == person)


def draw_list(kickoff: Kickoff, own: Sequence[Logged]) -> Block:
    """The entries of one person, the newest first, each with a button."""
    shown = list(reversed(own))[:_SHOWN]
    rows = [section_with_button(_say_entry(kickoff, one), Button("Edit", EDIT, str(one.id))) for one in shown]
    more = [context(f"{len(own) - len(shown)} older ones are not shown.")] if len(own) > len(shown) else []
    return modal("My entries", _WINDOW, [*(rows or [section(_NONE)]), *more], submit=None)


def _say_entry(kickoff: Kickoff, logged: Logged) -> str:
    return (
        f"*{say_day(day_in_log(kickoff, logged))}*: {quote(cut_words(describe_entry(logged.entry), _ENTRY_WORDS), 500)}"
    )


async def press_edit(app: App, press: Press) -> None:
    """Show one entry as a form in the same window."""
    refusal = await refuse_who_left(app, press, int(press.value))

    def look(connection: Connection) -> Block | None:
        found = refusal or find_own(connection, int(press.value), press.person)
        if isinstance(found, str):
            refuse_press(connection, app, press, found)
            return None
        kickoff, logged = found
        return _draw_form(logged, day_in_log(kickoff, logged))

    view = await app.transact(look)
    if view is not None:
        await change_form(app, press, view)


def _draw_form(logged: Logged, day: date) -> Block:
    return modal(
        "Change the entry",
        FORM,
        [
            *draw_inputs(logged.entry),
            date_input("day", "On which day?", initial=day.isoformat(), optional=False),
            actions([Button("Delete this entry", DELETE, str(logged.id))]),
        ],
        submit="Keep it",
        metadata=json.dumps({"entry": logged.id}),
    )


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep the entry as it was filled in."""
    fields, entry_id = submission.fields, int(submission.metadata["entry"])
    refusal = await refuse_who_left(app, submission, entry_id)

    def keep(connection: Connection) -> FieldErrors | None:
        found = refusal or find_own(connection, entry_id, submission.person)
        if isinstance(found, str):
            return FieldErrors({"note": found})
        kickoff, logged = found
        zone = zone_of(kickoff, submission.person)
        written = logged.logged_at.astimezone(zone_named(zone)).date()
        try:
            entry = read_fields(fields, today_in(app, zone), written, unchanged=logged.entry.note)
        except FieldError as wrong:
            return FieldErrors({wrong.field: str(wrong)})
        change_entry(connection, app, kickoff, entry_id, put_right(logged.entry, entry))
        return None

    return await submit_once(app, submission, keep)


def put_right(before: Entry, filled: Entry) -> Entry:
    """The entry as it was filled in; what the form does not show stays as it was.

    Whether the work waits was read from the note, or told beside it: then other words do not take it back.
    """
    was_told = before.is_blocked and not says_blocked(before.note)
    return filled.model_copy(update={"unknown": before.unknown, "is_blocked": filled.is_blocked or was_told})


async def press_delete(app: App, press: Press) -> None:
    """Take an entry out of the log, and show those that are left."""
    refusal = await refuse_who_left(app, press, int(press.value))

    def delete(connection: Connection) -> Block | None:
        # The same press delivered again finds the entry gone, and says nothing.
        found = refusal or find_own(connection, int(press.value), press.person)
        if isinstance(found, str):
            refuse_press(connection, app, press, found)
            return None
        kickoff, logged = found
        if deliveries.is_first(connection, press.key, app.clock()):
            remove_entry(connection, app, kickoff, logged.id)
        return draw_list(*_read_own(connection, kickoff.id, press.person))

    view = await app.transact(delete)
    if view is not None:
        await change_form(app, press, view)
