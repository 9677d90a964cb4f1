"""A metric that the graph does not know is asked about: what it is, or what raises and lowers it (K45, K46)."""

import json

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import (
    Block,
    Button,
    Choice,
    Words,
    actions,
    mention,
    modal,
    multi_select_input,
    quote,
    section,
    select_input,
    words,
)
from bot.brevity import cut_words
from bot.deliveries import Press, Submission
from bot.effects import ShowResults, kickoff_lane
from bot.findings import read_posted
from bot.forms import open_form, submit_once
from bot.link_judging import NOT_ASKED, may_judge
from bot.replies import FieldErrors
from bot.whispers import refuse_press
from flows.agreement import Agreement
from flows.balance import goal_key
from flows.conflicts import GapKind, Stake
from flows.decisions import Decision, LinkJudged, MetricExplained
from flows.edge_verdicts import ANSWERS, EdgeVerdict, NewFactor, Verdict, assign_families, new_factor
from flows.findings import Findings
from flows.influence import HOW_STRONGLY, Horizon, InfluenceGraph, Sign
from flows.kickoffs import Kickoff
from flows.wishes import say_metric
from storage import decisions, kickoffs, outbox

PRESSED = "metric.explain"
FORM = "metric.explain"

_SAME, _RAISES, _LOWERS, _HOW = "same", "raises", "lowers", "how"
_NOTHING = "Please say what it is like, or what raises or lowers it. Close the form if nobody knows."
_BOTH = "You named this one above. Please take it out of one of the two."
_EITHER = "What moves this one is known. Please leave this empty, or the two below."
_KNOWN = "This was explained meanwhile, or the goal has changed. Please close this form."


def unknown_metrics(findings: Findings) -> tuple[Stake, ...]:
    """The goals that everybody may see whose metric the graph does not know."""
    return tuple(gap.stake for gap in findings.gaps if gap.kind is GapKind.METRIC_UNKNOWN)


def draw_question(kickoff: Kickoff, stake: Stake) -> Words:
    """The question in the thread of the board."""
    metric = quote(cut_words(say_metric(stake.objective), 10))
    text = f"{mention(stake.owner)}, I do not know what moves {metric}, so I cannot tell what it collides with."
    button = Button("Say what moves it", PRESSED, f"{kickoff.id}|{goal_key(stake)}", primary=True)
    return words(text, [section(text), actions([button])])


async def press(app: App, press: Press) -> None:
    """Open the form."""
    kickoff_id, key = press.value.split("|")

    def look(connection: Connection) -> Stake | None:
        kickoff, stands = read_posted(connection, int(kickoff_id))
        found = _find_unknown(kickoff, stands, key)
        refusal = "" if found else "This was explained already, or the goal has changed."
        if not may_judge(kickoffs.load(connection, kickoff.id), press.person):
            refusal = NOT_ASKED
        if refusal:
            refuse_press(connection, app, press, refusal)
        return None if refusal else found

    stake = await app.transact(look)
    if stake is not None:
        await open_form(app, press, form(int(kickoff_id), stake, app.graph))


def _find_unknown(kickoff: Kickoff, stands: Agreement, key: str) -> Stake | None:
    """The goal with this key, if everybody may see it and nobody has said yet what its metric is."""
    shown = [one for one in kickoff.stakes if one.owner not in kickoff.confidential_owners]
    stakes = assign_families(shown, stands.factors)
    return next((one for one in stakes if goal_key(one) == key and not one.objective.family), None)


def form(kickoff_id: int, stake: Stake, graph: InfluenceGraph) -> Block:
    """What the metric is like, or what moves it."""
    metrics = sorted((Choice(one.name.capitalize(), one.id) for one in graph.metrics), key=lambda one: one.label)
    levers = sorted((Choice(one.name.capitalize(), one.id) for one in graph.levers), key=lambda one: one.label)
    metadata = json.dumps({"kickoff": kickoff_id, "goal": goal_key(stake)})
    return modal(
        "What moves it?",
        FORM,
        [
            section(f"What moves {quote(say_metric(stake.objective))}? Leave out what you do not know."),
            select_input(_SAME, "Is it one of these, by another name?", metrics),
            multi_select_input(_RAISES, "Or else: more of what raises it?", levers),
            multi_select_input(_LOWERS, "More of what lowers it?", levers),
            select_input(_HOW, "For 10 % more of these, how far does it move?", _STRENGTHS),
        ],
        submit="Keep",
        metadata=metadata,
    )


_STRENGTHS = tuple(Choice(label, strength) for strength, label in ANSWERS.items())


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Let the metric join the graph of this kickoff, and bring the board up to date."""
    kickoff_id = int(submission.metadata["kickoff"])

    def keep(connection: Connection) -> FieldErrors | None:
        newest = kickoffs.load(connection, kickoff_id, lock=True)
        kickoff, stands = read_posted(connection, kickoff_id)
        stake = _find_unknown(kickoff, stands, submission.metadata["goal"])
        if not may_judge(newest, submission.person):
            return FieldErrors({_SAME: NOT_ASKED})
        if stake is None:
            return FieldErrors({_SAME: _KNOWN})
        errors = _find_errors(submission)
        if errors:
            return FieldErrors(errors)
        before = len(decisions.of_kickoff(connection, kickoff_id))
        lines = _read(app, submission, stake)
        decisions.add(connection, kickoff_id, lines)
        results = ShowResults(kickoff_id=kickoff_id, anew=False, lines=(before, before + len(lines)))
        outbox.put(connection, [results.parcel(kickoff.workspace, kickoff_lane(kickoff_id))], app.clock())
        return None

    return await submit_once(app, submission, keep)


def _find_errors(submission: Submission) -> dict[str, str]:
    raises, lowers = (set(submission.lists.get(name, ())) for name in (_RAISES, _LOWERS))
    same = submission.fields.get(_SAME)
    if not (same or raises or lowers):
        return {_SAME: _NOTHING}
    if same and (raises or lowers):
        return {_SAME: _EITHER}
    return {_LOWERS: _BOTH} if raises & lowers else {}


def _read(app: App, submission: Submission, stake: Stake) -> list[Decision]:
    now, by = app.clock(), submission.person
    factor = new_factor(stake.objective, by, now)
    same = submission.fields.get(_SAME)
    if same:
        known = app.graph.factors[same]
        joined = NewFactor(same, factor.name, known.more, known.less, by, now)
        return [MetricExplained(by=by, at=now, factor=joined)]
    strength = HOW_STRONGLY.get(submission.fields.get(_HOW, ""))
    signs = {_RAISES: Sign.RAISES, _LOWERS: Sign.LOWERS}
    links = [
        EdgeVerdict(lever, factor.id, Horizon.SHORT, Verdict.ADDED, by, now, sign, strength)
        for name, sign in signs.items()
        for lever in submission.lists.get(name, ())
    ]
    explained = MetricExplained(by=by, at=now, factor=factor)
    return [explained, *(LinkJudged(by=by, at=now, verdict=link) for link in links)]
