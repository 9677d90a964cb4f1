"""Small pieces that are drawn in many places."""

from nicegui import ui

from playground.page.surface import Surface
from playground.records import Json


def draw_html(content: str, tag: str = "div", classes: str = "") -> ui.html:
    """Put HTML of our own making on the page."""
    return ui.html(content, sanitize=False, tag=tag).classes(classes)


def draw_picture(surface: Surface, image: Json, classes: str) -> None:
    """Draw an image block or element."""
    picture = ui.element("img").classes(classes)
    picture.props["src"] = image.get("image_url") or surface.picture(image.get("slack_file") or {})
    picture.props["alt"] = image.get("alt_text", "")
