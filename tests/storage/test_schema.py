from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from flows.digest_days import DigestKind, Told
from flows.scoring.calibration import Taught
from storage import kickoffs, outbox, people
from storage.calibration import taught_of
from storage.database import Database
from storage.outbox import Parcel, Posted
from storage.schema import UnknownRevision, alembic_config, is_current, is_empty, migrate
from storage.tables import metadata


def test_models_and_migrations_agree(database: Database) -> None:
    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    assert database.run(compare) == []


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)
    assert database.run(is_current)


ROWS_OF_THE_FIRST_TABLES = (
    "INSERT INTO person (workspace, person, zone) VALUES ('T1', 'U1', 'Asia/Tokyo')",
    """
    INSERT INTO kickoff (workspace, channel, name, problem, starter, place, cadence, zone, created_at)
    VALUES ('T1', 'C1', '"Churn radar"', '""', 'U1', 'threads', '{"kind": "never"}', 'UTC', '2026-11-23 17:00:00')
    """,
    """
    INSERT INTO interview (kickoff_id, workspace, person, roles, standing, note, version, step, turn, pending)
    VALUES (1, 'T1', 'U2', '["finance"]', 'open', '', 1, 'goal', 1, '[]')
    """,
)


@pytest.fixture
def first_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """A database with the first tables only, of the kind that `database_url` is."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/first.db"
        return
    database = Database(database_url)
    database.run(lambda connection: connection.exec_driver_sql("DROP SCHEMA public CASCADE"))
    database.run(lambda connection: connection.exec_driver_sql("CREATE SCHEMA public"))
    database.engine.dispose()
    yield database_url


def test_what_was_kept_before_is_kept_by_every_migration(first_url: str) -> None:
    database = Database(first_url)
    migrate(database, "0001")
    for row in ROWS_OF_THE_FIRST_TABLES:
        database.run(lambda connection, row=row: connection.exec_driver_sql(row))  # type: ignore[misc]
    migrate(database)
    assert database.run(is_current)
    kickoff = database.run(lambda connection: kickoffs.load(connection, 1))
    assert (kickoff.name, kickoff.starter, kickoff.starter_gone) == ("Churn radar", "U1", False)
    assert [(one.person, one.gone) for one in kickoff.participants] == [("U2", False)]
    assert kickoff.closed_at is None
    assert database.run(lambda connection: taught_of(connection, "T1")) == Taught()
    assert database.run(lambda connection: people.zone_of(connection, "T1", "U1")) == "Asia/Tokyo"
    database.engine.dispose()


def test_the_names_of_boards_change_also_in_what_waits_to_be_sent(first_url: str) -> None:
    database = Database(first_url)
    migrate(database, "0003")
    now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)

    def put(connection: Connection) -> None:
        outbox.remember(connection, Posted("results:1:goals", "T1", "C1", "1.0"))
        effects = ({"name": "results:2:goals"}, {"thread": "results:1:goals"}, {"name": "interview:3", "thread": ""})
        outbox.put(connection, [Parcel("T1", f"kickoff:{n}", "post", one) for n, one in enumerate(effects)], now)

    database.run(put)
    migrate(database)
    posted = database.run(lambda connection: outbox.find_posted(connection, "results:1:board"))
    assert posted is not None
    waiting = database.run(lambda connection: outbox.claim(connection, now, now, 10))
    assert [one.effect for one in waiting] == [
        {"name": "results:2:board"},
        {"thread": "results:1:board"},
        {"name": "interview:3", "thread": ""},
    ]
    assert waiting[1].thread == posted
    database.engine.dispose()


def test_the_next_digest_begins_a_week_before_it_where_no_older_one_is_known(first_url: str) -> None:
    database = Database(first_url)
    migrate(database, "0001")
    for row in ROWS_OF_THE_FIRST_TABLES:
        database.run(lambda connection, row=row: connection.exec_driver_sql(row))  # type: ignore[misc]
    migrate(database, "0008")
    planned = "UPDATE kickoff SET digest_due_at = '2026-11-27 14:00:00'"
    database.run(lambda connection: connection.exec_driver_sql(planned))
    migrate(database)
    kickoff = database.run(lambda connection: kickoffs.load(connection, 1))
    told = Told(datetime(2026, 11, 20, 14, tzinfo=UTC), date(2026, 11, 20))
    assert kickoff.digests.told == {DigestKind.WEEKLY: told, DigestKind.MONTHLY: told}
    database.engine.dispose()


def test_every_migration_can_be_taken_back(first_url: str) -> None:
    database = Database(first_url)
    migrate(database, "0001")
    for row in ROWS_OF_THE_FIRST_TABLES:
        database.run(lambda connection, row=row: connection.exec_driver_sql(row))  # type: ignore[misc]
    migrate(database)
    # With rows that refer to each other, as they are when an operator goes back to an older version.
    revisions = [one.revision for one in ScriptDirectory.from_config(alembic_config()).walk_revisions()]
    for revision in revisions[1:]:
        migrate(database, revision)
        kept = database.run(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM interview").scalar())
        assert kept == 1
    migrate(database, "base")
    migrate(database)
    assert database.run(is_current)
    database.engine.dispose()


def test_an_unheard_of_revision_is_turned_down(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/some.db")
    with pytest.raises(UnknownRevision, match=r"There is no revision 12\. There are: base, 0001"):
        migrate(database, "12")
    database.engine.dispose()


def test_an_empty_database_is_not_current(tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/empty.db")
    assert database.is_missing
    assert not database.run(is_current)
    assert database.run(is_empty)
    assert not database.is_missing
    migrate(database)
    assert not database.run(is_empty)
    database.engine.dispose()
