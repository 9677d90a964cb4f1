"""Canvases: documents of sections, standing alone or tabbed in a channel."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from playground.clock import Clock
from playground.records import Refused

Plan = Literal["paid", "free", "without canvases"]
Level = Literal["read", "write", "owner"]

_FENCE = "```"
_HEADINGS = {"# ": "h1", "## ": "h2", "### ": "h3"}


@dataclass(frozen=True)
class Section:
    """A heading, a paragraph, a list, a table or a fenced piece of code.

    Attributes:
        id: Slack's id; a replaced section gets a new one.
        markdown: What it says.
    """

    id: str
    markdown: str

    @property
    def heading(self) -> str | None:
        """``h1``, ``h2`` or ``h3``; None for what is no heading."""
        return next((name for start, name in _HEADINGS.items() if self.markdown.startswith(start)), None)


@dataclass(frozen=True)
class Canvas:
    """A canvas as it stands now.

    Attributes:
        id: Slack's id.
        title: The words at the top.
        sections: What it says, from top to bottom.
        owner: The id of who made it.
        created: Seconds since the epoch.
        channel: The id of the channel it is tabbed in, None if it stands alone.
        is_channels_own: Whether it is that channel's own canvas, of which there is one.
        access: Who may do what, by the id of a person or channel.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    owner: str
    created: int
    channel: str | None = None
    is_channels_own: bool = False
    access: tuple[tuple[str, Level], ...] = ()

    @property
    def markdown(self) -> str:
        """The whole text."""
        return "\n\n".join(section.markdown for section in self.sections)

    def index(self, section_id: str) -> int:
        """Where a section stands.

        Raises:
            LookupError: If there is none with this id.
        """
        for index, section in enumerate(self.sections):
            if section.id == section_id:
                return index
        raise LookupError(section_id)


def sections_of(markdown: str) -> tuple[Section, ...]:
    """Cut a text into sections: at blank lines and around headings, but not within fenced code."""
    return tuple(Section(f"temp:C:{secrets.token_hex(14)}", part) for part in _parts(markdown))


def _parts(markdown: str) -> Iterator[str]:
    part: list[str] = []
    fenced = False
    for line in [*markdown.splitlines(), ""]:
        is_heading = not fenced and line.startswith(tuple(_HEADINGS))
        if part and not fenced and (not line.strip() or is_heading):
            yield "\n".join(part)
            part = []
        if is_heading:
            yield line
        elif line.strip() or fenced:
            part.append(line)
        fenced ^= line.startswith(_FENCE)
    if part:
        yield "\n".join(part)


class Canvases:
    """Every canvas.

    Args:
        clock: Says when they were made.
        new_id: Gives an id that begins with a letter.

    Attributes:
        plan: What the workspace pays for. A free one has a single canvas a channel and none that stands alone.
    """

    def __init__(self, clock: Clock, new_id: Callable[[str], str]) -> None:
        self.plan: Plan = "paid"
        self._clock = clock
        self._new_id = new_id
        self._all: dict[str, Canvas] = {}

    def __iter__(self) -> Iterator[Canvas]:
        return iter(list(self._all.values()))

    def create(
        self, title: str, markdown: str, owner: str, channel: str | None = None, *, is_channels_own: bool = False
    ) -> Canvas:
        """Make a canvas.

        Args:
            title: The words at the top.
            markdown: What it says.
            owner: The id of who makes it.
            channel: The id of the channel it is tabbed in.
            is_channels_own: Whether it becomes that channel's own canvas.
        """
        sections, created = sections_of(markdown), self._clock.seconds()
        canvas = Canvas(self._new_id("F"), title, sections, owner, created, channel, is_channels_own)
        return self.put(canvas)

    def put(self, canvas: Canvas) -> Canvas:
        """Keep a canvas as it stands now."""
        self._all[canvas.id] = canvas
        return canvas

    def canvas(self, canvas_id: str) -> Canvas:
        """The canvas with this id.

        Raises:
            Refused: ``canvas_not_found``.
        """
        if canvas_id not in self._all:
            raise Refused("canvas_not_found")
        return self._all[canvas_id]

    def tabbed_in(self, channel: str) -> list[Canvas]:
        """The canvases tabbed in a channel, by its id."""
        return [canvas for canvas in self._all.values() if canvas.channel == channel]

    def own(self, channel: str) -> Canvas | None:
        """A channel's own canvas, by the channel's id."""
        return next((canvas for canvas in self.tabbed_in(channel) if canvas.is_channels_own), None)

    def seen_from(self, person: str, channels: Sequence[str]) -> list[Canvas]:
        """The canvases someone can open.

        Args:
            person: Their id.
            channels: The ids of the channels they are in.
        """
        places = {person, *channels}
        return [
            canvas
            for canvas in self._all.values()
            if canvas.owner == person or canvas.channel in places or any(who in places for who, _ in canvas.access)
        ]

    def grant(self, canvas: Canvas, who: Sequence[str], level: Level | None) -> Canvas:
        """Give people or channels access, or take it from them.

        Args:
            canvas: To what.
            who: The ids of people or channels.
            level: How much; None for no more.
        """
        kept = tuple(entry for entry in canvas.access if entry[0] not in who)
        given = tuple((one, level) for one in who) if level else ()
        owner = who[0] if level == "owner" else canvas.owner
        return self.put(replace(canvas, access=kept + given, owner=owner))

    def delete(self, canvas: Canvas) -> None:
        """Delete a canvas for good."""
        del self._all[canvas.id]
