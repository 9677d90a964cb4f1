"""Timers that people started; each has one at most (section 2.2.2; K30)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from flows.activity import Stage
from storage.tables import timer


@dataclass(frozen=True)
class Timer:
    """A timer that runs: for which kickoff, for which kind of work, and since when (in UTC)."""

    kickoff_id: int
    stage: Stage | None
    started_at: datetime


def find(connection: Connection, workspace: str, person: str) -> Timer | None:
    """The timer of somebody; None where none runs."""
    query = select(timer).where(timer.c.workspace == workspace, timer.c.person == person)
    row = connection.execute(query).first()
    return Timer(row.kickoff_id, Stage(row.stage) if row.stage else None, row.started_at) if row else None


def start(connection: Connection, workspace: str, person: str, started: Timer) -> None:
    """Start a timer in place of the one that runs."""
    stop(connection, workspace, person)
    values = {"workspace": workspace, "person": person, "kickoff_id": started.kickoff_id}
    stage = started.stage.value if started.stage else ""
    connection.execute(insert(timer).values(**values, stage=stage, started_at=started.started_at))


def stop(connection: Connection, workspace: str, person: str, running: Timer | None = None) -> bool:
    """Forget the timer of somebody, or only this one of theirs; gives whether it ran."""
    theirs = delete(timer).where(timer.c.workspace == workspace, timer.c.person == person)
    if running is not None:
        theirs = theirs.where(timer.c.started_at == running.started_at)
    return connection.execute(theirs).rowcount > 0
