import json

from slack_sdk.web.async_client import AsyncWebClient

from playground import Chapter, Playground
from tests.playground.apps import recording
from tests.playground.test_web_api import refused


async def test_takes_reactions_back_and_lists_them(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    where, message = chapter.channel.id, await chapter.priya.say(chapter.channel, "Done")
    async with recording(slack) as app:
        await api.reactions_add(channel=where, timestamp=message.ts, name="eyes")
        await chapter.victor.react(message, "eyes")
        given = (await api.reactions_get(channel=where, timestamp=message.ts))["message"]["reactions"]
        assert given == [{"name": "eyes", "users": [slack.workspace.app.user_id, chapter.victor.id], "count": 2}]
        await api.reactions_remove(channel=where, timestamp=message.ts, name="eyes")
        await chapter.victor.unreact(message, "eyes")
        await slack.quiet()
    assert "reactions" not in (await api.reactions_get(channel=where, timestamp=message.ts))["message"]
    told = [json.loads(heard.body)["event"] for heard in app.heard]
    removed = [event for event in told if event["type"] == "reaction_removed"]
    assert {(event["user"], event["reaction"], event["item_user"]) for event in removed} == {
        (slack.workspace.app.user_id, "eyes", chapter.priya.id),
        (chapter.victor.id, "eyes", chapter.priya.id),
    }


async def test_takes_back_only_what_the_app_gave(chapter: Chapter, api: AsyncWebClient) -> None:
    where, message = chapter.channel.id, await chapter.priya.say(chapter.channel, "Done")
    await chapter.victor.react(message, "eyes")
    assert await refused(api.reactions_remove(channel=where, timestamp=message.ts, name="eyes")) == "no_reaction"
    assert await refused(api.reactions_remove(name="eyes")) == "no_item_specified"
    assert await refused(api.reactions_get(channel=where)) == "no_item_specified"
    assert await refused(api.reactions_get(channel=where, timestamp="1.000000")) == "message_not_found"
    assert await refused(api.reactions_get(channel="C404", timestamp=message.ts)) == "channel_not_found"
