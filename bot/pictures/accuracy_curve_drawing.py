"""Drawing what accuracy costs: a band that rises ever faster, marks across it, and the place where the dial stands.

Across, each step divides the mistakes by the same factor, so that 99 and 99.9 stand as far apart as 90 and 99. Upward,
each step multiplies the work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from bot.pictures.accuracy_curve import CurveMark, CurvePicture, CurvePoint
from bot.pictures.style import (
    ACCENT,
    ACCENT_FAINT,
    EDGE,
    FAINT_INK,
    INK,
    MARGIN,
    WIDTH,
    Card,
    Point,
    drawable,
    fitted,
    width_of,
)
from flows.scoring.draws import say_roughly

_HEIGHT = 252.0
_LEFT, _RIGHT = 46.0, WIDTH - 16
_TITLE, _SMALL, _CHOSEN = 12.0, 9.5, 11.0
_MARKS_TOP, _MARK_PITCH, _USUAL_ROWS = 36.0, 12.0, 3
_PLOT_TOP, _PLOT_BOTTOM = 78.0, _HEIGHT - 40
_FEWEST_ERRORS, _MOST_ERRORS = 0.001, 0.5
_TICKS = (50.0, 80.0, 90.0, 95.0, 99.0, 99.5, 99.9)
_STEPS = (1, 3, 10, 30, 100, 300, 1_000, 3_000)


@dataclass(frozen=True)
class _Placed:
    """The words of a mark: where its line stands, where they begin, and in which row from the top."""

    x: float
    said: str
    left: float
    row: int


@dataclass(frozen=True)
class _Plot:
    """Where the curve is drawn, and the work at its two ends."""

    top: float
    bottom: float
    lowest: float
    highest: float

    def down(self, weeks: float) -> float:
        """How far down so much work stands."""
        room = log(max(self.highest / self.lowest, 1.1))
        share = min(max(log(weeks / self.lowest) / room, 0.0), 1.0)
        return self.bottom - (self.bottom - self.top) * share


def draw(data: Mapping[str, Any]) -> bytes:
    """Draw the picture as PNG; many marks make it higher."""
    picture = CurvePicture.model_validate(data)
    placed = _place(picture.marks)
    more = max(max((one.row for one in placed), default=0) + 1 - _USUAL_ROWS, 0) * _MARK_PITCH
    points = picture.points
    plot = _Plot(_PLOT_TOP + more, _PLOT_BOTTOM + more, min(one.low for one in points), max(one.high for one in points))
    card = Card(_HEIGHT + more)
    title = fitted(drawable(picture.title), WIDTH - 2 * MARGIN, _TITLE, bold=True)
    card.words(MARGIN, MARGIN + _TITLE / 2, title, _TITLE, bold=True)
    _draw_axes(card, plot)
    for one in placed:
        y = _MARKS_TOP + one.row * _MARK_PITCH
        card.line([(one.x, y + 6), (one.x, plot.bottom)], FAINT_INK, 0.8, dashed=True)
        card.words(one.left, y, one.said, _SMALL)
    _draw_band(card, points, plot)
    if picture.chosen:
        _draw_chosen(card, picture.chosen, plot)
    return card.png()


def _across(accuracy: float) -> float:
    errors = min(max(1 - accuracy / 100, _FEWEST_ERRORS), _MOST_ERRORS)
    return _LEFT + (_RIGHT - _LEFT) * log(_MOST_ERRORS / errors) / log(_MOST_ERRORS / _FEWEST_ERRORS)


def _place(marks: Iterable[CurveMark]) -> list[_Placed]:
    """Marks of one number share their words, which stand above the line in the first row that has room for them."""
    by_number: dict[float, list[str]] = {}
    for mark in marks:
        by_number.setdefault(mark.accuracy, []).append(drawable(mark.word))
    placed: list[_Placed] = []
    for accuracy, names in sorted(by_number.items()):
        x, said = _across(accuracy), fitted(f"{', '.join(names)} {accuracy:.4g}", WIDTH - 2 * MARGIN, _SMALL)
        width = width_of(said, _SMALL)
        left = min(max(x - width / 2, MARGIN), WIDTH - MARGIN - width)
        taken = {one.row for one in placed if one.left + width_of(one.said, _SMALL) + 6 > left}
        row = next(row for row in range(len(placed) + 1) if row not in taken)
        placed.append(_Placed(x, said, left, row))
    return placed


def _draw_axes(card: Card, plot: _Plot) -> None:
    for step in _STEPS:
        if plot.lowest <= step <= plot.highest:
            y, number = plot.down(step), f"{step:,}"
            card.line([(_LEFT, y), (_RIGHT, y)], EDGE, 0.6)
            card.words(_LEFT - 6 - width_of(number, _SMALL), y, number, _SMALL, colour=FAINT_INK)
    card.words(MARGIN, plot.top - 8, "person-weeks", _SMALL, colour=FAINT_INK)
    for tick in _TICKS:
        card.words(_across(tick), plot.bottom + 11, f"{tick:g}", _SMALL, colour=FAINT_INK, middle=True)
    card.words((_LEFT + _RIGHT) / 2, plot.bottom + 25, "right out of 100", _SMALL, colour=FAINT_INK, middle=True)


def _draw_band(card: Card, points: Sequence[CurvePoint], plot: _Plot) -> None:
    lower: list[Point] = [(_across(one.accuracy), plot.down(one.low)) for one in points]
    upper: list[Point] = [(_across(one.accuracy), plot.down(one.high)) for one in points]
    card.area(lower, upper, ACCENT_FAINT)
    card.line([(_across(one.accuracy), plot.down(one.likely)) for one in points], ACCENT, 2)


def _draw_chosen(card: Card, chosen: CurvePoint, plot: _Plot) -> None:
    """A ring on the curve; its words stand over the band, where nothing else is."""
    x, y = _across(chosen.accuracy), plot.down(chosen.likely)
    card.ring(x, y, 5, INK)
    said = f"{chosen.accuracy:g}: {say_roughly(chosen.likely)} person-weeks"
    width = width_of(said, _CHOSEN, bold=True)
    left = min(max(x - width - 4, _LEFT + 4), _RIGHT - width)
    over = min(plot.down(chosen.high), plot.bottom - 40)
    card.note(left, max(over - 12, plot.top + 8), said, _CHOSEN)
