"""What is found about the goals of one kickoff: where they collide, what is short, and what is still to be asked.

Rows K45 and K46.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from flows.capacity import find_shortages
from flows.conflicts import Conflict, Gap, Severity, Stake, find_conflicts, find_gaps
from flows.feasibility import chance_of_all
from flows.influence import InfluenceGraph
from flows.known import Said
from flows.shortage import Shortage

Finding = Conflict | Shortage
"""Something that stands between the goals and a project that meets them all."""

_SEVEREST_FIRST = tuple(Severity)


@dataclass(frozen=True)
class Findings:
    """What follows from the goals and answers of a kickoff, and from what moves what.

    Attributes:
        stakes: All goals with their owners, those included that are kept between their owners and the app.
        shown: The goals that everybody may see. What is found is about these alone, so nothing tells of the others.
        kept_back: How many more conflicts there are that touch a goal which is not shown.
        graph: Levers, metrics and links, as the stakeholders see them.
        conflicts: Where the goals collide, worst first.
        shortages: Where people, money, computing or time do not suffice, worst first.
        gaps: What is still to be asked about the goals.
        chance: In which fraction of tries with stronger and weaker links all targets can be met; None where that is not
            known, or nothing is weighed against each other.
    """

    stakes: tuple[Stake, ...]
    shown: tuple[Stake, ...]
    kept_back: int
    graph: InfluenceGraph
    conflicts: tuple[Conflict, ...]
    shortages: tuple[Shortage, ...]
    gaps: tuple[Gap, ...]
    chance: float | None = None

    @property
    def goals_kept_back(self) -> int:
        """How many goals are not shown."""
        return len(self.stakes) - len(self.shown)

    @property
    def ranked(self) -> tuple[Finding, ...]:
        """Conflicts and shortages, worst first."""
        everything: tuple[Finding, ...] = (*self.conflicts, *self.shortages)
        return tuple(sorted(everything, key=lambda one: _SEVEREST_FIRST.index(one.severity)))

    def find(self, finding_id: str) -> Finding | None:
        """The conflict or shortage with this id; None if it is not there any more."""
        return next((one for one in self.ranked if one.id == finding_id), None)


def find(
    stakes: tuple[Stake, ...],
    graph: InfluenceGraph,
    said: tuple[Said, ...] = (),
    today: date = date.min,
    hidden: frozenset[str] = frozenset(),
) -> Findings:
    """Find what there is to find.

    Args:
        stakes: All goals.
        graph: What is assumed to move what.
        said: The answers that may be shown.
        today: What "in three months" is counted from.
        hidden: Whose goals are kept between them and the app.
    """
    shown = tuple(one for one in stakes if one.owner not in hidden)
    everything = find_conflicts(stakes, graph)
    kept_back = sum(not hidden.isdisjoint(stake.owner for stake in one.stakes) for one in everything)
    return Findings(
        stakes,
        shown,
        kept_back,
        graph,
        find_conflicts(shown, graph),
        find_shortages(shown, said, today) if said else (),
        find_gaps(shown, graph),
        chance_of_all(stakes, graph),
    )


def basis(stakes: Iterable[Stake], graph: InfluenceGraph) -> str:
    """Digest of the goals and the links; the same as long as nothing changes in either."""
    goals = sorted(f"{stake.owner} {stake.objective.model_dump_json()}" for stake in stakes)
    links = sorted(str(edge) for edge in graph.edges)
    return sha256("\n".join([*goals, *links]).encode()).hexdigest()
