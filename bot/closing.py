"""The end of a project: a form says what it took, the channel reads how wide of the mark the score was (K37)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot import nudges, premortem, voting
from bot.app import App
from bot.availability import look_again_at, today_in
from bot.blocks import (
    Block,
    Button,
    Choice,
    Words,
    actions,
    context,
    mention,
    modal,
    quote,
    radio_input,
    section,
    text_input,
    words,
)
from bot.brevity import cut_words, room_beside
from bot.calibration import rescore, say_what_follows
from bot.dated_checks import plan_again
from bot.deliveries import Command, Press, Submission
from bot.digests import plan_digest
from bot.effects import edit, kickoff_lane, post
from bot.findings import read_posted
from bot.forms import submit_once
from bot.kickoff_card import refresh
from bot.projects import NO_PROJECT, find_projects, name_project, owner_or_starter
from bot.replies import FieldErrors, OnlyYou
from bot.whispers import whisper
from flows.answers import Answer, NotRead, Status, describe_answer, read_answer
from flows.closing import LABELS, Outcome, Unclear, logged_weeks, read_accuracy, read_weeks, say_mark, says_nothing
from flows.decisions import ProjectClosed, ProjectReopened
from flows.kickoffs import Kickoff, Standing
from flows.question_bank import BANK
from flows.scoring.draws import Spread
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.scoring.scales import UNCALIBRATED, Calibration
from flows.wishes import say_number
from flows.working_days import describe_day
from storage import activities, decisions, deliveries, kickoffs, outbox
from storage.calibration import lock_teaching, taught_of

FORM = "project.close"
REOPEN = "project.reopen"

_OUTCOME, _WEEKS, _ACCURACY, _MONEY, _NOTE = "outcome", "weeks", "accuracy", "money", "note"
_WELL, _BADLY = "went_well", "went_badly"
_NOTE_LIMIT = 300
_SHORT = 40
_LEAST_WEEKS = 0.05
_CLOSED_MEANWHILE = "Somebody closed this project meanwhile. Please close this form."
_GOES_ON = "This project is not closed."
_NAME_WORDS = 6
_SAID_WORDS = 24


def closed_name(kickoff_id: int) -> str:
    """The name of the message that says how a project ended."""
    return f"results:{kickoff_id}:closed"


async def prepare(app: App, command: Command, name: str | None) -> Block | OnlyYou:
    """The form about the one project that is meant, or why it does not open."""

    def read(connection: Connection) -> Block | OnlyYou:
        found = _find(connection, command, name, "close")
        if isinstance(found, OnlyYou):
            return found
        if found.closed_at:
            return OnlyYou(_say_closed(connection, found))
        if not found.may_close(command.person):
            return _only_you(_only_theirs(found))
        logged = logged_weeks([one.entry for one in activities.of_kickoff(connection, found.id)])
        return draw_form(found, logged)

    return await app.transact(read)


def _find(connection: Connection, command: Command, name: str | None, verb: str) -> Kickoff | OnlyYou:
    """The one project that is meant: of several, the one that is not in the asked state already."""
    projects = find_projects(connection, command)
    if not projects.known:
        return _only_you(NO_PROJECT)
    chosen = projects.choose(name, with_closed=True)
    fitting = tuple(one for one in chosen if (one.closed_at is None) == (verb == "close"))
    if len(fitting or chosen) == 1:
        return (fitting or chosen)[0]
    return _only_you(projects.ask_which(verb) if chosen else projects.say_unknown(name))


def _only_you(text: str) -> OnlyYou:
    return OnlyYou(words(text))


def _only_theirs(kickoff: Kickoff) -> str:
    return f"Only {owner_or_starter(kickoff)} can close {name_project(kickoff)} or reopen it."


def _say_closed(connection: Connection, kickoff: Kickoff) -> Words:
    ended = decisions.agreement_of(connection, kickoff.id).closed
    how = f": {LABELS[ended.outcome][:1].lower()}{LABELS[ended.outcome][1:]}" if ended else ""
    text = f"{name_project(kickoff)} is closed{how}."
    return words(text, [section(text), actions([_reopen_button(kickoff)])])


def _reopen_button(kickoff: Kickoff) -> Button:
    return Button("Reopen it", REOPEN, str(kickoff.id))


def draw_form(kickoff: Kickoff, logged: float | None) -> Block:
    """What is asked at the end; `logged` are the person-weeks in the activity log."""
    count = f"{logged:.1f}".removesuffix(".0") if logged and logged >= _LEAST_WEEKS else ""
    hint = "Of all people together. Two people for three weeks are 6."
    return modal(
        "Close the project",
        FORM,
        [
            section(f"{name_project(kickoff)}: how did it end? Scores of later projects learn from it."),
            radio_input(
                _OUTCOME,
                "How it ended",
                [Choice(label, outcome.value) for outcome, label in LABELS.items()],
                Outcome.REACHED.value,
            ),
            text_input(
                _WEEKS,
                "Person-weeks it really took",
                initial=count,
                placeholder="70",
                hint=f"{hint} This many are in the activity log." if count else hint,
                optional=True,
                limit=_SHORT,
            ),
            text_input(_ACCURACY, "Right of 100 in the end", placeholder="93", optional=True, limit=_SHORT),
            text_input(_MONEY, "Money it took", placeholder="€80,000", optional=True, limit=_SHORT),
            text_input(_WELL, "What went well?", optional=True, limit=_NOTE_LIMIT),
            text_input(_BADLY, "What went badly?", optional=True, limit=_NOTE_LIMIT),
            text_input(
                _NOTE,
                "What would you do differently next time?",
                hint="Everybody reads these three, and later projects that are like this one.",
                optional=True,
                limit=_NOTE_LIMIT,
            ),
            context("Nudges stop, and it leaves the ranking. You can reopen it at any time."),
        ],
        submit="Close it",
        metadata=json.dumps({"kickoff": kickoff.id}),
    )


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Close the project, and say in the channel what was predicted and what happened."""
    kickoff_id = int(submission.metadata["kickoff"])

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        if not kickoff.may_close(submission.person):
            return FieldErrors({_OUTCOME: _plain_refusal(kickoff)})
        if kickoff.closed_at:
            return FieldErrors({_OUTCOME: _CLOSED_MEANWHILE})
        told = _read(submission.fields, today_in(app, kickoff.nudge.zone))
        if isinstance(told, FieldErrors):
            return told
        _close(connection, app, kickoff, submission.person, told)
        return None

    return await submit_once(app, submission, keep)


def _plain_refusal(kickoff: Kickoff) -> str:
    return f"Only the owner and whoever started {kickoff.name[:60]} can close it."


def _read(fields: Mapping[str, str], today: date) -> dict[str, object] | FieldErrors:
    """What was filled in, as the line of the ledger has it; or what to type instead, beside each field."""
    told: dict[str, object] = {"outcome": Outcome(fields[_OUTCOME]), "note": fields.get(_NOTE, "")}
    told |= {question: fields.get(question, "") for question in (_WELL, _BADLY)}
    wrong: dict[str, str] = {}
    never = told["outcome"] is Outcome.NEVER
    try:
        told["weeks"] = 0.0 if never and says_nothing(fields.get(_WEEKS, "")) else read_weeks(fields.get(_WEEKS, ""))
    except Unclear as mistake:
        wrong[_WEEKS] = str(mistake)
    try:
        told["accuracy"] = read_accuracy(fields[_ACCURACY]) if _ACCURACY in fields else None
    except Unclear as mistake:
        wrong[_ACCURACY] = str(mistake)
    try:
        said = fields.get(_MONEY, "")
        paid = None if says_nothing(said) else read_answer(BANK.by_id["budget"], said, today)
        told |= {"money": paid.value, "currency": paid.currency} if paid else {}
    except NotRead as mistake:
        wrong[_MONEY] = str(mistake)
    return FieldErrors(wrong) if wrong else told


def _close(connection: Connection, app: App, kickoff: Kickoff, person: str, told: Mapping[str, object]) -> None:
    now = app.clock()
    lock_teaching(connection, kickoff.workspace)
    before = taught_of(connection, kickoff.workspace)
    posted, _ = read_posted(connection, kickoff.id)
    line = ProjectClosed.model_validate(
        {
            **told,
            "by": person,
            "at": now,
            "predicted": _predict(posted, before.in_use),
            "uncalibrated": _predict(posted, UNCALIBRATED),
            "calibration": before.in_use,
        }
    )
    decisions.add(connection, kickoff.id, [line])
    kickoffs.close(connection, kickoff.id, now)
    kickoffs.save_nudge(connection, kickoff.id, replace(kickoff.nudge, next_due_at=None))
    plan_digest(connection, app, replace(kickoff, closed_at=now))
    after = taught_of(connection, kickoff.workspace)
    said = draw_closed(kickoff, line, say_what_follows(line, after))
    message = post(said, channel=kickoff.channel, name=closed_name(kickoff.id))
    looked_back = draw_looking_back(line)
    beside = [post(looked_back, thread=closed_name(kickoff.id))] if looked_back else []
    lane = kickoff_lane(kickoff.id)
    outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in (message, *beside)], now)
    refresh(connection, kickoff, app)
    rescore(connection, app, kickoff.workspace, before, after)


def _predict(kickoff: Kickoff, calibration: Calibration) -> Spread:
    return score_project(hear(kickoff), calibration).person_weeks


def draw_closed(kickoff: Kickoff, line: ProjectClosed, follows: str) -> Words:
    """What was predicted, what happened, what follows, and what was learned, as far as there is room."""
    name = f"*{quote(cut_words(kickoff.name, _NAME_WORDS), 80)}*"
    how = LABELS[line.outcome]
    top = f"{name} is closed by {mention(line.by)}. {how}."
    is_marked = line.weeks and line.outcome is not Outcome.NEVER
    mark = f"\n{say_mark(line.predicted, line.weeks, line.outcome)}." if is_marked else ""
    blocks = [section(f"{top}{mark}{_say_reached(line)}"), context(follows), actions([_reopen_button(kickoff)])]
    learned = cut_words(line.note, room_beside(*blocks) - 2)
    if learned.strip():
        blocks.insert(1, section(f"*Next time:* {quote(learned, _NOTE_LIMIT)}"))
    return words(f"{quote(kickoff.name, 150)} is closed. {how}.", blocks)


def _say_reached(line: ProjectClosed) -> str:
    """How many were right in the end, and for how much, as far as somebody said."""
    paid = Answer(question="budget", status=Status.GIVEN, value=line.money, currency=line.currency)
    cost = "" if line.money is None else quote(describe_answer(BANK.by_id["budget"], paid), 60)
    if line.accuracy is None:
        return f"\nIt cost {cost}." if cost else ""
    return f"\n{say_number(line.accuracy)} of 100 were right{f', for {cost}' if cost else ''}."


def draw_looking_back(line: ProjectClosed) -> Words | None:
    """What went well and what went badly, for the thread of the message; None where nobody said."""
    asked = (("Went well", line.went_well), ("Went badly", line.went_badly))
    told = [f"*{title}:* {quote(cut_words(said, _SAID_WORDS), _NOTE_LIMIT)}" for title, said in asked if said.strip()]
    return words("\n".join(told)) if told else None


async def reopen(app: App, command: Command, name: str | None) -> OnlyYou:
    """Let a closed project go on, by the command."""

    def change(connection: Connection) -> OnlyYou:
        found = _find(connection, command, name, "reopen")
        if isinstance(found, OnlyYou):
            return found
        if not deliveries.is_first(connection, command.key, app.clock()):
            return _only_you("It goes on.")
        return _only_you(_reopen(connection, app, found.id, command.person))

    return await app.transact(change)


async def press_reopen(app: App, press: Press) -> None:
    """Let a closed project go on, by the button."""

    def change(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        said = _reopen(connection, app, int(press.value), press.person)
        outbox.put(connection, [whisper(press, said)], app.clock())

    await app.transact(change)


def _reopen(connection: Connection, app: App, kickoff_id: int, person: str) -> str:
    """Let it go on with nudges and reminders as before; what came of that, in a sentence for who asked for it."""
    now = app.clock()
    kickoff = kickoffs.load(connection, kickoff_id, lock=True)
    if not kickoff.may_close(person):
        return _only_theirs(kickoff)
    if kickoff.closed_at is None:
        return _GOES_ON
    lock_teaching(connection, kickoff.workspace)
    before = taught_of(connection, kickoff.workspace)
    decisions.add(connection, kickoff.id, [ProjectReopened(by=person, at=now)])
    kickoffs.close(connection, kickoff.id, None)
    # What was logged before the end answers nothing that is asked after it.
    open_again = replace(kickoff, closed_at=None, nudge=replace(kickoff.nudge, last_at=now))
    nudges.plan_anew(connection, app, open_again)
    plan_digest(connection, app, open_again)
    plan_again(connection, app, open_again)
    voting.go_on_again(connection, open_again)
    premortem.go_on_again(connection, app, open_again)
    for one in kickoff.participants:
        if one.standing is Standing.OPEN:
            again = replace(one, remind_at=look_again_at(app, kickoff, one))
            kickoffs.save_participant(connection, one, again, now)
    day = describe_day(today_in(app, kickoff.nudge.zone), today_in(app, kickoff.nudge.zone))
    said = words(f"{name_project(kickoff)} goes on: {mention(person)} reopened it on {day}.")
    message = edit(closed_name(kickoff.id), said)
    outbox.put(connection, [message.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], now)
    refresh(connection, kickoff, app)
    rescore(connection, app, kickoff.workspace, before, taught_of(connection, kickoff.workspace))
    return f"{name_project(kickoff)} goes on. Nudges and its place in the ranking are back."
