"""When people are asked for progress on a rhythm of their own, besides a kickoff's owner."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from flows.kickoffs import Nudge
from storage import nudges
from storage.tables import own_nudge


def find(connection: Connection, kickoff_id: int, person: str) -> Nudge | None:
    """The rhythm of somebody in a kickoff; None where they have none."""
    query = select(own_nudge).where(own_nudge.c.kickoff_id == kickoff_id, own_nudge.c.person == person)
    row = connection.execute(query).first()
    return nudges.load(row) if row else None


def save(connection: Connection, kickoff_id: int, person: str, nudge: Nudge | None) -> None:
    """Keep the rhythm of somebody; None takes it away."""
    theirs = (own_nudge.c.kickoff_id == kickoff_id) & (own_nudge.c.person == person)
    connection.execute(delete(own_nudge).where(theirs))
    if nudge is not None:
        values = nudges.dump(nudge)
        connection.execute(insert(own_nudge).values(kickoff_id=kickoff_id, person=person, **values))


def list_due(connection: Connection, now: datetime, limit: int) -> tuple[tuple[int, str], ...]:
    """The kickoffs and people who are to be asked now; whoever asks locks the kickoff first, and looks again."""
    due = select(own_nudge.c.kickoff_id, own_nudge.c.person).where(own_nudge.c.next_due_at <= now)
    rows = connection.execute(due.order_by(own_nudge.c.next_due_at).limit(limit))
    return tuple((row.kickoff_id, row.person) for row in rows)
