"""The check that each risk calls for: what to look at, who looks, and by when (section 2.5; K54 to K60)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flows.dated_checks import DatedCheck, working_day
from flows.failure_reasons import Reason
from flows.roles import Role
from flows.shown import Shown


@dataclass(frozen=True)
class _Kind:
    what: str
    roles: tuple[Role, ...]
    weeks: int


_LEADERS = (Role.EXECUTIVE_SPONSOR, Role.PRODUCT_OWNER)
_BUILDERS = (Role.ML_ENGINEER, Role.DATA_SCIENTIST, Role.SOFTWARE_ENGINEER)

_KINDS: Mapping[Reason, _Kind] = {
    Reason.TALENT: _Kind("Name one person who has taken a model into use and will guide this one.", _LEADERS, 3),
    Reason.LEADERSHIP: _Kind(
        "Tell those in charge what a slow month looks like, and agree with them on the first result anew.",
        (Role.PRODUCT_OWNER,),
        2,
    ),
    Reason.INFRASTRUCTURE: _Kind(
        "Put together one input from the live systems by hand, and time it.", (Role.DATA_ENGINEER, Role.DEVOPS), 2
    ),
    Reason.LABELS: _Kind(
        "Have two people label the same 50 examples, and count where they differ.",
        (Role.LABELLING_LEAD, Role.DOMAIN_EXPERT, Role.DATA_SCIENTIST),
        2,
    ),
    Reason.SILOS: _Kind(
        "Get 100 sample rows from the owner of the data.", (Role.DATA_ENGINEER, Role.DATA_SCIENTIST), 2
    ),
    Reason.INFEASIBLE: _Kind("Try the smallest version on a small part, and show what came of it.", _BUILDERS, 4),
    Reason.ALIGNMENT: _Kind(
        "Show a first rough result to the business side, and write down what would make them accept it.",
        (Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR),
        4,
    ),
}


def check_key(reason: Reason) -> str:
    """What the check of a risk is called among all checks of its kickoff."""
    return f"risk:{reason.value}"


def propose_check(shown: Shown, reason: Reason, today: date) -> DatedCheck:
    """The check that a risk calls for, by whoever holds the role for it, or else the project's owner."""
    kind = _KINDS[reason]
    owner = next(iter(shown.holders(*kind.roles)), shown.kickoff.owner)
    return DatedCheck(check_key(reason), kind.what, owner, working_day(today + timedelta(weeks=kind.weeks)))
