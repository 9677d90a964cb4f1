"""What the app posts when the last interview ends: the goals side by side, where they collide, a first score.

Results that a later change has overtaken give way to new ones; the same are never posted twice. They are worked out
when they are sent, so that nobody's answer waits for it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.agreement_review import review
from bot.app import App
from bot.availability import today_in
from bot.blocks import Button, Words, actions, mention, quote, section, words
from bot.brevity import MOST_WORDS, count_words
from bot.conflict_board import OUTDATED, board_name, draw_board
from bot.conflict_changes import Difference, compare, count_difference, say_difference, say_what_was_said
from bot.conflict_detail import LOOK
from bot.effects import Effect, RefreshScore, ShowResults, edit, kickoff_lane, post
from bot.findings import expect_unchanged, find_for, read_posted
from bot.first_score import draw_score
from bot.metric_form import draw_question, unknown_metrics
from flows.agreement import Agreement, follow
from flows.capacity import find_shortages
from flows.changes import Change, find_changes
from flows.decisions import LinkJudged, MetricExplained
from flows.edge_verdicts import name_link
from flows.findings import Findings
from flows.kickoffs import Kickoff, Standing
from flows.known import list_said
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.scoring.scales import Calibration
from storage import decisions, history, kickoffs, outbox
from storage.calibration import calibration_of
from storage.outbox import Claimed

_CHANGES_SHOWN = 2
_CHANGE = 120
_ASKED_AT_ONCE = 3


def conclude_if_done(connection: Connection, app: App, kickoff: Kickoff) -> str:
    """Have the results posted once nobody is left to wait for, if anybody answered at all, and again when they changed.

    Returns:
        What becomes of the results, in a sentence for whoever finished just now.
    """
    finished = kickoff.concluded_at or any(one.standing is Standing.FINISHED for one in kickoff.participants)
    if kickoff.waiting_for or not finished:
        if kickoff.concluded_at is None:
            return "When everyone is done, I set the goals side by side in the channel."
        return "When everyone is done, I bring the results in the channel up to date."
    if kickoff.concluded_at is None:
        _show(connection, app, kickoff, ShowResults(kickoff_id=kickoff.id))
        kickoffs.conclude(connection, kickoff.id, app.clock())
        return "Everyone is done, so the goals are side by side in the channel."
    before = history.as_of(connection, kickoff, kickoff.concluded_at)
    if before.stakes == kickoff.stakes and _same_score(before, kickoff) and _same_shortages(app, before, kickoff):
        if _same_card(before, kickoff):
            return "Nothing changed, so the results in the channel stay as they are."
        kickoffs.conclude(connection, kickoff.id, app.clock())
        review(connection, app, kickoff, _say_who_changed(before, kickoff))
        return "The results in the channel stay as they are."
    _show(connection, app, kickoff, ShowResults(kickoff_id=kickoff.id, since=kickoff.concluded_at))
    kickoffs.conclude(connection, kickoff.id, app.clock())
    return "The results in the channel are brought up to date."


def _same_score(before: Kickoff, after: Kickoff) -> bool:
    old, new = (score_project(hear(one)) for one in (before, after))
    return old == new


def _same_card(before: Kickoff, after: Kickoff) -> bool:
    """Whether the answers and people are the same from which goal card and charter are drawn up."""
    old, new = ((one.shown_answers, [part.person for part in one.counted]) for one in (before, after))
    return old == new


def _say_who_changed(before: Kickoff, after: Kickoff) -> str:
    then = {one.person: one.interview.answers for one in before.counted}
    changed = [one.person for one in after.counted if one.interview.answers != then.pop(one.person, {})]
    said = [f"{mention(person)} changed answers." for person in changed]
    said += [f"{mention(person)} was taken out." for person in then]
    return " ".join(said[:_CHANGES_SHOWN])


def _same_shortages(app: App, before: Kickoff, after: Kickoff) -> bool:
    today = today_in(app, after.nudge.zone)
    old, new = (find_shortages(one.stakes, list_said(one), today) for one in (before, after))
    return old == new


def hide(connection: Connection, app: App, kickoff: Kickoff) -> None:
    """Redraw the posted results, now that somebody keeps their goals between them and the app, or no longer does."""
    if kickoff.concluded_at is not None:
        _show(connection, app, kickoff, ShowResults(kickoff_id=kickoff.id, anew=False))


def _show(connection: Connection, app: App, kickoff: Kickoff, results: ShowResults) -> None:
    outbox.put(connection, [results.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


async def show_results(app: App, parcel: Claimed) -> None:
    """Work the results out and post them, or redraw those that are there."""
    effect = ShowResults.model_validate(parcel.effect)

    def read(connection: Connection) -> tuple[Kickoff, Agreement, Kickoff | None, Calibration]:
        after, stands = read_posted(connection, effect.kickoff_id)
        before = history.as_of(connection, after, effect.since) if effect.since else None
        return after, stands, before, calibration_of(connection, parcel.workspace)

    after, stands, before, calibration = await app.transact_behind(read)
    findings = await find_for(app, after, stands)
    said = await _what_was_said(app, after, findings, effect.lines) if effect.lines else None
    if effect.anew:
        same_board = before is not None and findings == await find_for(app, before, stands)
        effects = _draw_anew(before, after, findings, calibration, same_board=same_board)
    else:
        effects = _redraw(after, findings, said, calibration)

    def put(connection: Connection) -> None:
        if not outbox.finish(connection, parcel.id, app.clock()):
            return
        expect_unchanged(connection, after, stands)
        outbox.put(connection, [one.parcel(parcel.workspace, parcel.lane) for one in effects], app.clock())
        what = said.who if said else _list_changes(before, after)
        review(connection, app, after, what, hides=not effect.anew and effect.lines is None)

    await app.transact_behind(put)


@dataclass(frozen=True)
class _Said:
    """What somebody said of a link or a metric: who and what, what followed, and the link."""

    who: str
    difference: Difference
    link: str


async def _what_was_said(app: App, kickoff: Kickoff, findings: Findings, lines: tuple[int, int]) -> _Said:
    ledger = await app.transact_behind(lambda connection: decisions.of_kickoff(connection, kickoff.id))
    before, after = [await find_for(app, kickoff, follow(ledger[:end])) for end in lines]
    told = ledger[slice(*lines)]
    judged = next((line.verdict for line in told if isinstance(line, LinkJudged)), None)
    explained = any(isinstance(line, MetricExplained) for line in told)
    link = name_link(judged) if judged and not explained else ""
    return _Said(say_what_was_said(findings.graph, told), compare(before, after), link)


async def send_score(app: App, parcel: Claimed) -> None:
    """Draw the newest score anew, where one is posted, with what closed projects teach by now."""
    kickoff_id = RefreshScore.model_validate(parcel.effect).kickoff_id

    def read(connection: Connection) -> tuple[Kickoff, Calibration]:
        return read_posted(connection, kickoff_id)[0], calibration_of(connection, parcel.workspace)

    kickoff, calibration = await app.transact_behind(read)
    count = f"{calibration.projects} closed projects are counted in"
    top = f"*Brought up to date:* {count if calibration.projects else 'closed projects are left out'}."
    said = await asyncio.to_thread(draw_score, kickoff, top=top, calibration=calibration)

    def put(connection: Connection) -> None:
        if outbox.finish(connection, parcel.id, app.clock()) and outbox.find_posted(connection, score_name(kickoff_id)):
            drawn = edit(score_name(kickoff_id), said).parcel(parcel.workspace, parcel.lane)
            outbox.put(connection, [drawn], app.clock())

    await app.transact_behind(put)


def _redraw(kickoff: Kickoff, findings: Findings, said: _Said | None, calibration: Calibration) -> list[Effect]:
    name = board_name(kickoff.id)
    top = f"{said.who} {count_difference(said.difference)}" if said else ""
    board = draw_board(kickoff, findings, top=top)
    redrawn: list[Effect] = [
        edit(name, board.said, board.pictures),
        edit(score_name(kickoff.id), draw_score(kickoff, calibration=calibration)),
    ]
    return [*redrawn, post(_draw_said(kickoff, said), thread=name)] if said else redrawn


def _draw_said(kickoff: Kickoff, said: _Said) -> Words:
    """What is said in the thread; whoever sees the link otherwise finds it behind a button, even if nobody holds it."""
    text = f"{said.who}\n{say_difference(said.difference, MOST_WORDS - count_words(said.who))}"
    if not said.link:
        return words(text)
    button = Button("I see it otherwise", LOOK, f"{kickoff.id}|{said.link}")
    return words(text, [section(text), actions([button])])


def _draw_anew(
    before: Kickoff | None, after: Kickoff, findings: Findings, calibration: Calibration, *, same_board: bool
) -> list[Effect]:
    """What there is to post and to edit. The order matters, as a new message takes over the name of the old."""
    name, score = board_name(after.id), score_name(after.id)
    board = draw_board(after, findings, top=_say_changes(before, after), informed=after.observers)
    first_score = post(draw_score(after, calibration=calibration), channel=after.channel, name=score)
    new = [
        post(board.said, channel=after.channel, name=name, pictures=board.pictures),
        *(post(draw_question(after, one), thread=name) for one in unknown_metrics(findings)[:_ASKED_AT_ONCE]),
    ]
    if before is None:
        return [*new, first_score]
    if same_board:
        new_score = draw_score(after, top=_say_changes(before, after), calibration=calibration)
        return [edit(score, OUTDATED), post(new_score, channel=after.channel, name=score)]
    return [
        edit(name, OUTDATED),
        edit(score, OUTDATED),
        *new,
        first_score,
    ]


def score_name(kickoff_id: int) -> str:
    """The name of the newest message with the score."""
    return f"results:{kickoff_id}:score"


def _say_changes(before: Kickoff | None, after: Kickoff) -> str:
    changes = _list_changes(before, after)
    return f"*Brought up to date.* {changes}" if changes else ""


def _list_changes(before: Kickoff | None, after: Kickoff) -> str:
    """What changed, the first of it in full, in mrkdwn; nothing where nothing did."""
    changes: Sequence[Change] = find_changes(before, after) if before else ()
    said = [f"{mention(one.person)} {quote(one.words, _CHANGE)}." for one in changes[:_CHANGES_SHOWN]]
    if len(changes) > _CHANGES_SHOWN:
        said.append(f"And {len(changes) - _CHANGES_SHOWN} more.")
    return " ".join(said)
