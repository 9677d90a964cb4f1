"""The charter as Markdown: a parser of Markdown reads back just the words that were put in (K61)."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from flows.charter import PART_TITLES, Charter, Signature
from flows.charter_markdown import describe_signature, escape, label, to_markdown
from flows.charter_writing import write_charter
from flows.shown import Hole, Line
from playground.canvases import sections_of
from tests.flows.whole_kickoffs import FULL, GOALS, company, given, project, settled

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"inline", "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open",
         "bullet_list_close", "list_item_open", "list_item_close"}  # fmt: skip
SIGNATURES = (
    Signature(person="U01", what="the goal card", day=date(2026, 11, 26), reopened=("Output", "Input")),
    Signature(person="U02", what="the risks"),
)
NASTY = (
    "# title", "- item", "1. first", "> quote", "**bold** _it_ ~~gone~~", "`code`", "[link](https://x.y)",
    "![](@U123)", "<!channel> <https://x.y|z>", "a | b", "&lt;b&gt; &amp; AT&T", ":smile: 12:30", "\\* back\\",
    "a\n\n# b\n---\n=====",
    "<b>html</b>", "text #", "***", "```\nfence", "| a | b |\n|---|---|", "\u2028line", "\x00nul\x07",
)  # fmt: skip


def read_back(markdown: str) -> list[str]:
    """The words of each heading, paragraph and item, people as <@U123>."""
    tokens = MARKDOWN.parse(markdown)
    assert {token.type for token in tokens} <= PLAIN, {token.type for token in tokens} - PLAIN
    return ["".join(_words(token.children or [])) for token in tokens if token.type == "inline"]


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "image":
            yield f"<{token.attrs['src']}>"
        else:
            assert token.type in {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close"}, token
            yield token.content


def plain(words: str) -> str:
    """The words as they are meant to be read."""
    return " ".join("".join(max(sign, " ") for sign in words).split())


def expected(charter: Charter) -> list[str]:
    """What a reader should see, line by line."""
    said = [charter.title, f"{charter.completeness} % complete"]
    for section in charter.sections:
        if section.lines:
            said.append(PART_TITLES[section.part])
            said += [" ".join(part for part in (label(line), line.text, gaps(line)) if part) for line in section.lines]
    return [plain(one) for one in said]


def gaps(line: Line) -> str:
    said = [f"{hole.missing} (waits for {', '.join(f'<@{one}>' for one in hole.waits_for)})" for hole in line.holes]
    return f"Missing: {'; '.join(said)}" if said else ""


def check(charter: Charter) -> list[str]:
    told = [plain(one) for one in read_back(to_markdown(charter))]
    wanted = expected(charter)
    assert told[: len(wanted)] == wanted
    return told[len(wanted) :]


def test_a_whole_charter_is_read_back() -> None:
    assert check(write_charter(project(FULL, GOALS), settled(project(FULL, GOALS)))) == []


def test_open_points_are_gathered_by_whom_they_wait_for() -> None:
    rest = check(write_charter(project(given(form="alert"), roles=()), None, SIGNATURES))
    assert rest[0] == "Open points"
    assert rest[1].startswith("<@USTARTER>: Main goal; the balance among the goals is not settled yet; ")
    assert rest[2:] == [
        "Signatures",
        "<@U01>: signed the goal card on 26 November 2026; asked again, since this changed: Output, Input",
        "<@U02>: is asked to sign the risks",
    ]


def test_a_plain_signature() -> None:
    signed = Signature(person="U1", what="the charter", day=date(2026, 1, 2))
    assert describe_signature(signed) == "signed the charter on 2 January 2026"


def test_people_are_said_as_asked_for() -> None:
    text = to_markdown(write_charter(company(), None), lambda person: f"Person {person}")
    assert "Owner: Person U03." in text
    assert "<@" not in text
    assert "![](@U03)" in to_markdown(write_charter(company(), None))


def test_a_canvas_shows_it_part_by_part() -> None:
    charter = write_charter(company(), None)
    headings = [part.heading for part in sections_of(to_markdown(charter)) if part.heading]
    assert headings == ["h1", *["h2"] * (len(charter.sections) + 1)]


@pytest.mark.parametrize("words", NASTY)
def test_peoples_words_stay_words(words: str) -> None:
    answers = given(stop_when=words, predict=words, form_instead=words, form="none")
    charter = write_charter(project(answers, GOALS, name=words, problem=words), None)
    check(charter)
    hole = Hole(missing=words, waits_for=("U1",))
    line = Line(key="x", title=words, text=words, holes=(hole,))
    section = charter.sections[0].model_copy(update={"lines": (line,)})
    check(charter.model_copy(update={"sections": (section,)}))


def test_emoji_codes_are_not_turned_into_emoji() -> None:
    assert escape(":smile: 12:30") == "\\:smile: 12:30"


def test_a_part_without_lines_is_left_out() -> None:
    charter = write_charter(project(), None)
    assert charter.completeness == 7
    empty = charter.sections[-1].model_copy(update={"lines": ()})
    bare = charter.model_copy(update={"sections": (empty,), "open_points": ()})
    assert to_markdown(bare) == "# Churn radar\n\n7 % complete\n"


@settings(deadline=None)
@for_all(st.text("ab1 \n\t#*_-+.>`~[]()!|&;:<@U\\/=“é字", min_size=1, max_size=40))
def test_any_words_stay_words(words: str) -> None:
    charter = write_charter(project(given(stop_when=words)), None)
    section = next(one for one in charter.sections if one.part == "acceptance")
    line = Line(key="x", title=f"“{words}”", text=words)
    check(charter.model_copy(update={"sections": (section.model_copy(update={"lines": (line, *section.lines)}),)}))
