"""What a workspace is made of: channels, messages, views, and the list of what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playground.reading import words

Json = dict[str, Any]


class Refused(Exception):
    """Slack says no.

    Attributes:
        error: Slack's error name, such as ``channel_not_found``.
        messages: What goes into ``response_metadata.messages``.
        extra: Further keys of the answer, such as ``needed`` and ``provided``.
        breach: Whether the app broke a rule (a limit, a scope) rather than met a state of the workspace.
    """

    def __init__(
        self, error: str, messages: Sequence[str] = (), *, extra: Json | None = None, breach: bool = False
    ) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = tuple(messages)
        self.extra = extra or {}
        self.breach = breach


@dataclass(frozen=True)
class Breach:
    """A rule of Slack's the app broke.

    Attributes:
        method: The Web API method, or the kind of delivery whose answer broke the rule.
        error: Slack's error name, or ours where Slack stays silent (``text_truncated``, ``thread_missing``).
        detail: What exactly was wrong.
    """

    method: str
    error: str
    detail: str


@dataclass(frozen=True)
class Exchange:
    """One call or delivery with its answer.

    Attributes:
        direction: ``call`` from the app, ``delivery`` to the app.
        name: The method, or the kind of delivery with what it is about.
        sent: What was sent.
        answer: What came back, None where nothing did.
        status: The HTTP status, None where there was none.
        seconds: How long the answer took, in real seconds.
        attempt: 0 for the first attempt, then the retry's number.
        note: Which door it went through, or the fault it met.
    """

    direction: str
    name: str
    sent: Json
    answer: Json | str | None
    status: int | None
    seconds: float
    attempt: int = 0
    note: str = ""


@dataclass(frozen=True)
class Topic:
    """What a channel is about or for.

    Attributes:
        value: The words.
        creator: The id of who set it.
        last_set: When, in seconds since the epoch; 0 if it never was.
    """

    value: str = ""
    creator: str = ""
    last_set: int = 0


@dataclass
class Channel:
    """A channel, private channel or direct message."""

    id: str
    name: str
    private: bool = False
    with_person: str | None = None
    archived: bool = False
    members: list[str] = field(default_factory=list)
    created: int = 0
    creator: str = ""
    topic: Topic = Topic()
    purpose: Topic = Topic()

    @property
    def kind(self) -> str:
        """Slack's ``channel_type``: ``channel``, ``group`` or ``im``."""
        if self.with_person:
            return "im"
        return "group" if self.private else "channel"

    @property
    def mention(self) -> str:
        """The channel as it stands in a text."""
        return f"<#{self.id}>"


@dataclass(frozen=True)
class Message:
    """A message as it stands now; editing makes a new one with the same ``ts``.

    Attributes:
        channel: The channel's id.
        ts: Seconds since the epoch with six digits: the message's name within its channel.
        user: Who wrote it, a person's id or the app's bot user.
        text: The text, which is only the notification where there are blocks.
        blocks: Block Kit blocks.
        thread_ts: The parent's ``ts`` in replies.
        metadata: As the app posted it.
        edited: The ``ts`` of the last edit.
        by_app: Whether the app wrote it.
        subtype: Such as ``channel_join``.
        broadcast: Whether a reply is shown in the channel as well.
        only_for: The one person who sees it, for ephemeral messages.
        reactions: Emoji names with who gave them.
        deleted: Whether only a tombstone is left, as of a parent with replies.
        files: The ids of the files shared with it.
    """

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: str | None = None
    by_app: bool = False
    subtype: str | None = None
    broadcast: bool = False
    only_for: str | None = None
    reactions: tuple[tuple[str, str], ...] = ()
    deleted: bool = False
    attachments: tuple[Json, ...] = ()
    files: tuple[str, ...] = ()

    def words(self) -> str:
        """Everything readable in it: the text, then the blocks, with buttons as ``[Yes]``."""
        return words(self.text, self.blocks)


@dataclass(frozen=True)
class View:
    """A modal or a home tab as it stands now.

    Attributes:
        id: Slack's id of it.
        person: Who looks at it.
        body: The view as the app sent it, with ids filled in.
        hash: Changes with every update.
        root_id: The first view of its stack.
        previous_id: The view below it.
        values: What has been entered: block id, action id, Slack's state value.
    """

    id: str
    person: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The words at the top."""
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """The blocks from top to bottom."""
        return list(self.body["blocks"])

    @property
    def labels(self) -> list[str]:
        """The labels of the inputs from top to bottom."""
        return [block["label"]["text"] for block in self.blocks if block["type"] == "input"]

    def words(self) -> str:
        """Everything readable in it."""
        return words(self.title, self.blocks)


@dataclass(frozen=True)
class Happening:
    """One thing that happened in the workspace.

    Attributes:
        number: Its place in the list, from 0.
        at: When, by the workspace's clock.
        kind: ``message``, ``message_changed``, ``message_deleted``, ``reaction``, ``unreaction``, ``file_shared``,
            ``channel_created``, ``renamed``, ``joined``, ``left``, ``archived``, ``unarchived``, ``person_joined``,
            ``person_changed``, ``status_changed``, ``view_opened``, ``view_updated``, ``view_closed``,
            ``home_opened``, ``messages_opened``, ``home_published``, ``uninstalled`` or ``revoked``.
        channel: The channel's id, where there is one.
        person: The id of who did it or whom it befell.
        message: The message afterwards.
        before: The message before it was changed or deleted.
        view: The view afterwards.
        file: The id of the file.
        by: The id of who made it befall them, such as the inviter.
    """

    number: int
    at: datetime
    kind: str
    channel: str | None = None
    person: str | None = None
    message: Message | None = None
    before: Message | None = None
    view: View | None = None
    file: str | None = None
    by: str | None = None
