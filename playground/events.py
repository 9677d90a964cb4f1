"""What the app hears of: happenings turned into Slack's events."""

from collections.abc import Callable, Iterator

from playground import interactions
from playground.delivery import Delivery
from playground.records import Channel, Happening, Json, Message
from playground.scopes import hears
from playground.wire import message_json, person_json, view_json
from playground.workspace import Workspace


def events_of(workspace: Workspace, happening: Happening) -> list[Delivery]:
    """The event callbacks the app gets for a happening, by its subscriptions, scopes and memberships."""
    channel = workspace.channels.get(happening.channel or "")
    make = _MAKERS.get(happening.kind)
    app = workspace.app
    if make is None or not workspace.approvals.is_good(app.bot_token):
        return []
    return [
        interactions.event(app.user_id, workspace.team_id, app.app_id, inner, workspace.clock.seconds())
        for inner in make(workspace, happening)
        if hears(inner["type"], channel, app.bot_events, app.scopes)
    ]


def _posted(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    message, channel = _message_and_channel(workspace, happening)
    if message.only_for or not workspace.is_member(channel):
        return
    shown = message_json(workspace, message, metadata=True)
    if message.broadcast:
        shown["subtype"] = "thread_broadcast"
    if message.files:
        shown["subtype"] = "file_share"
    yield shown | _where(channel, message.ts)
    yield from _mentioned(workspace, message, shown, message.ts)


def _mentioned(workspace: Workspace, message: Message, shown: Json, ts: str) -> Iterator[Json]:
    channel = workspace.channels[message.channel]
    if workspace.app.mention in message.text and not message.by_app and channel.kind != "im":
        yield shown | {"type": "app_mention", "channel": channel.id, "event_ts": ts}


def _changed(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    message, channel = _message_and_channel(workspace, happening)
    if message.only_for or happening.before is None or not workspace.is_member(channel):
        return
    ts = workspace.clock.stamp()
    shown = message_json(workspace, message, metadata=True)
    yield {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "ts": ts,
        "message": shown,
        "previous_message": message_json(workspace, happening.before, metadata=True),
    } | _where(channel, ts)
    # Slack tells of a mention once more when its message is edited: with the same ts, and with `edited`.
    yield from _mentioned(workspace, message, shown, ts)


def _deleted(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    before, channel = happening.before, workspace.channels[happening.channel or ""]
    if before is None or before.only_for or not workspace.is_member(channel):
        return
    ts = workspace.clock.stamp()
    yield {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "ts": ts,
        "deleted_ts": before.ts,
        "previous_message": message_json(workspace, before, metadata=True),
    } | _where(channel, ts)


def _reacted(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    message, _channel = _message_and_channel(workspace, happening)
    yield from _reaction(workspace, happening, "reaction_added", message.reactions[-1][0])


def _unreacted(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    message, _channel = _message_and_channel(workspace, happening)
    before = happening.before.reactions if happening.before else ()
    for name, _who in set(before) - set(message.reactions):
        yield from _reaction(workspace, happening, "reaction_removed", name)


def _reaction(workspace: Workspace, happening: Happening, kind: str, name: str) -> Iterator[Json]:
    message, channel = _message_and_channel(workspace, happening)
    if not workspace.is_member(channel):
        return
    yield {
        "type": kind,
        "user": happening.person,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": workspace.clock.stamp(),
    }


def _file_shared(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    channel = workspace.channels[happening.channel or ""]
    if workspace.is_member(channel):
        yield {
            "type": "file_shared",
            "channel_id": channel.id,
            "file_id": happening.file,
            "user_id": happening.person,
            "file": {"id": happening.file},
            "event_ts": workspace.clock.stamp(),
        }


def _created(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    channel = workspace.channels[happening.channel or ""]
    if not channel.private:
        about = {"id": channel.id, "name": channel.name, "created": channel.created, "creator": channel.creator}
        yield {"type": "channel_created", "channel": about, "event_ts": workspace.clock.stamp()}


def _renamed(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    channel = workspace.channels[happening.channel or ""]
    if channel.private and not workspace.is_member(channel):
        return
    kind = "group_rename" if channel.private else "channel_rename"
    about = {"id": channel.id, "name": channel.name, "created": channel.created}
    yield {"type": kind, "channel": about, "event_ts": workspace.clock.stamp()}


def _uninstalled(workspace: Workspace, _happening: Happening) -> Iterator[Json]:
    yield {"type": "app_uninstalled", "event_ts": workspace.clock.stamp()}
    yield from _revoked(workspace, _happening)


def _revoked(workspace: Workspace, _happening: Happening) -> Iterator[Json]:
    tokens = {"oauth": [], "bot": [workspace.app.user_id]}
    yield {"type": "tokens_revoked", "tokens": tokens, "event_ts": workspace.clock.stamp()}


def _joined(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    channel = workspace.channels[happening.channel or ""]
    if workspace.is_member(channel):
        inviter = {"inviter": happening.by} if happening.by else {}
        yield _membership(workspace, "member_joined_channel", happening, channel) | inviter


def _left(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    channel = workspace.channels[happening.channel or ""]
    if happening.person == workspace.app.user_id:
        kind = "group_left" if channel.private else "channel_left"
        yield {"type": kind, "channel": channel.id, "event_ts": workspace.clock.stamp()}
    elif workspace.is_member(channel):
        yield _membership(workspace, "member_left_channel", happening, channel)


def _membership(workspace: Workspace, kind: str, happening: Happening, channel: Channel) -> Json:
    return {
        "type": kind,
        "user": happening.person,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": workspace.team_id,
        "event_ts": workspace.clock.stamp(),
    }


def _archival(verb: str) -> Callable[[Workspace, Happening], Iterator[Json]]:
    def make(workspace: Workspace, happening: Happening) -> Iterator[Json]:
        channel = workspace.channels[happening.channel or ""]
        if channel.private and not workspace.is_member(channel):
            return
        kind = "group" if channel.private else "channel"
        stamp = workspace.clock.stamp()
        yield {"type": f"{kind}_{verb}", "channel": channel.id, "user": happening.person, "event_ts": stamp}

    return make


def _about_person(*kinds: str) -> Callable[[Workspace, Happening], Iterator[Json]]:
    def make(workspace: Workspace, happening: Happening) -> Iterator[Json]:
        user = person_json(workspace, workspace.people[happening.person or ""])
        stamps = {"cache_ts": workspace.clock.seconds(), "event_ts": workspace.clock.stamp()}
        yield from ({"type": kind, "user": user, **stamps} for kind in kinds)

    return make


def _home_opened(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    home = workspace.views.home(happening.person or "")
    shown = {"view": view_json(workspace, home)} if home else {}
    yield _opened(workspace, happening, "home") | shown


def _messages_opened(workspace: Workspace, happening: Happening) -> Iterator[Json]:
    yield _opened(workspace, happening, "messages")


def _opened(workspace: Workspace, happening: Happening, tab: str) -> Json:
    return {
        "type": "app_home_opened",
        "user": happening.person,
        "channel": happening.channel,
        "tab": tab,
        "event_ts": workspace.clock.stamp(),
    }


def _message_and_channel(workspace: Workspace, happening: Happening) -> tuple[Message, Channel]:
    if happening.message is None:
        raise ValueError(f"{happening.kind} without a message")
    return happening.message, workspace.channels[happening.message.channel]


def _where(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts}


_MAKERS: dict[str, Callable[[Workspace, Happening], Iterator[Json]]] = {
    "message": _posted,
    "message_changed": _changed,
    "message_deleted": _deleted,
    "reaction": _reacted,
    "unreaction": _unreacted,
    "file_shared": _file_shared,
    "channel_created": _created,
    "renamed": _renamed,
    "joined": _joined,
    "left": _left,
    "archived": _archival("archive"),
    "unarchived": _archival("unarchive"),
    "person_joined": _about_person("team_join"),
    "person_changed": _about_person("user_change"),
    "status_changed": _about_person("user_change", "user_status_changed"),
    "home_opened": _home_opened,
    "messages_opened": _messages_opened,
    "uninstalled": _uninstalled,
    "revoked": _revoked,
}
