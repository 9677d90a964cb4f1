"""When somebody is asked for progress, as columns of the table of whatever they are asked about."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from flows.absence import Absence
from flows.cadence import dump_cadence, load_cadence
from flows.kickoffs import Nudge


def load(row: Row[Any]) -> Nudge:
    """The nudge of a row."""
    # A pause of which no beginning is known had begun when it was kept.
    pause = Absence(row.paused_from or date.min, row.paused_until) if row.paused_until else None
    return Nudge(
        cadence=load_cadence(row.cadence),
        zone=row.zone,
        next_due_at=row.next_due_at,
        last_at=row.nudged_at,
        unanswered=row.unanswered,
        pause=pause,
        snoozed_until=row.snoozed_until,
        asked=row.nudges,
    )


def dump(nudge: Nudge) -> dict[str, Any]:
    """A nudge as the values of its columns."""
    return {
        "cadence": dump_cadence(nudge.cadence),
        "zone": nudge.zone,
        "next_due_at": nudge.next_due_at,
        "nudged_at": nudge.last_at,
        "unanswered": nudge.unanswered,
        "paused_from": nudge.pause.first if nudge.pause else None,
        "paused_until": nudge.pause.last if nudge.pause else None,
        "snoozed_until": nudge.snoozed_until,
        "nudges": nudge.asked,
    }
