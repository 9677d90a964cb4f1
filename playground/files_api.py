"""The files.* methods; uploads go by the external flow, the only one left."""

from typing import Any

from playground.arguments import Arguments
from playground.conversations_api import visible_channel
from playground.files import File
from playground.limits import check_message
from playground.posting import thread_of
from playground.records import Channel, Json, Refused
from playground.wire_files import canvas_json, file_json
from playground.workspace import Workspace

ALT_TEXT_CHARACTERS = 1_000
SNIPPET_BYTES = 1_000_000
CHANNELS_AT_ONCE = 100
_NOT_YET_KNOWN: Json = {"mimetype": "", "filetype": "", "pretty_type": ""}
"""Slack looks into a file after it has answered (slackapi/python-slack-sdk#1329, slackapi/node-slack-sdk#2040)."""


def get_upload_url(workspace: Workspace, arguments: Arguments) -> Json:
    """``files.getUploadURLExternal``."""
    name, length, alt_text = arguments.text("filename"), arguments.text("length"), arguments.text("alt_txt")
    if not name or not length.isdecimal() or int(length) == 0:
        raise Refused("missing_argument", ["[ERROR] filename, and a length above 0"], breach=True)
    if len(alt_text) > ALT_TEXT_CHARACTERS:
        raise Refused("alt_txt_too_large", breach=True)
    if arguments.text("snippet_type") and int(length) > SNIPPET_BYTES:
        raise Refused("snippet_too_large", breach=True)
    workspace.files.require_taken(name, int(length))
    file, ticket = workspace.files.announce(name, int(length), workspace.app.user_id, alt_text)
    return {"upload_url": f"{workspace.address}/upload/v1/{ticket}", "file_id": file.id}


def complete_upload(workspace: Workspace, arguments: Arguments) -> Json:
    """``files.completeUploadExternal``: finish uploads and share them, all in one message.

    As at Slack, the answer does not tell the message: ``files.info`` does, under ``shares``.
    """
    asked = arguments.data("files")
    if not isinstance(asked, list) or not asked or not all(isinstance(one, dict) for one in asked):
        raise Refused("invalid_arguments", ["[ERROR] missing required field: files"], breach=True)
    app = workspace.app.user_id
    waiting = [(workspace.files.completable(str(one.get("id")), app), str(one.get("title") or "")) for one in asked]
    channels = _channels(workspace, arguments)
    blocks = _blocks(workspace, arguments)
    threads = [thread_of(workspace, channel, arguments) for channel in channels]
    done = [workspace.files.complete(file, title) for file, title in waiting]
    answer = [file_json(workspace, file) | _NOT_YET_KNOWN for file in done]
    for channel, thread_ts in zip(channels, threads, strict=True):
        comment, ids = arguments.text("initial_comment"), [file.id for file in done]
        workspace.post_files(channel, app, comment, ids, blocks=blocks, thread_ts=thread_ts)
    return {"files": answer}


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """``files.info``, of canvases too."""
    file_id = arguments.needed("file")
    for canvas in workspace.canvases:
        if canvas.id == file_id:
            return {"file": canvas_json(workspace, canvas)}
    file = _present(workspace, file_id)
    unknown = {} if workspace.files.is_looked_into(file) else _NOT_YET_KNOWN
    return {"file": file_json(workspace, file) | unknown, "comments": []}


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """``files.delete``, of the app's own files only."""
    file = _present(workspace, arguments.needed("file"))
    if file.user != workspace.app.user_id:
        raise Refused("cant_delete_file")
    workspace.files.delete(file)
    return {}


def _present(workspace: Workspace, file_id: str) -> File:
    file = workspace.files.file(file_id)
    if file.deleted:
        raise Refused("file_deleted")
    return file


def _channels(workspace: Workspace, arguments: Arguments) -> list[Channel]:
    ids = arguments.ids("channel_id") or arguments.ids("channels")
    if len(ids) > CHANNELS_AT_ONCE:
        raise Refused("channels_limit_exceeded", breach=True)
    people = set() if arguments.text("channel_id") else set(workspace.people)
    return [_shareable(workspace, workspace.dm_with(one).id if one in people else one) for one in ids]


def _shareable(workspace: Workspace, channel_id: str) -> Channel:
    channel = visible_channel(workspace, channel_id)
    if not workspace.is_member(channel):
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("posting_to_channel_denied")
    return channel


def _blocks(workspace: Workspace, arguments: Arguments) -> Any:
    blocks = arguments.data("blocks", "invalid_blocks")
    if not blocks or arguments.text("initial_comment"):
        return None
    check_message({"blocks": blocks}, is_image=workspace.files.is_image)
    if any(block["type"] == "markdown" for block in blocks):
        # Slack's own fault: slackapi/python-slack-sdk#1756.
        raise Refused("internal_error", ["[ERROR] no markdown blocks beside files"], breach=True)
    return blocks
