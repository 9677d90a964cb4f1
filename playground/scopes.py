"""Which scope each method and each event needs, as Slack's method and event pages say."""

from playground.records import Channel, Refused

METHOD_SCOPES: dict[str, str] = {
    "users.info": "users:read",
    "users.list": "users:read",
    "conversations.open": "im:write",
    "conversations.join": "channels:join",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "reactions.add": "reactions:write",
}
_READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
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
    "reaction_added": "reactions:read",
    "user_change": "users:read",
}


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
