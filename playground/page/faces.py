"""How people look: initials on a colour of their own, and what their clock shows."""

from datetime import datetime
from zoneinfo import ZoneInfo

from nicegui import ui

from playground.page.markup import emoji_sign
from playground.page.pieces import draw_html
from playground.person import Person

_HUES = 12


def draw_face(person: Person, *, small: bool = False) -> None:
    """A square with a person's initials; only for the eye, since their name stands beside it."""
    letters = "".join(word[0] for word in person.shown_name.split()[:2]).upper()
    hue = sum(map(ord, person.id)) * 7 % _HUES * (360 // _HUES)
    classes = f"face{' small' if small else ''}{' app' if person.is_bot else ''}"
    face = ui.element("span").classes(classes).style(f"--hue:{hue}").props("aria-hidden=true")
    with face:
        draw_html(letters, tag="span")


def look_of_status(person: Person) -> tuple[str, str]:
    """The status a person shows now, to be compared: the emoji and the words, both empty without one."""
    return (person.status_emoji, person.status_text) if person.has_status else ("", "")


def draw_status(person: Person) -> None:
    """The emoji of a person's status, if they have one."""
    sign, words = look_of_status(person)
    if not sign:
        return
    shown = ui.label(emoji_sign(sign.strip(":"))).classes("status-sign").props("role=img")
    shown.props["title"] = shown.props["aria-label"] = words or sign


def local(person: Person, moment: datetime) -> datetime:
    """A moment on a person's own clock."""
    return moment.astimezone(ZoneInfo(person.tz))


def of_stamp(person: Person, ts: str) -> datetime:
    """When a message was written, on a person's own clock."""
    return datetime.fromtimestamp(float(ts), ZoneInfo(person.tz))


def say_day(day: datetime) -> str:
    """A day in words: "Monday, 30 November"."""
    return f"{day:%A}, {day.day} {day:%B}"
