"""Whoever is blocked has the app ask who can help, and hears what came of it."""

from datetime import UTC, datetime

from flows.decisions import UnknownStatus
from playground.person import Person
from playground.records import Message
from tests.bot.balance_stage import stands
from tests.bot.conftest import COMMAND, Stage

DUE = datetime(2026, 11, 26, tzinfo=UTC)
NEED = "Access to the <orders> of 2025"


async def asked(stage: Stage, **fields: object) -> Message:
    """Priya is blocked, and has Fiona asked; the question in Fiona's direct messages."""
    await stage.start_with_all()
    logged = await stage.priya.command(stage.channel, COMMAND, "log 2h waiting for access to the orders")
    assert logged.message is not None
    await stage.priya.press(logged.message, "Ask somebody")
    form = await stage.priya.view("Ask somebody")
    filled = {"Who has to act?": stage.fiona, "What do you need?": NEED, "By when?": "2026-11-26", **fields}
    assert await stage.priya.submit(form, filled) is None
    return await stage.fiona.sees("waits for you in", channel=stage.fiona.dm)


async def test_who_can_help_is_asked_and_answers_with_one_press(stage: Stage) -> None:
    question = await asked(stage)
    assert f"{stage.priya.mention} waits for you in *Churn radar*, and needs this by 26 November 2026" in question.text
    assert "&lt;orders&gt;" in question.text
    await stage.victor.sees(f"I asked {stage.fiona.mention}, by 26 November 2026", channel=stage.channel)
    await stage.fiona.press(question, "Not by then")
    await stage.priya.sees("says that it is not done by 26 November 2026", channel=stage.channel)
    await stage.all_due_is_done()
    stage.clock.set(DUE.replace(hour=9, minute=30))
    await stage.tick()
    again = await stage.fiona.sees("and needs this today", channel=stage.fiona.dm)
    await stage.fiona.press(again, "It is done")
    await stage.priya.sees(f"{stage.fiona.mention} says that it is done", channel=stage.channel)
    await stage.fiona.press(again, "It is done")
    await stage.fiona.sees("This is done already", channel=stage.fiona.dm)


async def test_the_form_takes_what_the_work_waits_for_and_which_question_it_helped_with(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees("a first score", channel=stage.channel)
    await stage.priya.command(stage.channel, COMMAND, "log")
    form = await stage.priya.view("Log progress")
    filled = {
        "What happened?": "2h looked at the data",
        "Which open question did it help with?": "How much data does it take?",
        "Does the work wait for something? What?": "access to <orders>",
    }
    assert await stage.priya.submit(form, filled) is None
    await stage.card("Log: 1 entry")
    offer = await stage.priya.sees("Somebody has to act, so that it goes on?", channel=stage.priya.dm)
    await stage.priya.press(offer, "Ask somebody")
    assert "access to <orders>" in (await stage.priya.view("Ask somebody")).words().replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    (logged,) = stage.log()
    assert (logged.entry.is_blocked, logged.entry.unknown) == (True, "K17")
    assert logged.entry.note == "2h looked at the data (waits for access to <orders>)"
    assert stands(stage).unknowns["K17"].status is UnknownStatus.LOOKING


async def test_nobody_is_reminded_of_what_is_done(stage: Stage) -> None:
    question = await asked(stage)
    await stage.fiona.press(question, "It is done")
    await stage.priya.sees("says that it is done", channel=stage.channel)
    stage.clock.set(DUE.replace(hour=12))
    await stage.tick()
    await stage.all_due_is_done()
    assert stage.said("and needs this today") == []


async def submit(stage: Stage, person: Person, **fields: object) -> dict[str, str] | None:
    logged = await person.command(stage.channel, COMMAND, "log 2h blocked")
    assert logged.message is not None
    await person.press(logged.message, "Ask somebody")
    filled = {"Who has to act?": stage.fiona, "What do you need?": NEED, "By when?": "2026-11-26", **fields}
    return await person.submit(await person.view("Ask somebody"), filled)


async def test_a_day_that_is_over_and_no_words_are_sent_back(stage: Stage) -> None:
    await stage.start_with_all()
    past = await submit(stage, stage.priya, **{"By when?": "2026-11-20"})
    assert "a day that is still to come" in str(past)
    stage.slack.workspace.views.clear(stage.priya.id)
    empty = await submit(stage, stage.priya, **{"What do you need?": "\u200b"})
    assert "what you need" in str(empty)


async def test_only_whoever_is_blocked_asks_and_only_whoever_was_asked_answers(stage: Stage) -> None:
    question = await asked(stage)
    await stage.victor.press(question, "It is done")
    await stage.victor.sees(f"{stage.fiona.mention} was asked for this.")
    logged = await stage.priya.command(stage.channel, COMMAND, "log 1h blocked")
    assert logged.message is not None
    await stage.fiona.press(logged.message, "Ask somebody")
    await stage.fiona.sees("This entry is gone, or it is not yours.")


async def test_in_a_closed_project_nothing_is_waited_for(stage: Stage) -> None:
    question = await asked(stage)
    await stage.close_project()
    await stage.fiona.press(question, "It is done")
    await stage.fiona.sees("This project is closed.", channel=stage.fiona.dm)
    stage.clock.set(DUE.replace(hour=12))
    await stage.tick()
    await stage.all_due_is_done()
    assert stage.said("and needs this today") == []
