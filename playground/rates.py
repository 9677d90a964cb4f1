"""Slack's rate limits (docs.slack.dev/apis/web-api/rate-limits): tiers a minute, one post a second a channel."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

_TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
_METHODS = {
    1: "apps.uninstall",
    2: (
        "users.list conversations.list conversations.create conversations.rename conversations.archive"
        " conversations.unarchive conversations.setTopic conversations.setPurpose reactions.remove canvases.create"
        " conversations.canvases.create"
    ),
    3: (
        "chat.update chat.delete conversations.info conversations.history conversations.replies conversations.open"
        " conversations.join conversations.invite conversations.kick conversations.leave reactions.add reactions.get"
        " apps.connections.open users.conversations users.lookupByEmail dnd.info chat.scheduleMessage"
        " chat.scheduledMessages.list chat.deleteScheduledMessage files.delete canvases.edit canvases.delete"
        " canvases.access.set canvases.access.delete canvases.sections.lookup canvases.getContent auth.revoke"
    ),
    4: (
        "chat.postEphemeral views.open views.push views.update views.publish users.info users.profile.get"
        " conversations.members files.getUploadURLExternal files.completeUploadExternal files.info"
    ),
}
_TIER_OF = {method: tier for tier, methods in _METHODS.items() for method in methods.split()}
POSTS_AT_ONCE = 5
"""Slack allows short bursts of posts and does not say how short; this is an assumption."""


@dataclass
class _Bucket:
    left: float
    since: float


class Rates:
    """Counts calls, if it is switched on.

    Args:
        clock: Seconds that only go forward; by default real ones, as the app waits in real time.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.on = False
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def wait_for(self, method: str, channel: str) -> int:
        """How many seconds this call comes too early; 0 if it may go, and then it is counted.

        Args:
            method: The method.
            channel: The channel posted to.
        """
        if not self.on:
            return 0
        if method == "chat.postMessage":
            return self._draw(f"{method} {channel}", POSTS_AT_ONCE, per_second=1)
        if method in _TIER_OF:
            each_minute = _TIERS[_TIER_OF[method]]
            return self._draw(method, each_minute, per_second=each_minute / 60)
        return 0

    def _draw(self, key: str, most: int, per_second: float) -> int:
        now = self._clock()
        bucket = self._buckets.setdefault(key, _Bucket(most, now))
        bucket.left = min(most, bucket.left + (now - bucket.since) * per_second)
        bucket.since = now
        if bucket.left >= 1:
            bucket.left -= 1
            return 0
        return math.ceil((1 - bucket.left) / per_second)
