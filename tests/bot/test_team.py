"""The team through the door: whom the goal needs, naming somebody and taking it back, and the words that are used."""

from bot.team import draw_team, load_team
from flows.decisions import JobNamed
from flows.team_needs import find_team
from playground.records import View
from storage import decisions, kickoffs
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_ranking import numbered, texts


async def opened(stage: Stage) -> View:
    await stage.priya.command(stage.channel, COMMAND, "team")
    return await stage.priya.view("The team")


async def form_of(stage: Stage, view: View, job: str) -> View:
    row = next(block for block in view.blocks if job in str(block.get("text", "")) and "accessory" in block)
    await stage.priya.use(view, row, row["accessory"])
    return await stage.priya.view("Who does this?")


async def test_somebody_is_named_and_taken_back(stage: Stage) -> None:
    await stage.start_with_all()
    view = await opened(stage)
    assert ":white_circle: *ML engineer:* Open." in texts({"blocks": view.blocks})
    form = await form_of(stage, view, "*ML engineer:*")
    assert await stage.priya.submit(form, {"Who?": stage.victor}) is None
    again = await opened(stage)
    assert f":white_check_mark: *ML engineer:* {stage.victor.mention}" in texts({"blocks": again.blocks})
    form = await form_of(stage, again, "*ML engineer:*")
    assert await stage.priya.submit(form, {"Who?": None}) is None
    assert ":white_circle: *ML engineer:* Open." in texts({"blocks": (await opened(stage)).blocks})
    await stage.priya.command(stage.channel, COMMAND, "decisions")
    told = texts({"blocks": (await stage.priya.view("Decisions")).blocks})
    assert f"named {stage.victor.mention} for “ML engineer”." in told
    assert "took back who does “ML engineer”." in told


async def test_two_who_name_somebody_do_not_undo_each_other(stage: Stage) -> None:
    await stage.start_with_all()
    form = await form_of(stage, await opened(stage), "*ML engineer:*")
    (kickoff,) = stage.kickoffs()
    app = stage.started.app
    other = JobNamed(by=stage.victor.id, at=app.clock(), job="ml_engineer", person=stage.fiona.id)
    app.database.run(lambda connection: decisions.add(connection, kickoff.id, [other]))
    assert "Somebody was named meanwhile." in str(await stage.priya.submit(form, {"Who?": stage.victor}))
    lines = app.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id))
    assert [one for one in lines if isinstance(one, JobNamed)] == [other]


async def test_a_closed_project_names_nobody(stage: Stage) -> None:
    await stage.start_with_all()
    view = await opened(stage)
    form = await form_of(stage, view, "*ML engineer:*")
    (kickoff,) = stage.kickoffs()
    app = stage.started.app
    app.database.run(lambda connection: kickoffs.close(connection, kickoff.id, app.clock()))
    assert "This project is closed." in str(await stage.priya.submit(form, {"Who?": stage.victor}))
    view = await opened(stage)
    row = next(block for block in view.blocks if "accessory" in block)
    await stage.priya.use(view, row, row["accessory"])
    await stage.priya.sees("This project is closed.")


async def test_the_words_are_shown_and_one_comes_back(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.priya.press(await opened(stage), "Words we use")
    words = await stage.priya.view("Words we use")
    assert "*Drift:*" in texts({"blocks": words.blocks})
    await stage.priya.press(words, "Back")
    await stage.priya.view("The team")


async def test_who_takes_no_part_names_nobody(stage: Stage) -> None:
    await stage.start_with_all()
    stranger = stage.slack.workspace.add_person("Sam Stranger", tz="Europe/Berlin")
    stage.slack.workspace.join(stage.channel, stranger)
    await stranger.command(stage.channel, COMMAND, "team")
    view = await stranger.view("The team")
    row = next(block for block in view.blocks if "accessory" in block)
    await stranger.use(view, row, row["accessory"])
    await stranger.sees("Only those who take part in this kickoff can name people.")


async def test_the_window_fits_for_every_kickoff(stage: Stage) -> None:
    await stage.start_with_all()
    (kickoff,) = stage.kickoffs()
    loaded, team = stage.started.app.database.run(lambda connection: load_team(connection, kickoff.id))
    assert loaded == kickoff
    assert "are open." in texts(draw_team(kickoff, team))
    for one in numbered():
        view = draw_team(one, find_team(one, ()))
        assert len(view["blocks"]) <= 100
        assert all(len(block.get("text", {}).get("text", "")) <= 3000 for block in view["blocks"])
