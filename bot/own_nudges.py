"""Nudges of one's own: whoever takes part may be asked for progress on a rhythm of their own, in direct messages."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.app import App
from bot.availability import hours_of, today_in
from bot.effects import direct_lane, post
from bot.nudge_messages import OWN_EXAMPLE, Nudging, draw_nudge
from bot.nudges import change_rhythm, plan_for, read_work
from bot.projects import CLOSED, name_project
from bot.voting import zone_of
from flows.absence import describe_absence
from flows.cadence import NEVER, describe_cadence, describe_moment
from flows.kickoffs import Kickoff, Nudge
from flows.nudge_days import catch_up
from flows.nudge_questions import choose_question
from flows.scoring.heard import hear
from storage import activities, decisions, kickoffs, outbox, own_nudges

_AT_ONCE = 50
_NOT_YOURS = "Only those who take part in this kickoff can be asked for progress in it."


def set_own(connection: Connection, app: App, kickoff: Kickoff, text: str, person: str) -> str:
    """Keep the rhythm on which somebody wants to be asked, and say when that comes next.

    Args:
        connection: A transaction that holds the kickoff's lock.
        app: The app.
        kickoff: About what.
        text: What was typed after `nudge me`.
        person: Who typed it.
    """
    if not kickoff.takes_part(person):
        return _NOT_YOURS
    if kickoff.closed_at:
        return CLOSED
    zone = zone_of(kickoff, person)
    today = today_in(app, zone)
    before = own_nudges.find(connection, kickoff.id, person) or Nudge(NEVER, zone, None)
    nudge = change_rhythm(replace(before, zone=zone), text, today, OWN_EXAMPLE)
    if isinstance(nudge, str):
        return nudge
    if nudge.cadence == NEVER:
        own_nudges.save(connection, kickoff.id, person, None)
        return f"I ask you no more about {name_project(kickoff)}."
    nudge = replace(nudge, next_due_at=plan_for(app, nudge, hours_of(app, kickoff, person)))
    own_nudges.save(connection, kickoff.id, person, nudge)
    rhythm = describe_cadence(nudge.cadence, zone)
    rest = f" I ask nothing {describe_absence(nudge.pause, today)}." if nudge.pause else ""
    following = describe_moment(nudge.next_due_at, zone, app.clock()) if nudge.next_due_at else "never"
    return f"I ask you about {name_project(kickoff)} {rhythm}, in a direct message.{rest} The next time: {following}."


async def send_due_own_nudges(app: App) -> int:
    """Ask everybody whose own time has come, and set the next one, in one transaction; return how many there were."""

    def claim(connection: Connection) -> int:
        due = own_nudges.list_due(connection, app.clock(), _AT_ONCE)
        for kickoff_id, person in sorted(due):
            kickoff = kickoffs.load(connection, kickoff_id, lock=True)
            nudge = own_nudges.find(connection, kickoff_id, person)
            if nudge and nudge.next_due_at and nudge.next_due_at <= app.clock():
                _nudge(connection, app, kickoff, person, nudge, nudge.next_due_at)
        return len(due)

    return await app.transact(claim)


def _nudge(connection: Connection, app: App, kickoff: Kickoff, person: str, nudge: Nudge, due: datetime) -> None:
    if kickoff.closed_at or not kickoff.takes_part(person):
        own_nudges.save(connection, kickoff.id, person, None)
        return
    now, hours = app.clock(), hours_of(app, kickoff, person)
    # Whoever has moved is asked by the clock of where they are now.
    nudge = replace(nudge, zone=hours.zone)
    asked_at = catch_up(due, hours, now)
    if asked_at != now:
        own_nudges.save(connection, kickoff.id, person, replace(nudge, next_due_at=asked_at))
        return
    log, ledger = activities.of_kickoff(connection, kickoff.id), decisions.of_kickoff(connection, kickoff.id)
    work, _ = read_work(app, kickoff, log, ledger)
    # What others are to find out is asked of them, or of the owner.
    work = replace(work, due=tuple(row for row in work.due if row.owner == person), flat=None, asked=nudge.asked)
    since = nudge.last_at
    has_logged = any(one.person == person and (since is None or one.logged_at > since) for one in log)
    unanswered = 0 if has_logged else nudge.unanswered
    is_asked = not has_logged or bool(work.due)
    after = nudge.after(now, unanswered, is_asked=is_asked)
    after = replace(after, next_due_at=plan_for(app, after, hours))
    own_nudges.save(connection, kickoff.id, person, after)
    if is_asked:
        question = choose_question(work, hear(kickoff), today_in(app, after.zone))
        name = f"nudge:{kickoff.id}:{due.timestamp():.0f}:{person}"
        own = replace(kickoff, nudge=after)
        said = draw_nudge(Nudging(own, name, question, log, (), unanswered, person), now)
        message = post(said, person=person, name=name)
        outbox.put(connection, [message.parcel(kickoff.workspace, direct_lane(person))], now)
