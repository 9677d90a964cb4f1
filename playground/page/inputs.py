"""Input blocks: a label, something to fill in, a hint, and what is wrong with it."""

from typing import Any

from nicegui import ui

from playground.page.choices import draw_choice
from playground.page.pieces import draw_html
from playground.page.surface import Surface
from playground.reading import words
from playground.records import Json

_FIELDS = {
    "plain_text_input": "text",
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "number",
    "rich_text_input": "text",
}
_TYPED = "(event) => emit(event.target.value)"
# Enter tells the app; it does not send the form as well.
_ON_ENTER = """(event) => {
    if (event.isComposing || (event.shiftKey && event.target.tagName === 'TEXTAREA')) return;
    event.preventDefault();
    emit(event.target.value);
}"""
_BETWEEN_CHARACTERS_SECONDS = 0.5


def draw_input(surface: Surface, block: Json) -> None:
    """Draw an input block."""
    element, error = block["element"], surface.errors.get(block["block_id"], "")
    label = block["label"]["text"]
    with ui.element("div").classes(f"input{' wrong' if error else ''}"):
        head = ui.element("label").classes("label")
        with head:
            draw_html(surface.markup.plain(label), tag="span")
            if block.get("optional"):
                draw_html(" (optional)", tag="small")
        filled = _draw_filled(surface, block, element, label)
        head.props["for"] = filled.html_id
        if error:
            filled.props("aria-invalid=true")
            draw_html(surface.markup.plain(error), tag="p", classes="error").props("role=alert")
        if hint := block.get("hint"):
            draw_html(surface.markup.text(hint), tag="p", classes="hint")


def _draw_filled(surface: Surface, block: Json, element: Json, label: str) -> ui.element:
    async def enter(value: Any) -> None:
        surface.enter(block, element, value)
        if block.get("dispatch_action"):
            await surface.use(block, element, value)

    if element["type"] in _FIELDS:
        return _draw_field(surface, block, element, label)
    if element["type"] == "file_input":
        return ui.label("Files cannot be handed in here yet.").classes("hint")
    return draw_choice(surface, block, element, label, enter)


def _draw_field(surface: Surface, block: Json, element: Json, label: str) -> ui.element:
    multiline = bool(element.get("multiline")) or element["type"] == "rich_text_input"
    field = ui.element("textarea" if multiline else "input").classes("field")
    if multiline:
        field.props("rows=3")
    else:
        field.props(f"type={_FIELDS[element['type']]}")
    if element["type"] == "number_input":
        field.props["step"] = "any" if element.get("is_decimal_allowed") else "1"
    for prop, key in (("maxlength", "max_length"), ("min", "min_value"), ("max", "max_value")):
        if element.get(key) is not None:
            field.props[prop] = element[key]
    # The value it begins with: a value that is set would undo what was typed whenever anything is drawn anew.
    field.props[".defaultValue"] = _stands(surface, block, element)
    field.props["placeholder"] = element.get("placeholder", {}).get("text", "")
    field.props["aria-label"] = label
    if not block.get("optional"):
        field.props("aria-required=true")
    _follow(surface, block, element, field)
    return field


def _follow(surface: Surface, block: Json, element: Json, field: ui.element) -> None:
    """Keep what is typed, and tell the app of it when it wants to be told."""

    def enter(event: Any) -> None:
        surface.enter(block, element, event.args)

    async def send(event: Any) -> None:
        enter(event)
        await surface.use(block, element, event.args)

    field.on("input", enter, js_handler=_TYPED, throttle=0.05)
    field.on("change", enter, js_handler=_TYPED)
    if not block.get("dispatch_action"):
        return
    triggers = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    if "on_enter_pressed" in triggers:
        field.on("keydown.enter", send, js_handler=_ON_ENTER)
    if "on_character_entered" in triggers:
        field.on("input", send, js_handler=_TYPED, throttle=_BETWEEN_CHARACTERS_SECONDS)


def _stands(surface: Surface, block: Json, element: Json) -> str:
    entry = surface.typed.get(block["block_id"]) or surface.entry(block, element) or ""
    return words("", [entry]) if isinstance(entry, dict) else str(entry)
