"""Opening an interview: who the person is, whether they can be asked, and where; and going on without them."""

from dataclasses import replace

from sqlalchemy import Connection

from bot import premortem
from bot.app import App
from bot.availability import await_answers
from bot.blocks import mention, words
from bot.deliveries import Event
from bot.digests import plan_digest
from bot.effects import (
    FindOwnersZone,
    Invite,
    InviteAll,
    card_name,
    interview_lane,
    invite_lane,
    kickoff_lane,
    opening_name,
    post,
    turn_name,
    zone_lane,
)
from bot.interview_messages import draw_opening, draw_say
from bot.kickoff_card import refresh
from bot.nudges import hand_over, plan_anew
from bot.projects import name_project
from bot.results import conclude_if_done
from bot.slack_api import CallFailed, Refused
from bot.voting import follow_people
from flows.interviews import begin
from flows.kickoffs import Kickoff, Participant, Place, Standing
from flows.working_days import describe_due
from storage import kickoffs, outbox, people
from storage.outbox import Claimed

# What Slack answers when a person's account is closed, and when they cannot be written to for that or other reasons.
CLOSED = frozenset(
    {"user_not_found", "users_not_found", "user_disabled", "user_is_deactivated", "account_inactive_user"}
)
UNREACHABLE = CLOSED | {"cannot_dm_bot", "user_not_visible", "invalid_user_combination"}
NOT_WRITABLE = "I cannot write to this account"
_CLOSED_ACCOUNT = "this account is closed"
_ATTEMPTS = 5
_PAGES = 10
_FALLBACK_ZONE = "UTC"


async def invite_all(app: App, parcel: Claimed) -> None:
    """Let the invitations go, now that the card is posted: one lane each, so that nobody waits for anybody else."""
    kickoff_id = InviteAll.model_validate(parcel.effect).kickoff_id

    def let_go(connection: Connection) -> None:
        now = app.clock()
        for one in kickoffs.load(connection, kickoff_id).participants:
            invitation = Invite(interview_id=one.interview_id).parcel(parcel.workspace, invite_lane(one.interview_id))
            outbox.put(connection, [invitation], now)
        outbox.finish(connection, parcel.id, now)

    await app.transact_behind(let_go)


async def invite(app: App, parcel: Claimed) -> None:
    """Open one stakeholder's interview, or say why it cannot be."""
    interview_id = Invite.model_validate(parcel.effect).interview_id
    kickoff, participant = await app.transact_behind(
        lambda connection: kickoffs.load_interview(connection, interview_id)
    )
    if participant.standing is not Standing.INVITED:
        await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock()))
        return
    zone, obstacle = await _look_up(app, participant.person, parcel)
    channel, note = None, ""
    if not obstacle:
        channel, note, obstacle = await _find_place(app, kickoff, participant.person)

    def open_interview(connection: Connection) -> None:
        now = app.clock()
        kickoff, before = kickoffs.load_interview(connection, interview_id, lock=True)
        outbox.finish(connection, parcel.id, now)
        if before.standing is not Standing.INVITED:
            return
        if zone:
            people.save_zone(connection, kickoff.workspace, before.person, zone)
        if obstacle or channel is None:
            call_off(connection, app, kickoff, before, obstacle)
            return
        waiting = before.interview
        turn = begin(waiting.question_set, waiting.roles, waiting.plan, waiting.handed)
        known = replace(before, zone=zone or before.zone, channel=channel, note=note)
        after = await_answers(app, kickoff, replace(known, interview=turn.interview))
        due = describe_due(kickoff.answers_due, after.zone or _FALLBACK_ZONE, now) if kickoff.answers_due else ""
        kickoffs.save_participant(connection, before, after, now)
        opening = post(
            draw_opening(kickoff, after, due),
            channel=channel,
            name=opening_name(interview_id),
            interview_id=interview_id,
        )
        first = post(
            draw_say(interview_id, turn, kickoff.name),
            thread=opening_name(interview_id),
            name=turn_name(interview_id, turn.interview.turn),
        )
        lane = interview_lane(interview_id)
        outbox.put(connection, [one.parcel(kickoff.workspace, lane) for one in (opening, first)], now)
        refresh(connection, kickoff, app)

    await app.transact_behind(open_interview)


async def _look_up(app: App, person: str, parcel: Claimed) -> tuple[str, str]:
    """The person's zone, and what stands in the way of asking them; both empty when Slack does not tell."""
    try:
        user = (await app.slack.call("users.info", user=person))["user"]
    except Refused as refusal:
        return "", "Slack does not know this account" if refusal.error in UNREACHABLE else ""
    except CallFailed:
        if parcel.attempts < _ATTEMPTS:
            raise
        return "", ""
    obstacle = ""
    if user.get("deleted"):
        obstacle = _CLOSED_ACCOUNT
    elif user.get("is_bot") or person == "USLACKBOT":
        obstacle = "this is a bot, and bots have no goals"
    return str(user.get("tz") or ""), obstacle


async def _find_place(app: App, kickoff: Kickoff, person: str) -> tuple[str | None, str, str]:
    """Where the interview is held, a note if that is not where it was asked for, and what stands in the way."""
    note = ""
    if kickoff.place is Place.THREADS:
        if await _is_member(app, kickoff.channel, person):
            return kickoff.channel, "", ""
        note = "not in this channel, so asked in private"
    try:
        opened = await app.slack.call("conversations.open", users=person)
    except Refused as refusal:
        if refusal.error in UNREACHABLE:
            return None, "", NOT_WRITABLE
        raise
    return str(opened["channel"]["id"]), note, ""


async def _is_member(app: App, channel: str, person: str) -> bool:
    """Whether the person is in the channel; taken as true where Slack does not tell.

    The app may ask this of every channel, but not of the direct messages of a group: there it does not hear answers
    either, so its scopes' end counts as a no.
    """
    cursor = None
    for _ in range(_PAGES):
        try:
            page = await app.slack.call("conversations.members", channel=channel, limit=1000, cursor=cursor)
        except Refused as refusal:
            return refusal.error != "missing_scope"
        if person in page["members"]:
            return True
        cursor = page.get("response_metadata", {}).get("next_cursor") or None
        if cursor is None:
            return False
    return True


def call_off(connection: Connection, app: App, kickoff: Kickoff, participant: Participant, reason: str) -> None:
    """Go on without a stakeholder: their interview ends here, and whoever started the kickoff is told why."""
    _fall_away(connection, app, kickoff, kickoff, participant.person, reason)


def go_on_without(connection: Connection, app: App, workspace: str, person: str) -> None:
    """Go on without a person whose account was closed, in every kickoff that they have to do with."""
    theirs = [one.id for one in reversed(kickoffs.of_person(connection, workspace, person))]
    before = [kickoffs.load(connection, kickoff_id, lock=True) for kickoff_id in theirs]
    people.save_gone(connection, workspace, person, gone=True)
    for kickoff in before:
        _fall_away(connection, app, kickoff, kickoffs.load(connection, kickoff.id), person, _CLOSED_ACCOUNT)


def _fall_away(connection: Connection, app: App, before: Kickoff, after: Kickoff, person: str, reason: str) -> None:
    """Call off what waits for a person, have somebody else asked for progress, and say both under the card."""
    project = name_project(after)
    said = []
    waiting = next((one for one in after.waiting_for if one.person == person), None)
    if waiting:
        called_off = replace(waiting, standing=Standing.UNAVAILABLE, note=reason)
        kickoffs.save_participant(connection, waiting, called_off, app.clock())
        after = after.with_participant(called_off)
        said.append(f"I cannot interview {mention(person)}: {reason}. {project} goes on without them.")
    heir = hand_over(connection, app, before, after)
    if heir:
        said += [heir] if waiting else [f"{mention(person)}, who looked after {project}, is gone.", heir]
    if said:
        text = f"{mention(after.caretaker)}, {' '.join(said)}"
        notice = post(words(text), channel=after.channel, thread=card_name(after.id))
        outbox.put(connection, [notice.parcel(after.workspace, kickoff_lane(after.id))], app.clock())
    follow_people(connection, app, before, after)
    premortem.follow_people(connection, app, before, after)
    if waiting:
        conclude_if_done(connection, app, after)
    refresh(connection, after, app)


async def notice_change(app: App, event: Event) -> None:
    """A person's profile changed: they may have left, come back, or moved to another time zone."""
    await app.transact(lambda connection: _note_change(connection, app, event))


def _note_change(connection: Connection, app: App, event: Event) -> None:
    was_gone = people.is_gone(connection, event.workspace, event.person)
    if event.gone:
        if not was_gone:
            go_on_without(connection, app, event.workspace, event.person)
    elif was_gone:
        _welcome_back(connection, app, event)
    elif event.zone:
        _move_to_zone(connection, app, event)


def _welcome_back(connection: Connection, app: App, event: Event) -> None:
    """Note that a closed account is open again, and ask its owner for progress where they are who is asked."""
    people.save_gone(connection, event.workspace, event.person, gone=False)
    for kickoff in kickoffs.of_person(connection, event.workspace, event.person):
        if kickoff.owner == event.person:
            zone = FindOwnersZone(kickoff_id=kickoff.id).parcel(kickoff.workspace, zone_lane(kickoff.id))
            outbox.put(connection, [zone], app.clock())
        refresh(connection, kickoff, app)


def _move_to_zone(connection: Connection, app: App, event: Event) -> None:
    """Keep a known person's new zone, and set the nudges that they own by it."""
    if people.zone_of(connection, event.workspace, event.person) in {None, event.zone}:
        return
    people.save_zone(connection, event.workspace, event.person, event.zone)
    for seen in kickoffs.of_person(connection, event.workspace, event.person):
        kickoff = kickoffs.load(connection, seen.id, lock=True)
        if kickoff.owner == event.person:
            _set_nudge(connection, app, kickoff, event.zone)


def _set_nudge(connection: Connection, app: App, kickoff: Kickoff, zone: str) -> None:
    """Set the next nudge by the owner's zone."""
    there = replace(kickoff, nudge=replace(kickoff.nudge, zone=zone))
    plan_anew(connection, app, there)
    if there.digests.next_due_at:
        plan_digest(connection, app, there)


async def find_owners_zone(app: App, parcel: Claimed) -> None:
    """Set the first nudge in the owner's own time zone; where Slack does not tell it, in UTC."""
    kickoff_id = FindOwnersZone.model_validate(parcel.effect).kickoff_id
    owner = (await app.transact_behind(lambda connection: kickoffs.load(connection, kickoff_id))).owner
    zone, _ = await _look_up(app, owner, parcel)

    def set_nudge(connection: Connection) -> None:
        now = app.clock()
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        outbox.finish(connection, parcel.id, now)
        if zone:
            people.save_zone(connection, kickoff.workspace, owner, zone)
        _set_nudge(connection, app, kickoff, zone or _FALLBACK_ZONE)

    await app.transact_behind(set_nudge)
