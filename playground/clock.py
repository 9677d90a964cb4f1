"""The workspace's clock: the time, and message timestamps that never repeat."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_MICROSECONDS = 1_000_000

Now = Callable[[], datetime]


def real_time() -> datetime:
    """The time of this machine, aware, in UTC."""
    return datetime.now(UTC)


class SkippingClock:
    """The time of this machine, plus what was skipped.

    Attributes:
        skipped: How far it is ahead.
    """

    def __init__(self, skipped: timedelta = timedelta(0)) -> None:
        self.skipped = skipped

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return real_time() + self.skipped

    def skip_to(self, moment: datetime) -> None:
        """Go ahead to a moment; it never goes back."""
        self.skipped += max(moment - self(), timedelta(0))


class Clock:
    """Tells the time and hands out timestamps.

    Args:
        now: Gives the time, aware, in UTC.
    """

    def __init__(self, now: Now = real_time) -> None:
        self.now = now
        self._last = 0

    def stamp(self) -> str:
        """A message's ``ts``: strictly later than every one before, even if the clock stands still."""
        self._last = max(self._last + 1, int(self.now().timestamp() * _MICROSECONDS))
        return f"{self._last // _MICROSECONDS}.{self._last % _MICROSECONDS:06d}"

    def pass_by(self, ts: str) -> None:
        """Hand out only timestamps later than this one."""
        self._last = max(self._last, int(ts.replace(".", "")))

    def seconds(self) -> int:
        """Seconds since the epoch."""
        return int(self.now().timestamp())
