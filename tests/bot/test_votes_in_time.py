"""Votes and time: reminders in everybody's own morning, the end of the last day, people who are not there."""

from datetime import UTC, datetime, timedelta

from flows.decisions import RoundClosed
from tests.bot.balance_stage import ballot, choice, go_on_without, ledger, next_round, offered, shown, stands, vote
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_people_form import newcomer, open_people

THURSDAY = datetime(2026, 11, 26, tzinfo=UTC)
"""The last day of a vote that begins on Monday."""
REMINDER = "Today is the last day to rank"


async def at(stage: Stage, moment: datetime) -> None:
    """What is due by then is done."""
    stage.clock.set(moment)
    stage.started.app.work.set()
    await stage.tick()
    await stage.all_due_is_done()


async def test_reminders_come_at_nine_in_everybodys_own_morning(stage: Stage) -> None:
    await offered(stage)
    for hour, reminded in ((7, 0), (8, 1), (9, 2), (13, 2), (14, 3)):
        await at(stage, THURSDAY + timedelta(hours=hour, minutes=1))
        assert len(stage.said(REMINDER)) == reminded, hour
    # Berlin, London, New York.
    assert [one.channel for one in stage.said(REMINDER)] != []


async def test_zones_on_both_sides_of_midnight(stage: Stage) -> None:
    workspace = stage.slack.workspace
    workspace.change(stage.priya, tz="Pacific/Kiritimati")
    workspace.change(stage.victor, tz="Pacific/Pago_Pago")
    round_ = await offered(stage)
    # Nine in the morning of the 26th is 19:00 UTC of the 25th in Kiritimati, and 20:00 UTC of the 26th in Pago Pago.
    await at(stage, THURSDAY - timedelta(hours=4, minutes=59))
    assert len(stage.said(REMINDER)) == 1
    await at(stage, THURSDAY + timedelta(hours=19, minutes=59))
    assert len(stage.said(REMINDER)) == 2
    await at(stage, THURSDAY + timedelta(hours=20, minutes=1))
    assert len(stage.said(REMINDER)) == 3
    # It is still the 26th in Pago Pago.
    await at(stage, THURSDAY + timedelta(hours=34))
    await vote(stage, stage.victor, round_, "A")
    assert stands(stage).open_round is not None


async def test_who_has_voted_is_not_reminded_and_nobody_is_after_the_end(stage: Stage) -> None:
    round_ = await offered(stage)
    await vote(stage, stage.priya, round_, "A")
    await at(stage, THURSDAY + timedelta(hours=9, minutes=1))
    assert len(stage.said(REMINDER)) == 1
    reminder = stage.said(REMINDER)[0]
    await stage.fiona.press(reminder, "Rank them in private")
    form = await stage.fiona.view("Rank the options")
    assert await stage.fiona.submit(form, {"Your first choice": choice(form, "A")}) is None
    await stage.priya.press(round_, "Close the vote")
    await stage.priya.sees("Settled:", channel=stage.channel)
    await at(stage, THURSDAY + timedelta(hours=15))
    assert len(stage.said(REMINDER)) == 1


async def test_who_is_away_is_not_reminded(stage: Stage) -> None:
    await offered(stage)
    await stage.fiona.command(stage.channel, COMMAND, "away until friday")
    await at(stage, THURSDAY + timedelta(hours=15))
    assert len(stage.said(REMINDER)) == 2


async def test_a_round_closes_once_the_last_day_is_over_everywhere(stage: Stage) -> None:
    round_ = await offered(stage)
    await vote(stage, stage.priya, round_, "A")
    await vote(stage, stage.victor, round_, "A")
    await at(stage, THURSDAY + timedelta(hours=35, minutes=59))
    assert stands(stage).open_round is not None
    await at(stage, THURSDAY + timedelta(hours=36, minutes=1))
    spread = await stage.priya.sees("how you ranked", channel=stage.channel)
    assert "Absent: @Fiona Feld" in shown(stage, spread)
    assert "2 of 3 voted" in shown(stage, round_)
    await stage.priya.sees("Settled:", channel=stage.channel)
    for _ in range(2):
        await stage.tick()
    (closed,) = [one for one in ledger(stage) if isinstance(one, RoundClosed)]
    assert closed.absent == (stage.fiona.id,)


async def test_nobody_votes_at_all(stage: Stage) -> None:
    await offered(stage)
    for days in (1, 2, 3):
        await at(stage, THURSDAY + timedelta(days=7 * days))
    await stage.priya.sees("No agreement after 3 rounds", channel=stage.channel)
    assert [len(one.absent) for one in ledger(stage) if isinstance(one, RoundClosed)] == [3, 3, 3]


async def test_a_vote_does_not_wait_for_whoever_is_taken_out(stage: Stage) -> None:
    dana = newcomer(stage, "Dana Dahl")
    await stage.start_with_all()
    assert await stage.priya.submit(await open_people(stage), {"ML engineer": [dana]}) is None
    await stage.finish_all()
    await stage.opening(dana)
    await go_on_without(stage, dana)
    await stage.priya.command(stage.channel, COMMAND, "balance")
    round_ = await stage.priya.sees("how to balance the goals", channel=stage.channel)
    assert "0 of 4 have voted" in shown(stage, round_)
    for person in (stage.priya, stage.victor):
        await vote(stage, person, round_, "A")
    form = await open_people(stage)
    assert await stage.priya.submit(form, {"ML engineer": []}) is None
    await stage.all_due_is_done()
    assert "2 of 3 have voted" in shown(stage, round_)
    await vote(stage, stage.fiona, round_, "A")
    await stage.priya.sees("Settled:", channel=stage.channel)


async def test_the_last_who_is_missing_leaves_and_the_round_is_over(stage: Stage) -> None:
    round_ = await offered(stage)
    await vote(stage, stage.priya, round_, "A")
    await vote(stage, stage.victor, round_, "A")
    stage.slack.workspace.deactivate(stage.fiona)
    spread = await stage.priya.sees("how you ranked", channel=stage.channel)
    assert "Absent" not in shown(stage, spread)
    assert "2 of 2 voted" in shown(stage, round_)
    await stage.priya.sees("Settled:", channel=stage.channel)


async def test_a_new_stakeholder_votes_in_the_next_round(stage: Stage) -> None:
    round_ = await offered(stage)
    gita = newcomer(stage)
    assert await stage.priya.submit(await open_people(stage), {"Domain expert": [gita]}) is None
    await stage.opening(gita)
    await gita.press(round_, "Rank them in private")
    await gita.sees("Only those who were stakeholders")
    await vote(stage, stage.priya, round_, "A")
    await vote(stage, stage.victor, round_, "B")
    await vote(stage, stage.fiona, round_, "C")
    second = await next_round(stage, 2)
    assert "0 of 4 have voted" in second.words()
    await ballot(stage, gita, second)
