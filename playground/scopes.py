"""Which scope each method and each event needs, as Slack's method and event pages say."""

from playground.records import Channel, Refused

_METHODS_WITH: dict[str, str] = {
    "users:read": "users.info users.list",
    "users:read.email": "users.lookupByEmail",
    "users.profile:read": "users.profile.get",
    "dnd:read": "dnd.info",
    "im:write": "conversations.open",
    "channels:join": "conversations.join",
    "chat:write": (
        "chat.postMessage chat.postEphemeral chat.update chat.delete chat.scheduleMessage chat.deleteScheduledMessage"
    ),
    "reactions:read": "reactions.get",
    "reactions:write": "reactions.add reactions.remove",
    "files:read": "files.info",
    "files:write": "files.getUploadURLExternal files.completeUploadExternal files.delete",
    "canvases:read": "canvases.sections.lookup canvases.getContent",
    "canvases:write": (
        "canvases.create canvases.edit canvases.delete canvases.access.set canvases.access.delete"
        " conversations.canvases.create"
    ),
}
METHOD_SCOPES = {method: scope for scope, methods in _METHODS_WITH.items() for method in methods.split()}
_READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
_MANAGE = {"channel": "channels:manage", "group": "groups:write", "im": "im:write"}
_HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
_MESSAGES = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
_EVENT_SCOPES: dict[str, dict[str, str] | str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "member_joined_channel": _READ,
    "member_left_channel": _READ,
    "channel_left": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "group_left": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "app_uninstalled": None,
    "channel_created": "channels:read",
    "channel_rename": "channels:read",
    "file_shared": "files:read",
    "group_rename": "groups:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "tokens_revoked": None,
    "user_change": "users:read",
    "user_status_changed": "users:read",
}
ALL_SCOPES = frozenset(
    {
        *("app_mentions:read", "canvases:read", "canvases:write", "channels:history", "channels:join"),
        *("channels:manage", "channels:read", "chat:write", "commands", "dnd:read", "files:read", "files:write"),
        *("groups:history", "groups:read", "groups:write", "im:history", "im:read", "im:write", "reactions:read"),
        *("reactions:write", "users.profile:read", "users:read"),
    }
)
"""Every scope that does something here, but for ``chat:write.public`` and ``users:read.email``."""
ALL_EVENTS = frozenset(_EVENT_SCOPES) | frozenset(_MESSAGES.values())
"""Every event there is here."""


def require(scope: str, provided: frozenset[str]) -> None:
    """Refuse without a scope.

    Raises:
        Refused: ``missing_scope`` with what is needed and what there is.
    """
    if scope not in provided:
        extra = {"needed": scope, "provided": ",".join(sorted(provided))}
        raise Refused("missing_scope", extra=extra, breach=True)


def require_read(channel: Channel, provided: frozenset[str]) -> None:
    """Refuse to show a channel without the scope for its kind."""
    require(_READ[channel.kind], provided)


def require_manage(channel: Channel, provided: frozenset[str], finer: str = "") -> None:
    """Refuse to change a channel without the scope for its kind.

    Args:
        channel: Which.
        provided: The scopes there are.
        finer: The narrower scope that is enough too, such as ``write.topic``.
    """
    if not (finer and f"{channel.kind}s:{finer}" in provided):
        require(_MANAGE[channel.kind], provided)


def require_history(channel: Channel, provided: frozenset[str]) -> None:
    """Refuse to show messages without the scope for this kind of channel."""
    require(_HISTORY[channel.kind], provided)


def hears(event: str, channel: Channel | None, subscribed: frozenset[str], provided: frozenset[str]) -> bool:
    """Whether the app is told of an event.

    Args:
        event: The event's type, such as ``message`` or ``user_change``.
        channel: Where it happened, None for events of the workspace.
        subscribed: The ``bot_events`` of the manifest.
        provided: The scopes the app was installed with.
    """
    kind = channel.kind if channel else "channel"
    if event == "message":
        return _MESSAGES[kind] in subscribed and _HISTORY[kind] in provided
    needed = _EVENT_SCOPES[event]
    scope = needed[kind] if isinstance(needed, dict) else needed
    return event in subscribed and (scope is None or scope in provided)
