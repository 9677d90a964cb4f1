"""The chat.* and reactions.* methods, and answers to a response_url."""

import re
from typing import Any

from playground.arguments import Arguments
from playground.conversations_api import visible_channel
from playground.limits import TEXT_KEPT, TEXT_OF_UPDATE, check_message
from playground.records import Channel, Json, Message, Refused
from playground.response_urls import ResponseUrl
from playground.wire import message_json
from playground.workspace import Workspace

_TS = re.compile(r"\d{10}\.\d{6}")


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.postMessage``.

    A reply to a thread that is not there is accepted and then seen nowhere, as python-slack-sdk#840 shows; it is
    noted as a breach here.
    """
    message = _read(arguments)
    check_message(message)
    channel = _postable(workspace, arguments.text("channel"))
    thread_ts = _thread(workspace, channel, arguments)
    text = message["text"]
    if len(text) > TEXT_KEPT:
        workspace.log.breached("chat.postMessage", "text_truncated", f"{len(text)} characters")
    posted = workspace.post(
        channel,
        workspace.app.user_id,
        text[:TEXT_KEPT],
        blocks=message["blocks"],
        thread_ts=thread_ts,
        metadata=message["metadata"],
        broadcast=bool(thread_ts) and arguments.flag("reply_broadcast"),
        attachments=tuple(message["attachments"] or ()),
    )
    shown = message_json(workspace, posted, metadata=True)
    return {"channel": channel.id, "ts": posted.ts, "message": shown}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.postEphemeral``: seen by one person until they reload."""
    message = _read(arguments)
    check_message(message, text_limit=TEXT_KEPT)
    channel = _postable(workspace, arguments.text("channel"))
    person = workspace.people.get(arguments.text("user"))
    if person is None or person.deleted or person.id not in channel.members:
        raise Refused("user_not_in_channel")
    posted = workspace.post(
        channel,
        workspace.app.user_id,
        message["text"],
        blocks=message["blocks"],
        thread_ts=_thread(workspace, channel, arguments),
        only_for=person.id,
    )
    return {"message_ts": posted.ts}


def update(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.update``: what is left out stays, and text above 4,000 characters is refused, unlike in new messages."""
    channel = visible_channel(workspace, arguments.text("channel"))
    message = _own(workspace, channel, arguments, "cant_update_message")
    if channel.archived:
        raise Refused("is_inactive")
    new = _read(arguments)
    if not new["text"] and new["blocks"] is None:
        raise Refused("no_text", breach=True)
    check_message(new | {"text": new["text"] or message.text}, text_limit=TEXT_OF_UPDATE)
    parts: dict[str, Any] = {"text": new["text"]} if new["text"] else {}
    parts |= {name: new[name] or None for name in ("blocks", "metadata") if new[name] is not None}
    after = workspace.edit(message, **parts)
    shown = message_json(workspace, after, metadata=True)
    return {"channel": channel.id, "ts": after.ts, "text": after.text, "message": shown}


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.delete``."""
    channel = visible_channel(workspace, arguments.text("channel"))
    message = _own(workspace, channel, arguments, "cant_delete_message")
    workspace.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.getPermalink``."""
    channel = visible_channel(workspace, arguments.text("channel"))
    message = workspace.message(channel.id, arguments.text("message_ts"))
    link = f"https://{workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(workspace: Workspace, arguments: Arguments) -> Json:
    """``reactions.add``."""
    channel = _postable(workspace, arguments.text("channel"))
    message = workspace.message(channel.id, arguments.text("timestamp"))
    workspace.react(message, workspace.app.user_id, arguments.needed("name"))
    return {}


def respond(workspace: Workspace, target: ResponseUrl, body: Json) -> None:
    """Follow what an app sent to a response_url.

    Raises:
        Refused: With Slack's error.
    """
    channel = workspace.channels[target.channel]
    original = target.message
    if body.get("delete_original"):
        if original:
            workspace.delete(original)
        return
    check_message(body)
    blocks = body.get("blocks")
    if original and body.get("replace_original"):
        workspace.edit(original, mark=original.only_for is None, text=body.get("text") or "", blocks=blocks)
        return
    everyone = body.get("response_type") == "in_channel"
    thread_ts = body.get("thread_ts") or (original.thread_ts if original else None)
    workspace.post(
        channel,
        workspace.app.user_id,
        body.get("text") or "",
        blocks=blocks,
        thread_ts=thread_ts,
        only_for=None if everyone else target.person,
    )


def _read(arguments: Arguments) -> Json:
    if arguments.text("markdown_text"):
        raise Refused("markdown_text_conflict", ["[ERROR] the playground takes text and blocks"], breach=True)
    return {
        "text": arguments.text("text"),
        "blocks": arguments.data("blocks", "invalid_blocks_format"),
        "attachments": arguments.data("attachments"),
        "metadata": arguments.data("metadata", "invalid_metadata_format"),
    }


def _postable(workspace: Workspace, name: str) -> Channel:
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


def _thread(workspace: Workspace, channel: Channel, arguments: Arguments) -> str | None:
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


def _own(workspace: Workspace, channel: Channel, arguments: Arguments, error: str) -> Message:
    message = workspace.message(channel.id, arguments.text("ts"))
    if message.only_for:
        raise Refused("message_not_found")
    if not message.by_app or message.subtype:
        raise Refused(error)
    return message
