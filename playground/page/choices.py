"""Menus, pickers, checkboxes and radio buttons, in messages and in forms."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui

from playground.forms import offered
from playground.page.pieces import draw_html
from playground.page.surface import Surface
from playground.records import Json

Chosen = Callable[[Any], Awaitable[None]]
"""Takes what was chosen: options as Slack's objects, ids, days, times; None or an empty list for nothing."""

_NATIVE = {"datepicker": "date", "timepicker": "time", "datetimepicker": "datetime-local"}
# Whoever types passes through days that they do not mean, such as those of the year 2: it counts once they are done.
_TELL = """
    const field = event.target;
    const begun = field.type !== 'time' && field.value.startsWith('0');
    field.typing = false;
    if (begun || field.value === (field.told ?? field.defaultValue)) return;
    field.told = field.value;
    emit(field.value);
"""
_WHEN_TOLD = {
    "change": f"(event) => {{ if (event.target.typing) return; {_TELL} }}",
    "blur": f"(event) => {{ {_TELL} }}",
    "keydown": f"(event) => {{ if (event.key !== 'Enter') {{ event.target.typing = true; return; }} {_TELL} }}",
}


def draw_choice(surface: Surface, block: Json, element: Json, label: str, chosen: Chosen) -> ui.element:
    """Draw an element in which something is chosen.

    Args:
        surface: Where it stands.
        block: Its block.
        element: The element.
        label: What it is called for those who cannot see it.
        chosen: Told of every choice.
    """
    kind = element["type"]
    entry = surface.entry(block, element)
    if kind in _NATIVE:
        return _draw_native(surface, element, label, entry, chosen)
    if kind == "radio_buttons":
        return _draw_radios(surface, element, label, entry, chosen)
    if kind == "checkboxes":
        return _draw_checkboxes(surface, element, label, entry, chosen)
    if "users" in kind:
        return _draw_select(element, label, surface.people, entry, chosen)
    if "channels" in kind:
        return _draw_select(element, label, surface.channels, entry, chosen)
    if "conversations" in kind:
        return _draw_select(element, label, surface.conversations, entry, chosen)
    return _draw_options(element, label, entry, chosen)


def _draw_options(element: Json, label: str, entry: Any, chosen: Chosen) -> ui.element:
    standing = entry if isinstance(entry, list) else [entry] if entry else []
    options = offered(element)
    # What was looked up elsewhere is chosen, although the element does not offer it.
    options += [one for one in standing if one not in options]
    names = {str(place): option["text"]["text"] for place, option in enumerate(options)}

    async def choose(value: Any) -> None:
        found = [options[int(one)] for one in value] if isinstance(value, list) else value and options[int(value)]
        await chosen(found)

    places = [str(options.index(one)) for one in standing]
    stands = places if isinstance(entry, list) else next(iter(places), None)
    return _draw_select(element, label, names, stands, choose)


def _draw_select(element: Json, label: str, names: Mapping[str, str], entry: Any, chosen: Chosen) -> ui.element:
    several = element["type"].startswith("multi_")
    # Somebody may be gone, or a channel be somebody else's: then nothing stands there.
    stands = [one for one in (entry if isinstance(entry, list) else [entry]) if one in names]
    value = stands if several else next(iter(stands), None)
    select = ui.select(dict(names), value=value, multiple=several, with_input=True)
    select.props('dense outlined options-dense behavior="menu" hide-bottom-space').classes("select")
    select.props["aria-label"] = label
    if several:
        select.props("use-chips")
    if most := element.get("max_selected_items"):
        select.props["max-values"] = most
    if not stands:
        select.props["placeholder"] = element.get("placeholder", {}).get("text", "")
    select.props("clearable")

    async def choose() -> None:
        await chosen(select.value)

    select.on_value_change(choose)
    return select


def _draw_native(surface: Surface, element: Json, label: str, entry: Any, chosen: Chosen) -> ui.element:
    """The browser's own picker: it is known, quick, and works by keyboard and on a phone."""
    kind, zone = element["type"], ZoneInfo(surface.zone)
    moment = kind == "datetimepicker"
    field = ui.element("input").classes("field").props(f"type={_NATIVE[kind]}")
    stands = datetime.fromtimestamp(entry, zone).strftime("%Y-%m-%dT%H:%M") if moment and entry else entry
    field.props[".defaultValue"] = stands or ""
    field.props["aria-label"] = label

    async def choose(event: Any) -> None:
        value = event.args
        if moment and value:
            value = int(datetime.fromisoformat(value).replace(tzinfo=zone).timestamp())
        await chosen(value or None)

    field.on("pointerdown", js_handler="(event) => { event.target.typing = false; }")
    for happens, tell in _WHEN_TOLD.items():
        field.on(happens, choose, js_handler=tell)
    return field


def _draw_radios(surface: Surface, element: Json, label: str, entry: Any, chosen: Chosen) -> ui.element:
    group = ui.element("div").classes("choices").props("role=radiogroup")
    group.props["aria-label"] = label
    with group:
        for option in element["options"]:
            is_on = bool(entry) and entry["value"] == option["value"]
            button = _draw_tick(surface, "radio", f"radio-{group.id}", option, is_on=is_on)
            button.on("change", lambda _, option=option: chosen(option))
    return group


def _draw_checkboxes(surface: Surface, element: Json, label: str, entry: Any, chosen: Chosen) -> ui.element:
    ticked = [option["value"] for option in entry or []]

    async def tick(option: Json) -> None:
        if option["value"] in ticked:
            ticked.remove(option["value"])
        else:
            ticked.append(option["value"])
        await chosen([one for one in element["options"] if one["value"] in ticked])

    group = ui.element("div").classes("choices").props("role=group")
    group.props["aria-label"] = label
    with group:
        for option in element["options"]:
            box = _draw_tick(surface, "checkbox", "", option, is_on=option["value"] in ticked)
            box.on("change", lambda _, option=option: tick(option))
    return group


def _draw_tick(surface: Surface, kind: str, name: str, option: Json, *, is_on: bool) -> ui.element:
    with ui.element("label").classes("choice"):
        tick = ui.element("input").props(f"type={kind}")
        if name:
            tick.props["name"] = name
        if is_on:
            tick.props("checked")
        with ui.element("span"):
            draw_html(surface.markup.text(option["text"]), tag="span")
            if about := option.get("description"):
                draw_html(surface.markup.text(about), tag="small")
    return tick
