"""Filling in: what a person enters into inputs and menus, with the checks Slack's own client makes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from playground.elements import options_of
from playground.records import Json, View
from playground.walking import all_blocks, interactive

_LONGEST_TEXT = 3000


class CannotEnter(ValueError):
    """Slack's client would not let a person enter or send this.

    Attributes:
        block: The id of the input block that is wrong; empty where one input alone was filled in.
    """

    def __init__(self, words: str, block: str = "") -> None:
        super().__init__(words)
        self.block = block


@dataclass(frozen=True)
class _Entry:
    """How one kind of element keeps what was entered.

    Attributes:
        key: Its key in the state, such as ``selected_date``.
        initial: The element's key for what stands there at first.
        read: Turns what a test says into what the state holds.
    """

    key: str
    initial: str
    read: Callable[[Json, Any], Any]


def _text(element: Json, value: Any) -> str:
    low, high = element.get("min_length", 0), element.get("max_length", _LONGEST_TEXT)
    if not low <= len(str(value)) <= high:
        raise CannotEnter(f"{len(str(value))} characters, allowed are {low} to {high}")
    return str(value)


def _number(element: Json, value: Any) -> str:
    try:
        number = float(value)
    except ValueError as error:
        raise CannotEnter(f"{value} is no number") from error
    if not element["is_decimal_allowed"] and not number.is_integer():
        raise CannotEnter(f"{value} is no whole number")
    low, high = float(element.get("min_value", "-inf")), float(element.get("max_value", "inf"))
    if not low <= number <= high:
        raise CannotEnter(f"{value} is not between {low:g} and {high:g}")
    return str(value)


def _matching(pattern: str, what: str) -> Callable[[Json, Any], str]:
    def read(_element: Json, value: Any) -> str:
        if not re.fullmatch(pattern, str(value)):
            raise CannotEnter(f"{value} is no {what}")
        return str(value)

    return read


def _rich(_element: Json, value: Any) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(value)}]}
    return {"type": "rich_text", "elements": [section]}


def _day(_element: Json, value: Any) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()


def _time(_element: Json, value: Any) -> str:
    return (value if isinstance(value, time) else time.fromisoformat(str(value))).strftime("%H:%M")


def _moment(_element: Json, value: Any) -> int:
    return int(value.timestamp() if isinstance(value, datetime) else value)


def _option(element: Json, value: Any) -> Json:
    by_text = {option["text"]["text"]: option for option in offered(element)}
    if value in by_text.values():
        return dict(value)
    if value not in by_text:
        raise CannotEnter(f"no option {value!r} among {list(by_text)}")
    return by_text[value]


def _id(_element: Json, value: Any) -> str:
    return str(getattr(value, "id", value))


def _several(read: Callable[[Json, Any], Any]) -> Callable[[Json, Any], list[Any]]:
    def read_all(element: Json, values: Iterable[Any]) -> list[Any]:
        chosen = [read(element, value) for value in values]
        if len(chosen) > element.get("max_selected_items", len(chosen)):
            raise CannotEnter(f"{len(chosen)} chosen, allowed are {element['max_selected_items']}")
        return chosen

    return read_all


_ENTRIES = {
    "plain_text_input": _Entry("value", "initial_value", _text),
    "email_text_input": _Entry("value", "initial_value", _matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "e-mail address")),
    "url_text_input": _Entry("value", "initial_value", _matching(r"https?://\S+", "web address")),
    "number_input": _Entry("value", "initial_value", _number),
    "rich_text_input": _Entry("rich_text_value", "initial_value", _rich),
    "datepicker": _Entry("selected_date", "initial_date", _day),
    "timepicker": _Entry("selected_time", "initial_time", _time),
    "datetimepicker": _Entry("selected_date_time", "initial_date_time", _moment),
    "static_select": _Entry("selected_option", "initial_option", _option),
    "external_select": _Entry("selected_option", "initial_option", _option),
    "radio_buttons": _Entry("selected_option", "initial_option", _option),
    "overflow": _Entry("selected_option", "", _option),
    "checkboxes": _Entry("selected_options", "initial_options", _several(_option)),
    "multi_static_select": _Entry("selected_options", "initial_options", _several(_option)),
    "multi_external_select": _Entry("selected_options", "initial_options", _several(_option)),
    "users_select": _Entry("selected_user", "initial_user", _id),
    "multi_users_select": _Entry("selected_users", "initial_users", _several(_id)),
    "conversations_select": _Entry("selected_conversation", "initial_conversation", _id),
    "multi_conversations_select": _Entry("selected_conversations", "initial_conversations", _several(_id)),
    "channels_select": _Entry("selected_channel", "initial_channel", _id),
    "multi_channels_select": _Entry("selected_channels", "initial_channels", _several(_id)),
}
_LISTS = {"checkboxes", *(kind for kind in _ENTRIES if kind.startswith("multi_"))}
"""These are empty lists while nothing is chosen; the others are null."""
_PRESSED = {"button", "icon_button", "feedback_buttons", "workflow_button"}


def offered(element: Json) -> list[Json]:
    """What can be chosen in a menu: its options, and what stands there at first where the options are the app's own."""
    options = options_of(element)
    initial = [*(element.get("initial_options") or []), *filter(None, [element.get("initial_option")])]
    return [*options, *(one for one in initial if one not in options)]


def entered(element: Json, value: Any) -> Json:
    """The state after a person enters something.

    Args:
        element: The input or menu.
        value: A text, number, date, time, option's text, `Person` or `Channel`, or a list of these; None empties it.

    Raises:
        CannotEnter: If Slack's client would not take it.
    """
    entry = _ENTRIES[element["type"]]
    empty = value is None or value in ("", [])
    kept = ([] if element["type"] in _LISTS else None) if empty else entry.read(element, value)
    return {"type": element["type"], entry.key: kept}


def action_of(element: Json, value: Any = None) -> Json:
    """What a ``block_actions`` payload says of an element that was used.

    Args:
        element: The button, menu or input.
        value: What was chosen, as in `entered`; nothing for buttons.

    Raises:
        CannotEnter: If Slack's client would not take it.
    """
    if is_pressed(element):
        return {key: element[key] for key in ("type", "text", "value", "style", "confirm") if key in element}
    also = ("placeholder", _ENTRIES[element["type"]].initial, "confirm")
    return entered(element, value) | {key: element[key] for key in also if key in element}


def is_pressed(element: Json) -> bool:
    """Whether an element is a button, in which nothing is chosen."""
    return element["type"] in _PRESSED


def state_of(blocks: Iterable[Json], kept: Mapping[str, Any]) -> Json:
    """Slack's state of a form: what was entered before, or else what stands there at first.

    Args:
        blocks: The blocks of the view or message.
        kept: The state so far, by block id and action id.
    """
    state: Json = {}
    for block in all_blocks(blocks):
        for element in interactive(block):
            if element["type"] not in _ENTRIES or element["type"] == "overflow":
                continue
            block_id, action_id = block["block_id"], element["action_id"]
            before = kept.get(block_id, {}).get(action_id)
            same = before is not None and before["type"] == element["type"]
            state.setdefault(block_id, {})[action_id] = _still_offered(element, before) if same else _initial(element)
    return state


def _still_offered(element: Json, before: Json) -> Json:
    """What was entered; options that the app has taken away since are gone from it."""
    key, options = _ENTRIES[element["type"]].key, options_of(element)
    chosen = before[key]
    if not options or not chosen:
        return before
    by_value = {option["value"]: option for option in options}
    chosen_ones = chosen if isinstance(chosen, list) else [chosen]
    left = [one if one in options else by_value.get(one["value"]) for one in chosen_ones]
    left = [one for one in left if one]
    if not left:
        return _initial(element)
    return {"type": element["type"], key: left if isinstance(chosen, list) else left[0]}


def _initial(element: Json) -> Json:
    entry = _ENTRIES[element["type"]]
    empty: list[Any] | None = [] if element["type"] in _LISTS else None
    return {"type": element["type"], entry.key: element.get(entry.initial, empty)}


def fill(view: View, answers: Mapping[str, Any]) -> Json:
    """Enter answers into a modal, then check it as the client does before it sends.

    Args:
        view: The modal.
        answers: What to enter, by the label of the input.

    Returns:
        The whole state.

    Raises:
        LookupError: If no input has such a label.
        CannotEnter: If an answer does not fit, or a required input is left empty.
    """
    state = state_of(view.blocks, view.values)
    for label, value in answers.items():
        block = _labelled(view, label)
        element = block["element"]
        try:
            state[block["block_id"]] = {element["action_id"]: entered(element, value)}
        except CannotEnter as error:
            raise CannotEnter(f"{label}: {error}", block["block_id"]) from error
    for block in _inputs(view):
        kept = state.get(block["block_id"], {}).get(block["element"]["action_id"], {})
        if kept and not block.get("optional") and all(kept[key] in (None, "", []) for key in kept if key != "type"):
            label = block["label"]["text"]
            raise CannotEnter(f"{label}: please complete this required field", block["block_id"])
    return state


def _inputs(view: View) -> list[Json]:
    return [block for block in view.blocks if block["type"] == "input"]


def _labelled(view: View, label: str) -> Json:
    labels = [block["label"]["text"] for block in _inputs(view)]
    if labels.count(label) != 1:
        raise LookupError(f"{labels.count(label) or 'no'} input {label!r} in {view.title!r}, which has {labels}")
    return _inputs(view)[labels.index(label)]
