"""Answers about one project that come as a direct message, since what only one sees in a channel takes no picture."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Words, words
from bot.deliveries import Command
from bot.effects import Picture, direct_lane, post
from bot.projects import find_one
from bot.replies import OnlyYou
from flows.kickoffs import Kickoff
from storage import deliveries, outbox

Drawn = tuple[Words, Sequence[Picture]]

_ON_ITS_WAY = "I send it to you in a direct message."


async def send_about_one(
    app: App, command: Command, name: str | None, verb: str, draw: Callable[[Connection, Kickoff], Drawn | str]
) -> OnlyYou:
    """Have a message about the one project that is meant sent to whoever asks.

    Args:
        app: The app.
        command: Who asks, and where.
        name: The project that is named; None for none.
        verb: What was typed, for asking which project is meant.
        draw: Draws the message, or says in mrkdwn why there is none.
    """

    def put(connection: Connection) -> OnlyYou:
        kickoff = find_one(connection, command, name, verb)
        if isinstance(kickoff, str):
            return OnlyYou(words(kickoff))
        drawn = draw(connection, kickoff)
        if isinstance(drawn, str):
            return OnlyYou(words(drawn))
        if deliveries.is_first(connection, command.key, app.clock()):
            said, pictures = drawn
            message = post(said, person=command.person, pictures=pictures)
            outbox.put(connection, [message.parcel(command.workspace, direct_lane(command.person))], app.clock())
        return OnlyYou(words(_ON_ITS_WAY))

    return await app.transact(put)
