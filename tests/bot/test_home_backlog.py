"""The backlog on the Home tab: filters, pages, a project's own page, and whose projects are to be seen."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from bot.home_backlog import PAGE_SIZE, choose_projects, draw_backlog, on_page
from bot.home_pages import ALL, MINE, BacklogPage, ProjectPage, read_page
from flows.project_status import ProjectStatus
from flows.roles import Role
from playground.faults import ApiError
from playground.records import View
from storage import kickoffs, overview
from storage.overview import Overview
from tests.bot.conftest import Stage
from tests.bot.test_home import at_home
from tests.bot.test_ranking import numbered

PROJECTS = st.lists(
    st.builds(
        Overview,
        id=st.integers(1, 10_000),
        name=st.text(max_size=200),
        channel=st.sampled_from(["C1", "D1"]),
        status=st.sampled_from(ProjectStatus),
        is_own=st.booleans(),
        roles=st.lists(st.sampled_from(Role), max_size=2).map(tuple),
        done=st.integers(0, 5),
        asked=st.integers(0, 5),
    ),
    max_size=60,
    unique_by=lambda one: one.id,
)
PAGES = st.builds(
    BacklogPage,
    whose=st.sampled_from([MINE, ALL]),
    status=st.none() | st.sampled_from(ProjectStatus),
    role=st.none() | st.sampled_from(Role),
    first=st.integers(0, 100),
)


@given(PROJECTS, PAGES)
def test_each_project_is_on_one_page(projects: list[Overview], page: BacklogPage) -> None:
    chosen = choose_projects(projects, page)
    shown = [one.id for first in range(0, len(chosen), PAGE_SIZE) for one in on_page(chosen, page.turned_to(first))]
    assert shown == [one.id for one in chosen]
    assert len(draw_backlog(projects, page, {})["blocks"]) <= 100


@given(PAGES, st.integers(1, 10_000))
def test_a_page_can_be_carried_and_read_again(page: BacklogPage, key: int) -> None:
    assert read_page(page.value) == page
    project = ProjectPage(key, page.value)
    assert read_page(project.value) == project
    assert len(project.value) <= 100


def test_what_cannot_be_read_is_the_first_page() -> None:
    for value in ("", "home", "project|x", "backlog|mine|pigeon|any|0", "backlog|mine"):
        assert read_page(value) is None


async def opened(stage: Stage) -> View:
    await stage.priya.open_home()
    await stage.priya.press(await at_home(stage, stage.priya, "Your kickoffs"), "The backlog")
    return await at_home(stage, stage.priya, "Back to what waits for me")


async def test_from_the_backlog_to_a_project_and_back(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees(": a first score", channel=stage.channel)
    view = await opened(stage)
    assert "Churn radar" in view.words()
    assert "results are there" in view.words()
    assert "Impact: " in view.words()
    await stage.priya.press(view, "Open")
    page = await at_home(stage, stage.priya, "What nobody knows yet:")
    assert "goals side by side" in page.words()
    assert "3 of 3" in page.words() or "done" in page.words()
    assert "15 %" in page.words()
    await stage.priya.press(page, "Why these numbers?")
    await stage.priya.view("Why these numbers")
    await stage.priya.press(page, "Open the list")
    await stage.priya.view("What nobody knows yet")
    await stage.priya.press(page, "Back")
    view = await at_home(stage, stage.priya, "Back to what waits for me")
    await stage.priya.press(view, "Back to what waits for me")
    await at_home(stage, stage.priya, "Your open questions")


async def test_filters_are_kept_while_other_things_happen(stage: Stage) -> None:
    await stage.start_with_all()
    view = await opened(stage)
    await stage.priya.choose(view, "Any status", "A balance is settled")
    view = await at_home(stage, stage.priya, "No project fits these filters.")
    await stage.start(stage.priya, "Another one", Product_owner=stage.victor)
    await stage.opening(stage.victor, "Another one")
    view = await at_home(stage, stage.priya, "No project fits these filters.")
    await stage.priya.choose(view, "A balance is settled", "Any status")
    view = await at_home(stage, stage.priya, "2 projects")
    await stage.priya.choose(view, "Any role of mine", "As product owner")
    await at_home(stage, stage.priya, "1 project")


async def test_what_is_elsewhere_is_not_seen_and_what_is_in_ones_channels_is(stage: Stage) -> None:
    await stage.start_with_all()
    workspace = stage.slack.workspace
    neighbour = workspace.add_person("Nina Neighbour", tz="Europe/Berlin")
    stranger = workspace.add_person("Sam Stranger", tz="Europe/Berlin")
    workspace.join(stage.channel, neighbour)
    (kickoff,) = stage.kickoffs()
    for person, sees in ((neighbour, True), (stranger, False)):
        await person.open_home()
        await at_home(stage, person, "You take part in no kickoff yet.")
        await person.press(await at_home(stage, person, "You take part in no kickoff yet."), "The backlog")
        view = await at_home(stage, person, "No project fits these filters.")
        await person.choose(view, "Mine", "All that I may see")
        view = await at_home(stage, person, "Churn radar" if sees else "No project fits these filters.")
        assert ("Churn radar" in view.words()) == sees
    app = stage.started.app

    def turn(connection: Connection) -> None:
        from storage import people

        people.turn_home(connection, workspace.team_id, stranger.id, ProjectPage(kickoff.id).value)

    app.database.run(turn)
    await stranger.open_home()
    assert "Churn radar" not in (await at_home(stage, stranger, "You take part in no kickoff yet.")).words()


async def test_where_slack_does_not_tell_the_channels_it_is_said_that_projects_may_be_missing(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.priya.open_home()
    await stage.priya.press(await at_home(stage, stage.priya, "The backlog"), "The backlog")
    view = await at_home(stage, stage.priya, "1 project")
    assert "projects may be missing" not in view.words()
    stage.slack.faults.add("users.conversations", ApiError("missing_scope"))
    await stage.priya.choose(view, "Mine", "All that I may see")
    await at_home(stage, stage.priya, "Slack did not tell me all your channels just now, so projects may be missing.")


async def test_many_projects_take_as_few_statements_as_a_few(stage: Stage) -> None:
    app = stage.started.app
    workspace = stage.slack.workspace.team_id
    models = numbered()

    def create(connection: Connection) -> None:
        for copy in range(60):
            model = models[copy % len(models)]
            made = replace(model, workspace=workspace, channel=stage.channel.id, name=f"{model.name} {copy}")
            kickoffs.create(connection, made, app.clock())

    app.database.run(create)
    statements: list[str] = []

    def count(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(app.database.engine, "before_cursor_execute", count)
    seen = app.database.run(
        lambda connection: overview.list_projects(connection, workspace, stage.priya.id, {stage.channel.id})
    )
    event.remove(app.database.engine, "before_cursor_execute", count)
    assert len(seen) == 60
    assert len([one for one in statements if one.startswith("SELECT")]) == 3
