"""Small apps for the playground to talk to."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground import Playground


@dataclass
class Heard:
    headers: dict[str, str]
    body: str


@dataclass
class RecordingApp:
    """Answers everything with what `answer` says and remembers what it heard."""

    answer: Callable[[Heard], web.Response] = lambda _heard: web.Response()
    heard: list[Heard] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        heard = Heard(dict(request.headers), await request.text())
        self.heard.append(heard)
        return self.answer(heard)


@asynccontextmanager
async def over_http(slack: Playground, app: web.Application) -> AsyncIterator[None]:
    server = TestServer(app)
    await server.start_server()
    slack.deliver_to(str(server.make_url("/slack/events")))
    try:
        yield
    finally:
        await server.close()


@asynccontextmanager
async def recording(
    slack: Playground, answer: Callable[[Heard], web.Response] = lambda _heard: web.Response()
) -> AsyncIterator[RecordingApp]:
    app = RecordingApp(answer)
    server = web.Application()
    server.router.add_post("/slack/events", app.take)
    async with over_http(slack, server):
        yield app


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def text_input(label: str, **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(label), "element": {"type": "plain_text_input", **more}}


def modal(*blocks: dict[str, Any], title: str = "Project", **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(title), "submit": plain("Save"), "blocks": list(blocks), **more}


def button(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), **more}


def echo_app(slack: Playground) -> AsyncApp:
    """A real Bolt app that echoes words, opens a form and thanks for it."""
    client = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.workspace.app.signing_secret, process_before_response=True)

    @app.event("message")
    async def echo(event: dict[str, Any], say: Any) -> None:
        if "subtype" not in event and "bot_id" not in event:
            await say(text=f"You said: {event['text']}", thread_ts=event.get("thread_ts", event["ts"]))

    @app.command("/kickoff")
    async def start(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=modal(text_input("Name"), callback_id="form"))
        await ack("Opened a form.")

    @app.view("form")
    async def save(ack: Any, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        block = view["blocks"][0]
        name = view["state"]["values"][block["block_id"]][block["element"]["action_id"]]["value"]
        if name == "Taken":
            await ack(response_action="errors", errors={block["block_id"]: "That name is taken."})
            return
        await ack()
        blocks: list[dict[str, Any]] = [
            {"type": "section", "text": plain(f"{name} is on its way.")},
            {"type": "actions", "elements": [button("Thanks", action_id="thanks")]},
        ]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"{name} is on its way.", blocks=blocks)

    @app.action("thanks")
    async def thanked(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="You are welcome.", replace_original=True)

    return app


def last_sent(slack: Playground, name: str) -> dict[str, Any]:
    """What was sent with the last delivery of this name."""
    return next(exchange.sent for exchange in reversed(slack.workspace.traffic) if exchange.name == name)
