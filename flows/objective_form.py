"""The form in which an objective's owner corrects how it was read: what stands in it, and what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.metrics import find_metric
from flows.objectives import Direction, Firmness, Mode, Objective, Unit, format_number
from flows.reading import read_amount


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


def fill_form(objective: Objective | None) -> dict[str, str]:
    """What stands in the form for an objective; a field that has nothing is missing."""
    if objective is None:
        return {}
    numbers = {"amount": objective.amount, "baseline": objective.baseline, "floor": objective.floor}
    fields = {
        "metric": objective.metric,
        "direction": objective.direction.value,
        "measure": f"{objective.unit.value}:{objective.mode.value}" if objective.unit and objective.mode else "",
        "deadline": objective.deadline.isoformat() if objective.deadline else "",
        "firmness": objective.firmness.value if objective.firmness else "",
        **{name: _write_number(number, objective) for name, number in numbers.items() if number is not None},
    }
    return {name: text for name, text in fields.items() if text}


def _write_number(number: float, objective: Objective) -> str:
    text = format_number(number)
    if objective.unit is Unit.MONEY and objective.currency:
        return f"{objective.currency} {text}"
    return f"{text} seconds" if objective.unit is Unit.DURATION else text


def read_form(fields: Mapping[str, str], before: Objective | None) -> Objective:
    """The objective that the form describes. What the form has no field for is kept from `before`.

    Raises:
        FormErrors: A field cannot be read.
    """
    errors: dict[str, str] = {}
    metric = " ".join(fields.get("metric", "").split())
    if not metric:
        errors["metric"] = "Please say what should change, such as time on platform."
    measure = next((one for one in MEASURES if one.value == fields.get("measure")), None)
    numbers, currency = _read_numbers(fields, measure, errors)
    if numbers["amount"] is not None and measure is None:
        errors["measure"] = "Please say what the amount counts."
    if measure and measure.unit is Unit.MONEY and currency is None and numbers["amount"] is not None:
        errors.setdefault("amount", "Please add the currency, such as EUR 5,000.")
    if errors:
        raise FormErrors(errors)
    same_way = before is not None and before.direction == fields.get("direction")
    same_amount = before is not None and before.amount == numbers["amount"]
    return Objective(
        metric=metric,
        family=before.family if before and before.metric == metric else find_metric(metric),
        direction=Direction(fields["direction"]),
        amount=numbers["amount"],
        amount_high=before.amount_high if before and same_amount else None,
        unit=measure.unit if measure and numbers["amount"] is not None else None,
        mode=measure.mode if measure and numbers["amount"] is not None else None,
        currency=currency,
        per=before.per if before else None,
        basis=before.basis if before else None,
        baseline=numbers["baseline"],
        bound=before.bound if before and same_way else None,
        deadline=date.fromisoformat(fields["deadline"]) if fields.get("deadline") else None,
        floor=numbers["floor"],
        firmness=Firmness(fields["firmness"]) if fields.get("firmness") else None,
    )


def _read_numbers(
    fields: Mapping[str, str], measure: Measure | None, errors: dict[str, str]
) -> tuple[dict[str, float | None], str | None]:
    numbers: dict[str, float | None] = {}
    currency: str | None = None
    for name in ("amount", "baseline", "floor"):
        text = fields.get(name, "").strip()
        numbers[name] = None
        if not text:
            continue
        read = read_amount(text, measure.unit if measure else None)
        if read is None:
            errors[name] = f"I could not read one number there. For example: {_example(measure)}"
        else:
            numbers[name], found = read
            currency = currency or found
    return numbers, currency


def _example(measure: Measure | None) -> str:
    match measure.unit if measure else None:
        case Unit.MONEY:
            return "EUR 5,000"
        case Unit.DURATION:
            return "200 ms, or 3 hours"
        case _:
            return "15"
