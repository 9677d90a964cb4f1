"""`ml-kickoff demo`: the chapter's kickoff, played through the real door against a local workspace.

The app runs as it does in production, on a temporary SQLite file. Three scripted stakeholders use Slack: signed
deliveries come in, real Web API calls go out. Anything that breaks one of Slack's limits makes the demo fail.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.listeners import COMMAND
from bot.local import open_world
from bot.stages import Cast, agree, cast
from playground import Playground
from playground.chapter import chapter_workspace
from playground.clock import SkippingClock
from playground.records import Message
from playground.world import World

_WITHIN = 10.0
_ENDS = ("Logged for", "3 of 3 approve.")
_PERSON = re.compile(r"!\[\]\(@([UW][A-Z0-9]+)\)")
"""How a canvas mentions a person."""


async def play(say: Callable[[str], None] = print) -> int:
    """Play the kickoff, printing the conversation; return 0, or 1 if a limit of Slack's was broken."""
    with TemporaryDirectory() as folder:
        async with open_world(Path(folder) / "demo.db", SkippingClock()) as world:
            slack = world.playground
            chapter_workspace(slack.workspace)
            printing = asyncio.create_task(_print_conversation(slack, say))
            try:
                await agree(world)
                await _write_charter(cast(world), say)
                await _nudge_and_log(world, cast(world))
                await slack.quiet()
            finally:
                printing.cancel()
            breaches = slack.workspace.breaches
            for breach in breaches:
                say(f"Slack's limits were broken: {breach}")
            say(
                "\nThat was the whole way: goals, conflicts, one balance, a signed goal card, the charter, "
                "a nudge and a logged entry."
            )
    return 1 if breaches else 0


async def _write_charter(players: Cast, say: Callable[[str], None]) -> None:
    reply = await players.owner.command(players.channel, COMMAND, "charter")
    workspace = players.world.playground.workspace
    say(f"\n{workspace.name_of(players.owner.id)}:\n{COMMAND} charter\n\n{workspace.name_of(workspace.app.user_id)}:")
    say(workspace.plain(reply.message) if reply.message else reply.text)
    written = await workspace.log.wait_for(lambda: workspace.canvases.tabbed_in(players.channel.id) or None, _WITHIN)
    for canvas in written or ():
        markdown = _PERSON.sub(lambda found: f"@{workspace.name_of(found[1])}", canvas.markdown)
        say(f"\n{canvas.title}\n{markdown}")


async def _nudge_and_log(world: World, players: Cast) -> None:
    owner, workspace = players.owner, world.playground.workspace
    await world.skip_to(world.clock() + timedelta(days=7))
    nudge = await owner.sees("what moved in", channel=players.channel, within=_WITHIN)
    await owner.press(nudge, "Log progress")
    form = await owner.view("Log progress")
    await owner.submit(form, {"What happened?": "2h labelled 300 tickets, error 0.21"})
    await workspace.log.wait_for(lambda: "Logged for" in workspace.current(nudge).text or None, _WITHIN)


async def _print_conversation(slack: Playground, say: Callable[[str], None]) -> None:
    """Print each message once, and those again that the app edits into the end of something."""
    seen: dict[str, str] = {}
    while True:
        for channel in list(slack.workspace.channels.values()):
            for message in slack.workspace.messages(channel):
                text = slack.workspace.plain(message)
                before = seen.setdefault(message.ts, "")
                if not before or any(words in text and words not in before for words in _ENDS):
                    say(_shown(slack, message, text))
                seen[message.ts] = text
        await slack.workspace.log.change()


def _shown(slack: Playground, message: Message, text: str) -> str:
    margin = "      " if message.thread_ts and message.thread_ts != message.ts else ""
    lines = [f"{slack.workspace.name_of(message.user)}:", *text.splitlines()]
    return "\n" + "\n".join(f"{margin}{line}" for line in lines)
