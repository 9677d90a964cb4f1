"""Parts of a page that follow what they show, drawing anew only what has changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui


class Part:
    """A part of the page, drawn anew when what it shows has changed.

    Args:
        element: Where it stands; its content is the part's alone.
        look: Tells what would be shown; anything that can be compared.
        draw: Draws it, inside the element.
    """

    def __init__(self, element: ui.element, look: Callable[[], Any], draw: Callable[[], None]) -> None:
        self.element = element
        self._look = look
        self._draw = draw
        self._shown: Any = object()

    def refresh(self) -> None:
        """Draw anew if something has changed."""
        seen = self._look()
        if seen == self._shown:
            return
        self._shown = seen
        self.element.clear()
        with self.element:
            self._draw()


@dataclass(frozen=True)
class Row:
    """One row of a list.

    Attributes:
        key: Its name within the list; a row that should be drawn anew as a whole gets another name.
        draw: Draws it, and returns the parts of it that follow what happens.
    """

    key: str
    draw: Callable[[], Sequence["Part | Rows"]]


class Rows:
    """A list whose rows stay where they are: only parts of them are drawn anew, so that no press is lost meanwhile.

    Args:
        element: Where the list stands.
        rows: Gives the rows as they should be, in order.
    """

    def __init__(self, element: ui.element, rows: Callable[[], Sequence[Row]]) -> None:
        self._element = element
        self._rows = rows
        self._drawn: dict[str, tuple[ui.element, Sequence[Part | Rows]]] = {}

    def refresh(self) -> None:
        """Add, remove and bring up to date what has changed."""
        wanted = {row.key: row for row in self._rows()}
        for key in self._drawn.keys() - wanted.keys():
            self._drawn.pop(key)[0].delete()
        for key, row in wanted.items():
            if key not in self._drawn:
                self._add(row)
        self._put_in_order(list(wanted))
        for _, parts in self._drawn.values():
            for part in parts:
                part.refresh()

    def _add(self, row: Row) -> None:
        with self._element, ui.element("div") as element:
            self._drawn[row.key] = (element, row.draw())

    def _put_in_order(self, keys: Sequence[str]) -> None:
        if list(self._drawn) == list(keys):
            return
        self._drawn = {key: self._drawn[key] for key in keys}
        for place, (element, _) in enumerate(self._drawn.values()):
            element.move(target_index=place)
