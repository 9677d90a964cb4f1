"""Goals that people bring to a project with the conflicts that a careful person expects, from `conflict_cases.yaml`."""

import json
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import chain, combinations
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from flows.balance import OptionKind
from flows.influence import GRAPH, Edge
from flows.objectives import Objective
from flows.wishes import Stake

_FILE = Path(__file__).with_suffix(".yaml")

Goals = frozenset[str]
"""The ids of goals that are spoken of together."""


class Kind(StrEnum):
    """Of which tier a conflict is."""

    DIRECT = "direct"
    COUPLED = "coupled"
    JOINT = "joint"
    CAPACITY = "capacity"


class Severity(StrEnum):
    """How bad a conflict is, the mildest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return tuple(Severity).index(self)


class QuestionKind(StrEnum):
    """What must be asked before a goal can be weighed."""

    NO_AMOUNT = "no_amount"
    NO_BASELINE = "no_baseline"
    NO_DEADLINE = "no_deadline"
    UNKNOWN_METRIC = "unknown_metric"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Goal(_Data):
    """An objective, whose it is, and what the case calls it."""

    id: str
    owner: str
    objective: Objective


class ExpectedConflict(_Data):
    """A conflict among these goals. One of `links`, each a source and a target, must occur in its explanation."""

    goals: Annotated[Goals, Field(min_length=2)]
    kinds: Annotated[frozenset[Kind], Field(min_length=1)]
    least: Severity = Severity.LOW
    most: Severity = Severity.HIGH
    links: tuple[tuple[str, str], ...] = ()

    def allows(self, severity: Severity) -> bool:
        return self.least.rank <= severity.rank <= self.most.rank

    def edges(self) -> tuple[Edge, ...]:
        return tuple(edge for edge in GRAPH.edges if (edge.source, edge.target) in self.links)

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        known = {(edge.source, edge.target) for edge in GRAPH.edges}
        if unknown := set(self.links) - known:
            raise ValueError(f"the graph has no such links: {sorted(unknown)}")
        if self.least.rank > self.most.rank:
            raise ValueError("the least severity is above the most")
        return self


class ExpectedOrder(_Data):
    """One conflict is at least as severe as another."""

    more: Goals
    less: Goals


class ExpectedQuestion(_Data):
    """Something that must be asked about these goals."""

    kind: QuestionKind
    goals: Annotated[Goals, Field(min_length=1)]


class HiddenVictim(_Data):
    """Who pays for serving a pair, unnamed by it: goals of others, and metrics that nobody guards; and when they do."""

    pair: Annotated[Goals, Field(min_length=2, max_length=2)]
    goals: Goals = frozenset()
    metrics: frozenset[str] = frozenset()
    when: str

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if unknown := self.metrics - GRAPH.metric_ids:
            raise ValueError(f"the graph has no such metrics: {sorted(unknown)}")
        return self


class ExpectedLead(_Data):
    """An option in which this goal leads, and these are kept from falling under a floor."""

    goal: str
    guards: Goals


class ExpectedOptions(_Data):
    """What the options of a balance have in common, and which there must be."""

    leads: tuple[ExpectedLead, ...]
    kinds: frozenset[OptionKind]
    never: frozenset[OptionKind]
    all_wishes_met: bool
    each_names_every_goal: bool


class Case(_Data):
    """What some people want, and what is to be said of it. A pair that is named nowhere must not be reported."""

    name: str
    reasoning: str
    goals: tuple[Goal, ...]
    expected: tuple[ExpectedConflict, ...] = ()
    either: tuple[ExpectedConflict, ...] = ()
    none_between: frozenset[Goals] = frozenset()
    other_joints_open: bool = False
    order: tuple[ExpectedOrder, ...] = ()
    questions: tuple[ExpectedQuestion, ...] = ()
    hidden_victims: tuple[HiddenVictim, ...] = ()
    options: ExpectedOptions | None = None

    @property
    def stakes(self) -> tuple[Stake, ...]:
        return tuple(self.ids)

    @property
    def ids(self) -> dict[Stake, str]:
        """What the case calls each stake."""
        return {Stake(goal.owner, goal.objective): goal.id for goal in self.goals}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        ids = [goal.id for goal in self.goals]
        if len(set(ids)) < len(ids) or len({goal.owner for goal in self.goals}) < len(ids):
            raise ValueError("each goal needs an id and an owner of its own")
        if unknown := set(chain.from_iterable(self._sets())) - set(ids):
            raise ValueError(f"no such goals: {sorted(unknown)}")
        judged = [{conflict.goals for conflict in self.expected}, {one.goals for one in self.either}, self.none_between]
        if any(one & other for one, other in combinations(judged, 2)):
            raise ValueError("the same goals are judged twice")
        return self

    def _sets(self) -> Iterator[Goals]:
        yield from (conflict.goals for conflict in (*self.expected, *self.either))
        yield from self.none_between
        yield from chain.from_iterable((order.more, order.less) for order in self.order)
        yield from (question.goals for question in self.questions)
        yield from chain.from_iterable((victim.pair, victim.goals) for victim in self.hidden_victims)
        if self.options:
            yield from (lead.guards | {lead.goal} for lead in self.options.leads)


@cache
def load_cases() -> tuple[Case, ...]:
    """All cases, in the order of the file."""
    text = json.dumps(yaml.safe_load(_FILE.read_text(encoding="utf-8")), default=str)
    cases = TypeAdapter(tuple[Case, ...]).validate_json(text, strict=True)
    if len({case.name for case in cases}) < len(cases):
        raise ValueError("two cases have the same name")
    return cases
