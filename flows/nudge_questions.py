"""What a nudge asks: the one thing that the state of the project makes worth asking (section 2.2.3; K20, K33 to K36).

What is due comes first, then an error that stands still. Else the questions that apply take turns, so that nobody is
asked the same thing time after time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.activity import Entry
from flows.labelling import labelled_percent
from flows.progress import Progress
from flows.register_rows import RegisterRow
from flows.scoring.heard import Heard

FORTNIGHT = timedelta(days=14)
"""So often somebody from the business side should see where it stands."""

STEPS = (25, 50, 75, 100)
"""Percentages that are offered for how far the labelling is."""


@dataclass(frozen=True)
class AskUnknown:
    """Whether that was found out which should be by now; `more` others are due too."""

    row: RegisterRow
    more: int = 0


@dataclass(frozen=True)
class AskWhyFlat:
    """What is under way while the error stands still."""

    progress: Progress


@dataclass(frozen=True)
class AskLabelling:
    """How far the labelling is, which stood at so many percent."""

    percent: int

    @property
    def steps(self) -> tuple[int, ...]:
        """What may be said with one press: as it was, or farther."""
        return (self.percent, *(step for step in STEPS if step > self.percent))


@dataclass(frozen=True)
class AskBusiness:
    """Whether anybody from the business side has seen anything this fortnight."""


@dataclass(frozen=True)
class AskProgress:
    """What moved."""


NudgeQuestion = AskUnknown | AskWhyFlat | AskLabelling | AskBusiness | AskProgress


@dataclass(frozen=True)
class Work:
    """What is known of the work when a nudge comes.

    Attributes:
        entries: What was logged, oldest first.
        begun: The day of the first entry; None where nothing is logged.
        due: What should be found out by now.
        flat: The progress, where the error stands still and nobody has said why; else None.
        shown: The day on which somebody said last that the business side has seen something; None for never.
        asked: How many nudges there were before this one.
    """

    entries: Sequence[Entry] = ()
    begun: date | None = None
    due: tuple[RegisterRow, ...] = ()
    flat: Progress | None = None
    shown: date | None = None
    asked: int = 0


def choose_question(work: Work, heard: Heard, today: date) -> NudgeQuestion:
    """The question of this day.

    Args:
        work: What is known of the work.
        heard: What people answered.
        today: The day on which it is asked, on the clock of whoever is asked.
    """
    if work.due:
        return AskUnknown(work.due[0], len(work.due) - 1)
    if work.flat:
        return AskWhyFlat(work.flat)
    turns: list[NudgeQuestion] = [AskProgress(), *_ask_labelling(work, heard), *_ask_business(work, today)]
    return turns[work.asked % len(turns)]


def _ask_labelling(work: Work, heard: Heard) -> list[AskLabelling]:
    needed, have = heard.number("examples_needed"), heard.number("examples_have") or 0.0
    if not needed or heard.keeps("examples_needed", "examples_have"):
        return []
    percent = labelled_percent([entry.note for entry in work.entries], have, needed)
    return [] if percent is None or percent >= STEPS[-1] else [AskLabelling(percent)]


def _ask_business(work: Work, today: date) -> list[AskBusiness]:
    since = max((day for day in (work.begun, work.shown) if day), default=None)
    return [AskBusiness()] if since and today - since >= FORTNIGHT else []
