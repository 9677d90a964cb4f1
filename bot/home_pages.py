"""The pages of the Home tab, as they are kept and carried by buttons: the first one, the backlog, a project."""

from dataclasses import dataclass, replace

from flows.project_status import ProjectStatus
from flows.roles import Role

MINE, ALL = "mine", "all"
_ANY = "any"


@dataclass(frozen=True)
class BacklogPage:
    """A page of the backlog.

    Attributes:
        whose: "mine", or "all" that somebody may see.
        status: Only these; None for all.
        role: Only those in which they have this role; None for all.
        first: The place of the first project, from 0.
    """

    whose: str = MINE
    status: ProjectStatus | None = None
    role: Role | None = None
    first: int = 0

    @property
    def value(self) -> str:
        """As it is kept and carried."""
        return f"backlog|{self.whose}|{self.status or _ANY}|{self.role or _ANY}|{self.first}"

    def turned_to(self, first: int) -> "BacklogPage":
        """The same filters, on another page."""
        return replace(self, first=max(first, 0))


@dataclass(frozen=True)
class ProjectPage:
    """Everything about one project; `back` is the page that it was opened from."""

    kickoff_id: int
    back: str = ""

    @property
    def value(self) -> str:
        """As it is kept and carried."""
        return f"project|{self.kickoff_id}|{self.back}"


def read_page(value: str) -> BacklogPage | ProjectPage | None:
    """The page that a value stands for; None for the first, and for what cannot be read any more."""
    kind, _, rest = value.partition("|")
    try:
        if kind == "project":
            number, _, back = rest.partition("|")
            return ProjectPage(int(number), back)
        if kind == "backlog":
            whose, status, role, first = rest.split("|")
            return BacklogPage(
                ALL if whose == ALL else MINE,
                None if status == _ANY else ProjectStatus(status),
                None if role == _ANY else Role(role),
                max(int(first), 0),
            )
    except ValueError:
        return None
    return None
