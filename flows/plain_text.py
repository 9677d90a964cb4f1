"""What a person wrote in Slack, without its markup: plain words in one kind of quotes, dashes and spaces."""

import re
import unicodedata

DENYING = frozenset("👎🚫❌⛔🙃😉🤔❓🙅")
"""Signs that may take back what the words say."""

_DENYING_NAMES = (
    "thumbsdown|no_entry|no_entry_sign|upside_down_face|wink|thinking_face|question|no_good|negative_squared_cross_mark"
)

_MARKUP = (
    (re.compile(r"~~?[^~\n]{1,300}~~?"), " "),  # struck out: taken back
    (re.compile(r"<[@#!][^<>\n]{0,200}>"), " "),  # a person, a channel, everybody
    (re.compile(r"<(?:https?|mailto)[^<>\n]{0,2000}>"), " link "),
    (re.compile(r"https?://\S{1,2000}"), " link "),
    (re.compile(r":chart_with_upwards_trend:"), " 📈 "),
    (re.compile(r":chart_with_downwards_trend:"), " 📉 "),
    (re.compile(rf":(?:-1|x|{_DENYING_NAMES}):"), " 👎 "),
    (re.compile(r"(?<![\w:]):[a-z+][a-z0-9_+-]{1,40}:(?!\w)"), " "),  # an emoji by name
    (re.compile(r"&lt;"), "<"),
    (re.compile(r"&gt;"), ">"),
    (re.compile(r"&amp;"), "&"),
    (re.compile(r"[`*]"), ""),
    (re.compile(r"(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])"), ""),
)
_SAME = str.maketrans(
    {
        "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u02d7": "-", "\ufe63": "-",
        "’": "'", "‘": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u3000": " ", "\t": " ",
        "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "\u00ad": None, "\ufe0f": None,
        "\r": "\n", "\u2028": "\n", "\u2029": "\n", "…": ".",
    }
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
)  # fmt: skip

_CONTRACTIONS = (
    (re.compile(r"\bcan't\b|\bcannot\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"n't\b", re.IGNORECASE), " not"),
    (re.compile(r"\bdont\b", re.IGNORECASE), "do not"),
)

_REFERENCES = (
    (re.compile(r"<@[UW][A-Z0-9]+\|(?P<name>[^<>\n]+)>"), r"@\g<name>"),
    (re.compile(r"<#[CG][A-Z0-9]+\|(?P<name>[^<>\n]+)>"), r"#\g<name>"),
    (re.compile(r"<!(?P<name>here|channel|everyone)(?:\|[^<>\n]*)?>"), r"@\g<name>"),
    (re.compile(r"<(?P<link>https?://[^<>|\n]+)(?:\|[^<>\n]*)?>"), r"\g<link>"),
    (re.compile(r"<mailto:[^<>|\n]+\|(?P<address>[^<>\n]+)>"), r"\g<address>"),
    (re.compile(r"&lt;"), "<"),
    (re.compile(r"&gt;"), ">"),
    (re.compile(r"&amp;"), "&"),
)


def as_typed(text: str) -> str:
    """A text from Slack as its writer typed it; a person who is referred to by nothing but an id stays `<@U…>`."""
    for pattern, replacement in _REFERENCES:
        text = pattern.sub(replacement, text)
    return text.strip()


def to_plain_text(text: str) -> str:
    """The text without markup, contractions ("don't"), control characters and lone surrogates."""
    plain = text.translate(_SAME)
    for pattern, replacement in _MARKUP:
        plain = pattern.sub(replacement, plain)
    plain = "".join(character if _is_readable(character) else " " for character in plain)
    for pattern, replacement in _CONTRACTIONS:
        plain = pattern.sub(replacement, plain)
    return re.sub(r"[ ]{2,}", " ", plain).strip()


def _is_readable(character: str) -> bool:
    return character == "\n" or unicodedata.category(character)[0] != "C"
