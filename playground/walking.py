"""Walking through blocks: those within others, the elements people act on, the texts people read."""

from collections.abc import Iterable, Iterator
from typing import Any

from playground.records import Json

_HOLDERS = {"container": "child_blocks", "carousel": "elements"}
_WITH_ACTIONS = frozenset({"actions", "card", "context_actions", "input", "section"})
_PASSIVE = frozenset({"image"})


def all_blocks(blocks: Iterable[Json]) -> Iterator[Json]:
    """The blocks and those within them, from top to bottom: the children of containers, the cards of carousels."""
    for block in blocks:
        yield block
        inner = block.get(_HOLDERS.get(str(block.get("type")), ""))
        if isinstance(inner, list):
            yield from all_blocks(child for child in inner if isinstance(child, dict))


def interactive(block: Json) -> list[Json]:
    """The elements of a block a person can act on."""
    if block.get("type") not in _WITH_ACTIONS:
        return []
    lists = [*_list(block.get("elements")), *_list(block.get("actions"))]
    candidates = [*lists, block.get("accessory"), block.get("element")]
    return [element for element in candidates if isinstance(element, dict) and element.get("type") not in _PASSIVE]


def texts_in(part: Any) -> Iterator[str]:
    """Every text a reader sees in blocks, for the limits on totals."""
    if isinstance(part, list):
        for item in part:
            yield from texts_in(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts_in(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
