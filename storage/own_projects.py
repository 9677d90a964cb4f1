"""How long the projects of a workspace took that came into use, by their logs and by what was said at their end."""

from sqlalchemy import Connection, case, func, or_, select

from flows.activity import Stage
from flows.closing import Outcome
from flows.expectations import OwnProject
from storage import calibration
from storage.tables import activity, kickoff

_IN_USE = frozenset({Outcome.REACHED, Outcome.PART})


def in_use(connection: Connection, workspace: str) -> tuple[OwnProject, ...]:
    """Those whose log says that they were put into use, or that ended well, from their first entry on."""
    is_deployed = activity.c.entry["stage"].as_string() == Stage.DEPLOY.value
    began, used = func.min(activity.c.logged_at), func.min(case((is_deployed, activity.c.logged_at)))
    projects = (
        select(kickoff.c.id, kickoff.c.created_at, kickoff.c.closed_at, began.label("began"), used.label("used"))
        .outerjoin(activity, activity.c.kickoff_id == kickoff.c.id)
        .where(kickoff.c.workspace == workspace)
        .group_by(kickoff.c.id, kickoff.c.created_at, kickoff.c.closed_at)
        .having(or_(used.is_not(None), kickoff.c.closed_at.is_not(None)))
        .order_by(kickoff.c.id)
    )
    rows = connection.execute(projects).all()
    ends = calibration.ends_of(connection, [row.id for row in rows if row.closed_at])
    ended_well = {key for key, end in ends.items() if end.outcome in _IN_USE}
    return tuple(
        OwnProject(row.began or row.created_at, row.used or row.closed_at)
        for row in rows
        if row.used or row.id in ended_well
    )
