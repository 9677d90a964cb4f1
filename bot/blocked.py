"""Whoever is blocked says who has to do what by when, and the app asks that person (section 2.2.3)."""

import json
from datetime import date, time

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import (
    Block,
    Button,
    Words,
    actions,
    context,
    date_input,
    mention,
    modal,
    person_input,
    quote,
    section,
    text_input,
    words,
)
from bot.brevity import cut_words
from bot.deliveries import Press, Submission
from bot.effects import RemindToHelp, card_name, direct_lane, edit, help_lane, kickoff_lane, post
from bot.forms import open_form, submit_once
from bot.log_changes import find_own, refuse_who_left
from bot.projects import CLOSED, name_project
from bot.replies import FieldErrors
from bot.voting import zone_of
from bot.whispers import refuse_press
from flows.dates import say_day
from flows.decisions import HelpAnswered, HelpAsked
from flows.free_text import is_visible
from flows.help_asked import find_asked
from flows.kickoffs import Kickoff
from flows.working_days import add_working_days, place, zone_named
from storage import decisions, deliveries, kickoffs, outbox
from storage.activities import Logged
from storage.outbox import Claimed

ASK = "blocked.ask"
ANSWER = "blocked.answer"
FORM = "blocked.ask"

_MORNING = time(9, 30)
_WHAT = 300
_WHAT_WORDS = 24
_DAYS = 2
_OVER = "This is done already, or is not needed any more."


def draw_offer(entry_id: int) -> list[Block]:
    """What stands under an entry that says that the work waits."""
    return [section("Somebody has to act, so that it goes on?"), actions([Button("Ask somebody", ASK, str(entry_id))])]


async def press_ask(app: App, press: Press) -> None:
    """Open the form, for whoever logged the entry."""
    refusal = await refuse_who_left(app, press, int(press.value))

    def look(connection: Connection) -> Block | None:
        found = refusal or find_own(connection, int(press.value), press.person)
        if isinstance(found, str):
            refuse_press(connection, app, press, found)
            return None
        kickoff, logged = found
        today = today_in(app, zone_of(kickoff, press.person))
        return _draw_form(kickoff, logged, add_working_days(today, _DAYS))

    view = await app.transact(look)
    if view is not None:
        await open_form(app, press, view)


def _draw_form(kickoff: Kickoff, logged: Logged, due: date) -> Block:
    return modal(
        "Ask somebody",
        FORM,
        [
            section(f"{name_project(kickoff)}: “{quote(cut_words(logged.entry.note, _WHAT_WORDS), 300)}”"),
            person_input("owner", "Who has to act?", optional=False),
            text_input("what", "What do you need?", placeholder="Access to the orders of 2025", limit=_WHAT),
            date_input("due", "By when?", initial=due.isoformat(), optional=False),
            context("I ask them in a direct message, with your name, and once more on that day."),
        ],
        submit="Ask",
        metadata=json.dumps({"entry": logged.id}),
    )


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep what is asked for, and ask."""
    entry_id = int(submission.metadata["entry"])
    refusal = await refuse_who_left(app, submission, entry_id)

    def keep(connection: Connection) -> FieldErrors | None:
        found = refusal or find_own(connection, entry_id, submission.person)
        if isinstance(found, str):
            return FieldErrors({"what": found})
        kickoff, _ = found
        what = " ".join(submission.fields.get("what", "").split())[:_WHAT]
        owner, due = submission.fields["owner"], date.fromisoformat(submission.fields["due"])
        if not is_visible(what):
            return FieldErrors({"what": "Please say in a few words what you need."})
        if due < today_in(app, zone_of(kickoff, submission.person)):
            return FieldErrors({"due": "Please pick today, or a day that is still to come."})
        line = HelpAsked(by=submission.person, at=app.clock(), entry=entry_id, what=what, owner=owner, due=due)
        decisions.add(connection, kickoff.id, [line])
        _ask(connection, app, kickoff, line)
        return None

    return await submit_once(app, submission, keep)


def _question_name(kickoff_id: int, line: HelpAsked) -> str:
    return f"results:{kickoff_id}:help:{line.entry}:{line.at.timestamp():.0f}"


def _ask(connection: Connection, app: App, kickoff: Kickoff, line: HelpAsked) -> None:
    """Ask at once, say so under the card, and once more in the morning of the day."""
    asked = post(draw_question(kickoff, line), person=line.owner, name=_question_name(kickoff.id, line))
    text = f"{mention(line.by)} is blocked. I asked {mention(line.owner)}, by {say_day(line.due)}: “{_say_what(line)}”"
    told = post(words(text), channel=kickoff.channel, thread=card_name(kickoff.id))
    parcels = [
        asked.parcel(kickoff.workspace, direct_lane(line.owner)),
        told.parcel(kickoff.workspace, kickoff_lane(kickoff.id)),
    ]
    outbox.put(connection, parcels, app.clock())
    if line.due > today_in(app, zone_of(kickoff, line.owner)):
        again = RemindToHelp(kickoff_id=kickoff.id, entry=line.entry, due=line.due)
        morning = place(line.due, _MORNING, zone_named(zone_of(kickoff, line.owner)))
        lane = help_lane(kickoff.id, line.entry, line.due)
        outbox.put_once(connection, again.parcel(kickoff.workspace, lane), app.clock(), due_at=morning)


def draw_question(kickoff: Kickoff, line: HelpAsked, *, again: bool = False) -> Words:
    """What is asked of the person who has to act."""
    when = "today" if again else f"by {say_day(line.due)}"
    text = f"{mention(line.by)} waits for you in {name_project(kickoff)}, and needs this {when}: “{_say_what(line)}”"
    value = f"{kickoff.id}|{line.entry}|{line.at.timestamp():.0f}"
    buttons = [Button("It is done", ANSWER, f"{value}|yes", primary=True), Button("Not by then", ANSWER, f"{value}|no")]
    return words(text, [section(text), actions(buttons)])


def _say_what(line: HelpAsked) -> str:
    return quote(cut_words(line.what, _WHAT_WORDS), 300)


async def press_answer(app: App, press: Press) -> None:
    """Tell whoever waits that it is done, or not by then."""
    kickoff_id, entry, at, said = press.value.split("|")

    def keep(connection: Connection) -> None:
        kickoff = kickoffs.load(connection, int(kickoff_id), lock=True)
        line = find_asked(decisions.of_kickoff(connection, kickoff.id), int(entry))
        refusal = CLOSED if kickoff.closed_at else ""
        if line is None or f"{line.at.timestamp():.0f}" != at:
            refusal = refusal or _OVER
        elif press.person != line.owner:
            refusal = refusal or f"{mention(line.owner)} was asked for this."
        if refusal or line is None:
            refuse_press(connection, app, press, refusal)
            return
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        done = said == "yes"
        decisions.add(
            connection, kickoff.id, [HelpAnswered(by=press.person, at=app.clock(), entry=line.entry, done=done)]
        )
        text = _say_answer(line, done=done)
        told = post(words(text), channel=kickoff.channel, thread=card_name(kickoff.id))
        turned = edit(_question_name(kickoff.id, line), words(text))
        parcels = [
            told.parcel(kickoff.workspace, kickoff_lane(kickoff.id)),
            turned.parcel(kickoff.workspace, direct_lane(line.owner)),
        ]
        outbox.put(connection, parcels, app.clock())

    await app.transact(keep)


def _say_answer(line: HelpAsked, *, done: bool) -> str:
    if done:
        return f":white_check_mark: {mention(line.by)}, {mention(line.owner)} says that it is done: “{_say_what(line)}”"
    return (
        f":warning: {mention(line.by)}, {mention(line.owner)} says that it is not done by {say_day(line.due)}: "
        f"“{_say_what(line)}” Please talk it over here."
    )


async def remind_to_help(app: App, parcel: Claimed) -> None:
    """Ask once more on the day itself, unless it is done or was asked for anew."""
    effect = RemindToHelp.model_validate(parcel.effect)

    def remind(connection: Connection) -> None:
        if not outbox.finish(connection, parcel.id, app.clock()):
            return
        kickoff = kickoffs.load(connection, effect.kickoff_id)
        line = find_asked(decisions.of_kickoff(connection, kickoff.id), effect.entry)
        if line is None or line.due != effect.due or kickoff.closed_at:
            return
        asked = post(draw_question(kickoff, line, again=True), person=line.owner)
        outbox.put(connection, [asked.parcel(kickoff.workspace, direct_lane(line.owner))], app.clock())

    await app.transact_behind(remind)
