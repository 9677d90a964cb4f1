from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database
from storage.schema import alembic_config, is_current, migrate
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


def test_an_empty_database_is_not_current(tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/empty.db")
    assert not database.run(is_current)
    database.engine.dispose()
