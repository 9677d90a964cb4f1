"""The projects of a workspace at a glance, in a few statements however many there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, String, cast, or_, select

from flows.kickoffs import Standing
from flows.project_status import KINDS, ProjectStatus, status_of
from flows.roles import Role
from storage import tables as t

_DONE = frozenset({Standing.FINISHED.value, Standing.CLOSED.value})


@dataclass(frozen=True)
class Overview:
    """A project at a glance.

    Attributes:
        id: The kickoff's key.
        name: What it is called.
        channel: Where it was started.
        status: Where it stands.
        is_own: Whether the person started it or takes part in it.
        roles: The person's roles in it.
        done: How many interviews are done.
        asked: How many people are asked.
    """

    id: int
    name: str
    channel: str
    status: ProjectStatus
    is_own: bool
    roles: tuple[Role, ...]
    done: int
    asked: int


def list_projects(
    connection: Connection, workspace: str, person: str, channels: Collection[str]
) -> tuple[Overview, ...]:
    """The projects that somebody started or takes part in, and all of these channels, newest first."""
    rows = connection.execute(_KICKOFFS.where(_is_seen(workspace, person, channels))).all()
    ids = [row.id for row in rows]
    people: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for one in connection.execute(_PEOPLE.where(t.interview.c.kickoff_id.in_(ids))):
        people.setdefault(one.kickoff_id, []).append(one)
    kinds: dict[int, list[str]] = {}
    for line in connection.execute(_LINES.where(t.decision.c.kickoff_id.in_(ids))):
        kinds.setdefault(line.kickoff_id, []).append(line.kind)
    return tuple(_look_at(row, people.get(row.id, []), kinds.get(row.id, []), person) for row in rows)


def is_seen(connection: Connection, workspace: str, person: str, channels: Collection[str], kickoff_id: int) -> bool:
    """Whether this project is among those that `list_projects` lists."""
    query = select(t.kickoff.c.id).where(t.kickoff.c.id == kickoff_id, _is_seen(workspace, person, channels))
    return connection.execute(query).first() is not None


def ids_for_home(connection: Connection, workspace: str, person: str, newest: int) -> tuple[tuple[int, ...], int]:
    """The ids of the kickoffs that the first page of somebody's Home tab needs, and how many they have to do with.

    Of those that they started or take part in, the `newest` are needed; of the others that go on, those in which a
    question waits for them, and those in which they started or own what others have not answered yet. Newest first.
    """
    takes_part = _takes_part(workspace, person)
    query = select(t.kickoff.c.id).where(_is_seen(workspace, person, ())).order_by(t.kickoff.c.id.desc())
    ids = connection.execute(query).scalars().all()
    if len(ids) <= newest:
        return tuple(ids), len(ids)
    asked = takes_part.where(t.interview.c.standing == Standing.OPEN.value)
    # Who owns one depends on who is there; whoever holds the role may.
    owned = takes_part.where(cast(t.interview.c.roles, String).contains(Role.PRODUCT_OWNER.value))
    waits = select(t.interview.c.kickoff_id).where(
        t.interview.c.person != person, t.interview.c.standing.in_(_WAITED_FOR)
    )
    looked_after = (t.kickoff.c.starter == person) | t.kickoff.c.id.in_(owned)
    needed = or_(
        t.kickoff.c.id.in_(ids[:newest]),
        t.kickoff.c.closed_at.is_(None) & (t.kickoff.c.id.in_(asked) | (looked_after & t.kickoff.c.id.in_(waits))),
    )
    return tuple(connection.execute(query.where(needed)).scalars()), len(ids)


_WAITED_FOR = (Standing.INVITED.value, Standing.OPEN.value)
_KICKOFFS = select(
    t.kickoff.c.id, t.kickoff.c.name, t.kickoff.c.channel, t.kickoff.c.starter, t.kickoff.c.concluded_at
).order_by(t.kickoff.c.id.desc())
_PEOPLE = select(t.interview.c.kickoff_id, t.interview.c.person, t.interview.c.standing, t.interview.c.roles).where(
    t.interview.c.standing != Standing.REMOVED.value
)
_KIND = t.decision.c.line["kind"].as_string()
_LINES = select(t.decision.c.kickoff_id, _KIND.label("kind")).where(_KIND.in_(KINDS)).order_by(t.decision.c.id)


def _is_seen(workspace: str, person: str, channels: Collection[str]) -> ColumnElement[bool]:
    theirs = (t.kickoff.c.starter == person) | t.kickoff.c.id.in_(_takes_part(workspace, person))
    return (t.kickoff.c.workspace == workspace) & (theirs | t.kickoff.c.channel.in_(channels))


def _takes_part(workspace: str, person: str) -> Select[Any]:
    return select(t.interview.c.kickoff_id).where(
        t.interview.c.workspace == workspace,
        t.interview.c.person == person,
        t.interview.c.standing != Standing.REMOVED.value,
    )


def _look_at(
    row: Row[*tuple[Any, ...]], people: Sequence[Row[*tuple[Any, ...]]], kinds: Sequence[str], person: str
) -> Overview:
    asked = [one for one in people if one.standing != Standing.UNAVAILABLE.value]
    theirs = [one for one in people if one.person == person]
    return Overview(
        id=row.id,
        name=row.name,
        channel=row.channel,
        status=status_of(kinds, concluded=row.concluded_at is not None),
        is_own=row.starter == person or bool(theirs),
        roles=tuple(Role(role) for one in theirs for role in one.roles),
        done=sum(one.standing in _DONE for one in asked),
        asked=len(asked),
    )
