"""Behind the board's buttons: why goals collide, link by link, with what the stakeholders say of each (K45, K46)."""

import json
from collections.abc import Iterator, Mapping

from bot.app import App
from bot.blocks import (
    Block,
    Button,
    Choice,
    actions,
    context,
    divider,
    in_one_row,
    modal,
    quote,
    section,
    select,
)
from bot.brevity import list_people
from bot.conflict_board import SEVERITIES, say_finding
from bot.deliveries import Press
from bot.findings import find_for, read_posted
from bot.forms import open_form
from flows.agreement import Agreement
from flows.conflicts import Conflict, ConflictKind
from flows.edge_verdicts import ANSWERS, Link, list_links, name_link
from flows.findings import Findings
from flows.influence import Horizon, InfluenceGraph, Sign
from flows.kickoffs import Kickoff
from flows.shortage import Shortage

JUDGE = "conflict.judge"
CHANGE = "conflict.change"
LOOK = "conflict.look"
HOLDS, DENIED, TURNED = "holds", "denied", "turned"
"""What can be said of a link, beside how strongly it works."""

_READ = "conflict.read"
_LINKS_SHOWN = 40
"""Each takes two of the hundred blocks of a window."""


async def press_explain(app: App, press: Press) -> None:
    """Show why goals collide, or what is short, to whoever asks."""
    kickoff_id, finding_id = press.value.split("|")
    kickoff, stands = await app.database.transact(lambda connection: read_posted(connection, int(kickoff_id)))
    findings = await find_for(app, kickoff, stands)
    await open_form(app, press, draw_detail(kickoff, findings, links_of(app, stands), finding_id))


async def press_look(app: App, press: Press) -> None:
    """Show one link that somebody judged, to whoever sees it otherwise."""
    kickoff_id, link = press.value.split("|")
    kickoff, stands = await app.database.transact(lambda connection: read_posted(connection, int(kickoff_id)))
    findings = await find_for(app, kickoff, stands)
    await open_form(app, press, draw_detail(kickoff, findings, links_of(app, stands), link=link))


def links_of(app: App, stands: Agreement) -> Mapping[str, Link]:
    """All links with what was said of them, by their names."""
    return list_links(app.graph, stands.verdicts, stands.factors)


def draw_detail(
    kickoff: Kickoff,
    findings: Findings,
    links: Mapping[str, Link],
    finding_id: str = "",
    *,
    link: str = "",
    top: str = "",
) -> Block:
    """The window about one finding.

    Args:
        kickoff: Whose.
        findings: What is found now.
        links: What is said of the links.
        finding_id: The finding; empty for a link alone.
        link: The link that was judged last, which is shown even if the finding does not rest on it any more.
        top: What changed just now, in mrkdwn.
    """
    finding = findings.find(finding_id)
    blocks: list[Block] = [section(top), divider()] if top else []
    shown: list[str] = []
    if isinstance(finding, Conflict):
        blocks += _draw_conflict(finding)
        shown = [name_link(edge) for edge in finding.links[:_LINKS_SHOWN]]
    elif finding is not None:
        blocks += _draw_shortage(finding)
    elif finding_id:
        blocks.append(section("This is not in the way any more. The newest board has what is left."))
    if link and link not in shown:
        shown.append(link)
    judged = [links[one] for one in shown if one in links]
    if judged:
        blocks += [divider(), section("*What I assume.* Is it so here? What you say changes the result for everybody.")]
        blocks.append(context("*How strongly?* asks how far the second moves when the first rises by 10 %."))
    for one in judged:
        blocks += _draw_link(findings.graph, one)
    metadata = json.dumps({"kickoff": kickoff.id, "finding": finding_id})
    title = "Why they collide" if finding is None or isinstance(finding, Conflict) else "What is short"
    return modal(title if finding_id else "What I assume", _READ, blocks, submit=None, metadata=metadata)


def _draw_conflict(conflict: Conflict) -> Iterator[Block]:
    people = list_people(tuple(dict.fromkeys(one.owner for one in conflict.stakes)), 12)
    yield section(f"{SEVERITIES[conflict.severity]} {people}")
    yield section(quote(conflict.reason, 900))
    if conflict.who_else:
        # The options let nothing get worse that nobody speaks for, so their numbers differ from these.
        spared = " *Find a balance* holds it as it is, so its options give less." if _are_spared(conflict) else ""
        yield section(f"*Who else pays:* {quote(conflict.who_else, 500)}{spared}")
    yield section(f"*What could ease it:* {quote(conflict.dissolve, 900)}")
    yield context(f"*How sure:* {quote(conflict.how_sure, 500)}")


def _are_spared(conflict: Conflict) -> bool:
    """Whether the goals reach what is said of them only at the cost of what nobody has a goal for."""
    return conflict.kind is ConflictKind.JOINT and bool(conflict.unguarded)


def _draw_link(graph: InfluenceGraph, link: Link) -> Iterator[Block]:
    edge = link.edge
    slow = ", in the long run" if edge.horizon is Horizon.LONG else ""
    line = f"{quote(graph.say(edge.source, 1))} → {quote(graph.say(edge.target, edge.sign))}{slow}"
    studied = f" ({quote(edge.reference, 100)})" if edge.reference else ""
    yield section(f"*{line}*\n{quote(edge.why, 200)}{studied}{_say_standing(link)}")
    # The way in which it is shown goes along, so that two people who turn it at once mean the same.
    value = f"{name_link(edge)}|{edge.sign.name}"
    buttons = [Button("It is so", JUDGE, f"{HOLDS}|{value}"), Button("Not here", JUDGE, f"{DENIED}|{value}")]
    choices = [*(Choice(label, f"{strength}|{value}") for strength, label in ANSWERS.items())]
    choices.append(Choice(f"The other way round: {graph.say(edge.target, Sign(-edge.sign))}", f"{TURNED}|{value}"))
    how = select(CHANGE, "How strongly?", choices)
    yield in_one_row(actions(buttons), how)


def _say_standing(link: Link) -> str:
    holds = f"{list_people(link.held_by)} hold{'s' * (len(link.held_by) == 1)} it to be so" if link.held_by else ""
    does = "do" if len(link.denied_by) > 1 else "does"
    if link.is_disputed:
        return f"\n:warning: Disputed: {holds}, {list_people(link.denied_by)} {does} not."
    if link.denied_by:
        return f"\n:no_entry_sign: Left out, as {list_people(link.denied_by)} {does} not hold it to be so."
    return f"\n:white_check_mark: Confirmed by {list_people(link.held_by)}." if link.held_by else ""


def _draw_shortage(shortage: Shortage) -> Iterator[Block]:
    yield section(say_finding(shortage))
    yield section(quote(shortage.reason, 900))
    if shortage.people:
        yield context(f"It concerns {list_people(shortage.people, 12)}.")
    yield section(f"*What could ease it:* {quote(shortage.dissolve, 600)}")
    yield context(f"*How sure:* {quote(shortage.how_sure, 400)}")
