"""What a later change does to what was agreed on: the balance, a vote under way, and the signatures (K35, K47).

A goal, a floor, a deadline or a link that changes after the fact reopens exactly what hangs on it, and those concerned
are told. Where the settled option still works with the new numbers it is worked out anew; else it is dropped.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot.app import App
from bot.balance import Proposal, work_out
from bot.balance_messages import say_option
from bot.blocks import Button, Words, actions, mention, quote, section, words
from bot.brevity import MOST_WORDS, count_words, cut_words, list_people
from bot.charter import write_canvas_anew
from bot.conflict_board import FIND_BALANCE
from bot.effects import Effect, ProposeOptions, ReviewAgreement, kickoff_lane, post
from bot.findings import expect_unchanged, find_for, read_posted
from bot.goal_card import card_of, goal_card_name, refresh_goal_card
from bot.voting import redraw, take_back
from flows.agreement import Agreement
from flows.balance import Option
from flows.decisions import BalanceDropped, BalanceSettled, SignatureReopened
from flows.findings import Findings, basis
from flows.kickoffs import Kickoff
from flows.signing import to_reopen
from flows.wishes import same_metric
from storage import decisions, kickoffs, outbox
from storage.outbox import Claimed

_LINES_NAMED = 3
_PEOPLE_NAMED = 4
_HIDDEN = "What is kept private has changed."


def review(connection: Connection, app: App, kickoff: Kickoff, what: str, *, hides: bool = False) -> None:
    """Have it looked at after this transaction, if there is anything to look at.

    Args:
        connection: The transaction.
        app: The app.
        kickoff: Whose agreement.
        what: What changed, in mrkdwn.
        hides: Whether somebody keeps their goals between them and the app now, or no longer does.
    """
    stands = decisions.agreement_of(connection, kickoff.id)
    if stands.settled or stands.rounds or stands.signatures or (hides and stands.charters):
        effect = ReviewAgreement(kickoff_id=kickoff.id, what=what, hides=hides)
        outbox.put(connection, [effect.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


async def review_agreement(app: App, parcel: Claimed) -> None:
    """Look whether what was agreed on still fits, and say what does not."""
    effect = ReviewAgreement.model_validate(parcel.effect)
    found, stood = await app.transact_behind(lambda connection: read_posted(connection, effect.kickoff_id))
    findings = await find_for(app, found, stood)
    # The newest options were worked out before anybody voted on them.
    floors = replace(stood, rounds=stood.rounds[:-1]).floors
    proposal = await asyncio.to_thread(work_out, found, findings, floors) if stood.basis else Proposal(())

    def act(connection: Connection) -> None:
        if not outbox.finish(connection, parcel.id, app.clock()):
            return
        kickoffs.load(connection, effect.kickoff_id, lock=True)
        expect_unchanged(connection, found, stood)
        kickoff, stands = read_posted(connection, effect.kickoff_id)
        has_card = stands.settled or stands.signatures
        said = list(_look_at_balance(connection, app, kickoff, stands, findings, proposal.options, effect))
        kickoff, stands = read_posted(connection, effect.kickoff_id)
        said += _look_at_signatures(connection, app, kickoff, stands, effect.what)
        lane = kickoff_lane(kickoff.id)
        outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in said], app.clock())
        if has_card:
            refresh_goal_card(connection, app, kickoff.id)
        if effect.hides:
            write_canvas_anew(connection, app, kickoff, read_posted(connection, kickoff.id)[1], findings)

    await app.transact_behind(act)


def _look_at_balance(
    connection: Connection,
    app: App,
    kickoff: Kickoff,
    stands: Agreement,
    findings: Findings,
    options: Sequence[Option],
    effect: ReviewAgreement,
) -> Iterator[Effect]:
    """Drop what no longer fits, or work it out anew; return what is said of it."""
    if effect.hides:
        yield from redraw(kickoff, stands)
    what = effect.what or (_HIDDEN if effect.hides else "")
    now, settled = app.clock(), stands.settled
    if settled is None:
        if stands.round is None or stands.round.opened.options == tuple(options):
            return
        dropped = BalanceDropped(by="", at=now, why="The goals or links changed during the vote.")
        yield from take_back(kickoff, stands)
        why = f"{what} So the vote begins anew, with new options.".strip()
        yield ProposeOptions(kickoff_id=kickoff.id, why=why)
    else:
        again = _find_again(settled.option, options)
        if again == settled.option:
            return
        if again:
            rests_on = basis(findings.stakes, findings.graph)
            why = "The numbers changed; the balance is the same."
            same = BalanceSettled(by="", at=now, option=again, dissent=settled.dissent, why=why, basis=rests_on)
            decisions.add(connection, kickoff.id, [same])
            return
        dropped = BalanceDropped(by="", at=now, why="The settled balance no longer fits the goals as they are.")
        yield from take_back(kickoff, stands)
        yield post(_draw_dropped(kickoff, settled.option, what), channel=kickoff.channel)
    decisions.add(connection, kickoff.id, [dropped])
    decisions.look_at_vote(connection, kickoff.id, None)


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
    end = f"*{say_option(kickoff, option)}* no longer fits, so the balance is open again. {mention(kickoff.owner)} can "
    end += "ask for new options."
    text = f"{cut_words(what, MOST_WORDS - count_words(end))} {end}".strip()
    button = Button("Find a balance", FIND_BALANCE, str(kickoff.id), primary=True)
    return words(f"{quote(kickoff.name, 150)}: the balance is open again.", [section(text), actions([button])])


def _look_at_signatures(
    connection: Connection, app: App, kickoff: Kickoff, stands: Agreement, what: str
) -> Iterator[Effect]:
    """Ask exactly those anew whose lines changed, and tell each of them which."""
    people: dict[tuple[str, ...], list[str]] = {}
    if stands.signatures:
        for signature, titles in to_reopen(kickoff, stands, card_of(kickoff, stands)):
            people.setdefault(titles, []).append(signature.person)
    for titles, those in people.items():
        at = app.clock()
        lines = [SignatureReopened(by="", at=at, person=person, lines=titles, why=what) for person in those]
        decisions.add(connection, kickoff.id, lines)
        told = _draw_reopened(those, titles, what, settled=stands.settled is not None)
        yield post(told, thread=goal_card_name(kickoff.id))


def _draw_reopened(people: Sequence[str], titles: Sequence[str], what: str, *, settled: bool) -> Words:
    named = ", ".join(quote(cut_words(title, 6), 60) for title in titles[:_LINES_NAMED])
    more = f" and {len(titles) - _LINES_NAMED} more" if len(titles) > _LINES_NAMED else ""
    begin = f"{list_people(people, _PEOPLE_NAMED)}: the goal card has changed since you approved it: {named}{more}."
    end = "Please look again." if settled else "I ask you again once the balance is settled."
    return words(" ".join(filter(None, (begin, cut_words(what, MOST_WORDS - count_words(begin, end)), end))))
