"""The charter as a PDF: on one page of A4 if it fits in a size that can be read, else on as many as it takes (K61).

Drawing takes some tenths of a second of computing, so it belongs in a thread of its own.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from flows.charter import PART_TITLES, Charter
from flows.charter_markdown import describe_signature, group_by_people, label
from flows.shown import Hole

_PERSON = re.compile(r"<@([UW][A-Z0-9]{1,20})>")
_FAMILY = "DejaVu"
_FONTS = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_SIZES = (9.0, 8.0, 7.0)
"""The sizes that are tried, in points; with the first one where not even the last one makes it fit."""

_POINT = 25.4 / 72
"""Millimetres."""

_MARGIN = 12.0
_GUTTER = 6.0
_LINE, _GAP = 1.2, 0.6
"""Heights of a line and of the gap above a heading, in heights of the letters."""

_TITLE, _HEADING = 1.8, 1.15
"""How much larger than the text they are."""

_NOT_IN_FONT = "□"
_UNSEEN = frozenset({"Cc", "Cf"})
_MARKS = frozenset({"Mn", "Me"})

SayPerson = Callable[[str], str]
"""Turns a Slack user id into a name."""


def draw_charter(charter: Charter, say_person: SayPerson) -> bytes:
    """Draw the charter.

    Args:
        charter: The document.
        say_person: How a person is called.

    Returns:
        The file's content.
    """
    for size in _SIZES:
        drawing = _Drawing(charter, say_person, size)
        if drawing.pages == 1:
            return drawing.content()
        drawing.discard()
    return _Drawing(charter, say_person, _SIZES[0]).content()


class _Drawing:
    """A charter drawn in one size, in two columns below its title."""

    def __init__(self, charter: Charter, say_person: SayPerson, size: float) -> None:
        self._say = say_person
        self._size = size
        self._pdf = FPDF(format="A4")
        self._pdf.set_title(charter.title)
        self._pdf.set_margin(_MARGIN)
        self._pdf.set_auto_page_break(auto=True, margin=_MARGIN)
        for style, name in _FONTS.items():
            self._pdf.add_font(_FAMILY, style, _font_folder() / name)
        self._pdf.add_page()
        title = f"{charter.title} · {charter.completeness} % complete"
        self._set_font("B", _TITLE)
        self._pdf.multi_cell(0, text=_drawable(title, "B"), align="L", new_x="LMARGIN", new_y="NEXT")
        with self._pdf.text_columns(ncols=2, gutter=_GUTTER, line_height=_LINE, text_align="L") as columns:
            self._columns = columns
            self._draw(charter)

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return self._pdf.pages_count

    def content(self) -> bytes:
        """The file's content."""
        return bytes(self._pdf.output())

    def discard(self) -> None:
        """Close the files of the fonts, which else stay open until the content is asked for."""
        _close_fonts(self._pdf)

    def _draw(self, charter: Charter) -> None:
        for section in charter.sections:
            if section.lines:
                self._heading(PART_TITLES[section.part])
                for line in section.lines:
                    self._item(label(line), " ".join((self._with_names(line.text), *self._gaps(line.holes))))
        if charter.open_points:
            self._heading("Open points")
            for people, missing in group_by_people(charter.open_points):
                self._item(f"{self._name(people)}:", missing)
        if charter.signatures:
            self._heading("Signatures")
            for one in charter.signatures:
                self._item(f"{self._say(one.person)}:", describe_signature(one))

    def _heading(self, title: str) -> None:
        with self._columns.paragraph(top_margin=self._size * _POINT * _GAP) as paragraph:
            self._set_font("B", _HEADING)
            paragraph.write(_drawable(title, "B"))

    def _item(self, title: str, text: str) -> None:
        with self._columns.paragraph() as paragraph:
            self._set_font("B")
            paragraph.write(_drawable(f"{title} ", "B"))
            self._set_font("")
            paragraph.write(_drawable(text.strip(), ""))

    def _set_font(self, style: str, scale: float = 1.0) -> None:
        self._pdf.set_font(_FAMILY, style, self._size * scale)

    def _gaps(self, holes: tuple[Hole, ...]) -> Iterator[str]:
        gaps = "; ".join(f"{hole.missing} (waits for {self._name(hole.waits_for)})" for hole in holes)
        if gaps:
            yield f"Missing: {gaps}."

    def _name(self, people: tuple[str, ...]) -> str:
        return ", ".join(self._say(person) for person in people)

    def _with_names(self, text: str) -> str:
        return _PERSON.sub(lambda found: self._say(found[1]), text)


def _drawable(text: str, style: str) -> str:
    """The text in one line, with a box for each sign that the font lacks; what nobody sees is left out."""
    signs = _signs(style)
    line = re.sub(r"[ \t\n\r\f\v]+", " ", text).replace(" %", "\u00a0%")
    return "".join(_drawn(sign, signs) for sign in unicodedata.normalize("NFC", line))


def _drawn(sign: str, signs: frozenset[int]) -> str:
    kind = unicodedata.category(sign)
    if kind in _UNSEEN or (kind in _MARKS and ord(sign) not in signs):
        return ""
    return sign if ord(sign) in signs else _NOT_IN_FONT


@cache
def _signs(style: str) -> frozenset[int]:
    """The code points that the font can draw."""
    pdf = FPDF()
    pdf.add_font(_FAMILY, style, _font_folder() / _FONTS[style])
    signs = frozenset(sign for font in _fonts(pdf) for sign in font.cmap)
    _close_fonts(pdf)
    return signs


def _fonts(pdf: FPDF) -> list[TTFFont]:
    return [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]


def _close_fonts(pdf: FPDF) -> None:
    for font in _fonts(pdf):
        font.close()


@cache
def _font_folder() -> Path:
    """Where matplotlib keeps its fonts; it is found without being loaded."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise RuntimeError("the fonts of matplotlib are missing; install the app with its dependencies")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
