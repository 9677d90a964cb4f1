"""What a later change does to what was agreed on: the balance, a vote under way, and the signatures (K35, K47).

A goal, a floor, a deadline or a link that changes after the fact reopens exactly what hangs on it, and those concerned
are told. Where the settled option still works with the new numbers it is worked out anew; else it is dropped.
"""

import asyncio
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.balance import work_out
from bot.balance_messages import name_option
from bot.blocks import Button, Words, actions, quote, section, words
from bot.brevity import list_people
from bot.conflict_board import FIND_BALANCE
from bot.effects import Effect, ProposeOptions, ReviewAgreement, edit, kickoff_lane, post
from bot.findings import find_for, read_posted
from bot.goal_card import card_of, goal_card_name, refresh_goal_card
from bot.voting import round_name
from flows.agreement import Agreement, follow
from flows.balance import Option
from flows.decisions import BalanceDropped, BalanceSettled, Decision, SignatureReopened
from flows.findings import Findings, basis
from flows.kickoffs import Kickoff
from flows.signing import to_reopen
from flows.wishes import same_metric
from storage import decisions, kickoffs, outbox
from storage.outbox import Claimed

_LINES_NAMED = 3


def review(connection: Connection, app: App, kickoff: Kickoff, what: str) -> None:
    """Have it looked at after this transaction, if there is anything to look at; `what` changed, in mrkdwn."""
    stands = follow(decisions.of_kickoff(connection, kickoff.id))
    if stands.settled or stands.open_round or stands.signatures:
        effect = ReviewAgreement(kickoff_id=kickoff.id, what=what)
        outbox.put(connection, [effect.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


async def review_agreement(app: App, parcel: Claimed) -> None:
    """Look whether what was agreed on still fits, and say what does not."""
    effect = ReviewAgreement.model_validate(parcel.effect)
    kickoff, stands = await app.transact_behind(lambda connection: read_posted(connection, effect.kickoff_id))
    findings = await find_for(app, kickoff, stands)
    options = await asyncio.to_thread(work_out, kickoff, findings, stands) if stands.settled else ()

    def act(connection: Connection) -> None:
        outbox.finish(connection, parcel.id, app.clock())
        kickoffs.load(connection, effect.kickoff_id, lock=True)
        kickoff, stands = read_posted(connection, effect.kickoff_id)
        _look_at_balance(connection, app, kickoff, stands, findings, options, effect.what)
        kickoff, stands = read_posted(connection, effect.kickoff_id)
        _look_at_signatures(connection, app, kickoff, stands, effect.what)

    await app.transact_behind(act)


def _look_at_balance(
    connection: Connection,
    app: App,
    kickoff: Kickoff,
    stands: Agreement,
    findings: Findings,
    options: Sequence[Option],
    what: str,
) -> None:
    rests_on = basis(findings.stakes, findings.graph)
    if stands.basis in {"", rests_on}:
        return
    now = app.clock()
    lines: list[Decision]
    said: list[Effect]
    if stands.settled is None:
        if stands.open_round is None:
            return
        lines = [BalanceDropped(by="", at=now, why="The goals or links changed during the vote.")]
        top = f"{what} So the vote starts over.".strip()
        over = words("The vote started over, since something changed. The new options are further down.")
        said = [edit(round_name(kickoff.id), over), ProposeOptions(kickoff_id=kickoff.id, top=top)]
    elif again := _find_again(stands.settled.option, options):
        why = "The numbers changed; the balance is the same."
        lines = [BalanceSettled(by="", at=now, option=again, why=why, basis=rests_on)]
        said = []
    else:
        lines = [BalanceDropped(by="", at=now, why="The settled balance no longer works with the goals as they are.")]
        said = [post(_draw_dropped(kickoff, stands.settled.option, what), channel=kickoff.channel)]
    decisions.add(connection, kickoff.id, lines)
    decisions.look_at_vote(connection, kickoff.id, None)
    lane = kickoff_lane(kickoff.id)
    outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in said], now)


def _find_again(settled: Option, options: Sequence[Option]) -> Option | None:
    """The same balance with the new numbers: of the same kind, led by the same metric of the same person."""
    leading = settled.leading
    return next(
        (
            one
            for one in options
            if one.kind is settled.kind
            and one.leading.owner == leading.owner
            and same_metric(one.leading.objective, leading.objective)
        ),
        None,
    )


def _draw_dropped(kickoff: Kickoff, option: Option, what: str) -> Words:
    text = f"{what} *{name_option(option)}* no longer works with that, so the balance is open again.".strip()
    button = Button("Find a balance", FIND_BALANCE, str(kickoff.id), primary=True)
    return words(f"{quote(kickoff.name, 150)}: the balance is open again.", [section(text), actions([button])])


def _look_at_signatures(connection: Connection, app: App, kickoff: Kickoff, stands: Agreement, what: str) -> None:
    if not stands.signatures:
        return
    now = app.clock()
    reopened = list(to_reopen(stands, card_of(kickoff, stands)))
    lines = [
        SignatureReopened(by="", at=now, person=signature.person, lines=titles, why=what)
        for signature, titles in reopened
    ]
    decisions.add(connection, kickoff.id, lines)
    if reopened:
        told = _draw_reopened([line.person for line in lines], reopened[0][1], what)
        said = post(told, thread=goal_card_name(kickoff.id))
        outbox.put(connection, [said.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], now)
    refresh_goal_card(connection, app, kickoff.id)


def _draw_reopened(people: Sequence[str], titles: Sequence[str], what: str) -> Words:
    named = ", ".join(quote(title, 60) for title in titles[:_LINES_NAMED])
    more = f" and {len(titles) - _LINES_NAMED} more" if len(titles) > _LINES_NAMED else ""
    changed = f"the goal card has changed since you approved it: {named}{more}."
    return words(f"{list_people(people, 4)}: {changed} {what} Please look again.")
