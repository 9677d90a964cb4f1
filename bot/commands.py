"""What the command answers, typed or beside a mention. Every answer is seen by the one who asked alone."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlalchemy import Connection

from bot import (
    activity_log,
    away,
    balance,
    capacity_form,
    charter,
    closing,
    decision_list,
    digests,
    facts,
    kickoff_form,
    people_form,
    pilot,
    progress,
    ranking,
    risk_list,
    status,
    team,
    time_report,
    timers,
    unknowns,
)
from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, Button, Words, actions, context, mention, modal, quote, section, words
from bot.deliveries import Command, Press
from bot.findings import read_posted
from bot.forms import open_form, try_to_open
from bot.nudges import set_rhythm
from bot.own_nudges import set_own
from bot.projects import CLOSED, NO_PROJECT, find_one, find_projects
from bot.replies import OnlyYou
from bot.voting import zone_of
from bot.whispers import whisper
from flows.activity import EntryError
from flows.commands import (
    VERBS,
    Away,
    Balance,
    Brief,
    Capacity,
    Charter,
    Close,
    Decisions,
    Digest,
    Export,
    Facts,
    Help,
    Log,
    Nudge,
    People,
    Pilot,
    Progress,
    Rank,
    Reopen,
    Risks,
    Start,
    Status,
    Team,
    Time,
    Timer,
    Unknown,
    Unknowns,
    parse_command,
    split_project,
)
from flows.log_reading import read_line
from flows.usage import USAGE, USAGE_IN_SHORT
from flows.working_days import default_due
from storage import decisions, deliveries, kickoffs, outbox

OPEN = "command.open"
SHOW_HELP = "command.show_help"

_NOT_OPENED = "Slack did not open the form this time. Please type the command once more."


async def answer(app: App, command: Command) -> OnlyYou | None:
    """Do what was asked for, or say what can be asked for instead."""
    match parse_command(command.text):
        case Start(name):
            return await _start(app, command, name or "")
        case Status(project):
            return OnlyYou(await status.answer(app, command, project))
        case Help():
            return _help(app)
        case Log(text, project):
            return await _log(app, command, text, project)
        case Nudge(text, project):
            return await _nudge(app, command, text, project)
        case Away(text):
            return _only_you(await away.answer(app, command, text))
        case Facts(project):
            return OnlyYou(await facts.answer(app, command, project))
        case People(project):
            return await _people(app, command, project)
        case Unknown(text, guess):
            return _say_unknown(text, guess)
        case about_results:
            return await _answer_about_results(app, command, about_results)


async def _answer_about_results(
    app: App,
    command: Command,
    asked: Balance
    | Charter
    | Export
    | Brief
    | Decisions
    | Risks
    | Unknowns
    | Team
    | Progress
    | Time
    | Digest
    | Pilot
    | Timer
    | Rank
    | Capacity
    | Close
    | Reopen,
) -> OnlyYou | None:
    match asked:
        case Balance(project):
            return await balance.answer(app, command, project)
        case Charter(project):
            return await charter.answer(app, command, project)
        case Export(form, project):
            return await charter.export(app, command, form, project)
        case Brief() | Decisions() | Risks() | Unknowns() | Team():
            verb, draw = _READ_ONLY[type(asked)]
            return await _read_only(app, command, asked.project, verb, draw)
        case Progress(project):
            return await progress.answer(app, command, project)
        case Time(project):
            return await time_report.answer(app, command, project)
        case Timer(text, project):
            return OnlyYou(await timers.answer(app, command, text, project))
        case Pilot(project):
            return await _open_prepared(app, command, await pilot.prepare(app, command, project))
        case Digest(text, project):
            return await digests.answer(app, command, text, project)
        case about_backlog:
            return await _answer_about_backlog(app, command, about_backlog)


async def _answer_about_backlog(app: App, command: Command, asked: Rank | Capacity | Close | Reopen) -> OnlyYou | None:
    match asked:
        case Rank():
            return await ranking.answer(app, command)
        case Capacity():
            return await _open_prepared(app, command, await capacity_form.prepare(app, command))
        case Close(project):
            return await _open_prepared(app, command, await closing.prepare(app, command, project))
        case Reopen(project):
            return await closing.reopen(app, command, project)


async def _open_prepared(app: App, command: Command, prepared: Block | OnlyYou) -> OnlyYou | None:
    return prepared if isinstance(prepared, OnlyYou) else await _open(app, command, prepared)


def _say_unknown(text: str, guess: str | None) -> OnlyYou:
    meant = f" Did you mean `/ml-kickoff {quote(guess, 100)}`?" if guess else ""
    verbs = ", ".join(f"`{verb}`" for verb in VERBS)
    return _only_you(f"I do not know “{quote(text, 60)}”.{meant} `/ml-kickoff help` lists what I can do: {verbs}.")


async def press_open(app: App, press: Press) -> None:
    """The button under the answer to a mention: the same once more, and now a form can be opened."""
    thread, text = press.value.split("|", 1)
    command = Command(press.key, press.workspace, press.channel, press.person, text, press.trigger, thread)
    reply = await answer(app, command)
    if reply is not None:
        said = reply.said
        await app.transact(lambda connection: outbox.put(connection, [whisper(command, said)], app.clock()))


async def _start(app: App, command: Command, name: str) -> OnlyYou | None:
    due = default_due(app.clock(), "UTC")
    return await _open(app, command, kickoff_form.form(command.channel, due, name))


async def _open(app: App, command: Command, view: Block) -> OnlyYou | None:
    """Open a form; where the command carries no trigger, as a mention does not, offer a button that opens it."""
    if not command.trigger:
        text = "Press the button, and the form opens."
        button = Button(view["title"]["text"], OPEN, f"{command.thread}|{command.text}", primary=True)
        return _only_you(text, [section(text), actions([button])])
    return None if await try_to_open(app, command, view) else _only_you(_NOT_OPENED)


def _only_you(text: str, blocks: Sequence[Block] = ()) -> OnlyYou:
    return OnlyYou(words(text, blocks))


def _help(app: App) -> OnlyYou:
    lines = "\n".join(f"`{typed}`  {does}" for typed, does in USAGE_IN_SHORT)
    me = mention(app.identity.user) if app.identity else "me"
    hint = f"In a thread, mention me: {me} status."
    show_all = actions([Button("Show all", SHOW_HELP, "")])
    return _only_you(
        "What I can do", [section(f"*After* `/ml-kickoff` *you can type*\n{lines}"), context(hint), show_all]
    )


async def press_show_help(app: App, press: Press) -> None:
    """Show all that can be typed in a form, where there is room for it."""
    groups = [
        section(f"*{title}*\n" + "\n".join(f"`{typed}`  {does}" for typed, does in lines)) for title, lines in USAGE
    ]
    hints = (
        "With several projects, add: for Churn radar. "
        "To keep a message as a goal or a fact, choose Add to kickoff in its menu."
    )
    await open_form(app, press, modal("What I can do", SHOW_HELP, [*groups, context(hints)], submit=None))


async def _log(app: App, command: Command, text: str, name: str | None) -> OnlyYou | None:
    projects = await app.database.transact(lambda connection: find_projects(connection, command))
    if not projects.known:
        return _only_you(NO_PROJECT)
    if not projects.choose(name):
        return _only_you(projects.say_unknown(name))
    if name is None:
        text, name = split_project(text, (project.name for project in projects.known))
    chosen = projects.choose(name)
    if len(chosen) == 1 and chosen[0].closed_at:
        return _only_you(CLOSED)
    if len(chosen) > 1 or not text.strip():
        return await _open(app, command, await activity_log.open_for(app, chosen[:100], text))
    try:
        read = read_line(text, today_in(app, zone_of(chosen[0], command.person)))
    except EntryError as wrong:
        return _only_you(quote(str(wrong), 500))

    def keep(connection: Connection) -> Words:
        if not deliveries.is_first(connection, command.key, app.clock()):
            return words("That was logged already.")
        kickoff = kickoffs.load(connection, chosen[0].id, lock=True)
        return activity_log.add(connection, app, kickoff, command.person, read)

    return OnlyYou(await app.transact(keep))


async def _nudge(app: App, command: Command, text: str, name: str | None) -> OnlyYou:
    projects = await app.database.transact(lambda connection: find_projects(connection, command))
    if not projects.known:
        return _only_you(NO_PROJECT)
    chosen = projects.choose(name)
    if len(chosen) != 1:
        return _only_you(projects.ask_which(f"nudge {quote(text, 60) or 'weekly mon 09:30'}"))

    def change(connection: Connection) -> str:
        kickoff = kickoffs.load(connection, chosen[0].id, lock=True)
        first, _, rest = text.partition(" ")
        if first.casefold() == "me":
            return set_own(connection, app, kickoff, rest, command.person)
        return set_rhythm(connection, app, kickoff, text, command.person)

    return _only_you(await app.transact(change))


async def _people(app: App, command: Command, name: str | None) -> OnlyYou | None:
    projects = await app.database.transact(lambda connection: find_projects(connection, command))
    if not projects.known:
        return _only_you(NO_PROJECT)
    chosen = projects.choose(name)
    if not chosen:
        return _only_you(projects.say_unknown(name))
    if len(chosen) > 1:
        # Two of the same name are told apart only by their cards.
        return _only_you(f"{projects.ask_which('people')} You can also press *People* on its card.")
    return await _open(app, command, people_form.form(chosen[0], command.person))


_Read = Callable[[App, Connection, int, str], Callable[[], Block]]


async def _read_only(app: App, command: Command, name: str | None, verb: str, read: _Read) -> OnlyYou | None:
    """Open a form about the one project that is meant; what it shows is read first, and drawn off the event loop."""
    kickoff = await app.database.transact(lambda connection: find_one(connection, command, name, verb))
    if isinstance(kickoff, str):
        return _only_you(kickoff)
    draw = await app.database.transact(lambda connection: read(app, connection, kickoff.id, command.person))
    return await _open(app, command, await asyncio.to_thread(draw))


def _read_brief(_app: App, connection: Connection, kickoff_id: int, _person: str) -> Callable[[], Block]:
    return partial(charter.brief_form, *read_posted(connection, kickoff_id))


def _read_unknowns(app: App, connection: Connection, kickoff_id: int, _person: str) -> Callable[[], Block]:
    past = unknowns.read_past(connection, app, kickoff_id)
    return lambda: unknowns.draw_register(unknowns.make_register(past))


def _read_team(_app: App, connection: Connection, kickoff_id: int, _person: str) -> Callable[[], Block]:
    return partial(team.draw_team, *team.load_team(connection, kickoff_id))


def _read_decisions(app: App, connection: Connection, kickoff_id: int, _person: str) -> Callable[[], Block]:
    kickoff, _ = read_posted(connection, kickoff_id)
    return partial(decision_list.draw_decisions, kickoff, app.graph, decisions.of_kickoff(connection, kickoff_id))


def _read_risks(_app: App, connection: Connection, kickoff_id: int, person: str) -> Callable[[], Block]:
    view = risk_list.draw_newest(connection, kickoff_id, person)
    return lambda: view


_READ_ONLY: Mapping[type, tuple[str, _Read]] = {
    Brief: ("brief", _read_brief),
    Decisions: ("decisions", _read_decisions),
    Risks: ("risks", _read_risks),
    Unknowns: ("unknowns", _read_unknowns),
    Team: ("team", _read_team),
}
"""What is only read: the verb, and the function that reads what the window shows to a person."""
