"""What closed projects teach the scores, in words, with the button that leaves it out or counts it in (K15, K37)."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Button, actions, mention, quote, section
from bot.brevity import cut_words
from bot.effects import RefreshScore, kickoff_lane
from flows.closing import Outcome
from flows.decisions import ProjectClosed
from flows.kickoffs import Kickoff
from flows.scoring.calibration import FEWEST, ClosedProject, Taught
from flows.scoring.draws import say_roughly
from flows.scoring.heard import hear
from flows.scoring.nearest import find_nearest
from flows.working_days import describe_day
from storage import kickoffs, outbox
from storage.calibration import ends_of

SWITCH = "calibration.switch"

ON, OFF = "on", "off"
_NAME_WORDS = 8
_MOST_COMPARED = 50
_ABOUT_ONE = 0.05


def draw_taught(taught: Taught, window: str) -> Iterator[Block]:
    """The paragraph of a window, and the button; `window` names the window in which it stands, to draw it anew."""
    if not taught.calibration.projects:
        return
    yield section(f"*Closed projects:* {say_taught(taught)}")
    if taught.is_enough:
        label, state = ("Leave that out", OFF) if taught.is_on else ("Count it in", ON)
        yield actions([Button(label, SWITCH, f"{window}|{state}")])


def say_taught(taught: Taught) -> str:
    """What they took, and whether it is counted in."""
    learned = taught.calibration
    if not taught.is_enough:
        return f"{learned.projects} so far. From {FEWEST} on, scores learn from what they took."
    took = f"Your {learned.projects} closed projects took {_say_times(taught.times)}"
    said = _say_switch(taught)
    if not taught.is_on:
        return f"{took}.{said} Scores are made without it, for everybody."
    return (
        f"{took}, so this is counted in: as they are few, {say_roughly(learned.effort)} times the work, "
        f"and ranges {say_roughly(learned.width)} times as wide.{said}"
    )


def _say_times(times: float) -> str:
    return "what was predicted" if abs(times - 1) < _ABOUT_ONE else f"{say_roughly(times)} times what was predicted"


def _say_switch(taught: Taught) -> str:
    if taught.switch is None:
        return ""
    day = describe_day(taught.switch.at.date(), taught.switch.at.date())
    return f" {mention(taught.switch.by)} {'counted it in' if taught.switch.is_on else 'left it out'} on {day}."


def say_what_follows(line: ProjectClosed, taught: Taught) -> str:
    """What a project that was closed just now changes for the scores of others."""
    if not ClosedProject(line.uncalibrated, line.weeks, line.outcome).tells:
        return "It teaches later scores nothing, as the work was not done to its end."
    if not taught.is_enough:
        return f"Scores learn from {FEWEST} closed projects on. So far: {taught.calibration.projects}."
    if not taught.is_on:
        return "Somebody left closed projects out, so other scores stay as they are."
    learned = taught.calibration
    return (
        f"Other scores now count {say_roughly(learned.effort)} times the work, "
        f"and ranges {say_roughly(learned.width)} times as wide."
    )


def rescore(connection: Connection, app: App, workspace: str, before: Taught, after: Taught) -> None:
    """Have the scores in the channels drawn anew where they are made with something else from now on."""
    if before.in_use == after.in_use:
        return
    for kickoff_id in kickoffs.scored(connection, workspace):
        drawn = RefreshScore(kickoff_id=kickoff_id).parcel(workspace, kickoff_lane(kickoff_id))
        outbox.put_once(connection, drawn, app.clock())


Like = tuple[Kickoff, ProjectClosed]


def read_like(connection: Connection, kickoff: Kickoff, person: str, channels: Collection[str]) -> tuple[Like, ...]:
    """The closed projects that somebody may see beside a kickoff: their own, and of these channels those of its own."""
    channel = kickoff.channel if kickoff.channel in channels else ""
    closed = kickoffs.closed_seen_by(connection, kickoff.workspace, person, channel, _MOST_COMPARED)
    others = [one for one in closed if one.id != kickoff.id]
    ends = ends_of(connection, [one.id for one in others])
    return tuple((one, ends[one.id]) for one in others if one.id in ends and ends[one.id].outcome is not Outcome.NEVER)


def draw_like(kickoff: Kickoff, closed: Sequence[Like]) -> Iterator[Block]:
    """What the closed projects took that are most like this one."""
    known = {one.id: (one, end) for one, end in closed}
    nearest = find_nearest(hear(kickoff), [(one.id, hear(one)) for one, _ in closed])
    if nearest:
        yield section("*Most like it:* " + " ".join(_say_like(*known[one]) for one in nearest))


def _say_like(kickoff: Kickoff, end: ProjectClosed) -> str:
    took = "was stopped after" if end.outcome is Outcome.STOPPED else "took"
    name = quote(cut_words(kickoff.name, _NAME_WORDS), 80)
    return f"{name} {took} {say_roughly(end.weeks)} person-weeks; {say_roughly(end.predicted.p50)} were predicted."
