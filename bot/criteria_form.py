"""*What matters to you*: each decision maker presses the five criteria in order, what matters most first."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.backlog import WHO_DECIDES, may_decide
from bot.blocks import Block, Button, actions, capitalise, context, modal, section
from bot.deliveries import Press
from bot.forms import change_form, open_form
from bot.ranking_reasons import CRITERIA_SAY
from bot.whispers import whisper
from flows.scoring.project_score import CRITERIA
from storage import backlog, deliveries, outbox

PICK = "rank.pick"

_FORM = "rank.matters"
_ANEW = "anew"
_REFUSED = f"Only those who decide can say what matters: {WHO_DECIDES}."


async def press_matters(app: App, press: Press) -> None:
    """Open the window with what the person said before."""

    def read(connection: Connection) -> tuple[bool, tuple[str, ...]]:
        return _may(connection, press), _order_of(connection, press)

    allowed, chosen = await app.transact(read)
    if allowed:
        await open_form(app, press, draw_criteria(chosen))
    else:
        await _refuse(app, press)


async def press_pick(app: App, press: Press) -> None:
    """Take one more criterion in, or begin anew; each press is kept at once."""

    def take(connection: Connection) -> tuple[str, ...] | None:
        if not _may(connection, press):
            return None
        known = press.value in CRITERIA or press.value == _ANEW
        if known and deliveries.is_first(connection, press.key, app.clock()):
            named = () if press.value == _ANEW else (press.value,)
            backlog.add_criteria(connection, press.workspace, press.person, named, app.clock())
        return _order_of(connection, press)

    chosen = await app.transact(take)
    if chosen is None:
        await _refuse(app, press)
    else:
        await change_form(app, press, draw_criteria(chosen))


def _may(connection: Connection, press: Press) -> bool:
    return may_decide(connection, press.workspace, press.person)


async def _refuse(app: App, press: Press) -> None:
    await app.transact(lambda connection: outbox.put(connection, [whisper(press, _REFUSED)], app.clock()))


def _order_of(connection: Connection, press: Press) -> tuple[str, ...]:
    orders = backlog.orders_of(connection, press.workspace)
    return next((one.criteria for one in orders if one.person == press.person), ())


def draw_criteria(chosen: Sequence[str]) -> Block:
    """The window: what was pressed so far, and a button for each of the others."""
    left = [name for name in CRITERIA if name not in chosen]
    listed = "\n".join(f"{place}. {capitalise(CRITERIA_SAY[name])}" for place, name in enumerate(chosen, 1))
    blocks = [
        section(f"*What matters most to you in a project?*\n{listed or 'Press what matters most to you first.'}"),
        *([section(f"*And then?* {len(left)} left; what you leave out matters least.")] if chosen and left else []),
        *(actions([Button(capitalise(CRITERIA_SAY[name]), PICK, name)]) for name in left),
        *([actions([Button("Start over", PICK, _ANEW)])] if chosen else []),
        context(
            "Kept at once. Others see your order beside your name. The list weighs all alike; *Why this order?* says "
            "what comes first for you."
        ),
    ]
    return modal("What matters to you", _FORM, blocks, submit=None)
