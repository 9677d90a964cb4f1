"""Why the error stands still, and until when it is expected to, while something is built (section 2.2.3; K34)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from flows.dated_checks import working_day
from flows.decisions import Decision, PlateauExplained, PlateauReason
from flows.plateau import Plateau
from flows.progress import Progress

LABELS: Mapping[PlateauReason, str] = {
    PlateauReason.FEATURE: "A new feature",
    PlateauReason.OUTSIDE_DATA: "Data from outside",
    PlateauReason.LABELS: "More labels",
    PlateauReason.OUTSOURCED: "Labels made outside",
    PlateauReason.SPENT: "The idea is spent",
}
"""What the buttons say."""

MEANWHILE: Mapping[PlateauReason, str] = {
    PlateauReason.FEATURE: "a new feature is being built",
    PlateauReason.OUTSIDE_DATA: "data from outside is being brought in",
    PlateauReason.LABELS: "more examples are being labelled",
    PlateauReason.OUTSOURCED: "labels are being made outside the house",
    PlateauReason.SPENT: "the idea is spent, and another one is being looked for",
}
"""What is being done, to be read after "Meanwhile"."""

_WEEKS: Mapping[PlateauReason, int] = {
    PlateauReason.FEATURE: 2,
    PlateauReason.OUTSIDE_DATA: 3,
    PlateauReason.LABELS: 2,
    PlateauReason.OUTSOURCED: 4,
    PlateauReason.SPENT: 2,
}
"""After so many weeks the error is expected to move; an assumption, said as one."""

TOO_MANY = 2
"""From so many plateaus without a reason on, it is asked whether to stop."""


def expected_until(reason: PlateauReason, today: date) -> date:
    """The working day by which the error is expected to move."""
    return working_day(today + timedelta(weeks=_WEEKS[reason]))


def last_reason(progress: Progress, plateau: Plateau, ledger: Iterable[Decision]) -> PlateauExplained | None:
    """What was said last of a plateau; None where nobody has said anything."""
    first, last = progress.points[plateau.first].day, progress.points[plateau.last].day
    lines = [line for line in ledger if isinstance(line, PlateauExplained) and first <= line.since <= last]
    return lines[-1] if lines else None


def reason_for(
    progress: Progress, plateau: Plateau, ledger: Iterable[Decision], today: date
) -> PlateauExplained | None:
    """Why a plateau is none to worry about: what was said last of it, unless the error should have moved since."""
    line = last_reason(progress, plateau, ledger)
    lasts = plateau == progress.plateau
    return None if line is None or (lasts and line.until < today) else line


def without_reason(progress: Progress, ledger: Iterable[Decision], today: date) -> tuple[Plateau, ...]:
    """The plateaus for which there is no reason, or none any more."""
    lines = tuple(ledger)
    return tuple(one for one in progress.plateaus if reason_for(progress, one, lines, today) is None)
