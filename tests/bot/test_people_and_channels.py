"""People who cannot be asked and channels that do not let the app in: a clear sentence, and the project goes on."""

from typing import Any

import pytest

from playground.faults import ApiError, ServerError
from playground.person import Person
from tests.bot.conftest import COMMAND, FINANCES, Stage, staged
from tests.conftest import FakeClock


async def test_a_bot_is_not_interviewed(stage: Stage) -> None:
    robot = stage.slack.workspace.add_person("Deploy Bot", is_bot=True)
    stage.slack.workspace.join(stage.channel, robot)
    await stage.start(Product_owner=robot, Finance=stage.fiona)
    await stage.priya.sees("I cannot interview")
    await stage.card("this is a bot, and bots have no goals")
    await stage.play(stage.fiona, FINANCES)
    await stage.priya.sees("a first score", channel=stage.channel)


async def test_a_closed_account_is_not_interviewed(stage: Stage) -> None:
    stage.slack.workspace.deactivate(stage.victor)
    await stage.start_with_all()
    await stage.card("this account is closed")


async def test_when_nobody_is_left_the_card_says_so(stage: Stage) -> None:
    stage.slack.workspace.deactivate(stage.victor)
    await stage.start(Executive_sponsor=stage.victor)
    await stage.card("nobody is left to interview")
    assert stage.said("a first score") == []


async def test_who_leaves_is_gone_on_without(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    await stage.opening(stage.victor)
    await stage.play(stage.fiona, FINANCES)
    stage.slack.workspace.deactivate(stage.victor)
    await stage.priya.sees("goes on without them")
    await stage.priya.sees("a first score", channel=stage.channel)


async def test_a_product_owner_who_leaves_hands_the_nudges_to_the_starter(stage: Stage) -> None:
    await stage.start(stage.fiona, Product_owner=stage.victor, Finance=stage.priya)
    await stage.card("09:30 (America/New_York)")
    stage.slack.workspace.deactivate(stage.victor)
    await stage.card("09:30 (Europe/London)")


def guest(stage: Stage, **profile: Any) -> Person:
    return stage.slack.workspace.add_person("Gita Guest", is_restricted=True, **profile)


async def test_who_is_not_in_the_channel_is_asked_in_private(stage: Stage) -> None:
    gita = guest(stage)
    await stage.start(Finance=gita)
    await stage.opening(gita, channel=gita.dm)
    await stage.card("not in this channel, so asked in private")


async def test_a_guest_who_cannot_be_written_to(stage: Stage) -> None:
    gita = guest(stage, invisible=True)
    await stage.start(Finance=gita)
    await stage.card("Slack does not know this account")


@pytest.mark.parametrize("error", ["cannot_dm_bot", "user_not_visible"])
async def test_a_private_conversation_that_slack_refuses(stage: Stage, error: str) -> None:
    stage.slack.faults.add("conversations.open", ApiError(error))
    await stage.start(Finance=stage.fiona, Interviews="In private messages")
    await stage.card("I cannot write to this account")


async def test_without_users_info_people_are_asked_all_the_same(stage: Stage) -> None:
    stage.slack.faults.add("users.info", ApiError("unknown_method"), times=None)
    stage.slack.faults.add("conversations.members", ApiError("unknown_method"), times=None)
    await stage.start_with_all()
    await stage.opening(stage.fiona)
    await stage.card("09:30 (UTC)")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("press", [True, False])
async def test_a_channel_that_the_app_is_not_in(database_url: str, clock: FakeClock, *, press: bool) -> None:
    async with staged(database_url, clock, member=False) as stage:
        await stage.start_with_all()
        notice = await stage.priya.sees("does not let me in yet", channel=stage.priya.dm)
        assert "/invite @ML Kickoff" in notice.words()
        if press:
            stage.slack.faults.add("chat.postMessage", ApiError("not_in_channel"), times=1)
            await stage.priya.press(notice, "Try again")
            notice = await stage.priya.sees("does not let me in yet", channel=stage.priya.dm, after=notice)
        stage.slack.workspace.join(stage.channel, stage.slack.workspace.app)
        await stage.opening(stage.fiona)
        await stage.card("0 of 2")


async def test_an_archived_channel(stage: Stage) -> None:
    await stage.priya.command(stage.channel, COMMAND, "new Churn radar")
    form = await stage.priya.view("Start a kickoff")
    stage.slack.workspace.archive(stage.channel)
    assert await stage.priya.submit(form, {"Finance": stage.fiona}) is None
    await stage.priya.sees("is archived, so I cannot write there", channel=stage.priya.dm)
    stage.slack.workspace.unarchive(stage.channel)
    await stage.opening(stage.fiona)


async def test_a_card_that_was_deleted_comes_anew(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    card = await stage.card("0 of 2")
    stage.slack.faults.add("chat.update", ApiError("message_not_found"), when=lambda sent: sent.get("ts") == card.ts)
    await stage.play(stage.fiona, FINANCES)
    await stage.card("talk the goals over")


async def test_a_form_behind_a_button_that_slack_does_not_open(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    question = await stage.fiona.sees("What should", thread=await stage.opening(stage.fiona))
    stage.slack.faults.add("views.open", ServerError())
    await stage.fiona.press(question, "Fill in a form")
    await stage.fiona.sees("Please press the button once more")
