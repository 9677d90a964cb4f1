"""The methods around messages that wait: chat.scheduleMessage, chat.scheduledMessages.list and their deletion."""

from playground.arguments import Arguments
from playground.conversations_api import visible_channel
from playground.limits import TEXT_KEPT, check_message
from playground.paging import page
from playground.posting import postable, read_message, thread_of
from playground.records import Channel, Json, Refused
from playground.workspace import Workspace


def schedule(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.scheduleMessage``."""
    message = read_message(arguments)
    check_message(message, text_limit=TEXT_KEPT, is_image=workspace.files.is_image)
    channel = postable(workspace, arguments.text("channel"))
    post_at = _seconds(arguments, "post_at")
    if post_at is None:
        raise Refused("invalid_time", breach=True)
    thread_ts = thread_of(workspace, channel, arguments)
    parts: Json = {"blocks": message["blocks"], "metadata": message["metadata"], "thread_ts": thread_ts}
    parts["broadcast"] = bool(thread_ts) and arguments.flag("reply_broadcast")
    parts["attachments"] = tuple(message["attachments"] or ())
    waiting = workspace.scheduled.add(channel.id, post_at, message["text"], parts)
    shown: Json = {"type": "delayed_message", "text": waiting.text, "bot_id": workspace.app.bot_id}
    if message["blocks"]:
        shown["blocks"] = message["blocks"]
    about = {"channel": channel.id, "scheduled_message_id": waiting.id, "post_at": post_at}
    return about | {"message": shown | {"subtype": "bot_message"}}


def list_waiting(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.scheduledMessages.list``: what still waits, the earliest first."""
    channel = _channel(workspace, arguments, "invalid_channel").id if arguments.text("channel") else None
    oldest, latest = _seconds(arguments, "oldest") or 0, _seconds(arguments, "latest")
    shown = [
        {
            "id": waiting.id,
            "channel_id": waiting.channel,
            "post_at": waiting.post_at,
            "date_created": waiting.created,
            "text": waiting.text,
        }
        for waiting in workspace.scheduled.waiting(channel)
        if oldest <= waiting.post_at and (latest is None or waiting.post_at <= latest)
    ]
    return page("scheduled_messages", shown, arguments)


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.deleteScheduledMessage``."""
    channel = _channel(workspace, arguments, "channel_not_found")
    workspace.scheduled.delete(arguments.needed("scheduled_message_id"), channel.id)
    return {}


def _channel(workspace: Workspace, arguments: Arguments, error: str) -> Channel:
    try:
        return visible_channel(workspace, arguments.text("channel"))
    except Refused as unknown:
        raise Refused(error) from unknown


def _seconds(arguments: Arguments, name: str) -> int | None:
    given = arguments.text(name)
    try:
        return int(float(given)) if given else None
    except ValueError as error:
        raise Refused("invalid_time" if name == "post_at" else "invalid_arguments", breach=True) from error
