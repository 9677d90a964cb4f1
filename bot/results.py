"""What the app posts when the last interview ends: the goals side by side, where they collide, a first score.

Results that a later change has overtaken are marked as such, and new ones are posted; the same are never posted twice.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Words, context, divider, header, mention, quote, section, side_by_side, words
from bot.effects import Effect, edit, kickoff_lane, post
from bot.interview_messages import name_roles
from flows.changes import Change, find_changes
from flows.conflict import and_list
from flows.conflicts import Conflict, Gap, Severity, Stake, find_conflicts, find_gaps
from flows.kickoffs import Kickoff, Standing
from flows.objectives import describe
from flows.register import list_register
from flows.scores import Contribution, Scale, Score, first_score
from flows.unknowns import Unknown
from storage import history, kickoffs, outbox

_SEVERITIES = {
    Severity.HIGH: ":red_circle: *Collide hard*",
    Severity.MEDIUM: ":large_orange_circle: *Pull apart*",
    Severity.LOW: ":large_yellow_circle: *Differ a little*",
}
_CONFLICTS_SHOWN = 6
_CHANGES_SHOWN = 3
_GAPS_SHOWN = 5
_REASONS_SHOWN = 3
_OPEN_SHOWN = 2
_UNKNOWNS_SHOWN = 2
_OUTDATED = ":warning: *Out of date.* Something changed since. The newest results are further down in this channel."


def conclude_if_done(connection: Connection, app: App, kickoff: Kickoff) -> str:
    """Post the results once nobody is left to wait for, if anybody answered at all, and again when they changed.

    Returns:
        What becomes of the results, in a sentence for whoever finished just now.
    """
    finished = kickoff.concluded_at or any(one.standing is Standing.FINISHED for one in kickoff.participants)
    if kickoff.waiting_for or not finished:
        if kickoff.concluded_at is None:
            return "When everyone is done, I set the goals side by side in the channel."
        return "When everyone is done, I bring the results in the channel up to date."
    now = app.clock()
    if kickoff.concluded_at is None:
        _put(connection, app, kickoff, _first_results(kickoff))
        kickoffs.conclude(connection, kickoff.id, now)
        return "Everyone is done, so the goals are side by side in the channel."
    before = history.as_of(connection, kickoff, kickoff.concluded_at)
    if (draw_goals(before), draw_score(before)) == (draw_goals(kickoff), draw_score(kickoff)):
        return "Nothing changed, so the results in the channel stay as they are."
    _put(connection, app, kickoff, _new_results(before, kickoff))
    kickoffs.conclude(connection, kickoff.id, now)
    return "The results in the channel were brought up to date."


def hide(connection: Connection, app: App, kickoff: Kickoff) -> None:
    """Redraw the posted results, now that somebody keeps their goals between them and the app, or no longer does."""
    if kickoff.concluded_at is None:
        return
    shown = history.as_of(connection, kickoff, kickoff.concluded_at)
    goals, score = goals_name(kickoff.id), score_name(kickoff.id)
    _put(connection, app, kickoff, [edit(goals, draw_goals(shown)), edit(score, draw_score(shown))])


def _put(connection: Connection, app: App, kickoff: Kickoff, effects: Sequence[Effect]) -> None:
    lane = kickoff_lane(kickoff.id)
    outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in effects], app.clock())


def goals_name(kickoff_id: int) -> str:
    """The name of the newest message with the goals side by side."""
    return f"results:{kickoff_id}:goals"


def score_name(kickoff_id: int) -> str:
    """The name of the newest message with the score."""
    return f"results:{kickoff_id}:score"


def _first_results(kickoff: Kickoff) -> list[Effect]:
    return [
        post(draw_goals(kickoff, informed=kickoff.observers), channel=kickoff.channel, name=goals_name(kickoff.id)),
        post(draw_score(kickoff), channel=kickoff.channel, name=score_name(kickoff.id)),
    ]


def _new_results(before: Kickoff, after: Kickoff) -> list[Effect]:
    """Mark the old messages, then post those that changed; the order matters, as a new one takes over the name."""
    goals, score = goals_name(after.id), score_name(after.id)
    what = _say_changes(find_changes(before, after))
    if before.stakes == after.stakes:
        return [
            edit(score, draw_score(before, top=_OUTDATED)),
            post(draw_score(after, top=what, informed=after.observers), channel=after.channel, name=score),
        ]
    return [
        edit(goals, draw_goals(before, top=_OUTDATED)),
        edit(score, draw_score(before, top=_OUTDATED)),
        post(draw_goals(after, top=what, informed=after.observers), channel=after.channel, name=goals),
        post(draw_score(after), channel=after.channel, name=score),
    ]


def _say_changes(changes: Sequence[Change]) -> str:
    said = [f"{mention(one.person)} {quote(one.words, 300)}." for one in changes[:_CHANGES_SHOWN]]
    if len(changes) > _CHANGES_SHOWN:
        said.append(f"And {len(changes) - _CHANGES_SHOWN} more.")
    return f"*Brought up to date.* {' '.join(said)}"


def draw_goals(kickoff: Kickoff, *, top: str = "", informed: Sequence[str] = ()) -> Words:
    """The goals side by side, and the conflicts among them with their reasons.

    Args:
        kickoff: Whose goals.
        top: A line above it all.
        informed: Who watches, and is mentioned.
    """
    name = quote(kickoff.name, 150)
    stakes, kept_back = kickoff.stakes, kickoff.confidential_owners
    everything = find_conflicts(stakes)
    conflicts = [one for one in everything if not {stake.owner for stake in one.stakes} & kept_back]
    shown = [stake for stake in stakes if stake.owner not in kept_back]
    blocks: list[Block] = [*_draw_top(top), header(f"{kickoff.name}: goals side by side"), *_inform(informed)]
    if shown:
        blocks += side_by_side((_whose(kickoff, stake), quote(describe(stake.objective), 400)) for stake in shown)
    elif not stakes:
        blocks.append(section("Nobody named a goal yet. Press *Change an answer* in your thread to add one."))
    blocks += _draw_kept_back(len(stakes) - len(shown), len(everything) - len(conflicts))
    blocks.append(divider())
    blocks.append(section(f"*{_count_conflicts(stakes, conflicts)}*"))
    for conflict in conflicts[:_CONFLICTS_SHOWN]:
        blocks += _draw_conflict(conflict)
    if len(conflicts) > _CONFLICTS_SHOWN:
        blocks.append(context(f"{len(conflicts) - _CONFLICTS_SHOWN} weaker conflicts are not shown."))
    gaps = find_gaps(shown)
    if gaps:
        blocks.append(divider())
        blocks.append(section("*Still open about the goals*\n" + _list_gaps(gaps)))
    return words(f"{name}: goals side by side. {_count_conflicts(stakes, conflicts)}", blocks)


def _draw_kept_back(goals: int, conflicts: int) -> Iterator[Block]:
    """How much is not shown since its owners keep it between them and the app."""
    if goals:
        collide = f" {conflicts} more conflicts touch them." if conflicts > 1 else ""
        collide = " One more conflict touches them." if conflicts == 1 else collide
        count = "1 goal is" if goals == 1 else f"{goals} goals are"
        yield context(f":lock: {count} not shown, since the owner keeps them to themselves.{collide}")


def _draw_top(top: str) -> Iterator[Block]:
    if top:
        yield section(top)


def _inform(observers: Sequence[str]) -> Iterator[Block]:
    if observers:
        yield context(f"For your information: {', '.join(mention(person) for person in observers)}")


def _whose(kickoff: Kickoff, stake: Stake) -> str:
    participant = next(one for one in kickoff.participants if one.person == stake.owner)
    return f"{mention(stake.owner)}\n{name_roles(participant)}"


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


def _draw_conflict(conflict: Conflict) -> Iterator[Block]:
    people = and_list(dict.fromkeys(mention(stake.owner) for stake in conflict.stakes))
    yield section(f"{_SEVERITIES[conflict.severity]}: {people}. {quote(conflict.reason, 600)}")
    if conflict.chain:
        steps = [f"↳ {quote(step.words, 200)}. _{quote(step.why, 200)}_" for step in conflict.chain]
        yield section("*What I assume*\n" + "\n".join(steps))
    yield context(f"*How sure:* {quote(conflict.how_sure, 300)}")
    yield context(f"*What could ease it:* {quote(conflict.dissolve, 400)}")


def _list_gaps(gaps: Sequence[Gap]) -> str:
    lines = [f"• {mention(gap.stake.owner)}: {quote(gap.question, 300)}" for gap in gaps[:_GAPS_SHOWN]]
    if len(gaps) > _GAPS_SHOWN:
        lines.append(f"• and {len(gaps) - _GAPS_SHOWN} more")
    return "\n".join(lines)


def draw_score(kickoff: Kickoff, *, top: str = "", informed: Sequence[str] = ()) -> Words:
    """A first score of impact, cost and unknowns, in words and numbers; `top` and `informed` as for `draw_goals`.

    All answers count in the numbers. The words are drawn from those that their authors do not keep to themselves.
    """
    score, told = first_score(kickoff.stakes, kickoff.answers), first_score(kickoff.stakes, kickoff.shown_answers)
    blocks: list[Block] = [
        *_draw_top(top),
        header(f"{kickoff.name}: a first score"),
        *_inform(informed),
        _draw_scale("Impact", score.impact, told.impact),
        _draw_scale("Cost", score.cost, told.cost),
    ]
    flags = [flag for flag in told.flags if flag != told.budget]
    if flags:
        blocks.append(section("\n".join(f":warning: {quote(flag, 400)}" for flag in flags)))
    blocks.append(section(_say_budget(kickoff, told)))
    if score.unknowns:
        blocks.append(section(_list_unknowns(kickoff, score)))
    blocks.append(section(f"*Next:* {quote(score.next_step, 500)}"))
    blocks.append(context("Impact and cost stay two numbers. The range narrows as open questions are answered."))
    summary = f"Impact {score.impact.likely:.0f} of 100, cost {score.cost.likely:.0f} of 100."
    return words(f"{quote(kickoff.name, 150)}: {summary}", blocks)


def _say_budget(kickoff: Kickoff, told: Score) -> str:
    if "budget" in kickoff.answers and "budget" not in kickoff.shown_answers:
        return ":lock: *Budget:* It is known, and stays with whoever named it."
    sign = ":warning: " if told.budget in told.flags else ""
    return f"{sign}*Budget:* {quote(told.budget, 500)}"


def _draw_scale(title: str, scale: Scale, told: Scale) -> Block:
    number = (
        f"*{title}: {scale.likely:.0f} of 100*, {quote(scale.level, 60)} (between {scale.low:.0f} and {scale.high:.0f})"
    )
    return section("\n".join([number, *_list_reasons(told.contributions, scale.contributions)]))


def _list_reasons(told: Sequence[Contribution], counted: Sequence[Contribution]) -> Iterator[str]:
    """The reasons that weigh most; what is still open is named in one line, since its questions are listed below."""
    known = sorted((one for one in told if not one.question), key=lambda one: -one.points)
    still_open = sorted((one for one in counted if one.question), key=lambda one: -one.width)
    yield from (f"• {quote(one.because, 250)}" for one in known[:_REASONS_SHOWN])
    if still_open:
        names = [quote(one.name, 80) for one in still_open[:_OPEN_SHOWN]]
        left = len(still_open) - _OPEN_SHOWN
        yield f"• Not known yet: {'; '.join(names)}{f'; and {left} more' if left > 0 else ''}"


def _list_unknowns(kickoff: Kickoff, score: Score) -> str:
    """What nobody knows, what would change the score most first; whoever was asked in vain is its first owner."""
    register = list_register(kickoff, score)
    lines = [
        f"• *{quote(one.name, 100)}* {quote(one.way_to_find_out, 250)}{_say_owner(one)}"
        for one in register[:_UNKNOWNS_SHOWN]
    ]
    left = len(register) - _UNKNOWNS_SHOWN
    if left > 0:
        lines.append(f"• and {left} more")
    return f"*{len(register)} things nobody knows yet*\n" + "\n".join(lines)


def _say_owner(unknown: Unknown) -> str:
    return f" First owner: {mention(unknown.owner)}." if unknown.owner else ""
