"""Finding buttons and menus by what a person reads on them."""

from collections.abc import Sequence

from playground.reading import words
from playground.records import Json
from playground.walking import all_blocks, interactive

Control = tuple[Json, Json]
"""A block and an element in it."""


def find_button(blocks: Sequence[Json], text: str, block: str | None = None) -> Control:
    """The button with this text.

    Args:
        blocks: The blocks of a message or view.
        text: What stands on the button.
        block: The block's id or some of its words, where several buttons say the same.

    Raises:
        LookupError: If there is none, or more than one.
    """
    buttons = [
        (where, element)
        for where in all_blocks(blocks)
        for element in interactive(where)
        if element["type"] == "button" and _is_meant(where, block)
    ]
    matching = [control for control in buttons if control[1]["text"]["text"] == text]
    if len(matching) != 1:
        there = [element["text"]["text"] for _, element in buttons]
        raise LookupError(f"{len(matching)} buttons {text!r} among {there}")
    return matching[0]


def find_menu(blocks: Sequence[Json], name: str) -> Control:
    """The menu with this placeholder, label or action id.

    Raises:
        LookupError: If there is none, or more than one.
    """
    menus = [
        (where, element)
        for where in all_blocks(blocks)
        for element in interactive(where)
        if element["type"] != "button"
    ]
    matching = [control for control in menus if name in _names(*control)]
    if len(matching) != 1:
        raise LookupError(f"{len(matching)} menus {name!r} among {[sorted(_names(*menu)) for menu in menus]}")
    return matching[0]


def _is_meant(block: Json, wanted: str | None) -> bool:
    return wanted is None or wanted == block["block_id"] or wanted in words("", [block])


def _names(block: Json, element: Json) -> set[str]:
    said = [element.get("placeholder"), block.get("label")]
    return {element["action_id"], *(text["text"] for text in said if text)}
