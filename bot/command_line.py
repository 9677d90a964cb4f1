"""The command line: `ml-kickoff run`, `playground`, `demo`, `migrate`, `doctor`, `questions` and `influence`."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.logs import set_up_logging
from bot.settings import Unusable, database_setting, read_settings
from storage.database import OutOfReach

_USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say.

    Returns:
        The exit code: 2 when a setting or a file is missing or of no use, 1 when the database cannot be reached.
    """
    parser = argparse.ArgumentParser(prog="ml-kickoff", description="A Slack app for the weeks before an ML project.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, (act, purpose) in _COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.set_defaults(act=act)
        if act in _OPTIONS:
            _OPTIONS[act](command)
    options = parser.parse_args(arguments)
    set_up_logging()
    try:
        chosen: Callable[[argparse.Namespace], int] = options.act
        return chosen(options)
    except Unusable as wrong:
        print(wrong, file=sys.stderr)
        return _USAGE_ERROR
    except OutOfReach as failed:
        print(failed, file=sys.stderr)
        return 1


def _run(_: argparse.Namespace) -> int:
    from bot.run import run_until_stopped

    asyncio.run(run_until_stopped(read_settings()))
    return 0


def _add_playground_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--port", type=int, default=8300, help="where the page listens on this machine (8300); 0 for any free one")
    add("--no-browser", action="store_true", help="only print the address")
    add("--stage", default="", help='where to begin, such as "conflicts found"')
    add("--state", type=Path, metavar="FILE", help="keep everything in this file between starts")
    add("--people", nargs="+", default=[], metavar="'NAME, TITLE, ZONE'", help="who is in the workspace")
    add("--channels", nargs="+", default=[], metavar="NAME", help="its channels")
    add("--company", type=Path, metavar="FILE", help="a TOML file with [[people]] and [[channels]]")


def _playground(options: argparse.Namespace) -> int:
    try:
        from bot import try_out
    except ModuleNotFoundError as missing:
        raise Unusable(
            f"The playground's page needs {missing.name}. Install what it needs with: pip install '.[playground]'"
        ) from None
    from playground.company import Described

    company = Described(options.company, options.people, options.channels)
    wanted = try_out.Options(options.port, not options.no_browser, options.stage, options.state, company)
    asyncio.run(try_out.try_out(wanted, lambda words: print(words, flush=True)))
    return 0


def _demo(_: argparse.Namespace) -> int:
    from bot.demo import play

    return asyncio.run(play())


def _add_migrate_options(parser: argparse.ArgumentParser) -> None:
    to = "for the way back to an older version: its newest schema, such as 0006; what newer tables hold is dropped"
    parser.add_argument("--to", default="head", metavar="REVISION", help=to)


def _migrate(options: argparse.Namespace) -> int:
    from storage.database import Database
    from storage.schema import UnknownRevision, migrate

    database = Database(database_setting())
    try:
        database.reach()
        migrate(database, options.to)
    except UnknownRevision as wrong:
        raise Unusable(str(wrong)) from None
    finally:
        database.engine.dispose()
    print("The database is up to date." if options.to == "head" else f"The database is as of {options.to}.")
    return 0


def _doctor(_: argparse.Namespace) -> int:
    from bot.doctor import examine

    return asyncio.run(examine(read_settings()))


def _add_questions_options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="action", dest="action")
    purpose = "Check a file of questions, and say what it changes."
    check = actions.add_parser("check", help=purpose, description=purpose)
    check.add_argument("file", type=Path, metavar="FILE", help="a YAML file, described in docs/questions.md")
    purpose = "Print all questions as such a file."
    export = actions.add_parser("export", help=purpose, description=purpose)
    export.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a file to lay over the built-in questions")


def _questions(options: argparse.Namespace) -> int:
    from bot import question_commands

    act = question_commands.check if options.action == "check" else question_commands.export
    print(act(options.file))
    return 0


def _add_influence_options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="action", dest="action")
    purpose = "Check a file of what moves what, and say what it changes."
    check = actions.add_parser("check", help=purpose, description=purpose)
    check.add_argument("file", type=Path, metavar="FILE", help="a YAML file, described in docs/influence.md")
    purpose = "Print all that is assumed to move what, as such a file."
    export = actions.add_parser("export", help=purpose, description=purpose)
    export.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a file to lay over what is built in")
    purpose = "Print what moves what as Mermaid text, to be drawn."
    draw = actions.add_parser("draw", help=purpose, description=purpose)
    draw.add_argument("around", nargs="*", metavar="NAME", help="only what is near these, such as ad_revenue")
    draw.add_argument("--file", type=Path, metavar="FILE", help="a file to lay over what is built in")


def _influence(options: argparse.Namespace) -> int:
    from bot import influence_commands

    if options.action == "draw":
        print(influence_commands.draw(options.file, options.around))
    else:
        act = influence_commands.check if options.action == "check" else influence_commands.export
        print(act(options.file))
    return 0


_Command = Callable[[argparse.Namespace], int]
_OPTIONS: dict[_Command, Callable[[argparse.ArgumentParser], None]] = {
    _playground: _add_playground_options,
    _migrate: _add_migrate_options,
    _questions: _add_questions_options,
    _influence: _add_influence_options,
}
_COMMANDS: dict[str, tuple[_Command, str]] = {
    "run": (_run, "Run the app. An SQLite database is migrated first."),
    "playground": (_playground, "Try the app in a local Slack, in the browser."),
    "demo": (_demo, "Play a kickoff in a local workspace, without Slack."),
    "migrate": (_migrate, "Bring the database to the schema of this version."),
    "doctor": (_doctor, "Check tokens, scopes, socket, database and schema."),
    "questions": (_questions, "Check or print the questions of the interviews."),
    "influence": (_influence, "Check, print or draw what is assumed to move what."),
}
