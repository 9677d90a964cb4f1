"""The ledger of a kickoff: what was decided, line by line. Lines are added, never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.agreement import Agreement, follow
from flows.decisions import Decision, load_decision
from storage.tables import decision, kickoff

_ADD = insert(decision)
_OF_KICKOFF = select(decision.c.line).where(decision.c.kickoff_id == bindparam("kickoff_id")).order_by(decision.c.id)


def add(connection: Connection, kickoff_id: int, lines: Sequence[Decision]) -> None:
    """Add lines in their order. Whoever calls holds the kickoff's lock, so that two replicas never mix theirs."""
    for line in lines:
        stored = line.model_dump(mode="json")
        connection.execute(_ADD, {"kickoff_id": kickoff_id, "line": stored, "decided_at": line.at})


def of_kickoff(connection: Connection, kickoff_id: int) -> tuple[Decision, ...]:
    """The lines, oldest first."""
    return tuple(load_decision(line) for line in connection.execute(_OF_KICKOFF, {"kickoff_id": kickoff_id}).scalars())


def agreement_of(connection: Connection, kickoff_id: int) -> Agreement:
    """Where a kickoff stands after all its lines."""
    return follow(of_kickoff(connection, kickoff_id))


def look_at_vote(connection: Connection, kickoff_id: int, due_at: datetime | None) -> None:
    """Have the vote of a kickoff looked at then, in UTC; None for never."""
    connection.execute(update(kickoff).where(kickoff.c.id == kickoff_id).values(vote_due_at=due_at))


def claim_due_votes(connection: Connection, now: datetime, limit: int) -> tuple[int, ...]:
    """Take the kickoffs whose vote is to be looked at now, by their ids; none of them is taken twice."""
    due = select(kickoff.c.id).where(kickoff.c.vote_due_at <= now).order_by(kickoff.c.vote_due_at).limit(limit)
    ids = connection.execute(due.with_for_update(skip_locked=True)).scalars().all()
    if ids:
        connection.execute(update(kickoff).where(kickoff.c.id.in_(ids)).values(vote_due_at=None))
    return tuple(ids)
