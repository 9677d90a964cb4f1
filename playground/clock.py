"""The workspace's clock: the time, and message timestamps that never repeat."""

from collections.abc import Callable
from datetime import UTC, datetime

_MICROSECONDS = 1_000_000

Now = Callable[[], datetime]


def real_time() -> datetime:
    """The time of this machine, aware, in UTC."""
    return datetime.now(UTC)


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

    def seconds(self) -> int:
        """Seconds since the epoch."""
        return int(self.now().timestamp())
