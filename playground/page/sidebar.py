"""The sidebar: the app's home, the channels, the direct messages, with what is unread."""

from typing import TYPE_CHECKING, Any

from nicegui import ui

from playground.page.faces import draw_face
from playground.page.pieces import draw_html

if TYPE_CHECKING:
    from playground.page.desk import Desk

HOME = "home"
THREADS = "threads"


def look(desk: "Desk") -> Any:
    """What the sidebar shows, to be compared."""
    channels = [(one.id, one.name, one.archived, one.private) for one in desk.session.channels_of(desk.person.id)]
    places = [desk.person.dm.id, *(one[0] for one in channels)]
    canvases = [(canvas.id, canvas.title) for canvas in desk.canvases()]
    return desk.person.id, desk.place, channels, [desk.unread(place) for place in places], _new_threads(desk), canvases


def _new_threads(desk: "Desk") -> int:
    return sum(desk.has_new_replies(head) for head in desk.threads())


def draw(desk: "Desk") -> None:
    """Draw it."""
    app = desk.workspace.people[desk.workspace.app.user_id]
    _draw_title("For you")
    _draw_entry(desk, HOME, "🏠", f"{app.shown_name} · Home", 0)
    _draw_entry(desk, THREADS, "💬", "Threads", _new_threads(desk))
    _draw_title("Channels")
    for channel in desk.session.channels_of(desk.person.id):
        sign = "🗄" if channel.archived else "🔒" if channel.private else "#"
        _draw_entry(desk, channel.id, sign, channel.name, desk.unread(channel.id))
    _draw_title("Direct messages")
    direct = desk.person.dm
    _draw_entry(desk, direct.id, "", app.shown_name, desk.unread(direct.id))
    canvases = desk.canvases()
    if canvases:
        _draw_title("Canvases")
        for canvas in canvases:
            _draw_entry(desk, canvas.id, "📄", canvas.title or "Untitled", 0)


def _draw_title(title: str) -> None:
    draw_html(title, tag="h2")


def _draw_entry(desk: "Desk", place: str, sign: str, name: str, unread: int) -> None:
    here = place == desk.place
    entry = ui.element("button").classes(f"entry{' here' if here else ''}{' unread' if unread else ''}")
    entry.props("type=button")
    if here:
        entry.props("aria-current=page")
    with entry:
        if sign:
            ui.label(sign).classes("sign").props("aria-hidden=true")
        else:
            draw_face(desk.workspace.people[desk.workspace.app.user_id], small=True)
        ui.label(name).classes("name")
        if unread:
            badge = ui.label(str(unread)).classes("badge")
            badge.props["aria-label"] = f"{unread} unread"
    entry.on("click", lambda: desk.go(place))
