"""*Why these numbers?*: each number broken down to what makes it, who said so, how well it is known, and otherwise."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from bot.app import App
from bot.backlog import channels_of
from bot.blocks import Block, Button, capitalise, context, mention, modal, quote, section, section_with_button
from bot.calibration import Like, draw_like, draw_taught, read_like
from bot.deliveries import Press
from bot.first_score import say_scale, say_work
from bot.forms import open_form
from bot.slack_api import is_direct
from flows.decisions import UnknownChanged
from flows.kickoffs import Kickoff
from flows.question_bank import BANK
from flows.register_rows import RegisterRow, read_register
from flows.scoring.calibration import Taught, p80_of
from flows.scoring.draws import say_roughly
from flows.scoring.evidence import SAYS
from flows.scoring.heard import Heard, hear
from flows.scoring.money import say_sum
from flows.scoring.otherwise import Otherwise, find_otherwise
from flows.scoring.project_score import Score, score_project
from flows.scoring.scales import Calibration, Contribution, Scale
from flows.scoring.worth import IN_COST, OF_WORTH
from storage import decisions, kickoffs
from storage.calibration import taught_of

WINDOW = "score"
"""Names this window in its buttons."""

UNKNOWNS = "unknowns.open"

_FORM = "score.reasons"
_PEOPLE_SHOWN = 3
_UNKNOWNS_SHOWN = 3
_KEPT = ":lock: An answer that stays between its author and the app."
_NO_AMOUNTS = ":lock: One of these rests on a private answer. So I show no amounts: it would be what is left."
_HOW_TO_READ = (
    "Eight in ten projects that fit the answers lie between the two numbers in brackets. "
    "Parts do not add up to the ends: not everything is low at once. Impact and cost stay two numbers."
)


@dataclass(frozen=True)
class About:
    """What the window is about.

    Attributes:
        kickoff: Whose numbers.
        taught: What the closed projects of the workspace teach.
        closed: Those of them that are most like it, as far as the reader may see them.
        unknowns: What people did about rows of the register, by the row's key.
    """

    kickoff: Kickoff
    taught: Taught = field(default_factory=Taught)
    closed: Sequence[Like] = ()
    unknowns: Mapping[str, UnknownChanged] = field(default_factory=dict)


async def press_reasons(app: App, press: Press) -> None:
    """Show what makes the numbers, to whoever asks."""
    about = await read_about(app, press, int(press.value))
    await open_form(app, press, await asyncio.to_thread(draw_reasons, about))


async def read_about(app: App, press: Press, kickoff_id: int) -> About:
    """What the window shows to somebody.

    Whoever is asked in private may not be in the kickoff's channel. Whoever presses there is; of others, Slack knows.
    """
    in_channel = press.channel and not is_direct(press.channel)
    channels = frozenset({press.channel}) if in_channel else await channels_of(app, press.person)

    def read(connection: Connection) -> About:
        kickoff = kickoffs.load(connection, kickoff_id)
        like = read_like(connection, kickoff, press.person, channels)
        unknowns = decisions.agreement_of(connection, kickoff.id).unknowns
        return About(kickoff, taught_of(connection, kickoff.workspace), like, unknowns)

    return await app.database.transact(read)


def draw_reasons(about: About) -> Block:
    """The window. Answers that are kept back count in the numbers, and no word of them is shown."""
    kickoff = about.kickoff
    heard = hear(kickoff)
    calibration = about.taught.in_use
    score = score_project(heard, calibration)
    blocks: list[Block] = [
        *_draw_scale("impact", score.impact, heard, calibration),
        *_draw_scale("cost", score.cost, heard, calibration, f"{say_work(score)}{_say_p80(score)}"),
        *draw_taught(about.taught, f"{WINDOW}|{kickoff.id}"),
        *draw_like(kickoff, about.closed),
        *_draw_money(score, heard),
        *(section(_say_gate(one.name, one.why, one.opens, is_kept=one.is_kept)) for one in score.gates),
    ]
    flags = [flag for flag in score.flags if flag != score.budget.sentence]
    if flags:
        blocks.append(section("\n".join(f":warning: {quote(flag, 400)}" for flag in flags)))
    blocks.append(section(_say_budget(score, heard)))
    blocks.append(section_with_button(_list_unknowns(about), Button("Open the list", UNKNOWNS, str(kickoff.id))))
    blocks.append(section(f"*Next:* {quote(score.next_step, 500)}"))
    blocks.append(context(_HOW_TO_READ))
    return modal("Why these numbers", _FORM, blocks, submit=None)


def _say_p80(score: Score) -> str:
    return f"; eight of ten projects like it stay under {say_roughly(p80_of(score.person_weeks))} (P80)"


def _draw_scale(name: str, scale: Scale, heard: Heard, calibration: Calibration, work: str = "") -> Iterator[Block]:
    """The number, and one paragraph for each thing that makes it, what weighs most first."""
    yield section(f"{say_scale(capitalise(name), scale)}{work}: {quote(scale.level, 60)}\n{quote(scale.meaning)}")
    if scale.is_kept:
        yield context(_NO_AMOUNTS)
        yield from (section(f"{_say_reason(one)}{_say_source(one)}") for one in scale.contributions)
        return
    told = (one for one in scale.contributions if one.part.p10 or one.part.p90)
    for one in sorted(told, key=lambda part: -abs(part.part.p50)):
        yield section(f"*{_say_amount(one)}*  {_say_reason(one)}{_say_source(one)}")
        other = find_otherwise(heard, one, name, scale.p50, calibration)
        if other is not None:
            yield context(_say_otherwise(name, other))


def _say_amount(one: Contribution) -> str:
    part = one.part
    if one.unit == "points":
        middle = f"{part.p50:+.0f}"
        unit = "point" if middle in {"+1", "-1"} else "points"
        return f"{middle} {unit} ({part.p10:.0f} to {part.p90:.0f})".replace("-", "−")
    low, likely, high = (say_roughly(number) for number in (part.p10, part.p50, part.p90))
    if part.p10 < 0 < part.p90 and likely == "0":
        return f"No clear effect ({low} to {high} person-weeks)"
    return f"{likely} person-weeks ({low} to {high})"


def _say_reason(one: Contribution) -> str:
    return f"{capitalise(one.name)}. {_KEPT}" if one.is_kept else f"{capitalise(one.name)}. {quote(one.because, 300)}"


def _say_source(one: Contribution) -> str:
    """Who said so, how well it is known, and what nobody has said yet; of a part that is kept, nothing."""
    if one.is_kept:
        return ""
    said = ""
    if one.people and one.evidence:
        people = ", ".join(mention(person) for person in one.people[:_PEOPLE_SHOWN])
        more = len(one.people) - _PEOPLE_SHOWN
        said = f" — {people}{f' and {more} more' if more > 0 else ''}, {SAYS[one.evidence]}."
    labels = [BANK.by_id[question].label for question in one.open_questions if question in BANK.by_id]
    return f"{said} _Not known yet: {quote(', '.join(labels).lower(), 200)}._" if labels else said


def _say_otherwise(scale: str, other: Otherwise) -> str:
    label = quote(BANK.by_id[other.answer.question].label.lower(), 60)
    return f"Were it “{quote(other.words, 80)}” ({label}), {scale} would be {other.place.on(scale):.0f} of 100."


def _draw_money(score: Score, heard: Heard) -> Iterator[Block]:
    """Money where money was given, and nobody keeps to themselves what it is made of."""
    lines = []
    if score.money and not heard.keeps(*IN_COST):
        lines.append(f"*Cost in money:* {quote(score.money.words)}, work and labels together.")
    if score.worth_a_year and not heard.keeps(*OF_WORTH):
        lines.append(f"*Worth a year:* {quote(score.worth_a_year.words)}, savings less mistakes.")
    running = heard.number("serve_budget")
    if running is not None and not heard.keeps("serve_budget"):
        allowed = say_sum(running, heard.currency("serve_budget"))
        lines.append(f"*To run it:* at most {quote(allowed)} a month, which comes on top of the work.")
    if lines:
        yield section("\n".join(lines))


def _say_gate(name: str, why: str, opens: str, *, is_kept: bool) -> str:
    reason = "" if is_kept else f" {quote(why)}"
    return f":no_entry: *Not ranked yet: {quote(name)}.*{reason} {quote(opens)}"


def _say_budget(score: Score, heard: Heard) -> str:
    if heard.keeps("budget"):
        return ":lock: *Budget:* It is known, and stays with whoever named it."
    if heard.keeps(*IN_COST):
        return ":lock: *Budget:* Whether it is enough rests on a price that stays with whoever named it."
    sign = ":warning: " if score.budget.is_short else ""
    return f"{sign}*Budget:* {quote(score.budget.sentence, 500)}"


def _list_unknowns(about: About) -> str:
    """What nobody knows, what would change the score most first; whoever was asked in vain is its first owner."""
    rows = read_register(about.kickoff, about.unknowns.values(), date.min)
    still_open = [row for row in rows if row.is_open]
    lines = [f"• *{quote(row.name, 100)}* {_say_row(row)}" for row in still_open[:_UNKNOWNS_SHOWN]]
    left = len(still_open) - _UNKNOWNS_SHOWN
    if left > 0:
        lines.append(f"• and {left} more")
    count = "1 thing" if len(still_open) == 1 else f"{len(still_open)} things"
    return "\n".join([f"*{count} nobody knows yet*", *lines])


def _say_row(row: RegisterRow) -> str:
    owner = f" Owner: {mention(row.owner)}." if row.owner else ""
    return f"{quote(row.experiment, 120)}{owner}"
