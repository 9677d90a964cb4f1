"""Checks with a date: taken on with one press or in a form, asked about when their day comes, and answered (2.5)."""

import json
from dataclasses import replace
from datetime import date, time

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, date_input, mention, modal, person_input, text_input
from bot.check_messages import check_name, draw_question, draw_seen, draw_taken, read_carried
from bot.deliveries import Press, Submission
from bot.effects import AskCheck, card_name, check_lane, direct_lane, edit, kickoff_lane, post
from bot.forms import open_form, submit_once
from bot.kickoff_card import refresh
from bot.projects import CLOSED
from bot.replies import FieldErrors
from bot.voting import zone_of
from bot.whispers import refuse_press, turn_down
from flows.absence import is_away
from flows.dated_checks import DatedCheck, look_again
from flows.decisions import CheckAnswered, CheckSet, CheckState
from flows.free_text import is_visible
from flows.kickoffs import Kickoff
from flows.working_days import add_working_days, place, zone_named
from storage import decisions, deliveries, kickoffs, outbox
from storage.outbox import Claimed

FORM = "check.change"

_MORNING = time(9)
_WHAT = 200
_GONE = "This check is not asked about any more. `/ml-kickoff risks` shows those that are."


async def press_take(app: App, press: Press) -> None:
    """Take on a check as it was proposed."""
    kickoff_id, carried = read_carried(press.value)

    def take(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        before = decisions.agreement_of(connection, kickoff.id).checks.get(carried.key)
        refusal = _refuse_change(kickoff, press.person)
        if before and not before.is_over:
            refusal = refusal or "This check was taken on already."
        if refusal:
            outbox.put(connection, turn_down(press, refusal), app.clock())
            return
        check = _in_time(app, kickoff, carried)
        line = CheckSet(
            by=press.person, at=app.clock(), check=check.key, what=check.what, owner=check.owner, due=check.due
        )
        set_check(connection, app, kickoff, line)

    await app.transact(take)


def _in_time(app: App, kickoff: Kickoff, check: DatedCheck) -> DatedCheck:
    """The check, with a day that is still to come where its own is over."""
    today = today_in(app, zone_of(kickoff, check.owner))
    return check if check.due > today else replace(check, due=look_again(today))


def _refuse_change(kickoff: Kickoff, person: str) -> str:
    if kickoff.closed_at:
        return CLOSED
    return "" if kickoff.may_change_nudges(person) else f"Checks are for {mention(kickoff.owner)} to take on or change."


def set_check(connection: Connection, app: App, kickoff: Kickoff, line: CheckSet) -> None:
    """Keep a check, say so where it was proposed, and have its owner asked in the morning of its day."""
    decisions.add(connection, kickoff.id, [line])
    check = decisions.agreement_of(connection, kickoff.id).checks[line.check]
    name = check_name(kickoff.id, check.key)
    told = edit(name, draw_taken(kickoff, check)).parcel(kickoff.workspace, kickoff_lane(kickoff.id))
    outbox.put(connection, [told], app.clock())
    _plan(connection, app, kickoff, check, check.due)


def _plan(connection: Connection, app: App, kickoff: Kickoff, check: DatedCheck, day: date) -> None:
    """Have the owner of a check asked about it in the morning of a day."""
    question = AskCheck(kickoff_id=kickoff.id, check=check.key, due=check.due)
    parcel = question.parcel(kickoff.workspace, check_lane(kickoff.id, check.key, check.due))
    morning = place(day, _MORNING, zone_named(zone_of(kickoff, check.owner)))
    outbox.put_once(connection, parcel, app.clock(), due_at=morning)


def plan_again(connection: Connection, app: App, kickoff: Kickoff) -> None:
    """Have those checks asked about tomorrow whose day came while the project was closed, when nobody was asked."""
    for check in decisions.agreement_of(connection, kickoff.id).checks.values():
        zone = zone_of(kickoff, check.owner)
        is_past = place(check.due, _MORNING, zone_named(zone)) <= app.clock()
        was_asked = outbox.find_posted(connection, _question_name(kickoff.id, check.key, check.due))
        if is_past and not check.is_over and not was_asked:
            _plan(connection, app, kickoff, check, add_working_days(today_in(app, zone), 1))


async def ask_check(app: App, parcel: Claimed) -> None:
    """Ask the owner of a check, or the project's owner where that one is gone; once they are back if they are away."""
    effect = AskCheck.model_validate(parcel.effect)

    def ask(connection: Connection) -> None:
        now = app.clock()
        if not outbox.finish(connection, parcel.id, now):
            return
        kickoff = kickoffs.load(connection, effect.kickoff_id)
        check = decisions.agreement_of(connection, kickoff.id).checks.get(effect.check)
        if check is None or check.is_over or check.due != effect.due or kickoff.closed_at:
            return
        participant = kickoff.find(check.owner)
        today = today_in(app, zone_of(kickoff, check.owner))
        away = participant.away if participant else None
        if away and away.last and is_away([away], today):
            _plan(connection, app, kickoff, check, add_working_days(away.last, 1))
            return
        person = _who_looks(kickoff, check)
        name = _question_name(kickoff.id, check.key, check.due)
        asked = post(draw_question(kickoff, check), person=person, name=name)
        outbox.put(connection, [asked.parcel(kickoff.workspace, direct_lane(person))], now)
        refresh(connection, kickoff, app)

    await app.transact_behind(ask)


def _who_looks(kickoff: Kickoff, check: DatedCheck) -> str:
    """The owner of a check, or the project's where that one is gone."""
    participant = kickoff.find(check.owner)
    is_there = participant is None or not (participant.gone or participant.is_called_off)
    return check.owner if is_there else kickoff.owner


def _question_name(kickoff_id: int, key: str, due: date) -> str:
    return f"results:{kickoff_id}:asked:{key}:{due.isoformat()}"


async def press_seen(app: App, press: Press) -> None:
    """Keep what somebody saw, say it to all, and plan the next look where it is still a risk."""
    kickoff_id, key, day, state = press.value.split("|")
    due = date.fromisoformat(day)

    def keep(connection: Connection) -> None:
        now = app.clock()
        if not deliveries.is_first(connection, press.key, now):
            return
        kickoff = kickoffs.load(connection, int(kickoff_id), lock=True)
        check = decisions.agreement_of(connection, kickoff.id).checks.get(key)
        if check is None or check.is_over or check.due != due or kickoff.closed_at:
            outbox.put(connection, turn_down(press, CLOSED if kickoff.closed_at else _GONE), now)
            return
        looks = _who_looks(kickoff, check)
        if press.person != looks and not kickoff.may_change_nudges(press.person):
            outbox.put(connection, turn_down(press, f"{mention(looks)} looks at this one."), now)
            return
        again = look_again(today_in(app, zone_of(kickoff, check.owner))) if state == CheckState.STILL else None
        line = CheckAnswered(by=press.person, at=now, check=key, state=CheckState(state), again=again)
        decisions.add(connection, kickoff.id, [line])
        after = decisions.agreement_of(connection, kickoff.id).checks[key]
        said = draw_seen(kickoff, after, press.person)
        lane, asked_in = kickoff_lane(kickoff.id), direct_lane(looks)
        told = [
            edit(check_name(kickoff.id, key), draw_taken(kickoff, after)).parcel(kickoff.workspace, lane),
            edit(_question_name(kickoff.id, key, due), said).parcel(kickoff.workspace, asked_in),
            post(said, channel=kickoff.channel, thread=card_name(kickoff.id)).parcel(kickoff.workspace, lane),
        ]
        outbox.put(connection, told, now)
        if not after.is_over:
            _plan(connection, app, kickoff, after, after.due)
        refresh(connection, kickoff, app)

    await app.transact(keep)


async def press_change(app: App, press: Press) -> None:
    """Open the form in which a check is changed, or taken on otherwise than it was proposed."""
    kickoff_id, carried = read_carried(press.value)

    def look(connection: Connection) -> Block | None:
        kickoff = kickoffs.load(connection, kickoff_id)
        refusal = _refuse_change(kickoff, press.person)
        if refusal:
            refuse_press(connection, app, press, refusal)
            return None
        known = decisions.agreement_of(connection, kickoff.id).checks.get(carried.key)
        return _draw_form(kickoff, _in_time(app, kickoff, known or carried))

    view = await app.transact(look)
    if view is not None:
        await open_form(app, press, view)


def _draw_form(kickoff: Kickoff, check: DatedCheck) -> Block:
    blocks = [
        text_input("what", "What to look at", initial=check.what, multiline=True, limit=_WHAT),
        person_input("owner", "Who looks", initial=check.owner, optional=False),
        date_input("due", "By when", initial=check.due.isoformat(), optional=False),
    ]
    metadata = json.dumps({"kickoff": kickoff.id, "check": check.key})
    return modal("Change the check", FORM, blocks, submit="Take it on", metadata=metadata)


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep the check as it was filled in."""

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(submission.metadata["kickoff"]), lock=True)
        refusal = _refuse_change(kickoff, submission.person)
        what = " ".join(submission.fields.get("what", "").split())[:_WHAT]
        # Slack sends no form in which these are left empty.
        owner, due = submission.fields["owner"], date.fromisoformat(submission.fields["due"])
        if refusal or not is_visible(what):
            return FieldErrors({"what": refusal or "Please say in a few words what to look at."})
        if due <= today_in(app, zone_of(kickoff, owner)):
            return FieldErrors({"due": "Please pick a day that is still to come."})
        line = CheckSet(
            by=submission.person,
            at=app.clock(),
            check=submission.metadata["check"],
            what=what,
            owner=owner,
            due=due,
        )
        set_check(connection, app, kickoff, line)
        return None

    return await submit_once(app, submission, keep)
