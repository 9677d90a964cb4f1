"""Migrations: bringing a database to the schema that this version of the app uses, and telling whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database


def alembic_config() -> Config:
    """Alembic's settings; made here, so that no file has to be found at run time."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, the newest one by default."""
    config = alembic_config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_empty(connection: Connection) -> bool:
    """Whether no migration has been here yet."""
    return MigrationContext.configure(connection).get_current_revision() is None


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest schema."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest
