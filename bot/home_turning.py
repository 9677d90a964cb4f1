"""Turning the pages of the Home tab: the page is kept, and drawn with the newest state whenever the tab is."""

import asyncio

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.backlog import channels_of, read_channels
from bot.blocks import Block
from bot.conflict_board import board_name
from bot.deliveries import Press
from bot.effects import card_name, opening_name, refresh_home
from bot.home_backlog import choose_projects, draw_backlog, on_page
from bot.home_pages import ALL, BacklogPage, ProjectPage, read_page
from bot.project_page import Project, draw_project
from bot.results import score_name
from bot.slack_api import is_direct
from flows.agreement import follow
from flows.decisions import Decision
from flows.kickoffs import Kickoff
from flows.project_status import status_of
from flows.register_rows import read_register
from flows.scoring.heard import hear
from flows.scoring.project_score import Score, score_project
from flows.scoring.scales import Calibration
from flows.team_needs import find_team
from storage import decisions, deliveries, kickoffs, outbox, overview, people
from storage.calibration import calibration_of
from storage.overview import Overview


async def press_turn(app: App, press: Press) -> None:
    """Keep the page that somebody turned to, and have their Home tab drawn anew."""

    def turn(connection: Connection) -> None:
        if deliveries.is_first(connection, press.key, app.clock()):
            page = press.value if read_page(press.value) else ""
            people.turn_home(connection, press.workspace, press.person, page)
            outbox.put(connection, [refresh_home(press.workspace, press.person)], app.clock())

    await app.transact(turn)


async def draw_page(app: App, workspace: str, person: str) -> Block | None:
    """The page that somebody has turned to; None for the first one, and where it is not theirs to see any more."""
    kept = await app.transact_behind(lambda connection: people.find(connection, workspace, person).home_page)
    match read_page(kept):
        case BacklogPage() as page:
            return await _draw_backlog(app, workspace, person, page)
        case ProjectPage() as page:
            return await _draw_project(app, workspace, person, page)
        case None:
            return None


async def _draw_backlog(app: App, workspace: str, person: str, page: BacklogPage) -> Block:
    nowhere = frozenset[str](), True
    channels, all_told = await read_channels(app, person) if page.whose == ALL else nowhere

    def read(connection: Connection) -> tuple[tuple[Overview, ...], tuple[Kickoff, ...], Calibration]:
        seen = overview.list_projects(connection, workspace, person, channels)
        here = on_page(choose_projects(seen, page), page)
        shown = kickoffs.load_all(connection, [one.id for one in here])
        return seen, shown, calibration_of(connection, workspace)

    seen, here, calibration = await app.transact_behind(read)
    scores = await asyncio.to_thread(_score_all, here, calibration)
    owners = {one.id: one.owner for one in here}
    return draw_backlog(seen, page, scores, owners, is_partial=not all_told)


def _score_all(projects: tuple[Kickoff, ...], calibration: Calibration) -> dict[int, Score]:
    return {one.id: score_project(hear(one), calibration) for one in projects}


async def _draw_project(app: App, workspace: str, person: str, page: ProjectPage) -> Block | None:
    channels = await channels_of(app, person)

    def read(connection: Connection) -> tuple[Kickoff, tuple[Decision, ...], dict[str, str], Calibration] | None:
        if not overview.is_seen(connection, workspace, person, channels, page.kickoff_id):
            return None
        kickoff = kickoffs.load(connection, page.kickoff_id)
        ledger, links = decisions.of_kickoff(connection, kickoff.id), _find_links(connection, app, kickoff)
        return kickoff, ledger, links, calibration_of(connection, workspace)

    found = await app.transact_behind(read)
    if found is None:
        return None
    kickoff, ledger, links, calibration = found
    today = today_in(app, kickoff.nudge.zone)
    project = Project(
        kickoff=kickoff,
        stands=follow(ledger),
        status=status_of([line.kind for line in ledger], concluded=kickoff.concluded_at is not None),
        score=await asyncio.to_thread(score_project, hear(kickoff), calibration),
        rows=await asyncio.to_thread(read_register, kickoff, ledger, today),
        team=find_team(kickoff, ledger),
        links=links,
    )
    return draw_project(project, page)


def _find_links(connection: Connection, app: App, kickoff: Kickoff) -> dict[str, str]:
    """Addresses of the project's messages that others can reach; what stands in direct messages is not among them."""
    base = app.identity.url if app.identity else ""
    if not base:
        return {}
    names = {"card": card_name(kickoff.id), "goals": board_name(kickoff.id), "score": score_name(kickoff.id)}
    names |= {str(one.interview_id): opening_name(one.interview_id) for one in kickoff.counted}
    posted = outbox.find_all_posted(connection, list(names.values()))
    return {
        key: f"{base}archives/{posted[name].channel}/p{posted[name].ts.replace('.', '')}"
        for key, name in names.items()
        if name in posted and not is_direct(posted[name].channel)
    }
