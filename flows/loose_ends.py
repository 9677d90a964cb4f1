"""Words that are no part of a metric's name and say nothing certain about the goal; each is doubted."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from flows.clauses import Kind, Piece
from flows.doubts import Doubt, DoubtKind
from flows.phrases import Tag
from flows.targets import Amounts
from flows.word_lists import word_set

_MOVES = (Tag.UP, Tag.DOWN, Tag.DOUBLE, Tag.TRIPLE, Tag.QUADRUPLE, Tag.HALVE)
_TELLING = word_set("is are we i they it have has")
_TIMES = ("x", "×", "times", "fold")
_MODALS = word_set("can could may might will would")
_AT_ONCE = word_set("now|current", "|")


def find_loose_ends(pieces: Sequence[Piece], amounts: Amounts) -> list[Doubt]:
    """A doubt for each word whose meaning was not used, and for a sentence that may tell rather than ask."""
    return [
        *_unread(pieces, amounts),
        *_two_moves(pieces, amounts),
        *_judged(pieces, amounts),
        *_telling(pieces),
        *_firm_and_flexible(pieces),
        *_times_more(pieces),
    ]


def _unread(pieces: Sequence[Piece], amounts: Amounts) -> Iterator[Doubt]:
    for place, piece in enumerate(pieces):
        vague = piece.says(Tag.VAGUE)
        unsure = piece.says(Tag.MIGHT) and not _is_denied(pieces, place)
        alone = piece.text.lower() == "just" and _stands_before_name(pieces, place)
        idle = piece.says(Tag.NOW) and place not in amounts.used and piece.text.lower() not in _AT_ONCE
        if vague or unsure or idle or alone:
            yield Doubt(DoubtKind.UNREAD_QUALIFIER, f"I did not use “{piece.text}”.")


def _stands_before_name(pieces: Sequence[Piece], place: int) -> bool:
    """Whether "just" means only: "grow just ads", "just 10 %", though not "just grow ads"."""
    behind = pieces[place + 1 : place + 2]
    return any(piece.kind in {Kind.METRIC, Kind.WORD, Kind.QUANTITY} for piece in behind)


def _is_denied(pieces: Sequence[Piece], place: int) -> bool:
    """Whether "not" follows: "can not be less than" says that something must not be."""
    if pieces[place].text.lower() not in _MODALS:
        return False
    return place + 1 < len(pieces) and pieces[place + 1].says(Tag.NOT, Tag.NO_CHANGE_UP, Tag.NO_CHANGE_DOWN)


def _two_moves(pieces: Sequence[Piece], amounts: Amounts) -> Iterator[Doubt]:
    """Two words of direction may be one about the other: "stop the decline in sales", "reduce falls"."""
    moves = [place for place, piece in enumerate(pieces) if piece.says(*_MOVES) and place not in amounts.used]
    apart = [one for one, other in pairwise(moves) if not _is_particle(pieces[other])]
    if apart:
        yield Doubt(DoubtKind.ASSUMED_DIRECTION, "I was not sure which way it should go.")


def _judged(pieces: Sequence[Piece], amounts: Amounts) -> Iterator[Doubt]:
    """Beside "increase", the words "better" and "worse" may say something else; so may "down to"."""
    moved = any(piece.says(*_MOVES) for place, piece in enumerate(pieces) if place not in amounts.used)
    better = moved and any(piece.says(Tag.BETTER) for piece in pieces)
    worse = any(piece.says(Tag.WORSE) for piece in pieces) and not any(piece.says(Tag.NOT) for piece in pieces)
    down = any(piece.text.lower() == "down to" for piece in pieces) and any(piece.says(Tag.UP) for piece in pieces)
    if better or worse or down:
        yield Doubt(DoubtKind.ASSUMED_DIRECTION, "I was not sure whether better, worse or down was about the goal.")


def _is_particle(piece: Piece) -> bool:
    return piece.text.lower() in {"up", "down", "off"}


def _telling(pieces: Sequence[Piece]) -> Iterator[Doubt]:
    """Such as "we cut the cloud bill by 10 %" and "revenue is up 10 %", which may be news."""
    if any(piece.kind is Kind.DATE for piece in pieces):
        return
    for piece, behind in pairwise(pieces):
        says = piece.says(Tag.FILLER) and piece.text.lower().split()[-1] in _TELLING
        if says and behind.says(*_MOVES) and not behind.text.lower().startswith("to "):
            yield Doubt(DoubtKind.ASSUMED_DIRECTION, "Is that what you want, or what has already happened?")


def _firm_and_flexible(pieces: Sequence[Piece]) -> Iterator[Doubt]:
    if any(piece.says(Tag.FIRM) for piece in pieces) and any(piece.says(Tag.FLEXIBLE) for piece in pieces):
        yield Doubt(DoubtKind.UNREAD_QUALIFIER, "I was not sure whether it is firm or flexible.")


def _times_more(pieces: Sequence[Piece]) -> Iterator[Doubt]:
    """Whether "3x more" means three times as much, or as much again three times, is anybody's guess."""
    for piece, behind in pairwise(pieces):
        if piece.kind is Kind.QUANTITY and piece.text.lower().endswith(_TIMES) and behind.says(Tag.UP, Tag.DOWN):
            yield Doubt(DoubtKind.AMBIGUOUS_NUMBER, f"I took “{piece.text} {behind.text}” as times as much.")
