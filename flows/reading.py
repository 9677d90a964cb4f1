"""Reading objectives out of a message: a prefill that its owner confirms, never a decision (section 2.3.2).

A reading without doubts has used every word and every number of the text. Whatever had to be assumed, or was left over,
is said as a doubt, and then one tap is not enough to keep the objective.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from flows.amounts import read_amount, read_money, read_number, read_percentage
from flows.clauses import Kind, Piece, cut_up
from flows.date_patterns import MONTHS
from flows.doubts import Doubt, DoubtKind
from flows.idioms import put_plainly
from flows.interpretation import Understanding, interpret
from flows.metrics import LOWER_IS_BETTER, recognise
from flows.objectives import Direction, Objective
from flows.phrases import BULLETS, CONDITIONS, GREETINGS, VERBS, Tag
from flows.plain_text import to_plain_text

__all__ = [
    "Doubt", "DoubtKind", "Reading", "read_amount", "read_money", "read_number", "read_objectives", "read_percentage",
]  # fmt: skip

LONGEST_TEXT = 2000
"""Characters that are read; a goal that needs more is doubted."""

_MOST_SENTENCES = 40
_MOST_CUTS = 12
_LOOK_AHEAD = 200
_NOT_SHORT = "".join(
    rf"(?<!\b{word})" for word in ("max", "min", "mio", "mrd", "tsd", r"p\.a", "vs", "incl", "excl", "approx")
)
_HARD_BREAK = re.compile(
    rf"\n|;|\s\|\s|(?<=[^\W\d_]){_NOT_SHORT}[.!](?=\s|$)"
    rf"|(?<!^[0-9])(?<!^[0-9]{{2}})(?<=[0-9%)€])[.!](?=\s+[^\W\d_]|\s*$)(?!\s(?:{'|'.join(MONTHS)})\b)|(?<=\?)",
    re.IGNORECASE | re.MULTILINE,
)
_SOFT_BREAK = re.compile(
    r"\s*,?\s+(?:and also|and then|but also|and(?!\s+a\s+half)|but|while|whilst|as well as|plus|or at least|or)\s+"
    r"|\s*,\s+|\s+(?=without\s)|\s+/\s+|\s+\((?=[a-z])|\s+[–—-]\s+(?=[a-z])",
    re.IGNORECASE,
)
_LISTING = re.compile(r"\s*(?:,|,?\s*(?:and|as well as|plus|or))\s*", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&|as well as|plus)\s+|,\s+", re.IGNORECASE)
_OR = re.compile(r"\bor\b(?!\s+(?:more|less|above|below|higher|lower|better|fewer))", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?[1a]\)\s", re.IGNORECASE)
_NEXT_NUMBER = re.compile(r"\s(?=\(?[2-9b-h]\)\s)", re.IGNORECASE)
_POLITE = re.compile(
    r"(?:hi|hello|hey|dear|thanks|thank you|cheers|best|regards),?\s+(?-i:[A-Z])\w{1,20}[.,!]?", re.IGNORECASE
)
_BULLET = re.compile(BULLETS)
_ASKING = re.compile(r"(?:should|shall)\s+(?:we|i|you|it|the)\b", re.IGNORECASE)
_DASH = re.compile(r"\s*[–—-]\s+(?=[0-9€$£.])")


@dataclass(frozen=True)
class Reading:
    """How one objective was read.

    Attributes:
        objective: What was read; None where no goal was found.
        doubts: Why it must not be confirmed with one tap; empty when the reading is certain.
    """

    objective: Objective | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class _Clause:
    """A clause with its reading."""

    text: str
    pieces: tuple[Piece, ...]
    understood: Understanding


def read_objectives(text: str, today: date) -> tuple[Reading, ...]:
    """Read every objective in a message, in the order of the text; `()` when it holds none.

    Questions, greetings and "I don't know" hold none. Words beside the objectives that were not understood are
    doubts of each of them.

    Args:
        text: A message as Slack delivers it, of any length and content.
        today: The day on which it was written, for dates such as "within 90 days".
    """
    plain = to_plain_text(text[: 2 * LONGEST_TEXT])
    if _NUMBERED.match(plain):
        plain = _NEXT_NUMBER.sub("\n", plain)
    sentences = [part for part in _HARD_BREAK.split(plain[:LONGEST_TEXT]) if part.strip()]
    in_a_list = sum(_DASH.match(part) is not None for part in sentences) > 1
    bare = [_without_bullet(part, today, in_a_list=in_a_list) for part in sentences[:_MOST_SENTENCES]]
    clauses = [clause for part in bare for clause in _read_sentence(part, today)]
    found = [clause.understood for clause in clauses if clause.understood.objective]
    doubts = [doubt for clause in clauses if not clause.understood.objective for doubt in _left_out(clause)]
    if len(plain) > LONGEST_TEXT or len(text) > 2 * LONGEST_TEXT or len(sentences) > _MOST_SENTENCES:
        doubts.append(Doubt(DoubtKind.TOO_LONG, "I read only the beginning of your message."))
    return tuple(Reading(one.objective, (*one.doubts, *doubts)) for one in found)


def _without_bullet(sentence: str, today: date, *, in_a_list: bool) -> str:
    """The sentence in plain words; "- 10 % cloud bill" keeps its sign where nothing else in it says which way."""
    bare = put_plainly(_BULLET.sub("", sentence).strip())
    if in_a_list or not _DASH.match(sentence):
        return bare
    said = interpret(bare, cut_up(bare, today))
    if said.objective and all(doubt.kind is not DoubtKind.ASSUMED_DIRECTION for doubt in said.doubts):
        return bare
    welcome = said.objective is not None and said.objective.family in LOWER_IS_BETTER
    return f"-{bare}" if welcome else f"- {bare}"


def _read_sentence(sentence: str, today: date) -> list[_Clause]:
    if sentence.endswith("?") or _ASKING.match(sentence):
        return [_Clause(sentence, cut_up(sentence, today), Understanding(None))]
    clauses = []
    for clause in _split(sentence, today):
        pieces = cut_up(clause, today)
        clauses.append(_Clause(clause, pieces, interpret(clause, pieces)))
    clauses = _with_choice(sentence, [single for clause in clauses for single in _singles(clause)])
    return _share_qualifiers(_share_dates(clauses))


def _singles(clause: _Clause) -> list[_Clause]:
    """One clause for each metric in "time on site and pages per visit should both go up by 5 %"."""
    objective = clause.understood.objective
    names = _AND.split(objective.metric) if objective else []
    known = [recognise(name) for name in names]
    if objective is None or len(names) < 2 or not all(known):  # noqa: PLR2004 - nothing to divide
        return [clause]
    doubt = Doubt(DoubtKind.UNREAD_QUALIFIER, f"I took it for each of “{objective.metric[:80]}”.")
    doubts = (*clause.understood.doubts, doubt)
    parts = [
        objective.model_copy(update={"metric": one.name or name, "family": one.family})
        for name, one in zip(names, known, strict=True)
        if one
    ]
    return [replace(clause, understood=Understanding(part, doubts)) for part in parts]


def _with_choice(sentence: str, clauses: list[_Clause]) -> list[_Clause]:
    if len(clauses) < 2 or not _OR.search(sentence):  # noqa: PLR2004 - nothing to choose from
        return clauses
    doubt = Doubt(DoubtKind.UNREAD_QUALIFIER, "I was not sure whether “or” leaves a choice.")
    return [replace(one, understood=replace(one.understood, doubts=(*one.understood.doubts, doubt))) for one in clauses]


def _split(sentence: str, today: date) -> list[str]:
    """Cut a sentence where both sides are goals of their own: "cut latency by 20 % and keep accuracy above 90 %"."""
    cuts = [match.span() for match in _SOFT_BREAK.finditer(sentence)][:_MOST_CUTS]
    parts: list[str] = []
    begin, carried = 0, ""
    for start, end in cuts:
        left, right = sentence[begin:start], sentence[end : end + _LOOK_AHEAD]
        upto = next((later for later, _ in cuts if later > end), len(sentence))
        shares_verb = _LISTING.fullmatch(sentence[start:end]) is not None
        first = interpret(carried + left, cut_up(carried + left, today)).objective
        rights = (sentence[end:upto], right)
        verb = (carried or _verb(left, today)) if shares_verb else ""
        if first and any(_stands_apart(first, other, today, shares_verb=shares_verb) for other in rights):
            parts.append(carried + left)
            begin, carried = end, ""
        elif first and verb and any(_shares_verb(first, verb + other, today) for other in rights):
            parts.append(carried + left)
            begin, carried = end, verb
    return [*parts, carried + sentence[begin:]]


def _shares_verb(first: Objective, right: str, today: date) -> bool:
    """Whether it is a goal with the verb of the one before; each then needs an amount of its own."""
    second = interpret(right, cut_up(right, today)).objective
    return first.amount is not None and second is not None and second.amount is not None and second.family is not None


def _verb(left: str, today: date) -> str:
    """The verb of a goal, which the next one may share: "increase revenue to $5m and profit to $1m"."""
    pieces = cut_up(left, today)
    verbs = [piece for piece in pieces if piece.says(Tag.UP, Tag.DOWN, Tag.KEEP)]
    alone = len(verbs) == 1 and not any(piece.says(Tag.NOT) for piece in pieces)
    return f"{verbs[0].text} " if alone and verbs[0].start == _start_of(pieces) else ""


def _start_of(pieces: tuple[Piece, ...]) -> int:
    return next((piece.start for piece in pieces if not piece.says(Tag.FILLER, Tag.FIRM, Tag.FLEXIBLE)), 0)


def _stands_apart(first: Objective, right: str, today: date, *, shares_verb: bool) -> bool:
    """Whether it is a goal too; in "increase precision and recall by 5 %" the second goal has no verb of its own."""
    second = interpret(right, pieces := cut_up(right, today))
    if second.objective is None:
        return False
    if not shares_verb or any(piece.says(*VERBS) for piece in pieces):
        return True
    guessed = any(doubt.kind is DoubtKind.ASSUMED_DIRECTION for doubt in second.doubts)
    whole = first.amount is not None or first.direction is Direction.MAINTAIN
    return whole and not guessed


def _share_dates(clauses: list[_Clause]) -> list[_Clause]:
    """A date at the very end or the very beginning of a list of goals is meant for all of them, most likely."""
    edges = [clauses[-1].pieces[-1:], clauses[0].pieces[:1]]
    day = next((piece[0].deadline.day for piece in edges if piece and piece[0].deadline), None)
    if day is None:
        return clauses
    doubt = Doubt(DoubtKind.VAGUE_DATE, "I took the date for all goals of that sentence.")
    return [_with_date(clause, day, doubt) for clause in clauses]


def _with_date(clause: _Clause, day: date, doubt: Doubt) -> _Clause:
    objective = clause.understood.objective
    if objective is None or objective.deadline is not None:
        return clause
    dated = objective.model_copy(update={"deadline": day})
    return replace(clause, understood=Understanding(dated, (*clause.understood.doubts, doubt)))


def _share_qualifiers(clauses: list[_Clause]) -> list[_Clause]:
    """What was not understood in a sentence may be meant for each goal in it: "…, unless it costs more"."""
    doubts = [
        doubt
        for clause in clauses
        for doubt in clause.understood.doubts
        if doubt.kind in {DoubtKind.UNREAD_QUALIFIER, DoubtKind.UNUSED_NUMBER}
    ]
    doubts += [
        Doubt(DoubtKind.UNREAD_QUALIFIER, f"I did not use “{piece.text}”.")
        for clause in clauses
        for piece in clause.pieces
        if piece.kind is Kind.WORD and piece.text.lower() in CONDITIONS
    ]
    return [
        replace(
            clause,
            understood=replace(clause.understood, doubts=tuple(dict.fromkeys((*clause.understood.doubts, *doubts)))),
        )
        for clause in clauses
    ]


def _left_out(clause: _Clause) -> list[Doubt]:
    """What a clause without an objective says beside greetings and fillers."""
    if clause.text.strip(" .,!:").lower() in GREETINGS or _POLITE.fullmatch(clause.text.strip()):
        return []
    left = [piece for piece in clause.pieces if piece.kind is not Kind.MARK and not piece.says(Tag.FILLER)]
    numbers = [piece for piece in left if piece.kind is Kind.QUANTITY]
    doubts = [Doubt(DoubtKind.UNUSED_NUMBER, f"I did not use the number {piece.text.strip()}.") for piece in numbers]
    if len(left) > len(numbers):
        doubts.append(Doubt(DoubtKind.UNREAD_QUALIFIER, f"I did not use “{clause.text[:80].strip()}”."))
    return doubts
