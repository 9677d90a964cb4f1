"""The shape of rich text (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from playground.elements import ID, URL
from playground.shapes import Anything, ByType, Flag, Many, Record, Shape, Whole, Words

_MANY = 1000
_TEXT = Words(12_000, low=0)
_STYLE = Record(
    {
        name: Flag()
        for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
    }
)


def _inline(fields: dict[str, Shape], required: tuple[str, ...]) -> Record:
    return Record({"style": _STYLE, **fields}, required=required)


_LINK = _inline({"url": URL, "text": _TEXT, "unsafe": Flag()}, ("url",))
_WORDS = _inline({"text": _TEXT}, ("text",))
_INLINE = ByType(
    {
        "broadcast": _inline({"range": Words(8, choices=frozenset({"here", "channel", "everyone"}))}, ("range",)),
        "channel": _inline({"channel_id": ID}, ("channel_id",)),
        "color": _inline({"value": Words(20)}, ("value",)),
        "date": _inline(
            {"timestamp": Whole(), "format": Words(300), "url": URL, "fallback": Words(300)}, ("timestamp", "format")
        ),
        "emoji": _inline({"name": Words(100), "unicode": Words(100), "url": URL, "skin_tone": Whole(1, 6)}, ("name",)),
        "link": _LINK,
        "team": _inline({"team_id": ID}, ("team_id",)),
        "text": _WORDS,
        "user": _inline({"user_id": ID}, ("user_id",)),
        "usergroup": _inline({"usergroup_id": ID}, ("usergroup_id",)),
    }
)
_BORDER = Whole(0, 1)
_SECTION = Record({"elements": Many(_INLINE, _MANY, low=0)}, required=("elements",))
_LIST = Record(
    {
        "style": Words(7, choices=frozenset({"bullet", "ordered"})),
        "elements": Many(ByType({"rich_text_section": _SECTION}), _MANY),
        "indent": Whole(0, 8),
        "offset": Whole(),
        "border": _BORDER,
    },
    required=("style", "elements"),
)
_QUOTE = Record({"elements": Many(_INLINE, _MANY, low=0), "border": _BORDER}, required=("elements",))
_PREFORMATTED = Record(
    {
        "elements": Many(ByType({"text": _WORDS, "link": _LINK}), _MANY, low=0),
        "border": _BORDER,
        "language": Anything(),
    },
    required=("elements",),
)
_PARTS = ByType(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": _LIST,
        "rich_text_quote": _QUOTE,
        "rich_text_preformatted": _PREFORMATTED,
    }
)

RICH_TEXT = Record({"block_id": ID, "elements": Many(_PARTS, _MANY)}, required=("elements",))
"""The block itself."""
ONE_RICH_TEXT = ByType({"rich_text": RICH_TEXT})
"""Rich text within another block."""
