"""The conversations.* methods that find, open and read."""

from collections.abc import Callable, Sequence

from playground.arguments import Arguments
from playground.paging import page
from playground.records import Channel, Json, Message, Refused
from playground.scopes import require, require_history, require_read
from playground.wire import channel_json, message_json
from playground.workspace import Workspace

_SCOPE_OF_TYPE = {
    "public_channel": ("channel", "channels:read"),
    "private_channel": ("group", "groups:read"),
    "im": ("im", "im:read"),
    "mpim": ("mpim", "mpim:read"),
}
_DM_LIMIT = 8


def visible_channel(workspace: Workspace, channel_id: str) -> Channel:
    """The channel, if the app may know of it.

    Raises:
        Refused: ``channel_not_found``, also for private channels the app is not in.
    """
    channel = workspace.channel(channel_id)
    if channel.private and not workspace.is_member(channel):
        raise Refused("channel_not_found")
    return channel


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.info``."""
    channel = visible_channel(workspace, arguments.text("channel"))
    require_read(channel, workspace.app.scopes)
    return {"channel": channel_json(workspace, channel)}


def members(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.members``, by pages."""
    channel = visible_channel(workspace, arguments.text("channel"))
    require_read(channel, workspace.app.scopes)
    return page("members", channel.members, arguments)


def open_dm(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.open`` for one person; group messages are not played here."""
    ids = arguments.ids("users")
    if not ids:
        raise Refused("users_list_not_supplied", breach=True)
    if len(ids) > _DM_LIMIT:
        raise Refused("too_many_users", breach=True)
    if len(ids) > 1:
        raise Refused("not_enough_users", ["[ERROR] the playground opens direct messages with one person only"])
    person = workspace.person(ids[0])
    if person.is_bot:
        raise Refused("cannot_dm_bot")
    if person.deleted:
        raise Refused("user_disabled")
    if person.invisible:
        raise Refused("user_not_visible")
    known = any(channel.with_person == person.id for channel in workspace.channels.values())
    channel = workspace.dm_with(person.id)
    shown = channel_json(workspace, channel) if arguments.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if known else {})


def join(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.join``."""
    channel = visible_channel(workspace, arguments.text("channel"))
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type", breach=True)
    already = workspace.is_member(channel)
    workspace.join(channel, workspace.app)
    warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": channel_json(workspace, channel)} | (warning if already else {})


def list_all(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.list``: what the app may know of."""
    return _list(workspace, arguments, lambda channel: channel.kind == "channel" or workspace.is_member(channel))


def list_of_person(workspace: Workspace, arguments: Arguments) -> Json:
    """``users.conversations``: what the app, or a person, is in."""
    who = arguments.text("user") or workspace.app.user_id
    workspace.person(who)
    return _list(
        workspace,
        arguments,
        lambda channel: who in channel.members and (channel.kind == "channel" or workspace.is_member(channel)),
    )


def _list(workspace: Workspace, arguments: Arguments, wanted: Callable[[Channel], bool]) -> Json:
    types = (arguments.text("types") or "public_channel").replace(" ", "").split(",")
    if set(types) - set(_SCOPE_OF_TYPE):
        raise Refused("invalid_types", breach=True)
    for kind in types:
        require(_SCOPE_OF_TYPE[kind][1], workspace.app.scopes)
    kinds = {_SCOPE_OF_TYPE[kind][0] for kind in types}
    found = [
        channel_json(workspace, channel)
        for channel in workspace.channels.values()
        if channel.kind in kinds and wanted(channel) and not (channel.archived and arguments.flag("exclude_archived"))
    ]
    return page("channels", found, arguments)


def history(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.history``: what stands in the channel itself, newest first."""
    channel = _readable(workspace, arguments)
    shown = [message for message in workspace.messages(channel) if message.thread_ts is None or message.broadcast]
    return _messages(workspace, list(reversed(_between(shown, arguments))), arguments)


def replies(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.replies``: a message and its thread, oldest first."""
    channel = _readable(workspace, arguments)
    try:
        root = workspace.message(channel.id, arguments.text("ts"))
    except Refused as missing:
        raise Refused("thread_not_found") from missing
    thread = [root] if root.thread_ts else workspace.messages(channel, thread=root)
    # The parent comes along whatever the bounds are.
    later = [message for message in _between(thread, arguments) if message.ts != root.ts]
    return _messages(workspace, [root, *later], arguments)


def _readable(workspace: Workspace, arguments: Arguments) -> Channel:
    channel = visible_channel(workspace, arguments.text("channel"))
    require_history(channel, workspace.app.scopes)
    if not workspace.is_member(channel):
        raise Refused("not_in_channel")
    return channel


def _between(messages: Sequence[Message], arguments: Arguments) -> list[Message]:
    oldest, latest = _ts(arguments, "oldest"), _ts(arguments, "latest")
    inclusive = arguments.flag("inclusive")

    def inside(message: Message) -> bool:
        ts = float(message.ts)
        if inclusive and ts in {oldest, latest}:
            return True
        return (oldest is None or ts > oldest) and (latest is None or ts < latest)

    return [message for message in messages if inside(message)]


def _ts(arguments: Arguments, name: str) -> float | None:
    given = arguments.text(name)
    try:
        return float(given) if given and float(given) else None
    except ValueError as error:
        raise Refused(f"invalid_ts_{name}", breach=True) from error


def _messages(workspace: Workspace, messages: list[Message], arguments: Arguments) -> Json:
    with_metadata = arguments.flag("include_all_metadata")
    shown = [message_json(workspace, message, metadata=with_metadata) for message in messages]
    answer = page("messages", shown, arguments)
    return answer | {"has_more": bool(answer["response_metadata"]["next_cursor"])}
