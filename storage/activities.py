"""The activity log (chapter 2, section 2.2.3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from flows.activity import Entry
from storage.tables import activity


@dataclass(frozen=True)
class Logged:
    """An entry with who made it and when; `id` is 0 before it is kept."""

    person: str
    entry: Entry
    logged_at: datetime
    id: int = 0


def add(connection: Connection, kickoff_id: int, logged: Logged) -> int:
    """Keep an entry; gives its id."""
    values = {"kickoff_id": kickoff_id, "person": logged.person, "logged_at": logged.logged_at}
    query = insert(activity).values(**values, entry=logged.entry.model_dump(mode="json"))
    entry_id: int = connection.execute(query.returning(activity.c.id)).scalar_one()
    return entry_id


def find(connection: Connection, entry_id: int) -> tuple[int, Logged] | None:
    """The id of the kickoff that an entry belongs to, and the entry; None where it is gone."""
    row = connection.execute(select(activity).where(activity.c.id == entry_id)).first()
    return (row.kickoff_id, _logged(row)) if row else None


def change(connection: Connection, entry_id: int, entry: Entry) -> None:
    """Keep an entry as it is now; when and by whom it was logged stays."""
    changed = update(activity).where(activity.c.id == entry_id)
    connection.execute(changed.values(entry=entry.model_dump(mode="json")))


def remove(connection: Connection, entry_id: int) -> None:
    """Take an entry back, as if it had not been logged."""
    connection.execute(delete(activity).where(activity.c.id == entry_id))


def of_kickoff(connection: Connection, kickoff_id: int) -> tuple[Logged, ...]:
    """A kickoff's entries, oldest first."""
    rows = connection.execute(select(activity).where(activity.c.kickoff_id == kickoff_id).order_by(activity.c.id))
    return tuple(_logged(row) for row in rows)


def of_kickoffs(connection: Connection, kickoff_ids: Collection[int]) -> dict[int, tuple[Logged, ...]]:
    """The entries of several kickoffs, by their ids, oldest first; those without any are left out."""
    query = select(activity).where(activity.c.kickoff_id.in_(kickoff_ids)).order_by(activity.c.id)
    found: dict[int, tuple[Logged, ...]] = {}
    for row in connection.execute(query):
        found[row.kickoff_id] = (*found.get(row.kickoff_id, ()), _logged(row))
    return found


def _logged(row: Row[Any]) -> Logged:
    return Logged(row.person, Entry.model_validate(row.entry), row.logged_at, row.id)
