"""One open page: what the one who acts does there, and all that follows what happens."""

import asyncio
import json
import logging
import re
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from nicegui import background_tasks, ui

from playground.answers import Reply
from playground.forms import CannotEnter
from playground.page import clock_bar, inspector, sidebar
from playground.page.composer import Composer
from playground.page.faces import local
from playground.page.live import Part, Rows
from playground.page.messages import trouble
from playground.page.modals import ModalStack
from playground.page.pieces import draw_html
from playground.page.places import draw_place, draw_thread
from playground.page.session import Session
from playground.page.sight import HOME, Sight
from playground.person import Person
from playground.records import Channel, Json, Message, Refused, View
from playground.world import Command

_TOGETHER_SECONDS = 0.03
_INVITE = "/invite"
_log = logging.getLogger(__name__)


class Desk(Sight):
    """One open page.

    Args:
        session: The world behind it.
        person: The id of who acts, if the address names one.
        place: What is looked at, if the address names it.

    Attributes:
        inspecting: Whether the inspector is open.
        drafts: What was written and not sent, by person, place and thread.
    """

    def __init__(self, session: Session, person: str, place: str) -> None:
        super().__init__(session, person, place)
        self._number = session.number
        self.inspecting = False
        self.drafts: dict[tuple[str, str, str], str] = {}

    def commands(self) -> list[Command]:
        """What can be typed after a slash: the app's commands, and Slack's own that matter here."""
        invite = Command(_INVITE, f"@{self.workspace.app.name}", "Slack's own: lets the app into this channel")
        return [*self.session.played.commands, invite]

    # What is done

    def go(self, place: str) -> None:
        """Look at something else."""
        self.place, self.thread = place, None
        self._note_address()
        ui.run_javascript("document.body.classList.remove('sidebar-open')")
        self._build_place()

    def act_as(self, person: Person) -> None:
        """Be somebody else."""
        with_app = self.place == self.person.dm.id
        self.person, self.thread = person, None
        if not self.may_open(self.place):
            self.place = person.dm.id if with_app else self.first_place()
        self._note_address()
        self._build_place()

    def open_thread(self, message: Message) -> None:
        """Open the thread of a message, or the one that it is a reply in."""
        replies = self.workspace.messages(self.workspace.channels[message.channel], thread=message)
        self.thread = next((one for one in replies if one.ts == message.thread_ts), message)
        self._build_thread()
        self.refresh()
        if self._reply_box:
            self._reply_box.focus()

    def close_thread(self) -> None:
        """Close the thread pane."""
        self.thread = None
        self._build_thread()
        self.refresh()

    async def use(self, where: Message | View, block: Json, element: Json, value: object) -> None:
        """Use a button or menu, and say what went wrong, if anything."""
        try:
            self.complain(await self.person.use(where, block, element, value))
        except CannotEnter as error:
            self.tell(f"Slack does not take that: {error}.")
        except Refused as refusal:
            self._refuse(refusal)

    async def use_shortcut(self, message: Message, callback_id: str) -> None:
        """Use a shortcut on a message."""
        try:
            self.complain(await self.person.use_shortcut(message, callback_id))
        except Refused as refusal:
            self._refuse(refusal)

    async def set_status(self, text: str, emoji: str, lasts: timedelta | None = None) -> None:
        """Say what the one who acts is doing, for some time or until it is cleared."""
        until = self.session.world.clock() + lasts if lasts else None
        await self.person.set_status(text, emoji, until)

    async def react(self, message: Message, name: str) -> None:
        """Add a reaction, or take it back if it is there."""
        try:
            given = (name, self.person.id) in self.workspace.current(message).reactions
            await (self.person.unreact if given else self.person.react)(message, name)
        except Refused as refusal:
            self._refuse(refusal)

    async def edit(self, message: Message) -> None:
        """Let the author rewrite a message."""
        try:
            text = await self._ask_for_words(self.as_typed(self.workspace.current(message)))
            if text:
                await self.person.edit(message, self.with_mentions(text))
        except Refused as refusal:
            self._refuse(refusal)

    async def _ask_for_words(self, before: str) -> str:
        with self._root, ui.dialog() as dialog, ui.element("div").classes("modal small"):
            draw_html("Edit message", tag="h2")
            box = ui.textarea(value=before).props('autogrow outlined aria-label="Message"')
            with ui.element("div").classes("modal-foot"):
                with ui.element("button").classes("button default").on("click", lambda: dialog.submit("")):
                    ui.label("Cancel")
                with ui.element("button").classes("button primary").on("click", lambda: dialog.submit(box.value)):
                    ui.label("Save")
        return str(await dialog or "").strip()

    def join(self, channel: Channel) -> None:
        """Join a channel."""
        self.workspace.join(channel, self.person)

    async def delete(self, message: Message) -> None:
        """Let the author delete a message."""
        try:
            await self.person.delete(message)
        except Refused as refusal:
            self._refuse(refusal)

    async def say(self, text: str, thread: Message | None = None) -> bool:
        """Send what was written in the channel or a thread, or carry out a command."""
        channel = self.workspace.channels[thread.channel] if thread else self.channel
        if channel is None:
            return False
        # Whoever writes wants to see what comes of it; the newest message stands at 0.
        ui.run_javascript(
            f"document.querySelector('{'.thread' if thread else '.conversation'} .history')?.scrollTo(0, 0)"
        )
        if text.startswith("/"):
            return await self._command(channel, text, in_thread=thread is not None)
        try:
            await self.person.say(channel, text, thread=thread)
        except Refused as refusal:
            self._refuse(refusal)
            return False
        return True

    async def _command(self, channel: Channel, text: str, *, in_thread: bool) -> bool:
        name, _, rest = text.partition(" ")
        if name not in {command.name for command in self.commands()}:
            self.tell(f"“{name}” is not a valid command here. Type / to see what is.")
            return False
        if in_thread:
            self.tell(f"{name} is not supported in threads. Sorry!")
            return False
        if name == _INVITE:
            return self._invite(channel, rest.strip())
        self.complain(await self.person.command(channel, name, rest))
        return True

    def _invite(self, channel: Channel, name: str) -> bool:
        by_name = {one.shown_name.casefold(): one for one in self.workspace.people.values()}
        by_name |= {one.mention.casefold(): one for one in self.workspace.people.values()}
        found = by_name.get(name.casefold().removeprefix("@"))
        if channel.with_person:
            self.tell("Nobody can be invited into a direct message.")
        elif found is None:
            self.tell(f"Nobody here is called {name}." if name else f"Say whom: {_INVITE} @name.")
        elif found.id in channel.members:
            self.tell(f"{found.shown_name} is in #{channel.name} already.")
        else:
            who = self.workspace.app if found.is_bot else found
            self.workspace.join(channel, who, inviter=self.person.id)
            return True
        return False

    def with_mentions(self, text: str) -> str:
        """Names with an @ before them, as Slack keeps them; the longest name first."""
        for person in sorted(self.workspace.people.values(), key=lambda one: -len(one.shown_name)):
            text = re.sub(rf"@{re.escape(person.shown_name)}\b", person.mention, text, flags=re.IGNORECASE)
        return text

    def tell(self, words: str) -> None:
        """Say something on this page alone."""
        with self._root:
            ui.notify(words, position="top", multi_line=True, timeout=6000)

    def _refuse(self, refusal: Refused) -> None:
        self.tell(f"Slack does not allow that: {refusal.error}.")

    def complain(self, reply: Reply) -> None:
        """Say what went wrong with an answer of the app, if anything."""
        if words := trouble(reply):
            self.tell(words)

    async def skip(self, ahead: timedelta | None) -> None:
        """Skip ahead by some time, or with None to what the app does next by itself."""
        world = self.session.world
        now = world.clock()
        moment = now + ahead if ahead else await world.next_due()
        if moment is None or moment - now > timedelta(days=400):
            self.tell("The app has nothing planned.")
            return
        there = local(self.person, moment)
        await self.session.during(f"Skipping ahead to {there:%A, %H:%M} …", world.skip_to(moment))

    # Drawing

    def build(self) -> None:
        """Draw the whole page."""
        self._root = ui.element("div").classes("desk")
        with self._root:
            with ui.element("header").classes("top"):
                clock_bar.draw(self)
            self._nav = ui.element("nav").classes("sidebar").props('aria-label="Channels and apps"')
            self._middle = ui.element("section").classes("conversation").props('aria-label="Conversation"')
            self._aside = ui.element("aside").classes("thread").props('aria-label="Thread"')
            self._drawer = ui.element("aside").classes("inspector").props('aria-label="Inspector"')
            with self._drawer:
                draw_html("Inspector", tag="h2")
                wire = ui.element("div").classes("exchanges")
            self._wire = Rows(wire, lambda: inspector.rows(self) if self.inspecting else [])
            self._busy = ui.label("").classes("busy").props("role=status aria-live=polite")
            self._modals = ModalStack(self)
        self._sidebar = Rows(self._nav, lambda: sidebar.rows(self))
        self._conversation: Sequence[Part | Rows] = ()
        self._thread: Rows | None = None
        self._reply_box: Composer | None = None
        self._build_place()

    def _build_place(self) -> None:
        self._middle.clear()
        with self._middle:
            self._conversation = draw_place(self)
        self._build_thread()
        self.refresh()
        if self.place == HOME:
            background_tasks.create(self.person.open_home())
        elif self.place == self.person.dm.id:
            background_tasks.create(self.person.open_messages())

    def _build_thread(self) -> None:
        self._aside.clear()
        self._aside.classes(add="open" if self.thread else "", remove="" if self.thread else "open")
        self._thread, self._reply_box = None, None
        if self.thread is not None:
            with self._aside:
                self._thread, self._reply_box = draw_thread(self, self.thread)

    # Following

    def refresh(self) -> None:
        """Draw anew what has changed."""
        if self.thread and self.thread.ts not in self._stamps(self.thread):
            self.close_thread()
            return
        self._mark_read()
        self._sidebar.refresh()
        for part in self._conversation:
            part.refresh()
        if self._thread is not None:
            self._thread.refresh()
        self._modals.refresh()
        self._wire.refresh()
        self._busy.set_text(self.session.busy)
        self._busy.set_visibility(bool(self.session.busy))

    def _stamps(self, beside: Message) -> set[str]:
        return {one.ts for one in self.messages(self.workspace.channels[beside.channel])}

    def _mark_read(self) -> None:
        unread, channel = self.session.unread, self.channel
        top = [one.ts for one in self.messages(channel) if one.thread_ts is None or one.broadcast] if channel else []
        if channel and top:
            unread.mark(self.person.id, channel.id, max(top))
        replies = self.replies(self.thread) if self.thread else []
        if self.thread and replies:
            unread.mark(self.person.id, self.thread.channel, replies[-1].ts, self.thread.ts)

    async def follow(self) -> None:
        """Keep the page up to date, until the tab is closed or the world is another one."""
        log = self.workspace.log
        # Something may have happened between the drawing of the page and now.
        self._follow_up()
        while self._number == self.session.number:
            await log.change()
            # What happens together is drawn together.
            await asyncio.sleep(_TOGETHER_SECONDS)
            self._follow_up()
        with self._root:
            ui.navigate.to(f"/?{urlencode({'as': self.person.id})}")

    def _follow_up(self) -> None:
        if self._number != self.session.number:
            return
        try:
            with self._root:
                self.refresh()
        except Exception:
            # One thing that cannot be drawn must not stop all that comes after it.
            _log.exception("Something could not be drawn")

    def toggle_inspector(self) -> None:
        """Open or close the inspector."""
        self.inspecting = not self.inspecting
        self._root.classes(add="inspecting" if self.inspecting else "", remove="" if self.inspecting else "inspecting")
        self.refresh()

    def _note_address(self) -> None:
        address = f"/?{urlencode({'as': self.person.id, 'at': self.place})}"
        ui.run_javascript(f"history.replaceState(null, '', {json.dumps(address)})")
