"""What a timer counted becomes an entry (K30)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from flows.activity import STAGE_NAMES, Entry, EntryError, Stage
from flows.log_measures import Measure
from flows.log_reading import Doubt, DoubtKind, ReadLine
from flows.timing import entry_of, hours_between, read_stage

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        *((name, stage) for stage, name in STAGE_NAMES.items()),
        *((stage.value, stage) for stage in Stage),
        ("Labelled tickets", Stage.LABEL),
        ("training the model", Stage.TRAIN),
        ("juggling", None),
        ("", None),
        ("-", None),
        ("2h 3h x 99999999h", None),
    ],
)
def test_what_kind_of_work_it_is(text: str, stage: Stage | None) -> None:
    assert read_stage(text) is stage


@pytest.mark.parametrize(("seconds", "hours"), [(0, 1 / 60), (29, 1 / 60), (90 * 60, 1.5), (5 * 3600 + 20, 5.0)])
def test_hours_to_the_minute(seconds: int, hours: float) -> None:
    assert hours_between(NOW, NOW + timedelta(seconds=seconds)) == pytest.approx(hours)


def test_the_note_says_what_else_there_is() -> None:
    bare = entry_of(Stage.LABEL, 1.5, "", TODAY)
    assert bare == ReadLine(Entry(hours=1.5, stage=Stage.LABEL))
    told = entry_of(Stage.LABEL, 1.5, "300 tickets, error 0.21", TODAY)
    assert (told.entry.hours, told.entry.stage, told.entry.value) == (1.5, Stage.LABEL, 0.21)
    assert told.doubts == ()
    assert entry_of(None, 1.5, "trained", TODAY).entry.stage is Stage.TRAIN
    with pytest.raises(EntryError):
        entry_of(None, 1.5, "error 12345678901234567890123456789012345678901234567890 99h", TODAY)


@pytest.mark.parametrize(
    ("stage", "note", "doubts"),
    [
        (
            Stage.TRAIN,
            "error 0.21, recall 0.8",
            (Doubt(DoubtKind.MEASURE, measures=(Measure("error", 0.21), Measure("recall", 0.8))),),
        ),
        (Stage.TRAIN, "2h training", (Doubt(DoubtKind.HOURS, hours=(1.5, 2.0)),)),
        (Stage.TRAIN, "1.5h training", ()),
        (Stage.TRAIN, "1h training and 30 min more", (Doubt(DoubtKind.HOURS, hours=(1.5, 1.0, 0.5)),)),
        (Stage.LABEL, "trained", (Doubt(DoubtKind.STAGE),)),
        (None, "this and that", (Doubt(DoubtKind.STAGE),)),
    ],
)
def test_what_the_note_says_otherwise_is_asked(stage: Stage | None, note: str, doubts: tuple[Doubt, ...]) -> None:
    read = entry_of(stage, 1.5, note, TODAY)
    assert (read.entry.hours, read.entry.stage, read.doubts) == (1.5, stage, doubts)
