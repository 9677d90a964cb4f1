"""Long lists, handed out by pages."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from playground.arguments import Arguments
from playground.records import Json, Refused

Item = TypeVar("Item")

_MOST = 1000


def page(name: str, items: Sequence[Item], arguments: Arguments, default: int = 100) -> Json:
    """The page asked for by ``cursor`` and ``limit``.

    Args:
        name: The key of the list in the answer.
        items: The whole list.
        arguments: Of the call.
        default: How many without a limit.

    Raises:
        Refused: ``invalid_cursor`` or ``invalid_limit``.
    """
    start = _offset(arguments.text("cursor"))
    end = start + arguments.whole("limit", default, _MOST)
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return {name: list(items[start:end]), "response_metadata": {"next_cursor": cursor}}


def _offset(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:")) if cursor else 0
    except (binascii.Error, ValueError) as error:
        raise Refused("invalid_cursor", breach=True) from error
