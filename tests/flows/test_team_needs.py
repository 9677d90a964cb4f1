"""Whom a goal needs, against who is named (K2, K48 to K53)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from flows.agreement import Agreement, follow
from flows.decisions import JobNamed
from flows.roles import Role
from flows.team_needs import Job, JobState, Team, find_team, name_job
from flows.team_words import GLOSSARY
from tests.flows.ten_kickoffs import kickoff_of, names
from tests.flows.whole_kickoffs import GOALS, PEOPLE, given, project

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ONE = (Role.PRODUCT_OWNER,)


def named(job: str, person: str) -> JobNamed:
    return JobNamed(by="U1", at=NOON, job=job, person=person)


def jobs(team: Team) -> dict[str, Job]:
    return {job.key: job for job in team.every}


def alone(**answers: Any) -> Team:
    return find_team(project(given(**answers), GOALS, ONE), ())


def test_a_goal_needs_those_whom_its_answers_ask_for() -> None:
    told = given(data_access="joined", data_hurdles=("none",), label_source="automatic")
    least = find_team(project(told, GOALS), ())
    assert [job.key for job in least.jobs] == [
        "data_scientist", "domain_expert", "ml_engineer", "software_engineer", "devops",
    ]  # fmt: skip
    assert least.duties == ()
    told = given(data_access="scripts", label_source="by_hand", examples_needed=20_000.0, current_way="rules")
    most = jobs(find_team(project(told, GOALS), ()))
    assert "tooling" in most
    assert most["labeller"].why == "20,000 examples need somebody who marks them."
    assert "break when a source changes" in most["data_engineer"].why
    assert "Rules do it today" in most["software_engineer"].why
    some = jobs(alone(data_hurdles=("consent",), label_source="existing"))
    assert "data_engineer" in some
    assert "tooling" not in some
    assert some["labeller"].why == "Examples need somebody who marks them."
    assert {"duty:assign", "duty:tools", "duty:outsourced", "duty:validate"} <= set(some)


def test_who_has_the_role_does_the_job_and_who_was_named_goes_first() -> None:
    kickoff = project(given(label_source="by_hand"), GOALS)
    found = jobs(find_team(kickoff, ()))
    assert found["ml_engineer"].people == (PEOPLE[Role.ML_ENGINEER],)
    assert found["ml_engineer"].state is JobState.NAMED
    again = jobs(find_team(kickoff, [named("ml_engineer", "U77"), named("labeller", "U78")]))
    assert (again["ml_engineer"].people, again["labeller"].people) == (("U77",), ("U78",))
    back = jobs(find_team(kickoff, [named("labeller", "U78"), named("labeller", "")]))
    assert back["labeller"].state is JobState.OPEN


def test_an_answer_says_that_somebody_does_it() -> None:
    team = jobs(
        alone(
            label_source="by_hand", jobs_filled=("devops", "data_scientist"), label_duties=("assign",),
            label_checker="U5", deployer="U6",
        )
    )  # fmt: skip
    assert (team["devops"].state, team["devops"].people) == (JobState.SAID, ())
    assert team["duty:assign"].state is JobState.SAID
    assert team["duty:tools"].state is JobState.OPEN
    assert team["duty:validate"].people == ("U5",)
    assert team["care:deployer"].people == ("U6",)
    assert team["care:watcher"].state is JobState.OPEN


def test_what_is_kept_back_says_nothing() -> None:
    kickoff = project(given(deployer="U6"), GOALS, confidential=["deployer"])
    assert jobs(find_team(kickoff, ()))["care:deployer"].state is JobState.OPEN


@pytest.mark.parametrize(("teams", "is_large"), [(None, False), (3.0, False), (4.0, True)])
def test_a_large_company_has_a_person_for_each_job(teams: float | None, *, is_large: bool) -> None:
    told = given(teams=teams) if teams else {}
    kickoff = project({**told, **given(culture="both_skills", data_access="no_way")}, GOALS)
    both = [named("ml_engineer", "U77"), named("devops", "U77")]
    team = find_team(kickoff, both)
    assert (team.is_large, team.shared) == (is_large, ("U77",) if is_large else ())
    assert "hard to find and hard to replace" in team.culture
    assert team.data.startswith("There is no way to the data yet")


def test_nothing_answered_is_said_so() -> None:
    team = alone()
    assert team.data == "How to get at the data is not known yet."
    assert "is not decided" in team.culture
    assert len(team.open_jobs) == len(team.every)


@for_all(st.sampled_from(names()), st.data())
@settings(max_examples=30, deadline=None)
def test_naming_someone_never_adds_a_gap(name: str, data: st.DataObject) -> None:
    kickoff = kickoff_of(name)
    before = find_team(kickoff, ())
    job = data.draw(st.sampled_from(before.every))
    after = find_team(kickoff, [named(job.key, "U77")])
    assert {one.key for one in after.open_jobs} == {one.key for one in before.open_jobs} - {job.key}
    assert all(one.name and one.why and one.risk for one in before.every)


def test_words_are_plain() -> None:
    assert len(GLOSSARY) == 12
    assert all(len(meaning.split()) <= 20 and meaning.endswith(".") for meaning in GLOSSARY.values())
    assert name_job("no_such_job") == "no_such_job"
    assert follow([named("devops", "U1")]) == Agreement()
