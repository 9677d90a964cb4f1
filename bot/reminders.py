"""Reminders: who has not finished is asked again in their own morning, three times; then the owner is told."""

from dataclasses import replace

from sqlalchemy import Connection

from bot.app import App
from bot.availability import look_again_at, plan, read_status
from bot.blocks import Button, Words, actions, mention, section, words
from bot.deliveries import Press
from bot.effects import Remind, card_name, edit, kickoff_lane, post, remind_lane
from bot.interview_messages import minutes_for
from bot.kickoff_card import refresh
from bot.projects import name_project
from bot.results import conclude_if_done
from bot.slack_api import CallFailed
from bot.turns import say_turn
from bot.whispers import whisper
from flows import interviews
from flows.absence import Absence
from flows.asking_next import most_telling
from flows.kickoffs import Kickoff, Participant, Place, Standing
from flows.reminders import Silence, Step
from flows.working_days import describe_due
from storage import deliveries, kickoffs, outbox
from storage.outbox import Claimed

AGAIN = "reminder.again"
WITHOUT = "reminder.without"

_AT_ONCE = 50
_ATTEMPTS = 5


async def claim_due_reminders(app: App) -> int:
    """Have everybody looked after whose time has come; return how many."""

    def claim(connection: Connection) -> int:
        due = kickoffs.claim_due_reminders(connection, app.clock(), _AT_ONCE)
        parcels = [Remind(interview_id=one).parcel(workspace, remind_lane(one)) for one, workspace in due]
        outbox.put(connection, parcels, app.clock())
        return len(due)

    return await app.transact(claim)


async def remind(app: App, parcel: Claimed) -> None:
    """Remind somebody, tell the owner of their silence, or leave them alone while they are away."""
    interview_id = Remind.model_validate(parcel.effect).interview_id
    _, participant = await app.transact_behind(lambda connection: kickoffs.load_interview(connection, interview_id))
    status = await _look_up_status(app, participant.person, parcel)

    def act(connection: Connection) -> None:
        outbox.finish(connection, parcel.id, app.clock())
        kickoff, participant = kickoffs.load_interview(connection, interview_id, lock=True)
        if participant.standing is Standing.OPEN and participant.remind_at is None and kickoff.closed_at is None:
            _take_step(connection, app, kickoff, participant, status)

    await app.transact_behind(act)


async def _look_up_status(app: App, person: str, parcel: Claimed) -> Absence | None:
    try:
        user = (await app.slack.call("users.info", user=person))["user"]
    except CallFailed:
        if parcel.attempts < _ATTEMPTS:
            raise
        return None
    return read_status(user, app.clock())


def _take_step(
    connection: Connection, app: App, kickoff: Kickoff, participant: Participant, status: Absence | None
) -> None:
    now = app.clock()
    planned = plan(app, kickoff, participant, now, status)
    if planned is None or planned.at > now:
        later = replace(participant, remind_at=planned.at if planned else None)
        kickoffs.save_participant(connection, participant, later, now)
    elif planned.step is Step.REMIND:
        _ask_again(connection, app, kickoff, participant)
    else:
        _tell_owner(connection, app, kickoff, participant)


def _ask_again(connection: Connection, app: App, kickoff: Kickoff, before: Participant) -> None:
    now = app.clock()
    silence = before.silence or Silence(now)
    turn = interviews.go_on(before.interview, first=most_telling(kickoff, before))
    after = replace(before, interview=turn.interview, silence=Silence(silence.last_active, silence.sent + 1, now))
    after = replace(after, remind_at=look_again_at(app, kickoff, after))
    kickoffs.save_participant(connection, before, after, now)
    due = describe_due(kickoff.answers_due, before.zone or "UTC", now) if kickoff.answers_due else ""
    notice = say_reminder(kickoff, after, due)
    outbox.put(connection, say_turn(kickoff, before, turn, notice=notice), now)
    refresh(connection, kickoff.with_participant(after), app)


def say_reminder(kickoff: Kickoff, participant: Participant, due: str) -> str:
    """The line above the question that is asked again; each is shorter than the one before."""
    who, project = mention(participant.person), name_project(kickoff)
    left = len(participant.interview.open_questions)
    questions = "1 question is" if left == 1 else f"{left} questions are"
    sent = participant.silence.sent if participant.silence else 1
    if left == 0:
        return f"{who}, your answers on {project} wait for Submit."
    if sent == 1:
        minutes = minutes_for(left)
        by = f" Please answer by {due}." if due else ""
        return f"{who}, {questions} left on {project}, about {minutes} min.{by} This one matters most:"
    return f"{who}, {questions} left on {project}:" if sent == 2 else f"{who}, a last reminder:"  # noqa: PLR2004


def _tell_owner(connection: Connection, app: App, kickoff: Kickoff, participant: Participant) -> None:
    name = f"silence:{participant.interview_id}:{app.clock().timestamp():.0f}"
    said = draw_silence(kickoff, participant, name)
    in_private = kickoff.place is Place.PRIVATE and not kickoff.is_orphaned
    told = (
        post(said, person=kickoff.owner, name=name)
        if in_private
        else post(said, channel=kickoff.channel, thread=card_name(kickoff.id), name=name)
    )
    outbox.put(connection, [told.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


def draw_silence(kickoff: Kickoff, participant: Participant, name: str) -> Words:
    """What the owner is told of somebody who does not answer, and what they can do."""
    done, total = participant.interview.progress
    sent = participant.silence.sent if participant.silence else 0
    times = {0: "not yet", 1: "once", 2: "twice"}.get(sent, f"{sent} times")
    text = (
        f"{mention(kickoff.owner)}, {mention(participant.person)} answered {done} of {total} questions on "
        f"{name_project(kickoff)} and was reminded {times}."
    )
    value = again_value(participant, name)
    buttons = [Button("Remind again", AGAIN, value), Button("Go on without the rest", WITHOUT, value)]
    hint = "To replace them, type `/ml-kickoff people`."
    return words(text, [section(f"{text} {hint}"), actions(buttons)])


def again_value(participant: Participant, name: str = "") -> str:
    """What the buttons about somebody's silence carry; `name` is that of the message that they stand under, if any."""
    return f"{participant.interview_id}|{name}"


async def press_again(app: App, press: Press) -> None:
    """Remind somebody anew."""
    await _decide(app, press, without=False)


async def press_without(app: App, press: Press) -> None:
    """Close an interview without the answers that are missing."""
    await _decide(app, press, without=True)


async def _decide(app: App, press: Press, *, without: bool) -> None:
    interview_id, name = press.value.split("|", 1)

    def change(connection: Connection) -> None:
        now = app.clock()
        if not deliveries.is_first(connection, press.key, now):
            return
        kickoff, participant = kickoffs.load_interview(connection, int(interview_id), lock=True)
        if not kickoff.may_change_nudges(press.person):
            outbox.put(connection, [whisper(press, f"Only {mention(kickoff.owner)} can decide this.")], now)
            return
        if participant.standing is Standing.OPEN:
            said = (
                _close(connection, app, kickoff, participant)
                if without
                else _start_over(connection, app, kickoff, participant, told=bool(name))
            )
        else:
            became = "was taken out" if participant.standing is Standing.REMOVED else "has finished"
            said = f"{mention(participant.person)} {became} meanwhile."
        answered = (
            [edit(name, words(said)).parcel(kickoff.workspace, kickoff_lane(kickoff.id))]
            if name
            else [whisper(press, said)]
        )
        outbox.put(connection, answered, now)

    await app.transact(change)


def _start_over(connection: Connection, app: App, kickoff: Kickoff, participant: Participant, *, told: bool) -> str:
    """Count somebody's reminders anew, so that the next one comes in their next working morning.

    After the owner was `told` of the silence, it counts as broken now. Before that, another reminder may be under way,
    which must not come later for it.
    """
    now = app.clock()
    before = participant.silence or Silence(now)
    silence = Silence(now) if told else Silence(before.last_active, last_sent=before.last_sent)
    after = replace(participant, silence=silence)
    after = replace(after, remind_at=look_again_at(app, kickoff, after))
    kickoffs.save_participant(connection, participant, after, now)
    if told:
        return f"I remind {mention(participant.person)} again, in their next working morning."
    return f"I remind {mention(participant.person)} as soon as their hours allow, once a day at most."


def _close(connection: Connection, app: App, kickoff: Kickoff, participant: Participant) -> str:
    closed = replace(participant, standing=Standing.CLOSED, remind_at=None)
    kickoffs.save_participant(connection, participant, closed, app.clock())
    kickoff = kickoff.with_participant(closed)
    conclude_if_done(connection, app, kickoff)
    refresh(connection, kickoff, app)
    return f"It goes on without the rest of {mention(participant.person)}'s answers. Late ones still count."
