"""The findings about a kickoff's goals, worked out off the event loop, and once for the same goals and links."""

import asyncio
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from flows.agreement import Agreement
from flows.edge_verdicts import apply_verdicts, assign_families
from flows.findings import Findings, find
from flows.influence import InfluenceGraph
from flows.kickoffs import Kickoff
from flows.known import Said, list_said
from flows.wishes import Stake
from storage import decisions, history, kickoffs
from storage.outbox import NotYet

_KEPT = 64


def read_posted(connection: Connection, kickoff_id: int) -> tuple[Kickoff, Agreement]:
    """The kickoff with the goals that its board shows, and what was decided; changes under way show with the next."""
    kickoff = kickoffs.load(connection, kickoff_id)
    if kickoff.concluded_at:
        kickoff = history.as_of(connection, kickoff, kickoff.concluded_at)
    return kickoff, decisions.agreement_of(connection, kickoff_id)


def expect_unchanged(connection: Connection, kickoff: Kickoff, stands: Agreement) -> None:
    """Make sure that what was worked out beside the database is still about the goals and links as they are.

    Raises:
        NotYet: They changed meanwhile, or somebody keeps theirs private now; it is worked out again in a moment.
    """
    if _ground(*read_posted(connection, kickoff.id)) != _ground(kickoff, stands):
        raise NotYet


def _ground(kickoff: Kickoff, stands: Agreement) -> tuple[object, ...]:
    said = list_said(kickoff)
    return kickoff.owner, kickoff.stakes, kickoff.confidential_owners, said, stands.verdicts, stands.factors


async def find_for(app: App, kickoff: Kickoff, stands: Agreement) -> Findings:
    """What is found about the goals of a kickoff, with the links as its people see them."""
    stakes = assign_families(kickoff.stakes, stands.factors)
    graph = apply_verdicts(app.graph, stands.verdicts, stands.factors)
    said = list_said(kickoff)
    today = today_in(app, kickoff.nudge.zone)
    return await asyncio.to_thread(_find, stakes, graph, said, today, kickoff.confidential_owners)


@lru_cache(_KEPT)
def _find(
    stakes: tuple[Stake, ...], graph: InfluenceGraph, said: tuple[Said, ...], today: date, hidden: frozenset[str]
) -> Findings:
    return find(stakes, graph, said, today, hidden)
