"""What tests of the way to one balance share: a round that was opened, votes, and what the ledger says."""

from bot import reminders
from bot.deliveries import Press
from flows.agreement import Agreement, follow
from flows.decisions import Decision
from playground.person import Person
from playground.records import Message, View
from storage import decisions
from tests.bot.conftest import Stage

RANK = "Rank them in private"
FIRST, SECOND, THIRD = "Your first choice", "Your second choice", "Your third choice"
REASON = "Why?"
MAY_READ = "May the others read your reason?"
WITHOUT_NAME = "Yes, without my name"


def ledger(stage: Stage) -> tuple[Decision, ...]:
    kickoff = stage.kickoffs()[0]
    return stage.started.app.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id))


def stands(stage: Stage) -> Agreement:
    return follow(ledger(stage))


def shown(stage: Stage, message: Message) -> str:
    """All that a message says now."""
    return stage.slack.workspace.plain(stage.slack.workspace.current(message))


def everything_shown(stage: Stage) -> str:
    """All that stands in the channel now, in threads too."""
    workspace = stage.slack.workspace
    return "\n".join(workspace.plain(one) for one in workspace.messages(stage.channel) if one.by_app)


async def board(stage: Stage) -> Message:
    """All interviews are done."""
    await stage.start_with_all()
    await stage.finish_all()
    return await stage.priya.sees(": goals side by side", channel=stage.channel)


async def offered(stage: Stage) -> Message:
    """All interviews are done and the owner asked for a balance; the message of the first round."""
    await stage.priya.press(await board(stage), "Find a balance")
    return await stage.priya.sees("how to balance the goals", channel=stage.channel)


async def ballot(stage: Stage, person: Person, round_: Message) -> View:
    await person.press(stage.slack.workspace.current(round_), RANK)
    return await person.view("Rank the options")


async def vote(stage: Stage, person: Person, round_: Message, first: str, **fields: str) -> None:
    """Rank one option first; `first` begins with its letter, and other `fields` have _ for spaces."""
    form = await ballot(stage, person, round_)
    errors = await person.submit(
        form, {FIRST: choice(form, first), **{k.replace("_", " "): v for k, v in fields.items()}}
    )
    assert errors is None, errors


def choice(form: View, letter: str) -> str:
    """The option with that letter, as the ballot names it."""
    return next(one for one in choices(form) if one.startswith(letter))


def choices(form: View) -> list[str]:
    element = next(block["element"] for block in form.body["blocks"] if block.get("block_id") == "place0")
    return [option["text"]["text"] for option in element["options"]]


def labels(form: View) -> list[str]:
    return [block["label"]["text"] for block in form.body["blocks"] if block["type"] == "input"]


async def next_round(stage: Stage, number: int) -> Message:
    return await stage.priya.sees(f"round {number} of 3", channel=stage.channel)


async def settled(stage: Stage) -> Message:
    """All put the same option first; the goal card."""
    round_ = await offered(stage)
    for person in (stage.priya, stage.victor, stage.fiona):
        await vote(stage, person, round_, "A")
    return await stage.priya.sees(": goal card", channel=stage.channel)


async def go_on_without(stage: Stage, person: Person) -> None:
    """The owner goes on without the answers of somebody who says nothing."""
    asked = stage.kickoffs()[0].find(person.id)
    assert asked is not None
    value = reminders.again_value(asked)
    press = Press("press:1", stage.slack.workspace.team_id, stage.channel.id, stage.priya.id, "", value, "", "")
    await reminders.press_without(stage.started.app, press)
