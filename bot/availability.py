"""When a person may be written to: their zone, the quiet hours, and when they are away."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.app import App
from flows.absence import Absence
from flows.away_status import status_absence
from flows.kickoffs import Kickoff, Participant, Standing
from flows.reminders import Hours, Planned, Silence, next_step
from flows.working_days import zone_named


def read_status(user: dict[str, Any], now: datetime) -> Absence | None:
    """When the person is away, as their profile says (Slack's `users.info`)."""
    profile = user.get("profile", {})
    expires = float(profile.get("status_expiration") or 0)
    ends = datetime.fromtimestamp(expires, tz=now.tzinfo) if expires else None
    zone = str(user.get("tz") or "UTC")
    return status_absence(profile.get("status_emoji") or "", profile.get("status_text") or "", ends, now, zone)


def plan(
    app: App, kickoff: Kickoff, participant: Participant, now: datetime, status: Absence | None = None
) -> Planned | None:
    """What comes next for somebody who has not finished: a reminder, or word to the owner; `status` is Slack's."""
    silence = participant.silence or Silence(now)
    person = _hours(app, participant, participant.zone, status)
    owner = _hours(app, kickoff.find(kickoff.owner), kickoff.nudge.zone)
    return next_step(silence, person, owner, kickoff.answers_due, now)


def today_in(app: App, zone: str) -> date:
    """The date in a zone; an unknown one, or none, is taken as UTC."""
    return app.clock().astimezone(zone_named(zone or "UTC")).date()


def owners_hours(app: App, kickoff: Kickoff) -> Hours:
    """When the owner of a kickoff may be asked for progress."""
    return replace(hours_of(app, kickoff, kickoff.owner), zone=kickoff.nudge.zone or "UTC")


def hours_of(app: App, kickoff: Kickoff, person: str) -> Hours:
    """When somebody who takes part may be asked for progress; where their zone is not known, by the owner's."""
    known = kickoff.find(person)
    hours = _hours(app, known, known.zone if known and known.zone else kickoff.nudge.zone)
    away = kickoff.starter_away if known is None and person == kickoff.starter else None
    return replace(hours, away=(*hours.away, away)) if away else hours


def await_answers(app: App, kickoff: Kickoff, participant: Participant) -> Participant:
    """The stakeholder as one who did something just now, and whose answers are waited for."""
    waiting = replace(participant, standing=Standing.OPEN, silence=Silence(app.clock()))
    return replace(waiting, remind_at=look_again_at(app, kickoff, waiting))


def look_again_at(app: App, kickoff: Kickoff, participant: Participant) -> datetime | None:
    """When an unfinished interview's person is to be reminded next, or the owner told."""
    planned = plan(app, kickoff, participant, app.clock())
    return planned.at if planned else None


def _hours(app: App, known: Participant | None, zone: str, status: Absence | None = None) -> Hours:
    away = [one for one in (known.away if known else None, status) if one]
    return Hours(zone or "UTC", app.settings.quiet_hours, tuple(away))
