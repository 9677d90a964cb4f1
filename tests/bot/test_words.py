"""What the app says is short and plain: the whole story is played through the door, and every message of it is read."""

import re
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.blocks import Block
from bot.brevity import MOST_WORDS, count_words, read_texts
from bot.digest_messages import MOST_WORDS as WORDS_OF_DIGEST
from bot.digest_messages import OFF
from bot.local import open_world
from bot.message_shortcut import CALLBACK
from bot.nudge_messages import LATER
from bot.premortem_messages import LOOK_BACK
from bot.stages import (
    PROJECT,
    Cast,
    agree,
    answer_all,
    cast,
    interview_twelve,
    log_six_weeks,
    start,
    start_twelve,
    vote,
)
from flows.failure_reasons import STORIES as STORIES_OF_FAILURE
from playground.clock import SkippingClock
from playground.company import CHAPTER, populate
from playground.person import Person
from playground.records import Exchange, Message
from playground.world import World
from tests.bot.conftest import COMMAND
from tests.bot.reading_age import grade, list_words

MOST_GRADE_OF_ALL = 9
MOST_GRADE_OF_ONE = 12
LEAST_WORDS = 15
"""Of fewer words a grade says nothing."""

SAYING = {"chat.postMessage", "chat.update", "chat.postEphemeral"}
TYPED = (
    "help",
    "status",
    f"status for {PROJECT}",
    "status for nothing",
    "facts",
    "facts for nothing",
    "people for nothing",
    "stauts",
    "sing me a song",
    "log 2h labelled 300 tickets and " + "talked about it and " * 30,
    "log 30h labelled",
    "log for nothing: 2h labelled",
    "nudge weekdays 10:00",
    "nudge every 2 weeks fri 16:00",
    'nudge cron "30 9 * * 1-5"',
    'nudge cron "61 9 * *"',
    "nudge whenever",
    "nudge off",
    "nudge weekly mon 09:30",
    "away until friday",
    "away for two weeks",
    "away sometime",
    "back",
    "back whenever",
    "close for nothing",
    "reopen for nothing",
    "reopen",
)
AGREEING = ("charter", "export", "export doc", "brief for nothing", "decisions for nothing", "balance for x")
LONG = "we want to see many more people stay with us and be glad of it, which is not easy to bring about, " * 5


Story = Callable[[World], Coroutine[object, object, None]]


@dataclass(frozen=True)
class Said:
    """One message, as texts of its blocks."""

    texts: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def plain(self) -> str:
        return "\n".join(self.texts)


@asynccontextmanager
async def opened(database: Path) -> AsyncIterator[World]:
    async with open_world(database, SkippingClock()) as world:
        populate(world.playground.workspace, CHAPTER)
        yield world


async def twelve_are_interviewed(world: World) -> None:
    players = cast(world)
    for typed in TYPED:
        await players.owner.command(players.channel, COMMAND, typed)
    await interview_twelve(world)
    for typed in TYPED:
        await players.owner.command(players.channel, COMMAND, typed)
        await players.sponsor.say(players.channel, f"{app(world)} {typed}")
    await players.owner.command(players.channel, COMMAND, "new Another one")
    form = await players.owner.view("Start a kickoff")
    await players.owner.submit(form, {"Finance": [players.finance], "What problem should it solve?": LONG})
    for typed in TYPED:
        await players.owner.command(players.channel, COMMAND, typed)


async def twelve_are_silent(world: World) -> None:
    """All are reminded until the owner is told; the owner has some reminded again and goes on without others."""
    players = cast(world)
    await start_twelve(world)
    await world.playground.quiet()
    for weeks in range(1, 5):
        await world.skip_to(world.clock() + timedelta(days=7))
        silent = [one for one in by_app(world) if "Remind again" in one.words()]
        for place, message in enumerate(silent):
            await players.sponsor.press(message, "Remind again")
            await players.owner.press(message, "Go on without the rest" if (place + weeks) % 2 else "Remind again")
        await world.playground.quiet()
        await players.owner.command(players.channel, COMMAND, "status")


async def three_take_every_turn(world: World) -> None:
    """Interviews with all that can be done in one, people who change, and a message that becomes a goal or a fact."""
    players = cast(world)
    await start(world)
    finance = players.finance
    opening = next(one for one in by_app(world) if one.text.startswith(finance.mention) and not one.thread_ts)
    await finance.press(opening, "Answer in private instead")
    await world.playground.quiet()
    sponsor = await thread_of(world, players.sponsor)
    for words in (
        "why?",
        "later",
        "between us",
        "back",
        "no",
        LONG,
        "improve engagement by 10 or maybe 20 soon",
        "yes",
    ):
        await players.sponsor.say(players.channel, words, thread=sponsor)
        await world.playground.quiet()
    await press_newest(world, players.sponsor, "Not a goal")
    await players.sponsor.say(players.channel, "increase the revenue from advertisements by 20%", thread=sponsor)
    await world.playground.quiet()
    await press_newest(world, players.sponsor, "Yes, that's right")
    await players.sponsor.say(players.channel, "increase the revenue from advertisements by 30%", thread=sponsor)
    await world.playground.quiet()
    for button in ("Keep both", "Back", "Yes, that's right", "That's all"):
        await press_newest(world, players.sponsor, button)
    for words in ("many", f"ask {players.owner.mention}", f"ask {players.sponsor.mention}", "skip", LONG, "6"):
        await players.sponsor.say(players.channel, words, thread=sponsor)
        await world.playground.quiet()
    await add_message(world, players)
    changes: tuple[dict[str, list[Person]], ...] = (
        {"Finance": []},
        {"Finance": [finance], "Legal or privacy": [players.sponsor]},
    )
    for changed in changes:
        await players.owner.command(players.channel, COMMAND, "people")
        await players.owner.submit(await players.owner.view("People"), changed)
        await world.playground.quiet()


async def add_message(world: World, players: Cast) -> None:
    for what, words in (("A goal", "cut support costs by 5%. " + LONG), ("A fact", LONG)):
        said = await players.finance.say(players.channel, words)
        await players.owner.use_shortcut(said, CALLBACK)
        await players.owner.submit(await players.owner.view("Add to kickoff"), {"What is it?": what})
        await world.playground.quiet()


async def weeks_go_by(world: World) -> None:
    """Nudges are answered, put off and stopped; then the project is closed, and goes on after all."""
    await log_six_weeks(world)
    players = cast(world)
    # Whoever logged in the last week is left alone; the week after that was silent.
    for _ in range(2):
        await world.skip_to(world.clock() + timedelta(days=8))
    for option in ("Tomorrow", "Stop nudges", "In an hour"):
        nudge = [one for one in by_app(world) if LATER in str(one.blocks)][-1]
        await players.finance.choose(nudge, "Later", option)
        await players.owner.choose(nudge, "Later", option)
        await world.playground.quiet()
        await world.skip_to(world.clock() + timedelta(days=2))
    for typed in ("close", "status", "close", "nudge off", "reopen"):
        await players.owner.command(players.channel, COMMAND, typed)
        if typed == "close" and not count_posted(world, "is closed by"):
            told = {
                "Person-weeks it really took": "900",
                "What went well?": LONG[:300],
                "What would you do differently next time?": LONG[:300],
            }
            await players.owner.submit(await players.owner.view("Close the project"), told)
        await world.playground.quiet()


async def three_agree(world: World) -> None:
    """One balance is agreed on and signed; then links are judged, and nothing comes of three more votes."""
    players = cast(world)
    await agree(world)
    card = await players.owner.sees(": goal card", channel=players.channel)
    await players.finance.press(card, "Object")
    await players.finance.submit(await players.finance.view("Object"), {"What should be different?": LONG})
    for typed in AGREEING:
        await players.owner.command(players.channel, COMMAND, typed)
        await world.playground.quiet()
    board = await players.owner.sees(": goals side by side", channel=players.channel)
    for place in range(3):
        await judge_all(world, players, board, place)
    await outvote(world, players)
    for typed in AGREEING:
        await players.owner.command(players.channel, COMMAND, typed)
        await world.playground.quiet()


async def three_look_back(world: World) -> None:
    """What could make it fail is said in private and shown, and checks are taken on, asked about and forgotten."""
    players = cast(world)
    three = (players.owner, players.sponsor, players.finance)
    await answer_all(world)
    for people, rating in ((three[:1], "A lot"), (three, "The main reason")):
        await players.owner.command(players.channel, COMMAND, "risks")
        view = await players.owner.view("Why it could fail")
        for person in (players.sponsor, players.owner):
            await person.press(view, LOOK_BACK)
        await players.owner.close(view)
        await world.playground.quiet()
        for person in people:
            round_ = [one for one in by_app(world) if "[End it now]" in one.words()][-1]
            await person.press(round_, "Say what went wrong")
            form = await person.view(LOOK_BACK)
            await person.submit(
                form, dict.fromkeys(STORIES_OF_FAILURE.values(), rating) | {"What else went wrong?": LONG[:200]}
            )
            await world.playground.quiet()
        await world.skip_to(world.clock() + timedelta(days=10))
    for check in [one for one in by_app(world) if "[Take it on]" in one.words()]:
        await players.sponsor.press(check, "Take it on")
        await players.owner.press(check, "Take it on")
    await world.playground.quiet()
    for place in range(3):
        await world.skip_to(world.clock() + timedelta(days=18))
        for question in [one for one in by_app(world) if "[Still a risk]" in one.words()][place:]:
            await players.owner.press(question, ("Still a risk", "It happened", "Fine")[place])
        await world.playground.quiet()


async def judge_all(world: World, players: Cast, board: Message, place: int) -> None:
    """Say something of the links behind one line of the board, each of the three something else."""
    said = ("It is so", "Not here", "Strongly", "The other way round")
    for turn, person in enumerate((players.sponsor, players.finance, players.owner)):
        lines = [one for one in world.playground.workspace.current(board).blocks if "accessory" in one]
        if place >= len(lines):
            return
        await person.use(board, lines[place], lines[place]["accessory"])
        view = await person.view()
        rows = [block for block in view.blocks if block["type"] == "actions"]
        if rows:
            *buttons, menu = rows[turn % len(rows)]["elements"]
            wanted = said[(turn + place) % len(said)]
            button = next((one for one in buttons if one["text"]["text"] == wanted), None)
            option = next((one for one in menu["options"] if one["text"]["text"].startswith(wanted)), None)
            told = count_said(world, " says: ")
            await person.use(view, rows[turn % len(rows)], button or menu, *([] if button else [option]))
            await wait_until(world, lambda told=told: count_said(world, " says: ") > told)  # type: ignore[misc]
        await person.close(view)


def count_said(world: World, words: str) -> int:
    return sum(words in one.text for one in by_app(world) if one.thread_ts)


def count_posted(world: World, words: str) -> int:
    return sum(words in one.words() for one in by_app(world))


async def wait_until(world: World, happened: Callable[[], bool]) -> None:
    assert await world.playground.workspace.log.wait_for(lambda: happened() or None, 10)


async def outvote(world: World, players: Cast) -> None:
    """Three rounds in which nobody agrees, some of them without a vote, until the owner decides."""
    three = (players.owner, players.sponsor, players.finance)
    await players.owner.command(players.channel, COMMAND, "balance")
    before = [one for one in by_app(world) if "how to balance the goals" in one.words()][-1]
    for number in range(1, 4):
        round_ = before = await players.owner.sees("how to balance the goals", after=before, within=10)
        await world.playground.quiet()
        for place, person in enumerate(three if number > 1 else three[:2]):
            await vote(person, round_, first=place, why=LONG[:400])
        if number == 1:
            await world.skip_to(world.clock() + timedelta(days=7))
    await world.playground.quiet()
    spread = await players.owner.sees(lambda one: "how you ranked" in one.text and "[Decide]" in one.words(), within=15)
    await players.owner.press(spread, "Decide")
    form = await players.owner.view("Decide")
    pick = next(block for block in form.blocks if block.get("block_id") == "option")
    option = pick["element"]["options"][0]["text"]["text"]
    await players.owner.submit(form, {"Which one?": option, "Why this one?": LONG[:400]})
    await world.playground.quiet()


def app(world: World) -> str:
    return f"<@{world.playground.workspace.app.user_id}>"


def by_app(world: World) -> list[Message]:
    workspace = world.playground.workspace
    return [one for channel in workspace.channels.values() for one in workspace.messages(channel) if one.by_app]


async def thread_of(world: World, person: Person) -> Message:
    return next(one for one in by_app(world) if one.text.startswith(person.mention) and not one.thread_ts)


async def press_newest(world: World, person: Person, button: str) -> None:
    """Press a button of somebody's interview, in its newest message."""
    opening = await thread_of(world, person)
    newest = [one for one in by_app(world) if one.thread_ts == opening.ts and f"[{button}]" in one.words()][-1]
    await person.press(newest, button)
    await world.playground.quiet()


def list_said(world: World) -> Iterator[Said]:
    """Every message that was posted, changed or answered."""
    for exchange in world.playground.workspace.log.traffic:
        blocks = _read_blocks(exchange)
        texts = tuple(text for block in blocks for text in read_texts(block))
        if texts:
            yield Said(texts, tuple(blocks))


def _read_blocks(exchange: Exchange) -> list[Block]:
    if exchange.direction == "call" and exchange.name in SAYING:
        return list(exchange.sent["blocks"])
    is_answer = exchange.direction == "delivery" and isinstance(exchange.answer, dict)
    return list(exchange.answer.get("blocks", ())) if is_answer else []  # type: ignore[union-attr]


MASKS = (
    (r"<@[^>]*>|<#[^>]*>|https?://\S+", "Sam"),
    (r":[a-z0-9_+-]+:", " "),
    (r"`[^`]*`", "this"),
    (r"“[^”]*”", "this"),
    (r"((?:Logged for|added a fact|[Ll]ast (?:entry is )?by)[^:]*): .*", r"\1: this."),
)
"""What is nobody's language: names, signs, what is typed, and what people said."""


def mask(said: Said) -> str:
    text = said.plain
    for pattern, plain in MASKS:
        text = re.sub(pattern, plain, text)
    return text


def list_long(said: list[Said]) -> list[str]:
    """What is too long; a digest, which comes once a week, may have twice as many words."""
    return [one.plain for one in said if count_words(*one.blocks) > (WORDS_OF_DIGEST if is_digest(one) else MOST_WORDS)]


def is_digest(said: Said) -> bool:
    return f"'{OFF}:" in str(said.blocks)


def list_hard(masked: set[str]) -> list[tuple[float, str]]:
    grades = {text: grade(text) for text in masked if len(list_words(text)) >= LEAST_WORDS}
    return sorted(
        [(round(found, 1), text) for text, found in grades.items() if found > MOST_GRADE_OF_ONE], reverse=True
    )


STORIES: dict[Story, int] = {
    twelve_are_interviewed: 350,
    twelve_are_silent: 200,
    three_take_every_turn: 60,
    weeks_go_by: 120,
    three_agree: 200,
    three_look_back: 150,
}
"""And how many messages each has at least."""


@pytest.mark.long
@pytest.mark.parametrize("play", STORIES)
async def test_every_message_is_short_and_as_plain_as_a_newspaper(play: Story, tmp_path: Path) -> None:
    async with opened(tmp_path / "story.db") as world:
        await play(world)
        await world.playground.quiet()
        said = list(list_said(world))
    assert len(said) >= STORIES[play]
    assert list_long(said) == []
    masked = {mask(one) for one in said}
    assert list_hard(masked) == []
    assert grade("\n".join(sorted(masked))) <= MOST_GRADE_OF_ALL
