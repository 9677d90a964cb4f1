"""Who someone is: names, time zone, status, and when they want to be left alone."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING

from playground.records import Channel

if TYPE_CHECKING:
    from playground.workspace import Workspace


@dataclass(eq=False)
class Profile:
    """Someone in the workspace, as others see them.

    Attributes:
        id: Slack's id.
        real_name: First and last name.
        workspace: Where they are.
        tz: Their time zone's name.
        display_name: What they like to be called, if anything.
        title: What they do.
        email: Their address, shown only with ``users:read.email``.
        is_bot: Whether this is an app's user.
        deleted: Whether the account is deactivated.
        is_restricted: Whether they are a guest.
        is_ultra_restricted: Whether they are a single-channel guest.
        is_stranger: Whether they belong to another workspace.
        is_admin: Whether they administer the workspace.
        invisible: Whether the app may not see them (``user_not_visible``).
        status_text: What they say they are doing, up to 100 characters.
        status_emoji: The emoji beside it, with its colons.
        status_expires: When the status goes away by itself, aware; None if it stays.
        rests: From when until when they get no notifications, by their own clock; None if always.
    """

    id: str
    real_name: str
    workspace: "Workspace" = field(repr=False)
    tz: str = "UTC"
    display_name: str = ""
    title: str = ""
    email: str = ""
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_admin: bool = False
    invisible: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_expires: datetime | None = None
    rests: tuple[time, time] | None = None

    @property
    def mention(self) -> str:
        """The person as they stand in a text."""
        return f"<@{self.id}>"

    @property
    def shown_name(self) -> str:
        """The display name, or else the real name."""
        return self.display_name or self.real_name

    @property
    def username(self) -> str:
        """The old-style user name, such as ``priya.patel``."""
        return self.real_name.lower().replace(" ", ".")

    @property
    def has_status(self) -> bool:
        """Whether there is a status that has not run out."""
        runs_out = self.status_expires
        gone = runs_out is not None and self.workspace.clock.now() >= runs_out
        return bool(self.status_text or self.status_emoji) and not gone

    @property
    def dm(self) -> Channel:
        """Their direct message with the app."""
        return self.workspace.dm_with(self.id)
