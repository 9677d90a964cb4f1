"""The hours in which nobody is written to, on each person's own clock; and how they are typed."""

import re
from dataclasses import dataclass
from datetime import time

_MORNING = time(9, 30)
_EXAMPLE = "Type them like 18:00-09:00, or none."
_SPAN = re.compile(r"(.+?)\s*(?:-|\bto\b|\buntil\b)\s*(.+)")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(?:(a|p)\.?m\.?)?")
_NOON, _MIDNIGHT = 12, 24


class QuietHoursError(Exception):
    """The words name no quiet hours; the message says what to type instead."""


@dataclass(frozen=True)
class QuietHours:
    """The time of day in which nobody is written to, on the person's own clock.

    Attributes:
        start: Its first minute.
        end: The first minute that is no longer quiet, on the next day if it is earlier than `start`. The same as
            `start`: there are no quiet hours.
    """

    start: time = time(18)
    end: time = time(9)

    def hold(self, at: time) -> bool:
        """Whether that time of day is quiet."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    @property
    def morning(self) -> time:
        """When to write to somebody: 09:30, or when the quiet hours end if 09:30 is within them."""
        return self.end if self.hold(_MORNING) else _MORNING


def read_quiet_hours(text: str) -> QuietHours:
    """Read quiet hours: "18:00-09:00", "18 to 9", "6pm - 9am", "12:00-13:00", "none".

    Args:
        text: What was typed; two times that are the same mean that there are none.

    Raises:
        QuietHoursError: They are no quiet hours, or leave no time at all.
    """
    said = " ".join(re.sub("[–—−]", "-", text).casefold().split())
    if not said:
        raise QuietHoursError(f"Say which hours are quiet. {_EXAMPLE}")
    if said in {"none", "off", "no", "never"}:
        return QuietHours(time(), time())
    span = _SPAN.fullmatch(said)
    if not span:
        raise QuietHoursError(f"I could not read that as two times of day. {_EXAMPLE}")
    start, end = _read_minutes(span[1]), _read_minutes(span[2])
    if end - start == _MIDNIGHT * 60:
        raise QuietHoursError(f"That leaves no hour of the day for reminders. {_EXAMPLE}")
    return QuietHours(_time_at(start), _time_at(end))


def _read_minutes(said: str) -> int:
    """Minutes since midnight, which may be those of 24:00."""
    match = _TIME.fullmatch(said)
    if not match:
        raise QuietHoursError(f"I could not read that as two times of day. {_EXAMPLE}")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % _NOON + (_NOON if match[3] == "p" else 0) if 1 <= hour <= _NOON else _MIDNIGHT + 1
    if minute >= 60 or hour * 60 + minute > _MIDNIGHT * 60:  # noqa: PLR2004 - minutes of an hour
        raise QuietHoursError(f"There is no such time of day. {_EXAMPLE}")
    return hour * 60 + minute


def _time_at(minutes: int) -> time:
    return time(minutes // 60 % _MIDNIGHT, minutes % 60)
