"""What goes back over the wire, whether it went well or wrong on purpose."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from playground.faults import ApiError, Dropped, Fault, RateLimited, ServerError, Slow
from playground.records import Json

_OK = 200
_TOO_MANY = 429


@dataclass(frozen=True)
class Outcome:
    """What goes back over the wire.

    Attributes:
        body: The JSON; None means that the connection breaks.
        status: The HTTP status.
        retry_after: In seconds, None without.
        note: The fault that was met.
    """

    body: Json | None
    status: int = _OK
    retry_after: int | None = None
    note: str = ""

    def response(self, request: web.Request, scopes: frozenset[str]) -> web.StreamResponse:
        """The answer to a request.

        Args:
            request: Whose connection breaks without a body.
            scopes: What the app may do, told in a header.
        """
        if self.body is None and request.transport is not None:
            request.transport.abort()
        headers = {"x-oauth-scopes": ",".join(sorted(scopes))}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return web.json_response(self.body, status=self.status, headers=headers)


def limited(seconds: int) -> Outcome:
    """Too many calls; come back in so many seconds."""
    return Outcome({"ok": False, "error": "ratelimited"}, status=_TOO_MANY, retry_after=seconds, note="rate limited")


def before_effect(fault: Fault | None) -> Outcome | None:
    """What a fault answers in place of the call; None if the call takes effect."""
    match fault:
        case RateLimited(seconds):
            return limited(seconds)
        case ServerError(status):
            return Outcome({"ok": False, "error": "internal_error"}, status=status, note="server error")
        case ApiError(error):
            return Outcome({"ok": False, "error": error}, note="scripted error")
        case Dropped(after_effect=False):
            return Outcome(None, note="dropped before the effect")
        case _:
            return None


async def after_effect(fault: Fault | None, outcome: Outcome) -> Outcome:
    """What a fault makes of the answer to a call that took effect."""
    if isinstance(fault, Slow):
        await asyncio.sleep(fault.seconds)
    return Outcome(None, note="dropped after the effect") if isinstance(fault, Dropped) else outcome
