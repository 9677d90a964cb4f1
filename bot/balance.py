"""From the conflicts to one balance: the owner asks for options, and decides where three votes bring no agreement."""

import asyncio
import json

from sqlalchemy import Connection

from bot.app import App
from bot.balance_messages import describe_option, letter, name_option
from bot.blocks import Block, Choice, mention, modal, radio_input, section, text_input, words
from bot.deliveries import Command, Press, Submission
from bot.effects import ProposeOptions, kickoff_lane, post
from bot.findings import find_for, read_posted
from bot.forms import open_form, submit_once
from bot.projects import NO_PROJECT, find_projects
from bot.replies import FieldErrors, OnlyYou
from bot.voting import open_round, settle
from bot.whispers import whisper
from flows.agreement import Agreement, follow
from flows.balance import Option, OptionKind
from flows.balance_options import propose
from flows.decisions import BalanceSettled
from flows.findings import Findings, basis
from flows.free_text import is_visible
from flows.kickoffs import Kickoff
from flows.voting import dissent
from storage import decisions, deliveries, kickoffs, outbox
from storage.outbox import Claimed

FORM = "balance.decide"

_WHY = 500
_UNDER_WAY = "A vote is under way. Its message in the channel has the options."
_NO_LEADER = (
    "I cannot propose a balance yet: no goal has a number, or I know nothing that moves it. "
    "Press *All goals* on the board to see what is open."
)
_FLOORS_COLLIDE = "I found no way to keep all floors at once. Please talk about which of them can be lower."


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
        waiting = ", ".join(mention(one.person) for one in kickoff.waiting_for)
        return f"The interviews come first. I wait for {waiting}." if waiting else "The interviews come first."
    if follow(decisions.of_kickoff(connection, kickoff.id)).open_round:
        return _UNDER_WAY
    proposal = ProposeOptions(kickoff_id=kickoff.id)
    outbox.put(connection, [proposal.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())
    return "I work out the options and post them in the channel."


async def propose_options(app: App, parcel: Claimed) -> None:
    """Work out the options off the event loop, and open a round of votes on them."""
    effect = ProposeOptions.model_validate(parcel.effect)

    kickoff, stands = await app.transact_behind(lambda connection: read_posted(connection, effect.kickoff_id))
    findings = await find_for(app, kickoff, stands)
    options = await asyncio.to_thread(work_out, kickoff, findings, stands)

    def put(connection: Connection) -> None:
        outbox.finish(connection, parcel.id, app.clock())
        _offer(connection, app, kickoff, findings, options, effect.top)

    await app.transact_behind(put)


def work_out(kickoff: Kickoff, findings: Findings, stands: Agreement) -> tuple[Option, ...]:
    """The options for a kickoff as it stands; takes a while."""
    # Metrics that only these people know are assigned to a place in the graph; what is kept says nothing of that.
    named = dict(zip(findings.stakes, kickoff.stakes, strict=True))
    options = propose(
        findings.stakes,
        findings.graph,
        first=(kickoff.owner,),
        hidden=kickoff.confidential_owners,
        floors=stands.floors,
    )
    return tuple(option.about(named) for option in options)


def _offer(
    connection: Connection, app: App, kickoff: Kickoff, findings: Findings, options: tuple[Option, ...], top: str
) -> None:
    """Open a round on the options; settle at once where nothing has to give way; say so where there are none."""
    newest = kickoffs.load(connection, kickoff.id, lock=True)
    if follow(decisions.of_kickoff(connection, kickoff.id)).open_round:
        return
    rests_on = basis(findings.stakes, findings.graph)
    if not options:
        said = _FLOORS_COLLIDE if any(one.objective.amount for one in findings.stakes) else _NO_LEADER
        parcel = post(words(said), channel=newest.channel).parcel(newest.workspace, kickoff_lane(newest.id))
        outbox.put(connection, [parcel], app.clock())
    elif options[0].kind is OptionKind.EVERYTHING:
        settle(connection, app, newest, BalanceSettled(by="", at=app.clock(), option=options[0], basis=rests_on))
    else:
        open_round(connection, app, newest, options, rests_on, top=top)


async def press_decide(app: App, press: Press) -> None:
    """Open the form in which the owner decides."""
    kickoff_id, _number = press.value.split("|")

    def look(connection: Connection) -> Block | None:
        kickoff = kickoffs.load(connection, int(kickoff_id))
        stands = follow(decisions.of_kickoff(connection, kickoff.id))
        refusal = _refuse_decision(kickoff, stands, press.person)
        if refusal and deliveries.is_first(connection, press.key, app.clock()):
            outbox.put(connection, [whisper(press, refusal)], app.clock())
        return None if refusal else form(kickoff, stands)

    view = await app.transact(look)
    if view is not None:
        await open_form(app, press, view)


def _refuse_decision(kickoff: Kickoff, stands: Agreement, person: str) -> str:
    if person != kickoff.owner:
        return f"This is for {mention(kickoff.owner)} to decide."
    return "" if stands.awaits_owner else "This is decided already, or the vote goes on."


def form(kickoff: Kickoff, stands: Agreement) -> Block:
    """The form: which option, and why."""
    options = stands.round.opened.options if stands.round else ()
    said = [
        section(f"*{letter(place)}. {name_option(option)}*\n{describe_option(option)}")
        for place, option in enumerate(options)
    ]
    choices = [Choice(f"{letter(place)}. {name_option(option)}", option.id) for place, option in enumerate(options)]
    why = text_input("why", "Why this one?", hint="Everybody reads this.", multiline=True, limit=_WHY)
    pick = radio_input("option", "Which one?", choices, "")
    return modal("Decide", FORM, [*said, pick, why], submit="Decide", metadata=json.dumps({"kickoff": kickoff.id}))


async def submit_decision(app: App, submission: Submission) -> FieldErrors | None:
    """Keep what the owner decided, with whoever wanted another option."""
    kickoff_id = int(submission.metadata["kickoff"])

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        stands = follow(decisions.of_kickoff(connection, kickoff_id))
        refusal = _refuse_decision(kickoff, stands, submission.person)
        if refusal or stands.round is None:
            return FieldErrors({"why": refusal})
        chosen = next((one for one in stands.round.opened.options if one.id == submission.fields.get("option")), None)
        why = submission.fields.get("why", "").strip()
        if chosen is None:
            return FieldErrors({"option": "Please pick one."})
        if not is_visible(why):
            return FieldErrors({"why": "Please say why, in a few words: those who wanted another one will ask."})
        against = dissent(stands.round, chosen.id)
        rests_on = stands.round.opened.basis
        decided = BalanceSettled(
            by=submission.person, at=app.clock(), option=chosen, dissent=against, why=why[:_WHY], basis=rests_on
        )
        settle(connection, app, kickoff, decided)
        return None

    return await submit_once(app, submission, keep)
