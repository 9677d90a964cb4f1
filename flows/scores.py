"""A first score of impact, cost and unknowns, in words and numbers (chapter 2, sections 2.1 and 2.2).

Impact and cost stay two numbers on two fixed scales with a written meaning; they are never combined, and never measured
against other projects. What nobody knows yet widens a range and is listed; it never counts as zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.answers import Answer, gather_facts
from flows.budget import check_budget
from flows.cautions import find_cautions
from flows.cost import estimate_cost
from flows.facts import CurrentWay, Facts, LabelSource
from flows.impact import estimate_impact, hours_by_hand
from flows.scales import Contribution, Scale
from flows.unknowns import Unknown, list_unknowns
from flows.wishes import Stake

__all__ = ["Contribution", "Scale", "Score", "Unknown", "first_score"]


@dataclass(frozen=True)
class Score:
    """What is known about one project before it starts.

    Attributes:
        impact: What it is worth, 0 to 100.
        cost: What it takes, 0 to 100.
        unknowns: What nobody knows yet, what would change the score most first.
        budget: Whether the likely cost fits the budget, or what is missing to tell; a flag as well where it may not.
        hours_saved_per_month: Hours that people spend on it today; None when that is not known.
        flags: Things to say aloud.
        next_step: The one thing to do next.
    """

    impact: Scale
    cost: Scale
    unknowns: tuple[Unknown, ...]
    budget: str
    hours_saved_per_month: float | None
    flags: tuple[str, ...]
    next_step: str


def first_score(stakes: Sequence[Stake], answers: Mapping[str, Answer]) -> Score:
    """Score a project from its goals and what the interviews learned.

    Args:
        stakes: The goals with their owners.
        answers: One answer to each question, by its id; where people disagree, the one that counts.
    """
    facts = gather_facts(answers.values())
    impact = estimate_impact(stakes, facts)
    cost = estimate_cost(facts)
    unknowns = list_unknowns(facts, has_goals=bool(stakes), contributions=(*impact.contributions, *cost.contributions))
    budget = check_budget(facts, cost)
    return Score(
        impact=impact,
        cost=cost,
        unknowns=unknowns,
        budget=budget.sentence,
        hours_saved_per_month=hours_by_hand(facts),
        flags=(*_flags(facts, answers), *((budget.sentence,) if budget.is_short else ())),
        next_step=_next_step(unknowns, facts),
    )


def _flags(facts: Facts, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    both = "Often high impact, low cost: rules do it today, and a system records answers to learn from."
    return (*((both,) if _rules_can_teach(facts) else ()), *find_cautions(answers))


def _rules_can_teach(facts: Facts) -> bool:
    return facts.current_way is CurrentWay.RULES and facts.label_source is LabelSource.AUTOMATIC


def _next_step(unknowns: Sequence[Unknown], facts: Facts) -> str:
    if unknowns[0].is_answerable:
        return f"{unknowns[0].way_to_find_out} {unknowns[0].why}"
    if _rules_can_teach(facts):
        return "Train a first small model on what the rules recorded, and compare it with the rules on fresh cases."
    return "Solve a small slice first, such as one place or the ten commonest kinds of case, and time each stage."
