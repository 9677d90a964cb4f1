"""Messages as a person reads them: blocks as words, mentions as names."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([CGD][A-Z0-9]+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto)[^>|]*)(?:\|([^>]*))?>")
_SPECIAL = re.compile(r"<!(here|channel|everyone)(?:\|[^>]*)?>")
_DATE = re.compile(r"<!date\^[^>]*\|([^>]*)>")
_EMPHASIS = re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])")

_SINGLE_PARTS = (
    *("title", "rich_text_title", "subtitle", "label", "text", "body", "details", "output", "subtext", "hint"),
    *("alt_text", "accessory", "element"),
)

Name = Callable[[str], str]


def words(text: str, blocks: Iterable[Mapping[str, Any]]) -> str:
    """Everything readable, one line a block, buttons as ``[Yes]``.

    Args:
        text: The message's text or the view's title; left out where the blocks say the same.
        blocks: Block Kit blocks.
    """
    lines = [line for block in blocks if (line := _block(block))]
    shown = "\n".join(lines)
    return shown if not text or text in shown else "\n".join([text, *lines])


def plain(text: str, name: Name) -> str:
    """Slack's mrkdwn as plain text: mentions as names, links and emphasis as their words, entities as characters.

    Args:
        text: The mrkdwn.
        name: Gives the name for the id of a person or channel.
    """
    text = _MENTION.sub(lambda found: "@" + name(found[1]), text)
    text = _CHANNEL.sub(lambda found: "#" + name(found[1]), text)
    text = _DATE.sub(lambda found: found[1], text)
    text = _SPECIAL.sub(lambda found: "@" + found[1], text)
    text = _LINK.sub(lambda found: found[2] or found[1], text)
    text = _EMPHASIS.sub(lambda found: found[1], text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _block(block: Mapping[str, Any]) -> str:
    kind = block.get("type", "")
    if kind == "divider":
        return "———"
    if kind == "data_visualization":
        return "\n".join([str(block.get("title", "")), *_chart(block.get("chart", {}))])
    if kind in {"table", "data_table"}:
        return "\n".join(" | ".join(_part(cell) for cell in row) for row in block.get("rows", []))
    if kind in {"actions", "context_actions", "context"}:
        return " ".join(_part(element) for element in block.get("elements", []))
    return "\n".join(part for part in map(_part, _parts_of(block)) if part)


def _chart(chart: Mapping[str, Any]) -> list[str]:
    if "segments" in chart:
        return [_points(chart["segments"])]
    return [f"{series['name']}: {_points(series['data'])}" for series in chart.get("series", [])]


def _points(points: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(f"{point['label']} {point['value']}" for point in points)


def _parts_of(block: Mapping[str, Any]) -> list[Any]:
    singles = [block[key] for key in _SINGLE_PARTS if key in block]
    lists = [part for key in ("fields", "elements", "child_blocks", "tasks", "actions") for part in block.get(key, [])]
    return singles + lists


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, Mapping):
        return ""
    kind = part.get("type", "")
    if kind == "button":
        return f"[{part['text']['text']}]"
    if kind.startswith("rich_text") or kind in _RICH:
        return _rich(part)
    if "options" in part or "option_groups" in part or "placeholder" in part:
        return _menu(part)
    if kind in {"plain_text", "mrkdwn", "raw_text", "raw_number"}:
        return str(part.get("text", ""))
    return str(part.get("initial_value", "") or "") if kind.endswith("_input") else _block(part)


_RICH = {"text", "user", "link", "emoji", "channel", "usergroup", "broadcast", "date"}


def _rich(part: Mapping[str, Any]) -> str:
    kind = part["type"]
    if kind == "text":
        return str(part["text"])
    if kind == "user":
        return f"<@{part['user_id']}>"
    if kind == "channel":
        return f"<#{part['channel_id']}>"
    if kind == "link":
        return str(part.get("text") or part["url"])
    if kind == "emoji":
        return f":{part['name']}:"
    between = "\n" if kind in {"rich_text", "rich_text_list"} else ""
    return between.join(_rich(element) for element in part.get("elements", []))


def _menu(part: Mapping[str, Any]) -> str:
    options: Sequence[Mapping[str, Any]] = part.get("options", [])
    listed = [option["text"]["text"] for option in options]
    placeholder = part.get("placeholder", {}).get("text", "")
    return " ".join(filter(None, [placeholder, *(f"({option})" for option in listed)]))
