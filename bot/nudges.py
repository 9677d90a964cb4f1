"""Nudges: the owner is asked for progress on the cadence that they chose, in their own time zone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import Button, Words, actions, context, mention, quote, section, section_with_button, words
from bot.brevity import cut_words, list_people, shorten
from bot.check_messages import say_overdue
from bot.deliveries import Press
from bot.effects import FindOwnersZone, card_name, edit, nudge_lane, post, zone_lane
from bot.kickoff_card import nudge_line, refresh
from bot.projects import name_project
from bot.reasons import UNKNOWNS
from bot.whispers import whisper
from flows.activity import describe_entry
from flows.agreement import follow
from flows.cadence import NEVER, describe_cadence, describe_moment, snooze
from flows.dated_checks import DatedCheck, list_overdue
from flows.decisions import UnknownChanged
from flows.kickoffs import Kickoff, Nudge, Place
from flows.nudge_days import next_nudge, previous_nudge
from flows.register_rows import RegisterRow, due_rows, read_register
from storage import activities, decisions, deliveries, kickoffs, outbox
from storage.activities import Logged

LOG = "nudge.log"
SNOOZE = "nudge.snooze"
STOP = "nudge.stop"

CLOSED = "This project is closed, so I ask no more. `/ml-kickoff reopen` takes that back."
_AT_ONCE = 50
_ENTRY_WORDS = 8
_DUE_WORDS = 9
_EXAMPLE = "`/ml-kickoff nudge weekly mon 09:30`"


async def send_due_nudges(app: App) -> int:
    """Put every nudge that is due into the outbox, and set the next time, in one transaction; return how many."""

    def claim(connection: Connection) -> int:
        now = app.clock()
        due = kickoffs.lock_due_nudges(connection, now, _AT_ONCE)
        for kickoff in due:
            if kickoff.closed_at:
                # The cadence stays, for when it goes on after all.
                kickoffs.save_nudge(connection, kickoff.id, replace(kickoff.nudge, next_due_at=None))
            else:
                _nudge(connection, app, kickoff)
        return len(due)

    return await app.transact(claim)


@dataclass(frozen=True)
class _Work:
    """What is known of the work when a nudge comes.

    Attributes:
        log: What was logged, oldest first.
        due: What should be found out by today.
        overdue: Checks that nobody has looked at in time.
    """

    log: tuple[Logged, ...]
    due: tuple[RegisterRow, ...]
    overdue: tuple[DatedCheck, ...]


def _read_work(connection: Connection, app: App, kickoff: Kickoff) -> _Work:
    ledger = decisions.of_kickoff(connection, kickoff.id)
    today = today_in(app, kickoff.nudge.zone)
    # Most kickoffs have no day by which something is to be found out, and then nothing is worked out.
    is_dated = any(isinstance(line, UnknownChanged) and line.due for line in ledger)
    return _Work(
        log=activities.of_kickoff(connection, kickoff.id),
        due=due_rows(read_register(kickoff, ledger, today), today) if is_dated else (),
        overdue=list_overdue(follow(ledger).checks, today),
    )


def _nudge(connection: Connection, app: App, kickoff: Kickoff) -> None:
    now = app.clock()
    due = kickoff.nudge.next_due_at
    nudge = replace(kickoff.nudge, next_due_at=next_nudge(kickoff.nudge.cadence, kickoff.nudge.zone, now))
    kickoffs.save_nudge(connection, kickoff.id, nudge)
    after = replace(kickoff, nudge=nudge)
    work = _read_work(connection, app, kickoff)
    # Whoever has logged since the last nudge has said what there is to say.
    if due is None or not _is_answered(kickoff.nudge, due, work):
        name = f"nudge:{kickoff.id}:{due.timestamp():.0f}" if due else ""
        in_private = kickoff.place is Place.PRIVATE and not kickoff.is_orphaned
        _put(connection, app, after, name, work, in_private=in_private)
    refresh(connection, after, app)


def _is_answered(nudge: Nudge, due: datetime, work: _Work) -> bool:
    """Whether somebody has logged since the last nudge, and nothing else is due."""
    since = previous_nudge(nudge.cadence, nudge.zone, due)
    return any(one.logged_at > since for one in work.log) and not work.due and not work.overdue


def ask(connection: Connection, app: App, kickoff: Kickoff, name: str, *, in_private: bool) -> None:
    """Put a nudge into the outbox under its name: to the owner alone, or under the kickoff's card."""
    _put(connection, app, kickoff, name, _read_work(connection, app, kickoff), in_private=in_private)


def _put(connection: Connection, app: App, kickoff: Kickoff, name: str, work: _Work, *, in_private: bool) -> None:
    said = draw_nudge(kickoff, work.log, name, app.clock(), work.due, work.overdue)
    message = (
        post(said, person=kickoff.owner, name=name)
        if in_private
        else post(said, channel=kickoff.channel, thread=card_name(kickoff.id), name=name)
    )
    outbox.put(connection, [message.parcel(kickoff.workspace, nudge_lane(kickoff.id))], app.clock())


def hand_over(connection: Connection, app: App, before: Kickoff, after: Kickoff) -> str:
    """See to it that somebody is asked for progress when the one who was is there no more.

    Args:
        connection: The transaction.
        app: The app.
        before: The kickoff as it was while everybody was there.
        after: The kickoff as it is now.

    Returns:
        What people should know of it, in one sentence; nothing if all stays as it was.
    """
    if (after.owner, after.is_orphaned) == (before.owner, before.is_orphaned):
        return ""
    zone = FindOwnersZone(kickoff_id=after.id).parcel(after.workspace, zone_lane(after.id))
    outbox.put(connection, [zone], app.clock())
    if after.nudge.cadence == NEVER:
        return ""
    if not after.is_orphaned:
        return f"From now on I ask {mention(after.owner)} how it is going."
    kickoffs.save_nudge(connection, after.id, replace(after.nudge, cadence=NEVER, next_due_at=None))
    return (
        "Nobody is left whom I could ask how it is going, so nudges are off. "
        f"Whoever takes over can type for example {_EXAMPLE}."
    )


def draw_nudge(
    kickoff: Kickoff,
    log: tuple[Logged, ...],
    name: str,
    now: datetime,
    due: tuple[RegisterRow, ...] = (),
    overdue: Sequence[DatedCheck] = (),
) -> Words:
    """The nudge: what is asked, what was last logged, what is due, and when the next one comes."""
    waiting = list_people([one.person for one in kickoff.waiting_for])
    project = name_project(kickoff)
    if log:
        entry = quote(cut_words(describe_entry(log[-1].entry), _ENTRY_WORDS), 300)
        last = f"The last entry is by {mention(log[-1].person)}: {entry}."
    else:
        last = "Nothing is logged yet."
    whom = "Whoever looks after this" if kickoff.is_orphaned else mention(kickoff.owner)
    question = f"{whom}, what moved in {project}?"
    still = f"\nStill to be interviewed: {waiting}." if waiting else ""
    value = f"{kickoff.id}|{name}"
    buttons = [Button("Log progress", LOG, value, primary=True), Button("Snooze a day", SNOOZE, value)]
    late = [section(f":warning: {say_overdue(overdue)}")] if overdue else []
    next_one = context(f"“Nothing yet” is an answer too. {nudge_line(kickoff, now)}")
    blocks = [
        section(f"{question} {last}{still}"),
        *([section_with_button(_say_due(due), Button("Open the list", UNKNOWNS, str(kickoff.id)))] if due else []),
        *late,
        actions([*buttons, Button("Stop nudges", STOP, value)]),
        next_one,
    ]
    return words(question, shorten(blocks, [next_one, *late]))


def _say_due(due: tuple[RegisterRow, ...]) -> str:
    first = due[0]
    owner = f"{mention(first.owner)}: " if first.owner else ""
    more = f" And {len(due) - 1} more." if len(due) > 1 else ""
    return f":warning: To be found out by now: {owner}*{quote(cut_words(first.name, _DUE_WORDS), 120)}*{more}"


async def press_snooze(app: App, press: Press) -> None:
    """Ask again tomorrow at this time of day."""
    await _reschedule(app, press, snoozed=True)


async def press_stop(app: App, press: Press) -> None:
    """Ask no more, until somebody sets a cadence again."""
    await _reschedule(app, press, snoozed=False)


async def _reschedule(app: App, press: Press, *, snoozed: bool) -> None:
    kickoff_id, name = read_value(press.value)

    def change(connection: Connection) -> None:
        now = app.clock()
        if not deliveries.is_first(connection, press.key, now):
            return
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        refusal = _refuse(kickoff, press.person, snoozed=snoozed)
        if refusal:
            outbox.put(connection, [whisper(press, refusal)], now)
            return
        nudge = kickoff.nudge
        if snoozed:
            until = snooze(now, nudge.zone)
            nudge = replace(nudge, next_due_at=until)
            text = f":zzz: Snoozed by {mention(press.person)} until {describe_moment(until, nudge.zone, now)}."
        else:
            nudge = replace(nudge, cadence=NEVER, next_due_at=None)
            text = f":no_bell: Stopped by {mention(press.person)}. To start again, type for example {_EXAMPLE}."
        kickoffs.save_nudge(connection, kickoff_id, nudge)
        said = words(f"{quote(kickoff.name, 150)}: {text}")
        outbox.put(connection, [edit(name, said).parcel(kickoff.workspace, nudge_lane(kickoff_id))], now)
        refresh(connection, replace(kickoff, nudge=nudge), app)

    await app.transact(change)


def _refuse(kickoff: Kickoff, person: str, *, snoozed: bool) -> str:
    """Why a button under a nudge does nothing, or nothing."""
    if not kickoff.may_change_nudges(person):
        return _only_theirs(kickoff)
    if kickoff.closed_at:
        return CLOSED
    if snoozed and kickoff.nudge.cadence == NEVER:
        return f"Nudges are off, so there is nothing to snooze. To start again, type for example {_EXAMPLE}."
    return ""


def _only_theirs(kickoff: Kickoff) -> str:
    people = " or ".join(dict.fromkeys(mention(person) for person in (kickoff.owner, kickoff.starter)))
    return f"Only {people} can change these nudges."


def read_value(carried: str) -> tuple[int, str]:
    """The kickoff and the nudge's name that a button carries."""
    kickoff_id, name = carried.split("|", 1)
    return int(kickoff_id), name


def set_cadence(connection: Connection, app: App, kickoff: Kickoff, person: str = "") -> str:
    """Store a kickoff's new cadence, and say when the next nudge comes; or say why this person cannot change it."""
    if person and not kickoff.may_change_nudges(person):
        return _only_theirs(kickoff)
    if kickoff.closed_at:
        return CLOSED
    nudge = kickoff.nudge
    due = next_nudge(nudge.cadence, nudge.zone, app.clock())
    nudge = replace(nudge, next_due_at=due)
    kickoffs.save_nudge(connection, kickoff.id, nudge)
    refresh(connection, replace(kickoff, nudge=nudge), app)
    project = name_project(kickoff)
    if due is None:
        return f"No more nudges for {project}. To start again, type for example {_EXAMPLE}."
    rhythm = describe_cadence(nudge.cadence, nudge.zone)
    return f"{project}: nudges come {rhythm}. The next one: {describe_moment(due, nudge.zone, app.clock())}."
