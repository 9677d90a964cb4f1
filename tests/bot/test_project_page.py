"""A project's page: Slack's limits hold for whatever was typed, and what is kept private is not on it."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import Block
from bot.home_backlog import draw_backlog
from bot.home_pages import ALL, BacklogPage, ProjectPage
from bot.project_page import Project, draw_project
from flows.agreement import Agreement
from flows.charter_writing import write_charter
from flows.decisions import CharterKept
from flows.kickoffs import Kickoff
from flows.project_status import ProjectStatus
from flows.question_bank import BANK
from flows.register_rows import read_register
from flows.roles import Role
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.team_needs import find_team
from playground.limits import check_view
from playground.reading import words
from storage.overview import Overview
from tests.flows.whole_kickoffs import FULL, GOALS, PEOPLE, TODAY, project

LINK = "https://playground.slack.com/archives/C00000004/p1795453200136804"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def page_of(kickoff: Kickoff, stands: Agreement | None = None) -> Block:
    links = dict.fromkeys(("card", "goals", "score", *(str(one.interview_id) for one in kickoff.counted)), LINK)
    shown = Project(
        kickoff,
        stands or Agreement(),
        ProjectStatus.RESULTS,
        score_project(hear(kickoff)),
        read_register(kickoff, (), TODAY),
        find_team(kickoff, ()),
        links,
    )
    return draw_project(shown, ProjectPage(kickoff.id, BacklogPage().value))


@given(st.text(max_size=300), st.text(max_size=3000), st.integers(1, 30))
def test_slacks_limits_hold_for_any_name_problem_and_number_of_people(name: str, problem: str, count: int) -> None:
    kickoff = project({}, GOALS, name=name or "x", problem=problem)
    first = kickoff.participants[0]
    crowd = tuple(replace(first, interview_id=number, person=f"U{number:09}") for number in range(count))
    view = page_of(replace(kickoff, participants=crowd))
    check_view(view, ("home",))


@given(st.text(max_size=300))
def test_words_of_people_mention_nobody(name: str) -> None:
    sly = f"<!channel> {name} <@U1>"
    view = page_of(project({}, GOALS, name=sly, problem=sly))
    assert "<!channel>" not in str([one for one in view["blocks"] if one["type"] != "header"])
    one = Overview(1, sly, "C1", ProjectStatus.RESULTS, is_own=True, roles=(), done=0, asked=1)
    backlog = draw_backlog([one], BacklogPage(ALL), {}, {1: "U7"})
    assert "<!channel>" not in str(backlog)
    assert "<@U7>" in str(backlog)
    check_view(backlog, ("home",))


def test_goals_that_are_kept_private_are_counted_and_not_shown() -> None:
    open_to_all = words("", page_of(project(FULL, GOALS))["blocks"])
    kept = words("", page_of(project(FULL, GOALS, confidential=BANK.by_id))["blocks"])
    owner = f"<@{PEOPLE[Role.FINANCE]}>: "
    for told in ("10 %", "20 %", "15 %", owner):
        assert told in open_to_all
        assert told not in kept
    assert ":lock: 3 not shown" in kept


def test_it_says_which_charter_there_is() -> None:
    kickoff = project(FULL, GOALS)
    assert "*Charter:* not written yet." in words("", page_of(kickoff)["blocks"])
    charter = write_charter(kickoff, None, ())
    kept = CharterKept(by="U1", at=NOON, version=3, charter=charter.to_json())
    shown = words("", page_of(kickoff, Agreement(charters=(kept,)))["blocks"])
    assert f"version 3, {charter.completeness} % complete" in shown
