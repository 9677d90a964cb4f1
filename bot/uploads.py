"""Files that are shared: made when they are sent, and replaced by a message where Slack takes none.

Slack gives a shared file no key of the app's. So the files' ids are kept before they are shared: a message that carries
one of them tells that they were, and so does Slack when it does not let them be shared a second time.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.app import App
from bot.effects import MadeFile, Upload
from bot.making import CannotMake, make
from bot.places import find_place, find_sent, take_refusal
from bot.slack_api import CallFailed, RateLimited, Refused, Unreached
from storage import outbox
from storage.outbox import Claimed, NotYet

_log = logging.getLogger(__name__)

_ATTEMPTS = 5
_LONGEST_SECONDS = 15
_SHARE = "files.completeUploadExternal"
_GONE = "file_not_found"
# What Slack calls a channel that is closed to the app, when a file is shared there.
_CLOSED = {"posting_to_channel_denied": "is_archived", "invalid_channel": "channel_not_found"}


class _NotTaken(Exception):
    """A file could not be uploaded for some time."""


async def share_files(app: App, parcel: Claimed) -> None:
    """Share files in a message."""
    effect = Upload.model_validate(parcel.effect)
    channel = effect.channel
    try:
        channel, thread_ts = await find_place(app, parcel, effect)
        ids = {one.file for one in effect.files if one.file}
        looks_first = effect.sharing and parcel.interrupted
        if not looks_first or await find_sent(app, parcel, channel, thread_ts, _carries(ids)) is None:
            # What is there is kept, so a renewed lease goes on with the rest.
            async with asyncio.timeout(_LONGEST_SECONDS):
                effect = await _upload_all(app, parcel, effect)
            await _share(app, parcel, effect, channel, thread_ts)
    except TimeoutError:
        if parcel.attempts < _ATTEMPTS:
            raise NotYet from None
        await _fall_back(app, parcel, effect)
        return
    except (CannotMake, _NotTaken):
        await _fall_back(app, parcel, effect)
        return
    except Refused as refusal:
        await _keep(app, parcel, effect.model_copy(update={"sharing": False}))
        if not await take_refusal(app, parcel, channel, _CLOSED.get(refusal.error, refusal.error)):
            _log.warning("Parcel %d: its files were not taken: %s", parcel.id, refusal)
            await _fall_back(app, parcel, effect)
        return
    await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock()))


def _carries(ids: set[str]) -> Callable[[Mapping[str, Any]], bool]:
    return lambda message: any(file.get("id") in ids for file in message.get("files") or ())


async def _upload_all(app: App, parcel: Claimed, effect: Upload) -> Upload:
    for place, one in enumerate(effect.files):
        if not one.file:
            uploaded = one.model_copy(update={"file": await _upload(app, parcel, one)})
            files = [*effect.files[:place], uploaded, *effect.files[place + 1 :]]
            effect = await _keep(app, parcel, effect.model_copy(update={"files": files}))
    return effect


async def _upload(app: App, parcel: Claimed, one: MadeFile) -> str:
    content = await make(app, one.kind, one.data)
    try:
        return await app.slack.upload(one.name, content, one.alt)
    except (Refused, RateLimited):
        raise
    except CallFailed as failure:
        _log.warning("Parcel %d: a file was not taken: %s", parcel.id, failure)
        if parcel.attempts >= _ATTEMPTS:
            raise _NotTaken from None
        raise NotYet from None


async def _share(app: App, parcel: Claimed, effect: Upload, channel: str, thread_ts: str | None) -> None:
    await _keep(app, parcel, effect.model_copy(update={"sharing": True}))
    files = [{"id": one.file, "title": one.title or one.name} for one in effect.files]
    try:
        await app.slack.call(
            _SHARE, files=files, channel_id=channel, thread_ts=thread_ts, initial_comment=effect.comment or None
        )
    except (RateLimited, Unreached):
        await _keep(app, parcel, effect)
        raise
    except Refused as refusal:
        if refusal.error != _GONE:
            raise
        if effect.sharing:
            return  # They were shared when the call before broke off; their message is just not there yet.
        if parcel.attempts >= _ATTEMPTS:
            raise
        anew = [one.model_copy(update={"file": ""}) for one in effect.files]
        await _keep(app, parcel, effect.model_copy(update={"files": anew}))
        raise NotYet from None


async def _keep(app: App, parcel: Claimed, effect: Upload) -> Upload:
    kept = effect.model_dump(mode="json")
    await app.transact_behind(lambda connection: outbox.amend(connection, parcel.id, kept))
    return effect


async def _fall_back(app: App, parcel: Claimed, effect: Upload) -> None:
    said = effect.fallback.model_dump(mode="json")
    await app.transact_behind(lambda connection: outbox.rewrite(connection, parcel.id, said, app.clock()))
    app.work.set()
