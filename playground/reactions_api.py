"""The reactions.* methods, on messages."""

from playground.arguments import Arguments
from playground.conversations_api import visible_channel
from playground.posting import postable
from playground.records import Channel, Json, Message, Refused
from playground.wire import message_json
from playground.workspace import Workspace


def add(workspace: Workspace, arguments: Arguments) -> Json:
    """``reactions.add``."""
    channel = postable(workspace, arguments.text("channel"))
    message = workspace.message(channel.id, arguments.text("timestamp"))
    workspace.react(message, workspace.app.user_id, arguments.needed("name"))
    return {}


def remove(workspace: Workspace, arguments: Arguments) -> Json:
    """``reactions.remove``, of the app's own reactions only."""
    _channel, message = _item(workspace, arguments)
    workspace.unreact(message, workspace.app.user_id, arguments.needed("name"))
    return {}


def get(workspace: Workspace, arguments: Arguments) -> Json:
    """``reactions.get``."""
    channel, message = _item(workspace, arguments)
    return {"type": "message", "channel": channel.id, "message": message_json(workspace, message)}


def _item(workspace: Workspace, arguments: Arguments) -> tuple[Channel, Message]:
    if not arguments.text("channel") or not arguments.text("timestamp"):
        raise Refused("no_item_specified", breach=True)
    channel = visible_channel(workspace, arguments.text("channel"))
    return channel, workspace.message(channel.id, arguments.text("timestamp"))
