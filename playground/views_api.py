"""The views.* methods, and blocks.validate."""

import json

from playground.arguments import Arguments
from playground.limits import check_blocks, check_message, check_view
from playground.records import Json, Refused
from playground.shapes import Report
from playground.wire import view_json
from playground.workspace import Workspace

_VALIDATED_CHARACTERS = 100_000


def open_view(workspace: Workspace, arguments: Arguments) -> Json:
    """``views.open``; a refused view leaves the trigger unspent."""
    body = check_view(arguments.data("view"), is_image=workspace.files.is_image)
    person = workspace.views.spend(arguments.needed("trigger_id"))
    return {"view": view_json(workspace, workspace.views.open(person, body))}


def push_view(workspace: Workspace, arguments: Arguments) -> Json:
    """``views.push``."""
    body = check_view(arguments.data("view"), is_image=workspace.files.is_image)
    person = workspace.views.spend(arguments.needed("trigger_id"))
    return {"view": view_json(workspace, workspace.views.push(person, body))}


def update_view(workspace: Workspace, arguments: Arguments) -> Json:
    """``views.update``, by view_id or external_id."""
    body = check_view(arguments.data("view"), ("modal", "home"), is_image=workspace.files.is_image)
    view_id = arguments.text("view_id") or workspace.views.by_external_id(arguments.text("external_id")).id
    if workspace.views.view(view_id).body["type"] != body["type"]:
        raise Refused("invalid_arguments", ["[ERROR] must match the `type` of the view [json-pointer:/view/type]"])
    return {"view": view_json(workspace, workspace.views.update(view_id, body, _hash(arguments)))}


def publish_view(workspace: Workspace, arguments: Arguments) -> Json:
    """``views.publish``: the home tab of one person."""
    if not workspace.app.features.home_tab:
        raise Refused("not_enabled", breach=True)
    body = check_view(arguments.data("view"), ("home",), is_image=workspace.files.is_image)
    person = workspace.person(arguments.text("user_id"))
    return {"view": view_json(workspace, workspace.views.publish(person.id, body, _hash(arguments)))}


def _hash(arguments: Arguments) -> str | None:
    """The hash a call goes by, None if it names none; an empty one never fits (slack-go#1462)."""
    return None if arguments.values.get("hash") is None else arguments.text("hash")


def validate_blocks(workspace: Workspace, arguments: Arguments) -> Json:
    """``blocks.validate``: blocks, a message or a view, with no effect."""
    given = {name: arguments.data(name) for name in ("blocks", "message", "view")}
    (name, value), *more = [(name, value) for name, value in given.items() if value is not None] or [("", None)]
    if not name or more or len(json.dumps(value)) > _VALIDATED_CHARACTERS:
        raise Refused("invalid_arguments", ["[ERROR] provide exactly one of `blocks`, `message` or `view`"])
    messages: tuple[str, ...] = ()
    is_image = workspace.files.is_image
    if name == "blocks":
        report = Report("message", is_image)
        check_blocks(value, "/blocks", report)
        messages = tuple(report.messages)
    else:
        try:
            if name == "message":
                check_message(value, is_image=is_image)
            else:
                check_view(value, ("modal", "home"), is_image=is_image)
        except Refused as refusal:
            messages = refusal.messages or (refusal.error,)
    if messages:
        raise Refused(f"invalid_{name}", messages, extra={"errors": list(messages)})
    return {}
