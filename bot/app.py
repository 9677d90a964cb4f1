"""The app: its parts, put together by `create_app` and handed to whoever needs them."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection

from bot.settings import Settings
from bot.slack_api import CallFailed, Slack
from bot.studio import Studio
from flows.influence import GRAPH, InfluenceGraph
from flows.questions import QuestionSet
from storage.database import Database

T = TypeVar("T")
Clock = Callable[[], datetime]

_BREATH_SECONDS = 0.01
_BREATHS = 50
_log = logging.getLogger(__name__)


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Identity:
    """Who the app is at Slack, as `auth.test` says; `url` is the workspace's address, with a slash at its end."""

    workspace: str
    user: str
    bot: str
    url: str = ""


@dataclass
class App:
    """The parts that listeners, dispatcher and scheduler share.

    Attributes:
        settings: What the app was started with.
        database: Where all state is.
        slack: The Web API.
        clock: Now, in UTC.
        questions: The questions that kickoffs which begin now ask.
        graph: What is assumed to move what.
        identity: Who the app is; None until Slack has told.
        work: Set when the outbox may have something new.
        studio: Where pictures are drawn.
        transactions: How many transactions of listeners wait or run: acknowledgements hang on them.
    """

    settings: Settings
    database: Database
    slack: Slack
    clock: Clock
    questions: QuestionSet
    graph: InfluenceGraph
    identity: Identity | None = None
    work: asyncio.Event = field(default_factory=asyncio.Event)
    studio: Studio = field(default_factory=Studio)
    transactions: int = 0

    async def transact(self, change: Callable[[Connection], T]) -> T:
        """Run one transaction, and wake the dispatcher: it may have put something into the outbox."""
        self.transactions += 1
        try:
            return await self.database.transact(change)
        finally:
            self.transactions -= 1
            self.work.set()

    async def transact_behind(self, change: Callable[[Connection], T]) -> T:
        """Run one transaction that nobody waits for: those of listeners go first, for half a second at most."""
        for _ in range(_BREATHS):
            if not self.transactions:
                break
            await asyncio.sleep(_BREATH_SECONDS)
        return await self.database.transact(change)

    async def identify(self) -> Identity:
        """Ask Slack who the app is, until it answers."""
        wait = 1.0
        while self.identity is None:
            try:
                told = await self.slack.call("auth.test")
                self.identity = Identity(told["team_id"], told["user_id"], told.get("bot_id", ""), told.get("url", ""))
            except CallFailed as failure:
                _log.warning("auth.test failed (%s); asking again in %.0f s", failure.error, wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, 60.0)
        return self.identity

    async def close(self) -> None:
        """Let go of connections and files."""
        if self.slack.client.session is not None:
            await self.slack.client.session.close()
        await self.database.close()


def create_app(settings: Settings, clock: Clock, questions: QuestionSet, graph: InfluenceGraph = GRAPH) -> App:
    """Put the parts together. Nothing is contacted yet; needs a running event loop."""
    # One session keeps connections open between calls. Retrying is the outbox's, which looks before it repeats.
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=settings.slack_timeout_seconds))
    client = AsyncWebClient(
        token=settings.slack_bot_token, base_url=settings.slack_api_url, session=session, retry_handlers=[]
    )
    return App(settings, Database(settings.database_url), Slack(client), clock, questions, graph)
