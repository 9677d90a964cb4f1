"""The conversations.* methods that make and change channels, and who is in them."""

from playground.arguments import Arguments
from playground.conversations_api import visible_channel
from playground.person import Person
from playground.records import Channel, Json, Refused
from playground.scopes import require, require_manage
from playground.wire import channel_json
from playground.workspace import Workspace

NAME_CHARACTERS = 80
TOPIC_CHARACTERS = 250
INVITED_AT_ONCE = 100


def create(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.create``; the app is its first member."""
    private = arguments.flag("is_private")
    require("groups:write" if private else "channels:manage", workspace.app.scopes)
    channel = workspace.create(_name(workspace, arguments), workspace.app.user_id, private=private)
    return {"channel": channel_json(workspace, channel)}


def rename(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.rename``."""
    channel = _managed(workspace, arguments)
    if channel.archived:
        raise Refused("is_archived")
    workspace.rename(channel, _name(workspace, arguments), workspace.app.user_id)
    return {"channel": channel_json(workspace, channel)}


def invite(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.invite``: one person who cannot come keeps all the others out, unless it is forced."""
    channel = _managed(workspace, arguments, "write.invites")
    if channel.archived:
        raise Refused("is_archived")
    ids = arguments.ids("users")
    if not ids:
        raise Refused("no_user", breach=True)
    if len(ids) > INVITED_AT_ONCE:
        raise Refused("invalid_arguments", [f"[ERROR] up to {INVITED_AT_ONCE} users may be listed"], breach=True)
    wrong = {one: error for one in ids if (error := _why_not(workspace, channel, one))}
    force = arguments.flag("force") and len(ids) > 1
    errors: list[Json] = [{"user": one, "ok": False, "error": error} for one, error in wrong.items()]
    if wrong and (not force or len(wrong) == len(ids)):
        raise Refused(errors[0]["error"], extra={"errors": errors})
    for one in ids:
        if one not in wrong:
            workspace.join(channel, workspace.people[one], inviter=workspace.app.user_id)
    return {"channel": channel_json(workspace, channel)} | ({"errors": errors} if errors else {})


def kick(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.kick``."""
    channel = _managed(workspace, arguments)
    person = workspace.person(arguments.needed("user"))
    if person.id == workspace.app.user_id:
        raise Refused("cant_kick_self", breach=True)
    if person.id not in channel.members:
        raise Refused("not_in_channel")
    workspace.leave(channel, person)
    return {"errors": {}}


def leave(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.leave``; the last one cannot."""
    channel = _channel(workspace, arguments)
    if channel.archived:
        raise Refused("is_archived")
    if not workspace.is_member(channel):
        return {"ok": False, "not_in_channel": True}
    if len(channel.members) == 1:
        raise Refused("last_member")
    workspace.leave(channel, workspace.app)
    return {}


def archive(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.archive``."""
    channel = _managed(workspace, arguments)
    if channel.archived:
        raise Refused("already_archived")
    workspace.archive(channel, _bot(workspace))
    return {}


def unarchive(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.unarchive``: Slack's page says that bots cannot do it, and not with which error."""
    channel = _channel(workspace, arguments)
    if not channel.archived:
        raise Refused("not_archived")
    raise Refused("not_in_channel", ["[ERROR] bot tokens cannot unarchive"], breach=True)


def set_topic(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.setTopic``, of up to 250 characters."""
    channel, topic = _about(workspace, arguments, "topic")
    workspace.set_topic(channel, topic, workspace.app.user_id)
    return {"channel": channel_json(workspace, channel)}


def set_purpose(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.setPurpose``, of up to 250 characters."""
    channel, purpose = _about(workspace, arguments, "purpose")
    workspace.set_purpose(channel, purpose, workspace.app.user_id)
    return {}


def _about(workspace: Workspace, arguments: Arguments, name: str) -> tuple[Channel, str]:
    channel = _managed(workspace, arguments, "write.topic")
    if channel.archived:
        raise Refused("is_archived")
    words = arguments.text(name)
    if len(words) > TOPIC_CHARACTERS:
        raise Refused("too_long", breach=True)
    return channel, words


def _channel(workspace: Workspace, arguments: Arguments, finer: str = "") -> Channel:
    channel = visible_channel(workspace, arguments.text("channel"))
    if channel.kind == "im":
        raise Refused("method_not_supported_for_channel_type", breach=True)
    require_manage(channel, workspace.app.scopes, finer)
    return channel


def _managed(workspace: Workspace, arguments: Arguments, finer: str = "") -> Channel:
    channel = _channel(workspace, arguments, finer)
    if not workspace.is_member(channel):
        raise Refused("not_in_channel")
    return channel


def _name(workspace: Workspace, arguments: Arguments) -> str:
    name = arguments.text("name")
    if not name:
        raise Refused("invalid_name_required", breach=True)
    if len(name) > NAME_CHARACTERS:
        raise Refused("invalid_name_maxlength", breach=True)
    if name != name.lower() or not all(char.isalnum() or char in "-_" for char in name):
        raise Refused("invalid_name_specials", breach=True)
    if not name.strip("-_"):
        raise Refused("invalid_name_punctuation", breach=True)
    if any(channel.name == name and channel.kind != "im" for channel in workspace.channels.values()):
        raise Refused("name_taken")
    return name


def _why_not(workspace: Workspace, channel: Channel, person_id: str) -> str | None:
    person = workspace.people.get(person_id)
    if person is None or person.deleted:
        return "user_not_found"
    if person.id == workspace.app.user_id:
        return "cant_invite_self"
    if person.id in channel.members:
        return "already_in_channel"
    elsewhere = [other for other in workspace.channels.values() if person.id in other.members and other.kind != "im"]
    if person.is_ultra_restricted and elsewhere:
        return "ura_max_channels"
    return None


def _bot(workspace: Workspace) -> Person:
    return workspace.people[workspace.app.user_id]
