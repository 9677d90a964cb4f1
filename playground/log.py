"""The one ordered list of what happened, and a way to wait for more."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from playground.clock import Clock
from playground.records import Breach, Exchange, Happening

Found = TypeVar("Found")


class Log:
    """What happened, what went over the wire, and which rules were broken.

    Attributes:
        happenings: What happened in the workspace, in order.
        traffic: Every call and delivery, in the order they ended.
        breaches: Every rule of Slack's the app broke.
        listeners: Called with every happening as it is noted.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = asyncio.Event()
        self.happenings: list[Happening] = []
        self.traffic: list[Exchange] = []
        self.breaches: list[Breach] = []
        self.listeners: list[Callable[[Happening], None]] = []

    def note(self, happening: Happening) -> None:
        """Add a happening; its number and time are filled in here."""
        noted = replace(happening, number=len(self.happenings), at=self._clock.now())
        self.happenings.append(noted)
        for listener in self.listeners:
            listener(noted)
        self.touch()

    def exchanged(self, exchange: Exchange) -> None:
        """Add a call or delivery."""
        self.traffic.append(exchange)
        self.touch()

    def breached(self, method: str, error: str, detail: str) -> None:
        """Add a broken rule."""
        self.breaches.append(Breach(method, error, detail))
        self.touch()

    def touch(self) -> None:
        """Wake everyone who waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def change(self) -> None:
        """Wait for the next change of any kind."""
        await self._changed.wait()

    async def wait_for(self, find: Callable[[], Found | None], timeout_seconds: float) -> Found | None:
        """Wait until something is found, looking again after every change.

        Args:
            find: Gives what is looked for, or None.
            timeout_seconds: How long to wait, in real seconds.

        Returns:
            What was found, or None after the time is up.
        """
        deadline = asyncio.get_running_loop().time() + timeout_seconds
        while (found := find()) is None:
            try:
                async with asyncio.timeout_at(deadline):
                    await self.change()
            except TimeoutError:
                return find()
        return found
