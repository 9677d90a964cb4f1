"""The accuracy dial: what a project takes and loses at another accuracy (section 2.1.2; K12 to K14, K22 to K25)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.scoring.accuracy_curve import FASTEST, NOT_BY_DATA_ALONE, SLOWEST, USUAL_BETA, data_multiple
from flows.scoring.draws import Spread, spread
from flows.scoring.heard import Heard
from flows.scoring.label_bill import allowed_errors
from flows.scoring.money import Money
from flows.scoring.project_score import Drawn, cost_in_money, draw_project
from flows.scoring.scales import UNCALIBRATED, Calibration
from flows.scoring.worth import OF_WORTH, currency_of

STOPS = (90.0, 95.0, 99.0, 99.5)
"""Where the dial stops for every project, in percent."""

CURVE = (50.0, 60.0, 70.0, 80.0, 85.0, 90.0, 93.0, 95.0, 97.0, 98.0, 99.0, 99.5, 99.9)
"""The accuracies at which the picture's curve is drawn."""


@dataclass(frozen=True)
class Turn:
    """What one place of the dial means.

    Attributes:
        accuracy: How many of 100 cases are to be right.
        person_weeks: The work.
        cost: The same on the scale of cost, 0 to 100.
        examples: Examples with the right answer that it takes in all.
        data_multiples: How many times the examples of what was said or hoped for, at the fastest, the usual and the
            slowest published decline of errors; None where nothing was said.
        money: What work and labels cost; None where no money was named.
        loss_a_month: What its mistakes cost; None where unknown.
        worth_a_year: What it saves less its mistakes; None where unknown.
    """

    accuracy: float
    person_weeks: Spread
    cost: Spread
    examples: Spread
    data_multiples: tuple[float, float, float] | None
    money: Money | None
    loss_a_month: Money | None
    worth_a_year: Money | None

    @property
    def is_beyond_data(self) -> bool:
        """Whether more data alone is no plan for it."""
        return self.data_multiples is not None and self.data_multiples[1] >= NOT_BY_DATA_ALONE


@dataclass(frozen=True)
class Marks:
    """What the curve is seen against, each in percent; None where it is not known.

    Attributes:
        floor: Under it the model is of no use (K14).
        target: What is hoped for (K12).
        today: How it goes today.
        human: What a skilled person reaches (K25).
        break_even: Where savings pay for mistakes (K14).
        majority: What always giving the commonest answer would reach (K24).
    """

    floor: float | None
    target: float | None
    today: float | None
    human: float | None
    break_even: float | None
    majority: float | None


def find_stops(heard: Heard) -> tuple[float, ...]:
    """Where the dial stops for this project: the usual places, and what is hoped for where that may be told."""
    target = None if heard.keeps("accuracy_target") else heard.number("accuracy_target")
    own = {round(target, 2)} if target is not None and _LEAST <= target < _MOST else set[float]()
    return tuple(sorted({*STOPS, *own}))


_LEAST, _MOST = 50.0, 100.0


def find_marks(heard: Heard, drawn: Drawn) -> Marks:
    """The marks of a project; an answer that its author keeps to themselves is no mark."""

    def shown(question: str) -> float | None:
        return None if heard.keeps(question) else heard.number(question)

    worth = None if heard.keeps(*OF_WORTH) else drawn.worth
    return Marks(
        floor=shown("accuracy_needed"),
        target=shown("accuracy_target"),
        today=shown("accuracy_today"),
        human=shown("human_accuracy"),
        break_even=worth.break_even if worth else None,
        majority=shown("largest_group"),
    )


def turn_dial(heard: Heard, accuracy: float, calibration: Calibration = UNCALIBRATED) -> Turn:
    """What the project would be at this accuracy, in percent."""
    drawn = draw_project(heard, calibration, aim=accuracy)
    worth = drawn.worth
    return Turn(
        accuracy=accuracy,
        person_weeks=spread(drawn.person_weeks),
        cost=spread(drawn.cost),
        examples=spread(drawn.bill.needed),
        data_multiples=_data_multiples(heard, accuracy),
        money=cost_in_money(drawn, currency_of(heard)),
        loss_a_month=worth.loss_a_month(accuracy) if worth and worth.loses else None,
        worth_a_year=worth.a_year(accuracy) if worth and worth.saves else None,
    )


def draw_curve(heard: Heard, calibration: Calibration = UNCALIBRATED) -> Sequence[Turn]:
    """The dial at all accuracies of the curve."""
    return tuple(turn_dial(heard, accuracy, calibration) for accuracy in CURVE)


def _data_multiples(heard: Heard, accuracy: float) -> tuple[float, float, float] | None:
    meant, wanted = allowed_errors(heard), allowed_errors(heard, accuracy)
    if meant is None or wanted is None:
        return None
    fast, usual, slow = (data_multiple(meant, wanted, beta) for beta in (FASTEST, USUAL_BETA, SLOWEST))
    return fast, usual, slow
