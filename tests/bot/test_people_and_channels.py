"""People who cannot be asked and channels that do not let the app in: a clear sentence, and the project goes on."""

from typing import Any

import pytest

from playground.faults import ApiError, ServerError
from playground.person import Person
from playground.records import Channel
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
    assert await stage.priya.submit(form, {"Finance": [stage.fiona]}) is None
    await stage.priya.sees("is archived, so I cannot write there", channel=stage.priya.dm)
    stage.slack.workspace.unarchive(stage.channel)
    await stage.opening(stage.fiona)


async def test_a_card_that_was_deleted_comes_anew(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    card = await stage.card("0 of 2")
    stage.slack.faults.add("chat.update", ApiError("message_not_found"), when=lambda sent: sent.get("ts") == card.ts)
    await stage.play(stage.fiona, FINANCES)
    await stage.card("presses Find a balance")
    await stage.all_is_sent()
    assert len(stage.cards()) == 2


async def test_a_card_that_cannot_be_edited_stays_alone(stage: Stage) -> None:
    stage.slack.faults.add("chat.update", ApiError("unknown_method"), times=None)
    await stage.start(Finance=stage.fiona)
    await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)
    await stage.all_is_sent()
    assert len(stage.cards()) == 1


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message"])
async def test_a_card_closed_to_edits_comes_anew_once(stage: Stage, error: str) -> None:
    stage.slack.faults.add("chat.update", ApiError(error), times=None)
    await stage.start(Finance=stage.fiona)
    await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)
    await stage.all_is_sent()
    assert len(stage.cards()) == 2


async def test_a_new_card_takes_over_from_one_closed_to_edits(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    old = await stage.card("0 of 2")
    stage.slack.faults.add(
        "chat.update", ApiError("edit_window_closed"), times=None, when=lambda sent: sent.get("ts") == old.ts
    )
    await stage.play(stage.fiona, FINANCES)
    new = await stage.card("presses Find a balance")
    await stage.all_is_sent()
    assert [card.ts for card in stage.cards()] == [old.ts, new.ts]


async def test_a_channel_archived_in_mid_interview(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    question = await stage.fiona.sees("What should", thread=opening)
    await stage.all_is_sent()
    stage.slack.workspace.archive(stage.channel)
    # Slack lets nobody write there any more; a press that was under way may still come.
    await stage.fiona.press(question, "I don't know")
    notice = await stage.priya.sees("is archived, so I cannot write there", channel=stage.priya.dm)
    await stage.priya.command(stage.channel, COMMAND, "log 2h labelled")
    await stage.slack.quiet()
    assert len(stage.cards()) == 1
    stage.slack.workspace.unarchive(stage.channel)
    await stage.fiona.sees("whole project cost", thread=opening, after=question)
    await stage.fiona.say(stage.channel, "€80,000", thread=opening)
    await stage.submit(stage.fiona, question)
    await stage.fiona.sees("a first score", channel=stage.channel)
    await stage.card("Log: 1 entry")
    await stage.all_is_sent()
    assert len(stage.cards()) == 1
    assert len(stage.said("is archived")) == 1
    assert notice.channel == stage.priya.dm.id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_starter_in_a_closed_channel_is_told_once(database_url: str, clock: FakeClock) -> None:
    async with staged(database_url, clock, member=False) as stage:
        await stage.start(stage.priya, name="Churn radar", Finance=stage.fiona)
        await stage.priya.sees("does not let me in yet", channel=stage.priya.dm)
        await stage.start(stage.victor, name="Price guard", Finance=stage.fiona)
        await stage.victor.sees("does not let me in yet", channel=stage.victor.dm)
        await stage.start(stage.victor, name="Feed", Finance=stage.fiona)
        await stage.slack.quiet()
        stage.clock.skip(minutes=6)
        stage.started.app.work.set()
        await stage.slack.quiet(settle=1)
        assert [len(stage.said("does not let me in yet", one.dm)) for one in (stage.priya, stage.victor)] == [1, 1]
        stage.slack.workspace.join(stage.channel, stage.slack.workspace.app)
        for name in ("Churn radar", "Price guard", "Feed"):
            await stage.opening(stage.fiona, name)
        assert [len(stage.cards(name)) for name in ("Churn radar", "Price guard", "Feed")] == [1, 1, 1]


async def test_in_direct_messages_the_interviews_are_private(stage: Stage) -> None:
    await stage.priya.command(stage.priya.dm, COMMAND, "new Churn radar")
    form = await stage.priya.view("Start a kickoff")
    places = next(block for block in form.blocks if block["block_id"] == "place")["element"]["options"]
    assert [place["text"]["text"] for place in places] == ["In private messages"]
    assert await stage.priya.submit(form, {"Finance": [stage.fiona]}) is None
    card = await stage.priya.sees("Kickoff: Churn radar", channel=stage.priya.dm)
    assert "in private messages, since others cannot see what stands here" in card.words()
    await stage.play(stage.fiona, FINANCES, await stage.opening(stage.fiona, channel=stage.fiona.dm))
    await stage.priya.sees("a first score", channel=stage.priya.dm)


async def test_from_the_direct_messages_of_others_the_kickoff_moves_to_its_starters(stage: Stage) -> None:
    between = Channel("D09999999", "directmessage", private=True, members=[stage.priya.id, stage.victor.id])
    stage.slack.workspace.channels[between.id] = between
    await stage.priya.command(between, COMMAND, "new Churn radar")
    assert await stage.priya.submit(await stage.priya.view("Start a kickoff"), {"Finance": [stage.fiona]}) is None
    await stage.priya.sees("Kickoff: Churn radar", channel=stage.priya.dm)
    await stage.play(stage.fiona, FINANCES, await stage.opening(stage.fiona, channel=stage.fiona.dm))
    await stage.priya.sees("a first score", channel=stage.priya.dm)
    await stage.all_is_sent()


async def test_in_the_private_conversation_of_a_group_people_are_asked_in_private(stage: Stage) -> None:
    # The app has no scope to ask who is in there, and does not hear what is answered there.
    stage.slack.faults.add("conversations.members", ApiError("missing_scope"), times=None)
    await stage.start(Finance=stage.fiona)
    await stage.opening(stage.fiona, channel=stage.fiona.dm)


async def test_a_group_that_does_not_let_the_app_in_is_told_to_use_a_channel(stage: Stage) -> None:
    stage.slack.faults.add(
        "chat.postMessage",
        ApiError("channel_not_found"),
        times=None,
        when=lambda sent: sent.get("channel") == stage.channel.id,
    )
    await stage.start(Finance=stage.fiona)
    await stage.priya.sees("please start again in a channel", channel=stage.priya.dm)


async def test_one_refused_invitation_holds_nobody_else_up_and_ends_in_a_sentence(stage: Stage) -> None:
    gita = guest(stage)
    stage.slack.faults.add(
        "conversations.open", ApiError("some_new_error"), times=None, when=lambda sent: sent.get("users") == gita.id
    )
    await stage.start(Product_owner=gita, Finance=stage.fiona)
    await stage.play(stage.fiona, FINANCES)
    assert stage.said("a first score") == []
    await stage.pass_a_day()
    told = await stage.priya.sees("I cannot interview", channel=stage.channel)
    assert "for a day Slack did not take what I wrote to them" in told.words()
    assert told.words().startswith(stage.priya.mention)
    await stage.priya.sees("a first score", channel=stage.channel)
    await stage.card("for a day Slack did not take what I wrote to them")


@pytest.mark.parametrize("words", ["your view as finance", "What should this project achieve"])
async def test_a_stakeholder_who_cannot_be_asked_is_gone_on_without(stage: Stage, words: str) -> None:
    stage.slack.faults.add(
        "chat.postMessage", ApiError("some_new_error"), times=None, when=lambda sent: words in str(sent)
    )
    await stage.start(Finance=stage.fiona)
    await stage.slack.quiet()
    await stage.pass_a_day()
    told = await stage.priya.sees(f"I cannot interview {stage.fiona.mention}", channel=stage.channel)
    assert "*Churn radar* goes on without them" in told.words()
    await stage.card("nobody is left to interview")


async def test_results_that_slack_does_not_take_are_passed_on_by_the_starter(stage: Stage) -> None:
    stage.slack.faults.add(
        "chat.postMessage",
        ApiError("some_new_error"),
        times=None,
        when=lambda sent: "radar: goals side by side" in str(sent) and sent.get("channel") == stage.channel.id,
    )
    await stage.start(Finance=stage.fiona)
    await stage.play(stage.fiona, FINANCES)
    await stage.pass_a_day()
    await stage.priya.sees("Slack does not take this message about *Churn radar*", channel=stage.priya.dm)
    await stage.priya.sees("goals side by side", channel=stage.priya.dm)
    await stage.priya.sees("a first score", channel=stage.channel)


async def test_private_messages_that_end_to_arrive_are_not_mistaken_for_a_closed_channel(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona, Product_owner=stage.priya, Interviews="In private messages")
    question = await stage.fiona.sees("What should", channel=stage.fiona.dm)
    stage.slack.faults.add(
        "chat.postMessage",
        ApiError("channel_not_found"),
        times=None,
        when=lambda sent: sent.get("channel") == stage.fiona.dm.id,
    )
    await stage.fiona.press(question, "Skip")
    await stage.priya.sees(f"I cannot interview {stage.fiona.mention}: I cannot write to this account")
    assert stage.said("does not let me in") == []


@pytest.mark.parametrize("name", ["\u200b\u200d", "\x00\x07", "\u3164", " \u2060 "])
async def test_a_name_that_nobody_can_see_is_refused_kindly(stage: Stage, name: str) -> None:
    await stage.priya.command(stage.channel, COMMAND)
    form = await stage.priya.view("Start a kickoff")
    errors = await stage.priya.submit(form, {"Project name": name, "Finance": [stage.fiona]})
    assert errors == {"Project name": "Please give the project a name, such as Churn radar."}
    assert stage.kickoffs() == ()


async def test_what_a_notification_of_the_card_reads_begins_with_a_capital(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.play(stage.fiona, (("What should this project achieve", "[I don't know]"), FINANCES[-1]))
    card = await stage.card("name a goal")
    assert card.text.startswith("Kickoff: Churn radar. Name a goal")


async def test_a_form_behind_a_button_that_slack_does_not_open(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    question = await stage.fiona.sees("What should", thread=await stage.opening(stage.fiona))
    stage.slack.faults.add("views.open", ServerError())
    await stage.fiona.press(question, "Fill in a form")
    await stage.fiona.sees("Please press the button once more")
