"""Canvases: documents of a channel, written as a whole and found again by name.

Where Slack has none (a plan without them, a channel that has its only one already, a scope that was not granted), what
the sender handed in is shared instead. A creation that broke off is tried again, and may leave a second tab behind:
Slack tells nobody which canvases an app made.
"""

import logging
from typing import Any

from bot.app import App
from bot.effects import WriteCanvas
from bot.making import CannotMake, make
from bot.slack_api import Refused
from storage import outbox
from storage.outbox import Claimed, Posted

_log = logging.getLogger(__name__)

_GONE = frozenset({"canvas_not_found", "canvas_deleted"})
_NO_CANVASES = frozenset({"canvas_disabled_user_team", "missing_scope", "not_allowed_token_type", "unknown_method"})
_AS_TAB = "canvases.create"
_AS_CHANNELS_OWN = "conversations.canvases.create"


async def write_canvas(app: App, parcel: Claimed) -> None:
    """Write a canvas, or share what stands in for it."""
    effect = WriteCanvas.model_validate(parcel.effect)
    known = await app.transact_behind(lambda connection: outbox.find_posted(connection, effect.name))
    try:
        markdown = (await make(app, effect.content.kind, effect.content.data)).decode()
        document = {"type": "markdown", "markdown": markdown}
        if known is None or not await _edit(app, known.ts, document):
            canvas = await _create(app, effect, document)
            known = Posted(effect.name, parcel.workspace, effect.channel, canvas)
    except (CannotMake, Refused) as failure:
        _log.warning("Parcel %d: its canvas cannot be written: %s", parcel.id, failure)
        await _fall_back(app, parcel, effect)
        return
    await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock(), known))


async def _edit(app: App, canvas: str, document: dict[str, Any]) -> bool:
    """Write a canvas anew; False if it is not there any more."""
    change = {"operation": "replace", "document_content": document}
    try:
        await app.slack.call("canvases.edit", canvas_id=canvas, changes=[change])
    except Refused as refusal:
        if refusal.error in _GONE:
            return False
        raise
    return True


async def _create(app: App, effect: WriteCanvas, document: dict[str, Any]) -> str:
    arguments: dict[str, Any] = {
        "channel_id": effect.channel,
        "title": effect.title,
        "document_content": document,
    }
    try:
        created = await app.slack.call(_AS_TAB, **arguments)
    except Refused as refusal:
        if refusal.error in _NO_CANVASES:
            raise
        try:
            created = await app.slack.call(_AS_CHANNELS_OWN, **arguments)
        except Refused:
            raise refusal from None
    return str(created["canvas_id"])


async def _fall_back(app: App, parcel: Claimed, effect: WriteCanvas) -> None:
    if effect.fallback is None:
        await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock()))
        return
    shared = effect.fallback.model_dump(mode="json")
    await app.transact_behind(lambda connection: outbox.rewrite(connection, parcel.id, shared, app.clock()))
    app.work.set()
