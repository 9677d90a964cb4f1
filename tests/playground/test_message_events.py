"""What the app hears of messages: their shape, mentions, edits and deletions."""

from typing import Any

import pytest

from playground import Chapter, Playground, chapter_workspace
from playground.records import Channel
from tests.playground.apps import recording
from tests.playground.conftest import HandedClock


def told(slack: Playground, kind: str, subtype: str | None = None) -> list[dict[str, Any]]:
    events = [one.sent["event"] for one in slack.workspace.traffic if one.name == f"event {kind}"]
    return [event for event in events if event.get("subtype") == subtype]


async def test_a_typed_message_has_what_slacks_clients_add(slack: Playground, chapter: Chapter) -> None:
    victor, channel = chapter.victor, chapter.channel
    async with recording(slack):
        await chapter.priya.say(channel, f"{victor.mention} & <!here>: see {channel.mention} <https://a.b?x=1&y|it>")
        await slack.quiet()
    (event,) = told(slack, "message")
    assert set(event) == {
        *("type", "user", "text", "ts", "team", "client_msg_id", "blocks", "channel", "channel_type", "event_ts"),
    }
    (section,) = event["blocks"][0]["elements"]
    assert section["elements"] == [
        {"type": "user", "user_id": victor.id},
        {"type": "text", "text": " & "},
        {"type": "broadcast", "range": "here"},
        {"type": "text", "text": ": see "},
        {"type": "channel", "channel_id": channel.id},
        {"type": "text", "text": " <https://a.b?x=1&y|it>"},
    ]


async def test_a_mention_is_told_beside_its_message(slack: Playground, chapter: Chapter) -> None:
    app = slack.workspace.app
    async with recording(slack):
        parent = await chapter.priya.say(chapter.channel, f"{app.mention} help")
        reply = await chapter.victor.say(chapter.channel, f"and {app.mention} me", parent)
        await slack.quiet()
    messages, mentions = told(slack, "message"), told(slack, "app_mention")
    assert [one["ts"] for one in mentions] == [one["ts"] for one in messages] == [parent.ts, reply.ts]
    assert "thread_ts" not in mentions[0]
    assert mentions[1]["thread_ts"] == parent.ts
    assert mentions[0] == {
        **{key: value for key, value in messages[0].items() if key != "channel_type"},
        "type": "app_mention",
    }


async def test_no_mention_is_told_of_direct_messages_or_elsewhere(slack: Playground, chapter: Chapter) -> None:
    app = slack.workspace.app
    elsewhere = slack.workspace.add_channel("elsewhere", [chapter.priya], app_is_member=False)
    async with recording(slack):
        await chapter.priya.say(chapter.priya.dm, f"{app.mention} help")
        await chapter.priya.say(elsewhere, f"{app.mention} help")
        slack.workspace.post(chapter.channel, app.user_id, f"I am {app.mention}")
        await slack.quiet()
    assert told(slack, "app_mention") == []


@pytest.mark.parametrize(
    ("bot_events", "scopes", "heard"),
    [
        (["app_mention"], ["app_mentions:read"], ["app_mention"]),
        (["app_mention", "message.channels"], ["channels:history"], ["message"]),
        (["message.channels"], ["app_mentions:read", "channels:history"], ["message"]),
    ],
)
async def test_a_mention_needs_its_event_and_its_scope(
    bot_events: list[str], scopes: list[str], heard: list[str]
) -> None:
    async with Playground(bot_events=bot_events, scopes=scopes) as slack:
        chapter = chapter_workspace(slack.workspace)
        async with recording(slack):
            await chapter.priya.say(chapter.channel, f"{slack.workspace.app.mention} help")
            await slack.quiet()
        assert [one.sent["event"]["type"] for one in slack.workspace.traffic] == heard


async def test_a_mention_is_told_again_when_its_message_is_edited(slack: Playground, chapter: Chapter) -> None:
    app = slack.workspace.app
    async with recording(slack):
        message = await chapter.priya.say(chapter.channel, "help")
        await chapter.priya.edit(message, f"{app.mention} help")
        await slack.quiet()
    (mention,) = told(slack, "app_mention")
    assert mention["ts"] == message.ts
    assert mention["edited"]["user"] == chapter.priya.id
    assert mention["event_ts"] > message.ts


@pytest.mark.parametrize("where", ["channel", "dm", "thread"])
async def test_an_edit_is_told_with_both_versions(
    slack: Playground, chapter: Chapter, clock: HandedClock, where: str
) -> None:
    channel: Channel = chapter.priya.dm if where == "dm" else chapter.channel
    parent = await chapter.priya.say(channel, "Above") if where == "thread" else None
    message = await chapter.priya.say(channel, "Before", parent)
    clock.forward(minutes=1, milliseconds=200)
    async with recording(slack):
        await chapter.priya.edit(message, "After")
        await chapter.priya.edit(message, "After")
        await slack.quiet()
    (event,) = told(slack, "message", "message_changed")
    assert set(event) == {
        *("type", "subtype", "hidden", "ts", "event_ts", "message", "previous_message", "channel", "channel_type"),
    }
    assert (event["hidden"], event["channel"]) == (True, channel.id)
    assert event["channel_type"] == ("im" if where == "dm" else "channel")
    assert event["ts"] == event["event_ts"] > message.ts
    now, before = event["message"], event["previous_message"]
    assert (now["text"], before["text"]) == ("After", "Before")
    assert now["ts"] == before["ts"] == message.ts
    assert now["client_msg_id"] == before["client_msg_id"]
    assert now["edited"] == {"user": chapter.priya.id, "ts": f"{int(clock().timestamp())}.000000"}
    assert "edited" not in before
    assert now.get("thread_ts") == (parent.ts if parent else None)


async def test_a_deletion_is_told_with_what_was_deleted(slack: Playground, chapter: Chapter) -> None:
    message = await chapter.priya.say(chapter.channel, "Gone")
    async with recording(slack):
        await chapter.priya.delete(message)
        await slack.quiet()
    (event,) = told(slack, "message", "message_deleted")
    assert set(event) == {
        *("type", "subtype", "hidden", "ts", "event_ts", "deleted_ts", "previous_message", "channel", "channel_type"),
    }
    assert event["deleted_ts"] == event["previous_message"]["ts"] == message.ts
    assert event["previous_message"]["text"] == "Gone"


async def test_a_deleted_parent_becomes_a_tombstone_until_its_replies_are_gone(
    slack: Playground, chapter: Chapter
) -> None:
    parent = await chapter.priya.say(chapter.channel, "Above")
    replies = [await chapter.victor.say(chapter.channel, text, parent) for text in ("One", "Two")]
    async with recording(slack):
        await chapter.victor.delete(replies[0])
        await chapter.priya.delete(parent)
        await slack.quiet()
        (changed,) = told(slack, "message", "message_changed")
        stone = changed["message"]
        assert (stone["subtype"], stone["user"], stone["text"]) == (
            "tombstone",
            "USLACKBOT",
            "This message was deleted.",
        )
        assert (stone["hidden"], stone["thread_ts"], stone["reply_count"]) == (True, parent.ts, 1)
        assert changed["previous_message"]["text"] == "Above"
        await chapter.victor.delete(replies[1])
        await slack.quiet()
    deleted = told(slack, "message", "message_deleted")
    assert [event["deleted_ts"] for event in deleted] == [replies[0].ts, replies[1].ts, parent.ts]
    assert deleted[2]["previous_message"]["subtype"] == "tombstone"
    assert slack.workspace.messages(chapter.channel) == []
