"""Blind votes on how to balance the goals: a round is opened, held in private, and closed in time (K46, K47)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.balance_messages import (
    OUTDATED,
    RANK,
    draw_option,
    draw_reasons,
    draw_round,
    draw_settled,
    draw_spread,
    reasons_against,
)
from bot.blocks import Button, actions, quote, section, words
from bot.brevity import MOST_WORDS, cut_words
from bot.deliveries import Press
from bot.effects import (
    Edit,
    Effect,
    ProposeOptions,
    RemindVoter,
    ReviewAgreement,
    ShowGoalCard,
    direct_lane,
    edit,
    post,
    vote_lane,
)
from bot.kickoff_card import say_all
from bot.projects import CLOSED
from bot.whispers import whisper
from flows.absence import is_away
from flows.agreement import Agreement, Round
from flows.balance import Option
from flows.decisions import BalanceSettled, BallotCast, RoundClosed, RoundOpened
from flows.kickoffs import Kickoff
from flows.voting import Outcome, favourite, outcome, shared_reasons, still_asked
from flows.working_days import add_working_days, place, zone_named
from storage import decisions, deliveries, kickoffs, outbox
from storage.outbox import Claimed

DAYS_TO_VOTE = 3
"""Working days that a round of votes is open."""

_MORNING = time(9)
_OVER_EVERYWHERE = time(12)
"""At noon UTC of the next day, a day has ended in every zone on Earth."""
_AT_ONCE = 20


def _round_name(kickoff_id: int, opened: RoundOpened) -> str:
    return f"balance:{kickoff_id}:round:{opened.key}"


def _option_name(kickoff_id: int, opened: RoundOpened, nth: int) -> str:
    return f"{_round_name(kickoff_id, opened)}:option:{nth}"


def _settled_name(kickoff_id: int) -> str:
    return f"balance:{kickoff_id}:settled"


def find_open_round(connection: Connection, kickoff: Kickoff) -> Round | None:
    """The round in which votes are taken, with those who can still vote in it; none while the project is closed."""
    found = decisions.agreement_of(connection, kickoff.id).open_round
    return still_asked(found, kickoff) if found and not kickoff.closed_at else None


def go_on_again(connection: Connection, kickoff: Kickoff) -> None:
    """Let the vote that was under way when the project was closed end in its time."""
    round_ = find_open_round(connection, kickoff)
    if round_:
        decisions.look_at_vote(connection, kickoff.id, over_everywhere(round_.opened.due))


def open_round(
    connection: Connection, app: App, kickoff: Kickoff, options: Sequence[Option], basis: str, *, why: str, note: str
) -> None:
    """Open the next round: kept, posted with the details in its thread, and looked at in time.

    Args:
        connection: A transaction that holds the kickoff's lock.
        app: The app.
        kickoff: Whose goals.
        options: What there is to rank.
        basis: What they were worked out from.
        why: Why the vote begins anew, in mrkdwn; empty where it does not.
        note: What there is to know of these options, in mrkdwn; it goes into the thread, as `why` does.
    """
    now = app.clock()
    stands = decisions.agreement_of(connection, kickoff.id)
    number = len(stands.rounds) + 1 if stands.settled is None else 1
    due = add_working_days(now.date(), DAYS_TO_VOTE)
    opened = RoundOpened(
        by="",
        at=now,
        number=number,
        options=tuple(options),
        voters=kickoff.reachable,
        due=due,
        basis=basis,
        why=why,
    )
    decisions.add(connection, kickoff.id, [opened])
    decisions.look_at_vote(connection, kickoff.id, over_everywhere(due))
    name = _round_name(kickoff.id, opened)
    said: list[Effect] = [] if number > 1 else list(take_back(kickoff, stands))
    said.append(post(draw_round(kickoff, Round(opened)), channel=kickoff.channel, name=name))
    said += [post(words(cut_words(one, MOST_WORDS)), thread=name) for one in (why, note) if one]
    said += [
        post(draw_option(kickoff, option, nth), thread=name, name=_option_name(kickoff.id, opened, nth))
        for nth, option in enumerate(options)
    ]
    said += _look_at_signatures(kickoff, stands)
    say_all(connection, app, kickoff, said)
    for person in opened.voters:
        reminder = RemindVoter(kickoff_id=kickoff.id, round=opened.key, person=person)
        parcel = reminder.parcel(kickoff.workspace, vote_lane(kickoff.id, opened.key, person))
        outbox.put(connection, [parcel], now, due_at=_morning_of(kickoff, person, due))


def take_back(kickoff: Kickoff, stands: Agreement) -> Iterator[Edit]:
    """Say under the votes so far, and under what was settled, that they do not count any more."""
    for round_ in stands.rounds:
        yield edit(_round_name(kickoff.id, round_.opened), OUTDATED)
        for nth, _ in enumerate(round_.opened.options):
            yield edit(_option_name(kickoff.id, round_.opened, nth), OUTDATED)
    if stands.settled:
        yield edit(_settled_name(kickoff.id), OUTDATED)


def redraw(kickoff: Kickoff, stands: Agreement) -> Iterator[Edit]:
    """The votes so far, and what was settled, without goals that somebody keeps between them and the app now."""
    for round_ in stands.rounds:
        shown = still_asked(round_, kickoff)
        yield edit(_round_name(kickoff.id, shown.opened), draw_round(kickoff, shown))
        for nth, option in enumerate(shown.opened.options):
            yield edit(_option_name(kickoff.id, shown.opened, nth), draw_option(kickoff, option, nth))
    if stands.settled:
        yield edit(_settled_name(kickoff.id), draw_settled(kickoff, stands.settled, stands))


def over_everywhere(due: date) -> datetime:
    """The moment, in UTC, at which that day is over wherever somebody votes."""
    return datetime.combine(due + timedelta(days=1), _OVER_EVERYWHERE, UTC)


def zone_of(kickoff: Kickoff, person: str) -> str:
    """The IANA zone by which somebody's days are counted: their own, or else the owner's."""
    participant = kickoff.find(person)
    return participant.zone if participant and participant.zone else kickoff.nudge.zone


def _morning_of(kickoff: Kickoff, person: str, day: date) -> datetime:
    return place(day, _MORNING, zone_named(zone_of(kickoff, person)))


def count_vote(connection: Connection, app: App, kickoff: Kickoff, ballot: BallotCast) -> None:
    """Keep a vote; the round's message says how many are in, and with the last of them the round is over."""
    decisions.add(connection, kickoff.id, [ballot])
    _go_on(connection, app, kickoff, find_open_round(connection, kickoff))


def follow_people(connection: Connection, app: App, before: Kickoff, after: Kickoff) -> None:
    """Go on without whoever cannot vote any more, if a vote is under way."""
    found = decisions.agreement_of(connection, after.id).open_round
    if found and still_asked(found, before) != still_asked(found, after):
        _go_on(connection, app, after, still_asked(found, after))


def _go_on(connection: Connection, app: App, kickoff: Kickoff, round_: Round | None) -> None:
    if round_ is None:
        return
    if round_.missing or not round_.ballots:
        say_all(connection, app, kickoff, [edit(_round_name(kickoff.id, round_.opened), draw_round(kickoff, round_))])
    else:
        close_round(connection, app, kickoff)


def close_round(connection: Connection, app: App, kickoff: Kickoff, by: str = "") -> None:
    """End the open round, if there is one: show how the options were ranked, and do what follows from it."""
    now = app.clock()
    over = find_open_round(connection, kickoff)
    if over is None:
        return
    follows = outcome(over)
    closed = RoundClosed(by=by, at=now, number=over.opened.number, absent=over.missing, outcome=follows.value)
    decisions.add(connection, kickoff.id, [closed])
    decisions.look_at_vote(connection, kickoff.id, None)
    ended = Round(over.opened, over.ballots, is_open=False)
    name = f"{_round_name(kickoff.id, over.opened)}:spread"
    said: list[Effect] = [
        edit(_round_name(kickoff.id, over.opened), draw_round(kickoff, ended)),
        post(draw_spread(kickoff, ended), channel=kickoff.channel, name=name),
        *(post(one, thread=name) for one in draw_reasons(shared_reasons(ended))),
    ]
    if follows is Outcome.AGAIN:
        said.append(ProposeOptions(kickoff_id=kickoff.id))
    say_all(connection, app, kickoff, said)
    if follows is Outcome.AGREED:
        agreed = BalanceSettled(by="", at=now, option=favourite(ended), basis=ended.opened.basis)
        settle(connection, app, kickoff, agreed)


def settle(connection: Connection, app: App, kickoff: Kickoff, settled: BalanceSettled) -> None:
    """Keep the balance that was found, say so, and draw up the goal card that follows from it."""
    before = decisions.agreement_of(connection, kickoff.id)
    decisions.add(connection, kickoff.id, [settled])
    decisions.look_at_vote(connection, kickoff.id, None)
    stands = decisions.agreement_of(connection, kickoff.id)
    name = _settled_name(kickoff.id)
    said: list[Effect] = [edit(name, OUTDATED)] if before.settled else []
    said += [
        post(draw_settled(kickoff, settled, stands), channel=kickoff.channel, name=name),
        *(post(one, thread=name) for one in draw_reasons(reasons_against(settled))),
        ShowGoalCard(kickoff_id=kickoff.id),
        *_look_at_signatures(kickoff, before),
    ]
    say_all(connection, app, kickoff, said)


def _look_at_signatures(kickoff: Kickoff, before: Agreement) -> Iterator[ReviewAgreement]:
    """Have those asked anew who signed what stood before: it was for another balance."""
    if before.signatures:
        yield ReviewAgreement(kickoff_id=kickoff.id)


async def press_close(app: App, press: Press) -> None:
    """The owner ends the vote without those who have not voted."""
    kickoff_id, key = press.value.split("|")

    def close(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        kickoff = kickoffs.load(connection, int(kickoff_id), lock=True)
        round_ = find_open_round(connection, kickoff)
        refusal = ""
        if not kickoff.may_change_nudges(press.person):
            refusal = "Only the product owner and whoever started this kickoff can close the vote."
        elif round_ is None or round_.opened.key != key:
            refusal = CLOSED if kickoff.closed_at else "This vote is over already."
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
    """Remind somebody of the vote on its last day, unless they have voted, are away, or that day is over."""
    effect = RemindVoter.model_validate(parcel.effect)

    def remind(connection: Connection) -> None:
        now = app.clock()
        if not outbox.finish(connection, parcel.id, now):
            return
        kickoff = kickoffs.load(connection, effect.kickoff_id)
        round_ = find_open_round(connection, kickoff)
        if round_ is None or round_.opened.key != effect.round or effect.person not in round_.missing:
            return
        today, participant = today_in(app, zone_of(kickoff, effect.person)), kickoff.find(effect.person)
        away = participant.away if participant else None
        if today > round_.opened.due or (away and is_away([away], today)):
            return
        text = f"Today is the last day to rank the options of *{quote(kickoff.name, 100)}*. It takes a minute."
        button = Button("Rank them in private", RANK, f"{kickoff.id}|{effect.round}", primary=True)
        said = post(words(text, [section(text), actions([button])]), person=effect.person)
        outbox.put(connection, [said.parcel(kickoff.workspace, direct_lane(effect.person))], now)

    await app.transact_behind(remind)
