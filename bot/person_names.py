"""What people are called, for files, which cannot mention them."""

from collections.abc import Iterable, Mapping

from bot.app import App
from bot.slack_api import CallFailed


async def name_all(app: App, people: Iterable[str]) -> Mapping[str, str]:
    """The names of people as Slack tells them now, by their ids; where it does not, the id."""
    return {person: await _name(app, person) for person in sorted(set(people))}


async def _name(app: App, person: str) -> str:
    try:
        user = (await app.slack.call("users.info", user=person))["user"]
    except CallFailed:
        return person
    profile = user.get("profile", {})
    return str(profile.get("real_name") or user.get("real_name") or person)
