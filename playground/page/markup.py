"""Slack's markup as safe HTML: mrkdwn and rich text, with mentions as names and emoji as signs.

Everything that comes from an app or a person is escaped; tags are made here only.
"""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import emoji

Name = Callable[[str], str]
"""Gives the name behind the id of a person or channel."""

_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_TOKEN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<@(?P<person>[UW][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<#(?P<channel>[CGD][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<!(?P<group>here|channel|everyone)(?:\|[^>]*)?>"
    r"|<!date\^(?P<date>\d+)\^(?P<form>[^|>^]*)(?:\^(?P<goal>[^|>]*))?\|(?P<otherwise>[^>]*)>"
    r"|<(?P<link>(?:https?|mailto):[^>|]*)(?:\|(?P<label>[^>]*))?>"
    r"|(?<![A-Za-z0-9:]):(?P<emoji>[a-z0-9_+'-]+):(?:(?=:)|(?![A-Za-z0-9]))"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
_QUOTE = re.compile(r"(?:&gt;|>)\s*")
_TAGS: Final = {"bold": "strong", "italic": "em", "strike": "s"}


def emoji_sign(name: str) -> str:
    """The sign of an emoji by Slack's name of it; the name in colons where there is none."""
    for known in (name, name.removeprefix("large_")):
        sign = emoji.emojize(f":{known}:", language="alias")
        if not sign.startswith(":"):
            return sign
    return f":{name}:"


class Markup:
    """Turns Slack's markup into HTML for one reader.

    Args:
        name: Gives the name for the id of a person or channel.
        reader: The reader's own id: mentions of them stand out.
        zone: The reader's time zone, for dates.
    """

    def __init__(self, name: Name, reader: str = "", zone: str = "UTC") -> None:
        self._name = name
        self._reader = reader
        self._zone = zone

    def mrkdwn(self, text: str) -> str:
        """Slack's mrkdwn as HTML."""
        parts = _FENCE.split(text)
        pieces = [
            f"<pre>{_safe(part)}</pre>" if place % 2 else self._lines(part) for place, part in enumerate(parts) if part
        ]
        return "".join(pieces)

    def plain(self, text: str) -> str:
        """A plain_text object's words as HTML: only emoji have a meaning in them."""
        safe = html.escape(text, quote=False)
        shown = re.sub(r":([a-z0-9_+'-]+):", lambda found: emoji_sign(found[1]), safe)
        return shown.replace("\n", "<br>")

    def text(self, composition: Mapping[str, Any]) -> str:
        """A text object, plain_text or mrkdwn, as HTML."""
        words = str(composition.get("text", ""))
        return self.mrkdwn(words) if composition.get("type") == "mrkdwn" else self.plain(words)

    def link(self, address: str, label: str) -> str:
        """A link as HTML; only its words where the page may not open it."""
        return _around(_stored(address), self.plain(label))

    def rich_text(self, block: Mapping[str, Any]) -> str:
        """A rich_text block as HTML."""
        return "".join(self._rich(element) for element in block.get("elements", []))

    def _lines(self, text: str) -> str:
        """Lines of mrkdwn, those that begin with > as quotes."""
        pieces: list[str] = []
        quoted: list[str] = []
        plain: list[str] = []

        def flush() -> None:
            if quoted:
                pieces.append(f"<blockquote>{'<br>'.join(quoted)}</blockquote>")
                quoted.clear()
            if plain:
                pieces.append("<br>".join(plain))
                plain.clear()

        for line in text.strip("\n").split("\n"):
            if quote := _QUOTE.match(line):
                if plain:
                    flush()
                quoted.append(self._inline(line[quote.end() :]))
            else:
                if quoted:
                    flush()
                plain.append(self._inline(line))
        flush()
        return "".join(pieces)

    def _inline(self, text: str) -> str:
        pieces: list[str] = []
        end = 0
        for found in _TOKEN.finditer(text):
            pieces.append(_safe(text[end : found.start()]))
            pieces.append(self._token(found))
            end = found.end()
        return "".join([*pieces, _safe(text[end:])])

    def _token(self, found: re.Match[str]) -> str:
        kind = str(found.lastgroup)
        match kind:
            case "code":
                return f"<code>{_safe(found['code'])}</code>"
            case "person":
                return self._mention(found["person"])
            case "channel":
                return f'<span class="mention">#{_safe(self._name(found["channel"]))}</span>'
            case "group":
                return f'<span class="mention mine">@{found["group"]}</span>'
            case "otherwise":
                shown = self._date(int(found["date"]), found["form"], found["otherwise"])
                return _around(found["goal"], shown)
            case "link" | "label":
                return _link(found["link"], found["label"])
            case "emoji":
                return emoji_sign(found["emoji"])
            case _:
                return f"<{_TAGS[kind]}>{self._inline(found[kind])}</{_TAGS[kind]}>"

    def _mention(self, person: str) -> str:
        mine = " mine" if person == self._reader else ""
        return f'<span class="mention{mine}">@{_safe(self._name(person))}</span>'

    def _date(self, seconds: int, form: str, otherwise: str) -> str:
        try:
            there = datetime.fromtimestamp(seconds, ZoneInfo(self._zone))
        except (ValueError, OverflowError, OSError):
            return _safe(otherwise)
        day = f"{there.day} {there:%b %Y}"
        long_day = f"{there:%A}, {there.day} {there:%B %Y}"
        words = {
            "{date_num}": f"{there:%Y-%m-%d}",
            "{date}": day,
            "{date_short}": day,
            "{date_long}": long_day,
            "{date_pretty}": day,
            "{date_short_pretty}": day,
            "{date_long_pretty}": long_day,
            "{time}": f"{there:%H:%M}",
            "{time_secs}": f"{there:%H:%M:%S}",
        }
        for token, said in words.items():
            form = form.replace(token, said)
        return f"<time>{_safe(form)}</time>"

    def _rich(self, part: Mapping[str, Any]) -> str:
        match part.get("type"):
            case "rich_text_section":
                return f"<div>{self._rich_inline(part)}</div>"
            case "rich_text_list":
                tag = "ol" if part.get("style") == "ordered" else "ul"
                indent = int(part.get("indent", 0))
                items = "".join(f"<li>{self._rich_inline(item)}</li>" for item in part.get("elements", []))
                return f'<{tag} style="margin-left:{indent * 1.5}em">{items}</{tag}>'
            case "rich_text_quote":
                return f"<blockquote>{self._rich_inline(part)}</blockquote>"
            case "rich_text_preformatted":
                return f"<pre>{self._rich_inline(part)}</pre>"
            case _:
                return ""

    def _rich_inline(self, part: Mapping[str, Any]) -> str:
        elements: Sequence[Mapping[str, Any]] = part.get("elements", [])
        return "".join(self._rich_piece(element) for element in elements)

    def _rich_piece(self, piece: Mapping[str, Any]) -> str:
        match piece.get("type"):
            case "text":
                shown = _stored(str(piece.get("text", ""))).replace("\n", "<br>")
            case "user":
                shown = self._mention(str(piece["user_id"]))
            case "channel":
                shown = f'<span class="mention">#{_safe(self._name(str(piece["channel_id"])))}</span>'
            case "broadcast":
                shown = f'<span class="mention mine">@{_stored(str(piece["range"]))}</span>'
            case "link":
                shown = _link(_stored(str(piece["url"])), _stored(str(piece.get("text") or "")))
            case "emoji":
                shown = _stored(emoji_sign(str(piece["name"])))
            case "date":
                form, otherwise = str(piece.get("format", "{date_short}")), str(piece.get("fallback", ""))
                date = self._date(int(piece["timestamp"]), _stored(form), _stored(otherwise))
                shown = _around(_stored(str(piece.get("url") or "")), date)
            case _:
                shown = ""
        style: Mapping[str, bool] = piece.get("style") or {}
        for key, tag in (("bold", "strong"), ("italic", "em"), ("strike", "s"), ("code", "code")):
            if style.get(key):
                shown = f"<{tag}>{shown}</{tag}>"
        return shown


def _stored(text: str) -> str:
    """Words as Slack stores them in mrkdwn."""
    return html.escape(text, quote=False)


def unescape(text: str) -> str:
    """Slack's three entities as characters; all others are words like any."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def is_address(text: str) -> bool:
    """Whether something may be opened from the page."""
    return text.startswith(("https:", "http:", "mailto:"))


def _safe(text: str) -> str:
    """Escaped once: Slack's own entities are not escaped again."""
    return html.escape(unescape(text), quote=False)


def _link(address: str, label: str | None) -> str:
    return _around(address, _safe(label or address))


def _around(address: str | None, shown: str) -> str:
    if not address or not is_address(address):
        return shown
    target = html.escape(unescape(address), quote=True)
    return f'<a href="{target}" target="_blank" rel="noopener noreferrer">{shown}</a>'
