"""*Why this order?*: what would turn neighbours round, where decision makers differ, and what keeps projects out."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from bot.app import App
from bot.backlog import Backlog, read_backlog
from bot.blocks import Block, context, mention, modal, quote, section
from bot.calibration import draw_taught
from bot.deliveries import Press
from bot.forms import open_form
from bot.ranking import PAGE_SIZE
from flows.portfolio.candidates import Candidate
from flows.portfolio.ranking import Ranked, rank, rank_by
from flows.portfolio.weights import Disagreement, find_disagreements, weigh

WINDOW = "rank"
"""Names this window in its buttons."""

_FORM = "rank.why"
_ORDERS_SHOWN = 10
_GATED_SHOWN = 20
_NAME = 60

CRITERIA_SAY: Mapping[str, str] = {
    "complexity": "it replaces something complicated",
    "predictions": "it takes many small decisions off people's hands",
    "organisation": "it helps the organisation",
    "users": "it helps the users",
    "effort": "it takes little work",
}
"""Each criterion in plain words."""


async def press_why(app: App, press: Press) -> None:
    """Show the reasons for the order, to whoever asks."""
    backlog = await read_backlog(app, press.workspace, press.person)
    await open_form(app, press, await asyncio.to_thread(draw_reasons, backlog, int(press.value)))


def draw_reasons(backlog: Backlog, first: int = 0) -> Block:
    """The window: neighbours of one page, decision makers, and what is not ranked."""
    ranked = rank(backlog.candidates)
    here = ranked[first : first + PAGE_SIZE]
    following = {one.rank: ranked[one.rank].candidate for one in here if one.rank < len(ranked)}
    gated = [one for one in backlog.candidates if one.gate]
    blocks = [
        *(section(_say_pair(one, following.get(one.rank))) for one in here),
        *_draw_orders(backlog),
        *(section(_say_gate(one)) for one in gated[:_GATED_SHOWN]),
        *draw_taught(backlog.taught, f"{WINDOW}|{first}"),
        context(_HOW),
    ]
    return modal("Why this order", _FORM, blocks, submit=None)


_HOW = (
    "The list weighs five things alike: something complicated replaced, small decisions saved, the organisation's "
    "benefit, the users' benefit, and little work. A project that comes or goes turns no two others round."
)


def _say_pair(one: Ranked, following: Candidate | None) -> str:
    name = f"*{one.rank}. {quote(one.candidate.name, _NAME)}*"
    places = f"place {one.best} to {one.worst}" if one.best != one.worst else f"place {one.best}"
    said = f"{name}: {places} in eight of ten draws."
    if following is None or one.before_next is None:
        return said
    before = f"Before {quote(following.name, _NAME)} in {one.before_next * 100:.0f} of 100."
    return f"{said} {before} {_say_flip(one)}"


def _say_flip(one: Ranked) -> str:
    flip = one.flip
    if flip is None:
        return "No one shift of weight turns the two round."
    now, then = flip.before * 100, (flip.before - flip.moved) * 100
    return (
        f"It is the other way round if “{CRITERIA_SAY[flip.less]}” counts {then:.0f} of 100 instead of {now:.0f}, "
        f"and “{CRITERIA_SAY[flip.more]}” that much more."
    )


def _draw_orders(backlog: Backlog) -> Iterator[Block]:
    if not backlog.orders:
        yield section("Nobody has said yet what matters most to them. The button *What matters to you* asks for it.")
        return
    for order in backlog.orders[:_ORDERS_SHOWN]:
        best = rank_by(backlog.candidates, weigh(order))
        first = f" First for them: *{quote(best[0].name, _NAME)}*." if best else ""
        most = CRITERIA_SAY[order.criteria[0]]
        yield section(f"{mention(order.person)} cares most that {most}.{first}")
    differ = find_disagreements(backlog.orders)
    if differ:
        yield section("*Where they differ:*\n" + "\n".join(f"• {_say_difference(one)}" for one in differ))


def _say_difference(one: Disagreement) -> str:
    return (
        f"That {CRITERIA_SAY[one.criterion]} stands {_place(one.place)} for {mention(one.most)} "
        f"and {_place(one.other_place)} for {mention(one.least)}."
    )


_PLACES: Sequence[str] = ("first", "second", "third", "fourth", "last")


def _place(place: int) -> str:
    return _PLACES[place - 1]


def _say_gate(one: Candidate) -> str:
    return f":no_entry: *{quote(one.name, _NAME)}* is not ranked yet: {quote(one.gate, 80)}. {quote(one.opens, 200)}"
