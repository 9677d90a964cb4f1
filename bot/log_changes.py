"""What follows when the log changes, whichever way an entry comes, is put right or goes.

The card and the pilot's message say how far the work is, and the first entry begins the digests.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.deliveries import Press, Submission
from bot.digests import plan_digest
from bot.kickoff_card import refresh
from bot.pilot import refresh_pilot
from bot.projects import CLOSED
from bot.still_seen import sees_project
from flows.activity import Entry
from flows.kickoffs import Kickoff
from storage import activities, kickoffs
from storage.activities import Logged

GONE = "This entry is gone, or it is not yours."
_LEFT = "You take no part in this project and are not in its channel, as far as Slack tells me. So nothing is changed."


def add_entries(
    connection: Connection, app: App, kickoff: Kickoff, person: str, entries: Sequence[Entry]
) -> tuple[int, ...]:
    """Keep entries; gives their ids."""
    ids = tuple(activities.add(connection, kickoff.id, Logged(person, entry, app.clock())) for entry in entries)
    if kickoff.digests.next_due_at is None:
        # Before anything is logged there is nothing to tell.
        plan_digest(connection, app, kickoff)
    _follow(connection, app, kickoff)
    return ids


def change_entry(connection: Connection, app: App, kickoff: Kickoff, entry_id: int, entry: Entry) -> None:
    """Keep an entry as it is now."""
    activities.change(connection, entry_id, entry)
    _follow(connection, app, kickoff)


def remove_entry(connection: Connection, app: App, kickoff: Kickoff, entry_id: int) -> None:
    """Take an entry out of the log."""
    activities.remove(connection, entry_id)
    _follow(connection, app, kickoff)


def _follow(connection: Connection, app: App, kickoff: Kickoff) -> None:
    refresh_pilot(connection, app, kickoff.id)
    refresh(connection, kickoff, app)


def find_own(connection: Connection, entry_id: int, person: str) -> tuple[Kickoff, Logged] | str:
    """An entry of somebody's own with its kickoff, locked; or why they may not change it."""
    found = activities.find(connection, entry_id)
    if found is None or found[1].person != person:
        return GONE
    kickoff = kickoffs.load(connection, found[0], lock=True)
    # Somebody else may have held the lock, and changed or removed it.
    now = activities.find(connection, entry_id)
    if now is None:
        return GONE
    return CLOSED if kickoff.closed_at else (kickoff, now[1])


async def refuse_who_left(app: App, by: Press | Submission, entry_id: int) -> str:
    """Why somebody may not change an entry of theirs: they see its project no more; empty where they do.

    Slack may have to be asked for it, so this comes before the transaction in which `find_own` looks at all else.
    """
    found = await app.database.transact(lambda connection: activities.find(connection, entry_id))
    is_own = found is not None and found[1].person == by.person
    return _LEFT if found and is_own and not await sees_project(app, by, found[0]) else ""
