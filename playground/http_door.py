"""Signed HTTP deliveries to the app's request URL."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from playground.delivery import OK, Answer, Delivery, Retry
from playground.records import Json

_REDIRECTS = 2


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's signature of a request (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    base = f"v0:{timestamp}:{body}"
    return "v0=" + hmac.new(secret.encode(), base.encode(), hashlib.sha256).hexdigest()


class HttpDoor:
    """Posts to one request URL, as events, commands and interactivity commonly share one.

    Args:
        url: The app's request URL.
        signing_secret: What requests are signed with.
        session: The client.
        ack_seconds: How long the app has; Slack gives three seconds.
    """

    def __init__(self, url: str, signing_secret: str, session: aiohttp.ClientSession, ack_seconds: float) -> None:
        self.url = url
        self._secret = signing_secret
        self._session = session
        self._ack_seconds = ack_seconds

    async def send(self, delivery: Delivery, retry: Retry | None) -> Answer:
        """Post once and wait for the acknowledgement."""
        content_type, body = _encoded(delivery)
        # The app's SDK compares this with the real clock, so the workspace's clock has no say here.
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        try:
            async with (
                asyncio.timeout(self._ack_seconds),
                self._session.post(self.url, data=body, headers=headers, max_redirects=_REDIRECTS) as response,
            ):
                return _answer(response, await response.text())
        except TimeoutError:
            return Answer(failure="http_timeout")
        except aiohttp.TooManyRedirects:
            return Answer(failure="too_many_redirects")
        except aiohttp.ClientError:
            return Answer(failure="connection_failed")


def _encoded(delivery: Delivery) -> tuple[str, str]:
    if delivery.kind == "events_api":
        return "application/json", json.dumps(delivery.payload)
    form = delivery.payload if delivery.kind == "slash_commands" else {"payload": json.dumps(delivery.payload)}
    return "application/x-www-form-urlencoded", urlencode(form)


def _answer(response: aiohttp.ClientResponse, text: str) -> Answer:
    no_retry = response.headers.get("X-Slack-No-Retry") == "1"
    failure = None if response.status == OK else "http_error"
    return Answer(response.status, _read(text), failure, no_retry)


def _read(text: str) -> Json | None:
    """The body as JSON; any other text is what a command shows."""
    if not text.strip():
        return None
    try:
        body = json.loads(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else {"text": text}
