"""The charter as Markdown, for a Slack canvas and for a file (K61).

Only what a canvas takes is used: headings of the first two levels, bold and italic words, and flat lists; no tables,
and no list within a quote. People's own words are escaped, so that they stay words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from flows.charter import PART_TITLES, Charter, Signature
from flows.objectives import describe_day
from flows.shown import Hole, Line

_PERSON = re.compile(r"<@([UW][A-Z0-9]{1,20})>")
_MARKUP = re.compile(r"[\\`*_\[\]<>~|#]|&(?=#?\w{1,31};)|:(?=[\w+-]{1,100}:)")

SayPerson = Callable[[str], str]
"""Turns a Slack user id into Markdown."""


def in_canvas(person: str) -> str:
    """A person as a canvas mentions them."""
    return f"![](@{person})"


def to_markdown(charter: Charter, say_person: SayPerson = in_canvas) -> str:
    """The charter as Markdown.

    Args:
        charter: The document.
        say_person: How a person is written; for a file, say, by name.
    """
    return "\n".join(_write(charter, say_person)).rstrip() + "\n"


def _write(charter: Charter, say: SayPerson) -> Iterator[str]:
    yield f"# {escape(charter.title)}"
    yield f"\n{charter.completeness} % complete"
    for section in charter.sections:
        if section.lines:
            yield f"\n## {PART_TITLES[section.part]}\n"
            yield from (f"- {_line(line, say)}" for line in section.lines)
    if charter.open_points:
        yield "\n## Open points\n"
        yield from (
            f"- {_people(people, say)}: {what}" for people, what in group_by_people(charter.open_points, escape)
        )
    if charter.signatures:
        yield "\n## Signatures\n"
        yield from (f"- {say(one.person)}: {escape(describe_signature(one))}" for one in charter.signatures)


def _line(line: Line, say: SayPerson) -> str:
    parts = (f"**{escape(label(line)).strip()}**", _text(line.text, say), _gaps(line, say))
    return " ".join(part for part in parts if part)


def label(line: Line) -> str:
    """A line's title with the sign that leads over to its text."""
    return line.title if line.title.endswith("?") else f"{line.title}:"


def _gaps(line: Line, say: SayPerson) -> str:
    gaps = [f"{escape(hole.missing)} (waits for {_people(hole.waits_for, say)})" for hole in line.holes]
    return f"*Missing:* {'; '.join(gaps)}" if gaps else ""


def _people(people: Iterable[str], say: SayPerson) -> str:
    return ", ".join(say(person) for person in people)


def _text(text: str, say: SayPerson) -> str:
    """Plain text with its people named: every second piece of the split is the id of a person."""
    pieces = _PERSON.split(" ".join(text.split()))
    return "".join(say(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def group_by_people(
    holes: Iterable[Hole], write: Callable[[str], str] = str
) -> tuple[tuple[tuple[str, ...], str], ...]:
    """What is missing, gathered by whom it waits for."""
    waiting: dict[tuple[str, ...], list[str]] = {}
    for hole in holes:
        waiting.setdefault(hole.waits_for, []).append(write(hole.missing))
    return tuple((people, "; ".join(missing)) for people, missing in waiting.items())


def describe_signature(signature: Signature) -> str:
    """What became of a signature, to follow the person's name and a colon."""
    if signature.day is None:
        return f"is asked to sign {signature.what}"
    signed = f"signed {signature.what} on {describe_day(signature.day)}"
    if not signature.reopened:
        return signed
    return f"{signed}; asked again, since this changed: {', '.join(signature.reopened)}"


def escape(words: str) -> str:
    """Words in one line in which nothing counts as Markdown or as a sign of Slack's."""
    seen = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in words)
    spaced = re.sub(r"\s+", " ", seen)
    return _MARKUP.sub(r"\\\g<0>", spaced)
