"""Every number that the score says can be traced back: to somebody's answer, or to the score that the answers make."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest

from bot.brevity import MOST_WORDS, count_words
from bot.first_score import draw_score
from bot.premortem_messages import draw_result, draw_round
from bot.reasons import About, draw_reasons
from bot.risk_list import draw_all
from bot.team import draw_team
from bot.unknowns import Register, draw_register
from flows.agreement import Agreement
from flows.charter_writing import write_charter
from flows.objectives import describe
from flows.premortem import weigh_risks
from flows.register_rows import burn_down, read_register
from flows.risk_signs import find_signs
from flows.scoring.calibration import p80_of
from flows.scoring.draws import DRAWS, NINE_OF_TEN, Spread, normal, say_roughly, spread
from flows.scoring.heard import Heard, hear
from flows.scoring.money import hourly_cost, say_sum, weekly_costs
from flows.scoring.otherwise import find_otherwise
from flows.scoring.project_score import draw_project, score_project
from flows.shown import Shown
from flows.team_needs import find_team
from flows.wishes import say_number
from tests.bot.test_premortem_messages import looked
from tests.bot.test_ranking import texts
from tests.flows.ten_kickoffs import kickoff_of, names
from tests.flows.whole_kickoffs import TODAY

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
    found |= {say_roughly(p80_of(score.person_weeks)), "80"}
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
    labels = paid if paid is not None else np.zeros(DRAWS)
    # One in ten weeks costs less than the first rate, one in ten more than the second.
    steps = normal("what a week costs") / NINE_OF_TEN
    middle = sum(rates) / 2
    each = np.maximum(middle + steps * (rates[1] - rates[0]) / 2, rates[0] / 2)
    low, likely, high = np.percentile(draw_project(heard).person_weeks * each + labels, (10, 50, 90))
    said = f"{say_sum(likely, 'EUR')} ({say_sum(low, 'EUR')} to {say_sum(high, 'EUR')})"
    assert f"that is {said}. The budget of" in score.budget.sentence
    assert hourly.source in score.budget.sentence


PUBLISHED = {
    "8", "54", "78", "6", "1,471", "2.5.6", "2.5", "2011", "2017", "2019", "2020", "2022", "2024",
}  # fmt: skip
"""Figures of `flows.expectations`, each with its source and year there."""
COUNTS = {str(count) for count in range(40)}


def plain_numbers(text: str) -> set[str]:
    """Numbers without the comma behind them."""
    return {number.strip(",") for number in numbers_in(text)}


def all_answers(name: str) -> set[str]:
    return known(name) | numbers_in(of_texts(name))


@pytest.mark.parametrize("name", names())
def test_every_number_of_the_risks_is_an_answer_a_count_or_published(name: str) -> None:
    kickoff = kickoff_of(name)
    looked_back = looked(5, line="no number", every=3)
    told = texts(draw_all(kickoff, Agreement(premortem=looked_back)))
    assert "5 people looked back" in told
    assert "(5 people)" in told
    heard = hear(kickoff)
    weeks = score_project(heard).person_weeks
    months = {str(max(1, round(one / 3 / (52 / 12)))) for one in (weeks.p10, weeks.p90)}
    times = set[str]()
    wanted, today = heard.number("accuracy_target"), heard.number("accuracy_today")
    if wanted is not None and today is not None and today < wanted < 100:
        multiples = (((100 - today) / (100 - wanted)) ** (1 / beta) for beta in (0.35, 0.07))
        times = {say_number(float(f"{one:.2g}")) for one in multiples}
    assert plain_numbers(told) <= all_answers(name) | months | times | PUBLISHED | COUNTS


def test_every_number_of_a_look_back_is_a_count() -> None:
    kickoff = kickoff_of("card_fraud")
    signs = find_signs(Shown(kickoff))
    for answered in (1, 3, 7):
        under_way = looked(answered, line="no number", every=4, is_over=False)
        over = looked(answered, line="no number", every=4)
        day = {str(under_way.opened.due.day), str(under_way.opened.due.year)}
        told = texts(draw_round(kickoff, under_way))
        assert f"{answered} of 12 have answered." in told
        assert plain_numbers(told) == {str(answered), "12", *(day & plain_numbers(told))}
        assert f"The look back is over: {answered} of 12 answered." in texts(draw_round(kickoff, over))
        result = draw_result(kickoff, over, weigh_risks(over, signs))
        assert plain_numbers(texts(result)) <= COUNTS
        (bars,) = [block for block in result.blocks if block["type"] == "data_visualization"] or [{}]
        values = set(re.findall(r"'value': ([\d.]+)", str(bars)))
        # The median of so many fours; of fewer than three answers nothing is shown.
        assert values == ({"4.0"} if answered >= 3 else set())


@pytest.mark.parametrize("name", names())
def test_every_number_of_the_register_and_the_team_is_an_answer_or_a_count(name: str) -> None:
    kickoff = kickoff_of(name)
    rows = read_register(kickoff, (), TODAY)
    still_open = sum(row.is_open for row in rows)
    start = datetime(2026, 11, 2, tzinfo=UTC)
    burn = burn_down([(start, kickoff_of("office_plants")), (start + timedelta(days=10), kickoff)], ())
    register = Register(kickoff, rows, burn, TODAY)
    told = texts(draw_register(register))
    assert f"{still_open} now" in told
    dates, ways = numbers_in(burn.sentence), numbers_in(" ".join(row.experiment for row in rows))
    assert plain_numbers(told) <= all_answers(name) | COUNTS | dates | ways
    team = find_team(kickoff, ())
    said = texts(draw_team(kickoff, team))
    assert f"{len(team.open_jobs)} of the {len(team.every)} jobs" in said
    assert plain_numbers(said) <= all_answers(name) | COUNTS


@pytest.mark.parametrize("name", names())
def test_every_number_of_the_charter_is_an_answer_a_goal_or_follows_from_them(name: str) -> None:
    kickoff = kickoff_of(name)
    heard = hear(kickoff)
    lines = write_charter(kickoff, None).lines.values()
    told = plain_numbers(" ".join(f"{line.title} {line.text}" for line in lines))
    goals = plain_numbers(" ".join(describe(stake.objective) for stake in kickoff.stakes))
    miss, false_alarm = (heard.number(one) for one in ("miss_cost", "false_alarm_cost"))
    ratio = set[str]()
    if miss and false_alarm:
        # How many false alarms one miss is worth, and from which chance on an alarm pays.
        ratio = {f"{miss / false_alarm:.3g}", f"{false_alarm / (false_alarm + miss):.3g}"}
    # A cost function weighs mistakes per 1,000 cases.
    assert told <= all_answers(name) | goals | ratio | COUNTS | {"1,000"}
