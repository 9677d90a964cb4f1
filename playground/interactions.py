"""What Slack sends when a person does something: the payloads of commands, buttons, menus and modals."""

import re
import secrets
from typing import TYPE_CHECKING

from playground.delivery import Delivery
from playground.records import Channel, Json, Message, View
from playground.wire import message_json, view_json

if TYPE_CHECKING:
    from playground.person import Person
    from playground.workspace import Workspace

_TOKEN = "verification-token-of-the-playground"  # noqa: S105  the deprecated field, which nobody may rely on

_MENTION_OR_LINK = re.compile(r"<(?P<sign>[@#])(?P<id>[A-Z0-9]+)(?:\|[^>]*)?>|(?<!<)(?P<link>https?://[^\s<>]+)")


def command(person: "Person", channel: Channel, name: str, text: str) -> Delivery:
    """A slash command's form."""
    workspace = person.workspace
    form = {
        "token": _TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": _name_of(channel),
        "user_id": person.id,
        "user_name": person.username,
        "command": name,
        "text": _as_sent(workspace, name, text),
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
        "response_url": _response_url(person, channel.id),
        "trigger_id": workspace.views.new_trigger(person.id),
    }
    return Delivery("slash_commands", form)


def _as_sent(workspace: "Workspace", command: str, text: str) -> str:
    """What follows a command, with mentions and links as ``should_escape`` has them."""
    escaped = command in workspace.app.features.escaped_commands

    def write(found: re.Match[str]) -> str:
        if link := found["link"]:
            return f"<{link}>" if escaped else link
        sign, some_id = found["sign"], found["id"]
        person, channel = workspace.people.get(some_id), workspace.channels.get(some_id)
        name = person.username if person else channel.name if channel else ""
        if not name:
            return found[0]
        return f"<{sign}{some_id}|{name}>" if escaped else f"{sign}{name}"

    return _MENTION_OR_LINK.sub(write, text)


def action_in_message(person: "Person", message: Message, action: Json, state: Json) -> Delivery:
    """A button or menu used in a message."""
    workspace = person.workspace
    channel = workspace.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    about: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": _name_of(channel)},
        "state": {"values": state},
        "response_url": _response_url(person, message.channel, message),
        "actions": [_action(person, action)],
    }
    if not message.only_for:
        about["message"] = message_json(workspace, message, metadata=True)
    return Delivery("interactive", _common(person, "block_actions") | about)


def action_in_view(person: "Person", view: View, action: Json) -> Delivery:
    """A button or menu used in a modal or home tab."""
    about: Json = {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(person.workspace, view),
        "actions": [_action(person, action)],
    }
    return Delivery("interactive", _common(person, "block_actions") | about)


def submission(person: "Person", view: View) -> Delivery:
    """A modal sent off."""
    about: Json = {"view": view_json(person.workspace, view), "response_urls": []}
    return Delivery("interactive", _common(person, "view_submission") | about)


def closing(person: "Person", view: View, *, cleared: bool) -> Delivery:
    """A modal closed, alone or with the whole stack."""
    payload = _common(person, "view_closed") | {"view": view_json(person.workspace, view), "is_cleared": cleared}
    del payload["trigger_id"]
    return Delivery("interactive", payload)


def shortcut(person: "Person", callback_id: str, message: Message | None = None) -> Delivery:
    """A global shortcut, or one on a message."""
    kind = "message_action" if message else "shortcut"
    payload = _common(person, kind) | {"callback_id": callback_id, "action_ts": person.workspace.clock.stamp()}
    if message:
        channel = person.workspace.channels[message.channel]
        payload |= {
            "channel": {"id": channel.id, "name": _name_of(channel)},
            "message": message_json(person.workspace, message),
            "message_ts": message.ts,
            "response_url": _response_url(person, message.channel, message),
        }
    return Delivery("interactive", payload)


def event(person_or_app: str, team_id: str, app_id: str, inner: Json, seconds: int) -> Delivery:
    """An event callback.

    Args:
        person_or_app: The bot user the event is for.
        team_id: The workspace.
        app_id: The app.
        inner: The event itself.
        seconds: When it happened, in seconds since the epoch.
    """
    authorization = {
        "enterprise_id": None,
        "team_id": team_id,
        "user_id": person_or_app,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    payload: Json = {
        "token": _TOKEN,
        "team_id": team_id,
        "api_app_id": app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": seconds,
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(8)}",
    }
    return Delivery("events_api", payload)


def _common(person: "Person", kind: str) -> Json:
    workspace = person.workspace
    return {
        "type": kind,
        "token": _TOKEN,
        "api_app_id": workspace.app.app_id,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {
            "id": person.id,
            "username": person.username,
            "name": person.username,
            "team_id": workspace.team_id,
        },
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": workspace.views.new_trigger(person.id),
    }


def _name_of(channel: Channel) -> str:
    """What interactions call a channel: only public ones by their name."""
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


def _action(person: "Person", action: Json) -> Json:
    return action | {"action_ts": person.workspace.clock.stamp()}


def _response_url(person: "Person", channel: str, message: Message | None = None) -> str:
    workspace = person.workspace
    return f"{workspace.address}/respond/{workspace.response_urls.new(channel, person.id, message)}"
