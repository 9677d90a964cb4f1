"""Messages that wait for their time (docs.slack.dev/reference/methods/chat.scheduleMessage)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from playground.clock import Clock
from playground.records import Refused

FURTHEST = timedelta(days=120)
AT_MOST = 30
_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True)
class ScheduledMessage:
    """A message that waits.

    Attributes:
        id: Slack's id.
        channel: The id of the channel it goes to.
        post_at: When, in seconds since the epoch.
        created: When it was scheduled, likewise.
        text: Its text.
        parts: Further attributes of `Message`.
    """

    id: str
    channel: str
    post_at: int
    created: int
    text: str
    parts: Mapping[str, Any]


class Scheduled:
    """Everything that waits.

    Args:
        clock: Says what is due.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbered = 0
        self._waiting: dict[str, ScheduledMessage] = {}

    def add(self, channel: str, post_at: int, text: str, parts: Mapping[str, Any]) -> ScheduledMessage:
        """Let a message wait.

        Args:
            channel: The id of the channel it goes to.
            post_at: When, in seconds since the epoch.
            text: Its text.
            parts: Further attributes of `Message`.

        Raises:
            Refused: ``time_in_past``, ``time_too_far`` beyond 120 days, ``restricted_too_many`` above 30 within five
                minutes in one channel.
        """
        now = self._clock.seconds()
        if post_at <= now:
            raise Refused("time_in_past", breach=True)
        if post_at > now + FURTHEST.total_seconds():
            raise Refused("time_too_far", breach=True)
        window = int(_WINDOW.total_seconds())
        beside = [waiting for waiting in self.waiting(channel) if waiting.post_at // window == post_at // window]
        if len(beside) >= AT_MOST:
            raise Refused("restricted_too_many", breach=True)
        self._numbered += 1
        message = ScheduledMessage(f"Q{self._numbered:08d}", channel, post_at, now, text, parts)
        self._waiting[message.id] = message
        return message

    def waiting(self, channel: str | None = None) -> list[ScheduledMessage]:
        """What waits, the earliest first.

        Args:
            channel: Only for this channel's id.
        """
        found = [message for message in self._waiting.values() if channel in {None, message.channel}]
        return sorted(found, key=lambda message: message.post_at)

    def delete(self, message_id: str, channel: str) -> None:
        """Take a message back.

        Raises:
            Refused: ``invalid_scheduled_message_id``, also once it was posted.
        """
        message = self._waiting.get(message_id)
        if message is None or message.channel != channel:
            raise Refused("invalid_scheduled_message_id")
        del self._waiting[message_id]

    def take_due(self) -> list[ScheduledMessage]:
        """What is due now; it waits no longer."""
        due = [message for message in self.waiting() if message.post_at <= self._clock.seconds()]
        for message in due:
            del self._waiting[message.id]
        return due
