"""Blocks as Slack shows them."""

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from playground.page.charts import draw_chart
from playground.page.elements import draw_element
from playground.page.inputs import draw_input
from playground.page.pieces import draw_html, draw_large_picture, draw_picture
from playground.page.surface import Surface
from playground.reading import words
from playground.records import Json


def draw_blocks(surface: Surface, blocks: Sequence[Json]) -> None:
    """Draw blocks one under the other."""
    for block in blocks:
        with ui.element("div").classes(f"kit kit-{block['type']}"):
            _DRAWERS.get(block["type"], _draw_words)(surface, block)


def _draw_section(surface: Surface, block: Json) -> None:
    with ui.element("div").classes("section"):
        with ui.element("div").classes("section-words"):
            if block.get("text"):
                draw_html(surface.markup.text(block["text"]), classes="words")
            if block.get("fields"):
                with ui.element("div").classes("fields"):
                    for cell in block["fields"]:
                        draw_html(surface.markup.text(cell), classes="words")
        if accessory := block.get("accessory"):
            with ui.element("div").classes("accessory"):
                draw_element(surface, block, accessory)


def _draw_header(surface: Surface, block: Json) -> None:
    draw_html(surface.markup.plain(block["text"]["text"]), tag="h3")


def _draw_context(surface: Surface, block: Json) -> None:
    for element in block["elements"]:
        if element["type"] == "image":
            draw_picture(surface, element, "context-image")
        else:
            draw_html(surface.markup.text(element), tag="span")


def _draw_divider(_surface: Surface, _block: Json) -> None:
    ui.element("hr")


def _draw_actions(surface: Surface, block: Json) -> None:
    for element in block["elements"]:
        draw_element(surface, block, element)


def _draw_image(surface: Surface, block: Json) -> None:
    with ui.element("figure"):
        if title := block.get("title"):
            draw_html(surface.markup.text(title), tag="figcaption")
        if file := block.get("slack_file"):
            draw_large_picture(surface.picture(file), block.get("alt_text", ""))
        else:
            draw_picture(surface, block, "picture")


def _draw_rich_text(surface: Surface, block: Json) -> None:
    draw_html(surface.markup.rich_text(block), classes="words rich")


def _draw_markdown(_surface: Surface, block: Json) -> None:
    ui.markdown(block["text"]).classes("words")


def _draw_table(surface: Surface, block: Json) -> None:
    first, *others = block["rows"] or [[]]
    with ui.element("div").classes("table-frame"), ui.element("table"):
        with ui.element("thead"), ui.element("tr"):
            for cell in first:
                draw_html(_cell(surface, cell), tag="th")
        with ui.element("tbody"):
            for row in others:
                with ui.element("tr"):
                    for cell in row:
                        draw_html(_cell(surface, cell), tag="td")


def _cell(surface: Surface, cell: Any) -> str:
    if not isinstance(cell, dict):
        return surface.markup.plain(str(cell))
    if cell.get("type") == "rich_text":
        return surface.markup.rich_text(cell)
    return surface.markup.text(cell)


def _draw_video(surface: Surface, block: Json) -> None:
    with ui.element("figure"):
        draw_html(surface.markup.text(block["title"]), tag="figcaption")
        draw_html(surface.markup.link(block["video_url"], block.get("alt_text", "")))


def _draw_card(surface: Surface, block: Json) -> None:
    with ui.element("div").classes("card"):
        for name in ("title", "subtitle", "body", "subtext"):
            if part := block.get(name):
                draw_html(surface.markup.text(part), classes=f"card-{name}")
        if buttons := block.get("actions"):
            with ui.element("div").classes("kit-actions"):
                for element in buttons:
                    draw_element(surface, block, element)


def _draw_carousel(surface: Surface, block: Json) -> None:
    with ui.element("div").classes("carousel"):
        for card in block["elements"]:
            _draw_card(surface, {"block_id": block["block_id"], **card})


def _draw_container(surface: Surface, block: Json) -> None:
    with ui.element("div").classes("card"):
        if title := block.get("title"):
            draw_html(surface.markup.text(title), classes="card-title")
        draw_blocks(surface, block.get("child_blocks", []))


def _draw_alert(surface: Surface, block: Json) -> None:
    with ui.element("div").classes("alert").props("role=alert"):
        draw_html(surface.markup.text(block["text"]))


def _draw_words(surface: Surface, block: Json) -> None:
    """A block that this page has no picture of: all that can be read in it."""
    draw_html(surface.markup.mrkdwn(words("", [block])), classes="words")


_DRAWERS: dict[str, Callable[[Surface, Json], None]] = {
    "section": _draw_section,
    "header": _draw_header,
    "context": _draw_context,
    "divider": _draw_divider,
    "actions": _draw_actions,
    "context_actions": _draw_actions,
    "image": _draw_image,
    "rich_text": _draw_rich_text,
    "markdown": _draw_markdown,
    "data_visualization": draw_chart,
    "table": _draw_table,
    "data_table": _draw_table,
    "input": draw_input,
    "video": _draw_video,
    "card": _draw_card,
    "carousel": _draw_carousel,
    "container": _draw_container,
    "alert": _draw_alert,
}
