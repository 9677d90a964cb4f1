"""The chat.* methods, and answers to a response_url."""

from typing import Any

from playground.arguments import Arguments
from playground.conversations_api import visible_channel
from playground.limits import TEXT_KEPT, TEXT_OF_UPDATE, check_message
from playground.posting import postable, read_message, thread_of
from playground.records import Channel, Json, Message, Refused
from playground.response_urls import ResponseUrl
from playground.wire import message_json
from playground.workspace import Workspace


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.postMessage``.

    A reply to a thread that is not there is accepted and then seen nowhere, as python-slack-sdk#840 shows; it is
    noted as a breach here.
    """
    message = read_message(arguments)
    check_message(message, is_image=workspace.files.is_image)
    channel = postable(workspace, arguments.text("channel"))
    thread_ts = thread_of(workspace, channel, arguments)
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
    message = read_message(arguments)
    check_message(message, text_limit=TEXT_KEPT, is_image=workspace.files.is_image)
    channel = postable(workspace, arguments.text("channel"))
    person = workspace.people.get(arguments.text("user"))
    if person is None or person.deleted or person.id not in channel.members:
        raise Refused("user_not_in_channel")
    posted = workspace.post(
        channel,
        workspace.app.user_id,
        message["text"],
        blocks=message["blocks"],
        thread_ts=thread_of(workspace, channel, arguments),
        only_for=person.id,
    )
    return {"message_ts": posted.ts}


def update(workspace: Workspace, arguments: Arguments) -> Json:
    """``chat.update``: what is left out stays, and text above 4,000 characters is refused, unlike in new messages."""
    channel = visible_channel(workspace, arguments.text("channel"))
    message = _own(workspace, channel, arguments, "cant_update_message")
    if channel.archived:
        raise Refused("is_inactive")
    new = read_message(arguments)
    if not new["text"] and new["blocks"] is None:
        raise Refused("no_text", breach=True)
    whole = new | {"text": new["text"] or message.text}
    check_message(whole, text_limit=TEXT_OF_UPDATE, is_image=workspace.files.is_image)
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


def respond(workspace: Workspace, target: ResponseUrl, body: Json) -> None:
    """Follow what an app sent to a response_url.

    Raises:
        Refused: With Slack's error.
    """
    channel = workspace.channels[target.channel]
    original = target.message
    changes = next((verb for verb in ("delete", "replace") if body.get(f"{verb}_original")), None)
    if changes and original and not original.by_app:
        # Undocumented: after a shortcut the message may be a person's, and chat.update refuses those so.
        raise Refused(f"cant_{'update' if changes == 'replace' else 'delete'}_message", breach=True)
    if changes == "delete":
        if original:
            workspace.delete(original)
        return
    check_message(body, is_image=workspace.files.is_image)
    blocks = body.get("blocks")
    if original and changes:
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


def _own(workspace: Workspace, channel: Channel, arguments: Arguments, error: str) -> Message:
    message = workspace.message(channel.id, arguments.text("ts"))
    if message.only_for:
        raise Refused("message_not_found")
    if not message.by_app or message.subtype:
        raise Refused(error)
    return message
