"""How long a message may be: less than sixty words, so that it is read at a glance; and what makes it fit."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from bot.blocks import Block, mention

MOST_WORDS: Final = 59

Row = TypeVar("Row")

_PERSON = re.compile(r"<@[^>]*>")
_LABELLED_LINK = re.compile(r"<[^@#!|>][^|>]*\|([^>]*)>")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_SENTENCE_END = re.compile(r"(?<=[.?]) ")
_WORD = re.compile(r"\S*[^\W_]\S*")


def count_words(*said: str | Block) -> int:
    """How many words somebody reads in texts in mrkdwn, and in blocks.

    A person counts twice, since most names have two parts. Signs, bars and the labels of buttons are no words.
    """
    return sum(_count(text) for one in said for text in ([one] if isinstance(one, str) else read_texts(one)))


def _count(text: str) -> int:
    text = _LABELLED_LINK.sub(r"\1", _PERSON.sub("first last", text))
    return len(_WORD.findall(_EMOJI.sub(" ", text)))


def read_texts(block: Block) -> Iterator[str]:
    """The texts of a block, without those of its buttons and menus."""
    parts = [block.get("text"), *block.get("fields", ())]
    if block["type"] == "context":
        parts += block["elements"]
    return (part["text"] for part in parts if part)


def room_beside(*said: str | Block) -> int:
    """How many words a message can still have beside these."""
    return max(0, MOST_WORDS - count_words(*said))


def cut_words(text: str, most: int) -> str:
    """At most so many words, with an ellipsis where something was cut; nothing where there is room for none."""
    if most < 1:
        return ""
    words = text.split()
    return text if len(words) <= most else f"{' '.join(words[:most]).rstrip('.,;:')}…"


def cut_sentences(text: str, most: int) -> str:
    """As many whole sentences as have at most so many words together; where the first is longer, its beginning."""
    sentences = _SENTENCE_END.split(text.strip())
    kept = sentences[:1]
    for sentence in sentences[1:]:
        if count_words(*kept, sentence) > most:
            break
        kept.append(sentence)
    text = " ".join(kept)
    return text if count_words(text) <= most else cut_words(text, most)


def shorten(blocks: Sequence[Block], spare: Sequence[Block]) -> list[Block]:
    """The blocks without those that can be spared, the first of these first, until what is left is short enough."""
    kept = list(blocks)
    for one in spare:
        if count_words(*kept) <= MOST_WORDS:
            break
        kept = [block for block in kept if block is not one]
    return kept


def split_pages(rows: Sequence[Row], length: Callable[[Row], int], room: int) -> list[list[Row]]:
    """Rows on pages with room for so many words each; a row that is longer has a page of its own."""
    pages: list[list[Row]] = [[]]
    left = room
    for row in rows:
        if pages[-1] and length(row) > left:
            pages.append([])
            left = room
        left -= length(row)
        pages[-1].append(row)
    return pages


def list_people(people: Sequence[str], most: int = 5) -> str:
    """Mentions of people side by side, of so many at most, and how many more there are."""
    more = f" and {len(people) - most} more" if len(people) > most else ""
    return ", ".join(mention(person) for person in people[:most]) + more
