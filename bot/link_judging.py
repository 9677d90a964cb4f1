"""A stakeholder judges a link: it holds, it does not, how strongly, or the other way round (K45, K46).

What follows shows at once: to them in the window, to all on the board and in its thread.
"""

import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block
from bot.conflict_changes import compare, say_difference
from bot.conflict_detail import DENIED, HOLDS, TURNED, draw_detail, links_of
from bot.deliveries import Press
from bot.effects import ShowResults, kickoff_lane
from bot.findings import find_for, read_posted
from bot.forms import change_form
from flows.agreement import Agreement, follow
from flows.decisions import LinkJudged
from flows.edge_verdicts import EdgeVerdict, Link, Verdict
from flows.influence import HOW_STRONGLY, Sign
from flows.kickoffs import Kickoff
from storage import decisions, deliveries, kickoffs, outbox

NOT_ASKED = "Only the stakeholders of this kickoff can say so. Please talk to one of them."
_AGAIN = "You said so already, so nothing changes."


def may_judge(kickoff: Kickoff, person: str) -> bool:
    """Whether somebody has a say in what moves what: the stakeholders as they are now, and whoever started it."""
    participant = kickoff.find(person)
    return person == kickoff.starter or (participant is not None and not participant.is_called_off)


@dataclass(frozen=True)
class _Opened:
    """The window in which it was pressed."""

    kickoff: int
    finding: str
    link: str


@dataclass(frozen=True)
class _Judged:
    """Where it stood before somebody judged a link and where it stands now.

    The same if they had said so before, or have no say.
    """

    before: Agreement
    after: Agreement
    allowed: bool = True


async def press(app: App, press: Press) -> None:
    """Keep what a stakeholder says of a link, and show what follows from it."""
    if press.view is None:
        return
    metadata = json.loads(press.view.metadata)
    what, link, shown = press.value.split("|")
    opened = _Opened(int(metadata["kickoff"]), str(metadata["finding"]), link)
    judged = await app.transact(lambda connection: _keep(connection, app, press, opened, what, Sign[shown]))
    if judged is None:
        return
    kickoff, _ = await app.database.transact(lambda connection: read_posted(connection, opened.kickoff))
    top = _AGAIN if judged.allowed else NOT_ASKED
    if judged.before != judged.after:
        before, after = await find_for(app, kickoff, judged.before), await find_for(app, kickoff, judged.after)
        top = f"*You said so.*\n{say_difference(compare(before, after))}"
    await change_form(app, press, await _draw(app, kickoff, judged.after, opened, top))


async def _draw(app: App, kickoff: Kickoff, stands: Agreement, opened: _Opened, top: str) -> Block:
    findings = await find_for(app, kickoff, stands)
    return draw_detail(kickoff, findings, links_of(app, stands), opened.finding, link=opened.link, top=top)


def _keep(connection: Connection, app: App, press: Press, opened: _Opened, what: str, shown: Sign) -> _Judged | None:
    """Keep the verdict, and have the board follow; None for a repetition or a link that is not there any more."""
    if not deliveries.is_first(connection, press.key, app.clock()):
        return None
    kickoff = kickoffs.load(connection, opened.kickoff, lock=True)
    lines = decisions.of_kickoff(connection, opened.kickoff)
    before = follow(lines)
    if not may_judge(kickoff, press.person):
        return _Judged(before, before, allowed=False)
    link = links_of(app, before).get(opened.link)
    if link is None:
        return None
    verdict = _read_verdict(app, press, link, what, shown)
    if _said_before(before, verdict):
        return _Judged(before, before)
    line = LinkJudged(by=press.person, at=app.clock(), verdict=verdict)
    decisions.add(connection, opened.kickoff, [line])
    after = follow([*lines, line])
    results = ShowResults(kickoff_id=kickoff.id, anew=False, lines=(len(lines), len(lines) + 1))
    outbox.put(connection, [results.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())
    return _Judged(before, after)


def _read_verdict(app: App, press: Press, link: Link, what: str, shown: Sign) -> EdgeVerdict:
    told = link.told
    sign = Sign(-shown) if what == TURNED else shown
    verdict = Verdict.CHANGED
    if what == DENIED:
        verdict = Verdict.DENIED
    elif what == HOLDS and sign is told.sign:
        verdict = Verdict.CONFIRMED
    return EdgeVerdict(
        source=told.source,
        target=told.target,
        horizon=told.horizon,
        verdict=verdict,
        by=press.person,
        at=app.clock(),
        sign=sign if verdict is Verdict.CHANGED and sign is not told.sign else None,
        strength=HOW_STRONGLY.get(what),
    )


def _said_before(stands: Agreement, verdict: EdgeVerdict) -> bool:
    own = [one for one in stands.verdicts if one.by == verdict.by and one.link == verdict.link]
    return bool(own) and replace(own[-1], at=verdict.at) == verdict
