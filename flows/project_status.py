"""How far a project is on the way from its first question to a signed balance, in one word."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class ProjectStatus(StrEnum):
    """Where a project stands."""

    INTERVIEWS = "interviews"
    RESULTS = "results"
    VOTE = "vote"
    SETTLED = "settled"
    CLOSED = "closed"


SAYS: Mapping[ProjectStatus, str] = {
    ProjectStatus.INTERVIEWS: "people are asked",
    ProjectStatus.RESULTS: "results are there",
    ProjectStatus.VOTE: "a balance is voted on",
    ProjectStatus.SETTLED: "a balance is settled",
    ProjectStatus.CLOSED: "it is closed",
}
"""Each status in plain words."""

_ENDS = ("project_closed", "project_reopened")
_STEPS = ("round_opened", "balance_settled", "balance_dropped")

KINDS = (*_STEPS, *_ENDS)
"""The lines of the ledger that move a project from one status to another."""


def status_of(kinds: Sequence[str], *, concluded: bool) -> ProjectStatus:
    """The status that follows from the kinds of a ledger's lines, oldest first, of which only `KINDS` count."""
    if next((kind for kind in reversed(kinds) if kind in _ENDS), "") == "project_closed":
        return ProjectStatus.CLOSED
    last = next((kind for kind in reversed(kinds) if kind in _STEPS), "")
    if last == "balance_settled":
        return ProjectStatus.SETTLED
    if last == "round_opened":
        return ProjectStatus.VOTE
    return ProjectStatus.RESULTS if concluded else ProjectStatus.INTERVIEWS
