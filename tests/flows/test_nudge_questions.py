"""What a nudge asks follows from the state of the project, and takes turns (section 2.2.3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from flows.activity import Entry, Stage
from flows.labelling import labelled_percent, say_share
from flows.nudge_questions import (
    AskBusiness,
    AskLabelling,
    AskProgress,
    AskUnknown,
    AskWhyFlat,
    NudgeQuestion,
    Work,
    choose_question,
)
from flows.progress import Progress
from flows.register_rows import RegisterRow
from flows.scoring.heard import Heard
from tests.flows.scoring.heard import heard

TODAY = date(2026, 12, 7)
LABELLED = (Entry(stage=Stage.LABEL, note="2h labelled 4000 tickets"),)
TEN_THOUSAND = heard(examples_needed=10_000)


def asked_seven_times(work: Work, told: Heard = TEN_THOUSAND) -> set[NudgeQuestion]:
    return {choose_question(replace(work, asked=asked), told, TODAY) for asked in range(7)}


def test_what_is_due_comes_first_then_an_error_that_stands_still() -> None:
    row = RegisterRow("K17", "How much data does it take?", "", "")
    flat = Progress.__new__(Progress)
    work = Work(entries=LABELLED, begun=date(2026, 11, 1), due=(row, row, row), flat=flat)
    assert asked_seven_times(work) == {AskUnknown(row, more=2)}
    assert choose_question(replace(work, due=()), TEN_THOUSAND, TODAY) == AskWhyFlat(flat)


def test_the_others_take_turns() -> None:
    work = Work(entries=LABELLED, begun=date(2026, 11, 1))
    assert asked_seven_times(work) == {AskProgress(), AskLabelling(40), AskBusiness()}
    for weeks in (1, 2, 4):
        days = (TODAY + timedelta(weeks=weeks * asked) for asked in range(3))
        in_a_row = [choose_question(replace(work, asked=asked), TEN_THOUSAND, day) for asked, day in enumerate(days)]
        assert len(set(in_a_row)) == 3


def test_nothing_is_asked_that_does_not_apply() -> None:
    assert asked_seven_times(Work()) == {AskProgress()}
    shown = Work(begun=date(2026, 11, 1), shown=TODAY)
    assert asked_seven_times(shown) == {AskProgress()}
    done = Work(entries=(*LABELLED, Entry(note=say_share(100))))
    assert asked_seven_times(done) == {AskProgress()}
    unmeasured = Work(entries=LABELLED)
    for told in (Heard(), heard(examples_needed=10_000, kept="examples_needed")):
        assert asked_seven_times(unmeasured, told) == {AskProgress()}


def test_one_press_says_how_far_the_labelling_is() -> None:
    assert AskLabelling(40).steps == (40, 50, 75, 100)
    assert AskLabelling(90).steps == (90, 100)


@pytest.mark.parametrize(
    ("notes", "percent"),
    [
        (["2h labelled 300 tickets"], 3),
        (["labeled 1,200 images", "labelled another 2.5k"], 37),
        (["annotated 1.200 Bilder, error 0.2"], 12),
        (["labelling at 40 %", "labelled 500"], 45),
        (["labelled 9000", "Labelling is at 40%"], 40),
        (["labelled 20000"], 100),
        (["labelling at 250 %"], 100),
        (["labelled 2 h", "labelled 3 hours", "labelled 40 %", "trained"], None),
        (["labelled 3. then 4"], 0),
        ([], None),
    ],
)
def test_how_far_the_labelling_is(notes: list[str], percent: int | None) -> None:
    assert labelled_percent(notes, 0, 10_000) == percent


@for_all(st.integers(0, 100), st.floats(1, 1e7))
def test_what_was_said_is_read_again(percent: int, needed: float) -> None:
    assert labelled_percent([say_share(percent)], 0, needed) == percent


def test_what_was_there_before_counts() -> None:
    assert labelled_percent(["labelled 1000"], 2_000, 10_000) == 30
