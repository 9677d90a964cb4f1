"""The error over time and over the hours spent (K33)."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flows.activity import Entry
from flows.plateau import POINTS
from flows.progress import Point, day_of, read_progress
from tests.flows.scoring.heard import heard

MONDAY = date(2026, 11, 2)
NOTHING = heard()


def entry(
    value: float | None = None, *, metric: str = "error", hours: float | None = None, percent: bool = False
) -> Entry:
    return Entry(metric=metric if value is not None else None, value=value, hours=hours, percent=percent, note="x")


def log(*entries: Entry) -> list[tuple[date, Entry]]:
    return [(MONDAY + timedelta(days=place), one) for place, one in enumerate(entries)]


def test_hours_add_up_to_each_measurement_and_go_on_after_the_last() -> None:
    progress = read_progress(
        log(entry(0.4, hours=2), entry(hours=3), entry(30, percent=True, hours=1), entry(hours=4)), NOTHING
    )
    assert progress is not None
    assert progress.points == (Point(MONDAY, 2, 40), Point(MONDAY + timedelta(days=2), 6, 30))
    assert (progress.hours, progress.unit, progress.metric) == (10, "%", "error")


def test_what_is_right_is_turned_into_errors() -> None:
    progress = read_progress(log(*(entry(one, metric="accuracy") for one in (0.8, 91.0, 0.95))), NOTHING)
    assert progress is not None
    assert [round(one.error, 6) for one in progress.points] == [20, 9, 5]
    assert (progress.first.error, progress.last.error, progress.best) == progress_errors(20, 5, 5, progress.points)


def progress_errors(first: float, last: float, best: float, points: tuple[Point, ...]) -> tuple[float, float, float]:
    """The same numbers without what counting in halves adds."""
    found = [one.error for one in points]
    assert [round(one, 6) for one in (found[0], found[-1], min(found))] == [first, last, best]
    return found[0], found[-1], min(found)


def test_what_is_no_share_stays_as_it_is_and_has_no_marks() -> None:
    project = heard(accuracy_target=95)
    progress = read_progress(log(entry(14.2, metric="mae"), entry(12.0, metric="mae")), project)
    assert progress is not None
    assert (progress.unit, progress.last.error, progress.marks) == ("", 12, ())


def test_the_metric_that_was_measured_most_counts_and_a_log_without_one_is_none() -> None:
    progress = read_progress(log(entry(0.4), entry(12.0, metric="mae"), entry(0.3)), NOTHING)
    assert progress is not None
    assert len(progress.points) == 2
    assert read_progress(log(entry(hours=2)), NOTHING) is None
    assert read_progress([], NOTHING) is None


def test_it_is_seen_against_what_was_said_and_may_be_shown() -> None:
    said: dict[str, Any] = {"accuracy_target": 95, "accuracy_needed": 90, "human_accuracy": 97}
    progress = read_progress(log(entry(0.4)), heard(**said))
    assert progress is not None
    assert progress.marks == (("target", 5), ("floor", 10), ("people", 3))
    kept = read_progress(log(entry(0.4)), heard(kept="accuracy_target", **said))
    assert kept is not None
    assert kept.marks == (("floor", 10), ("people", 3))


def test_when_most_of_it_was_done() -> None:
    values = (50, 30, 22, 20, 19, 18.5, 18)
    progress = read_progress(log(*(entry(one, percent=True, hours=10) for one in values)), NOTHING)
    assert progress is not None
    # Four fifths of the way from 50 to 18 are 24.4, and 22 is the first below.
    assert (progress.most_of_it, progress.since_first, progress.hours) == (20, 60, 70)
    level = read_progress(log(entry(0.3, hours=1), entry(0.3, hours=1)), NOTHING)
    assert level is not None
    assert level.most_of_it is None


def errors(metric: str, *values: tuple[float, bool] | float) -> list[float]:
    entries = [entry(*(one if isinstance(one, tuple) else (one,))[:1], metric=metric) for one in values]
    signed = [isinstance(one, tuple) for one in values]
    said = [one.model_copy(update={"percent": sign}) for one, sign in zip(entries, signed, strict=True)]
    progress = read_progress(log(*said), NOTHING)
    assert progress is not None
    return [round(one.error, 6) for one in progress.points]


def test_a_share_without_a_sign_is_read_as_the_others_are() -> None:
    assert errors("error", 3, 2, 1.5, 0.9) == [3, 2, 1.5, 0.9]
    assert errors("error", 0.21, 19) == [21, 19]
    assert errors("error", 0.21, 0.18) == [21, 18]
    assert errors("error", (1.5, True), 0.9) == [1.5, 0.9]
    assert errors("accuracy", 0.93, 91, (92, True)) == [7, 9, 8]
    assert errors("wer", 1.3, 0.9) == [1.3, 0.9]
    # One percent sign rereads nothing that was written before.
    assert errors("error", 0.3, 0.12, 0.05, (2, True)) == [30, 12, 5, 2]
    assert errors("error", 0.25, 0.21, 0.18, (1.5, True)) == [25, 21, 18, 1.5]


def test_a_loss_below_zero_is_kept_and_stands_nowhere_still() -> None:
    assert errors("loss", -3.2, -4.1, *(-5.0,) * 9) == [-3.2, -4.1, *(-5.0,) * 9]
    progress = read_progress(log(*(entry(one, metric="loss") for one in (-3.2, *(-5.0,) * 9))), NOTHING)
    assert progress is not None
    assert progress.plateaus == ()


def test_what_has_reached_the_goal_is_no_plateau() -> None:
    flat = (0.5, 0.4, 0.3, 0.05, *(0.05,) * POINTS)
    cases = ((heard(accuracy_target=96), True), (heard(accuracy_target=94), False), (heard(accuracy_needed=90), False))
    for told, stands in cases:
        progress = read_progress(log(*map(entry, flat)), told)
        assert progress is not None
        assert (progress.plateau is not None) is stands


def test_a_plateau_is_where_it_stands_still() -> None:
    values = (0.5, 0.4, 0.3, 0.2, *(0.2,) * POINTS)
    progress = read_progress(log(*map(entry, values)), NOTHING)
    assert progress is not None
    assert progress.plateau is not None
    assert progress.plateau.points == POINTS


def test_an_entry_for_another_day_stands_there() -> None:
    late = Entry(metric="error", value=0.5, note="x", day=MONDAY)
    assert day_of(MONDAY + timedelta(days=3), late) == MONDAY
    assert day_of(MONDAY, entry(0.1)) == MONDAY
    rows = [
        (day_of(MONDAY + timedelta(days=place), one), one) for place, one in enumerate((entry(0.4), entry(0.3), late))
    ]
    progress = read_progress(rows, NOTHING)
    assert progress is not None
    assert [one.error for one in progress.points] == [40, 50, 30]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 8)), min_size=1, max_size=12))
def test_hours_never_fall_and_most_of_it_lies_within_them(rows: list[tuple[float, float]]) -> None:
    progress = read_progress(log(*(entry(value, hours=hours) for value, hours in rows)), NOTHING)
    assert progress is not None
    spent = [one.hours for one in progress.points]
    assert spent == sorted(spent)
    assert progress.most_of_it is None or 0 < progress.most_of_it <= progress.hours + 1e-9
