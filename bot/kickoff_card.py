"""The card in the channel: who is interviewed, how far each is, what comes next. It updates itself."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Words, context, divider, header, mention, quote, section, words
from bot.effects import RefreshCard, card_lane, card_name, kickoff_lane, post
from bot.slack_api import Refused
from flows.activity import describe_entry
from flows.cadence import describe_moment
from flows.kickoffs import Kickoff, Participant, Standing
from flows.questions import ROLE_NAMES
from storage import activities, kickoffs, outbox
from storage.activities import Logged
from storage.outbox import Claimed, NotYet, Posted

_BAR = 8
_SIGNS = {
    Standing.INVITED: ":hourglass_flowing_sand:",
    Standing.OPEN: ":speech_balloon:",
    Standing.FINISHED: ":white_check_mark:",
    Standing.UNAVAILABLE: ":no_entry:",
}


def draw_card(kickoff: Kickoff, log: Sequence[Logged]) -> Words:
    """The card as it should look now."""
    name = quote(kickoff.name, 150)
    blocks: list[Block] = [header(f"Kickoff: {kickoff.name}")]
    if kickoff.problem:
        blocks.append(section(quote(kickoff.problem, 600)))
    blocks.append(section("*Interviews*\n" + "\n".join(participant_line(one) for one in kickoff.participants)))
    blocks.append(divider())
    blocks.append(section(f"*Next:* {next_step(kickoff)}"))
    if log:
        last = log[-1]
        entry = quote(describe_entry(last.entry), 300)
        count = f"{len(log)} entries" if len(log) > 1 else "1 entry"
        blocks.append(section(f"*Log:* {count}. Last by {mention(last.person)}: {entry}"))
    blocks.append(context(f"Started by {mention(kickoff.starter)} · {nudge_line(kickoff)}"))
    return words(f"Kickoff: {name}. {next_step(kickoff)}", blocks)


def participant_line(participant: Participant) -> str:
    """One stakeholder: who they are and how far."""
    roles = ", ".join(ROLE_NAMES[role] for role in participant.interview.roles)
    who = f"{_SIGNS[participant.standing]} {mention(participant.person)} · {roles}"
    if participant.standing is Standing.UNAVAILABLE:
        return f"{who} · {participant.note}"
    done, total = participant.interview.progress
    if participant.standing is Standing.FINISHED:
        return f"{who} · done"
    full = round(_BAR * done / total)
    note = f" · {participant.note}" if participant.note else ""
    return f"{who} · {'▰' * full}{'▱' * (_BAR - full)} {done} of {total}{note}"


def next_step(kickoff: Kickoff) -> str:
    """What happens next, in one sentence."""
    waiting = kickoff.waiting_for
    if waiting:
        names = ", ".join(mention(one.person) for one in waiting)
        verb = "answers" if len(waiting) == 1 else "answer"
        return f"{names} {verb} a few questions. Then I set the goals side by side."
    if kickoff.concluded_at is None:
        return "nobody is left to interview. Start again with `/ml-kickoff` and pick other people."
    return "talk the goals over in the thread of the results, and log progress with `/ml-kickoff log`."


def nudge_line(kickoff: Kickoff) -> str:
    """When progress is asked for next."""
    due = kickoff.nudge.next_due_at
    return f"Next nudge: {describe_moment(due, kickoff.nudge.zone)}" if due else "No nudges"


def refresh(connection: Connection, kickoff: Kickoff, app: App) -> None:
    """Have the card brought up to date after this transaction."""
    parcel = RefreshCard(kickoff_id=kickoff.id).parcel(kickoff.workspace, card_lane(kickoff.id))
    outbox.put_once(connection, parcel, app.clock())


async def send_card(app: App, parcel: Claimed) -> None:
    """Redraw the card with the newest state; where the old one cannot be edited any more, post a new one."""
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
    said = draw_card(kickoff, log)
    again = None
    try:
        await app.slack.call("chat.update", channel=card.channel, ts=card.ts, text=said.text, blocks=list(said.blocks))
    except Refused:
        again = post(said, channel=kickoff.channel, name=card_name(kickoff_id))

    def finish(connection: Connection) -> None:
        if again:
            outbox.put(connection, [again.parcel(kickoff.workspace, kickoff_lane(kickoff_id))], app.clock())
        outbox.finish(connection, parcel.id, app.clock())

    await app.transact_behind(finish)
