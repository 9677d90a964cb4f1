"""The form in which one stakeholder ranks the options in private, and may move their own floor (K46, K47)."""

import json
import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.balance_messages import list_options, say_change
from bot.blocks import Block, Choice, modal, radio_input, select_input, text_input
from bot.brevity import cut_words
from bot.deliveries import Press, Submission
from bot.forms import open_form, submit_once
from bot.projects import CLOSED
from bot.replies import FieldErrors
from bot.voting import count_vote, find_open_round
from bot.whispers import refuse_press
from flows.agreement import Round
from flows.balance import Share, goal_key
from flows.decisions import BallotCast
from flows.kickoffs import Kickoff
from storage import kickoffs

FORM = "balance.ballot"

_PLACES = ("Your first choice", "Your second choice", "Your third choice", "Your fourth choice")
_SHOWN, _HIDDEN = "shown", "hidden"
_MAY_READ = (Choice("Yes, without my name", _SHOWN), Choice("No, it stays with the app", _HIDDEN))
_PERCENT = re.compile(r"^\s*([+\-−–]?)\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:%|percent|per cent)?\s*$", re.IGNORECASE)
_NOT_ASKED = "Only those who were stakeholders when this vote began can vote. Your comments in the thread are welcome."
_OVER = "This vote is over. The newest message about the balance says what follows."
_REASON = 500
_METRIC_WORDS = 8
_HAIR = 0.001
"""Percent: to how much a floor is shown in the form."""


def form(kickoff: Kickoff, round_: Round, person: str) -> Block:
    """The form, filled in with the person's vote where they have one."""
    options = round_.opened.options
    before = round_.ballots.get(person)
    told, choices = list_options(kickoff, options)
    ranked, reason = (before.ranking, before.reason) if before else ((), "")
    shown = _SHOWN if before and before.shown else _HIDDEN
    blocks: list[Block] = [*told]
    for place in range(_places(round_)):
        initial = ranked[place] if place < len(ranked) else ""
        blocks.append(select_input(f"place{place}", _PLACES[place], choices, initial=initial, optional=place > 0))
    blocks += [_floor_input(share, before) for share in own_shares(round_, person)]
    blocks += [
        text_input("reason", "Why?", initial=reason, optional=True, multiline=True, limit=_REASON),
        radio_input("shown", "May the others read your reason?", _MAY_READ, shown),
    ]
    metadata = json.dumps({"kickoff": kickoff.id, "round": round_.opened.key})
    return modal("Rank the options", FORM, blocks, submit="Vote", metadata=metadata)


def _places(round_: Round) -> int:
    """How many places there are to fill: what is left out is last anyway."""
    return max(1, len(round_.opened.options) - 1)


def own_shares(round_: Round, person: str) -> tuple[Share, ...]:
    """The person's own goals whose change is known as a number, so that they can say the least that they accept."""
    shares = round_.opened.options[0].shares
    return tuple(one for one in shares if one.stake.owner == person and one.wanted is not None)


def _floor_input(share: Share, before: BallotCast | None) -> Block:
    key = goal_key(share.stake)
    floor = before.floors.get(key, share.floor) if before else share.floor
    metric = cut_words(share.stake.objective.metric, _METRIC_WORDS)
    return text_input(
        f"floor:{key}",
        f"The least change in {metric} that you accept",
        initial=_write_percent(floor),
        hint=f"You ask for {say_change(share.wanted)}. 0 % means no worse than today.",
        limit=20,
    )


def _write_percent(change: float) -> str:
    """A change so that `read_percent` reads the same again."""
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{f'{abs(change):.3f}'.rstrip('0').rstrip('.')} %"


async def press(app: App, press: Press) -> None:
    """Open the form for whoever is asked."""
    kickoff_id, key = press.value.split("|")

    def look(connection: Connection) -> Block | None:
        kickoff = kickoffs.load(connection, int(kickoff_id))
        round_ = find_open_round(connection, kickoff)
        refusal = _refuse(kickoff, round_, key, press.person)
        if refusal:
            refuse_press(connection, app, press, refusal)
        return None if refusal or round_ is None else form(kickoff, round_, press.person)

    view = await app.transact(look)
    if view is not None:
        await open_form(app, press, view)


def _refuse(kickoff: Kickoff, round_: Round | None, key: str, person: str) -> str:
    """Why this person cannot vote in the round of that key; empty if they can."""
    if kickoff.closed_at:
        return CLOSED
    if round_ is None or round_.opened.key != key:
        return _OVER
    return "" if person in round_.opened.voters else _NOT_ASKED


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep the vote; a later one of the same person replaces it."""

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(submission.metadata["kickoff"]), lock=True)
        round_ = find_open_round(connection, kickoff)
        refusal = _refuse(kickoff, round_, submission.metadata["round"], submission.person)
        if refusal or round_ is None:
            return FieldErrors({"place0": refusal})
        errors = dict(_find_errors(submission, round_))
        if errors:
            return FieldErrors(errors)
        ballot = BallotCast(
            by=submission.person,
            at=app.clock(),
            number=round_.opened.number,
            ranking=tuple(option for _, option in _fields(submission, round_)),
            floors=_read_floors(submission, round_),
            reason=submission.fields.get("reason", "").strip()[:_REASON],
            shown=submission.fields.get("shown") == _SHOWN,
        )
        count_vote(connection, app, kickoff, ballot)
        return None

    return await submit_once(app, submission, keep)


def _fields(submission: Submission, round_: Round) -> Sequence[tuple[str, str]]:
    names = [f"place{place}" for place in range(_places(round_))]
    return [(name, submission.fields[name]) for name in names if name in submission.fields]


def _read_floors(submission: Submission, round_: Round) -> dict[str, float]:
    found = {}
    for share in own_shares(round_, submission.person):
        key = goal_key(share.stake)
        floor = read_percent(submission.fields.get(f"floor:{key}", ""))
        if floor is not None:
            found[key] = floor
    return found


def _find_errors(submission: Submission, round_: Round) -> Iterator[tuple[str, str]]:
    chosen: list[str] = []
    for name, option in _fields(submission, round_):
        if option in chosen:
            yield name, "You picked this one before. Please pick another one, or leave it empty."
        chosen.append(option)
    for share in own_shares(round_, submission.person):
        name = f"floor:{goal_key(share.stake)}"
        typed = submission.fields.get(name, "")
        floor = read_percent(typed)
        if floor is None:
            yield name, "Please write a change in percent, such as +5 %, 0 % or −2 %."
        elif floor > 0 and (share.wanted or 0.0) < 0 and "+" not in typed:
            # "5 %" of somebody who wants less is a cut more likely than a rise.
            yield name, f"Please write with its sign what you mean: −{floor:g} % or +{floor:g} %."
        elif _asks_for_more(floor, share):
            yield name, f"That is more than the {say_change(share.wanted)} that you ask for. Please write less."


def _asks_for_more(floor: float, share: Share) -> bool:
    wanted = share.wanted or 0.0
    return floor > wanted + _HAIR if wanted > 0 else floor < wanted - _HAIR


def read_percent(text: str) -> float | None:
    """A change in percent: "5 %", "−2", "+1.5 percent"; None if it is none."""
    found = _PERCENT.match(text)
    if not found:
        return None
    sign = -1.0 if found[1] in {"-", "−", "–"} else 1.0
    return sign * float(found[2].replace(",", "."))
