"""Which deliveries were acted on, so that one that Slack repeats changes nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import delivery

T = TypeVar("T")

_MARK = {
    name: dialect.insert(delivery).on_conflict_do_nothing().returning(delivery.c.key)
    for name, dialect in {"postgresql": postgresql, "sqlite": sqlite}.items()
}


def is_first(connection: Connection, key: str, now: datetime) -> bool:
    """Whether this key is seen for the first time; it is marked as seen with the rest of the transaction."""
    mark = _MARK[connection.dialect.name]
    return connection.execute(mark, {"key": key, "seen_at": now}).first() is not None


def act_once(connection: Connection, key: str, now: datetime, act: Callable[[], T | None]) -> T | None:
    """Do what a delivery asks for, unless it was done before; what `act` complains of is mended and delivered again.

    The key is taken before anything is looked at. So of two that come at the same moment, one waits until the other is
    kept, and then finds that all is done; it never judges by what stood before.
    """
    if not is_first(connection, key, now):
        return None
    complaint = act()
    if complaint is not None:
        connection.execute(delete(delivery).where(delivery.c.key == key))
    return complaint


def forget_before(connection: Connection, moment: datetime) -> None:
    """Drop keys that are too old to come again (Slack repeats for two hours, with delayed events for a day)."""
    connection.execute(delete(delivery).where(delivery.c.seen_at < moment))


def is_known(connection: Connection, key: str) -> bool:
    """Whether a delivery with this key was acted on before."""
    return connection.execute(select(delivery.c.key).where(delivery.c.key == key)).first() is not None
