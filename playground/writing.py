"""Writing: messages, reactions, files and one's own status."""

import asyncio
import html
import re
from dataclasses import dataclass
from datetime import datetime

from playground.profile import Profile
from playground.records import Channel, Message, Refused

_WRITTEN_AS_IS = re.compile(r"(<[@#!][^<>]+>)")
_STATUS_CHARACTERS = 100


@dataclass(eq=False)
class Writer(Profile):
    """Someone who writes in the workspace."""

    async def say(
        self, channel: Channel, text: str, thread: Message | None = None, *, broadcast: bool = False
    ) -> Message:
        """Write a message.

        Args:
            channel: Where.
            text: As typed; mentions as ``<@U…>``, everything else is escaped as Slack does.
            thread: A message of the thread to reply in.
            broadcast: Whether the reply is shown in the channel too.

        Raises:
            Refused: ``is_archived`` or ``not_in_channel``, where Slack offers no text box.
        """
        self._must_be_able_to_write(channel)
        root = (thread.thread_ts or thread.ts) if thread else None
        message = self.workspace.post(channel, self.id, _as_stored(text), thread_ts=root, broadcast=broadcast)
        await asyncio.sleep(0)
        return message

    def _must_be_able_to_write(self, channel: Channel) -> None:
        if channel.archived:
            raise Refused("is_archived")
        if self.id not in channel.members:
            raise Refused("not_in_channel")

    async def edit(self, message: Message, text: str) -> Message:
        """Rewrite one's own message; the same words again change nothing.

        Raises:
            Refused: ``cant_update_message`` for someone else's.
        """
        if message.user != self.id:
            raise Refused("cant_update_message")
        if _as_stored(text) == self.workspace.current(message).text:
            return self.workspace.current(message)
        after = self.workspace.edit(message, text=_as_stored(text))
        await asyncio.sleep(0)
        return after

    async def delete(self, message: Message) -> None:
        """Delete one's own message.

        Raises:
            Refused: ``cant_delete_message`` for someone else's.
        """
        if message.user != self.id:
            raise Refused("cant_delete_message")
        self.workspace.delete(message)
        await asyncio.sleep(0)

    async def react(self, message: Message, name: str) -> None:
        """Add a reaction, by its name without colons."""
        self.workspace.react(message, self.id, name)
        await asyncio.sleep(0)

    async def unreact(self, message: Message, name: str) -> None:
        """Take one's reaction back, by its name without colons."""
        self.workspace.unreact(message, self.id, name)
        await asyncio.sleep(0)

    async def share(
        self, channel: Channel, name: str, content: bytes, text: str = "", thread: Message | None = None
    ) -> Message:
        """Share a file.

        Args:
            channel: Where.
            name: The file's name, such as ``plan.pdf``.
            content: What is in it.
            text: What to say with it, as in `say`.
            thread: A message of the thread to reply in.

        Raises:
            Refused: As in `say`.
        """
        self._must_be_able_to_write(channel)
        root = (thread.thread_ts or thread.ts) if thread else None
        file = self.workspace.files.add(name, content, self.id)
        message = self.workspace.post_files(channel, self.id, _as_stored(text), [file.id], thread_ts=root)
        await asyncio.sleep(0)
        return message

    async def set_status(self, text: str, emoji: str = ":speech_balloon:", until: datetime | None = None) -> None:
        """Say what one is doing.

        Args:
            text: In up to 100 characters; empty to clear the status.
            emoji: With its colons.
            until: When it goes away by itself, aware; None if it stays.

        Raises:
            Refused: ``too_long``.
        """
        if len(text) > _STATUS_CHARACTERS:
            raise Refused("too_long")
        shown = {"status_text": text, "status_emoji": emoji if text else "", "status_expires": until if text else None}
        self.workspace.change(self, **shown)
        await asyncio.sleep(0)


def _as_stored(text: str) -> str:
    parts = _WRITTEN_AS_IS.split(text)
    return "".join(part if _WRITTEN_AS_IS.fullmatch(part) else html.escape(part, quote=False) for part in parts)
