"""The workspace's state and its rules: people, channels, who is where, and what they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from playground.clock import Clock, Now, real_time
from playground.delivery import Courier
from playground.log import Log
from playground.numbering import with_ids
from playground.person import Person
from playground.reading import plain
from playground.records import Breach, Channel, Exchange, Happening, Message, Refused
from playground.response_urls import ResponseUrls
from playground.views import Views

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_JOINS = {"channel": "channel_join", "group": "group_join"}
_LEAVES = {"channel": "channel_leave", "group": "group_leave"}


@dataclass(frozen=True)
class Installation:
    """The one app installed here.

    Attributes:
        bot_token: The bot token, ``xoxb-…``.
        app_token: The app-level token for Socket Mode, ``xapp-…``.
        signing_secret: What HTTP deliveries are signed with.
        scopes: The bot scopes it was given.
        bot_events: The events it subscribes to.
        name: The bot user's name.
    """

    bot_token: str
    app_token: str
    signing_secret: str
    scopes: frozenset[str]
    bot_events: frozenset[str]
    name: str = "ML Kickoff"
    app_id: str = "A00000001"
    bot_id: str = "B00000001"
    user_id: str = "U00000000"

    @property
    def mention(self) -> str:
        """The bot user as it stands in a text."""
        return f"<@{self.user_id}>"


class Workspace:
    """A Slack workspace with one app in it.

    Everything here is synchronous state; each change is noted in the log, from which events and pages are made.

    Attributes:
        app: The app installed here.
        people: Everyone by id, the bot user among them.
        channels: Channels and direct messages by id.
        views: Modals and home tabs.
        response_urls: The addresses an app may answer to for a while.
        log: What happened, the traffic and the breaches.
        courier: Tells the app what people do; set by the playground.
    """

    team_id = "T00000001"
    domain = "playground"
    address = "http://127.0.0.1"

    def __init__(self, app: Installation, now: Now = real_time) -> None:
        self.app = app
        self.clock = Clock(now)
        self.log = Log(self.clock)
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.views = Views(self.clock, self.log)
        self.response_urls = ResponseUrls(self.clock)
        self.courier: Courier | None = None
        self._messages: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], list[str]] = {}
        self._numbered = 0
        self.people[app.user_id] = Person(app.user_id, app.name, self, is_bot=True)

    # The record of what happened

    @property
    def breaches(self) -> list[Breach]:
        """Every rule of Slack's the app broke so far."""
        return self.log.breaches

    @property
    def traffic(self) -> list[Exchange]:
        """Every call and delivery so far, in the order they ended."""
        return self.log.traffic

    @property
    def happenings(self) -> list[Happening]:
        """Everything that happened so far, in order."""
        return self.log.happenings

    def note(self, kind: str, **about: Any) -> None:
        """Add to the record of what happened; see `Happening` for the kinds."""
        self.log.note(Happening(0, _LONG_AGO, kind, **about))

    # People

    def add_person(self, name: str, tz: str = "UTC", **profile: Any) -> Person:
        """Add someone.

        Args:
            name: The real name.
            tz: The time zone's name, such as ``Europe/Berlin``.
            profile: Further attributes of `Person`, such as ``title`` or ``is_restricted``.
        """
        person = Person(self._id("U"), name, self, tz=tz, **profile)
        self.people[person.id] = person
        return person

    def person(self, person_id: str) -> Person:
        """The person with this id.

        Raises:
            Refused: ``user_not_found``.
        """
        if person_id not in self.people:
            raise Refused("user_not_found")
        return self.people[person_id]

    def change(self, person: Person, **profile: Any) -> None:
        """Change attributes of a person, such as ``tz``, ``real_name`` or ``display_name``; the app hears of it."""
        for name, value in profile.items():
            if not hasattr(person, name):
                raise AttributeError(name)
            setattr(person, name, value)
        self.note("person_changed", person=person.id)

    def deactivate(self, person: Person) -> None:
        """Deactivate an account: the person leaves every channel."""
        for channel in self.channels.values():
            if person.id in channel.members and not channel.with_person:
                self.leave(channel, person)
        self.change(person, deleted=True)

    # Channels

    def add_channel(
        self, name: str, members: Iterable[Person] = (), *, app_is_member: bool = True, private: bool = False
    ) -> Channel:
        """Add a channel; nobody is told of it.

        Args:
            name: The name without the number sign.
            members: Who is in it.
            app_is_member: Whether the app is in it.
            private: Whether only members see it.
        """
        ids = [person.id for person in members] + [self.app.user_id] * app_is_member
        channel = Channel(self._id("C"), name, private=private, members=ids, created=self.clock.seconds())
        self.channels[channel.id] = channel
        return channel

    def dm_with(self, person_id: str) -> Channel:
        """The direct message between the app and a person; made on first use.

        Raises:
            Refused: ``user_not_found``.
        """
        person = self.person(person_id)
        for channel in self.channels.values():
            if channel.with_person == person.id:
                return channel
        members = [person.id, self.app.user_id]
        channel = Channel(self._id("D"), "directmessage", with_person=person.id, members=members)
        channel.created = self.clock.seconds()
        self.channels[channel.id] = channel
        return channel

    def channel(self, channel_id: str) -> Channel:
        """The channel with this id.

        Raises:
            Refused: ``channel_not_found``.
        """
        if channel_id not in self.channels:
            raise Refused("channel_not_found")
        return self.channels[channel_id]

    def is_member(self, channel: Channel) -> bool:
        """Whether the app is in a channel."""
        return self.app.user_id in channel.members

    def join(self, channel: Channel, who: Person | Installation) -> None:
        """Let a person or the app join a channel; everyone in it sees it."""
        person_id = who.user_id if isinstance(who, Installation) else who.id
        if person_id in channel.members:
            return
        channel.members.append(person_id)
        self.note("joined", channel=channel.id, person=person_id)
        self.post(channel, person_id, f"<@{person_id}> has joined the channel", subtype=_JOINS[channel.kind])

    def leave(self, channel: Channel, who: Person | Installation) -> None:
        """Let a person or the app leave a channel; those who stay see it."""
        person_id = who.user_id if isinstance(who, Installation) else who.id
        if person_id not in channel.members:
            return
        channel.members.remove(person_id)
        self.note("left", channel=channel.id, person=person_id)
        self.post(channel, person_id, f"<@{person_id}> has left the channel", subtype=_LEAVES[channel.kind])

    def archive(self, channel: Channel, by: Person | None = None) -> None:
        """Archive a channel."""
        channel.archived = True
        self.note("archived", channel=channel.id, person=by.id if by else None)

    def unarchive(self, channel: Channel, by: Person | None = None) -> None:
        """Bring an archived channel back."""
        channel.archived = False
        self.note("unarchived", channel=channel.id, person=by.id if by else None)

    # Messages

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
        self._messages.setdefault(channel.id, {})[message.ts] = message
        self._threads.setdefault((channel.id, message.thread_ts or message.ts), []).append(message.ts)
        self.note("message", channel=channel.id, person=author, message=message)
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
        after = replace(before, **parts, edited=self.clock.stamp() if mark else before.edited)
        self._messages[message.channel][message.ts] = after
        self.note("message_changed", channel=message.channel, person=after.user, message=after, before=before)
        return after

    def delete(self, message: Message) -> None:
        """Delete a message; a parent with replies leaves a tombstone."""
        before = self.current(message)
        channel = self.channels[message.channel]
        if self.messages(channel, thread=before)[1:]:
            tombstone = Message(channel.id, before.ts, "USLACKBOT", "This message was deleted.", deleted=True)
            self._messages[channel.id][before.ts] = tombstone
        else:
            del self._messages[channel.id][before.ts]
        self.note("message_deleted", channel=channel.id, person=before.user, before=before)

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

    # Reading

    def name_of(self, some_id: str) -> str:
        """The name behind the id of a person or channel, or the id itself where nobody has it."""
        if some_id in self.people:
            return self.people[some_id].shown_name
        return self.channels[some_id].name if some_id in self.channels else some_id

    def plain(self, message: Message) -> str:
        """A message as readable plain text, mentions as names: what the demo prints."""
        return plain(message.words(), self.name_of)

    def _id(self, letter: str) -> str:
        self._numbered += 1
        return f"{letter}{self._numbered:08d}"
