"""Where pictures are drawn: beside the event loop, one at a time, and none twice."""

import asyncio
import hashlib
import importlib
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from bot.pictures import accuracy_curve, conflict_matrix, plane

Drawing = Callable[[Mapping[str, Any]], bytes]

# By name, since what draws takes 70 MB and a third of a second to load: that is spent by those who draw, when they do.
_DRAWN_IN = {
    accuracy_curve.KIND: "bot.pictures.accuracy_curve_drawing",
    conflict_matrix.KIND: "bot.pictures.conflict_matrix_drawing",
    plane.KIND: "bot.pictures.plane_drawing",
}
_KEPT = 32


class UnknownPicture(Exception):
    """Nothing draws pictures of this kind."""


class Studio:
    """Draws pictures as PNG, and keeps the last ones."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._busy = asyncio.Lock()

    async def draw(self, kind: str, data: Mapping[str, Any]) -> bytes:
        """The picture of this kind that shows this.

        Raises:
            UnknownPicture: If nothing draws it.
            CannotDraw: If it would not say what it should.
        """
        if kind not in _DRAWN_IN:
            raise UnknownPicture(kind)
        content = json.dumps([kind, data], sort_keys=True).encode()
        key = hashlib.sha256(content).hexdigest()
        async with self._busy:
            if key not in self._kept:
                self._kept[key] = await asyncio.to_thread(_draw, kind, data)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def _draw(kind: str, data: Mapping[str, Any]) -> bytes:
    drawing: Drawing = importlib.import_module(_DRAWN_IN[kind]).draw
    return drawing(data)
