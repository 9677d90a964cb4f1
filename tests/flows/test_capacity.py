from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answers import Answer, Status
from flows.capacity import find_shortages
from flows.conflict import Severity
from flows.known import Said
from flows.objectives import Direction, Mode, Objective, Unit
from flows.shortage import Shortage, ShortageKind
from flows.wishes import Stake
from tests.flows.assumptions import DOWN, UP, ask

TODAY = date(2026, 1, 5)


def said(question: str, value: object, person: str = "U1", currency: str | None = None, words: str = "") -> Said:
    answer = {"question": question, "status": Status.GIVEN, "value": value, "currency": currency, "given": words}
    return Said(person, Answer.model_validate(answer))


def find(*given: Said, stakes: tuple[Stake, ...] = ()) -> tuple[Shortage, ...]:
    return find_shortages(stakes, given, TODAY)


def only(*given: Said, stakes: tuple[Stake, ...] = ()) -> Shortage:
    (shortage,) = find(*given, stakes=stakes)
    return shortage


def test_without_answers_nothing_is_short() -> None:
    assert find(stakes=(Stake("U1", ask("churn", DOWN, 5, deadline=date(2026, 2, 1))),)) == ()


def test_what_somebody_did_not_know_is_not_counted() -> None:
    unknown = Said("U1", Answer(question="expected_months", status=Status.UNKNOWN, value=3.0))
    assert find(unknown, said("outsource_weeks", 50.0)) == ()


# People


def test_one_person_for_many_jobs() -> None:
    jobs = [said(job, "U7", person) for job, person in (("deployer", "U1"), ("watcher", "U2"), ("maintainer", "U3"))]
    shortage = only(*jobs, said("data_owner", "U8"))
    assert (shortage.kind, shortage.severity, shortage.people) == (ShortageKind.PEOPLE, Severity.LOW, ("U7",))
    assert shortage.reason == (
        "One person is named for 3 jobs: putting it into use, watching it in daily use and repairing it."
    )
    assert only(*jobs, said("spec_owner", "U7")).severity is Severity.MEDIUM
    assert find(*jobs[:2]) == ()


LABELS = (said("examples_needed", 12_000.0, "U2"), said("label_source", "by_hand", "U3"))
SLOW = said("label_seconds", 60.0, "U3")


def test_nobody_to_mark_the_examples() -> None:
    shortage = only(*LABELS, SLOW, said("jobs_filled", ("data_scientist",), "U4"))
    assert shortage.reason == "12,000 examples have to be marked. That is 200 hours of work, and nobody has that job."
    assert shortage.people == ("U4", "U3", "U2")
    assert find(*LABELS, SLOW, said("jobs_filled", ("labeller",))) == ()
    assert find(*LABELS, said("label_seconds", 1.0), said("jobs_filled", ("data_scientist",))) == ()


# Labels


def euros(question: str, amount: float, person: str = "U1") -> Said:
    return said(question, amount, person, "EUR")


@pytest.mark.parametrize(
    ("budget", "severity"), [(100_000, None), (40_000, Severity.MEDIUM), (20_000, Severity.HIGH), (0, None)]
)
def test_the_bill_for_labels_against_the_budget(budget: float, severity: Severity | None) -> None:
    found = find(*LABELS, euros("label_price", 1.0), said("labellers_per_example", 2.0), euros("budget", budget))
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_the_bill_for_labels_is_worked_out_in_words() -> None:
    shortage = only(*LABELS, euros("label_price", 1.5), said("labellers_per_example", 2.0), euros("budget", 30_000))
    assert shortage.reason == (
        "12,000 examples have to be marked, each by 2 people, at €1.50 each time: that is €36,000. "
        "The whole project may cost €30,000."
    )
    assert shortage.dissolve == "With 5,000 examples, half of the budget is left for the rest."
    assert shortage.tier == 4


def test_sums_in_two_currencies_are_not_compared() -> None:
    assert find(*LABELS, euros("label_price", 9.0), said("budget", 1.0, currency="USD")) == ()
    assert find(euros("serve_budget", 9_000), said("budget", 1.0, currency="USD")) == ()


def test_examples_that_are_there_need_no_marking() -> None:
    needed, have = said("examples_needed", 12_000.0), said("examples_have", 11_000.0)
    existing = said("label_source", "existing")
    money = euros("label_price", 1.0), euros("budget", 3_000)
    assert find(needed, have, existing, *money) == ()
    assert only(needed, said("examples_have", 8_000.0), existing, *money).severity is Severity.HIGH
    assert find(needed, existing, *money) == ()
    assert find(needed, have, said("label_source", "automatic"), *money) == ()


# Calendar

SOON = said("expected_months", 1.0, "U5")


def test_weeks_of_labelling_against_the_first_result() -> None:
    shortage = only(*LABELS, SLOW, SOON)
    assert (shortage.kind, shortage.severity) == (ShortageKind.CALENDAR, Severity.MEDIUM)
    assert shortage.reason == (
        "12,000 examples have to be marked: 200 hours. One person at 30 hours a week needs 7 weeks. "
        "A first result is expected in 4 weeks, on 4 February 2026."
    )
    assert shortage.dissolve.startswith("2 people at once would be done in time")
    assert only(*LABELS, said("label_seconds", 600.0), SOON).severity is Severity.HIGH
    assert find(*LABELS, SLOW, said("expected_months", 6.0)) == ()
    assert find(*LABELS, SLOW, said("expected_months", 0.0)) == ()
    assert find(*LABELS, SLOW, said("expected_months", 9000.0)) == ()


def test_labels_from_outside_that_come_too_late() -> None:
    shortage = only(said("outsource_weeks", 8.0), SOON)
    assert shortage.reason.startswith("Outsiders would deliver the first labels after 8 weeks.")
    assert find(said("outsource_weeks", 2.0), SOON) == ()


def test_a_goal_that_is_due_before_the_first_result() -> None:
    stake = Stake("U1", ask("churn", DOWN, 5, deadline=date(2026, 2, 1)))
    review = said("first_review", "2026-03-01", "U2")
    shortage = only(review, stakes=(stake, Stake("U1", ask("recall", UP, 5))))
    assert (shortage.severity, shortage.stakes, shortage.people) == (Severity.HIGH, (stake,), ("U2", "U1"))
    assert "by 1 February 2026. The first result is expected on 1 March 2026, 28 days later." in shortage.reason
    later = Stake("U1", ask("churn", DOWN, 5, deadline=date(2026, 2, 28)))
    assert "1 day later" in only(review, stakes=(later,)).reason
    assert find(said("first_review", "2026-02-01"), stakes=(stake,)) == ()
    assert only(said("expected_months", 3.0), stakes=(stake,)).severity is Severity.MEDIUM
    assert find(said("first_review", "in spring"), stakes=(stake,)) == ()


# Computing


def test_experiments_that_take_longer_than_there_is_time() -> None:
    shortage = only(said("experiments", 20.0), said("experiment_hours", 48.0), SOON)
    assert shortage.severity is Severity.MEDIUM
    assert shortage.reason.startswith(
        "20 experiments of 48 hours, one after another day and night, take 6 weeks. A first result"
    )
    assert shortage.dissolve.startswith("Run 2 at a time")
    assert only(said("experiments", 60.0), said("experiment_hours", 48.0), SOON).severity is Severity.HIGH
    assert find(said("experiments", 2.0), said("experiment_hours", 48.0), SOON) == ()
    soon = said("first_review", "2026-01-13")
    assert "expected in 1 week, on" in only(said("experiments", 20.0), said("experiment_hours", 48.0), soon).reason


def bill(amount: float, **more: object) -> Stake:
    goal = {
        "metric": "cloud bill", "family": "cloud_bill", "direction": Direction.AT_MOST, "amount": amount,
        "unit": Unit.MONEY, "mode": Mode.LEVEL, "currency": "EUR", "per": "month", **more,
    }  # fmt: skip
    return Stake("U3", Objective.model_validate(goal))


def test_what_running_may_cost_against_what_a_goal_allows() -> None:
    allowed = euros("serve_budget", 5_000)
    shortage = only(allowed, stakes=(bill(4_000),))
    assert "Running the model may cost €5,000 a month." in shortage.reason
    assert "that is €4,000 a month at most." in shortage.reason
    for other in (bill(6_000), bill(4_000, per="year"), bill(4_000, currency="USD"), bill(4_000, unit=Unit.COUNT)):
        assert find(allowed, stakes=(other,)) == ()
    assert find(allowed, stakes=(Stake("U1", ask("cloud_bill", DOWN, 10)), Stake("U1", ask("churn", DOWN, 5)))) == ()


def test_a_year_of_running_against_the_whole_budget() -> None:
    shortage = only(euros("serve_budget", 5_000), euros("budget", 50_000))
    assert (shortage.severity, shortage.kind) == (Severity.LOW, ShortageKind.COMPUTE)
    assert "€5,000 a month, €60,000 a year. The whole project may cost €50,000." in shortage.reason
    assert find(euros("serve_budget", 1_000), euros("budget", 50_000)) == ()


# Two people, two answers


def test_two_people_who_answered_differently() -> None:
    law, operations = (
        said("rollback_hours", 1.0, "U1", words="1 hour"),
        said("rollback_hours", 24.0, "U2", words="a day"),
    )
    shortage = only(law, operations)
    assert (shortage.kind, shortage.severity) == (ShortageKind.TWO_ANSWERS, Severity.MEDIUM)
    assert shortage.reason == "Asked how long switching it off may take, people said “1 hour” and “a day”."
    assert shortage.people == ("U1", "U2")
    assert find(operations, law) == (shortage,)


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        (1.0, 1.05, None),
        (1.0, 1.5, Severity.LOW),
        (0.0, 1.5, Severity.MEDIUM),
        (2.0, 2.0, None),
    ],
)
def test_how_far_two_numbers_lie_apart(one: float, other: float, severity: Severity | None) -> None:
    found = find(said("rollback_hours", one, "U1"), said("rollback_hours", other, "U2"))
    assert [shortage.severity for shortage in found] == ([severity] if severity else [])


def test_words_and_currencies_differ_or_do_not() -> None:
    assert (
        only(said("label_source", "by_hand", "U1"), said("label_source", "automatic", "U2")).severity is Severity.MEDIUM
    )
    assert only(euros("serve_budget", 5), said("serve_budget", 5.0, "U2", "USD")).severity is Severity.MEDIUM
    assert find(said("label_source", "by_hand", "U1"), said("label_source", "by_hand", "U2")) == ()


# Properties

stakes = st.lists(st.sampled_from([bill(4_000), bill(3_000), Stake("U1", ask("churn", DOWN, 5, deadline=TODAY))]))


@given(stakes.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_goals_changes_nothing(lists: tuple[list[Stake], list[Stake]]) -> None:
    given = [euros("serve_budget", 5_000), euros("budget", 50_000), SOON, *LABELS, SLOW]
    found = find_shortages(lists[0], given, TODAY)
    assert found == find_shortages(lists[1], given, TODAY)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        for text in (one.reason, one.how_sure, one.dissolve):
            assert text[0].isupper() or text[0].isdigit()
            assert text.endswith(".")
            assert "_" not in text


def test_a_shortage_keeps_its_id_while_numbers_change() -> None:
    tight, tighter = (only(euros("serve_budget", 5_000), euros("budget", amount)) for amount in (50_000, 40_000))
    assert tight.id == tighter.id
