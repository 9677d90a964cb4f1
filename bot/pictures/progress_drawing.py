"""Drawing the error: a line that falls, grey where it stood still, and what it is seen against; twice.

Above it stands by day, below by the hours of work, which tell whether more of them brought less and less.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from bot.pictures.progress import ProgressMark, ProgressPicture, say_error
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

_PANEL, _HEIGHT = 146.0, 210.0
"""How high the plot of a panel is, and the panel with its title and what stands below."""
_LEFT, _RIGHT = 46.0, WIDTH - 78
_HEAD = 38.0
_TITLE, _SMALL, _LAST = 12.0, 9.5, 11.0
_PITCH = 12.0
_LINES = 4
_LABELS = 4
_NARROWEST = 60.0


@dataclass(frozen=True)
class _Panel:
    """One of the two plots: what it is by, where each measurement stands across, and what is written below it."""

    title: str
    places: Sequence[float]
    labels: Sequence[str]


@dataclass(frozen=True)
class _Plot:
    """Where a panel begins, and the ends of what it shows; 0 is always among the errors."""

    top: float
    begin: float
    end: float
    least: float
    most: float

    @property
    def bottom(self) -> float:
        """Where the smallest error stands."""
        return self.top + _PANEL

    def across(self, place: float) -> float:
        """Where a day or a number of hours stands; a single one in the middle."""
        wide = self.end - self.begin
        return _LEFT + (_RIGHT - _LEFT) * ((place - self.begin) / wide if wide else 0.5)

    def down(self, error: float) -> float:
        """Where an error stands."""
        return self.bottom - _PANEL * min((error - self.least) / (self.most - self.least), 1.0)


def draw(data: Mapping[str, Any]) -> bytes:
    """Draw the picture as PNG."""
    picture = ProgressPicture.model_validate(data)
    panels = list(_list_panels(picture))
    card = Card(_HEIGHT * len(panels) + MARGIN)
    for number, panel in enumerate(panels):
        _draw_panel(card, picture, panel, number * _HEIGHT)
    return card.png()


def _list_panels(picture: ProgressPicture) -> Iterator[_Panel]:
    """By day, and by hours where any were logged between the measurements."""
    points = picture.points
    measured = "" if picture.metric == "error" else f" (from {drawable(picture.metric)})"
    days = [f"{one.day.day} {one.day:%b}" for one in points]
    yield _Panel(f"Error by day{measured}", [one.day.toordinal() for one in points], days)
    if points[-1].hours > points[0].hours:
        hours = [format_number(round(one.hours)) for one in points]
        yield _Panel("Error by hours of work", [one.hours for one in points], hours)


def _draw_panel(card: Card, picture: ProgressPicture, panel: _Panel, top: float) -> None:
    errors = [0.0, *(one.error for one in picture.points), *(one.error for one in picture.marks)]
    least, most = min(errors) * 1.1, max(errors) * 1.1
    plot = _Plot(top + _HEAD, panel.places[0], panel.places[-1], least, most if most > least else 1.0)
    title = fitted(panel.title, WIDTH - 2 * MARGIN, _TITLE, bold=True)
    card.words(MARGIN, top + MARGIN + _TITLE / 2, title, _TITLE, bold=True)
    for begin, end in picture.flat:
        _draw_flat(card, plot, plot.across(panel.places[begin]), plot.across(panel.places[end]))
    _draw_axes(card, picture.unit, panel, plot)
    _draw_marks(card, picture.marks, picture.unit, plot)
    _draw_line(card, picture, panel, plot)


def _draw_flat(card: Card, plot: _Plot, left: float, right: float) -> None:
    """Behind everything; one day is as wide as can be seen."""
    right = max(right, left + 6)
    card.area([(left, plot.bottom), (right, plot.bottom)], [(left, plot.top), (right, plot.top)], EMPTY)
    card.words((left + right) / 2, plot.top + 6, "no progress", _SMALL, colour=FAINT_INK, middle=True)


def _draw_axes(card: Card, unit: str, panel: _Panel, plot: _Plot) -> None:
    for error in _round_steps(plot.least, plot.most):
        y, said = plot.down(error), say_error(error, unit)
        card.line([(_LEFT, y), (_RIGHT, y)], EDGE, 0.6)
        card.words(_LEFT - 5 - width_of(said, _SMALL), y, said, _SMALL, colour=FAINT_INK)
    last = -_NARROWEST
    for place, label in _labelled(panel):
        x = plot.across(place)
        if x - last >= _NARROWEST:
            last = x
            card.words(x, plot.bottom + 12, label, _SMALL, colour=FAINT_INK, middle=True)


def _round_steps(least: float, most: float) -> list[float]:
    """Round numbers between two ends, 0 among them, at most five of them."""
    narrowest = (most - least) / _LINES
    power = 10.0 ** floor(log10(narrowest))
    step = next(round_one * power for round_one in (1, 2, 2.5, 5, 10) if round_one * power >= narrowest)
    return [step * place for place in range(ceil(least / step), floor(most / step) + 1)]


def _labelled(panel: _Panel) -> list[tuple[float, str]]:
    """The first, the last, and some between them."""
    last = len(panel.places) - 1
    chosen = sorted({round(step * last / (_LABELS - 1)) for step in range(_LABELS)})
    return [(panel.places[place], panel.labels[place]) for place in chosen]


def _draw_marks(card: Card, marks: Sequence[ProgressMark], unit: str, plot: _Plot) -> None:
    """Each mark's word stands to the right of its line, or next to it where another one is in the way."""
    ordered = sorted(marks, key=lambda one: -one.error)
    lines = [plot.down(mark.error) for mark in ordered]
    for mark, y, at in zip(ordered, lines, apart(lines, plot.bottom), strict=True):
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


def _draw_line(card: Card, picture: ProgressPicture, panel: _Panel, plot: _Plot) -> None:
    """The measurements, and the newest one in words over its ring."""
    errors = [one.error for one in picture.points]
    placed = [(plot.across(place), plot.down(error)) for place, error in zip(panel.places, errors, strict=True)]
    if len(placed) > 1:
        card.line(placed, ACCENT, 2)
    for x, y in placed[:-1]:
        card.dots(x, y, 1, ACCENT, 2.5)
    x, y = placed[-1]
    card.ring(x, y, 5, INK)
    said = say_error(errors[-1], picture.unit)
    width = width_of(said, _LAST, bold=True)
    card.note(min(x - width / 2, _RIGHT - width), max(y - 14, plot.top - 4), said, _LAST)
