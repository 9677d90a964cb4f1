"""The form **Start a kickoff**, and what starting one sets in motion."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import (
    Block,
    Button,
    Choice,
    actions,
    capitalise,
    cut,
    date_input,
    modal,
    people_input,
    radio_input,
    text_input,
)
from bot.deliveries import Press, Submission
from bot.digests import ALL
from bot.effects import FindOwnersZone, InviteAll, card_name, kickoff_lane, post, zone_lane
from bot.forms import change_form
from bot.kickoff_card import draw_card
from bot.replies import FieldErrors
from bot.slack_api import is_direct
from flows.agreement import Agreement
from flows.cadence import FORTNIGHT, MONDAYS, NEVER, WEEKDAYS, Cadence
from flows.free_text import is_visible
from flows.interviews import begin
from flows.kickoffs import Digests, Kickoff, Nudge, Participant, Place, Standing, group_roles
from flows.people_changes import list_observers
from flows.questions import QuestionSet
from flows.roles import ROLE_NAMES, Role
from flows.working_days import default_due
from storage import deliveries, kickoffs, outbox, people

FORM = "kickoff.start"
_NAME_LIMIT = 80
_PROBLEM_LIMIT = 2000
MORE_ROLES = "kickoff.more_roles"
MORE = "More roles, and people who watch"
FIRST_ROLES = (Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE)
OBSERVERS = "observers"

_CADENCES: dict[str, tuple[str, Cadence]] = {
    "mondays": ("Every Monday", MONDAYS),
    "fortnight": ("Every two weeks", FORTNIGHT),
    "weekdays": ("Every weekday", WEEKDAYS),
    "never": ("Never", NEVER),
}


def form(channel: str, due: date, name: str = "", *, all_roles: bool = False) -> Block:
    """The form, with the project's name filled in if it is known, and with the pickers of the first or of all roles."""
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
            *role_inputs(all_roles=all_roles),
            radio_input("place", "Interviews", places, initial=places[0].value),
            date_input("due", "Answers by", initial=due.isoformat()),
            radio_input("cadence", "Nudge us", cadences, initial="mondays"),
        ],
        submit="Start",
        metadata=json.dumps({"channel": channel}),
    )


def role_inputs(*, all_roles: bool, chosen: Mapping[Role, Sequence[str]] | None = None) -> list[Block]:
    """A picker for each role, with who is picked already, and one for those who only watch."""
    roles = tuple(Role) if all_roles else FIRST_ROLES
    picked = chosen or {}
    pickers = [people_input(role, capitalise(ROLE_NAMES[role]), initial=picked.get(role, ())) for role in roles]
    if all_roles:
        return pickers
    return [*pickers, actions([Button(MORE, MORE_ROLES, "")])]


def observers_input(chosen: Sequence[str] = ()) -> Block:
    """A picker of those who watch."""
    return people_input(OBSERVERS, "Watch without being asked", initial=chosen)


async def show_more_roles(app: App, press: Press) -> None:
    """Show the pickers of all roles; what is filled in already stays, since the fields keep their names."""
    if press.view is None:
        return
    channel = json.loads(press.view.metadata)["channel"]
    view = form(channel, default_due(app.clock(), "UTC"), all_roles=True)
    view["blocks"].insert(-3, observers_input())
    await change_form(app, press, view)


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Store the kickoff with all that it sets in motion: its card, and an invitation for each stakeholder."""
    chosen = read_roles(submission)
    name = submission.fields.get("name", "").strip()
    if not is_visible(name):
        return FieldErrors({"name": "Please give the project a name, such as Churn radar."})
    if not chosen:
        return FieldErrors({FIRST_ROLES[0]: "Please pick at least one person to interview, here or below."})
    channel = str(submission.metadata["channel"])
    due = submission.fields.get("due")

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
            participants=_invited(app.questions, chosen),
            # The first time is set once the owner's zone is known.
            nudge=Nudge(cadence, zone, None),
            question_set=app.questions,
            answers_due=date.fromisoformat(due) if due else None,
            observers=list_observers(submission.lists.get(OBSERVERS, ()), chosen),
            digests=Digests(ALL),
        )
        kickoff = kickoffs.create(connection, kickoff, now)
        _announce(connection, kickoff, app)

    await app.transact(store)
    return None


def read_roles(submission: Submission) -> list[tuple[Role, str]]:
    """Who was picked for which role, in the order of the roles."""
    return [(role, person) for role in Role for person in submission.lists.get(role, ())]


def _invited(questions: QuestionSet, chosen: Sequence[tuple[Role, str]]) -> tuple[Participant, ...]:
    present = frozenset(role for role, _ in chosen)
    return tuple(
        Participant(
            0, person, Standing.INVITED, None, begin(questions, roles, questions.plan(roles, present)).interview
        )
        for person, roles in group_roles(chosen)
    )


def _announce(connection: Connection, kickoff: Kickoff, app: App) -> None:
    # The card comes first in the channel, and then the invitations.
    lane = kickoff_lane(kickoff.id)
    parcels = [
        post(
            draw_card(kickoff, Agreement(), (), app.clock()), channel=kickoff.channel, name=card_name(kickoff.id)
        ).parcel(kickoff.workspace, lane),
        InviteAll(kickoff_id=kickoff.id).parcel(kickoff.workspace, lane),
        FindOwnersZone(kickoff_id=kickoff.id).parcel(kickoff.workspace, zone_lane(kickoff.id)),
    ]
    outbox.put(connection, parcels, app.clock())
