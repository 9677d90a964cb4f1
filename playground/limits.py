"""What Slack refuses in messages, modals and home tabs, with its error names and its words for what is wrong."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from playground.blocks import BLOCKS, SURFACES
from playground.elements import plain_text
from playground.records import Json, Refused
from playground.shapes import Anything, ByType, Flag, Many, Record, Report, Shape, Words, any_file
from playground.walking import all_blocks, interactive, texts_in

IsImage = Callable[[str], bool]

TEXT_KEPT = 40_000
TEXT_OF_UPDATE = 4_000
MESSAGE_CHARACTERS = 13_200
ATTACHMENTS = 100
VIEW_BYTES = 250_000
METADATA_BYTES = 16_000
"""Slack refuses metadata that is too large and does not say from where; this is an assumption."""
_BLOCKS_OF = {"message": 50, "modal": 100, "home": 100}
_MARKDOWN_CHARACTERS = 12_000
_AT_MOST_PER_MESSAGE = {"table": 1, "data_visualization": 2}
_TABLE_CHARACTERS = {"table": 10_000, "data_table": 20_000}

_VIEW: dict[str, Shape] = {
    "blocks": Anything(),
    "private_metadata": Words(3000, low=0),
    "callback_id": Words(255, low=0),
    "external_id": Words(255, low=0),
}
_VIEWS = ByType(
    {
        "modal": Record(
            {
                **_VIEW,
                "title": plain_text(24),
                "submit": plain_text(24),
                "close": plain_text(24),
                "clear_on_close": Flag(),
                "notify_on_close": Flag(),
                "submit_disabled": Flag(),
            },
            required=("title", "blocks"),
        ),
        "home": Record(_VIEW, required=("blocks",)),
    }
)


def check_message(message: Json, *, text_limit: int | None = None, is_image: IsImage = any_file) -> None:
    """Refuse a message Slack would refuse.

    Args:
        message: ``text``, ``blocks``, ``attachments`` and ``metadata`` as the app gave them, JSON already read.
        text_limit: From how many characters a text is refused; None where Slack only truncates it.
        is_image: Whether a block may show the uploaded file with this id or address.

    Raises:
        Refused: With Slack's error.
    """
    text, blocks = message.get("text") or "", message.get("blocks")
    if blocks is not None and not isinstance(blocks, list):
        raise Refused("invalid_blocks_format", breach=True)
    if not text and not blocks and not message.get("attachments"):
        raise Refused("no_text", breach=True)
    if text_limit is not None and len(text) > text_limit:
        raise Refused("msg_too_long", [f"[ERROR] text has {len(text)} characters"], breach=True)
    if len(message.get("attachments") or []) > ATTACHMENTS:
        raise Refused("too_many_attachments", breach=True)
    _check_blocks_of_message(blocks or [], is_image)
    check_metadata(message.get("metadata"))


def _check_blocks_of_message(blocks: list[Any], is_image: IsImage) -> None:
    report = Report("message", is_image)
    check_blocks(blocks, "/blocks", report)
    if report.messages:
        raise Refused("invalid_blocks", report.messages, breach=True)
    kinds = Counter(block["type"] for block in all_blocks(blocks))
    if kinds["table"] > _AT_MOST_PER_MESSAGE["table"]:
        raise Refused("invalid_blocks", ["[ERROR] only_one_table_allowed [json-pointer:/blocks]"], breach=True)
    if (total := sum(map(len, texts_in(blocks)))) > MESSAGE_CHARACTERS:
        raise Refused("msg_blocks_too_long", [f"[ERROR] blocks have {total} characters"], breach=True)


def check_blocks(blocks: Any, path: str, report: Report) -> None:
    """Report what is wrong with the blocks of a message or view.

    Args:
        blocks: The list of blocks.
        path: Its JSON pointer.
        report: Takes the complaints, and says which surface it is.
    """
    shapes = ByType({kind: BLOCKS[kind] for kind in SURFACES[report.surface]})
    Many(shapes, _BLOCKS_OF[report.surface], low=0).check(blocks, path, report)
    sound = [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    _check_ids(sound, path, report)
    _check_totals(sound, path, report)


def _check_ids(blocks: list[Json], path: str, report: Report) -> None:
    seen: set[str] = set()
    for index, block in ((index, inner) for index, outer in enumerate(blocks) for inner in all_blocks([outer])):
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id in seen:
            report.add(f"`block_id` must be unique: {block_id}", f"{path}/{index}/block_id")
        seen.add(str(block_id))
        actions = [element.get("action_id") for element in interactive(block) if element.get("action_id")]
        for action_id, times in Counter(map(str, actions)).items():
            if times > 1:
                report.add(f"`action_id` must be unique within a block: {action_id}", f"{path}/{index}/elements")


def _check_totals(blocks: list[Json], path: str, report: Report) -> None:
    blocks = list(all_blocks(blocks))
    kinds = Counter(str(block.get("type")) for block in blocks)
    for kind, most in _AT_MOST_PER_MESSAGE.items():
        if kind != "table" and kinds[kind] > most:
            report.add(f"no more than {most} {kind} blocks allowed", path)
    markdown = sum(len(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown")
    if markdown > _MARKDOWN_CHARACTERS:
        report.add(f"markdown must be less than {_MARKDOWN_CHARACTERS + 1} characters in all", path)
    for kind, most in _TABLE_CHARACTERS.items():
        total = sum(len(text) for block in blocks if block.get("type") == kind for text in texts_in(block))
        if total > most:
            report.add(f"{kind} must be less than {most + 1} characters in all", path)


def check_view(view: Any, kinds: tuple[str, ...] = ("modal",), *, is_image: IsImage = any_file) -> Json:
    """Refuse a view Slack would refuse.

    Args:
        view: The view, JSON already read.
        kinds: Which types are taken here.
        is_image: As in `check_message`.

    Returns:
        The view.

    Raises:
        Refused: With Slack's error.
    """
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", ["[ERROR] missing required field: view"], breach=True)
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise Refused("view_too_large", breach=True)
    report = Report(str(view.get("type")), is_image)
    if view.get("type") in {"modal", "home"} and view["type"] not in kinds:
        report.add(f"must be of type {kinds[0]}", "/view/type")
    _VIEWS.check(view, "/view", report)
    if view.get("type") in SURFACES:
        check_blocks(view.get("blocks", []), "/view/blocks", report)
        _check_submit(view, report)
    if report.messages:
        raise Refused("invalid_arguments", report.messages, breach=True)
    return view


def _check_submit(view: Json, report: Report) -> None:
    if view["type"] != "modal" or view.get("submit") or not isinstance(view.get("blocks"), list):
        return
    for index, block in enumerate(view["blocks"]):
        if isinstance(block, dict) and block.get("type") == "input":
            report.add("must define `submit` to use an `input` block in modals", f"/view/blocks/{index}/input")


def check_metadata(metadata: Any) -> None:
    """Refuse metadata that is not an ``event_type`` with an ``event_payload`` nested at most one object deep.

    Raises:
        Refused: With Slack's error.
    """
    if metadata is None:
        return
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise Refused("invalid_metadata_format", breach=True)
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format", breach=True)
    if not all(_is_shallow(value) for value in payload.values()):
        raise Refused("invalid_metadata_schema", breach=True)
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > METADATA_BYTES:
        raise Refused("metadata_too_large", breach=True)


def _is_shallow(value: Any) -> bool:
    parts = value if isinstance(value, list) else [value]
    inner = [deep for part in parts for deep in (part.values() if isinstance(part, dict) else [part])]
    return not any(isinstance(deep, (dict, list)) for deep in inner)
