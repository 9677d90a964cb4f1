"""The card in the channel: who is interviewed, how far each is, what comes next. It updates itself."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Words, capitalise, context, divider, header, mention, quote, section, words
from bot.effects import RefreshCard, card_lane, card_name, kickoff_lane, post, refresh_home
from bot.interview_messages import name_roles
from bot.slack_api import Refused, is_direct
from flows.activity import describe_entry
from flows.cadence import describe_moment
from flows.kickoffs import Kickoff, Participant, Standing
from storage import activities, kickoffs, outbox
from storage.activities import Logged
from storage.outbox import Claimed, NotYet, Posted

_log = logging.getLogger(__name__)

_DELETED = "message_not_found"
_CLOSED_TO_EDITS = frozenset({"cant_update_message", "edit_window_closed"})
_BAR = 8
_SIGNS = {
    Standing.INVITED: ":hourglass_flowing_sand:",
    Standing.OPEN: ":speech_balloon:",
    Standing.FINISHED: ":white_check_mark:",
    Standing.UNAVAILABLE: ":no_entry:",
    Standing.CLOSED: ":zzz:",
    Standing.REMOVED: ":no_entry:",
}


def draw_card(kickoff: Kickoff, log: Sequence[Logged], now: datetime) -> Words:
    """The card as it should look now."""
    name = quote(kickoff.name, 150)
    blocks: list[Block] = [header(f"Kickoff: {kickoff.name}")]
    if kickoff.problem:
        blocks.append(section(quote(kickoff.problem, 600)))
    where = " in private messages, since others cannot see what stands here" if is_direct(kickoff.channel) else ""
    blocks.append(section(f"*Interviews*{where}\n" + "\n".join(participant_line(one) for one in kickoff.counted)))
    blocks.append(divider())
    blocks.append(section(f"*Next:* {next_step(kickoff)}"))
    if log:
        last = log[-1]
        entry = quote(describe_entry(last.entry), 300)
        count = f"{len(log)} entries" if len(log) > 1 else "1 entry"
        blocks.append(section(f"*Log:* {count}. Last by {mention(last.person)}: {entry}"))
    blocks.append(context(f"Started by {mention(kickoff.starter)} · {nudge_line(kickoff, now)}"))
    return words(f"Kickoff: {name}. {capitalise(next_step(kickoff))}", blocks)


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


def next_step(kickoff: Kickoff) -> str:
    """What happens next, in one sentence."""
    waiting = kickoff.waiting_for
    if waiting:
        names = ", ".join(mention(one.person) for one in waiting)
        if kickoff.concluded_at:
            return f"{names} may change answers. Then I bring the results up to date."
        verb = "answers" if len(waiting) == 1 else "answer"
        return f"{names} {verb} a few questions. Then I set the goals side by side."
    if kickoff.concluded_at is None:
        return "nobody is left to interview. Start again with `/ml-kickoff` and pick other people."
    return "talk the goals over in the thread of the results, and log progress with `/ml-kickoff log`."


def nudge_line(kickoff: Kickoff, now: datetime) -> str:
    """When progress is asked for next; the year is named where it is not this one."""
    due = kickoff.nudge.next_due_at
    return f"Next nudge: {describe_moment(due, kickoff.nudge.zone, now)}" if due else "No nudges"


def refresh(connection: Connection, kickoff: Kickoff, app: App) -> None:
    """Have the card brought up to date after this transaction."""
    parcel = RefreshCard(kickoff_id=kickoff.id).parcel(kickoff.workspace, card_lane(kickoff.id))
    outbox.put_once(connection, parcel, app.clock())


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

    def read(connection: Connection) -> tuple[Kickoff, tuple[Logged, ...], Posted | None]:
        kickoff = kickoffs.load(connection, kickoff_id)
        return (
            kickoff,
            activities.of_kickoff(connection, kickoff_id),
            outbox.find_posted(connection, card_name(kickoff_id)),
        )

    kickoff, log, card = await app.transact_behind(read)
    if card is None:
        raise NotYet
    said = draw_card(kickoff, log, app.clock())
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
