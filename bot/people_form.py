"""The form **People**: who is asked in which role, and who watches; anybody may look, some may change it.

People can be added, replaced and taken out at any time, as `flows.people_changes` decides.
"""

import json
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection

from bot import premortem
from bot.app import App
from bot.availability import await_answers
from bot.blocks import Block, context, mention, modal, section, words
from bot.deliveries import Press, Submission
from bot.effects import (
    Invite,
    card_name,
    closing_lane,
    edit,
    interview_lane,
    invite_lane,
    kickoff_lane,
    opening_name,
    post,
    turn_name,
)
from bot.forms import open_form, submit_once
from bot.interview_messages import name_roles
from bot.kickoff_card import participant_line, refresh, watchers_line
from bot.kickoff_form import FIRST_ROLES, OBSERVERS, observers_input, read_roles, role_inputs
from bot.nudges import hand_over
from bot.projects import name_project, owner_or_starter
from bot.replies import FieldErrors
from bot.results import conclude_if_done
from bot.turns import say_turn
from bot.voting import follow_people
from flows.kickoffs import Kickoff, Participant, Standing
from flows.people_changes import Moved, PeopleChange, change_people, list_asked
from storage import kickoffs, outbox
from storage.outbox import Parcel

FORM = "kickoff.people"

_FIELD = FIRST_ROLES[0]
_NOBODY = "Please pick at least one person to interview, here or below."
_NOT_YOURS = "Only the product owner and whoever started this kickoff can change its people. Please ask one of them."
_CHANGED = "Somebody changed the people meanwhile. Please close this form and press People again."


def form(kickoff: Kickoff, person: str) -> Block:
    """The form with everybody picked who is asked now; only to be read by those who may not change it."""
    project = section(name_project(kickoff))
    if not kickoff.may_change_nudges(person):
        asked = section("\n".join(participant_line(one) for one in kickoff.counted) or "Nobody is asked.")
        return modal(
            "People", FORM, [project, asked, *watchers_line(kickoff), context(_say_who_may(kickoff))], submit=None
        )
    pickers = role_inputs(all_roles=True, chosen=list_asked(kickoff))
    return modal(
        "People",
        FORM,
        [project, *pickers, observers_input(kickoff.observers)],
        submit="Save",
        metadata=json.dumps({"kickoff": kickoff.id, "people": _fingerprint(kickoff)}),
    )


def _say_who_may(kickoff: Kickoff) -> str:
    return (
        f"Only {owner_or_starter(kickoff, 'and')} can change this. Please ask them to add, replace or take out anybody."
    )


def _fingerprint(kickoff: Kickoff) -> str:
    """Names exactly these people in these roles, so that a form opened before a change does not undo it."""
    return sha256(json.dumps([list_asked(kickoff), kickoff.observers]).encode()).hexdigest()[:16]


async def press(app: App, press: Press) -> None:
    """The button on the card."""
    kickoff = await app.database.transact(lambda connection: kickoffs.load(connection, int(press.value)))
    await open_form(app, press, form(kickoff, press.person))


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Change who is asked, and say so to everybody for whom something changes."""
    chosen = read_roles(submission)
    if not chosen:
        return FieldErrors({_FIELD: _NOBODY})

    def save(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(submission.metadata["kickoff"]), lock=True)
        if not kickoff.may_change_nudges(submission.person):
            return FieldErrors({_FIELD: _NOT_YOURS})
        if submission.metadata["people"] != _fingerprint(kickoff):
            return FieldErrors({_FIELD: _CHANGED})
        change = change_people(kickoff, chosen, submission.lists.get(OBSERVERS, ()))
        _change(connection, app, kickoff, change, submission.person)
        return None

    return await submit_once(app, submission, save)


def _change(connection: Connection, app: App, before: Kickoff, change: PeopleChange, by: str) -> None:
    """Store who is asked from now on, with all that it sets in motion."""
    if change.moves_nobody and change.observers == before.observers:
        return
    kickoffs.save_observers(connection, before.id, change.observers)
    said: list[Parcel] = []
    for added in change.added:
        stored = kickoffs.add_participant(connection, before, added)
        said.append(_invite(before, stored))
    for moved in change.removed:
        kickoffs.save_participant(connection, moved.before, moved.after, app.clock())
        said += _say_taken_out(before, moved.before, by)
    for moved in (*change.returned, *change.changed):
        after = _awaited(app, before, moved)
        kickoffs.save_participant(connection, moved.before, after, app.clock())
        said += _say_moved(before, moved)
    outbox.put(connection, said, app.clock())
    _follow_up(connection, app, before, kickoffs.load(connection, before.id))


def _follow_up(connection: Connection, app: App, before: Kickoff, after: Kickoff) -> None:
    """See to what the project as a whole learns from it: its owner, its results and its card."""
    heir = hand_over(connection, app, before, after)
    if heir:
        told = post(
            words(f"{mention(after.caretaker)}, {_lower(heir)}"), channel=after.channel, thread=card_name(after.id)
        )
        outbox.put(connection, [told.parcel(after.workspace, kickoff_lane(after.id))], app.clock())
    follow_people(connection, app, before, after)
    premortem.follow_people(connection, app, before, after)
    conclude_if_done(connection, app, after)
    refresh(connection, after, app)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _invite(kickoff: Kickoff, participant: Participant) -> Parcel:
    return Invite(interview_id=participant.interview_id).parcel(
        kickoff.workspace, invite_lane(participant.interview_id)
    )


def _awaited(app: App, kickoff: Kickoff, moved: Moved) -> Participant:
    """The stakeholder with the time at which they are reminded, if they are asked something now."""
    if moved.turn is None or moved.after.standing is not Standing.OPEN:
        return moved.after
    return await_answers(app, kickoff, moved.after)


def _say_taken_out(kickoff: Kickoff, one: Participant, by: str) -> Sequence[Parcel]:
    """Tell somebody in their thread that they need not answer any more, and close what they were asked last."""
    if one.standing not in {Standing.OPEN, Standing.FINISHED, Standing.CLOSED} or one.gone:
        return ()
    who = "you took yourself" if by == one.person else f"{mention(by)} took you"
    counts = " What you said no longer counts." if _has_said_something(one) else ""
    text = f"{mention(one.person)}, {who} out of {name_project(kickoff)}, so you need not answer any more.{counts}"
    told = post(words(text), thread=opening_name(one.interview_id))
    closed = edit(turn_name(one.interview_id, one.interview.turn), words("_These questions are closed._"))
    return (
        told.parcel(kickoff.workspace, interview_lane(one.interview_id)),
        closed.parcel(kickoff.workspace, closing_lane(one.interview_id)),
    )


def _say_moved(kickoff: Kickoff, moved: Moved) -> Sequence[Parcel]:
    """Go on with somebody who is back, or who answers for something else now."""
    if moved.turn is None:
        returns = moved.before.standing is Standing.REMOVED and moved.after.standing is Standing.INVITED
        return (_invite(kickoff, moved.after),) if returns else ()
    who, project = mention(moved.after.person), name_project(kickoff)
    if moved.before.standing is Standing.REMOVED:
        counts = " What you said counts again." if _has_said_something(moved.after) else ""
        notice = f"{who}, you are back in {project} as {name_roles(moved.after)}.{counts}"
    else:
        notice = f"{who}, from now on you answer as {name_roles(moved.after)} in {project}."
    return say_turn(kickoff, moved.before, moved.turn, notice=f"{notice}{_count_open(moved.after)}")


def _has_said_something(participant: Participant) -> bool:
    return bool(participant.interview.answers or participant.interview.objectives)


def _count_open(participant: Participant) -> str:
    left = len(participant.interview.open_questions)
    return f" {left} {'question is' if left == 1 else 'questions are'} left." if left else ""
