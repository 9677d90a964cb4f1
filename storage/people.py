"""What Slack last said of people."""

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.tables import person as people

_ZONE = select(people.c.zone).where(
    people.c.workspace == bindparam("workspace"), people.c.person == bindparam("person")
)


def save_zone(connection: Connection, workspace: str, person: str, zone: str) -> None:
    """Keep a person's IANA time zone."""
    connection.execute(delete(people).where(people.c.workspace == workspace, people.c.person == person))
    connection.execute(insert(people).values(workspace=workspace, person=person, zone=zone))


def zone_of(connection: Connection, workspace: str, person: str) -> str | None:
    """The person's IANA time zone; None when they were never looked up."""
    return connection.execute(_ZONE, {"workspace": workspace, "person": person}).scalar_one_or_none()
