"""One clause, read as one objective. Each piece must have a part in it; what has none becomes a doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.clauses import Kind, Piece
from flows.directions import Course, find_course, is_capped
from flows.doubts import Doubt, DoubtKind
from flows.loose_ends import find_loose_ends
from flows.measures import Measured, measure
from flows.metric_words import Named, name_metric
from flows.metrics import KnownMetric
from flows.objectives import Direction, Firmness, Mode, Objective, Unit, describe_amount
from flows.phrases import Tag
from flows.quantities import Quantity
from flows.targets import LOWER, Amounts, Target, weigh

_PARTS = (
    Tag.UP, Tag.DOWN, Tag.DOUBLE, Tag.TRIPLE, Tag.QUADRUPLE, Tag.HALVE, Tag.BETTER, Tag.WORSE, Tag.KEEP, Tag.FLAT,
    Tag.NO_CHANGE_UP, Tag.NO_CHANGE_DOWN, Tag.PER, Tag.NOT, Tag.NOW, Tag.YEAR_ON_YEAR, Tag.FIRM, Tag.FLEXIBLE,
    Tag.FILLER, Tag.DASH, Tag.VAGUE, Tag.MIGHT,
)  # fmt: skip
_LEADS_ON = (Tag.FILLER, Tag.FLEXIBLE, Tag.FIRM, Tag.NOT, *_PARTS[:10])


@dataclass(frozen=True)
class Understanding:
    """What was made of a clause: the objective, if there is one, and every doubt about it."""

    objective: Objective | None
    doubts: tuple[Doubt, ...] = ()


def interpret(clause: str, pieces: Sequence[Piece]) -> Understanding:
    """Read the pieces of a clause as one objective."""
    if any(piece.says(Tag.NO_GOAL) for piece in pieces):
        return Understanding(None)
    amounts = weigh(pieces)
    named = name_metric(clause, pieces, _free_places(pieces, amounts)) or _spending(pieces, amounts)
    course = find_course(pieces, amounts, named) if named else None
    if named is None or course is None:
        return Understanding(None)
    day, date_doubts = _deadline(pieces)
    objective = Objective(
        metric=named.name,
        family=named.family,
        direction=course.direction,
        bound=course.bound,
        deadline=day,
        basis="yoy" if any(piece.says(Tag.YEAR_ON_YEAR) for piece in pieces) else None,
        firmness=_firmness(pieces),
    )
    measured = _measured(amounts, course, named)
    doubts = (*named.doubts, *course.doubts, *date_doubts, *_unused(amounts, course), *find_loose_ends(pieces, amounts))
    if measured:
        objective = _with_amount(objective, measured)
        doubts = (*doubts, *measured.doubts)
    if amounts.baseline:
        objective, doubt = _with_today(objective, amounts.baseline, measured, named)
        doubts = (*doubts, doubt) if doubt else doubts
    objective = _as_saved_time(objective, pieces, named)
    objective, loose = _with_period(objective, pieces)
    return Understanding(objective, (*doubts, *loose))


def _spending(pieces: Sequence[Piece], amounts: Amounts) -> Named | None:
    """What "no more than $5k a month" is about, as it does not say."""
    target = amounts.target
    saved = any(piece.text.lower().startswith("sav") for piece in pieces if piece.says(Tag.DOWN))
    if target is None or target.quantity.unit is not Unit.MONEY or (target.comparison not in LOWER and not saved):
        return None
    doubt = Doubt(DoubtKind.UNKNOWN_METRIC, "You did not say what the money is for.")
    name = "costs" if saved else "spending" if target.quantity.known_per else f"cost per {target.quantity.per}"
    return Named(name, name, KnownMetric("operating_cost", sure=False), (doubt,))


def _as_saved_time(objective: Objective, pieces: Sequence[Piece], named: Named) -> Objective:
    """Who wants "3 hours saved per analyst" wants more of these hours."""
    said = any(piece.text.lower().startswith("sav") for piece in pieces if piece.says(Tag.DOWN))
    if not said or named.known or objective.unit is not Unit.DURATION or objective.mode is not Mode.CHANGE:
        return objective
    scope = named.words if named.words.lower().startswith(("per ", "for ", "on ", "in ")) else f"on {named.words}"
    return objective.model_copy(update={"metric": f"hours saved {scope}"[:200], "direction": Direction.INCREASE})


def _with_period(objective: Objective, pieces: Sequence[Piece]) -> tuple[Objective, list[Doubt]]:
    """The "a day" that stands apart from its amount: "at most 50 alerts a day"."""
    periods = [piece.text for piece in pieces if piece.says(Tag.PER)]
    if not periods:
        return objective, []
    if len(periods) == 1 and objective.per is None and objective.unit in {Unit.COUNT, Unit.MONEY, Unit.DURATION}:
        return objective.model_copy(update={"per": periods[0].split()[-1].lower()}), []
    return objective, [Doubt(DoubtKind.UNREAD_QUALIFIER, f"I did not use “{period}”.") for period in periods]


def _free_places(pieces: Sequence[Piece], amounts: Amounts) -> list[int]:
    capped = is_capped(pieces, amounts)
    return [
        place
        for place, piece in enumerate(pieces)
        if place not in amounts.used
        and not (capped and piece.says(Tag.CAP))
        and piece.kind not in {Kind.QUANTITY, Kind.DATE, Kind.MARK}
        and not piece.says(*_PARTS)
        and not (piece.says(Tag.TO) and _leads_on(pieces, place))
    ]


def _leads_on(pieces: Sequence[Piece], place: int) -> bool:
    """Whether this "to" only ties verbs together: "want to", "to increase"."""
    behind = pieces[place + 1] if place + 1 < len(pieces) else None
    return place == 0 or (behind is not None and behind.says(*_LEADS_ON))


def _deadline(pieces: Sequence[Piece]) -> tuple[date | None, list[Doubt]]:
    dates = [piece.deadline for piece in pieces if piece.deadline]
    if not dates:
        return None, []
    doubts = [
        Doubt(DoubtKind.AMBIGUOUS_DATE if one.two_ways else DoubtKind.VAGUE_DATE, one.doubt)
        for one in dates
        if one.doubt
    ]
    if any(_may_describe(pieces, place) for place, piece in enumerate(pieces) if piece.deadline):
        doubts.append(Doubt(DoubtKind.VAGUE_DATE, "I was not sure whether the date belongs to the metric."))
    if len(dates) > 1:
        doubts.append(Doubt(DoubtKind.AMBIGUOUS_DATE, "I found more than one date and took the first."))
    return dates[0].day, doubts


def _may_describe(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a metric follows at once: "the Q3 cloud bill" is what is to change, not when."""
    by_then = pieces[place].text.lower().startswith(("by ", "until ", "before ", "within "))
    return not by_then and any(piece.kind in {Kind.METRIC, Kind.WORD} for piece in pieces[place + 1 : place + 2])


def _firmness(pieces: Sequence[Piece]) -> Firmness | None:
    flexible = any(piece.says(Tag.FLEXIBLE) for piece in pieces)
    firm = any(
        piece.says(Tag.FIRM) or (piece.says(Tag.NOT) and (piece.text.lower() == "never" or _follows_can(pieces, place)))
        for place, piece in enumerate(pieces)
    )
    if firm == flexible:
        return None
    return Firmness.FIRM if firm else Firmness.FLEXIBLE


def _follows_can(pieces: Sequence[Piece], place: int) -> bool:
    return place > 0 and pieces[place - 1].text.lower().endswith("can")


def _unused(amounts: Amounts, course: Course) -> list[Doubt]:
    pieces = list(amounts.unused)
    doubts = [Doubt(DoubtKind.UNUSED_NUMBER, f"I did not use the number {piece.text.strip()}.") for piece in pieces]
    if course.times is not None and amounts.target:
        doubts.append(Doubt(DoubtKind.UNUSED_NUMBER, "I did not use every number."))
    return doubts


def _measured(amounts: Amounts, course: Course, named: Named) -> Measured | None:
    if course.times is not None:
        return Measured(Quantity(0, 0, course.times, unit=Unit.PERCENT), Mode.CHANGE)
    if amounts.target is None:
        return None
    return measure(amounts.target, course.mode, named.words, named.known.family if named.known else None)


def _with_amount(objective: Objective, measured: Measured) -> Objective:
    quantity = measured.quantity
    amounts = {
        "amount": quantity.amount,
        "amount_high": quantity.high,
        "unit": quantity.unit,
        "mode": measured.mode,
        "currency": quantity.currency,
        "per": quantity.per,
    }
    return objective.model_copy(update=amounts)


def _with_today(
    objective: Objective, today: Quantity, measured: Measured | None, named: Named
) -> tuple[Objective, Doubt | None]:
    """The objective with today's value: counted as the amount is, or in its own unit where that is a share of it."""
    if not today.clear or today.high is not None or today.signed or not today.known_per:
        return objective, _not_used(today)
    if measured is None or measured.quantity.unit is Unit.PERCENT:
        return _with_own_unit(objective, today, named)
    amount = measured.quantity
    bare = today.unit is Unit.COUNT
    percents = today.unit is Unit.PERCENT and amount.unit in {Unit.PERCENT_LEVEL, Unit.PERCENTAGE_POINTS}
    if not (bare or percents or today.unit is amount.unit):
        return objective, _not_used(today)
    if today.currency and amount.currency and today.currency != amount.currency:
        return objective, _not_used(today, "It is in another currency.")
    if bare and amount.scaled and not today.scaled:
        sentence = f"I was not sure how much the {today.amount:g} of today is."
        return objective, Doubt(DoubtKind.AMBIGUOUS_NUMBER, sentence)
    points = today.unit is Unit.PERCENTAGE_POINTS
    update = {
        "baseline": round(today.amount * (amount.factor if bare else 1.0), 9),
        "baseline_unit": Unit.PERCENTAGE_POINTS if points else None,
        "baseline_per": today.per if today.per != amount.per else None,
        "currency": amount.currency or today.currency,
    }
    return objective.model_copy(update=update), None


def _with_own_unit(objective: Objective, today: Quantity, named: Named) -> tuple[Objective, Doubt | None]:
    level = measure(Target(today), Mode.LEVEL, named.words, named.known.family if named.known else None)
    if level.doubts:
        return objective, _not_used(today, level.doubts[0].sentence)
    update = {
        "baseline": level.quantity.amount,
        "baseline_unit": level.quantity.unit,
        "baseline_currency": level.quantity.currency,
        "baseline_per": level.quantity.per,
    }
    return objective.model_copy(update=update), None


def _not_used(today: Quantity, reason: str = "") -> Doubt:
    value = describe_amount(today.amount, today.unit, high=today.high, currency=today.currency, per=today.per)
    return Doubt(DoubtKind.UNUSED_NUMBER, f"I did not use today's value of {value}. {reason}".strip())
