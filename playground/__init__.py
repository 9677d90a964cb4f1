"""A local Slack-compatible workspace: the tests' Slack and the demo's. It knows nothing of the app."""

from playground.answers import AppFailed, Reply
from playground.canvases import Canvas
from playground.chapter import Chapter, chapter_workspace
from playground.faults import ApiError, Dropped, RateLimited, ServerError, Slow
from playground.files import File
from playground.forms import CannotEnter
from playground.installation import Features, Shortcut
from playground.person import NotSeen, Person
from playground.records import Channel, Message, Refused, View
from playground.server import Patience, Playground
from playground.workspace import Workspace

__all__ = [
    "ApiError",
    "AppFailed",
    "CannotEnter",
    "Canvas",
    "Channel",
    "Chapter",
    "Dropped",
    "Features",
    "File",
    "Message",
    "NotSeen",
    "Patience",
    "Person",
    "Playground",
    "RateLimited",
    "Refused",
    "Reply",
    "ServerError",
    "Shortcut",
    "Slow",
    "View",
    "Workspace",
    "chapter_workspace",
]
