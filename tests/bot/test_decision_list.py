"""The ledger as it is read in Slack: every kind of line in plain words."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.blocks import quote
from bot.conflict_changes import say_what_was_said
from bot.decision_list import draw_decisions
from flows.balance import Option, OptionKind, Share
from flows.decisions import (
    BalanceDropped,
    BalanceSettled,
    BallotCast,
    CharterKept,
    Decision,
    Dissent,
    LinkJudged,
    MetricExplained,
    Objected,
    RisksAcknowledged,
    RoundClosed,
    RoundOpened,
    SignatureReopened,
    Signed,
)
from flows.edge_verdicts import EdgeVerdict, NewFactor, Verdict, apply_verdicts, new_factor
from flows.influence import GRAPH, Horizon
from tests.bot.test_results import chapter, view_texts

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
KICKOFF = chapter()
STAKE = KICKOFF.stakes[0]
OPTION = Option("a", OptionKind.LEAD, STAKE, (Share(STAKE, 15.0, 15.0, 0.0),))


def verdict(source: str, what: Verdict) -> LinkJudged:
    said = EdgeVerdict(source, "time_on_platform", Horizon.SHORT, what, "U1", NOW)
    return LinkJudged(by="U1", at=NOW, verdict=said)


LINES: tuple[tuple[Decision, str], ...] = (
    (verdict("ad_load", Verdict.DENIED), "<@U1> said that “advertising load → time on platform” does not hold."),
    (
        verdict("own:gone", Verdict.CHANGED),
        "<@U1> said that “a metric that is not shown → time on platform” works otherwise.",
    ),
    (
        MetricExplained(by="U2", at=NOW, factor=NewFactor("own:calm", "calm", "more calm", "less calm", "U2", NOW)),
        "<@U2> said what moves a metric that nobody knew.",
    ),
    (
        RoundOpened(by="", at=NOW, number=1, options=(OPTION,), voters=("U1", "U2"), due=date(2026, 12, 1), basis="x"),
        "Round 1 of votes began, for 2 people on 1 option.",
    ),
    (BallotCast(by="U1", at=NOW, number=1, ranking=("a",), reason="secret"), "<@U1> voted in round 1."),
    (RoundClosed(by="", at=NOW, number=1, absent=("U2",), outcome="again"), "Round 1 ended. Absent: <@U2>."),
    (
        BalanceSettled(
            by="U1", at=NOW, option=OPTION, basis="x", why="It is time.", dissent=(Dissent(person="U2", preferred="b"),)
        ),
        "<@U1> decided: *Lead with time on platform*. “It is time.” 1 wanted another option.",
    ),
    (BalanceDropped(by="", at=NOW, why="The goals changed."), "The goals changed."),
    (Signed(by="U2", at=NOW, digests={}), "<@U2> approved the goal card."),
    (Objected(by="U3", at=NOW, reason="Too dear."), "<@U3> objected: “Too dear.”"),
    (RisksAcknowledged(by="U1", at=NOW, risks=("a", "b"), note="Read."), "<@U1> accepted 2 risks. “Read.”"),
    (CharterKept(by="U1", at=NOW, version=2, charter="{}"), "Version 2 of the charter was written for <@U1>."),
)


def read(*lines: Decision) -> str:
    return "\n".join(view_texts(draw_decisions(KICKOFF, GRAPH, lines)))


def test_every_line_is_said_in_plain_words_the_newest_first() -> None:
    said = read(*(line for line, _ in LINES))
    for _, words in LINES:
        assert f"• Thursday 26 November: {words}" in said, words
    assert said.index("Version 2 of the charter") < said.index("Round 1 of votes began")
    assert "secret" not in said


def test_a_signature_that_is_open_again_names_what_changed() -> None:
    reopened = SignatureReopened(by="", at=NOW, person="U2", lines=("Leading metric",), why="")
    assert "<@U2> was asked again, since this changed: Leading metric." in read(reopened)


def test_an_empty_ledger_and_a_long_one() -> None:
    assert "Nothing has been decided yet." in read()
    many = [Signed(by=f"U{n}", at=NOW, digests={}) for n in range(70)]
    assert "• and 10 older ones" in read(*many)


def test_what_became_private_is_not_named() -> None:
    first, *others = KICKOFF.participants
    private = replace(first, interview=replace(first.interview, confidential=frozenset({"goal"})))
    hidden = replace(KICKOFF, participants=(private, *others))
    settled = BalanceSettled(by="", at=NOW, option=OPTION, basis="x")
    assert "time on platform" not in "\n".join(view_texts(draw_decisions(hidden, GRAPH, (settled,))))


def test_a_metric_of_ones_own_is_named_only_while_a_goal_for_it_is_open() -> None:
    metric = "tickets of the <b> kind"
    (first, *_others) = KICKOFF.participants
    goal = first.interview.objectives[0].model_copy(update={"metric": metric, "family": None})
    openly = KICKOFF.with_participant(replace(first, interview=replace(first.interview, objectives=(goal,))))
    factor = new_factor(goal, first.person, NOW)
    graph = apply_verdicts(GRAPH, (), (factor,))
    line = LinkJudged(
        by="U1", at=NOW, verdict=EdgeVerdict("ad_load", factor.id, Horizon.SHORT, Verdict.DENIED, "U1", NOW)
    )
    assert f"→ {quote(factor.name)}”" in "\n".join(view_texts(draw_decisions(openly, graph, (line,))))
    kept = openly.participants[0]
    private = openly.with_participant(
        replace(kept, interview=replace(kept.interview, confidential=frozenset({"goal"})))
    )
    said = "\n".join(view_texts(draw_decisions(private, graph, (line,))))
    assert "→ a metric that is not shown”" in said
    assert "tickets" not in said


def test_a_link_that_is_gone_is_said_all_the_same() -> None:
    said = say_what_was_said(GRAPH, [verdict("own:gone", Verdict.CHANGED)])
    assert said == "<@U1> judged a link that is not there any more."
