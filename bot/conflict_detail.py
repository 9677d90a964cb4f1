"""Behind the board's buttons: why goals collide, link by link, with what the stakeholders say of each.

Each link is an assumption. A stakeholder confirms it, denies it or says how strongly it works, and what follows from
that shows at once, to them in the window and to all on the board (K45, K46).
"""

import json
import logging
from collections.abc import Iterator

from sqlalchemy import Connection

from bot.agreement_review import review
from bot.app import App
from bot.blocks import (
    Block,
    Button,
    Choice,
    actions,
    context,
    divider,
    mention,
    modal,
    quote,
    section,
    select,
    words,
)
from bot.brevity import list_people
from bot.conflict_board import SEVERITIES, board_name, draw_board, say_finding, what_is_shown
from bot.deliveries import Press
from bot.effects import Effect, edit, kickoff_lane, post
from bot.findings import find_for, read_posted
from bot.forms import open_form
from bot.slack_api import CallFailed
from flows.agreement import Agreement
from flows.conflicts import Conflict
from flows.decisions import LinkJudged
from flows.edge_verdicts import ANSWERS, EdgeVerdict, Verdict
from flows.findings import Finding, Findings
from flows.influence import HOW_STRONGLY, Edge, Horizon, InfluenceGraph, Sign
from flows.kickoffs import Kickoff
from flows.shortage import Shortage
from storage import decisions, deliveries, kickoffs, outbox

JUDGE = "conflict.judge"
CHANGE = "conflict.change"

_log = logging.getLogger(__name__)
_READ = "conflict.read"
_HOLDS, _DENIED, _TURNED = "holds", "denied", "turned"
_LINKS_SHOWN = 12


async def press_explain(app: App, press: Press) -> None:
    """Show why goals collide, or what is short, to whoever asks."""
    kickoff_id, finding_id = press.value.split("|")
    kickoff, stands = await app.database.transact(lambda connection: read_posted(connection, int(kickoff_id)))
    findings = await find_for(app, kickoff, stands)
    await open_form(app, press, draw_detail(kickoff, findings, finding_id))


def draw_detail(kickoff: Kickoff, findings: Findings, finding_id: str, top: str = "") -> Block:
    """The window about one finding; `top` says what changed just now, in mrkdwn."""
    finding = findings.find(finding_id)
    blocks: list[Block] = [section(top), divider()] if top else []
    if finding is None:
        blocks.append(section("This is not in the way any more. The newest board has what is left."))
    elif isinstance(finding, Conflict):
        blocks += _draw_conflict(findings.graph, finding)
    else:
        blocks += _draw_shortage(finding)
    metadata = json.dumps({"kickoff": kickoff.id, "finding": finding_id})
    return modal("Why they collide", _READ, blocks, submit=None, metadata=metadata)


def _draw_conflict(graph: InfluenceGraph, conflict: Conflict) -> Iterator[Block]:
    people = list_people(tuple(dict.fromkeys(one.owner for one in conflict.stakes)), 12)
    yield section(f"{SEVERITIES[conflict.severity]} {people}")
    yield section(quote(conflict.reason, 900))
    if conflict.who_else:
        yield section(f"*Who else pays:* {quote(conflict.who_else, 500)}")
    yield section(f"*What could ease it:* {quote(conflict.dissolve, 900)}")
    yield context(f"*How sure:* {quote(conflict.how_sure, 500)}")
    if conflict.links:
        yield divider()
        yield section("*What I assume.* Is it so here? What you say changes the result for everybody.")
    for edge in conflict.links[:_LINKS_SHOWN]:
        yield from _draw_link(graph, edge)


def _draw_link(graph: InfluenceGraph, edge: Edge) -> Iterator[Block]:
    slow = ", in the long run" if edge.horizon is Horizon.LONG else ""
    line = f"{quote(graph.say(edge.source, 1))} → {quote(graph.say(edge.target, edge.sign))}{slow}"
    studied = f" ({quote(edge.reference, 100)})" if edge.reference else ""
    yield section(f"*{line}*\n{quote(edge.why, 200)}{studied}{_say_standing(edge)}")
    value = f"{edge.source}|{edge.target}|{edge.horizon.value}"
    yield actions([Button("It is so", JUDGE, f"{_HOLDS}|{value}"), Button("Not here", JUDGE, f"{_DENIED}|{value}")])
    choices = [*(Choice(label, f"{strength}|{value}") for strength, label in ANSWERS.items())]
    choices.append(Choice("The other way round", f"{_TURNED}|{value}"))
    yield select(CHANGE, f"How far, for 10 % {graph.factors[edge.source].name}?", choices)


def _say_standing(edge: Edge) -> str:
    if edge.disputed:
        return f"\n:warning: Disputed. {list_people(edge.confirmed_by)} hold it to be so." if edge.confirmed_by else ""
    return f"\n:white_check_mark: Confirmed by {list_people(edge.confirmed_by)}." if edge.confirmed_by else ""


def _draw_shortage(shortage: Shortage) -> Iterator[Block]:
    yield section(say_finding(shortage))
    yield section(quote(shortage.reason, 900))
    if shortage.people:
        yield context(f"It concerns {list_people(shortage.people, 12)}.")
    yield section(f"*What could ease it:* {quote(shortage.dissolve, 600)}")
    yield context(f"*How sure:* {quote(shortage.how_sure, 400)}")


async def press_judge(app: App, press: Press) -> None:
    """Keep what a stakeholder says of a link, and show what follows from it."""
    if press.view is None:
        return
    opened = json.loads(press.view.metadata)
    kickoff_id, finding_id = int(opened["kickoff"]), str(opened["finding"])
    kickoff, stands = await app.database.transact(lambda connection: read_posted(connection, kickoff_id))
    before = await find_for(app, kickoff, stands)
    verdict = _read_verdict(app, press, before.graph)
    if verdict is None:
        return
    if not _may_judge(kickoff, press.person):
        top = "Only the stakeholders of this kickoff can say so. Please talk to one of them."
        await _redraw(app, press, draw_detail(kickoff, before, finding_id, top))
        return

    def keep(connection: Connection) -> Agreement | None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return None
        kickoffs.load(connection, kickoff_id, lock=True)
        line = LinkJudged(by=press.person, at=app.clock(), verdict=verdict)
        decisions.add(connection, kickoff_id, [line])
        return read_posted(connection, kickoff_id)[1]

    stands_now = await app.transact(keep)
    if stands_now is None:
        return
    after = await find_for(app, kickoff, stands_now)
    changed = say_difference(kickoff, before, after)
    await _redraw(app, press, draw_detail(kickoff, after, finding_id, f"*You said so.* {changed}"))
    said = _say_verdict(after.graph, verdict)
    await app.transact(lambda connection: _show(connection, app, kickoff, after, f"{said} {changed}"))


def _may_judge(kickoff: Kickoff, person: str) -> bool:
    participant = kickoff.find(person)
    return person == kickoff.starter or (participant is not None and not participant.is_called_off)


def _read_verdict(app: App, press: Press, graph: InfluenceGraph) -> EdgeVerdict | None:
    """What was pressed or chosen; None where its factors are not in the graph any more."""
    what, source, target, horizon = press.value.split("|")
    if not {source, target} <= set(graph.factors):
        return None
    edge = next(
        (one for one in graph.edges if (one.source, one.target, one.horizon) == (source, target, horizon)), None
    )
    sign = edge.sign if edge else Sign.RAISES
    verdict, strength = Verdict.CHANGED, None
    if what in {_HOLDS, _DENIED}:
        verdict = Verdict.CONFIRMED if what == _HOLDS else Verdict.DENIED
    elif what == _TURNED:
        sign = Sign(-sign)
    else:
        strength = HOW_STRONGLY[what]
    return EdgeVerdict(
        source,
        target,
        Horizon(horizon),
        verdict,
        press.person,
        app.clock(),
        sign if what == _TURNED else None,
        strength,
    )


def _say_verdict(graph: InfluenceGraph, verdict: EdgeVerdict) -> str:
    link = f"{quote(graph.say(verdict.source, 1))} → {quote(graph.factors[verdict.target].name)}"
    match verdict.verdict:
        case Verdict.CONFIRMED:
            what = "holds here"
        case Verdict.DENIED:
            what = "does not hold here"
        case _:
            what = "works otherwise here" if verdict.sign else "is stronger or weaker here"
    return f"{mention(verdict.by)} says: *{link}* {what}."


def say_difference(kickoff: Kickoff, before: Findings, after: Findings) -> str:
    """What became of the conflicts, in a sentence or two, in mrkdwn."""
    then = {one.id: one for one in what_is_shown(kickoff, before).findings}
    now = {one.id: one for one in what_is_shown(kickoff, after).findings}
    parts = [
        *_list_findings("New", [one for key, one in now.items() if key not in then]),
        *_list_findings("Gone", [one for key, one in then.items() if key not in now]),
        *_list_findings(
            "Judged anew", [one for key, one in now.items() if key in then and one.severity is not then[key].severity]
        ),
    ]
    if parts:
        return " ".join(parts)
    return "The chances changed a little." if before.conflicts != after.conflicts else "Nothing else changes."


def _list_findings(title: str, findings: list[Finding]) -> Iterator[str]:
    if findings:
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        yield f"{title}: {say_finding(findings[0])}{more}."


async def _redraw(app: App, press: Press, view: Block) -> None:
    if press.view is None:
        return
    try:
        await app.slack.call("views.update", view_id=press.view.id, hash=press.view.hash, view=view)
    except CallFailed as failure:
        _log.info("A window about a conflict could not be redrawn: %s", failure)


def _show(connection: Connection, app: App, kickoff: Kickoff, findings: Findings, what: str) -> None:
    """Bring the board up to date where it stands, and say in its thread what changed."""
    board = draw_board(kickoff, findings)
    name = board_name(kickoff.id)
    effects: list[Effect] = [edit(name, board.said, board.pictures), post(words(what), thread=name)]
    lane = kickoff_lane(kickoff.id)
    outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in effects], app.clock())
    review(connection, app, kickoff, what)
