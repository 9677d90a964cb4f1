"""What a workspace as a whole has told: the people it has for its projects, and what matters most to whom (K1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

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


def keep_order(connection: Connection, workspace: str, order: Order, now: datetime) -> None:
    """Keep what matters to somebody; an empty order takes their word back."""
    values = {"workspace": workspace, "person": order.person, "criteria": list(order.criteria), "told_at": now}
    connection.execute(insert(criteria_order).values(**values))


def orders_of(connection: Connection, workspace: str) -> tuple[Order, ...]:
    """The latest order of each person who has one, by person."""
    newest = select(func.max(criteria_order.c.id)).where(criteria_order.c.workspace == workspace)
    rows = connection.execute(
        select(criteria_order)
        .where(criteria_order.c.id.in_(newest.group_by(criteria_order.c.person)))
        .order_by(criteria_order.c.person)
    )
    return tuple(Order(row.person, tuple(row.criteria)) for row in rows if row.criteria)
