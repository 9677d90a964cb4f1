"""What the app has planned: the earliest moment at which it will do something by itself."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.tables import interview, kickoff, outbox, own_nudge


def next_due(connection: Connection) -> datetime | None:
    """When the next nudge, reminder, vote's end, digest or message that waits is due; None when nothing is planned."""
    nudge = connection.execute(select(func.min(kickoff.c.next_due_at))).scalar()
    reminder = connection.execute(select(func.min(interview.c.remind_at))).scalar()
    vote = connection.execute(select(func.min(kickoff.c.vote_due_at))).scalar()
    own = connection.execute(select(func.min(own_nudge.c.next_due_at))).scalar()
    digest = connection.execute(select(func.min(kickoff.c.digest_due_at))).scalar()
    parcel = connection.execute(select(func.min(outbox.c.due_at)).where(outbox.c.done_at.is_(None))).scalar()
    return min((one for one in (nudge, own, reminder, vote, digest, parcel) if one is not None), default=None)
