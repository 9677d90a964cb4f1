"""Everything about one project on the Home tab, section by section, with ways on to its threads and windows."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.balance_messages import say_option
from bot.blocks import Block, Button, actions, context, divider, header, home, quote, section
from bot.facts import SHOW_ALL
from bot.first_score import ASK_NEXT, REASONS, say_scale, say_work
from bot.home_backlog import TURN
from bot.home_pages import ProjectPage
from bot.kickoff_card import next_step, participant_line
from bot.premortem_messages import ALL as RISKS
from bot.reasons import UNKNOWNS
from bot.slack_api import is_direct
from bot.team import OPEN as TEAM
from bot.team import say_count
from flows.agreement import Agreement
from flows.charter import Charter
from flows.kickoffs import Kickoff
from flows.project_status import SAYS, ProjectStatus
from flows.register_rows import RegisterRow
from flows.scoring.project_score import Score
from flows.team_needs import Team
from flows.wishes import say_wish

_GOALS_SHOWN = 8
_PEOPLE_SHOWN = 20
_NAME = 150


@dataclass(frozen=True)
class Project:
    """All that its page shows.

    Attributes:
        kickoff: The project.
        stands: What was decided.
        status: Where it stands.
        score: Its score.
        rows: Its unknowns register.
        team: The people that its goal needs.
        links: Addresses of its messages, by what they are called here: "card", "goals", "score", and the
            threads of interviews by their number.
    """

    kickoff: Kickoff
    stands: Agreement
    status: ProjectStatus
    score: Score
    rows: tuple[RegisterRow, ...]
    team: Team
    links: dict[str, str]


def draw_project(project: Project, page: ProjectPage) -> Block:
    """The page as the whole Home tab."""
    kickoff = project.kickoff
    return home(
        [
            actions([Button("Back", TURN, page.back or "home")]),
            header(kickoff.name),
            context(_say_where(project)),
            *([section(quote(kickoff.problem, 1000))] if kickoff.problem else []),
            section(f"*Next:* {next_step(kickoff, project.stands)}"),
            divider(),
            *_draw_score(project),
            divider(),
            *_draw_goals(project),
            divider(),
            *_draw_unknowns(project),
            *_draw_team(project),
            *_draw_risks(kickoff),
            _draw_charter(project.stands),
            divider(),
            *_draw_people(project),
            actions([Button("All that is known", SHOW_ALL, f"{kickoff.id}|0")]),
        ]
    )


def _say_where(project: Project) -> str:
    channel = project.kickoff.channel
    where = "direct messages" if is_direct(channel) else f"<#{channel}>"
    named = {"card": "card", "goals": "goals side by side", "score": "score"}
    links = [f"<{project.links[name]}|{words}>" for name, words in named.items() if name in project.links]
    return " · ".join([SAYS[project.status], where, *links])


def _draw_score(project: Project) -> Iterator[Block]:
    score, key = project.score, str(project.kickoff.id)
    yield section(f"{say_scale('Impact', score.impact)}\n{say_scale('Cost', score.cost)}{say_work(score)}")
    for gate in score.gates:
        why = "" if gate.is_kept else f" {quote(gate.why)}"
        yield section(f":no_entry: *Not ranked yet: {quote(gate.name)}.*{why} {quote(gate.opens)}")
    yield actions([Button("Why these numbers?", REASONS, key), Button("Ask this next", ASK_NEXT, key)])


def _draw_goals(project: Project) -> Iterator[Block]:
    kickoff = project.kickoff
    shown = [stake for stake in kickoff.stakes if stake.owner not in kickoff.confidential_owners]
    lines = [f"• <@{stake.owner}>: {quote(say_wish(stake.objective), 200)}" for stake in shown[:_GOALS_SHOWN]]
    if len(shown) > _GOALS_SHOWN:
        lines.append(f"• and {len(shown) - _GOALS_SHOWN} more")
    kept = len(kickoff.stakes) - len(shown)
    if kept:
        lines.append(f":lock: {kept} not shown")
    yield section("\n".join(["*Goals*", *(lines or ["No goal yet."])]))
    if project.stands.settled:
        yield section(f"*Settled balance:* {say_option(kickoff, project.stands.settled.option)}")


def _draw_unknowns(project: Project) -> Iterator[Block]:
    still_open = sum(row.is_open for row in project.rows)
    yield section(f"*What nobody knows yet:* {still_open} of {len(project.rows)} still open.")
    yield actions([Button("Open the list", UNKNOWNS, str(project.kickoff.id))])


def _draw_team(project: Project) -> Iterator[Block]:
    yield section(f"*The team:* {say_count(project.team)}")
    yield actions([Button("Whom it needs", TEAM, str(project.kickoff.id))])


def _draw_risks(kickoff: Kickoff) -> Iterator[Block]:
    yield section("*Why it could fail:* the seven usual reasons, with what speaks for each here.")
    yield actions([Button("See the risks", RISKS, str(kickoff.id))])


def _draw_charter(stands: Agreement) -> Block:
    if not stands.charters:
        return section("*Charter:* not written yet. In the project's channel, `/ml-kickoff charter` writes it.")
    kept = stands.charters[-1]
    complete = f"version {kept.version}, {Charter.from_json(kept.charter).completeness} % complete"
    return section(f"*Charter:* {complete}. In the project's channel, `/ml-kickoff export` sends it to you.")


def _draw_people(project: Project) -> Iterator[Block]:
    people = project.kickoff.counted
    lines = []
    for one in people[:_PEOPLE_SHOWN]:
        thread = project.links.get(str(one.interview_id), "")
        lines.append(f"{participant_line(one)}{f' · <{thread}|thread>' if thread else ''}")
    if len(people) > _PEOPLE_SHOWN:
        lines.append(f"and {len(people) - _PEOPLE_SHOWN} more")
    half = len(lines) // 2
    for part in (lines[:half], lines[half:]):
        if part:
            yield section("\n".join(part)[:_LONGEST])


_LONGEST = 2900
