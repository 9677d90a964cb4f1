"""The app in a local workspace, in one process: for the demo and the playground."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot import message_shortcut
from bot.delivery import Pace
from bot.doors import EVENTS_PATH
from bot.listeners import COMMAND
from bot.run import Running, running
from bot.schedule import tick
from bot.scopes import EVENT_SCOPES, SCOPES
from bot.settings import Settings
from playground import Playground
from playground.clock import SkippingClock
from playground.installation import Features, Shortcut
from playground.world import World
from storage.agenda import next_due

FEATURES = Features(
    shortcuts=(
        Shortcut("Add to kickoff", message_shortcut.CALLBACK, "Keep a message as a goal or a fact of a project"),
    ),
    escaped_commands=frozenset({COMMAND}),
)
"""What people find of the app, as the manifest has it."""

_HOST = "127.0.0.1"
# A local workspace needs no pauses between messages.
_NO_PAUSES = Pace(burst=1000, per_second=1000)


@asynccontextmanager
async def open_world(database: Path, clock: SkippingClock) -> AsyncIterator[World]:
    """The app, and a workspace that delivers to it over HTTP with the scopes and events of the manifest.

    Args:
        database: The SQLite file that holds the app's state; made if it is not there.
        clock: What both take for the time.
    """
    async with (
        Playground(now=clock, scopes=SCOPES, bot_events=EVENT_SCOPES, features=FEATURES) as slack,
        running(_settings(slack, database), clock, _NO_PAUSES) as started,
    ):
        slack.deliver_to(f"http://{_HOST}:{started.port}{EVENTS_PATH}")
        yield _world(slack, started, clock)


def _settings(slack: Playground, database: Path) -> Settings:
    installed = slack.workspace.app
    return Settings(
        slack_bot_token=installed.bot_token,
        slack_app_token="",
        slack_signing_secret=installed.signing_secret,
        slack_api_url=slack.api_url,
        database_url=f"sqlite:///{database}",
        host=_HOST,
        port=0,
    )


def _world(slack: Playground, started: Running, clock: SkippingClock) -> World:
    async def due() -> datetime | None:
        return await started.app.database.transact(next_due)

    async def act() -> None:
        await tick(started.app)

    return World(slack, clock, due, act)
