"""One quiet style for all pictures: a white card of its own, which stands well on light and dark.

Everything is measured in points, of which a card is 360 wide, as Slack shows it in a message; a letter of 10 points is
10 pixels high there, and three times sharper when the picture is opened.
"""

from bisect import bisect_right
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle

from bot.blocks import cut

WIDTH: Final = 360.0
MARGIN: Final = 12.0

INK: Final = "#1d2733"
FAINT_INK: Final = "#5b6673"
PAPER: Final = "#ffffff"
EDGE: Final = "#d5dae0"
EMPTY: Final = "#f1f3f5"
ACCENT: Final = "#1f5fa8"
ACCENT_FAINT: Final = "#cfdff0"
"""One colour and its shade: what has to be told apart has words or another form, not another colour."""
LEVELS: Final = {1: "#fbe3a6", 2: "#e8933f", 3: "#a92f2f"}
"""From light to dark, so that shades of grey tell them apart too."""
ON_LEVELS: Final = {1: INK, 2: INK, 3: "#ffffff"}

_SHARPER = 3
_POINTS_PER_INCH = 72
_FONT_UNITS = 64
_ROUNDING = 3.0
_FONT = "DejaVu Sans"  # comes with matplotlib, so that pictures are the same everywhere
_UNKNOWN = "\N{WHITE SQUARE}"
_LEAST_SHARE_KNOWN = 0.8
_LONGEST = 150
_MORE = "…"


Point = tuple[float, float]
"""Across and down, in points from the top left corner."""


class CannotDraw(Exception):
    """A picture would not say what it should; what stands in for it does."""


class Card:
    """A card to draw on, measured from its top left corner.

    Args:
        height: In points.
    """

    def __init__(self, height: float) -> None:
        size = (WIDTH / _POINTS_PER_INCH, height / _POINTS_PER_INCH)
        figure = Figure(figsize=size, dpi=_POINTS_PER_INCH * _SHARPER, facecolor=PAPER)
        FigureCanvasAgg(figure)
        self._figure = figure
        self._axes = figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)
        self._axes.axis("off")
        frame = Rectangle((0.5, 0.5), WIDTH - 1, height - 1, facecolor="none", edgecolor=EDGE, linewidth=1)
        self._axes.add_patch(frame)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw a filled box with soft corners."""
        inner = (x + _ROUNDING, y + _ROUNDING), width - 2 * _ROUNDING, height - 2 * _ROUNDING
        shape = FancyBboxPatch(*inner, boxstyle=f"round,pad={_ROUNDING}", facecolor=colour, edgecolor="none")
        self._axes.add_patch(shape)

    def dots(self, x: float, y: float, count: int, colour: str, radius: float) -> None:
        """Draw so many dots side by side, with their middle here."""
        step = radius * 2.7
        for place in range(count):
            middle = (x + (place - (count - 1) / 2) * step, y)
            self._axes.add_patch(Circle(middle, radius, color=colour, linewidth=0, zorder=4))

    def area(self, lower: Sequence[Point], upper: Sequence[Point], colour: str) -> None:
        """Fill what lies between two lines."""
        self._axes.add_patch(Polygon([*lower, *reversed(upper)], closed=True, facecolor=colour, edgecolor="none"))

    def line(self, points: Sequence[Point], colour: str, width: float, *, dashed: bool = False) -> None:
        """Draw a line through these points."""
        across, down = zip(*points, strict=True)
        self._axes.plot(across, down, color=colour, linewidth=width, linestyle=(0, (2, 2)) if dashed else "-")

    def ring(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a ring that stands out on whatever lies under it."""
        self._axes.add_patch(Circle((x, y), radius, facecolor=PAPER, edgecolor=colour, linewidth=2.5, zorder=5))

    def note(self, x: float, y: float, text: str, size: float) -> None:
        """Write one bold line on a strip of paper, over what is drawn there; it begins at `x`."""
        width = width_of(text, size, bold=True)
        strip = Rectangle(
            (x - 3, y - size * 0.75), width + 6, size * 1.5, facecolor=PAPER, edgecolor="none", alpha=0.85
        )
        strip.set_zorder(5)
        self._axes.add_patch(strip)
        font = _font(size, bold=True)
        self._axes.text(
            x, y, text, fontproperties=font, color=INK, ha="left", va="center_baseline", parse_math=False, zorder=6
        )

    def words(
        self, x: float, y: float, text: str, size: float, *, colour: str = INK, bold: bool = False, middle: bool = False
    ) -> None:
        """Write one line whose middle has this height; it begins at `x`, or has its middle there."""
        self._axes.text(
            x,
            y,
            text,
            fontproperties=_font(size, bold=bold),
            color=colour,
            ha="center" if middle else "left",
            va="center_baseline",
            parse_math=False,
        )

    def upright(self, x: float, y: float, text: str, size: float, colour: str) -> None:
        """Write one line from bottom to top, with its middle here."""
        font = _font(size, bold=False)
        self._axes.text(x, y, text, fontproperties=font, color=colour, ha="center", va="center", rotation=90)

    def png(self) -> bytes:
        """The finished picture."""
        file = BytesIO()
        self._figure.savefig(file, format="png")
        return file.getvalue()


def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(family=_FONT, size=size, weight="bold" if bold else "normal")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line is, in points."""
    font = get_font(findfont(_font(size, bold=bold)))
    font.set_size(size, _POINTS_PER_INCH * _SHARPER)
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / _FONT_UNITS / _SHARPER


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """One line that is no wider than its room, with an ellipsis where something was cut."""
    if width_of(text, size, bold=bold) <= room:
        return text
    lengths = range(1, len(text))
    kept = bisect_right(lengths, room, key=lambda length: width_of(text[:length] + _MORE, size, bold=bold))
    return text[:kept].rstrip(" ,;:–-") + _MORE


def wrapped(text: str, room: float, size: float, lines: int) -> list[str]:
    """Up to so many lines, broken between words; what is too much is cut."""
    said: list[str] = []
    rest = text.split(" ")
    while rest and len(said) < lines - 1:
        taken = 1
        while taken < len(rest) and width_of(" ".join(rest[: taken + 1]), size) <= room:
            taken += 1
        said.append(fitted(" ".join(rest[:taken]), room, size))
        rest = rest[taken:]
    return [*said, fitted(" ".join(rest), room, size)] if rest else said


def drawable(text: str) -> str:
    """Text in signs that the pictures' font has.

    Raises:
        CannotDraw: If too little of it would be left, as of a text in another script.
    """
    known = get_font(findfont(_font(10, bold=False))).get_charmap()
    line = cut(" ".join(text.split()), _LONGEST)
    letters = [sign for sign in line if sign.isalpha()]
    if sum(ord(letter) in known for letter in letters) < _LEAST_SHARE_KNOWN * len(letters):
        raise CannotDraw("the pictures' font does not have these signs")
    shown = "".join(sign if ord(sign) in known else _UNKNOWN for sign in line)
    return shown.replace(" %", "\N{NO-BREAK SPACE}%")
