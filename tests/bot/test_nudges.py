"""Nudges: at the owner's own 9:30, once, whatever happens."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.blocks import Button, actions
from bot.nudges import send_due_nudges, set_rhythm
from bot.run import running
from flows.answers import Answer, Status
from flows.decisions import ShownToBusiness, UnknownChanged, UnknownStatus
from playground.faults import ApiError
from playground.records import Message
from storage import decisions, kickoffs
from tests.bot.balance_stage import ledger, stands
from tests.bot.conftest import COMMAND, FINANCES, OWNERS, Stage, settings_for

PRIVATE = {"Interviews": "In private messages"}
MONDAY = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)


async def nudged(stage: Stage) -> Message:
    stage.clock.set(MONDAY)
    await stage.tick()
    return await stage.priya.sees("what moved in")


async def started(stage: Stage, **fields: object) -> None:
    await stage.start_with_all(**fields)
    await stage.card("Next nudge: Monday 30 November, 09:30 (Europe/Berlin)")


async def test_it_comes_at_the_owners_half_past_nine(stage: Stage) -> None:
    await started(stage)
    stage.clock.set(MONDAY.replace(minute=20))
    await stage.tick()
    assert stage.said("what moved in") == []
    nudge = await nudged(stage)
    assert "Nothing is logged yet" in nudge.words()
    assert "Next nudge: Monday 7 December, 09:30 (Europe/Berlin)" in nudge.words()
    assert "Still to be interviewed" in nudge.words()


async def test_an_owner_who_moves_is_asked_at_half_past_nine_there(stage: Stage) -> None:
    await started(stage)
    stage.slack.workspace.change(stage.fiona, tz="America/New_York")
    stage.slack.workspace.change(stage.priya, tz="Asia/Tokyo")
    await stage.card("Next nudge: Monday 30 November, 09:30 (Asia/Tokyo)")
    stage.clock.set(datetime(2026, 11, 30, 0, 30, tzinfo=UTC))
    await stage.tick()
    await stage.priya.sees("what moved in")


async def test_it_comes_in_private_where_the_interviews_are_private(stage: Stage) -> None:
    await started(stage, Interviews="In private messages")
    assert (await nudged(stage)).channel == stage.priya.dm.id


async def test_two_processes_never_send_one_nudge_twice(stage: Stage) -> None:
    await started(stage)
    async with running(settings_for(stage.slack, stage.started.app.settings.database_url), stage.clock) as other:
        # A row that an invitation still holds would be skipped by all ten, and left to the next tick.
        await stage.slack.quiet()
        stage.clock.set(MONDAY)
        counts = await asyncio.gather(
            *(send_due_nudges(app) for app in (stage.started.app, other.app) for _ in range(5))
        )
        assert sum(counts) == 1
        await stage.priya.sees("what moved in")
        await stage.slack.quiet()
    assert len(stage.said("what moved in")) == 1


async def test_a_week_of_silence_is_made_up_with_one_nudge(stage: Stage) -> None:
    await started(stage)
    stage.clock.set(MONDAY.replace(month=12, day=18))
    await stage.tick()
    nudge = await stage.priya.sees("what moved in")
    assert "Monday 21 December, 09:30" in nudge.words()
    assert len(stage.said("what moved in")) == 1


async def test_logging_by_the_button(stage: Stage) -> None:
    await started(stage)
    nudge = await nudged(stage)
    await stage.priya.press(nudge, "Log progress")
    form = await stage.priya.view("Log progress")
    assert await stage.priya.submit(form, {"What happened?": "2h labelled 300 tickets, error 0.21"}) is None
    answered = await stage.priya.sees("Logged for *Churn radar*: 2 hours, labelling, error 0.21")
    assert answered.ts == nudge.ts
    # Who has logged since the last nudge is left alone, until a whole week was silent.
    stage.clock.skip(days=7)
    await stage.tick()
    await stage.card("Next nudge: Monday 14 December, 09:30 (Europe/Berlin)")
    await stage.all_due_is_done()
    assert stage.said("what moved in") == []
    stage.clock.skip(days=7)
    await stage.tick()
    again = await stage.priya.sees("has anybody from the business side seen", after=nudge)
    assert f"The last entry is by {stage.priya.mention}: 2 hours, labelling, error 0.21" in again.words()


async def test_what_is_due_is_asked_about_even_if_somebody_has_logged(stage: Stage) -> None:
    await started(stage)
    (kickoff,) = stage.kickoffs()
    due = UnknownChanged(by=stage.priya.id, at=stage.clock(), key="K17", due=MONDAY.date(), owner=stage.victor.id)
    stage.started.app.database.run(lambda connection: decisions.add(connection, kickoff.id, [due]))
    await stage.priya.command(stage.channel, COMMAND, "log 2h labelled 300 tickets")
    nudge = await nudge_about(stage, "to be found out by now")
    assert "How much data does it take?" in stage.slack.workspace.plain(nudge)


async def test_snooze_a_day(stage: Stage) -> None:
    await started(stage)
    nudge = await nudged(stage)
    stage.clock.skip(minutes=10)
    await stage.priya.choose(nudge, "Later", "Tomorrow")
    await stage.priya.sees("until Tuesday 1 December, 09:40 (Europe/Berlin)")
    stage.clock.skip(hours=24)
    await stage.tick()
    again = await stage.priya.sees("what moved in", after=nudge)
    assert "Monday 7 December, 09:30" in again.words()


async def test_what_was_put_off_stays_so_whatever_else_is_planned_anew(stage: Stage) -> None:
    await started(stage)
    await stage.priya.command(stage.channel, COMMAND, "nudge weekdays 09:30")
    nudge = await nudged(stage)
    stage.clock.skip(days=1)
    await stage.priya.choose(nudge, "Later", "On Monday")
    await stage.card("Next nudge: Monday 7 December")
    await stage.priya.command(stage.channel, COMMAND, "away 24 to 31 December")
    await stage.all_due_is_done()
    await stage.card("Next nudge: Monday 7 December")
    # Whoever rests for longer is asked after that.
    paused = await stage.priya.command(stage.channel, COMMAND, "nudge pause until 8 december")
    assert "The next one: Wednesday 9 December" in paused.words()
    await stage.priya.command(stage.channel, COMMAND, "nudge resume")
    await stage.card("Next nudge: Monday 7 December")
    changed = await stage.priya.command(stage.channel, COMMAND, "nudge weekdays 10:00")
    assert "The next one: Tuesday 1 December, 10:00" in changed.words()


async def test_what_was_put_off_is_owed_until_it_has_come(stage: Stage) -> None:
    await started(stage)
    nudge = await nudged(stage)
    await stage.priya.choose(nudge, "Later", "Tomorrow")
    await stage.card("Next nudge: Tuesday 1 December")
    # The app was down when it was due, and in the evening nobody is asked.
    stage.clock.set(MONDAY.replace(month=12, day=1, hour=19))
    await stage.tick()
    await stage.card("Next nudge: Wednesday 2 December, 09:30")
    await stage.priya.command(stage.channel, COMMAND, "away 24 to 31 December")
    await stage.all_due_is_done()
    await stage.card("Next nudge: Wednesday 2 December, 09:30")
    stage.clock.set(MONDAY.replace(month=12, day=2))
    await stage.tick()
    await stage.card("Next nudge: Monday 7 December")


async def test_what_was_put_off_ends_with_the_nudges(stage: Stage) -> None:
    await stage.start(stage.fiona, Product_owner=stage.priya, Interviews="In private messages")
    await stage.card("09:30 (Europe/Berlin)")
    nudge = await nudged(stage)
    await stage.priya.choose(nudge, "Later", "On Monday")
    await stage.card("Next nudge: Monday 7 December")
    for leaver in (stage.priya, stage.fiona):
        stage.slack.workspace.deactivate(leaver)
    await stage.victor.sees("Nobody is left whom I could ask how it is going", channel=stage.channel)
    await stage.all_due_is_done()
    await stage.card("No nudges")
    stage.clock.skip(days=30)
    await stage.tick()
    await stage.all_due_is_done()
    assert stage.said("Whoever looks after this") == []


async def test_a_pause_that_begins_later_leaves_out_nothing_before(stage: Stage) -> None:
    await started(stage)
    said = await stage.priya.command(stage.channel, COMMAND, "nudge pause 14 to 27 December")
    assert (
        "None come from Monday 14 December until Sunday 27 December. The next one: Monday 30 November" in said.words()
    )
    for day in ("2026-11-30", "2026-12-07"):
        stage.clock.set(datetime.fromisoformat(f"{day} 08:30+00:00"))
        await stage.tick()
    await stage.card("Next nudge: Monday 28 December")


@pytest.mark.parametrize(("button", "said"), [("snooze", "until Tuesday 1 December, 09:40"), ("stop", "Stopped by")])
async def test_buttons_of_older_nudges_still_answer(stage: Stage, button: str, said: str) -> None:
    await started(stage)
    nudge = await nudged(stage)
    stage.clock.skip(minutes=10)
    name = f"nudge:{stage.kickoffs()[0].id}:{nudge_time(stage)}"
    old = Button("Old", f"nudge.{button}", f"1|{name}")
    block: dict[str, Any] = {**actions([old]), "block_id": "old"}
    await stage.priya.use(nudge, block, block["elements"][0])
    await stage.priya.sees(said)


def nudge_time(stage: Stage) -> str:
    last = stage.kickoffs()[0].nudge.last_at
    assert last is not None
    return f"{last.timestamp():.0f}"


async def test_stop_nudges(stage: Stage) -> None:
    await started(stage)
    nudge = await nudged(stage)
    await stage.priya.choose(nudge, "Later", "Stop nudges")
    await stage.priya.sees("Stopped by")
    stage.clock.skip(days=60)
    await stage.tick()
    await stage.card("No nudges")
    assert len(stage.said("what moved in")) == 0  # the only nudge now says that it was stopped


async def test_others_cannot_stop_them(stage: Stage) -> None:
    await started(stage)
    await stage.fiona.choose(await nudged(stage), "Later", "Stop nudges")
    await stage.fiona.sees("can change these nudges")
    await stage.card("Monday 7 December")


async def test_stopped_nudges_stay_stopped_whatever_an_older_button_says(stage: Stage) -> None:
    await started(stage)
    first = await nudged(stage)
    stage.clock.skip(days=7)
    await stage.tick()
    second = await stage.priya.sees("what moved in", after=first)
    await stage.priya.choose(second, "Later", "Stop nudges")
    await stage.card("No nudges")
    await stage.priya.choose(first, "Later", "Tomorrow")
    await stage.priya.sees("Nudges are off already.", after=second)
    stage.clock.skip(days=60)
    await stage.tick()
    await stage.slack.quiet()
    assert len(stage.said("what moved in")) == 1
    assert stage.kickoffs()[0].nudge.next_due_at is None


async def test_the_same_people_change_them_by_button_and_by_command(stage: Stage) -> None:
    await stage.start(stage.fiona, Product_owner=stage.priya, Executive_sponsor=stage.victor)

    kickoff = stage.kickoffs()[0]
    for person, allowed in ((stage.victor, False), (stage.priya, True), (stage.fiona, True)):
        answer = stage.started.app.database.run(
            lambda connection, one=person.id: set_rhythm(connection, stage.started.app, kickoff, "weekdays", one)  # type: ignore[misc]
        )
        only = f"Only {stage.priya.mention} or {stage.fiona.mention} can change these nudges."
        assert (answer == only) is not allowed


async def test_an_owner_who_finished_and_left_hands_the_nudges_to_the_starter(stage: Stage) -> None:
    await stage.start(stage.fiona, Product_owner=stage.priya)
    await stage.play(stage.priya, OWNERS)
    await stage.card("09:30 (Europe/Berlin)")
    stage.slack.workspace.deactivate(stage.priya)
    told = await stage.fiona.sees(f"From now on I ask {stage.fiona.mention} how it is going.", channel=stage.channel)
    assert told.thread_ts is not None
    await stage.card("09:30 (Europe/London)")
    await stage.card("done, and has left since")
    assert len(stage.kickoffs()[0].stakes) == 1
    stage.clock.set(MONDAY.replace(hour=9))
    await stage.tick()
    await stage.fiona.sees(f"{stage.fiona.mention}, what moved in", channel=stage.channel)
    # Slack may say again that the account is closed, and later that it is open again.
    stage.slack.workspace.change(stage.priya, title="Former owner")
    await stage.slack.quiet()
    assert len(stage.said("From now on I ask")) == 1
    stage.slack.workspace.change(stage.priya, deleted=False)
    await stage.card("09:30 (Europe/Berlin)")


async def test_when_owner_and_starter_are_gone_the_channel_is_told_and_may_take_over(stage: Stage) -> None:
    await stage.start(stage.fiona, Product_owner=stage.priya, Interviews="In private messages")
    await stage.card("09:30 (Europe/Berlin)")
    for leaver in (stage.priya, stage.fiona):
        stage.slack.workspace.deactivate(leaver)
    await stage.victor.sees("Nobody is left whom I could ask how it is going", channel=stage.channel)
    await stage.card("No nudges")
    stage.clock.skip(days=60)
    await stage.tick()
    await stage.slack.quiet()
    assert stage.said("what moved in") == []
    reply = await stage.victor.command(stage.channel, COMMAND, "nudge weekdays 10:00")
    assert "nudges come every weekday at 10:00" in reply.words()
    stage.clock.skip(days=7)
    await stage.tick()
    nudge = await stage.victor.sees("Whoever looks after this, what moved in", channel=stage.channel)
    await stage.victor.choose(nudge, "Later", "Stop nudges")
    await stage.card("No nudges")


async def test_a_private_nudge_that_finds_a_closed_account_goes_to_the_starter(stage: Stage) -> None:
    await stage.start(stage.fiona, Product_owner=stage.priya, Executive_sponsor=stage.victor, **PRIVATE)
    await stage.priya.sees("What should", channel=stage.priya.dm)
    await stage.card("09:30 (Europe/Berlin)")
    await stage.slack.quiet()
    stage.priya.deleted = True  # and nobody told the app
    stage.clock.set(MONDAY)
    await stage.tick()
    nudge = await stage.fiona.sees(f"{stage.fiona.mention}, what moved in", channel=stage.fiona.dm)
    await stage.card("this account is closed")
    await stage.fiona.choose(nudge, "Later", "Tomorrow")
    await stage.fiona.sees("Put off by", channel=stage.fiona.dm)
    await stage.all_is_sent()


async def test_a_private_nudge_that_cannot_be_delivered_comes_under_the_card(stage: Stage) -> None:
    await started(stage, **PRIVATE)
    stage.slack.faults.add("conversations.open", ApiError("user_not_visible"), times=None)
    nudge = await nudged(stage)
    assert nudge.channel == stage.channel.id
    assert stage.kickoffs()[0].owner == stage.priya.id


async def test_a_nudge_that_slack_does_not_take_holds_no_results_up(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona, **PRIVATE)
    opening = await stage.opening(stage.fiona, channel=stage.fiona.dm)
    await stage.card("09:30 (Europe/Berlin)")
    stage.slack.faults.add(
        "chat.postMessage", ApiError("unknown_error"), times=None, when=lambda sent: "what moved in" in str(sent)
    )
    stage.clock.set(MONDAY)
    await stage.tick()
    await stage.play(stage.fiona, FINANCES, opening)
    await stage.fiona.sees("a first score", channel=stage.channel)


async def test_never_means_never(stage: Stage) -> None:
    await stage.start_with_all(Nudge_us="Never")
    await stage.card("No nudges")
    stage.clock.skip(days=365)
    await stage.tick()
    assert stage.said("what moved in") == []


async def test_old_deliveries_and_sent_messages_are_forgotten(stage: Stage) -> None:
    from bot.schedule import tidy

    await started(stage)
    await stage.slack.quiet()
    stage.clock.skip(days=8)
    await tidy(stage.started.app)
    assert len(stage.kickoffs()) == 1

    def rows(connection: Connection) -> int:
        return int(connection.exec_driver_sql("SELECT count(*) FROM delivery").scalar_one())

    assert stage.started.app.database.run(rows) == 0
    assert "*Churn radar*" in (await stage.priya.command(stage.channel, COMMAND, "status")).words()


def silence(stage: Stage) -> int:
    return stage.kickoffs()[0].nudge.unanswered


async def next_nudge(stage: Stage, after: Message) -> Message:
    due = stage.kickoffs()[0].nudge.next_due_at
    assert due is not None
    stage.clock.set(due)
    await stage.tick()
    return await stage.priya.sees("what moved in", after=after)


async def test_nothing_new_is_an_answer(stage: Stage) -> None:
    await started(stage)
    nudge = await nudged(stage)
    assert silence(stage) == 1
    await stage.priya.press(nudge, "Nothing new")
    told = await stage.priya.sees(f"{stage.priya.mention}: nothing new in *Churn radar*. Next nudge: Monday 7")
    assert told.ts == nudge.ts
    assert silence(stage) == 0
    outsider = stage.slack.workspace.add_person("Olga Orlova", tz="Europe/Kyiv")
    stage.slack.workspace.join(stage.channel, outsider)
    again = await next_nudge(stage, nudge)
    await outsider.press(again, "Nothing new")
    await outsider.sees("Only those who take part in this kickoff can answer")
    assert silence(stage) == 1


async def test_after_three_silent_nudges_they_come_half_as_often_and_the_starter_hears_of_it_once(stage: Stage) -> None:
    await stage.start(stage.fiona, Product_owner=stage.priya, Executive_sponsor=stage.victor)
    await stage.card("Next nudge: Monday 30 November, 09:30 (Europe/Berlin)")
    nudge = await nudged(stage)
    for _ in range(2):
        nudge = await next_nudge(stage, nudge)
        assert "Still to be interviewed" in nudge.words()
    assert stage.said("has not answered") == []
    short = await next_nudge(stage, nudge)
    assert "3 nudges were not answered, so I ask half as often." in short.words()
    assert "Still to be interviewed" not in short.words()
    assert "Next nudge: Monday 4 January 2027, 09:30" in short.words()
    await stage.fiona.sees(
        f"{stage.priya.mention} has not answered 3 nudges about *Churn radar*", channel=stage.fiona.dm
    )
    later = await next_nudge(stage, short)
    assert "4 nudges were not answered" in later.words()
    await stage.priya.command(stage.channel, COMMAND, "log 1h met the team")
    # Who answers is asked as often as before.
    stage.clock.set(datetime(2027, 1, 18, 8, 30, tzinfo=UTC))
    await stage.tick()
    await stage.card("Next nudge: Monday 25 January,")
    assert len(stage.said("has not answered")) == 1


async def test_what_is_due_is_answered_with_one_press(stage: Stage) -> None:
    await started(stage)
    (kickoff,) = stage.kickoffs()
    due = UnknownChanged(by=stage.priya.id, at=stage.clock(), key="K17", due=MONDAY.date(), owner=stage.victor.id)
    stage.started.app.database.run(lambda connection: decisions.add(connection, kickoff.id, [due]))
    nudge = await nudge_about(stage, "to be found out by now")
    assert f"{stage.victor.mention} looks into it." in nudge.words()
    await stage.priya.press(nudge, "Not yet")
    await stage.priya.sees("is still open. I ask again in a week")
    assert stands(stage).unknowns["K17"].due == date(2026, 12, 7)
    again = await nudge_about(stage, "to be found out by now", after=nudge)
    await stage.victor.press(again, "It is")
    await stage.priya.sees("is found out.")
    found = stands(stage).unknowns["K17"]
    assert (found.status, found.by, found.owner) == (UnknownStatus.FOUND, stage.victor.id, stage.victor.id)


async def nudge_about(stage: Stage, words: str, after: Message | None = None) -> Message:
    """The next nudge, on whichever day it asks about that."""
    for _ in range(8):
        due = stage.kickoffs()[0].nudge.next_due_at
        assert due is not None
        stage.clock.set(due)
        await stage.tick()
        await stage.all_due_is_done()
        found = [one for one in stage.said(words) if after is None or one.ts > after.ts]
        if found:
            return found[-1]
    raise AssertionError(words)


async def test_the_labelling_is_asked_about_and_one_press_is_an_entry(stage: Stage) -> None:
    await stage.start_with_all(Nudge_us="Never")
    await stage.finish_all()
    kickoff = stage.kickoffs()[0]
    told = Answer(question="examples_needed", status=Status.GIVEN, value=10_000.0)
    answered = next(one for one in kickoff.participants if one.person == stage.priya.id)
    answers = {**answered.interview.answers, told.question: told}
    after = replace(answered, interview=replace(answered.interview, answers=answers))
    app = stage.started.app
    app.database.run(lambda connection: kickoffs.save_participant(connection, answered, after, stage.clock()))
    await stage.priya.command(stage.channel, COMMAND, "log 2h labelled 4000 tickets")
    await stage.priya.command(stage.channel, COMMAND, "nudge weekdays 10:00")
    nudge = await nudge_about(stage, "labelling in *Churn radar* was at 40 %")
    await stage.priya.press(nudge, "75 %")
    await stage.priya.sees("labelling in *Churn radar* is at 75 %.")
    again = await nudge_about(stage, "was at 75 %", after=nudge)
    await stage.priya.press(again, "Done")
    await stage.priya.sees("is at 100 %")


async def test_after_a_fortnight_it_asks_whether_the_business_side_has_seen_anything(stage: Stage) -> None:
    await started(stage)
    await stage.priya.command(stage.channel, COMMAND, "log 2h training, error 0.3")
    stage.clock.skip(days=15)
    await stage.priya.command(stage.channel, COMMAND, "nudge weekdays 10:00")
    nudge = await nudge_about(stage, "has anybody from the business side seen a result")
    await stage.priya.press(nudge, "Not yet")
    await stage.priya.sees("please show one result to one person who will use it")
    again = await nudge_about(stage, "has anybody from the business side seen a result", after=nudge)
    await stage.priya.press(again, "Yes")
    await stage.priya.sees("the business side has seen something of *Churn radar*")
    assert [line.seen for line in ledger(stage) if isinstance(line, ShownToBusiness)] == [False, True]


async def test_a_pause_ends_by_itself_or_by_command(stage: Stage) -> None:
    await started(stage)
    reply = await stage.priya.command(stage.channel, COMMAND, "nudge pause until 9 december")
    assert "None come until Wednesday 9 December. The next one: Monday 14 December, 09:30" in reply.words()
    await stage.card("Next nudge: Monday 14 December")
    reply = await stage.priya.command(stage.channel, COMMAND, "nudge resume")
    assert "(Europe/Berlin). The next one: Monday 30 November" in reply.words()
    assert "Say until when" in (await stage.priya.command(stage.channel, COMMAND, "nudge pause whenever")).words()
    refused = await stage.victor.command(stage.channel, COMMAND, "nudge pause until 9 december")
    assert "can change these nudges" in refused.words()
    await stage.priya.command(stage.channel, COMMAND, "nudge off")
    off = await stage.priya.command(stage.channel, COMMAND, "nudge pause for two weeks")
    assert "Nudges are off, so there is nothing to pause" in off.words()


@pytest.mark.parametrize("by", ["owner", "starter"])
async def test_an_owner_who_is_away_is_asked_once_they_are_back(stage: Stage, by: str) -> None:
    if by == "owner":
        await stage.start(None, Finance=stage.fiona, Product_owner=stage.priya)
    else:
        await stage.start(None, Finance=stage.fiona)
    await stage.card("Next nudge: Monday 30 November")
    await stage.priya.command(stage.channel, COMMAND, "away until 2 december")
    await stage.card("Next nudge: Thursday 3 December, 09:30")
    await stage.priya.command(stage.channel, COMMAND, "back")
    await stage.card("Next nudge: Monday 30 November")


async def test_a_nudge_that_is_late_waits_for_the_morning(stage: Stage) -> None:
    await started(stage)
    stage.clock.set(MONDAY.replace(hour=19))
    await stage.tick()
    await stage.card("Next nudge: Tuesday 1 December, 09:30")
    assert stage.said("what moved in") == []
