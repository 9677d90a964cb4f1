"""What is said of a pilot: what it takes, when it is solved, and what the whole may take then (K26 to K32)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.blocks import Block, Button, Words, actions, context, header, mention, modal, paragraphs, quote, section, words
from bot.brevity import cut_words
from flows.activity import Stage, round_hours
from flows.decisions import PilotPlanned
from flows.kickoffs import Kickoff
from flows.pilot import LABELS_A_CLASS, Advice, Pilot
from flows.pilot_estimate import Growth, StageEstimate, WholeEstimate
from flows.scoring.draws import Spread, say_roughly
from flows.time_report import name_stage
from flows.wishes import say_count, say_number

WHY = "pilot.why"
SOLVED = "pilot.solved"
CHANGE = "pilot.change"

_WINDOW = "pilot.why"
_NAME_WORDS = 5
_SLICE_WORDS = 6
_STAGES_SHOWN = 2


@dataclass(frozen=True)
class PilotState:
    """A pilot with how far it is.

    Attributes:
        kickoff: Whose.
        pilot: As it is proposed.
        is_solved: Whether somebody said that it is solved.
        best: The smallest error that was measured in it, in percent; None where nothing was.
        hours: The hours that were logged in it, by kind of work, the most first.
        whole: What the whole may take; None where that cannot be told yet.
        until: The hours after which the pilot may be solved, fitted to the log; None with too few measurements.
    """

    kickoff: Kickoff
    pilot: Pilot
    is_solved: bool = False
    best: float | None = None
    hours: Mapping[Stage | None, float] | None = None
    whole: WholeEstimate | None = None
    until: Spread | None = None

    @property
    def spent(self) -> float:
        """All hours that were logged in it."""
        return sum((self.hours or {}).values())


def draw_pilot(state: PilotState) -> Words:
    """What to solve first, how many labels that takes, and when it is solved."""
    kickoff, pilot = state.kickoff, state.pilot
    key = str(kickoff.id)
    buttons = [Button("Why, and what to watch", WHY, key), Button("Change it", CHANGE, key)]
    label, said = ("It goes on", "no") if state.is_solved else ("It is solved", "yes")
    low, likely, high = (say_roughly(one) for one in pilot.labels)
    hours = " to ".join(dict.fromkeys(say_roughly(one) for one in (pilot.hours[0], pilot.hours[2])))
    lines = [
        f"*Solve first:* {_say_taken(pilot.plan)}",
        f"*Label:* about {likely} examples ({low} to {high}), {hours} hours.",
        f"*Solved* when {say_number(pilot.solved_at)} of 100 unseen cases are right. {_say_how_far(state)}",
    ]
    blocks: list[Block] = [
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: pilot"),
        section("\n".join(lines)),
        actions([Button(label, SOLVED, f"{key}|{said}"), *buttons]),
    ]
    return words(f"{quote(kickoff.name, 150)}: what to solve first", blocks)


def _say_taken(plan: PilotPlanned) -> str:
    if plan.taken and plan.classes:
        return f"the {plan.taken} commonest of {plan.classes:,} classes; all else is “Other”."
    if plan.slice:
        of = f", one of {plan.slices} slices" if plan.slices > 1 else ""
        return f"only “{quote(cut_words(plan.slice, _SLICE_WORDS), 120)}”{of}."
    return "one small part, such as one place, one product or one kind of customer."


def _say_how_far(state: PilotState) -> str:
    if state.is_solved:
        return ":white_check_mark: It is."
    if state.best is None:
        return "Nothing is measured yet."
    return f"So far {say_number(round(100 - state.best, 1))}."


def draw_whole(state: PilotState) -> Words:
    """What the whole may take, once the pilot is solved."""
    kickoff = state.kickoff
    title = header(f"{cut_words(kickoff.name, _NAME_WORDS)}: the whole")
    blocks: list[Block] = [title, section("\n".join(_say_whole(state)))]
    if state.best is None or state.best > state.pilot.allowed:
        found = None if state.best is None else say_number(round(100 - state.best, 1))
        measured = f"the log says {found}" if found else "nothing was measured"
        blocks.append(context(f":warning: {say_number(state.pilot.solved_at)} of 100 were to be right; {measured}."))
    return words(f"{quote(kickoff.name, 150)}: what the whole may take", blocks)


def _say_whole(state: PilotState) -> Iterator[str]:
    if not state.spent:
        yield "*The pilot is solved.* No hours are logged for it, so I cannot say what the whole takes."
        return
    stages = list((state.hours or {}).items())[:_STAGES_SHOWN]
    each = ", ".join(f"{name_stage(stage)} {round_hours(spent)}" for stage, spent in stages)
    yield f"*The pilot took* {round_hours(state.spent)} hours: {each}."
    whole = state.whole
    if whole is None:
        yield "Say with *Change it* how many classes or slices there are, and I say what the whole takes."
        return
    low, likely, high = (say_roughly(one) for one in (whole.hours.p10, whole.hours.p50, whole.hours.p90))
    yield (
        f"*The whole may take* {likely} hours ({low} to {high}). It is not simply {say_roughly(whole.times)} times the "
        f"pilot: some work is done once, some grows faster. {mention(state.kickoff.owner)}, is it worth it?"
    )


def draw_details(state: PilotState) -> Block:
    """Why this pilot, what to watch, what each stage took, and how it grows."""
    blocks: list[Block] = [*paragraphs(f"• {line}" for line in _list_advice(state.pilot))]
    if state.whole:
        stages = paragraphs(f"• {_say_stage(one)}" for one in state.whole.stages)
        blocks += [section("*From the pilot to the whole*"), *stages]
    if state.until is not None and not state.is_solved:
        low, likely, high = (say_roughly(one) for one in (state.until.p10, state.until.p50, state.until.p90))
        blocks.append(
            section(
                f"*When it is solved:* as the error fell so far, after {likely} logged hours in all ({low} to {high}). "
                "Each further measurement narrows this."
            )
        )
    return modal("Pilot", _WINDOW, blocks, submit=None)


def _list_advice(pilot: Pilot) -> Sequence[str]:
    plan = pilot.plan
    fewest, usual, most = LABELS_A_CLASS
    other = ""
    if pilot.other:
        low, high = (say_roughly(one) for one in pilot.other)
        other = f"about {low}" if low == high else f"{low} to {high}"
    says = {
        Advice.OTHER: (
            f"A person keeps {plan.taken} definitions in mind, and no {plan.classes or 0:,}. Each class takes about "
            f"{usual} labels ({fewest} to {most}), which is an assumption of mine."
        ),
        Advice.UNDERSAMPLE: (
            f"Of 100 cases {other} are “Other”. Always saying “Other” would look good, so count mistakes for each "
            "class, and keep only as many labels of “Other” as of a usual class."
        ),
        Advice.CLUSTER: (
            "Do not label at random: until the rarest class has its labels, that would be about "
            f"{say_roughly(pilot.at_random or 0)} examples. Group similar ones first, and label a few groups."
        ),
        Advice.SLICE: (
            "A slice is a whole problem, only smaller. Take one in which nothing is special, and keep a second one "
            "aside: if the model works there too, it will work in others."
        ),
        Advice.SMALL: (
            "Say how many classes there are, or name the slices of your data, and I can say what the whole takes once "
            "the pilot is solved."
        ),
    }
    assumed = "Nobody has said how many have to be right, so that is an assumption of mine."
    log = "Log each hour with its kind of work: the whole is estimated from that."
    return [*(says[one] for one in pilot.advice), *([assumed] if pilot.is_usual else []), log]


_GROWS: Mapping[Growth, str] = {
    Growth.FIXED: "is done once",
    Growth.LINEAR: "grows with the size",
    Growth.SUPERLINEAR: "grows faster than the size",
}


def _say_stage(one: StageEstimate) -> str:
    name = name_stage(one.stage)
    low, likely, high = (say_roughly(each) for each in (one.whole.p10, one.whole.p50, one.whole.p90))
    took = say_count(round(one.measured, 1), "hour")
    return f"{name[:1].upper()}{name[1:]} took {took} and {_GROWS[one.growth]}: {likely} ({low} to {high})."
