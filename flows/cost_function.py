"""The cost function: what the model is built to keep small, as a formula and in words (section 2.3.2; K13, K24, K47).

Four things decide it: the form of the task, what the two kinds of mistake cost, how common the commonest answer is, and
the guardrails that the balance among goals has set. What is not known yet is left out of the formula and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.cautions import UNEVEN
from flows.model_forms import COUNTED_BY_GROUP, TRAITS, Form, Loss, Traits
from flows.objectives import format_number


@dataclass(frozen=True)
class ErrorCosts:
    """What one mistake of each kind costs, each in its own currency; None where nobody has said."""

    miss: float | None = None
    false_alarm: float | None = None
    miss_currency: str | None = None
    false_alarm_currency: str | None = None

    @property
    def pair(self) -> tuple[float, float] | None:
        """Miss and false alarm, where the two can be set side by side."""
        if self.miss is None or self.false_alarm is None or self.miss_currency != self.false_alarm_currency:
            return None
        if min(self.miss, self.false_alarm) < 0 or max(self.miss, self.false_alarm) == 0:
            return None
        return self.miss, self.false_alarm


@dataclass(frozen=True)
class Guardrail:
    """A metric that must not get worse than its floor.

    Attributes:
        name: The metric, as its owner calls it, in quotation marks.
        sign: 1 when a rise is welcome, -1 when a fall is, 0 when it should stay.
        floor: The least change that is still accepted, in percent of today, signed.
        multiplier: What one percent of the floor costs the leading metric, in percent; None where it does not bind.
    """

    name: str
    sign: int
    floor: float
    multiplier: float | None = None

    @property
    def shortfall(self) -> str:
        """How far the metric is beyond its floor, as a term: "max(0, −5 − change in “uptime”)"."""
        change = f"change in {self.name}"
        if self.sign == 0:
            return f"max(0, |{change}| − {signed(abs(self.floor))})"
        if self.sign < 0:
            return f"max(0, {change} − {_in_brackets(self.floor)})"
        return f"max(0, {signed(self.floor)} − {change})"


@dataclass(frozen=True)
class CostFunction:
    """What the model is built to keep small.

    Attributes:
        formula: The whole as plain text.
        words: What the formula says, and what its parts mean.
        class_weights: How much a miss weighs against a false alarm: "5 : 1"; empty where that is not known.
        threshold: The score from which on the model acts, where scores are calibrated; the quantile to predict where
            the model gives a number; None where that is not known, or there is none.
        derivation: Why that is the threshold, in one sentence.
        imbalance: What always giving the commonest answer would score, and what to measure instead; may be empty.
        metrics: Candidates for the performance metric, the best first.
        missing: The ids of the questions whose answers would make it more exact.
    """

    formula: str
    words: str
    class_weights: str
    threshold: float | None
    derivation: str
    imbalance: str
    metrics: tuple[str, ...]
    missing: tuple[str, ...]


def write_cost_function(
    form: Form, costs: ErrorCosts, largest_group: float | None = None, guardrails: Sequence[Guardrail] = ()
) -> CostFunction:
    """Put the cost function together.

    Args:
        form: What the model does.
        costs: What each kind of mistake costs.
        largest_group: How many of 100 cases have the commonest answer.
        guardrails: The metrics that must not get worse than their floors.
    """
    traits = TRAITS[form]
    pair = costs.pair if traits.loss is not Loss.LIKELIHOOD else None
    share = largest_group if form in COUNTED_BY_GROUP else None
    binding = [one for one in guardrails if one.multiplier]
    terms = [_error_term(form, pair), *(f"{_number(abs(one.multiplier or 0))}·{one.shortfall}" for one in binding)]
    words = [_say_errors(form, pair, costs.miss_currency), *_say_guardrails(guardrails, binding)]
    threshold, derivation = _find_threshold(traits, pair)
    return CostFunction(
        formula=f"cost = {' + '.join(terms)}",
        words=" ".join(words),
        class_weights=_weigh(pair) if pair and traits.weighs_errors else "",
        threshold=threshold,
        derivation=derivation,
        imbalance=_judge_imbalance(share),
        metrics=_choose_metrics(traits, share),
        missing=_list_missing(form, costs, largest_group),
    )


def signed(number: float) -> str:
    """A number with a true minus sign: "−5", "0.25"."""
    return _number(number).replace("-", "−")


def _number(number: float) -> str:
    return format_number(float(f"{number:.3g}"))


def _in_brackets(number: float) -> str:
    return f"({signed(number)})" if number < 0 else signed(number)


def _error_term(form: Form, pair: tuple[float, float] | None) -> str:
    miss, alarm = (f"{_number(one)}·" for one in pair) if pair else ("", "")
    match TRAITS[form].loss:
        case Loss.DECISION:
            return f"{miss}missed + {alarm}false alarm"
        case Loss.NUMBER if pair is None or pair[0] == pair[1]:
            return f"{miss}|truth − guess|"
        case Loss.NUMBER:
            return f"{miss}max(0, truth − guess) + {alarm}max(0, guess − truth)"
        case Loss.RANKING:
            return "Σ log(1 + exp(score of the worse − score of the better))"
        case _:
            given = " | input" if form is Form.TRANSFORM else ""
            return f"−Σ log p(output{given})"


def _say_errors(form: Form, pair: tuple[float, float] | None, currency: str | None) -> str:
    traits = TRAITS[form]
    match traits.loss:
        case Loss.RANKING:
            said = "For each pair of things the better one should stand above the worse one (pairwise ranking loss)."
            return f"{said} What is better has to be seen in what people choose."
        case Loss.LIKELIHOOD:
            said = f"The model is trained to make good examples likely ({traits.trained_with})."
            return f"{said} That says little about use, so people judge a sample of the results."
    meaning = f"A miss is {traits.missed}; a false alarm is {traits.false_alarm}."
    if pair is None:
        return f"{meaning} Both count alike until it is known what each one costs."
    meaning = f"{meaning} Costs are in {currency}." if currency else meaning
    if traits.loss is Loss.NUMBER:
        return f"{meaning} Each step off costs as much as was said for one such mistake."
    return f"{meaning} In training, a miss weighs {_weigh(pair)} against a false alarm ({traits.trained_with})."


def _weigh(pair: tuple[float, float]) -> str:
    """Class weights from the ratio of the costs, the smaller one as 1."""
    unit = min(pair) or max(pair)
    return f"{_number(pair[0] / unit)} : {_number(pair[1] / unit)}"


def _say_guardrails(guardrails: Sequence[Guardrail], binding: Sequence[Guardrail]) -> list[str]:
    if not guardrails:
        return []
    if not binding:
        return ["The guardrails have room, so they are checked and add nothing to the cost."]
    said = "A guardrail adds to the cost once it is beyond its floor."
    tune = "Its weight is a first value: what one percent of that floor takes from the leading metric, in percent."
    rest = len(guardrails) - len(binding)
    has_room = f" {rest} more {'has' if rest == 1 else 'have'} room and {'is' if rest == 1 else 'are'} only checked."
    return [f"{said} {tune} Raise it until the floor holds.{has_room if rest else ''}"]


def _find_threshold(traits: Traits, pair: tuple[float, float] | None) -> tuple[float | None, str]:
    """The score at which acting and waiting cost the same, for probabilities that can be taken at their word."""
    if pair is None:
        return None, ""
    miss, alarm = pair
    if traits.loss is Loss.NUMBER:
        quantile = miss / (miss + alarm)
        return quantile, (
            f"Guess the {_number(quantile * 100)} % quantile: there, one step up saves as much as it costs, "
            f"{_number(miss)} / ({_number(miss)} + {_number(alarm)})."
        )
    threshold = alarm / (miss + alarm)
    act = "Put a thing on the list" if traits.loss is Loss.RANKING else "Act"
    return threshold, (
        f"{act} from a calibrated score p of {_number(threshold)} on: acting costs (1 − p)·{_number(alarm)} on "
        f"average, waiting costs p·{_number(miss)}, and the two are equal at "
        f"{_number(alarm)} / ({_number(alarm)} + {_number(miss)})."
    )


def _judge_imbalance(largest: float | None) -> str:
    if largest is None:
        return ""
    share = _number(largest)
    baseline = f"Always giving the commonest answer is right {share} times in 100; a model has to beat that."
    if largest < UNEVEN:
        return baseline
    return f"{baseline} Accuracy misleads here: measure recall of each class, F1 or PR-AUC."


def _choose_metrics(traits: Traits, largest: float | None) -> tuple[str, ...]:
    """With one common answer, metrics of the rare one come first and accuracy drops out (K24)."""
    if largest is None or largest < UNEVEN:
        return traits.metrics
    usual = [one for one in traits.metrics if "accuracy" not in one and one not in {"PR-AUC", "F1"}]
    return ("PR-AUC", "F1 of the rare answer", *usual)


def _list_missing(form: Form, costs: ErrorCosts, largest_group: float | None) -> tuple[str, ...]:
    missing: list[str] = []
    if TRAITS[form].weighs_errors:
        in_two_currencies = costs.miss is not None and costs.false_alarm is not None and costs.pair is None
        if costs.miss is None:
            missing.append("miss_cost")
        if costs.false_alarm is None or in_two_currencies:
            missing.append("false_alarm_cost")
    if form in COUNTED_BY_GROUP and largest_group is None:
        missing.append("largest_group")
    return tuple(missing)
