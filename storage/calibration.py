"""What the closed projects of a workspace teach its scores, and whether they listen; nothing of it is overwritten."""

from collections.abc import Collection

from sqlalchemy import Connection, Select, func, insert, select

from flows.decisions import ProjectClosed, load_decision
from flows.scoring.calibration import ClosedProject, Switch, Taught, calibrate, count_held, times_predicted
from flows.scoring.scales import Calibration
from storage.tables import calibration_use, decision, kickoff

# A kickoff is closed at the moment of the line that says so, so the line is found without reading its whole ledger.
_ENDS = (
    select(decision.c.kickoff_id, decision.c.line)
    .join(kickoff, kickoff.c.id == decision.c.kickoff_id)
    .where(decision.c.decided_at == kickoff.c.closed_at)
    .order_by(decision.c.id)
)


def ends_of(connection: Connection, kickoff_ids: Collection[int]) -> dict[int, ProjectClosed]:
    """How these kickoffs ended, by their ids; those that go on are left out."""
    return _read(connection, _ENDS.where(kickoff.c.id.in_(kickoff_ids)))


def lock_teaching(connection: Connection, workspace: str) -> None:
    """Until this transaction ends, nobody else changes what is taught: two who do must see each other's change.

    On SQLite a transaction that writes has the database for itself.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"taught:{workspace}"))))


def taught_of(connection: Connection, workspace: str) -> Taught:
    """What the closed projects of a workspace teach, and whether anybody said that they are to count."""
    ends = tuple(_read(connection, _ENDS.where(kickoff.c.workspace == workspace)).values())
    closed = [ClosedProject(one.uncalibrated, one.weeks, one.outcome) for one in ends]
    # What was said of a project is its range with all that had been learned by then.
    said = [ClosedProject(one.predicted, one.weeks, one.outcome) for one in ends]
    return Taught(calibrate(closed), times_predicted(closed), _switch_of(connection, workspace), count_held(said))


def calibration_of(connection: Connection, workspace: str) -> Calibration:
    """What the scores of a workspace are made with."""
    return taught_of(connection, workspace).in_use


def keep_switch(connection: Connection, workspace: str, switch: Switch) -> None:
    """Keep somebody's word on whether closed projects count; what was said before stays on record."""
    values = {"workspace": workspace, "is_on": switch.is_on, "told_by": switch.by, "told_at": switch.at}
    connection.execute(insert(calibration_use).values(**values))


def _switch_of(connection: Connection, workspace: str) -> Switch | None:
    said = select(calibration_use).where(calibration_use.c.workspace == workspace)
    row = connection.execute(said.order_by(calibration_use.c.id.desc()).limit(1)).first()
    return Switch(row.is_on, row.told_by, row.told_at) if row else None


def _read(connection: Connection, query: Select[tuple[int, dict[str, object]]]) -> dict[int, ProjectClosed]:
    lines = ((row.kickoff_id, load_decision(row.line)) for row in connection.execute(query))
    return {kickoff_id: line for kickoff_id, line in lines if isinstance(line, ProjectClosed)}
