"""When a person may be written to: their zone, the quiet hours, and when they are away."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.app import App
from flows.absence import Absence
from flows.away_status import status_absence
from flows.kickoffs import Kickoff, Participant
from flows.reminders import Hours, Silence, next_step
from flows.working_days import zone_named
from storage import people
from storage.people import Person


def hours_of(app: App, person: Person, status: Absence | None = None) -> Hours:
    """When somebody may be written to, as far as they and their Slack status say."""
    typed = (Absence(person.away_from, person.away_until),) if person.away_from else ()
    return Hours(person.zone or "UTC", app.settings.quiet_hours, (*typed, *((status,) if status else ())))


def read_status(user: dict[str, Any], now: datetime) -> Absence | None:
    """When the person is away, as their profile says (Slack's `users.info`)."""
    profile = user.get("profile", {})
    expires = float(profile.get("status_expiration") or 0)
    ends = datetime.fromtimestamp(expires, tz=now.tzinfo) if expires else None
    zone = str(user.get("tz") or "UTC")
    return status_absence(profile.get("status_emoji") or "", profile.get("status_text") or "", ends, now, zone)


def today_for(connection: Connection, app: App, workspace: str, person: str) -> date:
    """The date where a person is; in UTC as long as their zone is not known."""
    return app.clock().astimezone(zone_named(people.zone_of(connection, workspace, person) or "UTC")).date()


def look_again_at(connection: Connection, app: App, kickoff: Kickoff, participant: Participant) -> datetime | None:
    """When an unfinished interview's person is to be reminded next, or the owner told."""
    silence = participant.silence or Silence(app.clock())
    person = hours_of(app, people.find(connection, kickoff.workspace, participant.person))
    owner = hours_of(app, people.find(connection, kickoff.workspace, kickoff.owner))
    planned = next_step(silence, person, owner, kickoff.answers_due, app.clock())
    return planned.at if planned else None
