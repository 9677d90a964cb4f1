"""What an amount counts: a change or a level, percent or points, and in which currency."""

from dataclasses import dataclass, replace

from flows.doubts import Doubt, DoubtKind
from flows.metric_names import TIMED
from flows.metrics import is_rate, simplify
from flows.objectives import Mode, Unit
from flows.phrases import Tag
from flows.quantities import Quantity
from flows.targets import Target
from flows.word_lists import word_set

_RELATIVE = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS})
_MONEY = word_set(
    "ad_revenue cloud_bill revenue training_cost serving_cost label_cost support_cost operating_cost "
    "error_cost fraud_loss delivery_cost fuel_cost energy_cost labour_cost material_cost marketing_cost "
    "acquisition_cost administrative_cost production_cost travel_cost unit_cost donations default_rate shrinkage"
)
_TIMES = TIMED | {"outages", "absence", "overtime", "manual_work", None}
_POINT_SCALES = frozenset(simplify("nps csat score satisfaction roas rating enps oee"))
_GAPS = word_set("gap difference")


@dataclass(frozen=True)
class Measured:
    """An amount with what it counts."""

    quantity: Quantity
    mode: Mode
    doubts: tuple[Doubt, ...] = ()


def measure(target: Target, mode: Mode, metric: str, family: str | None) -> Measured:
    """Settle what the amount counts, and doubt what had to be assumed."""
    quantity, doubts = target.quantity, []
    if not quantity.clear:
        doubts.append(Doubt(DoubtKind.AMBIGUOUS_NUMBER, "The number can be read in two ways. Please check it."))
    if not quantity.known_per:
        doubts.append(Doubt(DoubtKind.UNREAD_QUALIFIER, f"I was not sure what “per {quantity.per}” applies to."))
    match quantity.unit:
        case Unit.PERCENT:
            quantity, doubt = _percentage(quantity, mode, metric)
        case Unit.COUNT:
            quantity, doubt = _count(quantity, metric, family)
        case _:
            doubt = _mismatch(quantity, mode, metric, family)
    return Measured(quantity, mode, (*doubts, doubt) if doubt else tuple(doubts))


def find_mode(target: Target, *, saving: bool, moving: bool, keeping: bool, from_today: bool) -> tuple[Mode, bool]:
    """Whether the amount is the size of the change or the level to reach, and whether the words say so.

    Args:
        target: The amount with the words around it.
        saving: "Save" was said: what is saved is always the difference.
        moving: A word of direction was said.
        keeping: "Keep" was said.
        from_today: Today's value was given.
    """
    quantity = target.quantity
    if target.lead in {Tag.TO, Tag.ARROW} and ((target.comparative and not target.more) or quantity.signed):
        return Mode.CHANGE, False
    if target.lead is Tag.BY or quantity.signed or target.comparative or saving:
        return Mode.CHANGE, True
    if target.lead in {Tag.TO, Tag.AT, Tag.ARROW} or target.comparison in {Tag.ABOVE, Tag.BELOW}:
        return Mode.LEVEL, True
    if moving:
        if quantity.unit in _RELATIVE:
            return Mode.CHANGE, not from_today
        return (Mode.LEVEL if target.comparison or from_today else Mode.CHANGE), False
    return Mode.LEVEL, keeping or from_today or target.comparison is not None


def _percentage(quantity: Quantity, mode: Mode, metric: str) -> tuple[Quantity, Doubt | None]:
    rate = is_rate(metric)
    if mode is Mode.LEVEL:
        sentence = f"I was not sure what the {quantity.amount:g} % are a share of."
        doubt = None if rate else Doubt(DoubtKind.ASSUMED_UNIT, sentence)
        return replace(quantity, unit=Unit.PERCENT_LEVEL), doubt
    sentence = f"Are the {quantity.amount:g} % meant relative to today's value, or as percentage points?"
    return quantity, Doubt(DoubtKind.ASSUMED_UNIT, sentence) if rate else None


def _count(quantity: Quantity, metric: str, family: str | None) -> tuple[Quantity, Doubt | None]:
    words = set(simplify(metric))
    if family in _MONEY and not words & _POINT_SCALES:
        doubt = Doubt(DoubtKind.MISSING_CURRENCY, "Which currency is that in?")
        return replace(quantity, unit=Unit.MONEY), doubt
    if is_rate(metric) and 0 < quantity.amount < 1:
        return replace(quantity, unit=Unit.SCORE), None
    if is_rate(metric) and not words & _POINT_SCALES:
        return quantity, Doubt(DoubtKind.ASSUMED_UNIT, f"Is {quantity.amount:g} meant in percent?")
    if family in {"latency", "time_on_platform"}:
        return quantity, Doubt(DoubtKind.ASSUMED_UNIT, f"Which unit is {quantity.amount:g} in?")
    return quantity, None


def _mismatch(quantity: Quantity, mode: Mode, metric: str, family: str | None) -> Doubt | None:
    words = set(simplify(metric))
    if quantity.unit is Unit.MONEY and quantity.currency is None:
        return Doubt(DoubtKind.MISSING_CURRENCY, "Which currency is that in?")
    fits = {
        Unit.MONEY: family in _MONEY or family is None,
        Unit.DURATION: family in _TIMES,
        Unit.PERCENTAGE_POINTS: is_rate(metric) and (mode is Mode.CHANGE or bool(words & _GAPS)),
        Unit.SCORE: bool(words & _POINT_SCALES),
    }
    return None if fits[quantity.unit] else Doubt(DoubtKind.ASSUMED_UNIT, f"Does “{metric}” count in that unit?")
