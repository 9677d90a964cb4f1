"""What becomes of the conflicts when somebody judges a link or explains a metric, in words for all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.blocks import mention, quote
from bot.brevity import count_words, cut_words
from bot.conflict_board import say_finding
from flows.decisions import Decision, LinkJudged, MetricExplained
from flows.edge_verdicts import EdgeVerdict, Verdict
from flows.findings import Finding, Findings
from flows.influence import InfluenceGraph

_NAME_WORDS = 8


def say_what_was_said(graph: InfluenceGraph, lines: Sequence[Decision]) -> str:
    """Who judged which link or explained which metric with these lines of the ledger, in mrkdwn; empty for others."""
    explained = next((line for line in lines if isinstance(line, MetricExplained)), None)
    if explained is not None:
        return f"{mention(explained.by)} said what moves {quote(cut_words(explained.factor.name, _NAME_WORDS))}."
    judged = next((line for line in lines if isinstance(line, LinkJudged)), None)
    return _say_verdict(graph, judged.verdict) if judged else ""


def _say_verdict(graph: InfluenceGraph, verdict: EdgeVerdict) -> str:
    if not {verdict.source, verdict.target} <= graph.factors.keys():
        # The team's own file of what moves what was changed while this waited to be said.
        return f"{mention(verdict.by)} judged a link that is not there any more."
    target = quote(cut_words(graph.factors[verdict.target].name, _NAME_WORDS))
    link = f"{quote(graph.say(verdict.source, 1))} → {target}"
    match verdict.verdict:
        case Verdict.CONFIRMED:
            what = "holds here"
        case Verdict.DENIED:
            what = "does not hold here"
        case _:
            what = "works the other way round" if verdict.sign else "is stronger or weaker here"
    return f"{mention(verdict.by)} says: *{link}* {what}."


@dataclass(frozen=True)
class Difference:
    """The findings that are new, gone or judged otherwise, worst first; `chances` says whether only odds moved."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    anew: tuple[Finding, ...]
    chances: bool = False


def compare(before: Findings, after: Findings) -> Difference:
    """What became of the findings."""
    then = {one.id: one for one in before.ranked}
    now = {one.id: one for one in after.ranked}
    return Difference(
        new=tuple(one for key, one in now.items() if key not in then),
        gone=tuple(one for key, one in then.items() if key not in now),
        anew=tuple(one for key, one in now.items() if key in then and one.severity is not then[key].severity),
        chances=any(key in then and one != then[key] for key, one in now.items()),
    )


def say_difference(difference: Difference, most: int | None = None) -> str:
    """The worst of each kind in a line, and how many more there are, in mrkdwn; those for which there are words."""
    lines = [
        *_name_worst("New", difference.new),
        *_name_worst("Gone", difference.gone),
        *_name_worst("Judged anew", difference.anew),
    ]
    if not lines:
        return _say_little(difference)
    while most is not None and len(lines) > 1 and count_words(*lines) > most:
        lines.pop()
    return "\n".join(lines)


def _name_worst(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        yield f"{title}: {say_finding(findings[0]).rstrip('.')}{more}."


def count_difference(difference: Difference) -> str:
    """How many of each kind, for the top of the board."""
    parts = [
        f"{len(findings)} {title}"
        for title, findings in (("new", difference.new), ("gone", difference.gone), ("judged anew", difference.anew))
        if findings
    ]
    return f"Conflicts: {', '.join(parts)}." if parts else _say_little(difference)


def _say_little(difference: Difference) -> str:
    return "The chances changed a little." if difference.chances else "Nothing else changes."
