"""The real app in a local workspace that enforces Slack's limits; each test with `stage` runs on both databases."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from selectors import BaseSelector

import pytest
from sqlalchemy import Connection, func, select

from bot.delivery import Pace
from bot.doors import EVENTS_PATH
from bot.local import FEATURES
from bot.run import Running, running
from bot.schedule import tick
from bot.scopes import EVENT_SCOPES, SCOPES
from bot.settings import Settings
from flows.kickoffs import Kickoff
from flows.questions import QuestionSet
from playground import Playground
from playground.chapter import Chapter, chapter_workspace
from playground.person import Person
from playground.records import Channel, Message
from playground.server import Patience
from storage import activities, kickoffs, outbox
from storage.activities import Logged
from storage.tables import outbox as rows
from tests.conftest import MONDAY_EVENING, FakeClock
from tests.questions import FIRST

GOAL = "increase the time users spend on the platform by at least 15%"
REVENUE = "increase the revenue from advertisements by 20%"
BILL = "reduce the monthly cloud bill by 10%"
COMMAND = "/ml-kickoff"
REVIEW = "These are your answers"
THANKS = "your answers are in"
_ROUNDS = 100


# Python writes down what a task returned when it ends, and all of this takes a while to write down.
@dataclass(repr=False)
class Stage:
    """A workspace with the chapter's people, and the app in it."""

    slack: Playground
    started: Running
    clock: FakeClock
    chapter: Chapter

    @property
    def channel(self) -> Channel:
        return self.chapter.channel

    @property
    def priya(self) -> Person:
        return self.chapter.priya

    @property
    def victor(self) -> Person:
        return self.chapter.victor

    @property
    def fiona(self) -> Person:
        return self.chapter.fiona

    async def start(self, by: Person | None = None, /, name: str = "Churn radar", **fields: object) -> None:
        """Start a kickoff by the form; `fields` by their labels, with _ for spaces."""
        by = by or self.priya
        reply = await by.command(self.channel, COMMAND, f"new {name}")
        assert not reply.text, reply.text
        filled = {
            label.replace("_", " "): [value] if isinstance(value, Person) else value for label, value in fields.items()
        }
        errors = await by.submit(await by.view("Start a kickoff"), filled)
        assert errors is None, errors

    async def start_with_all(self, **fields: object) -> None:
        await self.start(None, Product_owner=self.priya, Executive_sponsor=self.victor, Finance=self.fiona, **fields)  # type: ignore[arg-type]

    async def opening(self, person: Person, name: str = "Churn radar", channel: Channel | None = None) -> Message:
        def opens(message: Message) -> bool:
            return message.text.startswith(person.mention) and "your view" in message.text and name in message.text

        return await person.sees(opens, channel=channel or self.channel)

    async def play(
        self, person: Person, script: Sequence[tuple[str, str]], opening: Message | None = None, within: float = 10
    ) -> Message:
        """Answer each question; an answer in brackets is a button. Returns the last message.

        Args:
            person: Who answers.
            script: Questions and answers.
            opening: The message under which it goes on; in the channel, if left out.
            within: How long to wait for each question.
        """
        opening = opening or await self.opening(person)
        place = self.slack.workspace.channel(opening.channel)
        last = opening
        for question, answer in script:
            last = await person.sees(question, channel=place, thread=opening, after=last, within=within)
            if answer.startswith("["):
                await person.press(last, answer.strip("[]"))
            else:
                await person.say(place, answer, thread=opening)
        review = await person.sees(REVIEW, channel=place, thread=opening, within=within)
        await person.press(review, "Submit")
        return await person.sees(THANKS, channel=place, thread=opening, within=within)

    async def reopen(self, person: Person, last: Message, answer: str) -> Message:
        """Go back to an answer after the end, found by some of its words; the message that asks again."""
        await person.press(last, "Change an answer")
        review = await person.sees(beside(last, REVIEW), after=last)
        await person.press(review, "Edit", answer)
        return await person.sees(beside(last, "You answered"), after=review)

    async def submit(self, person: Person, after: Message) -> Message:
        """Submit the answers that are shown after a message; the last message."""
        review = await person.sees(beside(after, REVIEW), after=after)
        await person.press(review, "Submit")
        return await person.sees(beside(after, THANKS), after=review)

    async def close_project(self) -> None:
        """The owner closes it: it is in use and took two person-weeks."""
        await self.priya.command(self.channel, COMMAND, "close")
        form = await self.priya.view("Close the project")
        assert await self.priya.submit(form, {"Person-weeks it really took": "2"}) is None

    async def finish_all(self) -> None:
        await self.play(self.priya, OWNERS)
        await self.play(self.victor, SPONSORS)
        await self.play(self.fiona, FINANCES)

    def kickoffs(self) -> tuple[Kickoff, ...]:
        workspace = self.slack.workspace
        return self.started.app.database.run(
            lambda connection: kickoffs.of_channel(connection, workspace.team_id, self.channel.id)
        )

    def log(self) -> tuple[Logged, ...]:
        """The log of the one project."""
        (kickoff,) = self.kickoffs()
        return self.started.app.database.run(lambda connection: activities.of_kickoff(connection, kickoff.id))

    async def card(self, wanted: str) -> Message:
        """The card, once it shows the words."""

        def find() -> Message | None:
            cards = [one for one in self.slack.workspace.messages(self.channel) if one.text.startswith("Kickoff: ")]
            shown = cards[-1] if cards else None
            return shown if shown and wanted in self.slack.workspace.plain(shown) else None

        found = await self.slack.workspace.log.wait_for(find, 10)
        cards = [one.words() for one in self.slack.workspace.messages(self.channel) if one.text.startswith("Kickoff: ")]
        assert found is not None, f"the card never showed {wanted!r}: {cards}"
        return found

    async def all_is_sent(self, within: float = 10) -> None:
        """Wait until nothing waits in the outbox."""
        async with asyncio.timeout(within):
            while self.started.app.database.run(outbox.count_open):  # noqa: ASYNC110 - other processes send too
                await asyncio.sleep(0.02)

    async def pass_a_day(self) -> None:
        """Let so much time go by that what fails is given up."""
        for _ in range(3):
            self.clock.skip(hours=13)
            self.started.app.work.set()
            async with asyncio.timeout(5):
                while self.started.app.database.run(self._count_due):  # noqa: ASYNC110 - as above
                    await asyncio.sleep(0.02)

    async def all_due_is_done(self, within: float = 10) -> None:
        """Wait until nothing waits in the outbox that is due by now, or is tried again within seconds."""
        soon = timedelta(seconds=5)
        async with asyncio.timeout(within):
            while self.started.app.database.run(lambda one: self._count_due(one, soon)):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.02)

    def _count_due(self, connection: Connection, ahead: timedelta = timedelta()) -> int:
        """How many lanes have something to do now."""
        first = select(func.min(rows.c.id)).where(rows.c.done_at.is_(None)).group_by(rows.c.lane)
        due = select(func.count()).where(rows.c.id.in_(first), rows.c.due_at <= self.clock() + ahead)
        return connection.execute(due).scalar_one()

    def cards(self, name: str = "Churn radar") -> list[Message]:
        """All cards of a project that stand in its channel."""
        shown = self.slack.workspace.messages(self.channel)
        return [one for one in shown if one.by_app and one.text.startswith(f"Kickoff: {name}")]

    async def tick(self) -> None:
        await tick(self.started.app)

    async def socket_opens(self) -> None:
        while not self.slack.sockets.sockets:  # noqa: ASYNC110 - the workspace has no event for it
            await asyncio.sleep(0.01)

    def said(self, words: str, channel: Channel | None = None) -> list[Message]:
        """All messages of the app with these words."""
        everywhere = [channel] if channel else list(self.slack.workspace.channels.values())
        return [
            message
            for place in everywhere
            for message in self.slack.workspace.messages(place)
            if message.by_app and words in message.words()
        ]


def beside(other: Message, words: str) -> Callable[[Message], bool]:
    """Finds a message with these words in the thread of another one."""
    return lambda message: message.thread_ts == other.thread_ts and words in message.text


OWNERS = (
    ("What should this project achieve", GOAL),
    ("I read this as", "[Yes, that's right]"),
    ("another goal", "[That's all]"),
    ("How is this done today", "[People do it by hand]"),
    ("How many cases", "about 12,000"),
    ("How many minutes", "5"),
    ("gets one wrong", "[Someone catches it]"),
    ("Out of 100 cases", "90"),
    ("past cases", "[Yes, a system records them]"),
    ("solved this already", "[I don't know]"),
)
SPONSORS = (
    ("What should this project achieve", REVENUE),
    ("I read this as", "[Yes, that's right]"),
    ("another goal", "[That's all]"),
    ("In how many months", "6"),
    ("How many teams", "[Skip]"),
)
FINANCES = (
    ("What should this project achieve", BILL),
    ("I read this as", "[Yes, that's right]"),
    ("another goal", "[That's all]"),
    ("whole project cost", "€80,000"),
)


def settings_for(slack: Playground, database_url: str, *, socket: bool = False) -> Settings:
    installed = slack.workspace.app
    return Settings(
        slack_bot_token=installed.bot_token,
        slack_app_token=installed.app_token if socket else "",
        slack_signing_secret="" if socket else installed.signing_secret,
        slack_api_url=slack.api_url,
        database_url=database_url,
        host="127.0.0.1",
        port=0,
        outbox_lease_seconds=2,
    )


def playground_for(clock: FakeClock) -> Playground:
    """A workspace with the scopes and events of the manifest; unacknowledged events come again at once."""
    patience = Patience(retries=(0, 0.2, 0.5))
    return Playground(now=clock, scopes=SCOPES, bot_events=EVENT_SCOPES, features=FEATURES, patience=patience)


@asynccontextmanager
async def staged(
    database_url: str,
    clock: FakeClock,
    *,
    socket: bool = False,
    member: bool = True,
    questions: QuestionSet = FIRST,
    **changed: object,
) -> AsyncIterator[Stage]:
    """Set the stage, with `changed` settings."""
    async with playground_for(clock) as slack:
        chapter = chapter_workspace(slack.workspace, app_is_member=member)
        settings = settings_for(slack, database_url, socket=socket).model_copy(update=changed)
        async with running(settings, clock, Pace(burst=1000, per_second=1000), questions) as started:
            if not socket:
                slack.deliver_to(f"http://127.0.0.1:{started.port}{EVENTS_PATH}")
            yield Stage(slack, started, clock, chapter)
            # A call that breaks off as the app stops may leave a half-open connection behind.
            with suppress(TimeoutError):
                await slack.quiet(settle=0.02, within=1)
        assert slack.workspace.breaches == []


@pytest.fixture(autouse=True)
async def transports_closed() -> AsyncIterator[None]:
    """Let the loop close every connection before it ends; some close only when they hear that the other side did."""
    yield
    selector: BaseSelector = vars(asyncio.get_running_loop())["_selector"]
    for _ in range(_ROUNDS):
        if len(selector.get_map()) <= 1:  # the loop's own
            break
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.01)


@pytest.fixture
def clock() -> FakeClock:
    """Goes on by itself, so that what is tried again later is."""
    return FakeClock(MONDAY_EVENING, ticking=True)


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with staged(database_url, clock) as set_up:
        yield set_up
