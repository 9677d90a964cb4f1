"""The backlog in order, written to whoever asks: a plane of impact and cost, and a list with how sure it is (K1)."""

import asyncio
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.backlog import PARTIAL, Backlog, read_backlog
from bot.blocks import Block, Button, Words, actions, context, header, place_of_picture, quote, section, table, words
from bot.brevity import cut_words, shorten
from bot.deliveries import Command, Press
from bot.effects import Picture, ShowFit, ShowRanking, direct_lane, edit, post
from bot.pictures.plane import MOST_POINTS, PlanePicture, PlanePoint, draw_plane
from bot.replies import OnlyYou
from flows.portfolio.candidates import Candidate
from flows.portfolio.ranking import Ranked, rank
from flows.scoring.draws import Spread
from storage import deliveries, outbox
from storage.outbox import Claimed

PAGE = "rank.page"
WHY = "rank.why"
MATTERS = "rank.matters"
FITS = "rank.fits"

PAGE_SIZE = 10
_PLACE = "plane"
_COLUMNS = ("", "Project", "Impact", "Cost", "Before the next", "First")
_NAME_WORDS = 6
_ON_ITS_WAY = "I am putting the projects in order that you may see. The list comes as a direct message from me."
_NOTHING = "No project is there to rank that you may see. Type `/ml-kickoff` in a channel to start one."


async def answer(app: App, command: Command) -> OnlyYou:
    """Have the ranking worked out and written to whoever asks."""
    await have_shown(app, command, ShowRanking(person=command.person))
    return OnlyYou(words(_ON_ITS_WAY))


async def press_page(app: App, press: Press) -> None:
    """Turn the page of the list that was pressed."""
    turned = ShowRanking(person=press.person, first=int(press.value), channel=press.channel, ts=press.thread)
    await have_shown(app, press, turned)


async def have_shown(app: App, asked: Command | Press, effect: ShowRanking | ShowFit) -> None:
    """Have a list worked out and written to whoever asked, once for each time that they did."""

    def put(connection: Connection) -> None:
        if deliveries.is_first(connection, asked.key, app.clock()):
            outbox.put(connection, [effect.parcel(asked.workspace, direct_lane(asked.person))], app.clock())

    await app.transact(put)


async def show_ranking(app: App, parcel: Claimed) -> None:
    """Score, rank and draw what the person may see, as it is now."""
    effect = ShowRanking.model_validate(parcel.effect)
    backlog = await read_backlog(app, parcel.workspace, effect.person)
    said, pictures = await asyncio.to_thread(draw_ranking, backlog, effect.person, effect.first)
    await app.transact_behind(lambda connection: put_list(connection, app, parcel, effect, said, pictures))


def put_list(
    connection: Connection,
    app: App,
    parcel: Claimed,
    effect: ShowRanking | ShowFit,
    said: Words,
    pictures: Sequence[Picture] = (),
) -> None:
    """Redraw the list that was pressed, or post a new one.

    It is looked up only now: what posted it stood before in this lane, and has kept by now where it is.
    """
    if not outbox.finish(connection, parcel.id, app.clock()):
        return
    pressed = outbox.find_posted_at(connection, parcel.workspace, effect.channel, effect.ts) if effect.ts else None
    anew = post(said, person=effect.person, pictures=pictures)
    shown = edit(pressed.name, said, pictures) if pressed else anew
    outbox.put(connection, [shown.parcel(parcel.workspace, parcel.lane)], app.clock())


def draw_ranking(backlog: Backlog, person: str, first: int = 0) -> tuple[Words, list[Picture]]:
    """One page of the list, with the picture of the whole."""
    if not backlog.candidates:
        return words(f"{PARTIAL} {_NOTHING}" if backlog.is_partial else _NOTHING), []
    ranked = rank(backlog.candidates)
    gated = [one for one in backlog.candidates if one.gate]
    start = first if 0 <= first < len(ranked) else 0
    here = ranked[start : start + PAGE_SIZE]
    picture = [_draw_plane(ranked, backlog, person)] if ranked else []
    how_to_read = context(_HOW_TO_READ)
    blocks: list[Block] = [
        header(f"The backlog: {_count(len(ranked))} in order"),
        *([place_of_picture(_PLACE)] if picture else []),
        *([table(_COLUMNS, [_row(one) for one in here])] if here else []),
        *([section(_say_gated(gated))] if gated else []),
        *([context(PARTIAL)] if backlog.is_partial else []),
        *([context(f"The picture shows the first {MOST_POINTS}.")] if len(ranked) > MOST_POINTS else []),
        *([how_to_read] if here else []),
        actions(_buttons(ranked, start)),
    ]
    best = f" First: {quote(ranked[0].candidate.name, 100)}." if ranked else ""
    said = f"The backlog: {_count(len(ranked))} in order.{best}"
    return words(said, shorten(blocks, [how_to_read])), picture


_HOW_TO_READ = (
    "In brackets: the likely range. Last columns: of 100 ways to weigh what matters, "
    "how often it comes before the next, and first of all."
)


def _count(number: int) -> str:
    return "1 project" if number == 1 else f"{number} projects"


def _row(one: Ranked) -> tuple[str, ...]:
    before = f"{one.before_next * 100:.0f}" if one.before_next is not None else "–"
    candidate = one.candidate
    return (
        str(one.rank),
        candidate.name,
        _say_range(candidate.impact),
        _say_range(candidate.cost),
        before,
        f"{one.first * 100:.0f}",
    )


def _say_range(spread: Spread) -> str:
    return f"{spread.p50:.0f} ({spread.p10:.0f} to {spread.p90:.0f})"


_GATED_SHOWN = 2


def _say_gated(gated: list[Candidate]) -> str:
    shown = [f"{quote(cut_words(one.name, _NAME_WORDS), 80)} ({quote(one.gate, 60)})" for one in gated[:_GATED_SHOWN]]
    more = len(gated) - _GATED_SHOWN
    return f":no_entry: *Not ranked yet:* {', '.join(shown)}{f' and {more} more' if more > 0 else ''}"


def _buttons(ranked: tuple[Ranked, ...], start: int) -> list[Button]:
    before, after = start - PAGE_SIZE, start + PAGE_SIZE
    return [
        *([Button("Back", PAGE, str(max(before, 0)))] if start > 0 else []),
        *([Button("Next", PAGE, str(after))] if after < len(ranked) else []),
        Button("Why this order?", WHY, str(start)),
        Button("What matters to you", MATTERS, ""),
        Button("What fits this quarter", FITS, ""),
    ]


def _draw_plane(ranked: tuple[Ranked, ...], backlog: Backlog, person: str) -> Picture:
    own = {str(one.id) for one in backlog.projects if person in {one.starter, *(each.person for each in one.counted)}}
    points = (_point(one.candidate, is_own=one.candidate.key in own) for one in ranked[:MOST_POINTS])
    return draw_plane(_PLACE, PlanePicture(points=tuple(points)))


def _point(one: Candidate, *, is_own: bool) -> PlanePoint:
    impact, cost = ((spread.p10, spread.p50, spread.p90) for spread in (one.impact, one.cost))
    return PlanePoint(name=one.name, impact=impact, cost=cost, is_own=is_own)
