"""Things that go wrong at Slack, scripted for a method."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Predicate = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class RateLimited:
    """HTTP 429 with ``Retry-After`` in seconds; the call has no effect."""

    retry_after: int = 1


@dataclass(frozen=True)
class ServerError:
    """An HTTP error of Slack's own; the call has no effect."""

    status: int = 500


@dataclass(frozen=True)
class Slow:
    """The answer takes so many seconds; the call takes effect at once."""

    seconds: float


@dataclass(frozen=True)
class Dropped:
    """The connection breaks, before the call takes effect or after it."""

    after_effect: bool = False


@dataclass(frozen=True)
class ApiError:
    """``{"ok": false}`` with this error; the call has no effect."""

    error: str


Fault = RateLimited | ServerError | Slow | Dropped | ApiError


@dataclass
class _Scripted:
    method: str
    fault: Fault
    left: int | None
    when: Predicate | None


class Faults:
    """The script: which calls go wrong and how."""

    def __init__(self) -> None:
        self._script: list[_Scripted] = []

    def add(self, method: str, fault: Fault, *, times: int | None = 1, when: Predicate | None = None) -> None:
        """Let calls go wrong.

        Args:
            method: Which method, ``*`` for all.
            fault: How.
            times: How many calls; None for all until cleared.
            when: Only calls with such arguments.
        """
        self._script.append(_Scripted(method, fault, times, when))

    def clear(self) -> None:
        """Let everything go well again."""
        self._script.clear()

    def take(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        """The fault this call meets, if any; it counts as used."""
        for scripted in self._script:
            fits = scripted.method in {method, "*"} and (scripted.when is None or scripted.when(arguments))
            if not fits or scripted.left == 0:
                continue
            if scripted.left is not None:
                scripted.left -= 1
            return scripted.fault
        return None
