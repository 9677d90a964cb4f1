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


def draw_large_picture(address: str, alt: str) -> None:
    """Draw an uploaded picture, as wide as Slack shows it, which opens in its own size."""
    with ui.link(target=address, new_tab=True):
        picture = ui.element("img").classes("picture")
        picture.props["src"] = address
        picture.props["alt"] = alt
