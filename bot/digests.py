"""Digests: on Fridays in the channel, once a month to executives, and when somebody asks; each can be turned off."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.app import App
from bot.availability import owners_hours, today_in
from bot.blocks import Words, words
from bot.deliveries import Command, Press
from bot.digest_messages import draw_digest
from bot.effects import ShowDigest, direct_lane, kickoff_lane, post
from bot.projects import find_one, name_project, owner_or_starter
from bot.replies import OnlyYou
from bot.time_report import read_rows
from bot.whispers import refuse_press, whisper
from flows.decisions import Decision
from flows.digest import Digest, read_digest
from flows.digest_days import DigestKind, Span, Told, last_week, next_digest, span_of
from flows.kickoffs import Digests, Kickoff
from flows.roles import Role
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.scoring.scales import Calibration
from flows.time_report import Row
from flows.working_days import zone_named
from storage import decisions, deliveries, kickoffs, outbox
from storage.calibration import calibration_of
from storage.outbox import Claimed, Parcel

ALL = frozenset(DigestKind)

_AT_ONCE = 50
_MOMENT = timedelta(microseconds=1)
_TOO_LATE = timedelta(days=5)
_TYPE = "Type `/ml-kickoff digest weekly on`, `digest weekly off`, `digest monthly on` or `digest monthly off`."
_SAYS = {
    DigestKind.WEEKLY: "every Friday in the channel",
    DigestKind.MONTHLY: "once a month to each executive sponsor",
}

_Read = tuple[Kickoff, tuple[Decision, ...], tuple[Row, ...], Calibration]


def plan_digest(connection: Connection, app: App, kickoff: Kickoff, after: datetime | None = None) -> None:
    """Set when the next digest of a kickoff comes, by the clock of whoever owns it; after a moment, or from now on."""
    hours = owners_hours(app, kickoff)
    due = None if kickoff.closed_at else next_digest(kickoff.digests.kinds, hours, after or app.clock())
    planned = replace(kickoff.digests, next_due_at=due.at if due else None)
    kickoffs.save_digests(connection, kickoff.id, planned)


async def send_due_digests(app: App) -> int:
    """Have each digest drawn that is due, and set the next time, in one transaction; return how many."""

    def claim(connection: Connection) -> int:
        due = kickoffs.lock_due_digests(connection, app.clock(), _AT_ONCE)
        for kickoff in due:
            _order(connection, app, kickoff)
            plan_digest(connection, app, kickoff, kickoff.digests.next_due_at)
        return len(due)

    return await app.transact(claim)


def _order(connection: Connection, app: App, kickoff: Kickoff) -> None:
    """Have the digest drawn that is due, unless the app was down for so long that nobody waits for it any more."""
    at, hours, now = kickoff.digests.next_due_at, owners_hours(app, kickoff), app.clock()
    if at is None or kickoff.closed_at or now - at > _TOO_LATE:
        return
    due = next_digest(kickoff.digests.kinds, hours, at - _MOMENT)
    if due and due.at == at:
        day = at.astimezone(zone_named(hours.zone)).date()
        order = ShowDigest(kickoff_id=kickoff.id, digest=due.kind, day=day)
        outbox.put(connection, [order.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], now)


async def show_digest(app: App, parcel: Claimed) -> None:
    """Draw a digest and send it; a week or a month in which nothing happened is passed over."""
    order = ShowDigest.model_validate(parcel.effect)

    def read_whole(connection: Connection) -> tuple[_Read, Span]:
        # Whoever logs something holds the lock, too, so what is logged before this moment is read.
        read = _read(connection, order.kickoff_id, lock=True)
        return read, span_of(order.digest, order.day, app.clock(), read[0].digests.told.get(order.digest))

    read, span = await app.transact_behind(read_whole)
    digest = await asyncio.to_thread(make_digest, *read, span)
    kickoff = read[0]

    def put(connection: Connection) -> None:
        if not outbox.finish(connection, parcel.id, app.clock()):
            return
        _keep_told(connection, kickoff.id, order.digest, Told(span.until, span.last))
        if not digest.is_empty:
            said = draw_digest(kickoff, order.digest, digest)
            outbox.put(connection, list(_address(kickoff, order.digest, said)), app.clock())

    await app.transact_behind(put)


def _keep_told(connection: Connection, kickoff_id: int, kind: DigestKind, told: Told) -> None:
    before = kickoffs.load(connection, kickoff_id, lock=True).digests
    kickoffs.save_digests(connection, kickoff_id, replace(before, told={**before.told, kind: told}))


def _address(kickoff: Kickoff, kind: DigestKind, said: Words) -> Iterator[Parcel]:
    if kind is DigestKind.WEEKLY:
        yield post(said, channel=kickoff.channel).parcel(kickoff.workspace, kickoff_lane(kickoff.id))
        return
    for person in _list_executives(kickoff):
        yield post(said, person=person).parcel(kickoff.workspace, direct_lane(person))


def _list_executives(kickoff: Kickoff) -> list[str]:
    """Those to whom the monthly digest goes."""
    there = [one for one in kickoff.counted if one.person in kickoff.reachable]
    sponsors = [one.person for one in there if Role.EXECUTIVE_SPONSOR in one.interview.roles]
    return [person for person in sponsors if person not in kickoff.digests.declined]


def _read(connection: Connection, kickoff_id: int, *, lock: bool = False) -> _Read:
    kickoff = kickoffs.load(connection, kickoff_id, lock=lock)
    ledger = decisions.of_kickoff(connection, kickoff_id)
    return kickoff, ledger, read_rows(connection, kickoff), calibration_of(connection, kickoff.workspace)


def make_digest(
    kickoff: Kickoff,
    ledger: Sequence[Decision],
    log: Sequence[Row],
    calibration: Calibration,
    span: Span,
) -> Digest:
    """What a span of days brought a project, with a forecast from its score."""
    expected = score_project(hear(kickoff), calibration).person_weeks
    return read_digest(kickoff, ledger, log, expected, span)


async def answer(app: App, command: Command, text: str, name: str | None) -> OnlyYou:
    """Show the digest of the last seven days to whoever asks, or turn one on or off."""
    kickoff = await app.database.transact(lambda connection: find_one(connection, command, name, "digest"))
    if isinstance(kickoff, str):
        return OnlyYou(words(kickoff))
    if text:
        said = await app.transact(lambda connection: _change(connection, app, kickoff.id, command, text))
        return OnlyYou(words(said))
    read = await app.database.transact(lambda connection: _read(connection, kickoff.id))
    span = last_week(today_in(app, kickoff.nudge.zone), app.clock())
    digest = await asyncio.to_thread(make_digest, *read, span)
    told = draw_digest(read[0], DigestKind.WEEKLY, digest)
    return OnlyYou(Words(told.text, told.blocks[:-1]))


def _change(connection: Connection, app: App, kickoff_id: int, command: Command, text: str) -> str:
    kickoff = kickoffs.load(connection, kickoff_id, lock=True)
    kind, _, state = text.casefold().partition(" ")
    if kind not in {*DigestKind} or state not in {"on", "off"}:
        return _TYPE
    if not kickoff.may_change_nudges(command.person):
        return _only_theirs(kickoff)
    wanted = frozenset({DigestKind(kind)})
    kinds = kickoff.digests.kinds | wanted if state == "on" else kickoff.digests.kinds - wanted
    declined = kickoff.digests.declined - {command.person} if state == "on" else kickoff.digests.declined
    told = _skip(app, kickoff, DigestKind(kind)) if state == "on" else kickoff.digests.told
    after = replace(kickoff, digests=Digests(kinds, None, declined, told))
    plan_digest(connection, app, after)
    return say_which(after)


def _skip(app: App, kickoff: Kickoff, kind: DigestKind) -> dict[DigestKind, Told]:
    """Take for told what is older than a week, where a digest is turned on."""
    told, week = dict(kickoff.digests.told), timedelta(days=7)
    if kind not in kickoff.digests.kinds:
        recent = Told(app.clock() - week, today_in(app, kickoff.nudge.zone) - week)
        told[kind] = max(told.get(kind, recent), recent, key=lambda one: one.at)
    return told


def say_which(kickoff: Kickoff) -> str:
    """Which digests come of a project, in mrkdwn."""
    kinds = " and ".join(_SAYS[kind] for kind in DigestKind if kind in kickoff.digests.kinds)
    return f"{name_project(kickoff)}: digests come {kinds}." if kinds else f"{name_project(kickoff)}: no digests come."


def _only_theirs(kickoff: Kickoff) -> str:
    return f"Only {owner_or_starter(kickoff)} can change which digests come."


async def press_off(app: App, press: Press) -> None:
    """Turn a digest off: the weekly one for the channel, the monthly one for whoever presses."""
    kickoff_id, kind = press.value.split("|")

    def change(connection: Connection) -> None:
        kickoff = kickoffs.load(connection, int(kickoff_id), lock=True)
        before = kickoff.digests
        if kind == DigestKind.MONTHLY:
            after, said = replace(before, declined=before.declined | {press.person}), "I send you no more of these."
        elif kickoff.may_change_nudges(press.person):
            after = replace(before, kinds=before.kinds - {DigestKind.WEEKLY})
            said = f"{say_which(replace(kickoff, digests=after))} `/ml-kickoff digest weekly on` takes that back."
        else:
            refuse_press(connection, app, press, _only_theirs(kickoff))
            return
        if deliveries.is_first(connection, press.key, app.clock()):
            plan_digest(connection, app, replace(kickoff, digests=after))
            outbox.put(connection, [whisper(press, said)], app.clock())

    await app.transact(change)
