"""A message's attachments as Slack shows them: blocks, or titles, texts and fields, beside a coloured bar."""

import re

from nicegui import ui

from playground.numbering import with_ids
from playground.page.blocks import draw_blocks
from playground.page.pieces import draw_html, draw_picture
from playground.page.surface import Surface
from playground.records import Json

_COLOURS = {"good": "#2eb67d", "warning": "#ecb22e", "danger": "#e01e5a"}
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")


def draw_attachment(surface: Surface, attachment: Json) -> None:
    """Draw one attachment."""
    if pretext := attachment.get("pretext"):
        draw_html(surface.markup.mrkdwn(str(pretext)), classes="words")
    with ui.element("div").classes("attachment").style(f"border-color: {_colour(attachment)}"):
        if blocks := attachment.get("blocks"):
            draw_blocks(surface, with_ids(blocks))
        else:
            _draw_legacy(surface, attachment)


def _colour(attachment: Json) -> str:
    named = str(attachment.get("color", ""))
    found = _HEX.fullmatch(named)
    return _COLOURS.get(named, f"#{found[1]}" if found else "var(--line)")


def _draw_legacy(surface: Surface, attachment: Json) -> None:
    markup = surface.markup
    if author := attachment.get("author_name"):
        draw_html(markup.link(str(attachment.get("author_link", "")), str(author)), classes="faint")
    if title := attachment.get("title"):
        draw_html(markup.link(str(attachment.get("title_link", "")), str(title)), classes="card-title")
    # What is only read where attachments cannot be shown stands in for what is not drawn here.
    said = attachment.get("text") or ("" if title or attachment.get("fields") else attachment.get("fallback", ""))
    draw_html(markup.mrkdwn(str(said)), classes="words")
    with ui.element("div").classes("fields"):
        for cell in attachment.get("fields") or []:
            title, value = markup.plain(str(cell.get("title", ""))), markup.mrkdwn(str(cell.get("value", "")))
            draw_html(f"<strong>{title}</strong><br>{value}", classes="words")
    if attachment.get("image_url"):
        draw_picture(surface, {**attachment, "alt_text": str(attachment.get("title", ""))}, "picture")
    if footer := attachment.get("footer"):
        draw_html(markup.plain(str(footer)), classes="faint")
