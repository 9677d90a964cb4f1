"""The goal card in the channel: what was agreed on, who has signed it, and what still waits for whom (K35, K47)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import (
    Block,
    Button,
    Words,
    actions,
    context,
    divider,
    header,
    mention,
    modal,
    paragraphs,
    quote,
    section,
    text_input,
    words,
)
from bot.brevity import count_words, cut_sentences, cut_words, list_people, room_beside
from bot.deliveries import Press, Submission
from bot.effects import Effect, ShowGoalCard, edit, kickoff_lane, post
from bot.findings import read_posted
from bot.forms import open_form, submit_once
from bot.kickoff_card import refresh
from bot.mrkdwn import show_line
from bot.replies import FieldErrors
from bot.whispers import refuse_press, turn_down, whisper
from flows.agreement import Agreement
from flows.decisions import Objected, RisksAcknowledged, Signed
from flows.free_text import is_visible
from flows.goal_card import GoalCard, draw_up
from flows.kickoffs import Kickoff
from flows.shown import Line
from flows.signing import missing_signatures, signers_of
from flows.working_days import describe_day
from storage import decisions, deliveries, kickoffs, outbox
from storage.outbox import Claimed

READ = "goal_card.read"
APPROVE = "goal_card.approve"
OBJECT = "goal_card.object"
ACKNOWLEDGE = "goal_card.acknowledge"
FORM = "goal_card.object"
RISKS = "goal_card.risks"

_READ_FORM = "goal_card.read"
_LEADING = "*Leading:*"
_NAME_WORDS = 4
_NAMED = 2
_REASON = 500
_NOT_ASKED = "Only the stakeholders of this kickoff sign. Your comments in the thread are welcome."
_CHANGED = "The goal card changed a moment ago. Please read it once more before you approve."
_RISKS_CHANGED = "The risks changed a moment ago. Please close this form, and read them once more."
_SIGNED = "You have approved the goal card already."
_NOT_SETTLED = "The balance is not settled any more, so there is nothing to sign now."


def goal_card_name(kickoff_id: int) -> str:
    """The name of the message with the goal card."""
    return f"balance:{kickoff_id}:goal_card"


def card_of(kickoff: Kickoff, stands: Agreement) -> GoalCard:
    """The goal card as it follows from the answers and the balance that counts."""
    return draw_up(kickoff, stands.settled.option if stands.settled else None, stands.premortem)


async def show_goal_card(app: App, parcel: Claimed) -> None:
    """Post the goal card once the balance is settled; the old one, if there is one, says where it went."""
    kickoff_id = ShowGoalCard.model_validate(parcel.effect).kickoff_id

    def put(connection: Connection) -> None:
        if not outbox.finish(connection, parcel.id, app.clock()):
            return
        # Locked, so that the edit which follows an approval comes behind the card.
        kickoffs.load(connection, kickoff_id, lock=True)
        kickoff, stands = read_posted(connection, kickoff_id)
        name = goal_card_name(kickoff_id)
        said: list[Effect] = []
        if outbox.find_posted(connection, name):
            said.append(edit(name, words("This goal card is out of date. The newest one is further down.")))
        said.append(post(draw_card(kickoff, stands), channel=kickoff.channel, name=name))
        outbox.put(connection, [one.parcel(kickoff.workspace, parcel.lane) for one in said], app.clock())

    await app.transact_behind(put)


def draw_card(kickoff: Kickoff, stands: Agreement) -> Words:
    """The goal card in few words: what leads, how much is open, and who has signed."""
    card = card_of(kickoff, stands)
    leading = next(line for line in card.lines if line.key == "leading")
    title = header(f"{cut_words(kickoff.name, _NAME_WORDS)}: goal card")
    below = [
        section(_say_signatures(kickoff, stands, card)),
        context(_say_holes(card)),
        actions(list(_list_buttons(kickoff, stands, card))),
    ]
    room = room_beside(title, *below) - count_words(_LEADING)
    goal = quote(cut_sentences(leading.text, room), 300) or "not settled"
    return words(f"{quote(kickoff.name, 150)}: the goal card.", [title, section(f"{_LEADING} {goal}"), *below])


def _say_holes(card: GoalCard) -> str:
    holes = sum(len(line.holes) for line in card.lines)
    if not holes:
        return "Nothing is missing on it."
    return f"{holes} thing{'s are' if holes > 1 else ' is'} still missing on it. *Read it* says whom each waits for."


def _say_signatures(kickoff: Kickoff, stands: Agreement, card: GoalCard) -> str:
    signers = signers_of(kickoff)
    approved = [one for one in signers if one in stands.signatures and stands.signatures[one].holds]
    objecting = [one for one in signers if one in stands.signatures and stands.signatures[one].objection]
    missing = [one for one in missing_signatures(kickoff, stands.signatures) if one not in objecting]
    parts = [f"{len(approved)} of {len(signers)} approve."]
    if objecting:
        parts.append(f"Objections: {list_people(objecting, _NAMED)}.")
    if missing:
        parts.append(f"I wait for {list_people(missing, _NAMED + 1)}.")
    if not _are_risks_accepted(stands, card):
        parts.append(f"{mention(kickoff.owner)} still has to accept the risks.")
    return " ".join(parts)


def _write_risks(risks: Iterable[Line]) -> tuple[str, ...]:
    return tuple(f"{line.title}: {line.text}" for line in risks)


def _are_risks_accepted(stands: Agreement, card: GoalCard) -> bool:
    """Whether the risks were accepted as they are now."""
    return stands.acknowledged is not None and stands.acknowledged.risks == _write_risks(card.risks)


def version_of(card: GoalCard) -> str:
    """Names what the card says, so that nobody approves of something that they have not seen."""
    return sha256(ascii(sorted(card.digests().items())).encode()).hexdigest()[:12]


def _version_of_risks(risks: tuple[str, ...]) -> str:
    """Names what the risks say, so that nobody accepts others than they have read."""
    return sha256(ascii(risks).encode()).hexdigest()[:12]


def _list_buttons(kickoff: Kickoff, stands: Agreement, card: GoalCard) -> Iterator[Button]:
    value = str(kickoff.id)
    yield Button("Read it", READ, value)
    if stands.settled:
        yield Button("Approve", APPROVE, f"{value}|{version_of(card)}", primary=True)
        yield Button("Object", OBJECT, value)
    if not _are_risks_accepted(stands, card):
        yield Button("Accept the risks", ACKNOWLEDGE, value)


async def press_read(app: App, press: Press) -> None:
    """Show the whole card to whoever asks."""
    kickoff, stands = await app.database.transact(lambda connection: read_posted(connection, int(press.value)))
    await open_form(app, press, draw_whole(kickoff, stands))


def draw_whole(kickoff: Kickoff, stands: Agreement) -> Block:
    """Every line of the card, what is missing and whom it waits for, and what each says of it."""
    card = card_of(kickoff, stands)
    groups = (
        ("What the model does", card.task),
        ("How it is measured", card.measures),
        ("When it is a success", card.success),
        ("When it is accepted or stopped", card.acceptance),
        ("Limits", card.limits),
        ("Risks to accept", card.risks),
    )
    blocks: list[Block] = []
    for title, lines in groups:
        blocks += [section(f"*{title}*"), *paragraphs(f"• {show_line(line)}" for line in lines), divider()]
    blocks += [section("*Signatures*"), *paragraphs(_list_signatures(kickoff, stands, card))]
    if stands.settled:
        blocks.append(actions([Button("Approve", APPROVE, f"{kickoff.id}|{version_of(card)}", primary=True)]))
    return modal("Goal card", _READ_FORM, blocks, submit=None)


def say_lines(card: GoalCard, titles: Iterable[str]) -> str:
    """Lines of the card by their titles, in mrkdwn; those that are gone, as they may be private now, without."""
    there = {line.title for line in card.lines}
    named = dict.fromkeys(title if title in there else "a line that is gone" for title in titles)
    return quote(", ".join(named), 200)


def _list_signatures(kickoff: Kickoff, stands: Agreement, card: GoalCard) -> Iterator[str]:
    for person in signers_of(kickoff):
        signature = stands.signatures.get(person)
        if signature is None:
            yield f"• {mention(person)}: not yet"
        elif signature.objection:
            yield f"• {mention(person)} objects: “{quote(signature.objection, 300)}”"
        elif signature.reopened:
            yield f"• {mention(person)}: asked again, since this changed: {say_lines(card, signature.reopened)}"
        else:
            yield f"• {mention(person)} approved on {describe_day(signature.at.date(), signature.at.date())}"
    if stands.acknowledged:
        day = stands.acknowledged.at.date()
        yield f"• {mention(stands.acknowledged.by)} accepted the risks on {describe_day(day, day)}"


async def press_approve(app: App, press: Press) -> None:
    """Keep an approval of the card as it stands."""
    kickoff_id, version = press.value.split("|")

    def approve(connection: Connection) -> None:
        now = app.clock()
        if not deliveries.is_first(connection, press.key, now):
            return
        newest = kickoffs.load(connection, int(kickoff_id), lock=True)
        kickoff, stands = read_posted(connection, int(kickoff_id))
        card = card_of(kickoff, stands)
        refusal = _refuse(newest, stands, press.person)
        if not refusal and version != version_of(card):
            refusal = _CHANGED
        signed = stands.signatures.get(press.person)
        if not refusal and signed and signed.holds and signed.digests == card.digests():
            refusal = _SIGNED
        if refusal:
            outbox.put(connection, turn_down(press, refusal), now)
            return
        decisions.add(connection, kickoff.id, [Signed(by=press.person, at=now, digests=card.digests())])
        refresh_goal_card(connection, app, kickoff.id)
        outbox.put(connection, [whisper(press, "You approve the goal card as it stands now.")], now)

    await app.transact(approve)


def _refuse(kickoff: Kickoff, stands: Agreement, person: str) -> str:
    """Why somebody cannot sign; empty if they can. `kickoff` is as it is now, not as its results were posted."""
    if stands.settled is None:
        return _NOT_SETTLED
    return "" if person in signers_of(kickoff) else _NOT_ASKED


def refresh_goal_card(connection: Connection, app: App, kickoff_id: int) -> None:
    """Bring the card in the channel up to date with this transaction."""
    kickoff, stands = read_posted(connection, kickoff_id)
    turned = edit(goal_card_name(kickoff_id), draw_card(kickoff, stands))
    outbox.put(connection, [turned.parcel(kickoff.workspace, kickoff_lane(kickoff_id))], app.clock())
    refresh(connection, kickoff, app)


async def press_object(app: App, press: Press) -> None:
    """Open the form for an objection."""

    def look(connection: Connection) -> str:
        _, stands = read_posted(connection, int(press.value))
        refusal = _refuse(kickoffs.load(connection, int(press.value)), stands, press.person)
        if refusal:
            refuse_press(connection, app, press, refusal)
        return refusal

    if not await app.transact(look):
        why = text_input(
            "why", "What should be different?", hint="Everybody reads this.", multiline=True, limit=_REASON
        )
        metadata = json.dumps({"kickoff": int(press.value)})
        await open_form(app, press, modal("Object", FORM, [why], submit="Object", metadata=metadata))


async def submit_objection(app: App, submission: Submission) -> FieldErrors | None:
    """Keep an objection, and say it in the card's thread."""
    kickoff_id = int(submission.metadata["kickoff"])

    def keep(connection: Connection) -> FieldErrors | None:
        newest = kickoffs.load(connection, kickoff_id, lock=True)
        kickoff, stands = read_posted(connection, kickoff_id)
        refusal = _refuse(newest, stands, submission.person)
        why = submission.fields.get("why", "").strip()[:_REASON]
        if refusal or not is_visible(why):
            return FieldErrors({"why": refusal or "Please say in a few words what should be different."})
        decisions.add(connection, kickoff_id, [Objected(by=submission.person, at=app.clock(), reason=why)])
        refresh_goal_card(connection, app, kickoff_id)
        next_step = f"{mention(kickoff.owner)}, please talk it over here. *Find a balance* begins a new vote."
        said = words(f"{mention(submission.person)} objects: “{quote(cut_words(why, 38), 400)}” {next_step}")
        told = post(said, thread=goal_card_name(kickoff_id))
        outbox.put(connection, [told.parcel(kickoff.workspace, kickoff_lane(kickoff_id))], app.clock())
        return None

    return await submit_once(app, submission, keep)


async def press_acknowledge(app: App, press: Press) -> None:
    """Show the risks to the owner, who accepts them with a button of the form."""

    def look(connection: Connection) -> Block | None:
        kickoff, stands = read_posted(connection, int(press.value))
        if kickoff.may_change_nudges(press.person):
            return _draw_risks(kickoff.id, card_of(kickoff, stands).risks)
        if deliveries.is_first(connection, press.key, app.clock()):
            refusal = f"The risks are for {mention(kickoff.owner)} to accept."
            outbox.put(connection, turn_down(press, refusal), app.clock())
        return None

    view = await app.transact(look)
    if view is not None:
        await open_form(app, press, view)


def _draw_risks(kickoff_id: int, risks: Sequence[Line]) -> Block:
    lines = paragraphs(f"• {show_line(line)}" for line in risks)
    told = section("By accepting, you say that you have read what may go wrong. It is kept with today's date.")
    note = text_input("note", "Anything to add?", optional=True, limit=_REASON)
    metadata = json.dumps({"kickoff": kickoff_id, "version": _version_of_risks(_write_risks(risks))})
    return modal("Accept the risks", RISKS, [*lines, told, note], submit="Accept", metadata=metadata)


async def submit_risks(app: App, submission: Submission) -> FieldErrors | None:
    """Keep that the risks are accepted, as they were shown, with who and when."""
    kickoff_id = int(submission.metadata["kickoff"])

    def keep(connection: Connection) -> FieldErrors | None:
        kickoffs.load(connection, kickoff_id, lock=True)
        kickoff, stands = read_posted(connection, kickoff_id)
        if not kickoff.may_change_nudges(submission.person):
            return FieldErrors({"note": "The risks are for the product owner to accept."})
        risks = _write_risks(card_of(kickoff, stands).risks)
        if submission.metadata["version"] != _version_of_risks(risks):
            return FieldErrors({"note": _RISKS_CHANGED})
        note = submission.fields.get("note", "").strip()[:_REASON]
        line = RisksAcknowledged(by=submission.person, at=app.clock(), risks=risks, note=note)
        decisions.add(connection, kickoff_id, [line])
        refresh_goal_card(connection, app, kickoff_id)
        return None

    return await submit_once(app, submission, keep)
