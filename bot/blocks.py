"""Slack's blocks, built so that its limits hold whatever people write.

Limits are those of Slack's Block Kit reference. What is too long is cut with an ellipsis; what is too much is left out
with a line that says so. Words of people are escaped before they stand in mrkdwn: nobody is pinged by an answer.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flows.free_text import is_visible

Block = dict[str, Any]

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_CHARACTERS: Final = 12_000
TEXT: Final = 3000
FIELD: Final = 2000
FIELDS: Final = 10
HEADER: Final = 150
BUTTON: Final = 75
BUTTON_VALUE: Final = 2000
BUTTONS: Final = 25
OPTION: Final = 75
OVERFLOW: Final = 5
OPTIONS: Final = 100
LABEL: Final = 2000
PLACEHOLDER: Final = 150
TITLE: Final = 24
INPUT: Final = 3000
FALLBACK: Final = 3000
ALT_TEXT: Final = 2000
TABLE_WIDTH: Final = 60
TABLE_ROWS: Final = 40
TABLE_CHARACTERS: Final = 10_000

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BROKEN_ENTITY = re.compile(r"&[a-z]{0,3}$")
_MORE = "…"


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _MORE


def clean(text: str) -> str:
    """Text without control characters and other signs that nobody sees."""
    return _UNSEEN.sub("", text)


def capitalise(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def quote(text: str, limit: int = 200) -> str:
    """People's words for use in mrkdwn: in one line, cut, and escaped so that they mention nobody and link nowhere."""
    line = cut(" ".join(clean(text).split()), limit)
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mention(person: str) -> str:
    """A mention of a person."""
    return f"<@{person}>"


def _mrkdwn(text: str, limit: int) -> Block:
    if len(text) > limit:
        text = _BROKEN_ENTITY.sub("", text[: limit - 1]) + _MORE
    # Verbatim: Slack links no names and addresses that it finds in people's words; mentions in <> work all the same.
    return {"type": "mrkdwn", "text": text or " ", "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    shown = cut(clean(text), limit)
    return {"type": "plain_text", "text": shown if is_visible(shown) else _MORE, "emoji": True}


def section(text: str) -> Block:
    """A paragraph of mrkdwn."""
    return {"type": "section", "text": _mrkdwn(text, TEXT)}


def section_with_button(text: str, button: "Button") -> Block:
    """A paragraph of mrkdwn with a button at its right."""
    return {**section(text), "accessory": _button(button, button.action)}


def paragraphs(lines: Iterable[str]) -> list[Block]:
    """Lines of mrkdwn, as many to a section as fit."""
    texts = [""]
    for line in lines:
        if len(texts[-1]) + len(line) >= TEXT:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n{line}".strip()
    return [section(text) for text in texts if text]


def side_by_side(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    """Rows of two columns, five rows a section."""
    cells = [_mrkdwn(text, FIELD) for pair in pairs for text in pair]
    return [{"type": "section", "fields": cells[start : start + FIELDS]} for start in range(0, len(cells), FIELDS)]


def context(text: str) -> Block:
    """A small grey line."""
    return {"type": "context", "elements": [_mrkdwn(text, TEXT)]}


def header(text: str) -> Block:
    """A heading in plain text."""
    return {"type": "header", "text": _plain(text, HEADER)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def image(file_id: str, alt: str) -> Block:
    """An uploaded picture; `alt` says in words what it shows."""
    shown = cut(clean(alt), ALT_TEXT)
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": shown if is_visible(shown) else _MORE}


def place_of_picture(name: str) -> Block:
    """Where a picture will stand once it is uploaded; Slack never sees this block."""
    return {"type": "image", "block_id": name}


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """A table in letters of equal width, no wider than a message: the widest columns are cut to fit."""
    shown = [[" ".join(clean(cell).split()) for cell in row] for row in (head, *rows[:TABLE_ROWS])]
    widths = _fitting_widths([max(map(len, column)) for column in zip(*shown, strict=True)])
    lines = ["  ".join(cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in shown]
    lines.insert(1, "  ".join("─" * width for width in widths))
    if len(rows) > TABLE_ROWS:
        lines.append(f"and {len(rows) - TABLE_ROWS} more")
    # Not mrkdwn: people's words stay as they are, and nothing in them ends the table.
    written = {"type": "text", "text": "\n".join(line.rstrip() for line in lines)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [written]}]}


def _fitting_widths(widths: list[int]) -> list[int]:
    room = TABLE_WIDTH - 2 * (len(widths) - 1)
    while sum(widths) > max(room, len(widths)):
        widths[widths.index(max(widths))] -= 1
    return widths


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """Slack's own table. A message takes one; `without_tables` is for where it takes none."""
    shown = (head, *rows[:TABLE_ROWS])
    limit = TABLE_CHARACTERS // (len(shown) * len(head))
    cells = [[{"type": "raw_text", "text": _unbroken(cut(clean(cell), limit)) or " "} for cell in row] for row in shown]
    return {"type": "table", "rows": cells}


def _unbroken(text: str) -> str:
    """A number and its percent sign stay in one line, however narrow the column."""
    return text.replace(" %", "\u00a0%")


def without_tables(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, with text in place of Slack's own tables."""
    return [_as_text(block) if block["type"] == "table" else block for block in blocks]


def _as_text(block: Block) -> Block:
    head, *rows = [[cell["text"] for cell in row] for row in block["rows"]]
    return text_table(head, rows)


@dataclass(frozen=True)
class Button:
    """A button. `action` routes the click, `value` comes back with it."""

    label: str
    action: str
    value: str
    primary: bool = False


@dataclass(frozen=True)
class Choice:
    """One option of a select or of radio buttons."""

    label: str
    value: str


@dataclass(frozen=True)
class Menu:
    """The three dots at the end of a row of buttons: up to five further things to do."""

    action: str
    choices: tuple[Choice, ...]


def _button(button: Button, action_id: str) -> Block:
    return {
        "type": "button",
        "text": _plain(button.label, BUTTON),
        "action_id": action_id,
        "value": button.value[:BUTTON_VALUE],
        **({"style": "primary"} if button.primary else {}),
    }


def actions(buttons: Sequence[Button], menu: Menu | None = None) -> Block:
    """A row of buttons. Their ids carry their place, since Slack wants each once in a row."""
    elements = [_button(button, f"{button.action}:{place}") for place, button in enumerate(buttons[: BUTTONS - 1])]
    if menu:
        options = [_option(choice) for choice in menu.choices[:OVERFLOW]]
        elements.append({"type": "overflow", "action_id": menu.action, "options": options})
    return {"type": "actions", "elements": elements}


def select(action: str, label: str, choices: Sequence[Choice]) -> Block:
    """A menu in a message, for when there are too many options for buttons."""
    options = [_option(choice) for choice in choices[:OPTIONS]]
    element = {
        "type": "static_select",
        "action_id": action,
        "placeholder": _plain(label, PLACEHOLDER),
        "options": options,
    }
    return {"type": "actions", "elements": [element]}


def in_one_row(*rows: Block) -> Block:
    """Buttons and menus beside each other; no two may have the same action."""
    return {"type": "actions", "elements": [element for row in rows for element in row["elements"]][:BUTTONS]}


def _option(choice: Choice) -> Block:
    return {"text": _plain(choice.label, OPTION), "value": choice.value}


def _input(name: str, label: str, element: Block, *, optional: bool, hint: str = "") -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label, LABEL),
        "element": {**element, "action_id": name},
        "optional": optional,
        **({"hint": _plain(hint, LABEL)} if hint else {}),
    }


def text_input(
    name: str,
    label: str,
    *,
    initial: str = "",
    placeholder: str = "",
    hint: str = "",
    optional: bool = False,
    multiline: bool = False,
    limit: int = INPUT,
) -> Block:
    """A field for words; `name` is its key in the submission."""
    element: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": limit}
    if initial:
        element["initial_value"] = cut(clean(initial), limit)
    if placeholder:
        element["placeholder"] = _plain(placeholder, PLACEHOLDER)
    return _input(name, label, element, optional=optional, hint=hint)


def person_input(name: str, label: str, *, initial: str = "", optional: bool = True) -> Block:
    """A picker of one person."""
    element: Block = {"type": "users_select", "placeholder": _plain("Pick a person", PLACEHOLDER)}
    if initial:
        element["initial_user"] = initial
    return _input(name, label, element, optional=optional)


def people_input(name: str, label: str, *, initial: Sequence[str] = (), optional: bool = True) -> Block:
    """A picker of several people."""
    element: Block = {"type": "multi_users_select", "placeholder": _plain("Pick people", PLACEHOLDER)}
    if initial:
        element["initial_users"] = list(initial)
    return _input(name, label, element, optional=optional)


def multi_select_input(name: str, label: str, choices: Sequence[Choice], *, initial: Sequence[str] = ()) -> Block:
    """A menu of which several entries are chosen; in groups, as for `select_input`."""
    element: Block = {"type": "multi_static_select", **_offer(choices)}
    chosen = [_option(choice) for choice in choices if choice.value in initial]
    if chosen:
        element["initial_options"] = chosen
    return _input(name, label, element, optional=True)


def date_input(name: str, label: str, *, initial: str = "", optional: bool = True) -> Block:
    """A picker of a day; `initial` is YYYY-MM-DD."""
    element: Block = {"type": "datepicker", **({"initial_date": initial} if initial else {})}
    return _input(name, label, element, optional=optional)


def radio_input(name: str, label: str, choices: Sequence[Choice], initial: str) -> Block:
    """Radio buttons, one of which is pressed."""
    return _choice_input("radio_buttons", name, label, choices[:FIELDS], initial, optional=False)


def select_input(
    name: str, label: str, choices: Sequence[Choice], *, initial: str = "", optional: bool = True
) -> Block:
    """A menu of which one entry is chosen; with more than a hundred, in groups from one entry to another."""
    return _choice_input("static_select", name, label, choices, initial, optional=optional)


def _choice_input(
    kind: str, name: str, label: str, choices: Sequence[Choice], initial: str, *, optional: bool
) -> Block:
    element: Block = {"type": kind, **_offer(choices)}
    chosen = next((choice for choice in choices if choice.value == initial), None)
    if chosen:
        element["initial_option"] = _option(chosen)
    return _input(name, label, element, optional=optional)


def _offer(choices: Sequence[Choice]) -> Block:
    """Options, or groups of them where there are more than Slack takes in one."""
    groups = [choices[start : start + OPTIONS // 2] for start in range(0, len(choices), OPTIONS // 2)]
    if len(choices) <= OPTIONS:
        return {"options": [_option(choice) for choice in choices]}
    return {
        "option_groups": [
            {
                "label": _plain(f"{group[0].label} … {group[-1].label}", OPTION),
                "options": [_option(choice) for choice in group],
            }
            for group in groups[:OPTIONS]
        ]
    }


def modal(title: str, callback: str, blocks: Sequence[Block], *, submit: str | None, metadata: str = "") -> Block:
    """A form in a window of its own; with nothing to submit it is only read."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(title, TITLE),
        **({"submit": _plain(submit, TITLE)} if submit is not None else {}),
        "close": _plain("Close" if submit is None else "Cancel", TITLE),
        "private_metadata": metadata,
        "blocks": list(blocks[:VIEW_BLOCKS]),
    }


def home(blocks: Sequence[Block]) -> Block:
    """The app's Home tab, as one person sees it."""
    return {"type": "home", "blocks": list(blocks[:VIEW_BLOCKS])}


def fitting(blocks: Sequence[Block], room: int) -> list[Block]:
    """The first of the blocks that take no more than this many characters together."""
    kept: list[Block] = []
    for block in blocks:
        room -= len(str(block))
        if room < 0:
            break
        kept.append(block)
    return kept


@dataclass(frozen=True)
class Words:
    """What a message says: blocks, and the text that notifications and screen readers use."""

    text: str
    blocks: tuple[Block, ...]


def words(text: str, blocks: Sequence[Block] = ()) -> Words:
    """A message that Slack takes: at most 50 blocks and about 12,000 characters in all."""
    kept: list[Block] = []
    room = MESSAGE_CHARACTERS
    for block in blocks or [section(text)]:
        room -= len(str(block))
        if room < 0 or len(kept) == MESSAGE_BLOCKS - 1:
            kept.append(context("There is more than fits into one message."))
            break
        kept.append(block)
    return Words(_mrkdwn(text, FALLBACK)["text"], tuple(kept))
