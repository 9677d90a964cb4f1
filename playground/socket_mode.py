"""Socket Mode: one-use addresses, up to ten sockets, each delivery to any one of them."""

import asyncio
import itertools
import secrets
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from playground.delivery import Answer, Delivery, Retry
from playground.records import Json

SOCKETS = 10
_ANSWERED_WITH_PAYLOAD = {"slash_commands", "interactive"}


@dataclass(eq=False)
class Socket:
    """One open connection.

    Attributes:
        number: Its place in the order of opening, from 1.
        stream: The WebSocket.
        waiting: Envelopes it has not acknowledged yet.
        delivered: How many envelopes went to it.
    """

    number: int
    stream: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    delivered: int = 0


class SocketDoor:
    """Delivers over the app's open sockets, in turn.

    Args:
        app_id: The app's id, told in the hello.
        ack_seconds: How long the app has for each envelope.
    """

    def __init__(self, app_id: str, ack_seconds: float) -> None:
        self.sockets: list[Socket] = []
        self._app_id = app_id
        self._ack_seconds = ack_seconds
        self._tickets: set[str] = set()
        self._opened = asyncio.Event()
        self._turn = itertools.count()
        self._numbers = itertools.count(1)

    def new_ticket(self) -> str:
        """What lets an app open one socket."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def accept(self, request: web.Request) -> web.WebSocketResponse:
        """Hold a socket open until either side closes it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="the ticket was used or never given")
        self._tickets.discard(ticket)
        stream = web.WebSocketResponse()
        await stream.prepare(request)
        if len(self.sockets) >= SOCKETS:
            await stream.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await stream.close()
            return stream
        socket = Socket(next(self._numbers), stream)
        self.sockets.append(socket)
        try:
            await stream.send_json(self._hello())
            self._opened.set()
            async for received in stream:
                if received.type == WSMsgType.TEXT:
                    _acknowledge(socket, received.json())
        finally:
            self._forget(socket)
        return stream

    async def send(self, delivery: Delivery, retry: Retry | None) -> Answer:
        """Deliver once and wait for the acknowledgement; another socket gets it if the first one closes meanwhile."""
        try:
            async with asyncio.timeout(self._ack_seconds):
                while True:
                    socket = await self._next()
                    if (answer := await self._offer(socket, delivery, retry)) is not None:
                        return Answer(200, answer or None)
                    retry = Retry(retry.number if retry else 1, "connection_failed")
        except TimeoutError:
            return Answer(failure="http_timeout")

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every socket to go and come back, as Slack does every few hours, then close them."""
        for socket in list(self.sockets):
            await socket.stream.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            self._forget(socket)
            await socket.stream.close()

    async def drop(self) -> None:
        """Close every socket without a word."""
        for socket in list(self.sockets):
            self._forget(socket)
            await socket.stream.close()

    async def _next(self) -> Socket:
        while not self.sockets:
            self._opened.clear()
            await self._opened.wait()
        return self.sockets[next(self._turn) % len(self.sockets)]

    async def _offer(self, socket: Socket, delivery: Delivery, retry: Retry | None) -> Json | None:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind in _ANSWERED_WITH_PAYLOAD,
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
        elif retry:
            envelope |= {"retry_attempt": retry.number, "retry_reason": retry.reason}
        acknowledged: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        socket.waiting[envelope["envelope_id"]] = acknowledged
        socket.delivered += 1
        try:
            await socket.stream.send_json(envelope)
            return await acknowledged
        except ConnectionError:
            return None
        finally:
            socket.waiting.pop(envelope["envelope_id"], None)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {"host": "applink-playground", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }

    def _forget(self, socket: Socket) -> None:
        if socket in self.sockets:
            self.sockets.remove(socket)
        for waiting in socket.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the socket closed"))


def _acknowledge(socket: Socket, message: Json) -> None:
    waiting = socket.waiting.get(str(message.get("envelope_id")))
    if waiting is not None and not waiting.done():
        waiting.set_result(message.get("payload") or {})
