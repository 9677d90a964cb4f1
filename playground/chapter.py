"""The people and the channel of the chapter's running example."""

from dataclasses import dataclass

from playground.person import Person
from playground.records import Channel
from playground.workspace import Workspace


@dataclass(frozen=True)
class Chapter:
    """Who and where.

    Attributes:
        channel: #streaming-platform.
        priya: Priya Patel, product owner, in Berlin.
        victor: Victor Vance, vice president, in New York.
        fiona: Fiona Feld, finance, in London.
    """

    channel: Channel
    priya: Person
    victor: Person
    fiona: Person


def chapter_workspace(workspace: Workspace, *, app_is_member: bool = True) -> Chapter:
    """Add the chapter's people and channel to a workspace.

    Args:
        workspace: Where.
        app_is_member: Whether the app is in the channel already.
    """
    priya = workspace.add_person("Priya Patel", tz="Europe/Berlin", title="Product owner")
    victor = workspace.add_person("Victor Vance", tz="America/New_York", title="VP")
    fiona = workspace.add_person("Fiona Feld", tz="Europe/London", title="Finance")
    channel = workspace.add_channel("streaming-platform", [priya, victor, fiona], app_is_member=app_is_member)
    return Chapter(channel, priya, victor, fiona)
