"""The bar at the top: whose eyes, what time it is, skipping ahead, stages, the inspector."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from playground.page.faces import draw_face, draw_status, local, look_of_status, say_day
from playground.page.live import Part, Row, Rows
from playground.page.menus import draw_item, draw_menu, open_menu
from playground.page.pieces import draw_html
from playground.person import Person
from playground.world import Stage

if TYPE_CHECKING:
    from playground.page.desk import Desk

_HOLIDAY = ("On holiday", ":palm_tree:")


def draw(desk: "Desk") -> None:
    """Draw the bar."""
    _draw_menu_button()
    ui.label("Playground").classes("workspace-name")
    _draw_clock(desk)
    _draw_stages(desk)
    _draw_theme()
    _draw_inspector(desk)
    _draw_people(desk)


def _button(label: str) -> ui.element:
    button = ui.element("button").classes("bar-button").props("type=button")
    button.props["aria-label"] = label
    return button


def _draw_menu_button() -> None:
    with _button("Channels") as button:
        button.classes("narrow opens-sidebar")
        draw_html("☰", tag="span")
    button.on("click", js_handler="() => document.body.classList.toggle('sidebar-open')")


def _draw_clock(desk: "Desk") -> None:
    with _button("Skip ahead"):
        draw_html("🕘", tag="span").props("aria-hidden=true")
        face = ui.label().classes("clock")
        ui.label("Skip ahead").classes("wide strong")
        draw_menu(
            [
                ("An hour", partial(desk.skip, timedelta(hours=1))),
                ("A day", partial(desk.skip, timedelta(days=1))),
                ("A week", partial(desk.skip, timedelta(days=7))),
                (f"To {desk.session.played.next_event}", partial(desk.skip, None)),
            ]
        )

    def tell() -> None:
        there = local(desk.person, desk.session.world.clock())
        face.set_text(f"{there:%a}, {there.day} {there:%b}, {there:%H:%M}")
        face.props["title"] = f"{say_day(there)} {there:%Y}, {there:%H:%M} in {desk.person.tz}"

    ui.timer(0.5, tell)


def _draw_stages(desk: "Desk") -> None:
    with _button("Start anew"):
        draw_html("⟲", tag="span").props("aria-hidden=true")
        ui.label("Reset").classes("wide")
        stages = [(stage.name, partial(_begin, desk, stage)) for stage in desk.session.played.stages]
        draw_menu([("Empty workspace", partial(_begin, desk, None)), *stages])


async def _begin(desk: "Desk", stage: Stage | None) -> None:
    await desk.session.begin(stage)


def _draw_theme() -> None:
    with _button("Light or dark") as button:
        draw_html("◐", tag="span")
    # The browser knows what shows now, and keeps the choice.
    button.on("click", js_handler="() => setTheme(!Quasar.Dark.isActive)")


def _draw_inspector(desk: "Desk") -> None:
    with _button("Inspector").on("click", desk.toggle_inspector):
        draw_html("⇅", tag="span").props("aria-hidden=true")
        ui.label("Inspector").classes("wide")
        broken = ui.label().classes("badge")

    def tell() -> None:
        count = len(desk.workspace.log.breaches)
        broken.set_visibility(bool(count))
        broken.set_text(str(count))
        broken.props["aria-label"] = f"{count} broken limit{'' if count == 1 else 's'}"

    tell()
    ui.timer(0.5, tell)


def _draw_people(desk: "Desk") -> None:
    with _button("Act as somebody else") as button:
        face = ui.element("span").classes("acting")
        with open_menu():
            _draw_statuses(desk)
            people = ui.element("div")

    def look() -> tuple[object, ...]:
        return desk.person.id, desk.person.shown_name, look_of_status(desk.person)

    def show() -> None:
        draw_face(desk.person, small=True)
        with ui.element("span").classes("wide"):
            ui.label(f"Acting as {desk.person.shown_name}")
        draw_status(desk.person)

    acting = Part(face, look, show)
    everyone = Rows(people, lambda: [_row(desk, person) for person in desk.people()])

    def tell() -> None:
        acting.refresh()
        everyone.refresh()

    tell()
    ui.timer(0.5, tell)
    button.classes("people")


def _draw_statuses(desk: "Desk") -> None:
    """What the one who acts can say of themselves."""
    ui.label("Set a status").classes("menu-title")
    for words, act in (
        ("🌴 On holiday", partial(desk.set_status, *_HOLIDAY)),
        ("🌴 On holiday for a week", partial(desk.set_status, *_HOLIDAY, lasts=timedelta(days=7))),
        ("Clear status", partial(desk.set_status, "", "")),
    ):
        with draw_item(act).classes("status-choice"):
            ui.label(words)
    ui.label("Act as").classes("menu-title")


def _row(desk: "Desk", person: Person) -> Row:
    # Somebody who is called otherwise now is another row.
    return Row(f"{person.id} {person.shown_name}", partial(_draw_person, desk, person))


def _draw_person(desk: "Desk", person: Person) -> Sequence[Part]:
    with draw_item(partial(desk.act_as, person)).classes("person"):
        draw_face(person)
        with ui.element("div"):
            with ui.element("div").classes("byline"):
                ui.label(person.shown_name).classes("strong")
                status = ui.element("span").classes("status")
            about = ui.element("div").classes("faint")

    def say() -> str:
        there = local(person, desk.session.world.clock())
        return " · ".join(filter(None, [person.title, f"{there:%H:%M} {person.tz}"]))

    def show() -> None:
        ui.label(say())

    return (
        Part(status, partial(look_of_status, person), partial(draw_status, person)),
        Part(about, say, show),
    )
