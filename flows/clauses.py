"""What one clause of a message is made of: amounts, dates, known metrics, known phrases, and words left over."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.deadlines import Deadline, find_deadlines
from flows.metrics import FIRST_WORDS, LONGEST_NAME, KnownMetric, recognise_words, simplify
from flows.objectives import Unit
from flows.phrases import LONGEST_PHRASE, PHRASES, Tag
from flows.plain_text import DENYING
from flows.quantities import Quantity, find_quantities
from flows.word_lists import word_set


class Kind(StrEnum):
    """What a piece of a clause is."""

    WORD = "word"
    PHRASE = "phrase"
    QUANTITY = "quantity"
    DATE = "date"
    METRIC = "metric"
    MARK = "mark"


@dataclass(frozen=True)
class Piece:
    """One word, phrase, amount, date, known metric or punctuation mark, with its place in the clause."""

    kind: Kind
    text: str
    start: int
    end: int
    tag: Tag | None = None
    quantity: Quantity | None = None
    deadline: Deadline | None = None
    metric: KnownMetric | None = None

    def says(self, *tags: Tag) -> bool:
        """Whether it is a phrase that says one of these things."""
        return self.tag in tags


_BY_FRACTION = re.compile(r"by\s+[0-9]+/[0-9]+", re.IGNORECASE)
_TOKEN = re.compile(r"<=|>=|->|=>|[^\W_][\w'&/-]{0,60}[^\W_]|[^\W_]|[^\w\s]|_")
_DECORATION = word_set("So Sk Mn")
_PUNCTUATION = frozenset(".,:;!()[]\"'?|")
_LONGEST_METRIC = LONGEST_NAME + 5


def cut_up(clause: str, today: date) -> tuple[Piece, ...]:
    """The pieces of a clause, in order; only blanks and decoration are left out."""
    dates = _without_fraction(clause, find_deadlines(clause, today))
    taken = [Piece(Kind.DATE, clause[one.start : one.end], one.start, one.end, deadline=one) for one in dates]
    without_dates = clause
    for one in dates:
        without_dates = without_dates[: one.start] + "\n" * (one.end - one.start) + without_dates[one.end :]
    taken += [
        Piece(Kind.QUANTITY, clause[one.start : one.end], one.start, one.end, quantity=one)
        for one in find_quantities(without_dates)
    ]
    return tuple(_fill_gaps(clause, sorted(taken, key=lambda piece: piece.start)))


def _without_fraction(clause: str, dates: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    """In "cut the bill by 1/10", where no other amount is given, a tenth is meant rather than a day."""
    if len(dates) != 1 or not _BY_FRACTION.fullmatch(clause, dates[0].start, dates[0].end):
        return dates
    fractions, *others = find_quantities(clause[dates[0].start :])
    alone = not others and not find_quantities(clause[: dates[0].start])
    return () if alone and fractions.unit is Unit.PERCENT else dates


def _fill_gaps(clause: str, taken: list[Piece]) -> Iterator[Piece]:
    position = 0
    for piece in taken:
        yield from _name_tokens(clause, position, piece.start)
        yield piece
        position = piece.end
    yield from _name_tokens(clause, position, len(clause))


def _name_tokens(clause: str, start: int, end: int) -> Iterator[Piece]:
    tokens = [match for match in _TOKEN.finditer(clause, start, end) if not _is_decoration(match[0])]
    simple = [simplify(token[0]) for token in tokens]
    words = [token[0].lower() for token in tokens]
    at = 0
    while at < len(tokens):
        count, piece = _phrase_at(clause, tokens, words, at)
        metric = _metric_at(clause, tokens, simple, at)
        if metric and metric[0] >= count:
            count, piece = metric
        yield piece
        at += count


def _is_decoration(token: str) -> bool:
    return unicodedata.category(token[0]) in _DECORATION and token not in DENYING and (token.lower(),) not in PHRASES


def _metric_at(
    clause: str, tokens: list[re.Match[str]], simple: list[tuple[str, ...]], at: int
) -> tuple[int, Piece] | None:
    if not simple[at] or simple[at][0] not in FIRST_WORDS:
        return None
    for count in range(min(_LONGEST_METRIC, len(tokens) - at), 0, -1):
        inside = simple[at : at + count]
        if any(not words and not tokens[at + place][0].isalpha() for place, words in enumerate(inside)):
            continue
        known = recognise_words(tuple(word for words in inside for word in words)) if inside[-1] else None
        if known:
            start, end = tokens[at].start(), tokens[at + count - 1].end()
            return count, Piece(Kind.METRIC, clause[start:end], start, end, metric=known)
    return None


def _phrase_at(clause: str, tokens: list[re.Match[str]], words: list[str], at: int) -> tuple[int, Piece]:
    for count in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
        tag = PHRASES.get(tuple(words[at : at + count]))
        if tag:
            start, end = tokens[at].start(), tokens[at + count - 1].end()
            return count, Piece(Kind.PHRASE, clause[start:end], start, end, tag=tag)
    token = tokens[at]
    kind = Kind.MARK if token[0] in _PUNCTUATION else Kind.WORD
    return 1, Piece(kind, token[0], *token.span())
