"""The unknowns register with what people did about each row, and how it empties (section 2.2.1; K16 to K21)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.answers import describe_answer
from flows.dates import say_day
from flows.decisions import Decision, UnknownChanged, UnknownStatus
from flows.kickoffs import Kickoff
from flows.question_bank import BANK
from flows.register import list_register
from flows.scoring.evidence import Evidence
from flows.scoring.heard import Heard, HeardAnswer, hear
from flows.scoring.project_score import score_project
from flows.unknowns import ANSWERED_BY, Unknown

OWN = "own:"
"""What the keys of rows begin with that people added themselves."""

_OPEN = frozenset({UnknownStatus.OPEN, UnknownStatus.LOOKING})
_ORDER = tuple(UnknownStatus)


@dataclass(frozen=True)
class RegisterRow:
    """One thing that is, or was, not known.

    Attributes:
        key: Names it: a checklist row for the chapter's six, a question's id, or a key of its own.
        name: What it is.
        why: Why it matters; empty for people's own rows.
        experiment: The cheapest way to find out.
        status: How far it is found out.
        owner: Slack user id; empty for nobody.
        answered: What somebody answered, in words; empty for nothing, and where the answer is kept.
        evidence: What people wrote down beside that; empty for nothing.
        level: How well that is known; None where nobody said.
        due: Until when; None for no day.
        is_kept: Whether the answer behind it is kept between its author and the app.
        changed_at: When somebody changed the row last; None for never.
    """

    key: str
    name: str
    why: str
    experiment: str
    status: UnknownStatus = UnknownStatus.OPEN
    owner: str = ""
    answered: str = ""
    evidence: str = ""
    level: Evidence | None = None
    due: date | None = None
    is_kept: bool = False
    changed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be found out."""
        return self.status in _OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been found out by now."""
        return self.is_open and self.due is not None and self.due < today


def read_register(kickoff: Kickoff, ledger: Iterable[Decision], today: date) -> tuple[RegisterRow, ...]:
    """All rows: overdue ones first, then open ones with what would change the score most first, then the others."""
    heard = hear(kickoff)
    changed = {line.key: line for line in ledger if isinstance(line, UnknownChanged)}
    listed = {_key(one): one for one in list_register(kickoff, score_project(heard))}
    rows = [_row(key, one, heard, changed.get(key)) for key, one in listed.items()]
    rows += [_settled(line, heard) for key, line in changed.items() if key not in listed]
    return tuple(sorted(rows, key=lambda row: (not row.is_overdue(today), _ORDER.index(row.status))))


def _key(unknown: Unknown) -> str:
    return unknown.question or unknown.row


def _row(key: str, unknown: Unknown, heard: Heard, changed: UnknownChanged | None) -> RegisterRow:
    row = RegisterRow(key, unknown.name, unknown.why, unknown.way_to_find_out, owner=unknown.owner)
    row = _with(row, changed) if changed else row
    answered = heard.answers.get(ANSWERED_BY.get(key, ""))
    if answered is None or answered.answer.value == "nothing":
        return row
    level = _level(key, answered.answer.value, answered.evidence)
    return _answered(row, answered, level, retires=level is Evidence.MEASURED)


def _answered(row: RegisterRow, heard: HeardAnswer, level: Evidence, *, retires: bool) -> RegisterRow:
    """What somebody answered goes beside what people wrote down, so that it goes when the answer does.

    Of an answer that is kept only that it is there: how well it is known, or that it is enough, would tell of it.
    """
    if heard.is_kept:
        return replace(row, is_kept=True)
    said = describe_answer(BANK.by_id[heard.answer.question], heard.answer)
    status = UnknownStatus.FOUND if retires else row.status
    return replace(row, answered=said, level=row.level or level, status=status)


def _level(key: str, value: object, evidence: Evidence) -> Evidence:
    """What shows that the quality can be reached is itself a level of evidence."""
    return Evidence(str(value)) if key == "K16" and value in set(Evidence) else evidence


def _with(row: RegisterRow, changed: UnknownChanged) -> RegisterRow:
    return replace(
        row,
        status=changed.status,
        owner=changed.owner,
        experiment=changed.experiment or row.experiment,
        evidence=changed.evidence,
        level=Evidence(changed.level) if changed.level else None,
        due=changed.due,
        changed_at=changed.at,
    )


def _settled(line: UnknownChanged, heard: Heard) -> RegisterRow:
    """A row that only the ledger knows: somebody's own, or a question that was answered since."""
    asked = BANK.by_id.get(line.key)
    name = line.name or (asked.label if asked else line.key)
    row = _with(RegisterRow(line.key, name, asked.why if asked else "", ""), line)
    answered = heard.answers.get(line.key)
    if answered is None or asked is None:
        return row
    return _answered(row, answered, answered.evidence, retires=True)


def change_status(
    row: RegisterRow, ledger: Iterable[Decision], by: str, at: datetime, status: UnknownStatus, due: date | None
) -> UnknownChanged:
    """The line that gives a row another status and day, and leaves all else as it is."""
    before = [line for line in ledger if isinstance(line, UnknownChanged) and line.key == row.key]
    line = before[-1] if before else UnknownChanged(by=by, at=at, key=row.key, owner=row.owner)
    return line.model_copy(update={"by": by, "at": at, "status": status, "due": due})


def list_answered(first: Kickoff, ledger: Iterable[Decision], rows: Iterable[RegisterRow]) -> tuple[str, ...]:
    """What was open at the start and has left the register since, as somebody answered it; labels of the questions.

    Args:
        first: The kickoff as it was at the start.
        ledger: What was decided until then.
        rows: The register as it is now.
    """
    here = {row.key for row in rows}
    left = (row.key for row in read_register(first, ledger, date.min) if row.is_open and row.key not in here)
    return tuple(BANK.by_id[key].label for key in left if key in BANK.by_id)


def find_row(rows: Iterable[RegisterRow], key: str) -> RegisterRow | None:
    """The row with this key; None where there is none."""
    return next((row for row in rows if row.key == key), None)


def due_rows(rows: Sequence[RegisterRow], today: date) -> tuple[RegisterRow, ...]:
    """The rows whose day has come."""
    return tuple(row for row in rows if row.is_open and row.due is not None and row.due <= today)


@dataclass(frozen=True)
class BurnDown:
    """How the register empties.

    Attributes:
        moments: When it was looked at, from the start to now.
        open_rows: How many rows were open then.
    """

    moments: tuple[datetime, ...]
    open_rows: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """Where it stands, and when it is empty if it goes on like this."""
        first, now = self.open_rows[0], self.open_rows[-1]
        said = f"{first} open at the start, {now} now"
        days = (self.moments[-1] - self.moments[0]).total_seconds() / _DAY
        if now == 0:
            return f"{said}: all is found out or accepted."
        if now >= first or days < 1:
            return f"{said}; no pace yet."
        left = timedelta(days=min(now / ((first - now) / days), _LONGEST))
        return f"{said}; at this pace all is found out by {say_day((self.moments[-1] + left).date())}."


_DAY = 86_400.0
_LONGEST = 3_650.0
MOST_MOMENTS = 12
"""Points of the burn-down picture."""


def moments_between(start: datetime, now: datetime) -> tuple[datetime, ...]:
    """Moments evenly apart, at least a day and at most so many that the picture can be read, with both ends."""
    days = (now - start).total_seconds() / _DAY
    steps = max(min(int(days), MOST_MOMENTS - 1), 1)
    return tuple(start + (now - start) * step / steps for step in range(steps + 1))


def burn_down(states: Iterable[tuple[datetime, Kickoff]], ledger: Sequence[Decision]) -> BurnDown:
    """Count what was open at each moment, from the kickoff as it was then."""
    counted = tuple(_count(moment, kickoff, ledger) for moment, kickoff in states)
    return BurnDown(tuple(moment for moment, _ in counted), tuple(count for _, count in counted))


def _count(moment: datetime, kickoff: Kickoff, ledger: Sequence[Decision]) -> tuple[datetime, int]:
    rows = read_register(kickoff, _until(ledger, moment), moment.date())
    return moment, sum(row.is_open for row in rows)


def _until(ledger: Sequence[Decision], moment: datetime) -> Iterator[Decision]:
    return (line for line in ledger if line.at <= moment)


STATUS_SAYS: Mapping[UnknownStatus, str] = {
    UnknownStatus.OPEN: "open",
    UnknownStatus.LOOKING: "being looked into",
    UnknownStatus.FOUND: "found out",
    UnknownStatus.ACCEPTED: "accepted as a risk",
}
"""Each status in plain words."""
