"""The log line in sixty ways (K33, K36)."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.activity import Entry, EntryError, Stage, describe_entry, round_hours
from flows.log_reading import read_line

TODAY = date(2026, 11, 25)
L, C, F, T, V, D, M = (
    *(Stage.LABEL, Stage.COLLECT, Stage.FEATURES, Stage.TRAIN, Stage.EVALUATE, Stage.DEPLOY, Stage.MEET),
)
READ: list[tuple[str, float | None, Stage | None, str | None, float | None]] = [
    ("2h labelled 300 tickets, error 0.21", 2, L, "error", 0.21),
    ("2 h labelled 300 tickets", 2, L, None, None),
    ("2 hours labelling", 2, L, None, None),
    ("2hrs labeling", 2, L, None, None),
    ("1 hour meeting", 1, M, None, None),
    ("an hour of meetings", 1, M, None, None),
    ("one hour and a half of training", 1.5, T, None, None),
    ("half an hour call with finance", 0.5, M, None, None),
    ("half a day annotating", 4, L, None, None),
    ("a day of labelling", 8, L, None, None),
    ("1 day training", 8, T, None, None),
    ("2d labelling", 16, L, None, None),
    ("90 min tuning", 1.5, T, None, None),
    ("45 minutes evaluation", 0.75, V, None, None),
    ("30m meeting", 0.5, M, None, None),
    ("1h30 labelling", 1.5, L, None, None),
    ("1h30m labelling", 1.5, L, None, None),
    ("1 h 30 min labelling", 1.5, L, None, None),
    ("1 hour and 15 minutes training", 1.25, T, None, None),
    ("1:30 labelling", 1.5, L, None, None),
    ("1.5h training", 1.5, T, None, None),
    ("1,5h training", 1.5, T, None, None),
    ("0.5 hours deploying", 0.5, D, None, None),
    ("labelled 300 tickets", None, L, None, None),
    ("300 tickets labelled in 2h", 2, L, None, None),
    ("error 0.21", None, None, "error", 0.21),
    ("error=0.21", None, None, "error", 0.21),
    ("error: 0.21", None, None, "error", 0.21),
    ("error is 0.21", None, None, "error", 0.21),
    ("error now 21%", None, None, "error", 21),
    ("error is now at 0.3", None, None, "error", 0.3),
    ("error .21", None, None, "error", 0.21),
    ("error down to 0.19", None, None, "error", 0.19),
    ("error rate 4 %", None, None, "error rate", 4),
    ("error from 0.3 to 0.2", None, None, "error", 0.2),
    ("F1 0.83", None, None, "f1", 0.83),
    ("f1 = 0.83", None, None, "f1", 0.83),
    ("accuracy 91 %", None, None, "accuracy", 91),
    ("accuracy up to 0.91 after 3h training", 3, T, "accuracy", 0.91),
    ("MAPE down to 12,5 %", None, None, "mape", 12.5),
    ("loss: 1.2e-3", None, None, "loss", 0.0012),
    ("log loss 0.41", None, None, "log loss", 0.41),
    ("AUC 0.9", None, None, "auc", 0.9),
    ("recall fell to 0.7", None, None, "recall", 0.7),
    ("precision 0.8", None, None, "precision", 0.8),
    ("rmse 3.4", None, None, "rmse", 3.4),
    ("3h collected logs", 3, C, None, None),
    ("3h cleaned the export", 3, C, None, None),
    ("downloaded 5 GB", None, C, None, None),
    ("2h new features from the billing table", 2, F, None, None),
    ("2h joined weather data", 2, F, None, None),
    ("4h error analysis", 4, V, None, None),
    ("tested the model on last month, 2h", 2, V, None, None),
    ("1h shipped v2", 1, D, None, None),
    ("1h set up monitoring", 1, D, None, None),
    ("workshop with experts 3h", 3, M, None, None),
    ("2h fine-tuning", 2, T, None, None),
    ("experiment 7 gave nothing", None, T, None, None),
    ("1h labelling and 2h training", None, L, None, None),
    ("waiting for the labels", None, L, None, None),
    ("nothing yet", None, None, None, None),
    ("read 3 papers", None, None, None, None),
    ("v1.2 released", None, D, None, None),
]


@pytest.mark.parametrize(("text", "hours", "stage", "metric", "value"), READ, ids=[row[0] for row in READ])
def test_a_line(text: str, hours: float | None, stage: Stage | None, metric: str | None, value: float | None) -> None:
    entry = read_line(text, TODAY).entry
    assert (entry.hours, entry.stage, entry.metric, entry.value) == (hours, stage, metric, value)
    assert entry.note == text


@pytest.mark.parametrize("text", ["", "  ", "…", "!!!"])
def test_an_empty_line_is_refused(text: str) -> None:
    with pytest.raises(EntryError, match="For example"):
        read_line(text, TODAY)


@pytest.mark.parametrize("text", ["30h labelling", "0h labelling", "5 days labelling"])
def test_impossible_hours_are_refused(text: str) -> None:
    with pytest.raises(EntryError, match="a day has 24"):
        read_line(text, TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2h labelled 300 tickets, error 0.21", "2 hours, labelling, error 0.21 (2h labelled 300 tickets, error 0.21)"),
        ("1h call", "1 hour, meeting (1h call)"),
        ("error 21%", "error 21 % (error 21%)"),
        ("nothing\n yet", "nothing yet"),
    ],
)
def test_it_is_said_back(text: str, said: str) -> None:
    assert describe_entry(read_line(text, TODAY).entry) == said


def test_many_hours_are_told_to_a_tenth() -> None:
    assert [round_hours(hours) for hours in (96.0, 12.52, 0.04)] == ["96", "12.5", "0"]


@given(st.text())
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    with suppress(EntryError):
        entry = read_line(text, TODAY).entry
        assert Entry.model_validate(entry.model_dump(mode="json")) == entry
        assert describe_entry(entry) or not text.split()
