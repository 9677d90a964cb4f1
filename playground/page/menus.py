"""Menus that open below a button."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from nicegui import ui

Act = Callable[[], object]


def draw_menu(items: Sequence[tuple[str, Act]]) -> None:
    """Give the surrounding button a menu: what each entry says, and what it does."""
    with open_menu():
        for words, act in items:
            with draw_item(act):
                ui.label(words)


@contextmanager
def open_menu() -> Iterator[None]:
    """A menu for the surrounding button, to be filled with `draw_item`."""
    with ui.menu().props('role=menu anchor="bottom left" self="top left"'):
        yield


def draw_item(act: Act) -> ui.menu_item:
    """One entry, to be filled."""
    return ui.menu_item(on_click=act).props("role=menuitem").classes("menu-item")
