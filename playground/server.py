"""The playground as a whole: a workspace behind a loopback port, delivering to one app."""

import asyncio
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from playground.clock import Now, real_time
from playground.deliveries import SLACKS_RETRIES, Deliveries, Strangeness
from playground.delivery import Answer
from playground.events import events_of
from playground.faults import Faults
from playground.file_door import FileDoor
from playground.http_door import HttpDoor
from playground.installation import Features, Installation
from playground.oauth_api import AuthorizePage
from playground.rates import Rates
from playground.records import Happening
from playground.scopes import ALL_EVENTS, ALL_SCOPES
from playground.socket_mode import SocketDoor
from playground.web_api import WebApi
from playground.workspace import Workspace

_UPLOAD_BYTES = 64 * 1024**2
_DUE_EVERY_SECONDS = 0.1


@dataclass(frozen=True)
class Patience:
    """How long Slack waits for the app, in real seconds.

    Attributes:
        ack: For an acknowledgement.
        retries: Before each further attempt to deliver an event.
    """

    ack: float = 3.0
    retries: Sequence[float] = SLACKS_RETRIES


class Playground:
    """A Slack workspace on this machine. Use it with ``async with``.

    Args:
        now: The workspace's clock, aware, in UTC; message timestamps and triggers follow it. Waits are real.
        bot_events: The events the app subscribes to, as in its manifest.
        scopes: The scopes the app is installed with.
        signing_secret: What HTTP deliveries are signed with; made up if left out, as the tokens are.
        bot_token: The only bot token that is accepted.
        app_token: The only app-level token that is accepted.
        patience: How long Slack waits for the app.
        features: What people find of the app: its shortcuts and such.
        port: The port to listen on; 0 for any that is free.

    Attributes:
        workspace: The people, channels and messages.
        faults: What goes wrong on purpose.
        rates: Slack's rate limits, off unless ``rates.on`` is set.
        deliveries: What is on its way to the app.
        sockets: The app's open sockets.
    """

    def __init__(  # noqa: PLR0913 - all that a manifest and its credentials say
        self,
        *,
        now: Now = real_time,
        bot_events: Iterable[str] = ALL_EVENTS,
        scopes: Iterable[str] = ALL_SCOPES,
        signing_secret: str | None = None,
        bot_token: str | None = None,
        app_token: str | None = None,
        patience: Patience | None = None,
        features: Features | None = None,
        port: int = 0,
    ) -> None:
        self._patience = patience or Patience()
        app = Installation(
            bot_token or f"xoxb-{secrets.token_hex(8)}",
            app_token or f"xapp-{secrets.token_hex(8)}",
            signing_secret or secrets.token_hex(16),
            frozenset(scopes),
            frozenset(bot_events),
            client_secret=secrets.token_hex(16),
            features=features or Features(),
        )
        self.workspace = Workspace(app, now)
        self.faults = Faults()
        self.rates = Rates()
        self.sockets = SocketDoor(app.app_id, self._patience.ack)
        self.deliveries = Deliveries(self.sockets, self.workspace.log, self._patience.retries)
        self._api = WebApi(self.workspace, self.faults, self.rates, self.sockets)
        self._files = FileDoor(self.workspace, self.faults)
        self._authorize = AuthorizePage(self.workspace)
        self._clockwork: asyncio.Task[None] | None = None
        self._port = port
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on the loopback address."""
        server = web.Application(client_max_size=_UPLOAD_BYTES)
        server.router.add_route("*", "/api/{method}", self._api.handle)
        server.router.add_post("/respond/{key}", self._api.respond)
        server.router.add_get("/link/", self.sockets.accept)
        server.router.add_post("/upload/v1/{ticket}", self._files.upload)
        server.router.add_get("/files-pri/{team}-{file}/{name}", self._files.download)
        server.router.add_get("/oauth/v2/authorize", self._authorize.show)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.workspace.address = f"http://127.0.0.1:{self._port}"
        self.workspace.courier = self.deliveries
        self.workspace.log.listeners.append(self._tell)
        self._session = aiohttp.ClientSession()
        self._clockwork = asyncio.create_task(self._do_what_is_due())

    async def stop(self) -> None:
        """Drop what is under way, close every socket, and free the port."""
        self.workspace.log.listeners.remove(self._tell)
        if self._clockwork:
            self._clockwork.cancel()
            await asyncio.gather(self._clockwork, return_exceptions=True)
        await self.deliveries.stop()
        await self.sockets.drop()
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def authorize_url(self) -> str:
        """Where the app sends people who want to install it."""
        return f"{self.workspace.address}/oauth/v2/authorize"

    @property
    def api_url(self) -> str:
        """The Web API's base URL, with a slash at the end."""
        return f"{self.workspace.address}/api/"

    def deliver_to(self, url: str | None) -> None:
        """Deliver by signed HTTP to this request URL, or by sockets again with None."""
        if url is None:
            self.deliveries.door = self.sockets
            return
        if self._session is None:
            raise RuntimeError("start the playground first")
        self.deliveries.door = HttpDoor(url, self.workspace.app.signing_secret, self._session, self._patience.ack)

    @property
    def strangeness(self) -> Strangeness:
        """How deliveries misbehave."""
        return self.deliveries.strangeness

    @property
    def duplicate(self) -> int:
        """How often each thing is delivered, with the same payload."""
        return self.strangeness.duplicate

    @duplicate.setter
    def duplicate(self, times: int) -> None:
        self.strangeness.duplicate = times

    async def redeliver_last(self) -> Answer:
        """Deliver the last thing once more, with the same payload."""
        return await self.deliveries.again()

    async def quiet(self, *, settle: float = 0.05, within: float = 10) -> None:
        """Wait until no delivery and no call has been under way for a moment.

        What the app does in between without calling, such as waiting for its own clock, is not seen.

        Args:
            settle: How long it must be quiet, in real seconds.
            within: How long to wait at most.

        Raises:
            TimeoutError: If it never gets quiet.
        """
        async with asyncio.timeout(within):
            quiet_for = 0.0
            seen = len(self.workspace.traffic)
            while quiet_for < settle:
                await asyncio.sleep(settle / 5)
                now = len(self.workspace.traffic)
                busy = self.deliveries.under_way or self._api.under_way or now != seen
                quiet_for, seen = (0.0 if busy else quiet_for + settle / 5), now

    async def _do_what_is_due(self) -> None:
        while True:
            self.workspace.do_due()
            await asyncio.sleep(_DUE_EVERY_SECONDS)

    def _tell(self, happening: Happening) -> None:
        for event in events_of(self.workspace, happening):
            self.deliveries.tell(event)
