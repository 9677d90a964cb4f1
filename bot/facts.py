"""What a project knows: the answers to each question, what was added as a fact, and what nobody knows yet."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, Button, Words, actions, context, header, mention, modal, quote, section, words
from bot.brevity import count_words, cut_words, room_beside, split_pages
from bot.deliveries import Command, Press
from bot.forms import change_form, open_form
from bot.projects import NO_PROJECT, find_projects
from bot.review import show_answer
from flows.kickoffs import Kickoff
from flows.known import Known, list_known
from flows.register_rows import STATUS_SAYS, RegisterRow, read_register
from storage import decisions, kickoffs, notes
from storage.notes import Note

SHOW_ALL = "facts.show_all"

_PAGE_CHARACTERS = 60_000
_SECTION_CHARACTERS = 2900
_ANSWERS_SHOWN = 8
_NAME_WORDS = 8
_HEADING_WORDS = 3
_SHORT_WORDS = 8
_LONG_WORDS = 80
_PERSON = re.compile(r"&lt;@([UW][A-Z0-9]+)&gt;")


Rows = Sequence[RegisterRow]
"""A register of unknowns."""


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
        return draw_facts(*_read(connection, app, chosen[0]))

    return await app.database.transact(read)


async def press_show_all(app: App, press: Press) -> None:
    """Show all that is known in a form, where there is room for it, or the next page of it."""
    kickoff_id, page = (int(part) for part in press.value.split("|"))

    def draw(connection: Connection) -> Block:
        kickoff, added, rows = _read(connection, app, kickoffs.load(connection, kickoff_id))
        return draw_all_facts(kickoff, added, rows, page)

    view = await app.database.transact(draw)
    if press.is_in_form:
        await change_form(app, press, view)
    else:
        await open_form(app, press, view)


def _read(connection: Connection, app: App, kickoff: Kickoff) -> tuple[Kickoff, tuple[Note, ...], Rows]:
    """A kickoff with its notes and its register of unknowns."""
    changed = decisions.agreement_of(connection, kickoff.id).unknowns
    rows = read_register(kickoff, changed.values(), today_in(app, kickoff.nudge.zone))
    return kickoff, notes.of_kickoff(connection, kickoff.id), rows


def draw_facts(kickoff: Kickoff, added: Sequence[Note], rows: Rows) -> Words:
    """The first of what is known, and how much more there is."""
    title = header(f"{cut_words(kickoff.name, _NAME_WORDS)}: what is known")
    lines = list_lines(kickoff, added, rows, in_short=True)
    room = room_beside(title, _count_by_heading(lines)) - len({line.heading for line in lines}) * _HEADING_WORDS
    shown = split_pages(lines, lambda line: count_words(line.text), room)[0]
    blocks = [title, *_draw_lines(shown)]
    left = lines[len(shown) :]
    if left:
        blocks.append(context(_count_by_heading(left)))
    blocks.append(actions([Button("Show all", SHOW_ALL, f"{kickoff.id}|0")]))
    return words(quote(f"{kickoff.name}: what is known"), blocks)


def _count_by_heading(lines: Sequence[Line]) -> str:
    counts = Counter(line.heading for line in lines)
    return "Also: " + ", ".join(f"{count} {heading.lower()}" for heading, count in counts.items())


def draw_all_facts(kickoff: Kickoff, added: Sequence[Note], rows: Rows, page: int = 0) -> Block:
    """One page of all that is known, as a form that is only read, with a button for the next."""
    lines = list_lines(kickoff, added, rows)
    pages = split_pages(lines, lambda line: len(line.text), _PAGE_CHARACTERS)
    page = min(page, len(pages) - 1)
    blocks: list[Block] = [header(kickoff.name), *_draw_lines(pages[page])]
    left = sum(len(one) for one in pages[page + 1 :])
    if left:
        blocks.append(context(f"and {left} more"))
        blocks.append(actions([Button("Show more", SHOW_ALL, f"{kickoff.id}|{page + 1}")]))
    return modal("What is known", SHOW_ALL, blocks, submit=None)


def list_lines(kickoff: Kickoff, added: Sequence[Note], rows: Rows, *, in_short: bool = False) -> list[Line]:
    """All that is known and not known, a line each, whole or `in_short`."""
    most, length = (1, _SHORT_WORDS) if in_short else (_ANSWERS_SHOWN, _LONG_WORDS)
    known = [Line("Answers", _say_known(kickoff, one, most, length)) for one in list_known(kickoff)]
    facts = [Line("Notes", f"• {mention(note.author)}: {show_note(note.words, most_words=length)}") for note in added]
    if not known and not facts:
        known = [Line("Answers", "• Nobody has answered a question yet.")]
    settled = [Line("Found out or accepted", _say_settled(one, length)) for one in rows if not one.is_open]
    still_open = [Line("Not known yet", _say_unknown(one, length)) for one in rows if one.is_open]
    return [*known, *facts, *settled, *still_open]


def show_note(text: str, *, most_words: int) -> str:
    """Somebody's words in mrkdwn, cut; the people named in them stay people."""
    return _PERSON.sub(r"<@\1>", quote(cut_words(text, most_words), 500))


def _say_known(kickoff: Kickoff, known: Known, most: int, length: int) -> str:
    """Answers side by side: with names where everybody can read the interview, else without, in no order."""
    named, unnamed = [], []
    for said in known.said:
        shown = show_answer(known.question, said.answer, most_words=length)
        participant = kickoff.find(said.person)
        if participant is not None and participant.channel == kickoff.channel:
            named.append(f"{shown} ({mention(said.person)})")
        else:
            unnamed.append(shown)
    answers = [*named, *sorted(unnamed)]
    shown_ones = answers[:most]
    if len(answers) > most:
        shown_ones.append(f"and {len(answers) - most} more")
    if known.kept_back:
        shown_ones.append(f":lock: {known.kept_back} not shown")
    return f"• *{quote(known.question.label, 40)}:* {' · '.join(shown_ones)}"


def _say_unknown(row: RegisterRow, length: int) -> str:
    owner = f" Owner: {mention(row.owner)}." if row.owner else ""
    name, way = cut_words(row.name, length), cut_words(row.experiment, length)
    return f"• *{quote(name, 100)}* {quote(way, 250)}{owner}"


def _say_settled(row: RegisterRow, length: int) -> str:
    name, known = cut_words(row.name, length), cut_words("; ".join(filter(None, (row.answered, row.evidence))), length)
    return f"• *{quote(name, 100)}* {STATUS_SAYS[row.status].capitalize()}. {quote(known, 250)}".rstrip()


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
