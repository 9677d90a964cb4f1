"""How people, channels, messages and views look in Slack's JSON."""

from dataclasses import asdict
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playground.records import Channel, Json, Message, View
from playground.typed import typed_json
from playground.wire_files import file_json

if TYPE_CHECKING:
    from playground.person import Person
    from playground.workspace import Workspace


def person_json(workspace: "Workspace", person: "Person") -> Json:
    """A user object; ``tz_offset`` is the offset now, as Slack gives it, and moves with daylight saving."""
    local = workspace.clock.now().astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    user: Json = {
        "id": person.id,
        "team_id": workspace.team_id,
        "name": person.username,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": workspace.clock.seconds(),
        "profile": profile_json(workspace, person),
    }
    if person.deleted:
        return user
    return user | {
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": local.tzname() or person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_stranger": person.is_stranger,
    }


def profile_json(workspace: "Workspace", person: "Person") -> Json:
    """A profile; a status that has run out is empty."""
    until = person.status_expires
    profile: Json = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "title": person.title,
        "team": workspace.team_id,
        "status_text": person.status_text if person.has_status else "",
        "status_emoji": person.status_emoji if person.has_status else "",
        "status_emoji_display_info": [],
        "status_expiration": int(until.timestamp()) if until and person.has_status else 0,
    }
    if person.email and "users:read.email" in workspace.app.scopes:
        profile["email"] = person.email
    return profile


def channel_json(workspace: "Workspace", channel: Channel) -> Json:
    """A conversation object."""
    about: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "context_team_id": workspace.team_id,
    }
    if channel.with_person:
        gone = workspace.people[channel.with_person].deleted
        return about | {"user": channel.with_person, "is_user_deleted": gone, "priority": 0}
    canvas = workspace.canvases.own(channel.id)
    properties: Json = {"canvas": {"file_id": canvas.id, "is_empty": not canvas.sections}} if canvas else {}
    return about | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_private": channel.private,
        "is_member": workspace.is_member(channel),
        "is_general": False,
        "is_shared": False,
        "num_members": len(channel.members),
        "creator": channel.creator,
        "topic": asdict(channel.topic),
        "purpose": asdict(channel.purpose),
        "properties": properties,
    }


def message_json(workspace: "Workspace", message: Message, *, metadata: bool = False) -> Json:
    """A message object.

    Args:
        workspace: Where it stands.
        message: The message.
        metadata: Whether to show its metadata.
    """
    shown: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    shown["team"] = workspace.team_id
    if message.by_app:
        shown |= {
            "bot_id": workspace.app.bot_id,
            "app_id": workspace.app.app_id,
            "bot_profile": {"id": workspace.app.bot_id, "app_id": workspace.app.app_id, "name": workspace.app.name},
        }
    elif not message.subtype and not message.deleted:
        shown |= typed_json(message)
    if message.blocks:
        shown["blocks"] = list(message.blocks)
    if message.deleted:
        shown |= {"subtype": "tombstone", "hidden": True, "parent_user_id": message.user}
    elif message.subtype:
        shown["subtype"] = message.subtype
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.edited}
    if message.metadata and metadata:
        shown["metadata"] = message.metadata
    if message.files:
        shown["files"] = [file_json(workspace, workspace.files.file(file_id)) for file_id in message.files]
    if message.attachments:
        shown["attachments"] = list(message.attachments)
    return shown | _thread(workspace, message) | _reactions(message)


def _thread(workspace: "Workspace", message: Message) -> Json:
    thread = workspace.messages(workspace.channels[message.channel], thread=message)
    if message.thread_ts:
        parents = [other for other in thread if other.ts == message.thread_ts]
        return {"thread_ts": message.thread_ts} | ({"parent_user_id": parents[0].user} if parents else {})
    replies = [other for other in thread if other.thread_ts == message.ts]
    if not replies:
        return {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": sorted({reply.user for reply in replies}),
        "reply_users_count": len({reply.user for reply in replies}),
        "latest_reply": replies[-1].ts,
        "subscribed": False,
    }


def _reactions(message: Message) -> Json:
    names = dict.fromkeys(name for name, _ in message.reactions)
    if not names:
        return {}
    givers = {name: [who for other, who in message.reactions if other == name] for name in names}
    return {"reactions": [{"name": name, "users": who, "count": len(who)} for name, who in givers.items()]}


def view_json(workspace: "Workspace", view: View) -> Json:
    """A view object, with what has been entered."""
    body = view.body
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": body["type"],
        "title": body.get("title"),
        "submit": body.get("submit"),
        "close": body.get("close"),
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "state": {"values": view.values},
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": workspace.app.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.app.bot_id,
    }
