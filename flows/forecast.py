"""When the work may be done: what the score expects, less what is logged, at the pace of the last weeks (K37)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, inf, log
from statistics import NormalDist

from flows.activity import Entry
from flows.closing import HOURS_A_WEEK
from flows.scoring.draws import NINE_OF_TEN, Spread

PACE = timedelta(weeks=4)
"""The pace is that of so many weeks."""

_FARTHEST = timedelta(days=5 * 365)
_NORMAL = NormalDist()
_SUREST = 1 - 1e-9


@dataclass(frozen=True)
class Forecast:
    """What is still to do.

    Attributes:
        spent: Person-weeks that are logged.
        expected: Person-weeks of the whole, as the score has them.
        done: The day by which it is done at the pace of the last weeks: if it goes well, likely, and if it goes badly;
            None where there is no pace, or a day lies more than five years ahead.
    """

    spent: float
    expected: Spread
    done: tuple[date, date, date] | None = None

    @property
    def is_beyond(self) -> bool:
        """Whether more is spent than the score thought possible nine times in ten."""
        return self.spent > self.expected.p90


def forecast(log: Sequence[tuple[date, Entry]], expected: Spread, today: date) -> Forecast | None:
    """The forecast of a project; None where no hours are logged.

    Args:
        log: Entries with the day that each is about.
        expected: Person-weeks of the whole, as the score has them.
        today: The day on which it is told.
    """
    hours = [(day, entry.hours) for day, entry in log if entry.hours]
    if not hours:
        return None
    spent = sum(one for _, one in hours) / HOURS_A_WEEK
    begun = min(day for day, _ in hours)
    since = max(begun, today - PACE)
    weeks = max((today - since).days / 7, 1.0)
    pace = sum(one for day, one in hours if since <= day <= today) / HOURS_A_WEEK / weeks
    return Forecast(spent, expected, _done(spent, expected, pace, today))


def _done(spent: float, expected: Spread, pace: float, today: date) -> tuple[date, date, date] | None:
    if pace <= 0:
        return None
    good, likely, bad = (left / pace for left in weeks_left(spent, expected))
    if bad > _FARTHEST.days / 7:
        return None
    return today + timedelta(weeks=good), today + timedelta(weeks=likely), today + timedelta(weeks=bad)


def weeks_left(spent: float, expected: Spread) -> tuple[float, float, float]:
    """Person-weeks that are left, knowing that what is spent was not enough: in one of ten cases, half, and nine.

    What the whole takes is log-normal on each side of its middle, and cut off at what is spent.
    """
    if not 0 < expected.p10 < expected.p50 < expected.p90:
        return max(expected.p10 - spent, 0.0), max(expected.p50 - spent, 0.0), max(expected.p90 - spent, 0.0)
    below, above = (log(end / expected.p50) / NINE_OF_TEN for end in (expected.p10, expected.p90))
    steps = -inf if spent <= 0 else log(spent / expected.p50)
    gone = _NORMAL.cdf(steps / (above if steps > 0 else -below))

    def left(share: float) -> float:
        step = _NORMAL.inv_cdf(min(gone + share * (1 - gone), _SUREST))
        return max(expected.p50 * exp(step * (above if step > 0 else -below)) - spent, 0.0)

    return left(0.1), left(0.5), left(0.9)
