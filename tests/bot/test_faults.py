"""Slack stumbles at any call: what was to be said is said, once, and nothing is lost."""

import pytest

from playground.faults import ApiError, Dropped, Fault, RateLimited, ServerError
from tests.bot.conftest import FINANCES, Stage

METHODS = ("auth.test", "users.info", "conversations.members", "chat.postMessage", "chat.update")
FAULTS: dict[str, Fault] = {
    "429": RateLimited(retry_after=1),
    "500": ServerError(),
    "dropped": Dropped(),
    "dropped after it took effect": Dropped(after_effect=True),
    "unknown_method": ApiError("unknown_method"),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("method", METHODS[1:])
async def test_a_fault_at_any_call_loses_nothing_and_says_nothing_twice(
    stage: Stage, method: str, fault: Fault
) -> None:
    stage.slack.faults.add(method, fault, times=2)
    await stage.start(Finance=stage.fiona)
    await stage.fiona.sees("What should", channel=stage.channel, within=15)
    stage.slack.faults.add(method, fault, times=1)
    await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel, within=15)
    await stage.slack.quiet()
    for words in ("your view as finance", "What should this project achieve", "I read this as", "a first score"):
        assert len([one for one in stage.said(words) if one.text.find("that was all") < 0]) <= 1, words


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
    from storage import outbox

    def is_question(sent: object) -> bool:
        return "What should this project" in str(sent)

    stage.slack.faults.add("chat.postMessage", ServerError(), times=None, when=is_question)
    await stage.start(Finance=stage.fiona)
    await stage.opening(stage.fiona)
    for _ in range(3):
        stage.clock.skip(hours=13)
        stage.started.app.work.set()
        await stage.slack.workspace.log.wait_for(lambda: None, 0.7)
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
