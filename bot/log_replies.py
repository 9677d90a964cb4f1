"""A reply under a kickoff's card or nudge that reads as an entry of the log: its author is offered to log it.

People talk in these threads too, so nothing is logged before somebody says so, and only what begins with a time is
taken for an entry at all.
"""

import re
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot import activity_log
from bot.app import App
from bot.blocks import Button, actions, quote, section, words
from bot.brevity import cut_words
from bot.deliveries import Command, Message, Press
from bot.projects import CLOSED, kickoff_of_thread, name_project
from bot.voting import zone_of
from bot.whispers import refuse_press, whisper
from flows.activity import EntryError, describe_entry
from flows.kickoffs import Kickoff
from flows.log_reading import ReadLine, read_line
from flows.plain_text import as_typed
from flows.working_days import zone_named
from storage import deliveries, kickoffs, outbox

LOG = "reply.log"

_BEGINS = re.compile(r"\s*[0-9]+(?:[.,:][0-9]+)?\s*(?:h|hrs?|hours?|m|mins?|minutes?)\b", re.IGNORECASE)
_LONGEST = 1_500
_WORDS = 30
_NOT_YOURS = "Only those who take part in this kickoff can log by a reply. `/ml-kickoff log` works for everybody here."


async def offer(app: App, message: Message) -> None:
    """Offer to log a reply that reads as an entry; anything else is left alone."""
    if not message.thread or message.edited or not _BEGINS.match(message.text) or len(message.text) > _LONGEST:
        return
    thread = message.thread

    def look(connection: Connection) -> None:
        kickoff = kickoff_of_thread(connection, message.workspace, message.channel, thread, of={"card", "nudge"})
        takes_part = kickoff is not None and kickoff.takes_part(message.person)
        read = _read(kickoff, message.person, message.ts, message.text) if kickoff and takes_part else None
        if kickoff is None or read is None or kickoff.closed_at:
            return
        if not deliveries.is_first(connection, f"{message.key}:offered", app.clock()):
            return
        entry = quote(cut_words(describe_entry(read.entry), _WORDS), 500)
        text = f"Shall I log this for {name_project(kickoff)}: {entry}?"
        value = f"{kickoff.id}|{message.channel}:{message.ts}|{message.text}"
        said = words(text, [section(text), actions([Button("Log it", LOG, value, primary=True)])])
        here = Command(message.key, message.workspace, message.channel, message.person, "", "", thread)
        outbox.put(connection, [whisper(here, said)], app.clock())

    await app.transact(look)


def _read(kickoff: Kickoff, person: str, ts: str, text: str) -> ReadLine | None:
    """The entry that a message is, whose "yesterday" is counted from the day on which it was written; None for none."""
    written = datetime.fromtimestamp(float(ts), UTC).astimezone(zone_named(zone_of(kickoff, person)))
    try:
        return read_line(as_typed(text), written.date())
    except EntryError:
        return None


async def press_log(app: App, press: Press) -> None:
    """Log the reply, once however often that is pressed."""
    kickoff_id, key, text = press.value.split("|", 2)

    def keep(connection: Connection) -> None:
        kickoff = kickoffs.load(connection, int(kickoff_id), lock=True)
        refusal = CLOSED if kickoff.closed_at else ""
        if not kickoff.takes_part(press.person):
            refusal = _NOT_YOURS
        if refusal:
            refuse_press(connection, app, press, refusal)
            return
        if not deliveries.is_first(connection, f"reply:{key}:logged", app.clock()):
            return
        read = _read(kickoff, press.person, key.rpartition(":")[2], text)
        if read is not None:
            said = activity_log.add(connection, app, kickoff, press.person, read)
            outbox.put(connection, [whisper(press, said)], app.clock())

    await app.transact(keep)
