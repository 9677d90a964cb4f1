"""Drawing what accuracy costs: a band that rises ever faster, marks across it, and the place where the dial stands.

Across, each step divides the mistakes by the same factor, so that 99 and 99.9 stand as far apart as 90 and 99. Upward,
each step multiplies the work.
"""

from collections.abc import Callable, Mapping, Sequence
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
_MARK_ROWS = 3
_MARK_PITCH = 12.0
_PLOT_TOP, _PLOT_BOTTOM = 78.0, _HEIGHT - 40
_FEWEST_ERRORS, _MOST_ERRORS = 0.001, 0.5
_TICKS = (50.0, 80.0, 90.0, 95.0, 99.0, 99.5, 99.9)
_STEPS = (1, 3, 10, 30, 100, 300, 1_000, 3_000)


def draw(data: Mapping[str, Any]) -> bytes:
    """Draw the picture as PNG."""
    picture = CurvePicture.model_validate(data)
    card = Card(_HEIGHT)
    title = fitted(drawable(picture.title), WIDTH - 2 * MARGIN, _TITLE, bold=True)
    card.words(MARGIN, MARGIN + _TITLE / 2, title, _TITLE, bold=True)
    down = _scale_of(picture.points)
    _draw_axes(card, picture.points, down)
    _draw_marks(card, picture.marks)
    _draw_band(card, picture.points, down)
    if picture.chosen:
        _draw_chosen(card, picture.chosen, down)
    return card.png()


def _across(accuracy: float) -> float:
    errors = min(max(1 - accuracy / 100, _FEWEST_ERRORS), _MOST_ERRORS)
    return _LEFT + (_RIGHT - _LEFT) * log(_MOST_ERRORS / errors) / log(_MOST_ERRORS / _FEWEST_ERRORS)


def _scale_of(points: Sequence[CurvePoint]) -> Callable[[float], float]:
    lowest, highest = min(one.low for one in points), max(one.high for one in points)
    room = log(max(highest / lowest, 1.1))

    def down(weeks: float) -> float:
        share = min(max(log(weeks / lowest) / room, 0.0), 1.0)
        return _PLOT_BOTTOM - (_PLOT_BOTTOM - _PLOT_TOP) * share

    return down


def _draw_axes(card: Card, points: Sequence[CurvePoint], down: Callable[[float], float]) -> None:
    lowest, highest = min(one.low for one in points), max(one.high for one in points)
    for step in _STEPS:
        if lowest <= step <= highest:
            card.line([(_LEFT, down(step)), (_RIGHT, down(step))], EDGE, 0.6)
            number = f"{step:,}"
            card.words(_LEFT - 6 - width_of(number, _SMALL), down(step), number, _SMALL, colour=FAINT_INK)
    card.words(MARGIN, _PLOT_TOP - 8, "person-weeks", _SMALL, colour=FAINT_INK)
    for tick in _TICKS:
        card.words(_across(tick), _PLOT_BOTTOM + 11, f"{tick:g}", _SMALL, colour=FAINT_INK, middle=True)
    card.words((_LEFT + _RIGHT) / 2, _PLOT_BOTTOM + 25, "right out of 100", _SMALL, colour=FAINT_INK, middle=True)


def _draw_marks(card: Card, marks: Sequence[CurveMark]) -> None:
    """Each mark's word stands above its line, in the first of the rows that has room for it."""
    ends = [0.0] * _MARK_ROWS
    for mark in sorted(marks, key=lambda one: one.accuracy):
        x = _across(mark.accuracy)
        said = f"{drawable(mark.word)} {mark.accuracy:.4g}"
        width = width_of(said, _SMALL)
        left = min(max(x - width / 2, MARGIN), WIDTH - MARGIN - width)
        row = next((row for row, end in enumerate(ends) if end + 6 <= left), _MARK_ROWS - 1)
        ends[row] = left + width
        y = 36.0 + row * _MARK_PITCH
        card.line([(x, y + 6), (x, _PLOT_BOTTOM)], FAINT_INK, 0.8, dashed=True)
        card.words(left, y, said, _SMALL)


def _draw_band(card: Card, points: Sequence[CurvePoint], down: Callable[[float], float]) -> None:
    lower: list[Point] = [(_across(one.accuracy), down(one.low)) for one in points]
    upper: list[Point] = [(_across(one.accuracy), down(one.high)) for one in points]
    card.area(lower, upper, ACCENT_FAINT)
    card.line([(_across(one.accuracy), down(one.likely)) for one in points], ACCENT, 2)


def _draw_chosen(card: Card, chosen: CurvePoint, down: Callable[[float], float]) -> None:
    """A ring on the curve; its words stand over the band, where nothing else is."""
    x, y = _across(chosen.accuracy), down(chosen.likely)
    card.ring(x, y, 5, INK)
    said = f"{chosen.accuracy:g}: {say_roughly(chosen.likely)} person-weeks"
    width = width_of(said, _CHOSEN, bold=True)
    left = min(max(x - width - 4, _LEFT + 4), _RIGHT - width)
    over = min(down(chosen.high), _PLOT_BOTTOM - 40)
    card.note(left, max(over - 12, _PLOT_TOP + 8), said, _CHOSEN)
