"""What somebody keeps between them and the app counts, and nothing that others read tells which answer it was.

Only the whole moves with it: the two numbers, the work and its price, and what compares the whole with a limit. What is
asked next follows from it, too, as the questions of an interview do.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.accuracy_dial import _first_stop, draw_dial
from bot.reasons import About, draw_reasons
from flows.answers import Answer, Status
from flows.kickoffs import Kickoff, Participant
from flows.portfolio.candidates import make_candidate
from flows.question_bank import BANK
from flows.scoring.heard import hear
from flows.scoring.otherwise import list_others
from flows.scoring.project_score import score_project
from tests.bot.test_results import texts, view_texts
from tests.flows.ten_kickoffs import kickoff_of, names

# A closed gate keeps the project out of the ranking, which everybody sees; its name says what is missing.
_THE_WHOLE = re.compile(
    r"\*(Impact|Cost|Cost in money|Work|Next):|\*Budget:\*|A first result is expected in|Not ranked yet|"
    r"things nobody knows yet|^• |"
    r"(Few people|It helps a few|It saves a team|It changes how|Days to a few|A month or two|A few months|Half a year|"
    r"A year or more)"
)


def kept_cases(name: str) -> Iterator[tuple[str, Kickoff, Kickoff]]:
    """Each answer that counts, kept, as it was given and as it might have been given instead."""
    whole = kickoff_of(name)
    for person in whole.participants:
        for question, answer in person.interview.answers.items():
            if answer.status is Status.GIVEN and question in BANK.by_id:
                other = next(iter(list_others(BANK.by_id[question], hear(whole))), None)
                if other is not None:
                    yield question, _keep(whole, person, answer), _keep(whole, person, other)


def _keep(kickoff: Kickoff, person: Participant, answer: Answer) -> Kickoff:
    answers = {**person.interview.answers, answer.question: answer}
    interview = replace(person.interview, answers=answers, confidential=frozenset({answer.question}))
    people = (replace(one, interview=interview) if one is person else one for one in kickoff.participants)
    return replace(kickoff, participants=tuple(people))


def _told_of_parts(kickoff: Kickoff) -> list[str]:
    """What the parts of a score say, without those that are kept."""
    score = score_project(hear(kickoff))
    shown = [one for one in (*score.impact.contributions, *score.cost.contributions) if not one.is_kept]
    return [f"{one.name}: {one.because} {one.people} {one.evidence}" for one in shown]


def _told(kickoff: Kickoff) -> list[str]:
    dial = draw_dial(kickoff, _first_stop(hear(kickoff)))
    shown = [*view_texts(draw_reasons(About(kickoff))), *texts(dial.said)]
    return [line for text in shown for line in text.split("\n") if not _THE_WHOLE.search(line)]


@pytest.mark.parametrize("name", names())
def test_no_reason_depends_on_a_kept_answer(name: str) -> None:
    tried = 0
    for question, given, other in kept_cases(name):
        assert _told_of_parts(given) == _told_of_parts(other), question
        tried += 1
    assert tried > 15


@pytest.mark.parametrize(
    "question",
    ["label_price", "label_source", "examples_needed", "accuracy_target", "method_exists", "current_way", "teams"],
)
def test_nothing_shown_depends_on_a_kept_answer(question: str) -> None:
    given, other = next((one[1], one[2]) for one in kept_cases("product_photos") if one[0] == question)
    assert _told(given) == _told(other)


def test_no_part_has_an_amount_where_another_one_is_kept() -> None:
    whole = kickoff_of("invoice_fields")
    by_question = {question: given for question, given, _ in kept_cases("invoice_fields")}
    assert re.search(r"\*\d+ person-weeks \(", "\n".join(view_texts(draw_reasons(About(whole)))))
    said = "\n".join(view_texts(draw_reasons(About(by_question["teams"]))))
    assert not re.search(r"\*\d+ person-weeks \(", said)
    assert "So I show no amounts" in said
    # Impact rests on none of it, and shows its amounts.
    assert re.search(r"\*[+−]\d+ points \(", said)


def test_the_price_of_a_label_is_not_told_by_the_bill() -> None:
    whole = kickoff_of("product_photos")
    (person,) = (one for one in whole.participants if "label_price" in one.interview.answers)
    kept = _keep(whole, person, person.interview.answers["label_price"])
    assert " in all" in "\n".join(view_texts(draw_reasons(About(whole))))
    said = "\n".join(view_texts(draw_reasons(About(kept))))
    assert " in all" not in said
    assert "Cost in money" not in said
    assert "a price that stays with whoever named it" in said


def test_the_dial_does_not_open_at_a_target_that_is_kept() -> None:
    for question, given, _ in kept_cases("card_fraud"):
        if question in {"accuracy_target", "accuracy_needed"}:
            project = hear(given)
            left = ({"accuracy_target", "accuracy_needed"} - {question}).pop()
            named = project.number(left)
            assert named is not None
            places = (90.0, 95.0, 99.0, 99.5, *((named,) if left == "accuracy_target" else ()))
            assert _first_stop(project) == min(places, key=lambda stop: abs(stop - named))


def test_whose_weeks_are_short_is_not_counted_where_a_part_of_the_work_is_kept() -> None:
    for question, given, _ in kept_cases("invoice_fields"):
        candidate = make_candidate("1", "Invoices", hear(given))
        if question == "teams":
            assert candidate.kept >= candidate.needs.keys() - {"machine"}
        if question == "cases_per_month":
            assert not candidate.kept
