"""The app without its Slack, as one of several processes on one database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar, cast

from sqlalchemy import Connection, NullPool, create_engine, text

from bot.app import App
from bot.settings import Settings
from bot.slack_api import Slack
from flows.influence import GRAPH
from flows.question_bank import BANK
from storage import kickoffs
from storage.database import Database
from tests.conftest import MONDAY_EVENING, FakeClock

T = TypeVar("T")

_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def replica(database_url: str) -> App:
    """One process of the app."""
    settings = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", database_url=database_url)
    return App(settings, Database(database_url), cast("Slack", None), FakeClock(MONDAY_EVENING), BANK, GRAPH)


@asynccontextmanager
async def replicas(database_url: str) -> AsyncIterator[tuple[App, App]]:
    """Two processes of the app."""
    both = replica(database_url), replica(database_url)
    try:
        yield both
    finally:
        for one in both:
            await one.database.close()


async def at_once(database_url: str, kickoff_id: int, acts: Sequence[Awaitable[T]]) -> list[T]:
    """Let all come as far as they can before any of them has the kickoff, on PostgreSQL, and then end."""
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as holding, engine.connect() as watching:
        kickoffs.load(holding, kickoff_id, lock=True)
        running = [asyncio.ensure_future(act) for act in acts]
        async with asyncio.timeout(10):
            while _count_waiting(watching) < len(acts):  # noqa: ASYNC110 - the database does not tell
                await asyncio.sleep(0.01)
        holding.rollback()
    return await asyncio.gather(*running)


def _count_waiting(connection: Connection) -> int:
    counted = int(connection.execute(_WAITING).scalar_one())
    connection.rollback()
    return counted
