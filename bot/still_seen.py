"""Who still sees a project: a button stands as it was drawn, and whoever presses it may have left since."""

from collections.abc import Awaitable, Callable

from bot.app import App
from bot.backlog import channels_of
from bot.deliveries import Command, Press, Submission
from bot.slack_api import is_direct
from bot.whispers import refuse_press
from storage import overview

NOT_SEEN = "You take no part in this project and are not in its channel, as far as Slack tells me. So I do not show it."


def if_still_seen(show: Callable[[App, Press], Awaitable[None]]) -> Callable[[App, Press], Awaitable[None]]:
    """A press that shows a project's own things, by the kickoff's id at the head of the button's value.

    A Home tab stands as it was drawn until it is looked at again, and a direct message for ever. Whoever has left the
    project and its channel since is shown nothing any more. A message in the channel is out of their reach then, and a
    form was opened by a press of these.
    """

    async def press_if_seen(app: App, press: Press) -> None:
        in_channel = press.view is None and not is_direct(press.channel)
        if in_channel or press.is_in_form or await sees_project(app, press, int(press.value.partition("|")[0])):
            await show(app, press)
            return
        await app.transact(lambda connection: refuse_press(connection, app, press, NOT_SEEN))

    return press_if_seen


async def sees_project(app: App, by: Command | Press | Submission, kickoff_id: int) -> bool:
    """Whether somebody started a kickoff, takes part in it or is in its channel, as far as Slack tells."""

    async def is_seen(channels: frozenset[str]) -> bool:
        return await app.database.transact(
            lambda connection: overview.is_seen(connection, by.workspace, by.person, channels, kickoff_id)
        )

    # Most take part themselves; Slack is asked only about the others.
    return await is_seen(frozenset()) or await is_seen(await channels_of(app, by.person))
