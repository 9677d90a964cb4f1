"""Free words of people, as they were meant to be read: Slack's markup and signs that nobody sees taken out."""

import re
import unicodedata

_LINK = re.compile(r"<((?:https?://|mailto:)[^<>|\n]{1,2000})(?:\|[^<>\n]{0,500})?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
# Letters and symbols by Unicode's count, and nothing to be seen all the same.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_JOINERS = frozenset("\n\t\u200c\u200d")


def tidy(text: str) -> str:
    """The words without Slack's escapes, control characters and blanks around them; lines and emoji stay."""
    plain = _LINK.sub(lambda found: found[1].removeprefix("mailto:"), text)
    for entity, sign in _ENTITIES:
        plain = plain.replace(entity, sign)
    plain = re.sub(r"\r\n?|[\u2028\u2029]", "\n", plain)
    return "".join(sign for sign in plain if sign in _JOINERS or unicodedata.category(sign)[0] != "C").strip()


def is_visible(text: str) -> bool:
    """Whether there is anything in the text that can be seen."""
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANKS for sign in text)
