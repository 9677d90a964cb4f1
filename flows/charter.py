"""The charter: a project on one page, with how complete it is and whom the rest waits for (section 2.6; K61).

It is a document of typed parts, each of titled lines, and can be kept as JSON. `write_charter` in
`flows/charter_writing.py` fills it from a kickoff; it is rendered in `flows/charter_markdown.py` and, as PDF, in
`bot/charter_pdf.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from flows.shown import Hole, Line


class Part(StrEnum):
    """The parts of a charter, in the order in which they are read."""

    PROBLEM = "problem"
    GOALS = "goals"
    BALANCE = "balance"
    TASK = "task"
    MEASURES = "measures"
    SUCCESS = "success"
    ACCEPTANCE = "acceptance"
    LIMITS = "limits"
    TIMELINE = "timeline"
    TEAM = "team"
    DATA = "data"
    RISKS = "risks"
    UNKNOWNS = "unknowns"


PART_TITLES: Mapping[Part, str] = {
    Part.PROBLEM: "Problem",
    Part.GOALS: "Goals",
    Part.BALANCE: "Where goals collide, and the balance",
    Part.TASK: "Task, input and output",
    Part.MEASURES: "How it is measured",
    Part.SUCCESS: "When it is a success",
    Part.ACCEPTANCE: "Acceptance and stopping",
    Part.LIMITS: "Limits",
    Part.TIMELINE: "Timeline",
    Part.TEAM: "Team",
    Part.DATA: "Data",
    Part.RISKS: "Risks to acknowledge",
    Part.UNKNOWNS: "What nobody knows yet",
}


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(_Data):
    """One part with its lines."""

    part: Part
    lines: tuple[Line, ...]


class Signature(_Data):
    """What one person has signed, or is asked to sign.

    Attributes:
        person: Their Slack user id.
        what: What they sign, such as "the goal card".
        day: When they signed; None while they have not.
        reopened: The titles of lines that have changed since, so that they are asked again.
    """

    person: str
    what: str
    day: date | None = None
    reopened: tuple[str, ...] = ()


class Charter(_Data):
    """A project on one page.

    Attributes:
        schema_version: The version of this document's shape; a document of another version is refused.
        title: The project's name.
        sections: Its parts, in order.
        signatures: Who has signed, and who is asked to.
        completeness: How much of what counts is known, in percent; `POINTS` says what counts.
        open_points: What is missing and whom it waits for, each thing once.
    """

    schema_version: Literal[1] = 1
    title: str
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...] = ()
    completeness: Annotated[int, Field(ge=0, le=100)]
    open_points: tuple[Hole, ...]

    @property
    def lines(self) -> dict[str, Line]:
        """All lines by their keys."""
        return {line.key: line for section in self.sections for line in section.lines}

    def to_json(self) -> str:
        """The document as JSON."""
        return self.model_dump_json(indent=2)

    @classmethod
    def from_json(cls, text: str) -> "Charter":
        """The document that `to_json` wrote.

        Raises:
            ValidationError: It is none, or one of another version.
        """
        return cls.model_validate_json(text)


POINTS: Mapping[str, int] = {
    # What it is for, and what its people have agreed on.
    "problem": 4,
    "goals": 12,
    "balance": 12,
    # What is to be built.
    "does": 8,
    "input": 4,
    "output": 6,
    "reject": 6,
    "cost": 6,
    "performance": 8,
    # When it is a success, and when it ends.
    "success.specification": 4,
    "success.organisation": 4,
    "success.user": 4,
    "success.predictability": 3,
    "success.reproducibility": 3,
    "accept": 5,
    "stop": 4,
    "scope": 2,
    # Whether it can begin.
    "team.jobs": 1,
    "team.care": 1,
    "data.owner": 1,
    "data.labels": 1,
    "timeline.first": 1,
}
"""How much each line counts, of 100. A line of which a part is missing counts half.

What the app derives by itself, such as risks and unknowns, counts nothing, and neither do signatures: a charter that is
complete is ready to be signed.
"""


def measure_completeness(lines: Iterable[Line]) -> int:
    """How much of what counts is known, in percent, rounded down."""
    return int(sum(POINTS.get(line.key, 0) * _share(line) for line in lines))


def _share(line: Line) -> float:
    if not line.holes:
        return 1.0
    return 0.5 if line.text else 0.0


def list_open_points(lines: Iterable[Line]) -> tuple[Hole, ...]:
    """What is missing, in the order of the lines; one question that several lines need is listed once."""
    holes = {hole.question or hole.missing: hole for line in lines for hole in reversed(line.holes)}
    order = dict.fromkeys(hole.question or hole.missing for line in lines for hole in line.holes)
    return tuple(holes[name] for name in order)


_LONGEST = 160


def differences(before: Charter, after: Charter) -> tuple[str, ...]:
    """What has changed between two versions, in short sentences; people's words in them are as they wrote them."""
    said = [f"The name is now “{after.title}”."] if before.title != after.title else []
    old, new = before.lines, after.lines
    for key in dict.fromkeys((*old, *new)):
        said += _compare(old.get(key), new.get(key))
    said += _compare_signatures(before.signatures, after.signatures)
    change = after.completeness - before.completeness
    if change:
        points = "1 point" if abs(change) == 1 else f"{abs(change)} points"
        said.append(f"It is {after.completeness} % complete, {points} {'more' if change > 0 else 'less'} than before.")
    return tuple(said)


def _compare(old: Line | None, new: Line | None) -> Iterator[str]:
    if new is None:
        title = old.title if old else ""
        yield f"{title} is gone."
        return
    before = old.text if old else ""
    if new.text and new.text != before:
        verb = "is new" if old is None else "now says" if before else "is known now"
        yield f"{new.title} {verb}: {_cut(new.text)}"
    elif before and not new.text:
        yield f"{new.title} is no longer known."
    gaps = _missing(old)
    for gap in _missing(new):
        if gap not in gaps:
            yield f"{new.title} now lacks: {_cut(gap)}."
    if new.text:
        filled = [gap for gap in gaps if gap not in _missing(new)]
        yield from (f"{new.title} no longer lacks: {_cut(gap)}." for gap in filled if before)


def _missing(line: Line | None) -> tuple[str, ...]:
    return tuple(hole.missing for hole in line.holes) if line else ()


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _compare_signatures(before: tuple[Signature, ...], after: tuple[Signature, ...]) -> Iterator[str]:
    old = {(one.person, one.what): one for one in before}
    new = {(one.person, one.what): one for one in after}
    for key, one in new.items():
        earlier = old.get(key)
        if one.day and (earlier is None or earlier.day != one.day):
            yield f"<@{one.person}> has signed {one.what}."
        opened = [title for title in one.reopened if earlier is None or title not in earlier.reopened]
        if opened:
            yield f"<@{one.person}> has to sign {one.what} again: {_cut(', '.join(opened))}."
    for key, one in old.items():
        if one.day and (key not in new or new[key].day is None):
            yield f"<@{one.person}> has no longer signed {one.what}."
