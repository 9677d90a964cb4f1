"""The shapes of the blocks, and on which surface each may stand."""

from typing import Any

from playground.cards import ALERT, CARD, CAROUSEL, PLAN, TASK_CARD
from playground.charts import DATA_VISUALIZATION
from playground.elements import (
    ID,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    SLACK_FILE,
    URL,
    plain_text,
    text,
)
from playground.rich_text import ONE_RICH_TEXT, RICH_TEXT
from playground.shapes import ByType, Flag, Many, Record, Report, Shape, Words
from playground.tables import DATA_TABLE, TABLE


def _block(fields: dict[str, Shape], required: tuple[str, ...] = (), one_of: tuple[str, ...] = ()) -> Record:
    return Record({"block_id": ID, **fields}, required=required, one_of=one_of)


def _collapsing(value: dict[str, Any], path: str, report: Report) -> None:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        report.add("default_collapsed requires is_collapsible", f"{path}/default_collapsed")
    if value.get("has_header_divider") and value.get("is_collapsible"):
        report.add("has_header_divider is for what is not collapsible", f"{path}/has_header_divider")


BLOCKS: dict[str, Record] = {
    "section": _block(
        {"text": text(3000), "fields": Many(text(2000), 10), "accessory": IN_SECTION, "expand": Flag()},
        one_of=("text", "fields"),
    ),
    "header": _block({"text": plain_text(150)}, required=("text",)),
    "context": _block({"elements": Many(IN_CONTEXT, 10)}, required=("elements",)),
    "divider": _block({}),
    "image": _block(
        {"image_url": URL, "slack_file": SLACK_FILE, "alt_text": Words(2000), "title": plain_text(2000)},
        required=("alt_text",),
        one_of=("image_url", "slack_file"),
    ),
    "actions": _block({"elements": Many(IN_ACTIONS, 25)}, required=("elements",)),
    "input": _block(
        {
            "label": plain_text(2000),
            "element": IN_INPUT,
            "hint": plain_text(2000),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        required=("label", "element"),
    ),
    "rich_text": RICH_TEXT,
    "video": _block(
        {
            "title": plain_text(200),
            "title_url": URL,
            "video_url": URL,
            "thumbnail_url": URL,
            "alt_text": Words(2000),
            "author_name": Words(50),
            "description": plain_text(200),
            "provider_name": Words(50),
            "provider_icon_url": URL,
        },
        required=("title", "video_url", "thumbnail_url", "alt_text"),
    ),
    "file": _block({"external_id": Words(255), "source": Words(20)}, required=("external_id", "source")),
    "markdown": _block({"text": Words(12_000)}, required=("text",)),
    "table": TABLE,
    "context_actions": _block({"elements": Many(IN_CONTEXT_ACTIONS, 5)}, required=("elements",)),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "alert": ALERT,
    "card": CARD,
    "carousel": CAROUSEL,
    "plan": PLAN,
    "task_card": TASK_CARD,
}
_IN_CONTAINERS = ("actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table")
BLOCKS["container"] = Record(
    {
        "block_id": ID,
        "title": plain_text(150),
        "rich_text_title": ONE_RICH_TEXT,
        "subtitle": text(150),
        "child_blocks": Many(ByType({kind: BLOCKS[kind] for kind in (*_IN_CONTAINERS, "video")}), 10),
        "width": Words(8, choices=frozenset({"narrow", "standard", "wide", "full"})),
        "icon": ByType({"image": IMAGE}),
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    required=("child_blocks",),
    one_of=("title", "rich_text_title"),
    rules=(_collapsing,),
)

_MODAL = {"actions", "alert", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
_HOME = _MODAL - {"alert"} | {"carousel", "container", "data_table", "data_visualization", "table"}
SURFACES: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS) - {"alert"},
    "modal": frozenset(_MODAL),
    "home": frozenset(_HOME),
}
