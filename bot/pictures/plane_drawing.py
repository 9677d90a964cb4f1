"""Drawing the backlog: points with the cross of their ranges, names beside them, quarters named in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.pictures.plane import MOST_NAMED, QUARTERS, PlanePicture, PlanePoint
from bot.pictures.style import (
    ACCENT,
    ACCENT_FAINT,
    EDGE,
    EMPTY,
    FAINT_INK,
    INK,
    MARGIN,
    WIDTH,
    CannotDraw,
    Card,
    drawable,
    fitted,
    width_of,
)

_HEIGHT = 330.0
_LEFT, _RIGHT = 34.0, WIDTH - MARGIN
_TOP, _BOTTOM = MARGIN + 4, _HEIGHT - 34
_NAME, _QUARTER, _SMALL = 9.5, 10.0, 9.5
_LINE = 12.0
_NAME_ROOM = 120.0
_RADIUS = 3.5
_FULL = 100.0


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    @property
    def is_inside(self) -> bool:
        return self.left >= _LEFT and self.right <= _RIGHT and self.top >= _TOP and self.bottom <= _BOTTOM


def draw(data: Mapping[str, Any]) -> bytes:
    """Draw the picture as PNG."""
    picture = PlanePicture.model_validate(data)
    card = Card(_HEIGHT)
    _draw_quarters(card)
    named, others = picture.points[:MOST_NAMED], picture.points[MOST_NAMED:]
    for one in others:
        card.dots(_across(one.cost[1]), _down(one.impact[1]), 1, FAINT_INK, 1.5)
    for one in named:
        _draw_ranges(card, one)
    for one in named:
        card.dots(_across(one.cost[1]), _down(one.impact[1]), 1, INK if one.is_own else ACCENT, _RADIUS)
    _draw_names(card, named)
    return card.png()


def _across(cost: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * cost / _FULL


def _down(impact: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * impact / _FULL


def _draw_quarters(card: Card) -> None:
    middle_x, middle_y = _across(50), _down(50)
    card.area([(_LEFT, _TOP), (middle_x, _TOP)], [(_LEFT, middle_y), (middle_x, middle_y)], EMPTY)
    card.line([(middle_x, _TOP), (middle_x, _BOTTOM)], EDGE, 1)
    card.line([(_LEFT, middle_y), (_RIGHT, middle_y)], EDGE, 1)
    card.line([(_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)], EDGE, 1)
    for place, quarter in enumerate(QUARTERS):
        x = (_LEFT if place % 2 == 0 else middle_x) + 5
        y = _TOP + 8 if place < 2 else _BOTTOM - 8  # noqa: PLR2004
        card.words(x, y, quarter, _QUARTER, colour=FAINT_INK, bold=True)
    card.words(_LEFT, _BOTTOM + 12, "little work", _SMALL, colour=FAINT_INK)
    much = "much work"
    card.words(_RIGHT - width_of(much, _SMALL), _BOTTOM + 12, much, _SMALL, colour=FAINT_INK)
    card.words((_LEFT + _RIGHT) / 2, _BOTTOM + 12, "cost", _SMALL, colour=FAINT_INK, middle=True)
    card.upright(_LEFT - 14, (_TOP + _BOTTOM) / 2, "impact", _SMALL, FAINT_INK)


def _draw_ranges(card: Card, one: PlanePoint) -> None:
    x, y = _across(one.cost[1]), _down(one.impact[1])
    card.line([(_across(one.cost[0]), y), (_across(one.cost[2]), y)], ACCENT_FAINT, 2)
    card.line([(x, _down(one.impact[0])), (x, _down(one.impact[2]))], ACCENT_FAINT, 2)


def _draw_names(card: Card, named: Sequence[PlanePoint]) -> None:
    """A name stands beside its point where it covers no other name or point; where there is no such place, nowhere."""
    taken = [_around(one) for one in named]
    for one in named:
        try:
            name = fitted(drawable(one.name), _NAME_ROOM, _NAME, bold=one.is_own)
        except CannotDraw:
            continue
        width = width_of(name, _NAME, bold=one.is_own)
        free = next((box for box in _places(one, width) if box.is_inside and not any(map(box.meets, taken))), None)
        if free is not None:
            taken.append(free)
            card.words(free.left, (free.top + free.bottom) / 2, name, _NAME, bold=one.is_own)


def _around(one: PlanePoint) -> _Box:
    x, y = _across(one.cost[1]), _down(one.impact[1])
    return _Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)


def _places(one: PlanePoint, width: float) -> Iterator[_Box]:
    """Beside, above and below the point, the nearest first."""
    x, y = _across(one.cost[1]), _down(one.impact[1])
    half = _LINE / 2
    for away in (0.0, _LINE, -_LINE, 2 * _LINE, -2 * _LINE):
        yield _Box(x + 6, y + away - half, x + 6 + width, y + away + half)
        yield _Box(x - 6 - width, y + away - half, x - 6, y + away + half)
    yield _Box(x - width / 2, y - 6 - _LINE, x + width / 2, y - 6)
    yield _Box(x - width / 2, y + 6, x + width / 2, y + 6 + _LINE)
