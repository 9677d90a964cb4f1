"""Leaving closed projects out of the scores, or counting them in: for all at once, by whoever decides (K37)."""

import asyncio

from sqlalchemy import Connection

from bot.app import App
from bot.backlog import WHO_DECIDES, may_decide
from bot.calibration import ON, rescore
from bot.deliveries import Press
from bot.effects import ShowReasons, window_lane
from bot.forms import change_form
from bot.reasons import WINDOW, draw_reasons, read_about
from bot.whispers import whisper
from flows.scoring.calibration import Switch
from storage import deliveries, outbox
from storage.calibration import keep_switch, lock_teaching, taught_of

_REFUSED = f"Only those who decide can say whether closed projects count: {WHO_DECIDES}."


async def press_switch(app: App, press: Press) -> None:
    """Keep what somebody said, and show the window as it is then."""
    window, about, state = press.value.split("|")

    def change(connection: Connection) -> bool:
        now = app.clock()
        if not deliveries.is_first(connection, press.key, now):
            return False
        if not may_decide(connection, press.workspace, press.person):
            outbox.put(connection, [whisper(press, _REFUSED)], now)
            return False
        lock_teaching(connection, press.workspace)
        before = taught_of(connection, press.workspace)
        if before.is_on != (state == ON):
            keep_switch(connection, press.workspace, Switch(state == ON, press.person, now))
            rescore(connection, app, press.workspace, before, taught_of(connection, press.workspace))
        if window != WINDOW and press.view:
            # Hundreds of projects take longer to score than Slack waits for an answer.
            order = ShowReasons(person=press.person, first=int(about), view=press.view.id)
            outbox.put(connection, [order.parcel(press.workspace, window_lane(press.person))], now)
        return window == WINDOW

    if await app.transact(change):
        told = await read_about(app, press, int(about))
        await change_form(app, press, await asyncio.to_thread(draw_reasons, told))
