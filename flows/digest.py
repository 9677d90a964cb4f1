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
from flows.decisions import CheckState, Decision, HelpAsked, UnknownChanged, UnknownStatus
from flows.digest_days import Span
from flows.forecast import Forecast, forecast
from flows.help_asked import find_asked, is_helped
from flows.kickoffs import Kickoff
from flows.plateau_reasons import TOO_MANY, without_reason
from flows.progress import Point, Progress, read_progress
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
        first: Its first day, or an earlier one that something in it is about.
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
        blocked: An entry that says that the work waits, with whose it is, for which nobody has said that it is done:
            the newest one of which nobody was asked or the day is over, else the newest one; None for none.
        asked: Who was asked for what because of it; None where nobody was.
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
    asked: HelpAsked | None = None
    unknown: RegisterRow | None = None
    unsigned: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in it and nothing is to be decided."""
        return not (self.time.hours or self.best is not None or self.found or self.due or self.blocked)


def read_digest(
    kickoff: Kickoff, ledger: Sequence[Decision], log: Sequence[Row], expected: Spread, span: Span
) -> Digest:
    """What a span of days brought a project.

    Args:
        kickoff: Whose, as it is now.
        ledger: What was decided.
        log: All that was logged, oldest first.
        expected: Person-weeks of the whole, as the score has them.
        span: What it is about; its last day is taken for today.
    """
    last = span.last
    until = [row for row in log if span.reaches(row.day, row.logged_at)]
    here = [row for row in until if span.holds(row.day, row.logged_at)]
    progress = read_progress([(row.day, row.entry) for row in until], hear(kickoff))
    measured = _pair(progress, until)
    news = [span.holds(row.day, row.logged_at) for row, _ in measured]
    errors = [point.error for _, point in measured]
    rows, stands = read_register(kickoff, ledger, last), follow(ledger)
    overdue_rows = due_rows(rows, last)
    blocked = _find_blocked(ledger, here, last)
    digest = Digest(
        first=min([span.first, *(row.day for row in here)]),
        last=last,
        progress=progress,
        before=_find_before(errors, news),
        best=min((error for error, is_new in zip(errors, news, strict=True) if is_new), default=None),
        ruled_out=_list_ruled_out(measured, news),
        time=add_up(here),
        found=_list_found(ledger, rows, span, zone_named(kickoff.nudge.zone)),
        due=_list_due(stands, last),
        open_rows=sum(row.is_open for row in rows),
        forecast=forecast([(row.day, row.entry) for row in until], expected, last),
        need=None,
        blocked=blocked,
        asked=find_asked(ledger, blocked.id) if blocked else None,
        unknown=overdue_rows[0] if overdue_rows else None,
        unsigned=missing_signatures(kickoff, stands.signatures) if stands.settled else (),
    )
    need = next(_list_needs(kickoff, ledger, stands, digest), None)
    return replace(digest, need=need)


def _pair(progress: Progress | None, log: Sequence[Row]) -> list[tuple[Row, Point]]:
    """Each measurement of the progress with the entry that it comes from, in their order."""
    if progress is None:
        return []
    ordered = sorted(log, key=lambda row: row.day)
    measured = [row for row in ordered if row.entry.metric == progress.metric and row.entry.value is not None]
    return list(zip(measured, progress.points, strict=True))


def _find_before(errors: Sequence[float], news: Sequence[bool]) -> float | None:
    """The smallest error that is not new; where there is none, the first one, if it is not the only one."""
    before = [error for error, is_new in zip(errors, news, strict=True) if not is_new]
    if before:
        return min(before)
    return errors[0] if len(errors) > 1 else None


def _list_ruled_out(measured: Sequence[tuple[Row, Point]], news: Sequence[bool]) -> tuple[str, ...]:
    """What was written about each new measurement that was no better than the best one before it, newest first."""
    errors = [point.error for _, point in measured]
    notes = [
        " ".join(row.entry.note.split())
        for place, ((row, point), is_new) in enumerate(zip(measured, news, strict=True))
        if is_new and place and point.error >= min(errors[:place])
    ]
    return tuple(note for note in reversed(notes) if note)


def _find_blocked(ledger: Sequence[Decision], here: Iterable[Row], last: date) -> Row | None:
    """The entry by which the work waits; the newest one comes first, and those where somebody is at it come last."""
    # What was waited for weeks ago is over, or is in a newer entry.
    recent = (row for row in here if row.entry.is_blocked and row.day > last - _NEXT_WEEK)
    waiting = [row for row in recent if not is_helped(ledger, row.id)]

    def is_under_way(row: Row) -> bool:
        asked = find_asked(ledger, row.id)
        return asked is not None and asked.due >= last

    return min(reversed(waiting), key=is_under_way, default=None)


def _list_found(ledger: Sequence[Decision], rows: Iterable[RegisterRow], span: Span, zone: ZoneInfo) -> tuple[str, ...]:
    """The names of the rows that somebody called found out in the span, and that still are."""
    names = {row.key: row.name for row in rows if row.status is UnknownStatus.FOUND}
    lines = (line for line in ledger if isinstance(line, UnknownChanged) and line.status is UnknownStatus.FOUND)
    keys = dict.fromkeys(line.key for line in lines if span.holds(line.at.astimezone(zone).date(), line.at))
    return tuple(names[key] for key in keys if key in names)


def _list_due(stands: Agreement, last: date) -> tuple[DatedCheck, ...]:
    soon = (one for one in stands.checks.values() if not one.is_over and last <= one.due <= last + _NEXT_WEEK)
    return (*list_overdue(stands.checks, last), *sorted(soon, key=lambda one: (one.due, one.key)))


def _list_needs(kickoff: Kickoff, ledger: Sequence[Decision], stands: Agreement, digest: Digest) -> Iterator[Need]:
    if digest.blocked and (digest.asked is None or digest.asked.due < digest.last):
        yield Need.BLOCKED
    if stands.awaits_owner:
        yield Need.DECIDE
    if (
        digest.progress
        and digest.progress.plateau
        and len(without_reason(digest.progress, ledger, digest.last)) >= TOO_MANY
    ):
        yield Need.STOP
    if any(check.is_overdue(digest.last) or check.seen is CheckState.HAPPENED for check in digest.due):
        yield Need.CHECK
    if digest.unknown:
        yield Need.UNKNOWN
    if kickoff.concluded_at and kickoff.stakes and not (stands.settled or stands.rounds):
        yield Need.BALANCE
    if digest.unsigned:
        yield Need.SIGN
