"""A project's score: impact and cost as two numbers with ranges and reasons, gates, flags and a next step.

Impact and cost stay apart, each on a fixed scale (section 2.1). What nobody knows yet widens a range; it never counts
as zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from flows.cautions import find_cautions
from flows.facts import CurrentWay, LabelSource
from flows.scoring.budget import BudgetCheck, check_budget
from flows.scoring.draws import Draw, Spread, between, normal, spread
from flows.scoring.effort import MEANINGS as MEANINGS_OF_COST
from flows.scoring.effort import EffortPart, list_work
from flows.scoring.gates import Gate, find_gates
from flows.scoring.haste import find_haste
from flows.scoring.heard import Heard
from flows.scoring.impact import MEANINGS, WEIGHTS, ImpactPart, list_benefits
from flows.scoring.label_bill import LabelBill, bill_labels
from flows.scoring.money import Money, weekly_costs
from flows.scoring.sampling import Sampling
from flows.scoring.scales import UNCALIBRATED, Calibration, Contribution, Scale, place, points_of_cost
from flows.scoring.worth import Worth, currency_of, find_worth
from flows.unknowns import Unknown, list_unknowns

CRITERIA = (*WEIGHTS, "effort")
"""The five criteria of a project, each from 0 to 100, more is better: the four of impact, and little effort."""


@dataclass(frozen=True)
class Drawn:
    """Projects that fit what is known of one.

    Attributes:
        criteria: Their places on the five scales, in the order of `CRITERIA`; of shape (draws, 5).
        impact: On the scale of impact; of shape (draws,).
        cost: On the scale of cost; of shape (draws,).
        person_weeks: The work they take; of shape (draws,).
        impact_parts: What impact is made of.
        effort_parts: What the work is made of.
        bill: What labelling takes.
        worth: What their cases are worth in money; None where too little was said.
    """

    criteria: npt.NDArray[np.float64]
    impact: Draw
    cost: Draw
    person_weeks: Draw
    impact_parts: tuple[ImpactPart, ...]
    effort_parts: tuple[EffortPart, ...]
    bill: LabelBill
    worth: Worth | None

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """All that both scales are made of."""
        return (*(one.told for one in self.impact_parts), *(one.told for one in self.effort_parts))


@dataclass(frozen=True)
class Score:
    """What is known about one project before it starts.

    Attributes:
        impact: What it is worth, 0 to 100.
        cost: What it takes, 0 to 100.
        person_weeks: The work.
        money: What the work and the labels cost, where money was given in a currency that we know a source for.
        worth_a_year: What it saves a year less its mistakes, at the accuracy that is needed; None where unknown.
        effort_by_job: Person-weeks at the middle, by the job that does them (as in the question `jobs_filled`).
        gates: Why it is not ranked yet; empty where nothing stands in the way.
        flags: Things to say aloud.
        unknowns: What nobody knows yet, what would change the score most first.
        budget: Whether the likely cost fits the budget, or what is missing to tell.
        next_step: The one thing to do next.
    """

    impact: Scale
    cost: Scale
    person_weeks: Spread
    money: Money | None
    worth_a_year: Money | None
    effort_by_job: Mapping[str, float]
    gates: tuple[Gate, ...]
    flags: tuple[str, ...]
    unknowns: tuple[Unknown, ...]
    budget: BudgetCheck
    next_step: str


def draw_project(heard: Heard, calibration: Calibration = UNCALIBRATED, *, aim: float | None = None) -> Drawn:
    """Draw projects that fit what is known of one; the same answers always give the same draws.

    Args:
        heard: What is known of it.
        calibration: What finished projects taught about the estimates.
        aim: The accuracy to aim at, in percent, instead of the one that was said.
    """
    worth, work_to_do = (Sampling(heard, side, calibration.width, aim) for side in ("worth", "work"))
    worth_parts = list_benefits(worth)
    places = [
        np.clip(reduce(np.add, (one.points for one in worth_parts if one.criterion == name)), 0, 100)
        for name in WEIGHTS
    ]
    bill = bill_labels(work_to_do)
    work = list_work(work_to_do, bill, calibration.effort)
    person_weeks: Draw = np.sum([one.person_weeks for one in work], axis=0)
    cost = points_of_cost(person_weeks)
    whole: Draw = np.sum([weight * points for weight, points in zip(WEIGHTS.values(), places, strict=True)], axis=0)
    return Drawn(
        criteria=np.column_stack([*places, 100 - cost]),
        impact=whole,
        cost=cost,
        person_weeks=person_weeks,
        impact_parts=worth_parts,
        effort_parts=work,
        bill=bill,
        worth=find_worth(worth),
    )


def score_project(heard: Heard, calibration: Calibration = UNCALIBRATED) -> Score:
    """Score a project from its goals and what the interviews learned."""
    return score_drawn(heard, draw_project(heard, calibration))


def score_drawn(heard: Heard, drawn: Drawn) -> Score:
    """The score that these draws of a project make."""
    worth = tuple(one.told for one in drawn.impact_parts)
    work = tuple(one.told for one in drawn.effort_parts)
    on_impact = place(spread(drawn.impact), worth, MEANINGS)
    on_cost = place(spread(drawn.cost), work, MEANINGS_OF_COST)
    weeks = spread(drawn.person_weeks)
    unknowns = list_unknowns(heard, on_impact, on_cost)
    money = cost_in_money(drawn, currency_of(heard))
    is_labelling_paid = drawn.bill.money is not None and drawn.bill.currency == heard.currency("budget")
    budget = check_budget(heard, on_cost, weeks, money, is_labelling_paid=is_labelling_paid)
    gates = find_gates(heard)
    return Score(
        impact=on_impact,
        cost=on_cost,
        person_weeks=weeks,
        money=money,
        worth_a_year=_worth(drawn, heard),
        effort_by_job=_by_job(drawn),
        gates=gates,
        flags=(*_flags(heard, weeks), *((budget.sentence,) if budget.is_short else ())),
        unknowns=unknowns,
        budget=budget,
        next_step=_next_step(gates, unknowns, heard),
    )


def cost_in_money(drawn: Drawn, currency: str | None) -> Money | None:
    """The work at what a week may cost, and the labellers' bill where it is in the same currency."""
    rates = weekly_costs(currency)
    if rates is None or currency is None:
        return None
    low, high = rates
    each = np.clip(between(normal("what a week costs"), low, sum(rates) / 2, high), low / 2, None)
    labels = drawn.bill.money if drawn.bill.money is not None and drawn.bill.currency == currency else 0.0
    return Money(spread(drawn.person_weeks * each + labels), currency)


def _worth(drawn: Drawn, heard: Heard) -> Money | None:
    accuracy = heard.number("accuracy_needed")
    return drawn.worth.a_year(accuracy) if drawn.worth and drawn.worth.saves and accuracy is not None else None


def _by_job(drawn: Drawn) -> Mapping[str, float]:
    """Each part's middle by its job, so scaled that all together are the middle of the whole."""
    middles: dict[str, float] = {}
    for one in drawn.effort_parts:
        middles[one.job] = middles.get(one.job, 0.0) + max(one.told.part.p50, 0.0)
    whole = float(np.median(drawn.person_weeks)) / sum(middles.values())
    return {job: weeks * whole for job, weeks in middles.items()}


def _flags(heard: Heard, weeks: Spread) -> tuple[str, ...]:
    both = "Often high impact, low cost: rules do it today, and a system records answers to learn from."
    said = {question: one.answer for question, one in heard.answers.items() if not one.is_kept}
    return (*((both,) if rules_can_teach(heard) else ()), *find_cautions(said), *find_haste(heard, weeks))


def rules_can_teach(heard: Heard) -> bool:
    """K4: rules that do it today can be learned, and a system records the answers; said only if nobody keeps that."""
    if heard.keeps("current_way", "rules_learnable", "label_source", "rules_labels"):
        return False
    if heard.choice("current_way") != CurrentWay.RULES or heard.choice("rules_learnable") == "no":
        return False
    return heard.choice("label_source") == LabelSource.AUTOMATIC or heard.choice("rules_labels") == "yes"


def _next_step(gates: tuple[Gate, ...], unknowns: tuple[Unknown, ...], heard: Heard) -> str:
    if gates:
        return f"{gates[0].opens} {gates[0].why}" if not gates[0].is_kept else gates[0].opens
    if unknowns[0].is_answerable:
        return f"{unknowns[0].way_to_find_out} {unknowns[0].why}"
    if rules_can_teach(heard):
        return "Train a first small model on what the rules recorded, and compare it with the rules on fresh cases."
    return "Solve a small slice first, such as one place or the ten commonest kinds of case, and time each stage."
