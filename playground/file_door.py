"""Where files are uploaded and downloaded, beside the Web API."""

import time

from aiohttp import BodyPartReader, web

from playground.faults import Faults
from playground.outcomes import Outcome, after_effect, before_effect
from playground.records import Exchange, Refused
from playground.workspace import Workspace

UPLOAD = "files upload"
"""The name of an upload among the scripted faults and in the traffic, as it is no method."""


class FileDoor:
    """Takes and gives the content of files.

    Args:
        workspace: Whose files.
        faults: What goes wrong on purpose.
    """

    def __init__(self, workspace: Workspace, faults: Faults) -> None:
        self._workspace = workspace
        self._faults = faults

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take a raw body, or the first part of a form; any status other than 200 is a failure, as at Slack."""
        began = time.monotonic()
        content = await _content(request)
        fault = self._faults.take(UPLOAD, {})
        outcome = before_effect(fault) or await after_effect(fault, self._receive(request, content))
        took = time.monotonic() - began
        sent = {"bytes": len(content)}
        exchange = Exchange("call", UPLOAD, sent, outcome.body, outcome.status, took, note=outcome.note)
        self._workspace.log.exchanged(exchange)
        return outcome.response(request, self._workspace.app.scopes)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give a file's content to those with a token; Slack shows a page to log in to all others."""
        workspace = self._workspace
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != workspace.app.bot_token or not workspace.approvals.is_good(token):
            return web.Response(text="<html>Sign in to your workspace</html>", content_type="text/html")
        try:
            file = workspace.files.file(request.match_info["file"])
        except Refused:
            return web.Response(status=404)
        if file.content is None:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.mimetype)

    def _receive(self, request: web.Request, content: bytes) -> Outcome:
        try:
            self._workspace.files.receive(request.match_info["ticket"], content)
        except Refused as refusal:
            self._workspace.log.breached(UPLOAD, refusal.error, "; ".join(refusal.messages))
            return Outcome({"ok": False, "error": refusal.error}, status=400)
        return Outcome({"ok": True})


async def _content(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    part = await (await request.multipart()).next()
    return bytes(await part.read(decode=True)) if isinstance(part, BodyPartReader) else b""
