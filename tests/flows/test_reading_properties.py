"""What holds for every text."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from flows.metrics import LOWER_IS_BETTER
from flows.objectives import Bound, Direction, Firmness, Mode, Objective, Unit, describe
from flows.reading import read_amount, read_money, read_number, read_objectives, read_percentage

TODAY = date(2026, 4, 15)

WORDS = st.sampled_from(
    [
        "increase", "reduce", "keep", "by", "to", "from", "at least", "below", "ad revenue", "the cloud bill", "churn",
        "latency", "blorps", "10%", "15 %", "€5k", "200 ms", "3", "1.200", "by end of Q2", "by 1/2", "not", "don't",
        "without", "and", ",", ".", ";", "\n", "today", "currently", "double", "more", "less", "up", "down", "a month",
        "per user", "if", "-", "–", "+", "~", "must", "ideally", "yoy", "?", "twenty", "a third", "x3", "between",
    ]
)  # fmt: skip
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join)
TEXTS = st.one_of(st.text(max_size=200), st.text(st.characters(codec=None), max_size=60), SENTENCES)


@given(TEXTS)
def test_it_never_fails_and_always_has_words_for_it(text: str) -> None:
    for reading in read_objectives(text, TODAY):
        assert reading.objective is not None
        assert describe(reading.objective).strip()
        assert Objective.model_validate(reading.objective.model_dump()) == reading.objective
        assert all(doubt.sentence for doubt in reading.doubts)


@given(SENTENCES)
def test_a_certain_reading_has_used_every_number(text: str) -> None:
    readings = read_objectives(text, TODAY)
    if not readings or any(reading.doubts for reading in readings):
        return
    said = " ".join(describe(reading.objective) for reading in readings if reading.objective)
    for digits in re.findall(
        r"[0-9]+", text.replace("€5k", "5,000").replace("Q2", "30 June 2026").replace("x3", "200")
    ):
        assert digits in said, (text, said)


@given(TEXTS, st.sampled_from([*Unit, None]))
def test_single_amounts_never_fail(text: str, unit: Unit | None) -> None:
    read_number(text)
    read_percentage(text)
    read_money(text)
    read_amount(text, unit)


AMOUNTS = st.integers(1, 999).map(float) | st.integers(1, 9999).map(lambda tenths: tenths / 10)
SUMS = AMOUNTS | st.sampled_from([1e6, 2.5e9, 12_345.0])
MONEY = {"amount": SUMS, "unit": st.just(Unit.MONEY), "currency": st.sampled_from(["EUR", "USD", "CHF", "SEK"])}


def simple(metric: str, family: str, **more: st.SearchStrategy[object]) -> st.SearchStrategy[Objective]:
    fields: dict[str, st.SearchStrategy[object]] = {
        "metric": st.just(metric),
        "family": st.just(family),
        "amount": AMOUNTS,
        "deadline": st.none() | st.dates(TODAY, date(2090, 12, 31)),
        "firmness": st.none() | st.sampled_from(Firmness),
    }
    return st.fixed_dictionaries(fields | more).map(Objective.model_validate)


MOVES = st.sampled_from([Direction.INCREASE, Direction.DECREASE])
BOUNDS = st.none() | st.sampled_from(Bound)
CHANGE, LEVEL = st.just(Mode.CHANGE), st.just(Mode.LEVEL)
SIMPLE = st.one_of(
    simple(
        "time on platform", "time_on_platform", direction=MOVES, unit=st.just(Unit.PERCENT), mode=CHANGE, bound=BOUNDS
    ),
    simple("cloud bill", "cloud_bill", direction=MOVES, mode=CHANGE, per=st.sampled_from([None, "month"]), **MONEY),
    simple("advertising revenue", "ad_revenue", direction=MOVES, unit=st.just(Unit.PERCENT), mode=CHANGE, bound=BOUNDS),
    simple("churn", "churn", direction=MOVES, unit=st.just(Unit.PERCENTAGE_POINTS), mode=CHANGE),
    simple("latency", "latency", direction=MOVES, unit=st.just(Unit.DURATION), mode=LEVEL),
    simple(
        "cloud bill",
        "cloud_bill",
        direction=MOVES,
        unit=st.just(Unit.PERCENT),
        mode=CHANGE,
        baseline=SUMS,
        baseline_unit=st.just(Unit.MONEY),
        baseline_currency=st.sampled_from(["EUR", "USD", "CHF"]),
        baseline_per=st.sampled_from([None, "month"]),
    ),
    simple(
        "churn",
        "churn",
        direction=st.just(Direction.AT_MOST),
        bound=st.just(Bound.AT_MOST),
        unit=st.just(Unit.PERCENT_LEVEL),
        mode=LEVEL,
    ),
    simple(
        "accuracy",
        "accuracy",
        direction=st.just(Direction.AT_LEAST),
        bound=st.just(Bound.AT_LEAST),
        unit=st.just(Unit.PERCENT_LEVEL),
        mode=LEVEL,
    ),
)


@given(SIMPLE)
def test_what_is_said_back_is_read_as_the_same(objective: Objective) -> None:
    (reading,) = read_objectives(describe(objective), TODAY)
    assert reading.objective == objective
    unusual = (objective.direction is Direction.INCREASE) == (objective.family in LOWER_IS_BETTER)
    limit = objective.direction in {Direction.AT_LEAST, Direction.AT_MOST}
    assert len(reading.doubts) == (unusual and not limit)


CERTAIN = st.sampled_from(
    [
        "increase ad revenue by 10%",
        "cut the cloud bill by a third",
        "keep churn below 3 %",
        "p95 latency under 200ms",
        "reduce stockouts by 25% by 1 July",
        "raise NPS to 45",
        "uptime must be at least 99.9%",
        "reduce waiting time from 40 to 25 minutes",
        "reduce the cloud bill by $2,000 a month",
        "10 to 15 percent fewer cancellations",
        "double the number of donors",
        "zero privacy incidents",
    ]
)
NUMBERS = st.one_of(
    st.integers(2, 99999).map(str),
    st.sampled_from(["7 %", "€900", "£3m", "12k", "four", "half", "a third", "9x", "6 points", "3-5", "1/4"]),
)
SCOPES = st.sampled_from(
    ["in {} countries", "for {} customers", "across {} sites", "with {} people", "after {} weeks", "on line {}",
     "if {} agree", "({})", "[{}]", "#{}", "per {} orders", "or {}", "and {}", "not {}", "plus {} extra", "vs {}",
     "since {}", "over {}", "stretch {}", "ideally {}", "at a cost of {}", "given {} users", "rather than {} more"]
)  # fmt: skip
WITHOUT_A_PART = st.sampled_from(
    ["Germany", "weekdays", "excluding VAT", "blorpish", "hardly", "half-heartedly", "unless needed", "except Spain",
     "only", "partly", "temporarily", "like-for-like", "before tax", "adjusted", "among students", "vs plan",
     "significantly", "again", "perhaps", "instead of churn", "unlike last time", "on mobile", "premium", "Q3/Q4"]
)  # fmt: skip


@given(CERTAIN, SCOPES, NUMBERS)
def test_a_number_without_a_part_is_never_certain(phrase: str, scope: str, number: str) -> None:
    text = f"{phrase} {scope.format(number)}"
    before = read_objectives(phrase, TODAY)
    after = read_objectives(text, TODAY)
    assert before[0].doubts == ()
    assert not after or any(reading.doubts for reading in after), describe(after[0].objective)  # type: ignore[arg-type]


@given(CERTAIN, WITHOUT_A_PART, st.integers(0, 12))
def test_a_word_without_a_part_is_never_certain(phrase: str, words: str, place: int) -> None:
    tokens = phrase.split()
    text = " ".join([*tokens[:place], words, *tokens[place:]])
    after = read_objectives(text, TODAY)
    assert not after or any(reading.doubts for reading in after), text
