"""The two doors through which Slack's deliveries come, HTTP and Socket Mode, and the health checks beside them."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from sqlalchemy.exc import SQLAlchemyError

from bot.app import App
from bot.logs import describe_error
from storage.schema import is_current

_log = logging.getLogger(__name__)

EVENTS_PATH = "/slack/events"
_LARGEST_BODY = 4 * 1024 * 1024


class Socket:
    """The door in Socket Mode: the app calls Slack, so nothing has to be reachable from outside."""

    def __init__(self, app: App, bolt: AsyncApp) -> None:
        self._handler = AsyncSocketModeHandler(
            bolt,
            app.settings.slack_app_token,
            web_client=app.slack.client,
            logger=logging.getLogger("slack_sdk.socket"),
        )
        # Bolt leaves these two without types.
        self._connect: Callable[[], Awaitable[None]] = self._handler.connect_async
        self._close: Callable[[], Awaitable[None]] = self._handler.close_async

    async def open(self) -> None:
        """Connect, and keep connected."""
        await self._connect()

    async def is_open(self) -> bool:
        """Whether the connection stands."""
        return bool(await self._handler.client.is_connected())

    async def close(self) -> None:
        """Hang up."""
        with suppress(Exception):  # the connection may be broken already
            await self._close()


def http_door(app: App, bolt: AsyncApp, socket: Socket | None) -> web.Application:
    """The web server: deliveries (unless they come by socket) and health checks."""
    verifier = SignatureVerifier(app.settings.slack_signing_secret) if socket is None else None

    async def take_delivery(request: web.Request) -> web.Response:
        # Verified before anybody tries to read it: who is not Slack learns nothing but that.
        body = await request.read()
        if verifier is None or not _is_signed(verifier, body, request.headers):
            return web.json_response({"error": "invalid request"}, status=HTTPStatus.UNAUTHORIZED)
        if not _is_readable(body, request.content_type):
            return web.json_response({"error": "malformed body"}, status=HTTPStatus.BAD_REQUEST)
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_: web.Request) -> web.Response:
        obstacle = await find_obstacle(app, socket)
        return web.json_response({"ready": not obstacle, "reason": obstacle}, status=503 if obstacle else 200)

    server = web.Application(client_max_size=_LARGEST_BODY)
    server.router.add_get("/healthz", alive)
    server.router.add_get("/readyz", ready)
    if socket is None:
        server.router.add_post(EVENTS_PATH, take_delivery)
    return server


def _is_signed(verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]) -> bool:
    try:
        return verifier.is_valid_request(body, dict(headers))
    except (
        ValueError,
        TypeError,
    ):  # a timestamp that is no number, a signature that is no ASCII, a body that is no text
        return False


def _is_readable(body: bytes, content_type: str) -> bool:
    """Whether a body is what Slack sends: a JSON object, or a form, which may carry one as its payload."""
    text = body.decode()
    if content_type == "application/json" or text.startswith("{"):
        return _is_json_object(text)
    payload = dict(parse_qsl(text, keep_blank_values=True)).get("payload")
    return payload is None or _is_json_object(payload)


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


async def find_obstacle(app: App, socket: Socket | None) -> str:
    """Why the app cannot work right now, in a few words; empty when it can."""
    try:
        if not await app.database.transact(is_current):
            return "the database has another schema; run ml-kickoff migrate"
    except (SQLAlchemyError, OSError) as error:
        _log.warning("The database is out of reach: %s", describe_error(error))
        return "the database is out of reach"
    if app.identity is None:
        return "Slack has not accepted the bot token yet"
    if socket is not None and not await socket.is_open():
        return "the socket is not connected"
    return ""
