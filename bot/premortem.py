"""Looking back from failure: everybody is asked in private, and what came of it is shown once it is over (2.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time

from sqlalchemy import Connection

from bot.agreement_review import review
from bot.app import App
from bot.availability import today_in
from bot.blocks import mention
from bot.brevity import list_people
from bot.check_messages import check_name, draw_proposed
from bot.deliveries import Press
from bot.effects import (
    CloseLookBack,
    Effect,
    RemindToLookBack,
    direct_lane,
    edit,
    interview_lane,
    look_back_lane,
    opening_name,
    post,
)
from bot.findings import read_posted
from bot.kickoff_card import say_all
from bot.premortem_messages import draw_invitation, draw_reminder, draw_result, draw_round
from bot.projects import CLOSED
from bot.voting import over_everywhere, zone_of
from bot.whispers import turn_down, whisper
from flows.absence import is_away
from flows.decisions import PremortemAnswered, PremortemClosed, PremortemOpened
from flows.failure_reasons import STORIES
from flows.kickoffs import Kickoff, Participant
from flows.premortem import Premortem, Risk, still_asked, weigh_risks
from flows.risk_checks import check_key, propose_check
from flows.risk_signs import find_signs
from flows.shown import Shown
from flows.working_days import add_working_days, place, zone_named
from storage import decisions, deliveries, kickoffs, outbox
from storage.outbox import Claimed

DAYS_TO_ANSWER = 5
"""Working days that people have to look back."""

_MORNING = time(9)
_PEOPLE_NAMED = 5
_OVER = "This look back is over already."


def _round_name(kickoff: Kickoff, premortem: Premortem) -> str:
    return f"results:{kickoff.id}:look_back:{premortem.opened.key}"


def result_name(kickoff: Kickoff, premortem: Premortem) -> str:
    """The name of the message with what came of a look back."""
    return f"{_round_name(kickoff, premortem)}:result"


def find_open(connection: Connection, kickoff: Kickoff) -> Premortem | None:
    """The look back in which answers are taken, with those who can still answer; none while the project is closed."""
    found = decisions.agreement_of(connection, kickoff.id).premortem
    return still_asked(found, kickoff) if found and found.is_open and not kickoff.closed_at else None


async def press_open(app: App, press: Press) -> None:
    """The button that begins one."""

    def begin(connection: Connection) -> None:
        if deliveries.is_first(connection, press.key, app.clock()):
            kickoff = kickoffs.load(connection, int(press.value), lock=True)
            outbox.put(connection, [whisper(press, _begin(connection, app, kickoff, press.person))], app.clock())

    await app.transact(begin)


def _begin(connection: Connection, app: App, kickoff: Kickoff, person: str) -> str:
    if not kickoff.may_change_nudges(person):
        return f"Only {mention(kickoff.owner)} can have everybody look back. Please talk to them."
    if kickoff.closed_at:
        return CLOSED
    if kickoff.concluded_at is None:
        waiting = list_people([one.person for one in kickoff.waiting_for], _PEOPLE_NAMED)
        return f"The interviews come first. I wait for {waiting}." if waiting else "The interviews come first."
    if find_open(connection, kickoff):
        return "People look back already. The message about it in the channel says how many have answered."
    if not kickoff.reachable:
        return "Nobody can be asked any more. Add people with `/ml-kickoff people`."
    now = app.clock()
    due = add_working_days(now.date(), DAYS_TO_ANSWER)
    opened = PremortemOpened(by=person, at=now, voters=kickoff.reachable, due=due)
    decisions.add(connection, kickoff.id, [opened])
    premortem = Premortem(opened)
    said = post(draw_round(kickoff, premortem), channel=kickoff.channel, name=_round_name(kickoff, premortem))
    say_all(connection, app, kickoff, [said])
    for one in kickoff.participants:
        if one.person in opened.voters:
            _invite(connection, app, kickoff, premortem, one)
    _plan_end(connection, app, kickoff, premortem)
    count = "1 person" if len(opened.voters) == 1 else f"{len(opened.voters)} people"
    return f"I ask {count} in private. What came of it is shown once all have answered, or when the last day is over."


def _plan_end(connection: Connection, app: App, kickoff: Kickoff, premortem: Premortem) -> None:
    """Have it ended once its last day is over everywhere."""
    end = CloseLookBack(kickoff_id=kickoff.id, look_back=premortem.opened.key)
    parcel = end.parcel(kickoff.workspace, look_back_lane(kickoff.id, premortem.opened.key))
    outbox.put_once(connection, parcel, app.clock(), due_at=over_everywhere(premortem.opened.due))


def go_on_again(connection: Connection, app: App, kickoff: Kickoff) -> None:
    """Let the look back that was under way when the project was closed end in its time."""
    premortem = find_open(connection, kickoff)
    if premortem:
        _plan_end(connection, app, kickoff, premortem)


def _invite(connection: Connection, app: App, kickoff: Kickoff, premortem: Premortem, one: Participant) -> None:
    """Ask one person where their interview is held, and remind them on the last day."""
    now, said = app.clock(), draw_invitation(kickoff, premortem, one.person)
    asked = post(said, thread=opening_name(one.interview_id)) if one.channel else post(said, person=one.person)
    lane = interview_lane(one.interview_id) if one.channel else direct_lane(one.person)
    outbox.put(connection, [asked.parcel(kickoff.workspace, lane)], now)
    reminder = RemindToLookBack(kickoff_id=kickoff.id, look_back=premortem.opened.key, person=one.person)
    parcel = reminder.parcel(kickoff.workspace, look_back_lane(kickoff.id, premortem.opened.key, one.person))
    zone = zone_named(zone_of(kickoff, one.person))
    outbox.put(connection, [parcel], now, due_at=place(premortem.opened.due, _MORNING, zone))


def count_answer(
    connection: Connection, app: App, kickoff: Kickoff, premortem: Premortem, answer: PremortemAnswered
) -> None:
    """Keep an answer; the message says how many are in, and with the last of them the look back is over."""
    decisions.add(connection, kickoff.id, [answer])
    _go_on(connection, app, kickoff, replace(premortem, answers={**premortem.answers, answer.by: answer}))


def follow_people(connection: Connection, app: App, before: Kickoff, after: Kickoff) -> None:
    """Go on without whoever cannot answer any more, if people look back just now."""
    found = decisions.agreement_of(connection, after.id).premortem
    if found and found.is_open and still_asked(found, before) != still_asked(found, after):
        _go_on(connection, app, after, still_asked(found, after))


def _go_on(connection: Connection, app: App, kickoff: Kickoff, premortem: Premortem) -> None:
    if premortem.missing or not premortem.answers:
        say_all(connection, app, kickoff, [edit(_round_name(kickoff, premortem), draw_round(kickoff, premortem))])
    else:
        _close(connection, app, kickoff, premortem)


def _close(connection: Connection, app: App, kickoff: Kickoff, premortem: Premortem, by: str = "") -> None:
    """End it: show what came of it, and have the goal card looked at, which names it."""
    closed = PremortemClosed(by=by, at=app.clock(), counted=tuple(premortem.answers))
    decisions.add(connection, kickoff.id, [closed])
    over = Premortem(premortem.opened, premortem.answers, is_open=False)
    risks = weigh_risks(over, find_signs(Shown(read_posted(connection, kickoff.id)[0])))
    said: list[Effect] = [
        edit(_round_name(kickoff, over), draw_round(kickoff, over)),
        post(draw_result(kickoff, over, risks), channel=kickoff.channel, name=result_name(kickoff, over)),
        *_propose_checks(connection, app, kickoff, over, risks),
    ]
    say_all(connection, app, kickoff, said)
    review(connection, app, kickoff, "You looked back from failure.")


def _propose_checks(
    connection: Connection, app: App, kickoff: Kickoff, premortem: Premortem, risks: Sequence[Risk]
) -> Iterator[Effect]:
    """A check for each high risk that none is under way for, in the thread of what came of the look back."""
    checks = decisions.agreement_of(connection, kickoff.id).checks
    today = today_in(app, kickoff.nudge.zone)
    for risk in risks:
        before = checks.get(check_key(risk.reason))
        if risk.is_high and (before is None or before.is_over):
            check = propose_check(Shown(kickoff), risk.reason, today)
            said = draw_proposed(kickoff, check, STORIES[risk.reason])
            yield post(said, thread=result_name(kickoff, premortem), name=check_name(kickoff.id, check.key))


async def press_close(app: App, press: Press) -> None:
    """The owner ends it without those who have not answered."""
    kickoff_id, key = press.value.split("|")

    def close(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        kickoff = kickoffs.load(connection, int(kickoff_id), lock=True)
        premortem = find_open(connection, kickoff)
        if not kickoff.may_change_nudges(press.person):
            refusal = "Only the product owner and whoever started this kickoff can end it."
            outbox.put(connection, turn_down(press, refusal), app.clock())
        elif premortem is None or premortem.opened.key != key:
            outbox.put(connection, turn_down(press, CLOSED if kickoff.closed_at else _OVER), app.clock())
        else:
            _close(connection, app, kickoff, premortem, by=press.person)

    await app.transact(close)


async def close_in_time(app: App, parcel: Claimed) -> None:
    """End a look back whose last day is over everywhere."""
    effect = CloseLookBack.model_validate(parcel.effect)

    def close(connection: Connection) -> None:
        if not outbox.finish(connection, parcel.id, app.clock()):
            return
        kickoff = kickoffs.load(connection, effect.kickoff_id, lock=True)
        premortem = find_open(connection, kickoff)
        if premortem and premortem.opened.key == effect.look_back:
            _close(connection, app, kickoff, premortem)

    await app.transact_behind(close)


async def remind_to_look_back(app: App, parcel: Claimed) -> None:
    """Remind somebody on the last day, unless they have answered, are away, or that day is over."""
    effect = RemindToLookBack.model_validate(parcel.effect)

    def remind(connection: Connection) -> None:
        now = app.clock()
        if not outbox.finish(connection, parcel.id, now):
            return
        kickoff = kickoffs.load(connection, effect.kickoff_id)
        premortem = find_open(connection, kickoff)
        is_asked = premortem is not None and effect.person in premortem.missing
        if premortem is None or not is_asked or premortem.opened.key != effect.look_back:
            return
        today, participant = today_in(app, zone_of(kickoff, effect.person)), kickoff.find(effect.person)
        away = participant.away if participant else None
        if today <= premortem.opened.due and not (away and is_away([away], today)):
            said = post(draw_reminder(kickoff, premortem), person=effect.person)
            outbox.put(connection, [said.parcel(kickoff.workspace, direct_lane(effect.person))], now)

    await app.transact_behind(remind)
