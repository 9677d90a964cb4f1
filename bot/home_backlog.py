"""The backlog on the Home tab: filters, a page of projects with their scores, and a button that opens each (K1)."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.backlog import PARTIAL
from bot.blocks import (
    Block,
    Button,
    Choice,
    actions,
    capitalise,
    context,
    divider,
    header,
    home,
    in_one_row,
    mention,
    quote,
    section,
    section_with_button,
    select,
)
from bot.first_score import say_scale, say_work
from bot.home_pages import ALL, MINE, BacklogPage, ProjectPage
from bot.slack_api import is_direct
from flows.project_status import SAYS, ProjectStatus
from flows.roles import ROLE_NAMES, Role
from flows.scoring.project_score import Score
from storage.overview import Overview

TURN = "home.turn"

PAGE_SIZE = 8
_WHOSE, _STATUS, _ROLE = f"{TURN}:whose", f"{TURN}:status", f"{TURN}:role"
_NAME = 80


def choose_projects(projects: Sequence[Overview], page: BacklogPage) -> tuple[Overview, ...]:
    """Those that pass the filters, in the order given."""
    return tuple(
        one
        for one in projects
        if (page.whose == ALL or one.is_own)
        and (page.status is None or one.status is page.status)
        and (page.role is None or page.role in one.roles)
    )


def on_page(chosen: Sequence[Overview], page: BacklogPage) -> tuple[Overview, ...]:
    """The projects of one page; behind the last one, those of the first."""
    first = page.first if page.first < len(chosen) else 0
    return tuple(chosen[first : first + PAGE_SIZE])


def draw_backlog(
    projects: Sequence[Overview],
    page: BacklogPage,
    scores: Mapping[int, Score],
    owners: Mapping[int, str] = MappingProxyType({}),
    *,
    is_partial: bool = False,
) -> Block:
    """One page of the backlog as the whole Home tab.

    Args:
        projects: What the person may see, newest first.
        page: The filters, and where the page begins.
        scores: Those of the projects on the page, by the kickoffs' ids.
        owners: Slack user ids of those who own them, by the kickoffs' ids.
        is_partial: Whether projects may be missing, since Slack did not tell all the channels of the person.
    """
    chosen = choose_projects(projects, page)
    here = on_page(chosen, page)
    first = chosen.index(here[0]) if here else 0
    return home(
        [
            actions([Button("Back to what waits for me", TURN, "home")]),
            header("The backlog"),
            _draw_filters(page),
            context(_say_count(len(chosen), first, len(here))),
            *([context(PARTIAL)] if is_partial else []),
            *(block for one in here for block in _draw_project(one, page, scores.get(one.id), owners.get(one.id))),
            *_draw_turns(page, first, len(chosen)),
        ]
    )


def _draw_filters(page: BacklogPage) -> Block:
    """Each entry of a menu carries all filters as they would be with it."""
    whose = [_entry(page, "Mine", whose=MINE), _entry(page, "All that I may see", whose=ALL)]
    statuses = [_entry(page, "Any status", status=None)]
    statuses += [_entry(page, capitalise(words), status=status) for status, words in SAYS.items()]
    roles = [_entry(page, "Any role of mine", role=None)]
    roles += [_entry(page, f"As {name}", role=role) for role, name in ROLE_NAMES.items()]
    return in_one_row(
        select(_WHOSE, "Mine" if page.whose == MINE else "All that I may see", whose),
        select(_STATUS, capitalise(SAYS[page.status]) if page.status else "Any status", statuses),
        select(_ROLE, f"As {ROLE_NAMES[page.role]}" if page.role else "Any role of mine", roles),
    )


def _entry(page: BacklogPage, label: str, **changed: str | ProjectStatus | Role | None) -> Choice:
    asked = {"whose": page.whose, "status": page.status, "role": page.role, **changed}
    return Choice(label, BacklogPage(**asked).value)  # type: ignore[arg-type]


def _say_count(count: int, first: int, shown: int) -> str:
    if not count:
        return "No project fits these filters."
    if count == shown:
        return "1 project" if count == 1 else f"{count} projects"
    return f"{first + 1} to {first + shown} of {count} projects"


def _draw_project(one: Overview, page: BacklogPage, score: Score | None, owner: str | None) -> Iterator[Block]:
    where = "direct messages" if is_direct(one.channel) else f"<#{one.channel}>"
    far = f"{one.done} of {one.asked} done" if one.asked else "nobody to interview"
    lines = [f"*{quote(one.name, _NAME)}* · {SAYS[one.status]} · {where} · {far}"]
    if owner:
        lines[0] += f" · {mention(owner)}"
    if score:
        lines.append(f"{say_scale('Impact', score.impact)} · {say_scale('Cost', score.cost)}{say_work(score)}")
        gate = f":no_entry: Not ranked yet: {quote(score.gates[0].name)}. " if score.gates else ""
        lines.append(f"{gate}*Next:* {quote(score.next_step, 250)}")
    yield section_with_button("\n".join(lines), Button("Open", TURN, ProjectPage(one.id, page.value).value))
    yield divider()


def _draw_turns(page: BacklogPage, first: int, count: int) -> Iterator[Block]:
    turns = [
        *([Button("Back", TURN, page.turned_to(first - PAGE_SIZE).value)] if first > 0 else []),
        *([Button("Next", TURN, page.turned_to(first + PAGE_SIZE).value)] if first + PAGE_SIZE < count else []),
    ]
    if turns:
        yield actions(turns)
    yield section("`/ml-kickoff rank` puts them in order and says how sure that is.")
