"""The conflict board: where the goals collide, worst first, and behind a button why, and what was assumed (K46)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import (
    Block,
    Button,
    Words,
    actions,
    context,
    divider,
    header,
    mention,
    modal,
    paragraphs,
    quote,
    section,
    section_with_button,
    side_by_side,
    words,
)
from bot.deliveries import Press
from bot.effects import board_lane, edit
from bot.findings import find_for
from bot.forms import open_form
from bot.interview_messages import name_roles
from flows.conflicts import Conflict, Gap, Severity, Stake
from flows.findings import Findings
from flows.kickoffs import Kickoff
from flows.objectives import describe
from flows.wishes import say_aim
from storage import deliveries, history, kickoffs, outbox

_READ = "conflict.read"
EXPLAIN = "conflict.explain"
GOALS = "conflict.goals"
PAGE = "conflict.page"
FIND_BALANCE = "balance.find"

_SHOWN_AT_ONCE = 3
_AIM = 60
_SEVERITIES = {
    Severity.HIGH: ":red_circle: *Collide hard:*",
    Severity.MEDIUM: ":large_orange_circle: *Pull apart:*",
    Severity.LOW: ":large_yellow_circle: *Differ a little:*",
}


def board_name(kickoff_id: int) -> str:
    """The name of the newest board."""
    return f"results:{kickoff_id}:board"


OUTDATED = words("These results are out of date. The newest ones are further down in this channel.")
"""What is left of a board or a score once new ones are posted."""


@dataclass(frozen=True)
class Shown:
    """What of the findings everybody may see, and how much is kept back since its owner keeps it to themselves."""

    stakes: tuple[Stake, ...]
    conflicts: tuple[Conflict, ...]
    gaps: tuple[Gap, ...]
    goals_kept_back: int
    conflicts_kept_back: int


def what_is_shown(kickoff: Kickoff, findings: Findings) -> Shown:
    """The findings without the goals that are kept between their owners and the app."""
    hidden = kickoff.confidential_owners
    stakes = tuple(one for one in findings.stakes if one.owner not in hidden)
    conflicts = tuple(one for one in findings.conflicts if not {one.first.owner, one.second.owner} & hidden)
    gaps = tuple(one for one in findings.gaps if one.stake.owner not in hidden)
    kept_back = len(findings.stakes) - len(stakes), len(findings.conflicts) - len(conflicts)
    return Shown(stakes, conflicts, gaps, *kept_back)


def draw_board(
    kickoff: Kickoff, findings: Findings, *, page: int = 0, top: str = "", informed: Sequence[str] = ()
) -> Words:
    """One page of the board.

    Args:
        kickoff: Whose goals.
        findings: What was found about them.
        page: Which of the conflicts: 0 for the worst.
        top: A line above it all, which says what changed.
        informed: Who watches, and is mentioned.
    """
    shown = what_is_shown(kickoff, findings)
    pages = max(1, -(-len(shown.conflicts) // _SHOWN_AT_ONCE))
    page = min(page, pages - 1)
    there = shown.conflicts[page * _SHOWN_AT_ONCE :][:_SHOWN_AT_ONCE]
    blocks: list[Block] = [
        *([section(top)] if top else []),
        header(f"{kickoff.name}: goals side by side"),
        section(_count_conflicts(shown)),
        *(_draw_line(kickoff, conflict) for conflict in there),
        *_draw_kept_back(shown),
        actions(list(_list_buttons(kickoff, page, pages))),
    ]
    if informed:
        blocks.append(context(f"For your information: {', '.join(mention(person) for person in informed)}"))
    return words(f"{quote(kickoff.name, 150)}: goals side by side. {_count_conflicts(shown)}", blocks)


def _draw_line(kickoff: Kickoff, conflict: Conflict) -> Block:
    against = " against ".join(f"{mention(one.owner)} {quote(say_aim(one.objective), _AIM)}" for one in _both(conflict))
    button = Button("Explain", EXPLAIN, f"{kickoff.id}|{conflict.id}")
    return section_with_button(f"{_SEVERITIES[conflict.severity]} {against}", button)


def _both(conflict: Conflict) -> tuple[Stake, Stake]:
    return conflict.first, conflict.second


def _list_buttons(kickoff: Kickoff, page: int, pages: int) -> Iterator[Button]:
    if page > 0:
        yield Button("Worse ones", PAGE, f"{kickoff.id}|{page - 1}")
    if page < pages - 1:
        yield Button("Weaker ones", PAGE, f"{kickoff.id}|{page + 1}")
    yield Button("All goals", GOALS, str(kickoff.id))
    if kickoff.stakes:
        yield Button("Find a balance", FIND_BALANCE, str(kickoff.id), primary=True)


def _draw_kept_back(shown: Shown) -> Iterator[Block]:
    """How much is not shown since its owners keep it between them and the app."""
    if shown.goals_kept_back:
        goals = "1 goal is" if shown.goals_kept_back == 1 else f"{shown.goals_kept_back} goals are"
        more = shown.conflicts_kept_back
        collide = f" {more} more conflict{'s touch' if more > 1 else ' touches'} them." if more else ""
        yield context(f":lock: {goals} kept private.{collide}")


def _count_conflicts(shown: Shown) -> str:
    if len(shown.stakes) + shown.goals_kept_back < 2:  # noqa: PLR2004 - it takes two
        return "With fewer than two goals there is nothing to collide."
    match len(shown.conflicts):
        case 0:
            return "I see no conflict among these goals."
        case 1:
            return "They collide in one place."
        case many:
            return f"They collide in {many} places, the worst first."


def read_posted(connection: Connection, kickoff_id: int) -> Kickoff:
    """The kickoff with the goals that its board shows: changes under way show with the next board."""
    kickoff = kickoffs.load(connection, kickoff_id)
    return history.as_of(connection, kickoff, kickoff.concluded_at) if kickoff.concluded_at else kickoff


async def press_page(app: App, press: Press) -> None:
    """Turn the page of the board, for everybody."""
    kickoff_id, page = (int(part) for part in press.value.split("|"))
    kickoff = await app.database.transact(lambda connection: read_posted(connection, kickoff_id))
    turned = edit(board_name(kickoff_id), draw_board(kickoff, await find_for(kickoff), page=page))

    def turn(connection: Connection) -> None:
        if deliveries.is_first(connection, press.key, app.clock()):
            outbox.put(connection, [turned.parcel(kickoff.workspace, board_lane(kickoff_id))], app.clock())

    await app.transact(turn)


async def press_goals(app: App, press: Press) -> None:
    """Show all goals, and what is still open about them, to whoever asks."""
    kickoff = await app.database.transact(lambda connection: read_posted(connection, int(press.value)))
    await open_form(app, press, draw_goals(kickoff, await find_for(kickoff)))


def draw_goals(kickoff: Kickoff, findings: Findings) -> Block:
    """All goals side by side, each with its owner, and the questions that are open about them."""
    shown = what_is_shown(kickoff, findings)
    blocks = list(side_by_side((_whose(kickoff, one), quote(describe(one.objective), 400)) for one in shown.stakes))
    if not findings.stakes:
        blocks.append(section("Nobody named a goal yet. Press *Change an answer* in your thread to add one."))
    blocks += _draw_kept_back(shown)
    if shown.gaps:
        lines = [f"• {mention(gap.stake.owner)}: {quote(gap.question, 300)}" for gap in shown.gaps]
        blocks += [divider(), section("*Still open about the goals*"), *paragraphs(lines)]
    return modal("Goals side by side", _READ, blocks, submit=None)


def _whose(kickoff: Kickoff, stake: Stake) -> str:
    participant = next(one for one in kickoff.participants if one.person == stake.owner)
    return f"{mention(stake.owner)}\n{name_roles(participant)}"


async def press_explain(app: App, press: Press) -> None:
    """Show why two goals collide, to whoever asks."""
    kickoff_id, conflict_id = press.value.split("|")
    kickoff = await app.database.transact(lambda connection: read_posted(connection, int(kickoff_id)))
    conflict = (await find_for(kickoff)).find_conflict(conflict_id)
    await open_form(app, press, draw_conflict(conflict) if conflict else _GONE)


_GONE = modal(
    "Why they collide",
    _READ,
    [section("This conflict is not there any more: something changed since. The newest board has what is left.")],
    submit=None,
)


def draw_conflict(conflict: Conflict) -> Block:
    """A conflict in full: what is asked, the chain of cause, how sure it is, and what could ease it."""
    people = " and ".join(dict.fromkeys(mention(one.owner) for one in _both(conflict)))
    blocks: list[Block] = [
        section(f"{_SEVERITIES[conflict.severity]} {people}"),
        section(quote(conflict.reason, 600)),
    ]
    if conflict.chain:
        steps = [f"↳ {quote(step.words, 200)}. _{quote(step.why, 200)}_" for step in conflict.chain]
        blocks.append(section("*What I assume*\n" + "\n".join(steps)))
    blocks += [
        section(f"*What could ease it:* {quote(conflict.dissolve, 600)}"),
        context(f"*How sure:* {quote(conflict.how_sure, 400)}"),
    ]
    return modal("Why they collide", _READ, blocks, submit=None)
