import asyncio
import json
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from playground import Chapter, Features, Patience, Playground, chapter_workspace
from playground.deliveries import Strangeness
from tests.playground.apps import RecordingApp, button, last_sent, plain, recording


def events(app: RecordingApp) -> list[str]:
    return [json.loads(heard.body)["event"]["type"] for heard in app.heard]


async def test_signs_what_it_sends(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack) as app:
        await chapter.priya.command(chapter.channel, "/kickoff", "new Churn radar")
        await chapter.priya.say(chapter.channel, "Hello")
        await slack.quiet()
    verifier = SignatureVerifier(slack.workspace.app.signing_secret)
    assert len(app.heard) == 2
    assert all(verifier.is_valid_request(heard.body, heard.headers) for heard in app.heard)
    assert not SignatureVerifier("another").is_valid_request(app.heard[0].body, app.heard[0].headers)


async def test_sends_commands_as_forms(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack, lambda _heard: web.json_response({"text": "Only you"})) as app:
        reply = await chapter.priya.command(chapter.channel, "/kickoff", "new Churn radar")
    form = {name: values[0] for name, values in parse_qs(app.heard[0].body).items()}
    assert (form["command"], form["text"]) == ("/kickoff", "new Churn radar")
    assert (form["user_id"], form["channel_id"]) == (chapter.priya.id, chapter.channel.id)
    assert form["response_url"].startswith(slack.workspace.address)
    assert (reply.status, reply.text) == (200, "Only you")
    assert (await chapter.priya.sees("Only you")).only_for == chapter.priya.id


async def test_shows_a_command_that_failed(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack, lambda _heard: web.Response(status=500)):
        assert (await chapter.priya.command(chapter.channel, "/kickoff")).error == "dispatch_failed"
    too_many = {"text": "x", "blocks": [{"type": "divider"}] * 51}
    async with recording(slack, lambda _heard: web.json_response(too_many)):
        assert (await chapter.priya.command(chapter.channel, "/kickoff")).error == "invalid_blocks"
    assert slack.workspace.breaches[-1].method == "command"


async def test_waits_only_so_long_for_an_acknowledgement(slack: Playground, chapter: Chapter) -> None:
    async def dawdle(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.5)
        return web.Response()

    server = web.Application()
    server.router.add_post("/slack/events", dawdle)
    runner = web.AppRunner(server, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    assert (await chapter.priya.command(chapter.channel, "/kickoff")).error == "operation_timeout"
    await runner.cleanup()


async def test_tries_an_event_four_times_with_the_reason(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack, lambda _heard: web.Response(status=500)) as app:
        await chapter.priya.say(chapter.channel, "Hello")
        await slack.quiet()
    retries = [heard.headers.get("X-Slack-Retry-Num") for heard in app.heard]
    assert retries == [None, "1", "2", "3"]
    assert app.heard[1].headers["X-Slack-Retry-Reason"] == "http_error"
    assert len({json.loads(heard.body)["event_id"] for heard in app.heard}) == 1


async def test_stops_trying_once_it_is_told_so(slack: Playground, chapter: Chapter) -> None:
    refusal = web.Response(status=500, headers={"X-Slack-No-Retry": "1"})
    async with recording(slack, lambda _heard: refusal) as app:
        await chapter.priya.say(chapter.channel, "Hello")
        await slack.quiet()
    assert len(app.heard) == 1


async def test_says_when_nobody_listens(slack: Playground, chapter: Chapter) -> None:
    slack.deliver_to("http://127.0.0.1:9/slack/events")
    assert (await chapter.priya.command(chapter.channel, "/kickoff")).error == "dispatch_failed"
    assert slack.workspace.traffic[-1].note == "connection_failed"


@pytest.mark.parametrize("strangeness", [Strangeness(2, at_once=True), Strangeness(2)])
async def test_delivers_twice_on_demand(slack: Playground, chapter: Chapter, strangeness: Strangeness) -> None:
    slack.deliveries.strangeness = strangeness
    async with recording(slack) as app:
        await chapter.priya.say(chapter.channel, "Hello")
        await slack.quiet()
        ids = [json.loads(heard.body)["event_id"] for heard in app.heard]
        assert len(ids) == 2
        assert len(set(ids)) == 1
        await chapter.priya.command(chapter.channel, "/kickoff")
    assert app.heard[2].body == app.heard[3].body


async def test_delivers_the_last_thing_again(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack) as app:
        await chapter.priya.say(chapter.channel, "Hello")
        await slack.quiet()
        await slack.redeliver_last()
    assert app.heard[0].body == app.heard[1].body
    assert app.heard[1].headers["X-Slack-Retry-Num"] == "1"


async def test_holds_events_and_lets_them_go_backwards(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack) as app:
        slack.deliveries.hold()
        for text in ("one", "two", "three"):
            await chapter.priya.say(chapter.channel, text)
        await slack.quiet()
        assert app.heard == []
        slack.deliveries.release(backwards=True)
        await slack.quiet()
    assert [json.loads(heard.body)["event"]["text"] for heard in app.heard] == ["three", "two", "one"]


async def test_tells_of_what_happens_where_the_app_is(slack: Playground, chapter: Chapter) -> None:
    workspace, app_user = slack.workspace, slack.workspace.app
    ada = workspace.add_person("Ada Archer")
    elsewhere = workspace.add_channel("elsewhere", [ada], app_is_member=False)
    async with recording(slack) as app:
        await ada.say(elsewhere, f"{app_user.mention} is not here")
        await slack.quiet()
        assert app.heard == []
        message = await chapter.priya.say(chapter.channel, f"{app_user.mention} hello")
        await slack.quiet()
        assert sorted(events(app)) == ["app_mention", "message"]
        await chapter.priya.edit(message, "Better")
        await chapter.priya.delete(message)
        await chapter.priya.react(await chapter.priya.say(chapter.priya.dm, "In private"), "eyes")
        workspace.join(chapter.channel, ada)
        workspace.leave(chapter.channel, ada)
        workspace.change(ada, tz="Asia/Tokyo")
        workspace.archive(chapter.channel)
        workspace.unarchive(chapter.channel)
        await ada.open_home()
        workspace.leave(chapter.channel, app_user)
        await slack.quiet()
    told = [json.loads(heard.body)["event"] for heard in app.heard]
    kinds = {event["type"] + (f".{event['subtype']}" if "subtype" in event else "") for event in told}
    assert kinds == {
        *("message", "app_mention", "message.message_changed", "message.message_deleted", "message.channel_join"),
        *("message.channel_leave", "reaction_added", "member_joined_channel", "member_left_channel", "user_change"),
        *("channel_archive", "channel_unarchive", "app_home_opened", "channel_left"),
    }
    changed = next(event for event in told if event.get("subtype") == "message_changed")
    assert changed["message"]["text"] == "Better"
    assert changed["previous_message"]["text"] == f"{app_user.mention} hello"
    assert next(event for event in told if event.get("text") == "In private")["channel_type"] == "im"


async def test_tells_only_what_the_app_subscribed_to_and_may_read() -> None:
    deaf = Playground(bot_events=["message.channels", "message.im"], scopes=["im:history", "channels:read"])
    async with deaf as slack:
        chapter = chapter_workspace(slack.workspace)
        async with recording(slack) as app:
            await chapter.priya.say(chapter.channel, "No scope for channels")
            await chapter.priya.say(chapter.priya.dm, "Scope for direct messages")
            slack.workspace.change(chapter.priya, tz="UTC")
            await slack.quiet()
        assert [json.loads(heard.body)["event"]["channel_type"] for heard in app.heard] == ["im"]


async def test_retries_are_slacks_own_by_default() -> None:
    assert Patience() == Patience(ack=3.0, retries=(0, 60, 300))


async def test_sends_a_pressed_button_with_everything_around_it(slack: Playground, chapter: Chapter) -> None:
    workspace = slack.workspace
    blocks = [
        {"type": "section", "block_id": "about", "text": plain("Reach 90 %")},
        {"type": "actions", "block_id": "ask", "elements": [button("Yes", value="7", action_id="yes")]},
    ]
    parent = workspace.post(chapter.channel, workspace.app.user_id, "Thread")
    message = workspace.post(chapter.channel, workspace.app.user_id, "Right?", blocks=blocks, thread_ts=parent.ts)
    async with recording(slack) as app:
        reply = await chapter.victor.press(message, "Yes")
        with pytest.raises(LookupError, match="No way"):
            await chapter.victor.press(message, "No way")
    assert reply.error is None
    payload = json.loads(parse_qs(app.heard[0].body)["payload"][0])
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == chapter.victor.id
    assert payload["container"]["message_ts"] == message.ts
    assert payload["container"]["thread_ts"] == parent.ts
    assert payload["message"]["text"] == "Right?"
    (action,) = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("yes", "ask", "7")


async def test_mentions_after_a_command_are_sent_as_it_was_declared() -> None:
    features = Features(escaped_commands=frozenset({"/escaped"}))
    async with Playground(features=features) as slack:
        chapter = chapter_workspace(slack.workspace)
        typed = f"<@U99> ask {chapter.fiona.mention} in {chapter.channel.mention} about https://a.b"
        async with recording(slack):
            await chapter.priya.command(chapter.channel, "/escaped", typed)
            await chapter.priya.command(chapter.channel, "/plain", typed)
        fiona, channel = chapter.fiona.id, chapter.channel.id
        escaped = f"<@U99> ask <@{fiona}|fiona.feld> in <#{channel}|streaming-platform> about <https://a.b>"
        assert last_sent(slack, "command /escaped")["text"] == escaped
        assert (
            last_sent(slack, "command /plain")["text"]
            == "<@U99> ask @fiona.feld in #streaming-platform about https://a.b"
        )
