"""One question of each kind, for the tests of answers."""

from datetime import date
from typing import Any

from flows.answers import read_answer
from flows.questions import Kind, Option, Question
from flows.refusals import NotRead
from flows.roles import Role

TODAY = date(2026, 11, 23)  # a Monday


def make_question(kind: Kind, name: str = "asked", example: str = "", **more: Any) -> Question:
    return Question(
        id=name, label="It", kind=kind, wording="What?", why="So.", roles=(Role.FINANCE,), example=example, **more
    )


def make_options(*labels: str, values: tuple[str, ...] = ()) -> tuple[Option, ...]:
    names = values or tuple(f"v{place}" for place in range(len(labels)))
    return tuple(Option(value=value, label=label) for value, label in zip(names, labels, strict=True))


WAYS = make_options(
    "Software with rules", "People do it by hand", "It is not done yet", values=("rules", "by_hand", "not_done")
)
SOURCES = make_options("Yes, a system records them", "Yes, collected by people", "No, we would make them")
SIGNS = make_options("Rules", "People", "Data, and its owners", "None of these")
OFTEN = make_options("never", "rarely", "at times", "often", "always", values=("1", "2", "3", "4", "5"))

QUESTIONS = {
    question.id: question
    for question in (
        make_question(Kind.CHOICE, "current_way", options=WAYS),
        make_question(Kind.CHOICE, "label_source", options=SOURCES),
        make_question(Kind.CHOICE, "sizes", options=make_options("<10", ">10", "1-5 teams", "maintenance team")),
        make_question(Kind.CHOICES, "signs", options=SIGNS),
        make_question(Kind.CHOICES, "two", options=make_options("Cost", "Quality", "Not known", "None")),
        make_question(Kind.CHOICES, "pair", options=make_options("Cost", "Quality")),
        make_question(Kind.CHOICES, "counts", options=make_options("2 teams", "3 teams", "***")),
        make_question(Kind.YES_NO, "method_exists"),
        make_question(Kind.NUMBER, "cases_per_month", "12,000", unit="cases a month"),
        make_question(Kind.NUMBER, "minutes_per_case", "5", unit="minutes a case"),
        make_question(Kind.NUMBER, "expected_months", "6", unit="months"),
        make_question(Kind.NUMBER, "teams", "3", unit="teams"),
        make_question(Kind.NUMBER, "load", "200", unit="requests per second"),
        make_question(Kind.NUMBER, "batches", "3", unit="batches"),
        make_question(Kind.PERCENTAGE, "accuracy_needed", "90", unit="% right"),
        make_question(Kind.PERCENTAGE, "share", "40 %", unit="of cases"),
        make_question(Kind.MONEY, "budget", "€80,000"),
        make_question(Kind.MONEY, "fees", "€500", unit="a month"),
        make_question(Kind.DURATION, "wait", "3 days", unit="days"),
        make_question(Kind.DURATION, "delay", "1h 30", unit="minutes"),
        make_question(Kind.DATE, "launch", "31 December 2026"),
        make_question(Kind.PERSON, "owner"),
        make_question(Kind.SCALE, "often", options=OFTEN),
        make_question(Kind.SCALE, "mood", options=make_options("1 - bad", "2", "3 - good")),
        make_question(Kind.SHORT_TEXT, "name", "the claims database"),
        make_question(Kind.LONG_TEXT, "story", "Claims come in by post; two people sort them"),
    )
}


def refusal(name: str, text: str, me: str = "") -> str:
    try:
        answer = read_answer(QUESTIONS[name], text, TODAY, me=me)
    except NotRead as reason:
        return str(reason)
    raise AssertionError(answer)
