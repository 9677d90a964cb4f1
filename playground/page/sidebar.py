"""The sidebar: the app's home, the channels, the direct messages, with what is unread."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from playground.page.faces import draw_face
from playground.page.live import Part, Row
from playground.page.pieces import draw_html
from playground.page.sight import HOME, THREADS

if TYPE_CHECKING:
    from playground.page.desk import Desk

_APP = ""


def rows(desk: "Desk") -> list[Row]:
    """What the sidebar shows, from top to bottom."""
    app = desk.workspace.people[desk.workspace.app.user_id]
    home = [_entry(desk, HOME, "🏠", f"{app.shown_name} · Home")] if desk.workspace.app.features.home_tab else []
    return [
        _title("For you"),
        *home,
        _entry(desk, THREADS, "💬", "Threads"),
        _title("Channels"),
        *_channels(desk),
        _title("Direct messages"),
        _entry(desk, desk.person.dm.id, _APP, app.shown_name),
        *_canvases(desk),
    ]


def _channels(desk: "Desk") -> Iterator[Row]:
    for channel in desk.session.channels_of(desk.person.id):
        sign = "🗄" if channel.archived else "🔒" if channel.private else "#"
        yield _entry(desk, channel.id, sign, channel.name)


def _canvases(desk: "Desk") -> Iterator[Row]:
    canvases = desk.canvases()
    if canvases:
        yield _title("Canvases")
    for canvas in canvases:
        yield _entry(desk, canvas.id, "📄", canvas.title or "Untitled")


def _title(title: str) -> Row:
    def draw() -> Sequence[Part]:
        draw_html(title, tag="h2")
        return ()

    return Row(f"title {title}", draw)


def _entry(desk: "Desk", place: str, sign: str, name: str) -> Row:
    # A place that is called otherwise now is another row.
    return Row(f"{place} {sign} {name}", partial(_draw_entry, desk, place, sign, name))


def _draw_entry(desk: "Desk", place: str, sign: str, name: str) -> Sequence[Part]:
    entry = ui.element("button").classes("entry").props("type=button")
    entry.on("click", lambda: desk.go(place))
    with entry:
        if sign == _APP:
            draw_face(desk.workspace.people[desk.workspace.app.user_id], small=True)
        else:
            ui.label(sign).classes("sign").props("aria-hidden=true")
        ui.label(name).classes("name")
        new = ui.element("span").classes("new")

    def look() -> tuple[bool, int]:
        return desk.place == place, _unread(desk, place)

    def draw() -> None:
        here, unread = look()
        entry.classes(add="here" if here else "", remove="" if here else "here")
        entry.classes(add="unread" if unread else "", remove="" if unread else "unread")
        entry.props.set_optional("aria-current", "page" if here else None)
        if unread:
            ui.label(str(unread)).classes("badge").props["aria-label"] = f"{unread} unread"

    return (Part(new, look, draw),)


def _unread(desk: "Desk", place: str) -> int:
    if place == THREADS:
        return sum(desk.has_new_replies(head) for head in desk.threads())
    return desk.unread(place) if place in desk.workspace.channels else 0
