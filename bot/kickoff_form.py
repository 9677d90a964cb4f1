"""The form **Start a kickoff**, and what starting one sets in motion."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Choice, capitalise, cut, is_visible, modal, person_input, radio_input, text_input
from bot.deliveries import Submission
from bot.effects import FindOwnersZone, InviteAll, card_name, kickoff_lane, post, zone_lane
from bot.kickoff_card import draw_card
from bot.replies import FieldErrors
from bot.slack_api import is_direct
from flows.cadence import FORTNIGHT, MONDAYS, NEVER, WEEKDAYS, Cadence
from flows.interviews import begin
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing, group_roles
from flows.questions import CURRENT_VERSION, ROLE_NAMES, Role
from storage import deliveries, kickoffs, outbox, people

FORM = "kickoff.start"
_NAME_LIMIT = 80
_PROBLEM_LIMIT = 2000
_ROLES = tuple(Role)
_CADENCES: dict[str, tuple[str, Cadence]] = {
    "mondays": ("Every Monday", MONDAYS),
    "fortnight": ("Every two weeks", FORTNIGHT),
    "weekdays": ("Every weekday", WEEKDAYS),
    "never": ("Never", NEVER),
}


def form(channel: str, name: str = "") -> Block:
    """The form, with the project's name filled in if it is known."""
    places = [Choice("In threads here", Place.THREADS), Choice("In private messages", Place.PRIVATE)]
    if is_direct(channel):
        # Those who are to be interviewed cannot see what stands in direct messages.
        places = places[1:]
    cadences = [Choice(label, value) for value, (label, _) in _CADENCES.items()]
    return modal(
        "Start a kickoff",
        FORM,
        [
            text_input(
                "name", "Project name", initial=cut(name, _NAME_LIMIT), placeholder="Churn radar", limit=_NAME_LIMIT
            ),
            text_input(
                "problem",
                "What problem should it solve?",
                placeholder="Customers leave before we notice that they are unhappy.",
                optional=True,
                multiline=True,
                limit=_PROBLEM_LIMIT,
            ),
            *[person_input(role, capitalise(ROLE_NAMES[role])) for role in _ROLES],
            radio_input("place", "Interviews", places, initial=places[0].value),
            radio_input("cadence", "Nudge us", cadences, initial="mondays"),
        ],
        submit="Start",
        metadata=json.dumps({"channel": channel}),
    )


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Store the kickoff with all that it sets in motion: its card, and an invitation for each stakeholder."""
    chosen = [(role, submission.fields[role]) for role in _ROLES if role in submission.fields]
    name = submission.fields.get("name", "").strip()
    if not is_visible(name):
        return FieldErrors({"name": "Please give the project a name, such as Churn radar."})
    if not chosen:
        return FieldErrors({_ROLES[0]: "Please pick at least one person to interview, here or below."})
    channel = str(submission.metadata["channel"])

    def store(connection: Connection) -> None:
        now = app.clock()
        if not deliveries.is_first(connection, submission.key, now):
            return
        zone = people.zone_of(connection, submission.workspace, submission.person) or "UTC"
        cadence = _CADENCES[submission.fields.get("cadence", "mondays")][1]
        kickoff = Kickoff(
            id=0,
            workspace=submission.workspace,
            channel=channel,
            name=name,
            problem=submission.fields.get("problem", "").strip(),
            starter=submission.person,
            place=Place.PRIVATE if is_direct(channel) else Place(submission.fields.get("place", Place.THREADS)),
            participants=_invited(chosen),
            # The first time is set once the owner's zone is known.
            nudge=Nudge(cadence, zone, None),
        )
        kickoff = kickoffs.create(connection, kickoff, now)
        _announce(connection, kickoff, app)

    await app.transact(store)
    return None


def _invited(chosen: Sequence[tuple[Role, str]]) -> tuple[Participant, ...]:
    return tuple(
        Participant(0, person, Standing.INVITED, None, begin(roles, CURRENT_VERSION).interview)
        for person, roles in group_roles(chosen)
    )


def _announce(connection: Connection, kickoff: Kickoff, app: App) -> None:
    # The card comes first in the channel, and then the invitations.
    lane = kickoff_lane(kickoff.id)
    parcels = [
        post(draw_card(kickoff, (), app.clock()), channel=kickoff.channel, name=card_name(kickoff.id)).parcel(
            kickoff.workspace, lane
        ),
        InviteAll(kickoff_id=kickoff.id).parcel(kickoff.workspace, lane),
        FindOwnersZone(kickoff_id=kickoff.id).parcel(kickoff.workspace, zone_lane(kickoff.id)),
    ]
    outbox.put(connection, parcels, app.clock())
