"""*Why this order?*: what would turn neighbours round, where decision makers differ, and what keeps projects out."""

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence

from bot.app import App
from bot.backlog import PARTIAL, Backlog, read_backlog
from bot.blocks import Block, context, mention, modal, quote, section
from bot.calibration import draw_taught
from bot.deliveries import Press
from bot.effects import ShowReasons, window_lane
from bot.forms import open_form
from bot.ranking import PAGE_SIZE
from bot.slack_api import Refused
from flows.portfolio.candidates import Candidate
from flows.portfolio.ranking import Ranked, rank, rank_by
from flows.portfolio.weights import Disagreement, find_disagreements, weigh
from storage import outbox
from storage.outbox import Claimed

_log = logging.getLogger(__name__)

WINDOW = "rank"
"""Names this window in its buttons."""

_FORM = "rank.why"
_LONGEST_NAME = 255
_ON_ITS_WAY = "I am working it out. The reasons come into this window in a moment."
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
    """Open a window at once, since Slack waits three seconds; hundreds of projects take longer to score."""
    window = f"{_FORM}:{press.key}"[:_LONGEST_NAME]
    await open_form(app, press, {**_draw_window([section(_ON_ITS_WAY)]), "external_id": window})
    effect = ShowReasons(person=press.person, first=int(press.value), window=window)
    parcel = effect.parcel(press.workspace, window_lane(press.person))
    await app.transact(lambda connection: outbox.put(connection, [parcel], app.clock()))


async def show_reasons(app: App, parcel: Claimed) -> None:
    """Work the reasons out and show them in the window; where that was closed again, nothing is lost."""
    effect = ShowReasons.model_validate(parcel.effect)
    backlog = await read_backlog(app, parcel.workspace, effect.person)
    view = await asyncio.to_thread(draw_reasons, backlog, effect.first)
    try:
        if effect.view:
            await app.slack.call("views.update", view_id=effect.view, view=view)
        else:
            await app.slack.call("views.update", external_id=effect.window, view=view)
    except Refused as refusal:
        _log.info("Parcel %d: its window stays as it is (%s)", parcel.id, refusal.error)
    await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock()))


def draw_reasons(backlog: Backlog, first: int = 0) -> Block:
    """The window: neighbours of one page, decision makers, and what is not ranked."""
    ranked = rank(backlog.candidates)
    start = first if 0 <= first < len(ranked) else 0
    here = ranked[start : start + PAGE_SIZE]
    following = {one.rank: ranked[one.rank] for one in here if one.rank < len(ranked)}
    gated = [one for one in backlog.candidates if one.gate]
    more = len(gated) - _GATED_SHOWN
    return _draw_window(
        [
            *(section(_say_pair(one, following.get(one.rank))) for one in here),
            *_draw_orders(backlog),
            *(section(_say_gate(one)) for one in gated[:_GATED_SHOWN]),
            *([section(f"And {more} more are not ranked yet.")] if more > 0 else []),
            *draw_taught(backlog.taught, f"{WINDOW}|{start}"),
            *([context(PARTIAL)] if backlog.is_partial else []),
            context(_HOW),
        ]
    )


def _draw_window(blocks: Sequence[Block]) -> Block:
    return modal("Why this order", _FORM, blocks, submit=None)


_HOW = (
    "The list weighs five things alike: something complicated replaced, small decisions saved, the organisation's "
    "benefit, the users' benefit, and little work. A project that comes or goes turns no two others round. "
    "Each case is one way that the answers may turn out, with one way to weigh the five."
)


def _say_pair(one: Ranked, following: Ranked | None) -> str:
    name = f"*{one.rank}. {quote(one.candidate.name, _NAME)}*"
    places = f"place {one.best} to {one.worst}" if one.best != one.worst else f"place {one.best}"
    said = f"{name}: {places} in eight of ten cases."
    if following is None or one.before_next is None:
        return said
    before = f"Before {quote(following.candidate.name, _NAME)} in {one.before_next * 100:.0f} of 100."
    if abs(one.before_next - _EVEN) <= _TOO_CLOSE:
        before += " Too close to call."
    return f"{said} {before} {_say_flip(one, following)}"


def _say_flip(one: Ranked, following: Ranked) -> str:
    flip = one.flip
    if one.value - following.value < _LEVEL:
        return "The two are as good as level."
    if flip is None:
        return "No one shift of weight turns the two round."
    now, then = flip.before * 100, (flip.before - flip.moved) * 100
    return (
        f"It is the other way round if “{CRITERIA_SAY[flip.less]}” counts {then:.0f} of 100 instead of {now:.0f}, "
        f"and “{CRITERIA_SAY[flip.more]}” that much more."
    )


_EVEN, _TOO_CLOSE = 0.5, 0.05
_LEVEL = 0.1
"""Points of 100 that nobody can tell apart."""


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
