"""The findings about a kickoff's goals, worked out off the event loop, and once for the same goals and links."""

import asyncio
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from flows.agreement import Agreement, follow
from flows.edge_verdicts import apply_verdicts, assign_families
from flows.findings import Findings, find
from flows.influence import InfluenceGraph
from flows.kickoffs import Kickoff
from flows.known import Said, list_said
from flows.wishes import Stake
from storage import decisions, history, kickoffs

_KEPT = 64


def read_posted(connection: Connection, kickoff_id: int) -> tuple[Kickoff, Agreement]:
    """The kickoff with the goals that its board shows, and what was decided; changes under way show with the next."""
    kickoff = kickoffs.load(connection, kickoff_id)
    if kickoff.concluded_at:
        kickoff = history.as_of(connection, kickoff, kickoff.concluded_at)
    return kickoff, follow(decisions.of_kickoff(connection, kickoff_id))


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
