"""What a question of an interview is, and how a set of questions becomes one person's interview (section 2.3.2).

A set is a value that is kept with every interview that began with it. So a question that is reworded, added, moved or
switched off changes the interviews that begin afterwards, and none that is under way.
"""

from collections.abc import Collection
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from flows.roles import Role

NO_MORE_OBJECTIVES = "no_more"
SEPARATE_GOAL = "separate"
YES = "yes"
NO = "no"

AT_MOST = 12
"""How many questions one person is asked, beside those that somebody hands on to them."""


class Kind(StrEnum):
    """What counts as an answer."""

    OBJECTIVE = "objective"
    MORE_OBJECTIVES = "more_objectives"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    NUMBER = "number"
    MONEY = "money"
    PERCENTAGE = "percentage"
    DURATION = "duration"
    DATE = "date"
    PERSON = "person"
    SCALE = "scale"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


ABOUT_GOALS = frozenset({Kind.OBJECTIVE, Kind.MORE_OBJECTIVES})
"""The kinds that are answered with objectives."""

_WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.SCALE})
_WITH_UNIT = frozenset({Kind.NUMBER, Kind.DURATION})
_WITHOUT_EXAMPLE = frozenset({*_WITH_OPTIONS, Kind.YES_NO, Kind.PERSON})
_UNITS_OF_TIME = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")


class Feed(StrEnum):
    """What an answer is good for."""

    OBJECTIVE = "objective"
    IMPACT = "impact"
    COST = "cost"
    UNKNOWN = "unknown"
    RISK = "risk"
    ROLE = "role"
    GATE = "gate"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Data):
    """One answer that can be chosen: `value` is stored, `label` is read. On a scale the label is the anchor."""

    value: Annotated[str, Field(min_length=1, max_length=60)]
    label: Annotated[str, Field(min_length=1, max_length=75)]


class When(_Data):
    """The question applies while `question` was answered with one of `values`, or has no answer with a value."""

    question: str
    values: Annotated[tuple[str, ...], Field(min_length=1)]


class Question(_Data):
    """One question.

    Attributes:
        id: Its name; answers and fact fields of the same name are found by it.
        label: What it is about, in two or three words, for summaries.
        kind: What counts as an answer.
        wording: What the person reads; `{project}` stands for the project's name.
        why: Why it is asked, in one sentence.
        rows: The rows of the chapter's checklist that it serves, such as K14.
        roles: Who is asked: everybody who has one of these roles.
        stand_ins: Who is asked when nobody in the kickoff has one of `roles`: the first of these that somebody has.
        feeds: What the answer is good for.
        example: An answer that can be read, shown when one could not be.
        options: What can be chosen.
        when: The earlier answers that it hangs on, all of them.
        unit: What a number counts, or the unit in which a duration is kept.
        find_out: The cheapest way to find out, for when nobody knows.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    label: Annotated[str, Field(min_length=1, max_length=40)]
    kind: Kind
    wording: Annotated[str, Field(min_length=1, max_length=300)]
    why: Annotated[str, Field(min_length=1, max_length=300)]
    rows: tuple[Annotated[str, Field(pattern=r"^K[1-9][0-9]?$")], ...] = ()
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    stand_ins: tuple[Role, ...] = ()
    feeds: tuple[Feed, ...] = ()
    example: Annotated[str, Field(max_length=100)] = ""
    options: Annotated[tuple[Option, ...], Field(max_length=15)] = ()
    when: tuple[When, ...] = ()
    unit: Annotated[str, Field(max_length=40)] = ""
    find_out: Annotated[str, Field(max_length=300)] = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind in _WITH_OPTIONS and len(self.options) < 2:  # noqa: PLR2004 - fewer is no choice
            raise ValueError("needs at least two options")
        if self.kind not in {*_WITH_OPTIONS, Kind.MORE_OBJECTIVES} and self.options:
            raise ValueError(f"takes no options, since its kind is {self.kind.value}")
        if len({option.value for option in self.options}) < len(self.options):
            raise ValueError("has two options with the same value")
        if self.kind not in _WITHOUT_EXAMPLE and not self.example:
            raise ValueError("needs an example of an answer")
        if self.kind in _WITH_UNIT and not self.unit:
            raise ValueError("needs a unit, such as minutes a case")
        if self.kind is Kind.DURATION and self.unit not in _UNITS_OF_TIME:
            raise ValueError(f"needs one of these units: {', '.join(_UNITS_OF_TIME)}")
        return self

    @property
    def values(self) -> tuple[str, ...]:
        """What can be chosen, as it is stored."""
        return (YES, NO) if self.kind is Kind.YES_NO else tuple(option.value for option in self.options)

    def worded(self, project: str) -> str:
        """What the person reads."""
        return self.wording.replace("{project}", project)


class QuestionSet(_Data):
    """Questions in the order in which they are asked: what matters most stands first."""

    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        kinds = [question.kind for question in self.questions]
        for kind in (Kind.OBJECTIVE, Kind.MORE_OBJECTIVES):
            if kinds.count(kind) != 1:
                raise ValueError(f"there has to be exactly one question of kind {kind.value}")
        known: dict[str, Question] = {}
        for question in self.questions:
            if question.id in known:
                raise ValueError(f"two questions have the id {question.id}")
            for when in question.when:
                _check_condition(question, when, known)
            known[question.id] = question
        return self

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """The questions by their ids."""
        return {question.id: question for question in self.questions}

    @property
    def goal(self) -> Question:
        """The question for a goal."""
        return self.of_kind(Kind.OBJECTIVE)

    @cached_property
    def version(self) -> str:
        """Names exactly this set: two sets with the same version are the same."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def of_kind(self, kind: Kind) -> Question:
        """The first question of this kind.

        Raises:
            StopIteration: There is none.
        """
        return next(question for question in self.questions if question.kind is kind)

    def plan(self, roles: Collection[Role], present: Collection[Role]) -> tuple[str, ...]:
        """The ids of what somebody with these roles is asked, in order, in a kickoff where `present` roles are held."""
        return tuple(question.id for question in self.questions if _is_asked(question, roles, present))


def _check_condition(question: Question, when: When, before: dict[str, Question]) -> None:
    earlier = before.get(when.question)
    if earlier is None:
        raise ValueError(f"{question.id} hangs on {when.question}, which is not asked before it")
    unknown = [value for value in when.values if value not in earlier.values]
    if unknown:
        possible = ", ".join(earlier.values) or "nothing that can be chosen"
        raise ValueError(f"{question.id} hangs on {when.question} being {unknown[0]}, but it can be: {possible}")


def _is_asked(question: Question, roles: Collection[Role], present: Collection[Role]) -> bool:
    if set(question.roles) & set(present):
        return bool(set(question.roles) & set(roles))
    stand_in = next((role for role in question.stand_ins if role in present), None)
    return stand_in in roles
