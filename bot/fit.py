"""*What fits this quarter*: the projects worth most together within the people there are, and what is left out."""

import asyncio
from collections.abc import Mapping

from sqlalchemy import Connection

from bot.app import App
from bot.backlog import Backlog, read_backlog
from bot.blocks import Block, Words, context, header, quote, section, words
from bot.brevity import cut_words
from bot.deliveries import Press
from bot.effects import ShowFit, direct_lane, post
from flows.portfolio.quarter import Choice, LeftOut, choose
from flows.portfolio.ranking import rank
from flows.portfolio.team import JOBS, weeks_of
from flows.scoring.draws import say_roughly
from storage import deliveries, outbox
from storage.outbox import Claimed

_TAKEN_SHOWN = 3
_LEFT_SHOWN = 2
_NAME_WORDS = 4

_NOT_KNOWN = words(
    "I do not know yet how many people there are. Type `/ml-kickoff capacity` to say so, and press the button again."
)
_NOTHING = words("No project without a gate is there to choose from. *Why this order?* says what opens each gate.")


async def press_fits(app: App, press: Press) -> None:
    """Have it worked out and written to whoever asks."""
    effect = ShowFit(person=press.person)

    def put(connection: Connection) -> None:
        if deliveries.is_first(connection, press.key, app.clock()):
            parcel = effect.parcel(press.workspace, direct_lane(press.person))
            outbox.put(connection, [parcel], app.clock())

    await app.transact(put)


async def show_fit(app: App, parcel: Claimed) -> None:
    """Work out what fits, as it is now."""
    effect = ShowFit.model_validate(parcel.effect)
    seen = await read_backlog(app, parcel.workspace, effect.person)
    said = await asyncio.to_thread(draw_fit, seen)

    def put(connection: Connection) -> None:
        if outbox.finish(connection, parcel.id, app.clock()):
            shown = post(said, person=effect.person)
            outbox.put(connection, [shown.parcel(parcel.workspace, parcel.lane)], app.clock())

    await app.transact_behind(put)


def draw_fit(backlog: Backlog) -> Words:
    """What fits, and of the rest which job is short."""
    if backlog.capacity is None:
        return _NOT_KNOWN
    ordered = [one.candidate for one in rank(backlog.candidates)]
    if not ordered:
        return _NOTHING
    choice = choose(ordered, weeks_of(backlog.capacity.people))
    names = {one.key: quote(cut_words(one.name, _NAME_WORDS), 60) for one in ordered}
    blocks: list[Block] = [
        header("What fits this quarter"),
        section(_say_taken(choice, names)),
        *([section(_say_left_out(choice, names))] if choice.left_out else []),
        *([context(_say_unlimited(choice))] if choice.unlimited else []),
    ]
    return words(f"What fits this quarter: {len(choice.taken)} of {len(ordered)} projects.", blocks)


def _say_taken(choice: Choice, names: Mapping[str, str]) -> str:
    if not choice.taken:
        return "*Nothing fits whole.* Begin with a smaller first version, or say that there are more people."
    shown = [f"*{names[key]}*" for key in choice.taken[:_TAKEN_SHOWN]]
    more = len(choice.taken) - _TAKEN_SHOWN
    return f":white_check_mark: {', '.join(shown)}{f' and {more} more' if more > 0 else ''}"


def _say_left_out(choice: Choice, names: Mapping[str, str]) -> str:
    lines = [f"• {names[one.key]}: {_say_short(one)}" for one in choice.left_out[:_LEFT_SHOWN]]
    more = len(choice.left_out) - _LEFT_SHOWN
    return "\n".join(["*Left out:*", *lines, *([f"• and {more} more"] if more > 0 else [])])


def _say_short(one: LeftOut) -> str:
    job = JOBS[one.job].lower()
    if one.is_too_large:
        return f"{say_roughly(one.needed)} weeks of {job}, {say_roughly(one.there)} are there"
    return f"{say_roughly(one.missing)} weeks of {job} are missing"


def _say_unlimited(choice: Choice) -> str:
    jobs = ", ".join(JOBS[job].lower() for job in choice.unlimited)
    return f"No limit known for: {cut_words(jobs, 8)}"
