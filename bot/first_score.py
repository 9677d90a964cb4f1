"""The first score: two numbers in the channel, and behind a button what makes them."""

from collections.abc import Iterator, Sequence

from bot.app import App
from bot.blocks import Block, Button, Words, actions, context, header, mention, modal, quote, section, words
from bot.brevity import cut_sentences, cut_words
from bot.deliveries import Press
from bot.forms import open_form
from flows.kickoffs import Kickoff
from flows.register import list_register
from flows.scores import Contribution, Scale, Score, first_score
from flows.unknowns import Unknown
from storage import kickoffs

REASONS = "score.reasons"

_FORM = "score.reasons"
_REASONS_SHOWN = 6
_OPEN_SHOWN = 6
_UNKNOWNS_SHOWN = 12
_NEXT_STEP = 20
_NAME_WORDS = 6
_TOP_WORDS = 16


def draw_score(kickoff: Kickoff, *, top: str = "") -> Words:
    """Impact and cost in numbers, with the next step; `top` is a line above them."""
    score = first_score(kickoff.stakes, kickoff.answers)
    blocks: list[Block] = [
        *([section(cut_sentences(top, _TOP_WORDS))] if top else []),
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: a first score"),
        section(f"{_say_scale('Impact', score.impact)}\n{_say_scale('Cost', score.cost)}"),
        section(f"*Next:* {quote(cut_sentences(score.next_step, _NEXT_STEP))}"),
        actions([Button("Why these numbers?", REASONS, str(kickoff.id))]),
    ]
    summary = f"Impact {score.impact.likely:.0f} of 100, cost {score.cost.likely:.0f} of 100."
    return words(f"{quote(kickoff.name, 150)}: {summary}", blocks)


def _say_scale(title: str, scale: Scale) -> str:
    return f"*{title}: {scale.likely:.0f} of 100* (between {scale.low:.0f} and {scale.high:.0f})"


async def press_reasons(app: App, press: Press) -> None:
    """Show what makes the numbers, to whoever asks."""
    kickoff = await app.database.transact(lambda connection: kickoffs.load(connection, int(press.value)))
    await open_form(app, press, draw_reasons(kickoff))


def draw_reasons(kickoff: Kickoff) -> Block:
    """Each number broken down to what makes it, the flags, the budget, and what nobody knows yet.

    All answers count in the numbers. The words are drawn from those that their authors do not keep to themselves.
    """
    score, told = first_score(kickoff.stakes, kickoff.answers), first_score(kickoff.stakes, kickoff.shown_answers)
    blocks: list[Block] = [
        _draw_scale("Impact", score.impact, told.impact),
        _draw_scale("Cost", score.cost, told.cost),
    ]
    flags = [flag for flag in told.flags if flag != told.budget]
    if flags:
        blocks.append(section("\n".join(f":warning: {quote(flag, 400)}" for flag in flags)))
    blocks.append(section(_say_budget(kickoff, told)))
    if score.unknowns:
        blocks.append(section(_list_unknowns(kickoff, score)))
    blocks.append(section(f"*Next:* {quote(score.next_step, 500)}"))
    blocks.append(context("Impact and cost stay two numbers. The range narrows as open questions are answered."))
    return modal("Why these numbers", _FORM, blocks, submit=None)


def _say_budget(kickoff: Kickoff, told: Score) -> str:
    if "budget" in kickoff.answers and "budget" not in kickoff.shown_answers:
        return ":lock: *Budget:* It is known, and stays with whoever named it."
    sign = ":warning: " if told.budget in told.flags else ""
    return f"{sign}*Budget:* {quote(told.budget, 500)}"


def _draw_scale(title: str, scale: Scale, told: Scale) -> Block:
    number = f"{_say_scale(title, scale)}, {quote(scale.level, 60)}"
    return section("\n".join([number, *_list_reasons(told.contributions, scale.contributions)]))


def _list_reasons(told: Sequence[Contribution], counted: Sequence[Contribution]) -> Iterator[str]:
    """The reasons, what weighs most first; what is still open is named in one line, as its questions stand below."""
    known = sorted((one for one in told if not one.question), key=lambda one: -one.points)
    still_open = sorted((one for one in counted if one.question), key=lambda one: -one.width)
    yield from (f"• {quote(one.because, 250)}" for one in known[:_REASONS_SHOWN])
    if still_open:
        names = [quote(one.name, 80) for one in still_open[:_OPEN_SHOWN]]
        left = len(still_open) - _OPEN_SHOWN
        yield f"• Not known yet: {'; '.join(names)}{f'; and {left} more' if left > 0 else ''}"


def _list_unknowns(kickoff: Kickoff, score: Score) -> str:
    """What nobody knows, what would change the score most first; whoever was asked in vain is its first owner."""
    register = list_register(kickoff, score)
    lines = [
        f"• *{quote(one.name, 100)}* {quote(one.way_to_find_out, 120)}{_say_owner(one)}"
        for one in register[:_UNKNOWNS_SHOWN]
    ]
    left = len(register) - _UNKNOWNS_SHOWN
    if left > 0:
        lines.append(f"• and {left} more")
    return f"*{len(register)} things nobody knows yet*\n" + "\n".join(lines)


def _say_owner(unknown: Unknown) -> str:
    return f" First owner: {mention(unknown.owner)}." if unknown.owner else ""
