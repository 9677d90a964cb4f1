"""What a workspace as a whole has told: the people it has for its projects, and what matters most to whom (K1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from flows.portfolio.weights import Order
from storage.tables import criteria_order, team_capacity


@dataclass(frozen=True)
class ToldCapacity:
    """How many people or machines there are.

    Attributes:
        people: By job; half a person is 0.5. A job that is missing is not known.
        told_by: Slack user id of whoever told it last.
        told_at: When.
    """

    people: Mapping[str, float]
    told_by: str
    told_at: datetime


def tell_capacity(connection: Connection, workspace: str, told: ToldCapacity) -> None:
    """Keep what was told; what was told before stays on record."""
    values = {"workspace": workspace, "told_by": told.told_by, "told_at": told.told_at, "people": dict(told.people)}
    connection.execute(insert(team_capacity).values(**values))


def capacity_of(connection: Connection, workspace: str) -> ToldCapacity | None:
    """What was told last."""
    latest = select(team_capacity).where(team_capacity.c.workspace == workspace).order_by(team_capacity.c.id.desc())
    row = connection.execute(latest.limit(1)).first()
    return ToldCapacity(row.people, row.told_by, row.told_at) if row else None


def add_criteria(connection: Connection, workspace: str, person: str, criteria: Sequence[str], now: datetime) -> None:
    """Keep what matters next to somebody, behind what they named before; nothing begins their order anew.

    Each press has a row of its own, so that of two at the same moment none is lost.
    """
    values = {"workspace": workspace, "person": person, "criteria": list(criteria), "told_at": now}
    connection.execute(insert(criteria_order).values(**values))


def orders_of(connection: Connection, workspace: str) -> tuple[Order, ...]:
    """The order of each person who has one, by person."""
    rows = select(criteria_order).where(criteria_order.c.workspace == workspace)
    orders: dict[str, dict[str, None]] = {}
    for row in connection.execute(rows.order_by(criteria_order.c.person, criteria_order.c.id)):
        named = orders.setdefault(row.person, {})
        if row.criteria:
            named.update(dict.fromkeys(row.criteria))
        else:
            named.clear()
    return tuple(Order(person, tuple(named)) for person, named in orders.items() if named)
