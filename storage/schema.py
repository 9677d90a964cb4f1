"""Migrations: bringing a database to the schema that this version of the app uses, and telling whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database


class UnknownRevision(Exception):
    """There is no migration of this name. `str()` says which ones there are."""


def alembic_config() -> Config:
    """Alembic's settings; made here, so that no file has to be found at run time."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, the newest one by default; to an older one, what came since is dropped.

    Raises:
        UnknownRevision: There is no such revision.
    """
    config = alembic_config()
    known = ["base", *(one.revision for one in reversed([*ScriptDirectory.from_config(config).walk_revisions()]))]
    wanted = len(known) - 1 if revision == "head" else known.index(revision) if revision in known else None
    if wanted is None:
        raise UnknownRevision(f"There is no revision {revision}. There are: {', '.join(known)}.")
    with _rebuilding(database) as connection:
        config.attributes["connection"] = connection
        now = known.index(MigrationContext.configure(connection).get_current_revision() or "base")
        move = command.downgrade if wanted < now else command.upgrade
        move(config, known[wanted])


@contextmanager
def _rebuilding(database: Database) -> Iterator[Connection]:
    """A transaction in which tables can be built anew, as SQLite needs it to change a column.

    To drop a table that others refer to, SQLite's foreign keys have to be off, and they can only be turned off between
    transactions. They are checked at the end.
    """
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if database.is_sqlite and driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("The migration would leave rows that refer to nothing. Nothing was changed.")
        finally:
            if database.is_sqlite and driver is not None:
                driver.execute("PRAGMA foreign_keys=ON")


def is_empty(connection: Connection) -> bool:
    """Whether no migration has been here yet."""
    return MigrationContext.configure(connection).get_current_revision() is None


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest schema."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest
