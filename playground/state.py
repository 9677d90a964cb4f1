"""A workspace kept in a file between starts, beside the app's own tables in the same SQLite file."""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from playground.canvases import Canvas
from playground.clock import SkippingClock
from playground.files import File
from playground.person import Person
from playground.profile import Profile
from playground.records import Channel, Message
from playground.workspace import Workspace

_TABLE = "CREATE TABLE IF NOT EXISTS playground (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL)"
_SETTLE_SECONDS = 1.0


class NotAState(ValueError):
    """The file holds something else; the message says so."""


class InUse(RuntimeError):
    """Another playground writes to the file; the message says so."""


@dataclass(frozen=True)
class Snapshot:
    """A workspace at one moment: all that is still there after everybody reloads.

    Attributes:
        skipped: How far its clock was ahead.
        numbered: How many ids were given.
        people: What is known of each.
        channels: Channels and direct messages.
        messages: Every message that more than one person sees.
        files: What was uploaded.
        canvases: The documents.
    """

    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    skipped: timedelta
    numbered: int
    people: tuple[dict[str, Any], ...]
    channels: tuple[Channel, ...]
    messages: tuple[Message, ...]
    files: tuple[File, ...]
    canvases: tuple[Canvas, ...]


_SNAPSHOT = TypeAdapter(Snapshot)
_PROFILE = tuple(one.name for one in fields(Profile) if one.name != "workspace")


def take(workspace: Workspace, clock: SkippingClock) -> Snapshot:
    """What a workspace is now."""
    channels = tuple(workspace.channels.values())
    return Snapshot(
        clock.skipped,
        workspace.numbered,
        tuple({name: getattr(one, name) for name in _PROFILE} for one in workspace.people.values()),
        channels,
        tuple(message for channel in channels for message in workspace.messages(channel)),
        tuple(workspace.files),
        tuple(workspace.canvases),
    )


def put_back(workspace: Workspace, clock: SkippingClock, snapshot: Snapshot) -> None:
    """Make a new workspace what it was; nobody is told."""
    clock.skipped = snapshot.skipped
    for profile in snapshot.people:
        workspace.people[profile["id"]] = Person(**profile, workspace=workspace)
    workspace.channels.update({channel.id: channel for channel in snapshot.channels})
    workspace.put_back(snapshot.messages, snapshot.numbered)
    for file in snapshot.files:
        workspace.files.put(file)
    for canvas in snapshot.canvases:
        workspace.canvases.put(canvas)


class StateFile:
    """The file in which a workspace is kept.

    Args:
        path: An SQLite file; made if it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other playground away from the file.

        Raises:
            InUse: Another one holds it.
            OSError: Nothing can be written there.
        """
        beside = self.path.with_name(f"{self.path.name}.lock")
        with beside.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InUse(f"Another playground holds {self.path}. Stop it, or name another file.") from None
            try:
                yield
            finally:
                beside.unlink()

    def read(self) -> Snapshot | None:
        """What was kept; None if nothing was.

        Raises:
            NotAState: The file is no SQLite file, or not one that the playground wrote.
        """
        if not self.path.exists():
            return None
        try:
            with closing(self._connect()) as connection:
                row = connection.execute("SELECT state FROM playground").fetchone()
            return _SNAPSHOT.validate_json(row[0]) if row else None
        except (sqlite3.DatabaseError, ValidationError):
            raise NotAState(
                f"{self.path} was not written by the playground. Name another file, or a new one."
            ) from None

    def write(self, snapshot: Snapshot) -> None:
        """Keep a snapshot in place of the one before."""
        with closing(self._connect()) as connection, connection:
            connection.execute(_TABLE)
            state = _SNAPSHOT.dump_json(snapshot).decode()
            connection.execute("INSERT OR REPLACE INTO playground (id, state) VALUES (1, ?)", (state,))

    def forget(self) -> None:
        """Remove the file with what belongs to it."""
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    @asynccontextmanager
    async def keeping(self, workspace: Workspace, clock: SkippingClock) -> AsyncIterator[None]:
        """Keep a workspace up to date in the file, within a second of each change and at the end."""
        keeper = asyncio.create_task(self._keep(workspace, clock))
        try:
            yield
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper
            await asyncio.to_thread(self.write, take(workspace, clock))

    async def _keep(self, workspace: Workspace, clock: SkippingClock) -> None:
        while True:
            await workspace.log.change()
            await asyncio.sleep(_SETTLE_SECONDS)
            await asyncio.to_thread(self.write, take(workspace, clock))

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=15)
