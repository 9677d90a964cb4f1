"""How files and canvases look in Slack's JSON."""

from typing import TYPE_CHECKING

from playground.canvases import Canvas
from playground.files import File
from playground.records import Json

if TYPE_CHECKING:
    from playground.workspace import Workspace


def file_json(workspace: "Workspace", file: File) -> Json:
    """A file object; of a deleted file only a tombstone."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    url = file_url(workspace, file)
    private = [share.channel for share in file.shares if share.private]
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.extension,
        "pretty_type": file.extension.upper(),
        "user": file.user,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": len(private) < len(file.shares),
        "public_url_shared": False,
        "url_private": url,
        "url_private_download": url,
        "permalink": f"https://{workspace.domain}.slack.com/files/{file.user}/{file.path}",
        "channels": [share.channel for share in file.shares if not share.private],
        "groups": [channel for channel in private if workspace.channels[channel].kind == "group"],
        "ims": [channel for channel in private if workspace.channels[channel].kind == "im"],
        "shares": _shares(file),
    }
    return shown | ({"alt_txt": file.alt_text} if file.alt_text else {})


def file_url(workspace: "Workspace", file: File) -> str:
    """Where its content is served to those with a token."""
    return f"{workspace.address}/files-pri/{workspace.team_id}-{file.path}"


def canvas_json(workspace: "Workspace", canvas: Canvas) -> Json:
    """A canvas as a file object, which is how ``files.info`` shows it."""
    address = f"https://{workspace.domain}.slack.com/docs/{workspace.team_id}/{canvas.id}"
    return {
        "id": canvas.id,
        "created": canvas.created,
        "timestamp": canvas.created,
        "name": canvas.title,
        "title": canvas.title,
        "mimetype": "application/vnd.slack-docs",
        "filetype": "quip",
        "pretty_type": "Canvas",
        "user": canvas.owner,
        "editable": True,
        "size": len(canvas.markdown.encode()),
        "mode": "quip",
        "is_external": False,
        "permalink": address,
        "url_private": address,
        "channels": [canvas.channel] if canvas.channel else [],
    }


def _shares(file: File) -> Json:
    shares: Json = {}
    for share in file.shares:
        kind = shares.setdefault("private" if share.private else "public", {})
        kind.setdefault(share.channel, []).append({"ts": share.ts})
    return shares
