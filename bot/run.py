"""Running the app: all parts started in order, and stopped in the opposite one."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import web

from bot.agreement_review import review_agreement
from bot.app import App, Clock, create_app, system_clock
from bot.balance import propose_options
from bot.blocked import remind_to_help
from bot.canvases import write_canvas
from bot.conflict_board import turn_board
from bot.dated_checks import ask_check
from bot.delivery import Dispatcher, Handler, Pace
from bot.digests import show_digest
from bot.doors import Socket, http_door
from bot.fit import show_fit
from bot.goal_card import show_goal_card
from bot.home import send_home
from bot.influence_commands import effective_graph
from bot.invitations import find_owners_zone, invite, invite_all
from bot.kickoff_card import send_card
from bot.listeners import create_bolt_app
from bot.premortem import close_in_time, remind_to_look_back
from bot.private_place import move
from bot.question_commands import effective_questions
from bot.ranking import show_ranking
from bot.ranking_reasons import show_reasons
from bot.reminders import remind
from bot.results import send_score, show_results
from bot.schedule import create_scheduler
from bot.settings import Settings, Unusable
from bot.uploads import share_files
from bot.voting import remind_voter
from flows.questions import QuestionSet
from storage.schema import is_current, migrate

_log = logging.getLogger(__name__)


_HANDLERS: dict[str, Handler] = {
    "card": send_card,
    "home": send_home,
    "invite_all": invite_all,
    "invite": invite,
    "owners_zone": find_owners_zone,
    "remind": remind,
    "results": show_results,
    "score": send_score,
    "digest": show_digest,
    "remind_to_help": remind_to_help,
    "ranking": show_ranking,
    "rank_reasons": show_reasons,
    "fit": show_fit,
    "turn_board": turn_board,
    "options": propose_options,
    "goal_card": show_goal_card,
    "review": review_agreement,
    "remind_voter": remind_voter,
    "ask_check": ask_check,
    "close_look_back": close_in_time,
    "remind_look_back": remind_to_look_back,
    "move_to_private": move,
    "upload": share_files,
    "canvas": write_canvas,
}


@dataclass(frozen=True)
class Running:
    """A started app, and the port on which it listens."""

    app: App
    port: int


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock = system_clock,
    pace: Pace | None = None,
    questions: QuestionSet | None = None,
) -> AsyncIterator[Running]:
    """Start the app, and stop it at the end of the block.

    Args:
        settings: Port 0 picks a free one.
        clock: Now, in UTC.
        pace: How fast messages may go to one channel; Slack's own pace by default.
        questions: What kickoffs ask; by default the built-in questions, changed as the settings' file says.

    Raises:
        Unusable: The database has another schema, and is not one that the app migrates by itself; the port is taken; or
            the file of questions, or that of what moves what, has mistakes.
        OutOfReach: The database does not answer.
    """
    questions = questions or effective_questions(settings.questions_file)
    app = create_app(settings, clock, questions, effective_graph(settings.influence_file))
    try:
        await asyncio.to_thread(_prepare_database, app)
        bolt = create_bolt_app(app)
        dispatcher = Dispatcher(app, _HANDLERS, pace)
        socket = Socket(app, bolt) if settings.socket_mode else None
        web_server = web.AppRunner(http_door(app, bolt, socket), access_log=None)
        await web_server.setup()
        try:
            site = web.TCPSite(web_server, settings.host, settings.port)
            try:
                await site.start()
            except OSError as error:
                where = f"{settings.host}:{settings.port}"
                raise Unusable(f"PORT: {where} cannot be listened on ({os.strerror(error.errno or 0)}).") from None
            port = web_server.addresses[0][1]
            async with _working(app, dispatcher, socket):
                yield Running(app, port)
        finally:
            await web_server.cleanup()
    finally:
        await app.close()


def _prepare_database(app: App) -> None:
    app.database.reach()
    if app.database.is_sqlite:
        migrate(app.database)
    elif not app.database.run(is_current):
        raise Unusable("The database has another schema. Run ml-kickoff migrate, then start again.")


@asynccontextmanager
async def _working(app: App, dispatcher: Dispatcher, socket: Socket | None) -> AsyncIterator[None]:
    scheduler = create_scheduler(app)
    tasks = [asyncio.create_task(_identify_and_dispatch(app, dispatcher))]
    if socket:
        tasks.append(asyncio.create_task(socket.open()))
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        if socket:
            await socket.close()
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _identify_and_dispatch(app: App, dispatcher: Dispatcher) -> None:
    await app.identify()
    await dispatcher.run()


async def run_until_stopped(settings: Settings) -> None:
    """Run until the process is asked to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings) as started:
        door = "a socket to Slack" if settings.socket_mode else f"port {started.port}, /slack/events"
        _log.info("ML Kickoff listens on %s; health checks on port %d", door, started.port)
        await stop.wait()
