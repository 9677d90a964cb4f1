"""The dispatcher: sends what waits in the outbox, in order per lane, at Slack's pace, and never loses any of it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import words
from bot.channels import NO_WAY_IN, explain_closed_channel
from bot.effects import Edit, Post, Whisper, direct_lane, post
from bot.giving_up import give_up, is_home_closed, move_home, turn_from_person
from bot.invitations import UNREACHABLE
from bot.lanes import kickoff_of, kind_of
from bot.logs import describe_error
from bot.slack_api import CallFailed, RateLimited, Refused, Unclear, is_direct
from storage import outbox
from storage.outbox import Claimed, NotYet, Posted

_log = logging.getLogger(__name__)

METADATA_TYPE = "ml_kickoff_outbox"
_SEND = "chat.postMessage"
_AT_ONCE = 20
_POLL_SECONDS = 0.5
_LONGEST_WAIT = timedelta(minutes=15)
_GIVE_UP_AFTER = timedelta(hours=24)
_ATTEMPTS_OF_MINOR = 5
_EAGER_ATTEMPTS = 10
_THREAD_AWAITED = timedelta(minutes=10)
_PAGES_LOOKED_THROUGH = 5
_CLOCKS_APART = timedelta(minutes=5)
_NOT_SHOWN_THERE = NO_WAY_IN | {"user_not_in_channel"}

Handler = Callable[[App, Claimed], Awaitable[None]]


@dataclass
class Pace:
    """Slack takes about one message a second in a channel, with short bursts: a token bucket for each channel.

    Attributes:
        burst: How many messages may go at once.
        per_second: How many may go each second after that.
    """

    burst: float = 10
    per_second: float = 1
    _filled: dict[str, tuple[float, float]] = field(default_factory=dict)

    async def wait(self, channel: str) -> None:
        """Wait until one more message may go to this channel."""
        now = time.monotonic()
        tokens, since = self._filled.get(channel, (self.burst, now))
        tokens = min(self.burst, tokens + (now - since) * self.per_second) - 1
        self._filled[channel] = (tokens, now)
        if len(self._filled) > _CHANNELS_REMEMBERED:
            self._filled.pop(next(iter(self._filled)))
        if tokens < 0:
            await asyncio.sleep(-tokens / self.per_second)


_CHANNELS_REMEMBERED = 10_000


class Dispatcher:
    """Does what waits in the outbox. Any number of processes may run one each."""

    def __init__(self, app: App, handlers: Mapping[str, Handler], pace: Pace | None = None) -> None:
        self._app = app
        self._handlers = {
            "post": self._post,
            "edit": self._edit,
            "whisper": self._whisper,
            **handlers,
        }
        self._pace = pace or Pace()

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            try:
                sent = await self.send_due()
            except Exception as error:
                _log.error("The outbox could not be read: %s", describe_error(error))
                sent = 0
            if not sent:
                await self._wait_for_work()

    async def _wait_for_work(self) -> None:
        try:
            async with asyncio.timeout(_POLL_SECONDS):
                await self._app.work.wait()
        except TimeoutError:
            return

    async def send_due(self) -> int:
        """Send what is due now, at most one parcel of each lane; return how many were taken up."""
        self._app.work.clear()
        now = self._app.clock()
        until = now + timedelta(seconds=self._app.settings.outbox_lease_seconds)
        parcels = await self._app.transact_behind(lambda connection: outbox.claim(connection, now, until, _AT_ONCE))
        await asyncio.gather(*(self._send(parcel) for parcel in parcels))
        return len(parcels)

    async def _send(self, parcel: Claimed) -> None:
        try:
            await self._handlers[parcel.kind](self._app, parcel)
        except NotYet:
            wait = _backoff(max(parcel.attempts - _EAGER_ATTEMPTS, 1))
            await self._try_later(parcel, wait, "not yet", unknown_outcome=parcel.interrupted)
        except RateLimited as failure:
            wait = timedelta(seconds=failure.retry_after)
            await self._try_later(parcel, wait, failure.error, unknown_outcome=parcel.interrupted)
        except CallFailed as failure:
            _log.warning("Parcel %d (%s), attempt %d: %s", parcel.id, parcel.kind, parcel.attempts, failure)
            # Of an earlier attempt, only the refusal of the sending itself tells that it did not arrive.
            settled = isinstance(failure, Refused) and failure.method == _SEND
            unclear = isinstance(failure, Unclear) or (parcel.interrupted and not settled)
            await self._try_later(parcel, _backoff(parcel.attempts), str(failure), unknown_outcome=unclear)
        except Exception as error:
            _log.error("Parcel %d (%s): %s", parcel.id, parcel.kind, describe_error(error))
            await self._try_later(parcel, _backoff(parcel.attempts), type(error).__name__, unknown_outcome=True)

    async def _try_later(self, parcel: Claimed, wait: timedelta, error: str, *, unknown_outcome: bool) -> None:
        now = self._app.clock()
        if now - parcel.created_at > _GIVE_UP_AFTER:
            _log.error("Parcel %d (%s) is given up after a day: %s", parcel.id, parcel.kind, error)
            await self._app.transact_behind(lambda connection: give_up(connection, self._app, parcel, error))
            return
        await self._app.transact_behind(
            lambda connection: outbox.postpone(
                connection, parcel.id, now + wait, error, unknown_outcome=unknown_outcome
            )
        )

    async def _post(self, app: App, parcel: Claimed) -> None:
        effect = Post.model_validate(parcel.effect)
        thread = parcel.thread
        if effect.thread and thread is None and not self._stands_alone(parcel, effect):
            raise NotYet
        channel = effect.channel or (thread.channel if thread else "")
        thread_ts = thread.ts if thread else None
        try:
            channel = channel or await _open_direct(app, effect.person)
            ts = await self._find_sent(parcel, channel, thread_ts) if parcel.interrupted else None
            if ts is None:
                await self._pace.wait(channel)
                ts = await self._post_now(parcel, effect, channel, thread_ts)
        except Refused as refusal:
            if not await self._take_refusal(parcel, channel, refusal.error):
                raise
            return
        name = effect.name or f"parcel:{parcel.id}"
        posted = Posted(name, parcel.workspace, channel, ts, effect.interview_id)
        await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock(), posted))

    def _stands_alone(self, parcel: Claimed, effect: Post) -> bool:
        """Whether a message goes to its channel, since the one under which it belongs has not come for too long."""
        waited = self._app.clock() - parcel.created_at
        return bool(effect.channel) and kind_of(parcel.lane) != "interview" and waited > _THREAD_AWAITED

    async def _take_refusal(self, parcel: Claimed, channel: str, error: str) -> bool:
        """Do what follows from a refusal that will not change by trying again; False if nothing is known to follow."""
        app = self._app
        closed = error in NO_WAY_IN
        if closed and is_home_closed(parcel, channel):
            kickoff = await app.transact_behind(lambda connection: kickoff_of(connection, parcel.lane))
            home = await _open_direct(app, kickoff.starter) if kickoff else channel
            if home != channel:
                await app.transact_behind(lambda connection: move_home(connection, app, parcel, home))
                return True
        if error in UNREACHABLE or (closed and is_direct(channel)):
            _log.warning("Parcel %d (%s): the person cannot be written to (%s)", parcel.id, parcel.kind, error)
            await app.transact_behind(lambda connection: turn_from_person(connection, app, parcel, error))
            return True
        if closed:
            await explain_closed_channel(app, parcel, channel, error)
        return closed

    async def _post_now(self, parcel: Claimed, effect: Post, channel: str, thread_ts: str | None) -> str:
        arguments: dict[str, Any] = {
            "channel": channel,
            "thread_ts": thread_ts,
            "text": effect.text,
            "unfurl_links": False,
            "metadata": {"event_type": METADATA_TYPE, "event_payload": {"key": _key(parcel)}},
        }
        try:
            answer = await self._app.slack.call(_SEND, blocks=effect.blocks, **arguments)
        except Refused as refusal:
            if refusal.error not in {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}:
                raise
            _log.error("Parcel %d: Slack refused its blocks (%s); sent as text", parcel.id, refusal.error)
            answer = await self._app.slack.call(_SEND, **arguments)
        return str(answer["ts"])

    async def _find_sent(self, parcel: Claimed, channel: str, thread_ts: str | None) -> str | None:
        """Look for a message whose sending broke off; None if it is not there, or nobody may look."""
        method = "conversations.replies" if thread_ts else "conversations.history"
        oldest = (parcel.created_at - _CLOCKS_APART).timestamp()
        cursor = None
        for _ in range(_PAGES_LOOKED_THROUGH):
            try:
                page = await self._app.slack.call(
                    method,
                    channel=channel,
                    ts=thread_ts,
                    oldest=f"{oldest:.6f}",
                    limit=200,
                    include_all_metadata=True,
                    cursor=cursor,
                )
            except Refused as refusal:
                _log.warning("Parcel %d could not be looked for (%s); it is sent again", parcel.id, refusal.error)
                return None
            for message in page.get("messages", []):
                payload = message.get("metadata", {}).get("event_payload", {})
                if payload.get("key") == _key(parcel):
                    return str(message["ts"])
            cursor = page.get("response_metadata", {}).get("next_cursor") or None
            if cursor is None:
                return None
        return None

    async def _edit(self, app: App, parcel: Claimed) -> None:
        effect = Edit.model_validate(parcel.effect)
        target = await app.transact_behind(lambda connection: outbox.find_posted(connection, effect.name))
        if target is None:
            if parcel.attempts < _ATTEMPTS_OF_MINOR:
                raise NotYet
        else:
            await _edit_now(app, parcel, target, effect)
        await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock()))

    async def _whisper(self, app: App, parcel: Claimed) -> None:
        effect = Whisper.model_validate(parcel.effect)
        said = words(effect.text, effect.blocks)
        elsewhere = []
        try:
            await app.slack.call(
                "chat.postEphemeral",
                channel=effect.channel,
                user=effect.person,
                thread_ts=effect.thread_ts or None,
                text=said.text,
                blocks=list(said.blocks),
            )
        except (Refused, Unclear) as failure:
            _log.info("Parcel %d: nobody was there to whisper to (%s)", parcel.id, failure.error)
            if failure.error in _NOT_SHOWN_THERE:
                elsewhere = [post(said, person=effect.person).parcel(parcel.workspace, direct_lane(effect.person))]

        def finish(connection: Connection) -> None:
            outbox.finish(connection, parcel.id, app.clock())
            outbox.put(connection, elsewhere, app.clock())

        await app.transact_behind(finish)


async def _edit_now(app: App, parcel: Claimed, target: Posted, effect: Edit) -> None:
    try:
        await app.slack.call(
            "chat.update", channel=target.channel, ts=target.ts, text=effect.text, blocks=effect.blocks
        )
    except Refused as refusal:
        _log.info("Parcel %d: the message stays as it is (%s)", parcel.id, refusal.error)


async def _open_direct(app: App, person: str) -> str:
    opened = await app.slack.call("conversations.open", users=person)
    return str(opened["channel"]["id"])


def _key(parcel: Claimed) -> str:
    return f"{parcel.id}@{parcel.created_at.timestamp():.6f}"


def _backoff(attempts: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(attempts - 1, 10)), _LONGEST_WAIT)
