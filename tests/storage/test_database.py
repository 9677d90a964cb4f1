import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from storage import deliveries, people
from storage.database import Database, OutOfReach, UnusableUrl, normalise_url
from tests.conftest import FakeClock


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///kickoff.db", "sqlite:///kickoff.db"),
        ("postgres://me:secret@host/db", "postgresql+psycopg://me:secret@host/db"),
        ("postgresql://me@host:5433/db?sslmode=require", "postgresql+psycopg://me@host:5433/db?sslmode=require"),
        ("postgresql+psycopg://me@host/db", "postgresql+psycopg://me@host/db"),
    ],
)
def test_urls(given: str, used: str) -> None:
    assert normalise_url(given) == used


@pytest.mark.parametrize("given", ["", "nonsense", "mysql://host/db", "sqlite://", "sqlite:///:memory:"])
def test_urls_that_cannot_be_used(given: str) -> None:
    with pytest.raises(UnusableUrl, match="DATABASE_URL"):
        normalise_url(given)


def test_a_transaction_is_kept_whole_or_not_at_all(database: Database, clock: FakeClock) -> None:
    def fail(connection: Connection) -> None:
        deliveries.is_first(connection, "a", clock())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.run(fail)
    assert database.run(lambda connection: deliveries.is_first(connection, "a", clock()))


def test_a_delivery_is_first_once(database: Database, clock: FakeClock) -> None:
    assert not database.run(lambda connection: deliveries.is_known(connection, "a"))
    assert database.run(lambda connection: deliveries.is_first(connection, "a", clock()))
    assert not database.run(lambda connection: deliveries.is_first(connection, "a", clock()))
    assert database.run(lambda connection: deliveries.is_known(connection, "a"))
    clock.skip(days=4)
    database.run(lambda connection: deliveries.forget_before(connection, clock()))
    assert database.run(lambda connection: deliveries.is_first(connection, "a", clock()))


def test_a_delivery_is_acted_on_until_nothing_is_wrong_with_it(database: Database, clock: FakeClock) -> None:
    answers = iter(["wrong", None])

    def act(connection: Connection) -> str | None:
        return deliveries.act_once(connection, "a", clock(), lambda: next(answers))

    assert [database.run(act) for _ in range(3)] == ["wrong", None, None]


def test_zones(database: Database) -> None:
    assert database.run(lambda connection: people.zone_of(connection, "T1", "U1")) is None
    for zone in ("Europe/Berlin", "Asia/Tokyo"):
        database.run(lambda connection, zone=zone: people.save_zone(connection, "T1", "U1", zone))  # type: ignore[misc]
    assert database.run(lambda connection: people.zone_of(connection, "T1", "U1")) == "Asia/Tokyo"


def test_who_is_gone_keeps_their_zone_and_may_come_back(database: Database) -> None:
    def ask(connection: Connection) -> tuple[bool, str | None]:
        return people.is_gone(connection, "T1", "U1"), people.zone_of(connection, "T1", "U1")

    assert database.run(ask) == (False, None)
    database.run(lambda connection: people.save_gone(connection, "T1", "U1", gone=True))
    assert database.run(ask) == (True, None)
    database.run(lambda connection: people.save_zone(connection, "T1", "U1", "Asia/Tokyo"))
    assert database.run(ask) == (True, "Asia/Tokyo")
    database.run(lambda connection: people.save_gone(connection, "T1", "U1", gone=False))
    assert database.run(ask) == (False, "Asia/Tokyo")


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for url, mend in (
        ("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1", "that the server runs."),
        (f"sqlite:///{tmp_path}/file/kickoff.db", "that its folder can be written to."),
    ):
        database = Database(url)
        with pytest.raises(OutOfReach) as raised:
            database.reach()
        assert str(raised.value) == f"The database cannot be reached. Check DATABASE_URL, and {mend}"
        database.engine.dispose()


def test_an_error_does_not_repeat_what_was_written(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/kickoff.db")
    with pytest.raises(OperationalError) as raised:
        database.run(lambda connection: connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("my secret",)))
    assert "my secret" not in str(raised.value)
    database.engine.dispose()


def test_sqlite_survives_a_kill_by_writing_ahead(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/kickoff.db")
    database.run(lambda connection: connection.exec_driver_sql("CREATE TABLE a (b)"))
    database.engine.dispose()
    with sqlite3.connect(tmp_path / "kickoff.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def test_a_checkpoint_moves_what_was_written_ahead_into_the_file(tmp_path: Path) -> None:
    file = tmp_path / "kickoff.db"
    database = Database(f"sqlite:///{file}")
    await database.transact(lambda connection: connection.exec_driver_sql("CREATE TABLE note (words TEXT)"))
    await database.transact(
        lambda connection: connection.exec_driver_sql("INSERT INTO note VALUES (?)", ("x" * 100_000,))
    )
    assert file.stat().st_size < 100_000
    await database.checkpoint()
    assert file.stat().st_size > 100_000
    await database.close()


async def test_what_waits_is_done_before_the_end_and_nothing_afterwards(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/queue.db")
    waiting = [asyncio.ensure_future(database.transact(lambda _: "done")) for _ in range(20)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*waiting) == ["done"] * 20
    with pytest.raises(RuntimeError):
        await database.transact(lambda _: None)


async def test_work_that_fails_fails_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/alone.db")
    await database.transact(lambda connection: connection.exec_driver_sql("CREATE TABLE seen (number INTEGER)"))

    def note(number: int) -> Callable[[Connection], int]:
        def work(connection: Connection) -> int:
            connection.exec_driver_sql("INSERT INTO seen VALUES (?)", (number,))
            return 12 // number

        return work

    ended = await asyncio.gather(*(database.transact(note(one)) for one in (1, 2, 0, 3)), return_exceptions=True)
    assert [str(one) for one in ended] == ["12", "6", "integer division or modulo by zero", "4"]
    query = "SELECT number FROM seen"
    kept = await database.transact(lambda connection: connection.exec_driver_sql(query).scalars().all())
    assert sorted(kept) == [1, 2, 3]
    await database.close()
