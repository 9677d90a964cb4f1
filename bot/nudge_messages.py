"""What a nudge says: one question that fits the state of the project, buttons that answer it, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.blocks import (
    Block,
    Button,
    Choice,
    Words,
    actions,
    context,
    in_one_row,
    mention,
    quote,
    section,
    select,
    words,
)
from bot.brevity import cut_words, list_people, shorten
from bot.check_messages import say_overdue
from bot.kickoff_card import nudge_line
from bot.progress import draw_question
from bot.projects import name_project
from bot.reasons import UNKNOWNS
from flows.activity import describe_entry
from flows.dated_checks import DatedCheck
from flows.kickoffs import Kickoff
from flows.nudge_days import Snooze
from flows.nudge_questions import AskBusiness, AskLabelling, AskProgress, AskUnknown, AskWhyFlat, NudgeQuestion
from storage.activities import Logged

LOG = "nudge.log"
NOTHING = "nudge.nothing"
LATER = "nudge.later"
FOUND = "nudge.found"
LOOKING = "nudge.looking"
LABELLED = "nudge.labelled"
SEEN = "nudge.seen"
OLD_SNOOZE, OLD_STOP = "nudge.snooze", "nudge.stop"
"""Buttons of nudges that were posted before there was a menu for it; they still stand in threads."""

STOP = "stop"
EXAMPLE = "`/ml-kickoff nudge weekly mon 09:30`"
OWN_EXAMPLE = "`/ml-kickoff nudge me weekly mon 09:30`"
MOST_SILENT = 3
"""After so many nudges in a row without an answer they come half as often, and are shorter."""

_LATER = (
    Choice("In an hour", Snooze.HOUR),
    Choice("Tomorrow", Snooze.DAY),
    Choice("On Monday", Snooze.MONDAY),
    Choice("Stop nudges", STOP),
)
_ENTRY_WORDS = 8
_DUE_WORDS = 9
_WHOLE = 100


@dataclass(frozen=True)
class Nudging:
    """One nudge.

    Attributes:
        kickoff: Whose, with the time of the next one.
        name: The nudge's name.
        question: What is asked.
        log: What was logged, oldest first.
        overdue: Checks that nobody has looked at in time.
        unanswered: How many nudges before this one nobody answered.
        person: Slack user id of who is asked because they said so; empty where it is the owner.
    """

    kickoff: Kickoff
    name: str
    question: NudgeQuestion
    log: Sequence[Logged] = ()
    overdue: Sequence[DatedCheck] = ()
    unanswered: int = 0
    person: str = ""

    @property
    def is_short(self) -> bool:
        """Whether so many were not answered that this one says no more than it must."""
        return self.unanswered >= MOST_SILENT

    def carry(self, *said: object) -> str:
        """What a button carries: the kickoff, the nudge, and what is said by pressing it."""
        return "|".join([str(self.kickoff.id), self.name, *map(str, said)])


def read_value(carried: str) -> tuple[int, str, list[str]]:
    """The kickoff, the nudge's name, and what is said by pressing a button."""
    kickoff_id, name, *said = carried.split("|")
    return int(kickoff_id), name, said


def whose(name: str) -> str:
    """Slack user id of who is asked on a rhythm of their own, by a nudge's name; empty where it is the owner."""
    _, _, _, *person = name.split(":")
    return person[0] if person else ""


def draw_nudge(nudging: Nudging, now: datetime) -> Words:
    """The nudge, with what was last logged, what is overdue, and when the next one comes."""
    text, answers = _ask(nudging)
    later = _draw_later(nudging)
    rows = [*answers[:-1], in_one_row(answers[-1], later)]
    below = context(f"{_say_rhythm(nudging)}{nudge_line(nudging.kickoff, now)}")
    late = [section(f":warning: {say_overdue(nudging.overdue)}")] if nudging.overdue else []
    beside = "" if nudging.is_short else _say_beside(nudging)
    blocks: list[Block] = [section(f"{text}{beside}"), *late, *rows, below]
    return words(text, shorten(blocks, [below, *late]))


def _whom(nudging: Nudging) -> str:
    if nudging.person:
        return mention(nudging.person)
    return "Whoever looks after this" if nudging.kickoff.is_orphaned else mention(nudging.kickoff.owner)


def _ask(nudging: Nudging) -> tuple[str, list[Block]]:
    """The question, and the rows of buttons that answer it."""
    project, whom = name_project(nudging.kickoff), _whom(nudging)
    log = Button("Log progress", LOG, nudging.carry(), primary=True)
    nothing = Button("Nothing new", NOTHING, nudging.carry())
    match nudging.question:
        case AskUnknown(row, more):
            owner = f"{mention(row.owner)} looks into it. " if row.owner else ""
            others = f" {more} more are due." if more else ""
            text = (
                f":warning: {whom}, to be found out by now in {project}: "
                f"“{quote(cut_words(row.name, _DUE_WORDS), 120)}” {owner}Is it?{others}"
            )
            found = Button("It is", FOUND, nudging.carry(row.key))
            looking = Button("Not yet", LOOKING, nudging.carry(row.key))
            listed = Button("Open the list", UNKNOWNS, str(nudging.kickoff.id))
            return text, [actions([found, looking, listed, log])]
        case AskWhyFlat(progress):
            return f"{whom}, the error in {project} stands still.", [
                *draw_question(nudging.kickoff, progress),
                actions([log]),
            ]
        case AskLabelling(percent) as asked:
            steps = [_draw_step(nudging, step, percent) for step in asked.steps[:3]]
            text = f"{whom}, labelling in {project} was at {percent} %. How far is it now?"
            return text, [actions([*steps, log])]
        case AskBusiness():
            text = f"{whom}, has anybody from the business side seen a result of {project} in the last two weeks?"
            seen = Button("Yes", SEEN, nudging.carry("yes"))
            unseen = Button("Not yet", SEEN, nudging.carry("no"))
            return text, [actions([seen, unseen, log])]
        case AskProgress():
            return f"{whom}, what moved in {project}?", [actions([log, nothing])]


def _draw_step(nudging: Nudging, step: int, percent: int) -> Button:
    label = f"Still {step} %" if step == percent else ("Done" if step == _WHOLE else f"{step} %")
    return Button(label, LABELLED, nudging.carry(step))


def _say_beside(nudging: Nudging) -> str:
    """The last entry, and who is still to be interviewed."""
    waiting = list_people([one.person for one in nudging.kickoff.waiting_for])
    last = nudging.log[-1] if nudging.log else None
    if last is None:
        told = " Nothing is logged yet."
    else:
        entry = quote(cut_words(describe_entry(last.entry), _ENTRY_WORDS), 300)
        told = f" The last entry is by {mention(last.person)}: {entry}."
    return f"{told}\nStill to be interviewed: {waiting}." if waiting else told


def _say_rhythm(nudging: Nudging) -> str:
    if nudging.is_short:
        return f"{nudging.unanswered} nudges were not answered, so I ask half as often. "
    return "“Nothing new” is an answer too. " if isinstance(nudging.question, AskProgress) else ""


def _draw_later(nudging: Nudging) -> Block:
    """The menu that puts the question off; each of its options carries the nudge."""
    return select(LATER, "Later", [Choice(one.label, nudging.carry(one.value)) for one in _LATER])
