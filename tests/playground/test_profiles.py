from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import Chapter, Playground, Refused
from tests.playground.apps import last_sent, recording
from tests.playground.conftest import HandedClock
from tests.playground.test_web_api import refused


async def test_finds_people_by_email() -> None:
    async with Playground(scopes=["users:read", "users:read.email"]) as slack:
        api = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
        priya = slack.workspace.add_person("Priya Patel", email="priya@example.com")
        found = (await api.users_lookupByEmail(email="Priya@example.com"))["user"]
        assert (found["id"], found["profile"]["email"]) == (priya.id, "priya@example.com")
        assert await refused(api.users_lookupByEmail(email="nobody@example.com")) == "users_not_found"
        slack.workspace.deactivate(priya)
        assert await refused(api.users_lookupByEmail(email="priya@example.com")) == "users_not_found"


async def test_keeps_emails_from_those_without_the_scope(chapter: Chapter, api: AsyncWebClient) -> None:
    assert await refused(api.users_lookupByEmail(email="priya@example.com")) == "missing_scope"


async def test_shows_a_status_until_it_runs_out(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, clock: HandedClock
) -> None:
    until = clock() + timedelta(hours=1)
    async with recording(slack):
        await chapter.priya.set_status("On holiday", ":palm_tree:", until)
        await slack.quiet()
    heard = last_sent(slack, "event user_change")["event"]["user"]["profile"]
    told = (await api.users_info(user=chapter.priya.id))["user"]["profile"]
    shown = (await api.users_profile_get(user=chapter.priya.id))["profile"]
    assert heard == told == shown
    status = (shown["status_text"], shown["status_emoji"], shown["status_expiration"])
    assert status == ("On holiday", ":palm_tree:", int(until.timestamp()))
    clock.forward(hours=1)
    later = (await api.users_profile_get(user=chapter.priya.id))["profile"]
    assert (later["status_text"], later["status_emoji"], later["status_expiration"]) == ("", "", 0)


async def test_tells_of_a_status_when_it_is_set_and_when_it_runs_out(
    slack: Playground, chapter: Chapter, clock: HandedClock
) -> None:
    async with recording(slack):
        await chapter.priya.set_status("On holiday", ":palm_tree:", clock() + timedelta(days=7))
        await slack.quiet()
        clock.forward(days=7)
        slack.workspace.do_due()
        await slack.quiet()
        slack.workspace.change(chapter.priya, title="Director")
        await slack.quiet()
    told = {kind: events(slack, kind) for kind in ("user_change", "user_status_changed")}
    statuses = [event["user"]["profile"]["status_emoji"] for event in told["user_status_changed"]]
    assert statuses == [":palm_tree:", ""]
    assert [{**event, "type": "user_status_changed"} for event in told["user_change"][:2]] == told[
        "user_status_changed"
    ]
    assert told["user_change"][2]["user"]["profile"]["title"] == "Director"
    assert chapter.priya.status_expires is None
    assert not chapter.priya.has_status


def events(slack: Playground, kind: str) -> list[dict[str, Any]]:
    return [one.sent["event"] for one in slack.workspace.traffic if one.name == f"event {kind}"]


async def test_a_status_change_is_told_only_to_those_who_subscribed() -> None:
    async with Playground(bot_events=["user_change"], scopes=["users:read"]) as slack:
        person = slack.workspace.add_person("Ada")
        async with recording(slack):
            await person.set_status("Lunch")
            await slack.quiet()
        assert (len(events(slack, "user_change")), events(slack, "user_status_changed")) == (1, [])


async def test_clears_a_status_as_a_whole(chapter: Chapter, api: AsyncWebClient) -> None:
    await chapter.priya.set_status("Lunch")
    assert (await api.users_profile_get(user=chapter.priya.id))["profile"]["status_emoji"] == ":speech_balloon:"
    await chapter.priya.set_status("")
    assert (await api.users_profile_get(user=chapter.priya.id))["profile"]["status_emoji"] == ""
    with pytest.raises(Refused, match="too_long"):
        await chapter.priya.set_status("x" * 101)


async def test_changes_no_profile_with_a_bots_token(api: AsyncWebClient) -> None:
    assert await refused(api.users_profile_set(name="status_text", value="x")) == "not_allowed_token_type"
    assert (await api.users_profile_get())["profile"]["real_name"] == "ML Kickoff"
    assert await refused(api.users_profile_get(user="U404")) == "user_not_found"


RESTS = [
    # Priya is in Berlin; the clock stands at 09:00 UTC, 10:00 there, on a Monday in winter.
    ((time(22), time(8)), datetime(2026, 3, 2, 21, tzinfo=UTC), datetime(2026, 3, 3, 7, tzinfo=UTC)),
    ((time(22), time(11)), datetime(2026, 3, 1, 21, tzinfo=UTC), datetime(2026, 3, 2, 10, tzinfo=UTC)),
    ((time(9), time(12)), datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 11, tzinfo=UTC)),
    ((time(9), time(10)), datetime(2026, 3, 3, 8, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)),
]


@pytest.mark.parametrize(("rests", "start", "end"), RESTS)
async def test_tells_when_someone_rests(
    slack: Playground,
    chapter: Chapter,
    api: AsyncWebClient,
    rests: tuple[time, time],
    start: datetime,
    end: datetime,
) -> None:
    slack.workspace.change(chapter.priya, rests=rests)
    told = await api.dnd_info(user=chapter.priya.id)
    assert told["dnd_enabled"] is True
    assert (told["next_dnd_start_ts"], told["next_dnd_end_ts"]) == (start.timestamp(), end.timestamp())


async def test_tells_who_never_rests(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    told = await api.dnd_info(user=chapter.victor.id)
    assert (told["dnd_enabled"], told["next_dnd_start_ts"], told["next_dnd_end_ts"]) == (False, 1, 1)
    slack.workspace.change(chapter.victor, invisible=True)
    assert await refused(api.dnd_info(user=chapter.victor.id)) == "user_not_visible"
