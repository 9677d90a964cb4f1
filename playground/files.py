"""Uploaded files, kept in memory."""

import mimetypes
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Literal

from playground.clock import Clock
from playground.records import Channel, Refused

Taken = Literal["all", "pictures", "none"]

_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif"})


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


@dataclass(frozen=True)
class Share:
    """Where a file was shared.

    Attributes:
        channel: The channel's id.
        private: Whether only members see that channel.
        ts: The message it came with.
    """

    channel: str
    private: bool
    ts: str


@dataclass(frozen=True)
class File:
    """An uploaded file as it stands now.

    Attributes:
        id: Slack's id.
        name: The file's name, such as ``matrix.png``.
        title: What people read above it.
        size: In bytes, as it was announced before the upload.
        user: Who uploaded it.
        created: Seconds since the epoch.
        alt_text: What it shows, for those who do not see it.
        content: What is in it; None until it is uploaded, and again once it is deleted.
        complete: Whether the upload was finished, so that it may be shown.
        deleted: Whether it was deleted.
        shares: Where it was shared.
    """

    id: str
    name: str
    title: str
    size: int
    user: str
    created: int
    alt_text: str = ""
    content: bytes | None = None
    complete: bool = False
    deleted: bool = False
    shares: tuple[Share, ...] = ()

    @property
    def mimetype(self) -> str:
        """Such as ``image/png``, told from the name."""
        return _type_of(self.name)

    @property
    def extension(self) -> str:
        """Slack's ``filetype``, such as ``png``."""
        return PurePath(self.name).suffix.removeprefix(".").lower() or "binary"

    @property
    def is_image(self) -> bool:
        """Whether a block may show it: png, jpeg and gif only."""
        return self.mimetype in _IMAGES

    @property
    def path(self) -> str:
        """The last part of its address."""
        return f"{self.id}/{self.name}"


class Files:
    """Every file, and the uploads under way.

    Args:
        clock: Says when files were made.
        new_id: Gives an id that begins with a letter.

    Attributes:
        taken: What the workspace's owners let people and apps upload.
        most_bytes: How large a file may be, None for as large as one likes.
        looking_takes: How long Slack looks into a file before a block may show it.
    """

    def __init__(self, clock: Clock, new_id: Callable[[str], str]) -> None:
        self.taken: Taken = "all"
        self.most_bytes: int | None = None
        self.looking_takes = timedelta()
        self._looked_into: dict[str, datetime] = {}
        self._clock = clock
        self._new_id = new_id
        self._all: dict[str, File] = {}
        self._tickets: dict[str, str] = {}

    def __iter__(self) -> Iterator[File]:
        return iter(list(self._all.values()))

    def require_taken(self, name: str, size: int) -> None:
        """Refuse what the workspace's owners let nobody upload.

        Raises:
            Refused: ``file_uploads_disabled``, ``file_uploads_except_images_disabled`` or
                ``file_upload_size_restricted``.
        """
        if self.taken == "none":
            raise Refused("file_uploads_disabled")
        if self.taken == "pictures" and not _type_of(name).startswith("image/"):
            raise Refused("file_uploads_except_images_disabled")
        if self.most_bytes is not None and size > self.most_bytes:
            raise Refused("file_upload_size_restricted")

    def announce(self, name: str, size: int, user: str, alt_text: str = "") -> tuple[File, str]:
        """Prepare an upload.

        Args:
            name: The file's name.
            size: In bytes.
            user: Who uploads.
            alt_text: What it shows.

        Returns:
            The file without its content, and the key it may be uploaded with.
        """
        file_id = self._new_id("F")
        file = File(file_id, name, name, size, user, self._clock.seconds(), alt_text)
        self._all[file_id] = file
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = file_id
        return file, ticket

    def receive(self, ticket: str, content: bytes) -> File:
        """Take the content of an announced file; until the upload is completed it may come again.

        Raises:
            Refused: ``file_not_found`` for an unknown key, ``length_mismatch`` unless the size is the announced one.
                Slack only answers with a status other than 200 here; the names are ours.
        """
        file = self._all.get(self._tickets.get(ticket, ""))
        if file is None or file.complete:
            raise Refused("file_not_found", breach=True)
        if len(content) != file.size:
            raise Refused("length_mismatch", [f"{len(content)} bytes, announced were {file.size}"], breach=True)
        return self.put(replace(file, content=content))

    def completable(self, file_id: str, user: str) -> File:
        """The uploaded file that waits to be completed.

        Raises:
            Refused: ``file_not_found``. To ask twice is no breach: an app whose first call broke off cannot know.
        """
        file = self._all.get(file_id)
        if file is None or file.user != user or file.content is None or file.complete or file.deleted:
            raise Refused("file_not_found", breach=file is None or not file.complete)
        return file

    def complete(self, file: File, title: str) -> File:
        """Finish an upload."""
        self._looked_into[file.id] = self._clock.now() + self.looking_takes
        return self.put(replace(file, title=title or file.title, complete=True))

    def add(self, name: str, content: bytes, user: str, title: str = "", alt_text: str = "") -> File:
        """Upload a file at once, as people do in Slack's client."""
        file, ticket = self.announce(name, len(content), user, alt_text)
        self.receive(ticket, content)
        return self.complete(self._all[file.id], title)

    def share(self, file_id: str, channel: Channel, ts: str) -> None:
        """Note where a file was shared."""
        file = self._all[file_id]
        self.put(replace(file, shares=(*file.shares, Share(channel.id, channel.kind != "channel", ts))))

    def delete(self, file: File) -> None:
        """Delete a file everywhere."""
        self.put(replace(file, content=None, deleted=True))

    def file(self, file_id: str) -> File:
        """The file with this id, deleted ones included.

        Raises:
            Refused: ``file_not_found``, also before the upload is completed.
        """
        file = self._all.get(file_id)
        if file is None or not file.complete:
            raise Refused("file_not_found")
        return file

    def is_image(self, named: str) -> bool:
        """Whether a block may show this file.

        Args:
            named: Its id, or its address.

        Raises:
            Refused: ``invalid_blocks`` while Slack still looks into it (slackapi/python-slack-sdk#1521). That is no
                breach: nothing tells an app when it ends.
        """
        for file in self._all.values():
            if named == file.id or named.endswith(file.path):
                shown = file.complete and not file.deleted and file.is_image
                if shown and not self.is_looked_into(file):
                    raise Refused("invalid_blocks", ["[ERROR] invalid slack file"])
                return shown
        return False

    def is_looked_into(self, file: File) -> bool:
        """Whether Slack knows what is in a file."""
        return file.id not in self._looked_into or self._looked_into[file.id] <= self._clock.now()

    def put(self, file: File) -> File:
        """Keep a file as it stands now."""
        self._all[file.id] = file
        return file
