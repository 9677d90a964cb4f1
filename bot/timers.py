"""`/ml-kickoff timer`: counts the hours of a kind of work, and logs them when it is stopped (section 2.2.2; K30)."""

from sqlalchemy import Connection

from bot import activity_log
from bot.app import App
from bot.availability import today_in
from bot.blocks import Words, quote, section, words
from bot.deliveries import Command
from bot.projects import CLOSED, find_one, name_project
from bot.still_seen import sees_project
from bot.voting import zone_of
from flows.activity import STAGE_NAMES, EntryError, say_hours
from flows.timing import LONGEST, entry_of, hours_between, read_stage
from storage import deliveries, kickoffs, timers
from storage.timers import Timer

_NONE = "No timer runs. Start one with the kind of work, for example `/ml-kickoff timer labelling`."
_AGAIN = "That is done already. `/ml-kickoff timer` says what runs."
_LEFT = (
    "Your timer counted for a project in which you take no part, and whose channel you are not in, as far as Slack "
    "tells me. So it is stopped, and I logged nothing."
)
_STOPS = frozenset({"stop", "end", "done", "off"})
_KINDS = ", ".join(STAGE_NAMES.values())


async def answer(app: App, command: Command, text: str, name: str | None) -> Words:
    """Start a timer, stop it and log what it counted, or say how long it has run."""
    verb, _, note = text.partition(" ")
    found = await app.database.transact(lambda connection: timers.find(connection, command.workspace, command.person))
    has_left = found is not None and not await sees_project(app, command, found.kickoff_id)

    def act(connection: Connection) -> Words:
        if text and not deliveries.is_first(connection, command.key, app.clock()):
            return words(_AGAIN)
        running = timers.find(connection, command.workspace, command.person)
        if running and has_left:
            timers.stop(connection, command.workspace, command.person)
            return words(_LEFT)
        if not text:
            return words(_say_running(connection, app, running)) if running else words(_NONE)
        if verb.casefold() in _STOPS:
            return _stop(connection, app, command, running, note) if running else words(_NONE)
        return _start(connection, app, command, running, text, name)

    return await app.transact(act)


def _say_running(connection: Connection, app: App, running: Timer) -> str:
    kickoff = kickoffs.load(connection, running.kickoff_id)
    kind = STAGE_NAMES[running.stage] if running.stage else "work"
    spent = say_hours(hours_between(running.started_at, app.clock()))
    return f"{spent} of {kind} for {name_project(kickoff)} so far. `/ml-kickoff timer stop` logs it."


def _start(
    connection: Connection, app: App, command: Command, running: Timer | None, text: str, name: str | None
) -> Words:
    kickoff = find_one(connection, command, name, "timer labelling")
    if isinstance(kickoff, str):
        return words(kickoff)
    if kickoff.closed_at:
        return words(CLOSED)
    stage = read_stage(text)
    if stage is None:
        return words(f"I know no work called “{quote(text, 60)}”. There is: {_KINDS}.")
    before = _end(connection, app, command, running, "") if running else None
    timers.start(connection, command.workspace, command.person, Timer(kickoff.id, stage, app.clock()))
    told = (
        f"The timer runs: {STAGE_NAMES[stage]} for {name_project(kickoff)}. `/ml-kickoff timer stop` logs it, and "
        "takes a note: `timer stop 300 tickets, error 0.21`."
    )
    return words(f"{before.text} {told}", [*before.blocks, section(told)]) if before else words(told)


def _stop(connection: Connection, app: App, command: Command, running: Timer, note: str) -> Words:
    try:
        return _end(connection, app, command, running, note)
    except EntryError as wrong:
        return words(f"{quote(str(wrong), 500)} The timer still runs.")


def _end(connection: Connection, app: App, command: Command, running: Timer, note: str) -> Words:
    """Log what a timer counted, or say why not; it runs no more.

    Raises:
        EntryError: The note cannot be kept; the timer still runs.
    """
    kickoff = kickoffs.load(connection, running.kickoff_id, lock=True)
    hours = hours_between(running.started_at, app.clock())
    read = entry_of(running.stage, min(hours, LONGEST), note, today_in(app, zone_of(kickoff, command.person)))
    if not timers.stop(connection, command.workspace, command.person, running):
        return words(_NONE)
    if kickoff.closed_at:
        return words(f"{CLOSED} The timer ran for {say_hours(hours)}, and I logged nothing.")
    if hours > LONGEST:
        return words(
            f"The timer ran for {say_hours(hours)}, so it was forgotten, and I logged nothing. Please log it yourself, "
            "for example `/ml-kickoff log 2h labelled 300 tickets yesterday`."
        )
    return activity_log.add(connection, app, kickoff, command.person, read)
