"""The activity log (chapter 2, section 2.2.3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from flows.activity import Entry
from storage.tables import activity


@dataclass(frozen=True)
class Logged:
    """An entry with who made it and when."""

    person: str
    entry: Entry
    logged_at: datetime


def add(connection: Connection, kickoff_id: int, logged: Logged) -> None:
    """Keep an entry."""
    values = {"kickoff_id": kickoff_id, "person": logged.person, "logged_at": logged.logged_at}
    connection.execute(insert(activity).values(**values, entry=logged.entry.model_dump(mode="json")))


def of_kickoff(connection: Connection, kickoff_id: int) -> tuple[Logged, ...]:
    """A kickoff's entries, oldest first."""
    rows = connection.execute(select(activity).where(activity.c.kickoff_id == kickoff_id).order_by(activity.c.id))
    return tuple(Logged(row.person, Entry.model_validate(row.entry), row.logged_at) for row in rows)
