"""What Slack delivers, as typed values, each with the key by which a repetition is known."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Command:
    """Somebody asked the app for something: with the slash command, or by mentioning it.

    Attributes:
        text: What follows the command's name, or is said beside the mention.
        trigger: Lets a form be opened; empty for a mention, which cannot open one.
        thread: The thread in which it was asked; empty outside of threads.
    """

    key: str
    workspace: str
    channel: str
    person: str
    text: str
    trigger: str
    thread: str = ""


@dataclass(frozen=True)
class View:
    """A form or Home tab as somebody sees it: its id, what it was opened with, and what is filled in so far."""

    id: str
    hash: str
    metadata: str
    fields: "Fields"
    is_home: bool = False


@dataclass(frozen=True)
class Press:
    """Somebody pressed a button, or chose something in a button's menu.

    Attributes:
        channel: Where the message with the button stands; empty for a form or the Home tab.
        action: The button's route.
        value: What the button carries.
        thread: The thread that it stands in, or the message itself.
        trigger: Lets a form be opened, once, within three seconds.
        view: The form or the Home tab that holds the button, if it is no message.
    """

    key: str
    workspace: str
    channel: str
    person: str
    action: str
    value: str
    thread: str
    trigger: str
    view: View | None = None

    @property
    def is_in_form(self) -> bool:
        """Whether the button stands in a form, so that what it shows takes that form's place."""
        return self.view is not None and not self.view.is_home


@dataclass(frozen=True)
class Shortcut:
    """Somebody chose the app's shortcut on a message.

    Attributes:
        channel: Where the message stands; the app need not be there.
        name: The shortcut's callback id.
        thread: The thread in which the message stands; empty outside of threads.
        ts: The message's name in its channel.
        author: Whose words they are; empty where they are not those of a person.
        text: The words.
    """

    key: str
    workspace: str
    channel: str
    person: str
    name: str
    trigger: str
    thread: str
    ts: str
    author: str
    text: str


@dataclass(frozen=True)
class Fields:
    """What was filled in, by the input's name: one value each in `one`, several in `many`; an empty one is missing."""

    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Submission:
    """Somebody sent a form.

    Attributes:
        form: The form's route.
        metadata: What the form was opened with.
        fields: What was filled in with one value, by the input's name; an empty field is missing.
        lists: What was filled in with several values.
        view: The id of the form.
    """

    key: str
    workspace: str
    person: str
    form: str
    metadata: Mapping[str, Any]
    fields: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    view: str


@dataclass(frozen=True)
class Message:
    """Somebody wrote something.

    Attributes:
        ts: The message's name in its channel.
        thread: The thread that it stands in; None outside of threads.
        direct: Whether it was written to the app.
        written_at: When its words were written or changed, by Slack's clock; deliveries may come in another order.
        edited: Whether it was there before, and has new words now.
    """

    key: str
    workspace: str
    channel: str
    person: str
    text: str
    ts: str
    thread: str | None
    direct: bool
    written_at: datetime
    edited: bool = False

    @property
    def unedited(self) -> "Message":
        """An edited message as if it had been written so at first."""
        return replace(self, key=_message_key(self.channel, self.ts), edited=False)


@dataclass(frozen=True)
class Event:
    """Anything else that happened: its kind, where, and to whom.

    `gone` says that the person's account was closed, and `tab` which part of the app's own place was opened.
    """

    key: str
    kind: str
    workspace: str
    channel: str
    person: str
    gone: bool
    zone: str
    tab: str = ""


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
    """A press of a button, or a choice in its menu; None for anything else that Slack calls an action."""
    container, action = body.get("container", {}), body["actions"][0]
    value = action.get("value", "") if action.get("type") == "button" else _chosen(action)
    if value is None or container.get("type") not in {"message", "view"}:
        return None
    view = _read_view(body["view"]) if container["type"] == "view" else None
    place = f"{body['channel']['id']}:{container['message_ts']}" if view is None else view.id
    return Press(
        key=f"press:{place}:{body['user']['id']}:{action['action_id']}:{action['action_ts']}",
        workspace=body["team"]["id"],
        channel="" if view else body["channel"]["id"],
        person=body["user"]["id"],
        action=action["action_id"].split(":")[0],
        value=value,
        thread="" if view else _thread_of(container),
        trigger=body["trigger_id"],
        view=view,
    )


def _thread_of(container: Mapping[str, Any]) -> str:
    """The thread of a message with buttons; what only one person sees begins none."""
    return str(container.get("thread_ts") or ("" if container.get("is_ephemeral") else container["message_ts"]))


def _chosen(action: Mapping[str, Any]) -> str | None:
    chosen = action.get("selected_option") if action.get("type") in {"overflow", "static_select"} else None
    return str(chosen["value"]) if chosen else None


def _read_view(view: Mapping[str, Any]) -> View:
    fields = _read_fields(view.get("state", {}).get("values", {}))
    return View(view["id"], view.get("hash", ""), view.get("private_metadata", ""), fields, view.get("type") == "home")


def _read_fields(values: Mapping[str, Any]) -> Fields:
    one: dict[str, str] = {}
    many: dict[str, tuple[str, ...]] = {}
    for name, block in values.items():
        for element in block.values():
            several = element.get("selected_users") or [
                option["value"] for option in element.get("selected_options") or ()
            ]
            chosen = element.get("selected_option") or {}
            single = element.get("value") or element.get("selected_user") or element.get("selected_date")
            if several:
                many[name] = tuple(several)
            elif single or chosen.get("value"):
                one[name] = single or chosen["value"]
    return Fields(one, many)


def read_submission(body: Mapping[str, Any]) -> Submission:
    """A form that was sent. A second press of its button carries the same view and hash."""
    view = body["view"]
    fields = _read_fields(view["state"]["values"])
    return Submission(
        key=f"form:{view['id']}:{view.get('hash', '')}",
        workspace=body["team"]["id"],
        person=body["user"]["id"],
        form=view["callback_id"],
        metadata=json.loads(view.get("private_metadata") or "{}"),
        fields=fields.one,
        lists=fields.many,
        view=view["id"],
    )


def read_message(body: Mapping[str, Any]) -> Message | None:
    """A message that a person wrote or edited; None for bots and what Slack says itself."""
    event = body["event"]
    edited = event.get("subtype") == "message_changed"
    message = event["message"] if edited else event
    if message.get("subtype") not in _WORDS_OF_PEOPLE or message.get("bot_id") or not message.get("user"):
        return None
    if edited and message.get("text", "") == event.get("previous_message", {}).get("text"):
        # Slack says so too when it adds a preview of a link, or a first reply.
        return None
    thread = message.get("thread_ts")
    ts = message["ts"]
    change = f":{event['ts']}" if edited else ""
    return Message(
        key=f"{_message_key(event['channel'], ts)}{change}",
        workspace=body["team_id"],
        channel=event["channel"],
        person=message["user"],
        text=message.get("text", ""),
        ts=ts,
        thread=thread if thread != ts else None,
        direct=event.get("channel_type") == "im" or event["channel"].startswith("D"),
        written_at=moment_of(event["ts"]),
        edited=edited,
    )


def _message_key(channel: str, ts: str) -> str:
    return f"message:{channel}:{ts}"


def moment_of(ts: str) -> datetime:
    """The moment in a message's name."""
    return datetime.fromtimestamp(float(ts), UTC)


def read_shortcut(body: Mapping[str, Any]) -> Shortcut:
    """A shortcut on a message."""
    message, channel = body["message"], body["channel"]["id"]
    by_person = message.get("subtype") in _WORDS_OF_PEOPLE and not message.get("bot_id")
    thread = message.get("thread_ts", "")
    return Shortcut(
        key=f"shortcut:{channel}:{message['ts']}:{body['user']['id']}:{body['action_ts']}",
        workspace=body["team"]["id"],
        channel=channel,
        person=body["user"]["id"],
        name=body["callback_id"],
        trigger=body["trigger_id"],
        thread=thread if thread != message["ts"] else "",
        ts=message["ts"],
        author=message.get("user", "") if by_person else "",
        text=message.get("text") or "",
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
        tab=str(event.get("tab") or ""),
    )
