"""The chapter's kickoff, played through the app's own door up to a point: for the demo and the playground."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from bot.blocks import capitalise
from bot.company_answers import ANSWERS, FIRST_QUESTION, SPONSORS_SECOND, Answers
from bot.kickoff_form import MORE
from bot.listeners import COMMAND
from flows.roles import ROLE_NAMES, Role
from playground.person import Person
from playground.records import Channel, Message
from playground.world import Stage, World

PROJECT = "Streaming feed"
_PROBLEM = "People leave the feed early, and the adverts that we show them earn too little."
_WITHIN = 10.0

_LEADING = 3
_I_DO_NOT_KNOW = "[I don't know]"
_REVIEW = "These are your answers"
_THANKS = "your answers are in"

# What the team logs in each of six weeks; the last two are silent, so that nudges come.
_LOG = (
    ("3h met the owner, agreed on the first slice", "4h collected clicks of March"),
    ("6h collected clicks of April, error 0.41", "2h waiting for access to the catalogue"),
    ("8h labelled 600 sessions, error 0.30", "3h trained a tree, error 0.27"),
    ("5h trained on all words, error 0.24", "2h tried letters in place of words, error 0.26"),
    (),
    (),
)
_CLASSES = {
    "How many classes does the model tell apart?": "40",
    "Of 100 cases, how many are in the commonest ten?": "70",
}


@dataclass(frozen=True)
class Cast:
    """Who plays: the people of the first channel, of whom the first three have the leading parts."""

    world: World
    channel: Channel
    everybody: list[Person]

    @property
    def owner(self) -> Person:
        """The product owner, who starts kickoffs."""
        return self.everybody[0]

    @property
    def sponsor(self) -> Person:
        """The executive sponsor."""
        return self.everybody[1]

    @property
    def finance(self) -> Person:
        """Whoever looks after the money."""
        return self.everybody[2]


def cast(world: World) -> Cast:
    """Cast the parts; with fewer than three people some play more than one, which is enough to start but no further."""
    workspace = world.playground.workspace
    channel = next(iter(workspace.channels.values()))
    people = [workspace.people[one] for one in channel.members if one != workspace.app.user_id]
    return Cast(world, channel, people * (1 if len(people) > _LEADING else _LEADING))


async def start(world: World) -> None:
    """A kickoff is started, and everyone is asked the first question."""
    players = cast(world)
    await players.owner.command(players.channel, COMMAND, f"new {PROJECT}")
    form = await players.owner.view("Start a kickoff")
    filled = {"Product owner": [players.owner], "Executive sponsor": [players.sponsor], "Finance": [players.finance]}
    await players.owner.submit(form, {"What problem should it solve?": _PROBLEM, **filled})
    for person in (players.owner, players.sponsor, players.finance):
        await _question(players, person, FIRST_QUESTION)
    await world.playground.quiet()


async def answer_half(world: World) -> None:
    """The owner is done, the sponsor is half way, finance has not begun."""
    players = cast(world)
    await start(world)
    await answer(players, players.owner, ANSWERS[Role.PRODUCT_OWNER])
    await answer(players, players.sponsor, ANSWERS[Role.EXECUTIVE_SPONSOR], until=SPONSORS_SECOND)
    await world.playground.quiet()


async def answer_all(world: World) -> None:
    """Everyone has answered; the goals, conflicts and a first score are posted."""
    players = cast(world)
    await start(world)
    await asyncio.gather(
        answer(players, players.owner, ANSWERS[Role.PRODUCT_OWNER]),
        answer(players, players.sponsor, ANSWERS[Role.EXECUTIVE_SPONSOR]),
        answer(players, players.finance, ANSWERS[Role.FINANCE]),
    )
    await players.owner.sees("a first score", channel=players.channel, within=_WITHIN)
    await world.playground.quiet()


async def agree(world: World) -> None:
    """The three have voted for one balance, and have signed the goal card that came out of it."""
    players = cast(world)
    three = (players.owner, players.sponsor, players.finance)
    await answer_all(world)
    board = await players.owner.sees(": goals side by side", channel=players.channel, within=_WITHIN)
    await players.owner.press(board, "Find a balance")
    round_ = await players.owner.sees("how to balance the goals", channel=players.channel, within=_WITHIN)
    await world.playground.quiet()
    for person in three:
        await vote(person, round_)
    card = await players.owner.sees(": goal card", channel=players.channel, within=_WITHIN)
    for person in three:
        await person.press(card, "Approve")
    await players.owner.press(card, "Accept the risks")
    await players.owner.submit(await players.owner.view("Accept the risks"))
    await world.playground.quiet()


async def vote(person: Person, round_: Message, first: int = 0, why: str = "") -> None:
    """Rank one of the options first; the others may read why."""
    await person.press(round_, "Rank them in private")
    ballot = await person.view("Rank the options")
    choice = next(block for block in ballot.blocks if block.get("block_id") == "place0")
    ranked = {"Your first choice": choice["element"]["options"][first]["text"]["text"]}
    reason = {"Why?": why, "May the others read your reason?": "Yes, without my name"} if why else {}
    await person.submit(ballot, ranked | reason)


async def log_six_weeks(world: World) -> None:
    """Six weeks later: a pilot was planned, and something logged in four of them; then nudges came."""
    players = cast(world)
    await answer_all(world)
    await players.owner.command(players.channel, COMMAND, "pilot")
    await players.owner.submit(await players.owner.view("Plan the pilot"), _CLASSES)
    for week in _LOG:
        await world.skip_to(world.clock() + timedelta(days=7))
        for line in week:
            await players.owner.command(players.channel, COMMAND, f"log {line}")
            await world.playground.quiet()


async def start_twelve(world: World) -> dict[Role, Person]:
    """Start a kickoff with a person for each of twelve roles; where the workspace has fewer, some have several."""
    players = cast(world)
    people = dict(zip(_COMPANY, (players.everybody * len(_COMPANY))[: len(_COMPANY)], strict=True))
    await players.owner.command(players.channel, COMMAND, f"new {PROJECT}")
    await players.owner.press(await players.owner.view("Start a kickoff"), MORE)
    filled = {capitalise(ROLE_NAMES[role]): [person] for role, person in people.items()}
    form = await players.owner.view("Start a kickoff")
    await players.owner.submit(form, {"What problem should it solve?": _PROBLEM, **filled})
    return people


async def interview_twelve(world: World) -> None:
    """Twelve people, one for each role, have answered."""
    players = cast(world)
    people = await start_twelve(world)
    answers: dict[Person, Answers] = {}
    for role, person in people.items():
        answers[person] = {**ANSWERS[role], **answers.get(person, {})}
    await asyncio.gather(*(answer(players, person, known) for person, known in answers.items()))
    await players.owner.sees("a first score", channel=players.channel, within=_WITHIN)
    await world.playground.quiet()


# Who has which role in the chapter's company, in the order of its people.
_COMPANY = (
    *(Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE, Role.DOMAIN_EXPERT, Role.DATA_ENGINEER),
    *(Role.ML_ENGINEER, Role.LABELLING_LEAD, Role.DEVOPS, Role.DATA_SCIENTIST, Role.SOFTWARE_ENGINEER),
    *(Role.USER_REPRESENTATIVE, Role.LEGAL),
)

STAGES = (
    Stage("Just started", start),
    Stage("Interviews half done", answer_half),
    Stage("Conflicts found", answer_all),
    Stage("Balance agreed", agree),
    Stage("Six weeks in", log_six_weeks),
    Stage("Twelve interviewed", interview_twelve),
)


async def answer(players: Cast, person: Person, answers: Answers, until: str = "") -> None:
    """Answer whatever is asked, as the person would, and submit.

    Args:
        players: Who plays.
        person: Who answers.
        answers: What they know; to anything else they say that they do not know it.
        until: Words of the question at which they stop.
    """
    opening = last = await _opening(players, person)
    while True:
        last = await person.sees(_by_app, channel=players.channel, thread=opening, after=last, within=_WITHIN)
        if until and until in last.text:
            return
        if _REVIEW in last.text:
            break
        said = next((said for words, said in answers.items() if words in last.text), _I_DO_NOT_KNOW)
        if said.startswith("["):
            await person.press(last, said.strip("[]"))
        else:
            await person.say(players.channel, said, thread=opening)
    await person.press(last, "Submit")
    await person.sees(_THANKS, channel=players.channel, thread=opening, within=_WITHIN)


def _by_app(message: Message) -> bool:
    return message.by_app


async def _opening(players: Cast, person: Person) -> Message:
    def opens(message: Message) -> bool:
        return message.by_app and message.thread_ts is None and message.text.startswith(person.mention)

    return await person.sees(opens, channel=players.channel, within=_WITHIN)


async def _question(players: Cast, person: Person, words: str) -> None:
    opening = await _opening(players, person)
    await person.sees(words, channel=players.channel, thread=opening, within=_WITHIN)
