"""What is said to one person alone, beside what they just wrote or pressed."""

from bot.blocks import Words, words
from bot.deliveries import Command, Press, Shortcut
from bot.effects import Whisper, direct_lane, post
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
