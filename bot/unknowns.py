"""`/ml-kickoff unknowns`: what nobody knows yet, each row of which can be edited; and how it empties (K16 to K21)."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import (
    Block,
    Button,
    Choice,
    Words,
    actions,
    capitalise,
    context,
    date_input,
    header,
    mention,
    modal,
    person_input,
    quote,
    section,
    section_with_button,
    select_input,
    text_input,
    words,
)
from bot.brevity import cut_words
from bot.charts import line_chart
from bot.deliveries import Press, Submission
from bot.effects import kickoff_lane, post
from bot.facts import show_note
from bot.forms import change_form, open_form, submit_once
from bot.reasons import UNKNOWNS
from bot.replies import FieldErrors
from bot.results import score_name
from bot.whispers import refuse_press, whisper
from flows.dates import say_day
from flows.decisions import Decision, UnknownChanged, UnknownStatus
from flows.kickoffs import Kickoff
from flows.register_rows import (
    OWN,
    STATUS_SAYS,
    BurnDown,
    RegisterRow,
    burn_down,
    find_row,
    list_answered,
    moments_between,
    read_register,
)
from flows.scoring.evidence import SAYS
from storage import decisions, deliveries, history, kickoffs, outbox

EDIT = "unknowns.edit"
PAGE = "unknowns.page"
SHOW = "unknowns.show"
FORM = "unknowns.change"

PAGE_SIZE = 15
_VIEW = "unknowns.view"
_NEW = "new"
_LIMIT = 300
_CLOSED = "This project is closed. Reopen it with `/ml-kickoff reopen` to change what stands here."
_GONE = "This was answered meanwhile. Please open the list once more."
_CHANGED = "Somebody changed this row meanwhile. Please close this form, open the list once more, and look."
_NOT_YOURS = "Only those who take part in this kickoff can change what stands here."
_SIGNS = {
    UnknownStatus.OPEN: ":white_circle:",
    UnknownStatus.LOOKING: ":large_blue_circle:",
    UnknownStatus.FOUND: ":white_check_mark:",
    UnknownStatus.ACCEPTED: ":warning:",
}
_NAME_WORDS = 6
_KNOWN_WORDS = 30


@dataclass(frozen=True)
class Past:
    """A kickoff as it is, and as it was on the way there.

    Attributes:
        kickoff: As it is.
        ledger: What was decided.
        states: The kickoff as it was at moments from its start on, with now as the last.
        today: Today in the zone of its nudges.
    """

    kickoff: Kickoff
    ledger: tuple[Decision, ...]
    states: tuple[tuple[datetime, Kickoff], ...]
    today: date


@dataclass(frozen=True)
class Register:
    """The register of a kickoff as it stands today.

    Attributes:
        kickoff: Whose it is.
        rows: What is listed.
        burn: How it came to be that long.
        today: The day for which it was read.
        answered: Labels of the questions that were open at the start and were answered since.
    """

    kickoff: Kickoff
    rows: tuple[RegisterRow, ...]
    burn: BurnDown
    today: date
    answered: tuple[str, ...] = ()


def read_past(connection: Connection, app: App, kickoff_id: int) -> Past:
    """Read what a kickoff's register is made of; what takes time follows outside the transaction."""
    kickoff = kickoffs.load(connection, kickoff_id)
    moments = moments_between(kickoffs.created_at(connection, kickoff_id), app.clock())
    earlier = ((moment, history.as_of(connection, kickoff, moment)) for moment in moments[:-1])
    return Past(
        kickoff=kickoff,
        ledger=decisions.of_kickoff(connection, kickoff_id),
        states=(*earlier, (moments[-1], kickoff)),
        today=today_in(app, kickoff.nudge.zone),
    )


def make_register(past: Past) -> Register:
    """The register, with how it came to be what it is: every state is scored anew."""
    rows = read_register(past.kickoff, past.ledger, past.today)
    start, first = past.states[0]
    answered = list_answered(first, [line for line in past.ledger if line.at <= start], rows)
    return Register(past.kickoff, rows, burn_down(past.states, past.ledger), past.today, answered)


async def _load(app: App, kickoff_id: int) -> Register:
    past = await app.transact_behind(lambda connection: read_past(connection, app, kickoff_id))
    return await asyncio.to_thread(make_register, past)


async def press_open(app: App, press: Press) -> None:
    """Open the register for whoever asks."""
    view = draw_register(await _load(app, int(press.value)))
    if press.is_in_form:
        await change_form(app, press, view)
    else:
        await open_form(app, press, view)


async def press_page(app: App, press: Press) -> None:
    """Turn the page."""
    key, _, first = press.value.partition("|")
    await change_form(app, press, draw_register(await _load(app, int(key)), int(first)))


def draw_register(register: Register, first: int = 0) -> Block:
    """One page: how it empties in a sentence, and a row with its button each."""
    key = str(register.kickoff.id)
    here = register.rows[first : first + PAGE_SIZE]
    turns = [
        *([Button("Back", PAGE, f"{key}|{max(first - PAGE_SIZE, 0)}")] if first else []),
        *([Button("Next", PAGE, f"{key}|{first + PAGE_SIZE}")] if first + PAGE_SIZE < len(register.rows) else []),
        Button("Add one", EDIT, f"{key}|{_NEW}"),
        Button("Show it in the channel", SHOW, key),
    ]
    blocks = [
        section(f"*{quote(cut_words(register.kickoff.name, _NAME_WORDS), 80)}*\n{register.burn.sentence}"),
        *(section_with_button(_say_row(row, register.today), Button("Edit", EDIT, f"{key}|{row.key}")) for row in here),
        *([] if len(register.rows) > first + PAGE_SIZE else _draw_answered(register.answered)),
        actions(turns),
    ]
    return modal("What nobody knows yet", _VIEW, blocks, submit=None)


def _draw_answered(answered: Sequence[str]) -> Iterator[Block]:
    """What has left the list, at its end."""
    if answered:
        yield context(f":white_check_mark: Answered since the start: {quote(', '.join(answered).lower(), 1500)}.")


def _say_row(row: RegisterRow, today: date) -> str:
    late = ", *overdue*" if row.is_overdue(today) else ""
    until = f", until {say_day(row.due)}{late}" if row.due and row.is_open else ""
    owner = f" Owner: {mention(row.owner)}." if row.owner else " Nobody looks into it yet."
    lines = [f"{_SIGNS[row.status]} *{quote(row.name, 150)}* {capitalise(STATUS_SAYS[row.status])}{until}."]
    lines[0] += owner if row.is_open else ""
    known = [show_note(row.answered, most_words=_KNOWN_WORDS), quote(row.evidence, 200)]
    if any(known):
        level = f" ({SAYS[row.level]})" if row.level else ""
        lines.append(f"Said so far: {'; '.join(filter(None, known))}{level}")
    if row.is_kept:
        lines.append(":lock: Its answer stays between its author and the app.")
    if row.is_open and row.experiment:
        lines.append(f"Cheapest way: {quote(row.experiment, 250)}")
    return "\n".join(lines)


async def press_edit(app: App, press: Press) -> None:
    """Show one row as a form in the same window."""
    key, _, row_key = press.value.partition("|")

    def read(connection: Connection) -> tuple[Kickoff, tuple[RegisterRow, ...]]:
        kickoff = kickoffs.load(connection, int(key))
        ledger = decisions.of_kickoff(connection, kickoff.id)
        return kickoff, read_register(kickoff, ledger, today_in(app, kickoff.nudge.zone))

    kickoff, rows = await app.transact_behind(read)
    row = find_row(rows, row_key)
    refusal = _refuse(kickoff, press.person) or (_GONE if row is None and row_key != _NEW else "")
    if not refusal:
        await change_form(app, press, draw_edit(kickoff, row))
        return
    await app.transact(lambda connection: refuse_press(connection, app, press, refusal))


def _refuse(kickoff: Kickoff, person: str) -> str:
    """Why somebody may change nothing here; empty where they may."""
    if not kickoff.takes_part(person):
        return _NOT_YOURS
    return _CLOSED if kickoff.closed_at else ""


def draw_edit(kickoff: Kickoff, row: RegisterRow | None) -> Block:
    """The form for one row, or for a new one."""
    statuses = [Choice(capitalise(words), status.value) for status, words in STATUS_SAYS.items()]
    levels = [Choice(capitalise(words), level.value) for level, words in SAYS.items()]
    shown = row or RegisterRow("", "", "", "")
    name = (
        [section(f"*{quote(shown.name, 150)}*\n{quote(shown.why, 300)}")]
        if row
        else [text_input("name", "What is not known yet?", limit=_LIMIT)]
    )
    return modal(
        "Edit" if row else "Add one",
        FORM,
        [
            *name,
            select_input("status", "How far is it?", statuses, initial=shown.status.value, optional=False),
            person_input("owner", "Who looks into it?", initial=shown.owner),
            date_input("due", "Until when?", initial=shown.due.isoformat() if shown.due else ""),
            text_input(
                "experiment", "Cheapest way to find out", initial=shown.experiment, optional=True, limit=_LIMIT,
                multiline=True,
            ),
            text_input("evidence", "What was found so far", initial=shown.evidence, optional=True, limit=_LIMIT),
            select_input("level", "How well is that known?", levels, initial=shown.level.value if shown.level else ""),
        ],
        submit="Keep it",
        metadata=json.dumps({"kickoff": kickoff.id, "key": row.key if row else "", "seen": _version(row)}),
    )  # fmt: skip


def _version(row: RegisterRow | None) -> str:
    """What the row was like, so that two who edit it at once, or an answer meanwhile, do not undo each other."""
    if row is None:
        return ""
    changed = row.changed_at.isoformat() if row.changed_at else ""
    # An answer may be longer than what a form may carry.
    answered = sha256(row.answered.encode()).hexdigest()
    return f"{changed}|{row.status}|{row.is_kept}|{answered}"


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep what was filled in, and say in the thread of the results what changed."""
    fields, key = submission.fields, str(submission.metadata["key"])
    if not key and not fields.get("name", "").strip():
        return FieldErrors({"name": "Please say in a few words what is not known yet."})

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(submission.metadata["kickoff"]), lock=True)
        refusal = _refuse(kickoff, submission.person)
        ledger = decisions.of_kickoff(connection, kickoff.id)
        today = today_in(app, kickoff.nudge.zone)
        row = find_row(read_register(kickoff, ledger, today), key)
        if not refusal and key and _version(row) != submission.metadata.get("seen", ""):
            refusal = _CHANGED
        if refusal:
            return FieldErrors({"status": refusal})
        line = UnknownChanged(
            by=submission.person,
            at=app.clock(),
            key=key or f"{OWN}{submission.view}",
            name=fields.get("name", "").strip() or _own_name(ledger, key),
            status=UnknownStatus(fields["status"]),
            owner=fields.get("owner", ""),
            experiment=fields.get("experiment", "").strip(),
            evidence=fields.get("evidence", "").strip(),
            level=fields.get("level", ""),
            due=date.fromisoformat(fields["due"]) if fields.get("due") else None,
        )
        decisions.add(connection, kickoff.id, [line])
        changed = next(one for one in read_register(kickoff, (*ledger, line), today) if one.key == line.key)
        said = post(words(_say_change(line, changed)), thread=score_name(kickoff.id))
        if kickoff.concluded_at:
            outbox.put(connection, [said.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())
        return None

    return await submit_once(app, submission, keep)


def _own_name(ledger: Sequence[Decision], key: str) -> str:
    """What somebody called a row of their own; it is written only once."""
    lines = (one for one in ledger if isinstance(one, UnknownChanged))
    return next((one.name for one in lines if one.key == key and one.name), "")


def _say_change(line: UnknownChanged, row: RegisterRow) -> str:
    owner = f" {mention(line.owner)} looks into it." if line.owner and row.is_open else ""
    until = f" Until {say_day(line.due)}." if line.due and row.is_open else ""
    name = quote(cut_words(row.name, 12), 120)
    return f"{_SIGNS[row.status]} {mention(line.by)}: *{name}* {STATUS_SAYS[row.status]}.{owner}{until}"


async def press_show(app: App, press: Press) -> None:
    """Post how the register empties under the results, where everybody sees it."""
    register = await _load(app, int(press.value))
    said = await asyncio.to_thread(draw_burn_down, register)
    kickoff = register.kickoff

    def put(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        if not kickoff.takes_part(press.person) or not kickoff.concluded_at:
            text = _NOT_YOURS if kickoff.concluded_at else "It can be shown once the results are in the channel."
            outbox.put(connection, [whisper(press, text)], app.clock())
            return
        shown = post(said, thread=score_name(kickoff.id))
        outbox.put(connection, [shown.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())

    await app.transact_behind(put)


_NEXT_SHOWN = 2
_TWO = 2


def draw_burn_down(register: Register) -> Words:
    """The burn-down as a chart, with what is due next."""
    burn = register.burn
    days = [f"{moment.day} {moment:%b}" for moment in burn.moments]
    labels = days if len(days) > _TWO else ["start", "now"]
    chart = line_chart("Open questions", labels, {"open": [float(one) for one in burn.open_rows]}, y="open")
    soon = _soonest(register.rows)
    blocks: list[Block] = [
        header(f"{cut_words(register.kickoff.name, _NAME_WORDS)}: what nobody knows yet"),
        chart,
        section(burn.sentence),
        *([context(f"Next: {'; '.join(soon)}")] if soon else []),
        actions([Button("Open the list", UNKNOWNS, str(register.kickoff.id))]),
    ]
    return words(f"{quote(register.kickoff.name, 150)}: {burn.sentence}", blocks)


def _soonest(rows: Sequence[RegisterRow]) -> list[str]:
    dated = sorted((row.due, row.name) for row in rows if row.is_open and row.due)
    return [f"{quote(cut_words(name, 8), 80)} until {say_day(due)}" for due, name in dated[:_NEXT_SHOWN]]
