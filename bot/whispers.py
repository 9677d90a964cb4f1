"""What is said to one person alone, beside what they just wrote or pressed."""

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Words, words
from bot.deliveries import Command, Press, Shortcut
from bot.effects import Whisper, direct_lane, post, refresh_home
from storage import deliveries, outbox
from storage.outbox import Parcel


def whisper(to: Press | Command | Shortcut, said: str | Words) -> Parcel:
    """Words that only this person sees: where they are, or in a direct message where they are in no channel."""
    said = words(said) if isinstance(said, str) else said
    if not to.channel:
        return post(said, person=to.person).parcel(to.workspace, direct_lane(to.person))
    whispered = Whisper(
        channel=to.channel, person=to.person, thread_ts=to.thread, text=said.text, blocks=list(said.blocks)
    )
    return whispered.parcel(to.workspace, f"whisper:{to.person}")


def turn_down(press: Press, text: str) -> list[Parcel]:
    """Why a button did nothing; on the Home tab it stood under what is out of date, so that is drawn anew."""
    at_home = [] if press.channel else [refresh_home(press.workspace, press.person)]
    return [whisper(press, text), *at_home]


def refuse_press(connection: Connection, app: App, press: Press, text: str) -> None:
    """Say why a button did nothing, once however often Slack delivers the press."""
    if deliveries.is_first(connection, press.key, app.clock()):
        outbox.put(connection, turn_down(press, text), app.clock())
