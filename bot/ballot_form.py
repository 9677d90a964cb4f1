"""The form in which one stakeholder ranks the options in private, and may move their own floor (K46, K47)."""

import json
import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.balance_messages import describe_option, letter, name_option, say_change
from bot.blocks import Block, Choice, modal, quote, radio_input, section, select_input, text_input
from bot.deliveries import Press, Submission
from bot.forms import open_form, submit_once
from bot.replies import FieldErrors
from bot.voting import count_vote
from bot.whispers import turn_down
from flows.agreement import Round, follow
from flows.balance import Share, goal_key
from flows.decisions import BallotCast
from storage import decisions, deliveries, kickoffs, outbox

FORM = "balance.ballot"

_PLACES = ("Your first choice", "Your second choice", "Your third choice", "Your fourth choice")
_SHOWN, _HIDDEN = "shown", "hidden"
_MAY_READ = (Choice("Yes, without my name", _SHOWN), Choice("No, it stays with the app", _HIDDEN))
_PERCENT = re.compile(r"^\s*([+\-−–]?)\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:%|percent|per cent)?\s*$", re.IGNORECASE)
_NOT_ASKED = "Only the stakeholders of this kickoff vote. Your comments in the thread are welcome."
_OVER = "This vote is over. The newest message about the balance says what follows."
_REASON = 500


def form(kickoff_id: int, round_: Round, person: str) -> Block:
    """The form, filled in with the person's vote where they have one."""
    options = round_.opened.options
    before = round_.ballots.get(person)
    choices = [Choice(f"{letter(place)}. {name_option(option)}", option.id) for place, option in enumerate(options)]
    ranked, reason = (before.ranking, before.reason) if before else ((), "")
    shown = _SHOWN if before and before.shown else _HIDDEN
    blocks: list[Block] = [
        section(f"*{letter(place)}. {name_option(option)}*\n{describe_option(option)}")
        for place, option in enumerate(options)
    ]
    for place in range(len(options) - 1):
        initial = ranked[place] if place < len(ranked) else ""
        blocks.append(select_input(f"place{place}", _PLACES[place], choices, initial=initial, optional=place > 0))
    blocks += [_floor_input(share, before) for share in own_shares(round_, person)]
    blocks += [
        text_input("reason", "Why?", initial=reason, optional=True, multiline=True, limit=_REASON),
        radio_input("shown", "May the others read your reason?", _MAY_READ, shown),
    ]
    metadata = json.dumps({"kickoff": kickoff_id, "round": round_.opened.number})
    return modal("Rank the options", FORM, blocks, submit="Vote", metadata=metadata)


def own_shares(round_: Round, person: str) -> tuple[Share, ...]:
    """The person's own goals whose change is known as a number, so that they can say the least that they accept."""
    shares = round_.opened.options[0].shares
    return tuple(one for one in shares if one.stake.owner == person and one.wanted is not None)


def _floor_input(share: Share, before: BallotCast | None) -> Block:
    key = goal_key(share.stake)
    floor = before.floors.get(key, share.floor) if before else share.floor
    metric = quote(share.stake.objective.metric, 60)
    return text_input(
        f"floor:{key}",
        f"The least change in {metric} that you accept",
        initial=say_change(floor),
        hint=f"You ask for {say_change(share.wanted)}. 0 % means no worse than today.",
        optional=True,
        limit=20,
    )


async def press(app: App, press: Press) -> None:
    """Open the form for whoever is asked."""
    kickoff_id, number = (int(part) for part in press.value.split("|"))

    def look(connection: Connection) -> Round | None:
        agreement = follow(decisions.of_kickoff(connection, kickoff_id))
        open_round = agreement.open_round
        refusal = refuse(open_round, number, press.person)
        if refusal and deliveries.is_first(connection, press.key, app.clock()):
            outbox.put(connection, turn_down(press, refusal), app.clock())
        return None if refusal else open_round

    round_ = await app.transact(look)
    if round_ is not None:
        await open_form(app, press, form(kickoff_id, round_, press.person))


def refuse(open_round: Round | None, number: int, person: str) -> str:
    """Why this person cannot vote in the round of that number; empty if they can."""
    if open_round is None or open_round.opened.number != number:
        return _OVER
    return "" if person in open_round.opened.voters else _NOT_ASKED


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep the vote; a later one of the same person replaces it."""
    kickoff_id, number = int(submission.metadata["kickoff"]), int(submission.metadata["round"])

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, kickoff_id, lock=True)
        open_round = follow(decisions.of_kickoff(connection, kickoff_id)).open_round
        refusal = refuse(open_round, number, submission.person)
        if refusal or open_round is None:
            return FieldErrors({"place0": refusal})
        errors = dict(_find_errors(submission, open_round))
        if errors:
            return FieldErrors(errors)
        ballot = BallotCast(
            by=submission.person,
            at=app.clock(),
            number=number,
            ranking=_read_ranking(submission, open_round),
            floors=_read_floors(submission, open_round),
            reason=submission.fields.get("reason", "").strip()[:_REASON],
            shown=submission.fields.get("shown") == _SHOWN,
        )
        count_vote(connection, app, kickoff, ballot)
        return None

    return await submit_once(app, submission, keep)


def _fields(submission: Submission, round_: Round) -> Sequence[tuple[str, str]]:
    names = [f"place{place}" for place in range(max(1, len(round_.opened.options) - 1))]
    return [(name, submission.fields[name]) for name in names if name in submission.fields]


def _read_ranking(submission: Submission, round_: Round) -> tuple[str, ...]:
    return tuple(option for _, option in _fields(submission, round_))


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
        if typed.strip() and floor is None:
            yield name, "Please write a change in percent, such as 5 %, 0 % or −2 %."
        elif floor is not None and _asks_for_more(floor, share):
            yield name, f"That is more than the {say_change(share.wanted)} that you ask for. Please write less."


def _asks_for_more(floor: float, share: Share) -> bool:
    wanted = share.wanted or 0.0
    return floor > wanted if wanted > 0 else floor < wanted


def read_percent(text: str) -> float | None:
    """A change in percent: "5 %", "−2", "+1.5 percent"; None if it is none."""
    found = _PERCENT.match(text)
    if not found:
        return None
    sign = -1.0 if found[1] in {"-", "−", "–"} else 1.0
    return sign * float(found[2].replace(",", "."))
