"""Slack stumbles at any call: what was to be said is said, once, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest

from bot.run import running
from playground.faults import ApiError, Dropped, Fault, RateLimited, ServerError, Slow
from playground.views import TRIGGER_LIFETIME
from storage import outbox
from tests.bot.conftest import COMMAND, FINANCES, Stage, playground_for, settings_for, staged
from tests.conftest import FakeClock

FAULTS: dict[str, Fault] = {
    "429": RateLimited(retry_after=1),
    "500": ServerError(),
    "slow": Slow(seconds=1),
    "dropped": Dropped(),
    "dropped after it took effect": Dropped(after_effect=True),
    "unknown_method": ApiError("unknown_method"),
}
SHORT_TIMEOUT = 0.7
any_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    """The stage with little patience, on which the pauses between attempts go by ten times as fast."""
    async with staged(database_url, clock, slack_timeout_seconds=SHORT_TIMEOUT) as set_up, hurried(set_up):
        yield set_up


@asynccontextmanager
async def hurried(stage: Stage) -> AsyncIterator[None]:
    # A trigger lives as long as it does at the usual pace.
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr("playground.views.TRIGGER_LIFETIME", TRIGGER_LIFETIME * 10)

    async def hurry() -> None:
        while True:
            await asyncio.sleep(0.05)
            stage.clock.skip(seconds=0.45)
            stage.started.app.work.set()

    task = asyncio.create_task(hurry())
    try:
        yield
    finally:
        monkeypatch.undo()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def in_text(words: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda sent: words in str(sent.get("text"))


@on_sqlite
@any_fault
@pytest.mark.parametrize("method", ["users.info", "conversations.members", "chat.postMessage", "chat.update"])
async def test_a_fault_at_any_call_loses_nothing_and_says_nothing_twice(
    stage: Stage, method: str, fault: Fault
) -> None:
    stage.slack.faults.add(method, fault, times=2)
    await stage.start(Finance=stage.fiona)
    await stage.fiona.sees("What should", channel=stage.channel, within=15)
    stage.slack.faults.add(method, fault, times=1)
    await stage.play(stage.fiona, FINANCES, within=15)
    await stage.fiona.sees("a first score", channel=stage.channel, within=15)
    await stage.all_is_sent(within=15)
    for words in ("your view as finance", "What should this project achieve", "I read this as", "a first score"):
        assert len(stage.said(words)) <= 1, words
    assert len(stage.cards()) == 1


@on_sqlite
@any_fault
async def test_a_fault_at_opening_a_private_conversation(stage: Stage, fault: Fault) -> None:
    stage.slack.faults.add("conversations.open", fault, times=2)
    await stage.start(Finance=stage.fiona, Interviews="In private messages")
    await stage.fiona.sees("What should", channel=stage.fiona.dm, within=15)
    await stage.all_is_sent(within=15)
    assert len(stage.said("your view as finance")) == 1
    assert len(stage.cards()) == 1


@on_sqlite
@any_fault
@pytest.mark.parametrize(
    ("method", "words"), [("conversations.history", "Kickoff: "), ("conversations.replies", "What should this project")]
)
async def test_a_fault_at_looking_for_a_message(stage: Stage, method: str, words: str, fault: Fault) -> None:
    stage.slack.faults.add("chat.postMessage", Dropped(after_effect=True), when=in_text(words))
    stage.slack.faults.add(method, fault, times=2)
    await stage.start(Finance=stage.fiona)
    await stage.fiona.sees("What should", channel=stage.channel, within=15)
    await stage.all_is_sent(within=15)
    # Where Slack does not let the app look, saying a thing twice is better than not saying it.
    blind = isinstance(fault, ApiError)
    copies = [one for one in stage.said(words) if one.text.startswith(words)]
    assert len(copies) == (2 if blind else 1)
    await stage.play(stage.fiona, FINANCES)


@on_sqlite
@any_fault
async def test_a_fault_at_a_whisper_costs_nothing_else(stage: Stage, fault: Fault) -> None:
    await stage.start(Finance=stage.fiona)
    question = await stage.fiona.sees("What should", thread=await stage.opening(stage.fiona))
    stage.slack.faults.add("chat.postEphemeral", fault)
    await stage.victor.press(question, "Skip")
    if isinstance(fault, RateLimited):
        await stage.victor.sees("for someone else")
    await stage.play(stage.fiona, FINANCES)
    await stage.all_is_sent(within=15)
    assert len(stage.said("for someone else")) <= 1


@on_sqlite
@any_fault
async def test_a_fault_at_opening_a_form_is_a_sentence(stage: Stage, fault: Fault) -> None:
    stage.slack.faults.add("views.open", fault)
    reply = await stage.priya.command(stage.channel, COMMAND, "new Churn radar")
    assert "Please type the command once more" in reply.words()
    if isinstance(fault, RateLimited):
        await asyncio.sleep(fault.retry_after)
    await stage.start(Finance=stage.fiona)
    question = await stage.fiona.sees("What should", thread=await stage.opening(stage.fiona))
    stage.slack.faults.add("views.open", fault)
    await stage.fiona.press(question, "Fill in a form")
    await stage.fiona.sees("Please press the button once more")


@on_sqlite
@pytest.mark.parametrize("name", ["429", "500", "slow", "dropped"])
async def test_a_start_while_slack_stumbles(database_url: str, clock: FakeClock, name: str) -> None:
    async with playground_for(clock) as slack:
        slack.faults.add("auth.test", FAULTS[name])
        settings = settings_for(slack, database_url).model_copy(update={"slack_timeout_seconds": SHORT_TIMEOUT})
        async with running(settings, clock) as started, aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{started.port}/readyz"
            async with session.get(url) as response:
                assert response.status == 503
                assert (await response.json())["reason"] == "Slack has not accepted the bot token yet"
            async with asyncio.timeout(10):
                while started.app.identity is None:  # noqa: ASYNC110 - it is the app that asks again
                    await asyncio.sleep(0.02)
            async with session.get(url) as response:
                assert response.status == 200


async def test_messages_are_found_again_by_their_key_and_not_repeated(stage: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", Dropped(after_effect=True), times=3)
    await stage.start(Finance=stage.fiona)
    await stage.fiona.sees("What should", channel=stage.channel, within=15)
    assert len(stage.said("Kickoff: Churn radar")) == 1
    assert len(stage.said("your view as finance")) == 1


async def test_where_nobody_may_look_the_message_is_sent_again(stage: Stage) -> None:
    stage.slack.faults.add("conversations.history", ApiError("missing_scope"), times=None)
    stage.slack.faults.add("chat.postMessage", ServerError(), times=1)
    await stage.start(Finance=stage.fiona)
    await stage.fiona.sees("What should", channel=stage.channel, within=15)


async def test_blocks_that_slack_refuses_are_sent_as_text(stage: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", ApiError("invalid_blocks"), when=lambda sent: bool(sent.get("blocks")))
    await stage.start(Finance=stage.fiona)
    await stage.fiona.sees("Kickoff: Churn radar", channel=stage.channel)
    assert stage.said("Kickoff: Churn radar")[0].blocks == () or stage.said("Kickoff: Churn radar")


async def test_a_message_that_cannot_be_sent_for_a_day_is_set_aside(stage: Stage) -> None:
    def is_question(sent: object) -> bool:
        return "What should this project" in str(sent)

    stage.slack.faults.add("chat.postMessage", ServerError(), times=None, when=is_question)
    await stage.start(Finance=stage.fiona)
    await stage.opening(stage.fiona)
    await stage.pass_a_day()
    assert stage.started.app.database.run(outbox.count_given_up) == 1


async def test_a_whisper_that_nobody_hears_holds_nothing_up(stage: Stage) -> None:
    stage.slack.faults.add("chat.postEphemeral", ApiError("user_not_in_channel"), times=None)
    await stage.start(Finance=stage.fiona)
    question = await stage.fiona.sees("What should", thread=await stage.opening(stage.fiona))
    await stage.victor.press(question, "Skip")
    await stage.play(stage.fiona, FINANCES)


async def test_a_database_that_fails_once_costs_no_answer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await stage.start(Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    await stage.fiona.sees("What should", thread=opening)
    from bot import interviews as feature

    original = feature._hear
    failed: list[bool] = []

    def fail_once(*arguments: object) -> bool:
        if not failed:
            failed.append(True)
            raise OSError("disk full")
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(feature, "_hear", fail_once)
    await stage.fiona.say(stage.channel, "cut the cloud bill by 10 %", thread=opening)
    await stage.fiona.sees("I read this as")
