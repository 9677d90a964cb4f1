"""Digests: on Fridays in the channel, once a month to executives; short, plain, and easy to turn off."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.blocks import Words
from bot.brevity import count_words, read_texts
from bot.digest_messages import MOST_WORDS, draw_digest
from bot.digests import make_digest
from flows.activity import Entry
from flows.activity import Stage as Kind
from flows.decisions import CheckSet, Decision, UnknownChanged, UnknownStatus
from flows.digest_days import DigestKind, last_week, span_of
from flows.scoring.scales import UNCALIBRATED
from flows.time_report import Row
from playground.person import Person
from tests.bot.conftest import COMMAND, Stage
from tests.flows.ten_kickoffs import kickoff_of, names

FRIDAY = datetime(2026, 11, 27, 14, tzinfo=UTC)
WEEK = last_week(date(2026, 12, 11), datetime(2026, 12, 11, 14, tzinfo=UTC))
AT = datetime(2026, 12, 1, tzinfo=UTC)
ODD = "<https://example.com|click> & <!channel> " + "and so on " * 40


def log(note: str = "trained trees on all the text") -> tuple[Row, ...]:
    def row(day: int, hours: float, stage: Kind, value: float | None = None, *, blocked: bool = False) -> Row:
        metric = None if value is None else "error"
        entry = Entry(hours=hours, stage=stage, metric=metric, value=value, note=note, is_blocked=blocked)
        return Row("U1", date(2026, 12, day), entry, datetime(2026, 12, day, tzinfo=UTC), day)

    return (
        row(1, 7, Kind.TRAIN, 0.3),
        row(6, 7.5, Kind.LABEL),
        row(7, 6, Kind.TRAIN, 0.25),
        row(8, 6, Kind.EVALUATE, 0.26),
        row(9, 3, Kind.FEATURES, 0.27),
        row(10, 2, Kind.MEET, blocked=True),
    )


def ledger() -> tuple[Decision, ...]:
    at = datetime(2026, 12, 8, tzinfo=UTC)
    found = [UnknownChanged(by="U1", at=at, key=f"own:{n}", name=ODD, status=UnknownStatus.FOUND) for n in range(3)]
    checks = [CheckSet(by="U1", at=at, check=f"own:{n}", what=ODD, owner="U2", due=date(2026, 12, 9)) for n in range(2)]
    return (*found, *checks)


def drawn(name: str, kind: DigestKind = DigestKind.WEEKLY, note: str = "", lines: tuple[Decision, ...] = ()) -> Words:
    kickoff = kickoff_of(name)
    told = make_digest(kickoff, lines, log(note or "trained trees on all the text"), UNCALIBRATED, WEEK)
    return draw_digest(kickoff, kind, told)


def texts(said: Words) -> list[str]:
    return [text for block in said.blocks for text in read_texts(block)]


@pytest.mark.parametrize("kind", DigestKind)
@pytest.mark.parametrize("name", names())
def test_however_much_happened_it_is_under_120_words_and_escaped(name: str, kind: DigestKind) -> None:
    said = drawn(name, kind, ODD, ledger())
    assert count_words(*said.blocks) <= MOST_WORDS
    assert not any("<https" in text or "<!channel>" in text for text in texts(said))


def test_an_error_that_got_worse_is_said_to_be() -> None:
    rows = [
        Row("U1", date(2026, 12, day), Entry(metric="error", value=value, note="x"), AT.replace(day=day), day)
        for day, value in ((1, 0.18), (7, 0.32), (8, 0.3))
    ]
    told = make_digest(kickoff_of("ticket_routing"), (), rows, UNCALIBRATED, WEEK)
    said = "\n".join(texts(draw_digest(kickoff_of("ticket_routing"), DigestKind.WEEKLY, told)))
    assert "*Learned:* the error is 30 % at best; it was 18 % before." in said


def test_a_first_monthly_one_says_since_which_month_it_tells() -> None:
    rows = [Row("U1", date(2026, month, 7), Entry(hours=3, note="x"), AT, month) for month in (10, 12)]
    span = span_of(DigestKind.MONTHLY, date(2027, 1, 4), datetime(2027, 1, 4, tzinfo=UTC), None)
    told = make_digest(kickoff_of("ticket_routing"), (), rows, UNCALIBRATED, span)
    assert "October 2026 to December 2026" in draw_digest(kickoff_of("ticket_routing"), DigestKind.MONTHLY, told).text


def test_what_it_says() -> None:
    said = "\n".join(texts(drawn("ticket_routing")))
    assert "*Learned:* the error fell from 30 % to 25 %. Tried without gain, so ruled out: “trained trees on" in said
    assert "*Hours:* 24.5: labelling 7.5, training 6, evaluating 6." in said
    assert "person-weeks (" in said
    assert "are logged. At this pace it is done in" in said
    assert "waits: “trained trees on all the text” Who does what, by when?" in said


async def worked(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees("a first score", channel=stage.channel)
    await stage.priya.command(stage.channel, COMMAND, "log 2h training, error 0.3")
    await stage.priya.command(stage.channel, COMMAND, "log 3h labelled 300 tickets")


async def test_on_friday_it_stands_in_the_channel_until_somebody_turns_it_off(stage: Stage) -> None:
    await worked(stage)
    stage.clock.set(FRIDAY)
    await stage.tick()
    digest = await stage.victor.sees("the week to 27 November 2026", channel=stage.channel)
    assert digest.thread_ts is None
    assert "the first measurement is an error of 30 %" in digest.words()
    assert "*Hours:* 5: labelling 3, training 2." in digest.words()
    assert f"{stage.priya.mention} presses *Find a balance*" in digest.words()
    await stage.victor.press(digest, "Turn weekly digests off")
    await stage.victor.sees("can change which digests come")
    await stage.priya.press(digest, "Turn weekly digests off")
    await stage.priya.sees("digests come once a month to each executive sponsor.")
    await stage.priya.command(stage.channel, COMMAND, "log 2h training, error 0.2")
    stage.clock.set(FRIDAY + timedelta(days=7))
    await stage.tick()
    await stage.all_due_is_done()
    assert len(stage.said("the week to")) == 1


async def test_what_is_logged_after_it_is_told_by_the_next_one(stage: Stage) -> None:
    await worked(stage)
    stage.clock.set(FRIDAY)
    await stage.tick()
    await stage.priya.sees("the week to 27 November 2026", channel=stage.channel)
    stage.clock.set(FRIDAY + timedelta(hours=2))
    await stage.priya.command(stage.channel, COMMAND, "log 4h labelled 500 tickets")
    stage.clock.set(FRIDAY + timedelta(days=7))
    await stage.tick()
    digest = await stage.priya.sees("the week to 4 December 2026", channel=stage.channel)
    assert "*Hours:* 4: labelling 4." in digest.words()


async def test_around_holidays_it_tells_of_more_days_and_of_none_twice(stage: Stage) -> None:
    await worked(stage)
    christmas = datetime(2026, 12, 18, 14, tzinfo=UTC)
    stage.clock.set(christmas)
    await stage.tick()
    await stage.priya.sees("*Hours:* 5: labelling 3, training 2.", channel=stage.channel)
    stage.clock.set(christmas + timedelta(days=2))
    await stage.priya.command(stage.channel, COMMAND, "log 1h labelled 100 tickets")
    # Christmas Day is a Friday, so it comes on the Monday after.
    stage.clock.set(christmas + timedelta(days=10))
    await stage.tick()
    digest = await stage.priya.sees("19 December 2026 to 28 December 2026", channel=stage.channel)
    assert "*Hours:* 1: labelling 1." in digest.words()


async def test_turned_on_after_long_it_tells_of_a_week_only(stage: Stage) -> None:
    await worked(stage)
    await typed(stage, stage.priya, "digest weekly off")
    stage.clock.set(FRIDAY + timedelta(days=60))
    await typed(stage, stage.priya, "digest weekly on")
    await stage.priya.command(stage.channel, COMMAND, "log 4h labelled 500 tickets")
    stage.clock.set(FRIDAY + timedelta(days=63))
    await stage.tick()
    await stage.priya.sees("*Hours:* 4: labelling 4.", channel=stage.channel)


async def test_the_first_one_says_since_when_it_tells(stage: Stage) -> None:
    await worked(stage)
    await stage.priya.command(stage.channel, COMMAND, "log 2 Nov 4h labelled 500 tickets")
    stage.clock.set(FRIDAY)
    await stage.tick()
    digest = await stage.priya.sees("2 November 2026 to 27 November 2026", channel=stage.channel)
    assert "*Hours:* 9:" in digest.words()


async def test_turned_on_again_it_tells_of_a_week_only(stage: Stage) -> None:
    await worked(stage)
    stage.clock.set(FRIDAY)
    await stage.tick()
    await stage.priya.sees("the week to 27 November 2026", channel=stage.channel)
    await typed(stage, stage.priya, "digest weekly off")
    for days, spent in ((3, 7), (15, 2)):
        stage.clock.set(FRIDAY + timedelta(days=days))
        await stage.priya.command(stage.channel, COMMAND, f"log {spent}h labelled 300 tickets")
    stage.clock.set(FRIDAY + timedelta(days=18))
    assert "digests come every Friday" in await typed(stage, stage.priya, "digest weekly on")
    stage.clock.set(FRIDAY + timedelta(days=21))
    await stage.tick()
    digest = await stage.priya.sees("*Hours:* 2: labelling 2.", channel=stage.channel)
    assert "12 December 2026 to 18 December 2026" not in digest.words()


async def test_whoever_was_asked_for_help_is_named_and_is_not_once_it_is_done(stage: Stage) -> None:
    await worked(stage)
    said = await stage.priya.command(stage.channel, COMMAND, "log 1h collecting, blocked by access")
    assert said.message is not None
    await stage.priya.press(said.message, "Ask somebody")
    form = await stage.priya.view("Ask somebody")
    told = {"Who has to act?": stage.fiona, "What do you need?": "Access", "By when?": "2026-12-02"}
    assert await stage.priya.submit(form, told) is None
    question = await stage.fiona.sees("waits for you", channel=stage.fiona.dm)
    stage.clock.set(FRIDAY)
    await stage.tick()
    digest = await stage.victor.sees("the week to 27 November 2026", channel=stage.channel)
    waits = f"*Waits:* {stage.priya.mention} for {stage.fiona.mention}, by 2 December 2026: “Access”"
    assert waits in digest.words()
    assert f"{stage.priya.mention} presses *Find a balance*" in digest.words()
    await stage.fiona.press(question, "It is done")
    await stage.priya.sees("says that it is done", channel=stage.channel)
    assert "*Waits:*" not in await typed(stage, stage.priya, "digest")


async def test_a_week_in_which_nothing_happened_is_passed_over(stage: Stage) -> None:
    await stage.start_with_all()
    stage.clock.set(FRIDAY)
    await stage.tick()
    await stage.all_due_is_done()
    assert stage.said("the week to") == []


async def test_once_a_month_executives_read_it_and_may_say_no(stage: Stage) -> None:
    await worked(stage)
    stage.clock.set(datetime(2026, 12, 1, 9, tzinfo=UTC))
    await stage.tick()
    digest = await stage.victor.sees("November 2026", channel=stage.victor.dm)
    assert "*Hours:* 5:" in digest.words()
    assert stage.said("Churn radar: November 2026", stage.priya.dm) == []
    await stage.victor.press(digest, "Send me none of these")
    await stage.victor.sees("I send you no more of these.", channel=stage.victor.dm)
    await stage.priya.command(stage.channel, COMMAND, "log 2h training, error 0.2")
    stage.clock.set(datetime(2027, 1, 4, 9, tzinfo=UTC))
    await stage.tick()
    await stage.all_due_is_done()
    assert stage.said("December 2026", stage.victor.dm) == []


async def typed(stage: Stage, person: Person, text: str) -> str:
    return (await person.command(stage.channel, COMMAND, text)).words()


async def test_by_the_command_it_is_shown_and_turned_on_and_off(stage: Stage) -> None:
    assert "There is no kickoff here yet" in await typed(stage, stage.priya, "digest")
    await worked(stage)
    shown = await typed(stage, stage.fiona, "digest")
    assert "*Hours:* 5:" in shown
    assert "Turn weekly digests off" not in shown
    assert "can change which digests come" in await typed(stage, stage.fiona, "digest weekly off")
    assert "digests come every Friday in the channel." in await typed(stage, stage.priya, "digest monthly off")
    assert "no digests come." in await typed(stage, stage.priya, "digest weekly off")
    assert stage.kickoffs()[0].digests.next_due_at is None
    both = await typed(stage, stage.priya, "digest weekly on")
    assert "digests come every Friday in the channel." in both
    assert "Type `/ml-kickoff digest weekly on`" in await typed(stage, stage.priya, "digest now and then")
    assert "I know no project called" in await typed(stage, stage.priya, "digest for nothing")


async def test_a_closed_project_has_no_digest_until_it_goes_on(stage: Stage) -> None:
    await worked(stage)
    await stage.close_project()
    await stage.victor.sees("is closed by", channel=stage.channel)
    assert stage.kickoffs()[0].digests.next_due_at is None
    await stage.priya.command(stage.channel, COMMAND, "reopen")
    assert stage.kickoffs()[0].digests.next_due_at == FRIDAY
