"""Buttons and menus that act at once: what a press or a choice does is told by the surface."""

from functools import partial
from typing import Any

from nicegui import ui

from playground.page.choices import draw_choice
from playground.page.markup import is_address
from playground.page.menus import draw_menu
from playground.page.pieces import draw_html, draw_picture
from playground.page.surface import Surface
from playground.records import Json

_ICONS = {"trash": "🗑"}


def draw_element(surface: Surface, block: Json, element: Json) -> None:
    """Draw an element of an actions block, or one beside a section."""
    match element["type"]:
        case "button":
            _draw_button(surface, block, element)
        case "overflow":
            _draw_overflow(surface, block, element)
        case "image":
            draw_picture(surface, element, "thumbnail")
        case "feedback_buttons":
            for side in ("positive_button", "negative_button"):
                named = {key: element[key] for key in ("type", "action_id")}
                _draw_button(surface, block, {**element[side], **named})
        case "icon_button":
            _draw_icon(surface, block, element)
        case _:
            _draw_menu(surface, block, element)


def _draw_button(surface: Surface, block: Json, element: Json) -> None:
    style = element.get("style", "default")
    button = ui.element("button").classes(f"button {style}").props("type=button")
    if label := element.get("accessibility_label"):
        button.props["aria-label"] = label
    with button:
        draw_html(surface.markup.plain(element["text"]["text"]), tag="span")

    _let_press(surface, block, element, button)


def _draw_icon(surface: Surface, block: Json, element: Json) -> None:
    shown_to = element.get("visible_to_user_ids")
    if shown_to and surface.reader not in shown_to:
        return
    label = element.get("accessibility_label") or element["text"]["text"]
    button = ui.element("button").classes("button icon").props("type=button")
    button.props["aria-label"] = label
    button.props["title"] = label
    with button:
        draw_html(_ICONS.get(element["icon"], "•"), tag="span")
    _let_press(surface, block, element, button)


def _let_press(surface: Surface, block: Json, element: Json, button: ui.element) -> None:
    """Tell the app of a press; another one counts only after the app has answered."""
    busy = False

    async def press() -> None:
        nonlocal busy
        if busy:
            return
        busy = True
        button.props("aria-busy=true aria-disabled=true")
        try:
            if await _is_confirmed(surface, element):
                if is_address(url := element.get("url", "")):
                    ui.navigate.to(url, new_tab=True)
                await surface.use(block, element, None)
        finally:
            busy = False
            button.props(remove="aria-busy aria-disabled")

    button.on("click", press)


def _draw_overflow(surface: Surface, block: Json, element: Json) -> None:
    with ui.element("button").classes("button icon").props('type=button aria-label="More actions"'):
        draw_html("⋯", tag="span")
        draw_menu([(one["text"]["text"], partial(_choose, surface, block, element, one)) for one in element["options"]])


def _draw_menu(surface: Surface, block: Json, element: Json) -> None:
    label = element.get("placeholder", {}).get("text", "Choose")

    frame = ui.element("div").classes("menu-frame")

    async def choose(value: Any) -> None:
        if await _is_confirmed(surface, element):
            await surface.use(block, element, value)
        else:
            draw()

    def draw() -> None:
        frame.clear()
        with frame:
            draw_choice(surface, block, element, label, choose)

    draw()


async def _choose(surface: Surface, block: Json, element: Json, value: Any) -> None:
    if await _is_confirmed(surface, element):
        await surface.use(block, element, value)


async def _is_confirmed(surface: Surface, element: Json) -> bool:
    """Ask back where the app wants it so."""
    confirm = element.get("confirm")
    if not confirm:
        return True
    with ui.dialog() as dialog, ui.element("div").classes("modal small"):
        draw_html(surface.markup.plain(confirm["title"]["text"]), tag="h2")
        draw_html(surface.markup.text(confirm["text"]), classes="words")
        with ui.element("div").classes("modal-foot"):
            _answer(dialog, confirm["deny"]["text"], "default", yes=False)
            _answer(dialog, confirm["confirm"]["text"], confirm.get("style", "primary"), yes=True)
    return bool(await dialog)


def _answer(dialog: ui.dialog, label: str, style: str, *, yes: bool) -> None:
    with ui.element("button").classes(f"button {style}").on("click", lambda: dialog.submit(yes)):
        ui.label(label)
