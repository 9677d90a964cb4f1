"""The chapter's kickoff, played through the app's own door up to a point: for the demo and the playground."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.listeners import COMMAND
from playground.person import Person
from playground.records import Channel, Message
from playground.world import Stage, World

PROJECT = "Streaming feed"
_PROBLEM = "People leave the feed early, and the adverts that we show them earn too little."
_WITHIN = 10.0

Script = Sequence[tuple[str, str]]
"""What is said to which question; an answer in brackets is a button."""

_OWNERS: Script = (
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
_SPONSORS: Script = (
    ("What should this project achieve", "increase the revenue from advertisements by 20%"),
    ("I read this as", "[Yes, that's right]"),
    ("another goal", "[That's all]"),
    ("In how many months", "6"),
    ("How many teams", "[I don't know]"),
)
_FINANCES: Script = (
    ("What should this project achieve", "reduce the monthly cloud bill by 10%"),
    ("I read this as", "[Yes, that's right]"),
    ("another goal", "[That's all]"),
    ("whole project cost", "€80,000"),
)
# What the team logs in each of six weeks.
_LOG = (
    "3h met the owner, agreed on the first slice",
    "6h collected clicks of March, error 0.41",
    "8h labelled 600 sessions, error 0.30",
    "5h trained the first model, error 0.24",
    "6h new features from the catalogue, error 0.22",
    "4h tuned, error 0.21",
)


@dataclass(frozen=True)
class Cast:
    """Who plays: the first three people of the first channel."""

    world: World
    channel: Channel
    owner: Person
    sponsor: Person
    finance: Person


def cast(world: World) -> Cast:
    """Cast the parts; with fewer than three people some play more than one, which is enough to start but no further."""
    workspace = world.playground.workspace
    channel = next(iter(workspace.channels.values()))
    people = [workspace.people[one] for one in channel.members if one != workspace.app.user_id]
    owner, sponsor, finance = (people * 3)[:3]
    return Cast(world, channel, owner, sponsor, finance)


async def start(world: World) -> None:
    """A kickoff is started, and everyone is asked the first question."""
    players = cast(world)
    await players.owner.command(players.channel, COMMAND, f"new {PROJECT}")
    form = await players.owner.view("Start a kickoff")
    filled = {"Product owner": players.owner, "Executive sponsor": players.sponsor, "Finance": players.finance}
    await players.owner.submit(form, {"What problem should it solve?": _PROBLEM, **filled})
    for person in (players.owner, players.sponsor, players.finance):
        await _question(players, person, "What should this project achieve")
    await world.playground.quiet()


async def answer_half(world: World) -> None:
    """The owner is done, the sponsor is half way, finance has not begun."""
    players = cast(world)
    await start(world)
    await answer(players, players.owner, _OWNERS)
    await answer(players, players.sponsor, _SPONSORS[:3])
    await world.playground.quiet()


async def answer_all(world: World) -> None:
    """Everyone has answered; the goals, conflicts and a first score are posted."""
    players = cast(world)
    await start(world)
    await asyncio.gather(
        answer(players, players.owner, _OWNERS),
        answer(players, players.sponsor, _SPONSORS),
        answer(players, players.finance, _FINANCES),
    )
    await players.owner.sees("a first score", channel=players.channel, within=_WITHIN)
    await world.playground.quiet()


async def log_six_weeks(world: World) -> None:
    """Six weeks later: each week a nudge came and something was logged."""
    players = cast(world)
    await answer_all(world)
    for line in _LOG:
        due = await world.next_due()
        if due is not None:
            await world.skip_to(due + timedelta(minutes=10))
        await players.owner.command(players.channel, COMMAND, f"log {line}")
        await world.playground.quiet()


STAGES = (
    Stage("Just started", start),
    Stage("Interviews half done", answer_half),
    Stage("Conflicts found", answer_all),
    Stage("Six weeks in", log_six_weeks),
)


async def answer(players: Cast, person: Person, script: Script) -> None:
    """Answer question after question, as the person would."""
    opening = await _opening(players, person)
    last = opening
    for question, said in script:
        last = await person.sees(question, channel=players.channel, thread=opening, after=last, within=_WITHIN)
        if said.startswith("["):
            await person.press(last, said.strip("[]"))
        else:
            await person.say(players.channel, said, thread=opening)


async def _opening(players: Cast, person: Person) -> Message:
    def opens(message: Message) -> bool:
        return message.by_app and message.thread_ts is None and message.text.startswith(person.mention)

    return await person.sees(opens, channel=players.channel, within=_WITHIN)


async def _question(players: Cast, person: Person, words: str) -> None:
    opening = await _opening(players, person)
    await person.sees(words, channel=players.channel, thread=opening, within=_WITHIN)
