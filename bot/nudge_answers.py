"""Answers to a nudge, each with one press; and putting it off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from bot.app import App
from bot.availability import hours_of, owners_hours, today_in
from bot.blocks import mention, quote, words
from bot.brevity import cut_words
from bot.deliveries import Press
from bot.effects import direct_lane, edit, nudge_lane
from bot.kickoff_card import nudge_line, refresh
from bot.log_changes import add_entries
from bot.nudge_messages import EXAMPLE, OWN_EXAMPLE, STOP, read_value, whose
from bot.nudges import refuse_change
from bot.projects import CLOSED, name_project
from bot.whispers import refuse_press
from flows.activity import Entry, Stage
from flows.cadence import NEVER, describe_moment
from flows.dated_checks import working_day
from flows.decisions import ShownToBusiness, UnknownStatus
from flows.kickoffs import Kickoff, Nudge
from flows.labelling import say_share
from flows.nudge_days import Snooze, snoozed_until
from flows.register_rows import RegisterRow, change_status, find_row, read_register
from storage import decisions, deliveries, kickoffs, outbox, own_nudges

_NOT_YOURS = "Only those who take part in this kickoff can answer. Your comments in the thread are welcome."
_GONE = "This was found out meanwhile, or is not on the list any more."
_ROW_WORDS = 12
_LOOK_AGAIN = timedelta(days=7)


async def press_nothing(app: App, press: Press) -> None:
    """Nothing is new, which is an answer."""
    await _answer(app, press, lambda _connection, kickoff, _said: f"nothing new in {name_project(kickoff)}")


async def press_labelled(app: App, press: Press) -> None:
    """Keep in the log how far the labelling is."""

    def keep(connection: Connection, kickoff: Kickoff, said: list[str]) -> str:
        percent = int(said[0])
        entry = Entry(stage=Stage.LABEL, note=say_share(percent))
        add_entries(connection, app, kickoff, press.person, [entry])
        return f"labelling in {name_project(kickoff)} is at {percent} %"

    await _answer(app, press, keep)


async def press_seen(app: App, press: Press) -> None:
    """Keep whether the business side has seen anything; where it has not, say what to do."""

    def keep(connection: Connection, kickoff: Kickoff, said: list[str]) -> str:
        seen = said == ["yes"]
        line = ShownToBusiness(by=press.person, at=app.clock(), seen=seen)
        decisions.add(connection, kickoff.id, [line])
        if seen:
            return f"the business side has seen something of {name_project(kickoff)}"
        return (
            f"the business side has seen nothing of {name_project(kickoff)} for two weeks. So please show one result "
            "to one person who will use it: a quarter of an hour finds what no number shows"
        )

    await _answer(app, press, keep)


async def press_found(app: App, press: Press) -> None:
    """What was due is found out."""
    await _change_row(app, press, UnknownStatus.FOUND)


async def press_looking(app: App, press: Press) -> None:
    """It is not, and is asked about again in a week."""
    await _change_row(app, press, UnknownStatus.LOOKING)


async def _change_row(app: App, press: Press, status: UnknownStatus) -> None:
    def keep(connection: Connection, kickoff: Kickoff, said: list[str]) -> str | None:
        ledger, today = decisions.of_kickoff(connection, kickoff.id), today_in(app, kickoff.nudge.zone)
        row = find_row(read_register(kickoff, ledger, today), said[0])
        if row is None or not row.is_open:
            return None
        due = working_day(today + _LOOK_AGAIN) if status is UnknownStatus.LOOKING else row.due
        line = change_status(row, ledger, press.person, app.clock(), status, due)
        decisions.add(connection, kickoff.id, [line])
        return _say_row(row, status)

    await _answer(app, press, keep)


def _say_row(row: RegisterRow, status: UnknownStatus) -> str:
    name = f"“{quote(cut_words(row.name, _ROW_WORDS), 120)}”"
    if status is UnknownStatus.FOUND:
        return f"{name} is found out. `/ml-kickoff unknowns` takes what was found"
    return f"{name} is still open. I ask again in a week"


async def _answer(app: App, press: Press, keep: Callable[[Connection, Kickoff, list[str]], str | None]) -> None:
    """Keep an answer, and put it in the place of the question; None from `keep` is for what is out of date."""
    kickoff_id, name, said = read_value(press.value)

    def take(connection: Connection) -> None:
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        refusal = CLOSED if kickoff.closed_at else ""
        if not kickoff.takes_part(press.person) and not kickoff.is_orphaned:
            refusal = _NOT_YOURS
        if refusal:
            refuse_press(connection, app, press, refusal)
            return
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        kept = keep(connection, kickoff, said)
        if kept is None:
            # The key is taken, so it is said here.
            _show(connection, app, kickoff, name, _GONE)
            return
        nudge = _nudge_of(connection, kickoff, name)
        after = _keep_nudge(connection, kickoff, name, replace(nudge, unanswered=0)) if nudge else kickoff
        following = f" {nudge_line(after, app.clock())}." if nudge else ""
        _show(connection, app, after, name, f":white_check_mark: {mention(press.person)}: {kept}.{following}")

    await app.transact(take)


def _nudge_of(connection: Connection, kickoff: Kickoff, name: str) -> Nudge | None:
    """The rhythm by which a nudge came: the kickoff's, or one's own; None where one's own has ended since."""
    person = whose(name)
    return own_nudges.find(connection, kickoff.id, person) if person else kickoff.nudge


def _keep_nudge(connection: Connection, kickoff: Kickoff, name: str, nudge: Nudge) -> Kickoff:
    """Keep the rhythm of a nudge; gives the kickoff as it is with it."""
    person = whose(name)
    if person:
        own_nudges.save(connection, kickoff.id, person, None if nudge.cadence == NEVER else nudge)
    else:
        kickoffs.save_nudge(connection, kickoff.id, nudge)
    return replace(kickoff, nudge=nudge)


def _show(connection: Connection, app: App, kickoff: Kickoff, name: str, text: str) -> None:
    """Put something in the place of a nudge's question, and bring the card up to date."""
    person = whose(name)
    lane = direct_lane(person) if person else nudge_lane(kickoff.id)
    outbox.put(connection, [edit(name, words(text)).parcel(kickoff.workspace, lane)], app.clock())
    refresh(connection, kickoff, app)


def _refuse_later(kickoff: Kickoff, person: str, name: str) -> str:
    """Why somebody may not put a nudge off; empty where they may."""
    if not whose(name):
        return refuse_change(kickoff, person)
    if whose(name) != person or not kickoff.takes_part(person):
        return _NOT_YOURS
    return CLOSED if kickoff.closed_at else ""


async def press_old_snooze(app: App, press: Press) -> None:
    """Ask again tomorrow, as *Snooze a day* said."""
    await press_later(app, replace(press, value=f"{press.value}|{Snooze.DAY}"))


async def press_old_stop(app: App, press: Press) -> None:
    """Ask no more, as *Stop nudges* said where it was a button."""
    await press_later(app, replace(press, value=f"{press.value}|{STOP}"))


async def press_later(app: App, press: Press) -> None:
    """Ask again in an hour, tomorrow or on Monday; or no more, until somebody sets a rhythm again."""
    kickoff_id, name, said = read_value(press.value)

    def change(connection: Connection) -> None:
        kickoff, now = kickoffs.load(connection, kickoff_id, lock=True), app.clock()
        refusal = _refuse_later(kickoff, press.person, name)
        before, example = _nudge_of(connection, kickoff, name), OWN_EXAMPLE if whose(name) else EXAMPLE
        if before is None or (said != [STOP] and before.cadence == NEVER):
            refusal = refusal or f"Nudges are off already. To start again, type for example {example}."
        if refusal or before is None:
            refuse_press(connection, app, press, refusal)
            return
        if not deliveries.is_first(connection, press.key, now):
            return
        nudge = replace(before, unanswered=0)
        if said == [STOP]:
            nudge = replace(nudge, cadence=NEVER, next_due_at=None, snoozed_until=None)
            text = f":no_bell: Stopped by {mention(press.person)}. To start again, type for example {example}."
        else:
            hours = hours_of(app, kickoff, whose(name)) if whose(name) else owners_hours(app, kickoff)
            until = snoozed_until(Snooze(said[0]), hours, now)
            nudge = replace(nudge, next_due_at=until, snoozed_until=until)
            when = describe_moment(until, nudge.zone, now) if until else "they are back"
            text = f":zzz: Put off by {mention(press.person)} until {when}."
        after = _keep_nudge(connection, kickoff, name, nudge)
        _show(connection, app, after, name, f"{quote(kickoff.name, 150)}: {text}")

    await app.transact(change)
