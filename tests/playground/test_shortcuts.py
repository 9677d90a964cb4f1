"""Shortcuts on messages and from anywhere."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import Chapter, Features, Patience, Playground, Shortcut, chapter_workspace
from tests.playground.apps import last_sent, modal, recording
from tests.playground.test_people import respond
from tests.playground.test_web_api import refused

OBJECTIVE = Shortcut("Make it an objective", "objective", "Starts a kickoff from a message")
START = Shortcut("Start", "start", "Starts a kickoff", type="global")


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    features = Features(shortcuts=(OBJECTIVE, START))
    async with Playground(patience=Patience(ack=0.3), features=features) as playground:
        yield playground


@pytest.fixture
def chapter(slack: Playground) -> Chapter:
    return chapter_workspace(slack.workspace)


async def test_a_shortcut_on_a_message_carries_it(slack: Playground, chapter: Chapter) -> None:
    parent = await chapter.victor.say(chapter.channel, "We want less churn")
    message = await chapter.fiona.say(chapter.channel, "By how much?", parent)
    async with recording(slack):
        assert (await chapter.priya.use_shortcut(message, "objective")).status == 200
    sent = last_sent(slack, "message_action")
    assert set(sent) == {
        *("type", "token", "api_app_id", "team", "user", "enterprise", "is_enterprise_install", "trigger_id"),
        *("callback_id", "action_ts", "channel", "message", "message_ts", "response_url"),
    }
    assert sent["callback_id"] == "objective"
    assert sent["channel"] == {"id": chapter.channel.id, "name": "streaming-platform"}
    assert (sent["user"]["id"], sent["team"]["id"]) == (chapter.priya.id, slack.workspace.team_id)
    assert (sent["message"]["user"], sent["message"]["text"]) == (chapter.fiona.id, "By how much?")
    assert sent["message_ts"] == sent["message"]["ts"] == message.ts
    assert sent["message"]["thread_ts"] == parent.ts


async def test_its_trigger_opens_a_modal_and_its_response_url_answers(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    message = await chapter.victor.say(chapter.channel, "We want less churn")
    async with recording(slack):
        await chapter.priya.use_shortcut(message, "objective")
        sent = last_sent(slack, "message_action")
        await api.views_open(trigger_id=sent["trigger_id"], view=modal({"type": "divider"}))
        assert (await chapter.priya.view()).person == chapter.priya.id
        twice = api.views_open(trigger_id=sent["trigger_id"], view=modal({"type": "divider"}))
        assert await refused(twice) == "exchanged_trigger_id"
        assert (await respond(sent["response_url"], text="Noted."))[0] == 200
        assert (await chapter.priya.sees("Noted.")).only_for == chapter.priya.id
        # It is somebody's message: the app can answer it, not replace it.
        status, body = await respond(sent["response_url"], text="Mine now", replace_original=True)
        assert (status, "cant_update_message" in body) == (404, True)
    assert slack.workspace.current(message).text == "We want less churn"


async def test_private_channels_and_direct_messages_are_not_named(slack: Playground, chapter: Chapter) -> None:
    private = slack.workspace.add_channel("finance", [chapter.fiona], private=True)
    async with recording(slack):
        for channel, name in ((private, "privategroup"), (chapter.fiona.dm, "directmessage")):
            await chapter.fiona.use_shortcut(await chapter.fiona.say(channel, "Hm"), "objective")
            assert last_sent(slack, "message_action")["channel"]["name"] == name


async def test_a_global_shortcut_stands_alone(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack):
        await chapter.priya.use_shortcut(None, "start")
    sent = last_sent(slack, "shortcut")
    assert sent["callback_id"] == "start"
    assert not {"message", "channel", "response_url"} & set(sent)


async def test_there_are_none_but_those_declared(slack: Playground, chapter: Chapter) -> None:
    message = await chapter.victor.say(chapter.channel, "Hello")
    whisper = slack.workspace.post(chapter.channel, slack.workspace.app.user_id, "Psst", only_for=chapter.priya.id)
    for where, callback_id in ((message, "start"), (None, "objective"), (whisper, "objective")):
        with pytest.raises(LookupError, match="no shortcut"):
            await chapter.priya.use_shortcut(where, callback_id)
    assert chapter.priya.shortcuts_on(message) == (OBJECTIVE,)


def test_slacks_limits_are_kept() -> None:
    with pytest.raises(ValueError, match="no shortcut like"):
        Shortcut("A name of more than 24 characters", "x", "y")
    with pytest.raises(ValueError, match="no more than 10"):
        Features(shortcuts=(OBJECTIVE,) * 11)
