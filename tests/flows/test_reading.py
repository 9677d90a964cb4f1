"""Objectives that must be read right, and without a doubt where nothing is doubtful (chapter 2, section 2.3.2)."""

from datetime import date

import pytest

from flows.metrics import find_metric
from flows.objectives import Bound, Direction, Firmness, Mode, Objective, Unit, describe
from flows.reading import Reading, read_objectives

TODAY = date(2026, 4, 15)

TIME = "increase time on platform by"
ADS = "increase advertising revenue by"
CLOUD = "reduce cloud bill by"
MONTHLY = "reduce monthly cloud bill by"
OPEN = ", no deadline given"
JUNE = " by 30 June 2026"

THE_CHAPTERS_GOALS = {
    "increase the time the user spends on an online platform by at least 15%": f"{TIME} at least 15 %{OPEN}",
    "increase the time users spend on the platform by at least 15%": f"{TIME} at least 15 %{OPEN}",
    "Increase the time the user spends on the platform by at least 15 %.": f"{TIME} at least 15 %{OPEN}",
    "increase time on platform by at least 15 percent": f"{TIME} at least 15 %{OPEN}",
    "we'd like 15 % more time on the platform": f"{TIME} 15 %{OPEN}, flexible",
    "time on platform +15%": f"{TIME} 15 %{OPEN}",
    "+15 % time on platform": f"{TIME} 15 %{OPEN}",
    "time on platform up 15%": f"{TIME} 15 %{OPEN}",
    "time on platform ↑ 15 %": f"{TIME} 15 %{OPEN}",
    "at least 15% more time spent on platform": f"{TIME} at least 15 %{OPEN}",
    "15% or more additional time on the platform": f"{TIME} at least 15 %{OPEN}",
    "I want users to spend 15% more time on the platform": f"{TIME} 15 %{OPEN}",
    "We want people to spend at least 15% more time on our platform": f"{TIME} at least 15 %{OPEN}",
    "users should spend 15 % more time on the platform": f"{TIME} 15 %{OPEN}",
    "raise the time spent on the platform by 15 per cent": f"{TIME} 15 %{OPEN}",
    "boost time on platform by about 15%": f"{TIME} about 15 %{OPEN}",
    "grow time on platform by 10-15%": f"{TIME} 10 to 15 %{OPEN}",
    "grow time on platform by 10 to 15 percent": f"{TIME} 10 to 15 %{OPEN}",
    "grow time on platform by between 10% and 15%": f"{TIME} 10 to 15 %{OPEN}",
    "time on platform: at least +15%": f"{TIME} at least 15 %{OPEN}",
    "time on the platform should go up by fifteen percent": f"{TIME} 15 %{OPEN}",
    "We must increase time on platform by 15% by the end of June": f"{TIME} 15 %{JUNE}, firm",
    "by end of Q2, increase time on platform by 15%": f"{TIME} 15 %{JUNE}",
    "increase the amount of time users spend on the platform by 15%": f"{TIME} 15 %{OPEN}",
    "🚀 increase time on platform by 15% 🚀": f"{TIME} 15 %{OPEN}",
    "+20% ad revenue": f"{ADS} 20 %{OPEN}",
    "increase the revenue from advertisements by 20%": f"{ADS} 20 %{OPEN}",
    "increase revenue from advertising by 20 %": f"{ADS} 20 %{OPEN}",
    "increase revenue from ads by 20% by 30 June 2026": f"{ADS} 20 %{JUNE}",
    "grow ads revenue twenty percent": f"{ADS} 20 %{OPEN}",
    "ad revenue +20%": f"{ADS} 20 %{OPEN}",
    "Ad revenue up 20%": f"{ADS} 20 %{OPEN}",
    "20% more ad revenue": f"{ADS} 20 %{OPEN}",
    "twenty percent more revenue from ads": f"{ADS} 20 %{OPEN}",
    "raise advertising revenue by a fifth": f"{ADS} 20 %{OPEN}",
    "20 % higher advertising income by 2026-06-30": f"{ADS} 20 %{JUNE}",
    "we need 20% more money from ads": f"{ADS} 20 %{OPEN}",
    "lift ad revenue by 12,5 %": f"{ADS} 12.5 %{OPEN}",
    "ad revenue +20% yoy": f"{ADS} 20 % year on year{OPEN}",
    "double ad revenue": f"{ADS} 100 %{OPEN}",
    "ad revenue 2x": f"{ADS} 100 %{OPEN}",
    "increase ad revenue by €30k per year": f"{ADS} €30,000 per year{OPEN}",
    "increase ad revenue by 30.000 EUR": f"{ADS} €30,000{OPEN}",
    "increase ad revenue by 1,2 Mio. EUR": f"{ADS} €1.2 million{OPEN}",
    "My goal is to increase ad revenue by 20%": f"{ADS} 20 %{OPEN}",
    "an increase in ad revenue of 20%": f"{ADS} 20 %{OPEN}",
    "reduce the monthly cloud bill by 10%": f"{MONTHLY} 10 %{OPEN}",
    "The finance team would like to reduce the monthly cloud bill by 10%": f"{MONTHLY} 10 %{OPEN}",
    "cut our cloud costs by 10 percent by the end of Q2": f"{CLOUD} 10 %{JUNE}",
    "cloud bill −10 %": f"{CLOUD} 10 %{OPEN}",
    "cloud bill -10%": f"{CLOUD} 10 %{OPEN}",
    "-10% cloud bill": f"{CLOUD} 10 %{OPEN}",
    "cloud bill ↓ 10%": f"{CLOUD} 10 %{OPEN}",
    "📉 cloud bill by 10 %": f"{CLOUD} 10 %{OPEN}",
    ":chart_with_downwards_trend: cloud bill by 10 %": f"{CLOUD} 10 %{OPEN}",
    "bring down cloud spending by a tenth": f"{CLOUD} 10 %{OPEN}",
    "bring the cloud bill down by 10%": f"{CLOUD} 10 %{OPEN}",
    "10% off the cloud bill": f"{CLOUD} 10 %{OPEN}",
    "save 10% on the cloud bill": f"{CLOUD} 10 %{OPEN}",
    "10% lower cloud costs": f"{CLOUD} 10 %{OPEN}",
    "10% less cloud spend": f"{CLOUD} 10 %{OPEN}",
    "please cut the cloud bill by ten percent": f"{CLOUD} 10 %{OPEN}",
    "halve the cloud bill": f"{CLOUD} 50 %{OPEN}",
    "cut cloud spend by half": f"{CLOUD} 50 %{OPEN}",
    "lower the cloud bill by at most 10 %": f"{CLOUD} at most 10 %{OPEN}",
    "lower the cloud bill by 10+ %": f"{CLOUD} at least 10 %{OPEN}",
    "lower cloud costs by up to 10%": f"{CLOUD} at most 10 %{OPEN}",
    "reduce the cloud bill by $2,000 a month": f"{CLOUD} $2,000 per month{OPEN}",
    "reduce the cloud bill by €4.500,50 within 76 days": f"{CLOUD} €4,500.50{JUNE}",
    "get the cloud bill down by 10% before July": f"{CLOUD} 10 %{JUNE}",
    "reduce the cloud bill from $80k to $60k": f"reduce cloud bill to $60,000 (today $80,000){OPEN}",
    "reduce the cloud bill to at most EUR 4,500": f"reduce cloud bill to at most €4,500{OPEN}",
    "cloud bill below CHF 1'200 per month": f"keep cloud bill at or below CHF 1,200 per month{OPEN}",
    "<@U123> *cut* the `cloud bill` by 10% :pray:": f"{CLOUD} 10 %{OPEN}",
    "cloud bill by ~~10%~~ 12 %, down": f"{CLOUD} 12 %{OPEN}",
}

OTHER_CERTAIN_GOALS = {
    "keep churn below 3 %": f"keep churn at or below 3 %{OPEN}",
    "keep churn &lt;5% please": f"keep churn at or below 5 %{OPEN}",
    "don't let churn rise above 3%": f"keep churn at or below 3 %{OPEN}",
    "churn must not exceed 3 %": f"keep churn at or below 3 %{OPEN}, firm",
    "accuracy shouldn't drop below 92%": f"keep accuracy at or above 92 %{OPEN}",
    "accuracy can't be less than 92 %": f"keep accuracy at or above 92 %{OPEN}, firm",
    "uptime must be at least 99.9%": f"keep uptime at or above 99.9 %{OPEN}, firm",
    "no less than 99.5 % availability": f"keep availability at or above 99.5 %{OPEN}",
    "p95 latency under 200ms": f"keep p95 latency at or below 200 ms{OPEN}",
    "Response time should stay under 1.5 seconds": f"keep Response time at or below 1.5 seconds{OPEN}",
    "cut latency to 200 ms": f"reduce latency to 200 ms{OPEN}",
    "reduce p95 by 50ms, currently 240ms": f"reduce p95 by 50 ms (today 240 ms){OPEN}",
    "reduce latency by 50 ms (240 ms now)": f"reduce latency by 50 ms (today 240 ms){OPEN}",
    "session length from 4 to 6 minutes": f"increase session length to 6 minutes (today 4 minutes){OPEN}",
    "conversion rate from 2.1% to 3%": f"increase conversion rate to 3 % (today 2.1 %){OPEN}",
    "lower customer churn by 2pp by end of Q3": "reduce customer churn by 2 percentage points by 30 September 2026",
    "Reduce churn by 50 basis points": f"reduce churn by 0.5 percentage points{OPEN}",
    "don't let churn grow": f"keep churn at or below today's level{OPEN}",
    "no decrease in retention": f"keep retention at or above today's level{OPEN}",
    "latency must not get worse": f"keep latency at or below today's level{OPEN}, firm",
    "without hurting precision": f"keep precision at or above today's level{OPEN}",
    "keep churn flat": f"keep churn as it is{OPEN}",
    "churn stable": f"keep churn as it is{OPEN}",
    "maintain CSAT at 4.5": f"keep CSAT at 4.5{OPEN}",
    "raise NPS to 45": f"increase NPS to 45{OPEN}",
    "raise sign-ups by 10 % before the end of June": f"increase sign-ups by 10 %{JUNE}",
    "Grow active users to 1.5M by end of December": "increase active users to 1.5 million by 31 December 2026",
    "precision at least 0.9": f"keep precision at or above 0.9{OPEN}",
    "triple the number of users": f"increase number of users by 200 %{OPEN}",
    "zero visits": f"keep visits at or below 0{OPEN}",
    "improve ad revenue by 5 %": f"{ADS} 5 %{OPEN}",
    "less churn": f"reduce churn, no amount given{OPEN}",
    "at most 50 visits a day": f"keep visits at or below 50 per day{OPEN}",
    "increase revenue by 10% (today 5 million EUR)": f"increase revenue by 10 % (today €5 million){OPEN}",
    "errors down to zero": f"reduce errors to 0{OPEN}",
    "latency no worse than 200 ms": f"keep latency at or below 200 ms{OPEN}",
    "NPS of 50 or better": f"keep NPS at or above 50{OPEN}",
    "revenue +3% to +5%": f"increase revenue by 3 to 5 %{OPEN}",
    "30 minutes waiting time at most": f"keep waiting time at or below 30 minutes{OPEN}",
    "reduce opex by 2 Mrd. €": f"reduce opex by €2 billion{OPEN}",
    "reduce opex by half a percent": f"reduce opex by 0.5 %{OPEN}",
    "reduce opex by a hundred thousand euros": f"reduce opex by €100,000{OPEN}",
    "complaints must be reduced by exactly 10%": f"reduce complaints by 10 %{OPEN}, firm",
    "cap the cloud bill at €40k per month": f"keep cloud bill at or below €40,000 per month{OPEN}",
    "cut the cloud bill in half": f"{CLOUD} 50 %{OPEN}",
    "quadruple ad revenue": f"{ADS} 300 %{OPEN}",
    "increase ad revenue by a factor of 3": f"{ADS} 200 %{OPEN}",
    "half as many complaints": f"reduce complaints by 50 %{OPEN}",
    "conversion rate: 3% → 4.5%": f"increase conversion rate to 4.5 % (today 3 %){OPEN}",
    "reduce lead time from 6 to 4 weeks": f"reduce lead time to 28 days (today 42 days){OPEN}",
    "reduce stockouts by 25% by 30 June 2026": f"reduce stockouts by 25 %{JUNE}",
    "reduce the error rate to 1%": f"reduce error rate to 1 %{OPEN}",
    "not a single data breach": f"keep data breach at or below 0{OPEN}",
    "make our customers happier": f"increase customer satisfaction, no amount given{OPEN}",
    "we must never leak personal data": f"keep personal data leaks at or below 0{OPEN}, firm",
    "reduce opex by 50 TEUR": f"reduce opex by €50,000{OPEN}",
    "Umsatz um 5 % steigern": f"increase Umsatz by 5 %{OPEN}",
    "KR2: reduce churn by 2 pp": f"reduce churn by 2 percentage points{OPEN}",
    "ad revenue +20% vs last year": f"{ADS} 20 % year on year{OPEN}",
    "inference cost below $0.002 per request": f"keep inference cost at or below $0.002 per request{OPEN}",
}

SEVERAL_GOALS = {
    "increase ad revenue by 20%. Reduce the cloud bill by 10%.": [f"{ADS} 20 %{OPEN}", f"{CLOUD} 10 %{OPEN}"],
    "• ad revenue +20%\n• cloud bill -10%\n2) latency &lt; 300ms": [
        f"{ADS} 20 %{OPEN}",
        f"{CLOUD} 10 %{OPEN}",
        f"keep latency at or below 300 ms{OPEN}",
    ],
    "cut latency by 20% and keep accuracy above 90%": [
        f"reduce latency by 20 %{OPEN}",
        f"keep accuracy at or above 90 %{OPEN}",
    ],
    "increase time on platform by 15% without raising churn": [
        f"{TIME} 15 %{OPEN}",
        f"keep churn at or below today's level{OPEN}",
    ],
    "more visits; cloud bill -10%": [f"increase visits, no amount given{OPEN}", f"{CLOUD} 10 %{OPEN}"],
    "cloud bill no higher than today, ad revenue +20%": [
        f"keep cloud bill at or below today's level{OPEN}",
        f"{ADS} 20 %{OPEN}",
    ],
    "ad revenue +20% | cloud bill -10%": [f"{ADS} 20 %{OPEN}", f"{CLOUD} 10 %{OPEN}"],
    "ad revenue +20% / cloud bill -10%": [f"{ADS} 20 %{OPEN}", f"{CLOUD} 10 %{OPEN}"],
    "a) ad revenue +20% b) cloud bill -10%": [f"{ADS} 20 %{OPEN}", f"{CLOUD} 10 %{OPEN}"],
    "increase ad revenue by 20% (churn must not rise)": [
        f"{ADS} 20 %{OPEN}",
        f"keep churn at or below today's level{OPEN}, firm",
    ],
    "Hi Anna! Our goals:\n- ad revenue +20%\n- cloud bill -10%\nThanks, Bob": [
        f"{ADS} 20 %{OPEN}",
        f"{CLOUD} 10 %{OPEN}",
    ],
    "1) ad revenue +20% 2) cloud bill -10%": [f"{ADS} 20 %{OPEN}", f"{CLOUD} 10 %{OPEN}"],
    "1. increase ad revenue by 20%.\n2. reduce the cloud bill by 10%.": [f"{ADS} 20 %{OPEN}", f"{CLOUD} 10 %{OPEN}"],
    "increase ad revenue to $5m and revenue to $9m": [
        f"increase advertising revenue to $5 million{OPEN}",
        f"increase revenue to $9 million{OPEN}",
    ],
    "increase ad revenue by 20%, revenue by 10% and visits by 5%": [
        f"{ADS} 20 %{OPEN}",
        f"increase revenue by 10 %{OPEN}",
        f"increase visits by 5 %{OPEN}",
    ],
    "precision at least 0.9 and recall at least 0.8": [
        f"keep precision at or above 0.9{OPEN}",
        f"keep recall at or above 0.8{OPEN}",
    ],
}

NO_GOALS = [
    "",
    " \n ",
    "hello",
    "good morning",
    "Thanks!",
    "I don't know",
    "i dont know yet",
    "none",
    "nothing specific, just make it better",
    "hmm, let me think",
    "make it better",
    "revenue",
    "increase",
    "10 %",
    "12",
    "what is the cloud bill?",
    "can we cut the cloud bill by 10%?",
    "we do not want to increase the cloud bill by 10%",
    "no not more ads",
    "I am 30 years old",
    "we don't want to keep churn",
    "no better churn",
    "no churn",
    "keep churn by 3 %",
    "twice the conversion must not exceed 3 %",
    "don't let churn drop above 3 %",
    "keep churn at or below today's level of 3 %",
    "blorps 3",
    "increase everything by 10 %",
]


def read_one(text: str) -> Reading:
    (reading,) = read_objectives(text, TODAY)
    return reading


def described(text: str) -> list[str]:
    return [describe(reading.objective) for reading in read_objectives(text, TODAY) if reading.objective]


CERTAIN = THE_CHAPTERS_GOALS | OTHER_CERTAIN_GOALS


@pytest.mark.parametrize(("text", "said"), CERTAIN.items())
def test_it_is_read_right_and_without_a_doubt(text: str, said: str) -> None:
    assert described(text) == [said]
    assert read_one(text).doubts == ()


@pytest.mark.parametrize(("text", "said"), SEVERAL_GOALS.items())
def test_several_goals_are_read_in_order(text: str, said: list[str]) -> None:
    assert described(text) == said
    assert [reading.doubts for reading in read_objectives(text, TODAY)] == [()] * len(said)


@pytest.mark.parametrize("text", NO_GOALS)
def test_nothing_is_read_where_nothing_is_asked_for(text: str) -> None:
    assert read_objectives(text, TODAY) == ()


def test_every_field_of_a_reading() -> None:
    text = "We must lift ad revenue from $80k to at least $100k per month by end of Q3"
    assert read_one(text).objective == Objective(
        metric="advertising revenue",
        family="ad_revenue",
        direction=Direction.INCREASE,
        amount=100_000,
        unit=Unit.MONEY,
        mode=Mode.LEVEL,
        currency="USD",
        per="month",
        baseline=80_000,
        bound=Bound.AT_LEAST,
        deadline=date(2026, 9, 30),
        firmness=Firmness.FIRM,
    )


@pytest.mark.parametrize(
    ("text", "metric", "family"),
    [
        ("increase the time spent on our platform by 15 %", "time on platform", "time_on_platform"),
        ("reduce AWS costs by 10 %", "AWS costs", "cloud_bill"),
        ("reduce the total cloud bill by 10 %", "total cloud bill", "cloud_bill"),
        ("5% fewer cancellations", "cancellations", "churn"),
        ("10% fewer manual reviews", "manual reviews", "review_load"),
    ],
)
def test_a_metric_gets_its_short_name_only_where_the_words_mean_just_it(text: str, metric: str, family: str) -> None:
    objective = read_one(text).objective
    assert objective is not None
    assert (objective.metric, objective.family) == (metric, family)


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("Our cloud bill", "cloud_bill"),
        ("weekly retention", "retention"),
        ("engagement", None),
        ("blorps", None),
        ("# churn", None),
    ],
)
def test_only_words_that_are_sure_find_a_metric(words: str, family: str | None) -> None:
    assert find_metric(words) == family


def test_todays_value_stands_before_what_is_wanted() -> None:
    (reading,) = read_objectives("churn: currently: 5 %, want 3 %", TODAY)
    assert reading.objective is not None
    assert (reading.objective.baseline, reading.objective.amount) == (5, 3)
