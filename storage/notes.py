"""Notes: messages that somebody added to a kickoff as facts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import note as notes

_ADD = {
    name: dialect.insert(notes).on_conflict_do_nothing().returning(notes.c.id)
    for name, dialect in {"postgresql": postgresql, "sqlite": sqlite}.items()
}
_OF_KICKOFF = select(notes).where(notes.c.kickoff_id == bindparam("kickoff_id")).order_by(notes.c.id)


@dataclass(frozen=True)
class Note:
    """One message: whose words it has (`author`), where it stands (`channel`, `ts`), and who added it when."""

    author: str
    words: str
    channel: str
    ts: str
    added_by: str
    added_at: datetime


def add(connection: Connection, kickoff_id: int, note: Note) -> bool:
    """Keep a note; False if its message is among the kickoff's notes already, which changes nothing."""
    row = connection.execute(_ADD[connection.dialect.name], {"kickoff_id": kickoff_id, **vars(note)}).first()
    return row is not None


def of_kickoff(connection: Connection, kickoff_id: int) -> tuple[Note, ...]:
    """The notes of a kickoff, oldest first."""
    rows = connection.execute(_OF_KICKOFF, {"kickoff_id": kickoff_id}).all()
    return tuple(Note(row.author, row.words, row.channel, row.ts, row.added_by, row.added_at) for row in rows)
