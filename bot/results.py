"""What the app posts when the last interview ends: the goals side by side, where they collide, a first score."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Words, context, divider, header, mention, quote, section, side_by_side, words
from bot.effects import kickoff_lane, post
from flows.conflicts import Conflict, Gap, Stake, find_conflicts, find_gaps
from flows.kickoffs import Kickoff, Standing
from flows.objectives import describe
from flows.questions import ROLE_NAMES
from flows.scores import Scale, Score, first_score
from storage import kickoffs, outbox

_SIGNS = {"high": ":red_circle:", "medium": ":large_orange_circle:", "low": ":large_yellow_circle:"}
_CONFLICTS_SHOWN = 6
_GAPS_SHOWN = 5
_UNKNOWNS_SHOWN = 6


def conclude_if_done(connection: Connection, app: App, kickoff: Kickoff) -> None:
    """Post the results once nobody is left to wait for, if anybody answered at all."""
    if kickoff.waiting_for or not any(one.standing is Standing.FINISHED for one in kickoff.participants):
        return
    now = app.clock()
    lane = kickoff_lane(kickoff.id)
    said = [draw_goals(kickoff), draw_score(kickoff)]
    parcels = [post(one, channel=kickoff.channel).parcel(kickoff.workspace, lane) for one in said]
    outbox.put(connection, parcels, now)
    kickoffs.conclude(connection, kickoff.id, now)


def draw_goals(kickoff: Kickoff) -> Words:
    """The goals side by side, and the conflicts among them with their reasons."""
    name = quote(kickoff.name, 150)
    stakes = kickoff.stakes
    conflicts = find_conflicts(stakes)
    blocks: list[Block] = [header(f"{kickoff.name}: goals side by side")]
    if stakes:
        blocks += side_by_side((_whose(kickoff, stake), quote(describe(stake.objective), 400)) for stake in stakes)
    else:
        blocks.append(section("Nobody named a goal yet. Press *Back* in your thread to add one."))
    blocks.append(divider())
    blocks.append(section(f"*{_count_conflicts(stakes, conflicts)}*"))
    for conflict in conflicts[:_CONFLICTS_SHOWN]:
        blocks += _draw_conflict(conflict)
    if len(conflicts) > _CONFLICTS_SHOWN:
        blocks.append(context(f"{len(conflicts) - _CONFLICTS_SHOWN} weaker conflicts are not shown."))
    gaps = find_gaps(stakes)
    if gaps:
        blocks.append(divider())
        blocks.append(section("*Still open about the goals*\n" + _list_gaps(gaps)))
    return words(f"{name}: goals side by side. {_count_conflicts(stakes, conflicts)}", blocks)


def _whose(kickoff: Kickoff, stake: Stake) -> str:
    participant = next(one for one in kickoff.participants if one.person == stake.owner)
    roles = ", ".join(ROLE_NAMES[role] for role in participant.interview.roles)
    return f"{mention(stake.owner)}\n{roles}"


def _count_conflicts(stakes: Sequence[Stake], conflicts: Sequence[Conflict]) -> str:
    if len(stakes) < 2:  # noqa: PLR2004 - it takes two
        return "With fewer than two goals there is nothing to collide."
    match len(conflicts):
        case 0:
            return "I see no conflict among these goals."
        case 1:
            return "These goals collide in one place."
        case many:
            return f"These goals collide in {many} places."


def _draw_conflict(conflict: Conflict) -> list[Block]:
    sign = _SIGNS[conflict.severity.value]
    people = f"{mention(conflict.first.owner)} and {mention(conflict.second.owner)}"
    chain = "\n".join(f"   ↳ {quote(step.words, 200)}" for step in conflict.chain)
    return [
        section(f"{sign} {people}: {quote(conflict.reason, 600)}\n{chain}".strip()),
        context(f"What could ease it: {quote(conflict.dissolve, 400)}"),
    ]


def _list_gaps(gaps: Sequence[Gap]) -> str:
    lines = [f"• {mention(gap.stake.owner)}: {quote(gap.question, 300)}" for gap in gaps[:_GAPS_SHOWN]]
    if len(gaps) > _GAPS_SHOWN:
        lines.append(f"• and {len(gaps) - _GAPS_SHOWN} more")
    return "\n".join(lines)


def draw_score(kickoff: Kickoff) -> Words:
    """A first score of impact, cost and unknowns, in words and numbers."""
    score = first_score(kickoff.stakes, kickoff.facts)
    blocks: list[Block] = [
        header(f"{kickoff.name}: a first score"),
        _draw_scale("Impact", score.impact),
        _draw_scale("Cost", score.cost),
    ]
    if score.flags:
        blocks.append(section("\n".join(f":warning: {quote(flag, 400)}" for flag in score.flags)))
    if score.unknowns:
        blocks.append(section(_list_unknowns(score)))
    blocks.append(section(f"*Next:* {quote(score.next_step, 500)}"))
    blocks.append(context("Impact and cost stay two numbers. The range narrows as open questions are answered."))
    summary = f"Impact {score.impact.likely:.0f} of 100, cost {score.cost.likely:.0f} of 100."
    return words(f"{quote(kickoff.name, 150)}: {summary}", blocks)


def _draw_scale(title: str, scale: Scale) -> Block:
    number = (
        f"*{title}: {scale.likely:.0f} of 100*, {quote(scale.level, 60)} (between {scale.low:.0f} and {scale.high:.0f})"
    )
    reasons = "\n".join(f"• {quote(one.because, 250)}" for one in scale.contributions)
    return section(f"{number}\n{reasons}")


def _list_unknowns(score: Score) -> str:
    lines = [
        f"• *{quote(unknown.name, 100)}* {quote(unknown.way_to_find_out, 250)}"
        for unknown in score.unknowns[:_UNKNOWNS_SHOWN]
    ]
    left = len(score.unknowns) - _UNKNOWNS_SHOWN
    if left > 0:
        lines.append(f"• and {left} more")
    return f"*{len(score.unknowns)} things nobody knows yet*\n" + "\n".join(lines)
