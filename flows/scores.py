"""A first score of impact, cost and unknowns, in words and numbers (chapter 2, sections 2.1 and 2.2).

Impact and cost stay two numbers on two fixed scales with a written meaning; they are never combined, and never measured
against other projects. What nobody knows yet widens a range and is listed; it never counts as zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.budget import check_budget
from flows.cost import estimate_cost
from flows.facts import CurrentWay, ErrorConsequence, Facts, LabelSource
from flows.impact import estimate_impact, hours_by_hand
from flows.scales import Contribution, Scale
from flows.unknowns import Unknown, list_unknowns
from flows.wishes import Stake, say_number

__all__ = ["Contribution", "Scale", "Score", "Unknown", "first_score"]

_HARD = 95.0
_HARDER = 99.0


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


def first_score(stakes: Sequence[Stake], facts: Facts) -> Score:
    """Score a project from its goals and what the interviews learned."""
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
        flags=(*_flags(facts), *((budget.sentence,) if budget.is_short else ())),
        next_step=_next_step(unknowns, facts),
    )


def _flags(facts: Facts) -> tuple[str, ...]:
    flags: list[str] = []
    if _rules_can_teach(facts):
        flags.append("Often high impact, low cost: rules do it today, and a system records answers to learn from.")
    if facts.accuracy_needed is not None and facts.accuracy_needed >= _HARD:
        flags.append(_accuracy_flag(facts.accuracy_needed))
    if facts.error_consequence is ErrorConsequence.UNNOTICED:
        flags.append("Nobody would notice a mistake. Plan a regular check by people before it goes into use.")
    return tuple(flags)


def _rules_can_teach(facts: Facts) -> bool:
    return facts.current_way is CurrentWay.RULES and facts.label_source is LabelSource.AUTOMATIC


def _accuracy_flag(accuracy: float) -> str:
    needed = f"{say_number(accuracy)} right out of 100"
    caveat = "If one outcome is rare, this number misleads; ask for misses and false alarms instead."
    if accuracy > _HARDER:
        return f"{needed} is a lot: expect a shortage of examples with the right answer. {caveat}"
    return f"{needed} is very hard to reach in some problems. {caveat}"


def _next_step(unknowns: Sequence[Unknown], facts: Facts) -> str:
    if unknowns[0].is_answerable:
        return f"{unknowns[0].way_to_find_out} {unknowns[0].why}"
    if _rules_can_teach(facts):
        return "Train a first small model on what the rules recorded, and compare it with the rules on fresh cases."
    return "Solve a small slice first, such as one place or the ten commonest kinds of case, and time each stage."
