"""Acting as a person: tests and the demo read like a conversation."""

import asyncio
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from playground import interactions
from playground.answers import Reply, after_action, after_command, after_submission
from playground.controls import Control, find_button, find_menu
from playground.delivery import Answer, Delivery
from playground.forms import entered, fill, state_of
from playground.records import Channel, Json, Message, Refused, View

if TYPE_CHECKING:
    from playground.workspace import Workspace

Wanted = str | Callable[[Message], bool]
Found = TypeVar("Found")

_WRITTEN_AS_IS = re.compile(r"(<[@#!][^<>]+>)")
_LAST_SEEN = 8


class NotSeen(AssertionError):
    """What a person waited for did not come; says what they saw instead."""


@dataclass(eq=False)
class Person:
    """Someone in the workspace, and what they do.

    Attributes:
        id: Slack's id.
        real_name: First and last name.
        workspace: Where they are.
        tz: Their time zone's name.
        display_name: What they like to be called, if anything.
        title: What they do.
        email: Their address, shown only with ``users:read.email``.
        is_bot: Whether this is an app's user.
        deleted: Whether the account is deactivated.
        is_restricted: Whether they are a guest.
        is_ultra_restricted: Whether they are a single-channel guest.
        is_stranger: Whether they belong to another workspace.
        is_admin: Whether they administer the workspace.
        invisible: Whether the app may not see them (``user_not_visible``).
    """

    id: str
    real_name: str
    workspace: "Workspace" = field(repr=False)
    tz: str = "UTC"
    display_name: str = ""
    title: str = ""
    email: str = ""
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_admin: bool = False
    invisible: bool = False
    _entries: dict[tuple[str, str], Json] = field(default_factory=dict, repr=False)

    @property
    def mention(self) -> str:
        """The person as they stand in a text."""
        return f"<@{self.id}>"

    @property
    def shown_name(self) -> str:
        """The display name, or else the real name."""
        return self.display_name or self.real_name

    @property
    def username(self) -> str:
        """The old-style user name, such as ``priya.patel``."""
        return self.real_name.lower().replace(" ", ".")

    @property
    def dm(self) -> Channel:
        """Their direct message with the app."""
        return self.workspace.dm_with(self.id)

    # Writing

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
        if channel.archived:
            raise Refused("is_archived")
        if self.id not in channel.members:
            raise Refused("not_in_channel")
        root = (thread.thread_ts or thread.ts) if thread else None
        message = self.workspace.post(channel, self.id, _as_stored(text), thread_ts=root, broadcast=broadcast)
        await asyncio.sleep(0)
        return message

    async def edit(self, message: Message, text: str) -> Message:
        """Rewrite one's own message.

        Raises:
            Refused: ``cant_update_message`` for someone else's.
        """
        if message.user != self.id:
            raise Refused("cant_update_message")
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

    async def command(self, channel: Channel, name: str, text: str = "") -> Reply:
        """Use a slash command and wait for the acknowledgement."""
        answer = await self._deliver(interactions.command(self, channel, name, text))
        return after_command(self, channel, answer)

    async def shortcut(self, callback_id: str, message: Message | None = None) -> Reply:
        """Use a global shortcut, or one on a message."""
        return after_action(await self._deliver(interactions.shortcut(self, callback_id, message)))

    # Reading

    async def sees(
        self,
        wanted: Wanted,
        *,
        channel: Channel | None = None,
        thread: Message | None = None,
        after: Message | None = None,
        within: float = 5,
    ) -> Message:
        """Wait for a message this person can see, ephemeral ones included; the newest that fits.

        Args:
            wanted: Some of its words, or a test for it.
            channel: Only there.
            thread: Only in this message's thread.
            after: Only later than this message.
            within: How long to wait, in real seconds.

        Raises:
            NotSeen: If none comes.
        """

        def candidates() -> list[Message]:
            return [
                message
                for message in self.workspace.visible_to(self)
                if (channel is None or message.channel == channel.id)
                and (thread is None or _in_thread(message, thread))
                and (after is None or message.ts > after.ts)
            ]

        def newest() -> Message | None:
            return next((message for message in reversed(candidates()) if self._fits(message, wanted)), None)

        found = await self.workspace.log.wait_for(newest, within)
        if found is None:
            seen = "\n".join(f"  {self.workspace.plain(message)!r}" for message in candidates()[-_LAST_SEEN:])
            raise NotSeen(f"{self.real_name} did not see {wanted!r} but\n{seen or '  nothing'}")
        return found

    def _fits(self, message: Message, wanted: Wanted) -> bool:
        if isinstance(wanted, str):
            return wanted in message.words() or wanted in self.workspace.plain(message)
        return wanted(message)

    async def view(self, title: str | None = None, *, within: float = 5) -> View:
        """Wait for the modal before this person.

        Args:
            title: Its title, where another may still be there.
            within: How long to wait, in real seconds.

        Raises:
            NotSeen: If none comes.
        """

        def top() -> View | None:
            view = self.workspace.views.top(self.id)
            return view if view and title in {None, view.title} else None

        found = await self.workspace.log.wait_for(top, within)
        if found is None:
            now = self.workspace.views.top(self.id)
            raise NotSeen(f"{self.real_name} did not see the modal {title or ''}, but {now.title if now else 'none'}")
        return found

    async def open_home(self) -> View | None:
        """Open the app's home tab; gives what is published there so far."""
        self.workspace.note("home_opened", channel=self.dm.id, person=self.id)
        await asyncio.sleep(0)
        return self.workspace.views.home(self.id)

    # Modals and buttons

    async def submit(self, view: View, answers: Mapping[str, Any] | None = None) -> dict[str, str] | None:
        """Fill in a modal and send it.

        Args:
            view: The modal.
            answers: What to enter by the label of the input: a text, number, date, time, an option's text, a `Person`
                or `Channel`, or a list of these. What is left out stays as it stands there.

        Returns:
            The app's complaints by label, None if it took the answers.

        Raises:
            LookupError: If no input has such a label.
            CannotEnter: If Slack's client would not send it.
            AppFailed: If the app did not answer in time, or Slack refused its answer.
        """
        current = self._open_view(view)
        current = self.workspace.views.enter(current, fill(current, answers or {}))
        answer = await self._deliver(interactions.submission(self, current))
        return after_submission(self, current, answer)

    async def close(self, view: View, *, everything: bool = False) -> None:
        """Close a modal with its button, or everything with the cross."""
        current = self._open_view(view)
        told = self.workspace.views.view(current.root_id) if everything else current
        told = self.workspace.views.enter(told, state_of(told.blocks, told.values))
        if everything:
            self.workspace.views.clear(self.id)
        else:
            self.workspace.views.close(current.id)
        if told.body.get("notify_on_close"):
            await self._deliver(interactions.closing(self, told, cleared=everything))

    async def press(self, where: Message | View, button: str, block: str | None = None) -> Reply:
        """Press a button.

        Args:
            where: The message or view with the button.
            button: What stands on it.
            block: The block's id or some of its words, where several buttons say the same.
        """
        where = self._now(where)
        control = find_button(where.blocks, button, block)
        shown: Json = {key: control[1][key] for key in ("type", "text", "value", "style") if key in control[1]}
        return await self._act(where, control, shown)

    async def choose(self, where: Message | View, menu: str, option: object) -> Reply:
        """Choose in a menu, radio group, checkboxes, picker or overflow menu.

        Args:
            where: The message or view with the menu.
            menu: Its placeholder, label or action id.
            option: As in `submit`.
        """
        where = self._now(where)
        block, element = find_menu(where.blocks, menu)
        choice = entered(element, option)
        kept = where.values if isinstance(where, View) else self._entries.setdefault((where.channel, where.ts), {})
        if element["type"] != "overflow":
            kept = {**kept, block["block_id"]: {**kept.get(block["block_id"], {}), element["action_id"]: choice}}
        if isinstance(where, View):
            where = self.workspace.views.enter(where, kept)
        else:
            self._entries[where.channel, where.ts] = kept
        return await self._act(where, (block, element), choice)

    async def _act(self, where: Message | View, control: Control, shown: Json) -> Reply:
        block, element = control
        action = {"action_id": element["action_id"], "block_id": block["block_id"], **shown}
        if isinstance(where, View):
            where = self.workspace.views.enter(where, state_of(where.blocks, where.values))
            delivery = interactions.action_in_view(self, where, action)
        else:
            state = state_of(where.blocks, self._entries.get((where.channel, where.ts), {}))
            delivery = interactions.action_in_message(self, where, action, state)
        return after_action(await self._deliver(delivery))

    def _now(self, where: Message | View) -> Message | View:
        return self.workspace.views.view(where.id) if isinstance(where, View) else self.workspace.current(where)

    def _open_view(self, view: View) -> View:
        top = self.workspace.views.top(self.id)
        if top is None or top.id != view.id:
            raise NotSeen(f"{view.title!r} is not before {self.real_name}, but {top.title if top else 'nothing'}")
        return top

    async def _deliver(self, delivery: Delivery) -> Answer:
        if self.workspace.courier is None:
            raise RuntimeError("nobody delivers to the app; start a Playground")
        return await self.workspace.courier.deliver(delivery)


def _as_stored(text: str) -> str:
    parts = _WRITTEN_AS_IS.split(text)
    return "".join(part if _WRITTEN_AS_IS.fullmatch(part) else html.escape(part, quote=False) for part in parts)


def _in_thread(message: Message, thread: Message) -> bool:
    root = thread.thread_ts or thread.ts
    return root in {message.ts, message.thread_ts}
