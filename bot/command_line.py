"""The command line: `ml-kickoff run`, `demo`, `migrate` and `doctor`."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence

from bot.logs import set_up_logging
from bot.settings import Unusable, database_setting, read_settings
from storage.database import OutOfReach

_USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say.

    Returns:
        The exit code: 2 when a setting is missing or of no use, 1 when the database cannot be reached.
    """
    parser = argparse.ArgumentParser(prog="ml-kickoff", description="A Slack app for the weeks before an ML project.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, (act, purpose) in _COMMANDS.items():
        commands.add_parser(name, help=purpose, description=purpose).set_defaults(act=act)
    chosen: Callable[[], int] = parser.parse_args(arguments).act
    set_up_logging()
    try:
        return chosen()
    except Unusable as wrong:
        print(wrong, file=sys.stderr)
        return _USAGE_ERROR
    except OutOfReach as failed:
        print(failed, file=sys.stderr)
        return 1


def _run() -> int:
    from bot.run import run_until_stopped

    asyncio.run(run_until_stopped(read_settings()))
    return 0


def _demo() -> int:
    from bot.demo import play

    return asyncio.run(play())


def _migrate() -> int:
    from storage.database import Database
    from storage.schema import migrate

    database = Database(database_setting())
    try:
        database.reach()
        migrate(database)
    finally:
        database.engine.dispose()
    print("The database is up to date.")
    return 0


def _doctor() -> int:
    from bot.doctor import examine

    return asyncio.run(examine(read_settings()))


_COMMANDS: dict[str, tuple[Callable[[], int], str]] = {
    "run": (_run, "Run the app. An SQLite database is migrated first."),
    "demo": (_demo, "Play a kickoff in a local workspace, without Slack."),
    "migrate": (_migrate, "Bring the database to the schema of this version."),
    "doctor": (_doctor, "Check tokens, scopes, socket, database and schema."),
}
