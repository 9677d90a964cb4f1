"""`ml-kickoff playground`: the app in a local Slack, in the browser."""

import asyncio
import socket
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from nicegui import background_tasks

from bot.local import open_world
from bot.settings import Unusable
from bot.stages import STAGES
from flows.usage import USAGE
from playground.clock import SkippingClock
from playground.company import Company, Described, NotACompany, populate, read_company
from playground.page.server import listen, serve
from playground.page.session import Session
from playground.person import NotSeen
from playground.state import InUse, NotAState, Snapshot, StateFile, put_back
from playground.world import Command, Played, Stage, World

_NEXT_EVENT = "the next nudge"


@dataclass(frozen=True)
class Options:
    """What can be said of a playground.

    Attributes:
        port: Where the page listens on this machine; 0 for any port that is free.
        browser: Whether to open a browser, where there is one.
        stage: The name of a stage to begin at; empty for an empty workspace.
        state: The file that keeps everything between starts.
        company: Who and what is in the workspace.
    """

    port: int
    browser: bool
    stage: str
    state: Path | None
    company: Described


async def try_out(options: Options, say: Callable[[str], None]) -> None:
    """Serve the page until the process is asked to stop.

    Args:
        options: What to serve, and where.
        say: Told the page's address once it is there.

    Raises:
        Unusable: An option cannot be used, or the port or the state is taken.
    """
    stage = _find_stage(options.stage)
    try:
        company = read_company(options.company)
    except NotACompany as wrong:
        raise Unusable(str(wrong)) from None
    # A start that fails must not have touched what was kept, so all that others can hold is taken first.
    with _listening(options.port) as listening, _held(options.state) as kept:
        snapshot = _read(kept)

        def opened(address: str) -> None:
            say(f"The playground is at {address} (on this machine only). Stop it with Ctrl+C.")
            if stage and snapshot:
                say(f"It goes on where {options.state} left off; “{stage.name}” is for a new workspace.")
            if options.browser:
                background_tasks.create(asyncio.to_thread(webbrowser.open, address))

        lines = (line for _, group in USAGE for line in group)
        commands = tuple(Command(*typed.partition(" ")[::2], purpose) for typed, purpose in lines)
        session = Session(Played(_opening(company, kept, snapshot), commands, STAGES, _NEXT_EVENT))
        try:
            await _play(session, None if snapshot else stage, lambda: serve(session, listening, opened))
        except NotSeen as missed:
            if kept:
                kept.forget()
            reason = str(missed).partition(" but\n")[0]
            raise Unusable(
                f"The stage “{options.stage}” was not reached: {reason}. "
                "All but the first need three people in the first channel."
            ) from None


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    try:
        listening = listen(port)
    except OSError as error:
        raise Unusable(f"Port {port} cannot be used ({error.strerror}). Try --port 0 for a free one.") from None
    with listening:
        yield listening


@contextmanager
def _held(path: Path | None) -> Iterator[StateFile | None]:
    if path is None:
        yield None
        return
    kept = StateFile(path)
    with ExitStack() as until_left:
        try:
            until_left.enter_context(kept.held())
        except InUse as taken:
            raise Unusable(str(taken)) from None
        except OSError as error:
            raise Unusable(f"{path} cannot be written ({error.strerror}).") from None
        yield kept


def _read(kept: StateFile | None) -> Snapshot | None:
    try:
        return kept.read() if kept else None
    except NotAState as wrong:
        raise Unusable(str(wrong)) from None


async def _play(session: Session, stage: Stage | None, until_stopped: Callable[[], Awaitable[None]]) -> None:
    try:
        await session.begin(stage)
        await until_stopped()
    finally:
        await session.close()


def _find_stage(name: str) -> Stage | None:
    if not name:
        return None
    for stage in STAGES:
        if stage.name.casefold() == name.strip().casefold():
            return stage
    raise Unusable(f"There is no stage “{name}”. There are: {', '.join(stage.name for stage in STAGES)}.")


def _opening(
    company: Company, kept: StateFile | None, snapshot: Snapshot | None
) -> Callable[[], AbstractAsyncContextManager[World]]:
    """How a world is opened: the first one goes on where the file left off, a reset begins anew."""
    snapshots = [snapshot]

    @asynccontextmanager
    async def open_one() -> AsyncIterator[World]:
        clock = SkippingClock()
        snapshot = snapshots.pop() if snapshots else None
        async with AsyncExitStack() as open_until_left:
            if kept and not snapshot:
                kept.forget()
            database = (
                kept.path if kept else Path(open_until_left.enter_context(TemporaryDirectory())) / "playground.db"
            )
            world = await open_until_left.enter_async_context(open_world(database, clock))
            workspace = world.playground.workspace
            if snapshot:
                put_back(workspace, clock, snapshot)
            else:
                populate(workspace, company)
            if kept:
                await open_until_left.enter_async_context(kept.keeping(workspace, clock))
            yield world

    return open_one
