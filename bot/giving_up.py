"""What becomes of a message that Slack does not take: nobody waits for it any longer, and somebody is told."""

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import mention, words
from bot.effects import Post, Upload, direct_lane, post
from bot.invitations import CLOSED, NOT_WRITABLE, call_off, go_on_without
from bot.lanes import interview_of, kickoff_of, kind_of
from bot.nudges import ask
from bot.projects import name_project
from bot.slack_api import is_direct
from flows.kickoffs import Kickoff, Standing
from storage import kickoffs, outbox
from storage.outbox import Claimed

_MESSAGES = frozenset({"post", "upload"})
_NOT_TAKEN = "for a day Slack did not take what I wrote to them"


def give_up(connection: Connection, app: App, parcel: Claimed, error: str) -> None:
    """Stop trying a parcel, and go on without it.

    A stakeholder who could not be asked is called off. What was said to all is sent to one person, who can pass it on.
    What is only drawn again later, such as a card, is left alone.
    """
    outbox.give_up(connection, parcel.id, app.clock(), error)
    match kind_of(parcel.lane):
        case "invite" | "interview":
            _give_up_on_stakeholder(connection, app, parcel, _NOT_TAKEN)
        case "kickoff" | "nudge" if parcel.kind in _MESSAGES:
            _pass_on(connection, app, parcel)


def _give_up_on_stakeholder(connection: Connection, app: App, parcel: Claimed, reason: str) -> None:
    interview_id = interview_of(parcel.lane)
    if interview_id is None:
        return
    kickoff, participant = kickoffs.load_interview(connection, interview_id, lock=True)
    if participant.standing in {Standing.INVITED, Standing.OPEN}:
        call_off(connection, app, kickoff, participant, reason)
    elif participant.standing is Standing.FINISHED:
        text = (
            f"My last message to {mention(participant.person)} about {name_project(kickoff)} did not arrive: "
            f"{reason}. What they said before is kept."
        )
        _tell(connection, app, kickoff, post(words(text), person=kickoff.caretaker))


def _pass_on(connection: Connection, app: App, parcel: Claimed) -> None:
    kickoff = kickoff_of(connection, parcel.lane)
    if kickoff is None:
        return
    text = f"Slack does not take this message about {name_project(kickoff)}, so here it is for you alone:"
    is_post = parcel.kind == "post"
    message = Post.model_validate(parcel.effect) if is_post else Upload.model_validate(parcel.effect).fallback
    alone = {"channel": "", "person": kickoff.caretaker, "thread": ""}
    if kind_of(parcel.lane) == "kickoff":
        # Its name stays with the place where others look for it.
        alone["name"] = ""
    _tell(connection, app, kickoff, post(words(text), person=kickoff.caretaker), message.model_copy(update=alone))


def _tell(connection: Connection, app: App, kickoff: Kickoff, *messages: Post) -> None:
    lane = direct_lane(kickoff.caretaker)
    outbox.put(connection, [message.parcel(kickoff.workspace, lane) for message in messages], app.clock())


def turn_from_person(connection: Connection, app: App, parcel: Claimed, error: str) -> None:
    """Go on when a person cannot be written to, now or later: without them, or where others see it."""
    outbox.give_up(connection, parcel.id, app.clock(), error)
    match kind_of(parcel.lane):
        case "kickoff" if parcel.kind in _MESSAGES:
            _pass_on(connection, app, parcel)
        case "interview":
            _give_up_on_stakeholder(connection, app, parcel, NOT_WRITABLE)
        case "nudge" if parcel.kind == "post":
            _ask_elsewhere(connection, app, parcel, error)


def _ask_elsewhere(connection: Connection, app: App, parcel: Claimed, error: str) -> None:
    """Send a nudge that its owner cannot get to whoever is asked now, or else under the card."""
    nudge = Post.model_validate(parcel.effect)
    kickoff = kickoff_of(connection, parcel.lane, lock=True)
    if kickoff is None:
        return
    if error in CLOSED:
        go_on_without(connection, app, parcel.workspace, nudge.person)
        kickoff = kickoffs.load(connection, kickoff.id)
    if not kickoff.is_orphaned:
        ask(connection, app, kickoff, nudge.name, in_private=kickoff.owner != nudge.person)


def is_home_closed(parcel: Claimed, channel: str) -> bool:
    """Whether a kickoff was started in direct messages that the app is no part of, where its card can never stand."""
    return kind_of(parcel.lane) == "kickoff" and is_direct(channel)


def move_home(connection: Connection, app: App, parcel: Claimed, channel: str) -> None:
    """Let a kickoff live in another channel, and its message with it."""
    kickoff = kickoff_of(connection, parcel.lane, lock=True)
    if kickoff:
        kickoffs.move(connection, kickoff.id, channel)
    outbox.rewrite(connection, parcel.id, {**parcel.effect, "channel": channel}, app.clock())
