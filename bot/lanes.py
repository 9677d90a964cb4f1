"""Which kickoff, and which stakeholder, the parcels of a lane are about."""

from sqlalchemy import Connection

from flows.kickoffs import Kickoff
from storage import kickoffs

_OF_KICKOFFS = frozenset({"kickoff", "card", "nudge", "zone"})
_OF_INTERVIEWS = frozenset({"invite", "remind", "interview", "closing"})


def kind_of(lane: str) -> str:
    """The first part of a lane's name: what kind of thing is said there."""
    return lane.partition(":")[0]


def interview_of(lane: str) -> int | None:
    """The interview whose lane it is; None for other lanes."""
    return int(lane.partition(":")[2]) if kind_of(lane) in _OF_INTERVIEWS else None


def kickoff_of(connection: Connection, lane: str, *, lock: bool = False) -> Kickoff | None:
    """The kickoff that a lane is about; None where it is about none. `lock` as for `kickoffs.load`."""
    interview_id = interview_of(lane)
    if interview_id is not None:
        return kickoffs.load_interview(connection, interview_id, lock=lock)[0]
    return kickoffs.load(connection, int(lane.partition(":")[2]), lock=lock) if kind_of(lane) in _OF_KICKOFFS else None
