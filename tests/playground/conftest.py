from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import Chapter, Patience, Playground, chapter_workspace


class HandedClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> HandedClock:
    return HandedClock()


@pytest.fixture
async def slack(clock: HandedClock) -> AsyncIterator[Playground]:
    async with Playground(now=clock, patience=Patience(ack=0.3, retries=(0, 0.01, 0.02))) as playground:
        yield playground


@pytest.fixture
def chapter(slack: Playground) -> Chapter:
    return chapter_workspace(slack.workspace)


@pytest.fixture
def api(slack: Playground) -> AsyncWebClient:
    return AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url, retry_handlers=[])
