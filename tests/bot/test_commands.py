"""What `/ml-kickoff` answers; every answer is for its sender alone."""

import pytest

from playground.faults import ServerError
from tests.bot.conftest import COMMAND, Stage


async def ask(stage: Stage, text: str) -> str:
    reply = await stage.priya.command(stage.channel, COMMAND, text)
    assert reply.status == 200
    return reply.words()


async def test_help_lists_what_can_be_typed(stage: Stage) -> None:
    reply = await stage.priya.command(stage.channel, COMMAND, "help")
    for typed in ("`status`", "`log 2h labelled 300 tickets`", "`nudge weekly mon 09:30`"):
        assert typed in reply.words()
    assert reply.message is not None
    await stage.priya.press(reply.message, "Show all")
    said = (await stage.priya.view("What I can do")).words()
    for typed in ("/ml-kickoff status", "/ml-kickoff log 2h", 'cron "30 9 * * 1-5"', "nudge off"):
        assert typed in said


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("stauts", "Did you mean `/ml-kickoff status`?"),
        ("remnid weekly", "Did you mean `/ml-kickoff nudge weekly`?"),
        ("sing me a song", "I do not know “sing me a song”. `/ml-kickoff help`"),
        ("<!channel> <@U00000001> &", "&lt;!channel&gt;"),
    ],
)
async def test_anything_else_gets_a_guess(stage: Stage, typed: str, answered: str) -> None:
    assert answered in await ask(stage, typed)


@pytest.mark.parametrize("typed", ["status", "log 2h", "nudge off"])
async def test_without_a_kickoff_it_says_how_to_start_one(stage: Stage, typed: str) -> None:
    assert await ask(stage, typed) == "There is no kickoff here yet. Type `/ml-kickoff` to start one."


async def test_status(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.card("Next nudge")
    said = await ask(stage, "status")
    assert "*Churn radar*" in said
    assert f"{stage.fiona.mention} · finance · ▱▱▱▱▱▱▱▱ 0 of 2" in said
    assert "Next nudge: Monday 30 November, 09:30 (Europe/Berlin)" in said


async def test_status_from_elsewhere_shows_ones_own(stage: Stage) -> None:
    await stage.start_with_all()
    elsewhere = stage.slack.workspace.add_channel("elsewhere", [stage.fiona, stage.priya], app_is_member=True)
    assert "Churn radar" in (await stage.fiona.command(elsewhere, COMMAND, "status")).words()


async def test_status_of_many_kickoffs_is_cut(stage: Stage) -> None:
    for number in range(20):
        await stage.start(name=f"Project {number}", Finance=stage.fiona)
    reply = await stage.priya.command(stage.channel, COMMAND, "status")
    assert reply.message is not None
    assert f"*Project 19* · ▱▱▱▱▱▱▱▱ 0 of 1 done · waiting for {stage.fiona.mention}" in reply.words()
    assert "15 older ones are not shown." in reply.words()
    await stage.priya.press(reply.message, "Show all")
    shown = (await stage.priya.view("Kickoffs")).words()
    assert f"{stage.fiona.mention} · finance · ▱▱▱▱▱▱▱▱ 0 of 2" in shown
    assert "*Project 5*" in shown
    assert "5 older ones are not shown." in shown


async def test_a_log_line_is_kept_and_said_back(stage: Stage) -> None:
    await stage.start_with_all()
    said = await ask(stage, "log 2h labelled 300 tickets, error 0.21")
    assert (
        said
        == "Logged for *Churn radar*: 2 hours, labelling, error 0.21 (2h labelled 300 tickets, error 0.21).\n[Undo]"
    )
    await stage.card("Log: 1 entry. Last by @Priya Patel: 2 hours, labelling, error 0.21")
    await ask(stage, "log 1h meeting")
    await stage.card("Log: 2 entries")


async def test_a_log_line_that_cannot_be_right_is_refused(stage: Stage) -> None:
    await stage.start_with_all()
    assert "a day has 24" in await ask(stage, "log 30h labelled")


async def test_log_without_text_opens_the_form(stage: Stage) -> None:
    await stage.start_with_all()
    await ask(stage, "log")
    form = await stage.priya.view("Log progress")
    errors = await stage.priya.submit(form, {"What happened?": "labelled", "Hours, if not said above": "many"})
    assert errors == {"Hours, if not said above": "Please write hours, such as 1.5 or 90 min."}
    errors = await stage.priya.submit(form, {"Error or other measure now, if not said above": "better"})
    assert errors is not None
    fields = {
        "What happened?": "all day",
        "Hours, if not said above": "1.5",
        "What kind of work?": "Training",
        "Error or other measure now, if not said above": "error 0.2",
    }
    assert await stage.priya.submit(form, fields) is None
    await stage.card("1.5 hours, training, error 0.2")


async def test_with_several_projects_the_form_asks_which(stage: Stage) -> None:
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Finance=stage.fiona)
    await ask(stage, "log 2h labelled")
    form = await stage.priya.view("Log progress")
    assert await stage.priya.submit(form, {"Project": "Price guard"}) is None
    assert "Logged for *Churn radar*: 1 hour" in await ask(stage, "log for churn radar: 1h labelled")
    assert "I know no project called “x” here" in await ask(stage, "log for x: 1h labelled")


async def test_nudges_are_set_by_the_command(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.card("Monday 30 November, 09:30 (Europe/Berlin)")
    said = await ask(stage, "nudge weekdays 10:00")
    assert "nudges come every weekday at 10:00 (Europe/Berlin)" in said
    assert "The next one: Tuesday 24 November, 10:00 (Europe/Berlin)" in said
    await stage.card("Tuesday 24 November, 10:00 (Europe/Berlin)")
    assert "No more nudges" in await ask(stage, "nudge off")
    await stage.card("No nudges")
    assert "For example" in await ask(stage, "nudge whenever")


async def test_with_several_projects_nudge_asks_which(stage: Stage) -> None:
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Finance=stage.fiona)
    assert "`/ml-kickoff nudge off for Price guard`" in await ask(stage, "nudge off")
    assert "No more nudges for *Churn radar*" in await ask(stage, "nudge off for Churn radar")


async def test_a_form_that_slack_does_not_open(stage: Stage) -> None:
    stage.slack.faults.add("views.open", ServerError(), times=1)
    assert "Please type the command once more" in await ask(stage, "")


async def test_a_fault_of_ours_is_a_sentence_with_a_reference(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("the secret answer")

    monkeypatch.setattr("bot.commands.parse_command", fail)
    said = await ask(stage, "status")
    assert "Something went wrong on our side (reference " in said
    reference = said.split("reference ")[1].split(")")[0]
    assert reference in caplog.text
    assert "secret answer" not in caplog.text + said


async def test_for_names_one_project_everywhere(stage: Stage) -> None:
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Finance=stage.fiona)
    said = await ask(stage, "log 2h looking for labels for churn radar")
    assert said == "Logged for *Churn radar*: 2 hours, labelling (2h looking for labels).\n[Undo]"
    said = await ask(stage, "status for Price guard")
    assert "*Price guard*" in said
    assert "Churn radar" not in said
    assert "I know no project called “x” here" in await ask(stage, "status for x")
