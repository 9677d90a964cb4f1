"""Answering in private: an interview that was opened in the channel goes on in direct messages, if the person likes."""

from dataclasses import replace

from sqlalchemy import Connection

from bot.app import App
from bot.deliveries import Press
from bot.effects import MoveToPrivate, edit, interview_lane, opening_name, post
from bot.interview_buttons import read_button_value
from bot.interview_messages import draw_moved, draw_opening
from bot.interviews import refuse
from bot.kickoff_card import refresh
from bot.slack_api import Refused
from bot.turns import say_turn
from bot.whispers import whisper
from flows import interviews
from flows.kickoffs import Kickoff, Participant
from flows.working_days import describe_due
from storage import deliveries, kickoffs, outbox
from storage.outbox import Claimed

_NOTE = "answers in private"


async def press(app: App, press: Press) -> None:
    """The button under an opening in the channel."""
    interview_id, _, _ = read_button_value(press.value)

    def ask(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        kickoff, participant = kickoffs.load_interview(connection, interview_id, lock=True)
        refusal = _refuse(kickoff, participant, press.person)
        moving = MoveToPrivate(interview_id=interview_id).parcel(press.workspace, interview_lane(interview_id))
        outbox.put(connection, [whisper(press, refusal) if refusal else moving], app.clock())

    await app.transact(ask)


def _refuse(kickoff: Kickoff, participant: Participant, person: str) -> str:
    refusal = refuse(participant, person, participant.interview.turn)
    moved = "" if participant.channel == kickoff.channel else "This interview is held in private already."
    return refusal or moved


async def move(app: App, parcel: Claimed) -> None:
    """Open the interview anew in direct messages, and ask there what waits for an answer."""
    interview_id = MoveToPrivate.model_validate(parcel.effect).interview_id
    _, participant = await app.transact_behind(lambda connection: kickoffs.load_interview(connection, interview_id))
    try:
        opened = await app.slack.call("conversations.open", users=participant.person)
        channel = str(opened["channel"]["id"])
    except Refused:
        # Whom Slack lets nobody write to goes on in the thread.
        channel = ""

    def go_on(connection: Connection) -> None:
        now = app.clock()
        outbox.finish(connection, parcel.id, now)
        kickoff, before = kickoffs.load_interview(connection, interview_id, lock=True)
        if not channel or before.channel != kickoff.channel or before.is_called_off:
            return
        turn = interviews.repeat(before.interview)
        after = replace(before, channel=channel, note=_NOTE, interview=turn.interview)
        kickoffs.save_participant(connection, before, after, now)
        due = describe_due(kickoff.answers_due, after.zone or "UTC", now) if kickoff.answers_due else ""
        opening = opening_name(interview_id)
        # The old opening is edited before the new one takes over its name.
        moved = [
            edit(opening, draw_moved(kickoff, after)),
            post(draw_opening(kickoff, after, due), channel=channel, name=opening, interview_id=interview_id),
        ]
        lane = interview_lane(interview_id)
        outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in moved], now)
        outbox.put(connection, say_turn(kickoff, before, turn), now)
        refresh(connection, kickoff.with_participant(after), app)

    await app.transact_behind(go_on)
