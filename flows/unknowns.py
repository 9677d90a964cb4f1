"""What nobody knows yet, why it matters, and the cheapest way to find out (section 2.2.1; K16 to K21)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flows.question_bank import BANK
from flows.scoring.heard import Heard
from flows.scoring.scales import Scale, open_questions


@dataclass(frozen=True)
class Unknown:
    """One thing to find out.

    Attributes:
        name: What is not known.
        why: Why it matters.
        way_to_find_out: The cheapest way to find out.
        row: The checklist row.
        is_answerable: Whether asking somebody is enough; the others take an experiment.
        question: The id of the question that would settle it; empty for those that take an experiment.
        owner: Slack user id of whoever was asked first and did not know; empty if nobody was.
    """

    name: str
    why: str
    way_to_find_out: str
    row: str
    is_answerable: bool = False
    question: str = ""
    owner: str = ""


ANSWERED_BY: Mapping[str, str] = {
    "K16": "quality_seen",
    "K17": "examples_needed",
    "K18": "features_count",
    "K19": "model_size",
    "K20": "experiment_hours",
    "K21": "experiments",
}
"""The question whose answer is evidence for one of the chapter's six; none of these is listed beside the six."""


def list_unknowns(heard: Heard, impact: Scale, cost: Scale) -> tuple[Unknown, ...]:
    """List the questions still open, the one that narrows the score most first, then the chapter's six unknowns.

    The six are open for every project before its first experiment, whatever was answered in the interviews.
    """
    still_open = open_questions((*impact.contributions, *cost.contributions))
    goal = () if heard.stakes else ("goal",)
    last = (one for one in ("expected_months", "budget") if one not in heard.answers)
    asked = (_about(one) for one in dict.fromkeys((*goal, *still_open, *last)) if one not in ANSWERED_BY.values())
    return (*asked, _attainable(heard), *_SIX_UNKNOWNS[1:])


def _about(question: str) -> Unknown:
    known = _QUESTIONS.get(question)
    if known is not None:
        return replace(known, question=question)
    asked = BANK.by_id[question]
    way = asked.find_out or "Ask somebody who may know."
    return Unknown(asked.worded("this project"), asked.why, way, asked.rows[0], is_answerable=True, question=question)


def _ask(name: str, why: str, way: str, row: str) -> Unknown:
    return Unknown(name, why, way, row, is_answerable=True)


_QUESTIONS: Mapping[str, Unknown] = {
    "goal": _ask(
        "What should it achieve?",
        "Without a goal nothing can be ranked.",
        "Ask one stakeholder for a goal with a number and a date.",
        "K2",
    ),
    "current_way": _ask(
        "How is it done today?",
        "Replacing complex rules or much work by hand is where it pays.",
        "Ask whoever does it now.",
        "K3",
    ),
    "cases_per_month": _ask(
        "How many cases are there a month?",
        "Many small savings add up; a handful rarely pays.",
        "Count last month's cases.",
        "K5",
    ),
    "minutes_per_case": _ask(
        "How long does one case take?",
        "Cases times minutes are the hours that could be saved.",
        "Time someone over ten cases.",
        "K5",
    ),
    "error_consequence": _ask(
        "What does a mistake do?",
        "A mistake that someone catches is cheap; one that nobody sees is not.",
        "Walk through one wrong answer with the people who would receive it.",
        "K6",
    ),
    "method_exists": _ask(
        "Has it been solved before?",
        "A known solution makes it far cheaper.",
        "Search for a product, a library or a paper for an hour.",
        "K7",
    ),
    "label_source": _ask(
        "Are there cases with the right answer?",
        "Making them by hand is often the largest bill.",
        "Ask who keeps the records of past cases.",
        "K9",
    ),
    "accuracy_needed": _ask(
        "How often must it be right?",
        "Each further point costs more than the one before.",
        "Ask the product owner below which number they would switch it off.",
        "K14",
    ),
    "teams": _ask(
        "How many teams must work together?",
        "Each further team adds waiting and agreeing.",
        "List who owns the data, the system and the result.",
        "K59",
    ),
    "expected_months": _ask(
        "When is a first result expected?",
        "An early hope that fails can end a project that was on track.",
        "Ask the sponsor.",
        "K55",
    ),
    "budget": _ask(
        "What may it cost?",
        "It shows early whether the goal and the money fit together.",
        "Ask finance for an upper limit.",
        "K10",
    ),
}

_SIX_UNKNOWNS = (
    Unknown(
        "Can the required quality be reached at all?",
        "If not, nothing else matters.",
        "Have two experts answer the same 50 cases and see how often they agree, then try a simple model.",
        "K16",
    ),
    Unknown(
        "How much data does it take?",
        "Data is often the largest part of the cost.",
        "Train on a quarter, a half and all of the data at hand and see whether the errors still fall.",
        "K17",
    ),
    Unknown(
        "Which pieces of information does it need, and how many?",
        "A missing one caps the quality, and getting it may depend on another team.",
        "Ask an expert what they look at when they decide.",
        "K18",
    ),
    Unknown(
        "How large must the model be?",
        "Size drives the computing bill and the response time.",
        "Start with the smallest that works and double it once.",
        "K19",
    ),
    Unknown(
        "How long does one experiment take?",
        "Experiments times their length is the calendar.",
        "Time one full run on a tenth of the data.",
        "K20",
    ),
    Unknown(
        "How many experiments will it take?",
        "Progress is fast at first and then slows down.",
        "Look at the log of a similar project.",
        "K21",
    ),
)


def _attainable(heard: Heard) -> Unknown:
    first = _SIX_UNKNOWNS[0]
    if heard.choice("method_exists") != "yes" or heard.keeps("method_exists"):
        return first
    way = "Look up what the known solution reached, then try it on 200 of your own cases."
    return Unknown(first.name, first.why, way, first.row)
