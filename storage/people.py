"""What Slack last said of people."""

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import person as people

_KNOWN = select(people.c.zone, people.c.gone).where(
    people.c.workspace == bindparam("workspace"), people.c.person == bindparam("person")
)
_DIALECTS = {"postgresql": postgresql, "sqlite": sqlite}


def save_zone(connection: Connection, workspace: str, person: str, zone: str) -> None:
    """Keep a person's IANA time zone."""
    _save(connection, workspace, person, zone=zone)


def save_gone(connection: Connection, workspace: str, person: str, *, gone: bool) -> None:
    """Keep whether a person's account was closed."""
    _save(connection, workspace, person, gone=gone)


def _save(connection: Connection, workspace: str, person: str, **learned: str | bool) -> None:
    row = {"workspace": workspace, "person": person, "zone": "", "gone": False, **learned}
    insert = _DIALECTS[connection.dialect.name].insert(people).values(**row)
    connection.execute(insert.on_conflict_do_update(index_elements=["workspace", "person"], set_=learned))


def zone_of(connection: Connection, workspace: str, person: str) -> str | None:
    """The person's IANA time zone; None when it was never looked up."""
    row = connection.execute(_KNOWN, {"workspace": workspace, "person": person}).first()
    return row.zone or None if row else None


def is_gone(connection: Connection, workspace: str, person: str) -> bool:
    """Whether the person's account was closed, as far as Slack has told."""
    row = connection.execute(_KNOWN, {"workspace": workspace, "person": person}).first()
    return bool(row and row.gone)
