"""Whoever left a project and its channel is shown it no more, by no old button and in no old thread."""

import pytest

from playground.person import Person
from playground.records import Message
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
