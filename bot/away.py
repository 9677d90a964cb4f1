"""Being away: no reminders come on those days, and what was planned for them is planned anew."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.app import App
from bot.availability import look_again_at
from bot.blocks import quote
from bot.deliveries import Command
from bot.nudges import plan_anew
from bot.slack_api import CallFailed
from flows.absence import Absence, AbsenceError, describe_absence, read_absence
from flows.kickoffs import Kickoff, Standing
from flows.working_days import add_working_days, describe_day, zone_named
from storage import kickoffs, people

_SECONDS = 1.5


async def answer(app: App, command: Command, text: str) -> str:
    """Keep when somebody is away, and say what follows from it."""
    zone = await _find_zone(app, command)
    today = app.clock().astimezone(zone_named(zone or "UTC")).date()
    try:
        absence = read_absence(text, today)
    except AbsenceError as wrong:
        return quote(str(wrong), 500)
    await app.transact(lambda connection: _keep(connection, app, command, zone, absence))
    return _say(absence, today)


async def _find_zone(app: App, command: Command) -> str:
    """The person's zone, asked for where it is not known; empty where Slack does not tell in time."""
    known = await app.database.transact(
        lambda connection: people.zone_of(connection, command.workspace, command.person)
    )
    if known:
        return known
    try:
        user = (await app.slack.call("users.info", within=_SECONDS, user=command.person))["user"]
    except CallFailed:
        return ""
    return str(user.get("tz") or "")


def _keep(connection: Connection, app: App, command: Command, zone: str, absence: Absence | None) -> None:
    workspace, person = command.workspace, command.person
    first, last = (absence.first, absence.last) if absence else (None, None)
    if zone:
        people.save_zone(connection, workspace, person, zone)
    people.save_absence(connection, workspace, person, first, last)
    theirs = [one.id for one in reversed(kickoffs.of_person(connection, workspace, person))]
    for kickoff_id in theirs:
        _plan_anew(connection, app, kickoffs.load(connection, kickoff_id, lock=True), person)


def _plan_anew(connection: Connection, app: App, kickoff: Kickoff, person: str) -> None:
    """Plan a person's reminders and nudges; an owner is told of everybody's silence, so those of all hang on them."""
    for one in kickoff.participants:
        if one.standing is Standing.OPEN and person in {one.person, kickoff.owner}:
            planned = replace(one, remind_at=look_again_at(app, kickoff, one))
            kickoffs.save_participant(connection, one, planned, app.clock())
    if person == kickoff.owner and kickoff.nudge.next_due_at and not kickoff.closed_at:
        plan_anew(connection, app, kickoff)


def _say(absence: Absence | None, today: date) -> str:
    if absence is None:
        return "You are here. Reminders and nudges come as usual."
    back = describe_day(add_working_days(absence.last or absence.first, 1), today)
    during = "in that time" if absence.first > today else "until then"
    return (
        f"You are away {describe_absence(absence, today)}. I send no reminders and no nudges {during}; the next can "
        f"come on {back}. If you are back earlier, type `/ml-kickoff back`."
    )
