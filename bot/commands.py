"""What `/ml-kickoff` answers. Every answer is seen by the one who typed it alone."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import activity_log, kickoff_form, people_form
from bot.app import App
from bot.blocks import Block, context, divider, quote, section, words
from bot.deliveries import Command
from bot.forms import try_to_open
from bot.kickoff_card import next_step, nudge_line, participant_line, watchers_line
from bot.nudges import set_cadence
from bot.replies import OnlyYou
from flows.activity import EntryError, read_entry
from flows.cadence import CadenceError, parse_cadence
from flows.commands import USAGE, VERBS, Help, Log, Nudge, People, Start, Status, parse_command, split_project
from flows.kickoffs import Kickoff
from flows.working_days import default_due
from storage import deliveries, kickoffs

_SHOWN = 8
_NOT_OPENED = "Slack did not open the form this time. Please type the command once more."
_NO_PROJECT = "There is no kickoff here yet. Type `/ml-kickoff` to start one."


async def answer(app: App, command: Command) -> OnlyYou | None:
    """Do what was typed, or say what can be typed instead."""
    match parse_command(command.text):
        case Start(name):
            return await _start(app, command, name or "")
        case Status(project):
            return await _status(app, command, project)
        case Help():
            return _help()
        case Log(text, project):
            return await _log(app, command, text, project)
        case Nudge(text, project):
            return await _nudge(app, command, text, project)
        case People(project):
            return await _people(app, command, project)
        case unknown:
            guess = f" Did you mean `/ml-kickoff {unknown.guess}`?" if unknown.guess else ""
            said = quote(unknown.text, 60)
            verbs = ", ".join(f"`{verb}`" for verb in VERBS)
            return _only_you(f"I do not know “{said}”.{guess} `/ml-kickoff help` lists what I can do: {verbs}.")


async def _start(app: App, command: Command, name: str) -> OnlyYou | None:
    due = default_due(app.clock(), "UTC")
    return await _open(app, command, kickoff_form.form(command.channel, due, name))


async def _open(app: App, command: Command, view: Block) -> OnlyYou | None:
    return None if await try_to_open(app, command, view) else _only_you(_NOT_OPENED)


def _only_you(text: str, blocks: Sequence[Block] = ()) -> OnlyYou:
    return OnlyYou(words(text, blocks))


def _help() -> OnlyYou:
    lines = "\n".join(f"`{typed}`  {does}" for typed, does in USAGE)
    return _only_you("What I can do", [section(f"*What I can do*\n{lines}")])


async def _status(app: App, command: Command, name: str | None) -> OnlyYou:
    known = await app.database.transact(lambda connection: _projects(connection, command))
    if not known:
        return _only_you(_NO_PROJECT)
    projects = _named(known, name)
    if not projects:
        return _not_here(known, name)
    blocks: list[Block] = []
    for project in projects[:_SHOWN]:
        people = "\n".join(participant_line(one) for one in project.counted)
        blocks += [
            section(f"*{quote(project.name, 150)}*\n{people}"),
            section(f"*Next:* {next_step(project)}"),
            *watchers_line(project),
            context(nudge_line(project, app.clock())),
            divider(),
        ]
    if len(projects) > _SHOWN:
        blocks.append(context(f"{len(projects) - _SHOWN} older ones are not shown."))
    return _only_you("Kickoffs", blocks)


def _projects(connection: Connection, command: Command) -> tuple[Kickoff, ...]:
    """The kickoffs of this channel; where there are none, those of the person."""
    here = kickoffs.of_channel(connection, command.workspace, command.channel)
    return here or kickoffs.of_person(connection, command.workspace, command.person)


def _named(projects: Sequence[Kickoff], name: str | None) -> tuple[Kickoff, ...]:
    """The projects of this name; all of them without one."""
    wanted = (name or "").strip().casefold()
    return tuple(project for project in projects if not wanted or project.name.casefold() == wanted)


def _list_names(projects: Sequence[Kickoff]) -> str:
    return ", ".join(f"*{quote(project.name, 80)}*" for project in projects[:_SHOWN])


def _not_here(projects: Sequence[Kickoff], name: str | None) -> OnlyYou:
    return _only_you(f"I know no project called “{quote(name or '', 80)}” here. There are: {_list_names(projects)}.")


async def _log(app: App, command: Command, text: str, name: str | None) -> OnlyYou | None:
    projects = await app.database.transact(lambda connection: _projects(connection, command))
    if not projects:
        return _only_you(_NO_PROJECT)
    if not _named(projects, name):
        return _not_here(projects, name)
    if name is None:
        text, name = split_project(text, (project.name for project in projects))
    chosen = _named(projects, name)
    if len(chosen) > 1 or not text.strip():
        return await _open(app, command, activity_log.form(chosen[:100], text))
    try:
        entry = read_entry(text)
    except EntryError as wrong:
        return _only_you(quote(str(wrong), 500))

    def keep(connection: Connection) -> str:
        if not deliveries.is_first(connection, command.key, app.clock()):
            return "That was logged already."
        return activity_log.add(
            connection, app, kickoffs.load(connection, chosen[0].id, lock=True), command.person, entry
        )

    return _only_you(await app.transact(keep))


async def _nudge(app: App, command: Command, text: str, name: str | None) -> OnlyYou:
    projects = await app.database.transact(lambda connection: _projects(connection, command))
    if not projects:
        return _only_you(_NO_PROJECT)
    chosen = _named(projects, name)
    if len(chosen) != 1:
        example = quote(projects[0].name, 80)
        typed = quote(text, 60) or "weekly mon 09:30"
        return _only_you(
            f"Which project do you mean: {_list_names(projects)}? Type for example "
            f"`/ml-kickoff nudge {typed} for {example}`."
        )
    kickoff = chosen[0]
    try:
        today = app.clock().astimezone(ZoneInfo(kickoff.nudge.zone)).date()
        cadence = parse_cadence(text, today)
    except CadenceError as wrong:
        return _only_you(quote(str(wrong), 500))

    def change(connection: Connection) -> str:
        newest = kickoffs.load(connection, kickoff.id, lock=True)
        nudge = replace(newest.nudge, cadence=cadence)
        return set_cadence(connection, app, replace(newest, nudge=nudge))

    return _only_you(await app.transact(change))


async def _people(app: App, command: Command, name: str | None) -> OnlyYou | None:
    projects = await app.database.transact(lambda connection: _projects(connection, command))
    if not projects:
        return _only_you(_NO_PROJECT)
    chosen = _named(projects, name)
    if not chosen:
        return _not_here(projects, name)
    if len(chosen) > 1:
        return _only_you(
            f"Which project do you mean: {_list_names(chosen)}? Press *People* on its card, or type for example "
            f"`/ml-kickoff people for {quote(chosen[0].name, 80)}`."
        )
    return await _open(app, command, people_form.form(chosen[0], command.person))
