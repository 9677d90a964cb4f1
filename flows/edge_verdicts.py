"""What the people in one kickoff say of the links between metrics: that they hold, do not hold, or are otherwise.

The latest verdict of each person on a link counts. Where people disagree the link stays, but may be nothing. What moves
a metric that the graph does not know, they say themselves: it joins the graph under its own words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from statistics import fmean

from flows.conflict import name_by_content
from flows.influence import HOW_STRONGLY, Edge, Factor, Horizon, InfluenceGraph, Sign, Strength
from flows.objectives import Objective
from flows.wishes import Stake, bare_words

LinkKey = tuple[str, str, Horizon]
"""A link's two ends, and when it shows."""

ASKED = "When {source} rises by 10 %, how far does {target} move?"
"""How it is asked how strongly a link works; answered with one of `ANSWERS`."""

ANSWERS: dict[str, str] = {
    "barely": "Barely: by about 1 %",
    "somewhat": "Somewhat: by about 3 %",
    "strongly": "Strongly: by about 8 %",
}
"""What can be answered, by the words of `HOW_STRONGLY`."""

_OWN = "own:"
_UNSAID = "Somebody here said so."


class Verdict(StrEnum):
    """What somebody says of a link."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(frozen=True)
class EdgeVerdict:
    """One person's verdict on one link.

    Attributes:
        source: The id of what moves.
        target: The id of what is moved.
        horizon: Which of the two links between them is meant.
        verdict: What is said of it.
        by: The opaque id of the person.
        at: When it was said.
        sign: Which way it works, if that is said.
        strength: How strongly it works, if that is said.
        why: How the one moves the other, in the person's own words.
    """

    source: str
    target: str
    horizon: Horizon
    verdict: Verdict
    by: str
    at: datetime
    sign: Sign | None = None
    strength: Strength | None = None
    why: str = ""

    @property
    def link(self) -> LinkKey:
        """The link that it is about."""
        return self.source, self.target, self.horizon


@dataclass(frozen=True)
class NewFactor:
    """A metric that the graph does not know, in somebody's own words."""

    id: str
    name: str
    more: str
    less: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Link:
    """A link with what the people in a kickoff say of it; also one that nobody holds any more.

    Attributes:
        told: The link as the graph has it, or as it was added first.
        seen: The link as they see it; None where nobody holds it.
        held_by: Who holds it, as `seen` has it.
        denied_by: Who holds it to be false, or the other way round.
    """

    told: Edge
    seen: Edge | None
    held_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()

    @property
    def edge(self) -> Edge:
        """As they see it, or as it was told where nobody holds it."""
        return self.seen or self.told

    @property
    def is_disputed(self) -> bool:
        """Whether some hold it and others do not."""
        return bool(self.held_by and self.denied_by)


def name_link(edge: Edge | EdgeVerdict) -> str:
    """A short name of the link between these two ends, whatever is said of it."""
    return name_by_content(edge.source, edge.target, edge.horizon)


def new_factor(objective: Objective, by: str, at: datetime) -> NewFactor:
    """The metric of an objective as a factor for the graph; the same for all who call it the same."""
    name = " ".join(bare_words(objective.metric)) or objective.metric
    return NewFactor(
        objective.family or own_id(objective.metric), name, f"a rise in {name}", f"a fall in {name}", by, at
    )


def own_id(metric: str) -> str:
    """The id of a metric that is only known by somebody's words: "own:tickets reopened"."""
    return _OWN + " ".join(bare_words(metric))


def is_own(factor: str) -> bool:
    """Whether a factor is only known by somebody's words."""
    return factor.startswith(_OWN)


def factor_of(objective: Objective, factors: Iterable[NewFactor]) -> str | None:
    """The id in the graph of the metric of an objective: its family, or a factor of the same words; None without."""
    if objective.family:
        return objective.family
    words = bare_words(objective.metric)
    # By its id first, so that two factors of one name cannot depend on their order.
    named = sorted((own_id(objective.metric) != one.id, one.id) for one in factors if bare_words(one.name) == words)
    return named[0][1] if named else None


def assign_families(stakes: Sequence[Stake], factors: Iterable[NewFactor]) -> tuple[Stake, ...]:
    """The stakes with the factor of each as the family of its objective, by which conflicts and gaps find it."""
    known = tuple(factors)
    return tuple(
        replace(stake, objective=stake.objective.model_copy(update={"family": factor_of(stake.objective, known)}))
        for stake in stakes
    )


def apply_verdicts(
    graph: InfluenceGraph, verdicts: Iterable[EdgeVerdict], factors: Iterable[NewFactor] = ()
) -> InfluenceGraph:
    """The graph as the people of one kickoff see it; the order of what they said does not matter, only its times.

    A link that somebody denies and nobody holds is gone. One on which people disagree is disputed: it stays as most
    hold it, and its strength reaches down to 0. Verdicts on factors that are not in the graph count for nothing.
    """
    joined = _join(graph, factors)
    edges = {(edge.source, edge.target, edge.horizon): edge for edge in joined.edges}
    for key, opinion in _opinions(joined, verdicts).items():
        edge = opinion.settle()
        if edge is not None:
            edges[key] = edge
        else:
            edges.pop(key, None)
    return replace(joined, edges=tuple(edges.values()))


def list_links(
    graph: InfluenceGraph, verdicts: Iterable[EdgeVerdict], factors: Iterable[NewFactor] = ()
) -> dict[str, Link]:
    """Every link that the graph has or that somebody told of, by its name."""
    joined = _join(graph, factors)
    links = {name_link(edge): Link(edge, edge) for edge in joined.edges}
    for opinion in _opinions(joined, verdicts).values():
        told = opinion.subject
        held_by, denied_by = tuple(sorted(opinion.held_by)), tuple(sorted(opinion.denied_by))
        links[name_link(told)] = Link(told, opinion.settle(), held_by, denied_by)
    return links


def _join(graph: InfluenceGraph, factors: Iterable[NewFactor]) -> InfluenceGraph:
    first: dict[str, Factor] = {}
    for one in sorted(factors, key=lambda one: (one.at, one.by, one.id, one.name, one.more, one.less)):
        if one.id not in graph.factors:
            first.setdefault(one.id, Factor(one.id, one.name, one.more, one.less))
    return replace(graph, metrics=(*graph.metrics, *first.values()))


@dataclass(frozen=True)
class _Claim:
    """That a link holds, as one person has it."""

    by: str
    sign: Sign
    strength: Strength
    why: str


@dataclass(frozen=True)
class _Opinion:
    """What people say of one link: `subject`, as the graph has it or as it was added first."""

    subject: Edge
    claims: tuple[_Claim, ...]
    deniers: tuple[str, ...]

    @property
    def _sign(self) -> Sign:
        """The way in which most hold that it works."""
        turned = sum(claim.sign is not self.subject.sign for claim in self.claims)
        return Sign(-self.subject.sign) if turned > len(self.claims) - turned else self.subject.sign

    @property
    def _held(self) -> tuple[_Claim, ...]:
        return tuple(claim for claim in self.claims if claim.sign is self._sign)

    @property
    def held_by(self) -> tuple[str, ...]:
        return tuple(claim.by for claim in self._held)

    @property
    def denied_by(self) -> tuple[str, ...]:
        return (*self.deniers, *(claim.by for claim in self.claims if claim.sign is not self._sign))

    def settle(self) -> Edge | None:
        """The link as these people see it; none if nobody holds it."""
        held, disputed = self._held, bool(self.denied_by)
        if not held:
            return None
        strength = _around([claim.strength for claim in held])
        same = self._sign is self.subject.sign
        why = next((claim.why for claim in reversed(held) if claim.why), self.subject.why if same else "")
        unchanged = same and strength == self.subject.strength
        return replace(
            self.subject,
            sign=self._sign,
            strength=replace(strength, low=0.0) if disputed else strength,
            why=why or _UNSAID,
            reference=self.subject.reference if unchanged else "",
            confirmed_by=tuple(sorted(self.held_by)),
            disputed=disputed,
        )


def _around(strengths: Sequence[Strength]) -> Strength:
    """What holds all of these."""
    return Strength(
        min(one.low for one in strengths),
        fmean(one.likely for one in strengths),
        max(one.high for one in strengths),
    )


def _opinions(graph: InfluenceGraph, verdicts: Iterable[EdgeVerdict]) -> dict[LinkKey, _Opinion]:
    by_link: dict[LinkKey, list[EdgeVerdict]] = {}
    for verdict in sorted(verdicts, key=_when_and_by_whom):
        if verdict.source != verdict.target and {verdict.source, verdict.target} <= graph.factors.keys():
            by_link.setdefault(verdict.link, []).append(verdict)
    edges = {(edge.source, edge.target, edge.horizon): edge for edge in graph.edges}
    opinions: dict[LinkKey, _Opinion] = {}
    for key in sorted(by_link):
        subject = edges.get(key) or _added(by_link[key])
        if subject is not None:
            opinions[key] = _opinion(subject, by_link[key])
    return opinions


def _when_and_by_whom(verdict: EdgeVerdict) -> tuple[datetime, str, str]:
    # What one person said twice at the same moment is told apart by all that was said.
    return verdict.at, verdict.by, repr(verdict)


def _added(said: Sequence[EdgeVerdict]) -> Edge | None:
    """The link as it was first told, even if that person has thought better of it since."""
    first = next((one for one in said if one.sign is not None and one.verdict is not Verdict.DENIED), None)
    if first is None or first.sign is None:
        return None
    strength = first.strength or HOW_STRONGLY["somewhat"]
    return Edge(first.source, first.target, first.sign, first.why, first.horizon, "", strength)


def _opinion(subject: Edge, said: Sequence[EdgeVerdict]) -> _Opinion:
    # Later ones replace earlier ones, and go to the end.
    latest: dict[str, EdgeVerdict] = {}
    for verdict in said:
        latest.pop(verdict.by, None)
        latest[verdict.by] = verdict
    claims = tuple(_claim(subject, one) for one in latest.values() if one.verdict is not Verdict.DENIED)
    return _Opinion(subject, claims, tuple(by for by, one in latest.items() if one.verdict is Verdict.DENIED))


def _claim(subject: Edge, verdict: EdgeVerdict) -> _Claim:
    if verdict.verdict is Verdict.CONFIRMED:
        return _Claim(verdict.by, subject.sign, subject.strength, "")
    return _Claim(verdict.by, verdict.sign or subject.sign, verdict.strength or subject.strength, verdict.why)
