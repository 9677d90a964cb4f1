"""The places that a page can show: a channel, the threads, the app's home, a canvas; and a thread beside them."""

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui import ui

from playground.canvases import Canvas
from playground.page.blocks import draw_blocks
from playground.page.composer import Composer
from playground.page.live import Part, Rows
from playground.page.messages import rows_of_channel, rows_of_heads, rows_of_thread
from playground.page.pieces import draw_html
from playground.page.sight import HOME, THREADS
from playground.page.surface import surface_for
from playground.records import Channel, Message

if TYPE_CHECKING:
    from playground.page.desk import Desk


_PERSON = re.compile(r"!\[\]\(@([UW][A-Z0-9]+)\)")
"""How a canvas mentions a person."""


def draw_place(desk: "Desk") -> list[Part | Rows]:
    """Draw what is looked at; returns the parts that follow what happens."""
    if desk.place == HOME:
        return [_draw_home(desk)]
    if desk.place == THREADS:
        return [_draw_threads(desk)]
    if desk.channel is not None:
        return _draw_channel(desk, desk.channel)
    return [_draw_canvas(desk)]


def draw_thread(desk: "Desk", root: Message) -> tuple[Rows, Composer | None]:
    """Draw a thread; returns its messages, and the box to reply in, where one may."""
    channel = desk.workspace.channels[root.channel]
    with ui.element("div").classes("head"):
        draw_html("Thread", tag="h1")
        close = ui.element("button").classes("icon").props('type=button aria-label="Close thread"')
        close.on("click", desk.close_thread)
        with close:
            draw_html("✕", tag="span")
    log = _draw_log("Messages in the thread")
    box = None
    if desk.person.id in channel.members and not channel.archived:
        with ui.element("div").classes("foot"):
            box = Composer(desk, "Reply …", lambda text: desk.say(text, root), thread=root)
    return Rows(log, partial(rows_of_thread, desk, root)), box


def _draw_log(label: str, role: str = "log") -> ui.element:
    with ui.element("div").classes("history"):
        log = ui.element("div").classes("messages").props(f"role={role} aria-live=polite tabindex=0")
        log.props["aria-label"] = label
    return log


def _draw_channel(desk: "Desk", channel: Channel) -> list[Part | Rows]:
    title = desk.workspace.app.name if channel.with_person else f"# {channel.name}"
    with ui.element("div").classes("head"):
        draw_html(desk.markup.plain(title), tag="h1")
        about = ui.element("span").classes("faint")
    log = _draw_log(f"Messages in {title.removeprefix('# ')}")
    foot = ui.element("div").classes("foot")

    def tell() -> None:
        count = len(channel.members)
        ui.label("" if channel.with_person else "1 member" if count == 1 else f"{count} members")

    return [
        Part(about, lambda: len(channel.members), tell),
        Rows(log, partial(rows_of_channel, desk, channel)),
        Part(
            foot,
            lambda: (channel.archived, desk.person.id in channel.members),
            partial(_draw_foot, desk, channel),
        ),
    ]


def _draw_foot(desk: "Desk", channel: Channel) -> None:
    if channel.archived:
        ui.label("This channel is archived. Nobody can write here.").classes("faint")
    elif desk.person.id not in channel.members:
        with ui.element("button").classes("button primary").on("click", lambda: desk.join(channel)):
            ui.label(f"Join #{channel.name}")
    else:
        name = desk.workspace.app.name if channel.with_person else f"#{channel.name}"
        Composer(desk, f"Message {name}", desk.say)


def _draw_threads(desk: "Desk") -> Rows:
    with ui.element("div").classes("head"):
        draw_html("Threads", tag="h1")
    return Rows(_draw_log("Threads", role="feed"), partial(rows_of_heads, desk))


def _draw_home(desk: "Desk") -> Part:
    with ui.element("div").classes("head"):
        draw_html(f"{desk.workspace.app.name} · Home", tag="h1")
    with ui.element("div").classes("history top-down"):
        frame = ui.element("div").classes("home")

    def look() -> Any:
        view = desk.workspace.views.home(desk.person.id)
        return (view.id, view.hash) if view else None

    return Part(frame, look, partial(_draw_view_at_home, desk))


def _draw_view_at_home(desk: "Desk") -> None:
    view = desk.workspace.views.home(desk.person.id)
    if view is None:
        ui.label("This app shows nothing here yet.").classes("faint")
        return
    draw_blocks(surface_for(desk, view, partial(desk.use, view)), view.blocks)


def _draw_canvas(desk: "Desk") -> Part:
    with ui.element("div").classes("history top-down"):
        frame = ui.element("div").classes("canvas")

    def find() -> Canvas | None:
        return next((one for one in desk.canvases() if one.id == desk.place), None)

    def draw() -> None:
        canvas = find()
        if canvas is None:
            ui.label("This canvas is gone.").classes("faint")
            return
        draw_html(desk.markup.plain(canvas.title or "Untitled"), tag="h1")
        ui.markdown(_PERSON.sub(lambda found: f"**@{desk.workspace.name_of(found[1])}**", canvas.markdown))

    return Part(frame, find, draw)
