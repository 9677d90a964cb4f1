"""The Web API under /api/: tokens, scopes, rate limits, scripted faults, then the method itself."""

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from playground import chat_api
from playground.arguments import Arguments
from playground.faults import Faults
from playground.methods import METHODS, WITHOUT_TOKEN
from playground.outcomes import Outcome, after_effect, before_effect, limited
from playground.rates import Rates
from playground.records import Exchange, Json, Refused
from playground.scopes import METHOD_SCOPES, require
from playground.socket_mode import SocketDoor
from playground.workspace import Workspace

_FOR_SOCKETS = "apps.connections.open"
_SECRET_KEYS = frozenset({"token", "client_secret", "code", "access_token"})


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
        took = time.monotonic() - began
        sent, answer = _without_secrets(arguments), _without_secrets(outcome.body)
        self._workspace.log.exchanged(
            Exchange("call", method, sent or {}, answer, outcome.status, took, note=outcome.note)
        )
        return outcome.response(request, self._workspace.app.scopes)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Take an app's answer to a response_url."""
        body = await _arguments(request) or {}
        try:
            chat_api.respond(self._workspace, self._workspace.response_urls.use(request.match_info["key"]), body)
            outcome = Outcome({"ok": True})
        except Refused as refusal:
            outcome = Outcome(self._refusal("response_url", refusal), status=404)
        self._workspace.log.exchanged(Exchange("call", "response_url", body, outcome.body, outcome.status, 0.0))
        return outcome.response(request, self._workspace.app.scopes)

    async def _answer(self, method: str, token: str, arguments: Mapping[str, Any]) -> Outcome:
        if wait := self._rates.wait_for(method, str(arguments.get("channel", ""))):
            return limited(wait)
        fault = self._faults.take(method, arguments)
        if (spoiled := before_effect(fault)) is not None:
            return spoiled
        try:
            body = {"ok": True, **self._call(method, token, Arguments(arguments))}
        except Refused as refusal:
            body = self._refusal(method, refusal)
        return await after_effect(fault, Outcome(body))

    def _call(self, method: str, token: str, arguments: Arguments) -> Json:
        app = self._workspace.app
        if method in WITHOUT_TOKEN:
            return METHODS[method](self._workspace, arguments)
        if not token:
            raise Refused("not_authed", breach=True)
        self._workspace.approvals.check(token)
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


def _without_secrets(values: Json | None) -> Json | None:
    return values and {key: value for key, value in values.items() if key not in _SECRET_KEYS}


async def _arguments(request: web.Request) -> Json | None:
    """The arguments in whichever encoding they came, None for broken JSON."""
    values: Json = dict(request.query) | _credentials(request)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            return None
        return values | body if isinstance(body, dict) else None
    return values | {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def _credentials(request: web.Request) -> Json:
    """Client id and secret, where they came by basic authentication."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Basic":
        return {}
    try:
        client_id, _, client_secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": client_secret}
