"""Every number that the score says can be traced back: to somebody's answer, or to the score that the answers make."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from bot.brevity import MOST_WORDS, count_words
from bot.first_score import draw_score
from bot.reasons import About, draw_reasons
from flows.scoring.draws import Spread, say_roughly, spread
from flows.scoring.heard import Heard, hear
from flows.scoring.money import hourly_cost, say_sum, weekly_costs
from flows.scoring.otherwise import find_otherwise
from flows.scoring.project_score import draw_project, score_project
from flows.wishes import say_number
from tests.bot.test_ranking import texts
from tests.flows.ten_kickoffs import kickoff_of, names

_NUMBER = re.compile(r"(?<![\w.,])[€]?\d[\d,]*(?:\.\d+)?")
_PERSON = re.compile(r"<@\w+>")
SAID_OF_SCALES = {"100"}
"""The end of each scale."""


def numbers_in(text: str) -> set[str]:
    return {found.strip("€") for found in _NUMBER.findall(_PERSON.sub("", text))}


def of_answers(heard: Heard) -> Iterator[str]:
    """The numbers that people gave, and the products that the sentences name."""
    given = {key: heard.number(key) or 0.0 for key in heard.answers}
    for key, value in given.items():
        yield say_number(value)
        yield from numbers_in(say_sum(value, heard.currency(key)))
    yield say_number(given.get("cases_per_month", 0) * given.get("minutes_per_case", 0) / 60)
    yield say_number(given.get("experiments", 0) * given.get("experiment_hours", 0))
    bill = draw_project(heard).bill
    if bill.money is not None:
        yield from numbers_in(say_sum(spread(bill.money).p50, bill.currency))
    yield from numbers_in(" ".join(str(heard.choice(key)) for key in heard.answers))


def whole(scale: Spread) -> set[str]:
    return {f"{abs(number):.0f}" for number in (scale.p10, scale.p50, scale.p90)}


def rough(scale: Spread) -> set[str]:
    return {say_roughly(abs(number)) for number in (scale.p10, scale.p50, scale.p90)}


@cache
def known(name: str) -> set[str]:
    """All numbers that may be said of this kickoff."""
    heard = hear(kickoff_of(name))
    score = score_project(heard)
    found = SAID_OF_SCALES | set(of_answers(heard)) | rough(score.person_weeks)
    for title, scale in (("impact", score.impact), ("cost", score.cost)):
        found |= whole(Spread(scale.p10, scale.p50, scale.p90))
        for one in scale.contributions:
            found |= whole(one.part) | rough(one.part)
            other = find_otherwise(heard, one, title, scale.p50)
            if other:
                found |= {f"{other.place.on(title):.0f}"} | numbers_in(other.words)
    for money in (score.money, score.worth_a_year):
        found |= numbers_in(money.words) if money else set()
    return found


def of_texts(name: str) -> str:
    """What is advised in words, such as to label 50 cases, and the budget, whose sums are traced below."""
    score = score_project(hear(kickoff_of(name)))
    said = [score.next_step, score.budget.sentence, *score.flags, *(gate.why for gate in score.gates)]
    return " ".join([*said, *(f"{one.name} {one.why} {one.way_to_find_out}" for one in score.unknowns)])


@pytest.mark.parametrize("name", names())
def test_every_number_of_the_message_is_the_scores(name: str) -> None:
    message = draw_score(kickoff_of(name))
    assert count_words(*message.blocks) <= MOST_WORDS
    assert numbers_in(texts(message)) - numbers_in(of_texts(name)) <= known(name)


@pytest.mark.parametrize("name", names())
def test_every_number_of_the_window_is_an_answer_or_the_scores(name: str) -> None:
    told = texts(draw_reasons(About(kickoff_of(name))))
    counted = {str(count) for count in range(40)}  # goals with a number, teams' hurdles, things not known yet
    assert numbers_in(told) - numbers_in(of_texts(name)) - counted <= known(name)


@pytest.mark.parametrize("name", names())
def test_the_budgets_sentence_is_work_times_what_a_week_costs(name: str) -> None:
    heard = hear(kickoff_of(name))
    score = score_project(heard)
    rates, hourly = weekly_costs(heard.currency("budget")), hourly_cost(heard.currency("budget"))
    if rates is None or hourly is None or "that is" not in score.budget.sentence:
        return
    paid = draw_project(heard).bill.money
    labels = spread(paid) if paid is not None else Spread(0, 0, 0)
    low = say_sum(score.person_weeks.p10 * rates[0] + labels.p10, "EUR")
    high = say_sum(score.person_weeks.p90 * rates[1] + labels.p90, "EUR")
    assert f"that is {low} to {high}. The budget of" in score.budget.sentence
    assert hourly.source in score.budget.sentence
