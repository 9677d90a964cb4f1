"""Calls to Slack's Web API, with each way of failing told apart."""

import asyncio
import time
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

_TRANSIENT = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
# These methods take no JSON body.
_WITHOUT_BODY = frozenset(
    {
        "conversations.history",
        "conversations.members",
        "conversations.replies",
        "files.getUploadURLExternal",
        "users.info",
    }
)
_ALT_TEXT_OF_FILES = 1000
_OK = 200
_SERVER_ERROR = 500
_DEFAULT_RETRY_AFTER = 30.0


class CallFailed(Exception):
    """A call did not succeed. `error` is Slack's name for it, or ours."""

    def __init__(self, method: str, error: str) -> None:
        super().__init__(f"{method}: {error}")
        self.method = method
        self.error = error


class RateLimited(CallFailed):
    """Slack asks to wait `retry_after` seconds before this method is called again. Nothing was done."""

    def __init__(self, method: str, retry_after: float) -> None:
        super().__init__(method, "ratelimited")
        self.retry_after = retry_after


class Unreached(CallFailed):
    """Slack could not be reached; nothing was done."""


class Unclear(CallFailed):
    """The call broke off, or Slack stumbled: it may or may not have been done."""


class Refused(CallFailed):
    """Slack understood and said no; nothing was done. `details` says what is wrong, where Slack told."""

    def __init__(self, method: str, error: str, details: str = "") -> None:
        super().__init__(method, error)
        self.details = details

    def may_be_about(self, word: str) -> bool:
        """Whether the details name this, or there are none."""
        return not self.details or word in self.details


@dataclass(frozen=True)
class Slack:
    """The Web API with one bot token. A method that Slack asked to rest is not called before its time."""

    client: AsyncWebClient
    _resting_until: dict[str, float] = field(default_factory=dict)

    async def call(self, method: str, within: float | None = None, **arguments: Any) -> dict[str, Any]:
        """Call a method and return its answer.

        Args:
            method: Slack's name of it, such as `chat.postMessage`.
            within: Seconds to wait; the client's own timeout when None.
            arguments: As Slack documents them; None is left out.

        Raises:
            CallFailed: One of its kinds, when the answer is not `ok`.
        """
        rest = self._resting_until.get(method, 0) - time.monotonic()
        if rest > 0:
            raise RateLimited(method, rest)
        given = {key: value for key, value in arguments.items() if value is not None}
        try:
            async with asyncio.timeout(within):
                if method in _WITHOUT_BODY:
                    response = await self.client.api_call(method, http_verb="GET", params=given)
                else:
                    response = await self.client.api_call(method, json=given)
        except SlackApiError as error:
            failure = _failure(method, error)
            if isinstance(failure, RateLimited):
                self._resting_until[method] = time.monotonic() + failure.retry_after
            raise failure from None
        except aiohttp.ClientConnectorError:
            raise Unreached(method, "unreachable") from None
        except (aiohttp.ClientError, SlackClientError, OSError, TimeoutError):
            raise Unclear(method, "interrupted") from None
        return response.data if isinstance(response.data, dict) else {}

    async def upload(self, name: str, content: bytes, alt: str = "") -> str:
        """Bring a file to Slack, and return its id; `files.completeUploadExternal` has to follow.

        Args:
            name: What the file is called, with its ending.
            content: What is in it.
            alt: What a picture shows, in words.

        Raises:
            CallFailed: One of its kinds.
        """
        described = alt[:_ALT_TEXT_OF_FILES] or None
        announced = await self.call("files.getUploadURLExternal", filename=name, length=len(content), alt_txt=described)
        if self.client.session is None:
            raise RuntimeError("a session is needed to upload files")
        try:
            async with self.client.session.post(announced["upload_url"], data=BytesIO(content)) as response:
                if response.status != _OK:
                    raise Unclear("upload", f"http_{response.status}")
        except aiohttp.ClientConnectorError:
            raise Unreached("upload", "unreachable") from None
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise Unclear("upload", "interrupted") from None
        return str(announced["file_id"])


def is_direct(channel: str) -> bool:
    """Whether a channel's id is that of direct messages between two."""
    return channel.startswith("D")


def _failure(method: str, error: SlackApiError) -> CallFailed:
    response = error.response
    status = getattr(response, "status_code", 0)
    headers = getattr(response, "headers", {}) or {}
    data = getattr(response, "data", None)
    name = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or name in {"ratelimited", "rate_limited"}:  # noqa: PLR2004 - HTTP's own number
        return RateLimited(method, _seconds(headers.get("Retry-After")))
    if status >= _SERVER_ERROR or name in _TRANSIENT or not name:
        return Unclear(method, name or f"http_{status}")
    told = data.get("response_metadata") if isinstance(data, dict) else None
    return Refused(method, name, " ".join(map(str, (told or {}).get("messages") or ())))


def _seconds(header: str | None) -> float:
    try:
        return max(0.0, float(header)) if header else _DEFAULT_RETRY_AFTER
    except ValueError:
        return _DEFAULT_RETRY_AFTER
