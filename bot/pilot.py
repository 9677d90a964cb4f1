"""`/ml-kickoff pilot`: what to solve first, its budget and stages, and what the whole takes once it is solved."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, context, modal, section, text_input, words
from bot.deliveries import Command, Press, Submission
from bot.effects import Effect, card_name, edit, kickoff_lane, post
from bot.forms import open_form, submit_once
from bot.pilot_messages import PilotState, draw_details, draw_pilot, draw_whole
from bot.progress import progress_of
from bot.projects import CLOSED, find_one, name_project
from bot.replies import FieldErrors, OnlyYou
from bot.time_report import rows_of
from bot.whispers import refuse_press
from flows.answers import NotRead, read_answer
from flows.closing import Unclear, read_accuracy
from flows.decisions import PilotPlanned, PilotSolved
from flows.kickoffs import Kickoff
from flows.pilot import choose_classes, propose
from flows.pilot_estimate import estimate_whole, hours_until
from flows.question_bank import BANK
from flows.scoring.heard import hear
from flows.time_report import add_up
from flows.working_days import zone_named
from storage import activities, decisions, deliveries, kickoffs, outbox
from storage.activities import Logged

FORM = "pilot.plan"

_CLASSES, _SHARE, _SLICES = "classes", "share", "slices"
_LIMIT = 300
_MOST_CLASSES = 1_000_000
_NOT_YOURS = "Only those who take part in this kickoff can plan its pilot. Your comments in the thread are welcome."
_GONE = "There is no pilot yet. `/ml-kickoff pilot` plans one."


@dataclass(frozen=True)
class _Read:
    """What a pilot is judged by."""

    kickoff: Kickoff
    plan: PilotPlanned | None
    since: datetime | None
    solved: PilotSolved | None
    log: tuple[Logged, ...]


def pilot_name(kickoff_id: int) -> str:
    """The name of the message with the pilot."""
    return f"results:{kickoff_id}:pilot"


def whole_name(kickoff_id: int) -> str:
    """The name of the message with what the whole may take."""
    return f"results:{kickoff_id}:whole"


async def prepare(app: App, command: Command, name: str | None) -> Block | OnlyYou:
    """The form where there is no pilot yet; else how far it is."""

    def read(connection: Connection) -> Block | OnlyYou | _Read:
        kickoff = find_one(connection, command, name, "pilot")
        if isinstance(kickoff, str):
            return OnlyYou(words(kickoff))
        read = _read(connection, kickoff.id)
        if read.plan is not None:
            return read
        refusal = _refuse(read.kickoff, command.person)
        return OnlyYou(words(refusal)) if refusal else draw_form(read.kickoff)

    found = await app.database.transact(read)
    if not isinstance(found, _Read):
        return found
    state = await asyncio.to_thread(_judge, found)
    return OnlyYou(draw_pilot(state)) if state else OnlyYou(words(_GONE))


def _refuse(kickoff: Kickoff, person: str) -> str:
    if not kickoff.takes_part(person):
        return _NOT_YOURS
    return CLOSED if kickoff.closed_at else ""


def _read(connection: Connection, kickoff_id: int, *, lock: bool = False) -> _Read:
    kickoff = kickoffs.load(connection, kickoff_id, lock=lock)
    stands = decisions.agreement_of(connection, kickoff_id)
    log = activities.of_kickoff(connection, kickoff_id)
    return _Read(kickoff, stands.pilot, stands.pilot_since, stands.pilot_solved, log)


def _judge(read: _Read) -> PilotState | None:
    """How far a pilot is: what was logged from the day on which it was first planned, until it was solved."""
    if read.plan is None or read.since is None:
        return None
    zone = zone_named(read.kickoff.nudge.zone)
    first = read.since.astimezone(zone).date()
    last = read.solved.at.astimezone(zone).date() if read.solved else None
    rows = [row for row in rows_of(read.kickoff, read.log) if row.day >= first and (last is None or row.day <= last)]
    progress = progress_of(read.kickoff, read.log)
    measured_points = progress.points if progress else ()
    points = [one for one in measured_points if one.day >= first and (last is None or one.day <= last)]
    is_share = progress is not None and progress.unit == "%"
    pilot = propose(read.plan, hear(read.kickoff))
    hours = add_up(rows).by_stage
    measured = [(one.hours, one.error) for one in points if one.hours > 0 and one.error > 0]
    return PilotState(
        kickoff=read.kickoff,
        pilot=pilot,
        is_solved=read.solved is not None,
        best=min((one.error for one in points), default=None) if is_share else None,
        hours=hours,
        whole=estimate_whole(read.plan, hours),
        until=hours_until(measured, pilot.allowed) if is_share else None,
    )


def draw_form(kickoff: Kickoff, plan: PilotPlanned | None = None) -> Block:
    """What the problem is made of; every field may stay empty."""
    share = f"{plan.first_share:g}" if plan and plan.first_share is not None else ""
    return modal(
        "Plan the pilot",
        FORM,
        [
            section(f"{name_project(kickoff)}: a smaller problem first. Leave out what you do not know."),
            text_input(
                _CLASSES,
                "How many classes does the model tell apart?",
                initial=str(plan.classes) if plan and plan.classes else "",
                placeholder="1000",
                optional=True,
                limit=12,
            ),
            text_input(
                _SHARE,
                "Of 100 cases, how many are in the commonest ten?",
                initial=share,
                placeholder="40",
                optional=True,
                limit=12,
            ),
            text_input(
                _SLICES,
                "Natural slices of your data, the first one for the pilot",
                initial=plan.slice if plan else "",
                placeholder="Berlin, Paris, Rome",
                hint="Such as places, ages or products, with commas between. They count where there are no classes.",
                optional=True,
                limit=_LIMIT,
            ),
            context("Everybody reads the plan. It can be changed at any time."),
        ],
        submit="Plan it",
        metadata=json.dumps({"kickoff": kickoff.id}),
    )


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep the plan, and say it under the card."""
    kickoff_id = int(submission.metadata["kickoff"])
    told = _read_fields(submission.fields, today_in(app, "UTC"))
    if isinstance(told, FieldErrors):
        return told

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        refusal = _refuse(kickoff, submission.person)
        if refusal:
            return FieldErrors({_CLASSES: refusal})
        line = PilotPlanned.model_validate({**told, "by": submission.person, "at": app.clock()})
        decisions.add(connection, kickoff_id, [line])
        refresh_pilot(connection, app, kickoff_id)
        return None

    return await submit_once(app, submission, keep)


def _read_fields(fields: Mapping[str, str], today: date) -> dict[str, object] | FieldErrors:
    wrong: dict[str, str] = {}
    classes = _read_number(fields.get(_CLASSES, ""), today)
    share = _read_share(fields.get(_SHARE, ""))
    if fields.get(_CLASSES) and not (classes and 1 <= classes <= _MOST_CLASSES and classes == int(classes)):
        wrong[_CLASSES] = "Please write one whole number, such as 1000, or leave it empty."
    if fields.get(_SHARE) and not share:
        wrong[_SHARE] = "Please write one number up to 100, such as 40, or leave it empty."
    if wrong:
        return FieldErrors(wrong)
    slices = [one.strip() for one in fields.get(_SLICES, "").split(",") if one.strip()]
    taken = choose_classes(int(classes) if classes else None)
    return {
        "classes": int(classes) if classes else None,
        "taken": taken,
        "first_share": share if taken else None,
        "slice": slices[0] if slices else "",
        "slices": len(slices),
    }


def _read_number(text: str, today: date) -> float | None:
    """A number as people type it; None for none."""
    try:
        value = read_answer(BANK.by_id["examples_needed"], text, today).value if text.strip() else None
    except NotRead:
        return None
    return value if isinstance(value, float) else None


def _read_share(text: str) -> float | None:
    try:
        return read_accuracy(text)
    except Unclear:
        return None


def refresh_pilot(connection: Connection, app: App, kickoff_id: int) -> None:
    """Say a pilot, or bring what was said of it up to date, and of the whole once it is solved."""
    if decisions.agreement_of(connection, kickoff_id).pilot is None:
        return
    state = _judge(_read(connection, kickoff_id))
    if state is not None:
        _show(connection, app, state)
        _update_whole(connection, app, state)


def _show(connection: Connection, app: App, state: PilotState) -> None:
    """Say the pilot under the card, or bring what was said of it up to date."""
    kickoff, name = state.kickoff, pilot_name(state.kickoff.id)
    said = draw_pilot(state)
    is_first = deliveries.is_first(connection, name, app.clock()) and not outbox.find_posted(connection, name)
    new = post(said, channel=kickoff.channel, thread=card_name(kickoff.id), name=name)
    told: Effect = new if is_first else edit(name, said)
    outbox.put(connection, [told.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


async def press_change(app: App, press: Press) -> None:
    """Open the form with the plan as it is."""

    def look(connection: Connection) -> Block | None:
        read = _read(connection, int(press.value))
        refusal = _refuse(read.kickoff, press.person)
        if refusal:
            refuse_press(connection, app, press, refusal)
            return None
        return draw_form(read.kickoff, read.plan)

    view = await app.transact(look)
    if view is not None:
        await open_form(app, press, view)


async def press_why(app: App, press: Press) -> None:
    """Show what to watch, and how each stage grows."""
    read = await app.database.transact(lambda connection: _read(connection, int(press.value)))
    state = await asyncio.to_thread(_judge, read)
    if state is not None:
        await open_form(app, press, draw_details(state))


async def press_solved(app: App, press: Press) -> None:
    """Keep that the pilot is solved, or goes on; and say what the whole may take."""
    kickoff_id, said = press.value.split("|")

    def keep(connection: Connection) -> None:
        before = _read(connection, int(kickoff_id), lock=True)
        refusal = _refuse(before.kickoff, press.person) or ("" if before.plan else _GONE)
        if refusal:
            refuse_press(connection, app, press, refusal)
            return
        is_said = (before.solved is not None) == (said == "yes")
        if is_said or not deliveries.is_first(connection, press.key, app.clock()):
            return
        line = PilotSolved(by=press.person, at=app.clock(), solved=said == "yes")
        decisions.add(connection, int(kickoff_id), [line])
        state = _judge(_read(connection, int(kickoff_id)))
        if state is None:
            return
        _show(connection, app, state)
        if line.solved:
            _say_whole(connection, app, state)

    await app.transact(keep)


def _update_whole(connection: Connection, app: App, state: PilotState) -> None:
    """Bring what was said of the whole up to date, as long as the pilot is solved."""
    kickoff, name = state.kickoff, whole_name(state.kickoff.id)
    if state.is_solved and outbox.find_posted(connection, name):
        told = edit(name, draw_whole(state))
        outbox.put(connection, [told.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


def _say_whole(connection: Connection, app: App, state: PilotState) -> None:
    """Post what the whole may take; an earlier message about it says where it went."""
    kickoff, name = state.kickoff, whole_name(state.kickoff.id)
    said: list[Effect] = []
    if outbox.find_posted(connection, name):
        said.append(edit(name, words("This estimate is out of date. The newest one is further down.")))
    said.append(post(draw_whole(state), channel=kickoff.channel, thread=card_name(kickoff.id), name=name))
    lane = kickoff_lane(kickoff.id)
    outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in said], app.clock())
