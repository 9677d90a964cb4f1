"""Which way a metric should go, or on which side of a level it must stay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.clauses import Piece
from flows.doubts import Doubt, DoubtKind
from flows.measures import find_mode
from flows.metric_names import TIMED
from flows.metric_words import Named
from flows.metrics import LOWER_IS_BETTER, simplify
from flows.objectives import Bound, Direction, Mode, Unit
from flows.phrases import Tag
from flows.quantities import Quantity
from flows.targets import LOWER, Amounts, Target
from flows.topics import find_topic
from flows.word_lists import word_set

_SIGNS = {Tag.UP: 1, Tag.DOUBLE: 1, Tag.TRIPLE: 1, Tag.QUADRUPLE: 1, Tag.DOWN: -1, Tag.HALVE: -1}
_WAYS = {"down to": -1, "down from": -1, "up from": 1}
_TIMES = {Tag.DOUBLE: 100.0, Tag.TRIPLE: 200.0, Tag.QUADRUPLE: 300.0, Tag.HALVE: 50.0}
_COMPARATIVES = word_set("more less fewer higher lower greater smaller")
_CHEAPER = word_set("cheaper|less expensive", "|")
_LASTING = TIMED
_COSTS = word_set(
    "cloud_bill training_cost serving_cost label_cost support_cost operating_cost error_cost fraud_loss energy "
    "delivery_cost fuel_cost energy_cost production_cost unit_cost acquisition_cost travel_cost"
)
_QUICK = TIMED - {"time_on_platform", "uptime_between_failures"} | {"throughput"}
_FITTING = {
    "longer": _LASTING,
    "shorter": _LASTING,
    **dict.fromkeys(_CHEAPER, _COSTS),
    "faster": _QUICK,
    "quicker": _QUICK,
    "happier": word_set("satisfaction employee_satisfaction"),
}
"""The metrics that such a word can be said of; "longer visits" are not more of them, nor are "cheaper" ones."""

_COUNTED = frozenset({simplify("ads"), simplify("adverts"), simplify("advertisements")})
_COUNTING = word_set("more fewer less additional extra")
"""More ads are certainly more of them; ads that grow may be a business."""

_EITHER_WAY = word_set("ad_load visits review_load marketing_cost")
_AGAINST = {1: {Direction.DECREASE, Direction.AT_MOST}, -1: {Direction.INCREASE, Direction.AT_LEAST}}
_SAVING = ("sav", "shave", "off", "knock", "trim")


@dataclass(frozen=True)
class Course:
    """Where the metric should go.

    Attributes:
        direction: Which way, or which side.
        mode: Whether the amount is a change or a level.
        bound: Whether the amount is a least, a most, or roughly.
        times: The change in percent that "double" or "halve" says.
        doubts: What had to be assumed.
    """

    direction: Direction
    mode: Mode = Mode.CHANGE
    bound: Bound | None = None
    times: float | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class _Words:
    """What the words of a clause say about direction."""

    tags: tuple[Tag, ...]
    texts: tuple[str, ...]
    signs: frozenset[int]
    first_sign: int
    wished: int
    denied_at: int
    pieces: Sequence[Piece] = ()

    def say(self, *tags: Tag) -> bool:
        return any(tag in tags for tag in self.tags)


def find_course(pieces: Sequence[Piece], amounts: Amounts, named: Named) -> Course | None:
    """Tell where the metric should go; None when the words do not say, or deny something in a way not understood."""
    words = _gather(pieces, amounts, named)
    unsure = amounts.target is not None and amounts.target.comparison is Tag.OR_BETTER and not words.wished
    if amounts.target:
        amounts = replace(amounts, target=amounts.target.settled(words.wished))
    course = _find_course(pieces, words, amounts, named)
    if course and unsure:
        course = replace(course, doubts=(*course.doubts, _assumed("I took better to mean more.")))
    if course and course.direction is Direction.MAINTAIN and amounts.baseline:
        return replace(course, doubts=(*course.doubts, _assumed("Should it change, or stay as it is?")))
    if course is None or not _is_unusual(course, named, words.wished):
        return course
    way = "up" if words.wished < 0 else "down"
    doubt = _assumed(f"Do you really want “{named.words[:80]}” to go {way}, or at least to be free to?")
    return replace(course, doubts=(*course.doubts, doubt))


def is_capped(pieces: Sequence[Piece], amounts: Amounts) -> bool:
    """Whether "cap" or "limit" says which side of the amount is meant, as no other word of direction does."""
    target = amounts.target
    if target is None or target.lead is Tag.BY or target.comparative or target.quantity.signed:
        return False
    moved = any(piece.says(*_SIGNS, Tag.BETTER, Tag.WORSE, Tag.NOT) for piece in pieces)
    return not moved and any(piece.says(Tag.CAP) for piece in pieces)


def _is_unusual(course: Course, named: Named, wished: int) -> bool:
    """Whether hardly anybody wants that: fewer sales, more churn; likely the words were about something else."""
    if wished == 0 or (named.known and named.known.family in _EITHER_WAY):
        return False
    against = _AGAINST[wished]
    return course.direction in against


def _find_course(pieces: Sequence[Piece], words: _Words, amounts: Amounts, named: Named) -> Course | None:
    target = amounts.target
    if target and is_capped(pieces, amounts):
        return Course(Direction.AT_MOST, Mode.LEVEL, Bound.AT_MOST)
    denials = words.tags.count(Tag.NOT)
    if denials > 1:
        return None
    if denials and target and amounts.place < words.denied_at:
        doubt = Doubt(DoubtKind.NEGATION, "I was not sure what the “no” or “not” covers.")
        course = _affirmed(replace(words, tags=tuple(tag for tag in words.tags if tag is not Tag.NOT)), amounts, named)
        return replace(course, doubts=(*course.doubts, doubt)) if course else None
    return _denied(words, target) if denials else _affirmed(words, amounts, named)


def _affirmed(words: _Words, amounts: Amounts, named: Named) -> Course | None:
    target = amounts.target
    if words.say(Tag.NO_CHANGE_UP, Tag.NO_CHANGE_DOWN):
        bound = Bound.AT_MOST if words.say(Tag.NO_CHANGE_UP) else Bound.AT_LEAST
        return None if target else Course(Direction.MAINTAIN, bound=bound)
    if words.say(Tag.KEEP, Tag.FLAT) and not words.signs:
        return _kept(target)
    if words.signs:
        return _moved(words, amounts, named)
    return _levelled(words, amounts, named)


def _gather(pieces: Sequence[Piece], amounts: Amounts, named: Named) -> _Words:
    free = [piece for place, piece in enumerate(pieces) if piece.tag and place not in amounts.used]
    wished = 0
    if named.known:
        wished = -1 if named.known.family in LOWER_IS_BETTER else 1
    signs = [_SIGNS[piece.tag] for piece in free if piece.tag in _SIGNS]
    signs += [_WAYS[text] for piece in pieces if (text := piece.text.lower()) in _WAYS]
    if not signs and wished:
        signs = [wished for piece in free if piece.says(Tag.BETTER)]
    if not signs and any(piece.says(Tag.BETTER) for piece in free):
        signs = [-1 if any(piece.text.lower() in _CHEAPER for piece in free) else 1]
    if amounts.target and amounts.target.quantity.signed:
        signs.append(1 if amounts.target.quantity.signed == "+" else -1)
    return _Words(
        tuple(piece.tag for piece in free if piece.tag),
        tuple(piece.text.lower() for piece in free),
        frozenset(signs),
        signs[0] if signs else 0,
        wished,
        next((place for place, piece in enumerate(pieces) if piece.says(Tag.NOT)), 0),
        pieces,
    )


def _denied(words: _Words, target: Target | None) -> Course | None:
    if target:
        return _denied_side(words, target)
    if words.say(Tag.WORSE) and not words.signs:
        doubts = () if words.wished else (_assumed("I was not sure which way is worse."),)
        bound = {1: Bound.AT_LEAST, -1: Bound.AT_MOST}.get(words.wished)
        return Course(Direction.MAINTAIN, bound=bound, doubts=doubts)
    if len(words.signs) != 1 or words.say(Tag.KEEP, Tag.BETTER, *_TIMES):
        return None
    bound = Bound.AT_MOST if words.first_sign > 0 else Bound.AT_LEAST
    said = any(text.split()[0] in _COMPARATIVES for text in words.texts)
    doubt = Doubt(DoubtKind.NEGATION, "I was not sure what the “no” or “not” covers.")
    return Course(Direction.MAINTAIN, bound=bound, doubts=(doubt,) if said else ())


def _denied_side(words: _Words, target: Target) -> Course | None:
    """As in "must not exceed 3 %" and "should not drop below 92 %"."""
    if target.comparison is None or target.lead is Tag.BY or target.comparative or target.quantity.signed:
        return None
    low = target.comparison in LOWER
    if words.signs - {-1 if low else 1} or words.say(*_TIMES):
        return None
    direction, bound = (Direction.AT_LEAST, Bound.AT_LEAST) if low else (Direction.AT_MOST, Bound.AT_MOST)
    return Course(direction, Mode.LEVEL, bound)


def _kept(target: Target | None) -> Course | None:
    if target is None:
        return Course(Direction.MAINTAIN)
    if target.lead is Tag.BY or target.comparative:
        return None
    return _side(target) or Course(Direction.MAINTAIN, Mode.LEVEL, target.bound)


def _side(target: Target, *doubts: Doubt) -> Course | None:
    if target.comparison is None:
        return None
    low = target.comparison in LOWER
    return Course(Direction.AT_MOST if low else Direction.AT_LEAST, Mode.LEVEL, target.bound, doubts=doubts)


def _moved(words: _Words, amounts: Amounts, named: Named) -> Course:
    target, doubts = amounts.target, _misfits(words, named)
    direction = Direction.INCREASE if words.first_sign > 0 else Direction.DECREASE
    twice = sum(tag in _SIGNS for tag in words.tags) > 1 and target is not None and target.more
    if len(words.signs) > 1 or words.say(Tag.KEEP, Tag.FLAT, Tag.WORSE) or twice:
        doubts.append(_assumed("I was not sure whether it should go up or down."))
    elif words.say(*_SIGNS) and target and target.quantity.signed == "-":
        doubts.append(_assumed("I was not sure whether the minus sign was meant."))
    elif words.say(Tag.BETTER) and words.wished <= 0 and not words.say(*_SIGNS) and not _CHEAPER & {*words.texts}:
        doubts.append(_assumed(f"I took better to mean {'more' if words.first_sign > 0 else 'less'}."))
    times = next((_TIMES[tag] for tag in words.tags if tag in _TIMES), None)
    if times is not None or target is None:
        return Course(direction, times=times, doubts=tuple(doubts))
    saving = any(text.startswith(_SAVING) for text in words.texts)
    mode, sure = find_mode(
        target, saving=saving, moving=True, keeping=False, from_today=_is_from_today(amounts, target)
    )
    if not sure:
        kind = "the size of the change" if mode is Mode.CHANGE else "the level to reach"
        doubts.append(Doubt(DoubtKind.ASSUMED_MODE, f"I took the amount as {kind}."))
    if mode is Mode.LEVEL and _contradicts(direction, amounts, target):
        doubts.append(_assumed("I was not sure whether it should go up or down."))
    return Course(direction, mode, target.bound, doubts=tuple(doubts))


def _misfits(words: _Words, named: Named) -> list[Doubt]:
    family = named.known.family if named.known else None
    if simplify(named.words) in _COUNTED and not _COUNTING & {*words.texts}:
        return [Doubt(DoubtKind.ASSUMED_METRIC, f"Is it the number of {named.words[:80]}, or what they bring in?")]
    return [
        Doubt(DoubtKind.ASSUMED_METRIC, f"I was not sure what “{text}” means for “{named.words[:80]}”.")
        for text in words.texts
        if family and text in _FITTING and family not in _FITTING[text]
    ]


def _is_from_today(amounts: Amounts, target: Target) -> bool:
    """Whether today's value and the amount may be two levels; 10 % beside "now €50,000" can only be a change."""
    today, percents = amounts.baseline, {Unit.PERCENT, Unit.PERCENTAGE_POINTS}
    if today is None:
        return False
    return target.quantity.unit not in percents or today.unit in {*percents, Unit.COUNT}


def _contradicts(direction: Direction, amounts: Amounts, target: Target) -> bool:
    up = direction is Direction.INCREASE
    if target.comparison and (target.comparison in LOWER) == up:
        return True
    return amounts.baseline is not None and _is_higher(target, amounts.baseline) != up


def _is_higher(target: Target, today: Quantity) -> bool:
    """Whether the amount is above today's value; in "from 6 to 4 weeks" both are counted in weeks."""
    factor = target.quantity.factor if today.unit is Unit.COUNT else 1.0
    return target.quantity.amount > today.amount * factor


def _levelled(words: _Words, amounts: Amounts, named: Named) -> Course | None:
    """No word of direction was said."""
    target = amounts.target
    if target is None:
        if named.known and words.say(Tag.FIRM):
            return Course(Direction.MAINTAIN, doubts=(_assumed("I took it that nothing should change."),))
        return None
    mode, _ = find_mode(target, saving=False, moving=False, keeping=False, from_today=_is_from_today(amounts, target))
    if mode is Mode.CHANGE or target.lead is Tag.DASH:
        return _guessed(words, target, Mode.CHANGE)
    if amounts.baseline is not None:
        up = _is_higher(target, amounts.baseline)
        return Course(Direction.INCREASE if up else Direction.DECREASE, Mode.LEVEL, target.bound)
    if side := _side(target):
        return side
    if target.quantity.amount == 0:
        return Course(Direction.AT_MOST, Mode.LEVEL, Bound.AT_MOST)
    if target.lead in {Tag.TO, Tag.ARROW}:
        return _guessed(words, target, Mode.LEVEL)
    return _assumed_side(words, target) if named.known or _is_share(words, amounts, named) else None


def _is_share(words: _Words, amounts: Amounts, named: Named) -> bool:
    """Whether it is a percentage of something, or of a metric whose last word at least is known."""
    behind = words.pieces[amounts.place + 1 : amounts.place + 2]
    percent = amounts.target is not None and amounts.target.quantity.unit is Unit.PERCENT
    return percent and (find_topic(named.words) is not None or any(piece.text.lower() == "of" for piece in behind))


def _guessed(words: _Words, target: Target, mode: Mode) -> Course:
    down = words.wished < 0 or target.lead is Tag.DASH
    doubt = _assumed(f"I took it that it should go {'down' if down else 'up'}.")
    return Course(Direction.DECREASE if down else Direction.INCREASE, mode, target.bound, doubts=(doubt,))


def _assumed_side(words: _Words, target: Target) -> Course:
    low = words.wished < 0
    doubt = _assumed(f"I took the amount as the {'most' if low else 'least'} that you want.")
    return Course(Direction.AT_MOST if low else Direction.AT_LEAST, Mode.LEVEL, target.bound, doubts=(doubt,))


def _assumed(sentence: str) -> Doubt:
    return Doubt(DoubtKind.ASSUMED_DIRECTION, sentence)
