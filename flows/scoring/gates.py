"""What keeps a project out of the ranking, and what opens the gate: gates are never points (sections 2.1 to 2.3).

K2, no goal; K14, a target under the floor; K40, none of the twelve forms; data that may not be used; no baseline.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.facts import CurrentWay
from flows.scoring.heard import Heard
from flows.wishes import say_number


@dataclass(frozen=True)
class Gate:
    """One reason not to rank a project yet.

    Attributes:
        name: What is missing, in a few words.
        why: Why that matters.
        opens: What opens the gate: one next step.
        question: The id of the question that would open it; empty where no answer does.
        is_kept: Whether an answer that its author keeps to themselves is behind it: then `why` may not be shown, and
            `opens` repeats nothing of the answer.
    """

    name: str
    why: str
    opens: str
    question: str = ""
    is_kept: bool = False


def find_gates(heard: Heard) -> tuple[Gate, ...]:
    """All gates that are closed, the gravest first."""
    return (*_goal(heard), *_form(heard), *_data(heard), *_floor(heard), *_baseline(heard))


def _goal(heard: Heard) -> Iterator[Gate]:
    if not heard.stakes:
        yield Gate("no goal", "Without a goal nothing can be ranked.", "Ask one stakeholder for a goal.", "goal")


def _form(heard: Heard) -> Iterator[Gate]:
    if heard.choice("form") == "none":
        named = "" if heard.keeps("form_instead") else heard.choice("form_instead")
        instead = f"what was named instead, “{named}”," if named else "something else than a model,"
        yield Gate(
            "no job for a model",
            "None of the twelve things that a model can do fits, so machine learning is likely not the best solution.",
            f"Try {instead} or say which form fits after all.",
            "form",
            heard.keeps("form"),
        )


def _data(heard: Heard) -> Iterator[Gate]:
    if heard.choice("people_data") == "not_settled":
        yield Gate(
            "data that may not be used yet",
            "It is about people, and on what ground it may be used is not settled.",
            "Have whoever looks after privacy settle the ground.",
            "people_data",
            heard.keeps("people_data"),
        )


def _floor(heard: Heard) -> Iterator[Gate]:
    floor, target = heard.number("accuracy_needed"), heard.number("accuracy_target")
    if floor is not None and target is not None and target < floor:
        is_kept = heard.keeps("accuracy_needed", "accuracy_target")
        hope = "what is needed" if is_kept else say_number(floor)
        yield Gate(
            "a target under the floor",
            f"{say_number(target)} right out of 100 is hoped for, and under {say_number(floor)} it is of no use.",
            f"Hope for {hope} at least, or say that less is of use.",
            "accuracy_target",
            is_kept,
        )


_WHERE_IT_STANDS = ("accuracy_today", "minutes_per_case", "rules_hours", "rules_exceptions")
"""Any of these numbers tells how it goes today, beside a goal's own."""


def _baseline(heard: Heard) -> Iterator[Gate]:
    known = any(one in heard.answers for one in _WHERE_IT_STANDS)
    known |= any(stake.objective.baseline is not None for stake in heard.stakes)
    if heard.stakes and not known and heard.choice("current_way") != CurrentWay.NOT_DONE:
        yield Gate(
            "no baseline",
            "Nobody has said how it goes today, so nobody could tell later whether it got better.",
            "Say where one goal stands today, or how many of 100 cases come out right.",
            "accuracy_today",
        )
