import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import Chapter, Playground
from tests.playground.apps import recording
from tests.playground.test_web_api import refused


async def test_creates_a_channel_and_asks_people_in(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    async with recording(slack) as app:
        made = (await api.conversations_create(name="project-churn-radar"))["channel"]
        await api.conversations_invite(channel=made["id"], users=[chapter.priya.id, chapter.victor.id])
        await slack.quiet()
    channel, bot = slack.workspace.channels[made["id"]], slack.workspace.app.user_id
    assert (made["creator"], made["is_member"], made["is_private"]) == (bot, True, False)
    assert channel.members == [bot, chapter.priya.id, chapter.victor.id]
    told = [json.loads(heard.body)["event"] for heard in app.heard]
    created = next(event for event in told if event["type"] == "channel_created")
    assert created["channel"]["name"] == "project-churn-radar"
    joined = [event for event in told if event["type"] == "member_joined_channel"]
    assert [(event["user"], event.get("inviter")) for event in joined] == [
        (bot, None),
        (chapter.priya.id, bot),
        (chapter.victor.id, bot),
    ]


async def test_creates_private_channels_unheard(slack: Playground, api: AsyncWebClient) -> None:
    async with recording(slack) as app:
        made = (await api.conversations_create(name="secret", is_private=True))["channel"]
        await slack.quiet()
    assert made["is_private"]
    assert "channel_created" not in [json.loads(heard.body)["event"]["type"] for heard in app.heard]


NAMES = [
    ("", "invalid_name_required"),
    ("x" * 81, "invalid_name_maxlength"),
    ("Churn", "invalid_name_specials"),
    ("churn radar", "invalid_name_specials"),
    ("churn!", "invalid_name_specials"),
    ("--", "invalid_name_punctuation"),
    ("streaming-platform", "name_taken"),
]


@pytest.mark.parametrize(("name", "error"), NAMES)
async def test_refuses_names(chapter: Chapter, api: AsyncWebClient, name: str, error: str) -> None:
    assert await refused(api.conversations_create(name=name)) == error
    assert await refused(api.conversations_rename(channel=chapter.channel.id, name=name)) == error


@pytest.mark.parametrize("name", ["x" * 80, "überblick", "a_b-2", "計画"])
async def test_takes_names(slack: Playground, api: AsyncWebClient, name: str) -> None:
    made = (await api.conversations_create(name=name))["channel"]
    assert slack.workspace.channels[made["id"]].name == name


async def test_invites_all_or_nobody_unless_forced(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    channel = slack.workspace.add_channel("team")
    users = [chapter.priya.id, "U404"]
    with pytest.raises(SlackApiError) as raised:
        await api.conversations_invite(channel=channel.id, users=users)
    assert raised.value.response["error"] == "user_not_found"
    assert raised.value.response["errors"] == [{"user": "U404", "ok": False, "error": "user_not_found"}]
    assert chapter.priya.id not in channel.members
    forced = await api.conversations_invite(channel=channel.id, users=users, force=True)
    assert [error["user"] for error in forced["errors"]] == ["U404"]
    assert chapter.priya.id in channel.members


async def test_says_why_someone_cannot_come(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    slack.workspace.deactivate(chapter.fiona)
    guest = slack.workspace.add_person("Gus Guest", is_ultra_restricted=True)
    slack.workspace.add_channel("his-only-one", [guest])
    expected = {
        chapter.priya.id: "already_in_channel",
        chapter.fiona.id: "user_not_found",
        guest.id: "ura_max_channels",
        slack.workspace.app.user_id: "cant_invite_self",
        "": "no_user",
        ",".join(["U1"] * 101): "invalid_arguments",
    }
    for users, error in expected.items():
        asked = api.conversations_invite(channel=chapter.channel.id, users=users)
        assert await refused(asked) == error


async def test_removes_and_leaves(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    where, outsider = chapter.channel.id, slack.workspace.add_person("Otto Outside")
    await api.conversations_kick(channel=where, user=chapter.victor.id)
    assert chapter.victor.id not in chapter.channel.members
    assert await refused(api.conversations_kick(channel=where, user=outsider.id)) == "not_in_channel"
    assert await refused(api.conversations_kick(channel=where, user=slack.workspace.app.user_id)) == "cant_kick_self"
    assert await refused(api.conversations_kick(channel=where, user="U404")) == "user_not_found"
    await api.conversations_leave(channel=where)
    assert not slack.workspace.is_member(chapter.channel)
    assert await refused(api.conversations_kick(channel=where, user=chapter.priya.id)) == "not_in_channel"
    with pytest.raises(SlackApiError) as raised:
        await api.conversations_leave(channel=where)
    assert raised.value.response.data == {"ok": False, "not_in_channel": True}
    alone = (await api.conversations_create(name="alone"))["channel"]["id"]
    assert await refused(api.conversations_leave(channel=alone)) == "last_member"


async def test_sets_topic_purpose_and_name(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    where = chapter.channel.id
    async with recording(slack) as app:
        shown = (await api.conversations_setTopic(channel=where, topic="Less churn"))["channel"]
        await api.conversations_setPurpose(channel=where, purpose="Agree on the goal")
        await api.conversations_rename(channel=where, name="churn")
        await slack.quiet()
    assert shown["topic"] == {
        "value": "Less churn",
        "creator": slack.workspace.app.user_id,
        "last_set": slack.workspace.clock.seconds(),
    }
    info = (await api.conversations_info(channel=where))["channel"]
    assert (info["purpose"]["value"], info["name"]) == ("Agree on the goal", "churn")
    told = [json.loads(heard.body)["event"] for heard in app.heard]
    assert [event.get("subtype", event["type"]) for event in told] == [
        *("channel_topic", "channel_purpose", "channel_rename", "channel_name"),
    ]
    assert await refused(api.conversations_setTopic(channel=where, topic="x" * 251)) == "too_long"
    assert await refused(api.conversations_setPurpose(channel=where, purpose="x" * 251)) == "too_long"
    assert (await api.conversations_setTopic(channel=where, topic="x" * 250))["ok"]


async def test_archives_but_brings_nothing_back(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    where = chapter.channel.id
    assert await refused(api.conversations_unarchive(channel=where)) == "not_archived"
    await api.conversations_archive(channel=where)
    assert chapter.channel.archived
    assert await refused(api.conversations_archive(channel=where)) == "already_archived"
    assert await refused(api.conversations_unarchive(channel=where)) == "not_in_channel"
    for asked in (
        api.conversations_invite(channel=where, users=chapter.priya.id),
        api.conversations_setTopic(channel=where, topic="x"),
        api.conversations_rename(channel=where, name="x"),
        api.conversations_leave(channel=where),
    ):
        assert await refused(asked) == "is_archived"


MANAGING: list[Callable[[AsyncWebClient, str], Awaitable[Any]]] = [
    lambda api, where: api.conversations_invite(channel=where, users="U1"),
    lambda api, where: api.conversations_kick(channel=where, user="U1"),
    lambda api, where: api.conversations_archive(channel=where),
    lambda api, where: api.conversations_setTopic(channel=where, topic="x"),
    lambda api, where: api.conversations_setPurpose(channel=where, purpose="x"),
    lambda api, where: api.conversations_rename(channel=where, name="x"),
]


@pytest.mark.parametrize("manage", MANAGING)
async def test_manages_only_the_channels_the_app_is_in(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, manage: Callable[[AsyncWebClient, str], Awaitable[Any]]
) -> None:
    elsewhere = slack.workspace.add_channel("elsewhere", [chapter.priya], app_is_member=False)
    assert await refused(manage(api, elsewhere.id)) == "not_in_channel"
    assert await refused(manage(api, "C404")) == "channel_not_found"
    assert await refused(manage(api, chapter.priya.dm.id)) == "method_not_supported_for_channel_type"


async def test_needs_the_scope_for_the_kind_of_channel() -> None:
    async with Playground(scopes=["channels:write.topic", "groups:write.invites"]) as slack:
        api = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
        public, private = slack.workspace.add_channel("public"), slack.workspace.add_channel("private", private=True)
        person = slack.workspace.add_person("Priya Patel")
        assert (await api.conversations_setTopic(channel=public.id, topic="x"))["ok"]
        assert (await api.conversations_invite(channel=private.id, users=person.id))["ok"]
        for asked, needed in (
            (api.conversations_setTopic(channel=private.id, topic="x"), "groups:write"),
            (api.conversations_invite(channel=public.id, users=person.id), "channels:manage"),
            (api.conversations_create(name="x"), "channels:manage"),
            (api.conversations_create(name="x", is_private=True), "groups:write"),
        ):
            with pytest.raises(SlackApiError) as raised:
                await asked
            assert raised.value.response["needed"] == needed
