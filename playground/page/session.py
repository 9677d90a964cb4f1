"""What all open pages share: the world that is played, and who has read what."""

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from playground.records import Channel, Message
from playground.world import Played, Stage, World


@dataclass
class Unread:
    """How far each person has read each channel and thread."""

    _seen: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def mark(self, person: str, channel: str, ts: str, thread: str = "") -> None:
        """Note that a person has read up to a message, in a channel or in one of its threads."""
        key = (person, channel, thread)
        self._seen[key] = max(self._seen.get(key, ""), ts)

    def since(self, person: str, channel: str, thread: str = "") -> str:
        """The `ts` up to which a person has read; empty if nothing."""
        return self._seen.get((person, channel, thread), "")

    def is_new(self, person: str, message: Message) -> bool:
        """Whether a person has not read a message yet; one's own are never new."""
        if message.user == person:
            return False
        read = self.since(person, message.channel, message.thread_ts or "")
        if message.broadcast:
            read = max(read, self.since(person, message.channel))
        return message.ts > read


class Session:
    """The world that is being played, behind every open page.

    Attributes:
        played: The app.
        number: Counts the worlds: a page of an earlier one has to be loaded anew.
        unread: Who has read what.
        busy: What is going on that takes a moment; empty when nothing is.
    """

    def __init__(self, played: Played) -> None:
        self.played = played
        self.number = 0
        self.unread = Unread()
        self.busy = ""
        self._world: World | None = None
        self._open = AsyncExitStack()
        self._lock = asyncio.Lock()
        self._work: set[asyncio.Future[None]] = set()

    @property
    def world(self) -> World:
        """The world as it is now.

        Raises:
            RuntimeError: None was opened yet.
        """
        if self._world is None:
            raise RuntimeError("open a world first")
        return self._world

    def channels_of(self, person: str) -> list[Channel]:
        """The channels that a person sees: public ones, and private ones with them in it."""
        channels = self.world.playground.workspace.channels.values()
        return [one for one in channels if one.kind != "im" and (one.kind == "channel" or person in one.members)]

    async def begin(self, stage: Stage | None = None) -> None:
        """Open a new world in place of the old one, and play it up to a stage; what the old one was at is dropped."""
        async with self._lock:
            await self._drop_work()
            before = self._world
            await self._open.aclose()
            self._world = await self._open.enter_async_context(self.played.open_world())
            self.unread = Unread()
            self.number += 1
            if before:
                before.playground.workspace.log.touch()
        if stage:
            await self.during(f"Playing up to “{stage.name}” …", stage.play(self.world))

    async def during(self, busy: str, work: Awaitable[None]) -> None:
        """Do some work while every page says what is going on; a new world ends it."""
        task = asyncio.ensure_future(work)
        self._work.add(task)
        self._say(busy)
        try:
            await asyncio.wait([task])
        finally:
            self._work.discard(task)
            task.cancel()
            self._say("")
        if not task.cancelled():
            task.result()

    async def close(self) -> None:
        """Stop the app and its workspace."""
        await self._drop_work()
        await self._open.aclose()

    async def _drop_work(self) -> None:
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    def _say(self, busy: str) -> None:
        self.busy = busy
        self.world.playground.workspace.log.touch()
