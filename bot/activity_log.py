"""Logging progress: by the command, by the button of a nudge, in one line or in a form."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocked import draw_offer
from bot.blocks import (
    Block,
    Button,
    Choice,
    Words,
    actions,
    capitalise,
    cut,
    date_input,
    modal,
    quote,
    section,
    select,
    select_input,
    text_input,
    words,
)
from bot.brevity import cut_words
from bot.deliveries import Press, Submission
from bot.effects import direct_lane, edit, nudge_lane, post
from bot.forms import open_form, submit_once
from bot.log_changes import add_entries, change_entry, find_own, refuse_who_left, remove_entry
from bot.nudge_messages import read_value
from bot.plateaus import ask_why
from bot.projects import CLOSED, name_project
from bot.replies import FieldErrors
from bot.still_seen import sees_project
from bot.voting import zone_of
from bot.whispers import whisper
from flows.activity import STAGE_NAMES, Entry, EntryError, Stage, describe_entry, say_hours
from flows.dates import say_day
from flows.decisions import UnknownStatus
from flows.kickoffs import Kickoff
from flows.log_measures import Measure
from flows.log_reading import Doubt, DoubtKind, ReadLine, read_line
from flows.register_rows import RegisterRow, change_status, find_row, read_register
from storage import decisions, deliveries, kickoffs, outbox
from storage.activities import Logged

FORM = "log.add"
UNDO = "log.undo"
SETTLE = "log.settle"
_NOTE_LIMIT = 2900
_ENTRY_WORDS = 30
_OPTIONS = 4
_ROW_WORDS = 12
_WAITS_LIMIT = 300
_ASK_MEASURE = "I read more than one measure. Which one is it?"
_ASK_HOURS = "I read more than one time. Which one is it?"
_NOT_YOURS = (
    "You take no part in this project and are not in its channel, as far as Slack tells me. So I log nothing for it."
)


async def open_for(app: App, projects: Sequence[Kickoff], text: str = "", nudge: str = "") -> Block:
    """The form for these projects; of a single one it offers what is not known yet."""
    if len(projects) != 1:
        return form(projects, text, nudge)
    (kickoff,) = projects
    ledger = await app.database.transact(lambda connection: decisions.of_kickoff(connection, kickoff.id))
    rows = await asyncio.to_thread(read_register, kickoff, ledger, today_in(app, kickoff.nudge.zone))
    return form(projects, text, nudge, [row for row in rows if row.is_open])


def form(projects: Sequence[Kickoff], text: str = "", nudge: str = "", rows: Sequence[RegisterRow] = ()) -> Block:
    """The form. With several projects the person says which one.

    Args:
        projects: Those that may be meant.
        text: What they wrote already.
        nudge: The name of the nudge that it answers; empty for none.
        rows: What is not known yet in the one project.
    """
    choices = [Choice(f"{project.name}", str(project.id)) for project in projects]
    only = choices[0].value if len(choices) == 1 else ""
    project = select_input("project", "Project", choices, initial=only, optional=False)
    open_rows = [Choice(cut_words(row.name, _ROW_WORDS), row.key) for row in rows]
    helped = [select_input("unknown", "Which open question did it help with?", open_rows)] if open_rows else []
    day = date_input("day", "On which day, if not today?")
    waits = text_input("waits", "Does the work wait for something? What?", optional=True, limit=_WAITS_LIMIT)
    inputs = [project, *draw_inputs(Entry(note=text)), day, *helped, waits]
    return modal("Log progress", FORM, inputs, submit="Log it", metadata=json.dumps({"nudge": nudge}))


def draw_inputs(entry: Entry) -> list[Block]:
    """What can be filled in of an entry, with what is known of it."""
    stages = [Choice(capitalise(name), stage.value) for stage, name in STAGE_NAMES.items()]
    measure = "" if entry.value is None else say_measure(Measure(entry.metric or "", entry.value, entry.percent))
    return [
        text_input(
            "note",
            "What happened?",
            initial=cut(entry.note, _NOTE_LIMIT),
            placeholder="2h labelled 300 tickets, error 0.21",
            hint="One line is enough: hours, what was done, and how large the error is now.",
            multiline=True,
            optional=True,
            limit=_NOTE_LIMIT,
        ),
        text_input(
            "hours",
            "Hours, if not said above",
            initial="" if entry.hours is None else f"{entry.hours:g}",
            placeholder="1.5",
            optional=True,
            limit=20,
        ),
        select_input("stage", "What kind of work?", stages, initial=entry.stage or ""),
        text_input(
            "measure",
            "Error or other measure now, if not said above",
            initial=measure,
            placeholder="error 0.21",
            optional=True,
            limit=60,
        ),
    ]


def add(connection: Connection, app: App, kickoff: Kickoff, person: str, read: ReadLine) -> Words:
    """Keep an entry, and say back how it was read; what is not sure is asked."""
    (entry_id,) = add_entries(connection, app, kickoff, person, [read.entry])
    return draw_logged(kickoff, entry_id, read, _ask_beside(connection, app, kickoff, entry_id, read.entry))


def _ask_beside(connection: Connection, app: App, kickoff: Kickoff, entry_id: int, entry: Entry) -> list[Block]:
    """What to ask because of what an entry says: who can help, and why the error stands still."""
    return [*(draw_offer(entry_id) if entry.is_blocked else []), *ask_why(connection, app, kickoff, entry)]


def draw_logged(kickoff: Kickoff, entry_id: int, read: ReadLine, beside: Sequence[Block] = ()) -> Words:
    """How an entry was read, with a way to take it back, and a question for each thing that may mean two.

    Args:
        kickoff: Whose entry.
        entry_id: Its id in the log.
        read: What it says, and what is not sure.
        beside: What is asked because of what it says.
    """
    text = f"Logged for {name_project(kickoff)}: {quote(cut_words(describe_entry(read.entry), _ENTRY_WORDS), 500)}."
    blocks: list[Block] = [section(text)]
    for doubt in read.doubts:
        blocks += _ask(entry_id, doubt)
    blocks += [*beside, actions([Button("Undo", UNDO, str(entry_id))])]
    return words(text, blocks)


def _ask(entry_id: int, doubt: Doubt) -> list[Block]:
    match doubt.kind:
        case DoubtKind.STAGE:
            stages = [Choice(capitalise(name), f"{entry_id}|stage|{stage}") for stage, name in STAGE_NAMES.items()]
            return [section("What kind of work was it?"), select(SETTLE, "Pick one", stages)]
        case DoubtKind.MEASURE:
            options = [Button(say_measure(one), SETTLE, _carry(entry_id, one)) for one in doubt.measures[:_OPTIONS]]
            asked = "Is this how it is now? If not, leave it." if len(options) == 1 else _ASK_MEASURE
            return [section(asked), actions(options)]
        case DoubtKind.DAY:
            days = [Button(say_day(one), SETTLE, f"{entry_id}|day|{one.isoformat()}") for one in doubt.days[:_OPTIONS]]
            return [section("Which day was it?"), actions(days)]
        case _ if not doubt.hours:
            return [section("I read no time in that. *Undo* it and write for example `2h` or `45 min` where it is.")]
        case _:
            options = [Button(say_hours(one), SETTLE, f"{entry_id}|hours|{one:g}") for one in doubt.hours[:_OPTIONS]]
            asked = "Did it take you that long? If not, leave it." if len(options) == 1 else _ASK_HOURS
            return [section(asked), actions(options)]


def say_measure(measure: Measure) -> str:
    """A measure as it is typed: "error 0.21", "accuracy 93 %"."""
    return f"{measure.metric} {measure.value:g}{' %' if measure.percent else ''}"


def _carry(entry_id: int, measure: Measure) -> str:
    return f"{entry_id}|measure|{measure.metric}|{measure.value!r}|{'%' if measure.percent else ''}"


async def press_undo(app: App, press: Press) -> None:
    """Take an entry back that one has logged oneself."""

    def take_back(connection: Connection, kickoff: Kickoff, logged: Logged) -> str:
        remove_entry(connection, app, kickoff, logged.id)
        return f"Taken back: {quote(cut_words(describe_entry(logged.entry), _ENTRY_WORDS), 500)}."

    await _with_own(app, press, take_back)


async def press_settle(app: App, press: Press) -> None:
    """Keep what somebody says that their line meant."""
    _, kind, *said = press.value.split("|")

    def settle(connection: Connection, kickoff: Kickoff, logged: Logged) -> Words:
        entry = Entry.model_validate({**logged.entry.model_dump(), **_settled(kind, said)})
        change_entry(connection, app, kickoff, logged.id, entry)
        asked = ask_why(connection, app, kickoff, entry) if kind == "measure" else []
        return draw_logged(kickoff, logged.id, ReadLine(entry), asked)

    await _with_own(app, press, settle)


async def _with_own(app: App, press: Press, act: Callable[[Connection, Kickoff, Logged], str | Words]) -> None:
    """Do something with the entry of one's own that a button is about, and say what came of it."""
    entry_id = int(press.value.partition("|")[0])
    refusal = await refuse_who_left(app, press, entry_id)

    def do(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        found = refusal or find_own(connection, entry_id, press.person)
        said = found if isinstance(found, str) else act(connection, *found)
        outbox.put(connection, [whisper(press, said)], app.clock())

    await app.transact(do)


def _settled(kind: str, said: Sequence[str]) -> dict[str, object]:
    if kind == "stage":
        return {"stage": Stage(said[0])}
    if kind == "hours":
        return {"hours": float(said[0])}
    if kind == "day":
        return {"day": date.fromisoformat(said[0])}
    metric, value, percent = said
    return {"metric": metric, "value": float(value), "percent": bool(percent)}


async def press(app: App, press: Press) -> None:
    """The button of a nudge."""
    kickoff_id, nudge, _ = read_value(press.value)
    kickoff = await app.database.transact(lambda connection: kickoffs.load(connection, kickoff_id))
    await open_form(app, press, await open_for(app, [kickoff], nudge=nudge))


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep what was filled in."""
    fields = submission.fields
    if not await sees_project(app, submission, int(fields["project"])):
        return FieldErrors({"project": _NOT_YOURS})

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(fields["project"]), lock=True)
        if kickoff.closed_at:
            return FieldErrors({"project": CLOSED})
        try:
            entry = read_fields(fields, today_in(app, zone_of(kickoff, submission.person)))
        except FieldError as wrong:
            return FieldErrors({wrong.field: str(wrong)})
        entry = _with_more(entry, fields)
        (entry_id,) = add_entries(connection, app, kickoff, submission.person, [entry])
        asked = _ask_beside(connection, app, kickoff, entry_id, entry)
        said = draw_logged(kickoff, entry_id, ReadLine(entry), asked)
        if asked:
            # A form answers nothing.
            offered = post(said, person=submission.person)
            outbox.put(connection, [offered.parcel(kickoff.workspace, direct_lane(submission.person))], app.clock())
        if entry.unknown:
            _look_into(connection, app, kickoff, submission.person, entry.unknown)
        nudge = str(submission.metadata.get("nudge", ""))
        if nudge:
            answered = edit(nudge, words(f":white_check_mark: {said.text}"))
            outbox.put(connection, [answered.parcel(kickoff.workspace, nudge_lane(kickoff.id))], app.clock())
        return None

    return await submit_once(app, submission, keep)


def _with_more(entry: Entry, fields: Mapping[str, str]) -> Entry:
    """The entry with what the work waits for, and which open question it helped with."""
    waits = " ".join(fields.get("waits", "").split())
    blocked = {"is_blocked": True, "note": f"{entry.note} (waits for {waits})".strip()} if waits else {}
    return entry.model_copy(update={**blocked, "unknown": fields.get("unknown", "")})


def _look_into(connection: Connection, app: App, kickoff: Kickoff, person: str, key: str) -> None:
    """What somebody worked on is being looked into from now on, if nobody has said more of it."""
    ledger, today = decisions.of_kickoff(connection, kickoff.id), today_in(app, kickoff.nudge.zone)
    row = find_row(read_register(kickoff, ledger, today), key)
    if row is not None and row.status is UnknownStatus.OPEN:
        line = change_status(row, ledger, person, app.clock(), UnknownStatus.LOOKING, row.due)
        decisions.add(connection, kickoff.id, [line])


class FieldError(Exception):
    """What was filled in cannot be kept; `str()` says what to type instead, beside the field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def read_fields(
    fields: Mapping[str, str], today: date, written: date | None = None, unchanged: str | None = None
) -> Entry:
    """What was filled in; a field of its own says what the line leaves open.

    Args:
        fields: The fields, by their block ids.
        today: The day on which they were filled in.
        written: The day from which "yesterday" in the line counts, where it was written on another one.
        unchanged: The line as it was before, of which nothing is asked again; None for a new one.

    Raises:
        FieldError: Something cannot be kept, or may mean two things.
    """
    hours, measure, note = (fields.get(name, "").strip() for name in ("hours", "measure", "note"))
    # Hours or a measure say enough without any words.
    line = ReadLine(Entry(note="")) if (hours or measure) and not note else _read_field("note", note, written or today)
    # A single option may also be none; whoever changes other things of an entry has left the question open.
    doubts = {doubt.kind for doubt in line.doubts if _is_open(doubt)} if note != unchanged else set()
    entry = line.entry
    if hours:
        spent = _read_field("hours", hours if hours[-1].isalpha() else f"{hours}h", today).entry.hours
        if spent is None:
            raise FieldError("hours", "Please write hours, such as 1.5 or 90 min.")
        entry = entry.model_copy(update={"hours": spent})
    elif DoubtKind.HOURS in doubts:
        raise FieldError("hours", "The time is not clear from what you wrote above. Please write it here, such as 1.5.")
    if measure:
        measured = _read_field("measure", measure, today).entry
        if measured.value is None:
            raise FieldError("measure", "Please write a name and a number, such as error 0.21.")
        found = {"metric": measured.metric, "value": measured.value, "percent": measured.percent}
        entry = entry.model_copy(update=found)
    elif DoubtKind.MEASURE in doubts:
        raise FieldError("measure", "I read more than one measure above. Please write the one that counts here.")
    if fields.get("day"):
        day = date.fromisoformat(fields["day"])
        if day > today:
            raise FieldError("day", "Please pick today, or a day before.")
        entry = entry.model_copy(update={"day": day})
    elif DoubtKind.DAY in doubts:
        raise FieldError("day", "The day is not clear from what you wrote above. Please pick it here.")
    return entry.model_copy(update={"stage": Stage(fields["stage"])}) if fields.get("stage") else entry


def _is_open(doubt: Doubt) -> bool:
    """Whether something has to be said before an entry can be kept."""
    match doubt.kind:
        case DoubtKind.MEASURE:
            return len(doubt.measures) > 1
        case DoubtKind.HOURS:
            return len(doubt.hours) != 1
        case _:
            return True


def _read_field(field: str, text: str, today: date) -> ReadLine:
    try:
        return read_line(text, today)
    except EntryError as wrong:
        raise FieldError(field, str(wrong)) from None
