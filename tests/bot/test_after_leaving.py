"""Whoever left a project and its channel is shown it no more, by no old button and in no old thread."""

import pytest

from playground.person import Person
from playground.records import Message, View
from tests.bot.balance_stage import ledger, settled
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_dated_checks import asked as asked_about_check
from tests.bot.test_dated_checks import changed, proposed
from tests.bot.test_home import at_home
from tests.bot.test_mentions import ask
from tests.bot.test_people_form import open_people

NOT_SEEN = "You take no part in this project"


async def leave(stage: Stage, person: Person, role: str) -> None:
    """Taken out of the kickoff, and gone from the channel."""
    assert await stage.priya.submit(await open_people(stage), {role: []}) is None
    await stage.all_due_is_done()
    stage.slack.workspace.leave(stage.channel, person)


async def in_private(stage: Stage) -> Message:
    """Interviews in private; what stands in Victor's direct messages."""
    await stage.start(Product_owner=stage.victor, Finance=stage.fiona, Interviews="In private messages")
    opening = await stage.victor.sees("your view", channel=stage.victor.dm)
    await stage.fiona.sees("your view", channel=stage.fiona.dm)
    return opening


@pytest.mark.parametrize("asked", ["facts", "decisions", "unknowns", "charter", "status", "log 2h labelled 40 tickets"])
async def test_a_thread_of_direct_messages_is_no_way_in(stage: Stage, asked: str) -> None:
    opening = await in_private(stage)
    assert "Churn radar" in (await ask(stage, "status", opening, stage.victor, stage.victor.dm)).words()
    await leave(stage, stage.victor, "Product owner")
    answer = await ask(stage, asked, opening, stage.victor, stage.victor.dm)
    assert "There is no kickoff here yet" in answer.words()
    assert stage.log() == ()


async def test_an_old_nudge_logs_nothing_any_more(stage: Stage) -> None:
    await in_private(stage)
    stage.clock.skip(hours=24 * 8)
    await stage.tick()
    nudge = await stage.victor.sees("what moved in", channel=stage.victor.dm)
    await stage.victor.press(nudge, "Log progress")
    form = await stage.victor.view("Log progress")
    await leave(stage, stage.victor, "Product owner")
    wrong = await stage.victor.submit(form, {"What happened?": "2h labelled 40 tickets"})
    assert NOT_SEEN in str(wrong)
    await stage.victor.press(nudge, "Log progress")
    await stage.victor.sees(NOT_SEEN, channel=stage.victor.dm)
    assert stage.log() == ()


async def test_a_check_is_not_answered_by_somebody_who_left(stage: Stage) -> None:
    check = await proposed(stage)
    assert await changed(stage, check, Who_looks=stage.fiona) is None
    question = await asked_about_check(stage, stage.fiona)
    await leave(stage, stage.fiona, "Finance")
    before = ledger(stage)
    await stage.fiona.press(question, "Fine")
    await stage.fiona.sees(f"{stage.priya.mention} looks at this one.", channel=stage.fiona.dm)
    assert ledger(stage) == before


async def test_the_goal_card_is_not_read_from_an_old_home_tab(stage: Stage) -> None:
    await settled(stage)
    await stage.fiona.open_home()
    home = await at_home(stage, stage.fiona, "The goal card waits")
    (button,) = (one for one in home.blocks if one.get("accessory", {}).get("text", {}).get("text") == "Read it")
    await leave(stage, stage.fiona, "Finance")
    # Slack shows the tab as it was until it is told of the new one.
    await stage.fiona.use(home, button, button["accessory"])
    await stage.fiona.sees(NOT_SEEN, channel=stage.fiona.dm)


async def test_progress_is_not_shown_in_a_channel_that_one_has_left(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.fiona.command(stage.channel, COMMAND, "log 2h training, error 0.21")
    await stage.fiona.command(stage.channel, COMMAND, "progress")
    told = await stage.fiona.sees(": progress", channel=stage.fiona.dm)
    await leave(stage, stage.fiona, "Finance")
    await stage.fiona.press(told, "Show it in the channel")
    await stage.fiona.sees(NOT_SEEN, channel=stage.fiona.dm)
    assert stage.said(": progress", stage.channel) == []


async def test_a_timer_logs_nothing_any_more(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.fiona.command(stage.channel, COMMAND, "timer labelling")
    stage.clock.skip(minutes=30)
    await leave(stage, stage.fiona, "Finance")
    said = await stage.fiona.command(stage.fiona.dm, COMMAND, "timer stop 300 tickets")
    assert "Your timer counted for a project in which you take no part" in said.words()
    assert "Churn radar" not in said.words()
    assert "No timer runs." in (await stage.fiona.command(stage.fiona.dm, COMMAND, "timer")).words()
    assert stage.log() == ()


async def with_entry(stage: Stage, line: str) -> Message:
    """What is said to Fiona of an entry of hers."""
    await stage.start_with_all()
    said = await stage.fiona.command(stage.channel, COMMAND, f"log {line}")
    assert said.message is not None
    return said.message


async def own_entries(stage: Stage) -> View:
    await with_entry(stage, "2h labelled 40 tickets")
    await stage.fiona.command(stage.channel, COMMAND, "time")
    report = await stage.fiona.sees(": hours", channel=stage.fiona.dm)
    await stage.fiona.press(report, "My entries")
    return await stage.fiona.view("My entries")


async def test_own_entries_are_not_opened_any_more(stage: Stage) -> None:
    listed = await own_entries(stage)
    await leave(stage, stage.fiona, "Finance")
    await stage.fiona.press(listed, "Edit", "labelled 40")
    await stage.fiona.sees(NOT_SEEN, channel=stage.fiona.dm)


async def test_own_entries_stay_as_they_are(stage: Stage) -> None:
    await stage.fiona.press(await own_entries(stage), "Edit", "labelled 40")
    form = await stage.fiona.view("Change the entry")
    before = stage.log()
    await leave(stage, stage.fiona, "Finance")
    assert NOT_SEEN in str(await stage.fiona.submit(form, {"What happened?": "1h nothing"}))
    await stage.fiona.press(form, "Delete this entry")
    await stage.fiona.sees(NOT_SEEN, channel=stage.fiona.dm)
    assert stage.log() == before


async def test_nobody_is_asked_to_help_and_nothing_is_taken_back(stage: Stage) -> None:
    said = await with_entry(stage, "2h collecting, blocked by access")
    await stage.fiona.press(said, "Ask somebody")
    form = await stage.fiona.view("Ask somebody")
    before = stage.log()
    await leave(stage, stage.fiona, "Finance")
    filled = {"Who has to act?": stage.victor, "What do you need?": "Access", "By when?": "2026-11-30"}
    assert NOT_SEEN in str(await stage.fiona.submit(form, filled))
    for button in ("Ask somebody", "Undo"):
        await stage.fiona.press(said, button)
    await stage.all_due_is_done()
    assert stage.said("waits for you") == []
    assert stage.log() == before
