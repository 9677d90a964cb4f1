"""The unknowns register through the door: edited, added to, shown to all, and asked about when its day comes."""

from dataclasses import replace

from bot.decision_list import name_row
from bot.deliveries import Press
from bot.listeners import PRESSES
from bot.reasons import UNKNOWNS
from bot.schedule import tick
from bot.unknowns import PAGE_SIZE, draw_burn_down, draw_edit, draw_register, make_register, read_past
from flows.answers import Answer, Status
from flows.decisions import UnknownChanged, UnknownStatus
from flows.register_rows import RegisterRow
from playground.faults import ApiError
from playground.records import View
from storage import decisions, kickoffs
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_ranking import texts


async def concluded(stage: Stage, **fields: object) -> None:
    await stage.start_with_all(**fields)
    await stage.finish_all()
    await stage.priya.sees(": a first score", channel=stage.channel)


async def opened(stage: Stage) -> View:
    await stage.priya.command(stage.channel, COMMAND, "unknowns")
    return await stage.priya.view("What nobody knows yet")


async def edit(stage: Stage, view: View, name: str) -> View:
    while not (rows := [one for one in view.blocks if name in str(one.get("text", "")) and "accessory" in one]):
        await stage.priya.press(view, "Next")
        view = await stage.priya.view("What nobody knows yet")
    await stage.priya.use(view, rows[0], rows[0]["accessory"])
    return await stage.priya.view("Edit")


def shown_rows(stage: Stage) -> str:
    """All pages of the register, as they would be shown now."""
    app = stage.started.app
    (kickoff,) = stage.kickoffs()
    register = app.database.run(lambda connection: make_register(read_past(connection, app, kickoff.id)))
    pages = range(0, len(register.rows), PAGE_SIZE)
    return "\n".join(texts(draw_register(register, first)) for first in pages)


def ledger(stage: Stage) -> list[UnknownChanged]:
    (kickoff,) = stage.kickoffs()
    lines = stage.started.app.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id))
    return [line for line in lines if isinstance(line, UnknownChanged)]


async def test_a_row_is_edited_and_the_thread_is_told(stage: Stage) -> None:
    await concluded(stage)
    view = await opened(stage)
    assert "open at the start" in texts({"blocks": view.blocks})
    form = await edit(stage, view, "How long does one experiment take?")
    complaints = await stage.priya.submit(
        form,
        {
            "How far is it?": "Being looked into",
            "Who looks into it?": stage.victor,
            "Until when?": "2026-11-30",
            "What was found so far": "one run took <4> h",
            "How well is that known?": "Measured",
        },
    )
    assert complaints is None
    said = await stage.fiona.sees("being looked into", channel=stage.channel, within=10)
    assert stage.victor.mention in said.text
    shown = shown_rows(stage)
    assert "Being looked into, until 30 November 2026." in shown
    assert "Said so far: one run took &lt;4&gt; h (measured)" in shown
    (line,) = ledger(stage)
    assert (line.status, line.owner) == (UnknownStatus.LOOKING, stage.victor.id)


async def test_ones_own_row_needs_a_name_and_can_be_found_out(stage: Stage) -> None:
    await concluded(stage)
    await stage.priya.press(await opened(stage), "Add one")
    form = await stage.priya.view("Add one")
    complaints = await stage.priya.submit(form, {"What is not known yet?": " ", "How far is it?": "Open"})
    assert "Please say in a few words" in str(complaints)
    filled = {"What is not known yet?": "Will the vendor agree?", "How far is it?": "Open"}
    assert await stage.priya.submit(form, filled) is None
    form = await edit(stage, await opened(stage), "Will the vendor agree?")
    assert await stage.priya.submit(form, {"How far is it?": "Found out"}) is None
    await stage.victor.sees(":white_check_mark:", channel=stage.channel)
    assert [one.name for one in ledger(stage)] == ["Will the vendor agree?"] * 2
    assert ":white_check_mark: *Will the vendor agree?* Found out." in shown_rows(stage)
    await stage.priya.command(stage.channel, COMMAND, "decisions")
    told = texts({"blocks": (await stage.priya.view("Decisions")).blocks})
    assert "changed what is not known yet: “Will the vendor agree?” found out." in told


async def test_two_who_edit_one_row_do_not_undo_each_other(stage: Stage) -> None:
    await concluded(stage)
    form = await edit(stage, await opened(stage), "How large must the model be?")
    (kickoff,) = stage.kickoffs()
    app = stage.started.app
    other = UnknownChanged(by=stage.victor.id, at=app.clock(), key="K19", status=UnknownStatus.FOUND)
    app.database.run(lambda connection: decisions.add(connection, kickoff.id, [other]))
    assert "Somebody changed this row meanwhile." in str(await stage.priya.submit(form, {"How far is it?": "Open"}))
    assert ledger(stage) == [other]


async def test_an_answer_that_came_meanwhile_is_not_written_over(stage: Stage) -> None:
    await concluded(stage)
    form = await edit(stage, await opened(stage), "How many experiments will it take?")
    (kickoff,) = stage.kickoffs()
    fiona = kickoff.find(stage.fiona.id)
    assert fiona is not None
    app = stage.started.app
    answer = Answer(question="experiments", status=Status.GIVEN, given="about 40", value=40.0)
    after = replace(
        fiona, interview=replace(fiona.interview, answers={**fiona.interview.answers, "experiments": answer})
    )
    app.database.run(lambda connection: kickoffs.save_participant(connection, fiona, after, app.clock()))
    assert "Somebody changed this row meanwhile." in str(await stage.priya.submit(form, {"How far is it?": "Open"}))
    assert ledger(stage) == []


async def test_a_row_with_a_long_answer_in_signs_can_be_edited(stage: Stage) -> None:
    row = RegisterRow("K17", "How much data?", "", "", answered="\N{GRINNING FACE}" * 300)
    other = replace(row, answered=row.answered + "!")
    await concluded(stage)
    (kickoff,) = stage.kickoffs()
    forms = [draw_edit(kickoff, one)["private_metadata"] for one in (row, other)]
    assert max(map(len, forms)) <= 3000
    assert forms[0] != forms[1]


async def test_what_was_answered_since_the_start_is_named_at_the_end(stage: Stage) -> None:
    await concluded(stage)
    (kickoff,) = stage.kickoffs()
    said = shown_rows(stage)
    assert "Answered since the start:" in said
    told = said[said.index("Answered since the start:") :]
    budget = kickoff.question_set.by_id["budget"].label.lower()
    assert ("budget" in kickoff.answers) == (budget in told)
    assert "budget" in kickoff.answers


async def test_a_closed_project_keeps_its_register_as_it_is(stage: Stage) -> None:
    await concluded(stage)
    form = await edit(stage, await opened(stage), "How large must the model be?")
    (kickoff,) = stage.kickoffs()
    app = stage.started.app
    app.database.run(lambda connection: kickoffs.close(connection, kickoff.id, app.clock()))
    assert "This project is closed." in str(await stage.priya.submit(form, {"How far is it?": "Found out"}))


async def test_the_burn_down_is_a_chart_or_a_table(stage: Stage) -> None:
    await concluded(stage)
    stage.clock.skip(days=3)
    await stage.priya.press(await opened(stage), "Show it in the channel")
    shown = await stage.victor.sees("open at the start", channel=stage.channel)
    assert any(block["type"] == "data_visualization" for block in shown.blocks)
    await stage.victor.press(shown, "Open the list")
    await stage.victor.view("What nobody knows yet")
    stage.slack.faults.add("chat.postMessage", ApiError("invalid_blocks"), times=1)
    await stage.priya.press(await opened(stage), "Show it in the channel")
    again = await stage.victor.sees("open at the start", channel=stage.channel, after=shown)
    assert any(block["type"] == "table" for block in again.blocks)


async def test_before_the_results_there_is_nowhere_to_show_it(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.priya.press(await opened(stage), "Show it in the channel")
    await stage.priya.sees("It can be shown once the results are in the channel.")
    form = await edit(stage, await opened(stage), "How large must the model be?")
    assert await stage.priya.submit(form, {"How far is it?": "Accepted as a risk"}) is None
    assert len(ledger(stage)) == 1


async def test_who_takes_no_part_changes_nothing(stage: Stage) -> None:
    await concluded(stage)
    stranger = stage.slack.workspace.add_person("Sam Stranger", tz="Europe/Berlin")
    stage.slack.workspace.join(stage.channel, stranger)
    await stranger.command(stage.channel, COMMAND, "unknowns")
    view = await stranger.view("What nobody knows yet")
    row = next(block for block in view.blocks if "accessory" in block)
    await stranger.use(view, row, row["accessory"])
    await stranger.sees("Only those who take part in this kickoff")
    await stranger.press(view, "Show it in the channel")
    await stranger.sees("Only those who take part in this kickoff can change")


async def test_a_nudge_asks_for_what_is_due(stage: Stage) -> None:
    await concluded(stage, Nudge_us="Every weekday")
    form = await edit(stage, await opened(stage), "How much data does it take?")
    filled = {"How far is it?": "Being looked into", "Who looks into it?": stage.victor, "Until when?": "2026-11-24"}
    assert await stage.priya.submit(form, filled) is None
    stage.clock.skip(days=1, hours=20)
    await tick(stage.started.app)
    nudge = await stage.priya.sees("to be found out by now", channel=stage.channel)
    assert "How much data does it take?" in stage.slack.workspace.plain(nudge)
    await stage.priya.press(nudge, "Open the list")
    assert "*overdue*" in texts({"blocks": (await stage.priya.view("What nobody knows yet")).blocks})


async def test_an_old_direct_message_opens_nothing_for_who_left_project_and_channel(stage: Stage) -> None:
    await concluded(stage)
    (kickoff,) = stage.kickoffs()
    stranger = stage.slack.workspace.add_person("Sam Stranger", tz="Europe/Berlin")
    team = stage.slack.workspace.team_id
    press = Press("press:old", team, stranger.dm.id, stranger.id, "", str(kickoff.id), "", "")
    await PRESSES[UNKNOWNS](stage.started.app, press)
    await stranger.sees("You take no part in this project")


async def test_every_page_fits(stage: Stage) -> None:
    await concluded(stage)
    (kickoff,) = stage.kickoffs()
    now = stage.clock()
    many = [UnknownChanged(by="U1", at=now, key=f"own:{place}", name="w " * 140) for place in range(60)]
    app = stage.started.app
    app.database.run(lambda connection: decisions.add(connection, kickoff.id, many))
    view = await opened(stage)
    seen = 0
    while True:
        seen += sum("accessory" in block for block in view.blocks)
        if "Next" not in str(view.blocks):
            break
        await stage.priya.press(view, "Next")
        view = await stage.priya.view("What nobody knows yet")
    register = app.database.run(lambda connection: make_register(read_past(connection, app, kickoff.id)))
    assert seen == len(register.rows) > 4 * PAGE_SIZE
    await stage.priya.press(view, "Back")
    assert draw_register(register, 0) != draw_register(register, PAGE_SIZE)
    assert draw_burn_down(register).text
    assert "initial_date" not in str(draw_edit(kickoff, None))
    assert name_row(many[0]).startswith("“w w")
