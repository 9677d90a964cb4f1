"""From goals that collide to one balance: options, blind votes, and what is settled."""

from flows.agreement import Agreement, follow
from flows.decisions import Decision
from playground.person import Person
from playground.records import Message
from storage import decisions
from tests.bot.conftest import Stage

RANK = "Rank them in private"


def ledger(stage: Stage) -> tuple[Decision, ...]:
    kickoff = stage.kickoffs()[0]
    return stage.started.app.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id))


def stands(stage: Stage) -> Agreement:
    return follow(ledger(stage))


async def offered(stage: Stage) -> Message:
    """All interviews are done and the owner asked for a balance; the message of the first round."""
    await stage.start_with_all()
    await stage.finish_all()
    board = await stage.priya.sees(": goals side by side", channel=stage.channel)
    await stage.priya.press(board, "Find a balance")
    return await stage.priya.sees("how to balance the goals", channel=stage.channel)


async def vote(stage: Stage, person: Person, round_: Message, first: str, **fields: str) -> None:
    """Rank one option first; `first` begins with its letter."""
    await person.press(stage.slack.workspace.current(round_), RANK)
    form = await person.view("Rank the options")
    choice = next(one for one in options_of(form.body) if one.startswith(first))
    errors = await person.submit(
        form, {"Your first choice": choice, **{k.replace("_", " "): v for k, v in fields.items()}}
    )
    assert errors is None, errors


def options_of(view: dict[str, object]) -> list[str]:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    element = next(block["element"] for block in blocks if block.get("block_id") == "place0")
    return [option["text"]["text"] for option in element["options"]]


async def test_the_owner_asks_for_options_and_all_agree(stage: Stage) -> None:
    round_ = await offered(stage)
    words = round_.words()
    print(stage.slack.workspace.plain(round_))
    for m in stage.slack.workspace.messages(stage.channel):
        if m.thread_ts == round_.ts and m.ts != round_.ts:
            print(stage.slack.workspace.plain(m))
    assert "0 of 3 have voted" in words
    await vote(stage, stage.priya, round_, "A")
    await stage.priya.sees("1 of 3 have voted", channel=stage.channel)
    await vote(stage, stage.victor, round_, "A")
    await vote(stage, stage.fiona, round_, "A")
    spread = await stage.priya.sees("how you ranked them", channel=stage.channel)
    print(stage.slack.workspace.plain(spread))
    settled = await stage.priya.sees("Settled:", channel=stage.channel)
    print(stage.slack.workspace.plain(settled))
    assert stands(stage).settled is not None
