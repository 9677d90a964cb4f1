"""The card in the channel: who is interviewed, how far each is, what comes next. It updates itself."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import (
    Block,
    Button,
    Words,
    actions,
    capitalise,
    context,
    divider,
    header,
    mention,
    quote,
    section,
    words,
)
from bot.brevity import MOST_WORDS, count_words, cut_words, list_people, shorten
from bot.effects import Effect, RefreshCard, card_lane, card_name, kickoff_lane, post, refresh_home
from bot.interview_messages import name_roles
from bot.slack_api import Refused, is_direct
from flows.activity import describe_entry
from flows.agreement import Agreement
from flows.cadence import describe_moment
from flows.closing import LABELS
from flows.kickoffs import Kickoff, Participant, Standing
from flows.signing import missing_signatures
from storage import activities, decisions, kickoffs, outbox
from storage.activities import Logged
from storage.outbox import Claimed, NotYet, Posted

PEOPLE = "kickoff.people"
"""The button that shows who is asked; it carries the kickoff's id."""

_log = logging.getLogger(__name__)

_DELETED = "message_not_found"
_CLOSED_TO_EDITS = frozenset({"cant_update_message", "edit_window_closed"})
_BAR = 8
_NAME_WORDS = 8
_PROBLEM_WORDS = 12
_ENTRY_WORDS = 8
_WAITING_NAMED = 12
_LEFT_NAMED = 3
_SIGNS = {
    Standing.INVITED: ":hourglass_flowing_sand:",
    Standing.OPEN: ":speech_balloon:",
    Standing.FINISHED: ":white_check_mark:",
    Standing.UNAVAILABLE: ":no_entry:",
    Standing.CLOSED: ":zzz:",
    Standing.REMOVED: ":no_entry:",
}


def draw_card(kickoff: Kickoff, stands: Agreement, log: Sequence[Logged], now: datetime) -> Words:
    """The card as it should look now."""
    name = quote(kickoff.name, 150)
    problem = [section(quote(cut_words(kickoff.problem, _PROBLEM_WORDS), 600))] if kickoff.problem else []
    logged = [section(_say_log(log))] if log else []
    starter = context(f"Started by {mention(kickoff.starter)}")
    watchers = watchers_line(kickoff)
    blocks = fit_standing(
        kickoff,
        stands,
        above=[header(f"Kickoff: {cut_words(kickoff.name, _NAME_WORDS)}"), *problem],
        below=[
            *logged,
            actions([Button("People", PEOPLE, str(kickoff.id))]),
            *watchers,
            starter,
            context(nudge_line(kickoff, now)),
        ],
        spare=[starter, *problem, *watchers, *logged],
    )
    return words(f"Kickoff: {name}. {capitalise(next_step(kickoff, stands))}", blocks)


def _say_log(log: Sequence[Logged]) -> str:
    last = log[-1]
    entry = quote(cut_words(describe_entry(last.entry), _ENTRY_WORDS), 300)
    count = f"{len(log)} entries" if len(log) > 1 else "1 entry"
    return f"*Log:* {count}. Last by {mention(last.person)}: {entry}"


def fit_standing(
    kickoff: Kickoff, stands: Agreement, *, above: Sequence[Block], below: Sequence[Block], spare: Sequence[Block]
) -> list[Block]:
    """A message of who is how far and what comes next, in as much detail as there is room for.

    Args:
        kickoff: Whose people.
        stands: How far they have agreed.
        above: What stands above that.
        below: What stands below it.
        spare: What is left out, the first first, before the people are only listed in short.
    """
    where = " in private messages, since others cannot see what stands here" if is_direct(kickoff.channel) else ""
    each = section(f"*Interviews*{where}\n" + "\n".join(participant_line(one) for one in kickoff.counted))
    blocks = [*above, each, divider(), _draw_next(next_step(kickoff, stands)), *below]
    for people in (each, section(_list_in_short(kickoff))):
        if count_words(*blocks) > MOST_WORDS:
            blocks = [*above, people, divider(), _draw_next(next_step(kickoff, stands, named=False)), *below]
            blocks = shorten(blocks, spare)
    return blocks


def _draw_next(step: str) -> Block:
    return section(f"*Next:* {step}")


def _list_in_short(kickoff: Kickoff) -> str:
    """How many are done, and each who is waited for with a bar."""
    asked = [one for one in kickoff.counted if one.standing is not Standing.UNAVAILABLE]
    done = [one for one in asked if one.standing is Standing.FINISHED]
    waiting = kickoff.waiting_for
    lines = [f"*Interviews:* {len(done)} of {len(asked)} done"]
    lines += [
        f"{_SIGNS[one.standing]} {mention(one.person)} {draw_bar(*one.interview.progress)}"
        for one in waiting[:_WAITING_NAMED]
    ]
    if len(waiting) > _WAITING_NAMED:
        lines.append(f"and {len(waiting) - _WAITING_NAMED} more")
    for standing in (Standing.CLOSED, Standing.UNAVAILABLE):
        people = [one.person for one in kickoff.counted if one.standing is standing]
        if people:
            lines.append(f"{_SIGNS[standing]} {list_people(people, _LEFT_NAMED)}")
    return "\n".join(lines)


def participant_line(participant: Participant) -> str:
    """One stakeholder: who they are and how far."""
    who = f"{_SIGNS[participant.standing]} {mention(participant.person)} · {name_roles(participant)}"
    if participant.standing is Standing.UNAVAILABLE:
        return f"{who} · {participant.note}"
    done, total = participant.interview.progress
    if participant.standing is Standing.FINISHED:
        return f"{who} · done, and has left since" if participant.gone else f"{who} · done"
    note = f" · {participant.note}" if participant.note else ""
    if participant.standing is Standing.CLOSED:
        return f"{who} · {done} of {total}, closed without the rest"
    return f"{who} · {draw_bar(done, total)} {done} of {total}{note}"


def draw_bar(done: int, total: int) -> str:
    """How far something is, at a glance."""
    full = round(_BAR * done / total) if total else _BAR
    return f"{'▰' * full}{'▱' * (_BAR - full)}"


def watchers_line(kickoff: Kickoff) -> list[Block]:
    """Who watches without being asked, in a line; nothing if nobody does."""
    return [context(f"Watching: {list_people(kickoff.observers)}")] if kickoff.observers else []


def next_step(kickoff: Kickoff, stands: Agreement, *, named: bool = True) -> str:
    """What happens next, in one sentence; where a list beside it shows who is waited for, they need not be `named`."""
    if kickoff.closed_at:
        return _say_closed(stands)
    waiting = kickoff.waiting_for
    if not waiting:
        return _next_step_to_agreement(kickoff, stands)
    names = list_people([one.person for one in waiting]) if named else "some"
    if kickoff.concluded_at and not any(one.interview.open_questions for one in waiting):
        return f"{names} may change answers. Then I bring the results up to date."
    verb = "answers" if len(waiting) == 1 else "answer"
    then = "bring the results up to date" if kickoff.concluded_at else "set the goals side by side"
    if not named:
        return f"everyone answers, then I {then}."
    return f"{names} {verb} a few questions. Then I {then}."


def _say_closed(stands: Agreement) -> str:
    how = f" {LABELS[stands.closed.outcome].lower()}." if stands.closed else ""
    return f"it is closed:{how} `/ml-kickoff reopen` takes that back."


def _next_step_to_agreement(kickoff: Kickoff, stands: Agreement) -> str:
    if kickoff.concluded_at is None:
        return "nobody is left to interview. Press *People* to pick somebody else."
    if stands.open_round:
        missing = stands.open_round.missing
        return f"{list_people(missing, 3)} {_verb('rank', missing)} the options. Then I show how all ranked them."
    if stands.awaits_owner:
        return f"{mention(kickoff.owner)} decides which option it is."
    if not kickoff.stakes:
        return "name a goal: press *Change an answer* in your thread."
    if stands.settled is None:
        return f"{mention(kickoff.owner)} presses *Find a balance* under the goals."
    missing = missing_signatures(kickoff, stands.signatures)
    if missing:
        read, approve, objects = (_verb(verb, missing) for verb in ("read", "approve", "object"))
        return f"{list_people(missing, 3)} {read} the goal card, and {approve} or {objects}."
    if stands.acknowledged is None:
        return f"{mention(kickoff.owner)} accepts the risks on the goal card."
    if any(one.objection for one in stands.signatures.values()):
        return "talk over the objections to the goal card, in its thread."
    return "all have agreed. Log progress with `/ml-kickoff log`."


def _verb(verb: str, people: Sequence[str]) -> str:
    return f"{verb}s" if len(people) == 1 else verb


def nudge_line(kickoff: Kickoff, now: datetime) -> str:
    """When progress is asked for next; the year is named where it is not this one."""
    due = None if kickoff.closed_at else kickoff.nudge.next_due_at
    return f"Next nudge: {describe_moment(due, kickoff.nudge.zone, now)}" if due else "No nudges"


def refresh(connection: Connection, kickoff: Kickoff, app: App) -> None:
    """Have the card brought up to date after this transaction."""
    parcel = RefreshCard(kickoff_id=kickoff.id).parcel(kickoff.workspace, card_lane(kickoff.id))
    outbox.put_once(connection, parcel, app.clock())


def say_all(connection: Connection, app: App, kickoff: Kickoff, effects: Sequence[Effect]) -> None:
    """Say something of the kickoff as a whole, in this order, and have the card follow."""
    lane = kickoff_lane(kickoff.id)
    outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in effects], app.clock())
    refresh(connection, kickoff, app)


def _leaves(connection: Connection, card: Posted, error: str) -> bool:
    """Whether a card has to be replaced; if so, that is noted."""
    if error == _DELETED:
        outbox.forget_posted(connection, card.name)
        return True
    replaced = f"{card.name}:replaced"
    if error not in _CLOSED_TO_EDITS or outbox.find_posted(connection, replaced):
        return False
    outbox.remember(connection, replace(card, name=replaced))
    return True


async def send_card(app: App, parcel: Claimed) -> None:
    """Redraw the card with the newest state, and have the Home tabs of its people redrawn too.

    Where somebody deleted it, or Slack lets nobody edit it any more, a new one is posted; for the latter reason only
    once, since a workspace may forbid all editing. A card that Slack refuses to edit for another reason, such as an
    archived channel, stays as it is until the next change.
    """
    kickoff_id = RefreshCard.model_validate(parcel.effect).kickoff_id

    def read(connection: Connection) -> tuple[Kickoff, Agreement, tuple[Logged, ...], Posted | None]:
        return (
            kickoffs.load(connection, kickoff_id),
            decisions.agreement_of(connection, kickoff_id),
            activities.of_kickoff(connection, kickoff_id),
            outbox.find_posted(connection, card_name(kickoff_id)),
        )

    kickoff, stands, log, card = await app.transact_behind(read)
    if card is None:
        raise NotYet
    said = draw_card(kickoff, stands, log, app.clock())
    error = ""
    try:
        await app.slack.call("chat.update", channel=card.channel, ts=card.ts, text=said.text, blocks=list(said.blocks))
    except Refused as refusal:
        error = refusal.error
        _log.info("The card of kickoff %d could not be edited (%s)", kickoff_id, error)

    def finish(connection: Connection) -> None:
        outbox.finish(connection, parcel.id, app.clock())
        for person in kickoff.shown_at_home_of:
            outbox.put_once(connection, refresh_home(kickoff.workspace, person), app.clock())
        if _leaves(connection, card, error):
            again = [
                post(said, channel=kickoff.channel, name=card.name),
                # What changes before the new card is there finds none, or the old one.
                RefreshCard(kickoff_id=kickoff_id),
            ]
            lane = kickoff_lane(kickoff_id)
            outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in again], app.clock())

    await app.transact_behind(finish)
