"""The workspace's state and its rules: people, channels, who is where, and what they wrote."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from playground.approvals import Approvals
from playground.canvases import Canvases
from playground.clock import Clock, Now, real_time
from playground.delivery import Courier
from playground.installation import Installation
from playground.messages import Messages
from playground.person import Person
from playground.profile import Profile
from playground.reading import plain
from playground.records import Breach, Channel, Exchange, Happening, Message, Refused, Topic
from playground.response_urls import ResponseUrls
from playground.scheduled import Scheduled
from playground.views import Views

_JOINS = {"channel": "channel_join", "group": "group_join"}
_LEAVES = {"channel": "channel_leave", "group": "group_leave"}


class Workspace(Messages):
    """A Slack workspace with one app in it.

    Everything here is synchronous state; each change is noted in the log, from which events and pages are made.

    Attributes:
        people: Everyone by id, the bot user among them.
        views: Modals and home tabs.
        canvases: Documents, and the plan that says which there may be.
        scheduled: Messages that wait for their time.
        approvals: Who let the app in, and whether it still is.
        response_urls: The addresses an app may answer to for a while.
        courier: Tells the app what people do; set by the playground.
    """

    team_id = "T00000001"
    domain = "playground"
    address = "http://127.0.0.1"

    def __init__(self, app: Installation, now: Now = real_time) -> None:
        super().__init__(app, Clock(now))
        self.people: dict[str, Person] = {}
        self.views = Views(self.clock, self.log)
        self.canvases = Canvases(self.clock, self.new_id)
        self.scheduled = Scheduled(self.clock)
        self.approvals = Approvals(self.clock)
        self.response_urls = ResponseUrls(self.clock)
        self.courier: Courier | None = None
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

    # People

    def add_person(self, name: str, tz: str = "UTC", **profile: Any) -> Person:
        """Add someone; nobody is told of it.

        Args:
            name: The real name.
            tz: The time zone's name, such as ``Europe/Berlin``.
            profile: Further attributes of `Person`, such as ``title`` or ``is_restricted``.
        """
        person = Person(self.new_id("U"), name, self, tz=tz, **profile)
        self.people[person.id] = person
        return person

    def welcome(self, name: str, tz: str = "UTC", **profile: Any) -> Person:
        """Let someone join the workspace, as in `add_person`; the app hears of it."""
        person = self.add_person(name, tz, **profile)
        self.note("person_joined", person=person.id)
        return person

    def person(self, person_id: str) -> Person:
        """The person with this id.

        Raises:
            Refused: ``user_not_found``.
        """
        if person_id not in self.people:
            raise Refused("user_not_found")
        return self.people[person_id]

    def change(self, person: Profile, **profile: Any) -> None:
        """Change attributes of a person, such as ``tz``, ``real_name`` or ``display_name``; the app hears of it."""
        for name, value in profile.items():
            if not hasattr(person, name):
                raise AttributeError(name)
            setattr(person, name, value)
        kind = "status_changed" if any(name.startswith("status_") for name in profile) else "person_changed"
        self.note(kind, person=person.id)

    def deactivate(self, person: Person) -> None:
        """Deactivate an account: the person leaves every channel."""
        for channel in self.channels.values():
            if person.id in channel.members and not channel.with_person:
                self.leave(channel, person)
        self.change(person, deleted=True)

    # Channels

    def add_channel(
        self,
        name: str,
        members: Iterable[Person] = (),
        *,
        app_is_member: bool = True,
        private: bool = False,
        creator: str = "",
    ) -> Channel:
        """Add a channel; nobody is told of it.

        Args:
            name: The name without the number sign.
            members: Who is in it.
            app_is_member: Whether the app is in it.
            private: Whether only members see it.
            creator: The id of who made it.
        """
        ids = [person.id for person in members] + [self.app.user_id] * app_is_member
        channel = Channel(self.new_id("C"), name, private=private, members=ids, creator=creator)
        channel.created = self.clock.seconds()
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
        channel = Channel(self.new_id("D"), "directmessage", with_person=person.id, members=members)
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

    def create(self, name: str, by: str, *, private: bool = False) -> Channel:
        """Create a channel, with whoever does it as its first member; the app hears of public ones."""
        channel = self.add_channel(name, app_is_member=False, private=private, creator=by)
        self.note("channel_created", channel=channel.id, person=by)
        self.join(channel, self.people[by])
        return channel

    def rename(self, channel: Channel, name: str, by: str) -> None:
        """Give a channel another name; everyone in it sees it."""
        channel.name = name
        self.note("renamed", channel=channel.id, person=by)
        self.post(channel, by, f'has renamed the channel to "{name}"', subtype="channel_name")

    def set_topic(self, channel: Channel, topic: str, by: str) -> None:
        """Set what a channel is about; everyone in it sees it."""
        channel.topic = Topic(topic, by, self.clock.seconds())
        self.post(channel, by, f"set the channel topic: {topic}", subtype="channel_topic")

    def set_purpose(self, channel: Channel, purpose: str, by: str) -> None:
        """Set what a channel is for; everyone in it sees it."""
        channel.purpose = Topic(purpose, by, self.clock.seconds())
        self.post(channel, by, f"set the channel description: {purpose}", subtype="channel_purpose")

    def join(self, channel: Channel, who: Person | Installation, inviter: str | None = None) -> None:
        """Let a person or the app join a channel; everyone in it sees it.

        Args:
            channel: Where.
            who: The person, or the app.
            inviter: The id of who invited them, if anyone.
        """
        person_id = who.user_id if isinstance(who, Installation) else who.id
        if person_id in channel.members:
            return
        channel.members.append(person_id)
        self.note("joined", channel=channel.id, person=person_id, by=inviter)
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

    # Time

    def next_due(self) -> datetime | None:
        """When something next happens by itself: a scheduled message, or a status that runs out."""
        posts = [datetime.fromtimestamp(one.post_at, UTC) for one in self.scheduled.waiting()]
        ends = [one.status_expires for one in self.people.values() if one.status_expires]
        return min([*posts, *ends], default=None)

    def do_due(self) -> None:
        """Do what is due now: post scheduled messages, clear statuses."""
        self.post_due()
        self.expire_statuses()

    def expire_statuses(self) -> None:
        """Clear the statuses whose time is over; the app hears of it."""
        now = self.clock.now()
        for person in self.people.values():
            if person.status_expires and person.status_expires <= now:
                self.change(person, status_text="", status_emoji="", status_expires=None)

    def post_due(self) -> None:
        """Post the scheduled messages whose time has come; one that can no longer be posted is noted as a breach."""
        for waiting in self.scheduled.take_due():
            channel = self.channels[waiting.channel]
            if channel.archived or not self.is_member(channel):
                self.log.breached("chat.scheduleMessage", "not_posted", f"{waiting.id} in {channel.id}")
                continue
            self.post(channel, self.app.user_id, waiting.text, **waiting.parts)

    # The app

    def uninstall(self) -> None:
        """Take the app out: it hears of it, and its token is worth nothing any more."""
        self.note("uninstalled")
        self.approvals.revoke(self.app.bot_token, uninstalled=True)

    # Reading

    def name_of(self, some_id: str) -> str:
        """The name behind the id of a person or channel, or the id itself where nobody has it."""
        if some_id in self.people:
            return self.people[some_id].shown_name
        return self.channels[some_id].name if some_id in self.channels else some_id

    def plain(self, message: Message) -> str:
        """A message as readable plain text, mentions as names, files as ``[title]``: what the demo prints."""
        files = [f"[{self.files.file(file_id).title}]" for file_id in message.files]
        return plain("\n".join(filter(None, [message.words(), *files])), self.name_of)
