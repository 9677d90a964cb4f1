"""Where a message goes, whether it is there already, and what follows when it is not let in."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.app import App
from bot.channels import NO_WAY_IN, explain_closed_channel
from bot.effects import Post, Upload
from bot.giving_up import is_home_closed, move_home, turn_from_person
from bot.invitations import UNREACHABLE
from bot.lanes import kickoff_of, kind_of
from bot.slack_api import Refused, is_direct
from storage.outbox import Claimed, NotYet

_log = logging.getLogger(__name__)

_THREAD_AWAITED = timedelta(minutes=10)
_PAGES_LOOKED_THROUGH = 5
_CLOCKS_APART = timedelta(minutes=5)


async def find_place(app: App, parcel: Claimed, effect: Post | Upload) -> tuple[str, str | None]:
    """The channel, and the message under which it goes.

    Raises:
        NotYet: That message is still on its way.
        Refused: The person cannot be written to.
    """
    thread = parcel.thread
    if effect.thread and thread is None and not _stands_alone(app, parcel, effect):
        raise NotYet
    channel = effect.channel or (thread.channel if thread else "")
    return channel or await _open_direct(app, effect.person), thread.ts if thread else None


def _stands_alone(app: App, parcel: Claimed, effect: Post | Upload) -> bool:
    """Whether a message goes to its channel, since the one under which it belongs has not come for too long."""
    waited = app.clock() - parcel.created_at
    return bool(effect.channel) and kind_of(parcel.lane) != "interview" and waited > _THREAD_AWAITED


async def _open_direct(app: App, person: str) -> str:
    opened = await app.slack.call("conversations.open", users=person)
    return str(opened["channel"]["id"])


async def find_sent(
    app: App, parcel: Claimed, channel: str, thread_ts: str | None, is_it: Callable[[Mapping[str, Any]], bool]
) -> str | None:
    """Look for a message whose sending broke off; None if it is not there, or nobody may look."""
    method = "conversations.replies" if thread_ts else "conversations.history"
    oldest = (parcel.created_at - _CLOCKS_APART).timestamp()
    cursor = None
    for _ in range(_PAGES_LOOKED_THROUGH):
        try:
            page = await app.slack.call(
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
        found = next((message for message in page.get("messages", []) if is_it(message)), None)
        if found is not None:
            return str(found["ts"])
        cursor = page.get("response_metadata", {}).get("next_cursor") or None
        if cursor is None:
            return None
    return None


async def take_refusal(app: App, parcel: Claimed, channel: str, error: str) -> bool:
    """Do what follows from a refusal that will not change by trying again; False if nothing is known to follow."""
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
