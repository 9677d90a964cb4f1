"""The messages of a workspace and what happens to them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from playground.clock import Clock
from playground.files import Files
from playground.installation import Installation
from playground.log import Log
from playground.numbering import with_ids
from playground.person import Person
from playground.records import Channel, Happening, Message, Refused

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Messages:
    """Everything written in a workspace.

    Attributes:
        app: The app whose messages are the bot's.
        clock: Gives messages their timestamps.
        log: What happened, the traffic and the breaches.
        channels: Channels and direct messages by id.
        files: What was uploaded.
        numbered: How many ids were given.
    """

    def __init__(self, app: Installation, clock: Clock) -> None:
        self.app = app
        self.clock = clock
        self.log = Log(clock)
        self.channels: dict[str, Channel] = {}
        self.files = Files(clock, self.new_id)
        self._messages: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], list[str]] = {}
        self.numbered = 0

    def new_id(self, letter: str) -> str:
        """An id that nothing else has, such as ``C00000007``."""
        self.numbered += 1
        return f"{letter}{self.numbered:08d}"

    def put_back(self, messages: Iterable[Message], numbered: int) -> None:
        """Take over the messages of an earlier workspace, and its count of ids; nobody is told."""
        self.numbered = numbered
        for message in messages:
            self._file(message)
            self.clock.pass_by(message.ts)

    def _file(self, message: Message) -> None:
        self._messages.setdefault(message.channel, {})[message.ts] = message
        self._threads.setdefault((message.channel, message.thread_ts or message.ts), []).append(message.ts)

    def note(self, kind: str, **about: Any) -> None:
        """Add to the record of what happened; see `Happening` for the kinds."""
        self.log.note(Happening(0, _LONG_AGO, kind, **about))

    def post(self, channel: Channel, author: str, text: str, **parts: Any) -> Message:
        """Put a message into a channel.

        Args:
            channel: Where.
            author: The id of the person or of the bot user.
            text: The text as it is stored, with entities and mentions.
            parts: Further attributes of `Message`, such as ``thread_ts`` or ``blocks``.
        """
        parts["blocks"] = with_ids(parts.get("blocks") or ())
        message = Message(channel.id, self.clock.stamp(), author, text, by_app=author == self.app.user_id, **parts)
        self._file(message)
        self.note("message", channel=channel.id, person=author, message=message)
        return message

    def post_files(self, channel: Channel, author: str, text: str, files: Sequence[str], **parts: Any) -> Message:
        """Share files in a channel.

        Args:
            channel: Where.
            author: The id of the person or of the bot user.
            text: What is said with them.
            files: Their ids.
            parts: As in `post`.
        """
        message = self.post(channel, author, text, files=tuple(files), **parts)
        for file_id in files:
            self.files.share(file_id, channel, message.ts)
            self.note("file_shared", channel=channel.id, person=author, file=file_id)
        return message

    def edit(self, message: Message, *, mark: bool = True, **parts: Any) -> Message:
        """Change parts of a message.

        Args:
            message: The message, in any state of it.
            mark: Whether it is shown as edited.
            parts: The attributes of `Message` that change.
        """
        before = self.current(message)
        if "blocks" in parts:
            parts["blocks"] = with_ids(parts["blocks"] or ())
        # Slack gives the time of an edit in whole seconds: two within one second cannot be told apart by it.
        edited = f"{self.clock.seconds()}.000000" if mark else before.edited
        after = replace(before, **parts, edited=edited)
        self._messages[message.channel][message.ts] = after
        self.note("message_changed", channel=message.channel, person=after.user, message=after, before=before)
        return after

    def delete(self, message: Message) -> None:
        """Delete a message; a parent with replies is changed into a tombstone, which goes with the last of them."""
        before = self.current(message)
        there = self._messages[message.channel]
        if self._has_replies(before):
            tombstone = Message(before.channel, before.ts, "USLACKBOT", "This message was deleted.", deleted=True)
            there[before.ts] = tombstone
            self.note("message_changed", channel=before.channel, person=before.user, message=tombstone, before=before)
            return
        del there[before.ts]
        self.note("message_deleted", channel=before.channel, person=before.user, before=before)
        parent = there.get(before.thread_ts or "")
        if parent and parent.deleted and not self._has_replies(parent):
            self.delete(parent)

    def _has_replies(self, message: Message) -> bool:
        thread = self.messages(self.channels[message.channel], thread=message)
        return any(other.thread_ts == message.ts for other in thread)

    def react(self, message: Message, by: str, name: str) -> None:
        """Add a reaction.

        Raises:
            Refused: ``already_reacted``.
        """
        now = self.current(message)
        if (name, by) in now.reactions:
            raise Refused("already_reacted")
        after = replace(now, reactions=(*now.reactions, (name, by)))
        self._messages[message.channel][message.ts] = after
        self.note("reaction", channel=message.channel, person=by, message=after)

    def unreact(self, message: Message, by: str, name: str) -> None:
        """Take a reaction back.

        Raises:
            Refused: ``no_reaction``.
        """
        now = self.current(message)
        if (name, by) not in now.reactions:
            raise Refused("no_reaction")
        left = tuple(reaction for reaction in now.reactions if reaction != (name, by))
        after = replace(now, reactions=left)
        self._messages[message.channel][message.ts] = after
        self.note("unreaction", channel=message.channel, person=by, message=after, before=now)

    def message(self, channel_id: str, ts: str) -> Message:
        """The message with this timestamp.

        Raises:
            Refused: ``message_not_found``.
        """
        found = self._messages.get(channel_id, {}).get(ts)
        if found is None:
            raise Refused("message_not_found")
        return found

    def current(self, message: Message) -> Message:
        """The message as it stands now."""
        return self.message(message.channel, message.ts)

    def messages(self, channel: Channel, thread: Message | None = None) -> list[Message]:
        """The messages in a channel, oldest first, without ephemeral ones.

        Args:
            channel: Where.
            thread: A message whose thread is wanted, itself included; None for everything, replies included.
        """
        there = self._messages.get(channel.id, {})
        root = (thread.thread_ts or thread.ts) if thread else None
        wanted = there if root is None else self._threads.get((channel.id, root), [])
        return [there[ts] for ts in wanted if ts in there and there[ts].only_for is None]

    def seen_in(self, channel: Channel, person: Person) -> list[Message]:
        """What a person sees in a channel, oldest first: replies, ephemeral ones to them and tombstones included."""
        return [one for one in self._messages.get(channel.id, {}).values() if one.only_for in {None, person.id}]

    def visible_to(self, person: Person) -> list[Message]:
        """Every message a person can see, ephemeral ones to them included, in order of time."""
        seen = [
            message
            for channel in self.channels.values()
            if person.id in channel.members or channel.kind == "channel"
            for message in self._messages.get(channel.id, {}).values()
            if message.only_for in {None, person.id} and not message.deleted
        ]
        return sorted(seen, key=lambda message: message.ts)
