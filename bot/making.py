"""How the files are made that the app shares: by kind, each from what it is made of, when it is sent."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot import charter, time_report
from bot.app import App
from bot.logs import describe_error

_log = logging.getLogger(__name__)

Maker = Callable[[App, Mapping[str, Any]], Awaitable[bytes]]


async def _make_text(_app: App, data: Mapping[str, Any]) -> bytes:
    return str(data["text"]).encode()


# A kind that is not here is one of the pictures.
_MAKERS: dict[str, Maker] = {
    "text": _make_text,
    charter.CANVAS: charter.make_canvas,
    charter.MARKDOWN: charter.make_markdown,
    charter.JSON: charter.make_json,
    charter.PDF: charter.make_pdf,
    time_report.FILE: time_report.make_csv,
}


class CannotMake(Exception):
    """A file cannot be made; trying again would change nothing."""


async def make(app: App, kind: str, data: Mapping[str, Any]) -> bytes:
    """What is in a file of this kind.

    Raises:
        CannotMake: Whatever went wrong.
    """
    maker = _MAKERS.get(kind)
    try:
        return await maker(app, data) if maker else await app.studio.draw(kind, data)
    except Exception as error:
        _log.warning("A file of kind %s cannot be made: %s", kind, describe_error(error))
        raise CannotMake from None
