"""What every way of posting has in common: the message, the channel and the thread an app asks for."""

import re

from playground.arguments import Arguments
from playground.conversations_api import visible_channel
from playground.records import Channel, Json, Refused
from playground.workspace import Workspace

_TS = re.compile(r"\d{10}\.\d{6}")


def read_message(arguments: Arguments) -> Json:
    """The message in a call: ``text``, ``blocks``, ``attachments`` and ``metadata``, JSON read.

    Raises:
        Refused: ``invalid_blocks_format`` and its like.
    """
    if arguments.text("markdown_text"):
        raise Refused("markdown_text_conflict", ["[ERROR] the playground takes text and blocks"], breach=True)
    return {
        "text": arguments.text("text"),
        "blocks": arguments.data("blocks", "invalid_blocks_format"),
        "attachments": arguments.data("attachments"),
        "metadata": arguments.data("metadata", "invalid_metadata_format"),
    }


def postable(workspace: Workspace, name: str) -> Channel:
    """The channel the app may post to.

    Args:
        workspace: Where.
        name: The channel's id, or a person's for their direct message.

    Raises:
        Refused: ``channel_not_found``, ``is_archived`` or ``not_in_channel``.
    """
    channel = workspace.dm_with(name) if name in workspace.people else visible_channel(workspace, name)
    if channel.archived:
        raise Refused("is_archived")
    if channel.with_person:
        # Undocumented: the direct message of a deactivated person takes nothing any more.
        person = workspace.people[channel.with_person]
        if person.deleted or person.is_bot or person.invisible:
            raise Refused("channel_not_found")
    elif not workspace.is_member(channel) and "chat:write.public" not in workspace.app.scopes:
        raise Refused("not_in_channel")
    return channel


def thread_of(workspace: Workspace, channel: Channel, arguments: Arguments) -> str | None:
    """The parent's ``ts`` of the thread asked for, None without.

    Raises:
        Refused: ``invalid_thread_ts`` or ``cannot_reply_to_message``.
    """
    thread_ts = arguments.text("thread_ts")
    if not thread_ts:
        return None
    if not _TS.fullmatch(thread_ts):
        raise Refused("invalid_thread_ts", breach=True)
    try:
        parent = workspace.message(channel.id, thread_ts)
    except Refused:
        workspace.log.breached("chat.postMessage", "thread_missing", f"{thread_ts} in {channel.id}")
        return thread_ts
    if parent.only_for or parent.subtype:
        raise Refused("cannot_reply_to_message")
    return parent.thread_ts or parent.ts
