"""Serving the page on a loopback port."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI, Response
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from nicegui import Client, background_tasks, ui

from playground.page.desk import Desk
from playground.page.session import Session
from playground.records import Refused

HOST = "127.0.0.1"
_CSS = Path(__file__).parent / "page.css"
_JS = Path(__file__).parent / "page.js"
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def listen(port: int) -> socket.socket:
    """Take a port on this machine; 0 for any that is free.

    Raises:
        OSError: The port is taken.
    """
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


async def serve(session: Session, listening: socket.socket, opened: Callable[[str], None]) -> None:
    """Serve the page until the process is asked to stop.

    Args:
        session: The world behind it, with a world open.
        listening: Where it is served, as `listen` gives it.
        opened: Told the page's address once it is there.
    """
    site = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # Another page in the same browser could give its own name this address, and read along.
    site.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    _add_files(site, session)
    _add_page(session)
    ui.run_with(
        site,
        title=f"{session.world.playground.workspace.app.name} playground",
        favicon="🎈",
        dark=None,
        language="en-US",
        tailwind=False,
        show_welcome_message=False,
    )
    config = uvicorn.Config(
        site, log_level="warning", lifespan="on", ws="websockets-sansio", timeout_graceful_shutdown=2
    )
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    server = _Server(config, lambda: opened(address))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, server.stop)
    await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Tells when it is there, and leaves signals to its caller, so that what is open is closed before the end."""

    def __init__(self, config: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self._opened()

    def stop(self) -> None:
        """Stop serving."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


def _add_files(site: FastAPI, session: Session) -> None:
    @site.get("/files/{file_id}")
    def give_file(file_id: str) -> Response:
        try:
            file = session.world.playground.workspace.files.file(file_id)
        except Refused:
            return Response(status_code=404)
        # Shown in place, a page or drawing that somebody uploaded could run scripts as if it were this page.
        shown = "inline" if file.mimetype in _SHOWN else "attachment"
        headers = {
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(file.content, media_type=file.mimetype, headers=headers)


def _add_page(session: Session) -> None:
    css, script = _CSS.read_text(encoding="utf-8"), _JS.read_text(encoding="utf-8")

    @ui.page("/")
    async def page(client: Client) -> None:
        query = client.request.query_params
        ui.add_css(css)
        ui.add_body_html(f"<script>{script}</script>")
        desk = Desk(session, query.get("as", ""), query.get("at", ""))
        desk.build()
        await client.connected()
        following = background_tasks.create(desk.follow())
        client.on_delete(following.cancel)
