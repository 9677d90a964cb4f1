"""What stood at an earlier moment can be read again, whatever was changed since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from flows import interviews
from flows.cadence import MONDAYS
from flows.interview import Interview
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from flows.questions import NO_MORE_OBJECTIVES
from flows.roles import Role
from storage import history, kickoffs
from storage.database import Database
from storage.schema import migrate
from tests.conftest import MONDAY_EVENING
from tests.questions import FIRST, begin


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    migrate(opened)
    yield opened
    opened.engine.dispose()


def finished(*words: str) -> Interview:
    """Finance's interview with these words about the goals and, last, the budget."""
    interview = begin(Role.FINANCE).interview
    *goals, budget = words
    for goal in goals:
        interview = interviews.hear(interview, goal, MONDAY_EVENING.date()).interview
        interview = interviews.confirm(interview).interview
    interview = interviews.choose(interview, NO_MORE_OBJECTIVES).interview
    return interviews.hear(interview, budget, MONDAY_EVENING.date()).interview


BILL, CHURN = "cut the cloud bill by 10 %", "reduce churn by 3 %"
STATES = (
    finished(BILL, "€80,000"),
    finished(BILL, CHURN, "€80,000"),
    finished(CHURN, "€80,000"),
    finished(CHURN, "€90,000"),
)


def test_each_earlier_state_is_found_again(database: Database) -> None:
    def keep_all(connection):  # type: ignore[no-untyped-def]
        asked = begin(Role.FINANCE).interview
        people = [Participant(0, person, Standing.OPEN, "C1", asked) for person in ("U1", "U2")]
        nudge = Nudge(MONDAYS, "UTC", None)
        started = Kickoff(0, "T1", "C1", "Radar", "", "U9", Place.THREADS, tuple(people), nudge, FIRST)
        kickoff = kickoffs.create(connection, started, MONDAY_EVENING)
        one = kickoff.participants[0]
        for hour, state in enumerate(STATES):
            then = replace(one, interview=state, standing=Standing.FINISHED)
            kickoffs.save_participant(connection, one, then, MONDAY_EVENING + timedelta(hours=hour))
            one = then
        return kickoffs.load(connection, kickoff.id)

    now = database.run(keep_all)
    for hour, state in enumerate(STATES):
        for minutes in (0, 59):
            moment = MONDAY_EVENING + timedelta(hours=hour, minutes=minutes)
            then = database.run(lambda connection, moment=moment: history.as_of(connection, now, moment))  # type: ignore[misc]
            assert then.participants[0].interview.objectives == state.objectives
            assert then.participants[0].interview.answers == state.answers
            assert then.participants[1] == now.participants[1]
    before = database.run(lambda connection: history.as_of(connection, now, MONDAY_EVENING - timedelta(seconds=1)))
    assert before.stakes == ()
    assert before.participants[0].interview.answers == {}


def test_what_somebody_said_ends_when_they_are_taken_out_and_begins_anew_when_they_are_back(database: Database) -> None:
    fiona = finished(BILL, "€80,000")

    def keep_all(connection):  # type: ignore[no-untyped-def]
        asked = Participant(0, "U1", Standing.OPEN, "C1", begin(Role.FINANCE).interview)
        nudge = Nudge(MONDAYS, "UTC", None)
        started = Kickoff(0, "T1", "C1", "Radar", "", "U9", Place.THREADS, (asked,), nudge, FIRST)
        kickoff = kickoffs.create(connection, started, MONDAY_EVENING)
        one = kickoff.participants[0]
        for hour, standing in enumerate((Standing.FINISHED, Standing.REMOVED, Standing.FINISHED, Standing.REMOVED)):
            then = replace(one, interview=fiona, standing=standing)
            kickoffs.save_participant(connection, one, then, MONDAY_EVENING + timedelta(hours=hour))
            (one,) = kickoffs.load(connection, kickoff.id).participants
            assert (one.standing, one.interview) == (standing, fiona)
        assert kickoffs.of_person(connection, "T1", "U1") == ()
        return kickoffs.load(connection, kickoff.id)

    now = database.run(keep_all)
    for hour, counted in enumerate((True, False, True, False)):
        moment = MONDAY_EVENING + timedelta(hours=hour, minutes=30)
        then = database.run(lambda connection, moment=moment: history.as_of(connection, now, moment))  # type: ignore[misc]
        assert bool(then.stakes) is counted
        assert bool(then.answers) is counted


def test_observers_are_kept(database: Database) -> None:
    def keep(connection):  # type: ignore[no-untyped-def]
        nudge = Nudge(MONDAYS, "UTC", None)
        started = Kickoff(0, "T1", "C1", "Radar", "", "U9", Place.THREADS, (), nudge, FIRST, observers=("U1",))
        kickoff = kickoffs.create(connection, started, MONDAY_EVENING)
        kickoffs.save_observers(connection, kickoff.id, ("U2", "U3"))
        return kickoffs.load(connection, kickoff.id)

    assert database.run(keep).observers == ("U2", "U3")
