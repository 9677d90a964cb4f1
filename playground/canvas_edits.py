"""One change to a canvas (docs.slack.dev/reference/methods/canvases.edit)."""

import re
from dataclasses import replace
from typing import Any

from playground.canvases import Canvas, Section, sections_of
from playground.records import Json, Refused

MOST_CHARACTERS = 1_048_576
_OPERATIONS = {
    "insert_after": ("section_id", "document_content"),
    "insert_before": ("section_id", "document_content"),
    "insert_at_start": ("document_content",),
    "insert_at_end": ("document_content",),
    "replace": ("document_content",),
    "delete": ("section_id",),
    "rename": ("title_content",),
}
_LIST_IN_QUOTE = re.compile(r">\s*([-*+]|\d+[.)])\s")


def markdown_of(content: Any, where: str, failure: str) -> str:
    """The text of a document content.

    Args:
        content: ``{"type": "markdown", "markdown": …}``, JSON already read; None for nothing.
        where: The argument it came in.
        failure: The error for a text Slack cannot turn into a canvas.

    Raises:
        Refused: ``invalid_arguments``, or the given error with the line at fault.
    """
    if content is None:
        return ""
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise Refused("invalid_arguments", [f"[ERROR] must be of type markdown [json-pointer:/{where}]"], breach=True)
    markdown = content.get("markdown", "")
    if not isinstance(markdown, str) or len(markdown) > MOST_CHARACTERS:
        complaint = f"[ERROR] must be a string of up to {MOST_CHARACTERS} characters [json-pointer:/{where}/markdown]"
        raise Refused("invalid_arguments", [complaint], breach=True)
    for number, line in enumerate(markdown.splitlines(), 1):
        if _LIST_IN_QUOTE.match(line):
            detail = f"'content' error: line {number}: Unsupported block type (List) within block quote"
            raise Refused(failure, extra={"detail": detail}, breach=True)
    return markdown


def edited(canvas: Canvas, change: Any) -> Canvas:
    """The canvas after one change.

    Args:
        canvas: As it stands.
        change: The operation with what it needs, JSON already read.

    Raises:
        Refused: ``invalid_arguments``, ``canvas_editing_failed`` or ``canvas_too_large``.
    """
    operation = change.get("operation") if isinstance(change, dict) else None
    if operation not in _OPERATIONS:
        raise _wrong(f"value must be one of {', '.join(_OPERATIONS)}", "operation")
    for key in _OPERATIONS[operation]:
        if not change.get(key):
            raise _wrong(f"missing required field: {key}", key)
    if operation == "rename":
        return replace(canvas, title=markdown_of(change["title_content"], "changes/0", "canvas_editing_failed"))
    markdown = markdown_of(change.get("document_content"), "changes/0/document_content", "canvas_editing_failed")
    after = replace(canvas, sections=_placed(canvas, operation, change, sections_of(markdown)))
    if len(after.markdown) > MOST_CHARACTERS:
        raise Refused("canvas_too_large", breach=True)
    return after


def _placed(canvas: Canvas, operation: str, change: Json, new: tuple[Section, ...]) -> tuple[Section, ...]:
    old = canvas.sections
    section_id = str(change.get("section_id") or "")
    if operation == "insert_at_start":
        return new + old
    if operation == "insert_at_end":
        return old + new
    if not section_id:
        return new
    try:
        at = canvas.index(section_id)
    except LookupError as error:
        raise Refused("canvas_editing_failed", extra={"detail": f"no section {section_id}"}) from error
    if operation == "insert_before":
        return old[:at] + new + old[at:]
    if operation == "insert_after":
        return old[: at + 1] + new + old[at + 1 :]
    return old[:at] + new + old[at + 1 :]


def _wrong(complaint: str, key: str) -> Refused:
    return Refused("invalid_arguments", [f"[ERROR] {complaint} [json-pointer:/changes/0/{key}]"], breach=True)
