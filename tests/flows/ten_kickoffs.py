"""Ten kickoffs as people would tell them, and the order that the chapter's own reasoning gives to pairs of them.

They were written down from the chapter, and scored only once all of them and all pairs stood. Where the app and a pair
disagree, the app is wrong or the reason is; of the first twenty pairs one reason was (a cheap project was said to be
dearer than another cheap one, with less labelling to do).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from flows.answers import Answer, Status, from_form, read_answer
from flows.kickoffs import Kickoff
from flows.question_bank import BANK
from flows.questions import Question
from flows.roles import Role
from tests.flows.whole_kickoffs import TODAY, project

FOLDER = Path(__file__).parent / "kickoffs"
UNKNOWN = "unknown"


class Told(BaseModel):
    """A kickoff as it stands in its file: answers are what somebody types, or the values of options."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    project: str
    story: str
    goals: dict[Role, str]
    answers: dict[str, str | list[str]]


@dataclass(frozen=True)
class Pair:
    """The first comes before the second: it is worth more, or it is dearer."""

    first: str
    second: str
    scale: Literal["impact", "cost"]
    because: str


def names() -> list[str]:
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def told(name: str) -> Told:
    return Told.model_validate(yaml.safe_load((FOLDER / f"{name}.yaml").read_text()))


def answers_of(one: Told) -> dict[str, Answer]:
    return {name: _answer(BANK.by_id[name], value) for name, value in one.answers.items()}


def kickoff_of(name: str) -> Kickoff:
    one = told(name)
    return project(answers_of(one), one.goals, name=one.project, problem=one.story)


def _answer(question: Question, value: str | list[str]) -> Answer:
    if value == UNKNOWN:
        return Answer(question=question.id, status=Status.UNKNOWN)
    if isinstance(value, list) or question.values:
        return from_form(question, value if isinstance(value, list) else [value], TODAY)
    return read_answer(question, value, TODAY)


ORDERS = (
    Pair(
        "card_fraud",
        "ticket_routing",
        "cost",
        "2.1.2: labels by people, two for each of millions, against labels on record (K9, K10).",
    ),
    Pair(
        "tumour_images",
        "ticket_routing",
        "cost",
        "2.1.2: labels by hand, three experts each, and 97 % needed (K10, K12).",
    ),
    Pair("tumour_images", "invoice_fields", "cost", "2.1.2: one is labelled by hand, the other by a system (K9, K10)."),
    Pair(
        "ask_me_anything",
        "churn_alert",
        "cost",
        "2.5.6: nine teams and no method against three and a known one (K7, K59).",
    ),
    Pair("ask_me_anything", "demand_forecast", "cost", "2.1.2: no known method, labels by hand, 98 % (K7, K10, K12)."),
    Pair(
        "ask_me_anything", "pricing_rules", "cost", "2.1.2: the rules' labels are there, the helper's are not (K4, K9)."
    ),
    Pair(
        "card_fraud",
        "demand_forecast",
        "cost",
        "2.1.2: millions of labels and 120 long experiments against labels on record (K10, K20).",
    ),
    Pair(
        "product_photos",
        "churn_alert",
        "cost",
        "2.1.2: 600,000 photos to label by hand against labels on record (K9, K10).",
    ),
    Pair(
        "product_photos", "ticket_routing", "cost", "2.1.2: 95 % and labels by hand against 80 % and none (K10, K12)."
    ),
    Pair(
        "tumour_images",
        "office_plants",
        "cost",
        "2.1.2: 97 % with three experts for each label, against 300 photos (K10, K12).",
    ),
    Pair(
        "tumour_images", "churn_alert", "cost", "2.5.5: five teams and three hurdles against three and one (K58, K59)."
    ),
    Pair(
        "pricing_rules",
        "churn_alert",
        "impact",
        "2.1.1: it replaces a tangle of rules; the other replaces nothing (K3).",
    ),
    Pair(
        "pricing_rules",
        "ask_me_anything",
        "impact",
        "2.1.1: rules replaced and mistakes seen, against neither (K3, K6).",
    ),
    Pair(
        "ticket_routing", "ask_me_anything", "impact", "2.1.1: cheap imperfect predictions that people catch (K5, K6)."
    ),
    Pair("ticket_routing", "churn_alert", "impact", "2.1.1: 2,000 hours a month of simple work against none (K5)."),
    Pair("invoice_fields", "ask_me_anything", "impact", "2.1.1: hours of work saved, mistakes caught (K5, K6)."),
    Pair(
        "ticket_routing",
        "product_photos",
        "impact",
        "2.1.1: 2,000 hours against 500, and a person sees failures (K5, K6).",
    ),
    Pair(
        "demand_forecast",
        "office_plants",
        "impact",
        "2.3.2: costs fall by a named sum; plants have no business figure (K41).",
    ),
    Pair("pricing_rules", "office_plants", "impact", "2.1.1: a complex part replaced against a watering can (K3)."),
    Pair("card_fraud", "office_plants", "impact", "2.1.1 and 2.3.2: rules replaced, losses down by 40 % (K3, K41)."),
)
"""For each pair, which comes first on which scale, and the chapter's reason with its rows."""

GATED = {"office_plants": "no job for a model"}
"""Those that are not ranked, and what stands in the way."""
