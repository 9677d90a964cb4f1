"""Drawing which goals collide: half a matrix, whose goals stand on the steps.

Each goal is written once, where its row ends and its column begins: from a cell, one goal is to the right and the other
one straight up. So no goal is numbered, and nothing is looked up elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.pictures.conflict_matrix import MOST_LABELS, MatrixCell, MatrixPicture
from bot.pictures.style import (
    EMPTY,
    FAINT_INK,
    LEVELS,
    MARGIN,
    ON_LEVELS,
    WIDTH,
    Card,
    drawable,
    fitted,
    width_of,
    wrapped,
)

_GAP = 2.0
_TITLE = 12.0
_TITLE_ROOM = 20.0
_KEY_ROOM = 20.0
_LABEL_GAP = 4.0
_PITCH = 1.22


@dataclass(frozen=True)
class _Measures:
    """How large things are in points; smaller for many goals, so that all fit.

    Attributes:
        cell: A cell's width.
        row: A row's height.
        label: The size of the letters of a goal.
        lines: How many lines a goal may take.
        word: The size of the letters in cells; 0 where only dots fit, which are then explained below.
    """

    cell: float
    row: float
    label: float
    lines: int
    word: float

    @property
    def first_row(self) -> float:
        """The first goal's row holds no cells, and may be lower."""
        return min(self.row, 2 * self.label * _PITCH + 6)


_UP_TO = {
    3: _Measures(cell=92, row=50, label=12, lines=3, word=11.5),
    4: _Measures(cell=66, row=46, label=11, lines=3, word=10.5),
    6: _Measures(cell=46, row=39, label=10, lines=3, word=9),
    9: _Measures(cell=25, row=27, label=9.5, lines=2, word=0),
    MOST_LABELS: _Measures(cell=20, row=24, label=9, lines=2, word=0),
}


def draw(data: Mapping[str, Any]) -> bytes:
    """Draw the picture as PNG.

    Raises:
        CannotDraw: If its labels hold signs that the font does not have.
    """
    picture = MatrixPicture.model_validate(data)
    labels = [drawable(label) for label in picture.labels]
    sizes = next(sizes for most, sizes in _UP_TO.items() if len(labels) <= most)
    explained = {} if sizes.word else {cell.level: cell.word for cell in picture.pairs.values()}
    top = MARGIN + (_TITLE_ROOM if picture.title else 0)
    cells_top = top + sizes.first_row
    bottom = cells_top + sizes.row * (len(labels) - 1)
    card = Card(bottom + (_KEY_ROOM if explained else 0) + MARGIN)
    if picture.title:
        title = fitted(drawable(picture.title), WIDTH - 2 * MARGIN, _TITLE, bold=True)
        card.words(MARGIN, MARGIN + _TITLE / 2, title, _TITLE, bold=True)
    _draw_label(card, MARGIN, top + sizes.first_row / 2, labels[0], sizes)
    for row, label in enumerate(labels[1:], 1):
        y = cells_top + (row - 1) * sizes.row
        for column in range(row):
            _draw_cell(card, MARGIN + column * sizes.cell, y, sizes, picture.pairs.get((column, row)))
        _draw_label(card, MARGIN + row * sizes.cell + _LABEL_GAP, y + sizes.row / 2, label, sizes)
    if explained:
        _draw_key(card, bottom + _KEY_ROOM / 2 + 3, explained)
    return card.png()


def _draw_cell(card: Card, x: float, y: float, sizes: _Measures, cell: MatrixCell | None) -> None:
    width, height = sizes.cell - _GAP, sizes.row - _GAP
    card.box(x, y, width, height, LEVELS[cell.level] if cell else EMPTY)
    if cell is None:
        return
    centre, middle, ink = x + width / 2, y + height / 2, ON_LEVELS[cell.level]
    if not sizes.word:
        card.dots(centre, middle, cell.level, ink, sizes.cell / 12)
        return
    lines = wrapped(drawable(cell.word), width - 4, sizes.word, 2)
    pitch = sizes.word * _PITCH
    for place, line in enumerate(lines):
        card.words(centre, middle + (place - (len(lines) - 1) / 2) * pitch, line, sizes.word, colour=ink, middle=True)


def _draw_label(card: Card, x: float, middle: float, label: str, sizes: _Measures) -> None:
    room = WIDTH - MARGIN - x
    who, colon, goal = label.partition(": ")
    head = [fitted(who, room, sizes.label, bold=True)] if colon else []
    lines = [*head, *wrapped(goal if colon else label, room, sizes.label, sizes.lines - len(head))]
    pitch = sizes.label * _PITCH
    for place, line in enumerate(lines):
        y = middle + (place - (len(lines) - 1) / 2) * pitch
        card.words(x, y, line, sizes.label, bold=place < len(head))


def _draw_key(card: Card, y: float, key: Mapping[int, str]) -> None:
    x = MARGIN
    for level in sorted(key, reverse=True):
        word = fitted(drawable(key[level]), 80, 9)
        card.box(x, y - 6, 22, 12, LEVELS[level])
        card.dots(x + 11, y, level, ON_LEVELS[level], 1.5)
        card.words(x + 27, y, word, 9, colour=FAINT_INK)
        x += 27 + width_of(word, 9) + 14
