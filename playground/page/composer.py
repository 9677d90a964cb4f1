"""The box in which a person writes: Enter sends, / completes commands, @ completes people."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nicegui import ui

from playground.page.pieces import draw_html

if TYPE_CHECKING:
    from playground.page.desk import Desk

Send = Callable[[str], Awaitable[bool]]
"""Sends what was written; False leaves it in the box."""

_NAME = re.compile(r"@([\w.\- ]*)$")
_SHOWN = 8
# Enter sends, Shift+Enter begins a line. While suggestions show, arrows, Tab and Escape are theirs.
_KEYS = """(event) => {
    const list = document.getElementById(event.target.getAttribute('aria-controls'));
    const open = !!(list && list.children.length);
    const key = event.key;
    const sends = key === 'Enter' && !event.shiftKey && !event.isComposing;
    const moves = open && ['ArrowDown', 'ArrowUp', 'Tab', 'Escape'].includes(key);
    if (!sends && !moves) return;
    event.preventDefault();
    event.stopPropagation();
    emit(key, event.target.value);
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
    """A text box with completion.

    Args:
        desk: Where it stands.
        label: What it is called for those who cannot see it, and what stands in it while it is empty.
        send: Sends what was written.
        commands: Whether slash commands can be typed; Slack has none in threads.
    """

    def __init__(self, desk: "Desk", label: str, send: Send, *, commands: bool) -> None:
        self._desk = desk
        self._send = send
        self._commands = commands
        self._text = ""
        self._suggestions: list[Suggestion] = []
        self._chosen = 0
        with ui.element("div").classes("composer"):
            self._list = ui.element("div").classes("suggestions").props('role=listbox aria-label="Suggestions"')
            with ui.element("div").classes("composer-line"):
                self._box = ui.element("textarea").classes("composer-box").props("rows=1 autocomplete=off")
                self._box.props["aria-label"] = label
                self._box.props["placeholder"] = label
                self._box.props["aria-controls"] = self._list.html_id
                button = ui.element("button").classes("send").props('type=button aria-label="Send"')
                with button:
                    draw_html("➤", tag="span")
        self._box.on("input", self._typed, js_handler="(event) => emit(event.target.value)")
        self._box.on("keydown", self._key, js_handler=_KEYS)
        button.on("click", self._press_send)

    def _typed(self, event: Any) -> None:
        self._text = str(event.args)
        self._suggest()

    async def _key(self, event: Any) -> None:
        key, self._text = str(event.args[0]), str(event.args[1])
        match key:
            case "ArrowDown" | "ArrowUp" if self._suggestions:
                self._chosen = (self._chosen + (1 if key == "ArrowDown" else -1)) % len(self._suggestions)
                self._show()
            case "Tab" if self._suggestions:
                self._take(self._suggestions[self._chosen])
            case "Escape":
                self._suggestions = []
                self._show()
            case "Enter":
                meant = self._suggestions[self._chosen] if self._suggestions else None
                if meant and meant.becomes.strip() != self._text.strip() and not self._is_whole_command():
                    self._take(meant)
                else:
                    await self._press_send()

    def _is_whole_command(self) -> bool:
        return any(self._text.strip().startswith(command.name) for command in self._desk.session.played.commands)

    async def _press_send(self) -> None:
        text = self._text.strip()
        self._suggestions = []
        self._show()
        if not text:
            return
        self._put("")
        if not await self._send(self._desk.with_mentions(text)):
            self._put(text)

    def _suggest(self) -> None:
        self._chosen = 0
        if self._commands and self._text.startswith("/"):
            self._suggestions = [
                Suggestion(command.typed, command.purpose, f"{command.typed} ")
                for command in self._desk.commands()
                if command.typed.startswith(self._text.strip()) or self._text.startswith(command.name)
            ][:_SHOWN]
        elif found := _NAME.search(self._text):
            self._suggestions = [
                Suggestion(person.shown_name, person.title, f"{self._text[: found.start()]}@{person.shown_name} ")
                for person in self._desk.workspace.people.values()
                if person.shown_name.casefold().startswith(found[1].casefold())
            ][:_SHOWN]
        else:
            self._suggestions = []
        self._show()

    def _show(self) -> None:
        self._list.clear()
        with self._list:
            for place, suggestion in enumerate(self._suggestions):
                option = ui.element("div").classes(f"suggestion{' chosen' if place == self._chosen else ''}")
                option.props["role"] = "option"
                option.props["aria-selected"] = "true" if place == self._chosen else "false"
                option.on("mousedown.prevent", lambda suggestion=suggestion: self._take(suggestion))
                with option:
                    ui.label(suggestion.shown)
                    ui.label(suggestion.about).classes("faint")

    def _take(self, suggestion: Suggestion) -> None:
        self._suggestions = []
        self._show()
        self._put(suggestion.becomes)

    def focus(self) -> None:
        """Put the cursor into the box."""
        ui.run_javascript(f"getHtmlElement({self._box.id})?.focus()")

    def _put(self, text: str) -> None:
        """Put words into the box, whatever stands there, and keep the cursor in it."""
        self._text = text
        ui.run_javascript(
            f"const box = getHtmlElement({self._box.id}); if (box) {{ box.value = {json.dumps(text)}; box.focus(); }}"
        )
