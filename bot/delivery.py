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
from bot.channels import NO_WAY_IN
from bot.effects import Edit, Post, Whisper, direct_lane, post
from bot.giving_up import give_up
from bot.logs import describe_error
from bot.places import find_place, find_sent, take_refusal
from bot.showing import bring_pictures, layouts, take_refused_blocks
from bot.slack_api import CallFailed, RateLimited, Refused, Unclear
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
        channel = effect.channel
        try:
            channel, thread_ts = await find_place(app, parcel, effect)
            ts = await find_sent(app, parcel, channel, thread_ts, _has_key(parcel)) if parcel.interrupted else None
            if ts is None:
                effect = await bring_pictures(app, parcel, effect)
                await self._pace.wait(channel)
                ts = await self._post_now(parcel, effect, channel, thread_ts)
        except Refused as refusal:
            if not await take_refusal(app, parcel, channel, refusal.error):
                raise
            return
        name = effect.name or f"parcel:{parcel.id}"
        posted = Posted(name, parcel.workspace, channel, ts, effect.interview_id)
        await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock(), posted))

    async def _post_now(self, parcel: Claimed, effect: Post, channel: str, thread_ts: str | None) -> str:
        arguments: dict[str, Any] = {
            "channel": channel,
            "thread_ts": thread_ts,
            "text": effect.text,
            "unfurl_links": False,
            "metadata": {"event_type": METADATA_TYPE, "event_payload": {"key": _key(parcel)}},
        }
        for blocks in layouts(effect):
            try:
                answer = await self._app.slack.call(_SEND, blocks=blocks, **arguments)
            except Refused as refusal:
                await take_refused_blocks(self._app, parcel, effect, refusal)
            else:
                return str(answer["ts"])
        return str((await self._app.slack.call(_SEND, **arguments))["ts"])

    async def _edit(self, app: App, parcel: Claimed) -> None:
        effect = Edit.model_validate(parcel.effect)
        target = await app.transact_behind(lambda connection: outbox.find_posted(connection, effect.name))
        if target is None:
            if parcel.attempts < _ATTEMPTS_OF_MINOR:
                raise NotYet
        else:
            await _edit_now(app, parcel, target, await bring_pictures(app, parcel, effect))
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
    for blocks in layouts(effect):
        try:
            await app.slack.call("chat.update", channel=target.channel, ts=target.ts, text=effect.text, blocks=blocks)
        except Refused as refusal:
            try:
                await take_refused_blocks(app, parcel, effect, refusal)
            except Refused:
                _log.info("Parcel %d: the message stays as it is (%s)", parcel.id, refusal.error)
                return
        else:
            return


def _has_key(parcel: Claimed) -> Callable[[Mapping[str, Any]], bool]:
    key = _key(parcel)
    return lambda message: message.get("metadata", {}).get("event_payload", {}).get("key") == key


def _key(parcel: Claimed) -> str:
    return f"{parcel.id}@{parcel.created_at.timestamp():.6f}"


def _backoff(attempts: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(attempts - 1, 10)), _LONGEST_WAIT)
