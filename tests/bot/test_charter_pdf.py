"""The charter as a PDF: what it says can be read in it, on one page where it fits (K61)."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot import charter_pdf
from bot.charter_pdf import draw_charter
from flows.charter import Charter, Signature
from flows.charter_writing import write_charter
from flows.kickoffs import Kickoff
from flows.shown import Line
from tests.flows.whole_kickoffs import FULL, GOALS, TODAY, company, given, project, settled

NAMES = {"U01": "Priya Raman", "U03": "Finn Adler", "U77": "Mia Ölmez"}


def say(person: str) -> str:
    return NAMES.get(person, person)


def written(kickoff: Kickoff) -> Charter:
    return write_charter(kickoff, settled(kickoff), (Signature(person="U01", what="the goal card", day=TODAY),))


def read(content: bytes) -> tuple[str, int]:
    reader = PdfReader(BytesIO(content))
    words = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(words.replace("\xa0", " ").split()), len(reader.pages)


def test_a_full_charter_fits_on_one_page_and_says_all() -> None:
    charter = written(project(FULL, GOALS))
    text, pages = read(draw_charter(charter, say))
    assert pages == 1
    assert "Churn radar · 100 % complete" in text
    assert "Owner: Finn Adler." in text
    assert "Priya Raman: signed the goal card on 23 November 2026" in text
    for line in charter.lines.values():
        assert line.title in text
    assert "<@" not in text


def test_what_is_missing_is_there_with_names() -> None:
    text, _ = read(draw_charter(write_charter(project(given(form="alert")), None), say))
    assert "Missing: Accuracy needed (waits for Priya Raman)." in text
    assert "Open points" in text
    assert "Signatures" not in text


def test_what_does_not_fit_goes_on_in_letters_that_can_be_read() -> None:
    charter = write_charter(project(given(look_for="how old it is, and " * 400)), None)
    large = charter_pdf._Drawing(charter, say, charter_pdf._SIZES[0])
    large.discard()
    assert read(draw_charter(charter, say))[1] == large.pages > 1


def test_a_part_without_lines_is_left_out() -> None:
    charter = write_charter(company(), None)
    empty = charter.sections[-1].model_copy(update={"lines": ()})
    bare = charter.model_copy(update={"sections": (*charter.sections[:-1], empty)})
    assert "What nobody knows yet" not in read(draw_charter(bare, say))[0]


def test_signs_of_many_languages_are_drawn_and_others_are_boxes() -> None:
    words = "Ä ö ß € £ ≥ − → “so” Ελλάδα Привет ł ş 字 🎉 👩\u200d👩 e\u0301 \x07"
    text, _ = read(draw_charter(write_charter(project(name=words), None), say))
    assert "Ä ö ß € £ ≥ − → “so” Ελλάδα Привет ł ş □ □ □□ é" in text


@pytest.mark.parametrize("words", ["x" * 3000, "字" * 3000, "a\n" * 500, "**bold** __it__ --x--", "\u00ad-\u200b"])
def test_odd_words_are_drawn(words: str) -> None:
    charter = write_charter(project(given(stop_when=words), problem=words, name=words[:80]), None)
    assert draw_charter(charter, say).startswith(b"%PDF-")


def test_marks_in_peoples_words_stay_as_they_are() -> None:
    text, _ = read(draw_charter(write_charter(project(given(stop_when="**bold** __it__")), None), say))
    assert "**bold** __it__" in text


@settings(max_examples=8, deadline=None)
@for_all(st.text("aÄ字🎉 \n\u200b\u00ad\u0301−“%م", max_size=40))
def test_any_words_are_drawn(words: str) -> None:
    charter = write_charter(project(name=words), None)
    section = charter.sections[0].model_copy(update={"lines": (Line(key="x", title=words, text=words),)})
    bare = charter.model_copy(update={"sections": (section,), "open_points": ()})
    assert draw_charter(bare, say).startswith(b"%PDF-")


def test_fonts_that_are_missing_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charter_pdf, "find_spec", lambda _: None)
    with pytest.raises(RuntimeError, match="fonts of matplotlib are missing"):
        charter_pdf._font_folder.__wrapped__()


def test_the_fonts_are_where_matplotlib_keeps_them() -> None:
    assert (Path(charter_pdf._font_folder()) / "DejaVuSans.ttf").is_file()
