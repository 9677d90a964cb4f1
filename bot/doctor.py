"""`ml-kickoff doctor`: each thing that the app needs, tried out; each line passes or says the mend."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot import influence_commands, question_commands
from bot.app import App, create_app, system_clock
from bot.scopes import SCOPES
from bot.settings import Settings, Unusable
from flows.question_bank import BANK
from storage import outbox
from storage.database import OutOfReach
from storage.schema import is_current, is_empty

_AT_FIRST_RUN = "will be made at the first run"


class Ill(Exception):
    """A check did not pass; the message says the mend."""


@dataclass(frozen=True)
class Check:
    """One thing to try. `attempt` returns what was found, or raises `Ill`."""

    name: str
    attempt: Callable[[App], Awaitable[str]]


async def examine(settings: Settings, say: Callable[[str], None] = print) -> int:
    """Try everything; return 0 if all passes, else 1."""
    app = create_app(settings, system_clock, BANK)
    healthy = True
    try:
        for check in _CHECKS:
            try:
                say(f"ok    {check.name}: {await check.attempt(app)}")
            except Ill as illness:
                healthy = False
                say(f"MEND  {check.name}: {illness}")
    finally:
        await app.close()
    return 0 if healthy else 1


async def _token(app: App) -> str:
    try:
        told = await app.slack.client.auth_test()
    except SlackApiError as error:
        raise Ill(
            f"Slack answers {error.response.get('error')}. Copy the bot token anew from OAuth & Permissions."
        ) from None
    except Exception:
        raise Ill(f"{app.settings.slack_api_url} cannot be reached. Check the network and SLACK_API_URL.") from None
    return f"{told.get('user')} in {told.get('team')}"


async def _scopes(app: App) -> str:
    try:
        told = await app.slack.client.auth_test()
    except Exception:
        raise Ill("not known before the token works.") from None
    granted = {scope.strip() for scope in str(told.headers.get("x-oauth-scopes", "")).split(",")}
    missing = sorted(SCOPES - granted)
    if missing:
        raise Ill(f"{', '.join(missing)} missing. Update the app from manifest.yml and install it again.")
    return f"all {len(SCOPES)} granted"


async def _door(app: App) -> str:
    if not app.settings.socket_mode:
        return f"HTTP on port {app.settings.port}; Slack must reach it at https://…/slack/events"
    try:
        await app.slack.client.apps_connections_open(app_token=app.settings.slack_app_token)
    except SlackApiError as error:
        raise Ill(
            f"Slack answers {error.response.get('error')}. Switch Socket Mode on, and make an app-level token "
            "with connections:write."
        ) from None
    except Exception:
        raise Ill("Slack cannot be reached to open a socket. Check the network.") from None
    return "Slack opens a socket"


async def _questions(app: App) -> str:
    return _check_file(app.settings.questions_file, question_commands.check)


async def _influence(app: App) -> str:
    return _check_file(app.settings.influence_file, influence_commands.check)


def _check_file(file: Path | None, check: Callable[[Path], str]) -> str:
    if file is None:
        return "as built in"
    try:
        return check(file)
    except Unusable as wrong:
        raise Ill(str(wrong)) from None


async def _database(app: App) -> str:
    if app.database.is_missing:
        return f"sqlite, {_AT_FIRST_RUN}"
    try:
        await asyncio.to_thread(app.database.reach)
    except OutOfReach as failed:
        raise Ill(str(failed)) from None
    return app.database.engine.dialect.name


async def _comes_at_first_run(app: App) -> bool:
    """Whether nothing was ever kept in the SQLite file, which `run` prepares by itself."""
    if app.database.is_missing:
        return True
    try:
        return app.database.is_sqlite and await app.database.transact(is_empty)
    except (SQLAlchemyError, OSError):
        return False


async def _schema(app: App) -> str:
    if await _comes_at_first_run(app):
        return _AT_FIRST_RUN
    try:
        current = await app.database.transact(is_current)
    except (SQLAlchemyError, OSError):
        raise Ill("not known before the database can be reached.") from None
    if not current:
        raise Ill("it is not the one of this version. Run ml-kickoff migrate.")
    return "current"


async def _outbox(app: App) -> str:
    if await _comes_at_first_run(app):
        return _AT_FIRST_RUN
    try:
        waiting, given_up = await app.database.transact(
            lambda connection: (outbox.count_open(connection), outbox.count_given_up(connection))
        )
    except (SQLAlchemyError, OSError):
        raise Ill("not known before the database has its schema.") from None
    if given_up:
        raise Ill(f"{given_up} messages could not be sent. Their errors are in the table outbox, for 30 days.")
    return f"{waiting} messages waiting"


_CHECKS = (
    Check("Bot token", _token),
    Check("Scopes", _scopes),
    Check("Door", _door),
    Check("Questions", _questions),
    Check("Influence", _influence),
    Check("Database", _database),
    Check("Schema", _schema),
    Check("Outbox", _outbox),
)
