"""Interviews in Slack: what a stakeholder writes or presses, and what the app answers."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.app import App
from bot.availability import await_answers, today_in
from bot.blocks import words
from bot.deliveries import Message, Press, moment_of
from bot.effects import closing_lane, direct_lane, edit, interview_lane, opening_name, post, turn_name
from bot.handing_on import hand_on_new_ones
from bot.interview_buttons import (
    BACK,
    BETWEEN_US,
    CHOOSE,
    CONFIRM,
    EDIT,
    MORE,
    NOT_BETWEEN_US,
    REJECT,
    SKIP,
    SUBMIT,
    UNKNOWN,
    read_button_value,
)
from bot.kickoff_card import refresh
from bot.results import conclude_if_done, hide
from bot.review import draw_review, read_edit_target
from bot.turns import say_turn
from bot.whispers import turn_down, whisper
from flows import interviews
from flows.interview import DONE, REVIEW, Interview, Turn
from flows.kickoffs import Kickoff, Participant, Standing
from storage import deliveries, kickoffs, outbox
from storage.kickoffs import Words

Act = Callable[[Interview], Turn]

_LATE = (
    "You wrote this before you could see my last message, so I left it as a comment. If it answers that one, please "
    "write it again."
)
_WAITS = 20
_WAIT_SECONDS = 0.1


def _edit(interview: Interview, value: str) -> Turn:
    return interviews.edit(interview, *read_edit_target(value))


def _keep_or_share(interview: Interview, value: str) -> Turn:
    if value not in {BETWEEN_US, NOT_BETWEEN_US}:
        return interviews.repeat(interview)
    return interviews.keep_confidential(interview, kept=value == BETWEEN_US)


_BUTTONS: dict[str, Callable[[Interview, str], Turn]] = {
    CHOOSE: interviews.choose,
    UNKNOWN: lambda interview, _: interviews.say_unknown(interview),
    SKIP: lambda interview, _: interviews.skip(interview),
    BACK: lambda interview, _: interviews.go_back(interview),
    CONFIRM: lambda interview, _: interviews.confirm(interview),
    REJECT: lambda interview, _: interviews.reject(interview),
    EDIT: _edit,
    SUBMIT: lambda interview, _: interviews.submit(interview),
    MORE: _keep_or_share,
}


class ThreadStillOpening(Exception):
    """An answer came before the thread's own message was noted; Slack is to deliver it again."""


async def press(app: App, press: Press) -> None:
    """A button under a question."""
    interview_id, turn, value = read_button_value(press.value)
    act = _BUTTONS[press.action]

    def answer(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        kickoff, participant = kickoffs.load_interview(connection, interview_id, lock=True)
        refusal = refuse(participant, press.person, turn)
        if refusal:
            outbox.put(connection, turn_down(press, refusal), app.clock())
            return
        take_turn(connection, app, kickoff, participant, lambda interview: act(interview, value))

    await app.transact(answer)


async def explain(app: App, press: Press) -> None:
    """The button *Why?*: only its presser sees the reason."""
    interview_id, turn, _ = read_button_value(press.value)

    def say_why(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        _, participant = kickoffs.load_interview(connection, interview_id)
        refusal = refuse(participant, press.person, turn)
        said = turn_down(press, refusal) if refusal else [whisper(press, interviews.explain(participant.interview))]
        outbox.put(connection, said, app.clock())

    await app.transact(say_why)


async def turn_page(app: App, press: Press) -> None:
    """The buttons that show other answers of those that wait to be submitted: the message changes in its place."""
    interview_id, turn, page = read_button_value(press.value)

    def show(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        _, participant = kickoffs.load_interview(connection, interview_id)
        refusal = refuse(participant, press.person, turn)
        shown = edit(turn_name(interview_id, turn), draw_review(interview_id, participant.interview, page=int(page)))
        turned = [shown.parcel(press.workspace, closing_lane(interview_id))]
        outbox.put(connection, turn_down(press, refusal) if refusal else turned, app.clock())

    await app.transact(show)


def refuse(participant: Participant, person: str, turn: int) -> str:
    """Why a button does nothing, or nothing."""
    if participant.person != person:
        return "These questions are for someone else. Your comments in the thread are welcome."
    if participant.is_called_off:
        return "This interview was called off, so nothing was changed."
    if participant.interview.turn != turn:
        return "That question was already answered. You can change it under the newest message."
    return ""


async def hear(app: App, message: Message) -> None:
    """Words in a thread, or in the direct messages of somebody who is being interviewed."""
    take = _hear_edit if message.edited else _hear
    for _ in range(_WAITS):
        if await app.transact(lambda connection: take(connection, app, message)):
            return
        await asyncio.sleep(_WAIT_SECONDS)
    if not message.edited:
        raise ThreadStillOpening
    if message.thread:
        # Its first words did not come; once they do, they are out of date.
        await app.transact(lambda connection: _hear(connection, app, message.unedited))


def _hear(connection: Connection, app: App, message: Message) -> bool:
    """Take the message as an answer if it is one; False if its thread is only being opened."""
    interview_id = _find_interview(connection, message)
    if interview_id is None and _is_opening(connection, message):
        return False
    if interview_id is None and not (message.direct and not message.thread):
        return True
    if not deliveries.is_first(connection, message.key, app.clock()):
        return True
    if interview_id is None:
        _say_what_is_possible(connection, app, message)
        return True
    kickoff, participant = kickoffs.load_interview(connection, interview_id, lock=True)
    if participant.person != message.person or participant.is_called_off:
        return True
    is_late = _is_late(connection, participant, message)
    step = DONE if is_late else participant.interview.step
    written = Words(participant.interview_id, step, message.text, message.written_at)
    kickoffs.keep_words(connection, written, message.channel, message.ts)
    if is_late:
        said = post(words(_LATE), thread=opening_name(interview_id))
        outbox.put(connection, [said.parcel(message.workspace, interview_lane(interview_id))], app.clock())
        return True
    if not _asks_for_reply(connection, participant, app.clock()):
        return True
    today, me = today_in(app, participant.zone), participant.person
    take_turn(
        connection, app, kickoff, participant, lambda interview: interviews.hear(interview, message.text, today, me)
    )
    return True


def _hear_edit(connection: Connection, app: App, message: Message) -> bool:
    """Take an edited message as the answer to the question that it answered; False if that is not known yet.

    It belongs to the interview in which it was written, wherever the person is now. A comment stays a comment.
    """
    known = kickoffs.find_words(connection, message.workspace, message.channel, message.ts)
    if known is None:
        return False
    if not deliveries.is_first(connection, message.key, app.clock()):
        return True
    kickoff, participant = kickoffs.load_interview(connection, known.interview_id, lock=True)
    if participant.person != message.person or participant.is_called_off:
        return True
    # Looked up once more, since another edit may have been kept while this one waited for the lock.
    before = kickoffs.find_words(connection, message.workspace, message.channel, message.ts) or known
    if message.written_at < before.written_at:
        # A newer edit came before this one.
        return True
    edited = replace(before, words=message.text, written_at=message.written_at)
    kickoffs.keep_words(connection, edited, message.channel, message.ts)
    if before.step in {REVIEW, DONE}:
        return True
    today = today_in(app, participant.zone)

    def amend(interview: Interview) -> Turn:
        return interviews.amend(interview, before.step, before.words, message.text, today, participant.person)

    take_turn(connection, app, kickoff, participant, amend)
    return True


def _is_late(connection: Connection, participant: Participant, message: Message) -> bool:
    """Whether a message was written before the question came that is asked now, so that it cannot answer it.

    That does not hold where the same question was asked before: in other words, or ahead of a reminder.
    """
    interview, reminded = participant.interview, participant.silence is not None and participant.silence.sent > 0
    asked = outbox.find_posted(connection, turn_name(participant.interview_id, interview.turn))
    if interview.step == DONE or reminded or asked is None or message.written_at > moment_of(asked.ts):
        return False
    last = kickoffs.last_words(connection, participant.interview_id)
    return last is None or last.step != interview.step


def _asks_for_reply(connection: Connection, participant: Participant, now: datetime) -> bool:
    """Whether words are to be answered: after the end, only the first ones, then the thread is left to people."""
    if participant.interview.step != DONE:
        return True
    return deliveries.is_first(connection, f"comment:{participant.interview_id}:{participant.interview.turn}", now)


def _find_interview(connection: Connection, message: Message) -> int | None:
    if message.thread:
        return kickoffs.interview_in_thread(connection, message.workspace, message.channel, message.thread)
    if not message.direct:
        return None
    waiting = kickoffs.open_interviews_in(connection, message.workspace, message.channel, message.person)
    # With two interviews open, only the thread tells which of them is meant.
    return waiting[0] if len(waiting) == 1 else None


def _is_opening(connection: Connection, message: Message) -> bool:
    """Whether the message may be for an interview whose first message is posted but not yet noted."""
    if not message.thread:
        return False
    theirs = kickoffs.open_interviews_in(connection, message.workspace, message.channel, message.person)
    return any(outbox.find_posted(connection, opening_name(interview_id)) is None for interview_id in theirs)


def _say_what_is_possible(connection: Connection, app: App, message: Message) -> None:
    waiting = kickoffs.open_interviews_in(connection, message.workspace, message.channel, message.person)
    text = (
        f"You have {len(waiting)} interviews open. Please answer in the thread of the one that you mean."
        if waiting
        else "I have no question waiting for you here. Type `/ml-kickoff help` to see what I can do."
    )
    said = post(words(text), channel=message.channel)
    outbox.put(connection, [said.parcel(message.workspace, direct_lane(message.person))], app.clock())


def take_turn(connection: Connection, app: App, kickoff: Kickoff, before: Participant, act: Act) -> None:
    """Do one turn of an interview: the new state, what is said, and what the whole kickoff learns from it."""
    now = app.clock()
    turn = act(before.interview)
    after = replace(before, interview=turn.interview)
    if turn.interview.step == DONE:
        after = replace(after, standing=Standing.FINISHED, remind_at=None)
    else:
        after = await_answers(app, kickoff, after)
    kickoffs.save_participant(connection, before, after, now)
    kickoff = kickoff.with_participant(after)
    kickoff = hand_on_new_ones(connection, app, kickoff, before, after)
    if after.interview.confidential != before.interview.confidential:
        hide(connection, app, kickoff)
    changed = turn.interview != before.interview
    outlook = conclude_if_done(connection, app, kickoff) if after.standing is Standing.FINISHED and changed else ""
    outbox.put(connection, say_turn(kickoff, before, turn, outlook), now)
    if after.standing is not before.standing or turn.interview.progress != before.interview.progress:
        refresh(connection, kickoff, app)
