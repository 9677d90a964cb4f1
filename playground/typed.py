"""What people type, as Slack's clients send it: a rich_text block beside the text, and an id of the client's own."""

import html
import re
from collections.abc import Iterator
from uuid import NAMESPACE_OID, uuid5

from playground.records import Json, Message

_ENTITY = re.compile(
    r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<#(?P<channel>[CG][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<!(?P<range>here|channel|everyone)(?:\|[^>]*)?>"
    r"|<(?P<url>(?:https?|mailto):[^>|]*)(?:\|(?P<label>[^>]*))?>"
)


def typed_json(message: Message) -> Json:
    """The keys that a message has because somebody typed it in a client."""
    own = uuid5(NAMESPACE_OID, f"{message.channel} {message.ts}")
    parts = list(_elements(message.text))
    if not parts:
        return {"client_msg_id": str(own)}
    section = {"type": "rich_text_section", "elements": parts}
    block = {"type": "rich_text", "block_id": own.hex[:5], "elements": [section]}
    return {"client_msg_id": str(own), "blocks": [block]}


def _elements(text: str) -> Iterator[Json]:
    end = 0
    for found in _ENTITY.finditer(text):
        yield from _words(text[end : found.start()])
        yield _entity(found)
        end = found.end()
    yield from _words(text[end:])


def _words(text: str) -> Iterator[Json]:
    if text:
        yield {"type": "text", "text": html.unescape(text)}


def _entity(found: re.Match[str]) -> Json:
    if user := found["user"]:
        return {"type": "user", "user_id": user}
    if channel := found["channel"]:
        return {"type": "channel", "channel_id": channel}
    if reach := found["range"]:
        return {"type": "broadcast", "range": reach}
    label = {"text": html.unescape(found["label"])} if found["label"] else {}
    return {"type": "link", "url": html.unescape(found["url"]), **label}
