"""What a timer counted, as an entry of the log (section 2.2.2; K30)."""

from datetime import date, datetime

from flows.activity import STAGE_NAMES, Entry, EntryError, Stage
from flows.log_reading import Doubt, DoubtKind, ReadLine, read_line

LONGEST = 12.0
"""Hours; a timer that ran for longer was forgotten."""

_STEP = 60
"""What is counted in, as a part of an hour: minutes."""


def read_stage(text: str) -> Stage | None:
    """The kind of work that words name: "labelling", "label", "training the model"; None where they name none."""
    said = text.strip().casefold()
    named = next((stage for stage, name in STAGE_NAMES.items() if said and said in {stage.value, name}), None)
    if named or not said:
        return named
    try:
        return read_line(f"1h {said}", date.min).entry.stage
    except EntryError:
        return None


def hours_between(start: datetime, end: datetime) -> float:
    """The hours between two moments, to the minute, and a minute at least."""
    minutes = max(round((end - start).total_seconds() / 60), 1)
    return minutes / _STEP


def entry_of(stage: Stage | None, hours: float, note: str, today: date) -> ReadLine:
    """The entry for what a timer counted: its hours and kind of work, and what the note says besides.

    Where the note names another time or another kind of work, what was counted is kept, and it is asked which one it
    was; and which measure, where the note names several.

    Raises:
        EntryError: The note cannot be kept.
    """
    read = read_line(note, today) if note.strip() else ReadLine(Entry(note=""))
    doubts = [doubt for doubt in read.doubts if doubt.kind is DoubtKind.MEASURE]
    named = [read.entry.hours] if read.entry.hours is not None else []
    named += [spent for doubt in read.doubts if doubt.kind is DoubtKind.HOURS for spent in doubt.hours]
    others = tuple(spent for spent in named if spent != hours)
    if others:
        doubts.insert(0, Doubt(DoubtKind.HOURS, hours=(hours, *others)))
    kind = stage or read.entry.stage
    if kind is None or (read.entry.stage or kind) is not kind:
        doubts.append(Doubt(DoubtKind.STAGE))
    return ReadLine(read.entry.model_copy(update={"hours": hours, "stage": kind, "day": None}), tuple(doubts))
