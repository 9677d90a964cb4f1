"""The form in which an objective's owner corrects how it was read: what stands in it, and what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.amounts import counts_in, read_quantity
from flows.doubts import DoubtKind
from flows.measures import measure
from flows.metrics import find_metric
from flows.objectives import Direction, Firmness, Mode, Objective, Unit, describe_amount, format_number
from flows.quantities import Quantity
from flows.targets import Target


@dataclass(frozen=True)
class Measure:
    """What an amount counts, as one entry of the form's menu."""

    label: str
    unit: Unit
    mode: Mode

    @property
    def value(self) -> str:
        """The entry's value in the menu."""
        return f"{self.unit.value}:{self.mode.value}"


MEASURES = (
    Measure("% compared with today", Unit.PERCENT, Mode.CHANGE),
    Measure("percentage points", Unit.PERCENTAGE_POINTS, Mode.CHANGE),
    Measure("% as the level to reach", Unit.PERCENT_LEVEL, Mode.LEVEL),
    Measure("a number, more or less than today", Unit.COUNT, Mode.CHANGE),
    Measure("a number to reach", Unit.COUNT, Mode.LEVEL),
    Measure("money, more or less than today", Unit.MONEY, Mode.CHANGE),
    Measure("money, as the level to reach", Unit.MONEY, Mode.LEVEL),
    Measure("time, more or less than today", Unit.DURATION, Mode.CHANGE),
    Measure("time, as the level to reach", Unit.DURATION, Mode.LEVEL),
    Measure("points of a score, more or less than today", Unit.SCORE, Mode.CHANGE),
    Measure("a score to reach", Unit.SCORE, Mode.LEVEL),
)
DIRECTIONS = {
    Direction.INCREASE: "Increase it",
    Direction.DECREASE: "Reduce it",
    Direction.AT_LEAST: "Keep it at or above",
    Direction.AT_MOST: "Keep it at or below",
    Direction.MAINTAIN: "Keep it as it is",
}
FIRMNESS = {Firmness.FIRM: "Firm", Firmness.FLEXIBLE: "Flexible"}


class FormErrors(Exception):
    """Fields that need mending: a sentence for each, by the field's name."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class _Wrong(Exception):
    """A field that needs mending; the message says how."""


def fill_form(objective: Objective | None) -> dict[str, str]:
    """What stands in the form for an objective; a field that has nothing is missing."""
    if objective is None:
        return {}
    fields = {
        "metric": objective.metric,
        "direction": objective.direction.value,
        "amount": _write(objective.amount, objective, high=objective.amount_high, per=objective.per),
        "measure": f"{objective.unit.value}:{objective.mode.value}" if objective.unit and objective.mode else "",
        "baseline": _write_today(objective),
        "deadline": objective.deadline.isoformat() if objective.deadline else "",
        "floor": _write(objective.floor, objective),
        "firmness": objective.firmness.value if objective.firmness else "",
    }
    return {name: text for name, text in fields.items() if text}


def _write(amount: float | None, objective: Objective, *, high: float | None = None, per: str | None = None) -> str:
    if amount is None or objective.unit is None:
        return ""
    if objective.unit in _PERCENTAGES:  # which the menu says
        return " to ".join(format_number(end) for end in (amount, high) if end is not None)
    return describe_amount(amount, objective.unit, high=high, currency=objective.currency, per=per)


_PERCENTAGES = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.PERCENT_LEVEL})


def _write_today(objective: Objective) -> str:
    today = objective.today
    if today is None:
        return ""
    return describe_amount(today.amount, today.unit, currency=today.currency, per=objective.baseline_per)


def read_form(fields: Mapping[str, str], before: Objective | None, today: date) -> Objective:
    """The objective that the form describes. What the form has no field for is kept from `before`.

    Args:
        fields: What was filled in, by the field's name; an empty field is missing or empty.
        before: The reading that the form was filled in with.
        today: The person's own date; a deadline before it is refused.

    Raises:
        FormErrors: A field cannot be read, or contradicts another.
    """
    form = _Form(fields, before, today)
    errors: dict[str, str] = {}
    read: dict[str, object] = {}
    for name, reader in _READERS.items():
        try:
            read |= reader(form)
        except _Wrong as wrong:
            errors[name] = str(wrong)
    if errors:
        raise FormErrors(errors)
    return Objective.model_validate(read)


@dataclass(frozen=True)
class _Form:
    """The fields as they were filled in."""

    fields: Mapping[str, str]
    before: Objective | None
    today: date

    def text(self, name: str) -> str:
        return " ".join(self.fields.get(name, "").split())

    @property
    def measure(self) -> Measure | None:
        return next((one for one in MEASURES if one.value == self.fields.get("measure")), None)

    @property
    def family(self) -> str | None:
        metric = self.text("metric")
        return self.before.family if self.before and self.before.metric == metric else find_metric(metric)

    @property
    def currency(self) -> str | None:
        """The currency of the amount; where it has none, that of another field."""
        found = (read_quantity(self.text(name)) for name in ("amount", "floor", "baseline"))
        return next((quantity.currency for quantity in found if quantity and quantity.currency), None)

    def quantity(self, name: str) -> Quantity | None:
        """The amount in a field that is counted as the menu says; None where it is empty.

        Raises:
            _Wrong: It cannot be read as such an amount.
        """
        text, menu = self.text(name), self.measure
        if not text:
            return None
        unit = menu.unit if menu else None
        if text[0] in "-−–" and unit is not Unit.SCORE:
            raise _Wrong("Please write it without the minus, and choose “Reduce it” as the way.")
        quantity = read_quantity(text)
        if quantity is None:
            raise _Wrong(f"I could not read one number there. For example: {_EXAMPLES.get(unit, '15')}")
        if unit is Unit.DURATION and quantity.unit is Unit.COUNT:
            raise _Wrong(f"Please add the unit, such as {text[:30]} minutes.")
        points = quantity.unit is Unit.PERCENTAGE_POINTS is not unit
        if menu and (points or not counts_in(quantity, unit)):
            raise _Wrong(f"That is not counted in “{menu.label}”. For example: {_EXAMPLES.get(unit, '15')}")
        if not quantity.known_per:
            raise _Wrong(f"Please say “per {quantity.per}” in what should change, and only the number here.")
        return quantity


_EXAMPLES: Mapping[Unit | None, str] = {Unit.MONEY: "€5,000", Unit.DURATION: "200 ms, or 3 hours"}


def _read_metric(form: _Form) -> dict[str, object]:
    metric = form.text("metric")
    if not metric:
        raise _Wrong("Please say what should change, such as time on platform.")
    same_way = form.before is not None and form.before.direction == form.fields.get("direction")
    return {
        "metric": metric,
        "family": form.family,
        "direction": form.fields["direction"],
        "bound": form.before.bound if form.before and same_way else None,
        "firmness": form.fields.get("firmness") or None,
    }


def _read_amount(form: _Form) -> dict[str, object]:
    quantity, menu = form.quantity("amount"), form.measure
    if quantity is None or menu is None:
        return {}
    if menu.unit is Unit.MONEY and form.currency is None:
        raise _Wrong("Please add the currency, such as €5,000.")
    changes = menu.mode is Mode.CHANGE
    return {
        "amount": quantity.amount,
        "amount_high": quantity.high,
        "unit": menu.unit,
        "mode": menu.mode,
        "currency": form.currency if menu.unit is Unit.MONEY else None,
        "per": quantity.per,
        "basis": form.before.basis if form.before and changes else None,
    }


def _read_measure(form: _Form) -> dict[str, object]:
    if form.text("amount") and form.measure is None:
        raise _Wrong("Please say what the amount counts.")
    return {}


def _read_baseline(form: _Form) -> dict[str, object]:
    text, menu = form.text("baseline"), form.measure
    if not text:
        return {}
    quantity = read_quantity(text)
    if quantity is None or quantity.high is not None or not quantity.known_per:
        raise _Wrong("I could not read one number there. For example: €50,000, 42 minutes or 3 %")
    if not form.text("amount") or menu is None or menu.unit is Unit.PERCENT:
        return _read_own_level(form, quantity)
    if menu.unit is Unit.DURATION and quantity.unit is Unit.COUNT:
        raise _Wrong(f"Please add the unit, such as {text[:30]} minutes.")
    if not counts_in(quantity, menu.unit):
        raise _Wrong(
            f"That is counted in something else than the amount. For example: {_EXAMPLES.get(menu.unit, '15')}"
        )
    _refuse_another_currency(form, quantity)
    amount = read_quantity(form.text("amount"))
    return {
        "baseline": quantity.amount,
        "baseline_unit": Unit.PERCENTAGE_POINTS if quantity.unit is Unit.PERCENTAGE_POINTS else None,
        "baseline_per": quantity.per if amount is None or quantity.per != amount.per else None,
    }


def _read_own_level(form: _Form, quantity: Quantity) -> dict[str, object]:
    """Today's value in its own unit, as the amount is a share of it or missing."""
    level = measure(Target(quantity), Mode.LEVEL, form.text("metric"), form.family)
    kinds = {doubt.kind for doubt in level.doubts}
    if DoubtKind.MISSING_CURRENCY in kinds:
        raise _Wrong("Please add the currency, such as €50,000.")
    if DoubtKind.ASSUMED_UNIT in kinds and quantity.unit is Unit.COUNT:
        raise _Wrong("Please add the unit, such as 42 minutes or 3 %.")
    if DoubtKind.ASSUMED_UNIT in kinds and quantity.unit is Unit.PERCENT and form.family:
        raise _Wrong("Please give today's value itself, such as €50,000 or 42 minutes.")
    return {
        "baseline": level.quantity.amount,
        "baseline_unit": level.quantity.unit,
        "baseline_currency": level.quantity.currency,
        "baseline_per": level.quantity.per,
    }


def _read_floor(form: _Form) -> dict[str, object]:
    floor = form.quantity("floor")
    if floor is None:
        return {}
    if floor.high is not None:
        raise _Wrong(f"One number, please. For example: {_EXAMPLES.get(floor.unit, '15')}")
    if not form.text("amount"):
        raise _Wrong("Please fill in the amount as well: this is the least of it that you would accept.")
    _refuse_another_currency(form, floor)
    amount = read_quantity(form.text("amount"))
    if (
        amount
        and form.measure
        and _asks_for_more(floor.amount, amount, form.fields.get("direction"), form.measure.mode)
    ):
        raise _Wrong("That asks for more than the goal itself. The least that you accept should be easier to reach.")
    return {"floor": floor.amount}


def _refuse_another_currency(form: _Form, quantity: Quantity) -> None:
    if quantity.currency and form.currency != quantity.currency:
        raise _Wrong(f"The amount is in {form.currency} and this is in {quantity.currency}. Please use one currency.")


def _asks_for_more(floor: float, amount: Quantity, direction: str | None, mode: Mode) -> bool:
    """Whether the floor is harder to reach than the goal: a larger change, or a level beyond the one to reach."""
    if mode is Mode.CHANGE or direction in {Direction.INCREASE, Direction.AT_LEAST}:
        return floor > (amount.amount if amount.high is None else amount.high)
    return direction in {Direction.DECREASE, Direction.AT_MOST} and floor < amount.amount


def _read_deadline(form: _Form) -> dict[str, object]:
    if not form.text("deadline"):
        return {}
    day = date.fromisoformat(form.text("deadline"))
    if day < form.today:
        raise _Wrong("That day has passed. Please choose a later one.")
    return {"deadline": day}


_READERS = {
    "metric": _read_metric,
    "amount": _read_amount,
    "measure": _read_measure,
    "baseline": _read_baseline,
    "deadline": _read_deadline,
    "floor": _read_floor,
}
