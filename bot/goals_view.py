"""Behind the board's button *All goals*: the goals side by side, and what is still open about them (K45)."""

from bot.app import App
from bot.blocks import Block, context, divider, mention, modal, paragraphs, quote, section, side_by_side
from bot.conflict_board import draw_kept_back, say_chance
from bot.deliveries import Press
from bot.findings import find_for, read_posted
from bot.forms import open_form
from bot.interview_messages import name_roles
from flows.conflicts import Stake
from flows.findings import Findings
from flows.kickoffs import Kickoff
from flows.objectives import describe

_READ = "conflict.goals"


async def press(app: App, press: Press) -> None:
    """Show all goals to whoever asks."""
    kickoff, stands = await app.database.transact(lambda connection: read_posted(connection, int(press.value)))
    await open_form(app, press, draw_goals(kickoff, await find_for(app, kickoff, stands)))


def draw_goals(kickoff: Kickoff, findings: Findings) -> Block:
    """All goals side by side, each with its owner, and the questions that are open about them."""
    blocks = list(side_by_side((_whose(kickoff, one), quote(describe(one.objective), 400)) for one in findings.shown))
    if not findings.stakes:
        blocks.append(section("Nobody named a goal yet. Press *Change an answer* in your thread to add one."))
    blocks += draw_kept_back(findings)
    if said := say_chance(findings):
        blocks.append(context(f"{said}, with stronger and weaker links."))
    if findings.gaps:
        lines = [f"• {mention(gap.stake.owner)}: {quote(gap.question, 300)}" for gap in findings.gaps]
        blocks += [divider(), section("*Still open about the goals*"), *paragraphs(lines)]
    return modal("Goals side by side", _READ, blocks, submit=None)


def _whose(kickoff: Kickoff, stake: Stake) -> str:
    participant = kickoff.find(stake.owner)
    return f"{mention(stake.owner)}\n{name_roles(participant) if participant else ''}"
