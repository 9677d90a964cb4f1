"""The activity log (chapter 2, section 2.2.3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, insert, select

from flows.activity import Entry, Stage
from flows.expectations import OwnProject
from storage.tables import activity, kickoff


@dataclass(frozen=True)
class Logged:
    """An entry with who made it and when."""

    person: str
    entry: Entry
    logged_at: datetime


def add(connection: Connection, kickoff_id: int, logged: Logged) -> None:
    """Keep an entry."""
    values = {"kickoff_id": kickoff_id, "person": logged.person, "logged_at": logged.logged_at}
    connection.execute(insert(activity).values(**values, entry=logged.entry.model_dump(mode="json")))


def of_kickoff(connection: Connection, kickoff_id: int) -> tuple[Logged, ...]:
    """A kickoff's entries, oldest first."""
    rows = connection.execute(select(activity).where(activity.c.kickoff_id == kickoff_id).order_by(activity.c.id))
    return tuple(Logged(row.person, Entry.model_validate(row.entry), row.logged_at) for row in rows)


def in_use(connection: Connection, workspace: str) -> tuple[OwnProject, ...]:
    """The projects of a workspace whose log says that they were put into use, from the first entry to that one."""
    is_deployed = activity.c.entry["stage"].as_string() == Stage.DEPLOY.value
    began, used = func.min(activity.c.logged_at), func.min(case((is_deployed, activity.c.logged_at)))
    projects = (
        select(began.label("began"), used.label("used"))
        .join(kickoff, kickoff.c.id == activity.c.kickoff_id)
        .where(kickoff.c.workspace == workspace)
        .group_by(activity.c.kickoff_id)
        .having(used.is_not(None))
        .order_by(activity.c.kickoff_id)
    )
    return tuple(OwnProject(row.began, row.used) for row in connection.execute(projects))
