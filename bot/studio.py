"""Where pictures are drawn: beside the event loop, one at a time, and none twice."""

import asyncio
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from bot.pictures import accuracy_curve, conflict_matrix, plane, progress

Drawing = Callable[[Mapping[str, Any]], bytes]

# By name, since what draws takes 70 MB and a third of a second to load: that is spent by those who draw, when they do.
_DRAWN_IN = {
    accuracy_curve.KIND: "bot.pictures.accuracy_curve_drawing",
    conflict_matrix.KIND: "bot.pictures.conflict_matrix_drawing",
    plane.KIND: "bot.pictures.plane_drawing",
    progress.KIND: "bot.pictures.progress_drawing",
}
_KEPT = 32


class UnknownPicture(Exception):
    """Nothing draws pictures of this kind."""


class Studio:
    """Draws pictures as PNG."""

    def __init__(self) -> None:
        self._busy = asyncio.Lock()

    async def draw(self, kind: str, data: Mapping[str, Any]) -> bytes:
        """The picture of this kind that shows this.

        Raises:
            UnknownPicture: If nothing draws it.
            CannotDraw: If it would not say what it should.
        """
        if kind not in _DRAWN_IN:
            raise UnknownPicture(kind)
        async with self._busy:
            return await asyncio.to_thread(_draw, kind, json.dumps(data, sort_keys=True))


@lru_cache(_KEPT)
def _draw(kind: str, data: str) -> bytes:
    drawing: Drawing = import_module(_DRAWN_IN[kind]).draw
    return drawing(json.loads(data))
