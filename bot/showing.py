"""Pictures in messages: brought to Slack before the message is sent, and replaced by words where it takes none.

A picture never holds a message up for long: after a few tries, a second apart, what stands in for it is sent instead.
What was uploaded is kept with the parcel, so that a process which takes it over uploads nothing twice.
"""

import asyncio
import logging
from itertools import groupby
from typing import TypeVar

from bot.app import App
from bot.blocks import Block, image, without_tables, words
from bot.charts import without_charts
from bot.effects import Edit, Picture, Post
from bot.making import CannotMake, make
from bot.slack_api import CallFailed, Refused
from storage import outbox
from storage.outbox import Claimed, NotYet

_log = logging.getLogger(__name__)

_TRIES = 4
# The message has to go out before the lease on its parcel ends.
_LONGEST_SECONDS = 8
# What may be different when the file is uploaded anew; all other refusals stay.
_PASSING = frozenset({"file_not_found", "file_update_failed"})
_BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})

Illustrated = TypeVar("Illustrated", Post, Edit)


async def bring_pictures(app: App, parcel: Claimed, effect: Illustrated) -> Illustrated:
    """Draw and upload the pictures that are not at Slack yet.

    Raises:
        NotYet: One could not be uploaded, and may be in a moment.
    """
    pictures = [one if one.file or one.refused else await _bring(app, parcel, one) for one in effect.pictures]
    if pictures == effect.pictures:
        return effect
    brought = await _keep(app, parcel, effect, pictures)
    if not all(one.file or one.refused for one in pictures):
        raise NotYet
    return brought


async def _bring(app: App, parcel: Claimed, picture: Picture) -> Picture:
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            content = await make(app, picture.kind, picture.data)
            file = await app.slack.upload(picture.file_name, content, picture.alt)
            await app.slack.call("files.completeUploadExternal", files=[{"id": file, "title": picture.file_name}])
    except CannotMake:
        return _tried(picture, final=True)
    except TimeoutError:
        _log.warning("Parcel %d: its picture took too long", parcel.id)
        return _tried(picture)
    except CallFailed as failure:
        _log.warning("Parcel %d: its picture was not taken: %s", parcel.id, failure)
        final = isinstance(failure, Refused) and failure.error not in _PASSING
        return _tried(picture, final=final)
    return picture.model_copy(update={"file": file})


def _tried(picture: Picture, *, final: bool = False) -> Picture:
    tries = picture.tries + 1
    return picture.model_copy(update={"tries": tries, "refused": final or tries >= _TRIES})


async def take_refused_blocks(app: App, parcel: Claimed, effect: Illustrated, refusal: Refused) -> None:
    """Do what follows when Slack refuses blocks: wait for their pictures, into which it may still look, or go on.

    Raises:
        NotYet: The message is tried again in a moment.
        Refused: It was refused for something else.
    """
    if refusal.error not in _BLOCKS_REFUSED:
        raise refusal
    shown = [one for one in effect.pictures if one.file and not one.refused]
    if shown and refusal.may_be_about("file"):
        tried = [_tried(one) if one in shown else one for one in effect.pictures]
        await _keep(app, parcel, effect, tried)
        raise NotYet
    _log.error("Parcel %d: Slack refused its blocks (%s)", parcel.id, refusal.error)


async def _keep(app: App, parcel: Claimed, effect: Illustrated, pictures: list[Picture]) -> Illustrated:
    changed = effect.model_copy(update={"pictures": pictures})
    kept = changed.model_dump(mode="json")
    await app.transact_behind(lambda connection: outbox.amend(connection, parcel.id, kept))
    return changed


def layouts(effect: Post | Edit) -> list[list[Block]]:
    """The blocks of a message as they are tried, one after another, where Slack refuses those before."""
    shown, said = _filled(effect, with_pictures=True), _filled(effect, with_pictures=False)
    plain = without_charts(said)
    return [blocks for blocks, _ in groupby([shown, without_charts(shown), plain, without_tables(plain)])]


def _filled(effect: Post | Edit, *, with_pictures: bool) -> list[Block]:
    pictures = {one.place: one for one in effect.pictures}
    if not pictures:
        return effect.blocks
    shown: list[Block] = []
    for block in effect.blocks:
        picture = pictures.get(block.get("block_id", ""))
        if picture is None:
            shown.append(block)
        elif with_pictures and picture.file and not picture.refused:
            shown.append(image(picture.file, picture.alt))
        else:
            shown += picture.fallback
    return list(words(effect.text, shown).blocks)
