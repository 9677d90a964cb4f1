import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import ApiError, Chapter, Dropped, Playground, RateLimited, ServerError, Slow
from playground.methods import METHODS
from playground.rates import Rates
from tests.playground.apps import plain
from tests.playground.conftest import HandedClock


def error_of(raised: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(raised.value.response["error"])


async def refused(call: object) -> str:
    with pytest.raises(SlackApiError) as raised:
        await call  # type: ignore[misc]
    return error_of(raised)


async def test_tells_who_the_app_is(slack: Playground, api: AsyncWebClient) -> None:
    told = await api.auth_test()
    assert told["user_id"] == slack.workspace.app.user_id
    assert told["bot_id"] == slack.workspace.app.bot_id


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-stolen", "invalid_auth")])
async def test_asks_for_the_token(slack: Playground, token: str, error: str) -> None:
    stranger = AsyncWebClient(token=token, base_url=slack.api_url)
    assert await refused(stranger.auth_test()) == error


async def test_keeps_the_two_kinds_of_token_apart(slack: Playground, api: AsyncWebClient) -> None:
    app = slack.workspace.app
    assert await refused(api.apps_connections_open(app_token=app.bot_token)) == "not_allowed_token_type"
    by_app_token = AsyncWebClient(token=app.app_token, base_url=slack.api_url)
    assert await refused(by_app_token.auth_test()) == "not_allowed_token_type"
    assert (await api.apps_connections_open(app_token=app.app_token))["url"].startswith("ws://127.0.0.1:")


async def test_does_not_know_every_method(slack: Playground, api: AsyncWebClient) -> None:
    assert await refused(api.api_call("chat.shout")) == "unknown_method"
    assert slack.workspace.breaches[-1].method == "chat.shout"


async def test_says_which_scope_is_missing() -> None:
    async with Playground(scopes=["chat:write", "channels:read"]) as slack:
        api = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
        priya = slack.workspace.add_person("Priya Patel")
        secret = slack.workspace.add_channel("secret", [priya], private=True)
        with pytest.raises(SlackApiError) as raised:
            await api.users_info(user=priya.id)
        answer = raised.value.response
        assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
        assert answer["provided"] == "channels:read,chat:write"
        with pytest.raises(SlackApiError) as raised:
            await api.conversations_info(channel=secret.id)
        assert raised.value.response["needed"] == "groups:read"


async def test_describes_people_with_the_offset_of_the_day(
    chapter: Chapter, api: AsyncWebClient, clock: HandedClock
) -> None:
    winter = (await api.users_info(user=chapter.priya.id))["user"]
    assert (winter["tz"], winter["tz_label"], winter["tz_offset"]) == ("Europe/Berlin", "CET", 3600)
    clock.forward(days=120)
    assert (await api.users_info(user=chapter.priya.id))["user"]["tz_offset"] == 7200
    assert await refused(api.users_info(user="U404")) == "user_not_found"


async def test_hands_out_members_by_pages(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    first = await api.conversations_members(channel=chapter.channel.id, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    second = await api.conversations_members(channel=chapter.channel.id, limit=3, cursor=cursor)
    assert [*first["members"], *second["members"]] == chapter.channel.members
    assert second["response_metadata"]["next_cursor"] == ""
    assert await refused(api.conversations_members(channel=chapter.channel.id, cursor="?")) == "invalid_cursor"


async def test_knows_only_the_private_channels_the_app_is_in(slack: Playground, api: AsyncWebClient) -> None:
    priya = slack.workspace.add_person("Priya Patel")
    hidden = slack.workspace.add_channel("hidden", [priya], app_is_member=False, private=True)
    public = slack.workspace.add_channel("public", [priya], app_is_member=False)
    assert await refused(api.conversations_info(channel=hidden.id)) == "channel_not_found"
    assert await refused(api.chat_postMessage(channel=hidden.id, text="Hi")) == "channel_not_found"
    assert (await api.conversations_info(channel=public.id))["channel"]["is_member"] is False
    assert await refused(api.chat_postMessage(channel=public.id, text="Hi")) == "not_in_channel"
    assert await refused(api.conversations_history(channel=public.id)) == "not_in_channel"
    listed = (await api.conversations_list(types="public_channel,private_channel"))["channels"]
    assert [channel["name"] for channel in listed] == ["public"]
    assert (await api.conversations_join(channel=public.id))["channel"]["is_member"] is True
    assert (await api.users_conversations())["channels"][0]["id"] == public.id
    assert (await api.chat_postMessage(channel=public.id, text="Hi"))["ok"]


async def test_posts_nothing_into_an_archived_channel(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    slack.workspace.archive(chapter.channel)
    assert await refused(api.chat_postMessage(channel=chapter.channel.id, text="Hi")) == "is_archived"
    slack.workspace.unarchive(chapter.channel)
    assert (await api.chat_postMessage(channel=chapter.channel.id, text="Hi"))["ok"]


async def test_opens_direct_messages(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    opened = (await api.conversations_open(users=chapter.priya.id))["channel"]["id"]
    assert opened == chapter.priya.dm.id
    assert (await api.conversations_open(users=chapter.priya.id))["already_open"]
    assert (await api.chat_postMessage(channel=chapter.victor.id, text="Hi"))["channel"] == chapter.victor.dm.id
    slack.workspace.deactivate(chapter.fiona)
    assert chapter.fiona.id not in chapter.channel.members
    assert await refused(api.conversations_open(users=chapter.fiona.id)) == "user_disabled"
    assert await refused(api.conversations_open(users="U404")) == "user_not_found"
    assert await refused(api.conversations_open(users=slack.workspace.app.user_id)) == "cannot_dm_bot"
    slack.workspace.change(chapter.victor, invisible=True)
    assert await refused(api.conversations_open(users=chapter.victor.id)) == "user_not_visible"


async def test_reads_back_a_thread_with_its_metadata(chapter: Chapter, api: AsyncWebClient) -> None:
    where = chapter.channel.id
    metadata = {"event_type": "outbox", "event_payload": {"id": 7}}
    parent = await api.chat_postMessage(channel=where, text="Kickoff", metadata=metadata)
    for number in range(3):
        await api.chat_postMessage(channel=where, text=f"Reply {number}", thread_ts=parent["ts"])
    await api.chat_postMessage(channel=where, text="Later")
    thread = await api.conversations_replies(channel=where, ts=parent["ts"], include_all_metadata=True, limit=3)
    assert [message["text"] for message in thread["messages"]] == ["Kickoff", "Reply 0", "Reply 1"]
    assert thread["messages"][0]["metadata"] == metadata
    assert thread["messages"][0]["reply_count"] == 3
    assert thread["has_more"]
    bare = await api.conversations_history(channel=where)
    assert [message["text"] for message in bare["messages"]] == ["Later", "Kickoff"]
    assert "metadata" not in bare["messages"][1]
    since = await api.conversations_history(channel=where, oldest=parent["ts"], inclusive=True, limit=1)
    assert since["messages"][0]["text"] == "Later"
    assert await refused(api.conversations_replies(channel=where, ts="1.000000")) == "thread_not_found"


async def test_takes_a_reply_to_a_missing_thread_and_shows_it_nowhere(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    lost = await api.chat_postMessage(channel=chapter.channel.id, text="Lost", thread_ts="1234567890.000001")
    assert lost["ok"]
    assert (await api.conversations_history(channel=chapter.channel.id))["messages"] == []
    assert slack.workspace.breaches[-1].error == "thread_missing"
    nonsense = api.chat_postMessage(channel=chapter.channel.id, text="x", thread_ts="yesterday")
    assert await refused(nonsense) == "invalid_thread_ts"


async def test_edits_and_deletes_only_what_the_app_wrote(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    where = chapter.channel.id
    section = {"type": "section", "text": plain("In blocks")}
    mine = await api.chat_postMessage(channel=where, text="First", blocks=[section])
    hers = await chapter.priya.say(chapter.channel, "Mine")
    await api.chat_update(channel=where, ts=mine["ts"], text="Second")
    assert slack.workspace.message(where, mine["ts"]).words() == "Second\nIn blocks"
    await api.chat_update(channel=where, ts=mine["ts"], text="Second", blocks=[])
    assert slack.workspace.message(where, mine["ts"]).words() == "Second"
    assert await refused(api.api_call("chat.update", json={"channel": where, "ts": mine["ts"]})) == "no_text"
    assert await refused(api.chat_update(channel=where, ts=hers.ts, text="x")) == "cant_update_message"
    assert await refused(api.chat_update(channel=where, ts="1.000000", text="x")) == "message_not_found"
    assert await refused(api.chat_update(channel=where, ts=mine["ts"], text="x" * 4001)) == "msg_too_long"
    await api.chat_postMessage(channel=where, text="Reply", thread_ts=mine["ts"])
    await api.chat_delete(channel=where, ts=mine["ts"])
    assert slack.workspace.message(where, mine["ts"]).deleted
    assert await refused(api.chat_delete(channel=where, ts=hers.ts)) == "cant_delete_message"


async def test_whispers_to_members_only(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    outsider = slack.workspace.add_person("Otto Outside")
    whisper = await api.chat_postEphemeral(channel=chapter.channel.id, user=chapter.priya.id, text="Psst")
    assert (await chapter.priya.sees("Psst")).only_for == chapter.priya.id
    assert "Psst" not in [message.text for message in slack.workspace.visible_to(chapter.victor)]
    assert slack.workspace.messages(chapter.channel) == []
    update = api.chat_update(channel=chapter.channel.id, ts=whisper["message_ts"], text="x")
    assert await refused(update) == "message_not_found"
    outside = api.chat_postEphemeral(channel=chapter.channel.id, user=outsider.id, text="Psst")
    assert await refused(outside) == "user_not_in_channel"


async def test_cuts_texts_above_40000_characters_and_notes_it(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    posted = await api.chat_postMessage(channel=chapter.channel.id, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    assert [breach.error for breach in slack.workspace.breaches] == ["text_truncated"]


async def test_reacts_once_and_links(chapter: Chapter, api: AsyncWebClient) -> None:
    message = await chapter.priya.say(chapter.channel, "Done")
    await api.reactions_add(channel=chapter.channel.id, timestamp=message.ts, name="eyes")
    again = api.reactions_add(channel=chapter.channel.id, timestamp=message.ts, name="eyes")
    assert await refused(again) == "already_reacted"
    link = await api.chat_getPermalink(channel=chapter.channel.id, message_ts=message.ts)
    assert link["permalink"].endswith(f"/archives/{chapter.channel.id}/p{message.ts.replace('.', '')}")


async def test_validates_blocks_without_posting(api: AsyncWebClient) -> None:
    assert (await api.api_call("blocks.validate", json={"blocks": [{"type": "divider"}]}))["ok"]
    assert await refused(api.api_call("blocks.validate", json={"blocks": [{"type": "line"}]})) == "invalid_blocks"
    assert await refused(api.api_call("blocks.validate", json={"message": {}})) == "invalid_message"
    assert await refused(api.api_call("blocks.validate", json={})) == "invalid_arguments"


async def test_goes_wrong_as_scripted(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    where = chapter.channel.id
    slack.faults.add("chat.postMessage", RateLimited(retry_after=7), times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as raised:
            await api.chat_postMessage(channel=where, text="Hi")
        assert raised.value.response.status_code == 429
        assert raised.value.response.headers["Retry-After"] == "7"
    assert (await api.chat_postMessage(channel=where, text="Hi"))["ok"]
    slack.faults.add("users.info", ServerError(503), times=None)
    with pytest.raises(SlackApiError) as raised:
        await api.users_info(user=chapter.priya.id)
    assert raised.value.response.status_code == 503
    slack.faults.clear()
    slack.faults.add("users.info", ApiError("fatal_error"), when=lambda call: call["user"] == chapter.victor.id)
    assert (await api.users_info(user=chapter.priya.id))["ok"]
    assert await refused(api.users_info(user=chapter.victor.id)) == "fatal_error"
    slack.faults.add("*", Slow(0.2))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await api.auth_test()


@pytest.mark.parametrize(("fault", "messages"), [(Dropped(after_effect=True), ["Hi"]), (Dropped(), [])])
async def test_drops_connections_before_or_after_the_effect(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, fault: Dropped, messages: list[str]
) -> None:
    slack.faults.add("chat.postMessage", fault)
    with pytest.raises(aiohttp.ClientError):
        await api.chat_postMessage(channel=chapter.channel.id, text="Hi")
    assert [message.text for message in slack.workspace.messages(chapter.channel)] == messages


async def test_limits_the_rate_of_posts_by_channel(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    slack.rates.on = True
    for _ in range(5):
        await api.chat_postMessage(channel=chapter.channel.id, text="Hi")
    assert await refused(api.chat_postMessage(channel=chapter.channel.id, text="Hi")) == "ratelimited"
    assert (await api.chat_postMessage(channel=chapter.priya.dm.id, text="Hi"))["ok"]


async def test_counts_other_methods_by_the_minute(slack: Playground, api: AsyncWebClient) -> None:
    slack.rates.on = True
    for _ in range(20):
        await api.users_list()
    assert await refused(api.users_list()) == "ratelimited"


SPECIAL = {"auth.test", "blocks.validate", "chat.getPermalink", "oauth.v2.access", "users.profile.set"}


@pytest.mark.parametrize("method", sorted(METHODS.keys() - SPECIAL))
def test_limits_the_rate_of_every_method(method: str) -> None:
    rates = Rates(clock=lambda: 0.0)
    rates.on = True
    assert rates.wait_for(method, "C1") == 0
    assert any(rates.wait_for(method, "C1") for _ in range(100))


async def test_writes_down_the_traffic_without_tokens(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    await api.api_call("users.info", params={"user": chapter.priya.id})
    (call,) = slack.workspace.traffic
    assert (call.direction, call.name, call.status, call.sent) == (
        "call",
        "users.info",
        200,
        {"user": chapter.priya.id},
    )
    assert call.seconds >= 0


async def test_refuses_broken_json(slack: Playground, api: AsyncWebClient, chapter: Chapter) -> None:
    headers = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}chat.postMessage", data="{", headers=headers) as response,
    ):
        assert await response.json() == {"ok": False, "error": "invalid_json"}
    broken = api.api_call("chat.postMessage", params={"channel": chapter.channel.id, "text": "x", "blocks": "[{"})
    assert await refused(broken) == "invalid_blocks_format"
    assert await refused(api.conversations_history(channel=chapter.channel.id, limit=1001)) == "invalid_limit"
    assert await refused(api.conversations_history(channel=chapter.channel.id, oldest="noon")) == "invalid_ts_oldest"
