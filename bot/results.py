"""What the app posts when the last interview ends: the goals side by side, where they collide, a first score.

Results that a later change has overtaken give way to new ones; the same are never posted twice. They are worked out
when they are sent, so that nobody's answer waits for it.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.agreement_review import review
from bot.app import App
from bot.blocks import mention, quote, words
from bot.conflict_board import OUTDATED, board_name, draw_board
from bot.effects import Effect, ShowResults, edit, kickoff_lane, post
from bot.findings import find_for, read_posted
from bot.first_score import draw_score
from bot.metric_form import draw_question, unknown_metrics
from flows.agreement import Agreement
from flows.changes import Change, find_changes
from flows.findings import Findings
from flows.kickoffs import Kickoff, Standing
from flows.scores import first_score
from flows.wishes import Stake
from storage import history, kickoffs, outbox
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
    if _same_goals(before, kickoff) and _same_score(before, kickoff):
        if _same_card(before, kickoff):
            return "Nothing changed, so the results in the channel stay as they are."
        kickoffs.conclude(connection, kickoff.id, app.clock())
        review(connection, app, kickoff, _say_who_changed(before, kickoff))
        return "The results in the channel stay as they are."
    _show(connection, app, kickoff, ShowResults(kickoff_id=kickoff.id, since=kickoff.concluded_at))
    kickoffs.conclude(connection, kickoff.id, app.clock())
    return "The results in the channel are brought up to date."


def _same_goals(before: Kickoff, after: Kickoff) -> bool:
    return before.stakes == after.stakes


def _same_score(before: Kickoff, after: Kickoff) -> bool:
    old, new = (
        (first_score(one.stakes, one.answers), first_score(one.stakes, one.shown_answers)) for one in (before, after)
    )
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


def hide(connection: Connection, app: App, kickoff: Kickoff) -> None:
    """Redraw the posted results, now that somebody keeps their goals between them and the app, or no longer does."""
    if kickoff.concluded_at is not None:
        _show(connection, app, kickoff, ShowResults(kickoff_id=kickoff.id, anew=False))


def _show(connection: Connection, app: App, kickoff: Kickoff, results: ShowResults) -> None:
    outbox.put(connection, [results.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


async def show_results(app: App, parcel: Claimed) -> None:
    """Work the results out and post them, or redraw those that are there."""
    effect = ShowResults.model_validate(parcel.effect)

    def read(connection: Connection) -> tuple[Kickoff, Agreement, Kickoff | None]:
        after, stands = read_posted(connection, effect.kickoff_id)
        return after, stands, history.as_of(connection, after, effect.since) if effect.since else None

    after, stands, before = await app.transact_behind(read)
    findings = await find_for(app, after, stands)
    same_board = before is not None and findings == await find_for(app, before, stands)
    if effect.anew:
        effects = _draw_anew(before, after, findings, same_board=same_board)
    else:
        effects = _redraw(after, findings, effect.top)

    def put(connection: Connection) -> None:
        outbox.finish(connection, parcel.id, app.clock())
        outbox.put(connection, [one.parcel(parcel.workspace, parcel.lane) for one in effects], app.clock())
        review(connection, app, after, effect.top or _list_changes(before, after), hides=not effect.anew)

    await app.transact_behind(put)


def _redraw(kickoff: Kickoff, findings: Findings, top: str) -> list[Effect]:
    name, board = board_name(kickoff.id), draw_board(kickoff, findings, top=top)
    said: list[Effect] = [
        edit(name, board.said, board.pictures),
        edit(score_name(kickoff.id), draw_score(kickoff)),
    ]
    return [*said, post(words(top), thread=name)] if top else said


def _draw_anew(before: Kickoff | None, after: Kickoff, findings: Findings, *, same_board: bool) -> list[Effect]:
    """What there is to post and to edit. The order matters, as a new message takes over the name of the old."""
    name, score = board_name(after.id), score_name(after.id)
    board = draw_board(after, findings, top=_say_changes(before, after), informed=after.observers)
    new = [
        post(board.said, channel=after.channel, name=name, pictures=board.pictures),
        *(post(draw_question(after, one), thread=name) for one in _unknown(after, findings)),
    ]
    if before is None:
        return [*new, post(draw_score(after), channel=after.channel, name=score)]
    if same_board:
        new_score = draw_score(after, top=_say_changes(before, after))
        return [edit(score, OUTDATED), post(new_score, channel=after.channel, name=score)]
    return [
        edit(name, OUTDATED),
        edit(score, OUTDATED),
        *new,
        post(draw_score(after), channel=after.channel, name=score),
    ]


def _unknown(kickoff: Kickoff, findings: Findings) -> tuple[Stake, ...]:
    return unknown_metrics(kickoff, findings.stakes, findings.graph)[:_ASKED_AT_ONCE]


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
