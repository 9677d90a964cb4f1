from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import Chapter, Playground
from tests.playground.apps import button
from tests.playground.conftest import HandedClock
from tests.playground.test_web_api import refused


def soon(slack: Playground, seconds: int = 60) -> int:
    return slack.workspace.clock.seconds() + seconds


async def test_posts_when_the_time_comes(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, clock: HandedClock
) -> None:
    where, parent = chapter.channel.id, await chapter.priya.say(chapter.channel, "Kickoff")
    blocks: list[dict[str, Any]] = [{"type": "actions", "elements": [button("Yes")]}]
    metadata = {"event_type": "nudge", "event_payload": {"id": 7}}
    scheduled = await api.chat_scheduleMessage(
        channel=where, text="Still there?", post_at=soon(slack), thread_ts=parent.ts, blocks=blocks, metadata=metadata
    )
    assert (scheduled["channel"], scheduled["post_at"]) == (where, soon(slack))
    assert scheduled["message"]["text"] == "Still there?"
    slack.workspace.post_due()
    assert slack.workspace.messages(chapter.channel) == [parent]
    clock.forward(seconds=60)
    message = await chapter.priya.sees("Still there?", thread=parent)
    assert (message.by_app, message.metadata, message.words()) == (True, metadata, "Still there?\n[Yes]")
    assert (await api.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_lists_what_waits_and_takes_it_back(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    where = chapter.channel.id
    later = await api.chat_scheduleMessage(channel=where, text="Later", post_at=soon(slack, 600))
    await api.chat_scheduleMessage(channel=chapter.priya.id, text="Sooner", post_at=soon(slack))
    listed = (await api.chat_scheduledMessages_list())["scheduled_messages"]
    assert [message["text"] for message in listed] == ["Sooner", "Later"]
    assert listed[1] == {
        "id": later["scheduled_message_id"],
        "channel_id": where,
        "post_at": soon(slack, 600),
        "date_created": soon(slack, 0),
        "text": "Later",
    }
    for narrower in (
        api.chat_scheduledMessages_list(channel=where),
        api.chat_scheduledMessages_list(oldest=str(soon(slack, 61))),
    ):
        assert [message["text"] for message in (await narrower)["scheduled_messages"]] == ["Later"]
    until = await api.chat_scheduledMessages_list(latest=str(soon(slack, 599)), limit=1)
    assert [message["text"] for message in until["scheduled_messages"]] == ["Sooner"]
    assert await refused(api.chat_scheduledMessages_list(channel="C404")) == "invalid_channel"
    the_one: dict[str, Any] = {"channel": where, "scheduled_message_id": later["scheduled_message_id"]}
    await api.chat_deleteScheduledMessage(**the_one)
    assert await refused(api.chat_deleteScheduledMessage(**the_one)) == "invalid_scheduled_message_id"
    assert await refused(api.chat_deleteScheduledMessage(**the_one | {"channel": "C404"})) == "channel_not_found"


async def test_takes_nothing_back_that_was_posted(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, clock: HandedClock
) -> None:
    where = chapter.channel.id
    scheduled = await api.chat_scheduleMessage(channel=where, text="Now", post_at=soon(slack))
    clock.forward(seconds=60)
    slack.workspace.post_due()
    taken_back = api.chat_deleteScheduledMessage(channel=where, scheduled_message_id=scheduled["scheduled_message_id"])
    assert await refused(taken_back) == "invalid_scheduled_message_id"


DAY = 24 * 60 * 60
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"seconds": 0}, "time_in_past"),
    ({"seconds": -60}, "time_in_past"),
    ({"seconds": 120 * DAY + 1}, "time_too_far"),
    ({"post_at": "noon"}, "invalid_time"),
    ({"post_at": ""}, "invalid_time"),
    ({"text": ""}, "no_text"),
    ({"text": "x" * 40_001}, "msg_too_long"),
    ({"blocks": [{"type": "shout"}]}, "invalid_blocks"),
    ({"channel": "C404"}, "channel_not_found"),
    ({"thread_ts": "yesterday"}, "invalid_thread_ts"),
]


@pytest.mark.parametrize(("arguments", "error"), WRONG)
async def test_refuses_to_schedule(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, arguments: dict[str, Any], error: str
) -> None:
    post_at = soon(slack, arguments.get("seconds", 60))
    asked = {"channel": chapter.channel.id, "text": "x", "post_at": post_at} | arguments
    assert await refused(api.api_call("chat.scheduleMessage", json=asked)) == error
    assert slack.workspace.scheduled.waiting() == []


async def test_schedules_thirty_in_five_minutes_a_channel(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    where, at = chapter.channel.id, soon(slack, 600) // 300 * 300
    for number in range(30):
        await api.chat_scheduleMessage(channel=where, text=str(number), post_at=at + number)
    one_more: dict[str, Any] = {"channel": where, "text": "x", "post_at": at + 299}
    assert await refused(api.chat_scheduleMessage(**one_more)) == "restricted_too_many"
    assert (await api.chat_scheduleMessage(**one_more | {"post_at": at + 300}))["ok"]
    assert (await api.chat_scheduleMessage(**one_more | {"channel": chapter.priya.id}))["ok"]
    assert (await api.chat_scheduleMessage(**one_more | {"post_at": soon(slack, 120 * DAY)}))["ok"]


async def test_notes_what_could_not_be_posted(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, clock: HandedClock
) -> None:
    await api.chat_scheduleMessage(channel=chapter.channel.id, text="x", post_at=soon(slack))
    slack.workspace.archive(chapter.channel)
    clock.forward(seconds=60)
    slack.workspace.post_due()
    assert slack.workspace.messages(chapter.channel) == []
    assert [breach.error for breach in slack.workspace.breaches] == ["not_posted"]
