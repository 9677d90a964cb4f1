"""Lines of the goal card and the charter in mrkdwn: people's words escaped, people mentioned, gaps named."""

import re

from bot.blocks import mention, quote
from flows.shown import Hole, Line

_PERSON = re.compile(r"&lt;@([UW][A-Z0-9]{1,20})&gt;")
_TEXT = 900


def show_text(text: str, limit: int = _TEXT) -> str:
    """Plain text in which people are `<@U123>`, for use in mrkdwn."""
    return _PERSON.sub(r"<@\1>", quote(text, limit))


def show_line(line: Line) -> str:
    """A line with its title, and what is missing on it with whom that waits for."""
    gaps = " ".join(_show_hole(hole) for hole in line.holes)
    return " ".join(part for part in (f"*{quote(line.title, 100)}:*", show_text(line.text), gaps) if part)


def _show_hole(hole: Hole) -> str:
    people = ", ".join(mention(person) for person in hole.waits_for[:3])
    return f":grey_question: _Missing: {quote(hole.missing, 150)}, from {people}._"
