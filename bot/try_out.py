"""`ml-kickoff playground`: the app in a local Slack, in the browser."""

import asyncio
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from nicegui import background_tasks

from bot.local import open_world
from bot.settings import Unusable
from bot.stages import STAGES
from flows.commands import USAGE
from playground.clock import SkippingClock
from playground.company import Company, Described, NotACompany, populate, read_company
from playground.page.server import serve
from playground.page.session import Session
from playground.state import NotAState, StateFile, put_back
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
        Unusable: An option cannot be used, or the port is taken.
    """
    stage = _find_stage(options.stage)
    try:
        opening = _opening(read_company(options.company), options.state)
    except (NotACompany, NotAState) as wrong:
        raise Unusable(str(wrong)) from None
    commands = tuple(Command(*typed.partition(" ")[::2], purpose) for _, lines in USAGE for typed, purpose in lines)
    session = Session(Played(opening, commands, STAGES, _NEXT_EVENT))
    await session.begin(stage)

    def opened(address: str) -> None:
        say(f"The playground is at {address} (on this machine only). Stop it with Ctrl+C.")
        if options.browser:
            background_tasks.create(asyncio.to_thread(webbrowser.open, address))

    try:
        await serve(session, options.port, opened)
    except OSError as error:
        raise Unusable(f"Port {options.port} cannot be used ({error.strerror}). Try --port 0 for a free one.") from None
    finally:
        await session.close()


def _find_stage(name: str) -> Stage | None:
    if not name:
        return None
    for stage in STAGES:
        if stage.name.casefold() == name.strip().casefold():
            return stage
    raise Unusable(f"There is no stage “{name}”. There are: {', '.join(stage.name for stage in STAGES)}.")


def _opening(company: Company, path: Path | None) -> Callable[[], AbstractAsyncContextManager[World]]:
    """How a world is opened: the first one goes on where the file left off, a reset begins anew."""
    kept = StateFile(path) if path else None
    snapshots = [kept.read() if kept else None]

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
