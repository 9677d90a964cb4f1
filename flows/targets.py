"""Which amount of a clause is asked for, which is today's, and which words around them belong to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flows.clauses import Kind, Piece
from flows.objectives import Bound
from flows.phrases import Tag
from flows.quantities import Quantity
from flows.word_lists import word_set

COMPARISONS = (Tag.AT_LEAST, Tag.AT_MOST, Tag.ABOVE, Tag.BELOW, Tag.OR_BETTER)
LOWER = frozenset({Tag.AT_MOST, Tag.BELOW, Tag.OR_LESS})
_LEADS = (Tag.BY, Tag.TO, Tag.AT, Tag.FROM, Tag.ARROW, Tag.OF, Tag.DASH)
_PASSED_OVER = word_set("just exactly precisely a an the of is be are")
_BEHIND = (Tag.OR_MORE, Tag.OR_LESS, Tag.OR_BETTER, Tag.AT_MOST, Tag.AT_LEAST)
_COMPARATIVES = word_set(
    "more higher greater additional extra longer larger bigger less fewer lower smaller shorter up down saved "
    "off savings saving increase decrease reduction faster cheaper better growth rise drop"
)


@dataclass(frozen=True)
class Target:
    """The amount that is asked for, with the words around it.

    Attributes:
        quantity: The amount.
        comparison: "at least" or "under", before or behind it.
        lead: "by", "to" or "at" before it.
        about: Whether it is rough.
        comparative: Whether "more", "less" or the like follows at once.
        more: Whether just "more" or "less" does, which may be more or less of something else.
    """

    quantity: Quantity
    comparison: Tag | None = None
    lead: Tag | None = None
    about: bool = False
    comparative: bool = False
    more: bool = False

    def settled(self, wished: int) -> "Target":
        """With "or better" as "or more", or as "or less" where less is wished for."""
        if self.comparison is not Tag.OR_BETTER:
            return self
        return replace(self, comparison=Tag.OR_LESS if wished < 0 else Tag.OR_MORE)

    @property
    def bound(self) -> Bound | None:
        """Least, most or roughly."""
        if self.comparison:
            return Bound.AT_MOST if self.comparison in LOWER else Bound.AT_LEAST
        return Bound.ABOUT if self.about else None


@dataclass(frozen=True)
class Amounts:
    """The amounts of a clause.

    Attributes:
        target: What is asked for.
        place: Where that stands among the pieces.
        baseline: Today's value.
        unused: Numbers without a part.
        used: The places of the pieces that belong to the target and to today's value.
    """

    target: Target | None = None
    place: int = 0
    baseline: Quantity | None = None
    unused: tuple[Piece, ...] = ()
    used: frozenset[int] = field(default_factory=frozenset)


def weigh(pieces: Sequence[Piece]) -> Amounts:
    """Tell the amount that is asked for from today's value and from numbers that have no part."""
    places = [place for place, piece in enumerate(pieces) if piece.kind is Kind.QUANTITY]
    if not places:
        return Amounts()
    baseline = _baseline(pieces, places)
    wanted = [place for place in places if not baseline or place != baseline[0]]
    if baseline and not wanted:
        return Amounts(baseline=pieces[baseline[0]].quantity, used=frozenset(baseline))
    target, used = _target(pieces, wanted[0])
    unused = tuple(pieces[place] for place in wanted[1:])
    if baseline is None:
        return Amounts(target, wanted[0], None, unused, used)
    return Amounts(target, wanted[0], pieces[baseline[0]].quantity, unused, used | set(baseline))


def _baseline(pieces: Sequence[Piece], places: Sequence[int]) -> tuple[int, int] | None:
    """The place of today's value, and of the word that says so."""
    if len(places) == 1:
        return _lone_baseline(pieces, places[0])
    for place in places:
        before, behind = _step(pieces, place, -1), _step(pieces, place, 1)
        if before is not None and pieces[before].says(Tag.FROM, Tag.NOW):
            return place, before
        if behind is not None and pieces[behind].says(Tag.NOW):
            return place, behind
    return _before_arrow(pieces, places)


def _before_arrow(pieces: Sequence[Piece], places: Sequence[int]) -> tuple[int, int] | None:
    """The 3 % in "3 % → 4.5 %"."""
    first, second = places[:2]
    behind = pieces[first + 1] if first + 1 < second else None
    if behind is None or second != first + 2 or not behind.says(Tag.ARROW):
        return None
    before = _step(pieces, first, -1)
    loose = before is None or not pieces[before].says(Tag.BY, *COMPARISONS)
    return (first, first) if loose else None


def _lone_baseline(pieces: Sequence[Piece], place: int) -> tuple[int, int] | None:
    """A lone amount is what is asked for, but in "(now €50,000)"; in "cut it by 10 % now" it is asked for at once."""
    before, behind = _step(pieces, place, -1), _step(pieces, place, 1)
    if before is not None and pieces[before].says(Tag.NOW) and not _is_comparative(pieces, place):
        return place, before
    apart = place > 0 and pieces[place - 1].text in {"(", ","}
    return (place, behind) if apart and behind is not None and pieces[behind].says(Tag.NOW) else None


def _is_comparative(pieces: Sequence[Piece], place: int) -> bool:
    """Whether "more", "less" or the like follows the amount at once."""
    return place + 1 < len(pieces) and pieces[place + 1].text.lower().split()[0] in _COMPARATIVES


def _step(pieces: Sequence[Piece], place: int, step: int) -> int | None:
    """The nearest place that way which is not a filler."""
    place += step
    while 0 <= place < len(pieces) and (pieces[place].says(Tag.FILLER, Tag.ABOUT) or pieces[place].text == ":"):
        place += step
    return place if 0 <= place < len(pieces) else None


def _target(pieces: Sequence[Piece], place: int) -> tuple[Target, frozenset[int]]:
    quantity = pieces[place].quantity
    assert quantity is not None  # noqa: S101 - for the type checker: only amounts are handed in
    comparison, lead, about, used = None, None, False, {place}
    at = place - 1
    while at >= 0 and lead is None:
        piece = pieces[at]
        if piece.says(Tag.ABOUT):
            about = True
        elif piece.says(*COMPARISONS) and comparison is None:
            comparison = piece.tag
        elif quantity.high is not None and piece.text.lower() == "between":
            pass
        elif piece.says(*_LEADS) and piece.text.lower() not in _NO_LEAD:
            lead = piece.tag
        elif not (piece.says(Tag.FILLER) and piece.text.lower() in _PASSED_OVER) and piece.text not in {":", "."}:
            break
        used.add(at)
        at -= 1
    behind = pieces[place + 1] if place + 1 < len(pieces) else None
    if behind and comparison is None and (behind.says(*_BEHIND) or behind.text == "+"):
        comparison = behind.tag or Tag.OR_MORE
        used.add(place + 1)
    last = len(pieces) - 1
    dated = any(piece.kind is Kind.DATE for piece in pieces[place:])
    if comparison is None and not dated and last > place + 1 and pieces[last].says(*_BEHIND):
        comparison = pieces[last].tag
        used.add(last)
    if quantity.open and comparison is None:
        comparison = Tag.OR_MORE
    comparative = _is_comparative(pieces, place)
    more = comparative and pieces[place + 1].text.lower() in {"more", "less"}
    return Target(quantity, comparison, lead, about, comparative, more), frozenset(used)


_NO_LEAD = word_set("on for per and or & with across among between in")
