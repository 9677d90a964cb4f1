"""Blocks that the apps of these tests are made of."""

from typing import Any

from tests.playground.apps import plain

Block = dict[str, Any]


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def options(*names: str) -> list[Block]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def section(text: str, **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def entry(kind: str, label: str, **more: Any) -> Block:
    element = {"type": kind, "action_id": label, **more}
    return {"type": "input", "block_id": label, "label": plain(label), "element": element, "optional": True}


CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("It *cannot* be undone."),
    "confirm": plain("Do it"),
    "deny": plain("No"),
}
