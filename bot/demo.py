"""`ml-kickoff demo`: the chapter's kickoff, played through the real door against a local workspace.

The app runs as it does in production, on a temporary SQLite file. Three scripted stakeholders use Slack: signed
deliveries come in, real Web API calls go out. Anything that breaks one of Slack's limits makes the demo fail.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.delivery import Pace
from bot.doors import EVENTS_PATH
from bot.listeners import COMMAND
from bot.run import Running, running
from bot.schedule import tick
from bot.scopes import EVENT_SCOPES, SCOPES
from bot.settings import Settings
from playground import Playground
from playground.chapter import Chapter, chapter_workspace
from playground.person import Person
from playground.records import Message

_PROJECT = "Streaming feed"
_PROBLEM = "People leave the feed early, and the adverts that we show them earn too little."

# What each says to which question; buttons are pressed by their label.
_Script = tuple[tuple[str, str], ...]
_OWNERS_ANSWERS: _Script = (
    ("What should this project achieve", "increase the time users spend on the platform by at least 15%"),
    ("I read this as", "[Yes, that's right]"),
    ("another goal", "[That's all]"),
    ("How is this done today", "[Software with rules]"),
    ("How many cases", "about 12,000"),
    ("gets one wrong", "[Someone catches it]"),
    ("Out of 100 cases", "90"),
    ("past cases", "[Yes, a system records them]"),
    ("solved this already", "[Yes]"),
)
_SPONSORS_ANSWERS: _Script = (
    ("What should this project achieve", "increase the revenue from advertisements by 20%"),
    ("I read this as", "[Yes, that's right]"),
    ("another goal", "[That's all]"),
    ("In how many months", "6"),
    ("How many teams", "[I don't know]"),
)
_FINANCES_ANSWERS: _Script = (
    ("What should this project achieve", "reduce the monthly cloud bill by 10%"),
    ("I read this as", "[Yes, that's right]"),
    ("another goal", "[That's all]"),
    ("whole project cost", "€80,000"),
)


@dataclass
class DemoClock:
    """The real time, plus what was skipped."""

    skipped: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC) + self.skipped


@asynccontextmanager
async def local_app(clock: DemoClock, folder: Path) -> AsyncIterator[tuple[Playground, Running]]:
    """The app and a workspace that delivers to it over HTTP, with the scopes and events of the manifest."""
    async with Playground(now=clock, scopes=SCOPES, bot_events=EVENT_SCOPES) as slack:
        installed = slack.workspace.app
        settings = Settings(
            slack_bot_token=installed.bot_token,
            slack_app_token="",
            slack_signing_secret=installed.signing_secret,
            slack_api_url=slack.api_url,
            database_url=f"sqlite:///{folder}/demo.db",
            host="127.0.0.1",
            port=0,
        )
        # The local workspace needs no pauses between messages.
        async with running(settings, clock, Pace(burst=1000, per_second=1000)) as started:
            slack.deliver_to(f"http://127.0.0.1:{started.port}{EVENTS_PATH}")
            yield slack, started


async def play(say: Callable[[str], None] = print) -> int:
    """Play the kickoff, printing the conversation; return 0, or 1 if a limit of Slack's was broken."""
    clock = DemoClock()
    with TemporaryDirectory() as folder:
        async with local_app(clock, Path(folder)) as (slack, started):
            chapter = chapter_workspace(slack.workspace)
            printing = asyncio.create_task(_print_conversation(slack, say))
            try:
                await _kick_off(chapter)
                await _nudge_and_log(slack, started, clock, chapter)
                await slack.quiet()
            finally:
                printing.cancel()
            breaches = slack.workspace.breaches
            for breach in breaches:
                say(f"Slack's limits were broken: {breach}")
            say("\nThat was the whole way: goals, conflicts, a first score, a nudge and a logged entry.")
    return 1 if breaches else 0


async def _kick_off(chapter: Chapter) -> None:
    reply = await chapter.priya.command(chapter.channel, COMMAND, f"new {_PROJECT}")
    if reply.text:
        raise RuntimeError(reply.text)
    form = await chapter.priya.view("Start a kickoff")
    await chapter.priya.submit(
        form,
        {
            "What problem should it solve?": _PROBLEM,
            "Product owner": chapter.priya,
            "Executive sponsor": chapter.victor,
            "Finance": chapter.fiona,
        },
    )
    await asyncio.gather(
        _answer(chapter, chapter.priya, _OWNERS_ANSWERS),
        _answer(chapter, chapter.victor, _SPONSORS_ANSWERS),
        _answer(chapter, chapter.fiona, _FINANCES_ANSWERS),
    )
    await chapter.priya.sees("a first score", channel=chapter.channel, within=10)


async def _answer(chapter: Chapter, person: Person, script: _Script) -> None:
    opening = await person.sees(
        lambda message: message.text.startswith(person.mention) and "your view" in message.text,
        channel=chapter.channel,
        within=10,
    )
    last = opening
    for question, answer in script:
        last = await person.sees(question, channel=chapter.channel, thread=opening, after=last, within=10)
        if answer.startswith("["):
            await person.press(last, answer.strip("[]"))
        else:
            await person.say(chapter.channel, answer, thread=opening)
    await person.sees("that was all", channel=chapter.channel, thread=opening, within=10)


async def _nudge_and_log(slack: Playground, started: Running, clock: DemoClock, chapter: Chapter) -> None:
    clock.skipped += timedelta(days=7)
    await tick(started.app)
    nudge = await chapter.priya.sees("what moved in", channel=chapter.channel, within=10)
    await chapter.priya.press(nudge, "Log progress")
    form = await chapter.priya.view("Log progress")
    await chapter.priya.submit(form, {"What happened?": "2h labelled 300 tickets, error 0.21"})
    await slack.workspace.log.wait_for(lambda: "Logged for" in slack.workspace.current(nudge).text or None, 10)


async def _print_conversation(slack: Playground, say: Callable[[str], None]) -> None:
    """Print each message once, and those again that the app turns into an answer: the nudge, once it was logged."""
    seen: dict[str, str] = {}
    while True:
        for channel in list(slack.workspace.channels.values()):
            for message in slack.workspace.messages(channel):
                text = slack.workspace.plain(message)
                before = seen.setdefault(message.ts, "")
                if not before or ("Logged for" in text and "Logged for" not in before):
                    say(_shown(slack, message, text))
                seen[message.ts] = text
        await slack.workspace.log.change()


def _shown(slack: Playground, message: Message, text: str) -> str:
    margin = "      " if message.thread_ts and message.thread_ts != message.ts else ""
    lines = [f"{slack.workspace.name_of(message.user)}:", *text.splitlines()]
    return "\n" + "\n".join(f"{margin}{line}" for line in lines)
