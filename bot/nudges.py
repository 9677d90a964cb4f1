"""Nudges: the owner is asked for progress on the cadence that they chose, in their own time zone."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.app import App
from bot.availability import owners_hours, today_in
from bot.blocks import mention, quote, words
from bot.effects import FindOwnersZone, card_name, direct_lane, nudge_lane, post, zone_lane
from bot.kickoff_card import refresh
from bot.nudge_messages import EXAMPLE, MOST_SILENT, Nudging, draw_nudge
from bot.progress import day_in_log, progress_of
from bot.projects import CLOSED, name_project, owner_or_starter
from flows.absence import AbsenceError, describe_absence, is_away, read_absence
from flows.agreement import follow
from flows.cadence import NEVER, CadenceError, describe_cadence, describe_moment, parse_cadence
from flows.dated_checks import DatedCheck, list_overdue
from flows.decisions import (
    CheckAnswered,
    Decision,
    PlateauExplained,
    ShownToBusiness,
    UnknownChanged,
)
from flows.kickoffs import Kickoff, Nudge, Place
from flows.nudge_days import catch_up, next_nudge
from flows.nudge_questions import Work, choose_question
from flows.plateau_reasons import reason_for
from flows.progress import Progress
from flows.register_rows import due_rows, read_register
from flows.reminders import Hours
from flows.scoring.heard import hear
from flows.working_days import zone_named
from storage import activities, decisions, kickoffs, outbox
from storage.activities import Logged

_AT_ONCE = 50
_ANSWERS = CheckAnswered | PlateauExplained | ShownToBusiness | UnknownChanged
"""Lines of the ledger that answer what a nudge asks."""


async def send_due_nudges(app: App) -> int:
    """Put every nudge that is due into the outbox, and set the next time, in one transaction; return how many."""

    def claim(connection: Connection) -> int:
        now = app.clock()
        due = kickoffs.lock_due_nudges(connection, now, _AT_ONCE)
        for kickoff in due:
            if kickoff.closed_at or kickoff.nudge.next_due_at is None:
                # The cadence stays, for when it goes on after all.
                kickoffs.save_nudge(connection, kickoff.id, replace(kickoff.nudge, next_due_at=None))
            else:
                _nudge(connection, app, kickoff, kickoff.nudge.next_due_at)
        return len(due)

    return await app.transact(claim)


def plan(app: App, kickoff: Kickoff) -> datetime | None:
    """When the owner of a kickoff is asked next."""
    return plan_for(app, kickoff.nudge, owners_hours(app, kickoff))


def plan_for(app: App, nudge: Nudge, hours: Hours) -> datetime | None:
    """When somebody is asked next; every second time is left out once they have not answered for so long."""
    now = app.clock()
    if nudge.cadence == NEVER:
        return None
    if nudge.snoozed_until:
        # It is owed until it has come, however late.
        owed = catch_up(nudge.snoozed_until, hours, max(nudge.snoozed_until, now))
        if owed and not (nudge.pause and is_away([nudge.pause], owed.astimezone(zone_named(hours.zone)).date())):
            return owed

    def next_after(moment: datetime) -> datetime | None:
        return next_nudge(nudge.cadence, hours, moment, nudge.pause, since=nudge.last_at or now)

    due = next_after(now)
    left_out = next_after(nudge.last_at) if nudge.last_at and nudge.unanswered > MOST_SILENT else None
    return next_after(left_out) if due and left_out and due <= left_out else due


def plan_anew(connection: Connection, app: App, kickoff: Kickoff) -> datetime | None:
    """Set the next nudge as what is known of the owner is now, and say so on the card; gives when it comes."""
    nudge = replace(kickoff.nudge, next_due_at=plan(app, kickoff))
    kickoffs.save_nudge(connection, kickoff.id, nudge)
    refresh(connection, replace(kickoff, nudge=nudge), app)
    return nudge.next_due_at


def _nudge(connection: Connection, app: App, kickoff: Kickoff, due: datetime) -> None:
    """Ask, unless the owner may not be asked now or owes nothing; and set the next time."""
    now = app.clock()
    asked_at = catch_up(due, owners_hours(app, kickoff), now)
    if asked_at != now:
        later = replace(kickoff.nudge, next_due_at=asked_at)
        kickoffs.save_nudge(connection, kickoff.id, later)
        refresh(connection, replace(kickoff, nudge=later), app)
        return
    ledger = decisions.of_kickoff(connection, kickoff.id)
    log = activities.of_kickoff(connection, kickoff.id)
    work, overdue = read_work(app, kickoff, log, ledger)
    since = kickoff.nudge.last_at
    has_logged = any(since is None or one.logged_at > since for one in log)
    has_answered = has_logged or any(isinstance(one, _ANSWERS) and since and one.at > since for one in ledger)
    unanswered = 0 if has_answered else kickoff.nudge.unanswered
    # Whoever has logged since the last nudge has said what there is to say.
    is_asked = bool(not has_logged or work.due or work.flat or overdue)
    nudge = kickoff.nudge.after(now, unanswered, is_asked=is_asked)
    nudge = replace(nudge, next_due_at=plan(app, replace(kickoff, nudge=nudge)))
    kickoffs.save_nudge(connection, kickoff.id, nudge)
    after = replace(kickoff, nudge=nudge)
    if is_asked:
        question = choose_question(work, hear(kickoff), today_in(app, nudge.zone))
        name = f"nudge:{kickoff.id}:{due.timestamp():.0f}"
        in_private = kickoff.place is Place.PRIVATE and not kickoff.is_orphaned
        _put(connection, app, Nudging(after, name, question, log, overdue, unanswered), in_private=in_private)
        if unanswered == MOST_SILENT:
            _tell_of_silence(connection, app, after)
    refresh(connection, after, app)


def read_work(
    app: App, kickoff: Kickoff, log: tuple[Logged, ...], ledger: tuple[Decision, ...]
) -> tuple[Work, tuple[DatedCheck, ...]]:
    """What is known of the work, and the checks that nobody has looked at in time."""
    today = today_in(app, kickoff.nudge.zone)
    # Most kickoffs have no day by which something is to be found out, and then nothing is worked out.
    is_dated = any(isinstance(line, UnknownChanged) and line.due for line in ledger)
    shown = [line.at for line in ledger if isinstance(line, ShownToBusiness) and line.seen]
    work = Work(
        entries=[one.entry for one in log],
        begun=day_in_log(kickoff, log[0]) if log else None,
        due=due_rows(read_register(kickoff, ledger, today), today) if is_dated else (),
        flat=_find_flat(kickoff, log, ledger, today),
        shown=max(shown).astimezone(zone_named(kickoff.nudge.zone)).date() if shown else None,
        asked=kickoff.nudge.asked,
    )
    return work, list_overdue(follow(ledger).checks, today)


def _find_flat(kickoff: Kickoff, log: tuple[Logged, ...], ledger: tuple[Decision, ...], today: date) -> Progress | None:
    """The progress, where the error stands still and nobody has said what happens meanwhile."""
    progress = progress_of(kickoff, log)
    if progress is None or progress.plateau is None or reason_for(progress, progress.plateau, ledger, today):
        return None
    return progress


def ask(connection: Connection, app: App, kickoff: Kickoff, name: str, *, in_private: bool) -> None:
    """Put a nudge into the outbox under its name: to the owner alone, or under the kickoff's card."""
    log = activities.of_kickoff(connection, kickoff.id)
    work, overdue = read_work(app, kickoff, log, decisions.of_kickoff(connection, kickoff.id))
    # It was counted already when it was first asked.
    work = replace(work, asked=max(work.asked - 1, 0))
    question = choose_question(work, hear(kickoff), today_in(app, kickoff.nudge.zone))
    _put(connection, app, Nudging(kickoff, name, question, log, overdue), in_private=in_private)


def _put(connection: Connection, app: App, nudging: Nudging, *, in_private: bool) -> None:
    kickoff, said = nudging.kickoff, draw_nudge(nudging, app.clock())
    message = (
        post(said, person=kickoff.owner, name=nudging.name)
        if in_private
        else post(said, channel=kickoff.channel, thread=card_name(kickoff.id), name=nudging.name)
    )
    outbox.put(connection, [message.parcel(kickoff.workspace, nudge_lane(kickoff.id))], app.clock())


def _tell_of_silence(connection: Connection, app: App, kickoff: Kickoff) -> None:
    """Whoever started the kickoff hears once that its owner does not answer; an owner who did reads it in a nudge."""
    if kickoff.starter == kickoff.owner or kickoff.starter_gone:
        return
    text = (
        f"{mention(kickoff.owner)} has not answered {MOST_SILENT} nudges about {name_project(kickoff)}, so I ask half "
        "as often. To have somebody else asked, press *People* on the kickoff's card."
    )
    told = post(words(text), person=kickoff.starter)
    outbox.put(connection, [told.parcel(kickoff.workspace, direct_lane(kickoff.starter))], app.clock())


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
    kickoffs.save_nudge(connection, after.id, replace(after.nudge, cadence=NEVER, next_due_at=None, snoozed_until=None))
    return (
        "Nobody is left whom I could ask how it is going, so nudges are off. "
        f"Whoever takes over can type for example {EXAMPLE}."
    )


def refuse_change(kickoff: Kickoff, person: str) -> str:
    """Why somebody may not change when progress is asked for, or nothing."""
    if not kickoff.may_change_nudges(person):
        return f"Only {owner_or_starter(kickoff)} can change these nudges."
    return CLOSED if kickoff.closed_at else ""


def set_rhythm(connection: Connection, app: App, kickoff: Kickoff, text: str, person: str) -> str:
    """Keep what was typed after `nudge`: a cadence, a pause or its end; and say what comes of it.

    Args:
        connection: A transaction that holds the kickoff's lock.
        app: The app.
        kickoff: Whose.
        text: What was typed.
        person: Who typed it.
    """
    refusal = refuse_change(kickoff, person)
    if refusal:
        return refusal
    today = today_in(app, kickoff.nudge.zone)
    nudge = change_rhythm(kickoff.nudge, text, today, EXAMPLE)
    if isinstance(nudge, str):
        return nudge
    due = plan_anew(connection, app, replace(kickoff, nudge=nudge))
    project = name_project(kickoff)
    if nudge.cadence == NEVER:
        return f"No more nudges for {project}. To start again, type for example {EXAMPLE}."
    following = f" The next one: {describe_moment(due, nudge.zone, app.clock())}." if due else ""
    rest = f" None come {describe_absence(nudge.pause, today)}." if nudge.pause else ""
    return f"{project}: nudges come {describe_cadence(nudge.cadence, nudge.zone)}.{rest}{following}"


def change_rhythm(nudge: Nudge, text: str, today: date, example: str) -> Nudge | str:
    """A rhythm after what was typed: a cadence, a pause or its end; or what to type instead, in mrkdwn."""
    verb, _, rest = " ".join(text.split()).partition(" ")
    match verb.casefold():
        case "pause" | "resume" if nudge.cadence == NEVER:
            return f"Nudges are off, so there is nothing to pause. To start again, type for example {example}."
        case "pause":
            return _pause(nudge, rest, today)
        case "resume":
            return replace(nudge, pause=None)
        case _:
            try:
                cadence = parse_cadence(text, today)
            except CadenceError as wrong:
                return quote(str(wrong), 500)
            return replace(nudge, cadence=cadence, unanswered=0, pause=None, snoozed_until=None)


def _pause(nudge: Nudge, text: str, today: date) -> Nudge | str:
    with suppress(AbsenceError):
        rest = read_absence(text, today)
        if rest is None or rest.last is not None:
            return replace(nudge, pause=rest)
    return "Say until when, for example `/ml-kickoff nudge pause until 4 January` or `nudge pause for two weeks`."
