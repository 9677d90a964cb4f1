"""How far each kickoff is: one as its card shows it, several in a line each, and everything about them in a form."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Button, Words, actions, context, divider, modal, section, words
from bot.brevity import MOST_WORDS, count_words, list_people, split_pages
from bot.deliveries import Command, Press
from bot.forms import open_form
from bot.kickoff_card import draw_bar, fit_standing, next_step, nudge_line, participant_line, watchers_line
from bot.projects import NO_PROJECT, find_projects, name_project
from flows.kickoffs import Kickoff, Standing
from storage import decisions

SHOW_ALL = "status.show_all"

_IN_FORM = 15
_NAMED = 2


async def answer(app: App, command: Command, name: str | None) -> Words:
    """Say how far the kickoffs here are, or the one of this name."""

    def read(connection: Connection) -> Words:
        known = find_projects(connection, command)
        if not known.known:
            return words(NO_PROJECT)
        chosen = known.choose(name, with_closed=True)
        if not chosen:
            return words(known.say_unknown(name))
        show_all = actions([Button("Show all", SHOW_ALL, name or "")])
        drawn = _draw_one(connection, chosen[0], app.clock()) if len(chosen) == 1 else _draw_several(chosen)
        return words("Kickoffs", [*drawn, show_all])

    return await app.database.transact(read)


def _draw_one(connection: Connection, kickoff: Kickoff, now: datetime) -> list[Block]:
    watchers = watchers_line(kickoff)
    below = [*watchers, context(nudge_line(kickoff, now))]
    stands = decisions.agreement_of(connection, kickoff.id)
    return fit_standing(kickoff, stands, above=[section(name_project(kickoff))], below=below, spare=watchers)


def _draw_several(projects: Sequence[Kickoff]) -> list[Block]:
    left = f"{len(projects)} older ones are not shown."
    lines = [_say_far(project) for project in projects]
    shown = split_pages(lines, count_words, MOST_WORDS - count_words(left))[0]
    blocks = [section(line) for line in shown]
    return [*blocks, context(f"{len(lines) - len(shown)} older ones are not shown.")] if lines[len(shown) :] else blocks


def _say_far(kickoff: Kickoff) -> str:
    asked = [one for one in kickoff.counted if one.standing is not Standing.UNAVAILABLE]
    done = len(asked) - len(kickoff.waiting_for)
    waiting = list_people([one.person for one in kickoff.waiting_for], _NAMED)
    wait = f" · waiting for {waiting}" if waiting else ""
    if kickoff.closed_at:
        return f"{name_project(kickoff)} · closed"
    return f"{name_project(kickoff)} · {draw_bar(done, len(asked))} {done} of {len(asked)} done{wait}"


async def press_show_all(app: App, press: Press) -> None:
    """Show everybody's bar and role in a form, where there is room for it."""

    def read(connection: Connection) -> list[Block]:
        projects = find_projects(connection, press).choose(press.value, with_closed=True)
        blocks = [one for project in projects[:_IN_FORM] for one in _draw_whole(connection, project, app.clock())]
        older = [context(f"{len(projects) - _IN_FORM} older ones are not shown.")] if projects[_IN_FORM:] else []
        return [*blocks, *older]

    await open_form(app, press, modal("Kickoffs", SHOW_ALL, await app.database.transact(read), submit=None))


def _draw_whole(connection: Connection, kickoff: Kickoff, now: datetime) -> Iterator[Block]:
    people = "\n".join(participant_line(one) for one in kickoff.counted)
    yield section(f"{name_project(kickoff)}\n{people}")
    yield section(f"*Next:* {next_step(kickoff, decisions.agreement_of(connection, kickoff.id))}")
    yield from watchers_line(kickoff)
    yield context(nudge_line(kickoff, now))
    yield divider()
