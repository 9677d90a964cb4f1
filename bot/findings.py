"""The findings about a kickoff's goals, worked out off the event loop, and once for the same goals and links."""

import asyncio
from functools import lru_cache

from flows.findings import Findings, find
from flows.influence import GRAPH, InfluenceGraph
from flows.kickoffs import Kickoff
from flows.wishes import Stake

_KEPT = 64


async def find_for(kickoff: Kickoff) -> Findings:
    """What is found about the goals of a kickoff as it stands."""
    return await asyncio.to_thread(_find, kickoff.stakes, GRAPH)


@lru_cache(_KEPT)
def _find(stakes: tuple[Stake, ...], graph: InfluenceGraph) -> Findings:
    return find(stakes, graph)
