"""The backlog as somebody may see it: their own projects, and those of the channels that they are in."""

import asyncio
import logging
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.app import App
from bot.slack_api import CallFailed
from flows.kickoffs import Kickoff
from flows.portfolio.candidates import Candidate, make_candidate
from flows.portfolio.weights import Order
from flows.roles import Role
from flows.scoring.heard import hear
from storage import backlog, kickoffs
from storage.backlog import ToldCapacity

_log = logging.getLogger(__name__)

_PAGE = 200
_MOST_PAGES = 20
_WHO_DECIDES = frozenset({Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE})

WHO_DECIDES = "whoever started a kickoff, and its product owners, executives and finance"
"""Those who may say what matters and how many people there are, in words."""


@dataclass(frozen=True)
class Backlog:
    """What somebody may see.

    Attributes:
        projects: The kickoffs, newest first.
        candidates: The same for the ranking, in the same order.
        orders: What matters to whom, of the decision makers of these projects.
        capacity: How many people there are; None where nobody has said.
    """

    projects: tuple[Kickoff, ...]
    candidates: tuple[Candidate, ...]
    orders: tuple[Order, ...]
    capacity: ToldCapacity | None


def decides(projects: tuple[Kickoff, ...], person: str) -> bool:
    """Whether somebody decides in one of these kickoffs."""
    return any(person in deciders(one) for one in projects)


def deciders(kickoff: Kickoff) -> frozenset[str]:
    """Slack user ids of those who decide in a kickoff."""
    roles = ((one.person, one.interview.roles) for one in kickoff.counted)
    return frozenset({kickoff.starter, *(person for person, held in roles if not _WHO_DECIDES.isdisjoint(held))})


async def read_backlog(app: App, workspace: str, person: str) -> Backlog:
    """Gather and score what somebody may see, off the event loop."""
    channels = await channels_of(app, person)

    def read(connection: Connection) -> tuple[tuple[Kickoff, ...], tuple[Order, ...], ToldCapacity | None]:
        seen = kickoffs.seen_by(connection, workspace, person, channels)
        return seen, backlog.orders_of(connection, workspace), backlog.capacity_of(connection, workspace)

    projects, orders, capacity = await app.transact_behind(read)
    candidates = await asyncio.to_thread(_make_candidates, projects)
    counted = tuple(one for one in orders if decides(projects, one.person))
    return Backlog(projects, candidates, counted, capacity)


def _make_candidates(projects: tuple[Kickoff, ...]) -> tuple[Candidate, ...]:
    return tuple(make_candidate(str(one.id), one.name, hear(one)) for one in projects)


async def channels_of(app: App, person: str) -> frozenset[str]:
    """The channels that both the person and the app are in; where Slack does not say, none."""
    found: set[str] = set()
    cursor = None
    try:
        for _ in range(_MOST_PAGES):
            page = await app.slack.call(
                "users.conversations",
                user=person,
                types="public_channel,private_channel",
                exclude_archived=True,
                limit=_PAGE,
                cursor=cursor,
            )
            found |= {one["id"] for one in page["channels"]}
            cursor = page.get("response_metadata", {}).get("next_cursor")
            if not cursor:
                break
    except CallFailed as failure:
        _log.warning("The channels of a person could not be read: %s", failure)
    return frozenset(found)
