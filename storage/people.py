"""What Slack last said of people."""

from sqlalchemy import Connection, delete, insert, select

from storage.tables import person as people


def save_zone(connection: Connection, workspace: str, person: str, zone: str) -> None:
    """Keep a person's IANA time zone."""
    connection.execute(delete(people).where(people.c.workspace == workspace, people.c.person == person))
    connection.execute(insert(people).values(workspace=workspace, person=person, zone=zone))


def zone_of(connection: Connection, workspace: str, person: str) -> str | None:
    """The person's IANA time zone; None when they were never looked up."""
    query = select(people.c.zone).where(people.c.workspace == workspace, people.c.person == person)
    return connection.execute(query).scalar_one_or_none()
