"""What Slack delivers, as typed values, each with the key by which a repetition is known."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Command:
    """Somebody typed the slash command. `text` is what follows its name."""

    key: str
    workspace: str
    channel: str
    person: str
    text: str
    trigger: str


@dataclass(frozen=True)
class Press:
    """Somebody pressed a button in a message.

    Attributes:
        action: The button's route.
        value: What the button carries.
        ts: The message that holds the button.
        thread: The thread that it stands in, or the message itself.
        trigger: Lets a form be opened, once, within three seconds.
    """

    key: str
    workspace: str
    channel: str
    person: str
    action: str
    value: str
    ts: str
    thread: str
    trigger: str


@dataclass(frozen=True)
class Submission:
    """Somebody sent a form.

    Attributes:
        form: The form's route.
        metadata: What the form was opened with.
        fields: What was filled in, by the input's name; an empty field is missing.
    """

    key: str
    workspace: str
    person: str
    form: str
    metadata: Mapping[str, Any]
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Message:
    """Somebody wrote something. `thread` is None outside of threads; `direct` says that it was written to the app."""

    key: str
    workspace: str
    channel: str
    person: str
    text: str
    thread: str | None
    direct: bool


@dataclass(frozen=True)
class Event:
    """Anything else that happened: its kind, where, and to whom. `gone` says that the person's account was closed."""

    key: str
    kind: str
    workspace: str
    channel: str
    person: str
    gone: bool
    zone: str


_WORDS_OF_PEOPLE = {None, "file_share", "thread_broadcast", "me_message"}


def read_command(body: Mapping[str, Any]) -> Command:
    """A slash command. Slack does not number them; a trigger is handed out once."""
    return Command(
        key=f"command:{body['trigger_id']}",
        workspace=body["team_id"],
        channel=body["channel_id"],
        person=body["user_id"],
        text=body.get("text", ""),
        trigger=body["trigger_id"],
    )


def read_press(body: Mapping[str, Any]) -> Press | None:
    """A press of a button in a message; None for anything else that Slack calls an action."""
    container, action = body.get("container", {}), body["actions"][0]
    if container.get("type") != "message" or action.get("type") != "button":
        return None
    channel, ts = body["channel"]["id"], container["message_ts"]
    return Press(
        key=f"press:{channel}:{ts}:{body['user']['id']}:{action['action_id']}:{action['action_ts']}",
        workspace=body["team"]["id"],
        channel=channel,
        person=body["user"]["id"],
        action=action["action_id"].split(":")[0],
        value=action.get("value", ""),
        ts=ts,
        thread=container.get("thread_ts") or ts,
        trigger=body["trigger_id"],
    )


def read_submission(body: Mapping[str, Any]) -> Submission:
    """A form that was sent. A second press of its button carries the same view and hash."""
    view = body["view"]
    fields: dict[str, str] = {}
    for name, block in view["state"]["values"].items():
        for element in block.values():
            chosen = element.get("selected_option") or {}
            value = element.get("value") or element.get("selected_user") or element.get("selected_date")
            filled = value or chosen.get("value")
            if filled:
                fields[name] = filled
    return Submission(
        key=f"form:{view['id']}:{view.get('hash', '')}",
        workspace=body["team"]["id"],
        person=body["user"]["id"],
        form=view["callback_id"],
        metadata=json.loads(view.get("private_metadata") or "{}"),
        fields=fields,
    )


def read_message(body: Mapping[str, Any]) -> Message | None:
    """A message that a person wrote; None for edits, bots and what Slack says itself."""
    event = body["event"]
    if event.get("subtype") not in _WORDS_OF_PEOPLE or event.get("bot_id") or not event.get("user"):
        return None
    thread = event.get("thread_ts")
    return Message(
        key=f"message:{event['channel']}:{event['ts']}",
        workspace=body["team_id"],
        channel=event["channel"],
        person=event["user"],
        text=event.get("text", ""),
        thread=thread if thread != event["ts"] else None,
        direct=event.get("channel_type") == "im",
    )


def read_event(body: Mapping[str, Any]) -> Event:
    """Any event but a message."""
    event = body["event"]
    user = event.get("user", "")
    known = user if isinstance(user, dict) else {}
    channel = event.get("channel", "")
    return Event(
        key=f"event:{body['event_id']}",
        kind=event["type"],
        workspace=body["team_id"],
        channel=channel if isinstance(channel, str) else channel.get("id", ""),
        person=str(known.get("id", "")) or (user if isinstance(user, str) else ""),
        gone=bool(known.get("deleted")),
        zone=str(known.get("tz") or ""),
    )
