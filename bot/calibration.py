"""What closed projects teach the scores, in words, with the button that leaves it out or counts it in (K15, K37)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Button, actions, mention, quote, section
from bot.brevity import cut_words
from bot.effects import RefreshScore, kickoff_lane
from flows.closing import BROKEN_OFF, HOURS_A_WEEK, Outcome
from flows.decisions import ProjectClosed
from flows.kickoffs import Kickoff
from flows.scoring.calibration import FEWEST, ClosedProject, Taught
from flows.scoring.draws import say_roughly
from flows.scoring.heard import hear
from flows.scoring.nearest import find_nearest
from flows.scoring.reference_class import MOST, HoursTaken, ReferenceClass, StageHours, make_class
from flows.time_report import hours_by_stage, name_stage
from flows.wishes import say_count
from flows.working_days import describe_day
from storage import activities, kickoffs, outbox
from storage.calibration import ends_of

SWITCH = "calibration.switch"

ON, OFF = "on", "off"
_NAME_WORDS = 8
_MOST_COMPARED = 50
_ABOUT_ONE = 0.05
_MOSTLY = 0.5


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
    held = f" Eight of ten should stay under their P80: {taught.held.held} of {taught.held.judged} did."
    said = _say_switch(taught)
    if not taught.is_on:
        return f"{took}.{held}{said} Scores are made without it, for everybody."
    return (
        f"{took}, so this is counted in: as they are few, {say_roughly(learned.effort)} times the work, "
        f"and ranges {say_roughly(learned.width)} times as wide.{held}{said}"
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


@dataclass(frozen=True)
class Like:
    """A closed project: how it ended, and its hours by kind of work."""

    kickoff: Kickoff
    end: ProjectClosed
    hours: StageHours

    @property
    def tells_hours(self) -> bool:
        """Whether its log tells what the whole takes: it was done to its end, and most of the work was logged."""
        logged = sum(self.hours.values()) / HOURS_A_WEEK
        return self.end.outcome not in BROKEN_OFF and logged >= _MOSTLY * self.end.weeks


def read_like(connection: Connection, kickoff: Kickoff, person: str, channels: Collection[str]) -> tuple[Like, ...]:
    """The closed projects that somebody may see beside a kickoff: their own, and of these channels those of its own."""
    channel = kickoff.channel if kickoff.channel in channels else ""
    closed = kickoffs.closed_seen_by(connection, kickoff.workspace, person, channel, _MOST_COMPARED)
    others = [one for one in closed if one.id != kickoff.id]
    ends = ends_of(connection, [one.id for one in others])
    logs = activities.of_kickoffs(connection, list(ends))
    return tuple(
        Like(one, ends[one.id], hours_by_stage(entry.entry for entry in logs.get(one.id, ())))
        for one in others
        if one.id in ends and ends[one.id].outcome is not Outcome.NEVER
    )


def draw_like(kickoff: Kickoff, closed: Sequence[Like]) -> Iterator[Block]:
    """What the closed projects took that are most like this one, in all and by kind of work."""
    known = {one.kickoff.id: one for one in closed}
    nearest = find_nearest(hear(kickoff), [(one.kickoff.id, hear(one.kickoff)) for one in closed], MOST)
    if not nearest:
        return
    yield section("*Most like it:* " + " ".join(_say_like(known[one]) for one in nearest[:_NAMED]))
    told = [(one.kickoff.id, hear(one.kickoff)) for one in closed if one.tells_hours]
    found = make_class([known[one].hours for one in find_nearest(hear(kickoff), told, MOST)])
    yield section(_say_class(found) if found else _NO_CLASS)


_NAMED = 2
_STAGES_SHOWN = 5
_NO_CLASS = "No finished project like this one has most of its hours in its log, so the range above is all that I know."


def _say_class(found: ReferenceClass) -> str:
    """What half of the projects like it stayed under, and what eight of ten did."""
    stages = list(found.stages.items())[:_STAGES_SHOWN]
    each = "; ".join(f"{name_stage(stage)} {_say_hours(taken)}" for stage, taken in stages)
    projects = say_count(found.whole.projects, "finished project")
    return (
        f"*Projects like it:* {projects} with hours in the log. Half took up to {say_roughly(found.whole.p50)} hours, "
        f"eight of ten up to {say_roughly(found.whole.p80)}. By kind of work: {each}."
    )


def _say_hours(taken: HoursTaken) -> str:
    return f"{say_roughly(taken.p50)} and {say_roughly(taken.p80)}"


def _say_like(like: Like) -> str:
    kickoff, end = like.kickoff, like.end
    took = _ENDED.get(end.outcome, "took")
    name = quote(cut_words(kickoff.name, _NAME_WORDS), 80)
    told = f"{name} {took} {say_roughly(end.weeks)} person-weeks; {say_roughly(end.predicted.p50)} were predicted."
    return f"{told} Next time: “{quote(cut_words(end.note, _LESSON_WORDS), 150)}”" if end.note.strip() else told


_ENDED = {Outcome.STOPPED: "was stopped after", Outcome.MERGED: "was merged into another after"}
_LESSON_WORDS = 12
