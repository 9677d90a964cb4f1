"""Channels that the app cannot write to: what is said is kept, somebody is told why, and it goes out once it can."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Button, actions, section, words
from bot.deliveries import Event, Press
from bot.effects import post
from storage import kickoffs, outbox
from storage.outbox import Claimed

NO_WAY_IN = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission"})

_TRIED_AGAIN_AFTER = timedelta(minutes=5)

TRY_AGAIN = "channel.try_again"


async def explain_closed_channel(app: App, parcel: Claimed, channel: str, error: str) -> None:
    """Keep a parcel until its channel lets the app in, and tell whoever started the kickoff how to do that, once."""
    now = app.clock()
    archived = error == "is_archived"
    reason = "is archived" if archived else "does not let me in yet"
    mend = "Unarchive it" if archived else "In that channel, type `/invite @ML Kickoff`"
    text = f"<#{channel}> {reason}, so I cannot write there. {mend}, then press *Try again*. Nothing is lost meanwhile."
    said = words(text, [section(text), actions([Button("Try again", TRY_AGAIN, channel, primary=True)])])

    def keep_back(connection: Connection) -> None:
        first = outbox.block(connection, parcel.id, channel, now + _TRIED_AGAIN_AFTER)
        starters = [kickoff.starter for kickoff in kickoffs.of_channel(connection, parcel.workspace, channel)]
        if first and starters:
            notice = post(said, person=starters[0]).parcel(parcel.workspace, f"direct:{starters[0]}")
            outbox.put(connection, [notice], now)

    await app.transact_behind(keep_back)


async def try_again(app: App, press: Press) -> None:
    """Send what waited for a channel, when somebody says that it is open now."""
    await app.transact(lambda connection: outbox.release(connection, press.workspace, press.value, app.clock()))


async def let_in(app: App, event: Event) -> None:
    """Send what waited for a channel, when the app was invited or the channel unarchived."""
    joined_other = event.kind == "member_joined_channel" and (app.identity is None or event.person != app.identity.user)
    if not joined_other:
        await app.transact(lambda connection: outbox.release(connection, event.workspace, event.channel, app.clock()))
