"""Acting as a person: tests and the demo read like a conversation."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playground import interactions
from playground.answers import Complaints, Reply, after_action, after_command, after_submission
from playground.controls import Control, find_button, find_menu
from playground.delivery import Answer, Delivery
from playground.forms import action_of, entered, fill, is_pressed, state_of
from playground.installation import Shortcut
from playground.records import Channel, Json, Message, View
from playground.writing import Writer

Wanted = str | Callable[[Message], bool]
Found = TypeVar("Found")

_LAST_SEEN = 8


class NotSeen(AssertionError):
    """What a person waited for did not come; says what they saw instead."""


@dataclass(eq=False)
class Person(Writer):
    """Someone in the workspace, and what they do."""

    _entries: dict[tuple[str, str], Json] = field(default_factory=dict, repr=False)

    # Commands

    async def command(self, channel: Channel, name: str, text: str = "") -> Reply:
        """Use a slash command and wait for the acknowledgement.

        Args:
            channel: Where.
            name: The command, with its slash.
            text: As typed; mentions as ``<@U…>`` and ``<#C…>``, which reach the app as Slack sends them: with ids and
                names if the command is among the app's `escaped_commands`, and as plain ``@name`` if not.
        """
        answer = await self._deliver(interactions.command(self, channel, name, text))
        return after_command(self, channel, answer)

    async def use_shortcut(self, message: Message | None, callback_id: str) -> Reply:
        """Use one of the app's shortcuts, and wait for the acknowledgement.

        Args:
            message: The message it is used on; None for a global shortcut.
            callback_id: What the app knows it by.

        Raises:
            LookupError: If Slack offers no such shortcut there: ephemeral and deleted messages have none.
        """
        offered = self.shortcuts_on(message)
        if callback_id not in {one.callback_id for one in offered}:
            raise LookupError(f"no shortcut {callback_id!r} among {[one.callback_id for one in offered]}")
        current = self.workspace.current(message) if message else None
        return after_action(await self._deliver(interactions.shortcut(self, callback_id, current)))

    def shortcuts_on(self, message: Message | None) -> tuple[Shortcut, ...]:
        """The app's shortcuts that this person finds on a message; with None, those from anywhere."""
        features = self.workspace.app.features
        if message is None:
            return features.shortcuts_of("global")
        return () if message.only_for or message.deleted else features.shortcuts_of("message")

    # Reading

    async def sees(
        self,
        wanted: Wanted,
        *,
        channel: Channel | None = None,
        thread: Message | None = None,
        after: Message | None = None,
        within: float = 10,
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

    async def view(self, title: str | None = None, *, showing: str = "", within: float = 10) -> View:
        """Wait for the modal before this person.

        Args:
            title: Its title, where another may still be there.
            showing: Some of its words, where they come into it later.
            within: How long to wait, in real seconds.

        Raises:
            NotSeen: If none comes.
        """

        def top() -> View | None:
            view = self.workspace.views.top(self.id)
            return view if view and title in {None, view.title} and showing in str(view.blocks) else None

        found = await self.workspace.log.wait_for(top, within)
        if found is None:
            now = self.workspace.views.top(self.id)
            raise NotSeen(f"{self.real_name} did not see the modal {title or ''}, but {now.title if now else 'none'}")
        return found

    async def open_home(self) -> View | None:
        """Open the app's home tab; gives what is published there so far, None where there is none."""
        if not self.workspace.app.features.home_tab:
            return None
        self.workspace.note("home_opened", channel=self.dm.id, person=self.id)
        await asyncio.sleep(0)
        return self.workspace.views.home(self.id)

    async def open_messages(self) -> None:
        """Open the messages tab, where the direct message with the app is."""
        self.workspace.note("messages_opened", channel=self.dm.id, person=self.id)
        await asyncio.sleep(0)

    # Modals and buttons

    async def submit(self, view: View, answers: Mapping[str, Any] | None = None) -> Complaints | None:
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
        return await self.use(where, *find_button(where.blocks, button, block))

    async def choose(self, where: Message | View, menu: str, option: object) -> Reply:
        """Choose in a menu, radio group, checkboxes, picker or overflow menu.

        Args:
            where: The message or view with the menu.
            menu: Its placeholder, label or action id.
            option: As in `submit`.
        """
        where = self._now(where)
        return await self.use(where, *find_menu(where.blocks, menu), option)

    async def use(self, where: Message | View, block: Json, element: Json, value: object = None) -> Reply:
        """Use a button or menu, and wait for the acknowledgement.

        In an input block without ``dispatch_action`` it is filled in, and the app is not told.

        Args:
            where: The message or view.
            block: The block in it.
            element: The element of that block.
            value: What is chosen, as in `submit`; nothing for buttons.
        """
        shown = action_of(element, value)
        if not is_pressed(element) and element["type"] != "overflow":
            self.enter(where, block, element, value)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Reply()
        return await self._act(self._now(where), (block, element), shown)

    def enter(self, where: Message | View, block: Json, element: Json, value: object) -> None:
        """Fill in an input or choose in a menu without telling the app, as a person does before sending a form.

        Raises:
            CannotEnter: If Slack's client would not take it.
        """
        entry = {block["block_id"]: {element["action_id"]: entered(element, value)}}
        before = self.entries(where)
        kept = {**before, **{key: {**before.get(key, {}), **change} for key, change in entry.items()}}
        if isinstance(where, View):
            self.workspace.views.enter(where, kept)
        else:
            self._entries[where.channel, where.ts] = kept

    def entries(self, where: Message | View) -> Json:
        """What stands in a message's or view's inputs now: block id, action id, Slack's state value."""
        where = self._now(where)
        before = where.values if isinstance(where, View) else self._entries.get((where.channel, where.ts), {})
        return state_of(where.blocks, before)

    async def _act(self, where: Message | View, control: Control, shown: Json) -> Reply:
        block, element = control
        action = {"action_id": element["action_id"], "block_id": block["block_id"], **shown}
        state = self.entries(where)
        if isinstance(where, View):
            where = self.workspace.views.enter(where, state)
            delivery = interactions.action_in_view(self, where, action)
        else:
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


def _in_thread(message: Message, thread: Message) -> bool:
    root = thread.thread_ts or thread.ts
    return root in {message.ts, message.thread_ts}
