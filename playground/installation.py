"""The one app of a workspace: its credentials, and what it was installed with."""

from dataclasses import dataclass
from typing import Literal

_SHORTCUTS = 10


@dataclass(frozen=True)
class Shortcut:
    """A shortcut, as under ``features.shortcuts`` in a manifest.

    Attributes:
        name: What people see, in up to 24 characters.
        callback_id: What the app knows it by, in up to 255 characters.
        description: What it does, in up to 150 characters.
        type: Whether it is used on a message, or from anywhere.
    """

    name: str
    callback_id: str
    description: str
    type: Literal["message", "global"] = "message"

    def __post_init__(self) -> None:
        lengths = ((self.name, 24), (self.callback_id, 255), (self.description, 150))
        if not all(1 <= len(words) <= most for words, most in lengths):
            raise ValueError(f"Slack takes no shortcut like {self}")


@dataclass(frozen=True)
class Features:
    """What people find of the app, as under ``features`` in its manifest.

    Attributes:
        shortcuts: On messages and from anywhere, ten at most.
        escaped_commands: The commands, with their slashes, whose mentions reach the app as ids (``should_escape``).
        home_tab: Whether the app has a home tab.
    """

    shortcuts: tuple[Shortcut, ...] = ()
    escaped_commands: frozenset[str] = frozenset()
    home_tab: bool = True

    def __post_init__(self) -> None:
        if len(self.shortcuts) > _SHORTCUTS:
            raise ValueError(f"Slack takes no more than {_SHORTCUTS} shortcuts")

    def shortcuts_of(self, kind: str) -> tuple[Shortcut, ...]:
        """The shortcuts of one type, ``message`` or ``global``."""
        return tuple(one for one in self.shortcuts if one.type == kind)


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
        features: What people find of it.
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
    features: Features = Features()

    @property
    def mention(self) -> str:
        """The bot user as it stands in a text."""
        return f"<@{self.user_id}>"
