"""The doors: who is let in, what is stored whole, and what is shown of it."""

import time

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import Connection, select

from bot.run import running
from bot.settings import Unusable
from storage import activities
from storage.tables import words
from tests.bot.conftest import COMMAND, GOAL, Stage, settings_for, staged
from tests.conftest import FakeClock

NASTY = "<!channel> <@U00000001> <http://x|y> & \x00\x07 \u202e *bold* `code` " + "ä" * 40_000


def rows(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608


BODY = '{"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {"type": "user_change"}}'
FORM = "application/x-www-form-urlencoded"


async def deliver(stage: Stage, secret: str, timestamp: float, body: str = BODY, kind: str = "application/json") -> int:
    signature = SignatureVerifier(secret).generate_signature(timestamp=str(int(timestamp)), body=body)
    return await post(stage, body, kind, str(int(timestamp)), signature or "")


async def post(stage: Stage, body: str | bytes, kind: str, timestamp: str, signature: str) -> int:
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature, "Content-Type": kind}
    url = f"http://127.0.0.1:{stage.started.port}/slack/events"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status


@pytest.mark.parametrize("age", [0, 600])
async def test_a_wrong_or_stale_signature_is_turned_away(stage: Stage, age: int) -> None:
    secret = stage.slack.workspace.app.signing_secret if age else "another secret"
    assert await deliver(stage, secret, time.time() - age) == 401
    assert stage.started.app.database.run(lambda connection: rows(connection, "delivery")) == 0


MALFORMED = (
    ('{"x"', "application/json"),
    ('{"x"', FORM),
    ("[]", "application/json"),
    ("payload=%7B", FORM),
    ("payload=", FORM),
    ("payload=[]", FORM),
    ("[" * 100_000, "application/json"),
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("body", "kind"), MALFORMED, ids=range(len(MALFORMED)))
async def test_a_malformed_body_is_turned_away_quietly(
    stage: Stage, caplog: pytest.LogCaptureFixture, body: str, kind: str
) -> None:
    now = str(int(time.time()))
    assert await post(stage, body, kind, now, "v0=0") == 401
    assert await deliver(stage, "another secret", time.time(), body, kind) == 401
    assert await deliver(stage, stage.slack.workspace.app.signing_secret, time.time(), body, kind) == 400
    assert stage.started.app.database.run(lambda connection: rows(connection, "delivery")) == 0
    assert [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_no_signature_at_all_is_turned_away_quietly(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    now = str(int(time.time()))
    for body, timestamp, signature in (
        (BODY, "yesterday", "v0=0"),
        (BODY, "", ""),
        (BODY, "9" * 5000, "v0=0"),
        (BODY, now, "v0=\xe4"),
        (b"\xff\xfe", now, "v0=0"),
        ("", now, "v0=0"),
    ):
        assert await post(stage, body, "application/json", timestamp, signature) == 401
    url = f"http://127.0.0.1:{stage.started.port}/slack/events"
    async with aiohttp.ClientSession() as session, session.post(url, data=BODY) as response:
        assert response.status == 401
    assert stage.started.app.database.run(lambda connection: rows(connection, "delivery")) == 0
    assert [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []


async def test_health(stage: Stage) -> None:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{stage.started.port}") as session:
        async with session.get("/healthz") as response:
            assert (response.status, await response.json()) == (200, {"alive": True})
        await stage.slack.workspace.log.wait_for(lambda: stage.started.app.identity, 5)
        async with session.get("/readyz") as response:
            assert (response.status, await response.json()) == (200, {"ready": True, "reason": ""})
        stage.started.app.identity = None
        async with session.get("/readyz") as response:
            assert response.status == 503
        stage.started.app.database.run(lambda connection: connection.exec_driver_sql("DELETE FROM alembic_version"))
        async with session.get("/readyz") as response:
            assert "ml-kickoff migrate" in (await response.json())["reason"]
        stage.started.app.database.run(lambda connection: connection.exec_driver_sql("DROP TABLE alembic_version"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_readiness_over_a_socket(database_url: str, clock: FakeClock) -> None:
    async with (
        staged(database_url, clock, socket=True) as stage,
        aiohttp.ClientSession(f"http://127.0.0.1:{stage.started.port}") as session,
    ):
        await stage.socket_opens()
        async with session.get("/readyz") as response:
            assert response.status == 200
        async with session.post("/slack/events") as response:
            assert response.status == 404


def mrkdwn_in(part: object) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in mrkdwn_in(one)]
    if isinstance(part, dict):
        return [part["text"]] if part.get("type") == "mrkdwn" else mrkdwn_in(list(part.values()))
    return []


async def test_words_are_stored_whole_and_shown_harmless(stage: Stage) -> None:
    await stage.start(Project_name="<!here> & <@U00000002>", Finance=stage.fiona)
    opening = await stage.opening(stage.fiona, name="&lt;!here&gt;")
    await stage.fiona.sees("What should", thread=opening)
    message = await stage.fiona.say(stage.channel, NASTY, thread=opening)
    await stage.fiona.sees("could not find a goal", thread=opening)
    goal = f"{GOAL} <!channel> \x00"
    await stage.fiona.say(stage.channel, goal, thread=opening)
    await stage.fiona.sees("I read this as", thread=opening)
    kept = stage.started.app.database.run(
        lambda connection: [
            row[0] for row in connection.exec_driver_sql("SELECT words FROM words ORDER BY id").fetchall()
        ]
    )
    assert len(kept) == 2
    assert len(str(kept[0])) >= len(message.text)
    for said in stage.said(""):
        for text in [said.text, *mrkdwn_in(list(said.blocks))]:
            assert "<!" not in text


PINGS = ("<!channel>", "<!here>", "<@U99999999>", "<#C99999999>", "<!subteam^S1>", "<http://evil|here>")
_REST = "\x00\x07\u202e *bold* `code` ~no~ ä🎉"
ODD = f"{' '.join(PINGS)} & &lt;b&gt; {_REST}"
# Behind a command Slack writes mentions and links in its own way, which is read back as what was typed.
ODD_IN_A_COMMAND = f"@channel @here <@U99999999> <#C99999999> <!subteam^S1> http://evil & <b> {_REST}"


def everything_shown(stage: Stage) -> list[str]:
    """All text that Slack would look for mentions in, of every message, whisper and edit that the app ever sent."""
    sent = [call.sent for call in stage.slack.workspace.traffic if call.direction == "call"]
    return [text for one in sent for text in [str(one.get("text", "")), *mrkdwn_in(one.get("blocks"))]]


async def test_odd_words_anywhere_are_kept_whole_and_ping_nobody(stage: Stage) -> None:
    name, problem = "<!channel> <@U99999999> & \x00\u202e *radar*", f"{ODD} {'ä' * 1800}"
    await stage.priya.command(stage.channel, COMMAND, f"new {name}")
    fields = {"Project name": name, "What problem should it solve?": problem, "Product owner": [stage.fiona]}
    assert await stage.priya.submit(await stage.priya.view("Start a kickoff"), fields) is None
    opening = await stage.opening(stage.fiona, name="*radar*")
    question = await stage.fiona.sees("What should", thread=opening)
    await stage.fiona.press(question, "Fill in a form")
    metric = f"{' '.join(PINGS[:3])} & time on platform"
    goal = {
        "What should change?": metric,
        "Which way?": "Reduce it",
        "By how much, or to what level?": "15",
        "What does that number count?": "% compared with today",
    }
    assert await stage.fiona.submit(await stage.fiona.view("Your goal"), goal) is None
    await stage.fiona.press(await stage.fiona.sees("another goal", thread=opening), "That's all")
    await stage.fiona.press(await stage.fiona.sees("How is this done today", thread=opening), "People do it by hand")
    await stage.fiona.sees("How many cases", thread=opening)
    number = f"about 12,000 {ODD} {'7' * 40_000}"
    message = await stage.fiona.say(stage.channel, number, thread=opening)
    note = f"2h {ODD} {'x' * 40_000}"
    noted = f"2h {ODD_IN_A_COMMAND} {'x' * 40_000}"
    replies = [await stage.priya.command(stage.channel, COMMAND, f"log {note}")]
    replies += [await stage.priya.command(stage.channel, COMMAND, typed) for typed in ("status", f"nudge {ODD}", ODD)]
    await stage.card("Log: 1 entry")
    # In the week after the entry nobody is asked.
    for days in (8, 7):
        stage.clock.skip(days=days)
        await stage.tick()
    await stage.fiona.sees("what moved in")
    await stage.all_is_sent()

    kickoff = stage.kickoffs()[0]
    assert (kickoff.name, kickoff.problem) == (name, problem)
    written, notes = stage.started.app.database.run(
        lambda connection: (
            [row.words for row in connection.execute(select(words).order_by(words.c.id))],
            [one.entry.note for one in activities.of_kickoff(connection, kickoff.id)],
        )
    )
    assert written == [message.text]
    assert len(message.text) > len(number)  # Slack itself escapes what is typed there
    assert notes == [noted]
    assert metric in str(kickoff.stakes[0].objective.model_dump())
    shown = everything_shown(stage)
    shown += [text for reply in replies for text in [reply.text, *mrkdwn_in(list(reply.blocks))]]
    assert any("&lt;!channel&gt;" in text for text in shown)
    for text in shown:
        assert not any(ping in text for ping in PINGS), text[:300]


async def test_a_database_of_another_schema_stops_the_start(postgres_url: str, clock: FakeClock, stage: Stage) -> None:
    settings = settings_for(stage.slack, postgres_url)
    from storage.database import Database

    database = Database(postgres_url)
    database.run(lambda connection: connection.exec_driver_sql("DELETE FROM alembic_version"))
    database.engine.dispose()
    with pytest.raises(Unusable, match="ml-kickoff migrate"):
        async with running(settings, clock):
            pass
