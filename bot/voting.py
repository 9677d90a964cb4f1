"""Blind votes on how to balance the goals: a round is opened, held in private, and closed in time (K46, K47)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.app import App
from bot.balance_messages import RANK, draw_option, draw_round, draw_settled, draw_spread
from bot.blocks import Button, actions, quote, section, words
from bot.deliveries import Press
from bot.effects import (
    Effect,
    ProposeOptions,
    RemindVoter,
    ShowGoalCard,
    direct_lane,
    edit,
    kickoff_lane,
    post,
    vote_lane,
)
from bot.kickoff_card import refresh
from bot.whispers import whisper
from flows.agreement import Round, follow
from flows.balance import Option
from flows.decisions import BalanceSettled, BallotCast, RoundClosed, RoundOpened
from flows.kickoffs import Kickoff
from flows.voting import Outcome, favourite, outcome
from flows.working_days import add_working_days, place, zone_named
from storage import decisions, deliveries, kickoffs, outbox
from storage.outbox import Claimed

DAYS_TO_VOTE = 3
"""Working days that a round of votes is open."""

_MORNING = time(9)
_OVER_EVERYWHERE = time(12)
"""At noon UTC of the next day, a day has ended in every zone on Earth."""
_AT_ONCE = 20


def round_name(kickoff_id: int) -> str:
    """The name of the message under which the newest round is held."""
    return f"balance:{kickoff_id}:round"


def voters_of(kickoff: Kickoff) -> tuple[str, ...]:
    """Who is asked to vote: all stakeholders who can be reached."""
    return tuple(one.person for one in kickoff.counted if not one.is_called_off and not one.gone)


def open_round(
    connection: Connection, app: App, kickoff: Kickoff, options: Sequence[Option], basis: str, *, top: str = ""
) -> None:
    """Open the next round with these options: kept, posted with the details in its thread, and looked at in time."""
    now = app.clock()
    stands = follow(decisions.of_kickoff(connection, kickoff.id))
    number = len(stands.rounds) + 1 if stands.settled is None else 1
    due = add_working_days(now.date(), DAYS_TO_VOTE)
    opened = RoundOpened(
        by="", at=now, number=number, options=tuple(options), voters=voters_of(kickoff), due=due, basis=basis
    )
    decisions.add(connection, kickoff.id, [opened])
    decisions.look_at_vote(connection, kickoff.id, over_everywhere(due))
    name = round_name(kickoff.id)
    said: list[Effect] = [post(draw_round(kickoff, Round(opened), top=top), channel=kickoff.channel, name=name)]
    said += [post(draw_option(kickoff, option, nth), thread=name) for nth, option in enumerate(options)]
    _say(connection, app, kickoff, said)
    for person in opened.voters:
        reminder = RemindVoter(kickoff_id=kickoff.id, number=number, person=person)
        parcel = reminder.parcel(kickoff.workspace, vote_lane(kickoff.id, number, person))
        outbox.put(connection, [parcel], now, due_at=_morning_of(kickoff, person, due))


def over_everywhere(due: date) -> datetime:
    """The moment, in UTC, at which that day is over wherever somebody votes."""
    return datetime.combine(due + timedelta(days=1), _OVER_EVERYWHERE, UTC)


def _morning_of(kickoff: Kickoff, person: str, day: date) -> datetime:
    participant = kickoff.find(person)
    zone = participant.zone if participant and participant.zone else kickoff.nudge.zone
    return place(day, _MORNING, zone_named(zone))


def count_vote(connection: Connection, app: App, kickoff: Kickoff, ballot: BallotCast) -> None:
    """Keep a vote; the round's message says how many are in, and with the last of them the round is over."""
    decisions.add(connection, kickoff.id, [ballot])
    open_round = follow(decisions.of_kickoff(connection, kickoff.id)).open_round
    if open_round is None:
        return
    if open_round.missing:
        _say(connection, app, kickoff, [edit(round_name(kickoff.id), draw_round(kickoff, open_round))])
    else:
        close_round(connection, app, kickoff)


def close_round(connection: Connection, app: App, kickoff: Kickoff, by: str = "") -> None:
    """End the open round, if there is one: show how the options were ranked, and do what follows from it."""
    now = app.clock()
    over = follow(decisions.of_kickoff(connection, kickoff.id)).open_round
    if over is None:
        return
    follows = outcome(over)
    closed = RoundClosed(by=by, at=now, number=over.opened.number, absent=over.missing, outcome=follows.value)
    decisions.add(connection, kickoff.id, [closed])
    decisions.look_at_vote(connection, kickoff.id, None)
    ended = follow(decisions.of_kickoff(connection, kickoff.id)).round or over
    said: list[Effect] = [
        edit(round_name(kickoff.id), draw_round(kickoff, ended)),
        post(draw_spread(kickoff, ended), channel=kickoff.channel, name=f"balance:{kickoff.id}:spread"),
    ]
    if follows is Outcome.AGAIN:
        said.append(ProposeOptions(kickoff_id=kickoff.id))
    _say(connection, app, kickoff, said)
    if follows is Outcome.AGREED:
        settle(
            connection, app, kickoff, BalanceSettled(by="", at=now, option=favourite(ended), basis=ended.opened.basis)
        )


def settle(connection: Connection, app: App, kickoff: Kickoff, settled: BalanceSettled) -> None:
    """Keep the balance that was found, say so, and draw up the goal card that follows from it."""
    decisions.add(connection, kickoff.id, [settled])
    decisions.look_at_vote(connection, kickoff.id, None)
    stands = follow(decisions.of_kickoff(connection, kickoff.id))
    said: list[Effect] = [
        post(draw_settled(kickoff, settled, stands), channel=kickoff.channel, name=f"balance:{kickoff.id}:settled"),
        ShowGoalCard(kickoff_id=kickoff.id),
    ]
    _say(connection, app, kickoff, said)


def _say(connection: Connection, app: App, kickoff: Kickoff, effects: Sequence[Effect]) -> None:
    lane = kickoff_lane(kickoff.id)
    outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in effects], app.clock())
    refresh(connection, kickoff, app)


async def press_close(app: App, press: Press) -> None:
    """The owner ends the vote without those who have not voted."""
    kickoff_id, number = (int(part) for part in press.value.split("|"))

    def close(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        open_round = follow(decisions.of_kickoff(connection, kickoff_id)).open_round
        refusal = ""
        if not kickoff.may_change_nudges(press.person):
            refusal = "Only the product owner and whoever started this kickoff can close the vote."
        elif open_round is None or open_round.opened.number != number:
            refusal = "This vote is over already."
        if refusal:
            outbox.put(connection, [whisper(press, refusal)], app.clock())
        else:
            close_round(connection, app, kickoff, by=press.person)

    await app.transact(close)


async def close_due_votes(app: App) -> int:
    """Close the votes whose time is up; return how many were looked at."""

    def close(connection: Connection) -> int:
        due = decisions.claim_due_votes(connection, app.clock(), _AT_ONCE)
        for kickoff_id in due:
            close_round(connection, app, kickoffs.load(connection, kickoff_id, lock=True))
        return len(due)

    return await app.transact(close)


async def remind_voter(app: App, parcel: Claimed) -> None:
    """Remind somebody of the vote on its last day, unless they have voted or it is over."""
    effect = RemindVoter.model_validate(parcel.effect)

    def remind(connection: Connection) -> None:
        now = app.clock()
        outbox.finish(connection, parcel.id, now)
        kickoff = kickoffs.load(connection, effect.kickoff_id)
        open_round = follow(decisions.of_kickoff(connection, effect.kickoff_id)).open_round
        if open_round is None or open_round.opened.number != effect.number or effect.person not in open_round.missing:
            return
        text = f"Today is the last day to rank the options of *{quote(kickoff.name, 100)}*. It takes a minute."
        button = Button("Rank them in private", RANK, f"{kickoff.id}|{effect.number}", primary=True)
        said = post(words(text, [section(text), actions([button])]), person=effect.person)
        outbox.put(connection, [said.parcel(kickoff.workspace, direct_lane(effect.person))], now)

    await app.transact_behind(remind)
