"""How fast deliveries are acknowledged while 50 people answer at once (SQLite, HTTP, one process).

Run it from the root of the project:

    .venv/bin/python benchmarks/acknowledgement.py [--people 50] [--rounds 8] [--database-url sqlite:///…]

The app runs as a process of its own, as in production. This script is Slack: a local workspace in which each person has
one interview in a thread, and everybody answers in the same instant, round after round. What is measured is the time
from sending a signed delivery to its acknowledgement, as the workspace notes it. Beside it, in the same run, the same
number of signed deliveries that the app has no use for: what the door alone costs. The ratio of the two is the price of
the transaction.
"""

import argparse
import asyncio
import os
import socket
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bot.scopes import EVENT_SCOPES, SCOPES
from playground import Playground
from playground.person import Person
from playground.records import Channel, Message

ANSWERS = {
    "What should this project achieve": "reduce the monthly cloud bill by 10%",
    "I read this as": "yes",
    "another goal": "no",
    "How is this done today": "People do it by hand",
    "what the model should do": "Sort things into groups with names",
    "How many cases": "about 12,000",
    "How many minutes": "5",
    "gets one wrong": "Someone catches it",
    "must it get right": "90",
    "past cases": "Yes, a system records them",
    "In how many months": "6",
    "How many teams": "3",
    "whole project cost": "€80,000",
    "These are your answers": "submit",
}
"""What is said to a question, by words of the question; to any other, that one does not know."""

THANKS = "your answers are in"
ANSWERS_AT_MOST = 30


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5, help="interviews played by everybody, one after another")
    parser.add_argument("--database-url", default="")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        url = options.database_url or f"sqlite:///{Path(folder)}/benchmark.db"
        async with Playground(scopes=SCOPES, bot_events=EVENT_SCOPES) as slack:
            process, port = await start_app(slack, url)
            try:
                slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
                for number in range(options.rounds):
                    await play(slack, number, options.people)
            finally:
                process.terminate()
                await process.wait()
            report(slack)


async def start_app(slack: Playground, database_url: str) -> tuple[asyncio.subprocess.Process, int]:
    """Start the app as a process; return it once it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    installed = slack.workspace.app
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": installed.bot_token,
        "SLACK_SIGNING_SECRET": installed.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.status == 200:
                        return process, port
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.05)


async def play(slack: Playground, number: int, count: int) -> None:
    """One kickoff for each person, answered by all of them at once."""
    people = [slack.workspace.add_person(f"Person {number} {one}") for one in range(count)]
    # A channel each: Slack's pace for one channel is not what is measured here.
    channels = [slack.workspace.add_channel(f"c{number}x{one}", [person]) for one, person in enumerate(people)]
    places = list(zip(people, channels, strict=True))
    await asyncio.gather(*(begin(person, channel) for person, channel in places))
    openings = [await person.sees("your view as", channel=channel, within=60) for person, channel in places]
    for _ in range(ANSWERS_AT_MOST):
        asked = await all_see_the_next(slack, openings)
        if THANKS in asked:
            break
        answer = next((said for words, said in ANSWERS.items() if words in asked), "I don't know")
        await say_all(people, channels, openings, answer)
    else:
        sys.exit(f"The interviews did not end after {ANSWERS_AT_MOST} answers.")
    # The same number of messages that are nobody's answer: the cost of the door alone.
    await asyncio.gather(*(person.say(channel, "nothing") for person, channel in places))
    await slack.quiet()


async def begin(person: Person, channel: Channel) -> None:
    """Start a kickoff with this person alone."""
    await person.command(channel, "/ml-kickoff", "new Load")
    await person.submit(await person.view("Start a kickoff"), {"Finance": [person], "Nudge us": "Never"})


async def all_see_the_next(slack: Playground, openings: Sequence[Message]) -> str:
    """Wait until the app has said its next words in every thread, and has nothing left to say; return those words.

    Looked at seldom and thread by thread: whoever watches all the time slows down what is measured.
    """
    waiting = list(openings)
    while waiting:
        await asyncio.sleep(0.2)
        waiting = [one for one in waiting if not newest(slack, one).by_app or newest(slack, one).ts == one.ts]
    await asyncio.sleep(1)
    said = {newest(slack, one).text for one in openings}
    if len(said) > 1:
        sys.exit(f"The threads did not go the same way: {said}")
    return said.pop()


def newest(slack: Playground, opening: Message) -> Message:
    """The newest message of a thread."""
    return slack.workspace.messages(slack.workspace.channels[opening.channel], thread=opening)[-1]


async def say_all(
    people: Sequence[Person], channels: Sequence[Channel], openings: Sequence[Message], answer: str
) -> None:
    """Everybody answers in the same instant."""
    said = zip(people, channels, openings, strict=True)
    await asyncio.gather(*(person.say(channel, answer, thread=opening) for person, channel, opening in said))


def report(slack: Playground) -> None:
    """Print percentiles of the acknowledgements."""
    answers: list[float] = []
    idle: list[float] = []
    for exchange in slack.workspace.traffic:
        event = exchange.sent.get("event", {}) if exchange.direction == "delivery" else {}
        if event.get("type") != "message" or event.get("bot_id") or event.get("subtype"):
            continue
        (answers if event.get("thread_ts") else idle).append(exchange.seconds * 1000)
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for name, values in (("answers", answers), ("nobody's answers", idle)):
        cuts = statistics.quantiles(values, n=100)
        shown = f"p50 {cuts[49]:6.1f} ms, p99 {cuts[98]:6.1f} ms, max {max(values):6.1f} ms"
        print(f"{name:>17}: {len(values):5} deliveries, {shown}")
    print(f"            ratio: {statistics.median(answers) / statistics.median(idle):.1f} at the median")
    print(f"breaches of Slack's limits: {len(slack.workspace.breaches)}")


if __name__ == "__main__":
    asyncio.run(main())
