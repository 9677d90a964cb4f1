"""From the conflicts to one balance: the owner asks for options, and decides where three votes bring no agreement."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from bot.app import App
from bot.balance_messages import list_options
from bot.blocks import Block, mention, modal, radio_input, text_input, words
from bot.brevity import list_people
from bot.deliveries import Command, Press, Submission
from bot.effects import ProposeOptions, kickoff_lane, post
from bot.findings import expect_unchanged, find_for, read_posted
from bot.forms import open_form, submit_once
from bot.projects import NO_PROJECT, find_projects
from bot.replies import FieldErrors, OnlyYou
from bot.voting import open_round, settle
from bot.whispers import refuse_press, whisper
from flows.agreement import Agreement, Round
from flows.balance import Option, OptionKind, goal_key
from flows.balance_options import propose
from flows.decisions import BalanceSettled
from flows.findings import Findings, basis
from flows.free_text import is_visible
from flows.kickoffs import Kickoff
from flows.voting import dissent, still_asked
from storage import decisions, deliveries, kickoffs, outbox
from storage.outbox import Claimed

FORM = "balance.decide"

_WHY = 500
_KEPT = 32
"""So many proposals are kept, each a few kilobytes."""
_UNDER_WAY = "A vote is under way. Its message in the channel has the options."
_PEOPLE_NAMED = 5
_NO_LEADER = (
    "I cannot propose a balance yet: no goal has a number, or I know nothing that moves it. "
    "Press *All goals* on the board to see what is open."
)
_FLOORS_COLLIDE = (
    "I found no way to keep all floors at once. Please talk about which of them can be lower. Whoever lowers theirs "
    "presses *Change an answer*; then ask for a balance again."
)
_FLOORS_LEFT_OUT = (
    "The floors that you named with your votes cannot all be kept at once. So these options leave them out, as in the "
    "first round. Please name floors that leave more room."
)
_STILL_IN_FULL = "All goals can still be met in full, so the balance stays as it is."


async def answer(app: App, command: Command, name: str | None) -> OnlyYou:
    """Begin to look for a balance, or say why not."""

    def begin(connection: Connection) -> str:
        projects = find_projects(connection, command)
        if not projects.known:
            return NO_PROJECT
        chosen = projects.choose(name)
        if not chosen:
            return projects.say_unknown(name)
        if len(chosen) > 1:
            return projects.ask_which("balance")
        return _begin(connection, app, kickoffs.load(connection, chosen[0].id, lock=True), command.person)

    return OnlyYou(words(await app.transact(begin)))


async def press_find(app: App, press: Press) -> None:
    """The button under the board."""

    def begin(connection: Connection) -> None:
        if deliveries.is_first(connection, press.key, app.clock()):
            kickoff = kickoffs.load(connection, int(press.value), lock=True)
            said = _begin(connection, app, kickoff, press.person)
            outbox.put(connection, [whisper(press, said)], app.clock())

    await app.transact(begin)


def _begin(connection: Connection, app: App, kickoff: Kickoff, person: str) -> str:
    if not kickoff.may_change_nudges(person):
        return f"Only {mention(kickoff.owner)} can ask for a balance. Please talk to them."
    if kickoff.concluded_at is None:
        waiting = list_people([one.person for one in kickoff.waiting_for], _PEOPLE_NAMED)
        return f"The interviews come first. I wait for {waiting}." if waiting else "The interviews come first."
    stands = decisions.agreement_of(connection, kickoff.id)
    if stands.open_round:
        return _UNDER_WAY
    if stands.awaits_owner:
        return f"The votes are over. {mention(kickoff.owner)} decides, with the button under the last of them."
    proposal = ProposeOptions(kickoff_id=kickoff.id)
    outbox.put_once(connection, proposal.parcel(kickoff.workspace, kickoff_lane(kickoff.id)), app.clock())
    return "I work out the options and post them in the channel."


@dataclass(frozen=True)
class Proposal:
    """What there is to choose from: the options, or none and why; and what there is to know of them, in mrkdwn."""

    options: tuple[Option, ...]
    note: str = ""


async def propose_options(app: App, parcel: Claimed) -> None:
    """Work out the options off the event loop, and open a round of votes on them."""
    effect = ProposeOptions.model_validate(parcel.effect)

    kickoff, stands = await app.transact_behind(lambda connection: read_posted(connection, effect.kickoff_id))
    findings = await find_for(app, kickoff, stands)
    proposal = await asyncio.to_thread(work_out, kickoff, findings, stands.floors)

    def put(connection: Connection) -> None:
        if outbox.finish(connection, parcel.id, app.clock()):
            newest = kickoffs.load(connection, kickoff.id, lock=True)
            expect_unchanged(connection, kickoff, stands)
            _offer(connection, app, newest, findings, proposal, effect.why)

    await app.transact_behind(put)


def work_out(kickoff: Kickoff, findings: Findings, floors: Mapping[str, float]) -> Proposal:
    """The options for a kickoff with the floors that people named with their votes; takes a while.

    Where these floors cannot all be kept, the options leave them out: else nobody could name others.
    """
    if options := _propose(kickoff, findings, floors):
        return Proposal(options)
    if floors and (options := _propose(kickoff, findings, {})):
        return Proposal(options, _FLOORS_LEFT_OUT)
    none = {goal_key(stake): 0.0 for stake in kickoff.stakes}
    return Proposal((), _FLOORS_COLLIDE if _propose(kickoff, findings, none) else _NO_LEADER)


def _propose(kickoff: Kickoff, findings: Findings, floors: Mapping[str, float]) -> tuple[Option, ...]:
    # Metrics that only these people know are assigned to a place in the graph; what is kept says nothing of that.
    named = dict(zip(findings.stakes, kickoff.stakes, strict=True))
    kept = frozenset((goal_key(found), floors[key]) for found, own in named.items() if (key := goal_key(own)) in floors)
    options = _propose_once(findings, kickoff.owner, kickoff.confidential_owners, kept)
    return tuple(option.about(named) for option in options)


@lru_cache(_KEPT)
def _propose_once(
    findings: Findings, owner: str, hidden: frozenset[str], floors: frozenset[tuple[str, float]]
) -> tuple[Option, ...]:
    """The same goals are looked at again after each change that touches none of them."""
    return propose(
        findings.stakes,
        findings.graph,
        first=(owner,),
        hidden=hidden,
        floors=dict(floors),
        chance=findings.chance,
    )


def _offer(
    connection: Connection, app: App, kickoff: Kickoff, findings: Findings, proposal: Proposal, why: str
) -> None:
    """Open a round on the options; settle at once where nothing has to give way; say so where there are none."""
    stands = decisions.agreement_of(connection, kickoff.id)
    if stands.open_round or stands.awaits_owner:
        return
    options, rests_on = proposal.options, basis(findings.stakes, findings.graph)
    if len(options) > 1 or (options and options[0].kind is not OptionKind.EVERYTHING):
        open_round(connection, app, kickoff, options, rests_on, why=why, note=proposal.note)
    elif options and not (stands.settled and stands.settled.option == options[0]):
        settle(connection, app, kickoff, BalanceSettled(by="", at=app.clock(), option=options[0], basis=rests_on))
    else:
        said = post(words(_STILL_IN_FULL if options else proposal.note), channel=kickoff.channel)
        outbox.put(connection, [said.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


async def press_decide(app: App, press: Press) -> None:
    """Open the form in which the owner decides."""
    kickoff_id, key = press.value.split("|")

    def look(connection: Connection) -> Block | None:
        kickoff = kickoffs.load(connection, int(kickoff_id))
        stands = decisions.agreement_of(connection, kickoff.id)
        refusal = _refuse_decision(kickoff, stands, key, press.person)
        if refusal:
            refuse_press(connection, app, press, refusal)
        return None if refusal or stands.round is None else form(kickoff, stands.round)

    view = await app.transact(look)
    if view is not None:
        await open_form(app, press, view)


def _refuse_decision(kickoff: Kickoff, stands: Agreement, key: str, person: str) -> str:
    if person != kickoff.owner and not kickoff.is_orphaned:
        return f"This is for {mention(kickoff.owner)} to decide."
    awaited = stands.awaits_owner and stands.round is not None and stands.round.opened.key == key
    return "" if awaited else "This is decided already, or the vote goes on."


def form(kickoff: Kickoff, round_: Round) -> Block:
    """The form: which option, and why."""
    told, choices = list_options(kickoff, round_.opened.options)
    why = text_input("why", "Why this one?", hint="Everybody reads this.", multiline=True, limit=_WHY)
    pick = radio_input("option", "Which one?", choices, "")
    metadata = json.dumps({"kickoff": kickoff.id, "round": round_.opened.key})
    return modal("Decide", FORM, [*told, pick, why], submit="Decide", metadata=metadata)


async def submit_decision(app: App, submission: Submission) -> FieldErrors | None:
    """Keep what the owner decided, with whoever wanted another option."""
    kickoff_id = int(submission.metadata["kickoff"])

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        stands = decisions.agreement_of(connection, kickoff_id)
        refusal = _refuse_decision(kickoff, stands, submission.metadata["round"], submission.person)
        if refusal or stands.round is None:
            return FieldErrors({"why": refusal})
        round_ = still_asked(stands.round, kickoff)
        chosen = next((one for one in round_.opened.options if one.id == submission.fields.get("option")), None)
        why = submission.fields.get("why", "").strip()
        if chosen is None:
            return FieldErrors({"option": "Please pick one."})
        if not is_visible(why):
            return FieldErrors({"why": "Please say why, in a few words: those who wanted another one will ask."})
        against = dissent(round_, chosen.id)
        rests_on = round_.opened.basis
        decided = BalanceSettled(
            by=submission.person, at=app.clock(), option=chosen, dissent=against, why=why[:_WHY], basis=rests_on
        )
        settle(connection, app, kickoff, decided)
        return None

    return await submit_once(app, submission, keep)
