"""Bringing rows of a spreadsheet into the log: pasted into a window, all of them or none (section 2.2.3; K37)."""

import json

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, context, modal, section, text_input, words
from bot.deliveries import Press, Submission
from bot.effects import direct_lane, post
from bot.forms import open_form, submit_once
from bot.log_changes import add_entries
from bot.projects import CLOSED, name_project
from bot.replies import FieldErrors
from bot.still_seen import NOT_SEEN, sees_project
from bot.voting import zone_of
from flows.activity import round_hours
from flows.kickoffs import Kickoff
from flows.log_import import EXAMPLE, ImportProblem, read_rows
from flows.wishes import say_count
from storage import kickoffs, outbox

FORM = "log.import"

_LIMIT = 3_000


async def press_open(app: App, press: Press) -> None:
    """Open the window into which the rows are pasted."""
    kickoff = await app.database.transact(lambda connection: kickoffs.load(connection, int(press.value)))
    await open_form(app, press, draw_form(kickoff))


def draw_form(kickoff: Kickoff) -> Block:
    """The window, with what the columns are called."""
    return modal(
        "Bring in rows",
        FORM,
        [
            section(f"{name_project(kickoff)}: paste rows of a spreadsheet. They are logged as yours."),
            text_input(
                "rows",
                "Rows, with the names of the columns first",
                placeholder=f"{EXAMPLE}\n2026-11-20,2.5,labelling,300 tickets",
                multiline=True,
                limit=_LIMIT,
            ),
            context(
                "Columns: day, hours, stage, measure, value, unit, blocked, note. Each may be left out but the day."
            ),
        ],
        submit="Bring in",
        metadata=json.dumps({"kickoff": kickoff.id}),
    )


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Log all rows, or say which line is to be written otherwise."""
    kickoff_id = int(submission.metadata["kickoff"])
    if not await sees_project(app, submission, kickoff_id):
        return FieldErrors({"rows": NOT_SEEN})

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        if kickoff.closed_at:
            return FieldErrors({"rows": CLOSED})
        try:
            entries = read_rows(submission.fields.get("rows", ""), today_in(app, zone_of(kickoff, submission.person)))
        except ImportProblem as problem:
            return FieldErrors({"rows": str(problem)})
        add_entries(connection, app, kickoff, submission.person, entries)
        hours = round_hours(sum(entry.hours or 0.0 for entry in entries))
        count = say_count(len(entries), "entry", "entries")
        text = f"{count} with {hours} hours are in the log of {name_project(kickoff)}."
        told = post(words(text), person=submission.person)
        outbox.put(connection, [told.parcel(kickoff.workspace, direct_lane(submission.person))], app.clock())
        return None

    return await submit_once(app, submission, keep)
