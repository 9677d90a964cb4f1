"""What the one who acts sees: their channels, messages, threads, and what of it is new."""

import re

from playground.canvases import Canvas
from playground.files import File
from playground.page.markup import Markup, unescape
from playground.page.session import Session
from playground.person import Person
from playground.records import Channel, Json, Message
from playground.workspace import Workspace

HOME = "home"
THREADS = "threads"
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


class Sight:
    """A workspace in the eyes of one person.

    Args:
        session: The world behind it.
        person: The id of who looks, if the page's address names one.
        place: What is looked at, if the address names it.

    Attributes:
        workspace: What is seen.
        person: Who looks.
        place: The id of the channel that is looked at, `HOME`, `THREADS`, or a canvas's id.
        thread: The message whose thread is open.
    """

    def __init__(self, session: Session, person: str, place: str) -> None:
        self.session = session
        self.workspace: Workspace = session.world.playground.workspace
        people = self.people()
        self.person: Person = next((one for one in people if one.id == person), people[0])
        self.place = place if self.may_open(place) else self.first_place()
        self.thread: Message | None = None

    def people(self) -> list[Person]:
        """Everyone who can be played."""
        return [one for one in self.workspace.people.values() if not one.is_bot and not one.deleted]

    def may_open(self, place: str) -> bool:
        """Whether the one who acts finds a place in their sidebar."""
        if place == HOME:
            return self.workspace.app.features.home_tab
        channels = [*self.session.channels_of(self.person.id), self.person.dm]
        ids = [*(one.id for one in channels), *(one.id for one in self.canvases())]
        return place in {THREADS, *ids}

    def first_place(self) -> str:
        """What is looked at if nothing is asked for: the first channel, or else the messages with the app."""
        channels = self.session.channels_of(self.person.id)
        return channels[0].id if channels else self.person.dm.id

    @property
    def markup(self) -> Markup:
        """Slack's markup in the eyes of the one who acts."""
        return Markup(self.workspace.name_of, self.person.id, self.person.tz)

    @property
    def channel(self) -> Channel | None:
        """The channel that is looked at."""
        return self.workspace.channels.get(self.place)

    def messages(self, channel: Channel) -> list[Message]:
        """What the one who acts sees in a channel, replies included."""
        return self.workspace.seen_in(channel, self.person)

    def as_typed(self, message: Message) -> str:
        """A message as its author would type it: mentions by name, all other markup as it stands."""
        text = _MENTION.sub(lambda found: f"@{self.workspace.name_of(found[1])}", message.text)
        return unescape(text)

    def replies(self, message: Message) -> list[Message]:
        """The replies to a message that everyone sees."""
        if message.only_for:
            return []
        thread = self.workspace.messages(self.workspace.channels[message.channel], thread=message)
        return [one for one in thread if one.thread_ts == message.ts and one.ts != message.ts]

    def has_new_replies(self, message: Message) -> bool:
        """Whether somebody has replied since the one who acts last looked into the thread."""
        return any(self.session.unread.is_new(self.person.id, reply) for reply in self.replies(message))

    def unread(self, place: str) -> int:
        """How many messages of a channel are new to the one who acts; those in threads are counted there."""
        channel = self.workspace.channels[place]
        if self.person.id not in channel.members:
            return 0
        shown = [one for one in self.messages(channel) if one.thread_ts is None or one.broadcast]
        return sum(self.session.unread.is_new(self.person.id, one) for one in shown)

    def threads(self) -> list[Message]:
        """The heads of the threads in which the one who acts wrote or is mentioned, the newest last."""
        seen = self.workspace.visible_to(self.person)
        mine = {one.thread_ts or one.ts for one in seen if self._is_about(one)}
        last = {one.thread_ts: one.ts for one in seen if one.thread_ts in mine}
        heads = [one for one in seen if one.ts in last and self.person.id in self._members(one)]
        return sorted(heads, key=lambda head: last[head.ts])

    def _is_about(self, message: Message) -> bool:
        return message.user == self.person.id or self.person.mention in message.words()

    def _members(self, message: Message) -> list[str]:
        return self.workspace.channels[message.channel].members

    def canvases(self) -> list[Canvas]:
        """The canvases that the one who acts can open."""
        channels = [one.id for one in self.workspace.channels.values() if self.person.id in one.members]
        return self.workspace.canvases.seen_from(self.person.id, channels)

    def files_of(self, message: Message) -> list[File]:
        """The files that a message carries."""
        return [self.workspace.files.file(one) for one in message.files]

    def names_of_people(self) -> dict[str, str]:
        """Everyone who can be picked, by id."""
        return {one.id: one.shown_name for one in self.workspace.people.values() if not one.deleted}

    def names_of_channels(self) -> dict[str, str]:
        """Every channel that can be picked, by id."""
        return {one.id: f"#{one.name}" for one in self.session.channels_of(self.person.id)}

    def names_of_conversations(self) -> dict[str, str]:
        """Every conversation that can be picked, by id; the one with the app is a direct message."""
        people = self.names_of_people()
        app = people.pop(self.workspace.app.user_id, self.workspace.app.name)
        return {**self.names_of_channels(), self.person.dm.id: app, **people}

    def address_of_file(self, file: File) -> str:
        """Where the page finds a file."""
        return f"/files/{file.id}"

    def address_of_picture(self, slack_file: Json) -> str:
        """Where the page finds a file that a block refers to."""
        return f"/files/{slack_file.get('id', '')}"
