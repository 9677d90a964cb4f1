"""Channels that the app cannot write to: what is said is kept, people are told why, and it goes out once it can."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Button, Words, actions, section, words
from bot.deliveries import Event, Press
from bot.effects import direct_lane, post
from bot.kickoff_card import refresh
from bot.lanes import kickoff_of
from storage import kickoffs, outbox
from storage.outbox import Claimed

NO_WAY_IN = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission"})

_TRIED_AGAIN_AFTER = timedelta(minutes=5)

TRY_AGAIN = "channel.try_again"


async def explain_closed_channel(app: App, parcel: Claimed, channel: str, error: str) -> None:
    """Keep a parcel until its channel lets the app in, and tell its kickoff's caretaker how to do that, once."""
    now = app.clock()

    def keep_back(connection: Connection) -> None:
        kickoff = kickoff_of(connection, parcel.lane, lock=True)
        waiting = outbox.lanes_blocked_on(connection, parcel.workspace, channel)
        outbox.block(connection, parcel.id, channel, now + _TRIED_AGAIN_AFTER)
        if kickoff is None or parcel.lane in waiting:
            return
        others = [kickoff_of(connection, lane) for lane in waiting]
        if kickoff.caretaker not in {other.caretaker for other in others if other}:
            notice = post(_draw_notice(channel, error), person=kickoff.caretaker)
            outbox.put(connection, [notice.parcel(parcel.workspace, direct_lane(kickoff.caretaker))], now)

    await app.transact_behind(keep_back)


def _draw_notice(channel: str, error: str) -> Words:
    archived = error == "is_archived"
    reason = "is archived" if archived else "does not let me in yet"
    mend = "Unarchive it" if archived else "In that channel, type `/invite @ML Kickoff`"
    text = f"<#{channel}> {reason}, so I cannot write there. {mend}, then press *Try again*. Nothing is lost meanwhile."
    if error == "channel_not_found":
        text += " If it is the private conversation of a group, I cannot be let in: please start again in a channel."
    return words(text, [section(text), actions([Button("Try again", TRY_AGAIN, channel, primary=True)])])


async def try_again(app: App, press: Press) -> None:
    """Send what waited for a channel, when somebody says that it is open now."""
    await app.transact(lambda connection: outbox.release(connection, press.workspace, press.value, app.clock()))


async def let_in(app: App, event: Event) -> None:
    """Send what waited for a channel, when the app was invited or the channel unarchived."""
    joined_other = event.kind == "member_joined_channel" and (app.identity is None or event.person != app.identity.user)
    if joined_other:
        return

    def let_go(connection: Connection) -> None:
        outbox.release(connection, event.workspace, event.channel, app.clock())
        # Cards may have grown old while nothing could be edited there.
        for kickoff in kickoffs.of_channel(connection, event.workspace, event.channel):
            refresh(connection, kickoff, app)

    await app.transact(let_go)
