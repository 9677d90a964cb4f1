"""A question that one stakeholder handed on is put to the person who may know."""

from dataclasses import replace

from sqlalchemy import Connection

from bot.app import App
from bot.availability import await_answers
from bot.blocks import mention, words
from bot.effects import Invite, interview_lane, invite_lane, opening_name, post
from bot.turns import say_turn
from flows import interviews
from flows.answers import Status
from flows.interview import DONE, REVIEW, Handed
from flows.kickoffs import Kickoff, Participant, Standing
from storage import kickoffs, outbox


def hand_on_new_ones(
    connection: Connection, app: App, kickoff: Kickoff, before: Participant, after: Participant
) -> Kickoff:
    """Put each question that was handed on just now to whoever was named; return the kickoff with them in it."""
    for question, answer in after.interview.answers.items():
        if answer.status is Status.HANDED and before.interview.answers.get(question) != answer:
            kickoff = hand_on(connection, app, kickoff, Handed(question, after.person), str(answer.value))
    return kickoff


def hand_on(connection: Connection, app: App, kickoff: Kickoff, handed: Handed, to: str) -> Kickoff:
    """Put one question to somebody; return the kickoff with them in it."""
    known = kickoff.find(to)
    if known is None:
        return _invite(connection, app, kickoff, handed, to)
    if known.gone or known.is_called_off:
        _say_that_nobody_is_asked(connection, app, kickoff, handed.by, to)
        return kickoff
    interview = interviews.receive(known.interview, handed.question, handed.by)
    after = replace(known, interview=interview)
    idle = known.standing is Standing.CLOSED or interview.step in {REVIEW, DONE}
    is_open = any(one.id == handed.question for one in interview.open_questions)
    if known.standing is not Standing.INVITED and idle and is_open:
        turn = interviews.go_on(interview, first=handed.question)
        after = await_answers(app, kickoff, replace(known, interview=turn.interview))
        outbox.put(connection, say_turn(kickoff, known, turn), app.clock())
    kickoffs.save_participant(connection, known, after, app.clock())
    return kickoff.with_participant(after)


def _invite(connection: Connection, app: App, kickoff: Kickoff, handed: Handed, to: str) -> Kickoff:
    """Ask somebody who is no stakeholder this one question."""
    interview = interviews.begin(kickoff.question_set, (), (), (handed,)).interview
    added = kickoffs.add_participant(connection, kickoff, Participant(0, to, Standing.INVITED, None, interview))
    invitation = Invite(interview_id=added.interview_id).parcel(kickoff.workspace, invite_lane(added.interview_id))
    outbox.put(connection, [invitation], app.clock())
    return replace(kickoff, participants=(*kickoff.participants, added))


def _say_that_nobody_is_asked(connection: Connection, app: App, kickoff: Kickoff, by: str, to: str) -> None:
    asker = kickoff.find(by)
    if asker is not None:
        said = words(f"I cannot ask {mention(to)} in this project. You can press Back and pick somebody else.")
        told = post(said, thread=opening_name(asker.interview_id))
        outbox.put(connection, [told.parcel(kickoff.workspace, interview_lane(asker.interview_id))], app.clock())
