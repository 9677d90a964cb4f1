"""The backlog as somebody may see it: their own projects, and those of the channels that they are in."""

import asyncio
import logging
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.app import App
from bot.slack_api import CallFailed
from flows.kickoffs import Kickoff
from flows.portfolio.candidates import Candidate, make_candidate
from flows.portfolio.weights import Order
from flows.roles import Role
from flows.scoring.calibration import Taught
from flows.scoring.heard import hear
from flows.scoring.scales import Calibration
from storage import backlog, kickoffs
from storage.backlog import ToldCapacity
from storage.calibration import taught_of

_log = logging.getLogger(__name__)

_PAGE = 200
_MOST_PAGES = 20
_AT_ONCE = 50
_WHO_DECIDES = frozenset({Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE})

PARTIAL = "Slack did not tell me all your channels just now, so projects may be missing. Ask again in a minute."
"""What is said where the backlog may be more than what is shown."""

WHO_DECIDES = "whoever started a kickoff, and its product owners, executives and finance"
"""Those who may say what matters and how many people there are, in words."""


@dataclass(frozen=True)
class Backlog:
    """What somebody may see.

    Attributes:
        projects: The kickoffs, newest first, without those that are closed.
        candidates: The same for the ranking, in the same order.
        orders: What matters to whom, of the decision makers of these projects.
        capacity: How many people there are; None where nobody has said.
        taught: What the closed projects of the workspace teach the scores.
        is_partial: Whether projects may be missing, since Slack did not tell all the channels of the person.
    """

    projects: tuple[Kickoff, ...]
    candidates: tuple[Candidate, ...]
    orders: tuple[Order, ...]
    capacity: ToldCapacity | None
    taught: Taught = field(default_factory=Taught)
    is_partial: bool = False


def may_decide(connection: Connection, workspace: str, person: str) -> bool:
    """Whether somebody decides in any kickoff of the workspace."""
    has_started, roles = kickoffs.roles_of(connection, workspace, person)
    return has_started or not _WHO_DECIDES.isdisjoint(roles)


def decides(projects: tuple[Kickoff, ...], person: str) -> bool:
    """Whether somebody decides in one of these kickoffs."""
    return any(person in deciders(one) for one in projects)


def deciders(kickoff: Kickoff) -> frozenset[str]:
    """Slack user ids of those who decide in a kickoff."""
    roles = ((one.person, one.interview.roles) for one in kickoff.counted)
    return frozenset({kickoff.starter, *(person for person, held in roles if not _WHO_DECIDES.isdisjoint(held))})


async def read_backlog(app: App, workspace: str, person: str) -> Backlog:
    """Gather and score what somebody may see, off the event loop."""
    channels, all_told = await read_channels(app, person)

    def read(connection: Connection) -> tuple[tuple[int, ...], tuple[Order, ...], ToldCapacity | None, Taught]:
        ids = kickoffs.ids_seen_by(connection, workspace, person, channels)
        orders, capacity = backlog.orders_of(connection, workspace), backlog.capacity_of(connection, workspace)
        return ids, orders, capacity, taught_of(connection, workspace)

    ids, orders, capacity, taught = await app.transact_behind(read)
    projects = await _load(app, ids)
    candidates = await asyncio.to_thread(_make_candidates, projects, taught.in_use)
    counted = tuple(one for one in orders if decides(projects, one.person))
    return Backlog(projects, candidates, counted, capacity, taught, is_partial=not all_told)


async def _load(app: App, ids: tuple[int, ...]) -> tuple[Kickoff, ...]:
    """Some at a time: hundreds take seconds to read, and SQLite lets nobody else write meanwhile."""
    loaded: list[Kickoff] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        loaded += await app.transact_behind(lambda connection, some=some: kickoffs.load_all(connection, some))  # type: ignore[misc]
    return tuple(loaded)


def _make_candidates(projects: tuple[Kickoff, ...], calibration: Calibration) -> tuple[Candidate, ...]:
    return tuple(make_candidate(str(one.id), one.name, hear(one), calibration) for one in projects)


async def channels_of(app: App, person: str) -> frozenset[str]:
    """The channels that both the person and the app are in; where Slack does not say, none."""
    return (await read_channels(app, person))[0]


async def read_channels(app: App, person: str) -> tuple[frozenset[str], bool]:
    """The channels that both the person and the app are in, and whether Slack told all of them."""
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
                return frozenset(found), True
    except CallFailed as failure:
        _log.warning("The channels of a person could not be read: %s", failure)
    return frozenset(found), False
