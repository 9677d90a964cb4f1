"""Being away: no reminders on those days."""

from datetime import UTC, date, datetime

from playground.faults import ServerError
from playground.person import Person
from storage import people
from storage.people import Person as Known
from tests.bot.conftest import COMMAND, Stage


async def ask(stage: Stage, text: str, by: Person | None = None) -> str:
    reply = await (by or stage.fiona).command(stage.channel, COMMAND, text)
    assert reply.status == 200
    return reply.words()


def known(stage: Stage, person: Person) -> Known:
    workspace = stage.slack.workspace.team_id
    return stage.started.app.database.run(lambda connection: people.find(connection, workspace, person.id))


def remind_at(stage: Stage, person: Person) -> datetime | None:
    participant = stage.kickoffs()[0].find(person.id)
    assert participant is not None
    return participant.remind_at


async def test_it_names_the_days_and_plans_the_reminders_anew(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.opening(stage.fiona)
    await stage.all_is_sent()
    before = remind_at(stage, stage.fiona)
    assert before is not None
    assert before.date() == date(2026, 11, 25)
    said = await ask(stage, "away until thursday")
    assert said == (
        "You are away until Thursday 26 November. I send no reminders and no nudges until then; the next can come on "
        "Friday 27 November. If you are back earlier, type `/ml-kickoff back`."
    )
    after = remind_at(stage, stage.fiona)
    assert after is not None
    assert after.date() == date(2026, 11, 27)
    assert "Reminders and nudges come as usual" in await ask(stage, "back")
    assert remind_at(stage, stage.fiona) == before
    assert known(stage, stage.fiona).away_from is None


async def test_an_absence_to_come(stage: Stage) -> None:
    said = await ask(stage, "away 24 december to 4 january")
    assert "You are away from Thursday 24 December until Monday 4 January 2027" in said
    assert "no reminders and no nudges in that time; the next can come on Tuesday 5 January 2027" in said
    assert known(stage, stage.fiona).away_until == date(2027, 1, 4)
    assert "You are here." in await ask(stage, "away off")


async def test_an_owner_who_is_away_is_told_later_of_silence(stage: Stage) -> None:
    await stage.start_with_all(Answers_by=date(2026, 11, 23))
    await stage.opening(stage.fiona)
    await stage.all_is_sent()
    before = remind_at(stage, stage.fiona)
    await ask(stage, "away for two weeks", stage.priya)
    after = remind_at(stage, stage.fiona)
    assert before is not None
    assert after is not None
    assert after > before


async def test_days_are_those_of_the_persons_own_zone(stage: Stage) -> None:
    stage.clock.set(datetime(2026, 11, 26, 20, 0, tzinfo=UTC))
    tokyo = stage.slack.workspace.add_person("Taro Tanaka", tz="Asia/Tokyo")
    assert "away until Monday 30 November" in await ask(stage, "away back on tuesday", tokyo)
    assert known(stage, tokyo).away_from == date(2026, 11, 27)
    assert known(stage, tokyo).zone == "Asia/Tokyo"
    stage.slack.faults.add("users.info", ServerError(), times=1)
    stranger = stage.slack.workspace.add_person("Sam Stranger", tz="Asia/Tokyo")
    await ask(stage, "away until monday", stranger)
    assert known(stage, stranger).away_from == date(2026, 11, 26)


async def test_what_cannot_be_read_gets_an_example(stage: Stage) -> None:
    assert "Say until when you are away" in await ask(stage, "away")
    assert "I could not read “&lt;soonish&gt;” as days" in await ask(stage, "away <soonish>")
