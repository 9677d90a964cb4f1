"""The modal before a person: filling in, sending, going back, closing."""

import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui import ui

from playground.answers import AppFailed
from playground.forms import CannotEnter
from playground.page.blocks import draw_blocks
from playground.page.live import Part, Row, Rows
from playground.page.pieces import draw_html
from playground.page.surface import Surface, surface_for
from playground.records import Json, View

if TYPE_CHECKING:
    from playground.page.desk import Desk


# What was complained about, or else the first thing to fill in, or else the first button; but whoever has begun to
# fill in something is left there.
_FOCUS = """setTimeout(() => {
    const frame = getHtmlElement(FRAME);
    const here = document.activeElement;
    if (!COMPLAINED && frame?.contains(here) && here.matches('input, textarea')) return;
    const choices = ['[aria-invalid]', '.modal-blocks input, .modal-blocks textarea', 'button.primary', 'button'];
    const first = choices.map((choice) => frame?.querySelector(choice)).find((found) => found);
    first?.focus();
    if (!first?.matches('.field')) return;
    // Whoever goes on typing does so at the end.
    const typed = first.value;
    first.value = '';
    first.value = typed;
}, 50)"""


class ModalStack:
    """Shows the view on top of a person's stack, as long as there is one."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._errors: dict[str, str] = {}
        # By view and block: what was typed although it cannot be sent, and why not.
        self._wrong: dict[str, dict[str, tuple[str, str]]] = {}
        self._sending = False
        self._shown: Any = None
        self._hash = ""
        with ui.dialog().props("persistent no-route-dismiss") as self._dialog:
            self._frame = ui.element("form").classes("modal").props('role=dialog aria-modal=true novalidate=""')
        # Where a menu is open, the key is for the menu.
        self._frame.on("keydown.escape", self._close, js_handler="() => document.querySelector('.q-menu') || emit()")
        self._frame.on("submit.prevent", self._submit)

    def refresh(self) -> None:
        """Show what is on top now; of a form that changes, what stays the same is left alone."""
        view = self._desk.workspace.views.top(self._desk.person.id)
        if self._shown and (view is None or view.id != self._shown[0]):
            self._errors = {}
        now = (view.id, {**view.body, "blocks": None}, self._errors.get("")) if view else None
        if now != self._shown:
            self._shown = now
            self._frame.clear()
            if view is None:
                self._wrong = {}
                self._dialog.close()
                return
            self._frame.props["aria-label"] = view.title
            with self._frame:
                self._draw(view)
            self._dialog.open()
            self._hash = ""
        if view and view.hash != self._hash:
            self._hash = view.hash
            self._blocks.refresh()
            self._focus()

    def _focus(self, *, complained: bool = False) -> None:
        focus = _FOCUS.replace("FRAME", str(self._frame.id)).replace("COMPLAINED", json.dumps(complained))
        # What asked for this may be gone from the page by now; the frame is not.
        self._frame.client.run_javascript(focus)

    def _draw(self, view: View) -> None:
        desk = self._desk
        with ui.element("div").classes("modal-head"):
            draw_html(desk.markup.plain(view.title), tag="h2")
            cross = ui.element("button").classes("icon").props('type=button aria-label="Close"')
            with cross:
                draw_html("✕", tag="span")
            cross.on("click", lambda: self._close(everything=True))
        with ui.element("div").classes("modal-blocks"):
            if general := self._errors.get(""):
                draw_html(desk.markup.plain(general), tag="p", classes="error").props("role=alert")
            self._blocks = Rows(ui.element("div"), partial(self._rows, view))
        with ui.element("div").classes("modal-foot"):
            close = view.body.get("close", {}).get("text") or ("Back" if view.previous_id else "Cancel")
            back = ui.element("button").classes("button default").props("type=button")
            with back:
                ui.label(close)
            back.on("click", self._close)
            if submit := view.body.get("submit"):
                self._send = ui.element("button").classes("button primary").props("type=submit")
                with self._send:
                    ui.label(submit["text"])

    def _rows(self, view: View) -> list[Row]:
        blocks = self._desk.workspace.views.view(view.id).blocks
        return [
            Row(json.dumps([block, self._errors.get(block["block_id"])]), partial(self._draw_block, view, block))
            for block in blocks
        ]

    def _draw_block(self, view: View, block: Json) -> Sequence[Part]:
        draw_blocks(self._surface(view), [block])
        return ()

    def _surface(self, view: View) -> Surface:
        desk = self._desk
        wrong = self._wrong.setdefault(view.id, {})

        async def use(block: Json, element: Json, value: object) -> None:
            mistake = wrong.get(block["block_id"])
            if mistake:
                self._complain({block["block_id"]: mistake[1]})
            else:
                await desk.use(view, block, element, value)

        def enter(block: Json, element: Json, value: object) -> None:
            try:
                desk.person.enter(view, block, element, value)
                wrong.pop(block["block_id"], None)
            except CannotEnter as error:
                wrong[block["block_id"]] = (str(value), f"{error}.")

        typed = {block_id: words for block_id, (words, _) in wrong.items()}
        return surface_for(desk, view, use, enter, self._errors, typed)

    async def _submit(self) -> None:
        view = self._desk.workspace.views.top(self._desk.person.id)
        if view is None or self._sending:
            return
        self._sending = True
        self._send.props("aria-busy=true aria-disabled=true")
        try:
            self._complain(await self._complaints(view))
        finally:
            self._sending = False
            self._send.props(remove="aria-busy aria-disabled")

    async def _complaints(self, view: View) -> dict[str, str]:
        """Send what was filled in; gives what is wrong with it, by the block's id, empty for the whole form."""
        there = {block["block_id"] for block in view.blocks}
        wrong = {block_id: why for block_id, (_, why) in self._wrong.get(view.id, {}).items() if block_id in there}
        if wrong:
            return wrong
        try:
            complaints = await self._desk.person.submit(view)
        except CannotEnter as error:
            return {error.block: f"{str(error).partition(': ')[2].capitalize()}."}
        except AppFailed:
            return {"": "We had some trouble connecting. Try again?"}
        return complaints.by_block if complaints else {}

    def _complain(self, errors: dict[str, str]) -> None:
        self._errors = errors
        self.refresh()
        if self._errors:
            self._blocks.refresh()
            self._focus(complained=True)

    async def _close(self, *_: object, everything: bool = False) -> None:
        view = self._desk.workspace.views.top(self._desk.person.id)
        if view:
            await self._desk.person.close(view, everything=everything)
        self.refresh()
