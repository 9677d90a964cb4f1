"""The canvases.* methods, and conversations.canvases.create."""

from typing import Any, get_args

from playground.arguments import Arguments
from playground.canvas_edits import edited, markdown_of
from playground.canvases import Canvas, Level
from playground.conversations_api import visible_channel
from playground.records import Json, Refused
from playground.workspace import Workspace

_ANY_HEADING = "any_header"
_SECTION_TYPES = frozenset({"h1", "h2", "h3", _ANY_HEADING})


def create(workspace: Workspace, arguments: Arguments) -> Json:
    """``canvases.create``: standing alone, or tabbed in a channel with ``channel_id``."""
    _require_canvases(workspace)
    markdown = _content(arguments)
    channel_id = arguments.text("channel_id")
    if channel_id:
        _tab(workspace, channel_id)
    elif workspace.canvases.plan == "free":
        raise Refused("free_teams_cannot_create_non_tabbed_canvases")
    title, owner = arguments.text("title"), workspace.app.user_id
    return {"canvas_id": workspace.canvases.create(title, markdown, owner, channel_id or None).id}


def create_for_channel(workspace: Workspace, arguments: Arguments) -> Json:
    """``conversations.canvases.create``: a channel's own canvas, once."""
    _require_canvases(workspace)
    channel_id = arguments.needed("channel_id")
    _tab(workspace, channel_id)
    if workspace.canvases.own(channel_id):
        raise Refused("channel_canvas_already_exists")
    title, markdown, owner = arguments.text("title"), _content(arguments), workspace.app.user_id
    return {"canvas_id": workspace.canvases.create(title, markdown, owner, channel_id, is_channels_own=True).id}


def edit(workspace: Workspace, arguments: Arguments) -> Json:
    """``canvases.edit``, with one change a call."""
    canvas = _writable(workspace, arguments)
    changes = arguments.data("changes")
    if not isinstance(changes, list) or len(changes) != 1:
        raise Refused("invalid_arguments", ["[ERROR] changes must hold exactly one change"], breach=True)
    if workspace.canvases.plan == "free" and canvas.channel is None:
        raise Refused("free_teams_cannot_edit_standalone_canvases")
    workspace.canvases.put(edited(canvas, changes[0]))
    return {}


def content(workspace: Workspace, arguments: Arguments) -> Json:
    """``canvases.getContent``, as markdown only."""
    canvas = _canvas(workspace, arguments)
    if arguments.text("content_type") not in {"", "markdown"}:
        raise Refused("invalid_arguments", ["[ERROR] the playground gives markdown only"])
    return {"content": canvas.markdown}


def lookup_sections(workspace: Workspace, arguments: Arguments) -> Json:
    """``canvases.sections.lookup``, by kind of heading, by words, or by both."""
    canvas = _canvas(workspace, arguments)
    criteria = arguments.data("criteria")
    if not isinstance(criteria, dict) or not (criteria.get("section_types") or criteria.get("contains_text")):
        raise Refused("invalid_arguments", ["[ERROR] missing required field: criteria"], breach=True)
    kinds = _kinds(criteria.get("section_types") or [])
    words = str(criteria.get("contains_text") or "").lower()
    found = [
        {"id": section.id}
        for section in canvas.sections
        if words in section.markdown.lower() and (not kinds or section.heading in kinds)
    ]
    return {"sections": found}


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """``canvases.delete``."""
    workspace.canvases.delete(_writable(workspace, arguments))
    return {}


def set_access(workspace: Workspace, arguments: Arguments) -> Json:
    """``canvases.access.set``, for people or for channels."""
    level = arguments.needed("access_level")
    for known in get_args(Level):
        if level == known:
            return _grant(workspace, arguments, known)
    raise Refused("invalid_arguments", [f"[ERROR] unknown access_level: {level}"], breach=True)


def delete_access(workspace: Workspace, arguments: Arguments) -> Json:
    """``canvases.access.delete``, for people or for channels."""
    return _grant(workspace, arguments, None)


def _grant(workspace: Workspace, arguments: Arguments, level: Level | None) -> Json:
    canvas = _writable(workspace, arguments)
    people, channels = arguments.ids("user_ids"), arguments.ids("channel_ids")
    if bool(people) == bool(channels):
        raise Refused("invalid_parameters", breach=True)
    if level == "owner" and len(people) != 1:
        raise Refused("invalid_arguments", ["[ERROR] a canvas has one owner, who is a person"], breach=True)
    for person_id in people:
        workspace.person(person_id)
    for channel_id in channels:
        visible_channel(workspace, channel_id)
    workspace.canvases.grant(canvas, people or channels, level)
    return {}


def _require_canvases(workspace: Workspace) -> None:
    if workspace.canvases.plan == "without canvases":
        raise Refused("canvas_disabled_user_team")


def _canvas(workspace: Workspace, arguments: Arguments) -> Canvas:
    _require_canvases(workspace)
    return workspace.canvases.canvas(arguments.needed("canvas_id"))


def _writable(workspace: Workspace, arguments: Arguments) -> Canvas:
    canvas = _canvas(workspace, arguments)
    app = workspace.app.user_id
    if canvas.owner != app and (app, "write") not in canvas.access and canvas.channel is None:
        raise Refused("restricted_action")
    return canvas


def _content(arguments: Arguments) -> str:
    return markdown_of(arguments.data("document_content"), "document_content", "canvas_creation_failed")


def _tab(workspace: Workspace, channel_id: str) -> None:
    channel = visible_channel(workspace, channel_id)
    if not workspace.is_member(channel):
        raise Refused("not_in_channel")
    if workspace.canvases.plan == "free" and workspace.canvases.tabbed_in(channel.id):
        raise Refused("free_team_canvas_tab_already_exists")


def _kinds(asked: Any) -> frozenset[str]:
    if not isinstance(asked, list) or not _SECTION_TYPES.issuperset(asked):
        choices = ", ".join(sorted(_SECTION_TYPES))
        raise Refused("invalid_arguments", [f"[ERROR] section_types must be among {choices}"], breach=True)
    return _SECTION_TYPES - {_ANY_HEADING} if _ANY_HEADING in asked else frozenset(asked)
