"""A workspace with one running app in it, and the clock that both go by."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from playground.clock import SkippingClock
from playground.server import Playground

_SETTLE_SECONDS = 0.2
_STOPS = 500


@dataclass(frozen=True)
class World:
    """One workspace with one running app.

    Attributes:
        playground: The workspace.
        clock: What the workspace and the app take for the time.
        next_due: When the app will next do something by itself; None when nothing is planned.
        act: Lets the app do what is due now.
    """

    playground: Playground
    clock: SkippingClock
    next_due: Callable[[], Awaitable[datetime | None]]
    act: Callable[[], Awaitable[None]]

    async def skip_to(self, moment: datetime) -> None:
        """Go ahead to a moment, stopping at everything that comes due on the way, in its order and at its time."""
        for _ in range(_STOPS):
            planned = [await self.next_due(), self.playground.workspace.next_due()]
            due = min(filter(None, planned), default=None)
            if due is None or due > moment:
                break
            await self._stop_at(due)
        await self._stop_at(moment)

    async def _stop_at(self, moment: datetime) -> None:
        self.clock.skip_to(moment)
        self.playground.workspace.do_due()
        await self.act()
        await self.playground.quiet(settle=_SETTLE_SECONDS)


@dataclass(frozen=True)
class Command:
    """A slash command of the app, for completion in the composer.

    Attributes:
        name: With its slash.
        text: What may follow it.
        purpose: What it does, in a few words.
    """

    name: str
    text: str
    purpose: str

    @property
    def typed(self) -> str:
        """The whole line."""
        return f"{self.name} {self.text}".strip()


@dataclass(frozen=True)
class Stage:
    """A point of the app's story, which is reached by playing it.

    Attributes:
        name: In a few words.
        play: Plays a new world up to this point, through the app's own door.
    """

    name: str
    play: Callable[[World], Awaitable[None]]


@dataclass(frozen=True)
class Played:
    """The app that is played with, as the page needs to know it.

    Attributes:
        open_world: Starts a new workspace with the app in it; left, it stops both.
        commands: What can be typed.
        stages: Points of its story to begin at, besides an empty workspace.
        next_event: What the app does by itself, such as "the next reminder", for the button that skips to it.
    """

    open_world: Callable[[], AbstractAsyncContextManager[World]]
    commands: tuple[Command, ...]
    stages: tuple[Stage, ...]
    next_event: str
