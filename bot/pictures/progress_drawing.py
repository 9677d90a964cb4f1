"""Drawing the error over time: a line that falls, grey where it stood still, and what it is seen against.

Across stand the days, and under them the hours that were spent until then; upward the error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Any

from bot.pictures.progress import ProgressMark, ProgressPicture, ProgressPoint, say_error
from bot.pictures.style import (
    ACCENT,
    EDGE,
    EMPTY,
    FAINT_INK,
    INK,
    MARGIN,
    WIDTH,
    Card,
    drawable,
    fitted,
    width_of,
)
from flows.objectives import format_number

_HEIGHT = 240.0
_LEFT, _RIGHT = 46.0, WIDTH - 78
_TOP, _BOTTOM = 46.0, _HEIGHT - 44
_TITLE, _SMALL, _LAST = 12.0, 9.5, 11.0
_PITCH = 12.0
_LINES = 4
_LABELS = 3
_NARROWEST = 70.0


@dataclass(frozen=True)
class _Plot:
    """The first and the last day, and the smallest and the largest error that are shown; 0 is always among them."""

    begin: date
    end: date
    least: float
    most: float

    def across(self, day: date) -> float:
        """Where a day stands; a single day in the middle."""
        days = (self.end - self.begin).days
        share = (day - self.begin).days / days if days else 0.5
        return _LEFT + (_RIGHT - _LEFT) * share

    def down(self, error: float) -> float:
        """Where an error stands."""
        return _BOTTOM - (_BOTTOM - _TOP) * min((error - self.least) / (self.most - self.least), 1.0)


def draw(data: Mapping[str, Any]) -> bytes:
    """Draw the picture as PNG."""
    picture = ProgressPicture.model_validate(data)
    points = picture.points
    errors = [0.0, *(one.error for one in points), *(one.error for one in picture.marks)]
    least, most = min(errors) * 1.1, max(errors) * 1.1
    plot = _Plot(points[0].day, points[-1].day, least, most if most > least else 1.0)
    card = Card(_HEIGHT)
    measured = "" if picture.metric == "error" else f" (from {drawable(picture.metric)})"
    title = fitted(f"Error by day{measured}", WIDTH - 2 * MARGIN, _TITLE, bold=True)
    card.words(MARGIN, MARGIN + _TITLE / 2, title, _TITLE, bold=True)
    for begin, end in picture.flat:
        _draw_flat(card, plot.across(points[begin].day), plot.across(points[end].day))
    _draw_axes(card, picture, plot)
    _draw_marks(card, picture.marks, picture.unit, plot)
    _draw_line(card, points, picture.unit, plot)
    return card.png()


def _draw_flat(card: Card, left: float, right: float) -> None:
    """Behind everything; one day is as wide as can be seen."""
    right = max(right, left + 6)
    card.area([(left, _BOTTOM), (right, _BOTTOM)], [(left, _TOP), (right, _TOP)], EMPTY)
    card.words((left + right) / 2, _TOP + 6, "no progress", _SMALL, colour=FAINT_INK, middle=True)


def _draw_axes(card: Card, picture: ProgressPicture, plot: _Plot) -> None:
    for error in _round_steps(plot.least, plot.most):
        y, said = plot.down(error), say_error(error, picture.unit)
        card.line([(_LEFT, y), (_RIGHT, y)], EDGE, 0.6)
        card.words(_LEFT - 5 - width_of(said, _SMALL), y, said, _SMALL, colour=FAINT_INK)
    last = -_NARROWEST
    for one in _labelled(picture.points):
        x = plot.across(one.day)
        if x - last < _NARROWEST:
            continue
        last = x
        card.words(x, _BOTTOM + 12, f"{one.day.day} {one.day:%b}", _SMALL, colour=FAINT_INK, middle=True)
        hours = f"{format_number(round(one.hours))} hours"
        card.words(x, _BOTTOM + 24, hours, _SMALL, colour=FAINT_INK, middle=True)


def _round_steps(least: float, most: float) -> list[float]:
    """Round numbers between two ends, 0 among them, at most five of them."""
    narrowest = (most - least) / _LINES
    power = 10.0 ** floor(log10(narrowest))
    step = next(round_one * power for round_one in (1, 2, 2.5, 5, 10) if round_one * power >= narrowest)
    return [step * place for place in range(ceil(least / step), floor(most / step) + 1)]


def _labelled(points: Sequence[ProgressPoint]) -> list[ProgressPoint]:
    """The first, the last, and some between them."""
    places = {round(step * (len(points) - 1) / (_LABELS - 1)) for step in range(_LABELS)}
    return [points[place] for place in sorted(places)]


def _draw_marks(card: Card, marks: Sequence[ProgressMark], unit: str, plot: _Plot) -> None:
    """Each mark's word stands to the right of its line, or next to it where another one is in the way."""
    ordered = sorted(marks, key=lambda one: -one.error)
    lines = [plot.down(mark.error) for mark in ordered]
    for mark, y, at in zip(ordered, lines, apart(lines, _BOTTOM), strict=True):
        card.line([(_LEFT, y), (_RIGHT, y)], FAINT_INK, 0.8, dashed=True)
        said = fitted(f"{drawable(mark.word)} {say_error(mark.error, unit)}", WIDTH - _RIGHT - 11, _SMALL)
        card.words(_RIGHT + 8, at, said, _SMALL)


def apart(places: Sequence[float], lowest: float) -> list[float]:
    """Places for words beside these, from the top down: a line apart, and none below the lowest."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + _PITCH) if found else place)
    for at in reversed(range(len(found))):
        found[at] = min(found[at], lowest - _PITCH * (len(found) - 1 - at))
    return found


def _draw_line(card: Card, points: Sequence[ProgressPoint], unit: str, plot: _Plot) -> None:
    """The measurements, and the newest one in words over its ring."""
    placed = [(plot.across(one.day), plot.down(one.error)) for one in points]
    if len(placed) > 1:
        card.line(placed, ACCENT, 2)
    for x, y in placed[:-1]:
        card.dots(x, y, 1, ACCENT, 2.5)
    x, y = placed[-1]
    card.ring(x, y, 5, INK)
    said = say_error(points[-1].error, unit)
    width = width_of(said, _LAST, bold=True)
    card.note(min(x - width / 2, _RIGHT - width), max(y - 14, _TOP - 4), said, _LAST)
