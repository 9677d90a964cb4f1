"""Real Bolt apps and real SDK clients against the playground, over HTTP and over sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from playground import Chapter, Playground
from tests.playground.apps import echo_app, over_http


@asynccontextmanager
async def by_http(slack: Playground) -> AsyncIterator[None]:
    async with over_http(slack, echo_app(slack).web_app(path="/slack/events")):
        yield


@asynccontextmanager
async def by_sockets(slack: Playground) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(
        echo_app(slack), slack.workspace.app.app_token, web_client=AsyncWebClient(base_url=slack.api_url)
    )
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


Way = Callable[[Playground], AbstractAsyncContextManager[None]]


@pytest.mark.parametrize("way", [by_http, by_sockets])
async def test_a_bolt_app_talks_with_people(slack: Playground, chapter: Chapter, way: Way) -> None:
    priya, channel = chapter.priya, chapter.channel
    async with way(slack):
        hello = await priya.say(channel, "Hello")
        assert (await priya.sees("You said: Hello", thread=hello)).by_app
        reply = await priya.command(channel, "/kickoff", "new")
        assert reply.text == "Opened a form."
        form = await priya.view("Project")
        assert await priya.submit(form, {"Name": "Taken"}) == {"Name": "That name is taken."}
        assert await priya.submit(form, {"Name": "Churn radar"}) is None
        thanks = await priya.sees("Churn radar is on its way.", channel=priya.dm)
        assert (await priya.press(thanks, "Thanks")).error is None
        await priya.sees("You are welcome.", channel=priya.dm)
        await slack.quiet()
    assert slack.workspace.breaches == []


class Listener:
    """A Socket Mode client that writes down what it gets, and may leave it unanswered."""

    def __init__(self, slack: Playground, *, silent: bool = False) -> None:
        self.heard: list[SocketModeRequest] = []
        self.first = asyncio.Event()
        self._silent = silent
        self.client = SocketModeClient(
            app_token=slack.workspace.app.app_token, web_client=AsyncWebClient(base_url=slack.api_url)
        )
        self.client.socket_mode_request_listeners.append(self._hear)

    async def _hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        self.first.set()
        if not self._silent:
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))


@asynccontextmanager
async def listening(*listeners: Listener) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for listener in listeners:
            await listener.client.connect()  # type: ignore[no-untyped-call]
            stack.push_async_callback(listener.client.close)
        yield


async def test_spreads_deliveries_over_the_sockets(slack: Playground, chapter: Chapter) -> None:
    listeners = [Listener(slack) for _ in range(3)]
    async with listening(*listeners):
        for number in range(9):
            await chapter.priya.say(chapter.channel, str(number))
        await slack.quiet()
        assert [socket.delivered for socket in slack.sockets.sockets] == [3, 3, 3]
    heard = [request.payload["event"]["text"] for listener in listeners for request in listener.heard]
    assert sorted(heard) == [str(number) for number in range(9)]


async def test_takes_what_one_socket_left_unanswered_to_another(slack: Playground, chapter: Chapter) -> None:
    silent, talking = Listener(slack, silent=True), Listener(slack)
    async with listening(silent, talking):
        await chapter.priya.say(chapter.channel, "Hello")
        await slack.quiet()
    assert [request.retry_attempt for request in silent.heard] == [0]
    (again,) = talking.heard
    assert (again.retry_attempt, again.retry_reason) == (1, "http_timeout")
    assert again.payload["event_id"] == silent.heard[0].payload["event_id"]


async def test_takes_what_a_closed_socket_left_unanswered_to_another(slack: Playground, chapter: Chapter) -> None:
    silent, talking = Listener(slack, silent=True), Listener(slack)
    async with listening(silent, talking):
        command = asyncio.create_task(chapter.priya.command(chapter.channel, "/kickoff"))
        await silent.first.wait()
        await silent.client.close()  # type: ignore[no-untyped-call]
        assert (await command).error is None
    assert [request.type for request in talking.heard] == ["slash_commands"]


async def test_lets_sockets_come_back_after_a_refresh(slack: Playground, chapter: Chapter) -> None:
    listener = Listener(slack)
    async with listening(listener):
        (before,) = slack.sockets.sockets
        await slack.sockets.disconnect()
        reply = await chapter.priya.command(chapter.channel, "/kickoff")
        (after,) = slack.sockets.sockets
    assert reply.error is None
    assert after.number > before.number


async def test_gives_up_without_any_socket(slack: Playground, chapter: Chapter) -> None:
    assert (await chapter.priya.command(chapter.channel, "/kickoff")).error == "operation_timeout"


async def test_opens_each_address_once_and_ten_at_most(slack: Playground) -> None:
    web_client = AsyncWebClient(base_url=slack.api_url)
    listeners = [Listener(slack) for _ in range(10)]
    async with listening(*listeners), aiohttp.ClientSession() as session:
        opened = await web_client.apps_connections_open(app_token=slack.workspace.app.app_token)
        async with session.ws_connect(opened["url"]) as eleventh:
            assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(opened["url"])
        assert len(slack.sockets.sockets) == 10
