"""What is found about the goals of one kickoff: where they collide, and what is still to be asked (K45, K46)."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from flows.conflicts import Conflict, Gap, Stake, find_conflicts, find_gaps
from flows.influence import InfluenceGraph


@dataclass(frozen=True)
class Findings:
    """What follows from the goals of a kickoff and from what moves what.

    Attributes:
        stakes: The goals with their owners.
        graph: Levers, metrics and links, as the stakeholders see them.
        conflicts: Where the goals collide, worst first.
        gaps: What is still to be asked about the goals.
    """

    stakes: tuple[Stake, ...]
    graph: InfluenceGraph
    conflicts: tuple[Conflict, ...]
    gaps: tuple[Gap, ...]

    def find_conflict(self, conflict_id: str) -> Conflict | None:
        """The conflict with this id; None if it is not there any more."""
        return next((one for one in self.conflicts if one.id == conflict_id), None)


def find(stakes: tuple[Stake, ...], graph: InfluenceGraph) -> Findings:
    """Find what there is to find."""
    return Findings(stakes, graph, find_conflicts(stakes, graph), find_gaps(stakes, graph))


def basis(stakes: Sequence[Stake], graph: InfluenceGraph) -> str:
    """Digest of the goals and the links; the same as long as nothing changes in either."""
    goals = sorted(f"{stake.owner} {stake.objective.model_dump_json()}" for stake in stakes)
    links = sorted(str(edge) for edge in graph.edges)
    return sha256("\n".join([*goals, *links]).encode()).hexdigest()
