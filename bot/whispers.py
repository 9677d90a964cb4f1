"""What is said to one person alone, beside what they just pressed."""

from bot.blocks import words
from bot.deliveries import Press
from bot.effects import Whisper, direct_lane, post, refresh_home
from storage.outbox import Parcel


def whisper(press: Press, text: str) -> Parcel:
    """Words that only the presser sees: beside the button, or in a direct message where no message holds it."""
    if not press.channel:
        return post(words(text), person=press.person).parcel(press.workspace, direct_lane(press.person))
    said = Whisper(channel=press.channel, person=press.person, thread_ts=press.thread, text=text)
    return said.parcel(press.workspace, f"whisper:{press.person}")


def turn_down(press: Press, text: str) -> list[Parcel]:
    """Why a button did nothing; on the Home tab it stood under what is out of date, so that is drawn anew."""
    at_home = [] if press.channel else [refresh_home(press.workspace, press.person)]
    return [whisper(press, text), *at_home]
