"""Checks with a date: taken on for a high risk, asked about in the morning of their day, and answered (2.5)."""

from datetime import UTC, date, datetime, timedelta

from bot import dated_checks
from flows.dated_checks import DatedCheck
from flows.decisions import CheckAnswered, CheckSet, CheckState
from playground.person import Person
from playground.records import Message
from tests.bot.balance_stage import ledger, shown, stands
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_closing import close
from tests.bot.test_people_form import newcomer, open_people
from tests.bot.test_premortem import RESULT, begun, everything, look_back, press_late
from tests.bot.test_votes_in_time import at

KEY = "risk:silos"
PROPOSED = "A check: Get 100 sample rows from the owner of the data."
ASKED = "What did you see?"
DUE = datetime(2026, 12, 7, tzinfo=UTC)
"""Two weeks after the Monday on which the check was proposed."""


async def proposed(stage: Stage) -> Message:
    """All fear that teams kept their data; the check that is proposed for it."""
    await begun(stage)
    for person in (stage.priya, stage.victor, stage.fiona):
        await look_back(stage, person, silos="The main reason")
    result = await stage.priya.sees(RESULT, channel=stage.channel)
    return await stage.priya.sees(PROPOSED, channel=stage.channel, thread=result)


async def taken(stage: Stage) -> Message:
    check = await proposed(stage)
    await stage.priya.press(check, "Take it on")
    await stage.priya.sees("Taken on: Get 100 sample rows")
    return check


async def changed(stage: Stage, check: Message, **fields: object) -> dict[str, str] | None:
    await stage.priya.press(stage.slack.workspace.current(check), "Change it")
    form = await stage.priya.view("Change the check")
    return await stage.priya.submit(form, {name.replace("_", " "): value for name, value in fields.items()})


async def asked(stage: Stage, person: Person, day: datetime = DUE) -> Message:
    await at(stage, day + timedelta(hours=15))
    return await person.sees(ASKED, channel=person.dm)


def check_of(stage: Stage) -> DatedCheck:
    return stands(stage).checks[KEY]


async def test_one_press_takes_a_check_on_and_its_owner_is_asked_on_the_day(stage: Stage) -> None:
    check = await proposed(stage)
    (kickoff,) = stage.kickoffs()
    assert f"{stage.priya.mention}, by 7 December 2026." in check.words()
    await stage.victor.press(check, "Take it on")
    await stage.victor.sees("to take on or change")
    await stage.priya.press(check, "Take it on")
    await stage.priya.sees("Taken on: Get 100 sample rows")
    await press_late(
        stage, dated_checks.press_take, stage.priya, f"{kickoff.id}|{KEY}|{stage.fiona.id}|2026-12-07|Ask."
    )
    await stage.priya.sees("This check was taken on already.")
    assert check_of(stage) == DatedCheck(
        KEY, "Get 100 sample rows from the owner of the data.", stage.priya.id, DUE.date()
    )

    await at(stage, DUE + timedelta(hours=7, minutes=59))
    assert stage.said(ASKED) == []
    question = await asked(stage, stage.priya)
    await stage.priya.press(question, "Fine")
    told = await stage.victor.sees(
        "looked: Get 100 sample rows from the owner of the data. *Fine.*", channel=stage.channel
    )
    assert told.thread_ts == (await stage.card("")).ts
    await stage.all_due_is_done()
    assert "Fine" in shown(stage, question)
    assert check_of(stage).is_over
    assert "_Fine._" in await everything(stage, stage.fiona)
    await press_late(stage, dated_checks.press_seen, stage.priya, f"{kickoff.id}|{KEY}|2026-12-07|happened")
    await stage.priya.sees("This check is not asked about any more.")
    assert len([one for one in ledger(stage) if isinstance(one, CheckAnswered)]) == 1


async def test_what_is_still_a_risk_is_asked_about_again_until_it_happened(stage: Stage) -> None:
    await taken(stage)
    question = await asked(stage, stage.priya)
    await stage.priya.press(question, "Still a risk")
    await stage.victor.sees("*Still a risk.* I ask again on 21 December 2026.", channel=stage.channel)
    assert check_of(stage).due == date(2026, 12, 21)
    again = await asked(stage, stage.priya, datetime(2026, 12, 21, tzinfo=UTC))
    assert again.ts != question.ts
    await stage.priya.press(again, "It happened")
    await stage.victor.sees(f"*It happened.* {stage.priya.mention}, what follows from it?", channel=stage.channel)
    assert (check_of(stage).seen, check_of(stage).is_over) == (CheckState.HAPPENED, True)
    await stage.victor.command(stage.channel, COMMAND, "decisions")
    said = (await stage.victor.view("Decisions")).words()
    assert "took on a check: “Get 100 sample rows" in said
    assert "looked at a check: it happened." in said


async def test_owner_words_and_day_can_be_changed(stage: Stage) -> None:
    check = await proposed(stage)
    await stage.victor.press(check, "Change it")
    await stage.victor.sees("to take on or change")
    errors = await changed(stage, check, What_to_look_at=" \u200b ")
    assert errors == {"What to look at": "Please say in a few words what to look at."}
    errors = await stage.priya.submit(await stage.priya.view("Change the check"), {
        "What to look at": "Ask *billing* for rows", "Who looks": stage.fiona, "By when": "2026-11-20"
    })  # fmt: skip
    assert errors == {"By when": "Please pick a day that is still to come."}
    assert await stage.priya.submit(await stage.priya.view("Change the check"), {"By when": "2026-12-03"}) is None
    await stage.priya.sees("Taken on: Ask *billing* for rows")
    assert check_of(stage) == DatedCheck(KEY, "Ask *billing* for rows", stage.fiona.id, date(2026, 12, 3))

    assert await changed(stage, check, By_when="2026-12-10") is None
    await at(stage, datetime(2026, 12, 3, 15, tzinfo=UTC))
    assert stage.said(ASKED) == []
    question = await asked(stage, stage.fiona, datetime(2026, 12, 10, tzinfo=UTC))
    assert [one.due for one in ledger(stage) if isinstance(one, CheckSet)] == [date(2026, 12, 3), date(2026, 12, 10)]
    await stage.fiona.press(question, "Fine")
    await stage.victor.sees(f"{stage.fiona.mention} looked", channel=stage.channel)


async def test_a_check_that_was_proposed_long_ago_is_due_in_time(stage: Stage) -> None:
    check = await proposed(stage)
    stage.clock.skip(days=30)
    await stage.priya.press(check, "Take it on")
    await stage.priya.sees("Taken on")
    assert check_of(stage).due > (stage.clock() + timedelta(days=13)).date()


async def test_who_is_away_is_asked_when_back(stage: Stage) -> None:
    await taken(stage)
    await stage.priya.command(stage.channel, COMMAND, "away until 9 december")
    await at(stage, DUE + timedelta(hours=15))
    assert stage.said(ASKED) == []
    await asked(stage, stage.priya, datetime(2026, 12, 10, tzinfo=UTC))


async def test_the_projects_owner_is_asked_in_place_of_somebody_who_left(stage: Stage) -> None:
    check = await proposed(stage)
    assert await changed(stage, check, Who_looks=stage.fiona) is None
    await stage.priya.sees("Taken on")
    assert await stage.priya.submit(await open_people(stage), {"Finance": []}) is None
    question = await asked(stage, stage.priya)
    await stage.priya.press(question, "Fine")
    await stage.victor.sees(f"{stage.priya.mention} looked", channel=stage.channel)


async def test_only_whoever_looks_or_owns_the_project_answers(stage: Stage) -> None:
    check = await proposed(stage)
    stranger = newcomer(stage)
    assert await changed(stage, check, Who_looks=stranger) is None
    question = await asked(stage, stranger)
    await stage.victor.press(question, "Fine")
    await stage.victor.sees("looks at this one.")
    await stage.priya.press(question, "Fine")
    await stage.victor.sees(f"{stage.priya.mention} looked", channel=stage.channel)


async def test_an_overdue_check_stands_in_the_nudge(stage: Stage) -> None:
    await taken(stage)
    await asked(stage, stage.priya)
    await at(stage, datetime(2026, 12, 14, 8, 31, tzinfo=UTC))
    nudge = await stage.priya.sees("what moved in")
    assert f"Overdue: {stage.priya.mention}, Get 100 sample rows from the owner of" in nudge.words()


async def test_a_check_under_way_is_not_proposed_again(stage: Stage) -> None:
    await taken(stage)
    stage.clock.skip(days=1)
    await stage.priya.command(stage.channel, COMMAND, "risks")
    await stage.priya.press(await stage.priya.view("Why it could fail"), "Look back from failure")
    await stage.priya.sees("0 of 3 have answered", channel=stage.channel)
    for person in (stage.priya, stage.victor, stage.fiona):
        await look_back(stage, person, silos="The main reason", labels="A lot")
    await stage.priya.sees("Have two people label the same 50 examples", channel=stage.channel)
    await stage.all_due_is_done()
    assert len(stage.said(PROPOSED)) == 0
    assert len(stage.said("Taken on: Get 100 sample rows")) == 1


async def test_the_charter_names_who_looks_and_when(stage: Stage) -> None:
    await taken(stage)
    await stage.priya.command(stage.channel, COMMAND, "charter")
    await stage.priya.sees("of the charter is", channel=stage.channel)
    (kept,) = stands(stage).charters
    assert "Get 100 sample rows from the owner of the data. By 7 December 2026." in kept.charter
    assert "Teams kept their data, or did not work together." in kept.charter


async def test_a_closed_project_asks_about_no_check_until_it_is_reopened(stage: Stage) -> None:
    await taken(stage)
    await close(stage, stage.priya)
    await at(stage, DUE + timedelta(hours=15))
    assert stage.said(ASKED) == []
    for _ in range(2):
        await stage.priya.command(stage.channel, COMMAND, "reopen")
        await stage.all_due_is_done()
        assert stage.said(ASKED) == []
        await close(stage, stage.priya)
    await stage.priya.command(stage.channel, COMMAND, "reopen")
    await asked(stage, stage.priya, DUE + timedelta(days=1))
    await stage.all_due_is_done()
    assert len(stage.said(ASKED)) == 1


async def test_a_check_that_was_asked_about_before_the_end_is_not_asked_about_again(stage: Stage) -> None:
    await taken(stage)
    question = await asked(stage, stage.priya)
    await close(stage, stage.priya)
    await stage.priya.command(stage.channel, COMMAND, "reopen")
    await at(stage, DUE + timedelta(days=1, hours=15))
    await stage.all_due_is_done()
    assert len(stage.said(ASKED)) == 1
    await stage.priya.press(question, "Fine")
    await stage.victor.sees("*Fine.*", channel=stage.channel)
    assert check_of(stage).is_over
