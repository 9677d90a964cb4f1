"""How well a number is known, and what that does to its range (K11)."""

from dataclasses import replace

import pytest
from scipy import stats

from flows.answers import Answer, Status
from flows.roles import Role
from flows.scoring.draws import DRAWS, around, between, normal, say_roughly, spread
from flows.scoring.evidence import FACTORS, SAYS, STRETCHES, Evidence, read_evidence
from flows.scoring.heard import hear
from flows.scoring.sampling import Range, Sampling
from tests.flows.scoring.heard import heard
from tests.flows.whole_kickoffs import given, project


@pytest.mark.parametrize(
    ("words", "evidence"),
    [
        ("12,000, counted in May", Evidence.MEASURED),
        ("according to our log 40", Evidence.MEASURED),
        ("as in our last project, 300", Evidence.OWN_PROJECT),
        ("a published benchmark has 50,000", Evidence.PAPER),
        ("maybe 40", Evidence.GUESS),
        ("we measured nothing, I guess 40", Evidence.GUESS),
        ("nobody measured it: 40", None),
        ("we haven't counted, 40", None),
        ("40", None),
    ],
)
def test_words_tell_how_well_somebody_knows(words: str, evidence: Evidence | None) -> None:
    assert read_evidence(words) is evidence


def test_better_evidence_is_narrower_and_each_level_has_words() -> None:
    for widths in (FACTORS, STRETCHES):
        assert list(widths) == list(Evidence)
        assert list(widths.values()) == sorted(widths.values())
    assert set(SAYS) == set(Evidence)


def test_the_draws_are_the_distributions_that_they_are_said_to_be() -> None:
    drawn = normal("anything")
    assert stats.kstest(drawn, "norm").pvalue > 0.99
    assert len(drawn) == DRAWS
    amounts = spread(around(drawn, 100, 2))
    assert (amounts.p10, amounts.p50, amounts.p90) == pytest.approx((50, 100, 200), rel=2e-3)
    places = spread(between(drawn, 10, 40, 100))
    assert (places.p10, places.p50, places.p90) == pytest.approx((10, 40, 100), rel=2e-3)
    for percent, found in zip((10, 50, 90), (amounts.p10, amounts.p50, amounts.p90), strict=True):
        assert found == pytest.approx(stats.scoreatpercentile(around(drawn, 100, 2), percent))


def test_the_same_question_is_always_drawn_alike_and_two_questions_are_not() -> None:
    assert (normal("teams") == normal("teams")).all()
    assert abs(stats.pearsonr(normal("teams"), normal("budget")).statistic) < 0.05


def test_who_is_asked_for_it_knows_and_who_stands_in_guesses() -> None:
    told = project(given(cases_per_month=500.0), roles=(Role.PRODUCT_OWNER,))
    assert hear(told).answers["cases_per_month"].evidence is Evidence.EXPERT
    stands_in = project(given(label_seconds=30.0, label_source="by_hand"), roles=(Role.PRODUCT_OWNER,))
    assert hear(stands_in).answers["label_seconds"].evidence is Evidence.GUESS


def test_the_level_that_was_named_counts_and_so_do_the_words() -> None:
    said = given(examples_needed=5000.0, examples_basis="measured", experiments=12.0)
    told = project(said, roles=(Role.DATA_SCIENTIST, Role.ML_ENGINEER))
    assert hear(told).answers["examples_needed"].evidence is Evidence.MEASURED
    counted = Answer(question="cases_per_month", status=Status.GIVEN, value=500.0, given="500, counted in May")
    assert hear(project({"cases_per_month": counted})).answers["cases_per_month"].evidence is Evidence.MEASURED


def test_of_two_answers_the_last_counts_and_the_other_widens_the_range() -> None:
    told = project(given(current_way="rules", cases_per_month=1000.0), roles=(Role.PRODUCT_OWNER, Role.DOMAIN_EXPERT))
    first, second = told.participants
    other = replace(
        second,
        interview=replace(second.interview, answers=given(cases_per_month=8000.0, current_way="by_hand")),
    )
    both = hear(replace(told, participants=(first, other)))
    assert both.number("cases_per_month") == 8000
    assert both.answers["cases_per_month"].others == (1000.0,)
    assert both.answers["cases_per_month"].people == (first.person, second.person)
    cases = spread(Sampling(both, "worth").amount("cases_per_month"))
    assert cases.p10 == pytest.approx(1000, rel=0.01)
    table = {"by_hand": Range(10, 20, 30), "rules": Range(60, 70, 80)}
    ways = spread(Sampling(both, "worth").choice("current_way", table, Range(0, 1, 2)))
    assert (ways.p50, ways.p90) == pytest.approx((20, 80), rel=0.01)


def test_what_no_number_can_be_is_not_known() -> None:
    for value in (float("inf"), -1.0, "pigeon"):
        assert heard(teams=value).number("teams") is None
    assert heard(data_hurdles=("consent",)).choices("data_hurdles") == ("consent",)
    assert heard(data_hurdles="consent").choices("data_hurdles") == ()
    assert heard(teams=2).choice("teams") == ""
    assert heard().currency("budget") is None


def test_zero_is_zero_and_not_unknown() -> None:
    assert not Sampling(heard(cases_per_month=0), "worth").amount("cases_per_month").any()


def test_who_answered_in_private_is_not_named() -> None:
    told = project(given(cases_per_month=500.0), roles=(Role.PRODUCT_OWNER,))
    (one,) = told.participants
    assert hear(told).answers["cases_per_month"].people == (one.person,)
    apart = replace(told, participants=(replace(one, channel="D1"),))
    assert hear(apart).answers["cases_per_month"].people == ()
    assert hear(apart).number("cases_per_month") == 500


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0.35, "0.35"),
        (18.4, "18"),
        (123_456, "120,000"),
        (-1.52, "−1.5"),
        (-4e-5, "0"),
        (0, "0"),
        (9.96, "10"),
        (999, "1,000"),
    ],
)
def test_numbers_are_said_to_two_digits(number: float, said: str) -> None:
    assert say_roughly(number) == said
