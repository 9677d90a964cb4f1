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
