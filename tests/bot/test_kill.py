"""The process is killed at random moments of an interview and started again; the conversation goes on where it was."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.scopes import EVENT_SCOPES, SCOPES
from flows.question_bank import BANK
from playground import Playground
from playground.answers import AppFailed
from playground.chapter import Chapter, chapter_workspace
from playground.records import Message
from playground.server import Patience
from storage.database import Database
from tests.bot.conftest import COMMAND, FINANCES, OWNERS, REVIEW, THANKS
from tests.processes import fork, run_app
from tests.questions import FIRST

pytestmark = pytest.mark.long

KILLS = 20
FEWER_KILLS = 4


@dataclass(frozen=True)
class Script:
    """What one stakeholder is asked, and answers: in words, or with a button in brackets."""

    role: str
    answers: tuple[tuple[str, str], ...]

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The answers, and the end."""
        return (*self.answers, (REVIEW, "[Submit]"))

    def write_questions(self, file: Path) -> None:
        """A file that switches off every question for which the script has no answer."""
        asked = {key for key, one in FIRST.by_id.items() if any(words in one.wording for words, _ in self.answers)}
        off = [{"id": question.id, "off": True} for question in BANK.questions if question.id not in asked]
        file.write_text(yaml.safe_dump({"questions": off}), encoding="utf-8")


FINANCE = Script("Finance", FINANCES)
OWNER = Script("Product owner", OWNERS)


class Process:
    """The app as a process of its own, as it runs in production."""

    def __init__(self, slack: Playground, database_url: str, port: int, questions: Path) -> None:
        installed = slack.workspace.app
        self._port = port
        self._environment = {
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_SIGNING_SECRET": installed.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": database_url,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "OUTBOX_LEASE_SECONDS": "0.5",
            "QUESTIONS_FILE": str(questions),
        }
        self._process: ForkServerProcess | None = None

    async def start(self) -> None:
        self._process = await asyncio.to_thread(fork, run_app, self._environment)
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
        self._process.kill()  # SIGKILL
        await asyncio.to_thread(self._process.join)


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


async def test_twenty_kills_lose_no_answer_and_repeat_no_question(tmp_path: Path) -> None:
    total, seed = 0, 0
    while total < KILLS:
        seed += 1
        total += await interview_under_fire(f"sqlite:///{tmp_path}/{seed}.db", seed, FINANCE, tmp_path)


async def test_an_owners_longer_interview_survives_kills_on_postgresql(
    new_postgres_url: Callable[[], str], tmp_path: Path
) -> None:
    total, seed = 0, 0
    while total < FEWER_KILLS:
        seed += 1
        total += await interview_under_fire(new_postgres_url(), seed, OWNER, tmp_path)


async def interview_under_fire(database_url: str, seed: int, script: Script, folder: Path) -> int:
    """Play one interview from beginning to end while the app is being killed.

    Args:
        database_url: Where the app keeps it.
        seed: Makes a failure repeatable.
        script: What is asked and answered.
        folder: Where its questions are kept.

    Returns:
        How often it was killed.
    """
    # Slack tries again for minutes; here that is as many tries, closer together.
    questions = folder / "questions.yaml"
    script.write_questions(questions)
    patience = Patience(ack=2.0, retries=(0.2,) * 100)
    async with Playground(scopes=SCOPES, bot_events=EVENT_SCOPES, patience=patience) as slack:
        chapter = chapter_workspace(slack.workspace)
        port = free_port()
        slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        process = Process(slack, database_url, port, questions)
        await process.start()
        try:
            await chapter.fiona.command(chapter.channel, COMMAND, "new Churn radar")
            assert (
                await chapter.fiona.submit(await chapter.fiona.view("Start a kickoff"), {script.role: [chapter.fiona]})
                is None
            )
            async with killed_at_random(process, seed) as kills:
                await play(chapter, script)
            await process.kill()
            check(slack, chapter, database_url, script)
        finally:
            await process.kill()
        assert slack.workspace.breaches == []
        return len(kills)


async def play(chapter: Chapter, script: Script) -> None:
    fiona, channel = chapter.fiona, chapter.channel
    opening = await fiona.sees(lambda message: "your view as" in message.text, channel=channel, within=30)
    following = [question for question, _ in script.steps[1:]] + [THANKS]
    for (question, answer), then in zip(script.steps, following, strict=True):
        asked = await fiona.sees(question, channel=channel, thread=opening, within=30)
        if answer.startswith("["):
            await press(chapter, asked, answer.strip("[]"), then)
        else:
            await fiona.say(channel, answer, thread=opening)
    await fiona.sees(THANKS, channel=channel, thread=opening, within=30)
    await fiona.sees("a first score", channel=channel, within=30)


def check(slack: Playground, chapter: Chapter, database_url: str, script: Script) -> None:
    said = [message.words() for message in slack.workspace.messages(chapter.channel) if message.by_app]
    for question in [*(question for question, _ in script.steps), THANKS]:
        asked = [words for words in said if question in words]
        assert len(asked) <= 1, asked
    assert sum("Kickoff: Churn radar" in words for words in said) == 1
    assert sum("a first score" in words for words in said) == 1
    database = Database(database_url)
    answers = "SELECT count(*) FROM answer WHERE superseded_at IS NULL"
    counts = [
        database.run(lambda connection, query=query: connection.exec_driver_sql(query).scalar_one())  # type: ignore[misc]
        for query in (answers, "SELECT count(*) FROM words")
    ]
    database.engine.dispose()
    # Each question has its answer; what is asked about goals, with the question for another, makes one together.
    written = sum(not answer.startswith("[") for _, answer in script.answers)
    assert counts == [len(script.answers) - 2, written]
