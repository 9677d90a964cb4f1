"""What changed since the results were posted, as the channel reads it (K46)."""

from dataclasses import replace

import pytest

from flows.answers import Answer, Status
from flows.cadence import MONDAYS
from flows.changes import find_changes
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from flows.objectives import Direction, Mode, Objective, Unit
from flows.roles import Role
from tests.questions import FIRST, begin


def goal(metric: str, amount: float) -> Objective:
    return Objective(metric=metric, direction=Direction.DECREASE, amount=amount, unit=Unit.PERCENT, mode=Mode.CHANGE)


def budget(amount: float, currency: str = "EUR") -> Answer:
    return Answer(question="budget", status=Status.GIVEN, given="…", value=amount, currency=currency)


def kickoff(*goals: Objective, answers: tuple[Answer, ...] = ()) -> Kickoff:
    interview = begin(Role.FINANCE).interview
    interview = replace(interview, objectives=goals, answers={answer.question: answer for answer in answers})
    fiona = Participant(1, "U1", Standing.FINISHED, "C1", interview)
    victor = replace(fiona, interview_id=2, person="U2")
    others = replace(victor, interview=replace(interview, objectives=(), answers={}))
    nudge = Nudge(MONDAYS, "UTC", None)
    return Kickoff(1, "T1", "C1", "Churn radar", "", "U9", Place.THREADS, (fiona, others), nudge, FIRST)


BILL, MORE, COST, CHURN = goal("cloud bill", 10), goal("cloud bill", 12), goal("support cost", 5), goal("churn", 3)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((BILL,), (MORE,), ["changed “reduce cloud bill by 10 %” to “reduce cloud bill by 12 %”"]),
        ((BILL,), (BILL, CHURN), ["added “reduce churn by 3 %”"]),
        ((BILL, CHURN), (CHURN,), ["removed “reduce cloud bill by 10 %”"]),
        ((BILL,), (COST,), ["changed “reduce cloud bill by 10 %” to “reduce support cost by 5 %”"]),
        (
            (BILL, COST),
            (CHURN, MORE),
            [
                "changed “reduce cloud bill by 10 %” to “reduce cloud bill by 12 %”",
                "changed “reduce support cost by 5 %” to “reduce churn by 3 %”",
            ],
        ),
        ((BILL, COST), (COST, BILL), []),
        ((BILL,), (BILL,), []),
    ],
)
def test_changed_goals(before: tuple[Objective, ...], after: tuple[Objective, ...], said: list[str]) -> None:
    changes = find_changes(kickoff(*before), kickoff(*after))
    assert [change.words for change in changes] == said
    assert {change.person for change in changes} <= {"U1"}


@pytest.mark.parametrize("after", [budget(90_000), budget(80_000, "USD")])
def test_a_changed_answer_is_named_but_not_repeated(after: Answer) -> None:
    changes = find_changes(kickoff(answers=(budget(80_000),)), kickoff(answers=(after,)))
    assert [change.words for change in changes] == ["changed the answer on “Budget”"]


def test_an_answer_that_feeds_nothing_is_no_change() -> None:
    skipped = Answer(question="budget", status=Status.SKIPPED)
    unknown = Answer(question="budget", status=Status.UNKNOWN)
    assert find_changes(kickoff(answers=(skipped,)), kickoff(answers=(unknown,))) == ()


def with_victor(kickoff: Kickoff, *goals: Objective, answers: tuple[Answer, ...] = (), **changed: object) -> Kickoff:
    victor = kickoff.participants[1]
    said = {answer.question: answer for answer in answers}
    interview = replace(victor.interview, objectives=goals, answers=said)
    if changed.pop("confidential", False):
        interview = replace(interview, confidential=frozenset({"goal"}))
    return kickoff.with_participant(replace(victor, interview=interview, **changed))  # type: ignore[arg-type]


def said(before: Kickoff, after: Kickoff) -> list[str]:
    return [f"{change.person} {change.words}" for change in find_changes(before, after)]


def test_who_was_taken_out_is_named_before_who_joined() -> None:
    before = kickoff(BILL)
    after = with_victor(kickoff(BILL), CHURN, answers=(budget(80_000),))
    fiona = after.participants[0]
    after = after.with_participant(replace(fiona, standing=Standing.REMOVED))
    assert said(before, after) == [
        "U1 was taken out",
        "U2 joined and answered 1 question",
        "U2 added “reduce churn by 3 %”",
    ]


def test_who_joined_without_an_answer_is_named_alone() -> None:
    skipped = Answer(question="budget", status=Status.SKIPPED)
    assert said(kickoff(BILL), with_victor(kickoff(BILL), answers=(skipped,))) == ["U2 joined"]


def test_goals_between_us_are_told_of_and_not_told() -> None:
    before, after = kickoff(BILL), with_victor(kickoff(BILL), CHURN, confidential=True)
    assert said(before, after) == ["U2 joined", "U2 added goals that stay between us"]
    more = with_victor(kickoff(BILL), CHURN, COST, confidential=True)
    assert said(after, more) == ["U2 changed goals that stay between us"]
    quiet = with_victor(kickoff(BILL), answers=(budget(80_000), goal_skipped()), confidential=True)
    assert said(before, quiet) == ["U2 joined and answered 1 question"]
    again = with_victor(kickoff(BILL), answers=(budget(90_000), goal_skipped()), confidential=True)
    assert said(quiet, again) == ["U2 changed the answer on “Budget”"]


def goal_skipped() -> Answer:
    return Answer(question="goal", status=Status.SKIPPED)


def test_who_is_taken_out_without_having_said_anything_changes_nothing() -> None:
    after = with_victor(kickoff(BILL), standing=Standing.REMOVED)
    assert said(kickoff(BILL), after) == []


def test_what_stays_between_us_is_not_named() -> None:
    before, after = kickoff(answers=(budget(80_000),)), kickoff(answers=(budget(90_000),))
    kept = replace(after.participants[0].interview, confidential=frozenset({"budget"}))
    after = after.with_participant(replace(after.participants[0], interview=kept))
    assert [change.words for change in find_changes(before, after)] == ["changed an answer that stays between us"]
