"""Installing by OAuth v2: the page where people approve an app, and the methods around its token."""

import secrets
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from playground.arguments import Arguments
from playground.records import Json, Refused
from playground.workspace import Workspace


class AuthorizePage:
    """Where an app sends people who want to install it. They approve at once, unless they are not ``willing``.

    Args:
        workspace: What the app is installed in.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Send the person back to the app, with a code or with ``access_denied``."""
        given = Arguments(request.query)
        try:
            address = self._address(given)
            scopes = _scopes(given)
        except Refused as refusal:
            self._workspace.log.breached("oauth/v2/authorize", refusal.error, given.text("redirect_uri"))
            return web.Response(status=400, text=refusal.error)
        answer = {"state": given.text("state")}
        if self._workspace.approvals.willing:
            person, redirect_uri = _installer(self._workspace), given.text("redirect_uri")
            answer["code"] = self._workspace.approvals.approve(person, scopes, redirect_uri)
        else:
            answer["error"] = "access_denied"
        joint = "&" if urlsplit(address).query else "?"
        raise web.HTTPFound(f"{address}{joint}{urlencode(answer)}")

    def _address(self, given: Arguments) -> str:
        allowed = self._workspace.approvals.redirect_uris
        if given.text("client_id") != self._workspace.app.client_id:
            raise Refused("invalid_client_id")
        address = given.text("redirect_uri") or next(iter(allowed), "")
        if not address.startswith(("http://", "https://")):
            raise Refused("bad_redirect_uri")
        if allowed and not address.startswith(allowed):
            raise Refused("bad_redirect_uri")
        return address


def access(workspace: Workspace, arguments: Arguments) -> Json:
    """``oauth.v2.access``: a code for the bot token, which is a new one if the last one was taken back."""
    app = workspace.app
    _prove(workspace, arguments)
    approval = workspace.approvals.exchange(arguments.text("code"), arguments.text("redirect_uri"))
    installed = workspace.approvals.is_good(app.bot_token)
    token = app.bot_token if installed else f"xoxb-{secrets.token_hex(8)}"
    scopes = approval.scopes | (app.scopes if installed else frozenset())
    workspace.app = app = replace(app, bot_token=token, scopes=scopes)
    return {
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(sorted(scopes)),
        "bot_user_id": app.user_id,
        "app_id": app.app_id,
        "team": {"id": workspace.team_id, "name": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": approval.person},
    }


def revoke(workspace: Workspace, arguments: Arguments) -> Json:
    """``auth.revoke``, or only a rehearsal of it with ``test``."""
    if arguments.flag("test"):
        return {"revoked": False}
    workspace.note("revoked")
    workspace.approvals.revoke(workspace.app.bot_token)
    return {"revoked": True}


def uninstall(workspace: Workspace, arguments: Arguments) -> Json:
    """``apps.uninstall``."""
    _prove(workspace, arguments)
    workspace.uninstall()
    return {}


def _prove(workspace: Workspace, arguments: Arguments) -> None:
    if arguments.text("client_id") != workspace.app.client_id:
        raise Refused("invalid_client_id", breach=True)
    if arguments.text("client_secret") != workspace.app.client_secret:
        raise Refused("bad_client_secret", breach=True)


def _scopes(given: Arguments) -> frozenset[str]:
    scopes = frozenset(given.text("scope").replace(" ", ",").split(",")) - {""}
    if not scopes:
        raise Refused("no_scopes")
    return scopes


def _installer(workspace: Workspace) -> str:
    """Whoever administers the workspace, or else the first person in it."""
    people = [person for person in workspace.people.values() if not person.is_bot and not person.deleted]
    people.sort(key=lambda person: not person.is_admin)
    return people[0].id if people else ""
