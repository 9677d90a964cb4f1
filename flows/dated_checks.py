"""Checks with a date and an owner: what to look at, by when, and what was seen (section 2.5; K54 to K60).

A check is asked about when its day comes. What is still a risk then is asked about again, until it is fine or it
happened; so no risk that people saw is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.decisions import CheckAnswered, CheckSet, CheckState
from flows.objectives import describe_day
from flows.shown import Line, join_sentences
from flows.working_days import add_working_days, is_working_day

AGAIN_AFTER = timedelta(weeks=2)
"""What is still a risk is looked at again after so long."""

SAYS = {
    CheckState.FINE: "fine",
    CheckState.STILL: "still a risk",
    CheckState.HAPPENED: "it happened",
}


@dataclass(frozen=True)
class DatedCheck:
    """One check as it stands.

    Attributes:
        key: Names it among the checks of its kickoff: "risk:silos".
        what: What to look at or do, in one sentence.
        owner: Slack user id of who looks.
        due: By when.
        seen: What was seen last; None before anybody looked.
        is_over: Whether nothing is asked about it any more.
    """

    key: str
    what: str
    owner: str
    due: date
    seen: CheckState | None = None
    is_over: bool = False

    def is_overdue(self, today: date) -> bool:
        """Whether its day is over and nobody has said what they saw."""
        return not self.is_over and self.due < today


def go_on(line: CheckSet | CheckAnswered, before: Mapping[str, DatedCheck]) -> Mapping[str, DatedCheck]:
    """The checks after a line of the ledger, by their keys, in the order in which they were first set."""
    found = before.get(line.check)
    if isinstance(line, CheckSet):
        seen = found.seen if found else None
        return {**before, line.check: DatedCheck(line.check, line.what, line.owner, line.due, seen)}
    if found is None or found.is_over:
        return before
    is_over = line.state is not CheckState.STILL
    due = found.due if is_over or line.again is None else line.again
    return {**before, line.check: replace(found, seen=line.state, is_over=is_over, due=due)}


def look_again(today: date) -> date:
    """The day on which what is still a risk is looked at again."""
    return working_day(today + AGAIN_AFTER)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day if is_working_day(day) else add_working_days(day, 1)


def list_overdue(checks: Mapping[str, DatedCheck], today: date) -> tuple[DatedCheck, ...]:
    """Those that nobody has looked at in time, the oldest first."""
    return tuple(sorted((one for one in checks.values() if one.is_overdue(today)), key=lambda one: (one.due, one.key)))


def write_checks(checks: Mapping[str, DatedCheck]) -> tuple[Line, ...]:
    """The checks as lines of the charter."""
    return tuple(
        Line(key=f"check:{one.key}", title="Check", text=join_sentences((one.what, say_when(one), f"<@{one.owner}>")))
        for one in checks.values()
    )


def say_when(check: DatedCheck) -> str:
    """When it is looked at, and what was seen: "still a risk, by 10 December 2026"."""
    seen = SAYS[check.seen] if check.seen else ""
    return ", ".join(part for part in (seen, "" if check.is_over else f"by {describe_day(check.due)}") if part)
