"""What is known of people: what Slack last said of them, and what they said themselves."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import person as people

_KNOWN = select(people).where(people.c.workspace == bindparam("workspace"), people.c.person == bindparam("person"))
_DIALECTS = {"postgresql": postgresql, "sqlite": sqlite}


@dataclass(frozen=True)
class Person:
    """What is known of a person.

    Attributes:
        zone: IANA time zone; empty when it was never looked up.
        gone: Whether their account was closed.
        away_from: The first day on which they said to be away; None when they said nothing.
        away_until: The last such day.
        opened_home: Whether they have opened the app's Home tab.
        home_page: The page of it that they have turned to; empty for the first.
    """

    zone: str = ""
    gone: bool = False
    away_from: date | None = None
    away_until: date | None = None
    opened_home: bool = False
    home_page: str = ""


def find(connection: Connection, workspace: str, person: str) -> Person:
    """What is known of a person; of somebody never met, nothing."""
    row = connection.execute(_KNOWN, {"workspace": workspace, "person": person}).first()
    return (
        Person(row.zone, row.gone, row.away_from, row.away_until, row.opened_home, row.home_page) if row else Person()
    )


def save_absence(connection: Connection, workspace: str, person: str, first: date | None, last: date | None) -> None:
    """Keep when a person is away, both days included; None for not at all."""
    _save(connection, workspace, person, away_from=first, away_until=last)


def note_home(connection: Connection, workspace: str, person: str) -> None:
    """Keep that a person looks at the app's Home tab."""
    _save(connection, workspace, person, opened_home=True)


def turn_home(connection: Connection, workspace: str, person: str, page: str) -> None:
    """Keep the page of the Home tab that somebody turned to."""
    _save(connection, workspace, person, home_page=page)


def save_zone(connection: Connection, workspace: str, person: str, zone: str) -> None:
    """Keep a person's IANA time zone."""
    _save(connection, workspace, person, zone=zone)


def save_gone(connection: Connection, workspace: str, person: str, *, gone: bool) -> None:
    """Keep whether a person's account was closed."""
    _save(connection, workspace, person, gone=gone)


def _save(connection: Connection, workspace: str, person: str, **learned: str | bool | date | None) -> None:
    row = {
        "workspace": workspace,
        "person": person,
        "zone": "",
        "gone": False,
        "opened_home": False,
        "home_page": "",
        **learned,
    }
    insert = _DIALECTS[connection.dialect.name].insert(people).values(**row)
    connection.execute(insert.on_conflict_do_update(index_elements=["workspace", "person"], set_=learned))


def zone_of(connection: Connection, workspace: str, person: str) -> str | None:
    """The person's IANA time zone; None when it was never looked up."""
    return find(connection, workspace, person).zone or None


def is_gone(connection: Connection, workspace: str, person: str) -> bool:
    """Whether the person's account was closed, as far as Slack has told."""
    return find(connection, workspace, person).gone
