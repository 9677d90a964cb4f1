"""The process is killed at random moments of an interview and started again; the conversation goes on where it was."""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import pytest

from bot.scopes import EVENT_SCOPES, SCOPES
from playground import Playground
from playground.answers import AppFailed
from playground.chapter import Chapter, chapter_workspace
from playground.records import Message
from playground.server import Patience
from storage.database import Database
from tests.bot.conftest import BILL, COMMAND

KILLS = 20
QUESTIONS = ("What should this project achieve", "I read this as", "another goal", "whole project cost", "that was all")


class Process:
    """The app as a process of its own, as it runs in production."""

    def __init__(self, slack: Playground, database_url: str, port: int) -> None:
        installed = slack.workspace.app
        self._port = port
        self._environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_SIGNING_SECRET": installed.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": database_url,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "OUTBOX_LEASE_SECONDS": "0.5",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=self._environment, stderr=asyncio.subprocess.DEVNULL
        )
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{self._port}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()


@asynccontextmanager
async def killed_at_random(process: Process, seed: int) -> AsyncIterator[list[int]]:
    """Kills and restarts the process until the block ends; the list counts the kills."""
    kills: list[int] = []

    async def torment() -> None:
        chance = random.Random(seed)  # noqa: S311 - a seed makes a failure repeatable
        while True:
            await asyncio.sleep(chance.uniform(0.02, 0.6))
            await process.kill()
            kills.append(1)
            await process.start()

    task = asyncio.create_task(torment())
    try:
        yield kills
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def press(chapter: Chapter, message: Message, label: str, done: str) -> None:
    """Press until the app took it: Slack tells a person that a press did not arrive, and they press again."""
    while True:
        with suppress(AppFailed, LookupError):
            await chapter.fiona.press(message, label)
        try:
            await chapter.fiona.sees(done, channel=chapter.channel, within=3)
        except AssertionError:
            continue
        return


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.xdist_group("kill")
async def test_twenty_kills_lose_no_answer_and_repeat_no_question(tmp_path: Path) -> None:
    total, seed = 0, 0
    while total < KILLS:
        seed += 1
        total += await interview_under_fire(f"sqlite:///{tmp_path}/{seed}.db", seed)


async def interview_under_fire(database_url: str, seed: int) -> int:
    """Play one interview from beginning to end while the app is being killed; return how often it was."""
    # Slack tries again for minutes; here that is as many tries, closer together.
    patience = Patience(ack=2.0, retries=(0.2,) * 100)
    async with Playground(scopes=SCOPES, bot_events=EVENT_SCOPES, patience=patience) as slack:
        chapter = chapter_workspace(slack.workspace)
        port = free_port()
        slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        process = Process(slack, database_url, port)
        await process.start()
        try:
            await chapter.fiona.command(chapter.channel, COMMAND, "new Churn radar")
            assert (
                await chapter.fiona.submit(await chapter.fiona.view("Start a kickoff"), {"Finance": chapter.fiona})
                is None
            )
            async with killed_at_random(process, seed) as kills:
                await play(chapter)
            await process.kill()
            check(slack, chapter, database_url)
        finally:
            await process.kill()
        assert slack.workspace.breaches == []
        return len(kills)


async def play(chapter: Chapter) -> None:
    fiona, channel = chapter.fiona, chapter.channel
    opening = await fiona.sees(lambda message: "your view as finance" in message.text, channel=channel, within=30)
    await fiona.sees(QUESTIONS[0], channel=channel, thread=opening, within=30)
    await fiona.say(channel, BILL, thread=opening)
    shown = await fiona.sees("I read this as", channel=channel, thread=opening, within=30)
    await press(chapter, shown, "Yes, that's right", "another goal")
    more = await fiona.sees("another goal", channel=channel, thread=opening, within=30)
    await press(chapter, more, "That's all", "whole project cost")
    await fiona.sees("whole project cost", channel=channel, thread=opening, within=30)
    await fiona.say(channel, "€80,000", thread=opening)
    await fiona.sees("that was all", channel=channel, thread=opening, within=30)
    await fiona.sees("a first score", channel=channel, within=30)


def check(slack: Playground, chapter: Chapter, database_url: str) -> None:
    said = [message.words() for message in slack.workspace.messages(chapter.channel) if message.by_app]
    thanks = QUESTIONS[-1]
    for question in QUESTIONS:
        # The thanks at the end repeat the questions in their summary.
        asked = [words for words in said if question in words and (question == thanks or thanks not in words)]
        assert len(asked) <= 1, asked
    assert sum("a first score" in words for words in said) == 1
    database = Database(database_url)
    answers = "SELECT count(*) FROM answer WHERE superseded_at IS NULL"
    counts = [
        database.run(lambda connection, query=query: connection.exec_driver_sql(query).scalar_one())  # type: ignore[misc]
        for query in (answers, "SELECT count(*) FROM words")
    ]
    database.engine.dispose()
    assert counts == [3, 2]
