"""The outbox: what is to be said, written in the transaction of the state that it reports, and done at least once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.tables import message, outbox

_PUT = insert(outbox)
_WAITING = select(outbox.c.id).where(
    outbox.c.lane == bindparam("lane"),
    outbox.c.kind == bindparam("kind"),
    outbox.c.done_at.is_(None),
    outbox.c.leased_until.is_(None),
)
_POSTED = select(message).where(message.c.name == bindparam("name"))
_POSTED_AT = select(message).where(
    message.c.workspace == bindparam("workspace"),
    message.c.channel == bindparam("channel"),
    message.c.ts == bindparam("ts"),
)
_ALL_POSTED = select(message).where(message.c.name.in_(bindparam("names", expanding=True)))
_FORGET_POSTED = delete(message).where(message.c.name == bindparam("name"))
_REMEMBER = insert(message)
_LEASE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(leased_until=bindparam("until"), attempts=outbox.c.attempts + 1)
)
_GIVEN_UP = outbox.c.error.like("given up:%")
_FINISH = (
    update(outbox)
    .where(outbox.c.id == bindparam("parcel_id"), outbox.c.done_at.is_(None))
    .values(done_at=bindparam("now"), leased_until=None)
)


def _due() -> Select[Any]:
    """What `claim` may take: due, nobody's, and the first that is open in its lane."""
    earlier = outbox.alias("earlier")
    now = bindparam("now", type_=outbox.c.due_at.type)
    free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now)
    behind_another = exists().where(
        and_(earlier.c.lane == outbox.c.lane, earlier.c.id < outbox.c.id, earlier.c.done_at.is_(None))
    )
    return (
        select(outbox)
        .where(outbox.c.done_at.is_(None), outbox.c.due_at <= now, free, ~behind_another)
        .order_by(outbox.c.id)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(skip_locked=True)
    )


_DUE = _due()


class NotYet(Exception):
    """Something that a parcel builds on is still on its way; it is tried again shortly."""


@dataclass(frozen=True)
class Parcel:
    """Something to be done at Slack. Parcels of one lane are done one after another."""

    workspace: str
    lane: str
    kind: str
    effect: dict[str, Any]


@dataclass(frozen=True)
class Claimed(Parcel):
    """A parcel that this process works on.

    Attributes:
        id: Its key, which the posted message carries as metadata.
        attempts: How often it was taken up, this time included.
        interrupted: An earlier attempt broke off with its outcome unknown.
        created_at: When it was put here.
        thread: The message that its effect names as `thread`; None if it names none, or that one is not posted yet.
    """

    id: int
    attempts: int
    interrupted: bool
    created_at: datetime
    thread: "Posted | None"


@dataclass(frozen=True)
class Posted:
    """A message that the app posted, under the name that its sender gave it; or a canvas, whose id is its `ts`."""

    name: str
    workspace: str
    channel: str
    ts: str
    interview_id: int | None = None


def put(connection: Connection, parcels: Sequence[Parcel], now: datetime, due_at: datetime | None = None) -> None:
    """Add parcels in order, to be done at once or not before `due_at`."""
    if parcels:
        rows = [{**vars(parcel), "due_at": due_at or now, "created_at": now, "attempts": 0} for parcel in parcels]
        connection.execute(_PUT, rows)


def put_once(connection: Connection, parcel: Parcel, now: datetime, due_at: datetime | None = None) -> None:
    """Add a parcel, unless one of its kind waits untouched in its lane: that one will see the newest state too."""
    if connection.execute(_WAITING, {"lane": parcel.lane, "kind": parcel.kind}).first() is None:
        put(connection, [parcel], now, due_at=due_at)


def claim(connection: Connection, now: datetime, leased_until: datetime, limit: int) -> tuple[Claimed, ...]:
    """Take up to `limit` parcels that are due, at most one of each lane, until `leased_until`."""
    rows = connection.execute(_DUE, {"now": now, "limit": limit}).all()
    if rows:
        connection.execute(_LEASE, {"ids": [row.id for row in rows], "until": leased_until})
    threads = find_all_posted(connection, {row.effect["thread"] for row in rows if row.effect.get("thread")})
    return tuple(
        Claimed(
            workspace=row.workspace,
            lane=row.lane,
            kind=row.kind,
            effect=row.effect,
            id=row.id,
            attempts=row.attempts + 1,
            interrupted=row.leased_until is not None,
            created_at=row.created_at,
            thread=threads.get(row.effect.get("thread", "")),
        )
        for row in rows
    )


def finish(connection: Connection, parcel_id: int, now: datetime, posted: Posted | None = None) -> bool:
    """Mark a parcel as done, and remember the message that it posted.

    Returns:
        False if it was done already, by whoever took it over when its lease ended: what follows from it is done, too.
    """
    if posted is not None:
        remember(connection, posted)
    return connection.execute(_FINISH, {"parcel_id": parcel_id, "now": now}).rowcount > 0


def postpone(connection: Connection, parcel_id: int, due_at: datetime, error: str, *, unknown_outcome: bool) -> None:
    """Try a parcel again later; with an unknown outcome its lease stays, so that the next attempt looks first."""
    values: dict[str, Any] = {"due_at": due_at, "error": error}
    values["leased_until"] = due_at if unknown_outcome else None
    connection.execute(update(outbox).where(outbox.c.id == parcel_id).values(**values))


def give_up(connection: Connection, parcel_id: int, now: datetime, error: str) -> None:
    """Stop trying a parcel, so that its lane goes on; `count_given_up` tells of it."""
    given_up = update(outbox).where(outbox.c.id == parcel_id)
    connection.execute(given_up.values(done_at=now, leased_until=None, error=f"given up: {error}"))


def block(connection: Connection, parcel_id: int, channel: str, due_at: datetime) -> bool:
    """Keep a parcel back until the channel lets the app in, or `due_at`, when it is tried again all the same.

    Returns:
        True if nothing waited for this channel before: somebody should be told.
    """
    waiting = select(func.count()).select_from(outbox).where(outbox.c.blocked_on == channel, outbox.c.done_at.is_(None))
    first = connection.execute(waiting).scalar_one() == 0
    blocked = update(outbox).where(outbox.c.id == parcel_id)
    connection.execute(blocked.values(blocked_on=channel, due_at=due_at, leased_until=None))
    return first


def lanes_blocked_on(connection: Connection, workspace: str, channel: str) -> tuple[str, ...]:
    """The lanes in which something waits for this channel to let the app in."""
    waiting = (outbox.c.workspace == workspace, outbox.c.blocked_on == channel, outbox.c.done_at.is_(None))
    return tuple(connection.execute(select(outbox.c.lane).where(*waiting).distinct()).scalars())


def rewrite(connection: Connection, parcel_id: int, effect: dict[str, Any], now: datetime) -> None:
    """Do something else in a parcel's place, at once."""
    rewritten = update(outbox).where(outbox.c.id == parcel_id)
    kind = effect.get("kind", outbox.c.kind)
    connection.execute(rewritten.values(kind=kind, effect=effect, due_at=now, leased_until=None))


def amend(connection: Connection, parcel_id: int, effect: dict[str, Any]) -> None:
    """Keep how far a parcel has come, for whoever goes on with it."""
    connection.execute(update(outbox).where(outbox.c.id == parcel_id).values(effect=effect))


def release(connection: Connection, workspace: str, channel: str, now: datetime) -> bool:
    """Send on what waited for this channel; True if anything did."""
    waiting = update(outbox).where(outbox.c.workspace == workspace, outbox.c.blocked_on == channel)
    return connection.execute(waiting.values(blocked_on=None, due_at=now)).rowcount > 0


def remember(connection: Connection, posted: Posted) -> None:
    """Keep where a message is; a new one under the same name takes the place of the old."""
    forget_posted(connection, posted.name)
    connection.execute(_REMEMBER, vars(posted))


def forget_posted(connection: Connection, name: str) -> None:
    """Forget a message that is not there any more."""
    connection.execute(_FORGET_POSTED, {"name": name})


def find_all_posted(connection: Connection, names: Collection[str]) -> dict[str, Posted]:
    """The messages that were posted under these names, each by its name."""
    if not names:
        return {}
    rows = connection.execute(_ALL_POSTED, {"names": list(names)}).mappings()
    return {row["name"]: Posted(**row) for row in rows}


def find_posted(connection: Connection, name: str) -> Posted | None:
    """The message that was posted under this name."""
    row = connection.execute(_POSTED, {"name": name}).mappings().first()
    return Posted(**row) if row else None


def find_posted_at(connection: Connection, workspace: str, channel: str, ts: str) -> Posted | None:
    """The message of the app that stands there."""
    row = connection.execute(_POSTED_AT, {"workspace": workspace, "channel": channel, "ts": ts}).mappings().first()
    return Posted(**row) if row else None


def count_open(connection: Connection) -> int:
    """How many parcels are not done."""
    return connection.execute(select(func.count()).select_from(outbox).where(outbox.c.done_at.is_(None))).scalar_one()


def count_given_up(connection: Connection) -> int:
    """How many parcels were given up and are still kept."""
    count = select(func.count()).select_from(outbox).where(outbox.c.done_at.is_not(None), _GIVEN_UP)
    return connection.execute(count).scalar_one()


def forget_before(connection: Connection, moment: datetime) -> None:
    """Drop parcels that were done before `moment`; those given up stay longer, to be looked at."""
    connection.execute(delete(outbox).where(outbox.c.done_at < moment, or_(outbox.c.error.is_(None), ~_GIVEN_UP)))


def forget_given_up_before(connection: Connection, moment: datetime) -> None:
    """Drop parcels that were given up before `moment`."""
    connection.execute(delete(outbox).where(outbox.c.done_at < moment, _GIVEN_UP))
