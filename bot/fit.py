"""*What fits this quarter*: the projects worth most together within the people there are, and what is left out."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from bot.app import App
from bot.backlog import PARTIAL, Backlog, read_backlog
from bot.blocks import Block, Button, Words, actions, context, header, section, table, words
from bot.brevity import cut_words, shorten
from bot.deliveries import Press
from bot.effects import ShowFit
from bot.ranking import have_shown, put_list
from flows.portfolio.candidates import Candidate
from flows.portfolio.quarter import Choice, LeftOut, choose
from flows.portfolio.ranking import rank
from flows.portfolio.team import JOBS, weeks_of
from flows.scoring.draws import say_roughly
from storage.outbox import Claimed

PAGE = "fit.page"

PAGE_SIZE = 10
_COLUMNS = ("Project", "Impact", "Fits", "What is short")
_JOBS_WORDS = 6

_NOT_KNOWN = words(
    "I do not know yet how many people there are. Type `/ml-kickoff capacity` to say so, and press the button again."
)
_NOTHING = words("No project is ranked yet, so there is none to choose from. *Why this order?* says what is missing.")


async def press_fits(app: App, press: Press) -> None:
    """Have it worked out and written to whoever asks."""
    await have_shown(app, press, ShowFit(person=press.person))


async def press_page(app: App, press: Press) -> None:
    """Turn the page of the list that was pressed."""
    turned = ShowFit(person=press.person, first=int(press.value), channel=press.channel, ts=press.thread)
    await have_shown(app, press, turned)


async def show_fit(app: App, parcel: Claimed) -> None:
    """Work out what fits, as it is now."""
    effect = ShowFit.model_validate(parcel.effect)
    seen = await read_backlog(app, parcel.workspace, effect.person)
    said = await asyncio.to_thread(draw_fit, seen, effect.first)
    await app.transact_behind(lambda connection: put_list(connection, app, parcel, effect, said))


def draw_fit(backlog: Backlog, first: int = 0) -> Words:
    """One page of what fits, and of the rest which job is short."""
    if backlog.capacity is None or not backlog.capacity.people:
        return _NOT_KNOWN
    ordered = [one.candidate for one in rank(backlog.candidates)]
    if not ordered:
        return _NOTHING
    weeks = weeks_of(backlog.capacity.people)
    choice = choose(ordered, weeks)
    rows = list(_list_rows(choice, {one.key: one for one in ordered}))
    start = first if 0 <= first < len(rows) else 0
    turns = _draw_turns(start, len(rows))
    bounds = context(_say_bounds(choice, gated=len(backlog.candidates) - len(ordered)))
    blocks: list[Block] = [
        header("What fits this quarter"),
        section(_say_count(choice, ordered, weeks)),
        table(_COLUMNS, rows[start : start + PAGE_SIZE]),
        bounds,
        *([context(PARTIAL)] if backlog.is_partial else []),
        *([actions(turns)] if turns else []),
    ]
    return words(f"What fits this quarter: {len(choice.taken)} of {len(ordered)} projects.", shorten(blocks, [bounds]))


def _list_rows(choice: Choice, projects: Mapping[str, Candidate]) -> Iterator[tuple[str, ...]]:
    """What is taken, the first of the ranking first, then what is left out."""
    for key in choice.taken:
        yield projects[key].name, f"{projects[key].impact.p50:.0f}", "yes", ""
    for left in choice.left_out:
        one = projects[left.key]
        yield one.name, f"{one.impact.p50:.0f}", "no", _say_short(left, is_kept=left.job in one.kept)


def _say_short(one: LeftOut, *, is_kept: bool) -> str:
    job = JOBS[one.job].lower()
    if is_kept:
        return f"Too few {job}"
    if one.is_too_large:
        return f"{say_roughly(one.needed)} weeks of {job}, {say_roughly(one.there)} are there"
    return f"{say_roughly(one.missing)} weeks of {job} are missing"


def _say_count(choice: Choice, ordered: Sequence[Candidate], weeks: Mapping[str, float]) -> str:
    if not choice.taken:
        return "*Nothing fits whole.* Begin with a smaller first version, or name more people: `/ml-kickoff capacity`."
    fit = "fits" if len(choice.taken) == 1 else "fit"
    said = f":white_check_mark: *{len(choice.taken)} of {len(ordered)} {fit}*, worth most together."
    kept = {job for one in ordered if one.key in choice.taken for job in one.kept}
    shares = [(used / weeks[job], job) for job, used in choice.used.items() if used > 0 and job not in kept]
    if not shares:
        return said
    _, job = max(shares)
    used, there = say_roughly(choice.used[job]), say_roughly(weeks[job])
    return f"{said} That takes {used} of {there} weeks of {JOBS[job].lower()}."


def _say_bounds(choice: Choice, *, gated: int) -> str:
    said = ["Of the projects that you may see."]
    if gated:
        said.append(f"{gated} not ranked yet {'is' if gated == 1 else 'are'} left out.")
    if choice.unlimited:
        jobs = ", ".join(JOBS[job].lower() for job in choice.unlimited)
        said.append(f"No limit known for: {cut_words(jobs, _JOBS_WORDS)}")
    return " ".join(said)


def _draw_turns(start: int, count: int) -> list[Button]:
    return [
        *([Button("Back", PAGE, str(max(start - PAGE_SIZE, 0)))] if start > 0 else []),
        *([Button("Next", PAGE, str(start + PAGE_SIZE))] if start + PAGE_SIZE < count else []),
    ]
