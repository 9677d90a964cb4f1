"""What a project knows: the answers to each question, what was added as a fact, and what nobody knows yet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Button, Words, actions, context, header, mention, quote, section, words
from bot.deliveries import Command, Press
from bot.projects import NO_PROJECT, find_projects
from bot.review import show_answer
from bot.whispers import whisper
from flows.kickoffs import Kickoff
from flows.known import Known, list_known
from flows.register import list_register
from flows.scores import first_score
from flows.unknowns import Unknown
from storage import deliveries, kickoffs, notes, outbox
from storage.notes import Note

MORE = "facts.more"

_PAGE_CHARACTERS = 7500
_SECTION_CHARACTERS = 2900
_ANSWERS_SHOWN = 8
_PERSON = re.compile(r"&lt;@([UW][A-Z0-9]+)&gt;")


@dataclass(frozen=True)
class Line:
    """One thing that is known or not, under its heading; in mrkdwn."""

    heading: str
    text: str


async def answer(app: App, command: Command, name: str | None) -> Words:
    """What the project knows that is meant, or which one that may be."""

    def read(connection: Connection) -> Words:
        projects = find_projects(connection, command)
        if not projects.known:
            return words(NO_PROJECT)
        chosen = projects.choose(name)
        if not chosen:
            return words(projects.say_unknown(name))
        if len(chosen) > 1:
            return words(projects.ask_which("facts"))
        return draw_facts(chosen[0], notes.of_kickoff(connection, chosen[0].id))

    return await app.database.transact(read)


async def press_more(app: App, press: Press) -> None:
    """Show what did not fit."""
    kickoff_id, page = (int(part) for part in press.value.split("|"))

    def show(connection: Connection) -> None:
        if deliveries.is_first(connection, press.key, app.clock()):
            kickoff = kickoffs.load(connection, kickoff_id)
            said = draw_facts(kickoff, notes.of_kickoff(connection, kickoff_id), page)
            outbox.put(connection, [whisper(press, said)], app.clock())

    await app.transact(show)


def draw_facts(kickoff: Kickoff, added: Sequence[Note], page: int = 0) -> Words:
    """One page of what is known, with a button for the next."""
    title = f"{kickoff.name}: what is known"
    pages = _split(list_lines(kickoff, added))
    page = min(page, len(pages) - 1)
    blocks: list[Block] = [header(title), *_draw_lines(pages[page])]
    left = sum(len(one) for one in pages[page + 1 :])
    if left:
        blocks.append(context(f"and {left} more"))
        blocks.append(actions([Button("Show more", MORE, f"{kickoff.id}|{page + 1}")]))
    return words(quote(title), blocks)


def list_lines(kickoff: Kickoff, added: Sequence[Note]) -> list[Line]:
    """All that is known and not known, a line each."""
    known = [Line("Answers", _say_known(kickoff, one)) for one in list_known(kickoff)]
    facts = [Line("Notes", f"• {mention(note.author)}: {show_note(note.words)}") for note in added]
    if not known and not facts:
        known = [Line("Answers", "• Nobody has answered a question yet.")]
    unknown = list_register(kickoff, first_score(kickoff.stakes, kickoff.answers))
    return [*known, *facts, *(Line("Not known yet", _say_unknown(one)) for one in unknown)]


def show_note(text: str, limit: int = 500) -> str:
    """Somebody's words in mrkdwn; the people named in them stay people."""
    return _PERSON.sub(r"<@\1>", quote(text, limit))


def _say_known(kickoff: Kickoff, known: Known) -> str:
    """Answers side by side: with names where everybody can read the interview, else without, in no order."""
    named, unnamed = [], []
    for said in known.said:
        shown = show_answer(known.question, said.answer, most_words=25)
        participant = kickoff.find(said.person)
        if participant is not None and participant.channel == kickoff.channel:
            named.append(f"{shown} ({mention(said.person)})")
        else:
            unnamed.append(shown)
    answers = [*named, *sorted(unnamed)]
    shown_ones = answers[:_ANSWERS_SHOWN]
    if len(answers) > _ANSWERS_SHOWN:
        shown_ones.append(f"and {len(answers) - _ANSWERS_SHOWN} more")
    if known.kept_back:
        shown_ones.append(f":lock: {known.kept_back} not shown")
    return f"• *{quote(known.question.label, 40)}:* {' · '.join(shown_ones)}"


def _say_unknown(unknown: Unknown) -> str:
    owner = f" First owner: {mention(unknown.owner)}." if unknown.owner else ""
    return f"• *{quote(unknown.name, 100)}* {quote(unknown.way_to_find_out, 250)}{owner}"


def _split(lines: Sequence[Line]) -> list[list[Line]]:
    """Pages that each fit into one message."""
    pages: list[list[Line]] = [[]]
    room = _PAGE_CHARACTERS
    for line in lines:
        room -= len(line.text)
        if room < 0 and pages[-1]:
            pages.append([])
            room = _PAGE_CHARACTERS - len(line.text)
        pages[-1].append(line)
    return pages


def _draw_lines(lines: Sequence[Line]) -> Iterator[Block]:
    """Sections, a heading above each group; a group that is too long goes on in the next section."""
    heading, text = "", ""
    for line in lines:
        if line.heading != heading or len(text) + len(line.text) > _SECTION_CHARACTERS:
            if text:
                yield section(text)
            text = f"*{line.heading}*" if line.heading != heading else ""
            heading = line.heading
        text = f"{text}\n{line.text}".strip()
    yield section(text)
