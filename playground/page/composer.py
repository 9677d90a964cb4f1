"""The box in which a person writes: Enter sends, / completes commands, @ completes people."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nicegui import ui

from playground.page.pieces import draw_html
from playground.records import Message

if TYPE_CHECKING:
    from playground.page.desk import Desk

Send = Callable[[str], Awaitable[bool]]
"""Sends what was written; False leaves it in the box."""

_NAME = re.compile(r"@([\w.\- ]*)$")
_SHOWN = 8
# Enter sends, Shift+Enter begins a line. While suggestions show, arrows, Tab and Escape are theirs. What is sent leaves
# the box at once: whatever is typed before the page hears of it belongs to the next message.
_KEYS = """(event) => {
    const box = event.target;
    const text = box.value;
    const list = document.getElementById(box.getAttribute('aria-controls'));
    const open = !!(list && list.children.length);
    const key = event.key;
    const sends = key === 'Enter' && !event.shiftKey && !event.isComposing;
    const moves = open && ['ArrowDown', 'ArrowUp', 'Tab', 'Escape'].includes(key);
    if (!sends && !moves) return;
    event.preventDefault();
    event.stopPropagation();
    if (sends && !open) box.value = '';
    emit(key, text, box.value);
}"""
_PRESS = """() => {
    const box = getHtmlElement(BOX);
    const text = box.value;
    box.value = '';
    box.focus();
    emit(text);
}"""


@dataclass(frozen=True)
class Suggestion:
    """One thing that may be meant.

    Attributes:
        shown: What the list says.
        about: A few words on it.
        becomes: The whole text once it is taken.
    """

    shown: str
    about: str
    becomes: str


class Composer:
    """A text box with completion, which keeps what was written until it is sent.

    Args:
        desk: Where it stands.
        label: What it is called for those who cannot see it, and what stands in it while it is empty.
        send: Sends what was written.
        thread: The thread in which it writes, if in one; Slack has no slash commands there.
    """

    def __init__(self, desk: "Desk", label: str, send: Send, *, thread: Message | None = None) -> None:
        self._desk = desk
        self._send = send
        self._commands = thread is None
        self._draft = (desk.person.id, desk.place, thread.ts if thread else "")
        self._text = desk.drafts.get(self._draft, "")
        self._suggestions: list[Suggestion] = []
        self._chosen = 0
        with ui.element("div").classes("composer"):
            self._list = ui.element("div").classes("suggestions").props('role=listbox aria-label="Suggestions"')
            with ui.element("div").classes("composer-line"):
                self._draw_box(label)
                button = ui.element("button").classes("send").props('type=button aria-label="Send"')
                with button:
                    draw_html("➤", tag="span")
        button.on("click", self._press_send, js_handler=_PRESS.replace("BOX", str(self._box.id)))

    def _draw_box(self, label: str) -> None:
        self._box = ui.element("textarea").classes("composer-box").props("rows=1 autocomplete=off")
        self._box.props("aria-autocomplete=list aria-haspopup=listbox")
        self._box.props["aria-label"] = label
        self._box.props["placeholder"] = label
        self._box.props["aria-controls"] = self._list.html_id
        self._box.props[".defaultValue"] = self._text
        self._box.on("input", self._typed, js_handler="(event) => emit(event.target.value)")
        self._box.on("keydown", self._key, js_handler=_KEYS)
        self._box.on("blur", lambda: self._offer([]))

    def _typed(self, event: Any) -> None:
        self._keep(str(event.args))
        self._offer(self._find())

    async def _key(self, event: Any) -> None:
        key, text, left = map(str, event.args)
        self._keep(text)
        meant = self._suggestions[self._chosen] if self._suggestions else None
        match key:
            case "ArrowDown" | "ArrowUp" if meant:
                self._chosen = (self._chosen + (1 if key == "ArrowDown" else -1)) % len(self._suggestions)
                self._show()
            case "Tab" if meant:
                self._take(meant, left)
            case "Escape":
                self._offer([])
            case "Enter" if meant and self._is_begun(meant):
                self._take(meant, left)
            case "Enter":
                self._put("", instead_of=left)
                await self._send_off(text)

    def _is_begun(self, meant: Suggestion) -> bool:
        """Whether Enter completes what stands there rather than sending it."""
        text = self._text.strip()
        if meant.becomes.strip() == text:
            return False
        return bool(_NAME.search(self._text)) or not self._is_whole_command(text)

    def _is_whole_command(self, text: str) -> bool:
        return text.partition(" ")[0] in {command.name for command in self._desk.commands()}

    async def _press_send(self, event: Any) -> None:
        await self._send_off(str(event.args))

    async def _send_off(self, text: str) -> None:
        self._offer([])
        self._keep("")
        if text.strip() and not await self._send(self._desk.with_mentions(text.strip())):
            if not self._text:
                self._keep(text)
            self._put(text, instead_of="")

    def _keep(self, text: str) -> None:
        self._text = text
        self._desk.drafts[self._draft] = text

    def _find(self) -> list[Suggestion]:
        if found := _NAME.search(self._text):
            before = self._text[: found.start()]
            return [
                Suggestion(person.shown_name, person.title, f"{before}@{person.shown_name} ")
                for person in self._desk.workspace.people.values()
                if person.shown_name.casefold().startswith(found[1].casefold()) and not person.deleted
            ][:_SHOWN]
        if self._commands and self._text.startswith("/"):
            return [
                Suggestion(command.typed, command.purpose, f"{command.typed} ")
                for command in self._desk.commands()
                if command.typed.startswith(self._text.strip())
            ][:_SHOWN]
        return []

    def _offer(self, suggestions: list[Suggestion]) -> None:
        self._suggestions, self._chosen = suggestions, 0
        self._show()

    def _show(self) -> None:
        self._list.clear()
        active = None
        with self._list:
            for place, suggestion in enumerate(self._suggestions):
                chosen = place == self._chosen
                option = ui.element("div").classes(f"suggestion{' chosen' if chosen else ''}")
                option.props["role"] = "option"
                option.props["aria-selected"] = "true" if chosen else "false"
                option.on("mousedown.prevent", lambda suggestion=suggestion: self._take(suggestion, self._text))
                with option:
                    ui.label(suggestion.shown)
                    ui.label(suggestion.about).classes("faint")
                active = option.html_id if chosen else active
        self._box.props.set_optional("aria-activedescendant", active)

    def _take(self, suggestion: Suggestion, left: str) -> None:
        self._keep(suggestion.becomes)
        self._offer([])
        self._put(suggestion.becomes, instead_of=left)

    def focus(self) -> None:
        """Put the cursor into the box."""
        ui.run_javascript(f"getHtmlElement({self._box.id})?.focus()")

    def _put(self, text: str, *, instead_of: str) -> None:
        """Put words into the box, unless something else was typed there meanwhile, and keep the cursor in it."""
        ui.run_javascript(
            f"const box = getHtmlElement({self._box.id});"
            f"if (box && box.value === {json.dumps(instead_of)}) {{ box.value = {json.dumps(text)}; box.focus(); }}"
        )
