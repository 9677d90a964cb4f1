"""The one app of a workspace: its credentials, and what it was installed with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Installation:
    """The one app installed here.

    Attributes:
        bot_token: The bot token, ``xoxb-…``.
        app_token: The app-level token for Socket Mode, ``xapp-…``.
        signing_secret: What HTTP deliveries are signed with.
        scopes: The bot scopes it was given.
        bot_events: The events it subscribes to.
        name: The bot user's name.
        client_id: What it says who it is with, when it exchanges a code for a token.
        client_secret: What it proves that with.
    """

    bot_token: str
    app_token: str
    signing_secret: str
    scopes: frozenset[str]
    bot_events: frozenset[str]
    name: str = "ML Kickoff"
    app_id: str = "A00000001"
    bot_id: str = "B00000001"
    user_id: str = "U00000000"
    client_id: str = "1.1"
    client_secret: str = ""

    @property
    def mention(self) -> str:
        """The bot user as it stands in a text."""
        return f"<@{self.user_id}>"
