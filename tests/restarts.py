"""What a restart does to an interview: all that is left of it is what was written to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import Connection, Engine, create_engine
from sqlmodel import SQLModel

from flows.cadence import Never
from flows.interview import Interview
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from storage import kickoffs
from tests.conftest import MONDAY_EVENING


def kickoff_with(interview: Interview) -> Kickoff:
    """A kickoff in which one person is interviewed."""
    return Kickoff(
        id=0,
        workspace="T1",
        channel="C1",
        name="Churn radar",
        problem="",
        starter="U1",
        place=Place.THREADS,
        participants=(Participant(0, "U1", Standing.OPEN, "C1", interview),),
        nudge=Nudge(Never(), "UTC", None),
        question_set=interview.question_set,
    )


@dataclass
class Kept:
    """One interview in a database, as it was read last."""

    connection: Connection
    participant: Participant

    def restart(self, interview: Interview) -> Interview:
        """Write what changed since the last time, and read everything anew."""
        after = replace(self.participant, interview=interview)
        kickoffs.save_participant(self.connection, self.participant, after, MONDAY_EVENING)
        _, self.participant = kickoffs.load_interview(self.connection, after.interview_id)
        return self.participant.interview


@contextmanager
def kept(begun: Interview) -> Iterator[Kept]:
    """An interview that has begun, in an SQLite database in memory that forgets it at the end."""
    with _in_memory().connect() as connection:
        stored = kickoffs.create(connection, kickoff_with(begun), MONDAY_EVENING)
        yield Kept(connection, stored.participants[0])
        connection.rollback()


@cache
def _in_memory() -> Engine:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    return engine
