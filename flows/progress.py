"""How the error moved with time and with the hours spent, as the activity log tells it (section 2.2.3; K33).

What is logged as right, such as accuracy, is turned into errors, so that less is always better.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, log
from statistics import median

from flows.activity import Entry
from flows.plateau import Plateau, current, find_plateaus
from flows.scoring.heard import Heard

_RIGHT = frozenset(
    {
        *("accuracy", "f1", "auc", "precision", "recall", "r2", "bleu", "map", "ndcg", "kappa"),
        *("dice", "iou", "mcc", "specificity", "sensitivity", "rouge"),
    }
)
"""Measures of which more is better; 1 less the measure is what is left to gain."""
_SHARES = frozenset({*_RIGHT, "error", "error rate", "mape", "smape", "wape", "wer", "cer"})
"""Measures that are shares: logged as 0.21 or as 21 %."""
_MARKS = {
    "target": "accuracy_target",
    "floor": "accuracy_needed",
    "people": "human_accuracy",
    "today": "accuracy_today",
}
MOST_OF_IT = 0.8
"""The rule of thumb that the chapter names: this share of the progress comes with the first fifth of the work."""


_LEAST = 1e-3
_NEAR = 5.0
"""Errors within this factor of each other may be of one log."""


@dataclass(frozen=True)
class Point:
    """One measurement: on which day, after how many hours of logged work in all, and how large the error was."""

    day: date
    hours: float
    error: float


@dataclass(frozen=True)
class Progress:
    """The measurements of one metric.

    Attributes:
        metric: What was measured, as it was logged.
        unit: "%" for shares, else empty.
        points: The measurements, in order.
        hours: All hours that were logged, also after the last measurement.
        plateaus: Where the error did not fall.
        marks: What it is seen against, in the same unit, by a word for it; only for shares of cases.
    """

    metric: str
    unit: str
    points: tuple[Point, ...]
    hours: float
    plateaus: tuple[Plateau, ...]
    marks: tuple[tuple[str, float], ...] = ()

    @property
    def plateau(self) -> Plateau | None:
        """The plateau that the newest measurement is on."""
        return current(self.plateaus, len(self.points))

    @property
    def first(self) -> Point:
        """The oldest measurement."""
        return self.points[0]

    @property
    def last(self) -> Point:
        """The newest measurement."""
        return self.points[-1]

    @property
    def best(self) -> float:
        """The smallest error so far."""
        return min(one.error for one in self.points)

    @property
    def since_first(self) -> float:
        """The hours that were logged after the first measurement."""
        return self.hours - self.first.hours

    @property
    def most_of_it(self) -> float | None:
        """The hours from the first measurement on after which four fifths of the progress were made; None for none."""
        gain = self.first.error - self.best
        if gain <= 0 or self.since_first <= 0:
            return None
        enough = self.first.error - MOST_OF_IT * gain
        return next(one.hours for one in self.points if one.error <= enough) - self.first.hours


def read_progress(entries: Iterable[tuple[date, Entry]], heard: Heard) -> Progress | None:
    """What the log says of the metric that was measured most often; None where nothing was measured.

    Args:
        entries: Entries with the day that each is about.
        heard: What was said of the project; an answer that is kept is no mark.
    """
    ordered = sorted(entries, key=lambda one: one[0])
    counts = Counter(entry.metric for _, entry in ordered if entry.metric is not None)
    if not counts:
        return None
    metric = counts.most_common(1)[0][0]
    errors = _read_errors(metric, [entry for _, entry in ordered if entry.metric == metric])
    points, hours, places = [], 0.0, iter(errors)
    for day, entry in ordered:
        hours += entry.hours or 0.0
        if entry.metric == metric and entry.value is not None:
            points.append(Point(day, hours, next(places)))
    unit = "%" if metric in _SHARES else ""
    marks = _marks(heard) if metric in {"accuracy", "error", "error rate"} else ()
    return Progress(metric, unit, tuple(points), hours, _find_plateaus(errors, dict(marks)), marks)


def _read_errors(metric: str, entries: Iterable[Entry]) -> list[float]:
    """What is wrong or left to gain at each measurement: in percent for shares, else as it was logged.

    Shares of 1 or less without a percent sign are parts of one, 0.21 being 21 %; unless what else was logged is in
    percent, and all of them are nearer to that as they stand: 0.9 behind 3, 2 and 1.5.
    """
    values = [(entry.value, entry.percent) for entry in entries if entry.value is not None]
    if metric not in _SHARES:
        return [value for value, _ in values]
    bare = [value for value, is_percent in values if not is_percent]
    in_percent = [_wrong(metric, value) for value in bare if value > 1]
    signed = [_wrong(metric, value) for value, is_percent in values if is_percent]
    small = [value for value in bare if value <= 1]
    stands = _stand_as_written(metric, small, in_percent, signed)
    return [_wrong(metric, value if is_percent or value > 1 or stands else value * 100) for value, is_percent in values]


def _stand_as_written(
    metric: str, small: Sequence[float], in_percent: Sequence[float], signed: Sequence[float]
) -> bool:
    """Whether shares of 1 or less are percents: all are nearer that way to errors that surely are."""
    known = in_percent or signed
    if not known:
        return False
    # Somebody who wrote 3 for 3 % writes 0.9 for 0.9 %; where only signs tell of percents, that has to be near.
    farthest = inf if in_percent else log(_NEAR)
    typical = log(max(median(known), _LEAST))

    def is_nearer(value: float) -> bool:
        as_it_stands, as_part = (abs(log(max(_wrong(metric, one), _LEAST)) - typical) for one in (value, value * 100))
        return as_it_stands < min(as_part, farthest)

    return all(map(is_nearer, small))


def _wrong(metric: str, percent: float) -> float:
    return max(100 - percent if metric in _RIGHT else percent, 0.0)


def _find_plateaus(errors: Sequence[float], marks: Mapping[str, float]) -> tuple[Plateau, ...]:
    """Where the error does not fall though it should: what has reached the goal may stand still."""
    if min(errors) < 0:
        return ()  # a loss below 0 has no ratio to the one before
    goal = marks.get("target", marks.get("floor", 0.0))
    return tuple(one for one in find_plateaus(errors) if min(errors[one.first : one.last + 1]) > goal)


def _marks(heard: Heard) -> tuple[tuple[str, float], ...]:
    said = ((word, heard.number(question)) for word, question in _MARKS.items() if not heard.keeps(question))
    return tuple((word, 100 - right) for word, right in said if right is not None)


def day_of(logged_on: date, entry: Entry) -> date:
    """The day that an entry is about: the one that it names, or else the one on which it was logged."""
    return entry.day or logged_on
