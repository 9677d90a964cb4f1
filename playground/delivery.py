"""What goes from Slack to the app, whichever door it takes."""

from dataclasses import dataclass
from typing import Literal, Protocol

from playground.records import Json

Kind = Literal["events_api", "slash_commands", "interactive"]

OK = 200


@dataclass(frozen=True)
class Delivery:
    """One thing to tell the app.

    Attributes:
        kind: Slack's envelope type.
        payload: The event callback, the command's form fields, or the interaction.
    """

    kind: Kind
    payload: Json

    @property
    def name(self) -> str:
        """What it is about, for the traffic list: ``event message``, ``command /ml-kickoff``, ``view_submission``."""
        if self.kind == "events_api":
            return f"event {self.payload['event']['type']}"
        if self.kind == "slash_commands":
            return f"command {self.payload['command']}"
        return str(self.payload["type"])


@dataclass(frozen=True)
class Retry:
    """Why a delivery comes again.

    Attributes:
        number: 1 to 3.
        reason: Slack's reason, such as ``http_timeout``.
    """

    number: int
    reason: str


@dataclass(frozen=True)
class Answer:
    """What the app answered.

    Attributes:
        status: The HTTP status; 200 for an acknowledged envelope; None where no answer came.
        body: The JSON of the answer, if any.
        failure: Slack's reason why it failed, such as ``http_timeout``; None if it was acknowledged.
        no_retry: Whether the app asked not to be told again (``x-slack-no-retry``).
    """

    status: int | None = None
    body: Json | None = None
    failure: str | None = None
    no_retry: bool = False


class Door(Protocol):
    """A way to the app: signed HTTP or sockets."""

    async def send(self, delivery: Delivery, retry: Retry | None) -> Answer:
        """Deliver once and wait for the answer."""
        ...


class Courier(Protocol):
    """Delivers for the people in the workspace."""

    async def deliver(self, delivery: Delivery) -> Answer:
        """Deliver something a person did and wait for the app's answer."""
        ...
