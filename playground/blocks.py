"""The shapes of the blocks, and on which surface each may stand."""

from typing import Any

from playground.elements import (
    ID,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    URL,
    plain_text,
    text,
)
from playground.shapes import Anything, Flag, Many, Record, Report, Shape, Whole, Words

_ANY = Anything()
_LABELS = Words(20)
_MAX_INDENT = 8


def _block(
    fields: dict[str, Shape],
    required: tuple[str, ...] = (),
    one_of: tuple[str, ...] = (),
    *,
    closed: bool = True,
) -> Record:
    return Record({"block_id": ID, **fields}, required=required, one_of=one_of, closed=closed)


def _rich_text(value: dict[str, Any], path: str, report: Report) -> None:
    for index, element in enumerate(value.get("elements") or []):
        kind = element.get("type") if isinstance(element, dict) else None
        here = f"{path}/elements/{index}"
        if kind not in {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}:
            report.add(f"unsupported type: {kind}", f"{here}/type")
        elif kind == "rich_text_list" and not 0 <= element.get("indent", 0) <= _MAX_INDENT:
            report.add(f"must be less than or equal to {_MAX_INDENT}", f"{here}/indent")


_CARD: dict[str, Shape] = {
    "title": text(150),
    "subtitle": text(150),
    "body": text(200),
    "subtext": text(200),
    "actions": Many(IN_ACTIONS, 3),
}
_CELLS = Many(_ANY, 20)
_POINT = Record({"label": _LABELS}, closed=False)
_SERIES = Record({"name": _LABELS, "data": Many(_POINT, 20)}, closed=False)
_CHART = Record(
    {
        "type": Words(10, choices=frozenset({"line", "bar", "area", "pie"})),
        "segments": Many(_POINT, 12),
        "series": Many(_SERIES, 12),
    },
    closed=False,
)

BLOCKS: dict[str, Record] = {
    "section": _block(
        {"text": text(3000), "fields": Many(text(2000), 10), "accessory": IN_SECTION, "expand": Flag()},
        one_of=("text", "fields"),
    ),
    "header": _block({"text": plain_text(150)}, required=("text",)),
    "context": _block({"elements": Many(IN_CONTEXT, 10)}, required=("elements",)),
    "divider": _block({}),
    "image": _block(
        {"image_url": URL, "slack_file": _ANY, "alt_text": Words(2000), "title": plain_text(2000)},
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
    "rich_text": Record({"block_id": ID, "elements": Many(_ANY, 1000)}, required=("elements",), rules=(_rich_text,)),
    "video": _block(
        {
            "title": plain_text(200),
            "title_url": URL,
            "video_url": URL,
            "thumbnail_url": URL,
            "alt_text": Words(2000),
            "author_name": Words(50),
            "description": plain_text(200),
            "provider_name": Words(2000),
            "provider_icon_url": URL,
        },
        required=("title", "video_url", "thumbnail_url", "alt_text"),
    ),
    "file": _block({"external_id": Words(255), "source": Words(20)}, required=("external_id", "source")),
    "markdown": _block({"text": Words(12_000)}, required=("text",)),
    "table": _block(
        {"rows": Many(_CELLS, 100), "column_settings": Many(_ANY, 20)},
        required=("rows",),
    ),
    "context_actions": _block({"elements": Many(IN_CONTEXT_ACTIONS, 5)}, required=("elements",)),
    "data_table": _block(
        {"rows": Many(_CELLS, 201), "page_size": Whole(1, 100)},
        required=("rows",),
        closed=False,
    ),
    "data_visualization": _block({"title": Words(50), "chart": _CHART}, required=("chart",), closed=False),
    "alert": _block({"text": text(200)}, required=("text",), closed=False),
    "card": _block(_CARD, closed=False),
    "carousel": _block({"elements": Many(Record(_CARD, closed=False), 10)}, required=("elements",), closed=False),
    "container": _block({"title": text(150), "children": Many(_ANY, 10)}, closed=False),
    "plan": _block({"tasks": Many(_ANY, 50)}, closed=False),
    "task_card": _block({}, closed=False),
}

_MODAL = {"actions", "alert", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
_HOME = _MODAL - {"alert"} | {"carousel", "container", "data_table", "data_visualization", "table"}
SURFACES: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS) - {"alert"},
    "modal": frozenset(_MODAL),
    "home": frozenset(_HOME),
}
