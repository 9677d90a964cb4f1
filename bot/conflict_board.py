"""The conflict board: where the goals collide and what is short, worst first, as a picture and a few lines (K46)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import (
    Block,
    Button,
    Words,
    actions,
    capitalise,
    context,
    cut,
    header,
    mention,
    place_of_picture,
    quote,
    section,
    section_with_button,
    words,
)
from bot.brevity import MOST_WORDS, count_words, cut_sentences, cut_words, list_people, split_pages
from bot.deliveries import Press
from bot.effects import Picture, TurnBoard, edit, kickoff_lane
from bot.findings import expect_unchanged, find_for, read_posted
from bot.interview_messages import name_roles
from bot.pictures.conflict_matrix import MOST_LABELS, MatrixCell, MatrixPicture, draw_conflict_matrix
from flows.conflicts import Conflict, Severity, Stake
from flows.findings import Finding, Findings
from flows.kickoffs import Kickoff
from flows.wishes import say_aim
from storage import deliveries, outbox
from storage.outbox import Claimed

EXPLAIN = "conflict.explain"
GOALS = "conflict.goals"
PAGE = "conflict.page"
FIND_BALANCE = "balance.find"

SEVERITIES = {
    Severity.HIGH: ":red_circle: *Collide hard:*",
    Severity.MEDIUM: ":large_orange_circle: *Pull apart:*",
    Severity.LOW: ":large_yellow_circle: *Differ a little:*",
}
_SHORT_OF = {
    Severity.HIGH: ":red_circle: *Too little:*",
    Severity.MEDIUM: ":large_orange_circle: *Tight:*",
    Severity.LOW: ":large_yellow_circle: *Worth a look:*",
}
_LEVELS = {Severity.HIGH: (3, "collide hard"), Severity.MEDIUM: (2, "pull apart"), Severity.LOW: (1, "differ a little")}
_NAME_WORDS = 6
_AIM_WORDS = 7
_LINE_WORDS = 20
_AND_MORE = 3
_LABEL = 60
_MATRIX = "matrix"
_TWO = 2

OUTDATED = words("These results are out of date. The newest ones are further down in this channel.")
"""What is left of a board or a score once new ones are posted."""


def board_name(kickoff_id: int) -> str:
    """The name of the newest board."""
    return f"results:{kickoff_id}:board"


@dataclass(frozen=True)
class Board:
    """The board as it is posted: its words, and the pictures in it."""

    said: Words
    pictures: tuple[Picture, ...] = ()


def draw_board(
    kickoff: Kickoff, findings: Findings, *, first: int = 0, top: str = "", informed: Sequence[str] = ()
) -> Board:
    """One page of the board.

    Args:
        kickoff: Whose goals.
        findings: What was found about them.
        first: The place of the finding with which the page begins: 0 for the worst.
        top: A line above it all, which says what changed, in mrkdwn.
        informed: Who watches, and is mentioned.
    """
    title = header(f"{cut_words(kickoff.name, _NAME_WORDS)}: goals side by side")
    count = section(_count(findings))
    kept_back = list(draw_kept_back(findings))
    lines = [_draw_line(kickoff, one) for one in findings.ranked]
    pages = _Pages(lines, first if first < len(lines) else 0)
    room = MOST_WORDS - count_words(title, count, *kept_back)
    goals = [] if findings.conflicts else list(_draw_goals(findings, room - count_words(*lines[:1])))
    room -= count_words(*goals)
    worst = count_words(*pages.ahead[:1])
    shown_top = cut_sentences(top, room - worst) if top else ""
    room -= count_words(shown_top)
    watching = [context(f"For your information: {list_people(informed, 2)}")] if informed else []
    if count_words(*watching) <= room - worst:
        room -= count_words(*watching)
    else:
        watching = []
    picture = _draw_matrix(kickoff, findings)
    here = pages.fill(room)
    buttons = actions(list(_list_buttons(kickoff, pages.before(room), pages.after(len(here)))))
    blocks = [
        *([section(shown_top)] if shown_top else []),
        *(title, count, *goals),
        *([place_of_picture(_MATRIX)] if picture else []),
        *(*here, *kept_back, *watching, buttons),
    ]
    said = words(f"{quote(kickoff.name, 150)}: goals side by side. {_count(findings)}", blocks)
    return Board(said, (picture,) if picture else ())


@dataclass(frozen=True)
class _Pages:
    """Lines of which a page shows those that fit; what stands on top may be of any length, so no page has a number."""

    lines: Sequence[Block]
    first: int

    @property
    def ahead(self) -> Sequence[Block]:
        return self.lines[self.first :]

    def fill(self, room: int) -> list[Block]:
        return split_pages(self.ahead, count_words, room)[0]

    def before(self, room: int) -> int | None:
        """Where the page before begins, so that it ends where this one begins."""
        if self.first == 0:
            return None
        return self.first - len(split_pages(self.lines[: self.first][::-1], count_words, room)[0])

    def after(self, shown: int) -> int | None:
        """Where the next page begins."""
        following = self.first + shown
        return following if following < len(self.lines) else None


def _draw_goals(findings: Findings, room: int) -> Iterator[Block]:
    """The goals where none of them collide, as many as fit."""
    lines = [f"• {_say_goal(one)}" for one in findings.shown]
    fitting = split_pages(lines, count_words, room - _AND_MORE)[0]
    if left := len(lines) - len(fitting):
        fitting.append(f"• and {left} more")
    if fitting:
        yield section("\n".join(fitting))


def _say_goal(stake: Stake) -> str:
    return f"{mention(stake.owner)} {quote(cut_words(say_aim(stake.objective), _AIM_WORDS))}"


def _draw_line(kickoff: Kickoff, finding: Finding) -> Block:
    button = Button("Explain", EXPLAIN, f"{kickoff.id}|{finding.id}")
    return section_with_button(say_finding(finding), button)


def say_finding(finding: Finding) -> str:
    """A finding in a line: who against whom, or what is short; in mrkdwn."""
    if not isinstance(finding, Conflict):
        return f"{_SHORT_OF[finding.severity]} {quote(cut_sentences(finding.reason, _LINE_WORDS))}"
    if len(finding.stakes) > _TWO:
        aims = ", ".join(quote(cut_words(one.objective.metric, 4), 40) for one in finding.stakes[:4])
        more = f" and {len(finding.stakes) - 4} more" if len(finding.stakes) > 4 else ""  # noqa: PLR2004
        return f"{SEVERITIES[finding.severity]} not all at once: {aims}{more}"
    aims = " against ".join(_say_goal(one) for one in finding.stakes)
    return f"{SEVERITIES[finding.severity]} {aims}"


def _draw_matrix(kickoff: Kickoff, findings: Findings) -> Picture | None:
    """The picture of who is against whom; None where there is nothing to see."""
    conflicts = findings.conflicts
    concerned = [stake for stake in findings.shown if any(stake in one.stakes for one in conflicts)][:MOST_LABELS]
    if len(concerned) < _TWO:
        return None
    cells = [cell for one in conflicts for cell in _cells(one, concerned)]
    labels = tuple(cut(f"{_whose(kickoff, one)}: {say_aim(one.objective)}", _LABEL) for one in concerned)
    return draw_conflict_matrix(_MATRIX, MatrixPicture(labels=labels, cells=tuple(cells), title=say_chance(findings)))


def _cells(conflict: Conflict, concerned: Sequence[Stake]) -> Iterator[MatrixCell]:
    level, word = _LEVELS[conflict.severity]
    places = [concerned.index(stake) for stake in conflict.stakes if stake in concerned]
    if len(places) > _TWO:
        word = "not all at once"
    for row, column in combinations(places, 2):
        yield MatrixCell(row=row, column=column, word=word, level=level if len(places) == _TWO else 1)


def _whose(kickoff: Kickoff, stake: Stake) -> str:
    participant = kickoff.find(stake.owner)
    return capitalise(name_roles(participant)) if participant else ""


def _list_buttons(kickoff: Kickoff, before: int | None, after: int | None) -> Iterator[Button]:
    if before is not None:
        yield Button("Worse ones", PAGE, f"{kickoff.id}|{before}")
    if after is not None:
        yield Button("Weaker ones", PAGE, f"{kickoff.id}|{after}")
    yield Button("All goals", GOALS, str(kickoff.id))
    if kickoff.stakes:
        yield Button("Find a balance", FIND_BALANCE, str(kickoff.id), primary=True)


def draw_kept_back(findings: Findings) -> Iterator[Block]:
    """How much is not shown since its owners keep it between them and the app."""
    if goals := findings.goals_kept_back:
        kept, them = ("1 goal is", "it") if goals == 1 else (f"{goals} goals are", "them")
        more = findings.kept_back
        collide = f" {more} more conflict{'s touch' if more > 1 else ' touches'} {them}." if more else ""
        yield context(f":lock: {kept} kept private.{collide}")


def say_chance(findings: Findings) -> str:
    """How likely it is that nothing has to give way; empty where that is not known."""
    if not findings.conflicts or findings.chance is None:
        return ""
    return f"All goals are met in {round(100 * findings.chance) or 'none'} of 100 tries"


def _count(findings: Findings) -> str:
    short = len(findings.shortages)
    also = f" {short} more thing{'s are' if short > 1 else ' is'} short or unclear." if short else ""
    if not findings.stakes:
        return f"Nobody named a goal yet. Press *Change an answer* in your thread to add one.{also}"
    if len(findings.stakes) < _TWO:
        return f"With fewer than two goals nothing can collide.{also}"
    match len(findings.conflicts):
        case 0:
            return f"I see no conflict among these goals.{also}"
        case 1:
            return f"They collide in one place.{also}"
        case many:
            return f"They collide in {many} places, worst first.{also}"


async def press_page(app: App, press: Press) -> None:
    """Turn the page of the board, for everybody."""
    kickoff_id, first = (int(part) for part in press.value.split("|"))
    turned = TurnBoard(kickoff_id=kickoff_id, first=first)

    def turn(connection: Connection) -> None:
        if deliveries.is_first(connection, press.key, app.clock()):
            outbox.put(connection, [turned.parcel(press.workspace, kickoff_lane(kickoff_id))], app.clock())

    await app.transact(turn)


async def turn_board(app: App, parcel: Claimed) -> None:
    """Draw the page as the goals and links are now; in the kickoff's lane, so that no older board takes its place."""
    effect = TurnBoard.model_validate(parcel.effect)
    kickoff, stands = await app.transact_behind(lambda connection: read_posted(connection, effect.kickoff_id))
    board = draw_board(kickoff, await find_for(app, kickoff, stands), first=effect.first)
    turned = edit(board_name(effect.kickoff_id), board.said, board.pictures)

    def put(connection: Connection) -> None:
        if outbox.finish(connection, parcel.id, app.clock()):
            expect_unchanged(connection, kickoff, stands)
            outbox.put(connection, [turned.parcel(parcel.workspace, parcel.lane)], app.clock())

    await app.transact_behind(put)
