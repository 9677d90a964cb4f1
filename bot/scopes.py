"""Every method that the app calls and every event that it hears, with the scopes that Slack asks for.

The manifest asks for these and no others; a test holds the two together, and the code to this list.
"""

_HISTORY = ("channels:history", "groups:history")
_CHANNELS = ("channels:read", "groups:read")

METHOD_SCOPES: dict[str, tuple[str, ...]] = {
    "auth.test": (),
    "canvases.create": ("canvases:write",),
    "canvases.edit": ("canvases:write",),
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.canvases.create": ("canvases:write",),
    "conversations.history": (*_HISTORY, "im:history"),
    "conversations.members": _CHANNELS,
    "conversations.open": ("im:write",),
    "conversations.replies": (*_HISTORY, "im:history"),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "users.conversations": _CHANNELS,
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.update": (),
}

EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "channel_unarchive": ("channels:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": _CHANNELS,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "user_change": ("users:read",),
}

SCOPES: frozenset[str] = frozenset(
    {"commands", *(scope for table in (METHOD_SCOPES, EVENT_SCOPES) for scopes in table.values() for scope in scopes)}
)
