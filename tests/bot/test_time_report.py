"""`/ml-kickoff time`: hours by kind of work, week and person, and the log as a file (K37)."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

from bot.brevity import MOST_WORDS, count_words
from bot.time_report import draw_report
from flows.activity import Entry, Stage
from flows.time_report import Row
from playground.faults import ApiError
from playground.person import Person
from playground.records import Message
from tests.bot.conftest import COMMAND
from tests.bot.conftest import Stage as Set_up
from tests.bot.test_ranking import texts
from tests.flows.ten_kickoffs import kickoff_of


async def begun(stage: Set_up) -> None:
    await stage.start(Finance=stage.fiona)
    for person, line in (
        (stage.priya, "2h labelled 300 tickets, error 0.4"),
        (stage.fiona, "1h meeting"),
        (stage.priya, "3h training, error 0.3"),
    ):
        await person.command(stage.channel, COMMAND, f"log {line}")


async def asked(stage: Set_up, person: Person) -> Message:
    reply = await person.command(stage.channel, COMMAND, "time")
    assert reply.message is not None
    assert "in a direct message" in reply.message.text
    return await person.sees("Churn radar: hours", channel=person.dm)


def table(stage: Set_up, message: Message) -> list[list[str]]:
    """What is in the file of a message."""
    (file_id,) = message.files
    content = stage.slack.workspace.files.file(file_id).content
    assert content is not None
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


async def test_the_owner_sees_everybodys_hours_and_others_their_own(stage: Set_up) -> None:
    await begun(stage)
    owners = (await asked(stage, stage.priya)).words()
    assert "*6 hours*: training 3, labelling 2, meeting 1." in owners
    assert f"People: {stage.priya.mention} 5, {stage.fiona.mention} 1." in owners
    theirs = (await asked(stage, stage.fiona)).words()
    assert "*6 hours*: training 3, labelling 2, meeting 1." in theirs
    assert "Yours: 1." in theirs
    assert stage.priya.mention not in theirs


async def test_the_log_is_sent_as_a_file_with_names(stage: Set_up) -> None:
    await begun(stage)
    await stage.priya.press(await asked(stage, stage.priya), "Send me the log as a file")
    said = await stage.priya.sees("The log of *Churn radar*, 3 entries.", channel=stage.priya.dm)
    rows = table(stage, said)
    assert [row[1:4] for row in rows[1:]] == [
        ["Priya Patel", "2", "label"],
        ["Fiona Feld", "1", "meet"],
        ["Priya Patel", "3", "train"],
    ]
    await stage.fiona.press(await asked(stage, stage.fiona), "Send me the log as a file")
    said = await stage.fiona.sees("The log of *Churn radar*, 1 entry.", channel=stage.fiona.dm)
    assert [row[1] for row in table(stage, said)[1:]] == ["Fiona Feld"]


async def test_without_charts_it_is_a_table_and_without_hours_it_says_what_to_type(stage: Set_up) -> None:
    await stage.start(Finance=stage.fiona)
    reply = await stage.priya.command(stage.channel, COMMAND, "time")
    assert reply.message is not None
    assert "No hours are logged for *Churn radar* yet." in reply.message.text
    await stage.priya.command(stage.channel, COMMAND, "log 2h labelling")
    stage.slack.faults.add("chat.postMessage", ApiError("invalid_blocks"), times=1)
    assert "'table'" in str((await asked(stage, stage.priya)).blocks)
    reply = await stage.priya.command(stage.channel, COMMAND, "hours for x")
    assert reply.message is not None
    assert "I know no project called “x” here" in reply.message.text


NOW = datetime(2026, 12, 31, tzinfo=UTC)


def test_it_is_short_with_many_people_weeks_and_kinds() -> None:
    kickoff = kickoff_of("card_fraud")
    rows = [
        Row(f"U{place % 9:02}", date(2026, 1 + place % 12, 5), Entry(hours=7.25, stage=stage, note="x"), NOW, place)
        for place, stage in enumerate([*Stage, None] * 8)
    ]
    said = draw_report(kickoff, rows, kickoff.owner)
    assert count_words(*said.blocks) <= MOST_WORDS
    told = texts(said)
    assert "*464 hours*" in told
    assert "more." in str(said.blocks)
