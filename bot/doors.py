"""The two doors through which Slack's deliveries come, HTTP and Socket Mode, and the health checks beside them."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
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

    async def take_delivery(request: web.Request) -> web.Response:
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
