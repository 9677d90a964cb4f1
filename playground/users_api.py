"""The users.* and dnd.* methods."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playground.arguments import Arguments
from playground.paging import page
from playground.person import Person
from playground.records import Json, Refused
from playground.wire import person_json, profile_json
from playground.workspace import Workspace

_NEVER = 1
"""What Slack gives for the times of someone who wants all notifications."""


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """``users.info``."""
    return {"user": person_json(workspace, _visible(workspace, arguments.text("user")))}


def list_all(workspace: Workspace, arguments: Arguments) -> Json:
    """``users.list``, by pages."""
    people = [person_json(workspace, person) for person in workspace.people.values() if not person.invisible]
    return page("members", people, arguments) | {"cache_ts": workspace.clock.seconds()}


def lookup_by_email(workspace: Workspace, arguments: Arguments) -> Json:
    """``users.lookupByEmail``; deactivated people are not found."""
    email = arguments.needed("email").lower()
    for person in workspace.people.values():
        if person.email.lower() == email and not person.deleted and not person.invisible:
            return {"user": person_json(workspace, person)}
    raise Refused("users_not_found")


def profile(workspace: Workspace, arguments: Arguments) -> Json:
    """``users.profile.get``, of the app itself without a user."""
    person = workspace.person(arguments.text("user") or workspace.app.user_id)
    return {"profile": profile_json(workspace, person)}


def set_profile(workspace: Workspace, arguments: Arguments) -> Json:  # noqa: ARG001  every method takes both
    """``users.profile.set``, which takes people's tokens only, never a bot's."""
    raise Refused("not_allowed_token_type", breach=True)


def do_not_disturb(workspace: Workspace, arguments: Arguments) -> Json:
    """``dnd.info``: when someone next wants to be left alone, or does now."""
    person = _visible(workspace, arguments.text("user") or workspace.app.user_id)
    start, end = _next_rest(person, workspace.clock.now())
    return {"dnd_enabled": person.rests is not None, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def _visible(workspace: Workspace, person_id: str) -> Person:
    person = workspace.person(person_id)
    if person.invisible:
        raise Refused("user_not_visible")
    return person


def _next_rest(person: Person, now: datetime) -> tuple[int, int]:
    if person.rests is None:
        return _NEVER, _NEVER
    zone = ZoneInfo(person.tz)
    begins, ends = person.rests
    today = now.astimezone(zone).date()
    for day in (today + timedelta(days=offset) for offset in (-1, 0, 1)):
        start = datetime.combine(day, begins, zone)
        end = datetime.combine(day if ends > begins else day + timedelta(days=1), ends, zone)
        if end > now:
            return int(start.timestamp()), int(end.timestamp())
    raise AssertionError("tomorrow's rest is never over today")
