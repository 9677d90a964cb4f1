"""The addresses an app may answer to after a command or a button: five times within half an hour."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.clock import Clock
from playground.records import Message, Refused

USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass
class ResponseUrl:
    """One address.

    Attributes:
        channel: Where an answer goes.
        person: Who acted, and sees ephemeral answers.
        message: The message that was acted on, None after a command.
        expires: When it stops working.
        uses_left: How often it still works.
    """

    channel: str
    person: str
    message: Message | None
    expires: datetime
    uses_left: int = USES


class ResponseUrls:
    """All addresses handed out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[str, ResponseUrl] = {}

    def new(self, channel: str, person: str, message: Message | None = None) -> str:
        """Hand out one.

        Returns:
            Its last part; the server puts its own address before it.
        """
        key = secrets.token_hex(12)
        self._open[key] = ResponseUrl(channel, person, message, self._clock.now() + LIFETIME)
        return key

    def use(self, key: str) -> ResponseUrl:
        """Use one once.

        Raises:
            Refused: ``expired_url`` or ``used_url``.
        """
        found = self._open.get(key)
        if found is None or self._clock.now() > found.expires:
            raise Refused("expired_url", breach=True)
        if found.uses_left == 0:
            raise Refused("used_url", breach=True)
        found.uses_left -= 1
        return found
