"""What a digest tells of a week or a month: what was learned, what it took, what is due, and what to decide (2.2.3).

An experiment without gain is learning too: it rules something out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from flows.agreement import Agreement, follow
from flows.dated_checks import DatedCheck, list_overdue
from flows.decisions import CheckState, Decision, UnknownChanged, UnknownStatus
from flows.forecast import Forecast, forecast
from flows.kickoffs import Kickoff
from flows.plateau_reasons import TOO_MANY, without_reason
from flows.progress import Progress, read_progress
from flows.register_rows import RegisterRow, due_rows, read_register
from flows.scoring.draws import Spread
from flows.scoring.heard import hear
from flows.signing import missing_signatures
from flows.time_report import Row, TimeReport, add_up
from flows.working_days import zone_named

_NEXT_WEEK = timedelta(days=7)


class Need(StrEnum):
    """What somebody has to decide or do, the most urgent first."""

    BLOCKED = "blocked"
    DECIDE = "decide"
    STOP = "stop"
    CHECK = "check"
    UNKNOWN = "unknown"
    BALANCE = "balance"
    SIGN = "sign"


@dataclass(frozen=True)
class Digest:
    """What a span of days brought.

    Attributes:
        first: Its first day.
        last: Its last day.
        progress: The measurements up to its end; None where nothing was measured.
        before: The smallest error before it, in the unit of `progress`; where nothing was measured before, the first
            one in it, and None where that is the only one.
        best: The smallest error in it; None where nothing was measured in it.
        ruled_out: What was tried in it and measured without gain, in people's words, the newest first.
        time: The hours of it.
        found: The names of what was found out in it.
        due: The checks that are overdue, or due within a week after it.
        open_rows: How many things nobody knows yet.
        forecast: When the work may be done; None where no hours are logged.
        need: What somebody has to decide; None for nothing.
        blocked: The newest entry of the span that says that the work waits, with whose it is; None for none.
        unknown: The thing that should have been found out by now; None for none.
        unsigned: Who has not signed the goal card.
    """

    first: date
    last: date
    progress: Progress | None
    before: float | None
    best: float | None
    ruled_out: tuple[str, ...]
    time: TimeReport
    found: tuple[str, ...]
    due: tuple[DatedCheck, ...]
    open_rows: int
    forecast: Forecast | None
    need: Need | None
    blocked: Row | None = None
    unknown: RegisterRow | None = None
    unsigned: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in it and nothing is to be decided."""
        return not (self.time.hours or self.best is not None or self.found or self.due or self.blocked)


def read_digest(
    kickoff: Kickoff, ledger: Sequence[Decision], log: Sequence[Row], expected: Spread, first: date, last: date
) -> Digest:
    """What a span of days brought a project.

    Args:
        kickoff: Whose, as it is now.
        ledger: What was decided.
        log: All that was logged, oldest first.
        expected: Person-weeks of the whole, as the score has them.
        first: The first day.
        last: The last day, which is taken for today.
    """
    heard, stands = hear(kickoff), follow(ledger)
    until = [row for row in log if row.day <= last]
    span = [row for row in until if row.day >= first]
    progress = read_progress([(row.day, row.entry) for row in until], heard)
    rows = read_register(kickoff, ledger, last)
    overdue_rows = due_rows(rows, last)
    # What was waited for weeks ago is over, or is in a newer entry.
    blocked = next((row for row in reversed(span) if row.entry.is_blocked and row.day > last - _NEXT_WEEK), None)
    digest = Digest(
        first=first,
        last=last,
        progress=progress,
        before=_find_before(progress, first, last),
        best=_best(progress, first, last),
        ruled_out=_list_ruled_out(progress, span),
        time=add_up(span),
        found=_list_found(ledger, rows, first, last, zone_named(kickoff.nudge.zone)),
        due=_list_due(stands, last),
        open_rows=sum(row.is_open for row in rows),
        forecast=forecast([(row.day, row.entry) for row in until], expected, last),
        need=None,
        blocked=blocked,
        unknown=overdue_rows[0] if overdue_rows else None,
        unsigned=missing_signatures(kickoff, stands.signatures) if stands.settled else (),
    )
    need = next(_list_needs(kickoff, ledger, stands, digest), None)
    return replace(digest, need=need)


def _find_before(progress: Progress | None, first: date, last: date) -> float | None:
    """The smallest error before a span; where there is none, the first one in it, if it is not the only one."""
    before = _best(progress, date.min, first - timedelta(days=1))
    here = [one.error for one in progress.points if first <= one.day <= last] if progress else []
    return here[0] if before is None and len(here) > 1 else before


def _best(progress: Progress | None, first: date, last: date) -> float | None:
    """The smallest error that was measured in a span."""
    return min((one.error for one in progress.points if first <= one.day <= last), default=None) if progress else None


def _list_ruled_out(progress: Progress | None, span: Sequence[Row]) -> tuple[str, ...]:
    """What was written about each measurement of the span that was no better than the best one before it."""
    if progress is None:
        return ()
    ordered = sorted(span, key=lambda row: row.day)
    measured = [row for row in ordered if row.entry.metric == progress.metric and row.entry.value is not None]
    errors = [one.error for one in progress.points]
    start = len(errors) - len(measured)
    notes = [
        " ".join(row.entry.note.split())
        for place, row in enumerate(measured, start)
        if place and errors[place] >= min(errors[:place])
    ]
    return tuple(note for note in reversed(notes) if note)


def _list_found(
    ledger: Sequence[Decision], rows: Iterable[RegisterRow], first: date, last: date, zone: ZoneInfo
) -> tuple[str, ...]:
    """The names of the rows that somebody called found out in the span, and that still are."""
    names = {row.key: row.name for row in rows if row.status is UnknownStatus.FOUND}
    lines = (line for line in ledger if isinstance(line, UnknownChanged) and line.status is UnknownStatus.FOUND)
    keys = dict.fromkeys(line.key for line in lines if first <= line.at.astimezone(zone).date() <= last)
    return tuple(names[key] for key in keys if key in names)


def _list_due(stands: Agreement, last: date) -> tuple[DatedCheck, ...]:
    soon = (one for one in stands.checks.values() if not one.is_over and last <= one.due <= last + _NEXT_WEEK)
    return (*list_overdue(stands.checks, last), *sorted(soon, key=lambda one: (one.due, one.key)))


def _list_needs(kickoff: Kickoff, ledger: Sequence[Decision], stands: Agreement, digest: Digest) -> Iterator[Need]:
    if digest.blocked:
        yield Need.BLOCKED
    if stands.awaits_owner:
        yield Need.DECIDE
    if digest.progress and digest.progress.plateau and len(without_reason(digest.progress, ledger)) >= TOO_MANY:
        yield Need.STOP
    if any(check.is_overdue(digest.last) or check.seen is CheckState.HAPPENED for check in digest.due):
        yield Need.CHECK
    if digest.unknown:
        yield Need.UNKNOWN
    if kickoff.concluded_at and kickoff.stakes and not (stands.settled or stands.rounds):
        yield Need.BALANCE
    if digest.unsigned:
        yield Need.SIGN
