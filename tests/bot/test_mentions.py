"""Mentioning the app: the answers of the command, for the one who asked alone, in threads too."""

import pytest

from playground.faults import ServerError
from playground.person import Person
from playground.records import Channel, Message
from tests.bot.conftest import BILL, GOAL, Stage


async def ask(
    stage: Stage,
    text: str,
    thread: Message | None = None,
    by: Person | None = None,
    channel: Channel | None = None,
) -> Message:
    """Write with a mention in front, and wait for the answer."""
    by = by or stage.priya
    me = stage.slack.workspace.app.mention
    asked = await by.say(channel or stage.channel, f"{me} {text}", thread=thread)
    return await by.sees(lambda one: one.only_for == by.id, after=asked)


async def test_it_answers_as_the_command_does_for_the_asker_alone(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.card("Next nudge")
    answer = await ask(stage, "status")
    assert "*Churn radar*" in answer.words()
    assert answer.channel == stage.channel.id
    assert answer.thread_ts is None
    assert answer not in stage.slack.workspace.messages(stage.channel)


@pytest.mark.parametrize(
    ("text", "answered"),
    [("", "What I can do"), ("help", "What I can do"), ("stauts", "Did you mean `/ml-kickoff status`?")],
)
async def test_a_bare_mention_gets_help_and_others_a_guess(stage: Stage, text: str, answered: str) -> None:
    assert answered in (await ask(stage, text)).words()


async def test_words_before_the_mention_count_too(stage: Stage) -> None:
    me = stage.slack.workspace.app.mention
    asked = await stage.priya.say(stage.channel, f"status please, {me}")
    assert "There is no kickoff here yet" in (await stage.priya.sees("no kickoff", after=asked)).words()


async def test_a_form_opens_by_the_button_of_the_answer(stage: Stage) -> None:
    answer = await ask(stage, "new Churn radar")
    await stage.priya.press(answer, "Start a kickoff")
    form = await stage.priya.view("Start a kickoff")
    assert await stage.priya.submit(form, {"Finance": [stage.fiona]}) is None
    await stage.card("Churn radar")
    await stage.priya.press(await ask(stage, "log"), "Log progress")
    form = await stage.priya.view("Log progress")
    assert await stage.priya.submit(form, {"What happened?": "2h labelled"}) is None
    await stage.card("Log: 1 entry")


async def test_the_button_says_what_became_of_the_command_meanwhile(stage: Stage) -> None:
    await stage.start(name="Churn radar", Finance=stage.fiona)
    answer = await ask(stage, "log")
    stage.slack.faults.add("views.open", ServerError(), times=1)
    await stage.priya.press(answer, "Log progress")
    said = await stage.priya.sees("did not open the form", after=answer)
    assert said.only_for == stage.priya.id
    assert said.thread_ts is None


async def test_a_log_line_is_kept_once(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.card("Next nudge")
    answer = await ask(stage, "log 2h labelled with <@U00000001> &amp; others")
    assert "Logged for *Churn radar*: 2 hours" in answer.words()
    await stage.card("Log: 1 entry")
    asked = next(one for one in stage.slack.workspace.messages(stage.channel) if "log 2h" in one.text)
    await stage.priya.edit(asked, f"{stage.slack.workspace.app.mention} log 3h labelled")
    await stage.slack.quiet()
    await stage.all_is_sent()
    await stage.card("Log: 1 entry")


async def test_in_a_thread_it_is_about_that_threads_project(stage: Stage) -> None:
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Finance=stage.fiona)
    await stage.all_is_sent()
    (card,) = stage.cards("Churn radar")
    answer = await ask(stage, "log 2h labelled", card)
    assert "Logged for *Churn radar*" in answer.words()
    assert answer.thread_ts == card.ts
    assert "Price guard" not in (await ask(stage, "status", card)).words()
    assert "Price guard" in (await ask(stage, "status for Price guard", card)).words()
    assert "Logged for *Price guard*: 1 hour" in (await ask(stage, "log 1h labelled for price guard", card)).words()
    opening = await stage.opening(stage.fiona, "Price guard")
    assert "No more nudges for *Price guard*" in (await ask(stage, "nudge off", opening)).words()
    form = await ask(stage, "log", card)
    await stage.priya.press(form, "Log progress")
    assert await stage.priya.submit(await stage.priya.view("Log progress"), {"What happened?": "3h met"}) is None
    await stage.all_is_sent()
    assert any("3 hours" in one.words() for one in stage.cards("Churn radar"))
    other = await stage.priya.say(stage.channel, "by the way")
    assert "Which project do you mean" in (await ask(stage, "nudge off", other)).words()


async def test_in_ones_own_interview_a_mention_in_front_is_a_command(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    await stage.fiona.sees("What should this project achieve", thread=opening)
    assert "*Churn radar*" in (await ask(stage, "status", opening, stage.fiona)).words()
    assert stage.said("could not find a goal") == []


async def test_in_ones_own_interview_a_mention_within_is_part_of_the_answer(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    await stage.fiona.sees("What should this project achieve", thread=opening)
    me = stage.slack.workspace.app.mention
    await stage.fiona.say(stage.channel, f"{BILL}, {me}", thread=opening)
    await stage.fiona.sees("I read this as", thread=opening)
    await stage.slack.quiet()
    await stage.all_is_sent()
    assert [one for one in stage.slack.workspace.visible_to(stage.fiona) if one.only_for] == []
    assert "I do not know" in (await stage.priya.sees("I do not know", after=await _within(stage, opening))).words()


async def _within(stage: Stage, thread: Message) -> Message:
    return await stage.priya.say(stage.channel, f"what does {stage.slack.workspace.app.mention} think", thread=thread)


async def test_in_direct_messages_it_is_a_command_too(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona, Interviews="In private messages")
    opening = await stage.opening(stage.fiona, channel=stage.fiona.dm)
    await stage.fiona.sees("What should this project achieve", thread=opening)
    for thread in (opening, None):
        answer = await ask(stage, "status", thread, stage.fiona, stage.fiona.dm)
        assert "*Churn radar*" in answer.words()
    await stage.slack.quiet()
    await stage.all_is_sent()
    assert stage.said("could not find a goal") == []
    answers = [one for one in stage.slack.workspace.visible_to(stage.fiona) if one.only_for]
    assert len(answers) == 2
    asked = [one for one in stage.slack.workspace.messages(stage.fiona.dm) if "status" in one.text]
    await stage.fiona.edit(asked[0], f"{stage.slack.workspace.app.mention} help")
    await stage.slack.quiet()
    await stage.all_is_sent()
    assert len([one for one in stage.slack.workspace.visible_to(stage.fiona) if one.only_for]) == 2


async def test_right_after_the_start_it_waits_to_know_who_it_is(stage: Stage) -> None:
    stage.started.app.identity = None
    assert "There is no kickoff here yet" in (await ask(stage, "status")).words()


async def test_mentions_by_bots_are_left_alone(stage: Stage) -> None:
    workspace = stage.slack.workspace
    bot = workspace.add_person("Other app", is_bot=True)
    workspace.post(stage.channel, bot.id, f"{workspace.app.mention} status")
    await stage.priya.say(stage.channel, GOAL)
    await stage.slack.quiet()
    await stage.all_is_sent()
    assert [one for one in workspace.visible_to(stage.priya) if one.by_app] == []
