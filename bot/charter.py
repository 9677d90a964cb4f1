"""The charter on one page, its versions, its files, and the brief for executives (K55, K61)."""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, context, header, modal, quote, section, words
from bot.brevity import cut_words, list_people
from bot.deliveries import Command, Submission
from bot.effects import MadeFile, Upload, WriteCanvas, direct_lane, kickoff_lane, post
from bot.findings import expect_unchanged, find_for, read_posted
from bot.forms import submit_once
from bot.mrkdwn import show_text
from bot.person_names import name_all
from bot.projects import find_one
from bot.replies import FieldErrors, OnlyYou
from flows.agreement import Agreement
from flows.brief import Brief, write_brief
from flows.charter import Charter, Signature, differences
from flows.charter_markdown import escape, to_markdown
from flows.charter_writing import write_charter
from flows.decisions import CharterKept
from flows.findings import Findings
from flows.kickoffs import Kickoff
from flows.signing import signers_of
from storage import decisions, kickoffs, outbox
from storage.outbox import NotYet

BRIEF = "charter.brief"
PDF, MARKDOWN, JSON, CANVAS = "charter_pdf", "charter_markdown", "charter_json", "charter_canvas"
"""The kinds of file that are made of a charter."""

FORMATS: Mapping[str, str] = {"pdf": PDF, "md": MARKDOWN, "json": JSON}
"""What the charter is exported as."""

_Act = Callable[[Connection, App, Command, Kickoff, CharterKept], str]
"""Does something with a version of the charter, and says what."""

_ATTEMPTS = 3
_IN_MOTION = "The goals change at this very moment. Please ask again in a minute."
_CARD = "the goal card"
_CHANGE_WORDS = 18
_MISSING_WORDS = 8
_PERSON = re.compile(r"<@([UW][A-Z0-9]{1,20})>")


def charter_of(kickoff: Kickoff, stands: Agreement, findings: Findings) -> Charter:
    """The charter as it follows from what is known and agreed on now."""
    option = stands.settled.option if stands.settled else None
    signatures = _list_signatures(kickoff, stands)
    return write_charter(
        kickoff, option, signatures, findings.conflicts, stands.premortem, stands.checks, stands.unknowns
    )


def _list_signatures(kickoff: Kickoff, stands: Agreement) -> tuple[Signature, ...]:
    signed = []
    for person in signers_of(kickoff):
        signature = stands.signatures.get(person)
        holds = signature is not None and not signature.objection
        day = signature.at.date() if signature and holds else None
        reopened = signature.reopened if signature else ()
        signed.append(Signature(person=person, what=_CARD, day=day, reopened=reopened))
    return tuple(signed)


async def answer(app: App, command: Command, name: str | None) -> OnlyYou:
    """Write the charter into the channel: as a canvas where Slack has them, else as a file."""
    return await _with_charter(app, command, name, "charter", _publish)


async def export(app: App, command: Command, form: str, name: str | None) -> OnlyYou:
    """Send the charter as files to whoever asks."""
    if form and form not in FORMATS:
        return OnlyYou(words("I can export as pdf, md or json. Type for example `/ml-kickoff export pdf`."))
    kinds = [form] if form else list(FORMATS)

    def send(connection: Connection, app: App, command: Command, kickoff: Kickoff, kept: CharterKept) -> str:
        files = [_file(kickoff, kept, kind) for kind in kinds]
        said = f"The charter of *{quote(kickoff.name, 100)}*, version {kept.version}."
        upload = Upload(person=command.person, comment=said, files=files, text=f"{said} Slack takes no files here.")
        outbox.put(connection, [upload.parcel(kickoff.workspace, direct_lane(command.person))], app.clock())
        return "I send it to you in a direct message."

    return await _with_charter(app, command, name, f"export {form}".strip(), send)


def _file(kickoff: Kickoff, kept: CharterKept, form: str) -> MadeFile:
    stem = re.sub(r"[^\w-]+", "-", kickoff.name.casefold()).strip("-")[:40] or "project"
    data = {"charter": kept.charter}
    return MadeFile(kind=FORMATS[form], data=data, name=f"charter-{stem}-v{kept.version}.{form}")


async def _with_charter(app: App, command: Command, name: str | None, example: str, act: _Act) -> OnlyYou:
    """Draw the newest charter of the project that is meant, keep it where it is a new version, and do something."""
    meant = await app.database.transact(lambda connection: find_one(connection, command, name, example))
    if isinstance(meant, str):
        return OnlyYou(words(meant))
    kickoff_id = meant.id
    for _ in range(_ATTEMPTS):
        found, stood = await app.database.transact(lambda connection: read_posted(connection, kickoff_id))
        findings = await find_for(app, found, stood)

        def keep(
            connection: Connection, found: Kickoff = found, stood: Agreement = stood, findings: Findings = findings
        ) -> str:
            kickoffs.load(connection, kickoff_id, lock=True)
            expect_unchanged(connection, found, stood)
            kickoff, stands = read_posted(connection, kickoff_id)
            charter = charter_of(kickoff, stands, findings)
            kept = _keep(connection, app, kickoff_id, stands, charter, command.person)
            told = act(connection, app, command, kickoff, kept)
            return f"{_say_version(charter, kept, stands.charters)} {told}"

        with suppress(NotYet):
            return OnlyYou(words(await app.transact(keep)))
    return OnlyYou(words(_IN_MOTION))


def _keep(
    connection: Connection, app: App, kickoff_id: int, stands: Agreement, charter: Charter, person: str
) -> CharterKept:
    """The version that says this: the last one, or one that is added now."""
    before = stands.charters[-1] if stands.charters else None
    kept = _next_version(person, app, before, charter)
    if kept is not before:
        decisions.add(connection, kickoff_id, [kept])
    return kept


def write_canvas_anew(
    connection: Connection, app: App, kickoff: Kickoff, stands: Agreement, findings: Findings
) -> None:
    """Bring the canvas in the channel up to date, if there is one: somebody keeps private what it says."""
    name = _canvas_name(kickoff)
    if stands.charters and outbox.find_posted(connection, name):
        charter = charter_of(kickoff, stands, findings)
        kept = _keep(connection, app, kickoff.id, stands, charter, stands.charters[-1].by)
        canvas = _draw_canvas(kickoff, _file(kickoff, kept, "md"))
        outbox.put(connection, [canvas.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


def _next_version(person: str, app: App, before: CharterKept | None, charter: Charter) -> CharterKept:
    if before is not None and before.charter == charter.to_json():
        return before
    version = before.version + 1 if before else 1
    return CharterKept(by=person, at=app.clock(), version=version, charter=charter.to_json())


def _say_version(charter: Charter, kept: CharterKept, earlier: Sequence[CharterKept]) -> str:
    """How complete it is, what changed since the version before, and what is missing, in mrkdwn."""
    before = next((one for one in reversed(earlier) if one.version < kept.version), None)
    changes = differences(Charter.from_json(before.charter), charter) if before else ()
    said = f"Version {kept.version} of the charter is {charter.completeness} % complete."
    return " ".join([said, *_say_changes(changes), *_say_missing(charter)])


def _say_changes(changes: Sequence[str]) -> Iterator[str]:
    if changes:
        first, *others = changes
        more = f" And {len(others)} more." if others else ""
        yield f"Changed: {show_text(cut_words(first, _CHANGE_WORDS))}{more}"


def _say_missing(charter: Charter) -> Iterator[str]:
    if charter.open_points:
        first, *others = charter.open_points
        more = f", and {len(others)} more" if others else ""
        missing = quote(cut_words(first.missing, _MISSING_WORDS), 100)
        yield f"Missing: {missing}, from {list_people(first.waits_for, 1)}{more}."


def _publish(connection: Connection, app: App, _command: Command, kickoff: Kickoff, kept: CharterKept) -> str:
    file = _file(kickoff, kept, "md")
    said = f"The charter of *{quote(kickoff.name, 100)}*, version {kept.version}."
    fallback = Upload(
        channel=kickoff.channel, comment=said, files=[file], text=f"{said} `/ml-kickoff export` sends it to you."
    )
    canvas = _draw_canvas(kickoff, file, fallback)
    outbox.put(connection, [canvas.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())
    return "I put it into this channel, as a canvas where Slack has them."


def _draw_canvas(kickoff: Kickoff, file: MadeFile, fallback: Upload | None = None) -> WriteCanvas:
    return WriteCanvas(
        name=_canvas_name(kickoff),
        channel=kickoff.channel,
        title=f"Charter: {cut_words(kickoff.name, 12)}",
        content=file.model_copy(update={"kind": CANVAS}),
        fallback=fallback,
    )


def _canvas_name(kickoff: Kickoff) -> str:
    return f"balance:{kickoff.id}:charter"


async def make_canvas(app: App, data: Mapping[str, Any]) -> bytes:
    """The charter as Markdown for a canvas, which mentions people."""
    del app
    return to_markdown(Charter.from_json(data["charter"])).encode()


async def make_markdown(app: App, data: Mapping[str, Any]) -> bytes:
    """The charter as Markdown for a file, with the names of people as Slack tells them now."""
    charter = Charter.from_json(data["charter"])
    names = await _name_all(app, charter)
    return to_markdown(charter, lambda person: escape(names.get(person, person))).encode()


async def make_json(app: App, data: Mapping[str, Any]) -> bytes:
    """The charter as JSON."""
    del app
    return str(data["charter"]).encode()


async def make_pdf(app: App, data: Mapping[str, Any]) -> bytes:
    """The charter as a PDF, with the names of people as Slack tells them now."""
    # Loading fonts and pictures takes longer than all else at the start, and few charters become PDFs.
    from bot.charter_pdf import draw_charter  # noqa: PLC0415

    charter = Charter.from_json(data["charter"])
    names = await _name_all(app, charter)
    return await asyncio.to_thread(draw_charter, charter, lambda person: names.get(person, person))


async def _name_all(app: App, charter: Charter) -> Mapping[str, str]:
    named = set(_PERSON.findall(charter.to_json()))
    waiting = {person for line in charter.lines.values() for hole in line.holes for person in hole.waits_for}
    signing = {one.person for one in charter.signatures}
    return await name_all(app, named | waiting | signing)


def brief_form(kickoff: Kickoff, stands: Agreement) -> Block:
    """The brief, and a button that posts it in the channel."""
    option = stands.settled.option if stands.settled else None
    brief = write_brief(kickoff, option, stands.premortem)
    metadata = f'{{"kickoff": {kickoff.id}}}'
    hint = context("*Post* puts it into the channel for everybody.")
    return modal("Brief", BRIEF, [*_draw_brief(brief), hint], submit="Post", metadata=metadata)


def _draw_brief(brief: Brief) -> list[Block]:
    said = [section(f"*{quote(one.title)}*\n{show_text(one.text, 2000)}") for one in brief.paragraphs]
    return [header(brief.title), *said]


async def submit_brief(app: App, submission: Submission) -> FieldErrors | None:
    """Post the brief in the channel."""
    kickoff_id = int(submission.metadata["kickoff"])

    def put(connection: Connection) -> FieldErrors | None:
        kickoff, stands = read_posted(connection, kickoff_id)
        brief = write_brief(kickoff, stands.settled.option if stands.settled else None, stands.premortem)
        said = post(words(brief.title, _draw_brief(brief)), channel=kickoff.channel)
        outbox.put(connection, [said.parcel(kickoff.workspace, kickoff_lane(kickoff_id))], app.clock())
        return None

    return await submit_once(app, submission, put)
