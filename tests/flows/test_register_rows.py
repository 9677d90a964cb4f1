"""The unknowns register: what each row is, what people did about it, and how it empties (K16 to K21)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from flows.agreement import Agreement, follow
from flows.answers import Answer, Status
from flows.decisions import UnknownChanged, UnknownStatus
from flows.kickoffs import Kickoff
from flows.question_bank import BANK
from flows.register import list_register
from flows.register_rows import (
    MOST_MOMENTS,
    OWN,
    BurnDown,
    RegisterRow,
    burn_down,
    change_status,
    due_rows,
    find_row,
    list_answered,
    moments_between,
    read_register,
)
from flows.scoring.evidence import Evidence
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from tests.flows.whole_kickoffs import GOALS, given, project

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOON.date()
SIX = {"K16", "K17", "K18", "K19", "K20", "K21"}


def changed(key: str, status: UnknownStatus = UnknownStatus.OPEN, **fields: Any) -> UnknownChanged:
    return UnknownChanged(by="U1", at=fields.pop("at", NOON), key=key, status=status, **fields)


def rows(kickoff: Kickoff, *ledger: UnknownChanged) -> dict[str, RegisterRow]:
    return {row.key: row for row in read_register(kickoff, ledger, TODAY)}


def test_every_row_of_the_list_is_open_at_first() -> None:
    kickoff = project({}, GOALS)
    listed = list_register(kickoff, score_project(hear(kickoff)))
    found = rows(kickoff)
    assert len(found) == len(listed)
    assert set(found) >= SIX
    assert all(row.is_open and row.experiment for row in found.values())


@pytest.mark.parametrize(
    ("key", "answers", "level", "status"),
    [
        ("K16", given(quality_seen="measured"), Evidence.MEASURED, UnknownStatus.FOUND),
        ("K16", given(quality_seen="paper"), Evidence.PAPER, UnknownStatus.OPEN),
        ("K16", given(quality_seen="nothing"), None, UnknownStatus.OPEN),
        ("K17", given(examples_needed=5e4, examples_basis="guess"), Evidence.GUESS, UnknownStatus.OPEN),
        ("K17", given(examples_needed=5e4, examples_basis="measured"), Evidence.MEASURED, UnknownStatus.FOUND),
        ("K20", given(experiment_hours=3.0), Evidence.EXPERT, UnknownStatus.OPEN),
    ],
)
def test_an_answer_is_evidence_and_only_a_measured_one_retires(
    key: str, answers: Any, level: Evidence | None, status: UnknownStatus
) -> None:
    row = rows(project(answers, GOALS))[key]
    assert (row.level, row.status) == (level, status)
    assert bool(row.answered) == (level is not None)


@pytest.mark.parametrize("basis", ["guess", "measured"])
def test_of_what_is_kept_back_only_that_it_is_there_is_told(basis: str) -> None:
    told = given(examples_needed=5e4, examples_basis=basis)
    row = rows(project(told, GOALS, confidential=["examples_needed"]))["K17"]
    assert (row.is_kept, row.answered, row.level, row.status) == (True, "", None, UnknownStatus.OPEN)


def test_who_did_not_know_it_in_private_is_not_named() -> None:
    in_thread = project({"teams": Answer(question="teams", status=Status.UNKNOWN)}, GOALS)
    (asked,) = {one.person for one in in_thread.participants if "teams" in one.interview.answers}
    assert rows(in_thread)["teams"].owner == asked
    moved = tuple(replace(one, channel="D1") for one in in_thread.participants)
    assert rows(replace(in_thread, participants=moved))["teams"].owner == ""


def test_what_people_write_down_stays_apart_from_an_answer_that_may_go_or_be_kept() -> None:
    ledger = changed("K17", UnknownStatus.LOOKING, evidence="a trial with 200 goes well", level="own_project")
    told = given(examples_needed=5e4)
    row = rows(project(told, GOALS), ledger)["K17"]
    assert (row.answered, row.evidence) == ("50,000 examples", "a trial with 200 goes well")
    assert row.level is Evidence.OWN_PROJECT
    kept = rows(project(told, GOALS, confidential=["examples_needed"]), ledger)["K17"]
    assert (kept.answered, kept.evidence, kept.is_kept) == ("", "a trial with 200 goes well", True)
    assert rows(project({}, GOALS), ledger)["K17"].answered == ""
    measured = given(examples_needed=5e4, examples_basis="measured")
    assert rows(project(measured, GOALS), ledger)["K17"].status is UnknownStatus.FOUND


def test_people_change_rows_and_add_their_own() -> None:
    late = changed(
        "K20", UnknownStatus.LOOKING, owner="U5", experiment="Run one", evidence="4 h", level="own_project",
        due=date(2026, 11, 20),
    )  # fmt: skip
    own = changed(f"{OWN}1", name="Will the vendor agree?", due=date(2026, 12, 1))
    accepted = changed("K19", UnknownStatus.ACCEPTED)
    found = rows(project({}, GOALS), late, own, accepted)
    row = found["K20"]
    assert (row.owner, row.experiment, row.evidence, row.level) == ("U5", "Run one", "4 h", Evidence.OWN_PROJECT)
    assert row.is_overdue(TODAY)
    assert next(iter(found)) == "K20"
    assert found[f"{OWN}1"].name == "Will the vendor agree?"
    assert not found["K19"].is_open
    assert list(found)[-1] == "K19"
    assert [one.key for one in due_rows(tuple(found.values()), TODAY)] == ["K20"]


def test_a_question_that_is_answered_retires_its_row_and_opens_it_again() -> None:
    ledger = changed("cases_per_month", UnknownStatus.LOOKING, owner="U5")
    asked = rows(project({}, GOALS), ledger)["cases_per_month"]
    assert (asked.status, asked.owner) == (UnknownStatus.LOOKING, "U5")
    settled = rows(project(given(cases_per_month=500.0), GOALS), ledger)["cases_per_month"]
    assert (settled.status, settled.answered) == (UnknownStatus.FOUND, "500 cases a month")
    kept = rows(project(given(cases_per_month=500.0), GOALS, confidential=["cases_per_month"]), ledger)
    row = kept["cases_per_month"]
    assert (row.is_kept, row.answered, row.status) == (True, "", UnknownStatus.LOOKING)


def test_a_change_of_status_leaves_all_else() -> None:
    kickoff = project({}, GOALS)
    late = changed("K20", owner="U5", experiment="Run one", evidence="4 h", due=TODAY)
    (row,) = (one for one in rows(kickoff, late).values() if one.key == "K20")
    line = change_status(row, (late,), "U2", NOON, UnknownStatus.LOOKING, None)
    assert line == late.model_copy(update={"by": "U2", "status": UnknownStatus.LOOKING, "due": None})
    new = change_status(rows(kickoff)["K19"], (late,), "U2", NOON, UnknownStatus.FOUND, TODAY)
    assert (new.key, new.status, new.due) == ("K19", UnknownStatus.FOUND, TODAY)


def test_a_row_of_a_question_that_is_gone_keeps_its_key() -> None:
    assert rows(project({}, GOALS), changed("no_such_question"))["no_such_question"].name == "no_such_question"
    assert rows(project({}, GOALS), changed("deployer"))["deployer"].name == "Puts into use"


def test_the_agreement_knows_the_last_word_on_each_row_and_nothing_else_changes() -> None:
    last = changed("K16", UnknownStatus.FOUND)
    assert follow([changed("K16"), changed("K17"), last]) == Agreement(unknowns={"K16": last, "K17": changed("K17")})


def test_what_was_answered_since_the_start_is_named_once_it_has_left_the_list() -> None:
    start, now = project({}, GOALS), project(given(teams=2.0, budget=5e4), GOALS)
    left = list_answered(start, (), read_register(now, (), TODAY))
    assert set(left) == {BANK.by_id["teams"].label, BANK.by_id["budget"].label}
    assert list_answered(start, (), read_register(start, (), TODAY)) == ()


def test_how_it_empties() -> None:
    moments = (NOON, NOON + timedelta(days=5), NOON + timedelta(days=10))
    assert BurnDown(moments, (14, 12, 9)).sentence == (
        "14 open at the start, 9 now; at this pace all is found out by 21 December 2026."
    )
    assert BurnDown(moments, (9, 9, 9)).sentence.endswith("no pace yet.")
    assert BurnDown((NOON, NOON + timedelta(hours=2)), (9, 3)).sentence.endswith("no pace yet.")
    assert BurnDown(moments, (9, 2, 0)).sentence.endswith("all is found out or accepted.")
    slow = BurnDown((NOON, NOON + timedelta(days=3000)), (1000, 999))
    assert "found out by" in slow.sentence


@for_all(st.floats(0, 4000))
def test_moments_reach_from_the_start_to_now(days: float) -> None:
    now = NOON + timedelta(days=days)
    moments = moments_between(NOON, now)
    assert (moments[0], moments[-1]) == (NOON, now)
    assert 2 <= len(moments) <= MOST_MOMENTS
    assert list(moments) == sorted(moments)


KEYS = st.sampled_from([*SIX, "cases_per_month", "teams", f"{OWN}1", f"{OWN}2"])


def some_change(key: str, status: UnknownStatus, minutes: int) -> UnknownChanged:
    name = "own" if key.startswith(OWN) else ""
    return changed(key, status, name=name, at=NOON + timedelta(minutes=minutes))


CHANGES = st.builds(some_change, KEYS, st.sampled_from(UnknownStatus), st.integers(0, 1000))


@for_all(st.lists(CHANGES, max_size=8).map(lambda lines: sorted(lines, key=lambda one: one.at)), st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_retiring_never_raises_what_is_open_and_the_ledger_tells_the_same_twice(
    ledger: list[UnknownChanged], place: int
) -> None:
    kickoff = project(given(teams=2.0), GOALS)
    whole = read_register(kickoff, ledger, TODAY)
    assert read_register(kickoff, ledger, TODAY) == whole
    assert read_register(kickoff, [*ledger, *ledger], TODAY) == whole
    assert len({row.key for row in whole}) == len(whole)
    row = whole[place % len(whole)]
    retired = [*ledger, changed(row.key, UnknownStatus.FOUND, at=NOON + timedelta(days=1))]
    counts = burn_down([(NOON, kickoff), (NOON + timedelta(days=2), kickoff)], retired).open_rows
    before = burn_down([(NOON + timedelta(days=2), kickoff)], ledger).open_rows
    assert counts[-1] == before[-1] - row.is_open


def test_a_row_is_found_by_its_key() -> None:
    register = read_register(project({}, GOALS), (), TODAY)
    assert all(find_row(register, row.key) is row for row in register)
    assert find_row(register, "K99") is None
