"""The ledger in Slack: what was decided, by whom, when and why. Nobody's vote stands in it."""

from datetime import datetime

from bot.balance_messages import say_option
from bot.blocks import Block, mention, modal, paragraphs, quote, section
from bot.brevity import list_people
from bot.goal_card import card_of, say_lines
from flows.agreement import follow
from flows.closing import LABELS
from flows.dated_checks import SAYS
from flows.decisions import (
    BalanceDropped,
    BalanceSettled,
    BallotCast,
    CharterKept,
    CheckAnswered,
    CheckSet,
    Decision,
    HelpAnswered,
    HelpAsked,
    JobNamed,
    LinkJudged,
    MetricExplained,
    Objected,
    PilotPlanned,
    PilotSolved,
    PlateauExplained,
    PremortemAnswered,
    PremortemClosed,
    PremortemOpened,
    ProjectClosed,
    ProjectReopened,
    RisksAcknowledged,
    RoundClosed,
    RoundOpened,
    ShownToBusiness,
    SignatureReopened,
    Signed,
    UnknownChanged,
)
from flows.edge_verdicts import Verdict, is_own, own_id
from flows.goal_card import GoalCard
from flows.influence import InfluenceGraph
from flows.kickoffs import Kickoff
from flows.plateau_reasons import MEANWHILE
from flows.question_bank import BANK
from flows.register_rows import STATUS_SAYS
from flows.scoring.draws import say_roughly
from flows.team_needs import name_job
from flows.working_days import describe_day

_READ = "decisions.read"
_SHOWN = 60


def draw_decisions(kickoff: Kickoff, graph: InfluenceGraph, lines: tuple[Decision, ...]) -> Block:
    """The newest lines first; `graph` is without the metrics that only these people know."""
    card = card_of(kickoff, follow(lines))
    told = [(line.at, said) for line in lines if (said := _say(kickoff, card, graph, line))]
    shown = [f"• {_day(at)}: {said}" for at, said in reversed(told[-_SHOWN:])]
    older = len(told) - _SHOWN
    blocks = paragraphs([*shown, *([f"• and {older} older ones"] if older > 0 else [])])
    return modal(
        "Decisions", _READ, [section(f"*{quote(kickoff.name, 150)}*"), *(blocks or [section(_NONE)])], submit=None
    )


_NOT_SHOWN = "a metric that is not shown"
_NONE = "Nothing has been decided yet."
_NOT_KNOWN = "a metric that nobody knew"
# Without its name: the goal that it belongs to may have become private since.


def _day(at: datetime) -> str:
    return describe_day(at.date(), at.date())


def _say(kickoff: Kickoff, card: GoalCard, graph: InfluenceGraph, line: Decision) -> str:
    """What is told of a line; empty where nothing is."""
    match line:
        case LinkJudged():
            said = _say_link(kickoff, graph, line)
        case MetricExplained():
            said = f"{mention(line.by)} said what moves {_NOT_KNOWN}."
        case RoundOpened():
            people = "1 person" if len(line.voters) == 1 else f"{len(line.voters)} people"
            options = "1 option" if len(line.options) == 1 else f"{len(line.options)} options"
            said = f"Round {line.number} of votes began, for {people} on {options}."
        case BallotCast():
            said = f"{mention(line.by)} voted in round {line.number}."
        case RoundClosed():
            absent = f" Absent: {list_people(line.absent)}." if line.absent else ""
            said = f"Round {line.number} ended.{absent}"
        case BalanceSettled():
            who = f"{mention(line.by)} decided" if line.by else "Settled"
            against = f" {len(line.dissent)} wanted another option." if line.dissent else ""
            why = f" “{quote(line.why, 200)}”" if line.why else ""
            said = f"{who}: *{say_option(kickoff, line.option)}*.{why}{against}"
        case JobNamed() | PlateauExplained() | ShownToBusiness() | UnknownChanged():
            said = _say_work(line)
        case HelpAsked() | HelpAnswered() | PilotPlanned() | PilotSolved() | ProjectClosed() | ProjectReopened():
            said = _say_way(line)
        case PremortemOpened() | PremortemAnswered() | PremortemClosed() | CheckSet() | CheckAnswered():
            said = _say_foresight(line)
        case _:
            said = _say_signing(card, line)
    return said


def _say_work(line: JobNamed | PlateauExplained | ShownToBusiness | UnknownChanged) -> str:
    """What was said of the project's work: who does it, what is found out, and who has seen it."""
    match line:
        case JobNamed():
            return _say_job(line)
        case PlateauExplained():
            return f"{mention(line.by)} said why the error stands still: {MEANWHILE[line.reason]}."
        case UnknownChanged():
            return f"{mention(line.by)} changed what is not known yet: {name_row(line)} {STATUS_SAYS[line.status]}."
        case ShownToBusiness():
            has = "has" if line.seen else "has not"
            return f"{mention(line.by)} said that the business side {has} seen something in two weeks."


_Way = HelpAsked | HelpAnswered | PilotPlanned | PilotSolved | ProjectClosed | ProjectReopened


def _say_way(line: _Way) -> str:
    """What was waited for, and what became of the pilot and of the project."""
    match line:
        case HelpAsked():
            day = describe_day(line.due, line.at.date())
            return f"{mention(line.by)} asked {mention(line.owner)} for “{quote(line.what, 200)}” by {day}."
        case HelpAnswered():
            return f"{mention(line.by)} said that what was asked for is {'done' if line.done else 'not done by then'}."
        case PilotPlanned():
            return f"{mention(line.by)} planned the pilot."
        case PilotSolved():
            return f"{mention(line.by)} said that the pilot {'is solved' if line.solved else 'goes on'}."
        case ProjectClosed():
            took = f" It took {say_roughly(line.weeks)} person-weeks." if line.weeks else ""
            note = f" “{quote(line.note, 200)}”" if line.note else ""
            return f"{mention(line.by)} closed the project. {LABELS[line.outcome]}.{took}{note}"
        case ProjectReopened():
            return f"{mention(line.by)} reopened the project."


def _say_job(line: JobNamed) -> str:
    if not line.person:
        return f"{mention(line.by)} took back who does “{quote(name_job(line.job), 80)}”."
    return f"{mention(line.by)} named {mention(line.person)} for “{quote(name_job(line.job), 80)}”."


def name_row(line: UnknownChanged) -> str:
    """What a row of the unknowns register is called, in mrkdwn."""
    asked = BANK.by_id.get(line.key)
    return f"“{quote(line.name or (asked.label if asked else line.key), 80)}”"


def _say_foresight(
    line: PremortemOpened | PremortemAnswered | PremortemClosed | CheckSet | CheckAnswered,
) -> str:
    """What is told of a look back and of checks; nothing of who answered when, since nobody is to learn that."""
    match line:
        case PremortemOpened():
            return f"{mention(line.by)} asked {len(line.voters)} people to look back from failure."
        case PremortemAnswered():
            return ""
        case PremortemClosed():
            return f"The look back from failure ended, with {len(line.counted)} answers."
        case CheckSet():
            day = describe_day(line.due, line.at.date())
            return f"{mention(line.by)} took on a check: “{quote(line.what, 200)}” {mention(line.owner)}, by {day}."
        case CheckAnswered():
            return f"{mention(line.by)} looked at a check: {SAYS[line.state]}."


def _say_signing(
    card: GoalCard,
    line: BalanceDropped | Signed | Objected | RisksAcknowledged | SignatureReopened | CharterKept,
) -> str:
    match line:
        case BalanceDropped():
            return quote(line.why, 200)
        case Signed():
            return f"{mention(line.by)} approved the goal card."
        case Objected():
            return f"{mention(line.by)} objected: “{quote(line.reason, 200)}”"
        case RisksAcknowledged():
            note = f" “{quote(line.note, 200)}”" if line.note else ""
            return f"{mention(line.by)} accepted {len(line.risks)} risks.{note}"
        case SignatureReopened():
            return f"{mention(line.person)} was asked again, since this changed: {say_lines(card, line.lines)}."
        case CharterKept():
            return f"Version {line.version} of the charter was written for {mention(line.by)}."


def _say_link(kickoff: Kickoff, graph: InfluenceGraph, line: LinkJudged) -> str:
    verdict = line.verdict
    open_goals = (one.objective for one in kickoff.stakes if one.owner not in kickoff.confidential_owners)
    own = {own_id(goal.metric) for goal in open_goals}
    ends = [
        # What only these people call so is named as long as somebody has an open goal for it.
        graph.factors[end].name if end in graph.factors and (not is_own(end) or end in own) else _NOT_SHOWN
        for end in (verdict.source, verdict.target)
    ]
    what = {
        Verdict.CONFIRMED: "holds",
        Verdict.DENIED: "does not hold",
        Verdict.CHANGED: "works otherwise",
        Verdict.ADDED: "is added",
    }
    return f"{mention(line.by)} said that “{quote(ends[0])} → {quote(ends[1])}” {what[verdict.verdict]}."
