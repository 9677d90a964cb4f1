"""Opening a form, the one call to Slack that is made at once, since its trigger lives three seconds; and taking it."""

import logging
from collections.abc import Callable

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block
from bot.deliveries import Command, Press, Shortcut, Submission
from bot.replies import FieldErrors
from bot.slack_api import CallFailed
from bot.whispers import whisper
from storage import deliveries, outbox

_log = logging.getLogger(__name__)

_SECONDS = 2.2


async def try_to_open(app: App, delivery: Command | Press | Shortcut, view: Block) -> bool:
    """Open a form, once for each delivery; False if Slack did not."""
    first = await app.database.transact(lambda connection: deliveries.is_first(connection, delivery.key, app.clock()))
    if not first:
        return True
    try:
        await app.slack.call("views.open", within=_SECONDS, trigger_id=delivery.trigger, view=view)
    except CallFailed as failure:
        _log.warning("A form could not be opened: %s", failure)
        return False
    return True


async def change_form(app: App, press: Press, view: Block) -> None:
    """Show something else in the form that holds the pressed button; if Slack does not, it stays as it is."""
    if press.view is None:
        return
    try:
        await app.slack.call("views.update", view_id=press.view.id, hash=press.view.hash, view=view)
    except CallFailed as failure:
        _log.info("A form could not be changed: %s", failure)


async def open_form(app: App, press: Press, view: Block) -> None:
    """Open a form for a button; if Slack does not, its presser is asked to press once more."""
    if await try_to_open(app, press, view):
        return
    text = "Slack did not open the form this time. Please press the button once more."
    await app.transact(lambda connection: outbox.put(connection, [whisper(press, text)], app.clock()))


async def submit_once(
    app: App, submission: Submission, take: Callable[[Connection], FieldErrors | None]
) -> FieldErrors | None:
    """Take what was filled in, once for each form that was sent; one with errors is sent again."""
    return await app.transact(
        lambda connection: deliveries.act_once(connection, submission.key, app.clock(), lambda: take(connection))
    )
