"""The Web API under /api/: tokens, scopes, rate limits, scripted faults, then the method itself."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from playground import chat_api, conversations_api, views_api
from playground.arguments import Arguments
from playground.faults import ApiError, Dropped, Fault, Faults, RateLimited, ServerError, Slow
from playground.rates import Rates
from playground.records import Exchange, Json, Refused
from playground.scopes import METHOD_SCOPES, require
from playground.socket_mode import SocketDoor
from playground.workspace import Workspace

Method = Callable[[Workspace, Arguments], Json]

_FOR_SOCKETS = "apps.connections.open"
_SECRET_KEYS = {"token"}
_OK = 200
_TOO_MANY = 429


def _auth_test(workspace: Workspace, _arguments: Arguments) -> Json:
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.domain,
        "user": workspace.people[workspace.app.user_id].username,
        "team_id": workspace.team_id,
        "user_id": workspace.app.user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


METHODS: dict[str, Method] = {
    "auth.test": _auth_test,
    "blocks.validate": views_api.validate_blocks,
    "chat.delete": chat_api.delete,
    "chat.getPermalink": chat_api.permalink,
    "chat.postEphemeral": chat_api.post_ephemeral,
    "chat.postMessage": chat_api.post_message,
    "chat.update": chat_api.update,
    "conversations.history": conversations_api.history,
    "conversations.info": conversations_api.info,
    "conversations.join": conversations_api.join,
    "conversations.list": conversations_api.list_all,
    "conversations.members": conversations_api.members,
    "conversations.open": conversations_api.open_dm,
    "conversations.replies": conversations_api.replies,
    "reactions.add": chat_api.add_reaction,
    "users.conversations": conversations_api.list_of_person,
    "users.info": conversations_api.user_info,
    "users.list": conversations_api.user_list,
    "views.open": views_api.open_view,
    "views.publish": views_api.publish_view,
    "views.push": views_api.push_view,
    "views.update": views_api.update_view,
}


@dataclass(frozen=True)
class _Outcome:
    """What goes back over the wire; a body of None means the connection breaks."""

    body: Json | None
    status: int = _OK
    retry_after: int | None = None
    note: str = ""


class WebApi:
    """Answers the app's calls.

    Args:
        workspace: What the calls act on.
        faults: What goes wrong on purpose.
        rates: How fast the app may call.
        sockets: Where Socket Mode tickets come from.
    """

    def __init__(self, workspace: Workspace, faults: Faults, rates: Rates, sockets: SocketDoor) -> None:
        self._workspace = workspace
        self._faults = faults
        self._rates = rates
        self._sockets = sockets
        self.under_way = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a call to ``/api/<method>``."""
        began = time.monotonic()
        method = request.match_info["method"]
        self.under_way += 1
        try:
            arguments = await _arguments(request)
            if arguments is None:
                return web.json_response({"ok": False, "error": "invalid_json"})
            token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(arguments.get("token", ""))
            outcome = await self._answer(method, token, arguments)
        finally:
            self.under_way -= 1
        sent = {key: value for key, value in arguments.items() if key not in _SECRET_KEYS}
        took = time.monotonic() - began
        self._workspace.log.exchanged(
            Exchange("call", method, sent, outcome.body, outcome.status, took, note=outcome.note)
        )
        return self._response(request, outcome)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Take an app's answer to a response_url."""
        body = await _arguments(request) or {}
        try:
            chat_api.respond(self._workspace, self._workspace.response_urls.use(request.match_info["key"]), body)
            outcome = _Outcome({"ok": True})
        except Refused as refusal:
            outcome = _Outcome(self._refusal("response_url", refusal), status=404)
        self._workspace.log.exchanged(Exchange("call", "response_url", body, outcome.body, outcome.status, 0.0))
        return self._response(request, outcome)

    async def _answer(self, method: str, token: str, arguments: Mapping[str, Any]) -> _Outcome:
        if wait := self._rates.wait_for(method, str(arguments.get("channel", ""))):
            return _limited(wait)
        fault = self._faults.take(method, arguments)
        if fault is not None and (spoiled := _before_effect(fault)) is not None:
            return spoiled
        try:
            body = {"ok": True, **self._call(method, token, Arguments(arguments))}
        except Refused as refusal:
            body = self._refusal(method, refusal)
        if isinstance(fault, Slow):
            await asyncio.sleep(fault.seconds)
        if isinstance(fault, Dropped):
            return _Outcome(None, note="dropped after the effect")
        return _Outcome(body)

    def _call(self, method: str, token: str, arguments: Arguments) -> Json:
        app = self._workspace.app
        if not token:
            raise Refused("not_authed", breach=True)
        if token not in {app.bot_token, app.app_token}:
            raise Refused("invalid_auth", breach=True)
        if method == _FOR_SOCKETS:
            return self._open_connection(token)
        if method not in METHODS:
            raise Refused("unknown_method", [f"[ERROR] {method}"], breach=True)
        if token != app.bot_token:
            raise Refused("not_allowed_token_type", breach=True)
        if method in METHOD_SCOPES:
            require(METHOD_SCOPES[method], app.scopes)
        return METHODS[method](self._workspace, arguments)

    def _open_connection(self, token: str) -> Json:
        if token != self._workspace.app.app_token:
            raise Refused("not_allowed_token_type", breach=True)
        address = self._workspace.address.replace("http", "ws", 1)
        return {"url": f"{address}/link/?ticket={self._sockets.new_ticket()}&app_id={self._workspace.app.app_id}"}

    def _refusal(self, method: str, refusal: Refused) -> Json:
        if refusal.breach:
            detail = "; ".join(refusal.messages) or json.dumps(refusal.extra)
            self._workspace.log.breached(method, refusal.error, detail)
        body: Json = {"ok": False, "error": refusal.error, **refusal.extra}
        if refusal.messages:
            body["response_metadata"] = {"messages": list(refusal.messages)}
        return body

    def _response(self, request: web.Request, outcome: _Outcome) -> web.StreamResponse:
        if outcome.body is None and request.transport is not None:
            request.transport.abort()
        headers = {"x-oauth-scopes": ",".join(sorted(self._workspace.app.scopes))}
        if outcome.retry_after is not None:
            headers["Retry-After"] = str(outcome.retry_after)
        return web.json_response(outcome.body, status=outcome.status, headers=headers)


def _before_effect(fault: Fault) -> _Outcome | None:
    match fault:
        case RateLimited(seconds):
            return _limited(seconds)
        case ServerError(status):
            return _Outcome({"ok": False, "error": "internal_error"}, status=status, note="server error")
        case ApiError(error):
            return _Outcome({"ok": False, "error": error}, note="scripted error")
        case Dropped(after_effect=False):
            return _Outcome(None, note="dropped before the effect")
        case _:
            return None


def _limited(seconds: int) -> _Outcome:
    return _Outcome({"ok": False, "error": "ratelimited"}, status=_TOO_MANY, retry_after=seconds, note="rate limited")


async def _arguments(request: web.Request) -> Json | None:
    """The arguments in whichever encoding they came, None for broken JSON."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            return None
        return values | body if isinstance(body, dict) else None
    return values | {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
