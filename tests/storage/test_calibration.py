"""What closed projects teach, from the database: the newest end of each, and the last word on whether it counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from time import sleep

import pytest
from sqlalchemy import Connection, func, select

from flows.closing import Outcome
from flows.decisions import ProjectClosed, ProjectReopened
from flows.scoring.calibration import Switch, Taught
from flows.scoring.draws import Spread
from flows.scoring.scales import UNCALIBRATED
from storage import decisions, kickoffs
from storage.calibration import calibration_of, ends_of, keep_switch, lock_teaching, taught_of
from storage.database import Database
from storage.tables import calibration_use
from tests.flows.whole_kickoffs import project

NOON = datetime(2026, 11, 26, 12, 0, 0, 123456, tzinfo=UTC)


def close(connection: Connection, kickoff_id: int, times: float, at: datetime) -> None:
    predicted = Spread(10, 20, 40)
    line = ProjectClosed(
        by="U1",
        at=at,
        outcome=Outcome.REACHED,
        weeks=predicted.p50 * times,
        predicted=predicted,
        uncalibrated=predicted,
        calibration=UNCALIBRATED,
    )
    decisions.add(connection, kickoff_id, [line])
    kickoffs.close(connection, kickoff_id, at)


def create(connection: Connection) -> int:
    return kickoffs.create(connection, project(), NOON).id


def test_the_newest_end_of_each_project_counts_while_it_is_closed(database: Database) -> None:
    def play(connection: Connection) -> None:
        assert taught_of(connection, "T1") == Taught()
        first, second, third = (create(connection) for _ in range(3))
        for one in (first, second, third):
            close(connection, one, 2, NOON)
        learned = calibration_of(connection, "T1")
        assert learned.projects == 3
        assert learned.effort == pytest.approx(2 ** (3 / 7))
        assert taught_of(connection, "T2") == Taught()

        kickoffs.close(connection, third, None)
        decisions.add(connection, third, [ProjectReopened(by="U1", at=NOON)])
        assert taught_of(connection, "T1").calibration.projects == 2
        assert calibration_of(connection, "T1") == UNCALIBRATED
        assert set(ends_of(connection, [first, third])) == {first}

        close(connection, third, 1, NOON + timedelta(days=1))
        assert ends_of(connection, [third])[third].weeks == 20
        assert calibration_of(connection, "T1").effort == pytest.approx(2 ** (2 / 7))

    database.run(play)


def test_the_last_word_counts_and_every_word_is_kept(database: Database) -> None:
    def play(connection: Connection) -> None:
        for _ in range(3):
            close(connection, create(connection), 2, NOON)
        for place, is_on in enumerate((False, True, False)):
            said = Switch(is_on, f"U{place}", NOON + timedelta(days=place))
            keep_switch(connection, "T1", said)
            assert taught_of(connection, "T1").switch == said
            assert (calibration_of(connection, "T1") == UNCALIBRATED) == (not is_on)
        assert taught_of(connection, "T2").switch is None
        assert connection.execute(select(func.count()).select_from(calibration_use)).scalar_one() == 3

    database.run(play)


def test_whose_closed_projects_somebody_sees(database: Database) -> None:
    def play(connection: Connection) -> None:
        going_on, ended = create(connection), create(connection)
        close(connection, ended, 1, NOON)
        seen = kickoffs.load(connection, ended)
        inside = seen.participants[0].person
        assert [one.id for one in kickoffs.closed_seen_by(connection, "T1", "UX", "C1", 9)] == [ended]
        assert [one.id for one in kickoffs.closed_seen_by(connection, "T1", inside, "C2", 9)] == [ended]
        assert kickoffs.closed_seen_by(connection, "T1", "UX", "C2", 9) == ()
        assert kickoffs.closed_seen_by(connection, "T2", inside, "C1", 9) == ()
        kickoffs.conclude(connection, going_on, NOON)
        kickoffs.conclude(connection, ended, NOON)
        assert kickoffs.scored(connection, "T1") == (going_on,)

    database.run(play)


def test_of_two_who_teach_at_once_the_second_sees_what_the_first_has_taught(database: Database) -> None:
    made = [database.run(create) for _ in range(2)]
    first_is_in, seen = Event(), []

    def teach(connection: Connection, kickoff_id: int, at: datetime) -> None:
        lock_teaching(connection, "T1")
        seen.append(taught_of(connection, "T1").calibration.projects)
        close(connection, kickoff_id, 1.2, at)

    def first(connection: Connection) -> None:
        teach(connection, made[0], NOON)
        first_is_in.set()
        # Long enough for the other one to come as far as it can.
        sleep(0.2)

    def second(connection: Connection) -> None:
        teach(connection, made[1], NOON + timedelta(minutes=1))

    with ThreadPoolExecutor(2) as threads:
        running = threads.submit(database.run, first)
        assert first_is_in.wait(5)
        threads.submit(database.run, second).result(10)
        running.result(10)
    assert seen == [0, 1]
