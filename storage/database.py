"""The database: one writer on SQLite, a small pool on PostgreSQL, the same code on both."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

T = TypeVar("T")

_POOL_SIZE = 6
_SERIALISATION_FAILURES = {"40001", "40P01"}
_ATTEMPTS = 3
_PAGES_AT_MOST = 50_000
_TOGETHER = 4


class OutOfReach(Exception):
    """The database does not answer; the message is one clear sentence."""


class UnusableUrl(ValueError):
    """`DATABASE_URL` names no database that the app can use; the message says what to write."""


@dataclass(frozen=True)
class _Ended:
    """What became of a piece of work."""

    value: Any = None
    error: Exception | None = None

    def tell(self, outcome: asyncio.Future[Any]) -> None:
        """Tell whoever waits for it, if anybody still does."""
        if outcome.done():
            return
        if self.error is None:
            outcome.set_result(self.value)
        else:
            outcome.set_exception(self.error)


def normalise_url(url: str) -> str:
    """The URL with the driver that the app uses, for SQLite and PostgreSQL.

    Raises:
        UnusableUrl: It is no such URL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UnusableUrl(
            "DATABASE_URL should look like sqlite:///kickoff.db or postgresql://user@host/name."
        ) from None
    backend = (
        "postgresql" if parsed.drivername in {"postgres", "postgresql", "postgresql+psycopg"} else parsed.drivername
    )
    match backend:
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.render_as_string(hide_password=False)
        case "sqlite":
            raise UnusableUrl("DATABASE_URL needs a file for SQLite, such as sqlite:///kickoff.db.")
        case _:
            raise UnusableUrl("DATABASE_URL must begin with sqlite:/// or postgresql://.")


class Database:
    """Runs transactions in worker threads, so that the event loop never waits for a disk."""

    def __init__(self, url: str) -> None:
        self.url = normalise_url(url)
        self.engine = _sqlite_engine(self.url) if self.url.startswith("sqlite") else _postgres_engine(self.url)
        workers = 1 if self.is_sqlite else _POOL_SIZE
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="database")
        self._waiting: deque[tuple[Callable[[Connection], Any], asyncio.Future[Any]]] = deque()
        self._writing: asyncio.Task[None] | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether one file is the whole database."""
        return self.engine.dialect.name == "sqlite"

    @property
    def is_missing(self) -> bool:
        """Whether the SQLite file is still to be made."""
        return self.is_sqlite and not Path(str(self.engine.url.database)).exists()

    def reach(self) -> None:
        """Try the database out.

        Raises:
            OutOfReach: It does not answer.
        """
        try:
            self.run(lambda connection: connection.exec_driver_sql("SELECT 1").scalar_one())
        except (SQLAlchemyError, OSError):
            mend = "that its folder can be written to" if self.is_sqlite else "that the server runs"
            raise OutOfReach(f"The database cannot be reached. Check DATABASE_URL, and {mend}.") from None

    def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction, in this thread: all of it is kept, or none.

        Where PostgreSQL breaks off one of two transactions that wait for each other, it is run again.
        """
        for _ in range(_ATTEMPTS - 1):
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _SERIALISATION_FAILURES:
                    raise
        with self.engine.begin() as connection:
            return work(connection)

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction, in a worker thread.

        On SQLite, what waits for the only writer shares a transaction: beginning and ending one, and changing threads,
        cost nearly as much as a short piece of work. It may be run twice, as `run` may do.
        """
        loop = asyncio.get_running_loop()
        if not self.is_sqlite:
            return await loop.run_in_executor(self._workers, self.run, work)
        outcome: asyncio.Future[T] = loop.create_future()
        self._waiting.append((work, outcome))
        if not self._writing:
            self._writing = asyncio.create_task(self._write_what_waits())
        return await outcome

    async def _write_what_waits(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                together = [self._waiting.popleft() for _ in range(min(len(self._waiting), _TOGETHER))]
                works = [work for work, _ in together]
                try:
                    outcomes = await loop.run_in_executor(self._workers, self._run_together, works)
                except Exception as error:  # the workers are gone
                    outcomes = [_Ended(error=error)] * len(works)
                for (_, outcome), ended in zip(together, outcomes, strict=True):
                    ended.tell(outcome)
        finally:
            self._writing = None

    def _run_together(self, works: Sequence[Callable[[Connection], Any]]) -> list["_Ended"]:
        """Run all in one transaction; where one of them fails, each in its own, so that it fails alone."""
        if len(works) > 1:
            # That it failed is found out again, and told, below.
            with suppress(Exception):
                return [_Ended(value) for value in self.run(lambda connection: [work(connection) for work in works])]
        return [self._run_alone(work) for work in works]

    def _run_alone(self, work: Callable[[Connection], Any]) -> "_Ended":
        try:
            return _Ended(self.run(work))
        except Exception as error:  # handed on to whoever waits for it
            return _Ended(error=error)

    async def checkpoint(self) -> None:
        """On SQLite, move what was written ahead into the database file, beside the writer and not in its way."""
        if self.is_sqlite:
            await asyncio.to_thread(self._checkpoint)

    def _checkpoint(self) -> None:
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        finally:
            connection.close()

    async def close(self) -> None:
        """Finish what runs and what waits, and let go of all connections."""
        if self._writing:
            await self._writing
        await asyncio.to_thread(self._workers.shutdown)
        self.engine.dispose()


def _postgres_engine(url: str) -> Engine:
    return create_engine(url, pool_size=_POOL_SIZE, max_overflow=0, pool_pre_ping=True, hide_parameters=True)


def _sqlite_engine(url: str) -> Engine:
    with suppress(OSError):  # found out when the file is to be made
        Path(str(make_url(url).database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # The driver would begin transactions by itself, too late and of the wrong kind.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        # Checkpoints sync to disk, and by default some commit has to wait for that; see `checkpoint`.
        connection.execute(f"PRAGMA wal_autocheckpoint={_PAGES_AT_MOST}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Taking the write lock at once spares the deadlock of two readers that both come to write.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
